//! Both machines under the conformance suite: the client against a real server, the server against real clients.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use deskwire_conformance::{Counterpart, Dice, Given, Replies, Subject, suite};
use deskwire_identity::{IdentityKey, PublicKey};
use deskwire_machine::{Ecn, Input, Instant, LinkId, LinkIds, LinkSpec, Machine, Output, Seed, WsUrl};
use deskwire_rendezvous::client::{DialRequest, Introduction, ServerAddress, TokenRequest, Trust};
use deskwire_rendezvous::server::{Alternate, RelayInfo, StoreRequest, StoreResult};
use deskwire_rendezvous::{Client, ClientConfig, ClientEvent, Server, ServerConfig, ServerEvent};
use deskwire_wire::ids::{DeviceId, RelayId};
use deskwire_wire::rendezvous::RelayRtt;

suite! {
    the_client_keeps_the_rules => ClientSubject::<true>::default(),
    the_client_over_tcp_keeps_the_rules => ClientSubject::<false>::default(),
    the_server_keeps_the_rules => ServerSubject::default(),
}

const UNIX: u64 = 1_795_000_000;
/// The server's other address.
const ALTERNATE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(198, 51, 100, 2)), 21_112);

fn address(host: u8, port: u16) -> SocketAddr {
    SocketAddr::from(([198, 51, 100, host], port))
}

fn server_key() -> IdentityKey {
    IdentityKey::from_bytes(&[42; 32])
}

/// A server with bounds small enough to be reached.
fn server(now: Instant, seed: Seed, ids: &LinkIds) -> Server {
    let mut config = ServerConfig::new(seed, server_key(), UNIX);
    config.ids = ids.clone();
    config.alternate = vec![Alternate { listen: ALTERNATE, public: ALTERNATE }];
    config.websocket = vec![address(1, 21_118)];
    let relay = |id| RelayInfo {
        id: RelayId(id),
        addresses: vec![address(9, 21_117)],
        url: None,
        penalty_ms: id,
        draining: id == 2,
        key: None,
    };
    config.relays = (1..=3).map(relay).collect();
    let limits = &mut config.limits;
    (limits.sessions, limits.tcp_links, limits.attempts, limits.store_pending) = (4, 4, 4, 2);
    (limits.sources, limits.introductions, limits.events) = (8, 8, 64);
    limits.outbox_bytes = 32 << 10;
    Server::new(now, config)
}

fn client(now: Instant, n: u8, seed: Seed, ids: &LinkIds) -> Client {
    let server = ServerAddress { main: address(1, 21_116), reflector: Some(address(1, 21_115)) };
    let identity = IdentityKey::from_bytes(&[n; 32]);
    let mut config = ClientConfig::new(seed, identity, server, Trust::Key(server_key().public()), UNIX);
    config.ids = ids.clone();
    config.websockets = vec![WsUrl::plain(address(1, 21_118))];
    config.limits.dials = 4;
    config.limits.attempts = 4;
    config.limits.token_requests = 2;
    Client::new(now, config)
}

#[derive(Default)]
struct Store(BTreeMap<PublicKey, DeviceId>);

impl Store {
    fn answer(&mut self, request: &StoreRequest) -> StoreResult {
        match *request {
            StoreRequest::Claim { id, key, .. } => {
                StoreResult::Owned { id: *self.0.entry(key).or_insert(id), generation: 0 }
            }
            StoreRequest::Renew { id, key, .. } if self.0.get(&key) == Some(&id) => {
                StoreResult::Owned { id, generation: 0 }
            }
            _ => StoreResult::Unknown,
        }
    }
}

/// Does with a client what an owner would.
#[derive(Default)]
struct Owner {
    id: Option<DeviceId>,
    last: Option<Introduction>,
}

impl Owner {
    fn happened(&mut self, now: Instant, client: &mut Client, event: ClientEvent) {
        match event {
            ClientEvent::PersistEpoch(epoch) => client.epoch_persisted(now, epoch),
            ClientEvent::Incoming { attempt, .. } => client.answer(now, attempt, true, Vec::new()),
            ClientEvent::Registered { id, .. } => self.id = Some(id),
            ClientEvent::Introduced { introduction, .. } | ClientEvent::Accepted { introduction, .. } => {
                self.last = Some(introduction);
            }
            _ => {}
        }
    }

    fn act(&self, now: Instant, client: &mut Client, dice: &mut Dice<'_>) {
        match dice.below(12) {
            0..=2 => client.register(now),
            3 if dice.chance(20) => client.deregister(now),
            4..=6 => {
                // Also itself: one client then plays both sides.
                let id = self.id.unwrap_or_else(|| DeviceId::from_number(7));
                let known = client.connect(now, DialRequest::new(id));
                if let (Ok(ticket), true) = (known, dice.chance(10)) {
                    client.cancel(now, ticket);
                }
            }
            7 => client.want_relays(now),
            8 => {
                if let Some(i) = &self.last {
                    let request = TokenRequest {
                        introduction: i.id,
                        secret: i.secret.clone(),
                        issued: i.issued,
                        role: i.role,
                        avoid: vec![RelayId(1)],
                        offer: Vec::new(),
                    };
                    let _ = client.want_tokens(now, request);
                }
            }
            _ => client.set_relay_rtts(vec![RelayRtt { relay: RelayId(1), millis: 5 }]),
        }
    }
}

#[derive(Default)]
struct ClientSubject<const UDP: bool> {
    server: Option<Counterpart<Server>>,
    store: Store,
    owner: Owner,
    lives: u64,
}

impl<const UDP: bool> ClientSubject<UDP> {
    fn start_server(&mut self, now: Instant, seed: &Seed) {
        let ids = LinkIds::new();
        self.lives += 1;
        let machine = server(now, seed.derive_indexed("server", self.lives), &ids);
        self.server = Some(Counterpart::new(now, machine, &ids));
    }

    fn carry(&mut self, now: Instant, replies: &mut Replies) {
        let Some(server) = &mut self.server else { return };
        for event in std::mem::take(&mut server.events) {
            if let ServerEvent::Store(request) = event {
                let result = self.store.answer(&request);
                server.machine.store_done(now, request.ticket(), result);
                server.drain(now, replies);
            }
        }
    }
}

impl<const UDP: bool> Subject for ClientSubject<UDP> {
    type Machine = Client;
    const MAX_BYTES: usize = 2 << 20;
    const MUST_SAY: &'static [&'static str] = if UDP {
        &[
            "over: Udp",
            "PersistEpoch",
            "Filtering",
            "Registered",
            "Incoming",
            "Introduced",
            "Accepted",
            "Tokens",
            "Relays",
        ]
    } else {
        &["over: Tcp", "Registered", "Introduced"]
    };

    fn dropped(&self, machine: &mut Client) -> Option<u64> {
        let stats = machine.stats();
        Some(stats.rubbish + stats.replayed + stats.stale + stats.dropped)
    }

    fn start(&mut self, now: Instant, seed: Seed, ids: &LinkIds, given: &mut Given) -> Client {
        if UDP {
            given.udp(ids);
        }
        self.start_server(now, &seed);
        client(now, 1, seed, ids)
    }

    fn sent(&mut self, now: Instant, output: &Output, bytes: &[u8], replies: &mut Replies) {
        if let Some(server) = &mut self.server {
            server.sent(now, output, bytes, replies);
        }
        self.carry(now, replies);
    }

    fn act(&mut self, now: Instant, machine: &mut Client, dice: &mut Dice<'_>, replies: &mut Replies) {
        match dice.below(16) {
            0 if dice.chance(20) => self.start_server(now, &Seed::new([9; 32])),
            0..=4 => {
                if let Some(server) = &mut self.server {
                    server.tick(now, replies);
                }
            }
            _ => self.owner.act(now, machine, dice),
        }
        self.carry(now, replies);
    }

    fn happened(&mut self, now: Instant, machine: &mut Client, event: ClientEvent) {
        self.owner.happened(now, machine, event);
    }
}

/// A client by hand: a machine with one UDP socket at one address.
struct Caller {
    machine: Client,
    link: LinkId,
    /// The socket that it opened itself.
    fresh: Option<LinkId>,
    at: SocketAddr,
    owner: Owner,
}

impl Caller {
    fn new(now: Instant, n: u8, seed: Seed) -> Self {
        let ids = LinkIds::new();
        let link = ids.allocate();
        let mut machine = client(now, n, seed, &ids);
        let at = address(100 + n, 9);
        machine.handle_input(now, Input::Opened { link, local: at, max_datagram: 1_472 });
        if n.is_multiple_of(2) {
            machine.register(now);
        } else {
            machine.want_relays(now);
        }
        Self { machine, link, fresh: None, at, owner: Owner::default() }
    }

    /// A datagram to its socket, or to the one that it opened itself, at the next port.
    fn hear(&mut self, now: Instant, at: SocketAddr, from: SocketAddr, bytes: &[u8]) {
        let own = if at == self.at { Some(self.link) } else { self.fresh };
        let (Some(link), mut data) = (own, bytes.to_vec()) else { return };
        let input = Input::Datagram { link, from, ecn: Ecn::NotEct, data: &mut data };
        self.machine.handle_input(now, input);
    }

    /// What it sends over UDP, from where and where to.
    fn sends(&mut self, now: Instant) -> Vec<(SocketAddr, SocketAddr, Vec<u8>)> {
        let (mut out, mut buf) = (Vec::new(), Vec::new());
        loop {
            let event = self.machine.poll_event();
            let output = self.machine.poll_output(now, &mut buf);
            if event.is_none() && output.is_none() {
                return out;
            }
            if let Some(event) = event {
                self.owner.happened(now, &mut self.machine, event);
            }
            let bytes = std::mem::take(&mut buf);
            let beside = SocketAddr::new(self.at.ip(), self.at.port() + 1);
            match output {
                Some(Output::Datagram { link, to, .. }) => {
                    out.push((if link == self.link { self.at } else { beside }, to, bytes));
                }
                Some(Output::Open { link, spec: LinkSpec::Udp { .. } }) => {
                    self.fresh = Some(link);
                    let input = Input::Opened { link, local: beside, max_datagram: 1_472 };
                    self.machine.handle_input(now, input);
                }
                _ => {}
            }
        }
    }
}

#[derive(Default)]
struct ServerSubject {
    callers: Vec<Caller>,
    /// Sockets and their ports.
    udp: Vec<(LinkId, u16)>,
    store: Store,
    last_id: Option<DeviceId>,
}

impl ServerSubject {
    fn send(&mut self, now: Instant, which: usize, replies: &mut Replies) {
        let Some(caller) = self.callers.get_mut(which) else { return };
        for (from, to, bytes) in caller.sends(now) {
            if let Some((link, _)) = self.udp.iter().find(|(_, port)| *port == to.port()) {
                replies.datagram(*link, from, bytes);
            }
        }
    }
}

impl Subject for ServerSubject {
    type Machine = Server;
    const MAX_BYTES: usize = 4 << 20;
    const MUST_SAY: &'static [&'static str] =
        &["Listening", "ListenFailed", "Claim", "Online", "Offline", "Introduced"];

    fn dropped(&self, machine: &mut Server) -> Option<u64> {
        let stats = machine.stats();
        Some(stats.rubbish + stats.replayed + stats.stale + stats.over_budget + stats.shed)
    }

    fn start(&mut self, now: Instant, seed: Seed, ids: &LinkIds, _: &mut Given) -> Server {
        for n in 0..3 {
            self.callers.push(Caller::new(now, n, seed.derive_indexed("caller", u64::from(n))));
        }
        server(now, seed, ids)
    }

    fn sent(&mut self, now: Instant, output: &Output, bytes: &[u8], replies: &mut Replies) {
        match output {
            Output::Open { link, spec: LinkSpec::Udp { local: Some(local) } } => {
                self.udp.push((*link, local.port()));
            }
            Output::Datagram { link, to, .. } => {
                let which = self.callers.iter().position(|caller| caller.at.ip() == to.ip());
                let port = self.udp.iter().find(|(own, _)| own == link).map(|(_, port)| *port);
                let (Some(which), Some(port)) = (which, port) else { return };
                let from = if port == ALTERNATE.port() { ALTERNATE } else { address(1, port) };
                self.callers[which].hear(now, *to, from, bytes);
                self.send(now, which, replies);
            }
            _ => {}
        }
    }

    fn act(&mut self, now: Instant, machine: &mut Server, dice: &mut Dice<'_>, replies: &mut Replies) {
        let which = dice.below(self.callers.len());
        let caller = &mut self.callers[which];
        caller.machine.handle_timeout(now);
        match dice.below(8) {
            0..=3 => {
                if let Some(id) = self.last_id {
                    let _ = caller.machine.connect(now, DialRequest::new(id));
                }
            }
            4 if dice.chance(10) => caller.machine.deregister(now),
            5 if dice.chance(10) => {
                machine.set_minimum_generation(DeviceId::from_number(3), 2);
            }
            6 => {
                let (machine, owner) = (&mut caller.machine, &caller.owner);
                owner.act(now, machine, dice);
            }
            _ => {}
        }
        self.send(now, which, replies);
    }

    fn happened(&mut self, now: Instant, machine: &mut Server, event: ServerEvent) {
        match event {
            ServerEvent::Store(request) => {
                let result = self.store.answer(&request);
                machine.store_done(now, request.ticket(), result);
            }
            ServerEvent::Online { id, .. } => self.last_id = Some(id),
            _ => {}
        }
    }
}
