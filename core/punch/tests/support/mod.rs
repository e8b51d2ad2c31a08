//! Two punchers behind NATs, in virtual time.
#![allow(dead_code, unreachable_pub, unused_imports, reason = "each test file uses its part")]

mod nat;

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use deskwire_identity::Secret64;
use deskwire_machine::{Ecn, IfAddr, Input, Instant, LinkId, LinkIds, Machine, Output, Rng, Seed};
use deskwire_punch::{Observation, PunchConfig, PunchEvent, Puncher, Reflexive};
use deskwire_wire::ids::Role;

pub use nat::{COUNTING, Filter, Kind, Map, Nat, Ports};

pub struct End {
    pub puncher: Puncher,
    pub link: LinkId,
    pub inside: SocketAddr,
    /// Open sockets, and all that were ever open.
    pub links: BTreeMap<LinkId, SocketAddr>,
    pub opened: usize,
    nat: Nat,
    pub events: Vec<PunchEvent>,
    pub sent: Vec<(Instant, SocketAddr)>,
    pub sent_on: Vec<(LinkId, SocketAddr)>,
}

impl End {
    pub fn path(&self) -> Option<(SocketAddr, SocketAddr)> {
        self.found().map(|(_, remote, source)| (remote, source))
    }

    fn found(&self) -> Option<(LinkId, SocketAddr, SocketAddr)> {
        self.events.iter().rev().find_map(|event| match event {
            PunchEvent::PathFound { link, remote, source, .. } => Some((*link, *remote, *source)),
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
    Reflection { to: usize, link: LinkId, seen: SocketAddr },
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
/// The server's second port.
pub const REFLECTOR: &str = "198.51.100.1:21115";

/// Changes the configuration of both punchers.
pub type Tune<'a> = &'a dyn Fn(&mut PunchConfig);

impl World {
    pub fn new(kinds: [Kind; 2], seed: u8) -> Self {
        Self::with_publics(kinds, seed, ["203.0.113.1", "203.0.113.2"])
    }

    /// The same public address twice puts both machines into one home.
    pub fn with_publics(kinds: [Kind; 2], seed: u8, publics: [&str; 2]) -> Self {
        Self::tuned(kinds, u64::from(seed), publics, &|_| {})
    }

    pub fn tuned(kinds: [Kind; 2], seed: u64, publics: [&str; 2], tune: Tune<'_>) -> Self {
        let seed = {
            let mut bytes = [0; 32];
            bytes[..8].copy_from_slice(&seed.to_le_bytes());
            Seed::new(bytes)
        };
        let now = Instant::from_micros(1_000_000);
        let server: SocketAddr = SERVER.parse().unwrap();
        let second: SocketAddr = REFLECTOR.parse().unwrap();
        let make = |i: usize, role: Role| {
            let ids = LinkIds::new();
            let link = ids.allocate();
            let public: IpAddr = publics[i].parse().unwrap();
            let private: IpAddr = ["192.168.1.10", "192.168.77.20"][i].parse().unwrap();
            let inside = SocketAddr::new(if kinds[i].nat.is_some() { private } else { public }, 40_000);
            let mut dice = seed.derive_indexed("nat", i as u64).public();
            let base = 20_000 + u16::try_from(dice.below(10_000)).unwrap();
            let mut nat = Nat {
                kind: kinds[i],
                public,
                ports: BTreeMap::new(),
                allowed: BTreeMap::new(),
                next: [base, base + 20_000],
                dice,
                mapped: None,
                came_in: BTreeMap::new(),
            };
            let exporter = Secret64::new([5; 64]);
            let own = seed.derive_indexed("puncher", i as u64);
            let mut config = PunchConfig::new(role, exporter, Some(server.ip()), own);
            config.ids = ids;
            tune(&mut config);
            let mut puncher = Puncher::new(now, config);
            puncher.handle_input(now, Input::Opened { link, local: inside, max_datagram: 1_472 });
            let interface = IfAddr { addr: inside.ip(), prefix: 24, metered: false };
            puncher.handle_input(now, Input::NetworkChanged { addrs: &[interface] });
            let mut observe = |to| nat.outward(inside, to).map_or(Observation::NoAnswer, Observation::Seen);
            let seen = Reflexive::new(observe(server), observe(second));
            puncher.set_reflexive(now, seen);
            let links = BTreeMap::from([(link, inside)]);
            End {
                puncher,
                link,
                inside,
                links,
                opened: 1,
                nat,
                events: Vec::new(),
                sent: Vec::new(),
                sent_on: Vec::new(),
            }
        };
        Self {
            now,
            ends: [make(0, Role::Viewer), make(1, Role::Host)],
            parcels: BTreeMap::new(),
            sequence: 0,
            loss_percent: 0,
            latency: Duration::from_millis(20),
            dice: seed.derive("world").public(),
        }
    }

    pub fn start(&mut self) {
        for i in [1, 0] {
            let rtt = self.latency * 2;
            self.ends[i].puncher.start(self.now, rtt);
            self.drain(i);
        }
    }

    /// The router of end `i` maps a port to its shared socket, or forgets it again.
    pub fn map_port(&mut self, i: usize, port: Option<u16>) {
        let end = &mut self.ends[i];
        end.nat.mapped = port.map(|port| (port, end.inside));
        end.nat.came_in.clear();
        let outer = port.map(|port| SocketAddr::new(end.nat.public, port));
        end.puncher.set_mapped(self.now, outer);
        self.drain(i);
    }

    fn post(&mut self, parcel: Parcel) {
        self.sequence += 1;
        let jitter = Duration::from_micros(self.dice.below(3_000));
        // Messages travel on a reliable ordered stream.
        let at = match &parcel {
            Parcel::Message { .. } => self.now + self.latency + Duration::from_millis(5),
            Parcel::Reflection { .. } => self.now + self.latency * 2 + jitter,
            Parcel::Datagram { .. } => self.now + self.latency + jitter,
        };
        self.parcels.insert((at, self.sequence), parcel);
    }

    /// Sends a datagram of end `i` through its NAT.
    pub fn send(&mut self, i: usize, link: LinkId, addressed: SocketAddr, bytes: Vec<u8>) {
        let from = self.ends[i].links[&link];
        let neighbours = self.ends[0].nat.public == self.ends[1].nat.public;
        let other = &self.ends[1 - i];
        if neighbours && addressed == other.inside {
            return self.post(Parcel::Datagram { to: 1 - i, from, addressed, bytes });
        }
        let Some(outside) = self.ends[i].nat.outward(from, addressed) else { return };
        let addressed = self.ends[i].nat.real(addressed);
        if self.dice.below(100) < self.loss_percent {
            return;
        }
        if addressed == REFLECTOR.parse().unwrap() {
            return self.post(Parcel::Reflection { to: i, link, seen: outside });
        }
        self.post(Parcel::Datagram { to: 1 - i, from: outside, addressed, bytes });
    }

    pub fn drain(&mut self, i: usize) {
        let mut buf = Vec::new();
        loop {
            let end = &mut self.ends[i];
            if let Some(output) = end.puncher.poll_output(self.now, &mut buf) {
                match output {
                    Output::Datagram { link, to, .. } => {
                        if to != REFLECTOR.parse().unwrap() {
                            end.sent.push((self.now, to));
                            end.sent_on.push((link, to));
                        }
                        self.send(i, link, to, core::mem::take(&mut buf));
                    }
                    Output::Open { link, .. } => {
                        let port = 40_000 + u16::try_from(end.opened).unwrap();
                        let local = SocketAddr::new(end.inside.ip(), port);
                        end.opened += 1;
                        end.links.insert(link, local);
                        let input = Input::Opened { link, local, max_datagram: 1_472 };
                        end.puncher.handle_input(self.now, input);
                    }
                    Output::Close { link } => assert!(end.links.remove(&link).is_some()),
                    other => panic!("{other:?}"),
                }
                continue;
            }
            match end.puncher.poll_event() {
                Some(PunchEvent::Send(bytes)) => self.post(Parcel::Message { to: 1 - i, bytes }),
                Some(PunchEvent::ReflectionWanted { link }) => {
                    end.puncher.ask(self.now, link, REFLECTOR.parse().unwrap(), b"?".to_vec());
                }
                Some(event) => end.events.push(event),
                None => break,
            }
        }
        let due = self.ends[i].puncher.poll_timeout();
        assert!(due.is_none_or(|due| due.at > self.now), "{due:?} at {:?}", self.now);
    }

    /// At which socket of end `to` a datagram arrives, if at all, and from where as it seems there.
    pub fn arrives(
        &mut self,
        to: usize,
        from: SocketAddr,
        addressed: SocketAddr,
    ) -> Option<(LinkId, SocketAddr)> {
        let end = &mut self.ends[to];
        let direct = addressed == end.inside;
        let (inside, from) = if direct { Some((addressed, from)) } else { end.nat.inward(from, addressed) }?;
        end.links.iter().find(|(_, local)| **local == inside).map(|(link, _)| (*link, from))
    }

    /// Whether a packet of end `i` over the path it found arrives at the socket of the other's, and from where.
    pub fn probe_path(&mut self, i: usize) -> Option<SocketAddr> {
        let (link, remote, _) = self.ends[i].found()?;
        let (there, ..) = self.ends[1 - i].found()?;
        let from = self.ends[i].links[&link];
        let neighbours = self.ends[0].nat.public == self.ends[1].nat.public;
        if neighbours && remote == self.ends[1 - i].inside {
            return Some(from);
        }
        let outside = self.ends[i].nat.outward(from, remote)?;
        let remote = self.ends[i].nat.real(remote);
        let (link, from) = self.arrives(1 - i, outside, remote)?;
        (link == there).then_some(from)
    }

    /// Whether both ends found a path, the same one, and packets cross it both ways from where each was told.
    pub fn has_path(&mut self) -> bool {
        let [viewer, host] = self.ends.each_ref().map(End::path);
        let (Some(viewer), Some(host)) = (viewer, host) else { return false };
        self.probe_path(0) == Some(host.1) && self.probe_path(1) == Some(viewer.1)
    }

    pub fn datagram(&mut self, i: usize, link: LinkId, from: SocketAddr, mut bytes: Vec<u8>) {
        let input = Input::Datagram { link, from, ecn: Ecn::NotEct, data: &mut bytes };
        self.ends[i].puncher.handle_input(self.now, input);
        self.drain(i);
    }

    /// A datagram on the shared socket.
    pub fn shared_datagram(&mut self, i: usize, from: SocketAddr, bytes: Vec<u8>) {
        self.datagram(i, self.ends[i].link, from, bytes);
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
                if let Some((link, from)) = self.arrives(to, from, addressed) {
                    assert!(self.ends[to].puncher.owns(&bytes));
                    self.datagram(to, link, from, bytes);
                }
            }
            Parcel::Reflection { to, link, seen } => {
                self.ends[to].puncher.reflected(self.now, link, seen);
                self.drain(to);
            }
        }
    }

    /// Both ends' budgets, whatever happened.
    pub fn assert_budgets(&self) {
        for end in &self.ends {
            let mut per_address: BTreeMap<(LinkId, SocketAddr), usize> = BTreeMap::new();
            end.sent_on.iter().for_each(|to| *per_address.entry(*to).or_default() += 1);
            for (i, (at, _)) in end.sent.iter().enumerate() {
                let later = end.sent[i..].iter();
                let second = later.take_while(|(later, _)| *later - *at < Duration::from_secs(1)).count();
                assert!(second <= 100, "{second} probes in a second");
            }
            // Requests have their bound; answers are as many as the peer's requests, which have theirs.
            assert!(per_address.values().all(|n| *n <= 2 * (24 + 5)), "{per_address:?}");
        }
    }
}
