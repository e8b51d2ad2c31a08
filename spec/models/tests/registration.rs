//! What holds of the registration, and which mistakes would be found.

use std::time::Instant;

use deskwire_models::recovery::always_recovers;
use deskwire_models::registration::{Faults, Mistake, OTHER, Registration, State};
use stateright::{Checker, HasDiscoveries, Model};

const NONE: Faults = Faults { restarts: 0, moves: 0, store: 0, network: 0 };

/// Explores everything: all properties must hold, and from everywhere all devices get online again.
fn holds(faults: Faults, rotation: bool) {
    let model = Registration { mistake: None, faults, rotation };
    let start = Instant::now();
    let checker = model.clone().checker().threads(2).spawn_bfs().join();
    checker.assert_properties();
    let explored = always_recovers(&model, |state: &State| {
        state.is_online(OTHER) && state.is_online(state.rightful())
    });
    let explored = explored.unwrap_or_else(|stuck| panic!("nothing helps any more: {stuck:#?}"));
    assert_eq!(checker.unique_state_count(), explored.states);
    println!("registration, {faults:?}, rotation {rotation}: {explored:?} in {:.1?}", start.elapsed());
}

/// A mistake must break this property.
fn breaks(mistake: Mistake, faults: Faults, rotation: bool, property: &'static str) {
    let model = Registration { mistake: Some(mistake), faults, rotation };
    let start = Instant::now();
    let checker = model.checker().threads(2).finish_when(HasDiscoveries::AnyFailures).spawn_bfs().join();
    let Some(path) = checker.discovery(property) else {
        panic!("{mistake:?} was not found: {:?}", checker.discoveries().keys());
    };
    println!(
        "registration, {mistake:?}: found after {} states in {:.1?}, {} steps: {:#?}",
        checker.unique_state_count(),
        start.elapsed(),
        path.clone().into_actions().len(),
        path.into_actions()
    );
}

#[test]
fn two_devices_never_own_one_id_whatever_restarts_and_is_lost() {
    holds(Faults { restarts: 1, moves: 0, store: 0, network: 1 }, false);
}

#[test]
fn an_answer_before_the_claim_is_durable_gives_an_id_two_owners() {
    let faults = Faults { restarts: 1, ..NONE };
    breaks(Mistake::AnswersBeforeDurable, faults, false, "an id has one owner");
}
