//! Two punchers behind NATs, in virtual time.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its part")]

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use deskwire_identity::Secret64;
use deskwire_machine::{Ecn, IfAddr, Input, Instant, LinkId, LinkIds, Machine, Output, Rng, Seed};
use deskwire_punch::{Observation, PunchConfig, PunchEvent, Puncher, Reflexive};
use deskwire_wire::ids::Role;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Map {
    Independent,
    Dependent,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Filter {
    Nobody,
    Address,
    Port,
}

/// A NAT, or none: then the machine has a public address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Kind {
    pub nat: Option<(Map, Filter)>,
}

impl Kind {
    pub fn all() -> Vec<Self> {
        let mut kinds = vec![Self { nat: None }];
        for map in [Map::Independent, Map::Dependent] {
            for filter in [Filter::Nobody, Filter::Address, Filter::Port] {
                kinds.push(Self { nat: Some((map, filter)) });
            }
        }
        kinds
    }

    pub fn is_symmetric(self) -> bool {
        matches!(self.nat, Some((Map::Dependent, _)))
    }

    pub fn filters_ports(self) -> bool {
        matches!(self.nat, Some((_, Filter::Port)))
    }

    pub fn filters(self) -> bool {
        matches!(self.nat, Some((_, Filter::Address | Filter::Port)))
    }
}

#[derive(Debug)]
struct Nat {
    kind: Kind,
    public: IpAddr,
    /// (inside, destination if it matters) to outside port.
    ports: BTreeMap<(SocketAddr, Option<SocketAddr>), u16>,
    /// What was sent to, per outside port.
    allowed: BTreeMap<u16, BTreeSet<SocketAddr>>,
    next: u16,
}

impl Nat {
    fn outward(&mut self, from: SocketAddr, to: SocketAddr) -> SocketAddr {
        let Some((map, _)) = self.kind.nat else { return from };
        let key = (from, (map == Map::Dependent).then_some(to));
        let next = &mut self.next;
        let port = *self.ports.entry(key).or_insert_with(|| {
            *next += 7;
            *next
        });
        self.allowed.entry(port).or_default().insert(to);
        SocketAddr::new(self.public, port)
    }

    fn inward(&self, from: SocketAddr, to: SocketAddr) -> Option<SocketAddr> {
        let Some((_, filter)) = self.kind.nat else { return Some(to) };
        if to.ip() != self.public {
            return None;
        }
        let (inside, _) = self.ports.iter().find(|(_, port)| **port == to.port())?.0;
        let allowed = self.allowed.get(&to.port())?;
        let passes = match filter {
            Filter::Nobody => true,
            Filter::Address => allowed.iter().any(|known| known.ip() == from.ip()),
            Filter::Port => allowed.contains(&from),
        };
        passes.then_some(*inside)
    }
}

pub struct End {
    pub puncher: Puncher,
    pub link: LinkId,
    pub inside: SocketAddr,
    nat: Nat,
    pub events: Vec<PunchEvent>,
    pub sent: Vec<(Instant, SocketAddr)>,
}

impl End {
    pub fn path(&self) -> Option<(SocketAddr, SocketAddr)> {
        self.events.iter().rev().find_map(|event| match event {
            PunchEvent::PathFound { remote, source, .. } => Some((*remote, *source)),
            _ => None,
        })
    }

    pub fn failed(&self) -> bool {
        self.events.iter().any(|event| matches!(event, PunchEvent::Failed { .. }))
    }
}

#[derive(Debug)]
enum Parcel {
    Datagram { to: usize, from: SocketAddr, addressed: SocketAddr, bytes: Vec<u8> },
    Message { to: usize, bytes: Vec<u8> },
}

pub struct World {
    pub now: Instant,
    pub ends: [End; 2],
    parcels: BTreeMap<(Instant, u64), Parcel>,
    sequence: u64,
    pub loss_percent: u64,
    pub latency: Duration,
    dice: Rng,
}

pub const SERVER: &str = "198.51.100.1:21116";

impl World {
    pub fn new(kinds: [Kind; 2], seed: u8) -> Self {
        Self::with_publics(kinds, seed, ["203.0.113.1", "203.0.113.2"])
    }

    /// The same public address twice puts both machines into one home.
    pub fn with_publics(kinds: [Kind; 2], seed: u8, publics: [&str; 2]) -> Self {
        let now = Instant::from_micros(1_000_000);
        let server: SocketAddr = SERVER.parse().unwrap();
        let second = SocketAddr::new(server.ip(), 21_115);
        let make = |i: usize, role: Role| {
            let ids = LinkIds::new();
            let link = ids.allocate();
            let public: IpAddr = publics[i].parse().unwrap();
            let private: IpAddr = ["192.168.1.10", "192.168.77.20"][i].parse().unwrap();
            let inside = SocketAddr::new(if kinds[i].nat.is_some() { private } else { public }, 40_000);
            let mut nat = Nat {
                kind: kinds[i],
                public,
                ports: BTreeMap::new(),
                allowed: BTreeMap::new(),
                next: [50_000, 30_000][i],
            };
            let exporter = Secret64::new([5; 64]);
            let config = PunchConfig::new(role, exporter, Some(server.ip()), Seed::new([seed + i as u8; 32]));
            let mut puncher = Puncher::new(now, config);
            puncher.handle_input(now, Input::Opened { link, local: inside, max_datagram: 1_472 });
            let interface = IfAddr { addr: inside.ip(), prefix: 24, metered: false };
            puncher.handle_input(now, Input::NetworkChanged { addrs: &[interface] });
            let seen = Reflexive {
                main: Observation::Seen(nat.outward(inside, server)),
                second: Observation::Seen(nat.outward(inside, second)),
            };
            puncher.set_reflexive(now, seen);
            End { puncher, link, inside, nat, events: Vec::new(), sent: Vec::new() }
        };
        Self {
            now,
            ends: [make(0, Role::Viewer), make(1, Role::Host)],
            parcels: BTreeMap::new(),
            sequence: 0,
            loss_percent: 0,
            latency: Duration::from_millis(20),
            dice: Seed::new([seed; 32]).derive("world").public(),
        }
    }

    pub fn start(&mut self) {
        for i in [1, 0] {
            let rtt = self.latency * 2;
            self.ends[i].puncher.start(self.now, rtt);
            self.drain(i);
        }
    }

    fn post(&mut self, parcel: Parcel) {
        self.sequence += 1;
        let jitter = Duration::from_micros(self.dice.below(3_000));
        // Messages travel on a reliable ordered stream.
        let at = match &parcel {
            Parcel::Message { .. } => self.now + self.latency + Duration::from_millis(5),
            Parcel::Datagram { .. } => self.now + self.latency + jitter,
        };
        self.parcels.insert((at, self.sequence), parcel);
    }

    /// Sends a datagram of end `i` through its NAT.
    pub fn send(&mut self, i: usize, addressed: SocketAddr, bytes: Vec<u8>) {
        let from = self.ends[i].inside;
        let neighbours = self.ends[0].nat.public == self.ends[1].nat.public;
        let other = &self.ends[1 - i];
        if neighbours && addressed == other.inside {
            return self.post(Parcel::Datagram { to: 1 - i, from, addressed, bytes });
        }
        let outside = self.ends[i].nat.outward(from, addressed);
        if self.dice.below(100) >= self.loss_percent {
            self.post(Parcel::Datagram { to: 1 - i, from: outside, addressed, bytes });
        }
    }

    pub fn drain(&mut self, i: usize) {
        let mut buf = Vec::new();
        while let Some(output) = self.ends[i].puncher.poll_output(self.now, &mut buf) {
            let Output::Datagram { link, to, .. } = output else { panic!("{output:?}") };
            assert_eq!(link, self.ends[i].link);
            self.ends[i].sent.push((self.now, to));
            self.send(i, to, core::mem::take(&mut buf));
        }
        while let Some(event) = self.ends[i].puncher.poll_event() {
            if let PunchEvent::Send(bytes) = event {
                self.post(Parcel::Message { to: 1 - i, bytes });
            } else {
                self.ends[i].events.push(event);
            }
        }
        let due = self.ends[i].puncher.poll_timeout();
        assert!(due.is_none_or(|due| due.at > self.now), "{due:?} at {:?}", self.now);
    }

    /// What a datagram of `from` to `addressed` arrives as at end `to`, if at all: inside address and source.
    pub fn arrives(&self, to: usize, from: SocketAddr, addressed: SocketAddr) -> bool {
        let end = &self.ends[to];
        addressed == end.inside || end.nat.inward(from, addressed) == Some(end.inside)
    }

    /// Whether a packet of end `i` to `remote` arrives now, and from which address.
    pub fn probe_path(&mut self, i: usize, remote: SocketAddr) -> Option<SocketAddr> {
        let from = self.ends[i].inside;
        let neighbours = self.ends[0].nat.public == self.ends[1].nat.public;
        if neighbours && remote == self.ends[1 - i].inside {
            return Some(from);
        }
        let outside = self.ends[i].nat.outward(from, remote);
        self.arrives(1 - i, outside, remote).then_some(outside)
    }

    pub fn datagram(&mut self, i: usize, from: SocketAddr, mut bytes: Vec<u8>) {
        let input = Input::Datagram { link: self.ends[i].link, from, ecn: Ecn::NotEct, data: &mut bytes };
        self.ends[i].puncher.handle_input(self.now, input);
        self.drain(i);
    }

    pub fn run(&mut self, time: Duration) {
        let end = self.now + time;
        for _ in 0..100_000 {
            let parcel = self.parcels.first_key_value().map(|((at, _), _)| *at);
            let timers = self.ends.each_ref().map(|e| e.puncher.poll_timeout().map(|due| due.at));
            let Some(next) = [parcel, timers[0], timers[1]].into_iter().flatten().min() else { break };
            if next > end {
                break;
            }
            self.now = next;
            if parcel == Some(next) {
                let (_, parcel) = self.parcels.pop_first().unwrap();
                self.deliver(parcel);
            }
            for i in [0, 1] {
                self.ends[i].puncher.handle_timeout(self.now);
                self.drain(i);
            }
        }
        self.now = end;
    }

    fn deliver(&mut self, parcel: Parcel) {
        match parcel {
            Parcel::Message { to, bytes } => {
                self.ends[to].puncher.handle_message(self.now, &bytes);
                self.drain(to);
            }
            Parcel::Datagram { to, from, addressed, bytes } => {
                if self.arrives(to, from, addressed) {
                    assert!(self.ends[to].puncher.owns(&bytes));
                    self.datagram(to, from, bytes);
                }
            }
        }
    }

    /// Both ends' budgets, whatever happened.
    pub fn assert_budgets(&self) {
        for end in &self.ends {
            let mut per_address: BTreeMap<SocketAddr, usize> = BTreeMap::new();
            for (i, (at, to)) in end.sent.iter().enumerate() {
                *per_address.entry(*to).or_default() += 1;
                let second = end.sent[i..]
                    .iter()
                    .take_while(|(later, _)| *later - *at < Duration::from_secs(1))
                    .count();
                assert!(second <= 100, "{second} probes in a second");
            }
            // Requests have their bound; answers are as many as the peer's requests, which have theirs.
            assert!(per_address.values().all(|n| *n <= 2 * (24 + 5)), "{per_address:?}");
        }
    }
}
