//! What the tests share: tokens, a server with bare hands, and a small network.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its part")]

pub mod net;

use std::net::SocketAddr;
use std::time::Duration;

use deskwire_identity::{IdentityKey, RelayToken};
use deskwire_machine::{Ecn, Input, Instant, LinkId, LinkIds, Machine, Output, Seed, StreamBuf};
use deskwire_relay::{Server, ServerConfig, ServerEvent, ServerLimits};
use deskwire_wire::frame::{Kind, put_short};
use deskwire_wire::ids::{IntroductionId, Private, RelayId, Role};
use deskwire_wire::relay::{Open, OpenAck, Place, RelayMsg, channel_header};
use deskwire_wire::{CapnProto, Codec};

pub const RELAY: RelayId = RelayId(7);
pub const UNIX: u64 = 1_800_000_000;

pub fn server_key() -> IdentityKey {
    IdentityKey::from_bytes(&[42; 32])
}

pub fn introduction(n: u8) -> IntroductionId {
    IntroductionId([n; 32])
}

pub fn grant(n: u8, role: Role) -> RelayToken {
    RelayToken {
        relay: RELAY,
        introduction: introduction(n),
        role,
        not_before: UNIX,
        expires: UNIX + 60,
        longest_s: 3_600,
        rate_bytes_per_s: 0,
        byte_cap: 0,
        key_id: 1,
    }
}

pub fn token(n: u8, role: Role) -> Vec<u8> {
    grant(n, role).sign(&server_key())
}

pub fn open(token: Vec<u8>, nonce: u64, resume: Option<Place>) -> RelayMsg {
    RelayMsg::Open(Open { token: Private(token), nonce, resume, padding: 128 })
}

pub fn encode(message: &RelayMsg) -> Vec<u8> {
    let mut bytes = vec![Kind::RelayControl as u8];
    CapnProto::encode(message, &mut bytes).unwrap();
    bytes
}

pub fn decode(bytes: &[u8]) -> RelayMsg {
    assert_eq!(bytes[0], Kind::RelayControl as u8);
    CapnProto::decode(&bytes[1..]).unwrap()
}

pub fn ack_in(answers: &[(SocketAddr, Vec<u8>)]) -> OpenAck {
    answers
        .iter()
        .find_map(|(_, bytes)| match decode(bytes) {
            RelayMsg::OpenAck(ack) => Some(ack),
            _ => None,
        })
        .unwrap_or_else(|| panic!("an acknowledgement in {answers:?}"))
}

pub fn data(place: &Place, packet: &[u8]) -> Vec<u8> {
    [&channel_header(place.channel), packet].concat()
}

/// A packet that looks like QUIC.
pub fn packet(fill: u8, len: usize) -> Vec<u8> {
    let mut bytes = vec![fill; len];
    bytes[0] = 0x40 | (fill & 0x3f);
    bytes
}

pub fn framed(payload: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    assert!(put_short(&mut bytes, payload));
    bytes
}

pub fn address(host: u8, port: u16) -> SocketAddr {
    SocketAddr::from(([198, 51, 100, host], port))
}

/// A server and what it sends, to be used by hand.
pub struct Hand {
    pub server: Server,
    pub now: Instant,
    pub udp: LinkId,
    pub tcp: LinkId,
    ids: LinkIds,
    pub events: Vec<ServerEvent>,
    /// Bytes sent on TCP links, and the links that were closed.
    pub streams: Vec<(LinkId, Vec<u8>)>,
    pub closed: Vec<LinkId>,
    pub opened: usize,
}

impl Hand {
    pub fn new(change: impl FnOnce(&mut ServerLimits)) -> Self {
        let ids = LinkIds::new();
        let now = Instant::from_micros(1_000);
        let mut limits = ServerLimits { checks_per_s_and_prefix: 1_000, ..ServerLimits::default() };
        change(&mut limits);
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
            seed: Seed::new([3; 32]),
            ids: ids.clone(),
        };
        let mut server = Server::new(now, config);
        let mut links = Vec::new();
        let mut buf = Vec::new();
        while let Some(Output::Open { link, .. }) = server.poll_output(now, &mut buf) {
            links.push(link);
        }
        for (i, link) in links.iter().enumerate() {
            let local = address(250, 21_117);
            server.handle_input(
                now,
                Input::Opened { link: *link, local, max_datagram: if i == 0 { 1_472 } else { 0 } },
            );
        }
        let mut hand = Self {
            server,
            now,
            udp: links[0],
            tcp: links[1],
            ids,
            events: Vec::new(),
            streams: Vec::new(),
            closed: Vec::new(),
            opened: 0,
        };
        hand.drain();
        hand.events.clear();
        hand
    }

    /// Sends a datagram; what the server sends at once.
    pub fn datagram(&mut self, from: SocketAddr, mut bytes: Vec<u8>) -> Vec<(SocketAddr, Vec<u8>)> {
        let data = bytes.as_mut_slice();
        self.server.handle_input(self.now, Input::Datagram { link: self.udp, from, ecn: Ecn::NotEct, data });
        self.drain()
    }

    pub fn say(&mut self, from: SocketAddr, message: &RelayMsg) -> Vec<(SocketAddr, Vec<u8>)> {
        self.datagram(from, encode(message))
    }

    /// Takes a place over UDP and proves the address.
    pub fn place(&mut self, from: SocketAddr, token: Vec<u8>) -> Place {
        let ack = ack_in(&self.say(from, &open(token, 1, None)));
        self.say(from, &RelayMsg::Ping(ack.place.clone()));
        ack.place
    }

    pub fn accept(&mut self, remote: SocketAddr) -> LinkId {
        let link = self.ids.allocate();
        self.server.handle_input(self.now, Input::Accepted { listener: self.tcp, link, remote });
        self.drain();
        link
    }

    pub fn stream(&mut self, link: LinkId, bytes: &[u8]) -> StreamBuf {
        let mut data = StreamBuf::from(bytes);
        self.server.handle_input(self.now, Input::Stream { link, data: &mut data });
        data
    }

    /// Takes a place over TCP.
    pub fn place_tcp(&mut self, remote: SocketAddr, token: Vec<u8>) -> LinkId {
        let link = self.accept(remote);
        self.stream(link, &[Kind::RelayControl as u8]);
        self.stream(link, &framed(&encode(&open(token, 1, None))));
        self.drain();
        link
    }

    pub fn input(&mut self, input: Input<'_>) -> Vec<(SocketAddr, Vec<u8>)> {
        self.server.handle_input(self.now, input);
        self.drain()
    }

    /// Lets time pass, timer by timer.
    pub fn pass(&mut self, time: Duration) -> Vec<(SocketAddr, Vec<u8>)> {
        let end = self.now + time;
        let mut sent = Vec::new();
        while let Some(due) = self.server.poll_timeout().filter(|due| due.at <= end) {
            self.now = self.now.max(due.at);
            self.server.handle_timeout(self.now);
            sent.extend(self.drain());
        }
        self.now = end;
        sent
    }

    /// Whether nothing is left to do but to forget used tokens.
    pub fn only_remembers(&self) -> bool {
        self.server.poll_timeout().is_none_or(|due| due.reason == "relay used tokens")
    }

    /// Takes all outputs; gives the datagrams.
    pub fn drain(&mut self) -> Vec<(SocketAddr, Vec<u8>)> {
        let mut sent = Vec::new();
        let mut buf = Vec::new();
        while let Some(output) = self.server.poll_output(self.now, &mut buf) {
            match output {
                Output::Datagram { to, .. } => sent.push((to, buf.clone())),
                Output::Stream { link } => self.streams.push((link, buf.clone())),
                Output::Close { link } => self.closed.push(link),
                _ => self.opened += 1,
            }
            buf.clear();
        }
        while let Some(event) = self.server.poll_event() {
            self.events.push(event);
        }
        assert!(self.server.poll_timeout().is_none_or(|due| due.at > self.now));
        sent
    }

    /// Whole frames sent on a TCP link so far.
    pub fn frames(&self, link: LinkId) -> Vec<Vec<u8>> {
        let all: Vec<u8> =
            self.streams.iter().filter(|(l, _)| *l == link).flat_map(|(_, bytes)| bytes.clone()).collect();
        let mut rest = all.as_slice();
        let mut frames = Vec::new();
        while let [a, b, tail @ ..] = rest {
            let (frame, tail) = tail.split_at(usize::from(u16::from_be_bytes([*a, *b])));
            frames.push(frame.to_vec());
            rest = tail;
        }
        frames
    }
}
