//! What a run must be held to.

use std::time::Duration;

use deskwire_core::Path;
use deskwire_machine::Instant;

use super::play::{Play, tracks};
use super::{End, Verdict};
use crate::sessions::programs::{HostProgram, Track, ViewerProgram};

/// From a dial to the login or the end: the dial's own bound, and some for the login.
pub(super) const LOGIN: Duration = Duration::from_secs(45);
/// How long a session may need, once everything works again, until it shows pictures again or is over.
const SETTLE: Duration = Duration::from_secs(45);
/// How long the search for a direct path may take where nothing is wrong: all tries, all of them once more when a gateway
/// forgot on the way what the server saw, and again a minute after loss spoilt them.
const SEARCH: Duration = Duration::from_secs(180);
/// Pictures that show that a session carries.
const CARRIES: u32 = 3;

impl Play {
    /// The current connection, as the viewer sees it; `None` if its program forgot it by crashing.
    pub(super) fn track(&self) -> Option<Track> {
        let viewer = self.world.get::<ViewerProgram>(self.viewer)?;
        viewer.notes.connections.get(&self.connection?).cloned()
    }

    /// Nobody waits longer than he should for a login.
    pub(super) fn check_bounds(&mut self) {
        let limit = LOGIN + self.slack;
        let mut late = Vec::new();
        for (name, host) in [("viewer", self.viewer), ("host", self.host)] {
            if self.world.is_asleep(host) {
                continue;
            }
            let now = self.world.local(host);
            let stuck = |track: &&Track| {
                track.ended.is_none()
                    && !track.logged_in
                    && now.saturating_duration_since(track.begun) > limit
            };
            if let Some(track) = tracks(&self.world, host).iter().find(stuck) {
                late.push(format!("the {name} neither logged in nor gave up within {limit:?}: {track:?}"));
            }
        }
        late.into_iter().for_each(|late| self.wrong(late));
    }

    /// Everything works again: does the session show pictures again, or is it over?
    pub(super) fn settle(&mut self) -> End {
        let limit = if self.scenario.is_calm() && self.scenario.punch { SEARCH } else { SETTLE };
        let until = self.world.now() + limit + self.slack.min(limit);
        let before = self.frames().max(self.frames_before);
        let decided =
            |play: &Self| !play.scenario.is_calm() || !play.scenario.punch || play.punch_is_decided();
        while self.world.now() < until {
            match self.track() {
                None => return End::Ended("the viewer crashed".to_owned()),
                Some(Track { ended: Some((_, why)), .. }) => return End::Ended(why),
                Some(_) if self.frames() >= before + CARRIES && decided(self) => {
                    return End::Served(self.path());
                }
                Some(_) => self.picture(),
            }
        }
        let (track, frames) = (self.track(), self.frames() - before);
        let figures = self.figures();
        self.wrong(format!(
            "the session is stuck: {frames} frames in {limit:?} when all works, {track:?}; {figures}"
        ));
        End::Broken
    }

    /// Whether it is known if there will be a direct path. Where there must be one, a search that fails is repeated.
    pub(super) fn punch_is_decided(&self) -> bool {
        let sure = self.scenario.viewer.direct(&self.scenario.host) == Some(true);
        self.world
            .get::<ViewerProgram>(self.viewer)
            .is_some_and(|viewer| !sure && viewer.notes.punch_failed.is_some() || viewer.notes.is_direct())
    }

    /// What both sides count of the session, for whoever wants to know why it is stuck.
    fn figures(&mut self) -> String {
        if !self.world.is_running(self.viewer) || !self.world.is_running(self.host) {
            return "one side does not run".to_owned();
        }
        let viewer = self.connection.and_then(|connection| {
            self.world.with(self.viewer, |viewer: &mut ViewerProgram, _| viewer.node.stats(connection))
        });
        let host = self.world.with(self.host, |host: &mut HostProgram, _| {
            let connection = host.notes.connections.keys().next_back()?;
            Some((host.node.stats(*connection)?, host.wanted.clone()))
        });
        format!("viewer: {viewer:?}; host: {host:?}")
    }

    pub(super) fn path(&mut self) -> Option<Path> {
        let connection = self.connection?;
        self.world.with(self.viewer, |viewer: &mut ViewerProgram, _| viewer.node.stats(connection)?.path)
    }

    /// When nothing is wrong the session goes the way that gateways allow.
    pub(super) fn check_path(&mut self, end: &End) {
        if !self.scenario.is_calm() {
            return;
        }
        let expected =
            self.scenario.viewer.direct(&self.scenario.host).map(|direct| direct && self.scenario.punch);
        match end {
            End::Served(Some(path)) => {
                if expected.is_some_and(|direct| direct != path.is_direct()) {
                    let words = if expected == Some(true) { "a direct path" } else { "the relay" };
                    let notes = self.world.get::<ViewerProgram>(self.viewer).map(|v| &v.notes);
                    let why = notes.and_then(|notes| notes.punch_failed.clone()).unwrap_or_default();
                    self.wrong(format!("expected {words}, and it is {path}: {why}"));
                }
            }
            End::Ended(_) if self.scenario.relays == 0 => {}
            other => self.wrong(format!("nothing was wrong, and yet: {other:?}")),
        }
    }

    pub(super) fn verdict(mut self, end: End) -> Verdict {
        for (id, peers) in [(self.viewer, self.hosts.clone()), (self.host, self.viewers.clone())] {
            for track in tracks(&self.world, id) {
                if let Some((_, key)) = track.established
                    && !peers.borrow().contains(&key)
                {
                    self.wrong(format!("a channel to a stranger: {key:?}"));
                }
            }
        }
        let viewer = self.world.get::<ViewerProgram>(self.viewer).map(|v| v.notes.problems.clone());
        let host = self.world.get::<HostProgram>(self.host).map(|h| h.notes.problems.clone());
        viewer.into_iter().chain(host).flatten().for_each(|problem| self.wrong(problem));
        Verdict {
            end,
            wrong: self.wrong.clone(),
            dials: self.dials,
            frames: self.frames(),
            virtual_time: self.world.now() - Instant::ZERO,
            hash: self.world.hash(),
            stats: self.world.stats(),
            trace: self.world.take_trace(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenarios::Scenario;

    /// What judges must be able to find something: a server that never comes back, a stranger, a reader that never
    /// reads, a peer that is gone and nobody may notice.
    #[test]
    fn what_is_wrong_is_found() {
        let scenario = Scenario::decode(&[]);
        let verdict = scenario.run(false);
        assert_eq!(verdict.wrong, Vec::<String>::new());
        assert!(matches!(verdict.end, End::Served(Some(path)) if path.is_direct()), "{verdict}");

        let mut play = Play::new(&scenario, false);
        play.world.crash(play.rendezvous);
        play.play(&scenario);
        assert!(play.wrong.iter().any(|wrong| wrong.contains("registered")), "{:?}", play.wrong);
        assert!(play.wrong.iter().any(|wrong| wrong.contains("any more")), "{:?}", play.wrong);

        let mut play = Play::new(&scenario, false);
        play.viewers.borrow_mut().clear();
        let end = play.play(&scenario);
        let verdict = play.verdict(end);
        assert!(verdict.wrong.iter().any(|wrong| wrong.contains("stranger")), "{verdict}");

        let mut play = Play::new(&scenario, false);
        let target = play.register().unwrap();
        play.dial(target);
        play.show_until(play.world.now() + Duration::from_secs(5));
        play.world.crash(play.host);
        play.world.suspend(play.viewer, Duration::from_secs(900));
        play.settle();
        assert!(play.wrong.iter().any(|wrong| wrong.contains("stuck")), "{:?}", play.wrong);
        play.close();
        assert!(play.wrong.iter().any(|wrong| wrong.contains("does not know")), "{:?}", play.wrong);
    }
}
