//! Sound between this machine and a session: what is heard goes out as packets, packets that come are mixed and played.

use std::fmt;
use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use deskwire_platform::Error;

mod codec;
mod mixer;
mod outgoing;

pub use codec::{file, listener, microphone, speaker};
pub use mixer::SoundFigures;
pub(crate) use mixer::{Mixer, incoming};
pub(crate) use outgoing::outgoing;

/// How long until a device that did not open is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// Turns something on and off on a thread of its own, since devices take their time. Off, and waited for, when dropped.
pub(crate) struct Switch {
    /// `None` is the end.
    wanted: Sender<Option<bool>>,
    thread: Option<JoinHandle<()>>,
}

impl Switch {
    /// A switch that is off. What does not go on is tried again, and off is told only to what is on.
    pub(crate) fn start(
        name: &str,
        mut turn: impl FnMut(bool) -> Result<(), Error> + Send + 'static,
    ) -> io::Result<Self> {
        let (wanted, wishes) = mpsc::channel();
        let thread = thread::Builder::new().name(name.into()).spawn(move || run(&wishes, &mut turn))?;
        Ok(Self { wanted, thread: Some(thread) })
    }

    /// What is wanted from now on.
    pub(crate) fn set(&self, on: bool) {
        // The thread ends only when this is dropped.
        let _ = self.wanted.send(Some(on));
    }
}

impl Drop for Switch {
    fn drop(&mut self) {
        let _ = self.wanted.send(None);
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("a sound thread panicked");
        }
    }
}

impl fmt::Debug for Switch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Switch").finish_non_exhaustive()
    }
}

fn run(wishes: &Receiver<Option<bool>>, turn: &mut impl FnMut(bool) -> Result<(), Error>) {
    let (mut wanted, mut is_on, mut told) = (false, false, false);
    loop {
        let next = if wanted && !is_on {
            wishes.recv_timeout(AGAIN)
        } else {
            wishes.recv().map_err(|_| RecvTimeoutError::Disconnected)
        };
        // Of several wishes the last counts.
        let next = wishes.try_iter().last().map_or(next, Ok);
        let is_over = matches!(next, Ok(None) | Err(RecvTimeoutError::Disconnected));
        wanted = match next {
            Ok(Some(wish)) => wish,
            Err(RecvTimeoutError::Timeout) => wanted,
            _ => false,
        };
        if wanted != is_on {
            match turn(wanted) {
                Ok(()) => (is_on, told) = (wanted, false),
                Err(error) => {
                    if !std::mem::replace(&mut told, true) {
                        tracing::warn!("{error}");
                    }
                }
            }
        }
        if is_over {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_follows_the_last_wish_and_is_off_at_the_end() {
        let (turned, seen) = mpsc::channel();
        let switch = Switch::start("test", move |on| {
            turned.send(on).unwrap();
            Ok(())
        });
        let switch = switch.unwrap();
        switch.set(false);
        switch.set(true);
        assert_eq!(seen.recv(), Ok(true));
        switch.set(true);
        drop(switch);
        assert_eq!(seen.iter().collect::<Vec<_>>(), [false]);
    }
}
