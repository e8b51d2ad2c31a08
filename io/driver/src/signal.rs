//! What ends a wait of an adapter: links that became ready, and anybody's wake-up call.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use deskwire_machine::LinkId;

/// Collects readiness for adapters whose runtime reports it by wakers: one per link, and one for handles.
///
/// The adapter's loop is: give what [`take_ready`](Self::take_ready) has to
/// [`Hub::note_ready`](crate::Hub::note_ready), take a turn, wait on [`poll`](Self::poll).
#[derive(Default)]
pub struct Signal(Mutex<State>);

#[derive(Default)]
struct State {
    ready: Vec<LinkId>,
    called: bool,
    task: Option<Waker>,
}

impl Signal {
    /// One without news.
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// The waker of the hub: it ends a wait from any thread.
    pub fn waker(self: &Arc<Self>) -> Waker {
        Waker::from(Arc::clone(self))
    }

    /// The waker of one link, to be handed to the runtime with its socket: it says that the link is ready.
    pub fn link_waker(self: &Arc<Self>, link: LinkId) -> Waker {
        Waker::from(Arc::new(LinkWaker { link, signal: Arc::clone(self) }))
    }

    /// The links that became ready since the last call. Wake-up calls until now are answered by it, too.
    pub fn take_ready(&self) -> Vec<LinkId> {
        let mut state = self.lock();
        state.called = false;
        std::mem::take(&mut state.ready)
    }

    /// Whether there is something to do; if not, the task is woken when there is.
    pub fn poll(&self, cx: &Context<'_>) -> Poll<()> {
        let mut state = self.lock();
        if state.called || !state.ready.is_empty() {
            return Poll::Ready(());
        }
        match &mut state.task {
            Some(task) => task.clone_from(cx.waker()),
            none => *none = Some(cx.waker().clone()),
        }
        Poll::Pending
    }

    /// Whether there is something to do.
    pub fn is_set(&self) -> bool {
        let state = self.lock();
        state.called || !state.ready.is_empty()
    }

    /// Says that a link is ready.
    pub fn note(&self, link: LinkId) {
        self.change(|state| state.ready.push(link));
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.lock();
        change(&mut state);
        let task = state.task.take();
        drop(state);
        if let Some(task) = task {
            task.wake();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing but an allocation can panic while it is held; the state is whole then too.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.change(|state| state.called = true);
    }
}

impl std::fmt::Debug for Signal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signal").field("set", &self.is_set()).finish_non_exhaustive()
    }
}

struct LinkWaker {
    link: LinkId,
    signal: Arc<Signal>,
}

impl Wake for LinkWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.signal.note(self.link);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskwire_machine::LinkIds;

    #[test]
    fn a_call_and_a_ready_link_end_a_wait_once() {
        let (signal, told) = (Signal::new(), Signal::new());
        let task = told.waker();
        let cx = Context::from_waker(&task);
        let link = LinkIds::new().allocate();
        for (wake, ready) in [(signal.waker(), vec![]), (signal.link_waker(link), vec![link])] {
            assert!(signal.poll(&cx).is_pending() && !told.is_set());
            wake.wake();
            assert!(signal.poll(&cx).is_ready() && told.is_set(), "the task was woken");
            assert_eq!(signal.take_ready(), ready);
            told.take_ready();
        }
        assert!(!signal.is_set());
    }
}
