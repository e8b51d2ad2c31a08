//! A world of one viewer, one host and the streams between them: chunks of any size, any latency, blocking, and the
//! rules of outputs checked on the way.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use deskwire_identity::{IdentityKey, Secret};
use deskwire_machine::{
    CloseReason, Input, Instant, LinkId, LinkIds, LinkSpec, Machine, Output, Rng, Seed, StreamBuf,
};
use deskwire_session::{
    Credential, Grants, HostConfig, HostEvent, HostSession, Limits, LoginOffer, OneTimeCode, ViewerConfig,
    ViewerEvent, ViewerSession,
};
use deskwire_wire::codec::Codec;
use deskwire_wire::frame::LongHeader;
use deskwire_wire::ids::{DisplayId, Role};
use deskwire_wire::picture::Rect;
use deskwire_wire::screen::Display;
use deskwire_wire::session::{ChannelKind, Scopes, SessionMsg};

pub(crate) const CODE: &str = "482913";

/// One direction of a channel.
struct Pipe {
    from: Role,
    from_link: LinkId,
    to_link: LinkId,
    latency: Duration,
    in_flight: VecDeque<(Instant, Vec<u8>)>,
    arrived: StreamBuf,
    /// The writer ended it; the reader is told after the last byte.
    finished: Option<Instant>,
    announced: bool,
    /// Whether the reader knows the link without being told (the other half of a channel it opened).
    known: bool,
    blocked: bool,
    held_by_test: bool,
    /// The reader closed the channel: what is written goes nowhere.
    stopped: bool,
    /// The first byte that was written: what the channel is.
    kind: Option<u8>,
}

impl Pipe {
    fn unread(&self) -> usize {
        self.in_flight.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() + self.arrived.len()
    }
}

pub(crate) struct World {
    pub(crate) now: Instant,
    pub(crate) host: HostSession,
    pub(crate) viewer: ViewerSession,
    pub(crate) host_events: Vec<HostEvent>,
    pub(crate) viewer_events: Vec<ViewerEvent>,
    pub(crate) rng: Rng,
    pub(crate) latency: Duration,
    pub(crate) capacity: usize,
    pub(crate) largest_chunk: u64,
    /// Bytes that went from host to viewer and back.
    pub(crate) bytes: BTreeMap<bool, u64>,
    ids: [LinkIds; 2],
    held: [bool; 2],
    pipes: Vec<Pipe>,
    /// When they arrive, who sent them, what they say.
    datagrams: VecDeque<(Instant, Role, Vec<u8>)>,
}

pub(crate) struct Setup {
    pub(crate) seed: u8,
    pub(crate) limits: Limits,
    pub(crate) granted: Scopes,
    pub(crate) code: Option<&'static str>,
    /// What else is offered.
    pub(crate) offer: LoginOffer,
    /// The exporter that the viewer has; the host's is 7s.
    pub(crate) exporter: u8,
    pub(crate) latency: Duration,
    pub(crate) capacity: usize,
    pub(crate) largest_chunk: u64,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            seed: 1,
            limits: Limits::default(),
            granted: Scopes::ALL,
            code: Some(CODE),
            offer: LoginOffer::default(),
            exporter: 7,
            latency: Duration::from_millis(10),
            capacity: 64 << 10,
            largest_chunk: 4_096,
        }
    }
}

pub(crate) fn code(text: &str) -> OneTimeCode {
    text.parse().unwrap()
}

pub(crate) fn display(id: u32, width: u32, height: u32) -> Display {
    Display {
        id: DisplayId(id),
        name: format!("D-{id}"),
        area: Rect::new(0, 0, width, height),
        scale_percent: 100,
        primary: id == 1,
    }
}

/// The configurations of both ends of one transport.
pub(crate) fn configs(setup: &Setup) -> (HostConfig, ViewerConfig, [LinkIds; 2]) {
    let seed = Seed::new([setup.seed; 32]);
    let mut keys = seed.derive("keys").secret();
    let (host_key, viewer_key) =
        (IdentityKey::generate(&mut keys).public(), IdentityKey::generate(&mut keys).public());
    let ids = [LinkIds::new(), LinkIds::new()];
    let host = HostConfig {
        seed: seed.derive("host"),
        ids: ids[0].clone(),
        limits: setup.limits.clone(),
        exporter: Secret::new([7; 64]),
        viewer_key,
        host_key,
        login: LoginOffer {
            code: setup.code.map(code),
            grants: Grants::all(setup.granted),
            ..setup.offer.clone()
        },
    };
    let viewer = ViewerConfig {
        seed: seed.derive("viewer"),
        ids: ids[1].clone(),
        limits: setup.limits.clone(),
        exporter: Secret::new([setup.exporter; 64]),
        viewer_key,
        host_key,
    };
    (host, viewer, ids)
}

/// A message as it travels.
pub(crate) fn framed(message: &SessionMsg) -> Vec<u8> {
    let mut payload = Vec::new();
    deskwire_wire::CapnProto::encode(message, &mut payload).unwrap();
    let mut bytes = LongHeader { len: payload.len(), packed: true }.to_bytes().to_vec();
    bytes.extend(payload);
    bytes
}

impl World {
    pub(crate) fn new(setup: &Setup) -> Self {
        let (host, viewer, ids) = configs(setup);
        let now = Instant::from_micros(1_000_000);
        Self {
            now,
            host: HostSession::new(now, host),
            viewer: ViewerSession::new(now, viewer),
            host_events: Vec::new(),
            viewer_events: Vec::new(),
            rng: Seed::new([setup.seed; 32]).derive("world").public(),
            latency: setup.latency,
            capacity: setup.capacity,
            largest_chunk: setup.largest_chunk,
            bytes: BTreeMap::new(),
            ids,
            held: [false; 2],
            pipes: Vec::new(),
            datagrams: VecDeque::new(),
        }
    }

    /// A world in which the viewer is logged in and nothing else happened.
    pub(crate) fn logged_in(setup: &Setup) -> Self {
        let mut world = Self::new(setup);
        world.viewer.log_in(world.now, Credential::Code(code(CODE))).unwrap();
        world.run_until(|world| {
            world.grant_charges();
            world.viewer.is_active() && world.host.is_active()
        });
        world.host_events.clear();
        world.viewer_events.clear();
        world
    }

    /// Allows every attempt that asks.
    pub(crate) fn grant_charges(&mut self) {
        let tickets: Vec<_> = self
            .host_events
            .iter()
            .filter_map(|event| match event {
                HostEvent::ChargeAttempt { ticket, .. } => Some(*ticket),
                _ => None,
            })
            .collect();
        self.host_events.retain(|event| !matches!(event, HostEvent::ChargeAttempt { .. }));
        for ticket in tickets {
            self.host.attempt_charged(self.now, ticket, deskwire_session::ChargeResult::Allowed);
            self.drain();
        }
    }

    /// Drains both machines and delivers what is due, once; gives whether anything moved.
    fn turn(&mut self) -> bool {
        let drained = self.drain();
        self.deliver() || drained
    }

    /// Drains outputs and events of both until nothing moves.
    pub(crate) fn drain(&mut self) -> bool {
        let mut moved = false;
        for _ in 0..100_000 {
            let host = self.drain_one(Role::Host);
            let viewer = self.drain_one(Role::Viewer);
            if !host && !viewer {
                return moved;
            }
            moved = true;
        }
        panic!("livelock: outputs never end");
    }

    fn machine_output(&mut self, role: Role, buf: &mut Vec<u8>) -> Option<Output> {
        match role {
            Role::Host => self.host.poll_output(self.now, buf),
            Role::Viewer => self.viewer.poll_output(self.now, buf),
        }
    }

    fn drain_one(&mut self, role: Role) -> bool {
        let mut moved = false;
        let mut buf = Vec::new();
        while let Some(output) = self.machine_output(role, &mut buf) {
            moved = true;
            self.carry(role, output, std::mem::take(&mut buf));
        }
        match role {
            Role::Host => {
                while let Some(event) = self.host.poll_event() {
                    moved = true;
                    self.host_events.push(event);
                }
            }
            Role::Viewer => {
                while let Some(event) = self.viewer.poll_event() {
                    moved = true;
                    self.viewer_events.push(event);
                }
            }
        }
        moved
    }

    fn ids_of(&self, role: Role) -> &LinkIds {
        &self.ids[usize::from(role == Role::Viewer)]
    }

    fn carry(&mut self, role: Role, output: Output, bytes: Vec<u8>) {
        match output {
            Output::Open { link, spec: LinkSpec::Channel(spec) } => {
                assert!(bytes.is_empty());
                let there = self.ids_of(role.peer()).allocate();
                self.add_pipe(role, link, there, false);
                if spec.bidirectional {
                    self.add_pipe(role.peer(), there, link, true);
                }
            }
            Output::Stream { link } => {
                assert!(!bytes.is_empty(), "an empty send");
                *self.bytes.entry(role == Role::Host).or_default() += bytes.len() as u64;
                let now = self.now;
                let capacity = self.capacity;
                let pipe = self.pipes.iter_mut().find(|pipe| pipe.from == role && pipe.from_link == link);
                let Some(pipe) = pipe else { panic!("{role:?} sends on {link:?}, which it has not") };
                assert!(!pipe.blocked, "{role:?} sends on {link:?}, which is blocked");
                if pipe.stopped {
                    return;
                }
                pipe.kind = pipe.kind.or_else(|| bytes.first().copied());
                pipe.in_flight.push_back((now + pipe.latency, bytes));
                if pipe.unread() > capacity {
                    pipe.blocked = true;
                    self.input(role, Input::Blocked { link });
                }
            }
            Output::Close { link } => {
                assert!(bytes.is_empty());
                self.close_link(role, link);
            }
            Output::Datagram { link: LinkId::TRANSPORT, .. } => {
                assert!(!bytes.is_empty(), "an empty send");
                self.datagrams.push_back((self.now + self.latency, role, bytes));
            }
            other => panic!("unexpected {other:?}"),
        }
    }

    fn add_pipe(&mut self, from: Role, from_link: LinkId, to_link: LinkId, known: bool) {
        // Streams overtake each other.
        let extra = Duration::from_micros(self.rng.below(1 + self.latency.as_micros() as u64 / 2));
        self.pipes.push(Pipe {
            from,
            from_link,
            to_link,
            latency: self.latency + extra,
            in_flight: VecDeque::new(),
            arrived: StreamBuf::new(),
            finished: None,
            announced: known,
            known,
            blocked: false,
            held_by_test: self.held[usize::from(from == Role::Viewer)],
            stopped: false,
            kind: None,
        });
    }

    /// What `role` writes on `link` ends after what is on the way; what it would read there is dropped.
    fn close_link(&mut self, role: Role, link: LinkId) {
        let now = self.now;
        if let Some(pipe) = self.pipes.iter_mut().find(|pipe| pipe.from == role && pipe.from_link == link) {
            pipe.finished = Some(now + pipe.latency);
            // Both halves end with it; the other side goes on writing until it is told.
            let there = pipe.to_link;
            let other = |pipe: &&mut Pipe| pipe.from == role.peer() && pipe.from_link == there;
            if let Some(other) = self.pipes.iter_mut().find(other) {
                other.stopped = true;
                other.in_flight.clear();
            }
        } else if let Some(at) = self.pipes.iter().position(|pipe| pipe.from != role && pipe.to_link == link)
        {
            // The reader stops a one-way channel: the writer learns of it.
            let pipe = self.pipes.remove(at);
            if pipe.finished.is_none() {
                self.input(role.peer(), Input::Closed { link: pipe.from_link, reason: CloseReason::Reset });
            }
        }
    }

    pub(crate) fn input(&mut self, role: Role, input: Input<'_>) {
        match role {
            Role::Host => self.host.handle_input(self.now, input),
            Role::Viewer => self.viewer.handle_input(self.now, input),
        }
    }

    /// Feeds `bytes` to `reader` on the channel of `kind` that the other side opened, or on a new one (with no header).
    pub(crate) fn inject(&mut self, reader: Role, kind: ChannelKind, bytes: &[u8]) {
        let found = self
            .pipes
            .iter()
            .find(|pipe| pipe.from != reader && pipe.kind == Some(kind as u8) && pipe.announced)
            .map(|pipe| pipe.to_link);
        // The other half of a channel that the reader opened carries no header.
        let answered = self.pipes.iter().find(|pipe| pipe.from == reader && pipe.kind == Some(kind as u8));
        let link =
            found.or_else(|| answered.map(|pipe| pipe.from_link)).unwrap_or_else(|| self.accept(reader));
        self.input(reader, Input::Stream { link, data: &mut StreamBuf::from(bytes) });
        self.drain();
    }

    /// The link under which `role` knows the control channel.
    pub(crate) fn control(&self, role: Role) -> LinkId {
        let is = |pipe: &&Pipe| pipe.from == Role::Viewer && pipe.kind == Some(ChannelKind::Control as u8);
        let pipe = self.pipes.iter().find(is).expect("it is opened first");
        if role == Role::Viewer { pipe.from_link } else { pipe.to_link }
    }

    /// The link under which its writer knows a one-way channel.
    pub(crate) fn written(&self, from: Role, kind: ChannelKind) -> LinkId {
        let is = |pipe: &&Pipe| pipe.from == from && pipe.kind == Some(kind as u8);
        self.pipes.iter().find(is).expect("it is open").from_link
    }

    /// How many channels host and viewer have open, as they say.
    pub(crate) fn channels(&self) -> [usize; 2] {
        [self.host.stats().channels, self.viewer.stats().channels]
    }

    /// Tells `reader` of a channel that nobody opened.
    pub(crate) fn accept(&mut self, reader: Role) -> LinkId {
        let link = self.ids_of(reader).allocate();
        let remote = std::net::SocketAddr::from(([0, 0, 0, 0], 0));
        self.input(reader, Input::Accepted { listener: LinkId::TRANSPORT, link, remote });
        link
    }

    fn wants(&self, role: Role, link: LinkId) -> bool {
        match role {
            Role::Host => self.host.wants_input(link),
            Role::Viewer => self.viewer.wants_input(link),
        }
    }

    fn deliver(&mut self) -> bool {
        let now = self.now;
        let unspecified = std::net::SocketAddr::from(([0, 0, 0, 0], 0));
        if let Some((_, from, mut data)) = self.datagrams.pop_front_if(|(when, ..)| *when <= now) {
            let (link, ecn) = (LinkId::TRANSPORT, deskwire_machine::Ecn::NotEct);
            self.input(from.peer(), Input::Datagram { link, from: unspecified, ecn, data: &mut data });
            return true;
        }
        for at in 0..self.pipes.len() {
            let pipe = &mut self.pipes[at];
            let (reader, link) = (pipe.from.peer(), pipe.to_link);
            if pipe.held_by_test {
                continue;
            }
            let due = pipe.in_flight.front().is_some_and(|(when, _)| *when <= now);
            if due && !pipe.announced {
                pipe.announced = true;
                let accepted = Input::Accepted { listener: LinkId::TRANSPORT, link, remote: unspecified };
                self.input(reader, accepted);
                return true;
            }
            if due {
                if !self.wants(reader, link) {
                    continue;
                }
                let largest = self.largest_chunk;
                let size = 1 + self.rng.below(largest) as usize;
                let pipe = &mut self.pipes[at];
                let (when, mut bytes) = pipe.in_flight.pop_front().unwrap();
                let rest = bytes.split_off(size.min(bytes.len()));
                if !rest.is_empty() {
                    pipe.in_flight.push_front((when, rest));
                }
                pipe.arrived.push(&bytes);
                let mut arrived = std::mem::take(&mut pipe.arrived);
                self.input(reader, Input::Stream { link, data: &mut arrived });
                assert!(arrived.len() < 9, "only the start of a header stays with the driver");
                let capacity = self.capacity;
                let Some(pipe) =
                    self.pipes.iter_mut().find(|pipe| pipe.from == reader.peer() && pipe.to_link == link)
                else {
                    return true;
                };
                pipe.arrived = arrived;
                let (writer, writer_link) = (pipe.from, pipe.from_link);
                // Whole frames are consumed, so what is left of a large one must not block the rest of it.
                let in_flight: usize = pipe.in_flight.iter().map(|(_, bytes)| bytes.len()).sum();
                if pipe.blocked && pipe.finished.is_none() && in_flight <= capacity / 2 {
                    pipe.blocked = false;
                    self.input(writer, Input::Writable { link: writer_link });
                }
                return true;
            }
            if pipe.in_flight.is_empty() && pipe.finished.is_some_and(|when| when <= now) {
                let announced = pipe.announced || pipe.known;
                self.pipes.remove(at);
                self.pipes.retain(|pipe| !(pipe.from == reader && pipe.from_link == link));
                if announced {
                    self.input(reader, Input::Closed { link, reason: CloseReason::Finished });
                }
                return true;
            }
        }
        false
    }

    fn next_time(&self) -> Option<Instant> {
        let pipes = self.pipes.iter().filter(|pipe| !pipe.held_by_test).filter_map(|pipe| {
            let readable = self.wants(pipe.from.peer(), pipe.to_link);
            let first = pipe.in_flight.front().filter(|_| readable).map(|(when, _)| *when);
            first.or_else(|| pipe.finished.filter(|_| pipe.in_flight.is_empty()))
        });
        let timers =
            [self.host.poll_timeout(), self.viewer.poll_timeout()].into_iter().flatten().map(|d| d.at);
        pipes.chain(timers).chain(self.datagrams.front().map(|(when, ..)| *when)).min()
    }

    /// Goes on at this moment until nothing moves.
    pub(crate) fn settle(&mut self) {
        for _ in 0..200_000 {
            if !self.turn() {
                for deadline in [self.host.poll_timeout(), self.viewer.poll_timeout()].into_iter().flatten() {
                    assert!(deadline.at > self.now, "a timer that is due after a drain: {deadline:?}");
                }
                return;
            }
        }
        panic!("livelock: things never settle");
    }

    /// Lets time pass up to `until`.
    pub(crate) fn run_to(&mut self, until: Instant) {
        self.settle();
        while let Some(next) = self.next_time().filter(|next| *next <= until) {
            self.now = self.now.max(next);
            self.host.handle_timeout(self.now);
            self.viewer.handle_timeout(self.now);
            self.settle();
        }
        self.now = self.now.max(until);
    }

    pub(crate) fn run_for(&mut self, time: Duration) {
        self.run_to(self.now + time);
    }

    /// Lets time pass in small steps until `done`, a minute at most.
    pub(crate) fn run_until(&mut self, mut done: impl FnMut(&mut Self) -> bool) {
        for _ in 0..12_000 {
            self.settle();
            if done(self) {
                return;
            }
            self.run_for(Duration::from_millis(5));
        }
        panic!("it never came; viewer: {:?}, host: {:?}", self.viewer_events, self.host_events);
    }

    /// Stops or resumes delivery of everything one side sends.
    pub(crate) fn hold(&mut self, from: Role, held: bool) {
        self.held[usize::from(from == Role::Viewer)] = held;
        for pipe in self.pipes.iter_mut().filter(|pipe| pipe.from == from) {
            pipe.held_by_test = held;
        }
    }

    pub(crate) fn take_host_events(&mut self) -> Vec<HostEvent> {
        std::mem::take(&mut self.host_events)
    }

    pub(crate) fn take_viewer_events(&mut self) -> Vec<ViewerEvent> {
        std::mem::take(&mut self.viewer_events)
    }
}
