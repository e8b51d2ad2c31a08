#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod backend;

use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use deskwire_driver::{Clock, DriverError, Handle, Hub, HubConfig, Signal, Turn};
use deskwire_machine::{Instant, LinkIds, Machine};
use smol::Timer;
use smol::future::{FutureExt, yield_now};

use crate::backend::Reactor;

/// One machine, ready to run.
pub struct Driver<M: Machine> {
    hub: Hub<M>,
    backend: Reactor,
    signal: Arc<Signal>,
}

impl<M: Machine> Driver<M> {
    /// A driver for `machine`, which was made with clones of `ids` and the time of `clock`.
    pub fn new(machine: M, ids: LinkIds, clock: Clock, config: HubConfig) -> (Self, Handle<M>) {
        let signal = Signal::new();
        let (hub, handle) = Hub::new(machine, ids, clock, config, signal.waker());
        let backend = Reactor::new(Arc::clone(&signal));
        (Self { hub, backend, signal }, handle)
    }

    /// Runs until [`Handle::stop`] and gives the machine back. Every event goes to `on_event`, together with the
    /// machine, so that an answer can be given at once.
    ///
    /// # Errors
    /// [`DriverError::Livelock`] when the machine makes no progress.
    pub async fn run(
        mut self,
        mut on_event: impl FnMut(&mut M, Instant, M::Event),
    ) -> Result<M, DriverError> {
        loop {
            for link in self.signal.take_ready() {
                self.hub.note_ready(link);
            }
            match self.hub.turn(&mut self.backend, &mut on_event)? {
                // Other tasks, and the reactor, get their go, however busy the links are.
                Turn::Again => yield_now().await,
                Turn::Wait(_) if self.signal.is_set() => yield_now().await,
                Turn::Wait(longest) => self.wait(longest).await,
                Turn::Stopped => return Ok(self.hub.into_machine()),
            }
        }
    }

    async fn wait(&self, longest: Duration) {
        let due = async {
            Timer::after(longest).await;
        };
        poll_fn(|cx| self.signal.poll(cx)).or(due).await;
    }
}

impl<M: Machine> std::fmt::Debug for Driver<M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Driver").finish_non_exhaustive()
    }
}
