//! Ctrl-C and a polite request to end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
#[cfg(unix)]
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::output::Failure;

/// Who repeats himself within this time after the first signal is impatient; what was begun is put away all the same.
#[cfg(unix)]
const PUT_AWAY: Duration = Duration::from_secs(5);

/// Knows whether the user wants the program to end. A Ctrl-C some seconds after the first one ends it at once.
#[derive(Clone, Debug)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Listens from now on.
    pub(crate) fn install() -> Result<Self, Failure> {
        let failed = |error: std::io::Error| Failure::other(format!("signals cannot be caught: {error}"));
        let asked = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            // Within the signal, not by the thread: what fails because of the signal finds the flag up.
            flag::register(signal, Arc::clone(&asked)).map_err(failed)?;
        }
        end_at_a_late_repetition().map_err(failed)?;
        Ok(Self(asked))
    }

    /// What failed once the user wanted the end failed because of it: parts of the program end in any order then.
    pub(crate) fn explain<T>(&self, result: Result<T, Failure>) -> Result<T, Failure> {
        result.map_err(|failure| self.check().err().unwrap_or(failure))
    }

    /// Fails if the user wants it.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        if self.0.load(Ordering::Relaxed) { Err(Failure::interrupted()) } else { Ok(()) }
    }
}

/// Ends the program at a signal some time after the first one.
#[cfg(unix)]
fn end_at_a_late_repetition() -> std::io::Result<()> {
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])?;
    let listen = move || {
        let mut first = None;
        for _ in signals.forever() {
            if first.get_or_insert_with(Instant::now).elapsed() >= PUT_AWAY {
                signal_hook::low_level::exit(130);
            }
        }
    };
    std::thread::Builder::new().name("signals".into()).spawn(listen).map(|_| ())
}

/// Windows forgets who handles Ctrl-C each time, so that the second one ends the program by itself.
#[cfg(not(unix))]
fn end_at_a_late_repetition() -> std::io::Result<()> {
    Ok(())
}
