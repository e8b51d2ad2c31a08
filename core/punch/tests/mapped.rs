//! A port that a router maps on request makes any NAT an easy one.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::time::Duration;

use deskwire_punch::{CandidateKind, Filtering, Mapping, PunchState, Strategy, Verdict};
use support::{Filter, Kind, Map, Ports, World};

const PORT: u16 = 50_505;
const HARD: Kind = Kind::new(Map::Dependent, Filter::Port, Ports::Random);

fn world(kinds: [Kind; 2], seed: u64) -> World {
    World::tuned(kinds, seed, ["203.0.113.1", "203.0.113.2"], &|config| config.birthday = false)
}

/// Without the mapped port there is no path between two NATs that map per destination and filter by port, at random
/// ports; with it there is one, at once and under loss, whoever has it and whatever the other is.
#[test]
fn one_mapped_port_is_enough_for_any_pair() {
    let mut without = world([HARD, HARD], 1);
    without.start();
    without.run(Duration::from_secs(30));
    assert!(without.ends.iter().all(|end| end.failed()));
    assert_eq!(without.ends[0].puncher.report().verdict, Verdict::BothHard);

    for other in Kind::all() {
        for (who, loss) in [(0, 0), (1, 0), (0, 20), (1, 20)] {
            for seed in 1..4 {
                let what = format!("{other:?}, mapped at {who}, {loss} % loss, seed {seed}");
                let mut kinds = [other; 2];
                kinds[who] = HARD;
                let mut world = world(kinds, seed);
                world.loss_percent = loss;
                world.map_port(who, Some(PORT));
                world.start();
                world.run(Duration::from_secs(30));
                assert!(world.has_path(), "{what}");
                world.assert_budgets();
                if loss == 0 {
                    assert_eq!(world.ends[0].puncher.report().strategies, [Strategy::Timed], "{what}");
                }
            }
        }
    }
}

#[test]
fn a_mapped_port_is_told_and_reported_as_what_it_makes_of_the_nat() {
    let mut world = world([HARD, HARD], 1);
    assert!(matches!(world.ends[1].puncher.report().local.mapping, Mapping::AddressPortDependent { .. }));
    world.map_port(1, Some(PORT));
    world.start();
    world.run(Duration::from_secs(3));
    let reports = world.ends.each_ref().map(|end| end.puncher.report());
    for side in [&reports[0].remote, &reports[1].local] {
        let says = (side.mapping, side.filtering);
        assert_eq!(says, (Mapping::EndpointIndependent, Filtering::EndpointIndependent));
        let first = side.candidates.first().unwrap();
        assert_eq!((first.kind, first.addr.port()), (CandidateKind::Mapped, PORT));
    }
    assert!(matches!(reports[0].local.mapping, Mapping::AddressPortDependent { .. }));
    assert_eq!(reports[1].sockets, 0, "nothing is measured behind a mapped port");
}

#[test]
fn a_port_that_is_mapped_later_finds_the_path_that_was_not_there() {
    let mut world = world([HARD, HARD], 1);
    world.start();
    world.run(Duration::from_secs(30));
    assert!(world.ends.iter().all(|end| end.failed()));
    world.map_port(0, Some(PORT));
    world.run(Duration::from_secs(3));
    assert!(world.has_path());
    // And without it what is known of the NAT is as before.
    world.map_port(0, None);
    assert_eq!(world.ends[0].puncher.state(), PunchState::Exchanging);
    assert!(matches!(world.ends[0].puncher.report().local.mapping, Mapping::AddressPortDependent { .. }));
}

#[test]
fn a_network_that_lets_no_udp_out_stays_blocked() {
    let mut world = world([Kind::BLOCKED, HARD], 1);
    world.map_port(0, Some(PORT));
    assert_eq!(world.ends[0].puncher.report().local.mapping, Mapping::Blocked);
}
