//! Several paths: joining, taking over, dying.

use deskwire_machine::{Instant, LinkId, Machine};

use crate::testing::{HOST, VIEWER, World, ms, pattern};
use crate::{Closed, Event, PathKind};
use core::time::Duration;

fn active(world: &World, side: usize) -> Option<LinkId> {
    world.ends[side].events.iter().rev().find_map(|(_, event)| match event {
        Event::ActivePathChanged { link } => Some(*link),
        _ => None,
    })
}

/// Host sends 1,000 bytes every 10 ms on one channel for this long; gives the longest pause between arrivals of
/// new bytes at the viewer, counting from the first.
fn stream(
    world: &mut World,
    channel: LinkId,
    time: Duration,
    mut at: impl FnMut(&mut World, Duration),
) -> Duration {
    let start = world.now;
    let mut longest = Duration::ZERO;
    let mut last: Option<(Instant, usize)> = None;
    while world.now - start < time {
        let since = world.now - start;
        at(world, since);
        world.write(HOST, channel, &pattern(1_000));
        let until = world.now + ms(10);
        while world.now < until {
            world.run(ms(2));
            let bytes = world.ends[VIEWER].received.values().map(Vec::len).sum();
            match last {
                Some((_, before)) if before == bytes => {}
                Some((at, _)) => {
                    longest = longest.max(world.now - at);
                    last = Some((world.now, bytes));
                }
                None => last = Some((world.now, bytes)),
            }
        }
    }
    longest
}

fn two_paths(seed: u64, relay_ms: u64, direct_ms: u64) -> World {
    let mut world = World::new(seed);
    world.add_wire(PathKind::Relay, relay_ms);
    world.run_until_both_established();
    world.run(ms(1_000));
    world.add_wire(PathKind::Direct, direct_ms);
    world.run(ms(2_000));
    world
}

/// A path whose link is about to go is left at once for any other, on both sides, and nothing is lost when it closes.
#[test]
fn a_retired_path_is_left_before_its_link_closes() {
    for idle in [2_000, 5_100, 5_700, 6_300] {
        leave_after(idle);
    }
}

fn leave_after(idle_ms: u64) {
    let mut world = World::new(57);
    world.add_wire(PathKind::Relay, 20);
    world.run_until_both_established();
    // The second relay is farther: nothing but the end of the first speaks for it.
    world.add_wire(PathKind::Relay, 60);
    world.run(ms(idle_ms));
    assert_eq!(active(&world, VIEWER), Some(world.wires[0].ids[VIEWER]));
    let (now, link) = (world.now, world.wires[0].ids[VIEWER]);
    world.ends[VIEWER].transport.retire_path(now, link);
    world.settle(VIEWER);
    world.run(ms(500));
    for side in [VIEWER, HOST] {
        assert_eq!(active(&world, side), Some(world.wires[1].ids[side]), "side {side}");
    }
    let before = world.wires[0].carried;
    let channel = world.open(HOST, false, 0);
    world.write(HOST, channel, &pattern(50_000));
    world.run(ms(1_000));
    assert!(world.received(VIEWER) == [pattern(50_000)], "{:?}", world.received_lengths(VIEWER));
    assert!(world.wires[0].carried - before < 10);
}

// spec: TR-18
#[test]
fn a_direct_path_joins_and_takes_over_on_both_sides() {
    let mut world = World::connected(50);
    assert_eq!(active(&world, VIEWER), Some(world.wires[0].ids[VIEWER]));
    world.add_wire(PathKind::Direct, 10);
    let start = world.now;
    world.run(ms(1_000));
    for side in [VIEWER, HOST] {
        assert_eq!(active(&world, side), Some(world.wires[1].ids[side]), "side {side}");
        assert!(world.last(side, |e| matches!(e, Event::PathUp { .. })).unwrap() - start < ms(300));
        assert_eq!(world.ends[side].transport.active_kind(), Some(PathKind::Direct));
    }
    let before = (world.wires[0].carried, world.wires[1].carried);
    let channel = world.open(HOST, false, 0);
    world.write(HOST, channel, &pattern(100_000));
    world.run(ms(1_000));
    assert!(world.received(VIEWER) == [pattern(100_000)], "{:?}", world.received_lengths(VIEWER));
    assert!(world.wires[0].carried - before.0 < 10);
    assert!(world.wires[1].carried - before.1 > 70);
}

// spec: TR-16
#[test]
fn when_the_direct_path_dies_the_relay_takes_over_without_a_long_gap() {
    for (relay, direct) in [(40, 10), (40, 20), (20, 5), (80, 40)] {
        let mut world = two_paths(51, relay, direct);
        let channel = world.open(HOST, false, 0);
        let gap = stream(&mut world, channel, ms(8_000), |world, since| {
            if since == ms(2_000) {
                world.wires[1].dead = true;
            }
        });
        println!("silent death of direct: relay {relay} ms, direct {direct} ms: gap {gap:?}");
        assert!(gap < ms(500), "{gap:?}");
        world.run(ms(1_000));
        assert_eq!(world.received(VIEWER).concat().len(), 800_000);
        for side in [VIEWER, HOST] {
            assert_eq!(active(&world, side), Some(world.wires[0].ids[side]));
            let down = world.wires[1].ids[side];
            assert!(world.last(side, |e| matches!(e, Event::PathDown { link } if *link == down)).is_some());
            assert_eq!(world.closed(side), None);
        }
    }
}

#[test]
fn when_the_backup_dies_nobody_notices() {
    let mut world = two_paths(52, 40, 10);
    let channel = world.open(HOST, false, 0);
    let gap = stream(&mut world, channel, ms(15_000), |world, since| {
        if since == ms(2_000) {
            world.wires[0].dead = true;
        }
    });
    assert!(gap < ms(40), "{gap:?}");
    for side in [VIEWER, HOST] {
        assert_eq!(active(&world, side), Some(world.wires[1].ids[side]));
        assert_eq!(world.closed(side), None);
    }
    let relay = world.wires[0].ids[VIEWER];
    assert!(world.last(VIEWER, |e| matches!(e, Event::PathDown { link } if *link == relay)).is_some());
}

#[test]
fn a_closed_link_is_left_at_once() {
    for dead in [0, 1] {
        let mut world = two_paths(53, 40, 10);
        let channel = world.open(HOST, false, 0);
        let gap = stream(&mut world, channel, ms(6_000), |world, since| {
            if since == ms(2_000) {
                world.cut(dead);
            }
        });
        println!("link {dead} closed on both sides: gap {gap:?}");
        assert!(gap < ms(200), "{gap:?}");
        world.run(ms(1_000));
        assert_eq!(world.received(VIEWER).concat().len(), 600_000);
        for side in [VIEWER, HOST] {
            assert_eq!(active(&world, side), Some(world.wires[1 - dead].ids[side]));
            assert_eq!(world.closed(side), None);
        }
    }
}

#[test]
fn a_path_that_only_stutters_is_kept() {
    let mut world = two_paths(54, 40, 10);
    let channel = world.open(HOST, false, 0);
    let gap = stream(&mut world, channel, ms(8_000), |world, since| {
        world.wires[1].dead = since >= ms(2_000) && since < ms(2_600);
    });
    println!("direct silent for 600 ms: gap {gap:?}");
    assert!(gap < ms(400), "{gap:?}");
    for side in [VIEWER, HOST] {
        assert_eq!(active(&world, side), Some(world.wires[1].ids[side]));
        assert_eq!(world.last(side, |e| matches!(e, Event::PathDown { .. })), None);
    }
}

#[test]
fn when_both_die_it_is_over_in_time_and_says_why() {
    let mut world = two_paths(55, 40, 10);
    world.run(ms(10_000));
    for wire in &mut world.wires {
        wire.dead = true;
    }
    let start = world.now;
    world.run(ms(10_000));
    for side in [VIEWER, HOST] {
        let (at, reason) = world.closed(side).unwrap();
        println!("both paths dead, side {side}: {:?}", at - start);
        assert!(at - start < ms(5_000));
        assert_eq!(reason, &Closed::TimedOut);
        assert!(world.ends[side].transport.poll_timeout().is_none());
    }
    let mut world = two_paths(56, 40, 10);
    world.cut(0);
    world.cut(1);
    let start = world.now;
    world.run(ms(10_000));
    for side in [VIEWER, HOST] {
        let (at, reason) = world.closed(side).unwrap();
        assert!(at - start < ms(5_000));
        assert_eq!(reason, &Closed::NoPath);
    }
}

// spec: TR-21
#[test]
fn a_killed_peer_is_noticed_within_five_seconds() {
    for (seed, killed) in [(57, VIEWER), (58, HOST), (59, VIEWER), (60, HOST)] {
        let mut world = if seed < 59 { World::connected(seed) } else { two_paths(seed, 40, 10) };
        world.run(ms(3_000 + seed * 111));
        world.ends[killed].killed = true;
        let start = world.now;
        world.run(ms(8_000));
        let (at, reason) = world.closed(1 - killed).unwrap();
        println!("side {killed} killed: noticed after {:?}", at - start);
        assert!(at - start < ms(5_000));
        assert_eq!(reason, &Closed::TimedOut);
    }
}

// spec: TR-16
#[test]
fn a_new_link_saves_a_connection_that_has_lost_every_other() {
    let mut world = World::connected(61);
    world.run(ms(500));
    let channel = world.open(HOST, false, 0);
    world.cut(0);
    world.write(HOST, channel, &pattern(50_000));
    world.run(ms(1_500));
    world.add_wire(PathKind::Relay, 30);
    world.run(ms(3_000));
    assert!(world.received(VIEWER) == [pattern(50_000)], "{:?}", world.received_lengths(VIEWER));
    world.run(ms(10_000));
    for side in [VIEWER, HOST] {
        assert_eq!(world.closed(side), None, "side {side}");
        assert_eq!(active(&world, side), Some(world.wires[1].ids[side]));
    }
}

/// What was under way on a slow path when it died, and was lost again on the detour, does not wait for the engine to
/// forget the path: three timeouts of a path with a round trip of seconds.
#[test]
fn what_a_dead_path_carried_and_the_detour_lost_comes_soon() {
    let mut world = World::new(63);
    world.add_wire(PathKind::Relay, 900);
    world.run_until_both_established();
    world.run(ms(3_000));
    let channel = world.open(HOST, false, 0);
    world.write(HOST, channel, &pattern(3_000));
    let other = world.add_wire(PathKind::Relay, 30);
    world.run(ms(300));
    world.wires[other].loss_percent = 100;
    world.cut(0);
    world.run(ms(200));
    world.wires[other].loss_percent = 0;
    let lost = world.now;
    while world.received(VIEWER) != [pattern(3_000)] {
        world.run(ms(20));
        assert!(world.now - lost < ms(1_500), "{:?}", world.received_lengths(VIEWER));
    }
    println!("it took {:?}", world.now - lost);
}

#[test]
fn paths_can_come_and_go_many_times() {
    let mut world = World::connected(62);
    let channel = world.open(HOST, false, 0);
    let mut sent = 0;
    for round in 0..20 {
        let wire = world.add_wire(PathKind::Direct, 10 + round);
        world.run(ms(1_000));
        sent += world.write(HOST, channel, &pattern(20_000));
        world.run(ms(500));
        assert_eq!(active(&world, HOST), Some(world.wires[wire].ids[HOST]), "round {round}");
        world.cut(wire);
        world.run(ms(3_000));
    }
    assert_eq!(world.received(VIEWER).concat().len(), sent);
    for end in &mut world.ends {
        assert_eq!(end.transport.stats().paths.len(), 1);
    }
}

#[test]
fn packets_grow_to_what_every_link_carries() {
    let mut world = World::new(63);
    world.add_wire_with(PathKind::Relay, 20, 1_380);
    world.run_until_both_established();
    world.run(ms(2_000));
    world.add_wire_with(PathKind::Direct, 10, 1_452);
    world.run(ms(3_000));
    let channel = world.open(HOST, false, 0);
    let gap = stream(&mut world, channel, ms(5_000), |world, since| {
        if since == ms(2_000) {
            world.wires[1].dead = true;
        }
    });
    assert!(gap < ms(500), "{gap:?}");
    let stats = world.ends[HOST].transport.stats();
    let sizes: Vec<u16> = stats.paths.iter().map(|path| path.packet_size).collect();
    assert!(sizes.iter().all(|size| *size > 1_300 && *size <= 1_380), "{sizes:?}");
}

#[test]
fn a_blocked_stream_link_has_a_bounded_queue_and_recovers() {
    use deskwire_machine::Input;
    let mut world = World::new(64);
    world.add_wire_with(PathKind::Relay, 20, 16_000);
    world.run_until_both_established();
    let link = world.wires[0].ids[HOST];
    let channel = world.open(HOST, false, 0);
    world.tell(HOST, Input::Blocked { link });
    let sent = world.wires[0].sent[HOST];
    let data = pattern(1_000_000);
    let mut written = world.write(HOST, channel, &data);
    world.run(ms(500));
    assert_eq!(world.wires[0].sent[HOST], sent);
    world.tell(HOST, Input::Writable { link });
    for _ in 0..100 {
        world.run(ms(100));
        written += world.write(HOST, channel, &data[written..]);
    }
    assert!(world.received(VIEWER) == [data], "{:?}", world.received_lengths(VIEWER));
}

#[test]
fn an_idle_session_whose_path_died_sends_its_next_input_without_a_long_wait() {
    let mut world = two_paths(65, 40, 10);
    let channel = world.open(VIEWER, false, 5);
    world.write(VIEWER, channel, b"a");
    world.run(ms(10_000));
    world.wires[1].dead = true;
    world.run(ms(30));
    let start = world.now;
    world.write(VIEWER, channel, b"b");
    assert!(world.run_while(ms(2_000), |world| world.received(HOST) != [b"ab"]));
    println!("input after the silent death of an idle path: {:?}", world.now - start);
    assert!(world.now - start < ms(320), "{:?}", world.now - start);
}

#[test]
fn a_way_that_only_one_side_has_opened_is_given_up() {
    use deskwire_machine::Input;
    let mut world = World::connected(66);
    let wire = world.add_quiet_wire(PathKind::Direct, 10);
    let link = world.wires[wire].ids[VIEWER];
    world.tell(VIEWER, Input::Opened { link, local: crate::testing::address(), max_datagram: 1_452 });
    let start = world.now;
    world.run(ms(10_000));
    let down = world.last(VIEWER, |e| matches!(e, Event::PathDown { link: l } if *l == link)).unwrap();
    assert!(down - start <= ms(5_100));
    // The relay path is not disturbed, and a later try works.
    let second = world.add_wire(PathKind::Direct, 10);
    world.run(ms(1_000));
    assert_eq!(active(&world, HOST), Some(world.wires[second].ids[HOST]));
    assert_eq!(world.closed(VIEWER), None);
}

/// What was never a path takes no detour: over another link, its packets would prove that one in its name.
#[test]
fn a_way_that_came_to_nothing_does_not_disturb_the_next() {
    use deskwire_machine::Input;
    for (seed, wait) in (70..).zip([0, 100, 300, 600, 900, 1_200]) {
        let mut world = World::connected(seed);
        let channel = world.open(HOST, false, 0);
        let wire = world.add_quiet_wire(PathKind::Direct, 10);
        let link = world.wires[wire].ids[VIEWER];
        world.tell(VIEWER, Input::Opened { link, local: crate::testing::address(), max_datagram: 1_452 });
        let is_down =
            |world: &World| world.last(VIEWER, |e| matches!(e, Event::PathDown { link: l } if *l == link));
        assert!(world.run_while(ms(6_000), |world| is_down(world).is_none()));
        world.run(ms(wait));
        let second = world.add_wire(PathKind::Direct, 10);
        let gap = stream(&mut world, channel, ms(6_000), |_, _| {});
        println!("the next way {wait} ms after one that came to nothing: gap {gap:?}");
        assert!(gap < ms(100), "after {wait} ms: {gap:?}");
        for side in [VIEWER, HOST] {
            assert_eq!(active(&world, side), Some(world.wires[second].ids[side]), "after {wait} ms");
        }
        let up = world.last(VIEWER, |e| matches!(e, Event::PathUp { link: l } if *l == link));
        assert_eq!(up, None, "nothing ever came over it");
    }
}

#[test]
fn the_host_may_open_its_link_later() {
    use deskwire_machine::Input;
    let mut world = World::connected(67);
    let wire = world.add_quiet_wire(PathKind::Direct, 10);
    for (side, wait) in [(VIEWER, 1_500), (HOST, 1_500)] {
        let link = world.wires[wire].ids[side];
        world.tell(side, Input::Opened { link, local: crate::testing::address(), max_datagram: 1_452 });
        world.run(ms(wait));
    }
    for side in [VIEWER, HOST] {
        assert_eq!(active(&world, side), Some(world.wires[wire].ids[side]));
    }
}
