//! Packets for a side that has not proven its address: kept until it has, within bounds, and never sent before.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::time::Duration;

use deskwire_wire::ids::Role;
use deskwire_wire::relay::{PairState, Place, RelayMsg};
use support::*;

/// The first has proven its address, the second has just opened and not answered yet.
fn half_proven(hand: &mut Hand, first: Role) -> [Place; 2] {
    let early = hand.place(address(1, 10), token(1, first));
    let ack = ack_in(&hand.say(address(2, 20), &open(token(1, first.peer()), 6, None)));
    assert_eq!(ack.state, PairState::Paired);
    [early, ack.place]
}

#[test]
fn the_first_packet_waits_for_the_other_sides_proof_and_is_not_lost() {
    for first in [Role::Viewer, Role::Host] {
        let mut hand = Hand::new(|_| {});
        let [early, late] = half_proven(&mut hand, first);
        assert_eq!(
            hand.datagram(address(1, 10), data(&early, &packet(1, 1_200))),
            [],
            "the bytes are not earned"
        );
        let sent = hand.say(address(2, 20), &RelayMsg::Ping(late.clone()));
        assert!(matches!(decode(&sent[0].1), RelayMsg::Pong { state: PairState::Paired, .. }));
        assert_eq!(sent[1..], [(address(2, 20), data(&late, &packet(1, 1_200)))]);
        let stats = hand.server.stats();
        assert_eq!((stats.packets, stats.bytes, stats.held, stats.kept_bytes), (1, 1_200, 1, 0));
        assert_eq!(stats.dropped, Default::default());
        assert_eq!(hand.say(address(2, 20), &RelayMsg::Ping(late)).len(), 1, "and only once");
    }
}

#[test]
fn packets_wait_in_order_within_their_bounds() {
    let mut hand = Hand::new(|limits| (limits.kept_packets, limits.kept_bytes) = (3, 2_500));
    let [early, late] = half_proven(&mut hand, Role::Viewer);
    // The second does not fit beside the first by bytes, the fifth not by number.
    for (fill, len) in [(1, 1_200), (2, 1_400), (3, 600), (4, 600), (5, 400)] {
        assert_eq!(hand.datagram(address(1, 10), data(&early, &packet(fill, len))), []);
    }
    let stats = hand.server.stats();
    assert_eq!((stats.held, stats.kept_bytes, stats.dropped.unproven), (3, 2_400, 2));
    let sent = hand.say(address(2, 20), &RelayMsg::Ping(late.clone()));
    let packets: Vec<_> = sent[1..].iter().map(|(to, bytes)| (*to, bytes.clone())).collect();
    let whole = |fill, len| (address(2, 20), data(&late, &packet(fill, len)));
    assert_eq!(packets, [whole(1, 1_200), whole(3, 600), whole(4, 600)]);
}

#[test]
fn all_that_waits_has_a_bound_and_goes_with_its_pair() {
    let mut hand = Hand::new(|limits| limits.kept_bytes_in_all = 2_000);
    let mut places = Vec::new();
    for n in 1..=3 {
        let early = hand.place(address(n, 10), token(n, Role::Viewer));
        hand.say(address(n, 20), &open(token(n, Role::Host), 6, None));
        hand.datagram(address(n, 10), data(&early, &packet(n, 900)));
        places.push(early);
    }
    assert_eq!((hand.server.stats().kept_bytes, hand.server.stats().dropped.unproven), (1_800, 1));
    hand.say(address(1, 10), &RelayMsg::Leave(places[0].clone()));
    assert_eq!(hand.server.stats().kept_bytes, 900);
    hand.pass(Duration::from_secs(60));
    assert_eq!((hand.server.stats().kept_bytes, hand.server.stats().paired), (0, 0));
}

#[test]
fn a_side_that_comes_over_tcp_instead_gets_what_waited_for_it() {
    let mut hand = Hand::new(|_| {});
    let [early, _] = half_proven(&mut hand, Role::Viewer);
    hand.datagram(address(1, 10), data(&early, &packet(1, 1_200)));
    let link = hand.place_tcp(address(2, 30), token(1, Role::Host));
    let frames = hand.frames(link);
    assert!(matches!(decode(&frames[0]), RelayMsg::OpenAck(_)));
    assert_eq!(frames[1..], [packet(1, 1_200)]);
    assert_eq!(hand.server.stats().kept_bytes, 0);
}

// spec: RL-8
#[test]
fn t29_no_address_gets_more_than_it_sent_while_packets_wait_for_it() {
    let mut hand = Hand::new(|_| {});
    let early = hand.place(address(1, 10), token(1, Role::Viewer));
    let ask = encode(&open(token(1, Role::Host), 6, None));
    let mut came = ask.len();
    let mut got = 0;
    let count = |sent: Vec<(std::net::SocketAddr, Vec<u8>)>| {
        sent.iter().filter(|(to, _)| *to == address(2, 20)).map(|(_, bytes)| bytes.len()).sum::<usize>()
    };
    got += count(hand.datagram(address(2, 20), ask.clone()));
    for round in 0..20 {
        got +=
            count(hand.datagram(address(1, 10), data(&early, &packet(round, 20 + 60 * usize::from(round)))));
        assert!(got <= came, "{got} bytes for {came}");
        if round % 5 == 0 {
            came += ask.len();
            got += count(hand.datagram(address(2, 20), ask.clone()));
            assert!(got <= came, "{got} bytes for {came}");
        }
    }
    assert!(hand.server.stats().held > 0);
}
