//! A network of open hosts in virtual time: datagrams arrive after a fixed delay, nothing is lost.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use deskwire_machine::{Ecn, IfAddr, Input, Instant, LinkId, LinkSpec, Machine, Output};

/// One way through the network.
pub(crate) const DELAY: Duration = Duration::from_millis(10);

/// A machine on the network.
pub(crate) struct Station<M> {
    pub(crate) machine: M,
    ip: IpAddr,
    sockets: BTreeMap<LinkId, SocketAddr>,
    next_port: u16,
}

/// A datagram under way: when, in which order, where to, where from, what.
type Flight = Reverse<(Instant, u64, SocketAddr, SocketAddr, Vec<u8>)>;

#[derive(Default)]
pub(crate) struct Air {
    pub(crate) now: Instant,
    flights: BinaryHeap<Flight>,
    sent: u64,
    /// Addresses nothing gets through to or from any more.
    pub(crate) dead: Vec<IpAddr>,
    /// Who has sent to whom.
    pub(crate) spoke: BTreeSet<(IpAddr, IpAddr)>,
}

impl<M: Machine> Station<M> {
    pub(crate) fn new(now: Instant, ip: [u8; 4], machine: M) -> Self {
        let mut station = Self { machine, ip: ip.into(), sockets: BTreeMap::new(), next_port: 40_000 };
        let addrs = [IfAddr { addr: station.ip, prefix: 24, metered: false }];
        station.machine.handle_input(now, Input::NetworkChanged { addrs: &addrs });
        station
    }

    /// From now on it is at another address, and does not know it.
    pub(crate) fn move_to(&mut self, ip: [u8; 4]) {
        self.ip = ip.into();
        self.sockets.values_mut().for_each(|local| local.set_ip(ip.into()));
    }

    /// From now on it is at another address, and is told so.
    pub(crate) fn change_network(&mut self, now: Instant, ip: [u8; 4]) {
        self.move_to(ip);
        let addrs = [IfAddr { addr: self.ip, prefix: 24, metered: false }];
        self.machine.handle_input(now, Input::NetworkChanged { addrs: &addrs });
    }

    /// Carries out what the machine wants and hands its events to `on_event`.
    pub(crate) fn drain(&mut self, air: &mut Air, mut on_event: impl FnMut(&mut M, Instant, M::Event)) {
        let now = air.now;
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            if let Some(output) = self.machine.poll_output(now, &mut bytes) {
                self.perform(air, output, &bytes);
            } else if let Some(event) = self.machine.poll_event() {
                on_event(&mut self.machine, now, event);
            } else {
                break;
            }
        }
        let due = self.machine.poll_timeout();
        assert!(due.is_none_or(|deadline| deadline.at > now), "{due:?} at {now:?}");
    }

    fn perform(&mut self, air: &mut Air, output: Output, bytes: &[u8]) {
        match output {
            Output::Open { link, spec: LinkSpec::Udp { local } } if local.is_none_or(|l| l.is_ipv4()) => {
                let port = match local.map_or(0, |local| local.port()) {
                    0 => {
                        self.next_port += 1;
                        self.next_port
                    }
                    port => port,
                };
                let local = SocketAddr::new(self.ip, port);
                self.sockets.insert(link, local);
                self.machine.handle_input(air.now, Input::Opened { link, local, max_datagram: 1_472 });
            }
            Output::Open { link, .. } => {
                let reason = deskwire_machine::CloseReason::Unsupported;
                self.machine.handle_input(air.now, Input::Closed { link, reason });
            }
            Output::Datagram { link, to, segment, .. } => {
                let from = self.sockets[&link];
                for datagram in bytes.chunks(segment.map_or(bytes.len(), |s| s.get())) {
                    air.send(from, to, datagram);
                }
            }
            _ => {}
        }
    }

    /// Takes a datagram if it is for this station.
    pub(crate) fn receive(
        &mut self,
        now: Instant,
        to: SocketAddr,
        from: SocketAddr,
        data: &mut [u8],
    ) -> bool {
        let Some(link) = self.sockets.iter().find(|(_, local)| **local == to).map(|(link, _)| *link) else {
            return false;
        };
        self.machine.handle_input(now, Input::Datagram { link, from, ecn: Ecn::NotEct, data });
        true
    }

    /// How many sockets it has opened.
    pub(crate) fn sockets(&self) -> usize {
        self.sockets.len()
    }

    pub(crate) fn due(&self) -> Option<Instant> {
        self.machine.poll_timeout().map(|deadline| deadline.at)
    }
}

impl Air {
    fn send(&mut self, from: SocketAddr, to: SocketAddr, data: &[u8]) {
        if self.dead.contains(&from.ip()) || self.dead.contains(&to.ip()) {
            return;
        }
        self.sent += 1;
        self.spoke.insert((from.ip(), to.ip()));
        self.flights.push(Reverse((self.now + DELAY, self.sent, to, from, data.to_vec())));
    }

    /// When the next datagram arrives.
    pub(crate) fn next(&self) -> Option<Instant> {
        self.flights.peek().map(|Reverse((at, ..))| *at)
    }

    /// The next datagram, if it has arrived.
    pub(crate) fn arrive(&mut self) -> Option<(SocketAddr, SocketAddr, Vec<u8>)> {
        if self.next()? > self.now {
            return None;
        }
        self.flights.pop().map(|Reverse((_, _, to, from, data))| (to, from, data))
    }
}
