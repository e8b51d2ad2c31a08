//! What the command prints, for people or for scripts, and its exit codes.

use std::fmt::Display;
use std::io::Write as _;
use std::process::ExitCode;

use deskwire_kit::exit;
use serde_json::{Value, json};

/// Which kind of failure, for the exit code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Kind {
    Other = exit::FAILED,
    Settings = exit::SETTINGS,
    Server = exit::SERVER,
    NotThere = exit::NOT_THERE,
    Login = exit::LOGIN,
    Lost = exit::LOST,
    NoDesktop = exit::NO_DESKTOP,
    Interrupted = exit::INTERRUPTED,
}

impl Kind {
    pub(crate) fn code(self) -> ExitCode {
        ExitCode::from(self as u8)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Other => "failed",
            Self::Settings => "settings",
            Self::Server => "server",
            Self::NotThere => "not-there",
            Self::Login => "login",
            Self::Lost => "lost",
            Self::NoDesktop => "no-desktop",
            Self::Interrupted => "interrupted",
        }
    }
}

/// Why a command ends without success.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) kind: Kind,
    pub(crate) message: String,
}

impl Failure {
    pub(crate) fn new(kind: Kind, message: impl Display) -> Self {
        Self { kind, message: message.to_string() }
    }

    pub(crate) fn other(message: impl Display) -> Self {
        Self::new(Kind::Other, message)
    }

    pub(crate) fn interrupted() -> Self {
        Self::new(Kind::Interrupted, "interrupted")
    }
}

/// Where results go: text for people, or JSON lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    json: bool,
}

impl Output {
    pub(crate) const fn new(json: bool) -> Self {
        Self { json }
    }

    pub(crate) const fn is_json(self) -> bool {
        self.json
    }

    /// A result: `text` for people, or `value` as one JSON line on standard output.
    pub(crate) fn say(self, text: &str, value: &Value) {
        let line = if self.json { value.to_string() } else { text.to_owned() };
        let mut out = std::io::stdout().lock();
        // Nobody may be reading any more; that is no reason to fail.
        let _ = writeln!(out, "{line}");
        let _ = out.flush();
    }

    /// News on the way, for people only; on standard error.
    pub(crate) fn note(self, text: &str) {
        if !self.json {
            let _ = writeln!(std::io::stderr(), "{text}");
        }
    }

    /// The end of a command that failed.
    pub(crate) fn failure(self, failure: &Failure) {
        if self.json {
            self.say("", &json!({ "error": failure.kind.name(), "message": failure.message }));
        } else {
            let _ = writeln!(std::io::stderr(), "deskwire: {}", failure.message);
        }
    }
}
