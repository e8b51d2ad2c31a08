//! Whole sessions: two devices, a rendezvous server and a relay, from registration to frames on the screen.

mod programs;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use deskwire_core::transport::TimeBase;
use deskwire_core::{Config, ConnectionId, Dial, Host, Limits, Node, Path};
use deskwire_identity::IdentityKey;
use deskwire_machine::{Instant, Seed};
use deskwire_session::OneTimeCode;
use deskwire_wire::ids::RelayId;
use deskwire_wire::session::Scopes;

use crate::{Access, Boot, HostId, Line, NetId, Recorded, World, WorldStats};
use programs::{HostProgram, Notes, Rendezvous, ViewerProgram};

/// Unix time at the beginning of every world.
const UNIX: u64 = 1_800_000_000;
const CODE: &str = "123456";

/// One session to run.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// Where everything random comes from.
    pub seed: u64,
    /// Where the viewer stands.
    pub viewer: Access,
    /// Where the host stands.
    pub host: Access,
    /// Whether direct paths are looked for.
    pub punch: bool,
    /// The lines of both devices.
    pub line: Line,
    /// How many frames must arrive.
    pub frames: u32,
}

impl Scenario {
    /// A session between two kinds of access over good lines.
    pub fn new(seed: u64, viewer: Access, host: Access) -> Self {
        Self { seed, viewer, host, punch: true, line: Line::default(), frames: 50 }
    }
}

/// What became of a session.
#[derive(Clone, PartialEq, Debug)]
pub struct Outcome {
    /// Over what its data went at the end; or why it failed.
    pub path: Result<Path, String>,
    /// From the dial to the established channel.
    pub established: Option<Duration>,
    /// From the dial to the login.
    pub logged_in: Option<Duration>,
    /// From the dial to the first frame.
    pub first_frame: Option<Duration>,
    /// From the dial to the direct path.
    pub direct: Option<Duration>,
    /// Frames the viewer got.
    pub frames: u32,
    /// The longest time without a frame.
    pub longest_gap: Duration,
    /// Why there is no direct path, in the puncher's words.
    pub punch_failed: Option<String>,
    /// What either side complained about.
    pub problems: Vec<String>,
    /// Virtual time in all.
    pub virtual_time: Duration,
    /// The world's hash.
    pub hash: u64,
    /// The world's counts.
    pub stats: WorldStats,
    /// What happened to every packet, if asked for.
    pub trace: Vec<String>,
}

/// The hand-written answer: does a session between these two end on a direct path? Rows and columns are in the order
/// of [`Access::ALL`]. "Plain" punching is expected, neither port prediction nor luck.
pub const fn is_direct_expected(viewer: Access, host: Access) -> bool {
    !matches!(
        (viewer, host),
        (Access::UdpBlocked, _)
            | (_, Access::UdpBlocked)
            | (Access::Symmetric, Access::Symmetric | Access::PortRestricted)
            | (Access::PortRestricted, Access::Symmetric)
    )
}

/// Runs a session. With `trace` what happened to every packet is written down.
pub fn run(scenario: &Scenario, trace: bool) -> Outcome {
    let mut stage = Stage::new(scenario);
    if trace {
        stage.world.start_trace();
    }
    let outcome = stage.play(scenario);
    Outcome { trace: stage.world.take_trace(), ..outcome }
}

struct Stage {
    world: World,
    viewer: HostId,
    host: HostId,
}

impl Stage {
    fn new(scenario: &Scenario) -> Self {
        let mut world = World::new(scenario.seed);
        let key = IdentityKey::from_bytes(&[9; 32]);
        let good = Line::of(Duration::from_millis(5));
        let rendezvous = world.host_at("rendezvous", NetId::INTERNET, [198, 51, 100, 1].into(), good);
        let relay = world.host_at("relay", NetId::INTERNET, [198, 51, 100, 2].into(), good);
        let server_key = key.clone();
        world.start(rendezvous, move |boot| start_rendezvous(boot, &server_key));
        let server_key = key.clone();
        world.start(relay, move |boot| Recorded::new(start_relay(&boot, &server_key)));
        let place = |world: &mut World, name: &str, access: Access, n: u8| match access.gateway() {
            None => world.host_at(name, NetId::INTERNET, [203, 0, 113, n].into(), scenario.line),
            Some(config) => {
                let fast = Line::of(Duration::from_millis(1));
                let net = world.network(NetId::INTERNET, config, [203, 0, 113, n].into(), fast);
                world.host_at(name, net, [192, 168, n, 2].into(), scenario.line)
            }
        };
        let viewer = place(&mut world, "viewer", scenario.viewer, 1);
        let host = place(&mut world, "host", scenario.host, 2);
        let punch = scenario.punch;
        // The engine wants one instant of the system's clock to count from; which one makes no difference.
        let base = TimeBase::new(std::time::Instant::now());
        let server = key.public();
        world.start(host, move |boot| HostProgram {
            node: node(&boot, &server, true, punch, base),
            notes: Notes::default(),
            frame_bytes: 6_000,
            wanted: None,
        });
        world.start(viewer, move |boot| ViewerProgram {
            node: node(&boot, &server, false, punch, base),
            notes: Notes::default(),
            code: code(),
            connection: None,
            longest_gap: Duration::ZERO,
            last_frame: None,
        });
        Self { world, viewer, host }
    }

    fn play(&mut self, scenario: &Scenario) -> Outcome {
        let (viewer, host) = (self.viewer, self.host);
        let registered = |world: &World| notes_of_host(world, host).registered;
        if !self.world.run_while_not(Duration::from_secs(30), |world| registered(world).is_some()) {
            return self.outcome(Instant::ZERO, Err("the host could not register".to_owned()));
        }
        let Some(target) = registered(&self.world) else {
            return self.outcome(Instant::ZERO, Err("the host has no id".to_owned()));
        };
        let dialled = self.world.now();
        let asked = self.world.with(viewer, |program: &mut ViewerProgram, now| {
            let asked = program.node.dial(now, Dial { target, pinned: None });
            program.connection = asked.as_ref().ok().copied();
            asked
        });
        let connection = match asked {
            Ok(connection) => connection,
            Err(why) => return self.outcome(dialled, Err(why.to_string())),
        };
        let enough = scenario.frames;
        // Long enough for every attempt to punch, and not cut short by success: a path must also stay.
        let settled = |world: &World| {
            let notes = notes_of_viewer(world, viewer);
            let decided = !scenario.punch || notes.punch_failed.is_some() || is_direct(&notes);
            notes.ended.is_some() || decided && notes.frames >= enough
        };
        self.show(Duration::from_secs(60), settled);
        self.show(Duration::from_secs(2), |_| false);
        let notes = notes_of_viewer(&self.world, viewer);
        let path = match (&notes.ended, self.path(connection)) {
            (Some(why), _) => Err(format!("the session ended: {why}")),
            (None, None) => Err("there is no session".to_owned()),
            (None, Some(_)) if notes.frames < enough => Err(format!("only {} frames arrived", notes.frames)),
            (None, Some(path)) => Ok(path),
        };
        self.outcome(dialled, path)
    }

    /// Lets the host's picture change 30 times a second until `done` holds, at most for `limit`.
    fn show(&mut self, limit: Duration, done: impl Fn(&World) -> bool) {
        let until = self.world.now() + limit;
        while self.world.now() < until && !done(&self.world) {
            self.world.with(self.host, HostProgram::paint);
            self.world.run_for(Duration::from_micros(33_333));
        }
    }

    fn path(&mut self, connection: ConnectionId) -> Option<Path> {
        self.world.with(self.viewer, |program: &mut ViewerProgram, _| program.node.stats(connection)?.path)
    }

    fn outcome(&self, dialled: Instant, path: Result<Path, String>) -> Outcome {
        let program = self.world.get::<ViewerProgram>(self.viewer);
        let notes = notes_of_viewer(&self.world, self.viewer);
        let mut problems = notes.problems.clone();
        problems.extend(notes_of_host(&self.world, self.host).problems);
        let since = |at: Option<Instant>| at.map(|at| at - dialled);
        Outcome {
            path,
            established: since(notes.established),
            logged_in: since(notes.logged_in),
            first_frame: since(notes.first_frame),
            direct: since(notes.path.filter(|(path, _)| path.is_direct()).map(|(_, at)| at)),
            frames: notes.frames,
            longest_gap: program.map_or(Duration::ZERO, |program| program.longest_gap),
            punch_failed: notes.punch_failed,
            problems,
            virtual_time: self.world.now() - Instant::ZERO,
            hash: self.world.hash(),
            stats: self.world.stats(),
            trace: Vec::new(),
        }
    }
}

fn notes_of_viewer(world: &World, viewer: HostId) -> Notes {
    world.get::<ViewerProgram>(viewer).map(|program| program.notes.clone()).unwrap_or_default()
}

fn notes_of_host(world: &World, host: HostId) -> Notes {
    world.get::<HostProgram>(host).map(|program| program.notes.clone()).unwrap_or_default()
}

fn is_direct(notes: &Notes) -> bool {
    notes.path.is_some_and(|(path, _)| path.is_direct())
}

fn code() -> OneTimeCode {
    CODE.parse().expect("six digits")
}

fn unix_time(boot: &Boot) -> u64 {
    UNIX + boot.now.as_micros() / 1_000_000
}

fn node(
    boot: &Boot,
    server_key: &deskwire_identity::PublicKey,
    is_host: bool,
    punch: bool,
    time_base: TimeBase,
) -> Node {
    let host = Host {
        id: None,
        certificate: None,
        epoch: 0,
        code: Some(code()),
        granted: Scopes::ALL,
        max_viewers: 4,
    };
    let config = Config {
        seed: boot.seed.derive("node"),
        identity: IdentityKey::generate(&mut boot.seed.derive("identity").secret()),
        server: deskwire_core::Server {
            address: SocketAddr::from(([198, 51, 100, 1], 21_116)),
            reflector: Some(SocketAddr::from(([198, 51, 100, 1], 21_115))),
            key: Some(*server_key),
        },
        host: is_host.then_some(host),
        time_base,
        unix_time: unix_time(boot),
        punch,
        limits: Limits::default(),
    };
    Node::new(boot.now, config)
}

fn start_rendezvous(boot: Boot, key: &IdentityKey) -> Rendezvous {
    let unix_time = unix_time(&boot);
    let mut config = deskwire_rendezvous::server::ServerConfig::new(
        boot.seed.derive("rendezvous"),
        key.clone(),
        unix_time,
    );
    config.ids = boot.ids;
    config.relays = vec![deskwire_rendezvous::server::RelayInfo {
        id: RelayId(1),
        addresses: vec![SocketAddr::from(([198, 51, 100, 2], 21_117))],
        penalty_ms: 0,
        draining: false,
    }];
    let kept = boot.previous.and_then(|old| old.downcast::<Rendezvous>().ok());
    let owners = kept.map_or_else(BTreeMap::new, |old| old.owners);
    Rendezvous { server: deskwire_rendezvous::Server::new(boot.now, config), owners }
}

fn start_relay(boot: &Boot, key: &IdentityKey) -> deskwire_relay::Server {
    let at = vec![SocketAddr::from(([0, 0, 0, 0], 21_117))];
    let config = deskwire_relay::ServerConfig {
        udp: at.clone(),
        tcp: at,
        relay: RelayId(1),
        server_key: key.public(),
        unix_s: unix_time(boot),
        limits: deskwire_relay::ServerLimits::default(),
        seed: boot.seed.derive("relay"),
        ids: boot.ids.clone(),
    };
    deskwire_relay::Server::new(boot.now, config)
}

/// A seed for the `n`th of several sessions.
pub fn nth_seed(seed: u64, n: u64) -> u64 {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    Seed::new(bytes).derive_indexed("session", n).public().next_u64()
}
