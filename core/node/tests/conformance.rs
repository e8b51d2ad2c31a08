//! The node under the conformance suite, as viewer and as host: against real servers and a real node on the other side.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "tests"
)]

use std::collections::{BTreeMap, VecDeque};
use std::net::{IpAddr, SocketAddr};
use std::sync::OnceLock;
use std::time::Duration;

use deskwire_conformance::{
    Counterpart, Dice, Given, GivenLink, LinkKind, Replies, Reply, Subject, Suite, suite,
};
use deskwire_core::identity::{IdentityKey, PublicKey};
use deskwire_core::machine::{
    CloseReason, Ecn, Input, Instant, LinkId, LinkIds, LinkSpec, Machine, Output, Seed,
};
use deskwire_core::sessions::{
    ChargeResult, Credential, Grants, HostEvent, LoginTerms, OneTimeCode, ViewerEvent,
};
use deskwire_core::transport::TimeBase;
use deskwire_core::wire::ids::{DeviceId, DisplayId, Epoch, RelayId};
use deskwire_core::wire::picture::{FrameUpdate, Rect, RegionOp, Size};
use deskwire_core::wire::screen::{Display, InputEvent, Keysym};
use deskwire_core::wire::session::Scopes;
use deskwire_core::{
    Config, ConnectionEvent, ConnectionId, Dial, Host, Limits, Node, NodeEvent, Phase, Server as ServerAt,
};
use deskwire_rendezvous::server::{RelayInfo, ServerEvent, StoreRequest, StoreResult};

const UNIX: u64 = 1_900_000_000;
const SERVER: [u8; 4] = [198, 51, 100, 1];
const RELAY: [u8; 4] = [198, 51, 100, 2];
/// The suite's own address for what it tests.
const TESTED: ([u8; 4], u16) = ([192, 0, 2, 7], 40_000);
const PEER: ([u8; 4], u16) = ([192, 0, 2, 20], 40_000);
const SIZE: Size = Size { width: 64, height: 64 };

/// A session of the real thing takes milliseconds of arithmetic, and every script runs six times.
const SUITE: Suite = Suite { cases: 40, script_bytes: 1_200, flood_bytes: 60_000, seed: 1 };

suite! {
    the_viewer_that_dials_keeps_the_rules in Suite { cases: 240, script_bytes: 2_400, seed: 5, ..SUITE } =>
        NodeSubject::<VIEWER, FRESH>::default(),
    the_viewer_that_is_logged_in_keeps_the_rules in SUITE => NodeSubject::<VIEWER, LOGGED_IN>::default(),
    the_host_that_is_dialled_keeps_the_rules in Suite { cases: 120, ..SUITE } =>
        NodeSubject::<HOST, FRESH>::default(),
    the_host_with_a_viewer_keeps_the_rules in SUITE => NodeSubject::<HOST, LOGGED_IN>::default(),
}

const VIEWER: bool = false;
const HOST: bool = true;

/// What the suite begins with.
const FRESH: bool = false;
const LOGGED_IN: bool = true;

fn code() -> OneTimeCode {
    "482915".parse().unwrap()
}

fn key(n: u8) -> IdentityKey {
    IdentityKey::from_bytes(&[n; 32])
}

/// The engine counts from one instant; it has to be the same for all runs of a script.
fn time_base() -> TimeBase {
    static BASE: OnceLock<std::time::Instant> = OnceLock::new();
    TimeBase::new(*BASE.get_or_init(std::time::Instant::now))
}

fn terms(code: Option<OneTimeCode>) -> LoginTerms {
    LoginTerms { code, grants: Grants::all(Scopes::ALL), ..LoginTerms::default() }
}

fn node(now: Instant, seed: Seed, identity: u8, is_host: bool) -> Node {
    let host = Host { id: None, certificate: None, epoch: 0, login: terms(Some(code())), max_viewers: 2 };
    let config = Config {
        seed,
        identity: key(identity),
        server: ServerAt {
            reflector: Some((SERVER, 21_115).into()),
            ..ServerAt::new((SERVER, 21_116).into(), key(1).public())
        },
        host: is_host.then_some(host),
        time_base: time_base(),
        unix_time: UNIX,
        punch: true,
        offers: deskwire_core::Offers::default(),
        relay_rtts: Vec::new(),
        limits: Limits { connections: 3, events: 256, ..Limits::default() },
    };
    Node::new(now, config)
}

fn display() -> Display {
    Display {
        id: DisplayId(1),
        name: "X".into(),
        area: Rect::of_size(SIZE),
        scale_percent: 100,
        primary: true,
    }
}

/// Does with a node what its owner would.
#[derive(Debug, Default)]
struct Owner {
    id: Option<DeviceId>,
    connection: Option<ConnectionId>,
    /// The connection that is logged in.
    active: Option<ConnectionId>,
    wanted: Option<(ConnectionId, DisplayId, Epoch, u32)>,
}

impl Owner {
    fn happened(&mut self, now: Instant, node: &mut Node, event: NodeEvent) {
        match event {
            NodeEvent::PersistEpoch(epoch) => node.epoch_persisted(now, epoch),
            NodeEvent::Registered { id, .. } => self.id = Some(id),
            NodeEvent::Incoming { connection } => self.connection = Some(connection),
            NodeEvent::Connection { connection, event: ConnectionEvent::Phase(Phase::Active) } => {
                self.active = Some(connection);
            }
            NodeEvent::Connection { connection, event: ConnectionEvent::Host(event) } => {
                self.host(now, node, connection, event);
            }
            NodeEvent::Connection { connection, event: ConnectionEvent::Viewer(event) } => {
                viewer(now, node, connection, event);
            }
            _ => {}
        }
    }

    fn host(&mut self, now: Instant, node: &mut Node, connection: ConnectionId, event: HostEvent) {
        match event {
            HostEvent::ChargeAttempt { ticket, .. } => {
                node.with_host(now, connection, |now, session| {
                    session.attempt_charged(now, ticket, ChargeResult::Allowed);
                });
            }
            HostEvent::LoggedIn { .. } => {
                node.with_host(now, connection, |now, session| session.set_displays(now, vec![display()]));
            }
            HostEvent::FrameWanted { display, epoch, sequence, .. } => {
                self.wanted = Some((connection, display, epoch, sequence));
            }
            _ => {}
        }
    }

    fn send_frame(&mut self, now: Instant, node: &mut Node) {
        let Some((connection, display, epoch, sequence)) = self.wanted.take() else { return };
        let bgrx = [sequence as u8, 2, 3, 255];
        let ops = vec![RegionOp::Solid { rect: Rect::of_size(SIZE), bgrx }];
        let frame = FrameUpdate { display, epoch, sequence, size: SIZE, captured_at_us: 1, ops };
        node.with_host(now, connection, |now, session| session.send_frame(now, &frame));
    }
}

fn viewer(now: Instant, node: &mut Node, connection: ConnectionId, event: ViewerEvent) {
    node.with_viewer(now, connection, |now, session| match event {
        ViewerEvent::LoginWanted { .. } => {
            let _ = session.log_in(now, Credential::Code(code()));
        }
        ViewerEvent::Displays(displays) => {
            let ids: Vec<DisplayId> = displays.iter().map(|display| display.id).collect();
            session.watch(now, &ids);
        }
        ViewerEvent::Frame(frame) => {
            if let Ok(update) = frame.update() {
                let (display, epoch, sequence) = (update.display, update.epoch, update.sequence);
                let _ = session.frame_done(now, display, epoch, sequence);
            }
        }
        _ => {}
    });
}

/// The node on the other side, with one UDP socket.
struct Peer {
    node: Node,
    owner: Owner,
    link: Option<LinkId>,
}

/// A datagram under way between those who are not tested.
type Flight = (SocketAddr, SocketAddr, Vec<u8>);

/// Everything around the node under test.
#[derive(Default)]
struct NodeSubject<const IS_HOST: bool, const IS_LOGGED_IN: bool> {
    rendezvous: Option<Counterpart<deskwire_rendezvous::Server>>,
    relay: Option<Counterpart<deskwire_relay::Server>>,
    peer: Option<Peer>,
    store: BTreeMap<PublicKey, DeviceId>,
    /// Where the node's connections lead.
    streams: BTreeMap<LinkId, IpAddr>,
    /// The socket that the node uses.
    link: Option<LinkId>,
    flights: VecDeque<Flight>,
    owner: Owner,
}

impl<const IS_HOST: bool, const IS_LOGGED_IN: bool> NodeSubject<IS_HOST, IS_LOGGED_IN> {
    /// Lets the surroundings talk among each other until nothing moves.
    fn settle(&mut self, now: Instant, replies: &mut Replies) {
        for _ in 0..1_000 {
            self.drain_peer(now, replies);
            self.answer_store(now, replies);
            for (own, elsewhere) in [
                (SERVER, self.rendezvous.as_mut().map(|server| &mut server.elsewhere)),
                (RELAY, self.relay.as_mut().map(|relay| &mut relay.elsewhere)),
            ] {
                let port = if own == SERVER { 21_116 } else { 21_117 };
                let sent = elsewhere.into_iter().flat_map(|sent| sent.drain(..));
                self.flights.extend(sent.map(|(to, bytes)| ((own, port).into(), to, bytes)));
            }
            let Some((from, to, bytes)) = self.flights.pop_front() else { return };
            self.arrive(now, from, to, bytes, replies);
        }
    }

    fn arrive(
        &mut self,
        now: Instant,
        from: SocketAddr,
        to: SocketAddr,
        bytes: Vec<u8>,
        replies: &mut Replies,
    ) {
        if to == SocketAddr::from(PEER) {
            let mut data = bytes;
            let Some(Peer { node, link: Some(link), .. }) = &mut self.peer else { return };
            let input = Input::Datagram { link: *link, from, ecn: Ecn::NotEct, data: &mut data };
            node.handle_input(now, input);
        } else if to == SocketAddr::from(TESTED) {
            if let Some(link) = self.link {
                replies.datagram(link, from, bytes);
            }
        } else if to.ip() == IpAddr::from(SERVER) {
            if let Some(server) = &mut self.rendezvous {
                server.datagram_from(now, from, &bytes, replies);
            }
        } else if to.ip() == IpAddr::from(RELAY)
            && let Some(relay) = &mut self.relay
        {
            relay.datagram_from(now, from, &bytes, replies);
        }
    }

    fn drain_peer(&mut self, now: Instant, _: &mut Replies) {
        let Some(peer) = &mut self.peer else { return };
        let mut bytes = Vec::new();
        for _ in 0..10_000 {
            bytes.clear();
            match peer.node.poll_output(now, &mut bytes) {
                Some(Output::Open { link, spec: LinkSpec::Udp { local } })
                    if local.is_some_and(|local| local.is_ipv4()) =>
                {
                    peer.link = Some(link);
                    let opened = Input::Opened { link, local: PEER.into(), max_datagram: 1_472 };
                    peer.node.handle_input(now, opened);
                }
                Some(Output::Open { link, .. }) => {
                    let reason = CloseReason::Unreachable;
                    peer.node.handle_input(now, Input::Closed { link, reason });
                }
                Some(Output::Datagram { to, segment, .. }) => {
                    let size = segment.map_or(bytes.len(), std::num::NonZero::get);
                    let sent = bytes.chunks(size.max(1)).map(|one| (PEER.into(), to, one.to_vec()));
                    self.flights.extend(sent);
                }
                Some(_) => {}
                None => match peer.node.poll_event() {
                    Some(event) => {
                        peer.owner.happened(now, &mut peer.node, event);
                    }
                    None => break,
                },
            }
        }
    }

    fn answer_store(&mut self, now: Instant, replies: &mut Replies) {
        let Some(server) = &mut self.rendezvous else { return };
        for event in std::mem::take(&mut server.events) {
            let ServerEvent::Store(request) = event else { continue };
            let result = match request {
                StoreRequest::Claim { id, key, .. } => {
                    StoreResult::Owned { id: *self.store.entry(key).or_insert(id), generation: 1 }
                }
                StoreRequest::Renew { id, key, .. } if self.store.get(&key) == Some(&id) => {
                    StoreResult::Owned { id, generation: 1 }
                }
                _ => StoreResult::Unknown,
            };
            server.machine.store_done(now, request.ticket(), result);
        }
        server.drain(now, replies);
    }

    /// Brings the node under test and its peer together, from registration to login. Gives the socket that it uses.
    fn log_in(&mut self, begun: Instant, tested: &mut Node) -> LinkId {
        let mut now = begun;
        let mut replies = Replies::default();
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            if let Some(output) = tested.poll_output(now, &mut bytes) {
                self.sent(now, &output, &bytes, &mut replies);
                match output {
                    Output::Open { link, .. } if self.link == Some(link) => {
                        let opened = Input::Opened { link, local: TESTED.into(), max_datagram: 1_472 };
                        tested.handle_input(now, opened);
                    }
                    Output::Open { link, .. } => {
                        let reason = CloseReason::Unreachable;
                        tested.handle_input(now, Input::Closed { link, reason });
                    }
                    _ => {}
                }
            } else if let Some(event) = tested.poll_event() {
                self.owner.happened(now, tested, event);
            } else if let Some(Reply::Datagram { link, from, mut bytes }) = replies.take() {
                let input = Input::Datagram { link, from, ecn: Ecn::NotEct, data: &mut bytes };
                tested.handle_input(now, input);
            } else if self.owner.active.is_some() {
                break;
            } else {
                // Nothing moves: what is due next? The suite's time begins earlier; then the last time seen counts.
                now = self.next_due(tested).unwrap();
                assert!(now < begun + Duration::from_secs(60), "no login: {:?}", self.owner);
                tested.handle_timeout(now);
                self.peer.iter_mut().for_each(|peer| peer.node.handle_timeout(now));
                self.rendezvous.iter_mut().for_each(|server| server.tick(now, &mut replies));
                self.relay.iter_mut().for_each(|relay| relay.tick(now, &mut replies));
                self.settle(now, &mut replies);
                if self.owner.connection.is_none() {
                    self.dial(now, tested);
                    self.settle(now, &mut replies);
                }
            }
        }
        self.link.unwrap()
    }

    fn next_due(&self, tested: &Node) -> Option<Instant> {
        let peer = self.peer.as_ref().and_then(|peer| peer.node.poll_timeout());
        let rendezvous = self.rendezvous.as_ref().and_then(|server| server.machine.poll_timeout());
        let relay = self.relay.as_ref().and_then(|relay| relay.machine.poll_timeout());
        let due = [tested.poll_timeout(), peer, rendezvous, relay];
        due.into_iter().flatten().map(|deadline| deadline.at).min()
    }

    fn dial(&mut self, now: Instant, machine: &mut Node) {
        if IS_HOST {
            let (Some(peer), Some(target)) = (&mut self.peer, self.owner.id) else { return };
            let _ = peer.node.dial(now, Dial { target, pinned: None });
        } else if let Some(target) = self.peer.as_ref().and_then(|peer| peer.owner.id)
            && let Ok(connection) = machine.dial(now, Dial { target, pinned: None })
        {
            self.owner.connection = Some(connection);
        }
    }
}

impl<const IS_HOST: bool, const IS_LOGGED_IN: bool> Subject for NodeSubject<IS_HOST, IS_LOGGED_IN> {
    type Machine = Node;

    // Two engines with their buffers, and two servers.
    const MAX_BYTES: usize = 24 << 20;
    const MUST_SAY: &'static [&'static str] = match (IS_HOST, IS_LOGGED_IN) {
        (VIEWER, FRESH) => &["Observed", "Established", "RelayUdp", "Closed"],
        (VIEWER, LOGGED_IN) => &["Viewer(Frame", "DirectUdp", "Closed"],
        (HOST, FRESH) => &["Registered", "Incoming", "Connecting"],
        (HOST, LOGGED_IN) => &["FrameWanted", "FrameShown", "Input", "DirectUdp", "Closed"],
    };

    fn dropped(&self, machine: &mut Node) -> Option<u64> {
        Some(machine.dropped())
    }

    fn start(&mut self, now: Instant, seed: Seed, suite: &LinkIds, given: &mut Given) -> Node {
        // A node brings its own ids (`Node::link_ids`); those of the suite begin far behind them.
        for _ in 0..1_000_000 {
            suite.allocate();
        }
        let ids = LinkIds::new();
        let mut config =
            deskwire_rendezvous::server::ServerConfig::new(seed.derive("rendezvous"), key(1), UNIX);
        config.ids = ids.clone();
        config.relays = vec![RelayInfo {
            id: RelayId(1),
            addresses: vec![(RELAY, 21_117).into()],
            url: None,
            penalty_ms: 0,
            draining: false,
            key: None,
        }];
        let server = deskwire_rendezvous::Server::new(now, config);
        self.rendezvous = Some(Counterpart::new(now, server, &ids));
        let ids = LinkIds::new();
        let at: Vec<SocketAddr> = vec![([0, 0, 0, 0], 21_117).into()];
        let relay = deskwire_relay::ServerConfig {
            udp: at.clone(),
            tcp: at,
            websocket: Vec::new(),
            relay: RelayId(1),
            server_key: key(1).public(),
            unix_s: UNIX,
            report: None,
            limits: deskwire_relay::ServerLimits::default(),
            seed: seed.derive("relay"),
            ids: ids.clone(),
        };
        self.relay = Some(Counterpart::new(now, deskwire_relay::Server::new(now, relay), &ids));
        let peer = node(now, seed.derive("peer"), 20, !IS_HOST);
        self.peer = Some(Peer { node: peer, owner: Owner::default(), link: None });
        self.settle(now, &mut Replies::default());
        let mut tested = node(now, seed.derive("tested"), 10, IS_HOST);
        if IS_LOGGED_IN {
            let link = self.log_in(now, &mut tested);
            let (kind, local) = (LinkKind::Datagram, TESTED.into());
            given.push(GivenLink { link, kind, local, max_datagram: 1_472 });
        }
        tested
    }

    fn sent(&mut self, now: Instant, output: &Output, bytes: &[u8], replies: &mut Replies) {
        let ip = match output {
            Output::Open { link, spec: LinkSpec::TcpConnect { remote, .. } } => {
                self.streams.insert(*link, remote.ip());
                remote.ip()
            }
            Output::Open { link, spec: LinkSpec::WebSocket { url } } => {
                let ip = url.parts().and_then(|parts| parts.address()).unwrap().ip();
                self.streams.insert(*link, ip);
                ip
            }
            Output::Open { link, spec: LinkSpec::Udp { local: Some(local) } } if local.is_ipv4() => {
                self.link = Some(*link);
                return;
            }
            Output::Stream { link } | Output::Close { link } => match self.streams.get(link) {
                Some(ip) => *ip,
                None => return,
            },
            Output::Datagram { to, .. } => to.ip(),
            _ => return,
        };
        if ip == IpAddr::from(SERVER) {
            self.rendezvous.iter_mut().for_each(|server| server.sent(now, output, bytes, replies));
        } else if ip == IpAddr::from(RELAY) {
            self.relay.iter_mut().for_each(|relay| relay.sent(now, output, bytes, replies));
        } else if let Output::Datagram { to, segment, .. } = output {
            let size = segment.map_or(bytes.len(), std::num::NonZero::get);
            for one in bytes.chunks(size.max(1)) {
                self.arrive(now, TESTED.into(), *to, one.to_vec(), replies);
            }
        }
        self.settle(now, replies);
    }

    fn act(&mut self, now: Instant, machine: &mut Node, dice: &mut Dice<'_>, replies: &mut Replies) {
        match dice.below(16) {
            0..=2 => self.dial(now, machine),
            3 if dice.chance(20) => {
                if let Some(connection) = self.owner.connection {
                    machine.close(now, connection, "enough");
                }
            }
            4 if dice.chance(40) => machine.set_login(now, terms(dice.chance(128).then(code))),
            5..=7 => {
                if let Some(connection) = self.owner.connection {
                    let event = InputEvent::Key { key: Keysym(97), pressed: dice.chance(128) };
                    machine.with_viewer(now, connection, |now, s| {
                        s.send_input(now, std::slice::from_ref(&event))
                    });
                }
                if let Some(peer) = &mut self.peer
                    && let Some(connection) = peer.node.connections().last()
                {
                    let event = InputEvent::Key { key: Keysym(97), pressed: dice.chance(128) };
                    peer.node.with_viewer(now, connection, |now, s| {
                        s.send_input(now, std::slice::from_ref(&event))
                    });
                }
            }
            8..=10 => {
                self.owner.send_frame(now, machine);
                self.peer.iter_mut().for_each(|peer| peer.owner.send_frame(now, &mut peer.node));
            }
            11 => {
                let _ = self.owner.connection.and_then(|connection| machine.stats(connection));
            }
            _ => {
                self.rendezvous.iter_mut().for_each(|server| server.tick(now, replies));
                self.relay.iter_mut().for_each(|relay| relay.tick(now, replies));
                self.peer.iter_mut().for_each(|peer| peer.node.handle_timeout(now));
            }
        }
        self.settle(now, replies);
    }

    fn happened(&mut self, now: Instant, machine: &mut Node, event: NodeEvent) {
        self.owner.happened(now, machine, event);
    }
}
