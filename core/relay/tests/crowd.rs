//! Places to which nobody comes: whoever takes many of them keeps nobody else out.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::net::SocketAddr;
use std::time::Duration;

use deskwire_wire::ids::Role;
use deskwire_wire::relay::{RefuseReason, RelayMsg};
use support::*;

/// What the relay says to this side's token, from this address.
fn ask(hand: &mut Hand, from: SocketAddr, n: u8, role: Role) -> RelayMsg {
    let answers = hand.say(from, &open(token(n, role), 1, None));
    let own = answers.iter().rev().find(|(to, _)| *to == from).map(|(_, bytes)| decode(bytes));
    own.unwrap_or_else(|| panic!("no answer in {answers:?}"))
}

fn is_in(answer: &RelayMsg) -> bool {
    matches!(answer, RelayMsg::OpenAck(_))
}

const fn full(answer: &RelayMsg) -> bool {
    matches!(answer, RelayMsg::Refused { reason: RefuseReason::Full, .. })
}

#[test]
fn t34_places_that_wait_in_vain_give_way_and_pairs_stay() {
    let mut hand = Hand::new(|limits| limits.pairs = 8);
    let [viewer, host] = [address(1, 10), address(2, 10)];
    assert!(is_in(&ask(&mut hand, viewer, 1, Role::Viewer)) && is_in(&ask(&mut hand, host, 1, Role::Host)));
    for n in 2..9 {
        assert!(is_in(&ask(&mut hand, address(n, 10), n, Role::Viewer)));
    }
    // The other sides may be on their way: for as long as that takes, those who wait stay.
    assert!(full(&ask(&mut hand, address(9, 10), 9, Role::Viewer)));
    hand.pass(Duration::from_secs(3));
    assert!(is_in(&ask(&mut hand, address(9, 10), 9, Role::Viewer)));
    assert_eq!((hand.server.stats().paired, hand.server.stats().waiting), (1, 7));
    // The longest waiting one was told that nobody came; the last one to come is still expected.
    assert!(is_in(&ask(&mut hand, address(9, 11), 9, Role::Host)));
    assert!(is_in(&ask(&mut hand, address(3, 11), 3, Role::Host)));
    assert_eq!((hand.server.stats().paired, hand.server.stats().shed), (3, 1));
}

#[test]
fn t34_one_network_cannot_fill_a_relay_with_places_that_wait() {
    let mut hand = Hand::new(|limits| limits.waiting_per_prefix = 4);
    for n in 1..=4 {
        assert!(is_in(&ask(&mut hand, address(1, n.into()), n, Role::Viewer)));
    }
    assert!(full(&ask(&mut hand, address(1, 99), 5, Role::Viewer)));
    assert!(is_in(&ask(&mut hand, address(2, 99), 6, Role::Viewer)), "another network");
    hand.pass(Duration::from_secs(3));
    assert!(is_in(&ask(&mut hand, address(1, 100), 5, Role::Viewer)), "its own oldest gave way");
    // A place that found its other side waits no more.
    assert!(is_in(&ask(&mut hand, address(3, 1), 5, Role::Host)));
    assert!(is_in(&ask(&mut hand, address(1, 101), 7, Role::Viewer)));
    assert_eq!(hand.server.stats().shed, 1);
}
