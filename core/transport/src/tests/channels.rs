//! What the owner sends and gets.

use deskwire_machine::{LinkId, Machine, StreamBuf};
use proptest::prelude::*;

use crate::testing::{HOST, VIEWER, World, answer_config, dial_config, ms, pattern};
use crate::{Closed, Event, PathKind};

fn opened(world: &World, side: usize) -> Vec<(LinkId, bool)> {
    let events = world.ends[side].events.iter();
    events
        .filter_map(|(_, event)| match event {
            Event::ChannelOpened { channel, bidirectional } => Some((*channel, *bidirectional)),
            _ => None,
        })
        .collect()
}

#[test]
fn channels_carry_both_ways_and_end_in_order() {
    let mut world = World::connected(20);
    let channel = world.open(VIEWER, true, 0);
    world.write(VIEWER, channel, b"question");
    world.finish(VIEWER, channel);
    world.run(ms(100));
    let [(theirs, true)] = opened(&world, HOST)[..] else { panic!("one bidirectional channel") };
    assert_eq!(world.received(HOST), [b"question"]);
    assert_eq!(world.write(HOST, theirs, b"answer"), 6);
    world.finish(HOST, theirs);
    world.run(ms(300));
    assert_eq!(world.received(VIEWER), [b"answer"]);
    for (side, channel) in [(VIEWER, channel), (HOST, theirs)] {
        let ends =
            |event: &Event| matches!(event, Event::ChannelClosed { channel: c, code: None } if *c == channel);
        let count = world.ends[side].events.iter().filter(|(_, event)| ends(event)).count();
        assert_eq!(count, 1, "{:?}", world.ends[side].events);
        assert_eq!(world.ends[side].transport.stats().channels, 0);
    }
}

#[test]
fn a_channel_that_goes_out_is_closed_when_the_peer_has_it_all() {
    let mut world = World::connected(21);
    let channel = world.open(HOST, false, 0);
    world.write(HOST, channel, &pattern(30_000));
    world.finish(HOST, channel);
    world.run(ms(1_000));
    let [(theirs, false)] = opened(&world, VIEWER)[..] else { panic!("one unidirectional channel") };
    assert_eq!(world.write(VIEWER, theirs, b"no"), 0);
    assert_eq!(world.received(VIEWER), [pattern(30_000)]);
    assert!(world.last(HOST, |e| matches!(e, Event::ChannelClosed { code: None, .. })).is_some());
}

#[test]
fn resets_and_stops_carry_their_codes() {
    let mut world = World::connected(22);
    let (cut, stopped, both) =
        (world.open(VIEWER, false, 0), world.open(VIEWER, false, 0), world.open(VIEWER, true, 0));
    for channel in [cut, stopped, both] {
        world.write(VIEWER, channel, b"start");
    }
    world.run(ms(100));
    let theirs: Vec<LinkId> = opened(&world, HOST).into_iter().map(|(channel, _)| channel).collect();
    // Ids of the opener are in order per kind: bidirectional and unidirectional are accepted apart.
    let find = |bidirectional: bool| -> Vec<LinkId> {
        opened(&world, HOST).into_iter().filter(|(_, b)| *b == bidirectional).map(|(c, _)| c).collect()
    };
    let (uni, bi) = (find(false), find(true));
    assert_eq!((theirs.len(), uni.len(), bi.len()), (3, 2, 1));
    world.ends[VIEWER].transport.reset_channel(cut, 11);
    world.settle(VIEWER);
    world.ends[HOST].transport.stop_channel(uni[1], 12);
    world.ends[HOST].transport.stop_channel(bi[0], 13);
    world.settle(HOST);
    world.run(ms(200));
    let code_at = |side: usize, channel: LinkId| {
        world.ends[side].events.iter().find_map(|(_, event)| match event {
            Event::ChannelClosed { channel: c, code } if *c == channel => Some((false, *code)),
            Event::ChannelStopped { channel: c, code } if *c == channel => Some((true, Some(*code))),
            _ => None,
        })
    };
    assert_eq!(code_at(HOST, uni[0]), Some((false, Some(11))));
    assert_eq!(code_at(VIEWER, stopped), Some((false, Some(12))));
    assert_eq!(code_at(VIEWER, both), Some((true, Some(13))));
}

#[test]
fn a_reader_that_does_not_read_holds_the_writer_back() {
    let (mut dial, mut answer) = (dial_config(23), answer_config(23));
    for config in [&mut dial.config, &mut answer.config] {
        config.limits.channel_receive = 50_000;
        config.limits.receive = 80_000;
        config.limits.send = 100_000;
    }
    let mut world = World::with(23, dial, answer);
    world.add_wire(PathKind::Relay, 10);
    world.run_until_both_established();
    world.ends[HOST].reads = false;
    let channel = world.open(VIEWER, false, 0);
    let data = pattern(400_000);
    let mut written = world.write(VIEWER, channel, &data);
    for _ in 0..50 {
        world.run(ms(50));
        written += world.write(VIEWER, channel, &data[written..]);
    }
    // The window is full; nothing more is taken, and nothing is lost.
    assert_eq!(written, 50_000);
    let writable = |world: &World| {
        world.ends[VIEWER].events.iter().filter(|(_, e)| matches!(e, Event::ChannelWritable { .. })).count()
    };
    assert_eq!(writable(&world), 0);
    let [(theirs, _)] = opened(&world, HOST)[..] else { panic!() };
    let mut buf = StreamBuf::new();
    for _ in 0..400 {
        let read = world.ends[HOST].transport.read_channel(theirs, &mut buf, 1 << 20);
        world.settle(HOST);
        if written == data.len() && read == 0 && buf.len() == data.len() {
            break;
        }
        world.run(ms(50));
        written += world.write(VIEWER, channel, &data[written..]);
    }
    assert!(writable(&world) > 0);
    assert!(buf.readable() == data, "{} bytes", buf.len());
}

#[test]
fn higher_priority_goes_first() {
    let mut world = World::connected(24);
    world.wires[0].rate = Some(100_000);
    let (low, high) = (world.open(HOST, false, -5), world.open(HOST, false, 5));
    world.write(HOST, low, &pattern(200_000));
    world.run(ms(500));
    let start = world.now;
    world.write(HOST, high, b"urgent");
    world.finish(HOST, high);
    let done = |world: &World| world.received(VIEWER).iter().any(|bytes| **bytes == b"urgent"[..]);
    assert!(world.run_while(ms(5_000), |world| !done(world)));
    let low_received = world.ends[VIEWER].received.values().map(Vec::len).max().unwrap();
    assert!(low_received < 150_000, "{low_received} bytes of the low one came before");
    // What is in the network's queue comes first, of course: a window of it.
    assert!(world.now - start < ms(1_500), "{:?}", world.now - start);
    world.run(ms(5_000));
    assert_eq!(world.ends[VIEWER].received.values().map(Vec::len).max(), Some(200_000));
}

#[test]
fn datagrams_arrive_and_too_long_ones_come_back() {
    let mut world = World::connected(25);
    let max = world.ends[HOST].transport.max_datagram();
    assert!(max > 1_100, "{max}");
    assert!(world.ends[HOST].transport.send_datagram(vec![1; max + 1]).is_err());
    for i in 0..10u8 {
        world.ends[HOST].transport.send_datagram(vec![i; 100]).unwrap();
    }
    world.settle(HOST);
    world.run(ms(100));
    let got: Vec<u8> = world.ends[VIEWER]
        .events
        .iter()
        .filter_map(|(_, event)| if let Event::Datagram(data) = event { Some(data[0]) } else { None })
        .collect();
    assert_eq!(got, (0..10).collect::<Vec<u8>>());
}

#[test]
fn a_flood_of_datagrams_is_bounded_and_harms_nothing() {
    let mut world = World::connected(26);
    world.wires[0].rate = Some(50_000);
    let channel = world.open(HOST, false, 0);
    world.write(HOST, channel, b"still here");
    for _ in 0..2_000 {
        let _ = world.ends[HOST].transport.send_datagram(vec![1; 1_000]);
    }
    world.settle(HOST);
    world.run(ms(5_000));
    assert_eq!(world.received(VIEWER), [b"still here"]);
    assert_eq!(world.closed(VIEWER), None);
}

#[test]
fn the_budget_is_what_goes_without_a_queue() {
    let mut world = World::connected(27);
    world.wires[0].rate = Some(500_000);
    world.run(ms(500));
    let channel = world.open(HOST, false, 0);
    let mut sent = 0;
    let mut highest = 0;
    // A producer on demand: a "frame" of 5,000 bytes whenever the budget takes it.
    for _ in 0..1_000 {
        let budget = world.ends[HOST].transport.send_budget();
        highest = highest.max(budget);
        if budget >= 5_000 {
            assert_eq!(world.write(HOST, channel, &pattern(5_000)), 5_000);
            sent += 5_000;
            // What was just written counts at once.
            assert!(world.ends[HOST].transport.send_budget() <= budget - 5_000 + 100);
        }
        world.run(ms(5));
    }
    // It uses most of the link, and the budget is never more than a window.
    assert!(sent > 1_500_000, "{sent}");
    assert!(highest < 4_000_000, "{highest}");
    let stats = world.ends[HOST].transport.stats();
    assert!(stats.bandwidth > 3_000_000 && stats.bandwidth < 5_000_000, "{}", stats.bandwidth);
    assert_eq!(world.closed(VIEWER), None);
}

#[test]
fn a_full_queue_means_no_budget() {
    let mut world = World::connected(28);
    world.wires[0].rate = Some(50_000);
    let channel = world.open(HOST, false, 0);
    world.write(HOST, channel, &pattern(1_000_000));
    for _ in 0..20 {
        world.run(ms(50));
        assert_eq!(world.ends[HOST].transport.send_budget(), 0);
    }
}

#[test]
fn closing_tells_the_peer_code_and_reason() {
    let mut world = World::connected(29);
    world.run(ms(500));
    let now = world.now;
    world.ends[HOST].transport.close(now, 42, "the host's user ended it");
    world.settle(HOST);
    world.run(ms(50));
    assert_eq!(world.closed(HOST).unwrap(), (now, &Closed::Local));
    let (at, reason) = world.closed(VIEWER).unwrap();
    assert_eq!(at - now, ms(40));
    assert_eq!(reason, &Closed::Peer { code: 42, reason: "the host's user ended it".into() });
    world.run(ms(5_000));
    for end in &world.ends {
        assert!(end.transport.is_done());
        assert_eq!(end.transport.poll_timeout(), None);
        assert!(matches!(end.events.back(), Some((_, Event::Closed { .. }))));
    }
}

#[test]
fn idle_it_is_below_two_kilobits_a_second() {
    let mut world = World::connected(30);
    world.add_wire(PathKind::Direct, 10);
    world.run(ms(20_000));
    let before: u64 = world.wires.iter().map(|wire| wire.carried_bytes + 28 * wire.carried).sum();
    world.run(ms(100_000));
    let after: u64 = world.wires.iter().map(|wire| wire.carried_bytes + 28 * wire.carried).sum();
    let bits_per_second = (after - before) * 8 / 100;
    println!("idle with two paths: {bits_per_second} bit/s with headers");
    assert!(bits_per_second < 1_200, "{bits_per_second} bit/s");
    assert_eq!(world.closed(VIEWER), None);
    assert_eq!(world.closed(HOST), None);
}

// spec: TR-9
#[test]
fn keys_are_replaced_in_time_and_by_volume() {
    let (mut dial, mut answer) = (dial_config(31), answer_config(31));
    for config in [&mut dial.config, &mut answer.config] {
        config.limits.key_bytes = 300_000;
        // No long queue in the network, for an update is only over three round trips later.
        config.limits.send = 60_000;
    }
    let mut world = World::with(31, dial, answer);
    world.add_wire(PathKind::Relay, 10);
    world.run_until_both_established();
    world.wires[0].rate = Some(400_000);
    let channel = world.open(VIEWER, false, 0);
    let data = pattern(2_000_000);
    let mut written = 0;
    while written < data.len() {
        written += world.write(VIEWER, channel, &data[written..]);
        world.run(ms(20));
    }
    world.run(ms(8_000));
    assert!(world.received(HOST) == [data], "{:?}", world.received_lengths(HOST));
    let by_volume = world.ends[VIEWER].transport.stats().key_updates;
    assert!(by_volume >= 5, "{by_volume}");
    world.run(ms(125_000));
    assert!(world.ends[VIEWER].transport.stats().key_updates > by_volume);
    assert_eq!(world.closed(VIEWER), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_written_arrives_whole_in_order_and_once(
        seed in 1_000u64..2_000,
        loss in 0u64..15,
        jitter in 0u64..30,
        writes in proptest::collection::vec((0usize..4, 1usize..20_000), 1..20),
    ) {
        let mut world = World::connected(seed);
        world.wires[0].loss_percent = loss;
        world.wires[0].duplicate_percent = loss;
        world.wires[0].jitter = ms(jitter);
        // Two channels from each side; the second is unidirectional.
        let channels = [
            (VIEWER, world.open(VIEWER, true, 1)), (VIEWER, world.open(VIEWER, false, 0)),
            (HOST, world.open(HOST, true, 1)), (HOST, world.open(HOST, false, 0)),
        ];
        let mut expected = vec![Vec::new(); 4];
        for (which, length) in writes {
            let (side, channel) = channels[which];
            let mut data = pattern(length);
            data[0] = which as u8;
            let taken = world.write(side, channel, &data);
            expected[which].extend_from_slice(&data[..taken]);
            world.run(ms(7));
        }
        for (side, channel) in channels {
            world.finish(side, channel);
        }
        world.run(ms(20_000));
        prop_assert_eq!(world.closed(VIEWER), None);
        for (side, range) in [(HOST, 0..2), (VIEWER, 2..4)] {
            let mut want: Vec<Vec<u8>> = expected[range].iter().filter(|data| !data.is_empty()).cloned().collect();
            let mut got: Vec<Vec<u8>> = world.received(side).into_iter().filter(|d| !d.is_empty()).map(<[u8]>::to_vec).collect();
            want.sort();
            got.sort();
            prop_assert!(want == got, "side {}: {} / {} channels", side, want.len(), got.len());
        }
    }
}
