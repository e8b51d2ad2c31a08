//! The server by hand: who gets a place, who gets an answer, and what is enforced.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::time::Duration;

use deskwire_identity::IdentityKey;
use deskwire_machine::{Input, Machine, Output};
use deskwire_relay::ServerEvent;
use deskwire_wire::frame::Kind;
use deskwire_wire::ids::{Private, RelayId, Role};
use deskwire_wire::relay::{ClosedReason, PairState, RefuseReason, RelayMsg};
use support::*;

fn refusal(answers: &[(std::net::SocketAddr, Vec<u8>)]) -> Option<RefuseReason> {
    match answers {
        [(_, bytes)] => match decode(bytes) {
            RelayMsg::Refused { reason, .. } => Some(reason),
            _ => None,
        },
        _ => None,
    }
}

/// Both sides over UDP.
fn pair(hand: &mut Hand) -> [deskwire_wire::relay::Place; 2] {
    [hand.place(address(1, 10), token(1, Role::Viewer)), hand.place(address(2, 20), token(1, Role::Host))]
}

#[test]
fn two_sides_are_paired_and_packets_cross_under_the_receivers_channel() {
    let mut hand = Hand::new(|_| {});
    let (a, b) = (address(1, 10), address(2, 20));
    let ack = ack_in(&hand.say(a, &open(token(1, Role::Viewer), 5, None)));
    assert_eq!((ack.nonce, ack.state, ack.observed, ack.max_packet), (5, PairState::Waiting, a, 1_452));
    let pong = hand.say(a, &RelayMsg::Ping(ack.place.clone()));
    assert_eq!(decode(&pong[0].1), RelayMsg::Pong { place: ack.place.clone(), state: PairState::Waiting });
    let answers = hand.say(b, &open(token(1, Role::Host), 6, None));
    let host = ack_in(&answers[..1]);
    assert_eq!(host.state, PairState::Paired);
    assert_eq!((answers[1].0, decode(&answers[1].1)), (a, RelayMsg::Paired(ack.place.clone())));
    assert_eq!(hand.events, [ServerEvent::PairOpened { introduction: introduction(1) }]);

    let carried = hand.datagram(b, data(&host.place, &packet(9, 700)));
    assert_eq!(carried, [(a, data(&ack.place, &packet(9, 700)))]);
    hand.say(b, &RelayMsg::Ping(host.place.clone()));
    let carried = hand.datagram(a, data(&ack.place, &packet(8, 1_200)));
    assert_eq!(carried, [(b, data(&host.place, &packet(8, 1_200)))]);
    let stats = hand.server.stats();
    assert_eq!((stats.paired, stats.packets, stats.bytes), (1, 2, 1_900));
}

// spec: RL-6
#[test]
fn t06_a_repeat_is_answered_another_address_and_a_third_user_are_refused() {
    let mut hand = Hand::new(|_| {});
    let places = pair(&mut hand);
    let again = hand.say(address(1, 10), &open(token(1, Role::Viewer), 9, None));
    assert_eq!((ack_in(&again).nonce, &ack_in(&again).place), (9, &places[0]));
    for from in [address(1, 11), address(9, 10)] {
        let answer = hand.say(from, &open(token(1, Role::Viewer), 9, None));
        assert_eq!(refusal(&answer), Some(RefuseReason::Used));
    }
    // Another token of the same server for a side that is taken.
    let mut other = grant(1, Role::Host);
    other.not_before -= 1;
    let answer = hand.say(address(3, 30), &open(other.sign(&server_key()), 9, None));
    assert_eq!(refusal(&answer), Some(RefuseReason::Used));
    assert_eq!(hand.server.stats().refused.used, 3);
}

// spec: RL-6
#[test]
fn a_used_token_stays_used_after_its_pair_is_over() {
    let mut hand = Hand::new(|_| {});
    let [viewer, _] = pair(&mut hand);
    let told = hand.say(address(1, 10), &RelayMsg::Leave(viewer));
    assert!(matches!(decode(&told[0].1), RelayMsg::Closed { reason: ClosedReason::PeerLeft, .. }));
    assert_eq!((told.len(), told[0].0), (1, address(2, 20)));
    for role in [Role::Viewer, Role::Host] {
        let answer = hand.say(address(1, 10), &open(token(1, role), 9, None));
        assert_eq!(refusal(&answer), Some(RefuseReason::Used));
    }
    // A new token for the same introduction is a new start.
    let mut fresh = grant(1, Role::Viewer);
    fresh.not_before += 1;
    assert_eq!(
        ack_in(&hand.say(address(1, 10), &open(fresh.sign(&server_key()), 9, None))).state,
        PairState::Waiting
    );
}

// spec: RL-4, RL-5
#[test]
fn tokens_of_another_time_relay_or_signer_get_no_place() {
    let mut hand = Hand::new(|_| {});
    let from = address(1, 10);
    let ask = |hand: &mut Hand, change: &dyn Fn(&mut deskwire_identity::RelayToken), key: &IdentityKey| {
        let mut grant = grant(1, Role::Viewer);
        change(&mut grant);
        hand.say(from, &open(grant.sign(key), 1, None))
    };
    let key = server_key();
    let early = ask(&mut hand, &|t| (t.not_before, t.expires) = (UNIX + 31, UNIX + 60), &key);
    let late = ask(&mut hand, &|t| (t.not_before, t.expires) = (UNIX - 100, UNIX - 31), &key);
    let elsewhere = ask(&mut hand, &|t| t.relay = RelayId(8), &key);
    assert_eq!(refusal(&early), Some(RefuseReason::Expired));
    assert_eq!(refusal(&late), Some(RefuseReason::Expired));
    assert_eq!(refusal(&elsewhere), Some(RefuseReason::OtherRelay));
    assert_eq!(ask(&mut hand, &|_| {}, &IdentityKey::from_bytes(&[1; 32])), []);
    let mut damaged = token(1, Role::Viewer);
    damaged[20] ^= 1;
    assert_eq!(hand.say(from, &open(damaged, 1, None)), []);
    assert_eq!(hand.say(from, &open(vec![0; 143], 1, None)), []);
    hand.pass(Duration::from_secs(91));
    assert_eq!(refusal(&ask(&mut hand, &|_| {}, &key)), Some(RefuseReason::Expired));
    let stats = hand.server.stats();
    assert_eq!((stats.refused.forged, stats.waiting), (3, 0));
}

// spec: RL-12
#[test]
fn t31_an_address_moves_only_with_the_proof() {
    let mut hand = Hand::new(|_| {});
    let [viewer, host] = pair(&mut hand);
    let moved = address(1, 99);
    assert_eq!(hand.datagram(moved, data(&viewer, &packet(1, 100))), [], "data from elsewhere is not taken");
    let mut guess = viewer.clone();
    guess.proof = Private(viewer.proof.0 ^ 1);
    let answer = hand.say(moved, &open(token(1, Role::Viewer), 2, Some(guess)));
    assert_eq!(refusal(&answer), Some(RefuseReason::Used));
    let answer = hand.say(moved, &open(token(1, Role::Viewer), 2, Some(viewer.clone())));
    let place = ack_in(&answer).place;
    assert_eq!(place.channel, viewer.channel);
    assert_ne!(place.proof, viewer.proof);
    assert_eq!(hand.datagram(address(1, 10), data(&viewer, &packet(1, 100))), [], "the old address is out");
    // Its acknowledgement was lost and it moved again: the former proof still counts.
    let again = hand.say(address(1, 77), &open(token(1, Role::Viewer), 2, Some(viewer)));
    let place = ack_in(&again).place;
    hand.say(address(1, 77), &RelayMsg::Ping(place.clone()));
    let carried = hand.datagram(address(2, 20), data(&host, &packet(2, 1_000)));
    assert_eq!(carried, [(address(1, 77), data(&place, &packet(2, 1_000)))]);
}

#[test]
fn t29_a_guessed_channel_without_its_proof_proves_and_ends_nothing() {
    let mut hand = Hand::new(|_| {});
    let victim = address(1, 10);
    let place = ack_in(&hand.say(victim, &open(token(1, Role::Viewer), 1, None))).place;
    let host = hand.place(address(2, 20), token(1, Role::Host));
    let mut guess = place.clone();
    guess.proof = Private(place.proof.0 ^ 1);
    // The same answer as for a channel that nobody has.
    let answers = hand.say(victim, &RelayMsg::Ping(guess.clone()));
    assert_eq!(decode(&answers[0].1), RelayMsg::UnknownPlace(guess.clone()));
    assert_eq!(hand.say(victim, &RelayMsg::Leave(guess)), []);
    for _ in 0..10 {
        hand.datagram(address(2, 20), data(&host, &packet(1, 1_200)));
    }
    let stats = hand.server.stats();
    assert_eq!((stats.packets, stats.held, stats.dropped.unproven), (0, 4, 6));
    hand.say(victim, &RelayMsg::Ping(place));
    assert_eq!(hand.datagram(address(2, 20), data(&host, &packet(1, 1_200))).len(), 1);
}

// spec: RL-9
#[test]
fn an_unproven_place_can_be_taken_over_with_the_same_token() {
    let mut hand = Hand::new(|_| {});
    let spoofed = ack_in(&hand.say(address(66, 6), &open(token(1, Role::Viewer), 1, None)));
    let link = hand.place_tcp(address(1, 10), token(1, Role::Viewer));
    assert!(matches!(decode(&hand.frames(link)[0]), RelayMsg::OpenAck(_)));
    let answers = hand.say(address(66, 6), &RelayMsg::Ping(spoofed.place.clone()));
    assert_eq!(decode(&answers[0].1), RelayMsg::UnknownPlace(spoofed.place), "it is his no more");
    let RelayMsg::OpenAck(ack) = decode(&hand.frames(link)[0]) else { panic!("no place") };
    hand.stream(link, &framed(&encode(&RelayMsg::Ping(ack.place))));
    let answer = hand.say(address(66, 6), &open(token(1, Role::Viewer), 1, None));
    assert_eq!(refusal(&answer), Some(RefuseReason::Used));
}

/// The acknowledgement was lost with the connection's bytes, and the client asks beside it.
#[test]
fn a_client_that_has_not_heard_of_its_place_on_one_connection_gets_it_on_another() {
    let mut hand = Hand::new(|_| {});
    let deaf = hand.place_tcp(address(1, 10), token(1, Role::Viewer));
    let link = hand.place_tcp(address(1, 11), token(1, Role::Viewer));
    assert!(matches!(decode(&hand.frames(link)[0]), RelayMsg::OpenAck(_)));
    assert!(hand.closed.contains(&deaf));
    let host = hand.place(address(2, 20), token(1, Role::Host));
    hand.datagram(address(2, 20), data(&host, &packet(4, 900)));
    assert_eq!(hand.frames(link).last(), Some(&packet(4, 900)));
    hand.stream(link, &framed(&packet(5, 800)));
    let late = hand.place_tcp(address(1, 12), token(1, Role::Viewer));
    assert!(matches!(decode(&hand.frames(late)[0]), RelayMsg::Refused { reason: RefuseReason::Used, .. }));
}

// spec: RL-1
#[test]
fn t07_relay_never_dials() {
    let mut hand = Hand::new(|_| {});
    pair(&mut hand);
    hand.place_tcp(address(3, 30), token(2, Role::Viewer));
    hand.place_tcp(address(4, 40), token(2, Role::Host));
    hand.pass(Duration::from_secs(100));
    assert_eq!(hand.opened, 0, "no link is opened after the listeners");
}

// spec: RL-2
#[test]
fn udp_and_tcp_sides_are_converted() {
    let mut hand = Hand::new(|_| {});
    let viewer = hand.place(address(1, 10), token(1, Role::Viewer));
    let host = hand.place_tcp(address(2, 20), token(1, Role::Host));
    assert_eq!(hand.datagram(address(1, 10), data(&viewer, &packet(3, 1_300))), []);
    assert_eq!(hand.frames(host).last(), Some(&packet(3, 1_300)));
    hand.stream(host, &[framed(&packet(4, 900)), framed(&packet(5, 1_453))].concat());
    assert_eq!(hand.drain(), [(address(1, 10), data(&viewer, &packet(4, 900)))]);
    assert_eq!(hand.server.stats().dropped.unfit, 1, "longer than UDP carries");
    // Something that would be a control message on the other side's TCP link.
    hand.datagram(address(1, 10), data(&viewer, &encode(&RelayMsg::Paired(viewer.clone()))));
    assert_eq!(hand.frames(host).last(), Some(&packet(3, 1_300)));
}

// spec: RL-15
#[test]
fn rate_bytes_and_time_of_a_token_are_enforced() {
    let limited = |change: &dyn Fn(&mut deskwire_identity::RelayToken)| {
        let mut hand = Hand::new(|_| {});
        let mut viewer = grant(1, Role::Viewer);
        change(&mut viewer);
        let viewer = hand.place(address(1, 10), viewer.sign(&server_key()));
        hand.place(address(2, 20), token(1, Role::Host));
        hand.events.clear();
        (hand, viewer)
    };
    let (mut hand, place) = limited(&|t| t.rate_bytes_per_s = 100_000);
    let mut carried = 0;
    for _ in 0..1_000 {
        for _ in 0..2 {
            carried += hand
                .datagram(address(1, 10), data(&place, &packet(1, 1_000)))
                .iter()
                .map(|(_, bytes)| bytes.len())
                .sum::<usize>();
        }
        hand.pass(Duration::from_millis(10));
    }
    assert!((1_090_000..=1_100_000).contains(&carried), "{carried} bytes in 10 s at 100 kB/s and one burst");

    let (mut hand, place) = limited(&|t| t.byte_cap = 10_000);
    for _ in 0..10 {
        assert_eq!(hand.datagram(address(1, 10), data(&place, &packet(1, 1_000))).len(), 1);
    }
    let told = hand.datagram(address(1, 10), data(&place, &packet(1, 1_000)));
    assert!(matches!(decode(&told[0].1), RelayMsg::Closed { reason: ClosedReason::ByteCap, .. }));
    let over = |event: &ServerEvent| match event {
        ServerEvent::PairClosed { reason, bytes, lasted, .. } => Some((*reason, *bytes, *lasted)),
        _ => None,
    };
    assert_eq!(over(&hand.events[0]), Some((ClosedReason::ByteCap, 10_000, Duration::ZERO)));

    let (mut hand, place) = limited(&|t| t.longest_s = 100);
    for _ in 0..9 {
        hand.pass(Duration::from_secs(10));
        hand.datagram(address(1, 10), data(&place, &packet(1, 1_000)));
        let host = hand.say(address(2, 20), &open(token(1, Role::Host), 1, None));
        assert_eq!(ack_in(&host).state, PairState::Paired);
    }
    hand.pass(Duration::from_secs(10));
    assert_eq!(over(&hand.events[0]), Some((ClosedReason::Duration, 9_000, Duration::from_secs(100))));
}

#[test]
fn the_lonely_and_the_silent_lose_their_place() {
    let mut hand = Hand::new(|_| {});
    let place = hand.place(address(1, 10), token(1, Role::Viewer));
    hand.pass(Duration::from_secs(30));
    hand.say(address(1, 10), &RelayMsg::Ping(place));
    let told = hand.pass(Duration::from_secs(31));
    assert!(matches!(decode(&told[0].1), RelayMsg::Closed { reason: ClosedReason::NobodyCame, .. }));

    let mut hand = Hand::new(|_| {});
    let [viewer, _] = pair(&mut hand);
    hand.pass(Duration::from_secs(40));
    hand.say(address(1, 10), &RelayMsg::Ping(viewer));
    let told = hand.pass(Duration::from_secs(6));
    assert_eq!(told.len(), 2);
    assert!(matches!(decode(&told[0].1), RelayMsg::Closed { reason: ClosedReason::Idle, .. }));
    let stats = hand.server.stats();
    assert_eq!((stats.paired, stats.waiting), (0, 0));
    assert!(hand.only_remembers());
}

// spec: CV-6, RL-16
#[test]
fn t33_a_connection_without_a_place_has_ten_seconds_and_three_small_frames() {
    let mut hand = Hand::new(|_| {});
    let slow = hand.accept(address(1, 1));
    hand.stream(slow, &[Kind::RelayControl as u8]);
    for byte in 0..9 {
        hand.pass(Duration::from_secs(1));
        hand.stream(slow, &[byte]);
    }
    assert!(hand.closed.is_empty());
    hand.pass(Duration::from_secs(1));
    assert_eq!(hand.closed, [slow]);

    let long = hand.accept(address(1, 1));
    hand.stream(long, &[Kind::RelayControl as u8, 0x10, 0x01]);
    let alien = hand.accept(address(1, 1));
    hand.stream(alien, b"GET / HTTP/1.1\r\n");
    let chatty = hand.accept(address(1, 1));
    hand.stream(chatty, &[Kind::RelayControl as u8]);
    for _ in 0..2 {
        hand.stream(chatty, &framed(b"\x0fxx"));
        hand.drain();
        assert!(!hand.closed.contains(&chatty));
    }
    hand.stream(chatty, &framed(b"\x0fxx"));
    hand.drain();
    assert_eq!(hand.closed, [slow, long, alien, chatty]);
    assert_eq!((hand.server.stats().connections, hand.streams.len()), (0, 0));
}

#[test]
fn t34_the_oldest_half_open_connection_is_shed_and_a_side_is_not() {
    let mut hand = Hand::new(|l| (l.half_open, l.connections, l.half_open_per_prefix) = (3, 5, 2));
    let side = hand.place_tcp(address(1, 1), token(1, Role::Viewer));
    let links: Vec<_> = (2..6).map(|host| hand.accept(address(host, 1))).collect();
    assert_eq!(hand.closed, [links[0]]);
    let same = [hand.accept(address(5, 2)), hand.accept(address(5, 3))];
    assert_eq!(hand.closed[1..], [links[1], same[1]], "at most two of one address");
    for host in 10..100 {
        hand.accept(address(host, 1));
    }
    assert!(!hand.closed.contains(&side));
    assert!(hand.server.stats().connections <= 5);
}

#[test]
fn a_slow_reader_stops_its_partner_from_being_read() {
    let mut hand = Hand::new(|l| l.stream_queue = 64 << 10);
    let viewer = hand.place_tcp(address(1, 10), token(1, Role::Viewer));
    let host = hand.place_tcp(address(2, 20), token(1, Role::Host));
    hand.input(Input::Blocked { link: host });
    let mut fed = 0;
    while hand.server.wants_input(viewer) {
        assert!(hand.stream(viewer, &framed(&packet(1, 1_200))).is_empty());
        fed += 1_202;
    }
    assert!((64 << 10..66 << 10).contains(&fed));
    assert!(hand.server.wants_input(host), "only that direction");
    // A driver that feeds nevertheless: nothing grows, and nothing is lost.
    let flood = framed(&packet(2, 1_200)).repeat(1_000);
    let left = hand.stream(viewer, &flood);
    assert!(left.len() > flood.len() - (70 << 10));
    hand.drain();
    hand.streams.clear();
    hand.input(Input::Writable { link: host });
    assert_eq!(hand.frames(host).len(), (fed + flood.len() - left.len()) / 1_202);
    assert!(hand.server.wants_input(viewer));
    assert_eq!(hand.server.stats().dropped.queue_full, 0);
}

#[test]
fn a_tcp_side_over_its_rate_is_not_read_until_it_may() {
    let mut hand = Hand::new(|l| l.stream_queue = 1 << 20);
    let mut slow = grant(1, Role::Viewer);
    slow.rate_bytes_per_s = 100_000;
    let viewer = hand.place_tcp(address(1, 10), slow.sign(&server_key()));
    hand.place_tcp(address(2, 20), token(1, Role::Host));
    let mut fed = 0;
    let start = hand.now;
    while hand.now - start < Duration::from_secs(10) {
        if hand.server.wants_input(viewer) {
            hand.stream(viewer, &framed(&packet(1, 1_000)));
            hand.drain();
            fed += 1_002;
        } else {
            hand.pass(Duration::from_millis(1));
        }
    }
    assert!((1_095_000..=1_105_000).contains(&fed), "{fed} bytes in 10 s at 100 kB/s and one burst");
}

#[test]
fn t36_a_hundred_thousand_opens_stay_within_the_bounds() {
    let mut hand = Hand::new(|l| {
        (l.pairs, l.spent_tokens, l.checks_per_s, l.events) = (200, 300, 1_000, 10);
    });
    let mut tokens = Vec::new();
    for n in 0..250u32 {
        let mut grant = grant(1, Role::Viewer);
        grant.introduction.0[..4].copy_from_slice(&n.to_be_bytes());
        tokens.push(grant.sign(&server_key()));
    }
    let mut dice = deskwire_machine::Seed::new([1; 32]).public();
    for n in 0..100_000u32 {
        let mut bytes = tokens[usize::try_from(dice.below(250)).unwrap()].clone();
        if n % 2 == 0 {
            bytes[usize::try_from(dice.below(143)).unwrap()] ^= 0x10;
        }
        let from = std::net::SocketAddr::from((std::net::Ipv4Addr::from_bits(n / 7), 9));
        let message = open(bytes, u64::from(n), None);
        let size = encode(&message).len();
        let sent: usize = hand.say(from, &message).iter().map(|(_, bytes)| bytes.len()).sum();
        assert!(sent <= size);
        if n % 500 == 0 {
            hand.pass(Duration::from_millis(10));
        }
    }
    let stats = hand.server.stats();
    assert!(stats.waiting <= 200 && stats.spent_tokens <= 300, "{stats:?}");
    assert!(stats.refused.over_budget > 0 && stats.refused.full > 0);
    hand.pass(Duration::from_secs(200));
    assert_eq!((hand.server.stats().waiting, hand.server.poll_timeout()), (0, None));
}

// spec: RL-17
#[test]
fn draining_takes_no_new_pairs_but_missing_sides_and_says_so_with_every_pong() {
    let mut hand = Hand::new(|_| {});
    let viewer = hand.place(address(1, 10), token(1, Role::Viewer));
    let now = hand.now;
    hand.server.drain(now);
    let told = hand.drain();
    assert_eq!(told.len(), 1);
    assert_eq!(decode(&told[0].1), RelayMsg::Draining(viewer.clone()), "at once");
    let answer = hand.say(address(3, 30), &open(token(2, Role::Viewer), 1, None));
    assert_eq!(refusal(&answer), Some(RefuseReason::Draining));
    hand.place(address(2, 20), token(1, Role::Host));
    assert_eq!(hand.server.stats().paired, 1);
    let answers = hand.say(address(1, 10), &RelayMsg::Ping(viewer.clone()));
    assert_eq!(decode(&answers[1].1), RelayMsg::Draining(viewer));
    let (now, before) = (hand.now, hand.server.poll_timeout().map(|deadline| deadline.at));
    assert!(
        before.is_some_and(|at| at <= now + Duration::from_secs(2)),
        "and again, for those who did not hear it"
    );
    hand.server.stop(now);
    let told = hand.drain();
    assert_eq!(told.len(), 2);
    assert_eq!(hand.closed, [hand.udp, hand.tcp]);
}

#[test]
fn all_who_are_there_are_told_in_batches_and_the_last_one_ends_the_draining() {
    let mut hand = Hand::new(|limits| {
        (limits.checks_per_s, limits.checks_per_s_and_prefix) = (10_000, 10_000);
        limits.waiting_per_prefix = 1_000;
    });
    let places: Vec<_> = (0..250u16)
        .map(|n| {
            let (id, from) = (u8::try_from(n).unwrap(), address(1, 1_000 + n));
            (from, hand.place(from, token(id, Role::Viewer)))
        })
        .collect();
    let now = hand.now;
    hand.server.drain(now);
    let told = |sent: Vec<(std::net::SocketAddr, Vec<u8>)>| {
        sent.iter().filter(|(_, bytes)| matches!(decode(bytes), RelayMsg::Draining(_))).count()
    };
    assert_eq!(told(hand.drain()), 200);
    assert_eq!(told(hand.pass(Duration::from_millis(20))), 50);
    assert_eq!(told(hand.pass(Duration::from_millis(1_990))), 0);
    for (from, place) in places {
        assert!(!hand.events.contains(&ServerEvent::Drained));
        hand.say(from, &RelayMsg::Leave(place));
    }
    assert_eq!(hand.events.iter().filter(|event| **event == ServerEvent::Drained).count(), 1);
    assert!(hand.only_remembers());
}

// spec: RL-13
#[test]
fn a_place_of_an_earlier_life_is_told_from_silence() {
    let mut hand = Hand::new(|_| {});
    let viewer = hand.place(address(1, 10), token(1, Role::Viewer));
    let mut again = Hand::new(|_| {});
    let question = RelayMsg::Ping(viewer.clone());
    let answers = again.say(address(1, 10), &question);
    assert_eq!(answers.len(), 1);
    assert_eq!(decode(&answers[0].1), RelayMsg::UnknownPlace(viewer.clone()));
    assert!(answers[0].1.len() <= encode(&question).len(), "no amplification");
    // Whoever knows the channel alone learns nothing about it.
    let guess =
        deskwire_wire::relay::Place { proof: deskwire_wire::ids::Private(viewer.proof.0 ^ 1), ..viewer };
    let answers = hand.say(address(9, 10), &RelayMsg::Ping(guess.clone()));
    assert_eq!(decode(&answers[0].1), RelayMsg::UnknownPlace(guess));
}

// spec: RL-19
#[test]
fn t29_an_echo_is_answered_by_everybody_to_everybody_and_never_with_more_bytes() {
    use deskwire_wire::relay::RelayState;
    let mut hand = Hand::new(|limits| limits.pairs = 1);
    let ask = |hand: &mut Hand, padding| {
        let question = RelayMsg::Echo { nonce: 7, padding };
        let answers = hand.say(address(1, 10), &question);
        assert!(answers.iter().all(|(_, answer)| answer.len() <= encode(&question).len()));
        answers.first().map(|(_, answer)| decode(answer))
    };
    let state = |state| Some(RelayMsg::Echoed { nonce: 7, state });
    assert_eq!(ask(&mut hand, 16), state(RelayState::Serving));
    assert_eq!(hand.server.poll_timeout(), None, "nothing is kept");
    hand.place(address(1, 10), token(1, Role::Viewer));
    assert_eq!(ask(&mut hand, 16), state(RelayState::Full));
    let now = hand.now;
    hand.server.drain(now);
    hand.drain();
    assert_eq!(ask(&mut hand, 16), state(RelayState::Draining));
}

#[test]
fn a_listener_that_cannot_be_opened_is_reported() {
    let mut hand = Hand::new(|_| {});
    let reason = deskwire_machine::CloseReason::AddressInUse;
    hand.input(Input::Closed { link: hand.tcp, reason });
    assert!(matches!(hand.events[..], [ServerEvent::ListenerLost { over: deskwire_relay::Over::Tcp, .. }]));
    let mut buf = Vec::new();
    assert_eq!(hand.server.poll_output(hand.now, &mut buf), None::<Output>);
}
