//! Lines that mark packets, and lines that pass only small ones.

use core::time::Duration;

use deskwire_machine::Instant;

use crate::PathKind;
use crate::testing::{HOST, VIEWER, World, ms, pattern};

/// The host writes as fast as it may for this long; gives the longest pause of new bytes at the viewer.
fn flood(world: &mut World, time: Duration) -> Duration {
    let channel = world.open(HOST, false, 0);
    let data = pattern(200_000);
    let until = world.now + time;
    let (mut last, mut bytes, mut longest): (Instant, usize, Duration) = (world.now, 0, Duration::ZERO);
    while world.now < until {
        world.write(HOST, channel, &data);
        world.run(ms(5));
        let received: usize = world.ends[VIEWER].received.values().map(Vec::len).sum();
        if received > bytes {
            longest = longest.max(world.now - last);
            (last, bytes) = (world.now, received);
        }
    }
    world.ends[VIEWER].received.clear();
    world.ends[HOST].transport.reset_channel(channel, 0);
    world.run(ms(500));
    longest.max(world.now - last - ms(500))
}

fn one_path(seed: u64, kind: PathKind) -> World {
    let mut world = World::new(seed);
    world.add_wire(kind, 20);
    world.run_until_both_established();
    world.wires[0].rate = Some(2_000_000);
    world
}

fn window(world: &mut World) -> u64 {
    world.ends[HOST].transport.stats().paths[0].window
}

#[test]
fn a_line_that_marks_packets_makes_the_sender_slow_down_without_a_loss() {
    let windows = [false, true].map(|marks| {
        let mut world = one_path(600, PathKind::Direct);
        flood(&mut world, ms(500));
        world.wires[0].marks = marks;
        let before = (window(&mut world), world.ends[HOST].transport.stats().lost_packets);
        flood(&mut world, ms(300));
        let after = (window(&mut world), world.ends[HOST].transport.stats().lost_packets);
        assert_eq!(before.1, after.1, "nothing is lost");
        (before.0, after.0)
    });
    println!("window before and after: unmarked {:?}, marked {:?}", windows[0], windows[1]);
    let [(_, free), (before, marked)] = windows;
    assert!(marked < before && marked < free / 2, "{windows:?}");
}

#[test]
fn packets_grow_only_to_what_the_line_passes() {
    let mut world = World::new(610);
    let wire = world.add_quiet_wire(PathKind::Direct, 20);
    world.wires[wire].mtu = 1_300;
    world.open_links(wire);
    world.run_until_both_established();
    world.wires[wire].rate = Some(2_000_000);
    let gap = flood(&mut world, ms(1_500));
    let size = world.ends[HOST].transport.stats().paths[0].packet_size;
    println!("1,300 from the start: packets of {size}, longest pause {gap:?}");
    assert!((1_200..=1_300).contains(&size) && gap < ms(500), "{size} {gap:?}");
}

#[test]
fn a_line_that_ceases_to_pass_large_packets_is_noticed() {
    for backup in [false, true] {
        let mut world = one_path(611, PathKind::Direct);
        if backup {
            world.add_wire(PathKind::Relay, 30);
        }
        flood(&mut world, ms(2_000));
        assert!(world.ends[HOST].transport.stats().paths[0].packet_size > 1_400);
        world.wires[0].mtu = 1_250;
        let gap = flood(&mut world, ms(8_000));
        let again = flood(&mut world, ms(1_500));
        println!("1,250 in the middle, backup {backup}: longest pause {gap:?}, then {again:?}");
        assert_eq!(world.closed(HOST), None);
        // Two round trips of 40 ms and 200 ms where there is another path.
        let most = if backup { ms(280) } else { ms(1_500) };
        assert!(gap < most && again < ms(700), "{gap:?} {again:?}");
    }
}

// spec: TR-14
#[test]
fn a_line_that_passes_less_than_the_least_is_left_for_another() {
    let mut world = one_path(612, PathKind::Direct);
    world.add_wire(PathKind::Relay, 30);
    flood(&mut world, ms(2_000));
    world.wires[0].mtu = 1_000;
    let gap = flood(&mut world, ms(7_000));
    println!("1,000 in the middle: longest pause {gap:?}");
    assert_eq!(world.closed(HOST), None);
    assert!(gap < ms(4_000), "{gap:?}");
}
