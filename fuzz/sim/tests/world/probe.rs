//! A machine that does what a test tells it, and keeps what it sees.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use deskwire_machine::{
    CloseReason, Deadline, Ecn, IfAddr, Input, Instant, LinkId, LinkIds, LinkSpec, Machine, Outbox, Output,
};
use deskwire_sim::{Boot, HostId, Line, NatConfig, NetId, Recorded, World};

pub(crate) type Program = Recorded<Probe>;

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Seen {
    Opened(LinkId, SocketAddr),
    Accepted(LinkId, SocketAddr),
    Datagram(SocketAddr, Vec<u8>),
    Stream(LinkId, usize),
    Blocked(LinkId),
    Writable(LinkId),
    Closed(LinkId, CloseReason),
    Network(Vec<IpAddr>),
    Tick,
}

pub(crate) struct Probe {
    ids: LinkIds,
    outbox: Outbox,
    seen: std::collections::VecDeque<Seen>,
    pub(crate) udp: LinkId,
    /// A second socket, if it has one.
    pub(crate) other: LinkId,
    /// Answers datagrams with the address they came from, streams with the same bytes.
    pub(crate) echo: bool,
    /// Reads no stream bytes.
    pub(crate) deaf: bool,
    pub(crate) received: BTreeMap<LinkId, Vec<u8>>,
    tick: Option<(Duration, Instant)>,
}

impl Probe {
    pub(crate) fn new(boot: &Boot, udp: Option<SocketAddr>) -> Self {
        let mut outbox = Outbox::new(16 << 20);
        let link = boot.ids.allocate();
        outbox.open(link, LinkSpec::Udp { local: udp });
        Self {
            ids: boot.ids.clone(),
            outbox,
            seen: std::collections::VecDeque::new(),
            udp: link,
            other: link,
            echo: false,
            deaf: false,
            received: BTreeMap::new(),
            tick: None,
        }
    }

    /// Sockets on port 7 and on port 8, and a TCP listener on 7.
    pub(crate) fn echoing(boot: &Boot) -> Self {
        let mut probe = Self { echo: true, ..Self::new(boot, Some(SocketAddr::from(([0, 0, 0, 0], 7)))) };
        probe.other = boot.ids.allocate();
        let local = Some(SocketAddr::from(([0, 0, 0, 0], 8)));
        probe.outbox.open(probe.other, LinkSpec::Udp { local });
        probe.listen(7);
        probe
    }

    pub(crate) fn ticking(mut self, boot: &Boot, every: Duration) -> Self {
        self.tick = Some((every, boot.now + every));
        self
    }

    pub(crate) fn send(&mut self, to: SocketAddr, bytes: &[u8]) {
        self.outbox.datagram(self.udp, to, bytes.to_vec());
    }

    pub(crate) fn send_from_other(&mut self, to: SocketAddr, bytes: &[u8]) {
        self.outbox.datagram(self.other, to, bytes.to_vec());
    }

    /// Takes a fresh socket for what it sends next.
    pub(crate) fn reopen(&mut self, local: Option<SocketAddr>) {
        self.udp = self.ids.allocate();
        self.outbox.open(self.udp, LinkSpec::Udp { local });
    }

    pub(crate) fn listen(&mut self, port: u16) -> LinkId {
        let link = self.ids.allocate();
        let local = Some(SocketAddr::from(([0, 0, 0, 0], port)));
        self.outbox.open(link, LinkSpec::TcpListen { local, reuse: false });
        link
    }

    pub(crate) fn connect(&mut self, local: Option<SocketAddr>, remote: SocketAddr) -> LinkId {
        let link = self.ids.allocate();
        self.outbox.open(link, LinkSpec::TcpConnect { local, reuse: local.is_some(), remote });
        link
    }

    pub(crate) fn write(&mut self, link: LinkId, bytes: &[u8]) {
        self.outbox.stream(link, bytes.to_vec()).unwrap();
    }

    pub(crate) fn close(&mut self, link: LinkId) {
        self.outbox.close(link);
    }
}

impl Machine for Probe {
    type Event = Seen;

    fn handle_input(&mut self, _: Instant, input: Input<'_>) {
        self.outbox.note(&input);
        let seen = match input {
            Input::Opened { link, local, .. } => Seen::Opened(link, local),
            Input::Accepted { link, remote, .. } => Seen::Accepted(link, remote),
            Input::Datagram { link, from, data, .. } => {
                if self.echo {
                    self.outbox.datagram_with(link, from, Ecn::NotEct, None, from.to_string().into_bytes());
                }
                Seen::Datagram(from, data.to_vec())
            }
            Input::Stream { link, data } => {
                let bytes = data.readable().to_vec();
                data.consume(bytes.len());
                self.received.entry(link).or_default().extend_from_slice(&bytes);
                let seen = Seen::Stream(link, bytes.len());
                if self.echo {
                    let _ = self.outbox.stream(link, bytes);
                }
                seen
            }
            Input::Blocked { link } => Seen::Blocked(link),
            Input::Writable { link } => Seen::Writable(link),
            Input::Closed { link, reason } => Seen::Closed(link, reason),
            Input::NetworkChanged { addrs } => {
                Seen::Network(addrs.iter().map(|IfAddr { addr, .. }| *addr).collect())
            }
            _ => return,
        };
        self.seen.push_back(seen);
    }

    fn handle_timeout(&mut self, now: Instant) {
        if let Some((every, at)) = &mut self.tick
            && *at <= now
        {
            *at = now + *every;
            self.seen.push_back(Seen::Tick);
        }
    }

    fn poll_output(&mut self, _: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        self.outbox.poll(buf)
    }

    fn poll_event(&mut self) -> Option<Seen> {
        self.seen.pop_front()
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        self.tick.map(|(_, at)| Deadline::new(at, "tick"))
    }

    fn wants_input(&self, _: LinkId) -> bool {
        !self.deaf
    }
}

pub(crate) fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

pub(crate) fn at(text: &str) -> SocketAddr {
    text.parse().unwrap()
}

/// A host with a probe that has a UDP socket on any port.
pub(crate) fn probe(world: &mut World, name: &str, net: NetId, addr: &str) -> HostId {
    let host = world.host_at(name, net, ip(addr), Line::default());
    let any = if ip(addr).is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
    world.start(host, |boot| Recorded::new(Probe::new(&boot, Some(at(any)))));
    world.run_for(Duration::from_millis(1));
    host
}

/// A public host that tells everybody on port 7 where they come from.
pub(crate) fn mirror(world: &mut World, addr: &str) -> HostId {
    let host = world.host_at("mirror", NetId::INTERNET, ip(addr), Line::default());
    world.start(host, |boot| Recorded::new(Probe::echoing(&boot)));
    host
}

/// A network behind a gateway on the public one, and a probe in it.
pub(crate) fn home(world: &mut World, config: NatConfig, outer: &str) -> (NetId, HostId) {
    let net = world.network(NetId::INTERNET, config, ip(outer), Line::default());
    let host = probe(world, "home", net, "192.168.1.2");
    (net, host)
}

pub(crate) fn send(world: &mut World, host: HostId, to: SocketAddr, bytes: &[u8]) {
    world.with(host, |program: &mut Program, _| program.machine.send(to, bytes));
}

pub(crate) fn seen(world: &World, host: HostId) -> Vec<Seen> {
    world.get::<Program>(host).unwrap().said().cloned().collect()
}

/// Datagrams that a host got.
pub(crate) fn datagrams(world: &World, host: HostId) -> Vec<(SocketAddr, Vec<u8>)> {
    let only = |seen| if let Seen::Datagram(from, bytes) = seen { Some((from, bytes)) } else { None };
    seen(world, host).into_iter().filter_map(only).collect()
}

/// Where a mirror sees a host.
pub(crate) fn seen_from(world: &mut World, host: HostId, mirror: SocketAddr) -> Option<SocketAddr> {
    let before = datagrams(world, host).len();
    send(world, host, mirror, b"where am I?");
    world.run_for(Duration::from_millis(200));
    let (_, answer) = datagrams(world, host).into_iter().nth(before)?;
    Some(at(core::str::from_utf8(&answer).unwrap()))
}

pub(crate) fn start_world() -> World {
    World::new(11)
}
