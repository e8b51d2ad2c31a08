//! A few whole sessions; the binary `deskwire-sim` runs all pairs, and many of each.

use std::time::Duration;

use deskwire_sim::sessions::{Outcome, Scenario, is_direct_expected, run};
use deskwire_sim::{Access, Line};

fn session(viewer: Access, host: Access) -> Outcome {
    run(&Scenario { frames: 10, ..Scenario::new(3, viewer, host) }, false)
}

fn ends_as_expected(viewer: Access, host: Access) -> Outcome {
    let outcome = session(viewer, host);
    let direct = outcome.path.as_ref().map(|path| path.is_direct());
    assert_eq!(direct, Ok(is_direct_expected(viewer, host)), "{viewer} to {host}: {outcome:?}");
    outcome
}

#[test]
fn two_homes_meet_directly_and_a_seed_is_a_run() {
    let outcome = ends_as_expected(Access::PortRestricted, Access::PortRestricted);
    assert!(outcome.first_frame < Some(Duration::from_secs(1)), "{outcome:?}");
    assert!(outcome.longest_gap < Duration::from_millis(300), "the change of path is not seen: {outcome:?}");
    assert_eq!(session(Access::PortRestricted, Access::PortRestricted), outcome);
}

#[test]
fn where_no_direct_path_can_be_the_relay_carries_on() {
    let outcome = ends_as_expected(Access::Symmetric, Access::PortRestricted);
    assert!(outcome.punch_failed.is_some(), "{outcome:?}");
}

#[test]
fn without_udp_the_relay_is_reached_over_tcp() {
    ends_as_expected(Access::UdpBlocked, Access::Restricted);
}

/// What proves that the other tests see punching: without it nobody gets a direct path.
#[test]
fn without_punching_there_is_no_direct_path() {
    let pair = (Access::Open, Access::FullCone);
    let scenario = Scenario { frames: 10, punch: false, ..Scenario::new(3, pair.0, pair.1) };
    let outcome = run(&scenario, false);
    assert!(is_direct_expected(pair.0, pair.1));
    assert_eq!(outcome.path.map(|path| path.is_direct()), Ok(false));
}

#[test]
fn a_bad_line_still_gives_a_session() {
    let line = Line { loss: 0.05, jitter: Duration::from_millis(10), reorder: 0.02, ..Line::default() };
    let scenario = Scenario { frames: 10, line, ..Scenario::new(5, Access::FullCone, Access::Restricted) };
    let outcome = run(&scenario, false);
    assert!(outcome.path.is_ok(), "{outcome:?}");
}

/// The table is written by hand; the predicate is derived from how gateways work. They must say the same.
#[test]
fn the_table_is_the_predicate() {
    for a in Access::ALL {
        for b in Access::ALL {
            let possible = deskwire_sim::direct_possible(a.gateway().as_ref(), b.gateway().as_ref());
            assert_eq!(is_direct_expected(a, b), possible, "{a} to {b}");
        }
    }
}
