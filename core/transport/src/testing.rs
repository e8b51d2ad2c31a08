//! Two transports and a network between them, in virtual time.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::sync::OnceLock;

use core::net::SocketAddr;
use core::time::Duration;

use deskwire_handshake::{HostConfig, Message, ViewerConfig};
use deskwire_identity::{IdentityKey, Secret};
use deskwire_machine::{
    ChannelSpec, CloseReason, Ecn, Input, Instant, LinkId, LinkIds, Machine, Output, Rng, Seed, StreamBuf,
};
use deskwire_wire::ids::{DeviceId, IntroductionId};

use crate::{AnswerConfig, Config, DialConfig, Event, PathKind, TimeBase, Transport};

/// The dialling side.
pub(crate) const VIEWER: usize = 0;
/// The answering side.
pub(crate) const HOST: usize = 1;

thread_local! {
    /// The bit of a handshake message that is flipped before packets are made of it, and whether there was such a bit.
    pub(crate) static FLIPPED: Cell<Option<(Message, usize, bool)>> = const { Cell::new(None) };
}

thread_local! {
    /// Transport parameters as the sides said them.
    pub(crate) static PARAMETERS: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// A handshake message as it goes out.
pub(crate) fn tampered(mut bytes: Vec<u8>) -> Vec<u8> {
    if let Some((message, bit, _)) = FLIPPED.get()
        && bytes.first() == Some(&(message as u8))
        && let Some(byte) = bytes.get_mut(bit / 8)
    {
        *byte ^= 1 << (bit % 8);
        FLIPPED.set(Some((message, bit, true)));
    }
    bytes
}

pub(crate) const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

pub(crate) fn base() -> TimeBase {
    static BASE: OnceLock<TimeBase> = OnceLock::new();
    #[expect(
        clippy::disallowed_methods,
        clippy::disallowed_types,
        reason = "such an instant cannot be made from a number, and it makes no difference which it is"
    )]
    *BASE.get_or_init(|| TimeBase::new(std::time::Instant::now()))
}

pub(crate) fn host_key() -> IdentityKey {
    IdentityKey::from_bytes(&[1; 32])
}

pub(crate) fn viewer_key() -> IdentityKey {
    IdentityKey::from_bytes(&[2; 32])
}

pub(crate) fn config(seed: u64, role: &str) -> Config {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut config = Config::new(Seed::new(bytes).derive(role), LinkIds::new(), base());
    config.timing.initial_rtt = ms(80);
    config
}

pub(crate) fn dial_config(seed: u64) -> DialConfig {
    let config = config(seed, "viewer");
    let handshake = ViewerConfig {
        target: Some(DeviceId::from_number(7)),
        expected_host_key: Some(host_key().public()),
        server_fingerprint: Some([3; 32]),
        introduction: Some(IntroductionId([4; 32])),
        introduction_secret: Some(Secret::new([5; 32])),
        identity: viewer_key(),
        transport_parameters: Vec::new(),
        seed: config.seed.derive("handshake"),
    };
    DialConfig { handshake, config }
}

pub(crate) fn answer_config(seed: u64) -> AnswerConfig {
    let config = config(seed, "host");
    let handshake = HostConfig {
        id: Some(DeviceId::from_number(7)),
        server_fingerprint: Some([3; 32]),
        introduction: Some(IntroductionId([4; 32])),
        introduction_secret: Some(Secret::new([5; 32])),
        identity: host_key(),
        transport_parameters: Vec::new(),
        seed: config.seed.derive("handshake"),
    };
    AnswerConfig { handshake, retry: false, config }
}

/// A pair of links, one on each side.
#[derive(Clone, Debug)]
pub(crate) struct Wire {
    pub(crate) ids: [LinkId; 2],
    pub(crate) latency: Duration,
    /// Up to this much more, at random: reorders.
    pub(crate) jitter: Duration,
    pub(crate) loss_percent: u64,
    pub(crate) duplicate_percent: u64,
    pub(crate) max_datagram: usize,
    /// Swallows everything while true.
    pub(crate) dead: bool,
    /// Larger packets vanish.
    pub(crate) mtu: usize,
    /// Packets of senders that understand it are marked as having met congestion.
    pub(crate) marks: bool,
    /// Nothing reaches this side while true.
    pub(crate) deaf: [bool; 2],
    /// Bytes a second, if limited: a queue without end.
    pub(crate) rate: Option<u64>,
    free_at: [Instant; 2],
    pub(crate) carried: u64,
    /// Datagrams that each side sent.
    pub(crate) sent: [u64; 2],
    pub(crate) carried_bytes: u64,
}

/// One side.
pub(crate) struct End {
    pub(crate) transport: Transport,
    pub(crate) ids: LinkIds,
    pub(crate) events: VecDeque<(Instant, Event)>,
    /// No input, no timers: as if the process was killed.
    pub(crate) killed: bool,
    /// What arrived on each channel.
    pub(crate) received: BTreeMap<LinkId, Vec<u8>>,
    /// Read channels as soon as they are readable.
    pub(crate) reads: bool,
}

struct Packet {
    to: usize,
    link: LinkId,
    bytes: Vec<u8>,
    ecn: Ecn,
}

/// Both sides and the network.
pub(crate) struct World {
    pub(crate) now: Instant,
    pub(crate) ends: [End; 2],
    pub(crate) wires: Vec<Wire>,
    packets: BTreeMap<(Instant, u64), Packet>,
    sequence: u64,
    pub(crate) rng: Rng,
    /// A hash over everything sent, with its time.
    pub(crate) trace: u64,
    /// The last packets sent, for tests that forge.
    pub(crate) seen: VecDeque<(usize, LinkId, Vec<u8>)>,
}

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        Self::with(seed, dial_config(seed), answer_config(seed))
    }

    pub(crate) fn with(seed: u64, dial: DialConfig, answer: AnswerConfig) -> Self {
        let now = Instant::from_micros(1_000_000);
        let end = |transport, ids| End {
            transport,
            ids,
            events: VecDeque::new(),
            killed: false,
            received: BTreeMap::new(),
            reads: true,
        };
        let ids = [dial.config.ids.clone(), answer.config.ids.clone()];
        let [viewer_ids, host_ids] = ids;
        Self {
            now,
            ends: [
                end(Transport::dial(now, dial), viewer_ids),
                end(Transport::answer(now, answer), host_ids),
            ],
            wires: Vec::new(),
            packets: BTreeMap::new(),
            sequence: 0,
            rng: config(seed, "world").seed.public(),
            trace: 0xcbf2_9ce4_8422_2325,
            seen: VecDeque::new(),
        }
    }

    /// A world with one relay wire of 40 ms each way, already connected.
    pub(crate) fn connected(seed: u64) -> Self {
        let mut world = Self::new(seed);
        world.add_wire(PathKind::Relay, 40);
        world.run_until_both_established();
        world
    }

    pub(crate) fn run_until_both_established(&mut self) {
        let established =
            |end: &End| end.events.iter().any(|(_, event)| matches!(event, Event::Established(_)));
        assert!(
            self.run_while(ms(20_000), |world| !world.ends.iter().all(established)),
            "not established: {:?} / {:?}",
            self.ends[0].events,
            self.ends[1].events
        );
    }

    /// Adds a wire with this latency in ms each way, and opens its links. Gives its index.
    pub(crate) fn add_wire(&mut self, kind: PathKind, latency: u64) -> usize {
        let wire = self.add_quiet_wire(kind, latency);
        self.open_links(wire);
        wire
    }

    pub(crate) fn add_wire_with(&mut self, kind: PathKind, latency: u64, max_datagram: usize) -> usize {
        let wire = self.add_quiet_wire(kind, latency);
        self.wires[wire].max_datagram = max_datagram;
        self.open_links(wire);
        wire
    }

    /// Adds a wire whose links are not open yet.
    pub(crate) fn add_quiet_wire(&mut self, kind: PathKind, latency: u64) -> usize {
        let ids = [self.ends[0].ids.allocate(), self.ends[1].ids.allocate()];
        self.wires.push(Wire {
            ids,
            latency: ms(latency),
            jitter: Duration::ZERO,
            loss_percent: 0,
            duplicate_percent: 0,
            max_datagram: 1_452,
            dead: false,
            mtu: usize::MAX,
            marks: false,
            deaf: [false; 2],
            rate: None,
            free_at: [self.now; 2],
            carried: 0,
            sent: [0; 2],
            carried_bytes: 0,
        });
        for side in [HOST, VIEWER] {
            self.ends[side].transport.set_path_kind(ids[side], kind);
        }
        self.wires.len() - 1
    }

    /// Opens both links of a wire.
    pub(crate) fn open_links(&mut self, wire: usize) {
        for side in [HOST, VIEWER] {
            let Wire { ids, max_datagram, .. } = self.wires[wire];
            self.tell(side, Input::Opened { link: ids[side], local: address(), max_datagram });
        }
    }

    /// Puts another viewer that has not started yet in the place of this one, on the first wire.
    pub(crate) fn replace_viewer(&mut self, other: Self) {
        let [viewer, _] = other.ends;
        self.ends[VIEWER] = viewer;
        let link = self.ends[VIEWER].ids.allocate();
        self.wires[0].ids[VIEWER] = link;
        let max_datagram = self.wires[0].max_datagram;
        self.tell(VIEWER, Input::Opened { link, local: address(), max_datagram });
    }

    /// Closes both links of a wire.
    pub(crate) fn cut(&mut self, wire: usize) {
        self.wires[wire].dead = true;
        for side in [VIEWER, HOST] {
            let link = self.wires[wire].ids[side];
            self.tell(side, Input::Closed { link, reason: CloseReason::Reset });
        }
    }

    /// Gives one side an input and lets everything that follows at once happen.
    pub(crate) fn tell(&mut self, side: usize, input: Input<'_>) {
        if !self.ends[side].killed {
            self.ends[side].transport.handle_input(self.now, input);
            self.settle(side);
        }
    }

    /// A datagram for one side, from nowhere.
    pub(crate) fn inject(&mut self, side: usize, wire: usize, mut bytes: Vec<u8>) {
        let link = self.wires[wire].ids[side];
        self.tell(side, Input::Datagram { link, from: address(), ecn: Ecn::NotEct, data: &mut bytes });
    }

    /// Drains one side.
    pub(crate) fn settle(&mut self, side: usize) {
        let mut buf = Vec::new();
        loop {
            buf.clear();
            let output = self.ends[side].transport.poll_output(self.now, &mut buf);
            let event = self.ends[side].transport.poll_event();
            if output.is_none() && event.is_none() {
                break;
            }
            if let Some(output) = output {
                self.send(side, output, &buf);
            }
            if let Some(event) = event {
                self.take_event(side, event);
            }
        }
        let due = self.ends[side].transport.poll_timeout();
        assert!(due.is_none_or(|due| due.at > self.now), "rule 3: {due:?} at {:?}", self.now);
    }

    fn take_event(&mut self, side: usize, event: Event) {
        let end = &mut self.ends[side];
        if let Event::ChannelReadable { channel } = event
            && end.reads
        {
            let mut buf = StreamBuf::new();
            end.transport.read_channel(channel, &mut buf, usize::MAX);
            end.received.entry(channel).or_default().extend_from_slice(buf.readable());
        }
        end.events.push_back((self.now, event));
    }

    fn send(&mut self, side: usize, output: Output, bytes: &[u8]) {
        let Output::Datagram { link, ecn, segment, .. } = output else { panic!("unexpected {output:?}") };
        assert!(segment.is_none() && !bytes.is_empty());
        for chunk in bytes.chunks(8).chain([&self.now.as_micros().to_le_bytes()[..]]) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.trace =
                (self.trace ^ u64::from_le_bytes(word)).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
        }
        let wire = self.wires.iter_mut().find(|wire| wire.ids[side] == link).expect("a known link");
        assert!(bytes.len() <= wire.max_datagram, "{} bytes on a link of {}", bytes.len(), wire.max_datagram);
        self.seen.push_back((side, link, bytes.to_vec()));
        if self.seen.len() > 64 {
            self.seen.pop_front();
        }
        wire.carried += 1;
        wire.sent[side] += 1;
        wire.carried_bytes += u64::try_from(bytes.len()).unwrap();
        let ecn = if wire.marks && ecn == Ecn::Ect0 { Ecn::Ce } else { ecn };
        if wire.dead
            || bytes.len() > wire.mtu
            || wire.deaf[1 - side]
            || self.rng.below(100) < wire.loss_percent
        {
            return;
        }
        let mut at = self.now;
        if let Some(rate) = wire.rate {
            at = at.max(wire.free_at[side])
                + Duration::from_micros(u64::try_from(bytes.len()).unwrap() * 1_000_000 / rate);
            wire.free_at[side] = at;
        }
        let copies = if self.rng.below(100) < wire.duplicate_percent { 2 } else { 1 };
        for _ in 0..copies {
            let jitter = self.rng.below(u64::try_from(wire.jitter.as_micros()).unwrap() + 1);
            let at = at + wire.latency + Duration::from_micros(jitter);
            self.sequence += 1;
            let packet = Packet { to: 1 - side, link: wire.ids[1 - side], bytes: bytes.to_vec(), ecn };
            self.packets.insert((at, self.sequence), packet);
        }
    }

    /// Goes to the next thing that happens, if there is one before `until`.
    fn step(&mut self, until: Instant) -> bool {
        let packet = self.packets.first_key_value().map(|((at, _), _)| *at);
        let timers: Vec<Option<Instant>> = self
            .ends
            .iter()
            .map(|end| if end.killed { None } else { end.transport.poll_timeout().map(|due| due.at) })
            .collect();
        let next = packet.into_iter().chain(timers.iter().flatten().copied()).min();
        let Some(next) = next.filter(|next| *next <= until) else {
            self.now = until;
            return false;
        };
        self.now = next;
        if packet == Some(next) {
            let (_, mut packet) = self.packets.pop_first().expect("it was just there");
            // A link that was closed delivers nothing.
            let is_open = self.wires.iter().any(|wire| wire.ids[packet.to] == packet.link && !wire.dead);
            if is_open {
                let data = packet.bytes.as_mut_slice();
                self.tell(
                    packet.to,
                    Input::Datagram { link: packet.link, from: address(), ecn: packet.ecn, data },
                );
            }
            return true;
        }
        for side in [VIEWER, HOST] {
            if timers[side] == Some(next) {
                self.ends[side].transport.handle_timeout(self.now);
                self.settle(side);
            }
        }
        true
    }

    /// Runs for this long.
    pub(crate) fn run(&mut self, time: Duration) {
        let until = self.now + time;
        let mut steps = 0;
        while self.step(until) {
            steps += 1;
            assert!(steps < 10_000_000, "livelock");
        }
    }

    /// Runs while the condition holds, at most for this long. Whether it ceased to hold.
    pub(crate) fn run_while(&mut self, at_most: Duration, mut condition: impl FnMut(&Self) -> bool) -> bool {
        let until = self.now + at_most;
        while condition(self) {
            if !self.step(until) {
                return !condition(self);
            }
        }
        true
    }

    pub(crate) fn open(&mut self, side: usize, bidirectional: bool, priority: i8) -> LinkId {
        let channel = self.ends[side].transport.open_channel(ChannelSpec { bidirectional, priority });
        self.settle(side);
        channel.expect("a channel")
    }

    /// Writes and sends. Gives how much was taken.
    pub(crate) fn write(&mut self, side: usize, channel: LinkId, data: &[u8]) -> usize {
        let taken = self.ends[side].transport.write_channel(channel, data);
        self.settle(side);
        taken
    }

    pub(crate) fn finish(&mut self, side: usize, channel: LinkId) {
        self.ends[side].transport.finish_channel(channel);
        self.settle(side);
    }

    /// Everything one side received, channel by channel.
    pub(crate) fn received(&self, side: usize) -> Vec<&[u8]> {
        self.ends[side].received.values().map(Vec::as_slice).collect()
    }

    /// How much that is.
    pub(crate) fn received_lengths(&self, side: usize) -> Vec<usize> {
        self.received(side).into_iter().map(<[u8]>::len).collect()
    }

    pub(crate) fn closed(&self, side: usize) -> Option<(Instant, &crate::Closed)> {
        self.ends[side].events.iter().find_map(|(at, event)| match event {
            Event::Closed { reason } => Some((*at, reason)),
            _ => None,
        })
    }

    /// When one side last said something like this.
    pub(crate) fn last(&self, side: usize, like: impl Fn(&Event) -> bool) -> Option<Instant> {
        self.ends[side].events.iter().rev().find(|(_, event)| like(event)).map(|(at, _)| *at)
    }
}

pub(crate) fn address() -> SocketAddr {
    SocketAddr::from(([192, 0, 2, 1], 9))
}

/// Bytes that differ from each other.
pub(crate) fn pattern(length: usize) -> Vec<u8> {
    (0..length).map(|i| u8::try_from((i * 7 + i / 251) % 256).unwrap()).collect()
}
