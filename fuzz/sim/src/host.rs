//! A host: its clock, its addresses, its sockets, and the program on it.

use std::any::Any;
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use deskwire_machine::{Deadline, IfAddr, Instant, LinkId, LinkIds, Rng};

use crate::adversary::Adversary;
use crate::net::NetId;
use crate::pipe::{Line, Pipe};
use crate::process::{Boot, Process};
use crate::tcp::Tcp;

/// How a host's clock goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ClockSkew {
    /// Microseconds it is ahead of the world when the world begins.
    pub ahead: u64,
    /// Millionths by which it runs fast (or slow, if negative).
    pub drift_ppm: i32,
}

impl ClockSkew {
    pub(crate) fn local(self, world: Instant) -> Instant {
        let rate = i128::from(1_000_000 + self.drift_ppm);
        let elapsed = i128::from(world.as_micros()) * rate / 1_000_000;
        Instant::from_micros(u64::try_from(elapsed).unwrap_or(0).saturating_add(self.ahead))
    }

    /// The first world time at which the local clock has reached `local`.
    pub(crate) fn world(self, local: Instant) -> Instant {
        let rate = i128::from(1_000_000 + self.drift_ppm);
        let elapsed = i128::from(local.as_micros().saturating_sub(self.ahead)) * 1_000_000;
        let mut guess = u64::try_from(elapsed / rate).unwrap_or(u64::MAX);
        while self.local(Instant::from_micros(guess)) < local && guess < u64::MAX {
            guess += 1;
        }
        Instant::from_micros(guess)
    }
}

pub(crate) struct Interface {
    pub(crate) net: NetId,
    pub(crate) addr: IpAddr,
    pub(crate) line: Line,
    pub(crate) up: Pipe,
    pub(crate) down: Pipe,
    pub(crate) enabled: bool,
    /// Who sits on this line.
    pub(crate) adversary: Option<Box<Adversary>>,
}

/// What a link id stands for on its host.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Socket {
    Udp {
        bound: SocketAddr,
    },
    Tcp {
        key: (SocketAddr, SocketAddr),
    },
    Listener {
        bound: SocketAddr,
    },
    /// Could not be opened; `Closed` is on its way.
    Failed,
}

#[derive(Debug)]
pub(crate) struct TcpSocket {
    pub(crate) tcp: Tcp,
    /// `None` once the program closed it.
    pub(crate) link: Option<LinkId>,
    /// Where it came in, for those that were accepted.
    pub(crate) listener: Option<LinkId>,
    /// Whether the program refused to read when it was last offered bytes.
    pub(crate) stuffed: bool,
    /// The world time of the timer event that is in the heap.
    pub(crate) timer: Option<Instant>,
}

pub(crate) type Factory = Box<dyn FnMut(Boot) -> Box<dyn Process>>;

pub(crate) struct Host {
    pub(crate) name: String,
    pub(crate) clock: ClockSkew,
    pub(crate) interfaces: Vec<Interface>,
    pub(crate) process: Option<Box<dyn Process>>,
    pub(crate) factory: Option<Factory>,
    pub(crate) boots: u32,
    /// What ran before a crash, for a restart with state.
    pub(crate) remains: Option<Box<dyn Any>>,
    pub(crate) ids: LinkIds,
    pub(crate) links: BTreeMap<LinkId, Socket>,
    pub(crate) udp: BTreeMap<SocketAddr, LinkId>,
    pub(crate) listeners: BTreeMap<SocketAddr, LinkId>,
    pub(crate) tcp: BTreeMap<(SocketAddr, SocketAddr), TcpSocket>,
    pub(crate) asleep: bool,
    /// Whether its program is too busy to read from streams.
    pub(crate) busy_reader: bool,
    /// Whether it answers every attempt to connect with a reset.
    pub(crate) refuses: bool,
    /// When its machine wants to be woken: as of the last time that anything was done to it.
    pub(crate) deadline: Option<Deadline>,
    /// The world time of the wake-up that is in the heap.
    pub(crate) timer: Option<Instant>,
    /// Wake-ups in the current millisecond, for the livelock guard.
    pub(crate) busy: (u64, u32),
    pub(crate) rng: Rng,
}

impl Host {
    pub(crate) fn new(name: &str, clock: ClockSkew, rng: Rng) -> Self {
        Self {
            name: name.to_owned(),
            clock,
            interfaces: Vec::new(),
            process: None,
            factory: None,
            boots: 0,
            remains: None,
            ids: LinkIds::new(),
            links: BTreeMap::new(),
            udp: BTreeMap::new(),
            listeners: BTreeMap::new(),
            tcp: BTreeMap::new(),
            asleep: false,
            busy_reader: false,
            refuses: false,
            deadline: None,
            timer: None,
            busy: (0, 0),
            rng,
        }
    }

    /// Forgets all sockets, silently.
    pub(crate) fn drop_sockets(&mut self) {
        self.links.clear();
        self.udp.clear();
        self.listeners.clear();
        self.tcp.clear();
    }

    pub(crate) fn addrs(&self) -> Vec<IfAddr> {
        let enabled = self.interfaces.iter().filter(|i| i.enabled);
        enabled
            .map(|i| IfAddr { addr: i.addr, prefix: if i.addr.is_ipv4() { 24 } else { 64 }, metered: false })
            .collect()
    }

    /// The interface that packets of that source take: its own one, or the first of the family.
    pub(crate) fn interface_for(&self, src: IpAddr) -> Option<usize> {
        self.interfaces.iter().position(|i| {
            let fits = if src.is_unspecified() { i.addr.is_ipv4() == src.is_ipv4() } else { i.addr == src };
            i.enabled && fits
        })
    }

    /// The socket that a datagram to `dst` goes to.
    pub(crate) fn udp_socket(&self, dst: SocketAddr) -> Option<LinkId> {
        lookup(&self.udp, dst)
    }

    pub(crate) fn listener(&self, dst: SocketAddr) -> Option<LinkId> {
        lookup(&self.listeners, dst)
    }

    /// Picks what a socket is bound to; `None` if the port is taken.
    pub(crate) fn bind(
        &mut self,
        wanted: Option<SocketAddr>,
        taken: impl Fn(&Self, SocketAddr) -> bool,
    ) -> Option<SocketAddr> {
        let wanted = wanted.unwrap_or_else(|| SocketAddr::from(([0, 0, 0, 0], 0)));
        if wanted.port() != 0 {
            return (!taken(self, wanted)).then_some(wanted);
        }
        for _ in 0..1000 {
            let port = 32_768 + u16::try_from(self.rng.below(28_000)).unwrap_or(0);
            let bound = SocketAddr::new(wanted.ip(), port);
            if !taken(self, bound) {
                return Some(bound);
            }
        }
        None
    }
}

fn lookup(sockets: &BTreeMap<SocketAddr, LinkId>, dst: SocketAddr) -> Option<LinkId> {
    let any = SocketAddr::new(unspecified(dst.ip()), dst.port());
    sockets.get(&dst).or_else(|| sockets.get(&any)).copied()
}

pub(crate) fn unspecified(like: IpAddr) -> IpAddr {
    match like {
        IpAddr::V4(_) => IpAddr::from([0; 4]),
        IpAddr::V6(_) => IpAddr::from([0; 16]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skewed_clock_is_inverted_exactly() {
        for drift_ppm in [0, 100, -100, 33_333] {
            let clock = ClockSkew { ahead: 5_000_000, drift_ppm };
            for micros in [5_000_000, 5_000_001, 7_654_321, 99_999_999] {
                let local = Instant::from_micros(micros);
                let world = clock.world(local);
                assert!(clock.local(world) >= local);
                if world > Instant::ZERO {
                    assert!(clock.local(Instant::from_micros(world.as_micros() - 1)) < local);
                }
            }
        }
    }
}
