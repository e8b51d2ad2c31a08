//! Becoming established, or not.

use deskwire_handshake::{HandshakeError, Message};
use deskwire_identity::{IdentityKey, Secret};
use deskwire_machine::ChannelSpec;

use super::packets::packets;
use crate::testing::{
    End, FLIPPED, HOST, VIEWER, World, answer_config, dial_config, host_key, ms, pattern, viewer_key,
};
use crate::{Closed, Event, PathKind};

#[test]
fn both_learn_who_the_other_is_and_share_secrets() {
    let mut world = World::connected(1);
    world.run(ms(1_000));
    let mut peers = Vec::new();
    for end in &mut world.ends {
        let at = end.events.iter().position(|(_, event)| matches!(event, Event::Established(_))).unwrap();
        let Some((_, Event::Established(peer))) = end.events.remove(at) else { unreachable!() };
        peers.push(peer);
    }
    assert_eq!(peers[VIEWER].peer_key, host_key().public());
    assert_eq!(peers[HOST].peer_key, viewer_key().public());
    assert!(peers[0].exporter == peers[1].exporter && peers[0].resumption == peers[1].resumption);
    assert!(peers[0].exporter != peers[0].resumption);
    assert_eq!(world.closed(VIEWER), None);
}

#[test]
fn it_takes_two_and_a_half_round_trips() {
    let mut world = World::new(2);
    world.add_wire(PathKind::Relay, 40);
    let start = world.now;
    world.run_until_both_established();
    let established = |event: &Event| matches!(event, Event::Established(_));
    assert_eq!(world.last(VIEWER, established).unwrap() - start, ms(160));
    assert_eq!(world.last(HOST, established).unwrap() - start, ms(200));
}

fn is_established(end: &End) -> bool {
    end.events.iter().any(|(_, event)| matches!(event, Event::Established(_)))
}

/// Whatever an application wants to say, it is not taken before the other side has confirmed the keys.
#[test]
fn t11_nothing_of_an_application_goes_before_the_end_of_the_handshake() {
    let mut world = World::new(12);
    world.add_wire(PathKind::Relay, 40);
    let mut refused = [0, 0];
    while refused.contains(&0) || !world.ends.iter().all(is_established) {
        for (end, refused) in world.ends.iter_mut().zip(&mut refused) {
            if is_established(end) {
                continue;
            }
            let spec = ChannelSpec { bidirectional: true, priority: 0 };
            assert_eq!(end.transport.open_channel(spec), None);
            assert_eq!(end.transport.send_datagram(vec![1]), Err(vec![1]));
            assert_eq!((end.transport.max_datagram(), end.transport.send_budget()), (0, 0));
            *refused += 1;
        }
        world.run(ms(1));
    }
    assert!(refused.iter().all(|n| *n > 100), "{refused:?}");
    // Nothing was kept for later either.
    let heard = |event: &(_, Event)| matches!(event.1, Event::ChannelOpened { .. } | Event::Datagram(_));
    world.run(ms(1_000));
    assert!(!world.ends.iter().any(|end| end.events.iter().any(heard)));
}

/// The packets of the last level that a side sent, among those that were sent since the last look.
fn packets_of_the_last_level(world: &mut World, side: usize) -> usize {
    let sent = world.seen.drain(..).filter(|(from, ..)| *from == side);
    sent.flat_map(|(_, _, bytes)| packets(&bytes)).filter(|packet| !packet.is_long).count()
}

/// The engine has the keys of the last level only when the other side's confirmation was checked, so there is no level at
/// which anything of an application could go before.
// spec: TR-4
#[test]
fn t11_a_side_uses_its_last_keys_only_after_the_confirmation_of_the_other() {
    // By then M3 (or M4) is sent, and the confirmation that answers it gets lost for four seconds, or comes forged.
    for (side, message, sent_by) in [(HOST, Message::M5, 110), (VIEWER, Message::M4, 70)] {
        for is_forged in [false, true] {
            FLIPPED.set(is_forged.then_some((message, 40, false)));
            let mut world = World::new(13);
            world.add_wire(PathKind::Relay, 40);
            world.run(ms(sent_by));
            world.wires[0].deaf[side] = !is_forged;
            world.seen.clear();
            for _ in 0..4_000 {
                world.run(ms(1));
                assert_eq!(packets_of_the_last_level(&mut world, side), 0, "side {side}, {is_forged}");
            }
            assert!(!is_established(&world.ends[side]));
            // The viewer has its keys with M4; the host waits for M5.
            assert_eq!(is_established(&world.ends[1 - side]), side == HOST);
            if is_forged {
                assert!(matches!(FLIPPED.take(), Some((.., true))));
                assert!(matches!(world.closed(side), Some((_, Closed::Handshake(_)))));
                continue;
            }
            world.wires[0].deaf[side] = false;
            while !is_established(&world.ends[side]) {
                assert_eq!(packets_of_the_last_level(&mut world, side), 0);
                world.run(ms(1));
            }
            let mut after = packets_of_the_last_level(&mut world, side);
            for _ in 0..200 {
                world.run(ms(1));
                after += packets_of_the_last_level(&mut world, side);
            }
            assert!(after > 0, "then it does");
        }
    }
}

// spec: TR-6
#[test]
fn loss_duplication_and_reordering_do_not_stop_it() {
    let mut longest = ms(0);
    for seed in 0..200 {
        let mut world = World::new(seed);
        let start = world.now;
        // The wire is bad from the first packet on.
        let wire = world.add_quiet_wire(PathKind::Relay, 40);
        world.wires[wire].loss_percent = 20;
        world.wires[wire].duplicate_percent = 10;
        world.wires[wire].jitter = ms(60);
        world.open_links(wire);
        world.run_until_both_established();
        longest = longest.max(world.now - start);
    }
    assert!(longest < ms(10_000), "{longest:?}");
}

#[test]
fn one_seed_gives_one_trace_of_bytes() {
    let run = |seed| {
        let mut world = World::new(seed);
        let relay = world.add_quiet_wire(PathKind::Relay, 40);
        world.wires[relay].loss_percent = 5;
        world.wires[relay].jitter = ms(10);
        world.open_links(relay);
        world.run_until_both_established();
        let channel = world.open(VIEWER, true, 0);
        world.write(VIEWER, channel, &crate::testing::pattern(200_000));
        world.add_wire(PathKind::Direct, 10);
        world.run(ms(3_000));
        world.wires[1].dead = true;
        world.write(VIEWER, channel, &crate::testing::pattern(50_000));
        world.run(ms(5_000));
        (world.trace, world.received(HOST).concat().len())
    };
    let (trace, received) = run(7);
    assert_eq!(received, 250_000);
    assert_eq!(run(7), (trace, received));
    assert_ne!(run(8).0, trace);
}

/// Whatever bit of whatever message is changed on its way: nobody talks to anybody, and both sides say why within their
/// time. Where the length grew, the reader waits for the rest, which is where the time is needed.
// spec: HS-13
#[test]
fn t08_every_changed_bit_ends_in_a_typed_failure_on_both_sides() {
    let mut waited = 0;
    for message in [Message::M1, Message::M2, Message::M3, Message::M4, Message::M5] {
        // Every bit of type and length, and a sample of the rest: all of them are flipped in the handshake's own tests.
        for bit in (0..24).chain((24..4_000).step_by(67)) {
            FLIPPED.set(Some((message, bit, false)));
            let mut world = World::new(bit as u64);
            world.add_wire(PathKind::Relay, 40);
            let start = world.now;
            world.run(ms(10_100));
            if !matches!(FLIPPED.take(), Some((.., true))) {
                continue;
            }
            for side in [VIEWER, HOST] {
                let (at, reason) =
                    world.closed(side).unwrap_or_else(|| panic!("{message}, bit {bit}: side {side} goes on"));
                let typed = matches!(
                    reason,
                    Closed::Handshake(_) | Closed::HandshakeRefused | Closed::HandshakeTimedOut
                );
                assert!(
                    typed && at - start <= ms(10_000),
                    "{message}, bit {bit}: {reason:?} after {:?}",
                    at - start
                );
                waited += usize::from(*reason == Closed::HandshakeTimedOut);
            }
            let established = |event: &Event| matches!(event, Event::Established(_));
            assert!(world.last(HOST, established).is_none(), "{message}, bit {bit}: the host took it");
        }
    }
    assert!(waited > 0, "no length grew");
}

// spec: TR-3
#[test]
fn t30_a_wrong_introduction_secret_meets_silence() {
    let mut dial = dial_config(3);
    dial.handshake.introduction_secret = Some(Secret::new([6; 32]));
    let mut world = World::with(3, dial, answer_config(3));
    let wire = world.add_wire(PathKind::Relay, 40);
    world.run(ms(5_000));
    let host_sent = world.ends[HOST].transport.stats().sent_datagrams;
    assert_eq!(host_sent, 0);
    assert!(world.wires[wire].carried > 2);
    // The real viewer is still welcome.
    world.run(ms(6_000));
    assert_eq!(world.closed(VIEWER).unwrap().1, &Closed::HandshakeTimedOut);
    assert_eq!(world.closed(HOST).unwrap().1, &Closed::HandshakeTimedOut);
}

#[test]
fn after_a_stranger_the_right_viewer_is_still_welcome() {
    let mut stranger = dial_config(4);
    stranger.handshake.introduction_secret = Some(Secret::new([6; 32]));
    let mut world = World::with(4, stranger, answer_config(4));
    world.add_wire(PathKind::Relay, 40);
    world.run(ms(1_000));
    let viewer = World::new(5);
    world.replace_viewer(viewer);
    world.run_until_both_established();
}

#[test]
fn t01_another_host_key_than_the_pinned_one_ends_it_on_the_viewer() {
    let mut answer = answer_config(6);
    answer.handshake.identity = IdentityKey::from_bytes(&[9; 32]);
    let mut world = World::with(6, dial_config(6), answer);
    world.add_wire(PathKind::Relay, 40);
    world.run(ms(9_000));
    let reason = world.closed(VIEWER).unwrap().1;
    // Both keys are in the transcript, so the host's sealed part already fails to open if it differs.
    assert!(
        matches!(reason, Closed::Handshake(HandshakeError::PinMismatch | HandshakeError::NotOpened(_))),
        "{reason:?}"
    );
    assert_eq!(world.closed(HOST).unwrap().1, &Closed::HandshakeRefused);
}

#[test]
fn without_an_answer_it_ends_in_time() {
    let mut world = World::new(8);
    let wire = world.add_quiet_wire(PathKind::Relay, 40);
    world.wires[wire].dead = true;
    world.open_links(wire);
    let start = world.now;
    world.run(ms(12_000));
    let (at, reason) = world.closed(VIEWER).unwrap();
    assert_eq!((at - start, reason), (ms(10_000), &Closed::HandshakeTimedOut));
}

// spec: TR-5
#[test]
fn t29_a_direct_listener_asks_for_proof_of_the_address_first() {
    let (mut dial, mut answer) = (dial_config(9), answer_config(9));
    for (fingerprint, introduction, secret) in [
        (
            &mut dial.handshake.server_fingerprint,
            &mut dial.handshake.introduction,
            &mut dial.handshake.introduction_secret,
        ),
        (
            &mut answer.handshake.server_fingerprint,
            &mut answer.handshake.introduction,
            &mut answer.handshake.introduction_secret,
        ),
    ] {
        (*fingerprint, *introduction, *secret) = (None, None, None);
    }
    answer.retry = true;
    let mut world = World::with(9, dial, answer);
    world.add_wire(PathKind::Direct, 40);
    let start = world.now;
    world.run_until_both_established();
    // One round trip more than without.
    assert_eq!(world.now - start, ms(280));
}

#[test]
fn a_configuration_that_makes_no_sense_is_said_at_once() {
    let mut dial = dial_config(10);
    dial.handshake.introduction = None;
    let mut world = World::with(10, dial, answer_config(10));
    world.add_wire(PathKind::Relay, 40);
    assert!(matches!(world.closed(VIEWER), Some((_, Closed::Handshake(HandshakeError::Misuse(_))))));
}

/// Whenever the link goes on which the handshake began, it goes on over the next one, and so does what follows.
#[test]
fn a_handshake_outlives_its_first_link() {
    for after in (0..=240).step_by(10) {
        let mut world = World::new(after + 900);
        world.add_wire(PathKind::Relay, 40);
        world.run(ms(after));
        world.cut(0);
        let start = world.now;
        world.run(ms(100));
        world.add_wire(PathKind::Relay, 30);
        world.run_until_both_established();
        assert!(world.now - start < ms(1_500), "after {after} ms: {:?}", world.now - start);
        let channel = world.open(HOST, false, 0);
        world.write(HOST, channel, &pattern(100_000));
        world.run(ms(3_000));
        assert!(
            world.received(VIEWER) == [pattern(100_000)],
            "after {after} ms: {:?} bytes",
            world.received_lengths(VIEWER),
        );
        assert_eq!((world.closed(VIEWER), world.closed(HOST)), (None, None), "after {after} ms");
    }
}

#[test]
fn closing_in_the_middle_of_the_handshake_is_short_and_reaches_the_peer() {
    // At 40, 80, 120 and 160 ms the two sides hold different levels of keys.
    for (side, after) in [(VIEWER, 90), (HOST, 50), (VIEWER, 130), (HOST, 130), (VIEWER, 170), (HOST, 190)] {
        let mut world = World::new(11);
        world.add_wire(PathKind::Relay, 40);
        world.run(ms(after));
        let (now, before) = (world.now, world.wires[0].sent[side]);
        world.ends[side].transport.close(now, 1, "changed my mind");
        world.settle(side);
        assert!(world.wires[0].sent[side] - before <= 3);
        world.run(ms(3_000));
        assert!(world.wires[0].sent[side] - before <= 12, "{}", world.wires[0].sent[side] - before);
        let (at, reason) = world.closed(1 - side).unwrap();
        assert!(at - now < ms(100), "{side} after {after}: {:?} {reason:?}", at - now);
    }
}
