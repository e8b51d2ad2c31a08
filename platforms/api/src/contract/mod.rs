//! What every implementation must keep. Each function takes an implementation and something that plays the other side
//! (a stage), and returns the clause that was broken. They wait for the system, never for a length of time; a clause
//! that needs an event to come gives up after [`PATIENCE`], or what the stage says instead.

use std::fmt;
use std::time::{Duration, Instant};

use crate::{Error, EventSource};

mod capture;
mod clipboard;
mod input;
mod video;

pub use capture::{CaptureStage, check_capture};
pub use clipboard::{ClipboardStage, check_clipboard};
pub use input::{InputStage, Seen, check_input};
pub use video::{check_decoder, check_decoder_within, check_encoder, check_encoder_within};

/// How long an event that must come is waited for.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// A clause that an implementation broke.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Violation {
    /// The clause.
    pub clause: &'static str,
    /// What was seen instead.
    pub seen: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "broken clause: {}; seen: {}", self.clause, self.seen)
    }
}

impl std::error::Error for Violation {}

/// `Ok` if `holds`, else the violation of `clause`.
fn require(holds: bool, clause: &'static str, seen: impl FnOnce() -> String) -> Result<(), Violation> {
    if holds { Ok(()) } else { Err(Violation { clause, seen: seen() }) }
}

/// The value of a call that the clause says must not fail.
fn succeed<T>(result: Result<T, Error>, clause: &'static str) -> Result<T, Violation> {
    result.map_err(|error| Violation { clause, seen: format!("error: {error}") })
}

/// Waits on `source` until `done` says so; false when `patience` is over.
fn wait_until<S: EventSource + ?Sized>(
    source: &mut S,
    patience: Duration,
    mut done: impl FnMut(&mut S) -> Result<bool, Error>,
) -> Result<bool, Error> {
    let start = Instant::now();
    loop {
        if done(source)? {
            return Ok(true);
        }
        if start.elapsed() > patience {
            return Ok(false);
        }
        source.wait(patience.min(Duration::from_millis(200)))?;
    }
}
