//! What holds from a dial to a session and from relay to relay, and which mistakes would be found.

use std::time::Instant;

use deskwire_models::dial::{Dial, Faults, Mistake, State};
use deskwire_models::recovery::always_recovers;
use stateright::{Checker, HasDiscoveries, Model};

/// Explores everything: all properties must hold, and from everywhere all viewers get their sessions.
fn holds(viewers: u8, faults: Faults) {
    let model = Dial { mistake: None, faults, viewers };
    let start = Instant::now();
    let checker = model.clone().checker().threads(2).spawn_bfs().join();
    assert!(checker.discovery("no session with the wrong peer").is_none());
    assert!(checker.discovery("a token has one place").is_none());
    assert!(checker.discovery("all have sessions").is_some());
    let explored = always_recovers(&model, State::all_have_sessions)
        .unwrap_or_else(|stuck| panic!("nothing helps any more: {stuck:#?}"));
    assert_eq!(checker.unique_state_count(), explored.states);
    println!("dial, {viewers} viewers, {faults:?}: {explored:?} in {:.1?}", start.elapsed());
}

/// A mistake must break this property.
fn breaks(mistake: Mistake, viewers: u8, faults: Faults, property: &'static str) {
    let model = Dial { mistake: Some(mistake), faults, viewers };
    let start = Instant::now();
    let checker = model.checker().threads(2).finish_when(HasDiscoveries::AnyFailures).spawn_bfs().join();
    let Some(path) = checker.discovery(property) else {
        panic!("{mistake:?} was not found: {:?}", checker.discoveries().keys());
    };
    let states = checker.unique_state_count();
    println!("dial, {mistake:?}: found after {states} states in {:.1?}:", start.elapsed());
    path.into_actions().iter().for_each(|step| println!("    {step:?}"));
}

/// A mistake must lead to where no session is possible any more.
fn gets_stuck(mistake: Mistake, viewers: u8, faults: Faults) {
    let model = Dial { mistake: Some(mistake), faults, viewers };
    let Err(stuck) = always_recovers(&model, State::all_have_sessions) else {
        panic!("{mistake:?} was not found");
    };
    println!("dial, {mistake:?}: stuck after");
    stuck.path.iter().for_each(|step| println!("    {step:?}"));
}

#[test]
fn a_dial_ends_in_a_session_when_the_server_restarts_and_the_host_moves() {
    holds(1, Faults { restarts: 1, moves: 1, network: 1, impatience: 1, ..Faults::default() });
}

#[test]
fn a_session_moves_when_its_relay_drains_or_dies() {
    holds(1, Faults { drains: 1, deaths: 1, network: 1, ..Faults::default() });
}

#[test]
fn two_viewers_get_their_own_sessions() {
    holds(2, Faults::default());
}

#[test]
fn tokens_that_are_not_bound_to_a_side_pair_a_viewer_with_itself() {
    let faults = Faults { impatience: 1, deaths: 1, network: 1, ..Faults::default() };
    breaks(Mistake::TokensNotBoundToSide, 1, faults, "no session with the wrong peer");
}

#[test]
fn pairs_by_host_mix_two_viewers_up() {
    breaks(Mistake::PairsByHost, 2, Faults::default(), "no session with the wrong peer");
}

#[test]
fn a_side_that_stays_on_a_dead_relay_is_stuck() {
    gets_stuck(Mistake::StaysOnDeadRelay, 1, Faults { deaths: 1, ..Faults::default() });
}

#[test]
fn a_side_that_never_asks_for_tokens_again_is_stuck() {
    gets_stuck(Mistake::NeverAsksAgain, 1, Faults { deaths: 2, ..Faults::default() });
}

#[test]
fn a_server_that_asks_in_the_old_session_only_never_reaches_a_host_that_moved() {
    gets_stuck(Mistake::AsksOnce, 1, Faults { moves: 1, ..Faults::default() });
}
