//! A small model of NATs.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};

use deskwire_machine::Rng;

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

/// How a NAT picks outside ports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ports {
    /// In steps of this. Before each, so many of a hundred chances let somebody else take one, and then there is
    /// another chance.
    Counting {
        step: i16,
        busy_percent: u64,
    },
    /// In steps of two, apart for even and odd local ports.
    KeepingParity,
    Random,
}

/// A NAT, or none: then the machine has a public address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Kind {
    pub nat: Option<(Map, Filter)>,
    pub ports: Ports,
    pub blocked: bool,
}

pub const COUNTING: Ports = Ports::Counting { step: 1, busy_percent: 0 };

impl Kind {
    pub const OPEN: Self = Self { nat: None, ports: Ports::Random, blocked: false };
    pub const BLOCKED: Self =
        Self { nat: Some((Map::Independent, Filter::Port)), ports: Ports::Random, blocked: true };

    pub const fn new(map: Map, filter: Filter, ports: Ports) -> Self {
        Self { nat: Some((map, filter)), ports, blocked: false }
    }

    pub fn all() -> Vec<Self> {
        let mut kinds = vec![Self::OPEN];
        for map in [Map::Independent, Map::Dependent] {
            for filter in [Filter::Nobody, Filter::Address, Filter::Port] {
                kinds.push(Self::new(map, filter, Ports::Random));
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
pub struct Nat {
    pub kind: Kind,
    pub public: IpAddr,
    /// (inside, destination if it matters) to outside port.
    pub ports: BTreeMap<(SocketAddr, Option<SocketAddr>), u16>,
    /// What was sent to, per outside port.
    pub allowed: BTreeMap<u16, BTreeSet<SocketAddr>>,
    pub next: [u16; 2],
    pub dice: Rng,
    /// A port that was mapped to an inside address on request.
    pub mapped: Option<(u16, SocketAddr)>,
    /// Who came in by it, under the address that is shown inside: answers to them leave by it, while what begins inside
    /// is treated as ever. As Linux does it, who was sent to before gets another port, to tell the two apart.
    pub came_in: BTreeMap<SocketAddr, SocketAddr>,
}

impl Nat {
    pub fn outward(&mut self, from: SocketAddr, to: SocketAddr) -> Option<SocketAddr> {
        if self.kind.blocked {
            return None;
        }
        let Some((map, _)) = self.kind.nat else { return Some(from) };
        if let Some((port, inside)) = self.mapped
            && inside == from
            && self.came_in.contains_key(&to)
        {
            return Some(SocketAddr::new(self.public, port));
        }
        let key = (from, (map == Map::Dependent).then_some(to));
        let port = match self.ports.get(&key) {
            Some(port) => *port,
            None => {
                let port = self.pick(from);
                self.ports.insert(key, port);
                port
            }
        };
        self.allowed.entry(port).or_default().insert(to);
        Some(SocketAddr::new(self.public, port))
    }

    fn pick(&mut self, from: SocketAddr) -> u16 {
        loop {
            let port = match self.kind.ports {
                Ports::Counting { step, busy_percent } => {
                    while self.dice.below(100) < busy_percent {
                        self.next[0] = self.next[0].wrapping_add_signed(step);
                    }
                    self.next[0] = self.next[0].wrapping_add_signed(step);
                    self.next[0]
                }
                Ports::KeepingParity => {
                    let next = &mut self.next[usize::from(from.port() % 2)];
                    *next = (*next & !1 | from.port() & 1) + 2;
                    *next
                }
                Ports::Random => 1_024 + u16::try_from(self.dice.below(64_512)).unwrap(),
            };
            let is_mapped = self.mapped.is_some_and(|(mapped, _)| mapped == port);
            if !is_mapped && !self.ports.values().any(|taken| *taken == port) {
                return port;
            }
        }
    }

    /// Where a datagram goes that is sent to an address as it is shown inside.
    pub fn real(&self, to: SocketAddr) -> SocketAddr {
        self.came_in.get(&to).copied().unwrap_or(to)
    }

    /// Where a datagram arrives inside, and from where as it seems there.
    pub fn inward(&mut self, from: SocketAddr, to: SocketAddr) -> Option<(SocketAddr, SocketAddr)> {
        if self.kind.blocked {
            return None;
        }
        let Some((_, filter)) = self.kind.nat else { return Some((to, from)) };
        if to.ip() != self.public {
            return None;
        }
        if let Some((port, inside)) = self.mapped
            && port == to.port()
        {
            let mut shown = from;
            while self.ports.contains_key(&(inside, Some(shown)))
                || self.came_in.get(&shown).is_some_and(|real| *real != from)
            {
                shown.set_port(shown.port().wrapping_add(1_000));
            }
            if !self.came_in.values().any(|real| *real == from) {
                self.came_in.insert(shown, from);
            }
            let shown = self.came_in.iter().find(|(_, real)| **real == from);
            return shown.map(|(shown, _)| (inside, *shown));
        }
        let (inside, _) = self.ports.iter().find(|(_, port)| **port == to.port())?.0;
        let allowed = self.allowed.get(&to.port())?;
        let passes = match filter {
            Filter::Nobody => true,
            Filter::Address => allowed.iter().any(|known| known.ip() == from.ip()),
            Filter::Port => allowed.contains(&from),
        };
        passes.then_some((*inside, from))
    }
}
