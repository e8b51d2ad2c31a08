//! When another path is better than the active one.
//!
//! The dialling side judges. A direct path is preferred to a relay unless it is clearly worse: its round trip is more
//! than two and a half times the relay's and 40 ms, or it loses more than 15 % and more than twice what the relay loses. Among paths
//! of one kind another one has to be faster by half and 20 ms.
//!
//! The engine acknowledges what comes over a backup path over the active one, so an acknowledgement says nothing of the
//! way back. Therefore the answering side pings whenever it is pinged on a backup path (its *echo*): that measures the
//! round trip and the loss of both directions, and keeps the mappings of both sides' NATs.
//!
//! Three things keep noise from moving the data to and fro. The round trip is the shortest of the last four spans of
//! two seconds (of the last four answers, on an idle path); loss counts once two spans in a row show it, each of a
//! second and 50 packets; and a path that was left stays a backup for 15 s, twice as long each further time, up to ten
//! minutes. It comes back when it loses no more than a tenth over all of that time and its round trip is near the other
//! one's. So the data moves at most 22 times an hour, whatever the network does.

use core::time::Duration;

use deskwire_machine::{Instant, LinkId};
use noq_proto::Side;

use crate::meter::Flight;
use crate::paths::{Path, PathKind, Paths};
use crate::quality::HEAVY_LOSS;
use crate::transport::{Phase, Transport};

/// Between two judgements.
const JUDGE_EVERY: Duration = Duration::from_millis(250);

/// The peer may hold back an acknowledgement for this long.
const ACK_DELAY: Duration = Duration::from_millis(25);

/// A path's round trip and loss.
#[derive(Clone, Copy, Debug)]
struct Measure {
    rtt: Duration,
    loss: u32,
}

/// The round trip by acknowledgements, less the time for which the peer may have held them back.
fn acked(flight: &Flight) -> Option<Duration> {
    flight.shortest_rtt().map(|rtt| rtt.saturating_sub(ACK_DELAY).max(rtt / 2))
}

fn measure(path: &Path) -> Option<Measure> {
    let flight = path.flight.as_ref()?;
    let (acked, echo) = (acked(flight), path.quality.echo);
    let rtt = if flight.is_active() { acked.or(echo) } else { echo.or(acked) }?;
    // A path that was left is judged by what it did since.
    let loss = if path.quality.was_left() { 0 } else { path.quality.loss() };
    Some(Measure { rtt, loss })
}

impl Measure {
    /// Whether a direct path is so much worse than a relay that the relay is better.
    fn is_clearly_worse(self, other: Self) -> bool {
        let slow = self.rtt > other.rtt * 5 / 2 + Duration::from_millis(40);
        slow || (self.loss >= HEAVY_LOSS && self.loss > other.loss * 2)
    }

    /// Whether the round trip is near the other's: closer than what would make it clearly worse, so that it does not
    /// go to and fro.
    fn is_near(self, other: Self) -> bool {
        self.rtt <= other.rtt * 5 / 4 + Duration::from_millis(20)
    }

    /// Whether it is so much better than another of its kind that it is worth the change.
    fn is_clearly_better(self, other: Self) -> bool {
        let fast = self.rtt * 3 / 2 + Duration::from_millis(20) < other.rtt;
        fast || (other.loss >= HEAVY_LOSS && self.loss * 2 < other.loss)
    }
}

impl Paths {
    /// The path that should be active: the present one, unless another one is better or it is in trouble.
    pub(crate) fn best(&mut self, now: Instant) -> Option<LinkId> {
        let usable = |path: &&Path| path.open && path.is_up() && path.id.is_some();
        if let Some(active) = self.active.filter(|link| self.of(*link).is_some_and(Path::is_healthy)) {
            let others: Vec<LinkId> = self
                .all()
                .filter(usable)
                .filter(|p| p.is_healthy() && p.link != active)
                .map(|p| p.link)
                .collect();
            let mut best = active;
            for other in others {
                if self.is_preferred(now, other, best) {
                    best = other;
                }
            }
            return Some(best);
        }
        self.all()
            .filter(usable)
            .max_by_key(|path| {
                let is_active = Some(path.link) == self.active;
                (path.suspect.is_none(), !path.quality.was_left(), path.kind, is_active)
            })
            .map(|path| path.link)
    }

    /// Whether data should rather go over `new` than over `old`.
    fn is_preferred(&mut self, now: Instant, new: LinkId, old: LinkId) -> bool {
        let (Some(new_path), Some(old_path)) = (self.of(new), self.of(old)) else { return false };
        // One that is about to go is used while there is no other, and not a moment longer.
        match (new_path.kind, old_path.kind) {
            (PathKind::Leaving, _) => return false,
            (_, PathKind::Leaving) => return true,
            _ => {}
        }
        let (Some(ours), Some(theirs)) = (measure(new_path), measure(old_path)) else { return false };
        let wanted = match (new_path.kind, old_path.kind) {
            (PathKind::Direct, PathKind::Relay) => !ours.is_clearly_worse(theirs),
            (PathKind::Relay, PathKind::Direct) => theirs.is_clearly_worse(ours),
            _ => ours.is_clearly_better(theirs),
        };
        let Some(path) = self.of_mut(new).filter(|_| wanted) else { return false };
        let Some(flight) = path.flight.clone() else { return false };
        let is_relief = path.kind == PathKind::Relay && !path.quality.was_left();
        is_relief || path.quality.may_return(now, &flight, ours.is_near(theirs))
    }

    /// Makes a path active. One that worked and is left for another is not taken again soon.
    pub(crate) fn activate(&mut self, now: Instant, link: LinkId) {
        let Some(old) = self.active.replace(link).filter(|old| *old != link) else { return };
        let kind = self.of(link).map(|path| path.kind);
        if self.of(old).is_some_and(Path::is_healthy) {
            self.switches += 1;
        }
        if let Some(path) = self.of_mut(old)
            && path.is_healthy()
            && let Some(flight) = path.flight.clone()
            // A direct path that takes over from a relay says nothing against the relay.
            && (path.kind == PathKind::Direct || kind == Some(PathKind::Relay))
        {
            path.quality.leave(now, &flight);
        }
        if let Some(path) = self.of_mut(link) {
            path.quality.become_active(now);
        }
        self.note_active();
    }

    /// The active path's round trip is that of its acknowledgements, the others' that of their echoes.
    pub(crate) fn note_active(&mut self) {
        let active = self.active;
        for path in self.all_mut() {
            let is_active = Some(path.link) == active;
            if let Some(flight) = path.flight.as_ref().filter(|flight| flight.set_active(is_active))
                && !is_active
            {
                path.quality.become_backup(acked(flight));
            }
        }
    }
}

impl Transport {
    /// The answering side pings back on a backup path. (If both did, they would never stop.)
    pub(crate) fn echo(&mut self, now: Instant, link: LinkId) {
        if self.side() == Side::Client || self.paths.active == Some(link) {
            return;
        }
        let Some(path) = self.paths.of_mut(link).filter(|path| path.is_up()) else { return };
        if path.quality.owes_echo(now) {
            let ids = path.id.into_iter().collect();
            self.ping(ids);
        }
    }

    /// Looks at how good the paths are; the dialling side goes over to a better one.
    pub(crate) fn judge(&mut self, now: Instant) {
        if self.phase != Phase::Established || now < self.watch.judged + JUDGE_EVERY {
            return;
        }
        // A new path is compared as soon as it can be.
        if !self.paths.all().any(|path| path.is_healthy() && measure(path).is_none()) {
            self.watch.judged = now;
        }
        for link in self.paths.links() {
            if let Some(path) = self.paths.of_mut(link)
                && let Some(flight) = path.flight.clone()
            {
                path.quality.update(now, &flight);
            }
        }
        // A link in trouble is on a detour already, and either speaks again soon or goes down.
        let is_calm = self.paths.active.and_then(|link| self.paths.of(link)).is_some_and(Path::is_healthy);
        if self.side() == Side::Client && is_calm {
            self.choose_active(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rtt_ms: u64, loss: u32) -> Measure {
        Measure { rtt: Duration::from_millis(rtt_ms), loss }
    }

    #[test]
    fn a_direct_path_may_be_somewhat_worse_than_the_relay() {
        for (direct, relay, worse) in [
            (of(90, 0), of(20, 0), false),
            (of(91, 0), of(20, 0), true),
            (of(3, 0), of(1, 0), false),
            (of(10, 149), of(80, 0), false),
            (of(10, 151), of(80, 0), true),
            // Both share the line that loses.
            (of(10, 300), of(80, 160), false),
        ] {
            assert_eq!(direct.is_clearly_worse(relay), worse, "{direct:?} {relay:?}");
        }
    }

    #[test]
    fn what_is_clearly_worse_is_never_near() {
        for direct in 0..500 {
            for relay in 0..300 {
                let (direct, relay) = (of(direct, 0), of(relay, 0));
                assert!(!(direct.is_clearly_worse(relay) && direct.is_near(relay)));
            }
        }
    }
}
