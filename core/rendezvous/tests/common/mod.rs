//! A server, its store, clients and the network between them, in virtual time.
#![allow(dead_code, reason = "every test uses its part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::net::SocketAddr;
use std::time::Duration;

use deskwire_identity::{IdentityKey, PublicKey};
use deskwire_machine::{
    CloseReason, Ecn, Input, Instant, LinkId, LinkIds, LinkSpec, Machine, Output, Rng, Seed, StreamBuf,
};
use deskwire_rendezvous::client::{ServerAddress, Trust};
use deskwire_rendezvous::server::{Port, RelayInfo, StoreRequest, StoreResult, StoreTicket};
use deskwire_rendezvous::{Client, ClientConfig, ClientEvent, Server, ServerConfig, ServerEvent};
use deskwire_wire::ids::{DeviceId, RelayId};

pub(crate) const UNIX: u64 = 1_795_000_000;

pub(crate) fn main_port() -> SocketAddr {
    "192.0.2.1:21116".parse().unwrap()
}

pub(crate) fn reflector_port() -> SocketAddr {
    "192.0.2.1:21115".parse().unwrap()
}

pub(crate) fn server_identity() -> IdentityKey {
    IdentityKey::from_bytes(&[77; 32])
}

pub(crate) fn secs(n: u64) -> Duration {
    Duration::from_secs(n)
}

pub(crate) fn millis(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// Who owns which id, and the last epoch; survives a server's restart.
#[derive(Default)]
pub(crate) struct Store {
    pub(crate) owners: BTreeMap<DeviceId, (PublicKey, u32, u64)>,
    pub(crate) by_key: BTreeMap<PublicKey, DeviceId>,
    pub(crate) down: bool,
    pub(crate) requests: u64,
}

impl Store {
    pub(crate) fn apply(&mut self, request: &StoreRequest) -> StoreResult {
        self.requests += 1;
        if self.down {
            return StoreResult::Unavailable;
        }
        match *request {
            StoreRequest::Claim { id, key, epoch, .. } => {
                if let Some(id) = self.by_key.get(&key) {
                    return StoreResult::Owned { id: *id, generation: self.owners[id].1 };
                }
                if self.owners.contains_key(&id) {
                    return StoreResult::Taken;
                }
                self.owners.insert(id, (key, 0, epoch));
                self.by_key.insert(key, id);
                StoreResult::Owned { id, generation: 0 }
            }
            StoreRequest::Renew { id, key, epoch, .. } => match self.owners.get_mut(&id) {
                None => StoreResult::Unknown,
                Some((owner, generation, _)) if *owner != key => {
                    StoreResult::NotOwner { owner: *owner, generation: *generation }
                }
                Some((_, _, last)) if *last > epoch => StoreResult::EpochTooLow { last: *last },
                Some((_, generation, last)) => {
                    *last = epoch;
                    StoreResult::Owned { id, generation: *generation }
                }
            },
            StoreRequest::Transfer { id, from, to, generation, epoch, .. } => {
                match self.owners.get_mut(&id) {
                    None => StoreResult::Unknown,
                    Some(entry) if entry.0 == from || entry.0 == to => {
                        *entry = (to, generation, epoch);
                        self.by_key.remove(&from);
                        self.by_key.insert(to, id);
                        StoreResult::Owned { id, generation }
                    }
                    Some((owner, generation, _)) => {
                        StoreResult::NotOwner { owner: *owner, generation: *generation }
                    }
                }
            }
            _ => unreachable!("the server of this version asks nothing else"),
        }
    }
}

/// What happens to packets, in percent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Faults {
    pub(crate) loss: u64,
    pub(crate) duplicate: u64,
    /// Extra delay up to this.
    pub(crate) jitter: Duration,
    pub(crate) udp_blocked: bool,
}

impl Faults {
    pub(crate) const NONE: Self = Self { loss: 0, duplicate: 0, jitter: Duration::ZERO, udp_blocked: false };
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Delivery {
    ToServer { port: SocketAddr, from: SocketAddr, bytes: Vec<u8> },
    ToClient { client: usize, to: SocketAddr, from: SocketAddr, bytes: Vec<u8> },
    Store { life: u32, ticket: StoreTicket },
    TcpOpen { client: usize, link: LinkId },
    TcpToServer { client: usize, link: LinkId, bytes: Vec<u8> },
    TcpToClient { client: usize, link: LinkId, bytes: Vec<u8> },
    TcpClosed { client: usize, link: LinkId, life: u32 },
    Persisted { client: usize, epoch: u64 },
}

pub(crate) struct Node {
    pub(crate) client: Client,
    pub(crate) link: LinkId,
    /// As the server sees it.
    pub(crate) address: SocketAddr,
    /// A second mapping towards the reflector.
    pub(crate) symmetric: bool,
    pub(crate) accepts: Option<bool>,
    pub(crate) events: Vec<(Instant, ClientEvent)>,
    /// TCP links: the server's end, and unread bytes of the client's end.
    tcp: BTreeMap<LinkId, (Option<LinkId>, StreamBuf)>,
}

pub(crate) struct World {
    pub(crate) now: Instant,
    pub(crate) server: Server,
    pub(crate) config: ServerConfig,
    pub(crate) store: Store,
    pub(crate) nodes: Vec<Node>,
    pub(crate) faults: Faults,
    pub(crate) latency: Duration,
    pub(crate) rng: Rng,
    pub(crate) server_events: Vec<ServerEvent>,
    /// Every datagram that a client sent, for replays.
    pub(crate) recorded: Vec<(SocketAddr, SocketAddr, Vec<u8>)>,
    /// Every datagram that the server sent.
    pub(crate) answers: Vec<(Instant, SocketAddr, Vec<u8>)>,
    server_ids: LinkIds,
    udp: BTreeMap<LinkId, SocketAddr>,
    listeners: BTreeMap<SocketAddr, LinkId>,
    server_tcp: BTreeMap<LinkId, (usize, LinkId, StreamBuf)>,
    heap: BinaryHeap<Reverse<(Instant, u64, Delivery)>>,
    requests: BTreeMap<(u32, StoreTicket), StoreRequest>,
    sequence: u64,
    life: u32,
}

pub(crate) fn relay(id: u32) -> RelayInfo {
    let address = SocketAddr::from(([198, 51, 100, u8::try_from(id).unwrap()], 21_117));
    RelayInfo {
        id: RelayId(id),
        addresses: vec![address],
        url: None,
        penalty_ms: 0,
        draining: false,
        key: None,
    }
}

impl World {
    pub(crate) fn new(seed: u8) -> Self {
        Self::with(seed, |_| {})
    }

    pub(crate) fn with(seed: u8, change: impl FnOnce(&mut ServerConfig)) -> Self {
        let now = Instant::from_micros(1_000_000);
        let mut config = ServerConfig::new(Seed::new([seed; 32]), server_identity(), UNIX);
        config.main = vec![main_port()];
        config.reflector = vec![reflector_port()];
        config.relays = (1..=4).map(relay).collect();
        change(&mut config);
        let mut world = Self {
            now,
            server: Server::new(now, config.clone()),
            server_ids: config.ids.clone(),
            config,
            store: Store::default(),
            nodes: Vec::new(),
            faults: Faults::NONE,
            latency: millis(20),
            rng: Seed::new([seed; 32]).derive("world").public(),
            server_events: Vec::new(),
            recorded: Vec::new(),
            answers: Vec::new(),
            udp: BTreeMap::new(),
            listeners: BTreeMap::new(),
            server_tcp: BTreeMap::new(),
            heap: BinaryHeap::new(),
            requests: BTreeMap::new(),
            sequence: 0,
            life: 0,
        };
        world.drain_server();
        world
    }

    /// A client with the key `key`; gives its index.
    pub(crate) fn add(&mut self, key: u8, change: impl FnOnce(&mut ClientConfig)) -> usize {
        let server = ServerAddress { main: main_port(), reflector: Some(reflector_port()) };
        let unix = UNIX + self.now.as_micros() / 1_000_000;
        let mut config = ClientConfig::new(
            Seed::new([key; 32]).derive_indexed("client", self.sequence),
            IdentityKey::from_bytes(&[key; 32]),
            server,
            Trust::Key(server_identity().public()),
            unix,
        );
        change(&mut config);
        let link = config.ids.allocate();
        let n = u8::try_from(self.nodes.len()).unwrap();
        let address = SocketAddr::from(([203, 0, 113, n], 40_000));
        let mut client = Client::new(self.now, config);
        let local = "10.0.0.2:5000".parse().unwrap();
        client.handle_input(self.now, Input::Opened { link, local, max_datagram: 1_400 });
        self.nodes.push(Node {
            client,
            link,
            address,
            symmetric: false,
            accepts: Some(true),
            events: Vec::new(),
            tcp: BTreeMap::new(),
        });
        self.nodes.len() - 1
    }

    /// Calls a method of a client and takes what comes of it.
    pub(crate) fn with_client<T>(&mut self, n: usize, f: impl FnOnce(&mut Client, Instant) -> T) -> T {
        let given = f(&mut self.nodes[n].client, self.now);
        self.drain_client(n);
        given
    }

    pub(crate) fn events(&self, n: usize) -> impl Iterator<Item = &ClientEvent> {
        self.nodes[n].events.iter().map(|(_, event)| event)
    }

    /// The server dies and another starts with the same store and key.
    pub(crate) fn restart_server(&mut self) {
        self.life += 1;
        let mut config = self.config.clone();
        config.seed = self.config.seed.derive_indexed("life", u64::from(self.life));
        config.ids = LinkIds::new();
        config.unix_time = UNIX + self.now.as_micros() / 1_000_000;
        self.server_ids = config.ids.clone();
        self.server = Server::new(self.now, config);
        self.udp.clear();
        self.listeners.clear();
        for (_, (client, link, _)) in core::mem::take(&mut self.server_tcp) {
            let life = self.life;
            self.schedule(millis(5), Delivery::TcpClosed { client, link, life });
        }
        self.drain_server();
    }

    /// The NAT of a client gives it another mapping.
    pub(crate) fn rebind(&mut self, n: usize) {
        let port = self.nodes[n].address.port();
        self.nodes[n].address.set_port(if port == 65_535 { 1_024 } else { port + 1 });
    }

    /// A datagram from anywhere to the server, past the faults.
    pub(crate) fn inject(&mut self, from: SocketAddr, port: SocketAddr, bytes: &[u8]) {
        if let Some((&link, _)) = self.udp.iter().find(|(_, a)| **a == port) {
            let input = Input::Datagram { link, from, ecn: Ecn::NotEct, data: &mut bytes.to_vec() };
            self.server.handle_input(self.now, input);
        }
        self.drain_server();
    }

    /// A stranger connects to the main port over TCP; what it sends is fed with [`World::feed`].
    pub(crate) fn connect(&mut self, from: SocketAddr) -> LinkId {
        self.connect_at(main_port(), from)
    }

    /// The same at another port.
    pub(crate) fn connect_at(&mut self, port: SocketAddr, from: SocketAddr) -> LinkId {
        let link = self.server_ids.allocate();
        let listener = self.listeners[&port];
        self.server.handle_input(self.now, Input::Accepted { listener, link, remote: from });
        self.drain_server();
        link
    }

    /// Bytes of a stranger; gives what the server left unread.
    pub(crate) fn feed(&mut self, link: LinkId, bytes: &[u8]) -> StreamBuf {
        let mut data = StreamBuf::from(bytes);
        self.server.handle_input(self.now, Input::Stream { link, data: &mut data });
        self.drain_server();
        data
    }

    fn schedule(&mut self, after: Duration, delivery: Delivery) {
        self.sequence += 1;
        self.heap.push(Reverse((self.now + after, self.sequence, delivery)));
    }

    /// Sends a datagram through the faults.
    fn datagram(&mut self, delivery: Delivery) {
        let faults = self.faults;
        if faults.udp_blocked {
            return;
        }
        let copies = 1 + u64::from(self.rng.below(100) < faults.duplicate);
        for _ in 0..copies {
            if self.rng.below(100) >= faults.loss {
                let extra = self.rng.below(u64::try_from(faults.jitter.as_micros()).unwrap() + 1);
                self.schedule(self.latency + Duration::from_micros(extra), delivery.clone());
            }
        }
    }

    /// Runs until `duration` has gone by.
    pub(crate) fn run(&mut self, duration: Duration) {
        let end = self.now + duration;
        self.run_until(end, |_| false);
        self.now = end;
    }

    /// Runs until `done`, at most for `most`; gives whether it was done.
    pub(crate) fn run_while(&mut self, most: Duration, done: impl Fn(&Self) -> bool) -> bool {
        let end = self.now + most;
        self.run_until(end, &done);
        done(self)
    }

    fn run_until(&mut self, end: Instant, done: impl Fn(&Self) -> bool) {
        let mut last = (self.now, 0);
        while !done(self) {
            let deadlines =
                self.nodes.iter().map(|n| n.client.poll_timeout()).chain([self.server.poll_timeout()]);
            let deadline = deadlines.flatten().map(|d| d.at).min();
            let packet = self.heap.peek().map(|Reverse((at, ..))| *at);
            let Some(next) = deadline.into_iter().chain(packet).min() else { return };
            if next > end {
                return;
            }
            self.now = self.now.max(next);
            last = if last.0 == self.now { (self.now, last.1 + 1) } else { (self.now, 0) };
            assert!(last.1 < 100_000, "nothing moves at {:?}: {:?}", self.now, self.server.poll_timeout());
            if packet == Some(next) {
                let Reverse((_, _, delivery)) = self.heap.pop().unwrap();
                self.deliver(delivery);
            } else {
                if self.server.poll_timeout().is_some_and(|d| d.at <= self.now) {
                    self.server.handle_timeout(self.now);
                    self.drain_server();
                }
                for n in 0..self.nodes.len() {
                    if self.nodes[n].client.poll_timeout().is_some_and(|d| d.at <= self.now) {
                        self.with_client(n, |client, now| client.handle_timeout(now));
                    }
                }
            }
        }
    }

    fn deliver(&mut self, delivery: Delivery) {
        match delivery {
            Delivery::ToServer { port, from, bytes } => self.inject(from, port, &bytes),
            Delivery::ToClient { client, to, from, mut bytes } => {
                let node = &self.nodes[client];
                let current = [node.address, mapped(node.address)];
                if current.contains(&to) {
                    let (link, ecn) = (node.link, Ecn::NotEct);
                    let input = Input::Datagram { link, from, ecn, data: &mut bytes };
                    self.with_client(client, |c, now| c.handle_input(now, input));
                }
            }
            Delivery::Store { life, ticket } => {
                if let Some(request) = self.requests.remove(&(life, ticket)) {
                    // Durable first; only then the server hears of it, if it still lives.
                    let result = self.store.apply(&request);
                    if life == self.life {
                        self.server.store_done(self.now, ticket, result);
                        self.drain_server();
                    }
                }
            }
            Delivery::TcpOpen { client, link } => {
                let Some(&listener) = self.listeners.get(&main_port()) else { return };
                let remote = SocketAddr::new(self.nodes[client].address.ip(), 50_000);
                let end = self.server_ids.allocate();
                self.server_tcp.insert(end, (client, link, StreamBuf::new()));
                self.nodes[client].tcp.insert(link, (Some(end), StreamBuf::new()));
                self.server.handle_input(self.now, Input::Accepted { listener, link: end, remote });
                self.drain_server();
                let local = "10.0.0.2:5001".parse().unwrap();
                let input = Input::Opened { link, local, max_datagram: 0 };
                self.with_client(client, |c, now| c.handle_input(now, input));
            }
            Delivery::TcpToServer { client, link, bytes } => {
                let Some(end) = self.nodes[client].tcp.get(&link).and_then(|t| t.0) else { return };
                let Some((_, _, buf)) = self.server_tcp.get_mut(&end) else { return };
                buf.push(&bytes);
                self.server.handle_input(self.now, Input::Stream { link: end, data: buf });
                self.drain_server();
            }
            Delivery::TcpToClient { client, link, bytes } => {
                let node = &mut self.nodes[client];
                let Some((_, buf)) = node.tcp.get_mut(&link) else { return };
                buf.push(&bytes);
                node.client.handle_input(self.now, Input::Stream { link, data: buf });
                self.drain_client(client);
            }
            Delivery::TcpClosed { client, link, .. } => {
                if self.nodes[client].tcp.remove(&link).is_some() {
                    let input = Input::Closed { link, reason: CloseReason::Reset };
                    self.with_client(client, |c, now| c.handle_input(now, input));
                }
            }
            Delivery::Persisted { client, epoch } => {
                self.with_client(client, |c, now| c.epoch_persisted(now, epoch));
            }
        }
    }

    pub(crate) fn drain_server(&mut self) {
        let mut buf = Vec::new();
        loop {
            buf.clear();
            let mut moved = false;
            if let Some(output) = self.server.poll_output(self.now, &mut buf) {
                moved = true;
                self.server_output(output, buf.clone());
            }
            if let Some(event) = self.server.poll_event() {
                moved = true;
                if let ServerEvent::Store(request) = event {
                    let life = self.life;
                    self.requests.insert((life, request.ticket()), request);
                    let delay = Duration::from_micros(self.rng.below(30_000));
                    self.schedule(delay, Delivery::Store { life, ticket: request.ticket() });
                }
                self.server_events.push(event);
            }
            if !moved {
                break;
            }
        }
        let next = self.server.poll_timeout();
        assert!(next.is_none_or(|d| d.at > self.now), "due but not done: {next:?} at {:?}", self.now);
    }

    fn server_output(&mut self, output: Output, bytes: Vec<u8>) {
        match output {
            Output::Open { link, spec } => {
                let local = match spec {
                    LinkSpec::Udp { local } => {
                        self.udp.insert(link, local.unwrap());
                        local.unwrap()
                    }
                    LinkSpec::TcpListen { local, .. } => {
                        self.listeners.insert(local.unwrap(), link);
                        local.unwrap()
                    }
                    other => panic!("the server does not open {other:?}"),
                };
                self.server.handle_input(self.now, Input::Opened { link, local, max_datagram: 1_400 });
            }
            Output::Datagram { link, to, .. } => {
                assert!(!bytes.is_empty() && bytes.len() <= 1_200, "a datagram of {} bytes", bytes.len());
                let from = self.udp[&link];
                self.answers.push((self.now, to, bytes.clone()));
                let client = self.nodes.iter().position(|n| n.address.ip() == to.ip());
                if let Some(client) = client {
                    self.datagram(Delivery::ToClient { client, to, from, bytes });
                }
            }
            Output::Stream { link } => {
                let Some(&(client, link, _)) = self.server_tcp.get(&link) else { return };
                self.schedule(self.latency, Delivery::TcpToClient { client, link, bytes });
            }
            Output::Close { link } => {
                if let Some((client, link, _)) = self.server_tcp.remove(&link) {
                    let life = self.life;
                    self.schedule(self.latency, Delivery::TcpClosed { client, link, life });
                }
            }
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn drain_client(&mut self, n: usize) {
        let mut buf = Vec::new();
        loop {
            buf.clear();
            let mut moved = false;
            if let Some(output) = self.nodes[n].client.poll_output(self.now, &mut buf) {
                moved = true;
                self.client_output(n, output, buf.clone());
            }
            if let Some(event) = self.nodes[n].client.poll_event() {
                moved = true;
                self.client_event(n, &event);
                self.nodes[n].events.push((self.now, event));
            }
            if !moved {
                break;
            }
        }
        let next = self.nodes[n].client.poll_timeout();
        assert!(next.is_none_or(|d| d.at > self.now), "due but not done: {next:?} at {:?}", self.now);
    }

    fn client_event(&mut self, n: usize, event: &ClientEvent) {
        match event {
            ClientEvent::PersistEpoch(epoch) => {
                self.schedule(millis(3), Delivery::Persisted { client: n, epoch: *epoch });
            }
            ClientEvent::Incoming { attempt, .. } => {
                if let Some(accept) = self.nodes[n].accepts {
                    let now = self.now;
                    let own = vec!["10.0.0.2:5000".parse().unwrap()];
                    self.nodes[n].client.answer(now, *attempt, accept, own);
                }
            }
            // What is confirmed is in the store.
            ClientEvent::Registered { id, .. } => assert!(self.store.owners.contains_key(id)),
            _ => {}
        }
    }

    fn client_output(&mut self, n: usize, output: Output, bytes: Vec<u8>) {
        match output {
            Output::Datagram { to, .. } => {
                let node = &self.nodes[n];
                let from = if node.symmetric && to == reflector_port() {
                    mapped(node.address)
                } else {
                    node.address
                };
                self.recorded.push((from, to, bytes.clone()));
                self.datagram(Delivery::ToServer { port: to, from, bytes });
            }
            Output::Open { link, spec: LinkSpec::TcpConnect { remote, .. } } if remote == main_port() => {
                self.schedule(self.latency * 2, Delivery::TcpOpen { client: n, link });
            }
            // Where nobody is, nobody answers.
            Output::Open { spec: LinkSpec::TcpConnect { .. }, .. } => {}
            Output::Stream { link } => {
                self.schedule(self.latency, Delivery::TcpToServer { client: n, link, bytes });
            }
            Output::Close { link } => {
                if let Some((Some(end), _)) = self.nodes[n].tcp.remove(&link)
                    && self.server_tcp.remove(&end).is_some()
                {
                    let input = Input::Closed { link: end, reason: CloseReason::Finished };
                    self.server.handle_input(self.now, input);
                    self.drain_server();
                }
            }
            other => panic!("{other:?}"),
        }
    }

    /// Everything that was ever confirmed: no id was told to two keys.
    pub(crate) fn assert_one_owner_per_id(&self) {
        let mut told: BTreeMap<DeviceId, BTreeSet<usize>> = BTreeMap::new();
        for (n, node) in self.nodes.iter().enumerate() {
            for (_, event) in &node.events {
                if let ClientEvent::Registered { id, .. } = event {
                    told.entry(*id).or_default().insert(n);
                }
            }
        }
        assert!(told.values().all(|who| who.len() == 1), "{told:?}");
    }
}

/// The mapping of a symmetric NAT towards the reflector.
pub(crate) fn mapped(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip(), address.port() ^ 0x1000)
}

pub(crate) fn port_of(event: &ServerEvent) -> Option<(Port, SocketAddr)> {
    match event {
        ServerEvent::Listening { port, address, .. } => Some((*port, *address)),
        _ => None,
    }
}
