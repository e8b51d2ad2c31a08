//! What the transport does on its own account between the engine's events: paths, silence, keys, deadlines.

use core::time::Duration;

use deskwire_machine::{Deadline, Instant, LinkId, change, earliest};
use noq_proto::{Connection, ConnectionError, Event as EngineEvent, PathEvent, PathId, PathStatus, Side};

use crate::event::{Closed, Event};
use crate::meter::Metered;
use crate::paths::{PROBE_EVERY, Path, PathKind, Phase as PathPhase, RETIRE_STEP, RETIRE_STEPS};
use crate::quality::MEASURE_EVERY;
use crate::transport::{Phase, Role, Transport};

/// Between two tries to open a path when the engine has no connection ids for it yet (they take a round trip).
const OPEN_AGAIN: Duration = Duration::from_millis(50);

/// Detours that are shorter are nobody's business.
const SHORT_DETOUR: Duration = Duration::from_millis(900);

/// How long a path may take to be validated.
const OPEN_LIMIT: Duration = Duration::from_secs(5);

/// What the peer is told when a path is closed (the multipath draft's APPLICATION_ABANDON_PATH).
const ABANDONED: u32 = 0x3e;

impl Transport {
    /// Turns the engine's events into ours.
    pub(crate) fn handle_engine_events(&mut self, now: Instant) {
        let mut out = Vec::new();
        while let Some(event) = self.connection.as_mut().and_then(Connection::poll) {
            match event {
                EngineEvent::Connected => self.handle_connected(now),
                EngineEvent::ConnectionLost { reason } => self.handle_lost(&reason),
                EngineEvent::Stream(event) => {
                    let Some(connection) = &mut self.connection else { break };
                    let side = connection.side();
                    self.channels.handle(connection, side, event, &mut out);
                    if self.phase == Phase::Established {
                        self.events.extend(out.drain(..));
                    }
                    out.clear();
                }
                EngineEvent::Path(event) => self.handle_path_event(now, event),
                // Datagrams are fetched when the owner asks for events.
                _ => {}
            }
        }
    }

    fn handle_connected(&mut self, now: Instant) {
        let Some(peer) = self.peer().filter(|_| self.phase == Phase::Handshaking) else { return };
        change(&mut self.phase, Phase::Established);
        self.watch.heard = now;
        self.watch.keys = now + self.config.timing.key_update;
        self.events.push_back(Event::Established(peer));
        // The dialling side's first path is the one of the first link; the answering side's was noted when its first
        // packet was authentic.
        let first = self.paths.with_id(PathId::ZERO).map(|path| path.link);
        if let Some(link) = first {
            self.handle_path_up(now, link);
        }
    }

    fn handle_lost(&mut self, reason: &ConnectionError) {
        let reason = self.reason_of(reason);
        self.end(reason);
    }

    fn handle_path_event(&mut self, now: Instant, event: PathEvent) {
        match event {
            PathEvent::Established { id, .. } => {
                if let Some(link) = self.paths.with_id(id).map(|path| path.link) {
                    self.handle_path_up(now, link);
                }
            }
            PathEvent::Abandoned { id, .. } => {
                if let Some(link) = self.paths.with_id(id).map(|path| path.link) {
                    self.handle_path_down(now, link);
                }
            }
            PathEvent::Discarded { id, .. } => {
                if let Some(path) = self.paths.with_id(id) {
                    (path.id, path.flight) = (None, None);
                }
                self.paths.prune();
            }
            PathEvent::RemoteStatus { id, status, .. } => self.handle_remote_status(id, status),
            _ => {}
        }
    }

    /// The engine has a path for this link from now on.
    pub(crate) fn handle_new_path(&mut self, now: Instant, link: LinkId) {
        let (Some(connection), Some(path)) = (&self.connection, self.paths.of_mut(link)) else { return };
        let Some(id) = path.id else { return };
        path.flight = connection.congestion_state(id).and_then(Metered::flight_of);
        if let Some(flight) = &path.flight {
            flight.set_carried(now, true);
        }
        if let PathPhase::Waiting(_) = path.phase {
            change(&mut path.phase, PathPhase::Opening(now));
        }
        self.paths.note_active();
    }

    fn handle_path_up(&mut self, now: Instant, link: LinkId) {
        let Some(path) = self.paths.of_mut(link).filter(|path| !path.is_up()) else { return };
        change(&mut path.phase, PathPhase::Up);
        (path.was_up, path.heard) = (true, now);
        if let Some(rtt) = path.id.and_then(|id| self.connection.as_ref()?.rtt(id)) {
            path.quality.note_validated(now, rtt);
        }
        self.events.push_back(Event::PathUp { link });
        // The answering side learns from the statuses of the other which path it prefers.
        if self.side() == Side::Client || self.paths.active.is_none() {
            self.watch.judged = Instant::ZERO;
            self.choose_active(now);
        } else {
            self.apply_statuses();
        }
    }

    /// A path is over. What it carried goes elsewhere; the engine forgets it a little later.
    pub(crate) fn handle_path_down(&mut self, now: Instant, link: LinkId) {
        let Some(path) = self.paths.of_mut(link) else { return };
        if let PathPhase::Down(_) = path.phase {
            return;
        }
        change(&mut path.phase, PathPhase::Down(now + RETIRE_STEP));
        path.steps = 0;
        self.events.push_back(Event::PathDown { link });
        let moved = self.paths.evacuate(link);
        self.send_again(now, moved);
        if self.paths.active == Some(link) {
            self.choose_active(now);
        }
        self.tell_active();
    }

    /// The owner's link is gone.
    pub(crate) fn handle_link_closed(&mut self, now: Instant, link: LinkId) {
        let Some(path) = self.paths.of_mut(link) else { return };
        path.open = false;
        if self.phase == Phase::Handshaking && Some(path.address) == self.origin {
            let other = self.paths.all().find(|path| path.open).map(|path| path.link);
            if let Some(other) = other {
                self.events.push_back(Event::PathDown { link });
                self.paths.take_over(now, link, other);
                return;
            }
        }
        self.handle_path_down(now, link);
        self.paths.prune();
    }

    /// A new link takes the place of the one that the handshake began on, if that is gone.
    pub(crate) fn rescue_handshake(&mut self, now: Instant, link: LinkId) {
        let origin = self.origin.filter(|_| self.phase == Phase::Handshaking);
        let lost = origin.and_then(|origin| self.paths.at(origin)).filter(|path| !path.open);
        if let Some(lost) = lost.map(|path| path.link) {
            self.paths.take_over(now, lost, link);
        }
    }

    fn handle_remote_status(&mut self, id: PathId, status: PathStatus) {
        if self.side() == Side::Client || status != PathStatus::Available {
            return;
        }
        if let Some(link) =
            self.paths.with_id(id).filter(|path| !matches!(path.phase, PathPhase::Down(_))).map(|p| p.link)
        {
            self.paths.active = Some(link);
            self.paths.note_active();
            self.apply_statuses();
            self.tell_active();
        }
    }

    pub(crate) fn choose_active(&mut self, now: Instant) {
        if let Some(best) = self.paths.best(now) {
            self.paths.activate(now, best);
            self.apply_statuses();
        }
        self.tell_active();
    }

    /// The owner is about to close a link: what it carries goes elsewhere now, if there is an elsewhere, so that nothing
    /// is lost when it closes. The dialling side decides; the other follows.
    pub fn retire_path(&mut self, now: Instant, link: LinkId) {
        self.paths.set_kind(link, PathKind::Leaving);
        if self.phase == Phase::Established && self.side() == Side::Client {
            self.choose_active(now);
        }
        self.observe(now);
        self.touch();
    }

    /// Tells the engine which path is preferred, and how often idle ones are to be used.
    fn apply_statuses(&mut self) {
        let is_dialler = self.side() == Side::Client;
        let Some(connection) = &mut self.connection else { return };
        for path in self.paths.all() {
            let Some(id) = path.id else { continue };
            let is_active = Some(path.link) == self.paths.active;
            let status = if is_active { PathStatus::Available } else { PathStatus::Backup };
            // Paths that the engine has given up already are none of ours.
            if connection.path_status(id) != Ok(status) {
                let _ = connection.set_path_status(id, status);
            }
            if is_dialler {
                let timing = &self.config.timing;
                let interval = match path.kind {
                    _ if is_active => timing.keep_alive,
                    PathKind::Direct if path.quality.was_left() => {
                        MEASURE_EVERY.min(timing.backup_keep_alive)
                    }
                    _ => timing.backup_keep_alive,
                };
                if connection.set_path_keep_alive_interval(id, Some(interval)) != Ok(Some(interval)) {
                    // The new interval only counts from the next packet on.
                    let _ = connection.ping_path(id);
                }
            }
        }
    }

    /// Says which link carries data now, if that changed. A detour that a lost packet caused is over before anybody
    /// would want to know.
    fn tell_active(&mut self) {
        let now = self.clock.now();
        let Some(path) = self.paths.active.and_then(|link| self.paths.of(link)) else { return };
        let is_short = path.suspect.is_some_and(|since| now < since + SHORT_DETOUR);
        let carrier = if is_short { self.watch.told_active } else { Some(path.carrier) };
        if let Some(link) = carrier
            && self.watch.told_active != Some(link)
            && self.phase == Phase::Established
        {
            self.watch.told_active = Some(link);
            self.events.push_back(Event::ActivePathChanged { link });
        }
    }

    pub(crate) fn ping(&mut self, ids: Vec<PathId>) {
        if let Some(connection) = &mut self.connection {
            for id in ids {
                let _ = connection.ping_path(id);
            }
        }
    }

    /// Does what is due, and nothing else: every deadline that [`Transport::own_deadline`] names is moved by it.
    pub(crate) fn observe(&mut self, now: Instant) {
        match self.phase {
            Phase::Closed => {}
            Phase::Handshaking => {
                if self.watch.handshake.is_some_and(|at| now >= at) {
                    self.abandon(now, Closed::HandshakeTimedOut);
                }
                if let Role::Dial { .. } = self.role {
                    self.note_first_path(now);
                }
                self.greet_again(now);
            }
            Phase::Established => {
                self.greet_again(now);
                if now >= self.watch.heard + self.config.timing.dead_after {
                    let reason = if self.paths.any_open() { Closed::TimedOut } else { Closed::NoPath };
                    self.abandon(now, reason);
                    return;
                }
                for link in self.paths.links() {
                    self.observe_path(now, link);
                }
                self.judge(now);
                self.observe_keys(now);
                self.tell_active();
            }
        }
    }

    /// Ends a connection whose peer cannot be told (it is told all the same, in case it can).
    fn abandon(&mut self, now: Instant, reason: Closed) {
        if let Some(connection) = &mut self.connection {
            let at = self.config.time_base.engine_time(now);
            connection.close(at, 0u32.into(), bytes::Bytes::new());
        }
        self.end(reason);
    }

    fn note_first_path(&mut self, now: Instant) {
        if self.connection.is_none() || self.paths.all().any(|path| path.id.is_some()) {
            return;
        }
        let first = self.paths.links().into_iter().next();
        if let Some(link) = first {
            if let Some(path) = self.paths.of_mut(link) {
                path.id = Some(PathId::ZERO);
            }
            self.handle_new_path(now, link);
        }
    }

    fn observe_path(&mut self, now: Instant, link: LinkId) {
        let Some(path) = self.paths.of(link) else { return };
        match path.phase {
            PathPhase::Waiting(at) => {
                if now >= at && self.side() == Side::Client {
                    self.open_path(now, link);
                }
            }
            PathPhase::Opening(since) => {
                if now >= since + OPEN_LIMIT {
                    self.handle_path_down(now, link);
                }
            }
            PathPhase::Up => {
                self.observe_silence(now, link);
                self.observe_size(now, link);
            }
            PathPhase::Down(at) => {
                if now >= at
                    && let Some(id) = path.id
                {
                    self.retire(now, link, id);
                }
            }
        }
    }

    fn open_path(&mut self, now: Instant, link: LinkId) {
        let (Some(connection), Some(path)) = (&mut self.connection, self.paths.of_mut(link)) else { return };
        let at = self.config.time_base.engine_time(now);
        let tuple = noq_proto::FourTuple::new(path.address, None);
        match connection.open_path(tuple, PathStatus::Backup, at) {
            Ok(id) => {
                path.id = Some(id);
                self.handle_new_path(now, link);
            }
            Err(_) => {
                change(&mut path.phase, PathPhase::Waiting(now + OPEN_AGAIN));
            }
        }
    }

    /// The last packets of a path that is over go again, and the engine closes it, unless it is its last: that one lives
    /// on over other links.
    fn retire(&mut self, now: Instant, link: LinkId, id: PathId) {
        let Some(path) = self.paths.of_mut(link) else { return };
        path.steps = path.steps.saturating_add(1);
        let steps = path.steps;
        let step = if steps < RETIRE_STEPS { RETIRE_STEP } else { Duration::from_secs(1) };
        change(&mut path.phase, PathPhase::Down(now + step));
        self.send_tail(now, link);
        let Some(connection) = self.connection.as_mut().filter(|_| steps >= RETIRE_STEPS) else { return };
        let at = self.config.time_base.engine_time(now);
        let _ = connection.close_path(at, id, ABANDONED.into());
    }

    /// How long a link may owe an answer before its packets take a detour: a quarter more than its round trip, or
    /// whatever was seen lately, with the time for which the peer may hold back an acknowledgement and room for jitter.
    pub(crate) fn patience(&self, link: LinkId) -> Duration {
        let carried = || self.paths.all().filter(|path| path.carrier == link);
        let rtt = |id| self.connection.as_ref().and_then(|connection| connection.rtt(id));
        let rtt = carried().filter_map(|path| rtt(path.id?)).max().unwrap_or(self.config.timing.initial_rtt);
        let longest =
            carried().filter_map(|path| path.flight.as_ref()?.longest_rtt()).max().unwrap_or_default();
        let (least, most) = (rtt * 5 / 4 + Duration::from_millis(60), Duration::from_secs(1));
        (longest + Duration::from_millis(40)).max(least).min(most)
    }

    fn observe_silence(&mut self, now: Instant, link: LinkId) {
        if let Some(since) = self.paths.owes_since(link)
            && now >= since + self.patience(link)
        {
            let moved = self.paths.suspect(now, link);
            self.send_again(now, moved);
            self.tell_active();
        }
        let Some(path) = self.paths.of_mut(link) else { return };
        let Some(since) = path.suspect else { return };
        if path.flight.as_ref().is_some_and(|flight| flight.take_answered()) {
            path.prove(now);
        } else if now >= since + self.config.timing.path_silent {
            self.handle_path_down(now, link);
        } else if now >= path.probe_at {
            (path.probe_at, path.probe_wanted) = (now + PROBE_EVERY, true);
        }
    }

    fn observe_keys(&mut self, now: Instant) {
        let generation = self.seals.generation();
        if generation != self.watch.generation {
            self.watch.generation = generation;
            self.watch.keys = now + self.config.timing.key_update;
        }
        let (packets, bytes) = self.seals.sealed();
        let limits = &self.config.limits;
        if (now >= self.watch.keys || packets >= limits.key_packets || bytes >= limits.key_bytes)
            && let Some(connection) = &mut self.connection
        {
            connection.force_key_update();
            self.watch.generation = self.seals.generation();
            self.watch.keys = now + self.config.timing.key_update;
        }
    }

    /// The next of the times that [`Transport::observe`] waits for.
    pub(crate) fn own_deadline(&self) -> Option<Deadline> {
        let again = self.greeting.at().map(|at| Deadline::new(at, "transport: handshake packets again"));
        match self.phase {
            Phase::Closed => None,
            Phase::Handshaking => {
                earliest([self.watch.handshake.map(|at| Deadline::new(at, "transport: handshake")), again])
            }
            Phase::Established => {
                let dead =
                    Deadline::new(self.watch.heard + self.config.timing.dead_after, "transport: peer silent");
                let keys = Deadline::new(self.watch.keys, "transport: key update");
                let paths = self.paths.all().flat_map(|path| self.path_deadlines(path));
                earliest([Some(dead), Some(keys), again].into_iter().chain(paths))
            }
        }
    }

    fn path_deadlines(&self, path: &Path) -> [Option<Deadline>; 2] {
        let link = path.link;
        match path.phase {
            PathPhase::Waiting(at) if self.side() == Side::Client => {
                [Some(Deadline::new(at, "transport: open path")), None]
            }
            PathPhase::Waiting(_) => [None, None],
            PathPhase::Opening(since) => {
                [Some(Deadline::new(since + OPEN_LIMIT, "transport: validate path")), None]
            }
            PathPhase::Up => match path.suspect {
                Some(since) => [
                    Some(Deadline::new(since + self.config.timing.path_silent, "transport: path silent")),
                    Some(Deadline::new(path.probe_at, "transport: probe path")),
                ],
                None => {
                    let owes = self.paths.owes_since(link).filter(|_| self.paths.has_other(link));
                    [
                        owes.map(|since| Deadline::new(since + self.patience(link), "transport: path owes")),
                        self.narrow_at(path).map(|at| Deadline::new(at, "transport: packet size")),
                    ]
                }
            },
            PathPhase::Down(at) => [path.id.map(|_| Deadline::new(at, "transport: retire path")), None],
        }
    }
}
