//! A server and clients on a small network in virtual time: lossy UDP, ordered TCP with slow readers.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use deskwire_machine::{
    CloseReason, Ecn, Input, Instant, LinkId, LinkIds, LinkSpec, Machine, Output, Rng, Seed, StreamBuf,
};
use deskwire_relay::{ClientConfig, ClientEvent, RelayClient, Server, ServerConfig, ServerLimits};
use deskwire_wire::frame::Kind;
use deskwire_wire::relay::RelayMsg;

use super::{RELAY, UNIX, address, decode, server_key};

/// Unsent bytes above which a link says `Blocked`, and the latency of everything.
const HIGH_WATER: usize = 64 << 10;
const LATENCY: Duration = Duration::from_millis(15);

/// A client and its side of the network.
pub struct Caller {
    pub client: RelayClient,
    pub socket: LinkId,
    /// Where the relay sees it.
    pub at: SocketAddr,
    pub udp_works: bool,
    pub tcp_works: bool,
    /// Bytes that it reads from TCP in a millisecond.
    pub reads_per_ms: usize,
    pub events: Vec<ClientEvent>,
    /// Bytes of packets received.
    pub received: usize,
}

/// A TCP connection: unread bytes at both ends.
struct Pipe {
    caller: usize,
    near: LinkId,
    far: Option<LinkId>,
    to_server: StreamBuf,
    to_client: StreamBuf,
    blocked: bool,
}

enum Parcel {
    ToServer { from: SocketAddr, bytes: Vec<u8> },
    ToClient { to: SocketAddr, bytes: Vec<u8> },
    Connected(usize),
    Bytes { pipe: usize, to_server: bool, bytes: Vec<u8> },
    Closed { pipe: usize, to_server: bool, reason: CloseReason },
}

pub struct Net {
    pub now: Instant,
    pub server: Server,
    pub callers: Vec<Caller>,
    /// The relay answers.
    pub alive: bool,
    pub loss_percent: u64,
    pub duplicate_percent: u64,
    pub jitter: Duration,
    /// So many proofs of an address come nowhere.
    pub proofs_to_lose: u32,
    ids: LinkIds,
    udp: LinkId,
    tcp: LinkId,
    pipes: Vec<Option<Pipe>>,
    parcels: BTreeMap<(Instant, u64), Parcel>,
    sequence: u64,
    dice: Rng,
}

impl Net {
    pub fn new(seed: u8, limits: ServerLimits) -> Self {
        let now = Instant::from_micros(5);
        let ids = LinkIds::new();
        let any = SocketAddr::from(([0, 0, 0, 0], 0));
        let config = ServerConfig {
            udp: vec![any],
            tcp: vec![any],
            websocket: Vec::new(),
            relay: RELAY,
            server_key: server_key().public(),
            unix_s: UNIX,
            report: None,
            limits,
            seed: Seed::new([seed; 32]),
            ids: ids.clone(),
        };
        let mut server = Server::new(now, config);
        let mut links = Vec::new();
        while let Some(Output::Open { link, .. }) = server.poll_output(now, &mut Vec::new()) {
            let max_datagram = if links.is_empty() { 1_472 } else { 0 };
            server.handle_input(now, Input::Opened { link, local: address(250, 21_117), max_datagram });
            links.push(link);
        }
        Self {
            now,
            server,
            callers: Vec::new(),
            alive: true,
            loss_percent: 0,
            duplicate_percent: 0,
            jitter: Duration::ZERO,
            proofs_to_lose: 0,
            ids,
            udp: links[0],
            tcp: links[1],
            pipes: Vec::new(),
            parcels: BTreeMap::new(),
            sequence: 0,
            dice: Seed::new([seed; 32]).derive("net").public(),
        }
    }

    pub fn call(&mut self, token: Vec<u8>, change: impl FnOnce(&mut Caller)) -> usize {
        let n = self.callers.len();
        let ids = LinkIds::new();
        let socket = ids.allocate();
        let seed = Seed::new([n as u8 + 1; 32]);
        let config = ClientConfig::new(vec![address(250, 21_117)], token, seed, ids);
        let client = RelayClient::new(self.now, config);
        let mut caller = Caller {
            client,
            socket,
            at: address(n as u8 + 1, 1_000),
            udp_works: true,
            tcp_works: true,
            reads_per_ms: usize::MAX,
            events: Vec::new(),
            received: 0,
        };
        change(&mut caller);
        let local = SocketAddr::from(([0, 0, 0, 0], 1_000));
        caller.client.handle_input(self.now, Input::Opened { link: socket, local, max_datagram: 1_472 });
        self.callers.push(caller);
        self.drain_client(n);
        n
    }

    /// Bytes in the sockets of a client's TCP connection to the relay: unread by the relay, unread by the client.
    pub fn in_flight(&self, caller: usize) -> (usize, usize) {
        let mut pipes = self.pipes.iter().flatten().filter(|pipe| pipe.caller == caller);
        pipes.next().map_or((0, 0), |pipe| (pipe.to_server.len(), pipe.to_client.len()))
    }

    fn post(&mut self, parcel: Parcel) {
        self.sequence += 1;
        self.parcels.insert((self.now + LATENCY, self.sequence), parcel);
    }

    fn post_datagram(&mut self, make: impl Fn() -> Parcel) {
        let copies = if self.dice.below(100) < self.duplicate_percent { 2 } else { 1 };
        for _ in 0..copies {
            let lost = self.dice.below(100) < self.loss_percent;
            let jitter = self.dice.below(u64::try_from(self.jitter.as_micros()).unwrap() + 1);
            if !lost {
                self.sequence += 1;
                let at = self.now + LATENCY + Duration::from_micros(jitter);
                self.parcels.insert((at, self.sequence), make());
            }
        }
    }

    pub fn send(&mut self, caller: usize, packet: &[u8]) -> bool {
        let sent = self.callers[caller].client.send(self.now, packet);
        self.drain_client(caller);
        sent
    }

    pub fn drain_client(&mut self, n: usize) {
        let mut buf = Vec::new();
        while let Some(output) = self.callers[n].client.poll_output(self.now, &mut buf) {
            let bytes = std::mem::take(&mut buf);
            match output {
                Output::Datagram { .. } => {
                    let from = self.callers[n].at;
                    if self.callers[n].udp_works {
                        self.post_datagram(|| Parcel::ToServer { from, bytes: bytes.clone() });
                    }
                }
                Output::Open { link, spec: LinkSpec::TcpConnect { .. } } => {
                    let (to_server, to_client) = (StreamBuf::new(), StreamBuf::new());
                    let pipe = self.pipes.len();
                    self.pipes.push(Some(Pipe {
                        caller: n,
                        near: link,
                        far: None,
                        to_server,
                        to_client,
                        blocked: false,
                    }));
                    if self.callers[n].tcp_works && self.alive {
                        self.post(Parcel::Connected(pipe));
                    } else {
                        let reason = CloseReason::Refused;
                        self.post(Parcel::Closed { pipe, to_server: false, reason });
                    }
                }
                Output::Stream { link } => {
                    let pipe = self.pipe_of(|pipe| pipe.near == link && pipe.caller == n);
                    self.post(Parcel::Bytes { pipe, to_server: true, bytes });
                }
                Output::Close { link } => {
                    let pipe = self.pipe_of(|pipe| pipe.near == link && pipe.caller == n);
                    self.post(Parcel::Closed { pipe, to_server: true, reason: CloseReason::Finished });
                }
                other => panic!("{other:?}"),
            }
        }
        while let Some(event) = self.callers[n].client.poll_event() {
            match event {
                ClientEvent::Packet(bytes) => self.callers[n].received += bytes.len(),
                event => self.callers[n].events.push(event),
            }
        }
    }

    fn pipe_of(&self, is: impl Fn(&Pipe) -> bool) -> usize {
        self.pipes.iter().position(|pipe| pipe.as_ref().is_some_and(&is)).expect("an open connection")
    }

    fn drain_server(&mut self) {
        let mut buf = Vec::new();
        while let Some(output) = self.server.poll_output(self.now, &mut buf) {
            let bytes = std::mem::take(&mut buf);
            match output {
                Output::Datagram { to, .. } => {
                    self.post_datagram(|| Parcel::ToClient { to, bytes: bytes.clone() });
                }
                Output::Stream { link } => {
                    let pipe = self.pipe_of(|pipe| pipe.far == Some(link));
                    self.post(Parcel::Bytes { pipe, to_server: false, bytes });
                }
                Output::Close { link } => {
                    let pipe = self.pipe_of(|pipe| pipe.far == Some(link));
                    self.post(Parcel::Closed { pipe, to_server: false, reason: CloseReason::Finished });
                }
                other => panic!("the relay asked for {other:?}"),
            }
        }
        while self.server.poll_event().is_some() {}
    }

    fn feed_server(&mut self, input: Input<'_>) {
        if self.alive {
            self.server.handle_input(self.now, input);
            self.drain_server();
        }
    }

    fn deliver(&mut self, parcel: Parcel) {
        match parcel {
            Parcel::ToServer { from, mut bytes } => {
                let is_control = bytes.first().and_then(|first| Kind::of(*first)) == Some(Kind::RelayControl);
                if self.proofs_to_lose > 0 && is_control && matches!(decode(&bytes), RelayMsg::Ping(_)) {
                    self.proofs_to_lose -= 1;
                    return;
                }
                let data = bytes.as_mut_slice();
                self.feed_server(Input::Datagram { link: self.udp, from, ecn: Ecn::NotEct, data });
            }
            Parcel::ToClient { to, mut bytes } => {
                let Some(n) = self.callers.iter().position(|c| c.at == to && c.udp_works) else { return };
                let caller = &mut self.callers[n];
                let from = address(250, 21_117);
                let input = Input::Datagram { link: caller.socket, from, ecn: Ecn::NotEct, data: &mut bytes };
                caller.client.handle_input(self.now, input);
                self.drain_client(n);
            }
            Parcel::Connected(n) => {
                let Some(pipe) = &mut self.pipes[n] else { return };
                let link = self.ids.allocate();
                pipe.far = Some(link);
                let (caller, near) = (pipe.caller, pipe.near);
                let (remote, listener) = (SocketAddr::new(self.callers[caller].at.ip(), 7_777), self.tcp);
                self.feed_server(Input::Accepted { listener, link, remote });
                let local = SocketAddr::from(([0, 0, 0, 0], 2_000));
                let opened = Input::Opened { link: near, local, max_datagram: 0 };
                self.callers[caller].client.handle_input(self.now, opened);
                self.drain_client(caller);
            }
            Parcel::Bytes { pipe, to_server, bytes } => {
                let Some(pipe) = &mut self.pipes[pipe] else { return };
                let buf = if to_server { &mut pipe.to_server } else { &mut pipe.to_client };
                buf.push(&bytes);
            }
            Parcel::Closed { pipe, to_server, reason } => {
                self.feed(pipe, usize::MAX);
                let Some(pipe) = self.pipes[pipe].take() else { return };
                if !to_server {
                    let closed = Input::Closed { link: pipe.near, reason };
                    self.callers[pipe.caller].client.handle_input(self.now, closed);
                    self.drain_client(pipe.caller);
                } else if let Some(link) = pipe.far {
                    self.feed_server(Input::Closed { link, reason });
                }
            }
        }
    }

    /// Lets both ends of a connection read.
    fn feed(&mut self, n: usize, budget: usize) {
        let Some(mut pipe) = self.pipes[n].take() else { return };
        if let Some(link) = pipe.far
            && self.alive
            && !pipe.to_server.is_empty()
            && self.server.wants_input(link)
        {
            let mut data = std::mem::take(&mut pipe.to_server);
            self.server.handle_input(self.now, Input::Stream { link, data: &mut data });
            pipe.to_server = data;
        }
        let caller = pipe.caller;
        let read = pipe.to_client.len().min(budget);
        if read > 0 {
            let mut data = StreamBuf::from(&pipe.to_client.readable()[..read]);
            let link = pipe.near;
            self.callers[caller].client.handle_input(self.now, Input::Stream { link, data: &mut data });
            pipe.to_client.consume(read - data.len());
        }
        let full = pipe.to_client.len() >= HIGH_WATER;
        if let Some(link) = pipe.far.filter(|_| full != pipe.blocked && self.alive) {
            pipe.blocked = full;
            let input = if full { Input::Blocked { link } } else { Input::Writable { link } };
            self.server.handle_input(self.now, input);
        }
        self.pipes[n] = Some(pipe);
        self.drain_server();
        self.drain_client(caller);
    }

    /// Lets time pass in steps of a millisecond; `each` is called before every one.
    pub fn run_with(&mut self, time: Duration, mut each: impl FnMut(&mut Self)) {
        let end = self.now + time;
        while self.now < end {
            each(self);
            self.now += Duration::from_millis(1);
            while let Some(entry) = self.parcels.first_entry() {
                if entry.key().0 > self.now {
                    break;
                }
                let parcel = entry.remove();
                self.deliver(parcel);
            }
            for n in 0..self.pipes.len() {
                if let Some(pipe) = &self.pipes[n] {
                    // What a slow reader has not read in time it reads with the next bytes.
                    let reads = self.callers[pipe.caller].reads_per_ms.max(1);
                    let slow = reads < 2_000;
                    let turn = (self.now.as_micros() / 1_000).is_multiple_of(40);
                    match (slow, turn) {
                        (false, _) => self.feed(n, usize::MAX),
                        (true, true) => self.feed(n, reads * 40),
                        (true, false) => self.feed(n, 0),
                    }
                }
            }
            if self.alive {
                self.server.handle_timeout(self.now);
                self.drain_server();
            }
            for n in 0..self.callers.len() {
                self.callers[n].client.handle_timeout(self.now);
                self.drain_client(n);
                assert!(self.callers[n].client.poll_timeout().is_none_or(|due| due.at > self.now));
            }
        }
    }

    pub fn run(&mut self, time: Duration) {
        self.run_with(time, |_| {});
    }
}
