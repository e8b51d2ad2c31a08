//! A host and a viewer at a rendezvous server, from the first hello to the farewell: the machines make and read every
//! datagram, and the formulas open them.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use deskwire_identity::IdentityKey;
use deskwire_machine::{Ecn, Input, Instant, LinkId, LinkSpec, Machine, Output, Seed};
use deskwire_rendezvous::client::{DialRequest, ServerAddress, TokenRequest, Trust};
use deskwire_rendezvous::server::{RelayInfo, StoreRequest, StoreResult};
use deskwire_rendezvous::{Client, ClientConfig, ClientEvent, Server, ServerConfig, ServerEvent};
use deskwire_wire::ids::RelayId;
use deskwire_wire::rendezvous::RelayRtt;
use serde_json::{Value, json};

use crate::VectorFile;
use crate::input::{Input as Given, hex};
use crate::recorded::{Sent, Words};
use crate::sealed::{Exchange, Party};

/// How long a datagram is under way.
const LATENCY: Duration = Duration::from_millis(10);
/// Where the server is for the host and for the viewer. Nothing that is said depends on it.
const SERVERS: [SocketAddr; 2] = [
    SocketAddr::new(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), 21_116),
    SocketAddr::new(IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0x53)), 21_116),
];
/// The relay that the server has.
const RELAY: RelayId = RelayId(7);

pub(crate) const RENDEZVOUS: VectorFile = VectorFile {
    name: "rendezvous.json",
    about: "Recorded at a rendezvous server: a host registers, beats once, a viewer dials it, both are introduced, the viewer asks for more relays, the host says goodbye: every datagram, over UDP. frames has what each says. Datagrams are 0x07 and a frame: hello 1, version 1, client's X25519 key (32), random (32), zeros up to 1,200 bytes; welcome 2, version 1, random (32), handle (8), cookie (24), observed address (18), server time (8), server key (32), certificate of the exchange key; opening 3, handle (8), cookie (24), client's X25519 key (32), random (32), counter (8), sealed message; sealed 4, handle (8), counter (8), sealed message. Sessions: th = H(\"rendezvous 1\", client's X25519 key, client's random, handle, cookie, observed address (16 bytes of IPv6 or v4-mapped address, 2 of port), server time (8), server key, certificate); ck = Ext(th, X25519); keys = Exp(ck, \"rendezvous c2s\" | \"rendezvous s2c\", th, 32). Sealed messages: ChaCha20-Poly1305, nonce = 0 (4) || counter (8), ad = handle || counter. signed is what a signature is over: \"deskwire \" || label || 0 || H(server fingerprint, cookie, observed address, statement) for a register, without the observed address for a connect. introduction = first 32 bytes of H(\"introduction\", randoms of viewer, host and server); tokens proof = BMAC(introduction secret, H(\"tokens\", introduction, \"viewer\" | \"host\")). A cookie is the server's own business.",
    cases: || {
        vec![(
            "from hello to bye",
            json!({
                "server_secret": hex(&[1; 32]), "host_secret": hex(&[0xb1; 32]), "viewer_secret": hex(&[0xa1; 32]),
                "server_seed": hex(&[0xc3; 32]), "host_seed": hex(&[0xb3; 32]), "viewer_seed": hex(&[0xa3; 32]),
                "host_address": "203.0.113.9:61000", "viewer_address": "[2001:db8::1]:4000",
                "unix_time": 1_800_000_000u64,
            }),
        )]
    },
    record: Some(|input| {
        let plan = Plan::read(input)?;
        let sent = World::new(&plan)?.run()?;
        Ok(sent.iter().map(|sent| WORDS.write(sent)).collect())
    }),
    complete: |input| {
        let plan = Plan::read(input)?;
        explain(&plan, &WORDS.recorded(input)?)
    },
};

/// What a case starts from.
struct Plan {
    server: IdentityKey,
    /// Host and viewer.
    clients: [IdentityKey; 2],
    server_seed: [u8; 32],
    client_seeds: [[u8; 32]; 2],
    addresses: [SocketAddr; 2],
    unix_time: u64,
}

const HOST: usize = 0;
const VIEWER: usize = 1;
const WORDS: Words = Words { server: "server", clients: ["host", "viewer"], bytes: "datagram" };

impl Plan {
    fn read(input: Given<'_>) -> Result<Self, String> {
        let address =
            |name: &str| input.text(name)?.parse::<SocketAddr>().map_err(|_| format!("{name} is no address"));
        Ok(Self {
            server: input.secret_key("server_secret")?,
            clients: [input.secret_key("host_secret")?, input.secret_key("viewer_secret")?],
            server_seed: input.array("server_seed")?,
            client_seeds: [input.array("host_seed")?, input.array("viewer_seed")?],
            addresses: [address("host_address")?, address("viewer_address")?],
            unix_time: input.u64("unix_time")?,
        })
    }
}

struct World {
    now: Instant,
    server: Server,
    /// The server's sockets for each client.
    listeners: [LinkId; 2],
    clients: [Client; 2],
    links: [LinkId; 2],
    addresses: [SocketAddr; 2],
    under_way: BTreeMap<(Instant, usize), ()>,
    sent: Vec<Sent>,
    events: [Vec<ClientEvent>; 2],
}

impl World {
    fn new(plan: &Plan) -> Result<Self, String> {
        let now = Instant::ZERO;
        let mut config = ServerConfig::new(Seed::new(plan.server_seed), plan.server.clone(), plan.unix_time);
        config.main = SERVERS.to_vec();
        config.reflector = Vec::new();
        let relay_at = SocketAddr::from(([198, 51, 100, 7], 21_117));
        config.relays = vec![RelayInfo {
            id: RELAY,
            addresses: vec![relay_at],
            url: None,
            penalty_ms: 0,
            draining: false,
            key: None,
        }];
        let mut server = Server::new(now, config);
        let mut listeners = [None; 2];
        let mut buf = Vec::new();
        while let Some(output) = server.poll_output(now, &mut buf) {
            if let Output::Open { link, spec: LinkSpec::Udp { local, .. } } = output
                && let Some(n) = SERVERS.iter().position(|at| Some(*at) == local)
            {
                listeners[n] = Some(link);
            }
        }
        let [Some(host), Some(viewer)] = listeners else { return Err("the server opens no port".to_owned()) };
        for (link, local) in [host, viewer].into_iter().zip(SERVERS) {
            server.handle_input(now, Input::Opened { link, local, max_datagram: 1_452 });
        }
        let configs = [HOST, VIEWER].map(|n| {
            let at = ServerAddress { main: SERVERS[n], reflector: None };
            let trust = Trust::Key(plan.server.public());
            let seed = Seed::new(plan.client_seeds[n]);
            ClientConfig::new(seed, plan.clients[n].clone(), at, trust, plan.unix_time)
        });
        let links = [configs[HOST].ids.allocate(), configs[VIEWER].ids.allocate()];
        let mut clients = configs.map(|config| Client::new(now, config));
        for (n, client) in clients.iter_mut().enumerate() {
            let any = if plan.addresses[n].is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
            let local = any.parse().map_err(|_| "no address")?;
            client.handle_input(now, Input::Opened { link: links[n], local, max_datagram: 1_452 });
            client.set_relay_rtts(vec![RelayRtt { relay: RELAY, millis: 21 }]);
        }
        Ok(Self {
            now,
            server,
            listeners: [host, viewer],
            clients,
            links,
            addresses: plan.addresses,
            under_way: BTreeMap::new(),
            sent: Vec::new(),
            events: Default::default(),
        })
    }

    fn run(mut self) -> Result<Vec<Sent>, String> {
        let now = self.now;
        self.clients[HOST].register(now);
        let id = self.wait(HOST, "registration", |event| match event {
            ClientEvent::Registered { id, .. } => Some(*id),
            _ => None,
        })?;
        // One beat and its acknowledgement.
        let before = self.sent.len();
        self.until(Duration::from_secs(30), |world| world.sent.len() >= before + 2);
        self.until(LATENCY, |_| false);
        let now = self.now;
        self.clients[VIEWER].connect(now, DialRequest::new(id)).map_err(|_| "the viewer dials nobody")?;
        let attempt = self.wait(HOST, "dial", |event| match event {
            ClientEvent::Incoming { attempt, .. } => Some(*attempt),
            _ => None,
        })?;
        let now = self.now;
        self.clients[HOST].answer(now, attempt, true, Vec::new());
        let introduction = self.wait(VIEWER, "introduction", |event| match event {
            ClientEvent::Introduced { introduction, .. } => Some(introduction.clone()),
            _ => None,
        })?;
        self.until(LATENCY * 2, |_| false);
        let request = TokenRequest {
            introduction: introduction.id,
            secret: introduction.secret,
            issued: introduction.issued,
            role: introduction.role,
            avoid: vec![RELAY],
            offer: Vec::new(),
        };
        let now = self.now;
        self.clients[VIEWER].want_tokens(now, request).map_err(|_| "the viewer asks for no relays")?;
        self.wait(VIEWER, "answer with relays", |event| {
            matches!(event, ClientEvent::Tokens { .. }).then_some(())
        })?;
        let now = self.now;
        self.clients[HOST].deregister(now);
        self.until(LATENCY * 4, |_| false);
        Ok(self.sent)
    }

    fn wait<T>(
        &mut self,
        client: usize,
        what: &str,
        find: impl Fn(&ClientEvent) -> Option<T>,
    ) -> Result<T, String> {
        self.until(Duration::from_secs(5), |world| {
            world.events[client].iter().any(|event| find(event).is_some())
        });
        let found = self.events[client].iter().find_map(find);
        self.events[client].clear();
        found.ok_or_else(|| format!("there was no {what}"))
    }

    fn until(&mut self, time: Duration, done: impl Fn(&Self) -> bool) {
        let end = self.now + time;
        loop {
            self.pump();
            if done(self) {
                return;
            }
            let timers = self.clients.iter().map(|client| client.poll_timeout());
            let timers = timers.chain([self.server.poll_timeout()]).flatten().map(|due| due.at);
            let next = timers.chain(self.under_way.keys().map(|(at, _)| *at)).min();
            let Some(next) = next.filter(|next| *next <= end) else { break };
            self.now = next.max(self.now);
            while let Some(entry) = self.under_way.first_entry().filter(|entry| entry.key().0 <= self.now) {
                let (_, index) = *entry.key();
                entry.remove();
                self.deliver(index);
            }
            let now = self.now;
            self.server.handle_timeout(now);
            self.clients.iter_mut().for_each(|client| client.handle_timeout(now));
        }
        self.now = end;
    }

    fn deliver(&mut self, index: usize) {
        let Sent { client, to_server, bytes } = &self.sent[index];
        let (client, mut data) = (*client, bytes.clone());
        let ecn = Ecn::NotEct;
        if *to_server {
            let (link, from) = (self.listeners[client], self.addresses[client]);
            self.server.handle_input(self.now, Input::Datagram { link, from, ecn, data: &mut data });
        } else {
            let (link, from) = (self.links[client], SERVERS[client]);
            self.clients[client].handle_input(self.now, Input::Datagram { link, from, ecn, data: &mut data });
        }
    }

    fn pump(&mut self) {
        let mut buf = Vec::new();
        let mut moved = true;
        while core::mem::take(&mut moved) {
            for client in [HOST, VIEWER] {
                while let Some(event) = self.clients[client].poll_event() {
                    moved = true;
                    if let ClientEvent::PersistEpoch(epoch) = event {
                        self.clients[client].epoch_persisted(self.now, epoch);
                    }
                    self.events[client].push(event);
                }
                while let Some(output) = self.clients[client].poll_output(self.now, &mut buf) {
                    if matches!(output, Output::Datagram { .. }) {
                        self.send(client, true, buf.clone());
                    }
                    buf.clear();
                }
            }
            while let Some(event) = self.server.poll_event() {
                moved = true;
                if let ServerEvent::Store(StoreRequest::Claim { ticket, id, .. }) = event {
                    self.server.store_done(self.now, ticket, StoreResult::Owned { id, generation: 0 });
                }
            }
            while let Some(output) = self.server.poll_output(self.now, &mut buf) {
                if let Output::Datagram { to, .. } = output
                    && let Some(client) = self.addresses.iter().position(|at| *at == to)
                {
                    self.send(client, false, buf.clone());
                }
                buf.clear();
            }
        }
    }

    fn send(&mut self, client: usize, to_server: bool, bytes: Vec<u8>) {
        self.under_way.insert((self.now + LATENCY, self.sent.len()), ());
        self.sent.push(Sent { client, to_server, bytes });
    }
}

/// Opens all datagrams by the formulas.
fn explain(plan: &Plan, sent: &[Sent]) -> Result<Value, String> {
    // A server draws its exchange key first, a client its X25519 key among the first.
    let server_secret: [u8; 32] = Seed::new(plan.server_seed).secret().bytes();
    let drawn = |seed: [u8; 32]| {
        let mut stream = Seed::new(seed).secret();
        core::iter::repeat_with(|| stream.bytes()).take(4).collect()
    };
    let mut parties = [HOST, VIEWER]
        .map(|n| Party::new(drawn(plan.client_seeds[n]), plan.clients[n].public(), plan.addresses[n]));
    let mut exchange = Exchange::new(plan.server.public(), server_secret);
    let mut frames = Vec::new();
    for sent in sent {
        frames.push(exchange.read(&mut parties[sent.client], sent.to_server, &sent.bytes)?);
    }
    exchange.is_complete()?;
    let [host, viewer] = parties;
    Ok(json!({
        "server_x25519_secret": hex(&server_secret),
        "host": host.into_json(), "viewer": viewer.into_json(), "frames": frames,
    }))
}
