//! Going without taking sessions along: no new ones, and word to those that are there.

use core::ops::Bound;
use core::time::Duration;

use deskwire_machine::{Instant, change};
use deskwire_wire::ids::Role;
use deskwire_wire::relay::RelayMsg;

use super::pair::PairId;
use super::{Server, ServerEvent, ServerState};

/// Pairs told in one go, and the time to the next: 10,000 a second. Told all at once, they would all ask the rendezvous
/// server for tokens at once.
const BATCH: usize = 200;
const NEXT_BATCH: Duration = Duration::from_millis(20);
/// From one round over all pairs to the next, for those who did not hear it.
const NEXT_ROUND: Duration = Duration::from_secs(2);

/// How far the word has come.
#[derive(Debug)]
pub(super) struct Notices {
    at: Instant,
    /// The last pair that was told in this round.
    told: Option<PairId>,
}

impl Notices {
    pub(super) const fn at(&self) -> Instant {
        self.at
    }
}

impl Server {
    /// Takes no new pairs any more, and tells the sides of those that are there to open a path on another relay and to
    /// leave; sides that are missing may still come. [`ServerEvent::Drained`] says that nobody is left.
    pub fn drain(&mut self, now: Instant) {
        let now = self.clock.tell(now);
        if self.state != ServerState::Serving {
            return;
        }
        change(&mut self.state, ServerState::Draining);
        self.notices = Some(Notices { at: now, told: None });
        self.give_notice(now);
        self.report(now);
        self.note_drained();
    }

    /// Tells the next pairs.
    pub(super) fn give_notice(&mut self, now: Instant) {
        let Some(Notices { at, told }) = &self.notices else { return };
        if *at > now {
            return;
        }
        let from = told.map_or(Bound::Unbounded, Bound::Excluded);
        let batch: alloc::vec::Vec<PairId> =
            self.pairs.range((from, Bound::Unbounded)).map(|(id, _)| *id).take(BATCH).collect();
        for id in &batch {
            for role in [Role::Viewer, Role::Host] {
                let side = self.pairs.get(id).and_then(|pair| pair.side(role));
                if let Some(place) = side.map(super::pair::Side::place) {
                    self.tell(*id, role, &RelayMsg::Draining(place));
                }
            }
        }
        let over = batch.len() < BATCH;
        let wait = if over { NEXT_ROUND } else { NEXT_BATCH };
        self.notices = Some(Notices { at: now + wait, told: batch.last().copied().filter(|_| !over) });
    }

    /// Says, once, that nobody is left.
    pub(super) fn note_drained(&mut self) {
        if self.pairs.is_empty() && self.notices.take().is_some() {
            self.emit(ServerEvent::Drained);
        }
    }
}
