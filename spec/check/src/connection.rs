//! Whole connections of the transport, from the first packet to the last: the machines make and read them, and the
//! formulas open every packet.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::time::Duration;

use deskwire_handshake::{HostConfig, Secret, Secret64, ViewerConfig};
use deskwire_identity::expand;
use deskwire_machine::{ChannelSpec, Ecn, Input, Instant, LinkId, LinkIds, Machine as _, Output, Seed};
use deskwire_transport::{AnswerConfig, Config, DialConfig, Event, PathKind, TimeBase, Transport};
use deskwire_wire::ids::{DeviceId, IntroductionId};
use serde_json::{Value, json};

use crate::VectorFile;
use crate::input::{Input as Given, hex};
use crate::quic::{Packet, Reader, initial_pair};
use crate::transcript::{self, Session, Values, put_level};

/// How long a datagram is under way.
const LATENCY: Duration = Duration::from_millis(10);
/// When keys are replaced, so that it happens within the case.
const KEY_UPDATE: Duration = Duration::from_millis(400);
/// Generations of keys that are looked for; both sides replace keys at about the same time.
const GENERATIONS: usize = 3;
const VIEWER: usize = 0;
const HOST: usize = 1;

pub(crate) const CONNECTION: VectorFile = VectorFile {
    name: "connection.json",
    about: "Recorded connections of the transport: every datagram until both sides are established, then the first on each path and with each generation of keys, and the last. packets has those of each datagram, without their protection: header, plaintext (frames), the sample and mask of header protection, the nonce. The values of HS1 are those of hs1.json; its messages are what CRYPTO frames of the levels carry. updated_… are the secrets after the first key update; header keys stay. What the machines draw comes from their seeds; other implementations can read these datagrams, and make the protected packets from the unprotected ones.",
    cases: || {
        let base = |mode: u8| {
            json!({
                "mode": mode, "host_id": "123456789018", "retry": mode == 1, "until": "established",
                "viewer_secret": hex(&[0xa1; 32]), "host_secret": hex(&[0xb1; 32]),
                "viewer_seed": hex(&[0xa2; 32]), "host_seed": hex(&[0xb2; 32]),
                "viewer_transport_seed": hex(&[0xa3; 32]), "host_transport_seed": hex(&[0xb3; 32]),
            })
        };
        let mut introduced = base(0);
        introduced["until"] = json!("closed");
        introduced["server_fingerprint"] = json!(hex(&[0x51; 32]));
        introduced["introduction"] = json!(hex(&[0x52; 32]));
        introduced["introduction_secret"] = json!(hex(&[0x53; 32]));
        vec![("introduced by a server, to its end", introduced), ("direct, key unknown, with Retry", base(1))]
    },
    record: Some(|input| {
        let plan = Plan::read(input)?;
        let record = World::new(&plan)?.run()?;
        let opened = open(&plan, &record.sent)?;
        for exporter in &record.exporters {
            opened.values.is("exporter", exporter.as_bytes())?;
        }
        let last = record.sent.len().saturating_sub(1);
        let kept = record.sent.iter().zip(&opened.datagrams).enumerate();
        let kept = kept.filter(|(n, (sent, opened))| sent.early || opened.is_new || *n == last);
        Ok(kept.map(|(_, (sent, _))| sent.to_json()).collect())
    }),
    complete: |input| {
        let plan = Plan::read(input)?;
        let sent: Vec<Sent> =
            input.list("recorded")?.iter().map(|sent| Sent::read(Given(sent))).collect::<Result<_, _>>()?;
        open(&plan, &sent).map(Opened::into_json)
    },
};

/// What a case starts from.
struct Plan {
    session: Session,
    retry: bool,
    to_the_end: bool,
    seeds: [[u8; 32]; 2],
}

impl Plan {
    fn read(input: Given<'_>) -> Result<Self, String> {
        Ok(Self {
            // The engine makes the transport parameters, so they are not part of the input here.
            session: Session::read_with(input, Vec::new(), Vec::new())?,
            retry: input.flag("retry")?,
            to_the_end: match input.text("until")? {
                "established" => false,
                "closed" => true,
                other => return Err(format!("a connection cannot run until {other}")),
            },
            seeds: [input.array("viewer_transport_seed")?, input.array("host_transport_seed")?],
        })
    }

    fn transports(&self, ids: &[LinkIds; 2]) -> Result<[Transport; 2], String> {
        let s = &self.session;
        let [server, introduction, secret] = s.introduction.map_or([None; 3], |all| all.map(Some));
        let id = s.host_id.as_ref().map(|id| id.parse::<DeviceId>()).transpose();
        let id = id.map_err(|_| "host_id is no id")?;
        // It cannot be made from a number, and it makes no difference which it is.
        let base = TimeBase::new(std::time::Instant::now());
        let config = |side: usize| {
            let mut config = Config::new(Seed::new(self.seeds[side]), ids[side].clone(), base);
            config.timing.key_update = KEY_UPDATE;
            config
        };
        let viewer = ViewerConfig {
            target: id,
            expected_host_key: s.knows_key.then(|| s.host.public()),
            server_fingerprint: server,
            introduction: introduction.map(IntroductionId),
            introduction_secret: secret.map(Secret::new),
            identity: s.viewer.clone(),
            transport_parameters: Vec::new(),
            seed: Seed::new(s.viewer_seed),
        };
        let host = HostConfig {
            id,
            server_fingerprint: server,
            introduction: introduction.map(IntroductionId),
            introduction_secret: secret.map(Secret::new),
            identity: s.host.clone(),
            transport_parameters: Vec::new(),
            seed: Seed::new(s.host_seed),
        };
        let now = Instant::ZERO;
        Ok([
            Transport::dial(now, DialConfig { handshake: viewer, config: config(VIEWER) }),
            Transport::answer(now, AnswerConfig { handshake: host, retry: self.retry, config: config(HOST) }),
        ])
    }
}

/// A datagram: who sent it, over which wire, and whether that was before both sides were established.
struct Sent {
    side: usize,
    wire: usize,
    early: bool,
    bytes: Vec<u8>,
}

impl Sent {
    fn to_json(&self) -> Value {
        let from = if self.side == VIEWER { "viewer" } else { "host" };
        json!({ "from": from, "datagram": hex(&self.bytes) })
    }

    fn read(input: Given<'_>) -> Result<Self, String> {
        let side = match input.text("from")? {
            "viewer" => VIEWER,
            "host" => HOST,
            other => return Err(format!("there is no side {other}")),
        };
        Ok(Self { side, wire: 0, early: false, bytes: input.bytes("datagram")? })
    }
}

/// What both sides sent, and what each of them exported.
#[derive(Default)]
struct Record {
    sent: Vec<Sent>,
    exporters: Vec<Secret64>,
}

/// Both transports and two wires without loss.
struct World {
    now: Instant,
    ends: [Transport; 2],
    links: [[LinkId; 2]; 2],
    under_way: BTreeMap<(Instant, usize), (usize, usize)>,
    record: Record,
    up: BTreeSet<(usize, LinkId)>,
    to_the_end: bool,
}

fn address() -> SocketAddr {
    ([192, 0, 2, 1], 1).into()
}

impl World {
    fn new(plan: &Plan) -> Result<Self, String> {
        let ids = [LinkIds::new(), LinkIds::new()];
        let ends = plan.transports(&ids)?;
        Ok(Self {
            now: Instant::ZERO,
            ends,
            links: ids.map(|ids| [ids.allocate(), ids.allocate()]),
            under_way: BTreeMap::new(),
            record: Record::default(),
            up: BTreeSet::new(),
            to_the_end: plan.to_the_end,
        })
    }

    fn run(mut self) -> Result<Record, String> {
        self.open(0, PathKind::Relay);
        self.until(Duration::from_secs(5), |world| world.record.exporters.len() == 2);
        if self.record.exporters.len() < 2 {
            return Err("the sides were not established".to_owned());
        }
        if !self.to_the_end {
            return Ok(self.record);
        }
        let channel = self.ends[VIEWER].open_channel(ChannelSpec { bidirectional: true, priority: 0 });
        let channel = channel.ok_or("no channel could be opened")?;
        self.ends[VIEWER].write_channel(channel, b"hello");
        self.open(1, PathKind::Direct);
        self.until(Duration::from_secs(1), |world| world.up.len() == 4);
        self.until(KEY_UPDATE + KEY_UPDATE / 4, |_| false);
        let now = self.now;
        self.ends[VIEWER].close(now, 7, "enough");
        self.until(Duration::from_secs(1), |_| false);
        Ok(self.record)
    }

    fn open(&mut self, wire: usize, kind: PathKind) {
        for side in [VIEWER, HOST] {
            let link = self.links[side][wire];
            self.ends[side].set_path_kind(link, kind);
            let input = Input::Opened { link, local: address(), max_datagram: 1_252 };
            self.ends[side].handle_input(self.now, input);
        }
    }

    fn until(&mut self, time: Duration, done: impl Fn(&Self) -> bool) {
        let end = self.now + time;
        loop {
            self.pump();
            if done(self) {
                return;
            }
            let timers = self.ends.iter().filter_map(|end| end.poll_timeout()).map(|due| due.at);
            let next = timers.chain(self.under_way.keys().map(|(at, _)| *at)).min();
            let Some(next) = next.filter(|next| *next <= end) else { break };
            self.now = next.max(self.now);
            while let Some(entry) = self.under_way.first_entry().filter(|entry| entry.key().0 <= self.now) {
                let (to, index) = entry.remove();
                let Sent { wire, bytes, .. } = &self.record.sent[index];
                let (link, mut data) = (self.links[to][*wire], bytes.clone());
                let input = Input::Datagram { link, from: address(), ecn: Ecn::NotEct, data: &mut data };
                self.ends[to].handle_input(self.now, input);
            }
            let now = self.now;
            self.ends.iter_mut().for_each(|end| end.handle_timeout(now));
        }
        self.now = end;
    }

    fn pump(&mut self) {
        let mut buf = Vec::new();
        for side in [VIEWER, HOST] {
            while let Some(output) = self.ends[side].poll_output(self.now, &mut buf) {
                if let Output::Datagram { link, .. } = output
                    && let Some(wire) = self.links[side].iter().position(|own| *own == link)
                {
                    let index = self.record.sent.len();
                    let early = self.record.exporters.len() < 2;
                    self.record.sent.push(Sent { side, wire, early, bytes: buf.clone() });
                    self.under_way.insert((self.now + LATENCY, index), (1 - side, index));
                }
                buf.clear();
            }
            while let Some(event) = self.ends[side].poll_event() {
                match event {
                    Event::Established(established) => self.record.exporters.push(established.exporter),
                    Event::PathUp { link } => {
                        self.up.insert((side, link));
                    }
                    _ => {}
                }
            }
        }
    }
}

/// What datagrams say.
struct Opened {
    values: Values,
    datagrams: Vec<OpenedDatagram>,
}

struct OpenedDatagram {
    packets: Vec<Value>,
    /// Whether it is the first with a packet of its side, level, path and generation of keys.
    is_new: bool,
}

impl Opened {
    fn into_json(self) -> Value {
        let mut output = self.values.into_json();
        output["packets"] = self.datagrams.into_iter().map(|datagram| datagram.packets).collect();
        output
    }
}

/// Opens all datagrams.
fn open(plan: &Plan, sent: &[Sent]) -> Result<Opened, String> {
    let secret = plan.session.introduction.map(|[_, _, secret]| secret);
    let mut reader = Reader::new(secret);
    let mut values = None;
    let (mut datagrams, mut seen) = (Vec::new(), BTreeSet::new());
    for sent in sent {
        if values.is_none() {
            values = handshake(plan, &mut reader)?;
        }
        let packets = reader.read(sent.side, &sent.bytes)?;
        let mut is_new = false;
        for packet in packets.iter().flatten() {
            is_new |= seen.insert((sent.side, packet.level, packet.path, packet.generation));
        }
        let shown =
            |packet: &Result<Packet, Value>| packet.as_ref().map_or_else(Value::clone, Packet::to_json);
        datagrams.push(OpenedDatagram { packets: packets.iter().map(shown).collect(), is_new });
    }
    if plan.retry != (reader.connection_ids.len() == 2) {
        return Err("there is a Retry where none should be, or none where one should be".to_owned());
    }
    let mut values = values.ok_or("the handshake was not seen")?;
    for (side, level, messages) in [
        (VIEWER, "initial", &["m1", "m3"][..]),
        (HOST, "initial", &["m2"]),
        (HOST, "handshake", &["m4"]),
        (VIEWER, "handshake", &["m5"]),
    ] {
        let messages: Vec<Vec<u8>> =
            messages.iter().map(|name| values.bytes(name)).collect::<Result<_, _>>()?;
        if reader.said(side, level) != messages.concat() {
            return Err(format!("at the level {level} something else was said than the formulas give"));
        }
    }
    for (n, id) in reader.connection_ids.iter().enumerate() {
        let name = if n == 0 { "initial" } else { "initial_after_retry" };
        values.put(&format!("{name}_connection_id"), id);
        for (direction, secret) in ["a2b", "b2a"].iter().zip(initial_pair(secret.as_ref(), id)) {
            put_level(&mut values, &format!("{name}_{direction}"), &secret);
        }
    }
    if plan.to_the_end {
        for (direction, secret) in ["a2b", "b2a"].iter().zip(reader.traffic.get(1).into_iter().flatten()) {
            values.put(&format!("updated_{direction}"), secret.as_bytes());
            values.put(&format!("updated_{direction}_key"), expand::<32>(secret, "key", &[]).as_bytes());
            values.put(&format!("updated_{direction}_iv"), expand::<12>(secret, "iv", &[]).as_bytes());
        }
        for needed in NEEDED {
            if !seen.contains(&needed) {
                return Err(format!("no packet was seen of {needed:?}"));
            }
        }
    }
    Ok(Opened { values, datagrams })
}

/// Sides, levels, paths and generations of keys that a connection to its end must show.
const NEEDED: [(usize, &str, u32, usize); 10] = [
    (VIEWER, "initial", 0, 0),
    (HOST, "initial", 0, 0),
    (VIEWER, "handshake", 0, 0),
    (HOST, "handshake", 0, 0),
    (VIEWER, "traffic", 0, 0),
    (HOST, "traffic", 0, 0),
    (VIEWER, "traffic", 1, 0),
    (HOST, "traffic", 1, 0),
    (VIEWER, "traffic", 1, 1),
    (HOST, "traffic", 1, 1),
];

/// The values of HS1 as soon as M1 and M2 were said, and with them the keys of all later packets.
fn handshake(plan: &Plan, reader: &mut Reader) -> Result<Option<Values>, String> {
    let whole = |bytes: Vec<u8>| {
        let header = bytes.first_chunk::<3>()?;
        let length = 3 + usize::from(u16::from_be_bytes([header[1], header[2]]));
        bytes.get(..length).map(<[u8]>::to_vec)
    };
    let (Some(m1), Some(m2)) = (whole(reader.said(VIEWER, "initial")), whole(reader.said(HOST, "initial")))
    else {
        return Ok(None);
    };
    let mut session = plan.session.clone();
    session.viewer_parameters = m1.get(3 + 34..).ok_or("M1 is too short")?.to_vec();
    session.host_parameters = transcript::host_parameters(&session, &m2)?;
    let values = transcript::run(&session)?;
    values.is("m1", &m1)?;
    values.is("m2", &m2)?;
    let pair = |level: &str| -> Result<[Secret64; 2], String> {
        let secret = |direction: &str| {
            let bytes = values.bytes(&format!("{level}_{direction}"))?;
            Ok::<_, String>(Secret64::new(bytes.try_into().map_err(|_| "a secret has another length")?))
        };
        Ok([secret("a2b")?, secret("b2a")?])
    };
    reader.handshake = Some(pair("handshake")?);
    let mut traffic = pair("traffic")?;
    for _ in 0..GENERATIONS {
        let next = [0, 1].map(|side| expand(&traffic[side], "upd", &[]));
        reader.traffic.push(core::mem::replace(&mut traffic, next));
    }
    Ok(Some(values))
}
