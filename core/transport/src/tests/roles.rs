//! What each side says and does of its own accord: connection ids, transport parameters, paths, answers on backups.

use deskwire_machine::{Input, Instant, LinkIds};
use noq_proto::PathId;

use super::packets::packets;
use crate::paths::{Paths, Phase};
use crate::testing::{HOST, PARAMETERS, VIEWER, World, address, answer_config, dial_config, ms, pattern};
use crate::{Event, PathKind};

/// A relay of 40 ms, and a direct path of 10 ms that has taken over.
fn two_paths(seed: u64) -> World {
    let mut world = World::connected(seed);
    world.add_wire(PathKind::Direct, 10);
    world.run(ms(2_000));
    assert_eq!(world.ends[HOST].transport.active_kind(), Some(PathKind::Direct));
    world
}

// spec: TR-11
#[test]
fn both_sides_give_out_connection_ids_of_eight_bytes_and_others_for_each_path() {
    let mut world = World::new(70);
    let relay = world.add_wire(PathKind::Relay, 40);
    let mut long = [0, 0];
    while world.last(HOST, |event| matches!(event, Event::Established(_))).is_none() {
        world.run(ms(1));
        for (side, _, bytes) in world.seen.drain(..) {
            for packet in packets(&bytes).into_iter().filter(|packet| packet.is_long) {
                assert_eq!(packet.source.len(), 8, "side {side}");
                long[side] += 1;
            }
        }
    }
    assert!(long.iter().all(|n| *n > 2), "{long:?}");
    // Those of other paths, which the peer was given inside: what it sends there is addressed by them.
    let direct = world.add_wire(PathKind::Direct, 10);
    let channels = [VIEWER, HOST].map(|side| world.open(side, false, 0));
    let mut used = [[vec![], vec![]], [vec![], vec![]]];
    for _ in 0..200 {
        for side in [VIEWER, HOST] {
            world.write(side, channels[side], b"something");
        }
        world.run(ms(5));
        for (side, link, bytes) in world.seen.drain(..) {
            let wire = world.wires.iter().position(|wire| wire.ids[side] == link).unwrap();
            for packet in packets(&bytes).into_iter().filter(|packet| !packet.is_long) {
                used[side][wire].push(packet.destination);
            }
        }
    }
    for side in &used {
        assert!(!side[relay].is_empty() && !side[direct].is_empty());
        assert!(
            side[relay].iter().all(|id| !side[direct].contains(id)),
            "an id says which path a packet is of"
        );
    }
}

/// A number of one to eight bytes as QUIC writes it (RFC 9000, section 16), and what follows it.
fn number(bytes: &[u8]) -> (u64, &[u8]) {
    let (number, rest) = bytes.split_at(1 << (bytes[0] >> 6));
    let first = u64::from(number[0] & 0x3f);
    (number[1..].iter().fold(first, |value, byte| value << 8 | u64::from(*byte)), rest)
}

/// Ids and values of encoded transport parameters.
fn parameters(mut bytes: &[u8]) -> Vec<(u64, Vec<u8>)> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        let (id, rest) = number(bytes);
        let (length, rest) = number(rest);
        let (value, rest) = rest.split_at(usize::try_from(length).unwrap());
        all.push((id, value.to_vec()));
        bytes = rest;
    }
    all
}

/// The table of the book, and no `preferred_address` (`0x0d`) among them.
// spec: TR-12, TR-13
#[test]
fn transport_parameters_are_those_of_the_book() {
    for retry in [false, true] {
        PARAMETERS.take();
        let mut answer = answer_config(71);
        answer.retry = retry;
        let mut world = World::with(71, dial_config(71), answer);
        world.add_wire(PathKind::Relay, 40);
        world.run_until_both_established();
        let told = PARAMETERS.take();
        assert_eq!(told.len(), 2, "each side says them once");
        for bytes in told {
            let all = parameters(&bytes);
            let is_host = all.iter().any(|(id, _)| *id == 0);
            let value = |id: u64| all.iter().find(|(known, _)| *known == id).map(|(_, value)| &value[..]);
            for (id, expected) in [
                (0x01, 10_000),
                (0x04, 4 << 20),
                (0x05, 1 << 20),
                (0x06, 1 << 20),
                (0x07, 1 << 20),
                (0x08, 64),
                (0x09, 64),
                (0x0e, 5),
                (0x20, 65_535),
                (0x3e, 4),
                (0xff04_de1b, 1_000),
            ] {
                assert_eq!(value(id).map(number), Some((expected, &[][..])), "{id:#x}");
            }
            assert_eq!(value(0x0f).map(<[u8]>::len), Some(8));
            let only_host = [(0x00, 16), (0x02, 16), (0x0c, 0)].map(|(id, len)| (id, len, true));
            for (id, length, wanted) in only_host.into_iter().chain([(0x10, 8, retry)]) {
                let expected = (is_host && wanted).then_some(length);
                assert_eq!(value(id).map(<[u8]>::len), expected, "{id:#x}");
            }
            let known = [0, 1, 2, 4, 5, 6, 7, 8, 9, 0x0c, 0x0e, 0x0f, 0x10, 0x20, 0x3e, 0xff04_de1b];
            let others: Vec<u64> = all.iter().map(|(id, _)| *id).filter(|id| !known.contains(id)).collect();
            assert!(
                others.len() == 1 && others[0] % 31 == 27,
                "a reserved one, and nothing else: {others:x?}"
            );
        }
    }
}

// spec: TR-15
#[test]
fn a_host_opens_no_path() {
    let mut world = World::connected(72);
    let wire = world.add_quiet_wire(PathKind::Direct, 10);
    let open = |world: &mut World, side: usize| {
        let link = world.wires[wire].ids[side];
        world.tell(side, Input::Opened { link, local: address(), max_datagram: 1_452 });
    };
    open(&mut world, HOST);
    // Something to send is no reason either.
    let channel = world.open(HOST, false, 0);
    for _ in 0..100 {
        world.write(HOST, channel, &pattern(1_000));
        world.run(ms(100));
    }
    assert_eq!(world.wires[wire].sent, [0, 0]);
    open(&mut world, VIEWER);
    world.run(ms(1_000));
    assert!(world.wires[wire].sent[VIEWER] > 0 && world.wires[wire].sent[HOST] > 0);
    assert_eq!(world.ends[HOST].transport.active_kind(), Some(PathKind::Direct));
}

// spec: TR-17
#[test]
fn packets_of_a_path_follow_its_newest_packet_unless_the_own_link_is_proven() {
    let now = Instant::from_micros(1);
    let ids = LinkIds::new();
    let [own, other] = [ids.allocate(), ids.allocate()];
    let with_paths = || {
        let mut paths = Paths::default();
        let mut homes = Vec::new();
        for (link, id) in [(own, 0u32), (other, 1)] {
            let path = paths.open(now, link, 1_452).unwrap();
            (path.id, path.phase) = (Some(PathId::from(id)), Phase::Up);
            homes.push(path.address);
        }
        (paths, homes[0])
    };
    let carrier = |paths: &Paths| paths.of(own).unwrap().carrier;
    // The newest packet of the path came over the other link.
    let (mut paths, home) = with_paths();
    let heard = |paths: &mut Paths, at, link, number| {
        paths.heard(at, link, home, None, (PathId::from(0u32), number)).unwrap().follows
    };
    assert!(!heard(&mut paths, now, own, 5));
    assert!(!heard(&mut paths, now, other, 4), "an older one was only slow");
    assert_eq!(carrier(&paths), own);
    assert!(heard(&mut paths, now, other, 6));
    assert_eq!(carrier(&paths), other);
    // A proof brings them back, and outweighs the peer's detour for as long as it is fresh.
    paths.of_mut(own).unwrap().prove(now);
    assert_eq!(carrier(&paths), own);
    assert!(!heard(&mut paths, now + ms(3_999), other, 7));
    assert_eq!(carrier(&paths), own);
    assert!(heard(&mut paths, now + ms(4_000), other, 8));
    assert_eq!(carrier(&paths), other);
}

/// The same between two transports: the viewer hears nothing on the direct link any more, takes the detour, and the host,
/// which has noticed nothing itself, answers over it.
// spec: TR-17
#[test]
fn a_host_answers_over_the_detour_that_the_viewer_took() {
    let mut world = two_paths(74);
    world.run(ms(10_000));
    let channel = world.open(VIEWER, false, 0);
    world.run(ms(500));
    world.wires[1].deaf[VIEWER] = true;
    let [relay, direct] = [0, 1].map(|wire: usize| world.wires[wire].ids[HOST]);
    world.write(VIEWER, channel, b"is anybody there");
    let carrier = |world: &World| world.ends[HOST].transport.paths.of(direct).unwrap().carrier;
    assert!(world.run_while(ms(1_000), |world| carrier(world) != relay), "it never followed");
    let before = world.wires[0].sent[HOST];
    world.run(ms(200));
    assert!(world.wires[0].sent[HOST] > before);
}

/// While nothing is said the viewer asks on the backup every five seconds. The host answers there, and the viewer does
/// not answer the answer.
// spec: TR-19, TR-20
#[test]
fn a_packet_on_a_backup_is_answered_there_by_the_host_alone() {
    let mut world = two_paths(75);
    world.run(ms(20_000));
    let before = world.wires[0].sent;
    world.run(ms(50_000));
    let said = |world: &World, side: usize| world.wires[0].sent[side] - before[side];
    let (viewer, host) = (said(&world, VIEWER), said(&world, HOST));
    assert!((9..=11).contains(&viewer), "{viewer} packets in 50 s");
    assert_eq!(host, viewer, "one answer each");
}

// spec: TR-19
#[test]
fn answers_on_a_backup_are_a_tenth_of_a_second_apart() {
    let mut world = two_paths(76);
    world.run(ms(20_000));
    let relay = world.wires[0].ids[VIEWER];
    let before = world.wires[0].sent;
    for _ in 0..100 {
        let id = world.ends[VIEWER].transport.paths.of(relay).unwrap().id.unwrap();
        world.ends[VIEWER].transport.ping(vec![id]);
        let now = world.now;
        world.ends[VIEWER].transport.pump(now);
        world.settle(VIEWER);
        world.run(ms(10));
    }
    let asked = world.wires[0].sent[VIEWER] - before[VIEWER];
    let answered = world.wires[0].sent[HOST] - before[HOST];
    assert!(asked >= 50, "{asked} questions in a second");
    assert!((5..=11).contains(&answered), "{answered} answers to {asked} in a second");
}
