//! What went wrong with the system, and what the user can do.

use std::borrow::Cow;
use std::fmt;

/// What kind of failure it is, for code that decides what to do next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The system is not there or cannot be reached (no display server, no such display name).
    Unavailable,
    /// The system is there but lacks something that is needed (an extension, a pixel format).
    Unsupported,
    /// The system refuses.
    Denied,
    /// The connection to the system broke; open it again.
    Lost,
    /// No display has this id, or it has gone.
    UnknownDisplay,
    /// What was handed in cannot be used (a size out of bounds, a broken packet).
    Invalid,
    /// The system did not answer in time.
    TimedOut,
}

/// A failure: what happened, and what to do about it.
#[derive(Clone, Debug)]
pub struct Error {
    kind: ErrorKind,
    happened: Cow<'static, str>,
    remedy: Cow<'static, str>,
}

impl Error {
    /// An error of `kind`: what `happened`, and the `remedy`; both lowercase, without a full stop.
    pub fn new(
        kind: ErrorKind,
        happened: impl Into<Cow<'static, str>>,
        remedy: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { kind, happened: happened.into(), remedy: remedy.into() }
    }

    /// Its kind.
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What happened, to what.
    pub fn happened(&self) -> &str {
        &self.happened
    }

    /// What to do about it.
    pub fn remedy(&self) -> &str {
        &self.remedy
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.happened, self.remedy)
    }
}

impl std::error::Error for Error {}
