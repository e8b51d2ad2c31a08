//! One machine and its links.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::task::Waker;
use std::time::Duration;

use deskwire_machine::{CloseReason, Deadline, Input, Instant, LinkId, LinkIds, Machine};

use crate::command::{Commands, Ending};
use crate::link::{Kind, Link, Told};
use crate::network::Network;
use crate::resolve::Resolver;
use crate::socket::local_address;
use crate::stream::{Phase, StreamLink};
use crate::tunnel::Tunnel;
use crate::udp::Scratch;
use crate::{Backend, Clock, DriverError, Handle, HubConfig, HubStats, Interest};

/// Rounds at one instant before a machine counts as livelocked.
const MAX_ROUNDS: u32 = 64;
/// Outputs and events of one drain before a machine counts as livelocked.
const MAX_MOVES: u32 = 1_000_000;
/// The longest wait: after sleep the system's waiting goes on where it stopped, so that a deadline that passed
/// meanwhile is found at most this late.
const MAX_WAIT: Duration = Duration::from_secs(10);

/// What to do after a turn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn {
    /// Look for readiness without waiting, then take the next turn: there is more to do.
    Again,
    /// Wait for readiness, for the waker, or at most for this time.
    Wait(Duration),
    /// The run has ended.
    Stopped,
}

/// Drives one machine: the link table, the bytes that wait, the only clock. An adapter calls [`Hub::turn`] in a loop
/// and waits between turns as it says.
pub struct Hub<M: Machine> {
    pub(crate) machine: M,
    pub(crate) ids: LinkIds,
    clock: Clock,
    pub(crate) config: HubConfig,
    commands: Commands<M>,
    pub(crate) links: BTreeMap<LinkId, Link>,
    /// Links to serve, each at most once.
    queue: VecDeque<LinkId>,
    /// Links that are not read because the machine does not want it.
    pub(crate) parked: BTreeSet<LinkId>,
    /// Links to look at again at a time: closing ones that must end, listeners that rest.
    pub(crate) timers: BTreeSet<(Instant, LinkId)>,
    pub(crate) told: VecDeque<Told>,
    /// Links whose handshakes somebody else began; the first is the oldest.
    pub(crate) greetings: BTreeSet<LinkId>,
    /// Links that nobody knows any more, which still deliver; the first is the oldest.
    pub(crate) closing: BTreeSet<LinkId>,
    /// Links whose names are being looked up.
    pub(crate) resolving: BTreeMap<LinkId, Tunnel>,
    pub(crate) resolver: Resolver,
    pub(crate) scratch: Scratch,
    out: Vec<u8>,
    network: Network,
    pub(crate) stats: HubStats,
    stopping: Option<Instant>,
}

impl<M: Machine> Hub<M> {
    /// A hub for `machine`, which was made with clones of `ids` and of `clock`'s time. `waker` ends a wait of the
    /// adapter from any thread.
    pub fn new(machine: M, ids: LinkIds, clock: Clock, config: HubConfig, waker: Waker) -> (Self, Handle<M>) {
        let resolver = Resolver::new(waker.clone());
        let (commands, handle) = Commands::new(waker, config.max_commands);
        let hub = Self {
            machine,
            ids,
            clock,
            config,
            commands,
            links: BTreeMap::new(),
            queue: VecDeque::new(),
            parked: BTreeSet::new(),
            timers: BTreeSet::new(),
            told: VecDeque::new(),
            greetings: BTreeSet::new(),
            closing: BTreeSet::new(),
            resolving: BTreeMap::new(),
            resolver,
            scratch: Scratch::new(),
            out: Vec::new(),
            network: Network::default(),
            stats: HubStats::default(),
            stopping: None,
        };
        (hub, handle)
    }

    /// Takes a report of the backend.
    pub fn note_ready(&mut self, link: LinkId) {
        if self.network.note_ready(link) {
            return;
        }
        if let Some(entry) = self.links.get_mut(&link) {
            entry.armed = Interest::NONE;
            if !entry.queued {
                entry.queued = true;
                self.queue.push_back(link);
            }
        }
    }

    /// Gives the machine back.
    pub fn into_machine(self) -> M {
        self.machine
    }

    /// One turn: commands, due timeouts, links that are ready; after each, outputs and events until nothing moves.
    ///
    /// # Errors
    /// [`DriverError::Livelock`].
    pub fn turn<B: Backend>(
        &mut self,
        backend: &mut B,
        on_event: &mut impl FnMut(&mut M, Instant, M::Event),
    ) -> Result<Turn, DriverError> {
        self.stats.turns += 1;
        self.stats.links = self.links.len();
        if let Some(until) = self.stopping {
            if self.commands.take(self.stats).1 == Ending::AtOnce {
                return Ok(self.end_at_once(backend));
            }
            return Ok(self.turn_stopping(backend, until));
        }
        let now = self.clock.now();
        self.look_at_network(now, backend, on_event)?;
        let (commands, ending) = self.commands.take(self.stats);
        for command in commands {
            command(&mut self.machine, now);
            self.drain(now, backend, on_event)?;
        }
        match ending {
            Ending::No => {}
            Ending::Gently => return Ok(self.begin_stop(backend)),
            Ending::AtOnce => return Ok(self.end_at_once(backend)),
        }
        self.handle_own_timers(now, backend);
        self.take_resolved(backend);
        if !self.told.is_empty() {
            self.drain(now, backend, on_event)?;
        }
        self.handle_due(now, backend, on_event)?;
        for _ in 0..self.config.turn_budget {
            let Some(link) = self.queue.pop_front() else { break };
            self.serve(self.clock.now(), link, backend, on_event)?;
        }
        self.unpark();
        Ok(self.rest())
    }

    /// Drains outputs, events and what the links have to say about them until nothing moves.
    pub(crate) fn drain<B: Backend>(
        &mut self,
        now: Instant,
        backend: &mut B,
        on_event: &mut impl FnMut(&mut M, Instant, M::Event),
    ) -> Result<(), DriverError> {
        for _ in 0..MAX_MOVES {
            self.out.clear();
            if let Some(output) = self.machine.poll_output(now, &mut self.out) {
                let out = std::mem::take(&mut self.out);
                self.perform(now, output, &out, backend);
                self.out = out;
            } else if let Some(event) = self.machine.poll_event() {
                on_event(&mut self.machine, now, event);
            } else if let Some(told) = self.told.pop_front() {
                self.tell(now, &told);
            } else {
                return Ok(());
            }
        }
        Err(DriverError::Livelock {
            reason: self.machine.poll_timeout().map_or("none: it never stops putting out", |d| d.reason),
            rounds: MAX_MOVES,
        })
    }

    fn tell(&mut self, now: Instant, told: &Told) {
        let input = match *told {
            Told::Opened { link } => {
                let Some(entry) = self.links.get(&link) else { return };
                let max_datagram =
                    if matches!(entry.kind, Kind::Udp(_)) { self.config.max_datagram } else { 0 };
                Input::Opened { link, local: local_address(entry.socket()), max_datagram }
            }
            Told::Accepted { listener, link, remote } => Input::Accepted { listener, link, remote },
            Told::Closed { link, reason } => Input::Closed { link, reason },
            Told::Writable { link } => {
                // It may have been filled or closed since.
                let still = self.links.get(&link).is_some_and(|entry| match &entry.kind {
                    Kind::Udp(udp) => !udp.blocked,
                    Kind::Stream(stream) => !stream.blocked && !matches!(stream.phase, Phase::Closing { .. }),
                    Kind::Listener(_) => false,
                });
                if !still {
                    return;
                }
                Input::Writable { link }
            }
        };
        self.machine.handle_input(now, input);
    }

    fn handle_due<B: Backend>(
        &mut self,
        now: Instant,
        backend: &mut B,
        on_event: &mut impl FnMut(&mut M, Instant, M::Event),
    ) -> Result<(), DriverError> {
        let mut rounds = 0;
        while let Some(Deadline { at, reason }) = self.machine.poll_timeout() {
            if at > now {
                break;
            }
            if rounds == MAX_ROUNDS {
                return Err(DriverError::Livelock { reason, rounds });
            }
            rounds += 1;
            self.machine.handle_timeout(now);
            self.drain(now, backend, on_event)?;
        }
        Ok(())
    }

    fn look_at_network<B: Backend>(
        &mut self,
        now: Instant,
        backend: &mut B,
        on_event: &mut impl FnMut(&mut M, Instant, M::Event),
    ) -> Result<(), DriverError> {
        let interval = self.config.network_interval;
        if let Some(addrs) = self.network.look(now, interval, &self.ids, backend) {
            self.machine.handle_input(now, Input::NetworkChanged { addrs: &addrs });
            self.drain(now, backend, on_event)?;
        }
        Ok(())
    }

    fn handle_own_timers<B: Backend>(&mut self, now: Instant, backend: &mut B) {
        while let Some(&(at, link)) = self.timers.first() {
            if at > now {
                break;
            }
            self.timers.pop_first();
            match self.links.get_mut(&link).map(|entry| &mut entry.kind) {
                Some(Kind::Stream(StreamLink { phase: Phase::Closing { .. }, .. })) => {
                    self.forget(link, backend);
                }
                Some(Kind::Stream(_)) => self.time_out(link, backend),
                Some(Kind::Listener(listener)) => {
                    listener.paused = false;
                    self.note_ready(link);
                }
                Some(Kind::Udp(_)) => {}
                None => self.time_out(link, backend),
            }
        }
    }

    /// Serves parked links again that the machine wants by now.
    fn unpark(&mut self) {
        if self.parked.is_empty() {
            return;
        }
        let machine = &self.machine;
        let wanted: Vec<LinkId> =
            self.parked.iter().copied().filter(|link| machine.wants_input(*link)).collect();
        for link in wanted {
            self.parked.remove(&link);
            if let Some(entry) = self.links.get_mut(&link) {
                entry.parked = false;
            }
            self.requeue(link);
        }
    }

    /// Puts a link at the end of the queue of links to serve.
    pub(crate) fn requeue(&mut self, link: LinkId) {
        if let Some(entry) = self.links.get_mut(&link)
            && !entry.queued
        {
            entry.queued = true;
            self.queue.push_back(link);
        }
    }

    /// How long there is nothing to do.
    fn rest(&self) -> Turn {
        if !self.queue.is_empty() {
            return Turn::Again;
        }
        let own = self.timers.first().map(|(at, _)| *at);
        let network = self.network.due();
        let machine = self.machine.poll_timeout().map(|deadline| deadline.at);
        let now = self.clock.now();
        let next = [own, network, machine].into_iter().flatten().min();
        match next.map(|at| at - now) {
            Some(Duration::ZERO) => Turn::Again,
            Some(wait) => Turn::Wait(wait.min(MAX_WAIT)),
            None => Turn::Wait(MAX_WAIT),
        }
    }

    fn begin_stop<B: Backend>(&mut self, backend: &mut B) -> Turn {
        let until = self.clock.now() + self.config.stop_linger;
        self.network.stop(backend);
        let all: Vec<LinkId> = self.links.keys().copied().collect();
        for link in all {
            self.begin_close(self.clock.now(), link, backend);
        }
        self.stopping = Some(until);
        self.turn_stopping(backend, until)
    }

    fn end_at_once<B: Backend>(&mut self, backend: &mut B) -> Turn {
        self.network.stop(backend);
        while let Some((link, _)) = self.links.pop_first() {
            backend.remove(link);
        }
        Turn::Stopped
    }

    fn turn_stopping<B: Backend>(&mut self, backend: &mut B, until: Instant) -> Turn {
        while let Some(link) = self.queue.pop_front() {
            self.serve_closing(link, backend);
        }
        let now = self.clock.now();
        if self.links.is_empty() || now >= until { Turn::Stopped } else { Turn::Wait(until - now) }
    }

    /// Takes a link out of the table for good.
    pub(crate) fn forget<B: Backend>(&mut self, link: LinkId, backend: &mut B) {
        if self.links.remove(&link).is_some() {
            backend.remove(link);
            self.greetings.remove(&link);
            self.closing.remove(&link);
            self.parked.remove(&link);
        }
    }

    /// Gives up the link that has been closing longest, for another one. Gives whether there was one.
    pub(crate) fn hurry_closing<B: Backend>(&mut self, backend: &mut B) -> bool {
        let Some(oldest) = self.closing.first().copied() else { return false };
        self.forget(oldest, backend);
        true
    }

    /// Ends a link from this side of the machine and has it told.
    pub(crate) fn end<B: Backend>(&mut self, link: LinkId, reason: CloseReason, backend: &mut B) {
        if self.links.contains_key(&link) {
            if reason == CloseReason::Limit {
                self.stats.limits_hit += 1;
            }
            let known = !self.greetings.contains(&link);
            self.forget(link, backend);
            if known {
                self.told.push_back(Told::Closed { link, reason });
            }
        }
    }
}
