//! How threads of the system wake the owner of a source.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use deskwire_platform::Waker;

/// Rung by the system's threads; heard by the owner's, by its waker or by waiting.
#[derive(Default)]
pub(crate) struct Bell {
    state: Mutex<State>,
    rang: Condvar,
}

#[derive(Default)]
struct State {
    rings: bool,
    waker: Option<Waker>,
}

impl Bell {
    pub(crate) fn new() -> Arc<Self> {
        Arc::default()
    }

    /// There is news.
    pub(crate) fn ring(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.rings = true;
        let waker = state.waker.clone();
        drop(state);
        self.rang.notify_all();
        if let Some(waker) = waker {
            waker();
        }
    }

    /// Whether it rang since the last call.
    pub(crate) fn take(&self) -> bool {
        std::mem::take(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner).rings)
    }

    pub(crate) fn set_waker(&self, waker: Option<Waker>) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).waker = waker;
    }

    /// Waits until it rings; it goes on ringing until it is taken.
    pub(crate) fn wait(&self, longest: Duration) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // What came is looked at by whoever waits; how the wait ended does not matter.
        drop(self.rang.wait_timeout_while(state, longest, |state| !state.rings));
    }
}
