//! Scenarios: a topology, faults and what users do, decoded from bytes, run, and judged.
//!
//! Every string of bytes is a scenario, and a scenario always runs the same. So a fuzzer can look for those that go wrong, a
//! property test can shrink them, and a file of bytes is a test for ever.

mod act;
mod acts;
mod bytes;
mod judge;
mod many;
mod place;
mod play;
mod verdict;

use std::time::Duration;

use deskwire_machine::Seed;

use crate::{Line, Powers};
use bytes::Choices;

pub use act::{Act, Side, Timed};
pub use many::{Summary, run_many};
pub use place::{Place, V6};
pub use verdict::{End, Verdict};

/// Bytes of a random scenario: more than decoding needs.
const LENGTH: usize = 96;
/// The first byte of scenarios in which an adversary is all that is wrong.
pub const ADVERSARY_ONLY: u8 = 0xad;
/// Bytes of memory that two devices, their servers, and packets on the way between them take at most, whatever
/// anybody sends them.
pub const MOST_MEMORY: usize = 16 << 20;

/// A session, where its devices stand, and what goes wrong while it lasts.
#[derive(Clone, PartialEq, Debug)]
pub struct Scenario {
    /// Where everything random comes from.
    pub seed: u64,
    /// Where the viewer stands.
    pub viewer: Place,
    /// Where the host stands.
    pub host: Place,
    /// The lines of the servers.
    pub server_line: Line,
    /// How many relays there are.
    pub relays: u8,
    /// Whether direct paths are looked for.
    pub punch: bool,
    /// Bytes of a frame.
    pub frame_bytes: usize,
    /// Somebody on a line.
    pub adversary: Option<Adversary>,
    /// What happens, and when.
    pub acts: Vec<Timed>,
}

/// Somebody on a line, for some time.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Adversary {
    /// Whose line.
    pub side: Side,
    /// What he does.
    pub powers: Powers,
    /// Whether he is there before anybody has registered; else he comes with the dial.
    pub early: bool,
    /// When he goes, counted from the dial.
    pub leaves: Duration,
}

/// Runs the scenario that these bytes are.
///
/// # Panics
///
/// When it goes wrong: that is what fuzzers look for.
pub fn check(bytes: &[u8]) {
    let verdict = Scenario::decode(bytes).run(false);
    assert!(verdict.wrong.is_empty(), "{verdict}");
}

impl Scenario {
    /// What these bytes say.
    pub fn decode(bytes: &[u8]) -> Self {
        let mut choices = Choices(bytes);
        let c = &mut choices;
        let kind = c.byte();
        let seed = c.below(65_536) << 16 | c.below(65_536);
        let (viewer, host) = (Place::decode(c), Place::decode(c));
        let server_line = Line::of(Duration::from_millis(5) + c.millis(60));
        let relays = c.pick(&[1, 2, 1, 2, 1, 2, 1, 0], 1);
        let punch = !c.rarely(8);
        let frame_bytes = c.pick(&[1_600, 200, 20_000, 1_600], 1_600);
        let only = kind == ADVERSARY_ONLY;
        let adversary = (c.rarely(3) || only).then(|| Adversary::decode(c));
        let count = if only { 0 } else { c.below(8).saturating_sub(2) };
        let acts = (0..count).map(|_| Timed::decode(c)).collect();
        Self { seed, viewer, host, server_line, relays, punch, frame_bytes, adversary, acts }
    }

    /// The bytes of the `n`th of several scenarios.
    pub fn random(seed: u64, n: u64) -> Vec<u8> {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        Seed::new(bytes).derive_indexed("case", n).public().bytes::<LENGTH>().to_vec()
    }

    /// The bytes of the `n`th of several scenarios with somebody on a line, and nothing else that goes wrong.
    pub fn random_with_adversary(seed: u64, n: u64) -> Vec<u8> {
        let mut bytes = Self::random(seed, n);
        if let Some(first) = bytes.first_mut() {
            *first = ADVERSARY_ONLY;
        }
        bytes
    }

    /// Whether nothing is wrong with any part of it.
    pub fn is_calm(&self) -> bool {
        let clean = |place: &Place| place.line.loss == 0.0 && place.line.burst.is_none();
        self.adversary.is_none() && self.acts.is_empty() && clean(&self.viewer) && clean(&self.host)
    }

    /// Runs it, with a trace of every packet or without.
    pub fn run(&self, trace: bool) -> Verdict {
        play::run(self, trace)
    }
}

impl Adversary {
    fn decode(c: &mut Choices<'_>) -> Self {
        let side = Side::decode(c);
        let mut power = || c.pick(&[0.0, 0.02, 0.0, 0.1, 0.0, 0.3, 0.0, 0.9], 0.0);
        let powers = Powers {
            drop: f64::min(power(), 0.5),
            duplicate: power(),
            delay: power(),
            corrupt: power(),
            truncate: power(),
            reflect: power(),
            replay: power(),
            inject: power(),
        };
        Self { side, powers, early: c.rarely(2), leaves: Duration::from_secs(1) + c.millis(30_000) }
    }
}
