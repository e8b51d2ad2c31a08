//! Both machines under the conformance suite: the client against a real server and another client, the server against
//! real clients.

use std::net::SocketAddr;

use deskwire_conformance::{Counterpart, Dice, Given, LinkKind, Replies, Subject, suite};
use deskwire_identity::{IdentityKey, RelayToken};
use deskwire_machine::{Ecn, Input, Instant, LinkId, LinkIds, Machine, Output, Seed, WsUrl};
use deskwire_relay::{
    ClientConfig, ProbeConfig, RelayClient, RelayProbe, Server, ServerConfig, ServerLimits,
};
use deskwire_wire::frame::{Kind, put_short};
use deskwire_wire::ids::{IntroductionId, Private, RelayId, Role};
use deskwire_wire::relay::{Open, RelayMsg};
use deskwire_wire::{CapnProto, Codec};

suite! {
    the_client_keeps_the_rules => ClientSubject::<UDP>::default(),
    the_client_over_tcp_keeps_the_rules => ClientSubject::<TCP>::default(),
    the_refused_client_keeps_the_rules => ClientSubject::<USED>::default(),
    the_server_keeps_the_rules => ServerSubject::default(),
    the_probe_keeps_the_rules => ProbeSubject::default(),
}

/// What a client finds: a relay over UDP, one over TCP only, or one where its token was used by somebody else.
const UDP: u8 = 0;
const TCP: u8 = 1;
const USED: u8 = 2;

const UNIX: u64 = 1_800_000_000;
const RELAY: RelayId = RelayId(7);

fn address(host: u8, port: u16) -> SocketAddr {
    SocketAddr::from(([198, 51, 100, host], port))
}

fn token(n: u8, role: Role) -> Vec<u8> {
    let introduction = IntroductionId([n; 32]);
    let grant = RelayToken {
        relay: RELAY,
        introduction,
        role,
        not_before: UNIX,
        expires: UNIX + 3_600,
        longest_s: 3_600,
        rate_bytes_per_s: 0,
        byte_cap: 0,
        key_id: 1,
    };
    grant.sign(&IdentityKey::from_bytes(&[42; 32]))
}

/// A server with bounds small enough to be reached.
fn server(now: Instant, seed: Seed, ids: &LinkIds) -> Server {
    let limits = ServerLimits {
        pairs: 8,
        connections: 8,
        half_open: 4,
        spent_tokens: 16,
        stream_queue: 16 << 10,
        datagram_queue: 32 << 10,
        events: 32,
        ..ServerLimits::default()
    };
    let any = vec![SocketAddr::from(([0, 0, 0, 0], 0))];
    let config = ServerConfig {
        udp: any.clone(),
        tcp: any.clone(),
        websocket: any,
        relay: RELAY,
        server_key: IdentityKey::from_bytes(&[42; 32]).public(),
        unix_s: UNIX,
        report: None,
        limits,
        seed,
        ids: ids.clone(),
    };
    Server::new(now, config)
}

fn client(now: Instant, n: u8, role: Role, udp: bool, seed: Seed, ids: &LinkIds) -> RelayClient {
    let mut config = ClientConfig::new(vec![address(1, 4000)], token(n, role), seed, ids.clone());
    config.udp = udp;
    config.websockets = vec![WsUrl::plain(address(1, 4002))];
    config.limits.queue = 16 << 10;
    config.limits.events = 64;
    RelayClient::new(now, config)
}

fn packet(dice: &mut Dice<'_>) -> Vec<u8> {
    let mut bytes = dice.bytes(1_600);
    if let Some(first) = bytes.first_mut() {
        *first |= 0x40;
    }
    bytes
}

/// A client by hand: a machine with one UDP socket at one address.
struct Caller {
    machine: RelayClient,
    link: LinkId,
    at: SocketAddr,
}

impl Caller {
    fn new(now: Instant, n: u8, role: Role, seed: Seed) -> Self {
        let ids = LinkIds::new();
        let link = ids.allocate();
        let mut machine = client(now, n, role, true, seed, &ids);
        let at = address(100 + n, if role == Role::Host { 9 } else { 10 });
        machine.handle_input(now, Input::Opened { link, local: at, max_datagram: 1_472 });
        Self { machine, link, at }
    }

    fn hear(&mut self, now: Instant, from: SocketAddr, bytes: &[u8]) {
        let mut data = bytes.to_vec();
        self.machine
            .handle_input(now, Input::Datagram { link: self.link, from, ecn: Ecn::NotEct, data: &mut data });
        while self.machine.poll_event().is_some() {}
    }

    /// What it sends over UDP.
    fn sends(&mut self, now: Instant) -> Vec<Vec<u8>> {
        let mut out = Vec::new();
        let mut buf = Vec::new();
        while let Some(output) = self.machine.poll_output(now, &mut buf) {
            let bytes = std::mem::take(&mut buf);
            if matches!(output, Output::Datagram { .. }) {
                out.push(bytes);
            }
        }
        while self.machine.poll_event().is_some() {}
        out
    }
}

#[derive(Default)]
struct ClientSubject<const FINDS: u8> {
    other_side: Option<(Counterpart<Server>, Caller)>,
}

impl<const FINDS: u8> ClientSubject<FINDS> {
    /// Carries datagrams between the server and the other client.
    fn carry(&mut self, now: Instant, replies: &mut Replies) {
        let Some((server, other)) = &mut self.other_side else { return };
        for _ in 0..8 {
            for (to, bytes) in std::mem::take(&mut server.elsewhere) {
                if to == other.at {
                    other.hear(now, address(1, 4000), &bytes);
                }
            }
            for bytes in other.sends(now) {
                server.datagram_from(now, other.at, &bytes, replies);
            }
            server.events.clear();
        }
    }
}

impl<const FINDS: u8> Subject for ClientSubject<FINDS> {
    type Machine = RelayClient;
    const MAX_BYTES: usize = 1 << 20;
    const MUST_SAY: &'static [&'static str] = match FINDS {
        UDP => &["over: Udp", "Paired", "Packet", "Ended(", "Unreachable", "Lost"],
        TCP => &["over: Tcp", "Paired", "Packet", "Unreachable", "Lost"],
        _ => &["Refused(Used)"],
    };

    fn dropped(&self, machine: &mut RelayClient) -> Option<u64> {
        let stats = machine.stats();
        let dropped = stats.dropped + stats.events_lost + stats.ignored;
        (machine.state() != deskwire_relay::ClientState::Closed).then_some(dropped)
    }

    fn start(&mut self, now: Instant, seed: Seed, ids: &LinkIds, given: &mut Given) -> RelayClient {
        given.udp(ids);
        let server_ids = LinkIds::new();
        let machine = server(now, seed.derive("server"), &server_ids);
        let mut other = Caller::new(now, 1, Role::Host, seed.derive("other"));
        if FINDS == USED {
            other = Caller::new(now, 1, Role::Viewer, seed.derive("thief"));
        }
        self.other_side = Some((Counterpart::new(now, machine, &server_ids), other));
        self.carry(now, &mut Replies::default());
        client(now, 1, Role::Viewer, FINDS != TCP, seed, ids)
    }

    fn sent(&mut self, now: Instant, output: &Output, bytes: &[u8], replies: &mut Replies) {
        if let Some((server, _)) = &mut self.other_side {
            server.sent(now, output, bytes, replies);
        }
        self.carry(now, replies);
    }

    fn act(&mut self, now: Instant, machine: &mut RelayClient, dice: &mut Dice<'_>, replies: &mut Replies) {
        match dice.below(16) {
            0 if dice.chance(30) => machine.leave(now),
            0..=7 => {
                let packet = packet(dice);
                machine.send(now, &packet);
            }
            8..=11 => {
                let packet = packet(dice);
                if let Some((_, other)) = &mut self.other_side {
                    other.machine.handle_timeout(now);
                    other.machine.send(now, &packet);
                }
            }
            _ => {
                if let Some((server, _)) = &mut self.other_side {
                    server.tick(now, replies);
                }
            }
        }
        self.carry(now, replies);
    }
}

/// Asks one relay that is there and one that is not.
#[derive(Default)]
struct ProbeSubject {
    relay: Option<Counterpart<Server>>,
}

impl Subject for ProbeSubject {
    type Machine = RelayProbe;
    const MAX_BYTES: usize = 1 << 20;
    const MUST_SAY: &'static [&'static str] = &["[]", "Measured"];

    fn dropped(&self, machine: &mut RelayProbe) -> Option<u64> {
        Some(machine.ignored())
    }

    fn start(&mut self, now: Instant, seed: Seed, ids: &LinkIds, given: &mut Given) -> RelayProbe {
        given.udp(ids);
        let server_ids = LinkIds::new();
        let machine = server(now, seed.derive("server"), &server_ids);
        self.relay = Some(Counterpart::new(now, machine, &server_ids));
        let relays = vec![(RELAY, vec![address(1, 4000)]), (RelayId(8), vec![address(2, 4000)])];
        RelayProbe::new(now, ProbeConfig { relays, seed })
    }

    fn sent(&mut self, now: Instant, output: &Output, bytes: &[u8], replies: &mut Replies) {
        if let Some(relay) = &mut self.relay {
            relay.sent(now, output, bytes, replies);
        }
    }
}

#[derive(Default)]
struct ServerSubject {
    callers: Vec<Caller>,
    udp: Option<LinkId>,
}

impl ServerSubject {
    fn send(&mut self, now: Instant, which: usize, replies: &mut Replies) {
        let (Some(caller), Some(link)) = (self.callers.get_mut(which), self.udp) else { return };
        let at = caller.at;
        caller.sends(now).into_iter().for_each(|bytes| replies.datagram(link, at, bytes));
    }
}

impl Subject for ServerSubject {
    type Machine = Server;
    const MAX_BYTES: usize = 2 << 20;
    const MUST_SAY: &'static [&'static str] = &["Listening", "ListenerLost", "PairOpened", "PairClosed"];

    fn dropped(&self, machine: &mut Server) -> Option<u64> {
        let stats = machine.stats();
        let drops = stats.dropped;
        let packets = drops.not_a_place + drops.not_paired + drops.over_rate + drops.unproven;
        let refused = stats.refused.forged + stats.refused.over_budget;
        Some(
            packets
                + drops.queue_full
                + drops.unfit
                + refused
                + stats.malformed
                + stats.shed
                + stats.events_lost,
        )
    }

    fn start(&mut self, now: Instant, seed: Seed, ids: &LinkIds, _: &mut Given) -> Server {
        for n in 0..6 {
            for role in [Role::Host, Role::Viewer] {
                let seed = seed.derive_indexed("caller", self.callers.len() as u64);
                self.callers.push(Caller::new(now, n, role, seed));
            }
        }
        server(now, seed, ids)
    }

    fn sent(&mut self, now: Instant, output: &Output, bytes: &[u8], replies: &mut Replies) {
        match output {
            Output::Open { link, spec: deskwire_machine::LinkSpec::Udp { .. } } => self.udp = Some(*link),
            Output::Datagram { to, .. } => {
                let Some(which) = self.callers.iter().position(|caller| caller.at == *to) else { return };
                self.callers[which].hear(now, address(1, 4000), bytes);
                self.send(now, which, replies);
            }
            _ => {}
        }
    }

    fn act(&mut self, now: Instant, machine: &mut Server, dice: &mut Dice<'_>, replies: &mut Replies) {
        let which = dice.below(self.callers.len());
        match dice.below(64) {
            0 if dice.chance(20) => machine.drain(now),
            1 if dice.chance(10) => machine.stop(now),
            2..=31 => self.callers[which].machine.handle_timeout(now),
            _ => {
                let packet = packet(dice);
                self.callers[which].machine.send(now, &packet);
            }
        }
        self.send(now, which, replies);
    }

    fn message(&mut self, dice: &mut Dice<'_>, kind: LinkKind) -> Option<Vec<u8>> {
        let role = if dice.chance(128) { Role::Host } else { Role::Viewer };
        let n = dice.below(20) as u8;
        let open = RelayMsg::Open(Open {
            token: Private(token(n, role)),
            nonce: u64::from(dice.number()),
            resume: None,
            padding: 128,
        });
        let mut control = vec![Kind::RelayControl as u8];
        CapnProto::encode(&open, &mut control).ok()?;
        if kind == LinkKind::Datagram {
            return Some(control);
        }
        // On a stream: the kind byte first, then frames; or only more frames.
        let mut stream = Vec::new();
        if dice.chance(160) {
            stream.push(Kind::RelayControl as u8);
            put_short(&mut stream, &control);
        }
        for _ in 0..dice.below(4) {
            put_short(&mut stream, &packet(dice));
        }
        Some(stream)
    }
}

/// What the tests above rest on: that clients get as far as a pair.
#[test]
fn callers_pair_over_a_quiet_network() {
    let now = Instant::from_micros(1);
    let ids = LinkIds::new();
    let mut hub = Counterpart::new(now, server(now, Seed::new([1; 32]), &ids), &ids);
    let mut callers: std::collections::BTreeMap<SocketAddr, Caller> = [Role::Host, Role::Viewer]
        .map(|role| Caller::new(now, 3, role, Seed::new([role as u8 + 5; 32])))
        .map(|caller| (caller.at, caller))
        .into();
    for _ in 0..10 {
        for (at, caller) in &mut callers {
            for bytes in caller.sends(now) {
                hub.datagram_from(now, *at, &bytes, &mut Replies::default());
            }
        }
        for (to, bytes) in std::mem::take(&mut hub.elsewhere) {
            callers.get_mut(&to).unwrap().hear(now, address(1, 4000), &bytes);
        }
    }
    let states: Vec<_> = callers.values().map(|caller| caller.machine.state()).collect();
    assert_eq!(states, [deskwire_relay::ClientState::Paired; 2]);
}
