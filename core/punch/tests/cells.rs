//! Every pair of seven kinds of access: direct, or with a chance that can be computed, or not at all.
#![allow(clippy::unwrap_used, clippy::panic, clippy::float_cmp, reason = "a test may")]

mod support;

use std::time::Duration;

use deskwire_punch::{Forecast, PunchConfig, Strategy, Verdict, odds};
use support::{COUNTING, Filter, Kind, Map, Ports, World};

const PUBLICS: [&str; 2] = ["203.0.113.1", "203.0.113.2"];

/// What is expected of a pair.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Cell {
    Direct,
    Predict,
    Birthday,
    Relay,
}

/// Open; endpoint-independent mapping with each filter; mapping per destination, counting and at random; no UDP.
const KINDS: [Kind; 7] = [
    Kind::OPEN,
    Kind::new(Map::Independent, Filter::Nobody, Ports::Random),
    Kind::new(Map::Independent, Filter::Address, Ports::Random),
    Kind::new(Map::Independent, Filter::Port, Ports::Random),
    Kind::new(Map::Dependent, Filter::Port, COUNTING),
    Kind::new(Map::Dependent, Filter::Port, Ports::Random),
    Kind::BLOCKED,
];

/// Written by hand.
const TABLE: [[Cell; 7]; 7] = {
    use Cell::{Birthday as B, Direct as D, Predict as P, Relay as R};
    [
        [D, D, D, D, D, D, R],
        [D, D, D, D, D, D, R],
        [D, D, D, D, D, D, R],
        [D, D, D, D, P, B, R],
        [D, D, D, P, P, R, R],
        [D, D, D, B, R, R, R],
        [R, R, R, R, R, R, R],
    ]
};

fn run(kinds: [Kind; 2], seed: u64, tune: impl Fn(&mut PunchConfig)) -> World {
    let mut world = World::tuned(kinds, seed, PUBLICS, &tune);
    world.start();
    world.run(Duration::from_secs(60));
    world.assert_budgets();
    for end in &mut world.ends {
        assert!(deskwire_machine::Machine::poll_timeout(&end.puncher).is_none(), "it comes to rest");
        let kept = usize::from(end.path().is_some()) + 1;
        assert!(end.links.len() <= kept, "{} sockets are left open", end.links.len());
    }
    world
}

/// The 99 % interval of Wilson for a rate seen `hits` times of `n`.
fn wilson(hits: u32, n: u32) -> (f64, f64) {
    let (n, z) = (f64::from(n), 2.575_829_f64);
    let rate = f64::from(hits) / n;
    let middle = rate + z * z / (2.0 * n);
    let half = z * (rate * (1.0 - rate) / n + z * z / (4.0 * n * n)).sqrt();
    let all = 1.0 + z * z / n;
    ((middle - half) / all, (middle + half) / all)
}

fn assert_rate(hits: u32, n: u32, expected: f64, what: &str) {
    let (low, high) = wilson(hits, n);
    println!("{what}: {hits} of {n}, between {low:.3} and {high:.3}, expected {expected:.4}");
    assert!((low..=high).contains(&expected), "{what}: {hits} of {n} where {expected} is expected");
}

#[test]
fn every_cell_ends_as_the_table_says() {
    for (a, row) in KINDS.iter().zip(TABLE) {
        for (b, cell) in KINDS.iter().zip(row) {
            for seed in 0..8 {
                let what = format!("{a:?} with {b:?}, seed {seed}");
                // So many guesses that one of the few runs here misses as good as never: 2,048 of them do once in
                // 3,800 times.
                let mut world = run([*a, *b], seed, |_| {});
                let strategies = world.ends[0].puncher.report().strategies;
                let special = strategies.iter().find(|strategy| **strategy != Strategy::Timed).copied();
                match cell {
                    Cell::Direct => assert!(world.has_path() && strategies.len() == 1, "{what}"),
                    Cell::Predict if a.is_symmetric() && b.is_symmetric() => {
                        assert_eq!(special, Some(Strategy::BothCount), "{what}");
                        assert!(world.has_path(), "{what}");
                    }
                    Cell::Predict => assert!(world.has_path() && strategies.len() == 1, "{what}"),
                    Cell::Birthday => {
                        assert!(matches!(special, Some(Strategy::Birthday { .. })), "{what}");
                        assert!(world.has_path(), "{what}");
                    }
                    Cell::Relay => {
                        assert!(world.ends.iter().all(|end| end.failed() && end.path().is_none()), "{what}");
                        assert!(!matches!(special, Some(Strategy::Birthday { .. })), "{what}");
                    }
                }
            }
        }
    }
}

#[test]
fn birthday_probing_succeeds_as_often_as_computed() {
    let easy = KINDS[3];
    let hard = KINDS[5];
    for (sockets, guesses) in [(256, 512), (64, 256)] {
        let expected = odds::birthday(sockets.into(), guesses, odds::PORTS);
        for kinds in [[easy, hard], [hard, easy]] {
            let hits = (0..150).filter(|seed| {
                let mut world = run(kinds, *seed, |config| {
                    (config.limits.sockets, config.limits.guesses) = (sockets, guesses);
                });
                if !world.has_path() {
                    let verdicts = world.ends.each_ref().map(|end| end.puncher.report().verdict);
                    assert_eq!(verdicts, [Verdict::Unlucky; 2]);
                }
                world.has_path()
            });
            assert_rate(u32::try_from(hits.count()).unwrap(), 150, expected, "birthday");
        }
    }
}

#[test]
fn every_way_of_counting_is_foretold() {
    let easy = KINDS[3];
    for ports in [
        Ports::Counting { step: 1, busy_percent: 0 },
        Ports::Counting { step: -1, busy_percent: 0 },
        Ports::Counting { step: 2, busy_percent: 0 },
        Ports::Counting { step: 7, busy_percent: 0 },
        Ports::KeepingParity,
    ] {
        let hard = Kind::new(Map::Dependent, Filter::Port, ports);
        for kinds in [[easy, hard], [hard, easy]] {
            for seed in 0..10 {
                let mut world = run(kinds, seed, |config| config.birthday = false);
                assert!(world.has_path(), "{kinds:?}, seed {seed}");
            }
        }
        if ports != Ports::KeepingParity {
            for seed in 0..10 {
                let mut world = run([hard, hard], seed, |config| config.birthday = false);
                assert!(world.has_path(), "both {ports:?}, seed {seed}");
            }
        }
    }
}

/// With `busy` of a hundred ports taken by others, the bait's port is between the samples next to it, together with
/// `n` ports of others, where `n` is the sum of two geometric numbers; the forecast names 64 of the `n + 1`, and the
/// bait's is any of them.
fn forecast_odds(busy: f64) -> f64 {
    let most = f64::from(deskwire_wire::punch::MAX_FORECAST);
    let of = |n: u32| f64::from(n + 1) * busy.powi(n.try_into().unwrap()) * (1.0 - busy).powi(2);
    (0..5_000).map(|n| of(n) * (most / f64::from(n + 1)).min(1.0)).sum()
}

#[test]
fn prediction_in_traffic_succeeds_as_often_as_computed() {
    let easy = KINDS[3];
    for busy_percent in [90, 98] {
        let hard = Kind::new(Map::Dependent, Filter::Port, Ports::Counting { step: 1, busy_percent });
        let expected = forecast_odds(busy_percent as f64 / 100.0);
        for kinds in [[easy, hard], [hard, easy]] {
            let hits = (0..200).filter(|seed| {
                let mut world = run(kinds, *seed, |config| {
                    config.birthday = false;
                    config.limits.rounds = 1;
                });
                let forecast = world.ends.iter().find_map(|end| end.puncher.report().local.forecast);
                assert!(matches!(forecast, Some(Forecast::Ports { .. })), "{forecast:?}");
                world.has_path()
            });
            assert_rate(u32::try_from(hits.count()).unwrap(), 200, expected, "prediction");
        }
    }
}

/// Where both count among others, a port is one's own with the chance that nobody else took it; it takes one such port
/// on either side.
#[test]
fn both_counting_in_traffic_succeed_as_often_as_computed() {
    let hard = Kind::new(Map::Dependent, Filter::Port, Ports::Counting { step: 1, busy_percent: 30 });
    let hits = (0..200).filter(|seed| {
        let mut world = run([hard, hard], *seed, |config| {
            config.birthday = false;
            config.limits.rounds = 2;
        });
        world.has_path()
    });
    assert_rate(u32::try_from(hits.count()).unwrap(), 200, 0.7 * 0.7, "both count");
}

// spec: PU-6
#[test]
fn a_metered_line_is_not_used_for_guessing() {
    use deskwire_machine::{IfAddr, Input, Machine};
    for who in [0, 1] {
        let mut world = World::tuned([KINDS[3], KINDS[5]], 1, PUBLICS, &|_| {});
        let addr = world.ends[who].inside.ip();
        let addrs = [IfAddr { addr, prefix: 24, metered: true }];
        let now = world.now;
        world.ends[who].puncher.handle_input(now, Input::NetworkChanged { addrs: &addrs });
        world.start();
        world.run(Duration::from_secs(60));
        let report = world.ends[0].puncher.report();
        assert_eq!(report.strategies, [Strategy::Timed; 3]);
        assert_eq!(report.verdict, Verdict::GuessingNotAllowed);
        assert!(world.ends[who].puncher.report().local.frugal);
    }
}
