//! A network that drops, repeats, reorders and mixes whole messages of two runs at once. (T5, at this level)

use std::sync::atomic::{AtomicU32, Ordering};

use deskwire_handshake::Level;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::support::*;

/// What the network does next. Indices are taken modulo what there is.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// The next message that side `.0` has not got yet from its partner of the same run.
    Pass(usize),
    /// Like `Pass`, from the other run: the two sides have the same names and introduction, only the randomness differs.
    PassMixed(usize),
    /// Message `.0` of all that were ever sent, to side `.1`, at its own level.
    Any(usize, usize),
    /// The same at a level that the network chose.
    AnyAt(usize, usize, u8),
    /// The next message for side `.0` is lost.
    Drop(usize),
}

fn act() -> impl Strategy<Value = Act> {
    let index = 0..64usize;
    prop_oneof![
        40 => (0..4usize).prop_map(Act::Pass),
        2 => (0..4usize).prop_map(Act::PassMixed),
        2 => (index.clone(), 0..4usize).prop_map(|(m, to)| Act::Any(m, to)),
        1 => (index, 0..4usize, 0..3u8).prop_map(|(m, to, level)| Act::AnyAt(m, to, level)),
        1 => (0..4usize).prop_map(Act::Drop),
    ]
}

/// Sides 0 and 1 are viewer and host of run 0, sides 2 and 3 those of run 1.
struct World {
    sides: [Side; 4],
    /// How many messages of its partner each side has got.
    got: [usize; 4],
}

impl World {
    fn new() -> Self {
        let sides = [
            Side::viewer(viewer_config(0)),
            Side::host(host_config(0)),
            Side::viewer(viewer_config(1)),
            Side::host(host_config(1)),
        ];
        Self { sides, got: [0; 4] }
    }

    fn act(&mut self, act: Act) {
        let all: Vec<(Level, Vec<u8>)> = self.sides.iter().flat_map(|side| side.sent.clone()).collect();
        match act {
            Act::Pass(to) | Act::PassMixed(to) | Act::Drop(to) => {
                let from = if matches!(act, Act::PassMixed(_)) { (to ^ 1) ^ 2 } else { to ^ 1 };
                let Some((level, bytes)) = self.sides[from].sent.get(self.got[to]).cloned() else { return };
                self.got[to] += 1;
                if !matches!(act, Act::Drop(_)) {
                    let _ = self.sides[to].read(level, &bytes);
                }
            }
            Act::Any(message, to) => {
                let (level, bytes) = &all[message % all.len()];
                let _ = self.sides[to].read(*level, bytes);
            }
            Act::AnyAt(message, to, level) => {
                let level = [Level::Initial, Level::Handshake, Level::Application][usize::from(level)];
                let _ = self.sides[to].read(level, &all[message % all.len()].1);
            }
        }
    }

    /// What must hold at every moment.
    fn check(&self) {
        let names = [host_key(), viewer_key()].map(|key| key.public());
        for (i, side) in self.sides.iter().enumerate() {
            if let Some(established) = &side.established {
                assert_eq!(established.peer_key, names[i % 2], "side {i} believes in the wrong peer");
            }
        }
        for host in [1, 3] {
            let Some(b) = &self.sides[host].established else { continue };
            let partners: Vec<usize> = [0, 2]
                .into_iter()
                .filter(|viewer| {
                    self.sides[*viewer].established.as_ref().is_some_and(|a| a.exporter == b.exporter)
                })
                .collect();
            // M5 came from a viewer that was done, so there is one viewer with the same secrets, and only one.
            assert_eq!(partners.len(), 1, "host {host} has no partner of its own");
            assert!(self.sides[partners[0]].keys == self.sides[host].keys);
        }
        let secrets = |i: usize| self.sides[i].established.as_ref().map(|e| &e.exporter);
        for (a, b) in [(0, 2), (1, 3)] {
            assert!(secrets(a).is_none() || secrets(a) != secrets(b), "two runs ended with one secret");
        }
        for viewer in [0, 2] {
            // A viewer is done only after some host has taken its M3 and confirmed it.
            if self.sides[viewer].established.is_some() {
                let handshake_keys = &self.sides[viewer].keys[0];
                assert!([1, 3].iter().any(|host| self.sides[*host].keys.first() == Some(handshake_keys)));
            }
        }
    }
}

#[test]
fn t05_no_network_makes_two_sides_disagree() {
    let (both, failed, waiting) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let mut runner = TestRunner::new(ProptestConfig::with_cases(400));
    let result = runner.run(&prop::collection::vec(act(), 0..40), |acts| {
        let mut world = World::new();
        for act in acts {
            world.act(act);
            world.check();
        }
        for pair in world.sides.chunks(2) {
            let counter = if pair.iter().all(|side| side.established.is_some()) {
                &both
            } else if pair.iter().any(|side| side.machine.error().is_some()) {
                &failed
            } else {
                &waiting
            };
            counter.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    });
    result.unwrap();
    // The acts must reach all three ends, or this test shows less than it says.
    for (what, counter) in [("established", both), ("failed", failed), ("waiting", waiting)] {
        assert!(counter.load(Ordering::Relaxed) > 40, "too few pairs ended {what}");
    }
}

#[test]
fn pairs_of_two_runs_that_are_crossed_from_the_start_agree_with_each_other() {
    // The sides have the same names and the same introduction, so a crossed pair is a session of its own.
    let mut world = World::new();
    for act in [1, 0, 1, 0, 1].map(|to| Act::PassMixed(if to == 0 { 2 } else { 1 })) {
        world.act(act);
        world.check();
    }
    assert!(world.sides[1].established.is_some() && world.sides[2].established.is_some());
    assert!(world.sides[0].established.is_none() && world.sides[3].established.is_none());
}
