//! For sources of which the system tells on threads of its own: how those wake the owner.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use crate::Waker;

/// Rung by the system's threads; heard by the owner's, by its waker or by waiting.
#[derive(Default)]
pub struct Bell {
    state: Mutex<State>,
    rang: Condvar,
}

#[derive(Default)]
struct State {
    rings: bool,
    waker: Option<Waker>,
}

impl Bell {
    /// A bell that does not ring.
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// There is news.
    pub fn ring(&self) {
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
    pub fn take(&self) -> bool {
        std::mem::take(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner).rings)
    }

    /// What to call when it rings; see [`crate::EventSource::set_waker`].
    pub fn set_waker(&self, waker: Option<Waker>) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).waker = waker;
    }

    /// Waits until it rings; it goes on ringing until it is taken.
    pub fn wait(&self, longest: Duration) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // What came is looked at by whoever waits; how the wait ended does not matter.
        drop(self.rang.wait_timeout_while(state, longest, |state| !state.rings));
    }
}

impl std::fmt::Debug for Bell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bell").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Instant;

    #[test]
    fn it_rings_until_it_is_taken() {
        let bell = Bell::new();
        assert!(!bell.take());
        let calls = Arc::new(AtomicU32::new(0));
        let called = Arc::clone(&calls);
        bell.set_waker(Some(Arc::new(move || {
            called.fetch_add(1, Ordering::Relaxed);
        })));
        let ringer = Arc::clone(&bell);
        std::thread::spawn(move || ringer.ring()).join().unwrap();
        let start = Instant::now();
        bell.wait(Duration::from_secs(60));
        assert!(start.elapsed() < Duration::from_secs(50), "it was not heard");
        assert_eq!(calls.load(Ordering::Relaxed), 1);
        assert!(bell.take() && !bell.take());
    }
}
