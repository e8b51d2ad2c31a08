//! The way into a running hub.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::task::Waker;

use deskwire_machine::Instant;

use crate::{CommandError, HubStats};

/// Something to do with the machine, on the thread that drives it.
pub(crate) type Command<M> = Box<dyn FnOnce(&mut M, Instant) + Send>;

/// Whether a run is to end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Ending {
    /// It goes on.
    No,
    /// After what was sent is delivered.
    Gently,
    /// Without waiting for anything.
    AtOnce,
}

/// Sends commands to a running machine from any thread. Clones share the way.
pub struct Handle<M> {
    shared: Arc<Shared<M>>,
}

impl<M> Handle<M> {
    /// Has `command` done on the machine soon; what the machine then wants is carried out right after it.
    ///
    /// # Errors
    /// [`CommandError::Stopped`] when the run has ended, [`CommandError::Full`] when too many commands wait. The
    /// command is then dropped.
    pub fn send(&self, command: impl FnOnce(&mut M, Instant) + Send + 'static) -> Result<(), CommandError> {
        let mut inbox = self.shared.lock();
        if inbox.stopped {
            return Err(CommandError::Stopped);
        }
        if inbox.commands.len() >= inbox.max_commands {
            return Err(CommandError::Full);
        }
        inbox.commands.push_back(Box::new(command));
        drop(inbox);
        self.shared.waker.wake_by_ref();
        Ok(())
    }

    /// Like [`send`](Self::send), and waits for what `command` gives. Never call it on the thread that drives the
    /// machine: it would wait for itself.
    ///
    /// # Errors
    /// As [`send`](Self::send); also [`CommandError::Stopped`] when the run ends before the command's turn.
    pub fn call<R: Send + 'static>(
        &self,
        command: impl FnOnce(&mut M, Instant) -> R + Send + 'static,
    ) -> Result<R, CommandError> {
        let (tell, told) = mpsc::sync_channel(1);
        self.send(move |machine, now| {
            // Nobody waits any more if this fails, and nobody minds.
            let _ = tell.send(command(machine, now));
        })?;
        told.recv().map_err(|_| CommandError::Stopped)
    }

    /// Ends the run: links are closed after what was sent on them, within
    /// [`HubConfig::stop_linger`](crate::HubConfig::stop_linger). Commands sent before are done first.
    pub fn stop(&self) {
        let mut inbox = self.shared.lock();
        inbox.ending = inbox.ending.max(Ending::Gently);
        drop(inbox);
        self.shared.waker.wake_by_ref();
    }

    /// Ends the run at once: links are closed as they are, and what waits to be sent is lost. Commands sent before are
    /// done first. On an async runtime, dropping the future that runs does the same from inside.
    pub fn abort(&self) {
        self.shared.lock().ending = Ending::AtOnce;
        self.shared.waker.wake_by_ref();
    }

    /// Whether the run has ended.
    pub fn is_stopped(&self) -> bool {
        self.shared.lock().stopped
    }

    /// What the driver did until its last turn.
    pub fn stats(&self) -> HubStats {
        self.shared.lock().stats
    }
}

impl<M> Clone for Handle<M> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

impl<M> fmt::Debug for Handle<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").field("stopped", &self.is_stopped()).finish_non_exhaustive()
    }
}

struct Shared<M> {
    inbox: Mutex<Inbox<M>>,
    waker: Waker,
}

impl<M> Shared<M> {
    fn lock(&self) -> MutexGuard<'_, Inbox<M>> {
        // A panic while the lock is held can only come from an allocation; the state is whole then too.
        self.inbox.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Inbox<M> {
    commands: VecDeque<Command<M>>,
    max_commands: usize,
    ending: Ending,
    stopped: bool,
    stats: HubStats,
}

/// The hub's end. Dropping it makes every [`Handle`] say that the run has ended.
pub(crate) struct Commands<M> {
    shared: Arc<Shared<M>>,
}

impl<M> Commands<M> {
    pub(crate) fn new(waker: Waker, max_commands: usize) -> (Self, Handle<M>) {
        let stats = HubStats::default();
        let inbox =
            Inbox { commands: VecDeque::new(), max_commands, ending: Ending::No, stopped: false, stats };
        let shared = Arc::new(Shared { inbox: Mutex::new(inbox), waker });
        (Self { shared: Arc::clone(&shared) }, Handle { shared })
    }

    /// All commands that wait, and whether the run is to end after them. Leaves the statistics for handles to see.
    pub(crate) fn take(&self, stats: HubStats) -> (VecDeque<Command<M>>, Ending) {
        let mut inbox = self.shared.lock();
        inbox.stats = stats;
        (std::mem::take(&mut inbox.commands), inbox.ending)
    }
}

impl<M> Drop for Commands<M> {
    fn drop(&mut self) {
        let mut inbox = self.shared.lock();
        inbox.stopped = true;
        // Dropped commands drop the channels of those who wait in `call`.
        let commands = std::mem::take(&mut inbox.commands);
        drop(inbox);
        drop(commands);
    }
}
