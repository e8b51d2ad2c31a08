//! The world of one session, and its course.

use std::time::Duration;

use deskwire_core::punch::{Filtering, Mapping, Report};
use deskwire_core::{ConnectionId, Dial, Path};
use deskwire_machine::Instant;
use deskwire_session::SoundArrival;
use deskwire_wire::sound::{SoundKind, SoundWish};

use super::device::{Punching, time_base};
use super::programs::{HostProgram, Notes, ViewerProgram};
use super::servers::{ALTERNATE, RENDEZVOUS, RENDEZVOUS_V6, relay_addresses, start_relay, start_rendezvous};
use super::{Meeting, Outcome};
use crate::{Access, HostId, Line, NetId, Recorded, World};

/// Between two pictures of the host while the session is watched, and while it only waits for the punch to be decided.
const PICTURE: Duration = Duration::from_micros(33_333);
const SLOW_PICTURE: Duration = Duration::from_secs(1);
/// The longest search for a direct path: all tries, and all of them again a minute after loss spoilt the first.
const SEARCH: Duration = Duration::from_secs(150);
/// Bytes of a frame: two packets.
const FRAME_BYTES: usize = 1_600;
/// Frames that must come after the path is decided: it also has to carry.
const FRAMES_AFTER: u32 = 3;
/// What the viewer says when it goes.
const GOODBYE: &str = "seen enough";

/// A world with a viewer, a host, a rendezvous server, and relays. Public so that tests can break things in the middle
/// of a session.
pub struct Stage {
    /// The world.
    pub world: World,
    /// The one who dials.
    pub viewer: HostId,
    /// The one who is dialled.
    pub host: HostId,
    /// Introduces them.
    pub rendezvous: HostId,
    /// Carry their packets.
    pub relays: Vec<HostId>,
    connection: Option<ConnectionId>,
    dialled: Instant,
}

impl Stage {
    /// Sets everything up and starts it; nobody has dialled yet.
    pub fn new(meeting: &Meeting) -> Self {
        let place = |world: &mut World, name: &str, access: Access, line: Line, n: u8| match access.gateway()
        {
            None => world.host_at(name, NetId::INTERNET, [203, 0, 113, n].into(), line),
            Some(config) => {
                let fast = Line::of(Duration::from_millis(1));
                let net = world.network(NetId::INTERNET, config, [203, 0, 113, n].into(), fast);
                world.host_at(name, net, [192, 168, n, 2].into(), line)
            }
        };
        Self::placed(meeting, |world| {
            let viewer = place(world, "viewer", meeting.viewer, meeting.viewer_line, 1);
            let host = place(world, "host", meeting.host, meeting.host_line, 2);
            [viewer, host]
        })
    }

    /// The same with viewer and host wherever `place` puts them; what the meeting says of their places is ignored.
    pub fn placed(meeting: &Meeting, place: impl FnOnce(&mut World) -> [HostId; 2]) -> Self {
        let mut world = World::new(meeting.seed);
        let rendezvous = world.host_at("rendezvous", NetId::INTERNET, RENDEZVOUS.into(), meeting.server_line);
        world.attach(rendezvous, NetId::INTERNET, RENDEZVOUS_V6.into(), meeting.server_line);
        if meeting.alternate {
            world.attach(rendezvous, NetId::INTERNET, ALTERNATE.into(), meeting.server_line);
        }
        let (count, cap, alternate) = (meeting.relays, meeting.relay_bytes, meeting.alternate);
        world.start(rendezvous, move |boot| start_rendezvous(boot, count, cap, alternate));
        let mut relays = Vec::new();
        for n in 1..=meeting.relays {
            let [v4, v6] = relay_addresses(n).map(|address| address.ip());
            let relay = world.host_at("relay", NetId::INTERNET, v4, meeting.server_line);
            world.attach(relay, NetId::INTERNET, v6, meeting.server_line);
            let places = meeting.relay_places;
            world.start(relay, move |boot| Recorded::new(start_relay(&boot, n, places)));
            relays.push(relay);
        }
        let [viewer, host] = place(&mut world);
        let punching = Punching { enabled: meeting.punch, guesses: meeting.guesses, offers: meeting.offers };
        let base = time_base();
        world.start(host, move |boot| HostProgram::start(boot, punching, base, FRAME_BYTES));
        world.start(viewer, move |boot| ViewerProgram::start(boot, punching, base));
        Self { world, viewer, host, rendezvous, relays, connection: None, dialled: Instant::ZERO }
    }

    /// Lets the host register and the viewer dial it.
    ///
    /// # Errors
    /// Says what did not work.
    pub fn dial(&mut self) -> Result<(), String> {
        let host = self.host;
        let registered = |world: &World| host_program(world, host).and_then(|host| host.notes.registered);
        self.world.run_while_not(Duration::from_secs(30), |world| registered(world).is_some());
        let target = registered(&self.world).ok_or("the host could not register")?;
        self.dialled = self.world.now();
        let dial = Dial { target, pinned: None };
        let asked =
            self.world.with(self.viewer, |viewer: &mut ViewerProgram, now| viewer.node.dial(now, dial));
        self.connection = Some(asked.map_err(|why| why.to_string())?);
        Ok(())
    }

    pub(crate) fn play(&mut self, meeting: &Meeting) -> Outcome {
        if let Err(why) = self.dial() {
            return self.outcome(Err(why));
        }
        let enough = meeting.frames;
        self.show(Duration::from_secs(40), PICTURE, |stage| stage.is_over() || stage.frames() >= enough);
        // Every try to punch takes its time; pictures only keep the session awake then.
        self.show(SEARCH, SLOW_PICTURE, |stage| stage.is_over() || stage.is_decided(meeting));
        let enough = self.frames() + FRAMES_AFTER;
        self.show(Duration::from_secs(10), PICTURE, |stage| stage.is_over() || stage.frames() >= enough);
        let path = match (self.end(), self.path()) {
            (Some(why), _) => Err(format!("the session ended: {why}")),
            (None, _) if self.frames() < enough => Err(format!("only {} frames arrived", self.frames())),
            (None, None) => Err("there is no session".to_owned()),
            (None, Some(path)) => Ok(path),
        };
        let path = if path.is_ok() { self.close().and(path) } else { path };
        self.outcome(path)
    }

    /// Lets the host's picture change again and again until `done` holds, at most for `limit`; whether it holds.
    pub fn show(&mut self, limit: Duration, every: Duration, done: impl Fn(&Self) -> bool) -> bool {
        let until = self.world.now() + limit;
        while !done(self) {
            if self.world.now() >= until {
                return false;
            }
            self.world.with(self.host, HostProgram::paint);
            self.world.run_for(every);
        }
        true
    }

    /// The viewer wants to have sound of the host so from now on.
    pub fn want_sound(&mut self, kind: SoundKind, wish: SoundWish) {
        let Some(connection) = self.connection else { return };
        self.world.with(self.viewer, |viewer: &mut ViewerProgram, now| {
            viewer
                .node
                .with_viewer(now, connection, |now, session| session.want_sound(now, kind, Some(wish)));
        });
    }

    /// The host plays a packet.
    pub fn play_sound(&mut self, kind: SoundKind, packet: &[u8]) {
        self.world.with(self.host, |host: &mut HostProgram, now| host.play(now, kind, packet));
    }

    /// The sound that came to the viewer since the last call, and when.
    pub fn take_sounds(&mut self) -> Vec<(Instant, SoundArrival)> {
        self.world.with(self.viewer, |viewer: &mut ViewerProgram, _| std::mem::take(&mut viewer.sounds))
    }

    /// How the gateway in front of the host maps, and whom it lets in, as far as the host knows; `None` while it does not
    /// run.
    pub fn host_nat(&self) -> Option<(Mapping, Filtering)> {
        host_program(&self.world, self.host).map(|host| host.node.nat())
    }

    /// What the viewer knows of its search for a direct path.
    pub fn punch_report(&self) -> Option<Report> {
        viewer_program(&self.world, self.viewer)?.node.punch_report(self.connection?)
    }

    /// What the rendezvous server counts; nothing while it does not run.
    pub fn rendezvous_stats(&self) -> Option<deskwire_rendezvous::server::ServerStats> {
        self.world
            .get(self.rendezvous)
            .map(|rendezvous: &super::servers::Rendezvous| rendezvous.server.stats())
    }

    /// Ends the session from the viewer's side.
    ///
    /// # Errors
    /// Says who did not notice.
    pub fn close(&mut self) -> Result<(), String> {
        let Some(connection) = self.connection else { return Err("nobody has dialled".to_owned()) };
        self.world.with(self.viewer, |viewer: &mut ViewerProgram, now| {
            viewer.node.close(now, connection, GOODBYE);
        });
        let (viewer, host) = (self.viewer, self.host);
        let over = |world: &World| {
            let viewer = viewer_program(world, viewer).and_then(|viewer| viewer.notes.ended.as_ref());
            let host = host_program(world, host).and_then(|host| host.notes.ended.as_ref());
            (viewer.is_some(), host.is_some())
        };
        self.world.run_while_not(Duration::from_secs(60), |world| over(world) == (true, true));
        match over(&self.world) {
            (true, true) => Ok(()),
            (true, false) => Err("the host did not notice that the viewer closed".to_owned()),
            _ => Err("the viewer closed, and no end came".to_owned()),
        }
    }

    /// Over what the viewer's data goes.
    pub fn path(&mut self) -> Option<Path> {
        let connection = self.connection?;
        self.world.with(self.viewer, |viewer: &mut ViewerProgram, _| viewer.node.stats(connection)?.path)
    }

    /// The round trip as the host's side measures it now.
    pub fn round_trip(&mut self) -> Option<Duration> {
        self.world.with(self.host, |host: &mut HostProgram, _| {
            let connection = host.notes.connections.keys().next_back()?;
            Some(host.node.stats(*connection)?.transport?.rtt)
        })
    }

    /// Which relays carry the session now, or would: how many sessions each has.
    pub fn relay_sessions(&self) -> Vec<usize> {
        let sessions = |relay: &HostId| {
            let relay: Option<&Recorded<deskwire_relay::Server>> = self.world.get(*relay);
            relay.map_or(0, |relay| relay.machine.stats().paired)
        };
        self.relays.iter().map(sessions).collect()
    }

    /// The bytes that each relay has carried.
    pub fn relay_bytes(&self) -> Vec<u64> {
        let bytes = |relay: &HostId| {
            let relay: Option<&Recorded<deskwire_relay::Server>> = self.world.get(*relay);
            relay.map_or(0, |relay| relay.machine.stats().bytes)
        };
        self.relays.iter().map(bytes).collect()
    }

    /// Tells a relay, the first is 0, to take no more sessions.
    pub fn drain(&mut self, relay: usize) {
        let relay = self.relays[relay];
        self.world.with(relay, |relay: &mut Recorded<deskwire_relay::Server>, now| relay.machine.drain(now));
    }

    /// What both sides complained about.
    pub fn problems(&self) -> Vec<String> {
        let viewer = self.viewer_notes().map(|notes| notes.problems.clone()).unwrap_or_default();
        let host = host_program(&self.world, self.host).map(|host| host.notes.problems.clone());
        [viewer, host.unwrap_or_default()].concat()
    }

    /// Why the session is over on the host's side, if it is.
    pub fn host_end(&self) -> Option<String> {
        host_program(&self.world, self.host).and_then(|host| host.notes.ended.clone())
    }

    /// Frames that the viewer got.
    pub fn frames(&self) -> u32 {
        self.viewer_notes().map_or(0, |notes| notes.frames)
    }

    /// Why the session is over on the viewer's side, if it is.
    pub fn end(&self) -> Option<String> {
        self.viewer_notes().and_then(|notes| notes.ended.clone())
    }

    /// Whether the session is over on the viewer's side.
    pub fn is_over(&self) -> bool {
        self.viewer_notes().is_some_and(|notes| notes.ended.is_some())
    }

    /// Whether the viewer sends straight to the host.
    pub fn is_direct(&self) -> bool {
        self.viewer_notes().is_some_and(Notes::is_direct)
    }

    /// The longest time the viewer went without a frame, since the last call of [`Stage::forget_gap`].
    pub fn longest_gap(&self) -> Duration {
        viewer_program(&self.world, self.viewer).map_or(Duration::ZERO, |viewer| viewer.longest_gap)
    }

    /// Measures the longest gap anew.
    pub fn forget_gap(&mut self) {
        self.world.with(self.viewer, |viewer: &mut ViewerProgram, _| viewer.longest_gap = Duration::ZERO);
    }

    /// Whether it is known if there will be a direct path. Where there must be one, a search that fails is repeated.
    fn is_decided(&self, meeting: &Meeting) -> bool {
        let Some(notes) = self.viewer_notes() else { return false };
        let failed = notes.punch_failed.is_some() && meeting.expected().chance() < 1.0;
        !meeting.punch || failed || notes.is_direct()
    }

    pub(super) fn viewer_notes(&self) -> Option<&Notes> {
        viewer_program(&self.world, self.viewer).map(|viewer| &viewer.notes)
    }

    /// What came of it.
    pub(super) fn outcome(&self, path: Result<Path, String>) -> Outcome {
        let notes = self.viewer_notes().cloned().unwrap_or_default();
        let mut problems = notes.all_problems();
        problems
            .extend(host_program(&self.world, self.host).map(|h| h.notes.all_problems()).unwrap_or_default());
        let since = |at: Option<Instant>| at.map(|at| at - self.dialled);
        Outcome {
            path,
            introduced: since(notes.introduced),
            established: since(notes.established),
            logged_in: since(notes.logged_in),
            first_frame: since(notes.first_frame),
            direct: since(notes.path.filter(|(path, _)| path.is_direct()).map(|(_, at)| at)),
            frames: notes.frames,
            longest_gap: self.longest_gap(),
            punch_failed: notes.punch_failed,
            problems,
            virtual_time: self.world.now() - Instant::ZERO,
            hash: self.world.hash(),
            stats: self.world.stats(),
            trace: Vec::new(),
        }
    }
}

fn viewer_program(world: &World, viewer: HostId) -> Option<&ViewerProgram> {
    world.get(viewer)
}

fn host_program(world: &World, host: HostId) -> Option<&HostProgram> {
    world.get(host)
}
