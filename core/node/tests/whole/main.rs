//! Whole sessions between two nodes, with real server machines, on an ideal network.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "tests"
)]

mod net;

#[global_allocator]
static ALLOCATOR: deskwire_conformance::CountingAllocator = deskwire_conformance::CountingAllocator;

use std::collections::BTreeMap;
use std::time::Duration;

use deskwire_core::identity::{IdentityKey, PublicKey};
use deskwire_core::machine::{Instant, LinkIds, Machine as _, Seed};
use deskwire_core::sessions::{
    ChargeResult, Credential, Grants, HostEvent, LoginTerms, OneTimeCode, ViewerEvent,
};
use deskwire_core::transport::TimeBase;
use deskwire_core::wire::ids::{DeviceId, DisplayId, RelayId};
use deskwire_core::wire::picture::{FrameUpdate, Rect, RegionOp, Size};
use deskwire_core::wire::screen::{Display, InputEvent, Keysym};
use deskwire_core::wire::session::Scopes;
use deskwire_core::{
    Config, ConnectionEnd, ConnectionEvent, ConnectionId, Dial, Host, Limits, Node, NodeEvent, Path, Phase,
    Server,
};
use deskwire_rendezvous::server::{RelayInfo, ServerConfig, ServerEvent, StoreRequest, StoreResult};
use net::{Air, Station};

const UNIX: u64 = 1_900_000_000;
const SERVER: [u8; 4] = [198, 51, 100, 1];
const RELAY: [u8; 4] = [198, 51, 100, 2];

/// Two nodes and their servers.
struct World {
    air: Air,
    rendezvous: Station<deskwire_rendezvous::Server>,
    relay: Station<deskwire_relay::Server>,
    host: Station<Node>,
    viewer: Station<Node>,
    store: BTreeMap<DeviceId, PublicKey>,
    seen: Seen,
    refuse_charges: bool,
}

/// What the two sides told.
#[derive(Default)]
struct Seen {
    id: Option<DeviceId>,
    registered: u32,
    addresses_wanted: u32,
    frames: u32,
    input: Vec<InputEvent>,
    paths: Vec<Path>,
    no_direct: Option<String>,
    viewer_end: Option<ConnectionEnd>,
    host_end: Option<ConnectionEnd>,
    host_connection: Option<ConnectionId>,
    refused: u32,
    charged: u32,
    refunded: u32,
    logged_in_at: Option<Instant>,
    first_frame_at: Option<Instant>,
}

fn display() -> Display {
    Display {
        id: DisplayId(1),
        name: "X".into(),
        area: Rect::new(0, 0, 64, 64),
        scale_percent: 100,
        primary: true,
    }
}

impl World {
    fn new(seed: u8, punch: bool) -> Self {
        Self::with(seed, punch, punch)
    }

    /// Sides may have been told to use relays only.
    fn with(seed: u8, viewer_punches: bool, host_punches: bool) -> Self {
        let air = Air::default();
        let now = air.now;
        let key = |n: u8| IdentityKey::from_bytes(&[n; 32]);
        let server_key = key(1).public();
        let mut config = ServerConfig::new(Seed::new([seed; 32]), key(1), UNIX);
        config.relays.push(RelayInfo {
            id: RelayId(1),
            addresses: vec![(RELAY, 21_117).into()],
            url: None,
            penalty_ms: 0,
            draining: false,
            key: None,
        });
        let rendezvous = Station::new(now, SERVER, deskwire_rendezvous::Server::new(now, config));
        let relay = deskwire_relay::ServerConfig {
            udp: vec![([0, 0, 0, 0], 21_117).into()],
            tcp: Vec::new(),
            websocket: Vec::new(),
            relay: RelayId(1),
            server_key,
            unix_s: UNIX,
            report: None,
            limits: deskwire_relay::ServerLimits::default(),
            seed: Seed::new([seed.wrapping_add(1); 32]),
            ids: LinkIds::new(),
        };
        let relay = Station::new(now, RELAY, deskwire_relay::Server::new(now, relay));
        let base = TimeBase::new(std::time::Instant::now());
        let node = |n: u8, host: Option<Host>| Config {
            seed: Seed::new([seed.wrapping_add(n); 32]),
            identity: key(n),
            server: Server {
                others: Vec::new(),
                reflector: Some((SERVER, 21_115).into()),
                ..Server::new((SERVER, 21_116).into(), server_key)
            },
            punch: if host.is_some() { host_punches } else { viewer_punches },
            host,
            time_base: base,
            unix_time: UNIX,
            offers: deskwire_core::Offers::default(),
            relay_rtts: Vec::new(),
            limits: Limits::default(),
        };
        let terms = Host {
            id: None,
            certificate: None,
            epoch: 0,
            login: LoginTerms {
                code: Some("482915".parse().unwrap()),
                grants: Grants::all(Scopes::ALL),
                ..LoginTerms::default()
            },
            max_viewers: 4,
        };
        let host = Station::new(now, [192, 0, 2, 10], Node::new(now, node(10, Some(terms))));
        let viewer = Station::new(now, [192, 0, 2, 20], Node::new(now, node(20, None)));
        let (store, seen) = (BTreeMap::new(), Seen::default());
        Self { air, rendezvous, relay, host, viewer, store, seen, refuse_charges: false }
    }

    /// Runs until `done`, or for `longest`; gives whether it was done.
    fn run(&mut self, longest: Duration, done: impl Fn(&Seen) -> bool) -> bool {
        let end = self.air.now + longest;
        loop {
            self.drain();
            if done(&self.seen) {
                return true;
            }
            let due = [
                self.rendezvous.due(),
                self.relay.due(),
                self.host.due(),
                self.viewer.due(),
                self.air.next(),
            ];
            match due.into_iter().flatten().min() {
                Some(at) if at <= end => self.air.now = self.air.now.max(at),
                _ => {
                    self.air.now = end;
                    return false;
                }
            }
            let now = self.air.now;
            self.rendezvous.machine.handle_timeout(now);
            self.relay.machine.handle_timeout(now);
            self.host.machine.handle_timeout(now);
            self.viewer.machine.handle_timeout(now);
            self.drain();
            while let Some((to, from, mut data)) = self.air.arrive() {
                let data = &mut data[..];
                let _ = self.rendezvous.receive(now, to, from, data)
                    || self.relay.receive(now, to, from, data)
                    || self.host.receive(now, to, from, data)
                    || self.viewer.receive(now, to, from, data);
                self.drain();
            }
        }
    }

    fn drain(&mut self) {
        let Self { air, rendezvous, relay, host, viewer, store, seen, refuse_charges } = self;
        rendezvous.drain(air, |server, now, event| {
            if let ServerEvent::Store(request) = event {
                let result = match request {
                    StoreRequest::Claim { id, key, .. } => {
                        store.insert(id, key);
                        StoreResult::Owned { id, generation: 1 }
                    }
                    _ => StoreResult::Unknown,
                };
                server.store_done(now, request.ticket(), result);
            }
        });
        relay.drain(air, |_, _, _| {});
        host.drain(air, |node, now, event| on_host(node, now, event, seen, *refuse_charges));
        viewer.drain(air, |node, now, event| on_viewer(node, now, event, seen));
    }

    fn dial(&mut self) -> ConnectionId {
        assert!(self.run(Duration::from_secs(5), |seen| seen.id.is_some()), "not registered");
        let target = self.seen.id.unwrap();
        self.viewer.machine.dial(self.air.now, Dial { target, pinned: None }).unwrap()
    }

    /// How many connections of the host have come so far.
    fn at_host(&mut self, phase: Phase) -> usize {
        let host = &mut self.host.machine;
        let all: Vec<_> = host.connections().collect();
        all.into_iter().filter(|id| host.stats(*id).is_some_and(|stats| stats.phase == phase)).count()
    }

    fn log_in(&mut self, connection: ConnectionId, code: &str) {
        let code: OneTimeCode = code.parse().unwrap();
        let entered = std::cell::Cell::new(false);
        // The session exists once the transport stands.
        for _ in 0..100 {
            let now = self.air.now;
            let done = self.viewer.machine.with_viewer(now, connection, |now, session| {
                session.log_in(now, Credential::Code(code.clone())).is_ok()
            });
            entered.set(done == Some(true));
            if entered.get() {
                return;
            }
            self.run(Duration::from_millis(50), |_| false);
        }
        panic!("no session to log in to: {:?}", self.seen.viewer_end);
    }
}

fn on_host(node: &mut Node, now: Instant, event: NodeEvent, seen: &mut Seen, refuse: bool) {
    match event {
        NodeEvent::PersistEpoch(epoch) => node.epoch_persisted(now, epoch),
        NodeEvent::Registered { id, .. } => {
            seen.id = Some(id);
            seen.registered += 1;
        }
        NodeEvent::ServerAddressesWanted => seen.addresses_wanted += 1,
        NodeEvent::Incoming { connection } => seen.host_connection = Some(connection),
        NodeEvent::Connection { connection, event: ConnectionEvent::Host(event) } => match event {
            HostEvent::ChargeAttempt { ticket, .. } => {
                seen.charged += 1;
                let result = if refuse {
                    ChargeResult::Refused { retry_after_s: Some(1) }
                } else {
                    ChargeResult::Allowed
                };
                node.with_host(now, connection, |now, host| host.attempt_charged(now, ticket, result));
            }
            HostEvent::RefundAttempt { .. } => seen.refunded += 1,
            HostEvent::LoggedIn { .. } => {
                node.with_host(now, connection, |now, host| host.set_displays(now, vec![display()]));
            }
            HostEvent::FrameWanted { display, epoch, sequence, .. } => {
                let update = FrameUpdate {
                    display,
                    epoch,
                    sequence,
                    size: Size { width: 64, height: 64 },
                    captured_at_us: now.as_micros(),
                    ops: vec![RegionOp::Solid { rect: Rect::new(0, 0, 64, 64), bgrx: [1, 2, 3, 255] }],
                };
                if sequence < 20 {
                    node.with_host(now, connection, |now, host| host.send_frame(now, &update).unwrap());
                }
            }
            HostEvent::Input(events) => seen.input.extend(events),
            _ => {}
        },
        NodeEvent::Connection { event: ConnectionEvent::Closed(end), .. } => seen.host_end = Some(end),
        _ => {}
    }
}

fn on_viewer(node: &mut Node, now: Instant, event: NodeEvent, seen: &mut Seen) {
    let NodeEvent::Connection { connection, event } = event else { return };
    match event {
        ConnectionEvent::Viewer(ViewerEvent::LoggedIn { .. }) => seen.logged_in_at = Some(now),
        ConnectionEvent::Viewer(ViewerEvent::LoginFailed { .. }) => seen.refused += 1,
        ConnectionEvent::Viewer(ViewerEvent::Displays(displays)) => {
            let ids: Vec<DisplayId> = displays.iter().map(|d| d.id).collect();
            node.with_viewer(now, connection, |now, viewer| viewer.watch(now, &ids));
        }
        ConnectionEvent::Viewer(ViewerEvent::Frame(bytes)) => {
            seen.frames += 1;
            seen.first_frame_at.get_or_insert(now);
            let (display, epoch, sequence) = {
                let update = bytes.update().unwrap();
                (update.display, update.epoch, update.sequence)
            };
            node.with_viewer(now, connection, |now, viewer| viewer.frame_done(now, display, epoch, sequence));
        }
        ConnectionEvent::PathChanged { path, .. } => seen.paths.push(path),
        ConnectionEvent::PunchFailed(report) => seen.no_direct = Some(report.to_string()),
        ConnectionEvent::Closed(end) => seen.viewer_end = Some(end),
        _ => {}
    }
}

#[test]
fn a_session_comes_up_on_the_relay_and_moves_to_the_direct_path() {
    let mut world = World::new(1, true);
    let connection = world.dial();
    world.log_in(connection, "482915");
    assert!(world.run(Duration::from_secs(5), |seen| seen.frames >= 10), "{:?}", world.seen.viewer_end);
    assert!(
        world.run(Duration::from_secs(10), |seen| seen.paths.contains(&Path::DirectUdp)),
        "{:?}",
        world.seen.paths
    );
    assert_eq!(world.seen.paths.first(), Some(&Path::RelayUdp));
    assert_eq!((world.seen.charged, world.seen.refunded), (1, 1));
    let now = world.air.now;
    let key = InputEvent::Key { key: Keysym(97), pressed: true };
    world.viewer.machine.with_viewer(now, connection, |now, viewer| {
        viewer.send_input(now, std::slice::from_ref(&key)).unwrap()
    });
    assert!(world.run(Duration::from_secs(1), |seen| seen.input.contains(&key)));
    // The relay dies: nobody notices.
    world.air.dead.push(RELAY.into());
    world.run(Duration::from_secs(20), |_| false);
    assert_eq!((&world.seen.viewer_end, &world.seen.host_end), (&None, &None));
    // The viewer goes: the held key is let go of on the host.
    world.viewer.machine.close(world.air.now, connection, "enough");
    assert!(world.run(Duration::from_secs(6), |seen| seen.host_end.is_some()));
    let released = InputEvent::Key { key: Keysym(97), pressed: false };
    assert_eq!(world.seen.input.last(), Some(&released));
}

/// Whoever does not log in learns no address and makes the host open nothing; after the login both look for a path.
#[test]
fn t14_before_a_login_the_host_speaks_with_its_servers_only() {
    let mut world = World::new(8, true);
    let connection = world.dial();
    let sockets = world.host.sockets();
    world.air.spoke.clear();
    world.run(Duration::from_secs(10), |_| false);
    assert!(world.seen.host_connection.is_some() && world.seen.viewer_end.is_none());
    let [host, viewer] = [[192, 0, 2, 10], [192, 0, 2, 20]].map(std::net::IpAddr::from);
    let own = |(from, to): &(_, _)| [host, viewer].contains(from) && [host, viewer].contains(to);
    assert!(!world.air.spoke.iter().any(own), "{:?}", world.air.spoke);
    assert_eq!(world.host.sockets(), sockets);
    world.log_in(connection, "482915");
    world.run(Duration::from_secs(5), |_| false);
    assert!(world.air.spoke.contains(&(host, viewer)) && world.air.spoke.contains(&(viewer, host)));
}

/// Dials that go no further take no viewer's place, and each is forgotten in time.
#[test]
fn t34_viewers_that_do_not_log_in_keep_nobody_out() {
    let mut world = World::new(9, false);
    for _ in 0..8 {
        world.dial();
        world.run(Duration::from_millis(200), |_| false);
    }
    let honest = world.dial();
    world.log_in(honest, "482915");
    assert!(world.run(Duration::from_secs(5), |seen| seen.frames > 0), "{:?}", world.seen.viewer_end);
    world.run(Duration::from_secs(150), |_| false);
    assert_eq!(world.host.machine.connections().count(), 1);
}

/// A new viewer takes the place of the oldest that is still on its way; one that is in stays.
#[test]
fn t34_of_viewers_on_their_way_the_oldest_gives_way() {
    let mut world = World::new(11, false);
    let first = world.dial();
    world.log_in(first, "482915");
    assert!(world.run(Duration::from_secs(5), |seen| seen.frames > 0));
    // As fast as the server lets one network dial, and faster than the host gives them up.
    for number in 0..38 {
        world.dial();
        world.run(Duration::from_millis(if number < 9 { 50 } else { 1_000 }), |_| false);
    }
    let at_login = world.at_host(Phase::Login);
    assert!((20..=32).contains(&at_login), "{at_login}");
    let last = world.dial();
    let before = world.seen.frames;
    world.log_in(last, "482915");
    assert!(world.run(Duration::from_secs(5), |seen| seen.frames > before));
    assert_eq!(world.at_host(Phase::Active), 2);
}

/// The bound holds for those who are in, also when they come at the same time.
#[test]
fn t34_of_viewers_that_log_in_together_as_many_get_in_as_may() {
    let mut world = World::new(10, false);
    let all: Vec<_> = (0..6).map(|_| world.dial()).collect();
    world.run(Duration::from_secs(1), |_| false);
    for connection in all {
        world.log_in(connection, "482915");
    }
    world.run(Duration::from_secs(3), |_| false);
    assert_eq!(world.at_host(Phase::Active), 4);
    let end = world.seen.viewer_end.as_ref().map(ToString::to_string).unwrap_or_default();
    assert!(end.contains("as many viewers"), "{end}");
}

#[test]
fn without_punching_it_stays_on_the_relay() {
    let mut world = World::new(2, false);
    let connection = world.dial();
    world.log_in(connection, "482915");
    assert!(world.run(Duration::from_secs(5), |seen| seen.frames >= 10));
    world.run(Duration::from_secs(10), |_| false);
    assert_eq!(world.seen.paths, [Path::RelayUdp]);
    // The relay dies and there is no other way: both sides are told within five seconds.
    world.air.dead.push(RELAY.into());
    assert!(world.run(Duration::from_secs(5), |seen| seen.viewer_end.is_some() && seen.host_end.is_some()));
}

/// A side that uses relays only says so: the other one is neither kept waiting nor told something else.
#[test]
fn who_uses_relays_only_says_so() {
    let mut world = World::with(12, true, false);
    let connection = world.dial();
    world.log_in(connection, "482915");
    assert!(world.run(Duration::from_secs(3), |seen| seen.no_direct.is_some()));
    let why = world.seen.no_direct.take().unwrap();
    assert!(why.starts_with("the other side offers no direct path"), "{why}");
    world.run(Duration::from_secs(120), |_| false);
    assert_eq!((&world.seen.no_direct, &world.seen.viewer_end), (&None, &None), "it is not tried again");
}

#[test]
fn a_wrong_code_is_refused_and_charged() {
    let mut world = World::new(3, true);
    let connection = world.dial();
    world.log_in(connection, "482916");
    assert!(world.run(Duration::from_secs(5), |seen| seen.refused == 1));
    assert_eq!((world.seen.charged, world.seen.refunded, world.seen.frames), (1, 0, 0));
}

#[test]
fn who_is_not_there_is_said_to_be_not_there() {
    let mut world = World::new(4, true);
    let target = DeviceId::from_number(1);
    world.viewer.machine.dial(world.air.now, Dial { target, pinned: None }).unwrap();
    assert!(world.run(Duration::from_secs(25), |seen| seen.viewer_end.is_some()));
    assert_eq!(world.seen.viewer_end, Some(ConnectionEnd::NotThere));
}

#[test]
fn t01_another_key_than_the_pinned_one_is_a_hard_stop() {
    let mut world = World::new(5, true);
    assert!(world.run(Duration::from_secs(5), |seen| seen.id.is_some()));
    let target = world.seen.id.unwrap();
    let pinned = Some((IdentityKey::from_bytes(&[77; 32]).public(), 1));
    world.viewer.machine.dial(world.air.now, Dial { target, pinned }).unwrap();
    assert!(world.run(Duration::from_secs(25), |seen| seen.viewer_end.is_some()));
    assert!(matches!(world.seen.viewer_end, Some(ConnectionEnd::HostKey(_))));
}

#[test]
fn a_server_that_moved_is_asked_for_and_found_again() {
    const ELSEWHERE: [u8; 4] = [198, 51, 100, 9];
    let mut world = World::new(6, true);
    assert!(world.run(Duration::from_secs(5), |seen| seen.id.is_some()));
    assert_eq!(world.seen.addresses_wanted, 0);
    world.rendezvous.move_to(ELSEWHERE);
    let before = world.seen.registered;
    assert!(world.run(Duration::from_secs(120), |seen| seen.addresses_wanted > 0), "nobody asks");
    let addresses = [((ELSEWHERE, 21_116).into(), Some((ELSEWHERE, 21_115).into()))];
    let now = world.air.now;
    world.host.machine.set_server_addresses(now, addresses);
    world.viewer.machine.set_server_addresses(now, addresses);
    assert!(world.run(Duration::from_secs(2), |seen| seen.registered > before));
    let connection = world.dial();
    world.log_in(connection, "482915");
    assert!(world.run(Duration::from_secs(5), |seen| seen.frames > 0));
    // Another network may know the server by another address; the first network is no other.
    let asked = world.seen.addresses_wanted;
    for (last, expected) in [(11, asked + 1), (12, asked + 2)] {
        world.host.change_network(world.air.now, [192, 0, 2, last]);
        world.run(Duration::ZERO, |_| false);
        assert_eq!(world.seen.addresses_wanted, expected);
    }
}

/// The handshake is done and nobody logs in: what a host keeps for such a stranger, engine, relays and search for a direct
/// path included. There are as many of them as the host takes viewers at most.
#[test]
fn t33_a_connection_that_waits_for_a_login_takes_a_quarter_of_a_mebibyte_at_most() {
    let held = |dials: bool| {
        let mut world = World::new(7, true);
        if dials {
            world.dial();
        }
        world.run(Duration::from_secs(8), |_| false);
        assert_eq!((world.seen.id.is_some(), world.seen.host_connection.is_some()), (true, dials));
        assert!(world.seen.logged_in_at.is_none() && world.seen.host_end.is_none());
        let World { host, .. } = world;
        let with = deskwire_conformance::live_bytes();
        drop(host);
        with - deskwire_conformance::live_bytes()
    };
    let one = held(true) - held(false);
    assert!((4_000..256 << 10).contains(&one), "{one} bytes");
}
