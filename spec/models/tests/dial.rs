//! What holds from a dial to a session and from relay to relay, and which mistakes would be found.

#![expect(clippy::panic, reason = "what the tests share may fail like a test")]

use std::collections::BTreeSet;
use std::time::Instant;

use deskwire_models::dial::{Dial, Faults, Mistake, State};
use deskwire_models::recovery::always_recovers;
use stateright::{Checker, HasDiscoveries, Model};

/// Explores everything: all properties must hold, and from everywhere all viewers get their sessions.
fn holds((viewers, relays): (u8, usize), faults: Faults) {
    let model = Dial { mistake: None, faults, viewers, relays };
    let start = Instant::now();
    let checker = model.clone().checker().threads(2).spawn_bfs().join();
    checker.assert_properties();
    let explored = always_recovers(&model, State::all_have_sessions)
        .unwrap_or_else(|stuck| panic!("nothing helps any more: {stuck:#?}"));
    assert_eq!(checker.unique_state_count(), explored.states);
    println!("dial, {viewers} viewers, {relays} relays, {faults:?}: {explored:?} in {:.1?}", start.elapsed());
}

/// A mistake must break this property.
fn breaks(mistake: Mistake, (viewers, relays): (u8, usize), faults: Faults, property: &'static str) {
    let model = Dial { mistake: Some(mistake), faults, viewers, relays };
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
fn gets_stuck(mistake: Mistake, (viewers, relays): (u8, usize), faults: Faults) {
    let model = Dial { mistake: Some(mistake), faults, viewers, relays };
    let Err(stuck) = always_recovers(&model, State::all_have_sessions) else {
        panic!("{mistake:?} was not found");
    };
    println!("dial, {mistake:?}: stuck after");
    stuck.path.iter().for_each(|step| println!("    {step:?}"));
}

#[test]
fn a_dial_ends_in_a_session_when_the_server_restarts_and_the_host_moves() {
    holds((1, 1), Faults { restarts: 1, moves: 1, network: 1, impatience: 1, ..Faults::default() });
}

#[test]
fn a_session_moves_when_its_relay_drains_or_dies() {
    holds((1, 2), Faults { drains: 1, deaths: 1, ..Faults::default() });
}

#[test]
fn a_session_comes_over_two_relays_of_which_one_is_slow_and_messages_are_lost() {
    holds((1, 2), Faults { network: 1, impatience: 1, ..Faults::default() });
}

#[test]
fn two_viewers_get_their_own_sessions_when_the_host_moves_and_the_relay_dies() {
    holds((2, 1), Faults { moves: 1, deaths: 1, ..Faults::default() });
}

#[test]
fn tokens_that_are_not_bound_to_a_side_pair_a_viewer_with_itself() {
    let faults = Faults { impatience: 1, deaths: 1, network: 1, ..Faults::default() };
    breaks(Mistake::TokensNotBoundToSide, (1, 1), faults, "no session with the wrong peer");
}

#[test]
fn pairs_by_host_mix_two_viewers_up() {
    breaks(Mistake::PairsByHost, (2, 2), Faults::default(), "no session with the wrong peer");
}

#[test]
fn a_side_that_stays_on_a_dead_relay_is_stuck() {
    gets_stuck(Mistake::StaysOnDeadRelay, (1, 1), Faults { deaths: 1, ..Faults::default() });
}

#[test]
fn a_side_that_never_asks_for_tokens_again_is_stuck() {
    gets_stuck(Mistake::NeverAsksAgain, (1, 2), Faults { deaths: 2, ..Faults::default() });
}

#[test]
fn a_server_that_asks_in_the_old_session_only_never_reaches_a_host_that_moved() {
    gets_stuck(Mistake::AsksOnce, (1, 1), Faults { moves: 1, ..Faults::default() });
}

/// Every move of a side in the model is one, or two at once, of the relay client's own table.
#[test]
fn sides_move_as_the_code_says() {
    let table = deskwire_relay::STATES.iter().find(|table| table.machine == "relay client").unwrap();
    let allowed = |from: &str, to: &str| {
        let through =
            |row: &deskwire_machine::StateRow| table.allows(from, row.name) && table.allows(row.name, to);
        table.allows(from, to) || table.states.iter().any(through)
    };
    let model = Dial {
        mistake: None,
        faults: Faults { deaths: 1, impatience: 1, ..Faults::default() },
        viewers: 1,
        relays: 1,
    };
    let mut seen = BTreeSet::new();
    let mut moves = BTreeSet::new();
    let mut queue = model.init_states();
    while let Some(state) = queue.pop() {
        for next in model.next_states(&state) {
            let links = |state: &State| state.viewers[0].map(|own| (own.introduction, own.links[0]));
            if let (Some((before, (from, old))), Some((after, (to, new)))) = (links(&state), links(&next))
                && (before, old) == (after, new)
                && from != to
                && let (Some(from), Some(to)) = (from.name(), to.name())
            {
                moves.insert((from, to));
            }
            if seen.insert(format!("{next:?}")) {
                queue.push(next);
            }
        }
    }
    assert!(moves.len() >= 5, "{moves:?}");
    for (from, to) in moves {
        assert!(allowed(from, to), "the relay client does not go from {from} to {to}");
    }
}
