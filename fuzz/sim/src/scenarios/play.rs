//! Runs a scenario and judges it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::OnceLock;
use std::time::Duration;

use deskwire_core::{ConnectionId, Dial, OfferToAll};
use deskwire_identity::PublicKey;
use deskwire_machine::Instant;
use deskwire_wire::ids::DeviceId;

use super::judge::LOGIN;
use super::place::SERVERS_AHEAD;
use super::{End, Scenario, Side, Verdict};
use crate::sessions::device::{Punching, time_base};
use crate::sessions::programs::{HostProgram, Track, ViewerProgram};
use crate::sessions::servers::{RENDEZVOUS, RENDEZVOUS_V6, relay_addresses, start_relay, start_rendezvous};
use crate::sessions::{Meeting, Stage};
use crate::{Access, ClockSkew, HostId, NetId, Recorded, World};

/// Ports that may be guessed: enough to do it, and not so many that it is all that is done.
const GUESSES: u32 = 128;
/// Between two pictures of the host.
const PICTURE: Duration = Duration::from_millis(250);
/// How long it takes at most until a host is registered, when nothing is wrong.
const REGISTER: Duration = Duration::from_secs(60);
/// How long it takes at most until everybody can be dialled again once everything works.
const RECOVER: Duration = Duration::from_secs(240);
/// How long it takes at most until both sides know that it is over.
const CLOSE: Duration = Duration::from_secs(30);

/// What an adversary has from elsewhere: the datagrams of another session.
fn other_session() -> &'static [Vec<u8>] {
    static PACKETS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    PACKETS.get_or_init(|| {
        let meeting = Meeting::new(4_242, Access::PortRestricted, Access::Restricted);
        let mut stage = Stage::new(&meeting);
        stage.world.start_capture();
        stage.play(&meeting);
        stage.world.take_capture()
    })
}

pub(super) fn run(scenario: &Scenario, trace: bool) -> Verdict {
    let played = catch_unwind(AssertUnwindSafe(|| {
        let mut play = Play::new(scenario, trace);
        let end = play.play(scenario);
        play.verdict(end)
    }));
    played.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Verdict {
            end: End::Broken,
            wrong: vec![format!("a panic: {}", text.unwrap_or("without words"))],
            dials: 0,
            frames: 0,
            virtual_time: Duration::ZERO,
            hash: 0,
            stats: crate::WorldStats::default(),
            trace: Vec::new(),
        }
    })
}

type Keys = Rc<RefCell<BTreeSet<PublicKey>>>;

/// A scenario that runs.
pub(super) struct Play {
    pub(super) world: World,
    pub(super) viewer: HostId,
    pub(super) host: HostId,
    pub(super) rendezvous: HostId,
    pub(super) relays: Vec<HostId>,
    /// A network for each device to roam to.
    pub(super) elsewhere: [NetId; 2],
    pub(super) scenario: Scenario,
    /// Everybody who ever was the viewer, and the host.
    pub(super) viewers: Keys,
    pub(super) hosts: Keys,
    pub(super) wrong: Vec<String>,
    pub(super) dials: u32,
    pub(super) frames_before: u32,
    pub(super) connection: Option<ConnectionId>,
    /// By how much bounds are longer, because the devices' own clocks stood still.
    pub(super) slack: Duration,
}

impl Play {
    pub(super) fn new(scenario: &Scenario, trace: bool) -> Self {
        let mut world = World::new(scenario.seed);
        if trace {
            world.start_trace();
        }
        let ahead = u64::try_from(SERVERS_AHEAD.as_micros()).unwrap_or(0);
        let clock = ClockSkew { ahead, drift_ppm: 0 };
        let mut server = |name: &str, addrs: [IpAddr; 2]| {
            let host = world.host(name, clock);
            for addr in addrs {
                world.attach(host, NetId::INTERNET, addr, scenario.server_line);
            }
            host
        };
        let rendezvous = server("rendezvous", [RENDEZVOUS.into(), RENDEZVOUS_V6.into()]);
        let relays: Vec<(u8, HostId)> = (1..=scenario.relays)
            .map(|n| (n, server("relay", relay_addresses(n).map(|address| address.ip()))))
            .collect();
        let count = scenario.relays;
        world.start(rendezvous, move |boot| start_rendezvous(boot, count, 0, false));
        for (n, relay) in &relays {
            let n = *n;
            world.start(*relay, move |boot| Recorded::new(start_relay(&boot, n, 1_000)));
        }
        let viewer = scenario.viewer.build(&mut world, "viewer", 1);
        let host = scenario.host.build(&mut world, "host", 2);
        let elsewhere = [101, 102].map(|n| {
            let fast = crate::Line::of(Duration::from_millis(1));
            let config = crate::NatConfig::port_restricted();
            world.network(NetId::INTERNET, config, [203, 0, 113, n].into(), fast)
        });
        let (viewers, hosts) = (Keys::default(), Keys::default());
        let mut play = Self {
            world,
            viewer,
            host,
            rendezvous,
            relays: relays.into_iter().map(|(_, relay)| relay).collect(),
            elsewhere,
            scenario: scenario.clone(),
            viewers,
            hosts,
            wrong: Vec::new(),
            dials: 0,
            frames_before: 0,
            connection: None,
            slack: Duration::ZERO,
        };
        if scenario.adversary.is_some_and(|adversary| adversary.early) {
            play.set_adversary(true);
        }
        play.start_devices();
        play
    }

    fn start_devices(&mut self) {
        let punch =
            Punching { enabled: self.scenario.punch, guesses: GUESSES, offers: OfferToAll::default() };
        let (base, bytes) = (time_base(), self.scenario.frame_bytes);
        let (viewers, hosts) = (self.viewers.clone(), self.hosts.clone());
        self.world.start(self.host, move |boot| {
            let program = HostProgram::start(boot, punch, base, bytes);
            hosts.borrow_mut().insert(program.disk.identity.public());
            program
        });
        self.world.start(self.viewer, move |boot| {
            let program = ViewerProgram::start(boot, punch, base);
            viewers.borrow_mut().insert(program.disk.identity.public());
            program
        });
    }

    pub(super) fn play(&mut self, scenario: &Scenario) -> End {
        let Some(target) = self.register() else {
            if scenario.adversary.is_none_or(|adversary| !adversary.early) {
                self.wrong(format!("the host was not registered within {} s", REGISTER.as_secs()));
            }
            self.set_adversary(false);
            self.recover();
            return End::Unregistered;
        };
        let dialled = self.world.now();
        self.dial(target);
        self.set_adversary(true);
        let mut horizon = scenario.adversary.map_or(Duration::ZERO, |adversary| adversary.leaves);
        for timed in &scenario.acts {
            horizon = horizon.max(timed.at + timed.lasts);
        }
        let mut acts = scenario.acts.clone();
        acts.sort_by_key(|timed| timed.at);
        for timed in acts {
            self.show_until(dialled + timed.at);
            self.act(timed);
        }
        self.show_until(dialled + horizon);
        self.heal();
        let end = self.settle();
        self.check_path(&end);
        if !matches!(end, End::Served(_)) {
            self.recover();
        }
        self.close();
        end
    }

    /// Waits for the host to be there.
    pub(super) fn register(&mut self) -> Option<DeviceId> {
        let host = self.host;
        let limit = REGISTER + self.slack;
        self.world.run_while_not(limit, |world| registered(world, host).is_some());
        registered(&self.world, host)
    }

    pub(super) fn dial(&mut self, target: DeviceId) {
        if self.world.get::<ViewerProgram>(self.viewer).is_none() {
            return;
        }
        self.dials += 1;
        self.frames_before = self.frames();
        let dial = Dial { target, pinned: None };
        let asked = self.world.with(self.viewer, |viewer: &mut ViewerProgram, now| {
            let asked = viewer.node.dial(now, dial);
            if let Ok(connection) = asked {
                viewer.notes.connections.insert(connection, Track::new(now));
            }
            asked
        });
        match asked {
            Ok(connection) => self.connection = Some(connection),
            Err(why) => self.wrong(format!("the dial was refused: {why}")),
        }
    }

    pub(super) fn dial_again(&mut self) {
        if let Some(target) = registered(&self.world, self.host) {
            self.dial(target);
        }
    }

    pub(super) fn hang_up(&mut self) {
        if self.world.get::<ViewerProgram>(self.viewer).is_some() {
            self.world.with(self.viewer, |viewer: &mut ViewerProgram, now| {
                for connection in viewer.notes.connections.keys() {
                    viewer.node.close(now, *connection, "seen enough");
                }
            });
        }
    }

    pub(super) fn set_adversary(&mut self, there: bool) {
        let Some(adversary) = self.scenario.adversary else { return };
        let knows = other_session();
        let host = if adversary.side == Side::Viewer { self.viewer } else { self.host };
        for interface in 0..2 {
            self.world.set_adversary(host, interface, there.then_some(adversary.powers), knows);
        }
    }

    /// Lets time pass and pictures change, and looks at the bounds.
    pub(super) fn show_until(&mut self, until: Instant) {
        while self.world.now() < until {
            self.picture();
        }
    }

    pub(super) fn picture(&mut self) {
        if self.world.get::<HostProgram>(self.host).is_some() && !self.world.is_asleep(self.host) {
            self.world.with(self.host, HostProgram::paint);
        }
        self.world.run_for(PICTURE);
        self.check_bounds();
    }

    pub(super) fn frames(&self) -> u32 {
        self.world.get::<ViewerProgram>(self.viewer).map_or(0, |viewer| viewer.notes.frames)
    }

    /// Whatever happened: a new dial works, once everything does.
    fn recover(&mut self) {
        if self.scenario.relays == 0 {
            return;
        }
        let until = self.world.now() + RECOVER;
        while self.world.now() < until {
            if let Some(target) = self.register() {
                self.dial(target);
                if matches!(self.settle(), End::Served(_)) {
                    return;
                }
            }
            self.world.run_for(Duration::from_secs(5));
        }
        let track = self.track();
        self.wrong(format!("nobody could be dialled any more when all worked again: {track:?}"));
    }

    /// Ends the session; both sides notice.
    pub(super) fn close(&mut self) {
        self.hang_up();
        let (viewer, host) = (self.viewer, self.host);
        let over = |world: &World| {
            [viewer, host].iter().all(|id| tracks(world, *id).iter().all(|track| track.ended.is_some()))
        };
        // Whoever was dialled at the last moment may take its time.
        self.world.run_while_not(CLOSE.max(LOGIN) + self.slack, over);
        for (name, id) in [("viewer", viewer), ("host", host)] {
            if let Some(track) = tracks(&self.world, id).iter().find(|track| track.ended.is_none()) {
                self.wrong(format!("the {name} does not know that it is over: {track:?}"));
            }
        }
    }

    pub(super) fn wrong(&mut self, what: String) {
        if self.wrong.len() < 4 {
            self.wrong.push(what);
        }
    }
}

fn registered(world: &World, host: HostId) -> Option<DeviceId> {
    world.get::<HostProgram>(host)?.notes.registered
}

pub(super) fn tracks(world: &World, host: HostId) -> Vec<Track> {
    let viewer = world.get::<ViewerProgram>(host).map(|viewer| &viewer.notes);
    let notes = viewer.or_else(|| world.get::<HostProgram>(host).map(|host| &host.notes));
    notes.map(|notes| notes.connections.values().cloned().collect()).unwrap_or_default()
}

impl Play {
    pub(super) const fn device(&self, side: Side) -> HostId {
        match side {
            Side::Viewer => self.viewer,
            Side::Host => self.host,
        }
    }
}
