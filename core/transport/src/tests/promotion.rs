//! Which of several paths data takes: by measurement, and without going to and fro.

use core::time::Duration;

use crate::quality::MOST_SWITCHES;
use crate::testing::{HOST, VIEWER, World, ms, pattern};
use crate::{Event, PathKind};

/// How often the data of the viewer moved to a better path.
fn switches(world: &mut World) -> u64 {
    world.ends[VIEWER].transport.stats().switches
}

fn active(world: &World, side: usize) -> Option<usize> {
    let link = world.ends[side].events.iter().rev().find_map(|(_, event)| match event {
        Event::ActivePathChanged { link } => Some(*link),
        _ => None,
    })?;
    world.wires.iter().position(|wire| wire.ids[side] == link)
}

fn both(relay_ms: u64, direct_ms: u64, seed: u64) -> World {
    let mut world = World::new(seed);
    world.add_wire(PathKind::Relay, relay_ms);
    world.run_until_both_established();
    world.run(ms(500));
    world.add_wire(PathKind::Direct, direct_ms);
    world.run(ms(2_000));
    world
}

/// Video of 60 packets a second from the host for this long. `at` is called before each.
fn play(world: &mut World, time: Duration, mut at: impl FnMut(&mut World)) {
    let channel = world.open(HOST, false, 0);
    let until = world.now + time;
    while world.now < until {
        at(world);
        world.write(HOST, channel, &pattern(1_000));
        world.run(Duration::from_micros(16_667));
        world.ends[VIEWER].received.clear();
    }
    world.finish(HOST, channel);
}

#[test]
fn a_direct_path_is_taken_unless_it_is_clearly_worse() {
    for (relay, direct, expected) in [
        (40, 10, 1),
        (40, 40, 1),
        (20, 35, 1),
        (5, 20, 1),
        (20, 60, 1),
        (20, 120, 0),
        (5, 100, 0),
        (40, 300, 0),
    ] {
        let mut world = both(relay, direct, 200 + direct);
        world.run(ms(10_000));
        for side in [VIEWER, HOST] {
            assert_eq!(active(&world, side), Some(expected), "relay {relay} ms, direct {direct} ms");
        }
    }
}

#[test]
fn a_path_that_loses_a_third_is_left_and_comes_back_when_it_recovers() {
    let mut world = both(40, 10, 211);
    play(&mut world, ms(5_000), |_| {});
    assert_eq!(active(&world, HOST), Some(1));
    world.wires[1].loss_percent = 30;
    let start = world.now;
    play(&mut world, ms(30_000), |_| {});
    for side in [VIEWER, HOST] {
        assert_eq!(active(&world, side), Some(0), "side {side}");
    }
    let left = world.last(VIEWER, |e| matches!(e, Event::ActivePathChanged { .. })).unwrap() - start;
    println!("30 % loss: left after {left:?}");
    assert!(left < ms(5_000), "{left:?}");
    assert_eq!(world.last(VIEWER, |e| matches!(e, Event::PathDown { .. })), None, "it stays a backup");
    world.wires[1].loss_percent = 0;
    let start = world.now;
    play(&mut world, ms(60_000), |_| {});
    let back = world.last(VIEWER, |e| matches!(e, Event::ActivePathChanged { .. })).unwrap() - start;
    println!("30 % loss is over: back after {back:?}");
    assert_eq!((active(&world, VIEWER), active(&world, HOST)), (Some(1), Some(1)));
    assert!(back < ms(40_000), "{back:?}");
}

#[test]
fn a_path_that_becomes_slow_is_left_and_comes_back_when_it_recovers() {
    let mut world = both(40, 10, 212);
    play(&mut world, ms(5_000), |_| {});
    world.wires[1].latency = ms(150);
    let start = world.now;
    play(&mut world, ms(20_000), |_| {});
    assert_eq!((active(&world, VIEWER), active(&world, HOST)), (Some(0), Some(0)));
    let left = world.last(VIEWER, |e| matches!(e, Event::ActivePathChanged { .. })).unwrap() - start;
    world.wires[1].latency = ms(10);
    let start = world.now;
    play(&mut world, ms(60_000), |_| {});
    let back = world.last(VIEWER, |e| matches!(e, Event::ActivePathChanged { .. })).unwrap() - start;
    println!("20 to 300 ms: left after {left:?}, back after {back:?}");
    assert_eq!((active(&world, VIEWER), active(&world, HOST)), (Some(1), Some(1)));
    assert!(left < ms(13_000) && back < ms(40_000), "{left:?} {back:?}");
}

#[test]
fn noise_does_not_move_the_data() {
    for (seed, relay, direct) in [(213, 30, 60), (214, 20, 40), (215, 40, 10)] {
        let mut world = both(relay, direct, seed);
        let before = switches(&mut world);
        for wire in &mut world.wires {
            (wire.jitter, wire.loss_percent) = (ms(60), 5);
        }
        for _ in 0..600 {
            // Two seconds in ten with video, so that an hour does not take a minute to simulate.
            play(&mut world, ms(1_000), |_| {});
            world.run(ms(5_000));
        }
        let switched = switches(&mut world) - before;
        println!("an hour of noise, relay {relay} ms, direct {direct} ms: {switched} switches");
        assert!(switched <= 8, "{switched}");
        assert_eq!(world.closed(VIEWER), None);
    }
}

/// A network made to drive the rule mad: the direct path turns bad whenever it is active, and good when it is not.
#[test]
fn not_even_a_hostile_network_moves_the_data_often() {
    let mut world = both(40, 10, 216);
    let before = switches(&mut world);
    for _ in 0..600 {
        play(&mut world, ms(2_000), |world| {
            world.wires[1].latency =
                if world.ends[VIEWER].transport.paths.active == Some(world.wires[1].ids[VIEWER]) {
                    ms(200)
                } else {
                    ms(10)
                };
        });
        for end in &mut world.ends {
            end.events.retain(|(_, e)| matches!(e, Event::ActivePathChanged { .. } | Event::Closed { .. }));
        }
    }
    let switched = switches(&mut world) - before;
    println!("20 minutes of a hostile network: {switched} switches");
    assert!((2..=u64::try_from(MOST_SWITCHES).unwrap()).contains(&switched), "{switched}");
    assert_eq!(world.closed(VIEWER), None);
}

#[test]
fn of_two_relays_the_much_faster_one_is_taken() {
    for (second, expected) in [(10, 1), (35, 0), (60, 0)] {
        let mut world = World::new(217 + second);
        world.add_wire(PathKind::Relay, 40);
        world.run_until_both_established();
        world.run(ms(500));
        world.add_wire(PathKind::Relay, second);
        world.run(ms(15_000));
        assert_eq!(
            (active(&world, VIEWER), active(&world, HOST)),
            (Some(expected), Some(expected)),
            "{second}"
        );
    }
}
