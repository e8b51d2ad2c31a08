//! What ends a wait: links that became ready, and anybody's wake-up call.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Wake, Waker};

use deskwire_machine::LinkId;

/// Shared by the driver, its handles and the wakers of its sockets.
#[derive(Default)]
pub(crate) struct Signal(Mutex<State>);

#[derive(Default)]
struct State {
    ready: Vec<LinkId>,
    called: bool,
    task: Option<Waker>,
}

impl Signal {
    /// The links that became ready since the last call. Wake-up calls until now are answered by it, too.
    pub(crate) fn take_ready(&self) -> Vec<LinkId> {
        let mut state = self.lock();
        state.called = false;
        std::mem::take(&mut state.ready)
    }

    /// Whether there is something to do; if not, the task is woken when there is.
    pub(crate) fn poll(&self, cx: &Context<'_>) -> bool {
        let mut state = self.lock();
        if state.called || !state.ready.is_empty() {
            return true;
        }
        match &mut state.task {
            Some(task) => task.clone_from(cx.waker()),
            none => *none = Some(cx.waker().clone()),
        }
        false
    }

    /// Says that a link is ready.
    pub(crate) fn note(&self, link: LinkId) {
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
        self.change(|state| state.called = true);
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.change(|state| state.called = true);
    }
}
