//! What runs on a host: a machine and the little around it.

use std::any::Any;

use deskwire_machine::{Deadline, Input, Instant, LinkId, LinkIds, Machine, Output, Seed};

/// A machine together with the code that acts on its events. Implement it, and it runs on a host; the world finds it
/// again under its own type ([`World::get`](crate::World::get)).
pub trait Application: 'static {
    /// The machine.
    type Machine: Machine;

    /// The machine.
    fn machine(&self) -> &Self::Machine;

    /// The machine, to drive it.
    fn machine_mut(&mut self) -> &mut Self::Machine;

    /// Where the machine takes link ids from, if it brings its own numbering and does not use [`Boot::ids`].
    fn link_ids(&self) -> Option<LinkIds> {
        None
    }

    /// Acts on an event, by calling the machine's methods or by taking a note.
    fn happened(&mut self, now: Instant, event: <Self::Machine as Machine>::Event);
}

/// An application that only takes notes.
#[derive(Debug)]
pub struct Recorded<M: Machine> {
    /// The machine.
    pub machine: M,
    /// Its events, with the host's time.
    pub events: Vec<(Instant, M::Event)>,
}

impl<M: Machine> Recorded<M> {
    /// Records what `machine` says.
    pub const fn new(machine: M) -> Self {
        Self { machine, events: Vec::new() }
    }

    /// The events without their times.
    pub fn said(&self) -> impl Iterator<Item = &M::Event> {
        self.events.iter().map(|(_, event)| event)
    }
}

impl<M: Machine<Event: 'static> + 'static> Application for Recorded<M> {
    type Machine = M;

    fn machine(&self) -> &M {
        &self.machine
    }

    fn machine_mut(&mut self) -> &mut M {
        &mut self.machine
    }

    fn happened(&mut self, now: Instant, event: M::Event) {
        self.events.push((now, event));
    }
}

/// What a program is started with.
pub struct Boot {
    /// The host's time.
    pub now: Instant,
    /// The host's link ids.
    pub ids: LinkIds,
    /// Randomness of this start; another one each time.
    pub seed: Seed,
    /// How many starts there were before.
    pub count: u32,
    /// What ran before a restart with state; take from it what would have been on the disk.
    pub previous: Option<Box<dyn Any>>,
}

/// An [`Application`] without its type: what the world holds.
pub(crate) trait Process: Any {
    fn handle_input(&mut self, now: Instant, input: Input<'_>);
    fn handle_timeout(&mut self, now: Instant);
    fn poll_output(&mut self, now: Instant, buf: &mut Vec<u8>) -> Option<Output>;
    fn poll_timeout(&self) -> Option<Deadline>;
    fn wants_input(&self, link: LinkId) -> bool;
    fn own_ids(&self) -> Option<LinkIds>;
    /// Hands one event to the application; whether there was one.
    fn work(&mut self, now: Instant) -> bool;
}

impl<A: Application> Process for A {
    fn handle_input(&mut self, now: Instant, input: Input<'_>) {
        self.machine_mut().handle_input(now, input);
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.machine_mut().handle_timeout(now);
    }

    fn poll_output(&mut self, now: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        self.machine_mut().poll_output(now, buf)
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        self.machine().poll_timeout()
    }

    fn wants_input(&self, link: LinkId) -> bool {
        self.machine().wants_input(link)
    }

    fn own_ids(&self) -> Option<LinkIds> {
        self.link_ids()
    }

    fn work(&mut self, now: Instant) -> bool {
        let Some(event) = self.machine_mut().poll_event() else { return false };
        self.happened(now, event);
        true
    }
}
