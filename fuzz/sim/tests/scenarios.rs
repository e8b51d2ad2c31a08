//! Scenarios decoded from bytes: a committed corpus, random ones, and shrinking ones; `deskwire-sim --random` and
//! `--adversary` run as many as one likes.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common {
    pub(crate) mod meter;
}

use std::path::Path;

use common::meter::{Meter, most_held};
use deskwire_sim::scenarios::{MOST_MEMORY, Scenario, Verdict, run_many};
use deskwire_sim::sessions::threads;
use proptest::prelude::*;

#[global_allocator]
static METER: Meter<std::alloc::System> = Meter(std::alloc::System);

/// Runs a scenario; memory counts too.
fn run(bytes: &[u8]) -> Verdict {
    let scenario = Scenario::decode(bytes);
    let (mut verdict, held) = most_held(|| scenario.run(false));
    if held > MOST_MEMORY {
        verdict.wrong.push(format!("{held} bytes of memory"));
    }
    verdict
}

/// Every file of the corpus: scenarios that once went wrong, and some of each kind that did not.
#[test]
fn the_corpus_is_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/sim-scenarios");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 20, "the corpus is gone");
    for file in files {
        let verdict = run(&std::fs::read(&file).unwrap());
        assert!(verdict.wrong.is_empty(), "{}: {verdict}", file.display());
    }
}

#[test]
fn random_scenarios_are_right() {
    let summary = run_many(150, threads(), |n| run(&Scenario::random(11, n)));
    let first = summary.kept.iter().next();
    assert_eq!(
        summary.wrong,
        0,
        "{summary}\nscenario {first:?}: {:x?}",
        first.map(|(n, _)| Scenario::random(11, *n))
    );
    assert!(summary.ends.len() >= 8, "scenarios are not varied: {summary}");
}

/// Whatever somebody on a line does, nobody is stuck, nobody talks to a stranger, and no memory fills.
#[test]
fn t05_an_adversary_reaches_nothing() {
    let summary = run_many(150, threads(), |n| run(&Scenario::random_with_adversary(12, n)));
    let first = summary.kept.iter().next();
    assert_eq!(
        summary.wrong,
        0,
        "{summary}\nscenario {first:?}: {:x?}",
        first.map(|(n, _)| Scenario::random_with_adversary(12, *n))
    );
}

/// A scenario is a run: in whatever order, on whatever thread, packet for packet.
#[test]
fn a_scenario_is_a_run() {
    let hashes = |count: u64, threads: usize, reversed: bool| {
        let all = std::sync::Mutex::new(vec![(0, 0); usize::try_from(count).unwrap()]);
        run_many(count, threads, |n| {
            let n = if reversed { count - 1 - n } else { n };
            let verdict = run(&Scenario::random(13, n));
            all.lock().unwrap()[usize::try_from(n).unwrap()] = (verdict.hash, verdict.stats.delivered);
            verdict
        });
        all.into_inner().unwrap()
    };
    let once = hashes(30, 1, false);
    assert_eq!(once, hashes(30, 3, true));
    let mut distinct = once.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), once.len(), "and no two scenarios are the same run");

    // Event by event, with times and sizes.
    let scenario = Scenario::decode(&Scenario::random(13, 5));
    let (one, other) = (scenario.run(true), std::thread::spawn(move || scenario.run(true)).join().unwrap());
    assert!(one.trace.len() > 100);
    assert_eq!(one.trace, other.trace);
    assert_eq!(one.hash, once[5].0, "and writing it down changes nothing");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    /// Bytes of any kind and length are a scenario that is right; what is not shrinks to a simple one.
    #[test]
    fn any_bytes_are_a_scenario_that_is_right(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
        let verdict = run(&bytes);
        prop_assert!(verdict.wrong.is_empty(), "{verdict}");
    }

    #[test]
    fn t05_any_adversary_is_in_vain(bytes in proptest::collection::vec(any::<u8>(), 24..120)) {
        let mut bytes = bytes;
        bytes[0] = deskwire_sim::scenarios::ADVERSARY_ONLY;
        let verdict = run(&bytes);
        prop_assert!(verdict.wrong.is_empty(), "{verdict}");
    }
}
