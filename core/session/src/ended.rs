//! How a session ends.

use alloc::string::String;
use core::fmt;

use deskwire_machine::CloseReason;
use deskwire_wire::session::MAX_REASON;

/// Why a session ended.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Ended {
    /// This side closed it.
    Asked {
        /// What it said.
        reason: String,
    },
    /// The other side closed it in order.
    ByPeer {
        /// What it said; text of the other side, to be escaped before it is shown.
        reason: String,
    },
    /// Nobody logged in, or the other side did not answer the login, in time.
    LoginTimedOut,
    /// Too many wrong tries on this connection.
    TooManyTries,
    /// The host could not prove that it knows the secret: it, or somebody between, is not who it says.
    NotProven,
    /// The other side sent something that no correct peer sends.
    Misbehaved(&'static str),
    /// The other side does not read what it is sent.
    NotReading,
    /// Nothing was heard for too long.
    Silent,
    /// The control channel is gone.
    Lost(CloseReason),
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Asked { reason } if reason.is_empty() => f.write_str("closed by this side"),
            Self::Asked { reason } => write!(f, "closed by this side: {reason}"),
            Self::ByPeer { reason } if reason.is_empty() => f.write_str("closed by the other side"),
            Self::ByPeer { reason } => write!(f, "closed by the other side: {}", reason.escape_debug()),
            Self::LoginTimedOut => f.write_str("the login took too long; connect again"),
            Self::TooManyTries => {
                f.write_str("too many logins were refused on this connection; check the code or password at the host and connect again")
            }
            Self::NotProven => f.write_str(
                "the other side could not prove that it knows the code or password; somebody may be in between, so compare the \
                 safety number before you try again",
            ),
            Self::Misbehaved(what) => write!(f, "the other side broke the protocol: {what}"),
            Self::NotReading => f.write_str("the other side does not take what it is sent"),
            Self::Silent => f.write_str("the other side fell silent"),
            Self::Lost(reason) => write!(f, "the connection was lost ({reason:?})"),
        }
    }
}

impl core::error::Error for Ended {}

/// At most as many bytes of `reason` as a goodbye may carry, cut between characters.
pub(crate) fn cut_reason(reason: &str) -> &str {
    reason.get(..reason.floor_char_boundary(MAX_REASON)).unwrap_or_default()
}

/// Why something was not sent. Nothing was changed; what was refused is still the caller's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Rejected {
    /// Nobody is logged in, or the session is over.
    NotActive,
    /// The viewer does not watch this display.
    NotWatched,
    /// The viewer must take or show earlier frames first; wait for the next `FrameWanted`.
    NotNow,
    /// It belongs to an earlier run or place of the video: capture again as the last `FrameWanted` says.
    Stale,
    /// The first frame of a run must cover the whole picture without copying from what was there.
    NotFull,
    /// It is malformed or larger than allowed.
    Invalid,
    /// The host has not granted it.
    NotPermitted,
    /// The viewer has not enabled it.
    NotEnabled,
    /// The other side takes too little at the moment.
    Full,
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotActive => "nobody is logged in, so nothing can be sent",
            Self::NotWatched => "the viewer does not watch this display",
            Self::NotNow => "the viewer is not ready for another frame; wait until one is wanted",
            Self::Stale => "the frame belongs to an earlier run of the video; capture it again",
            Self::NotFull => "the first frame of a run must cover the whole picture without copies",
            Self::Invalid => "it is malformed or larger than allowed",
            Self::NotPermitted => "the host has not granted it",
            Self::NotEnabled => "the viewer has not enabled it",
            Self::Full => "the other side takes too little at the moment; try again later",
        })
    }
}

impl core::error::Error for Rejected {}
