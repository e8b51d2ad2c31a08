//! The world: hosts, networks, one clock, one heap of events.

use std::any::Any;
use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use deskwire_machine::{CloseReason, Input, Instant, LinkId, LinkIds, Rng, Seed};

use crate::hash::EventHash;
use crate::heap::Heap;
use crate::host::{ClockSkew, Host, Interface};
use crate::nat::{NatConfig, Protocol};
use crate::net::{HostId, NetId, Networks};
use crate::pipe::{Line, Pipe};
use crate::process::{Application, Boot, Process};
use crate::traffic::Packet;

/// Wake-ups of one host within a millisecond that count as livelock.
pub(crate) const LIVELOCK: u32 = 10_000;

/// What a program is told without a packet having come.
#[derive(Debug)]
pub(crate) enum Local {
    Opened { link: LinkId, local: SocketAddr, max_datagram: usize },
    Closed { link: LinkId, reason: CloseReason },
    Blocked { link: LinkId },
    Writable { link: LinkId },
    NetworkChanged,
}

pub(crate) enum Event {
    /// A packet is in a network; `down` if it came through a gateway from outside.
    InNetwork {
        net: usize,
        down: bool,
        packet: Packet,
    },
    /// A packet is at a host.
    AtHost {
        host: HostId,
        packet: Packet,
    },
    Timer {
        host: HostId,
    },
    TcpTimer {
        host: HostId,
        key: (SocketAddr, SocketAddr),
    },
    Local {
        host: HostId,
        boot: u32,
        what: Local,
    },
    Wake {
        host: HostId,
    },
    Act(Box<dyn FnOnce(&mut World)>),
}

/// Counts of what happened to packets.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct WorldStats {
    /// Datagrams and segments that left a host.
    pub sent: u64,
    /// Those that a host took.
    pub delivered: u64,
    /// Lost on a line.
    pub lost: u64,
    /// Larger than a line's MTU.
    pub too_large: u64,
    /// Dropped by a full queue.
    pub queue_full: u64,
    /// Marked by a long one.
    pub marked: u64,
    /// Dropped by a gateway.
    pub gateway: u64,
    /// No route, no socket, a partition, or a host that is off.
    pub nowhere: u64,
}

/// A simulated world. Everything in it follows from its seed and from what is done to it: two worlds that were told
/// the same have the same [`World::hash`].
pub struct World {
    pub(crate) now: Instant,
    pub(crate) rng: Rng,
    seed: Seed,
    pub(crate) hosts: Vec<Host>,
    pub(crate) nets: Networks,
    heap: Heap<Event>,
    pub(crate) hash: EventHash,
    pub(crate) cut: BTreeSet<(HostId, HostId)>,
    /// What hosts cannot send: to no port, or not to one.
    pub(crate) blocked: BTreeSet<(HostId, Protocol, Option<u16>)>,
    pub(crate) stats: WorldStats,
    pub(crate) trace: Option<Vec<String>>,
    pub(crate) capture: Option<Vec<Vec<u8>>>,
    /// What machines put their bytes into; kept for its memory.
    pub(crate) scratch: Vec<u8>,
}

impl World {
    /// An empty world.
    pub fn new(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let seed = Seed::new(bytes);
        Self {
            now: Instant::ZERO,
            rng: seed.derive("world").public(),
            seed,
            hosts: Vec::new(),
            nets: Networks::new(),
            heap: Heap::default(),
            hash: EventHash::default(),
            cut: BTreeSet::new(),
            blocked: BTreeSet::new(),
            stats: WorldStats::default(),
            trace: None,
            capture: None,
            scratch: Vec::new(),
        }
    }

    /// Adds a network behind a gateway whose outer side has the address `outer` in `parent`.
    pub fn network(&mut self, parent: NetId, config: NatConfig, outer: IpAddr, line: Line) -> NetId {
        self.nets.add(parent, config, outer, line, &self.seed)
    }

    /// Adds a host, without an address yet.
    pub fn host(&mut self, name: &str, clock: ClockSkew) -> HostId {
        let id = HostId(self.hosts.len());
        let rng = self.seed.derive_indexed("host", id.0 as u64).public();
        self.hosts.push(Host::new(name, clock, rng));
        id
    }

    /// Gives a host an address in a network.
    pub fn attach(&mut self, host: HostId, net: NetId, addr: IpAddr, line: Line) {
        self.nets.attach(net, addr, host);
        let (up, down) = (Pipe::default(), Pipe::default());
        self.host_mut(host).interfaces.push(Interface {
            net,
            addr,
            line,
            up,
            down,
            enabled: true,
            adversary: None,
        });
        self.network_changed(host);
    }

    /// A host with one address and a clock that is right.
    pub fn host_at(&mut self, name: &str, net: NetId, addr: IpAddr, line: Line) -> HostId {
        let host = self.host(name, ClockSkew::default());
        self.attach(host, net, addr, line);
        host
    }

    /// Starts a program on a host. `factory` makes it, now and after each restart.
    pub fn start<A: Application>(&mut self, host: HostId, factory: impl FnMut(Boot) -> A + 'static) {
        let mut factory = factory;
        let boxed = move |boot: Boot| -> Box<dyn Process> { Box::new(factory(boot)) };
        self.host_mut(host).factory = Some(Box::new(boxed));
        self.boot(host, None);
    }

    /// The program on a host, if it is a `A` and runs.
    pub fn get<A: Application>(&self, host: HostId) -> Option<&A> {
        let process: &dyn Any = self.hosts.get(host.0)?.process.as_deref()?;
        process.downcast_ref()
    }

    /// Calls methods of the program on a host, and lets it act on them.
    ///
    /// # Panics
    ///
    /// When there is no such program: a mistake in the test.
    pub fn with<A: Application, R>(&mut self, host: HostId, call: impl FnOnce(&mut A, Instant) -> R) -> R {
        let now = self.local(host);
        let process = self.host_mut(host).process.as_deref_mut().expect("a program runs there");
        let any: &mut dyn Any = process;
        let result = call(any.downcast_mut().expect("the program has that type"), now);
        self.pump(host);
        result
    }

    /// Does something to the world at a later time.
    pub fn at(&mut self, when: Instant, act: impl FnOnce(&mut Self) + 'static) {
        self.push(when, Event::Act(Box::new(act)));
    }

    /// Takes one step; whether there was one.
    pub fn step(&mut self) -> bool {
        let Some((at, event)) = self.heap.pop() else { return false };
        self.now = self.now.max(at);
        match event {
            Event::InNetwork { net, down, packet } => self.in_network(net, down, packet),
            Event::AtHost { host, packet } => self.at_host(host, packet),
            Event::Timer { host } => self.host_timer(host),
            Event::TcpTimer { host, key } => self.tcp_timer(host, key),
            Event::Local { host, boot, what } => self.local_event(host, boot, what),
            Event::Wake { host } => self.wake(host),
            Event::Act(act) => act(self),
        }
        true
    }

    /// Runs until `until`, then stands there.
    pub fn run_until(&mut self, until: Instant) {
        while self.next_event().is_some_and(|at| at <= until) {
            self.step();
        }
        self.now = self.now.max(until);
    }

    /// Runs for a time.
    pub fn run_for(&mut self, time: Duration) {
        self.run_until(self.now + time);
    }

    /// Runs until `done` holds, at most for `limit`; whether it holds.
    pub fn run_while_not(&mut self, limit: Duration, done: impl Fn(&Self) -> bool) -> bool {
        let until = self.now + limit;
        loop {
            if done(self) {
                return true;
            }
            if self.next_event().is_none_or(|at| at > until) {
                self.now = until;
                return done(self);
            }
            self.step();
        }
    }

    /// The world's time.
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// A host's own time.
    pub fn local(&self, host: HostId) -> Instant {
        self.hosts.get(host.0).map_or(self.now, |host| host.clock.local(self.now))
    }

    /// A hash over every delivery so far.
    pub const fn hash(&self) -> u64 {
        self.hash.value()
    }

    /// What happened to packets so far.
    pub const fn stats(&self) -> WorldStats {
        self.stats
    }

    /// Begins to write down each delivery and drop.
    pub fn start_trace(&mut self) {
        self.trace.get_or_insert_default();
    }

    /// Takes what was written down.
    pub fn take_trace(&mut self) -> Vec<String> {
        self.trace.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Begins to keep a copy of each datagram that arrives: what an adversary of another world
    /// may know.
    pub fn start_capture(&mut self) {
        self.capture.get_or_insert_default();
    }

    /// Takes the copies.
    pub fn take_capture(&mut self) -> Vec<Vec<u8>> {
        self.capture.as_mut().map(std::mem::take).unwrap_or_default()
    }

    pub(crate) fn boot(&mut self, id: HostId, previous: Option<Box<dyn Any>>) {
        let now = self.local(id);
        let boots = self.host_mut(id).boots;
        let seed = self.seed.derive_indexed("boot", (id.0 as u64) << 32 | u64::from(boots));
        let host = self.host_mut(id);
        host.ids = LinkIds::new();
        let boot = Boot { now, ids: host.ids.clone(), seed, count: host.boots, previous };
        host.boots += 1;
        let Some(factory) = &mut host.factory else { return };
        let process = factory(boot);
        if let Some(ids) = process.own_ids() {
            host.ids = ids;
        }
        host.process = Some(process);
        self.network_changed(id);
        self.pump(id);
    }

    pub(crate) fn network_changed(&mut self, host: HostId) {
        self.tell_later(host, Local::NetworkChanged);
    }

    pub(crate) fn tell_later(&mut self, host: HostId, what: Local) {
        let boot = self.host_mut(host).boots;
        self.push(self.now, Event::Local { host, boot, what });
    }

    pub(crate) fn push(&mut self, at: Instant, event: Event) {
        self.heap.push(at.max(self.now), event);
    }

    pub(crate) fn host_mut(&mut self, host: HostId) -> &mut Host {
        self.hosts.get_mut(host.0).expect("host ids come from this world")
    }

    pub(crate) fn note(&mut self, what: impl FnOnce(&Self) -> String) {
        if self.trace.is_some() {
            let line = format!("{:?} {}", self.now, what(self));
            self.trace.iter_mut().for_each(|trace| trace.push(line.clone()));
        }
    }

    fn next_event(&self) -> Option<Instant> {
        self.heap.next()
    }

    fn local_event(&mut self, id: HostId, boot: u32, what: Local) {
        let now = self.local(id);
        let host = self.host_mut(id);
        if host.boots != boot {
            return;
        }
        if host.asleep {
            // It is told when it wakes up.
            return self.push(self.now + Duration::from_millis(100), Event::Local { host: id, boot, what });
        }
        let addrs = host.addrs();
        let Some(process) = &mut host.process else { return };
        match what {
            Local::NetworkChanged => process.handle_input(now, Input::NetworkChanged { addrs: &addrs }),
            Local::Closed { link, reason } => {
                if host.links.remove(&link).is_none() {
                    return;
                }
                process.handle_input(now, Input::Closed { link, reason });
            }
            Local::Opened { link, local, max_datagram } if host.links.contains_key(&link) => {
                process.handle_input(now, Input::Opened { link, local, max_datagram });
            }
            Local::Blocked { link } if host.links.contains_key(&link) => {
                process.handle_input(now, Input::Blocked { link });
            }
            Local::Writable { link } if host.links.contains_key(&link) => {
                process.handle_input(now, Input::Writable { link });
            }
            _ => return,
        }
        self.pump(id);
    }
}
