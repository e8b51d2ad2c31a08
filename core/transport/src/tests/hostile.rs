//! Packets that nobody with a key has made.

use crate::testing::{HOST, VIEWER, World, ms, pattern};
use crate::{Event, PathKind};

/// Throws rubbish at both sides, made from what is on the wires.
fn disturb(world: &mut World) {
    let wire = usize::try_from(world.rng.below(u64::try_from(world.wires.len()).unwrap())).unwrap();
    for side in [VIEWER, HOST] {
        let length = usize::try_from(world.rng.below(1_500)).unwrap();
        let mut random = vec![0; length];
        world.rng.fill(&mut random);
        if world.rng.below(2) == 0
            && let Some(first) = random.first_mut()
        {
            *first |= 0x40;
        }
        world.inject(side, wire, random);
        let count = u64::try_from(world.seen.len()).unwrap();
        if count == 0 {
            continue;
        }
        let pick = usize::try_from(world.rng.below(count)).unwrap();
        let (_, _, packet) = world.seen[pick].clone();
        // Reflected to where it came from, or delivered twice.
        world.inject(side, wire, packet.clone());
        let cut = usize::try_from(world.rng.below(u64::try_from(packet.len()).unwrap())).unwrap();
        world.inject(side, wire, packet[..cut].to_vec());
        let mut flipped = packet.clone();
        let bit = usize::try_from(world.rng.below(u64::try_from(packet.len() * 8).unwrap())).unwrap();
        flipped[bit / 8] ^= 1 << (bit % 8);
        world.inject(side, wire, flipped);
        let mut longer = packet;
        longer.extend_from_slice(&[0x55; 40]);
        world.inject(side, wire, longer);
    }
}

// spec: TR-2
#[test]
fn packets_without_the_fixed_bit_are_neither_sent_nor_taken() {
    let mut world = World::connected(90);
    world.add_wire(PathKind::Direct, 10);
    let channel = world.open(VIEWER, true, 0);
    world.write(VIEWER, channel, &pattern(50_000));
    world.run(ms(2_000));
    assert!(world.seen.iter().all(|(_, _, packet)| packet[0] & 0x40 != 0));
    for side in [VIEWER, HOST] {
        let rejected = |world: &mut World| world.ends[side].transport.stats().rejected_datagrams;
        let before = rejected(&mut world);
        let (_, _, mut packet) = world.seen.back().unwrap().clone();
        packet[0] &= !0x40;
        world.inject(side, 0, packet);
        assert_eq!(rejected(&mut world), before + 1);
    }
}

#[test]
fn t05_rubbish_never_disturbs() {
    for seed in 80..86 {
        let mut world = World::new(seed);
        world.add_wire(PathKind::Relay, 40);
        // During the handshake too.
        for _ in 0..30 {
            disturb(&mut world);
            world.run(ms(10));
        }
        world.run_until_both_established();
        world.add_wire(PathKind::Direct, 10);
        let (there, back) = (world.open(VIEWER, true, 0), world.open(HOST, false, 0));
        let mut sent = 0;
        for _ in 0..100 {
            sent += world.write(VIEWER, there, &pattern(1_000));
            world.write(HOST, back, &pattern(1_000));
            disturb(&mut world);
            world.run(ms(20));
        }
        world.run(ms(2_000));
        assert_eq!(sent, 100_000);
        for side in [VIEWER, HOST] {
            assert_eq!(world.closed(side), None, "seed {seed} side {side}");
            let want = pattern(1_000).repeat(100);
            assert!(world.received(side) == [want], "seed {seed} side {side}");
            assert!(world.ends[side].transport.stats().rejected_datagrams > 200);
            // Both paths stay.
            assert_eq!(
                world.last(side, |e| matches!(e, Event::PathDown { .. })),
                None,
                "seed {seed} side {side}"
            );
        }
    }
}

// spec: TR-1
#[test]
fn t09_a_forged_version_negotiation_changes_nothing() {
    let mut world = World::new(95);
    world.add_wire(PathKind::Relay, 40);
    let (_, _, first) = world.seen.front().cloned().unwrap();
    // Long header, version 0, the two connection ids swapped, and a version that nobody speaks.
    let destination = first[5] as usize;
    let source = first[6 + destination] as usize;
    let mut forged = vec![0xc0, 0, 0, 0, 0];
    forged.extend_from_slice(&first[6 + destination..7 + destination + source]);
    forged.extend_from_slice(&first[5..6 + destination]);
    forged.extend_from_slice(&[1, 2, 3, 4]);
    world.inject(VIEWER, 0, forged);
    world.run_until_both_established();
}

// spec: TR-10
#[test]
fn a_forged_retry_changes_nothing() {
    let mut world = World::new(96);
    world.add_wire(PathKind::Relay, 40);
    let (_, _, first) = world.seen.front().cloned().unwrap();
    let destination = first[5] as usize;
    let source = first[6 + destination] as usize;
    let mut forged = vec![0xf0];
    forged.extend_from_slice(&first[1..5]);
    forged.extend_from_slice(&first[6 + destination..7 + destination + source]);
    forged.extend_from_slice(&[8; 9]);
    forged.extend_from_slice(&[9; 60]);
    world.inject(VIEWER, 0, forged);
    world.run_until_both_established();
}
