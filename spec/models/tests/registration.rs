//! What holds of the registration, and which mistakes would be found.

#![expect(clippy::panic, reason = "what the tests share may fail like a test")]

use std::time::Instant;

use deskwire_models::recovery::always_recovers;
use deskwire_models::registration::{Cast, Faults, Mistake, Registration, State};
use stateright::{Checker, HasDiscoveries, Model};

const NONE: Faults = Faults { restarts: 0, moves: 0, store: 0, network: 0 };

/// Explores everything: all properties must hold, and from everywhere all devices get online again.
fn holds(faults: Faults, cast: Cast) {
    let model = Registration { mistake: None, faults, cast };
    let start = Instant::now();
    let checker = model.clone().checker().threads(2).spawn_bfs().join();
    checker.assert_properties();
    let explored = always_recovers(&model, State::all_online);
    let explored = explored.unwrap_or_else(|stuck| panic!("nothing helps any more: {stuck:#?}"));
    assert_eq!(checker.unique_state_count(), explored.states);
    println!("registration, {faults:?}, {cast:?}: {explored:?} in {:.1?}", start.elapsed());
}

/// A mistake must break this property.
fn breaks(mistake: Mistake, faults: Faults, cast: Cast, property: &'static str) {
    let model = Registration { mistake: Some(mistake), faults, cast };
    let start = Instant::now();
    let checker = model.checker().threads(2).finish_when(HasDiscoveries::AnyFailures).spawn_bfs().join();
    let Some(path) = checker.discovery(property) else {
        panic!("{mistake:?} was not found: {:?}", checker.discoveries().keys());
    };
    let (states, steps) = (checker.unique_state_count(), path.into_actions());
    println!(
        "registration, {mistake:?}: found after {states} states in {:.1?}, {} steps:",
        start.elapsed(),
        steps.len()
    );
    steps.iter().for_each(|step| println!("    {step:?}"));
}

#[test]
fn two_devices_never_own_one_id_when_the_server_restarts_and_messages_are_lost() {
    holds(Faults { restarts: 1, network: 1, ..NONE }, Cast::Two);
}

#[test]
fn the_newest_statement_counts_when_a_device_moves_and_the_store_is_slow() {
    holds(Faults { restarts: 1, moves: 1, store: 1, network: 1 }, Cast::One);
}

#[test]
fn a_former_key_stays_out_when_the_answer_to_the_transfer_is_late() {
    holds(Faults { moves: 1, store: 1, ..NONE }, Cast::Rotated);
    holds(Faults { restarts: 1, ..NONE }, Cast::Rotated);
}

#[test]
fn an_answer_before_the_claim_is_durable_gives_an_id_two_owners() {
    let faults = Faults { restarts: 1, ..NONE };
    breaks(Mistake::AnswersBeforeDurable, faults, Cast::Two, "an id has one owner");
}

#[test]
fn an_epoch_that_is_not_checked_lets_an_old_statement_win() {
    let faults = Faults { moves: 1, network: 1, ..NONE };
    breaks(Mistake::EpochNotChecked, faults, Cast::One, "the newest statement counts");
}

#[test]
fn an_epoch_that_is_not_checked_again_lets_a_late_store_undo_a_statement() {
    let faults = Faults { moves: 1, store: 1, ..NONE };
    breaks(Mistake::EpochNotCheckedAgain, faults, Cast::One, "the newest statement counts");
}

#[test]
fn a_transfer_whose_answer_is_late_leaves_the_former_key_in() {
    let faults = Faults { moves: 1, store: 1, ..NONE };
    breaks(Mistake::OnlyTransferRevokes, faults, Cast::Rotated, "a former key stays out");
}

#[test]
fn a_fallback_that_is_not_checked_lets_the_former_key_in() {
    let faults = Faults { moves: 1, store: 1, ..NONE };
    breaks(Mistake::FallbackNotChecked, faults, Cast::Rotated, "a former key stays out");
}

#[test]
fn revocations_that_are_forgotten_at_a_restart_let_the_former_key_in() {
    let faults = Faults { restarts: 1, ..NONE };
    breaks(Mistake::RevocationsForgotten, faults, Cast::Rotated, "a former key stays out");
}
