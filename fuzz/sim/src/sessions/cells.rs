//! How often sessions get a direct path, for every pair of gateways, against how often they should.

use std::fmt;

use super::{Meeting, Outcome, SOCKETS};
use crate::{Access, Expected, expected, wilson};

const KINDS: usize = Access::ALL.len();

/// Counts of sessions that ended directly, on the relay, or not at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    direct: u32,
    relay: u32,
    failed: u32,
}

impl Count {
    const fn all(self) -> u32 {
        self.direct + self.relay + self.failed
    }

    fn is_as(self, expected: Expected) -> bool {
        let chance = expected.chance();
        let (low, high) = wilson(self.direct, self.all());
        match () {
            () if self.failed > 0 => false,
            () if chance >= 1.0 => self.relay == 0,
            () if chance <= 0.0 => self.direct == 0,
            () => (low..=high).contains(&chance),
        }
    }
}

/// The counts of all pairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cells {
    counts: [[Count; KINDS]; KINDS],
    guesses: u32,
    /// What takes turns.
    pairs: Vec<(Access, Access)>,
}

impl Cells {
    /// No session yet, of all pairs; they will guess so many ports.
    pub fn new(guesses: u32) -> Self {
        let all = Access::ALL.into_iter();
        let pairs = all.flat_map(|viewer| Access::ALL.into_iter().map(move |host| (viewer, host))).collect();
        Self { counts: [[Count::default(); KINDS]; KINDS], guesses, pairs }
    }

    /// Only the pairs whose ports have to be foretold or guessed.
    #[must_use]
    pub fn of_chance(mut self) -> Self {
        let guesses = self.guesses;
        let is_chance = |(viewer, host): &(Access, Access)| {
            matches!(expected(*viewer, *host, SOCKETS, guesses), Expected::Predict(_) | Expected::Birthday(_))
        };
        self.pairs.retain(is_chance);
        self
    }

    /// The `n`th session: they take turns through the pairs, over lines that lose nothing.
    pub fn meeting(&self, seed: u64, n: u64) -> Meeting {
        let turn = usize::try_from(n % self.pairs()).unwrap_or(0);
        let (viewer, host) = self.pairs.get(turn).copied().unwrap_or((Access::Open, Access::Open));
        Meeting { guesses: self.guesses, ..Meeting::clean(super::nth_seed(seed, n), viewer, host) }
    }

    /// How many sessions there are in a turn.
    pub fn pairs(&self) -> u64 {
        self.pairs.len().max(1) as u64
    }

    /// Counts a session.
    pub fn add(&mut self, meeting: &Meeting, outcome: &Outcome) {
        let at = |access: Access| Access::ALL.iter().position(|each| *each == access).unwrap_or(0);
        let cell = self.counts.get_mut(at(meeting.viewer)).and_then(|row| row.get_mut(at(meeting.host)));
        let Some(cell) = cell else { return };
        match &outcome.path {
            Ok(path) if path.is_direct() => cell.direct += 1,
            Ok(_) => cell.relay += 1,
            Err(_) => cell.failed += 1,
        }
    }

    fn each(&self) -> impl Iterator<Item = (Access, Access, Count, Expected)> {
        let rows = Access::ALL.into_iter().zip(self.counts);
        rows.flat_map(move |(viewer, row)| {
            Access::ALL.into_iter().zip(row).map(move |(host, count)| {
                (viewer, host, count, expected(viewer, host, SOCKETS, self.guesses))
            })
        })
    }

    /// Pairs that did not end as often on a direct path as they should, with what was seen and what was expected.
    pub fn wrong(&self) -> Vec<String> {
        let wrong = self.each().filter(|(.., count, expected)| count.all() > 0 && !count.is_as(*expected));
        wrong
            .map(|(viewer, host, count, expected)| {
                let Count { direct, relay, failed } = count;
                format!("{viewer} to {host}: {direct} direct, {relay} relayed, {failed} failed; expected {expected}")
            })
            .collect()
    }
}

impl fmt::Display for Cells {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "viewer \\ host {}", Access::ALL.map(|host| format!("{host:>12}")).join(" "))?;
        for (viewer, row) in Access::ALL.iter().zip(&self.counts) {
            let row = row.map(|count| format!("{:>12}", format!("{}/{}", count.direct, count.all())));
            writeln!(f, "{viewer:<13} {}", row.join(" "))?;
        }
        writeln!(
            f,
            "sessions that ended on a direct path, of all of the pair; where that is a matter of chance:"
        )?;
        for (viewer, host, count, expected) in self.each() {
            if count.all() > 0 && matches!(expected, Expected::Predict(_) | Expected::Birthday(_)) {
                let (low, high) = wilson(count.direct, count.all());
                writeln!(
                    f,
                    "  {viewer} to {host}: {} of {}, 99 % interval {:.2} to {:.2} %, expected {expected}",
                    count.direct,
                    count.all(),
                    low * 100.0,
                    high * 100.0,
                )?;
            }
        }
        Ok(())
    }
}
