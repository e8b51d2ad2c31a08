//! Two sides at a relay, one over UDP and one over TCP: the machines make and read every byte, and what they say is
//! held against the rules.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use deskwire_identity::{IdentityKey, RelayToken};
use deskwire_machine::{
    Ecn, Input, Instant, LinkId, LinkIds, LinkSpec, Machine as _, Output, Seed, StreamBuf,
};
use deskwire_relay::{ClientConfig, ClientEvent, RelayClient, Server, ServerConfig, ServerLimits};
use deskwire_wire::frame::peek_short;
use deskwire_wire::ids::{IntroductionId, RelayId, Role};
use deskwire_wire::relay::{Place, RelayMsg, channel_of};
use deskwire_wire::{CapnProto, Codec as _};
use serde_json::{Value, json};

use crate::VectorFile;
use crate::input::{Input as Given, hex};
use crate::messages::relay_fields;
use crate::recorded::{Sent, Words};

const VIEWER: usize = 0;
const HOST: usize = 1;
const WORDS: Words = Words { server: "relay", clients: ["viewer", "host"], bytes: "bytes" };
const RELAY: RelayId = RelayId(7);
/// Where the viewer comes from (over UDP), and the host (over TCP).
const ADDRESSES: [&str; 2] = ["203.0.113.9:61000", "[2001:db8::1]:4000"];

pub(crate) const RELAYING: VectorFile = VectorFile {
    name: "relay.json",
    about: "Recorded at a relay: a viewer over UDP and a host over TCP, from open to leave; every datagram, and every piece of the streams. frames has what each says. The place in an openAck is the client's own: its pings and its datagrams of data carry that channel, and so do those that it gets. Packets go from one side to the other as they are. The tokens are those of relay_token.json's form. Nonces and places are drawn.",
    cases: || {
        vec![(
            "from open to leave",
            json!({
                "server_secret": hex(&[1; 32]), "introduction": hex(&[0x52; 32]), "unix_time": 1_800_000_000u64,
                "relay_seed": hex(&[0xc5; 32]), "viewer_seed": hex(&[0xa5; 32]), "host_seed": hex(&[0xb5; 32]),
                "viewer_packet": hex(&[0x40, 1, 2, 3]), "host_packet": hex(&[0xc0; 40]),
            }),
        )]
    },
    record: Some(|input| {
        let plan = Plan::read(input)?;
        let sent = World::new(&plan)?.run(&plan)?;
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
    unix_time: u64,
    tokens: [Vec<u8>; 2],
    relay_seed: [u8; 32],
    seeds: [[u8; 32]; 2],
    packets: [Vec<u8>; 2],
}

impl Plan {
    fn read(input: Given<'_>) -> Result<Self, String> {
        let server = input.secret_key("server_secret")?;
        let unix_time = input.u64("unix_time")?;
        let introduction = IntroductionId(input.array("introduction")?);
        let tokens = [Role::Viewer, Role::Host].map(|role| {
            let token = RelayToken {
                relay: RELAY,
                introduction,
                role,
                not_before: unix_time,
                expires: unix_time + RelayToken::LIFETIME_S,
                longest_s: 3_600,
                rate_bytes_per_s: 0,
                byte_cap: 0,
                key_id: 1,
            };
            token.sign(&server)
        });
        Ok(Self {
            server,
            unix_time,
            tokens,
            relay_seed: input.array("relay_seed")?,
            seeds: [input.array("viewer_seed")?, input.array("host_seed")?],
            packets: [input.bytes("viewer_packet")?, input.bytes("host_packet")?],
        })
    }
}

struct World {
    now: Instant,
    relay: Server,
    clients: [RelayClient; 2],
    addresses: [SocketAddr; 2],
    /// The relay's UDP socket, its TCP listener, and its end of the host's connection.
    sockets: [LinkId; 3],
    /// Links of the clients: the viewer's socket, the host's connection once it asked for it.
    links: [LinkId; 2],
    /// What arrived on the stream at the relay and at the host, and was not taken yet.
    streams: [StreamBuf; 2],
    sent: Vec<Sent>,
    events: [Vec<ClientEvent>; 2],
}

impl World {
    fn new(plan: &Plan) -> Result<Self, String> {
        let now = Instant::ZERO;
        let at = SocketAddr::from(([198, 51, 100, 7], 21_117));
        let ids = LinkIds::new();
        let mut relay = Server::new(
            now,
            ServerConfig {
                udp: vec![at],
                tcp: vec![at],
                websocket: Vec::new(),
                relay: RELAY,
                server_key: plan.server.public(),
                unix_s: plan.unix_time,
                report: None,
                limits: ServerLimits::default(),
                seed: Seed::new(plan.relay_seed),
                ids: ids.clone(),
            },
        );
        let (mut buf, mut listeners) = (Vec::new(), BTreeMap::new());
        while let Some(output) = relay.poll_output(now, &mut buf) {
            match output {
                Output::Open { link, spec: LinkSpec::Udp { .. } } => listeners.insert("udp", link),
                Output::Open { link, spec: LinkSpec::TcpListen { .. } } => listeners.insert("tcp", link),
                _ => None,
            };
        }
        let (Some(&udp), Some(&tcp)) = (listeners.get("udp"), listeners.get("tcp")) else {
            return Err("the relay does not listen".to_owned());
        };
        for (link, max_datagram) in [(udp, 1_472), (tcp, 0)] {
            relay.handle_input(now, Input::Opened { link, local: at, max_datagram });
        }
        let own = [LinkIds::new(), LinkIds::new()];
        let links = [own[VIEWER].allocate(), own[HOST].allocate()];
        let clients = [VIEWER, HOST].map(|n| {
            let seed = Seed::new(plan.seeds[n]);
            let mut config = ClientConfig::new(vec![at], plan.tokens[n].clone(), seed, own[n].clone());
            config.udp = n == VIEWER;
            RelayClient::new(now, config)
        });
        let [viewer, host] = ADDRESSES.map(|text| text.parse().map_err(|_| "no address"));
        Ok(Self {
            now,
            relay,
            clients,
            addresses: [viewer?, host?],
            sockets: [udp, tcp, ids.allocate()],
            links,
            streams: Default::default(),
            sent: Vec::new(),
            events: Default::default(),
        })
    }

    fn run(mut self, plan: &Plan) -> Result<Vec<Sent>, String> {
        let local = SocketAddr::from(([0, 0, 0, 0], 0));
        let opened = Input::Opened { link: self.links[VIEWER], local, max_datagram: 1_472 };
        self.clients[VIEWER].handle_input(self.now, opened);
        let ready = |event: &ClientEvent| matches!(event, ClientEvent::Ready { .. });
        self.until(VIEWER, "place of the viewer", ready)?;
        self.until(HOST, "place of the host", ready)?;
        for client in [VIEWER, HOST] {
            self.until(client, "pair", |event| *event == ClientEvent::Paired)?;
        }
        for client in [VIEWER, HOST] {
            self.clients[client].send(self.now, &plan.packets[client]);
            let packet = ClientEvent::Packet(plan.packets[client].clone());
            self.until(1 - client, "packet of the other side", move |event| *event == packet)?;
        }
        self.clients[HOST].leave(self.now);
        self.until(VIEWER, "end", |event| matches!(event, ClientEvent::Closed { .. }))?;
        Ok(self.sent)
    }

    /// Goes on until a client tells of something.
    fn until(&mut self, client: usize, what: &str, is: impl Fn(&ClientEvent) -> bool) -> Result<(), String> {
        let end = self.now + Duration::from_secs(2);
        loop {
            while self.pump() {}
            if self.events[client].iter().any(&is) {
                return Ok(());
            }
            let timers = self.clients.iter().map(|client| client.poll_timeout());
            let next = timers.chain([self.relay.poll_timeout()]).flatten().map(|due| due.at).min();
            let next = next.filter(|next| *next <= end).ok_or_else(|| format!("there was no {what}"))?;
            self.now = next.max(self.now);
            let now = self.now;
            self.relay.handle_timeout(now);
            self.clients.iter_mut().for_each(|client| client.handle_timeout(now));
        }
    }

    /// Carries everything once in each direction. Whether there was anything.
    fn pump(&mut self) -> bool {
        let before = self.sent.len();
        let mut buf = Vec::new();
        for client in [VIEWER, HOST] {
            while let Some(event) = self.clients[client].poll_event() {
                self.events[client].push(event);
            }
            while let Some(output) = self.clients[client].poll_output(self.now, &mut buf) {
                match output {
                    Output::Open { link, .. } => self.connect(link),
                    Output::Datagram { .. } | Output::Stream { .. } => {
                        self.sent.push(Sent { client, to_server: true, bytes: buf.clone() });
                        self.deliver(client, true, &buf.clone());
                    }
                    _ => {}
                }
                buf.clear();
            }
        }
        while let Some(output) = self.relay.poll_output(self.now, &mut buf) {
            let client = match output {
                Output::Datagram { .. } => VIEWER,
                Output::Stream { .. } => HOST,
                _ => continue,
            };
            let bytes = core::mem::take(&mut buf);
            self.deliver(client, false, &bytes);
            self.sent.push(Sent { client, to_server: false, bytes });
        }
        self.sent.len() > before
    }

    /// The host's connection, which is there at once.
    fn connect(&mut self, link: LinkId) {
        self.links[HOST] = link;
        let [_, listener, accepted] = self.sockets;
        let remote = self.addresses[HOST];
        self.relay.handle_input(self.now, Input::Accepted { listener, link: accepted, remote });
        let opened = Input::Opened { link, local: remote, max_datagram: 0 };
        self.clients[HOST].handle_input(self.now, opened);
    }

    fn deliver(&mut self, client: usize, to_server: bool, bytes: &[u8]) {
        let (now, ecn, mut datagram) = (self.now, Ecn::NotEct, bytes.to_vec());
        let stream = &mut self.streams[usize::from(to_server)];
        if client == HOST {
            stream.push(bytes);
        }
        match (client, to_server) {
            (VIEWER, true) => {
                let (link, from) = (self.sockets[0], self.addresses[VIEWER]);
                self.relay.handle_input(now, Input::Datagram { link, from, ecn, data: &mut datagram });
            }
            (VIEWER, false) => {
                let from = SocketAddr::from(([198, 51, 100, 7], 21_117));
                let input = Input::Datagram { link: self.links[VIEWER], from, ecn, data: &mut datagram };
                self.clients[VIEWER].handle_input(now, input);
            }
            (_, true) => self.relay.handle_input(now, Input::Stream { link: self.sockets[2], data: stream }),
            (_, false) => {
                self.clients[HOST].handle_input(now, Input::Stream { link: self.links[HOST], data: stream });
            }
        }
    }
}

/// What one side has said and been told.
#[derive(Default)]
struct Known {
    nonce: Option<u64>,
    place: Option<Place>,
    greeted: bool,
}

/// Takes apart what was sent.
fn explain(plan: &Plan, sent: &[Sent]) -> Result<Value, String> {
    let mut known = [Known::default(), Known::default()];
    let mut shown = Vec::new();
    for sent in sent {
        let side = &mut known[sent.client];
        shown.push(if sent.client == VIEWER {
            vec![datagram(plan, sent, side)?]
        } else {
            stream(plan, sent, side)?
        });
    }
    Ok(
        json!({ "viewer_token": hex(&plan.tokens[VIEWER]), "host_token": hex(&plan.tokens[HOST]), "frames": shown }),
    )
}

fn datagram(plan: &Plan, sent: &Sent, side: &mut Known) -> Result<Value, String> {
    if let Some(message) = sent.bytes.strip_prefix(&[0x0f]) {
        return control(plan, sent, side, message);
    }
    let channel = channel_of(&sent.bytes).ok_or("a datagram of a relay is of no kind that it sends")?;
    if side.place.as_ref().map(|place| place.channel) != Some(channel) {
        return Err("data has another channel than the side's place".to_owned());
    }
    let packet = sent.bytes.get(4..).unwrap_or_default();
    is_packet(plan, sent, packet)?;
    Ok(json!({ "channel": channel.number(), "packet": hex(packet) }))
}

fn stream(plan: &Plan, sent: &Sent, side: &mut Known) -> Result<Vec<Value>, String> {
    let mut rest = &sent.bytes[..];
    if sent.to_server && !core::mem::replace(&mut side.greeted, true) {
        rest = rest.strip_prefix(&[0x0f]).ok_or("a stream does not start with its kind")?;
    }
    let (mut buf, mut frames) = (StreamBuf::from(rest), Vec::new());
    while let Some(length) = peek_short(&buf, 16_384).map_err(|error| error.to_string())? {
        let frame = buf.readable().get(2..2 + length).unwrap_or_default().to_vec();
        buf.consume(2 + length);
        frames.push(match frame.strip_prefix(&[0x0f]) {
            Some(message) => control(plan, sent, side, message)?,
            None => {
                is_packet(plan, sent, &frame)?;
                json!({ "packet": hex(&frame) })
            }
        });
    }
    if buf.readable().is_empty() {
        Ok(frames)
    } else {
        Err("a piece of a stream ends within a frame".to_owned())
    }
}

/// A packet goes out as its sender made it, and arrives as the other side made it.
fn is_packet(plan: &Plan, sent: &Sent, packet: &[u8]) -> Result<(), String> {
    let maker = if sent.to_server { sent.client } else { 1 - sent.client };
    if packet == plan.packets[maker] { Ok(()) } else { Err("a packet was changed".to_owned()) }
}

fn control(plan: &Plan, sent: &Sent, side: &mut Known, message: &[u8]) -> Result<Value, String> {
    let message: RelayMsg = CapnProto::decode(message).map_err(|error| error.to_string())?;
    let is_own = |place: &Place| side.place.as_ref() == Some(place);
    let right = match &message {
        RelayMsg::Open(open) => {
            side.nonce = Some(open.nonce);
            open.token.0 == plan.tokens[sent.client]
        }
        RelayMsg::OpenAck(ack) => {
            let fits = side.place.as_ref().is_none_or(|place| *place == ack.place);
            side.place = Some(ack.place.clone());
            fits && side.nonce == Some(ack.nonce)
        }
        RelayMsg::Paired(place) | RelayMsg::Ping(place) | RelayMsg::Leave(place) => is_own(place),
        RelayMsg::Pong { place, .. } | RelayMsg::Closed { place, .. } => is_own(place),
        _ => false,
    };
    if !right {
        return Err("a control message does not fit what was said before".to_owned());
    }
    Ok(json!({ "control": relay_fields(&message)? }))
}
