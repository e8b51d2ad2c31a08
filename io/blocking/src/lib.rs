#![doc = include_str!("../README.md")]

mod backend;

use std::sync::Arc;
use std::task::{Wake, Waker};

use deskwire_driver::{Clock, DriverError, Handle, Hub, HubConfig, Turn};
use deskwire_machine::{Instant, LinkIds, Machine};
use polling::{Events, Poller};

use crate::backend::Registry;

/// One machine, ready to run.
pub struct Driver<M: Machine> {
    hub: Hub<M>,
    backend: Registry,
    poller: Arc<Poller>,
}

/// Ends a wait of the poller from any thread.
struct Notify(Arc<Poller>);

impl Wake for Notify {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        // It fails only when the poller's own descriptor is broken, which the next wait reports.
        let _ = self.0.notify();
    }
}

impl<M: Machine> Driver<M> {
    /// A driver for `machine`, which was made with clones of `ids` and the time of `clock`.
    ///
    /// # Errors
    /// [`DriverError::Wait`] when the system gives no poller (out of descriptors).
    pub fn new(
        machine: M,
        ids: LinkIds,
        clock: Clock,
        config: HubConfig,
    ) -> Result<(Self, Handle<M>), DriverError> {
        let poller = Arc::new(Poller::new().map_err(DriverError::Wait)?);
        let waker = Waker::from(Arc::new(Notify(Arc::clone(&poller))));
        let (hub, handle) = Hub::new(machine, ids, clock, config, waker);
        Ok((Self { hub, backend: Registry::new(Arc::clone(&poller)), poller }, handle))
    }

    /// Runs until [`Handle::stop`] and gives the machine back. Every event goes to `on_event`, together with the
    /// machine, so that an answer can be given at once.
    ///
    /// # Errors
    /// [`DriverError::Livelock`] when the machine makes no progress, [`DriverError::Wait`] when the system's waiting
    /// call fails.
    pub fn run(mut self, mut on_event: impl FnMut(&mut M, Instant, M::Event)) -> Result<M, DriverError> {
        let mut events = Events::new();
        loop {
            let timeout = match self.hub.turn(&mut self.backend, &mut on_event)? {
                Turn::Again => std::time::Duration::ZERO,
                Turn::Wait(longest) => longest,
                Turn::Stopped => return Ok(self.hub.into_machine()),
            };
            events.clear();
            match self.poller.wait(&mut events, Some(timeout)) {
                Ok(_) => {}
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(DriverError::Wait(error)),
            }
            for event in events.iter() {
                if let Some(link) = self.backend.link(event.key) {
                    self.hub.note_ready(link);
                }
            }
        }
    }
}

impl<M: Machine> std::fmt::Debug for Driver<M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Driver").finish_non_exhaustive()
    }
}
