//! Why a driver stopped.

use core::fmt;
use std::io;

/// Why a run ended other than by [`Handle::stop`](crate::Handle::stop).
#[derive(Debug)]
#[non_exhaustive]
pub enum DriverError {
    /// The machine asks again and again for a time it was told, or never stops putting out.
    Livelock {
        /// What the machine said its next deadline is for.
        reason: &'static str,
        /// How often it was told the time, or how much it put out, before the driver gave up.
        rounds: u32,
    },
    /// The system's waiting call failed.
    Wait(io::Error),
}

impl fmt::Display for DriverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Livelock { reason, rounds } => write!(
                f,
                "the machine made no progress in {rounds} rounds at one instant (its next deadline: {reason}); \
                 this is a bug of the machine, please report it"
            ),
            Self::Wait(error) => write!(f, "waiting for sockets failed ({error}); restart the program"),
        }
    }
}

impl core::error::Error for DriverError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Livelock { .. } => None,
            Self::Wait(error) => Some(error),
        }
    }
}

/// The driver takes no command any more, or too many wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum CommandError {
    /// The run has ended.
    Stopped,
    /// More commands wait than [`HubConfig::max_commands`](crate::HubConfig::max_commands).
    Full,
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stopped => "the driver has stopped and takes no more commands",
            Self::Full => "too many commands wait for the driver; try again later",
        })
    }
}

impl core::error::Error for CommandError {}
