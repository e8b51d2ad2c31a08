//! What strangers can do to a server: nothing that costs others.
#![allow(clippy::unwrap_used, reason = "test code")]

mod common;

use std::net::SocketAddr;
use std::time::Duration;

use common::*;
use deskwire_machine::{Input, Machine};
use deskwire_rendezvous::ClientEvent;
use deskwire_rendezvous::client::DialRequest;
use deskwire_rendezvous::server::Budget;
use deskwire_wire::frame::{Kind, put_short};
use deskwire_wire::ids::DeviceId;
use deskwire_wire::rendezvous::{Cookie, Frame, Handle, Hello, Opening, Sealed};
use proptest::prelude::*;

fn datagram(frame: &Frame<'_>) -> Vec<u8> {
    let mut bytes = vec![Kind::Rendezvous as u8];
    frame.put(&mut bytes);
    bytes
}

/// Feeds `bytes` from `from` and gives how many bytes went to that address, then or later.
fn echo(world: &mut World, from: SocketAddr, port: SocketAddr, bytes: &[u8]) -> usize {
    let before = world.answers.len();
    world.inject(from, port, bytes);
    world.run(secs(1));
    world.answers[before..].iter().filter(|(_, to, _)| *to == from).map(|(_, _, bytes)| bytes.len()).sum()
}

/// A world in which a host registered, a viewer dialled it and both went on for a while: the recording has every kind
/// of datagram that clients send.
fn recorded() -> World {
    let mut world = World::new(21);
    for n in [0, 1] {
        world.add(n + 1, |_| {});
    }
    world.with_client(0, |c, now| c.register(now));
    world.run(secs(3));
    let id = world.nodes[0].client.id().unwrap();
    world.with_client(1, |c, now| {
        c.connect(now, DialRequest::new(id)).unwrap();
        c.want_relays(now);
    });
    world.run(secs(30));
    world.with_client(0, |c, now| c.deregister(now));
    world.with_client(0, |c, now| c.register(now));
    world.run(secs(2));
    world
}

#[test]
fn t29_no_unproven_address_gets_more_than_it_paid_for() {
    let mut world = recorded();
    let mut stranger: SocketAddr = "198.18.0.1:999".parse().unwrap();
    let recording = world.recorded.clone();
    assert!(recording.len() > 12);
    for (_, port, bytes) in recording {
        // Each from a fresh address: neither budgets nor earlier answers matter.
        stranger.set_port(stranger.port() + 1);
        let given = echo(&mut world, stranger, port, &bytes);
        assert!(given <= bytes.len(), "{given} bytes for {} of {:?}", bytes.len(), &bytes[..2]);
    }
}

// spec: RG-2, RG-23
#[test]
fn t29_the_smallest_of_each_kind_is_not_worth_more_either() {
    let mut world = World::new(22);
    let stranger = "198.18.0.1:999".parse().unwrap();
    let hello = Hello { version: 1, e_client: [5; 32], random: [6; 32] };
    let sealed = &[7; 16][..];
    let handle = Handle([8; 8]);
    let opening =
        Opening { handle, cookie: Cookie([9; 24]), e_client: [1; 32], random: [2; 32], counter: 0, sealed };
    let mut padded = Vec::new();
    hello.put_datagram(&mut padded);
    let cases = [
        (datagram(&Frame::Hello(hello)), 0),
        (padded.clone(), usize::MAX),
        (padded[..1_199].to_vec(), 0),
        (datagram(&Frame::Opening(opening)), 10),
        (datagram(&Frame::Sealed(Sealed { handle, counter: 0, sealed })), 10),
        (datagram(&Frame::Stale(handle)), 0),
    ];
    for (bytes, most) in cases {
        for port in [main_port(), reflector_port()] {
            let given = echo(&mut world, stranger, port, &bytes);
            let most = if port == main_port() { most } else { 0 };
            assert!(given <= bytes.len() && given <= most, "{given} for {:?}", &bytes[..2]);
        }
    }
    assert!(echo(&mut world, stranger, main_port(), &padded) > 0);
    assert_eq!(world.server.stats().sessions, 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn t20_rubbish_changes_nothing(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0u8..12, any::<bool>()), 1..30),
        noise in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..20),
    ) {
        let mut world = recorded();
        let id = world.nodes[0].client.id().unwrap();
        let host = world.nodes[0].address;
        let sizes = |w: &World| {
            let s = w.server.stats();
            (s.sessions, s.online, s.attempts, s.opened, s.registered, s.beats, s.dials, s.hellos)
        };
        let before = sizes(&world);
        // Whole copies, and copies with one bit wrong; from where they came, and from elsewhere.
        for (which, at, bit, elsewhere) in cuts {
            let (from, port, mut bytes) = world.recorded[which.index(world.recorded.len())].clone();
            if bytes.get(1) == Some(&1) {
                continue; // A hello is no rubbish; it costs an answer and nothing else.
            }
            let at = at.index(bytes.len());
            // From bit 8 on it is an exact replay.
            if !elsewhere && bit < 8 {
                bytes[at] ^= 1 << bit;
            }
            let from = if elsewhere { SocketAddr::new(from.ip(), 1) } else { from };
            if bytes.get(1) == Some(&1) {
                continue;
            }
            world.inject(from, port, &bytes);
        }
        for mut bytes in noise {
            world.inject(host, main_port(), &bytes);
            bytes.insert(0, Kind::Rendezvous as u8);
            if bytes.get(1) != Some(&1) {
                world.inject(host, main_port(), &bytes);
            }
        }
        prop_assert_eq!(sizes(&world), before);
        prop_assert!(world.server.is_online(id));
        world.run(secs(120));
        prop_assert!(world.server.is_online(id));
    }

    #[test]
    fn rubbish_does_not_disturb_a_client(noise in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..120), 0..40)) {
        let mut world = recorded();
        let link = world.nodes[0].link;
        let captured: Vec<_> = world.answers.iter().map(|(_, _, bytes)| bytes.clone()).collect();
        let registered = world.nodes[0].client.stats().registered;
        let sessions = world.nodes[0].client.stats().sessions;
        for mut bytes in captured.into_iter().chain(noise) {
            for from in [main_port(), reflector_port(), "198.18.0.1:999".parse().unwrap()] {
                let ecn = deskwire_machine::Ecn::NotEct;
                let input = Input::Datagram { link, from, ecn, data: &mut bytes };
                world.with_client(0, |c, now| c.handle_input(now, input));
            }
        }
        world.run(secs(120));
        prop_assert!(world.nodes[0].client.is_registered());
        let stats = world.nodes[0].client.stats();
        // Without a forged stale (the recording has none) even the session stays.
        prop_assert_eq!((stats.registered, stats.sessions), (registered, sessions));
        prop_assert!(stats.replayed > 0);
    }
}

#[test]
fn a_forged_stale_costs_a_hello_and_no_more() {
    let mut world = recorded();
    let opening =
        world.recorded.iter().rev().find(|(from, _, bytes)| *from == world.nodes[0].address && bytes[1] == 4);
    let handle: [u8; 8] = opening.unwrap().2[2..10].try_into().unwrap();
    let mut stale = datagram(&Frame::Stale(Handle(handle)));
    let link = world.nodes[0].link;
    let before = world.nodes[0].client.stats().registered;
    let input =
        Input::Datagram { link, from: main_port(), ecn: deskwire_machine::Ecn::NotEct, data: &mut stale };
    world.with_client(0, |c, now| c.handle_input(now, input));
    assert!(world.nodes[0].client.is_registered());
    world.run(secs(3));
    let stats = world.nodes[0].client.stats();
    assert_eq!((stats.stale, stats.registered), (1, before + 1));
    assert!(world.nodes[0].client.is_registered());
}

#[test]
fn t36_a_hundred_thousand_hellos_leave_nothing_but_bounded_budgets() {
    let mut world = World::with(23, |c| c.limits.sources = 1_000);
    let mut bytes = Vec::new();
    Hello { version: 1, e_client: [5; 32], random: [6; 32] }.put_datagram(&mut bytes);
    for i in 0..100_000u32 {
        world.now += Duration::from_micros(10);
        bytes[3..7].copy_from_slice(&i.to_be_bytes());
        let from = SocketAddr::from((i.wrapping_mul(2_654_435_761).to_be_bytes(), 5));
        world.inject(from, main_port(), &bytes);
        world.answers.clear();
    }
    let stats = world.server.stats();
    assert_eq!((stats.hellos, stats.sessions, stats.attempts), (100_000, 0, 0));
    assert!(stats.sources <= 1_000);
}

#[test]
fn t24_one_source_gets_only_its_budget() {
    let mut world = World::with(24, |c| c.limits.hello = Budget::new(10, secs(1)));
    let mut bytes = Vec::new();
    Hello { version: 1, e_client: [5; 32], random: [6; 32] }.put_datagram(&mut bytes);
    for port in 0..1_000u16 {
        world.inject(SocketAddr::from(([198, 18, 0, 1], port)), main_port(), &bytes);
    }
    let stats = world.server.stats();
    assert_eq!((stats.hellos, stats.over_budget), (10, 990));
    // Others are not concerned.
    assert!(echo(&mut world, "198.18.0.2:5".parse().unwrap(), main_port(), &bytes) > 0);
}

#[test]
fn t33_a_link_asks_a_few_things_without_a_session_at_either_port() {
    let mut world = recorded();
    let frame = |world: &World, port| {
        let sent = world.recorded.iter().find(|(_, to, _)| *to == port).unwrap();
        sent.2[1..].to_vec()
    };
    // What belongs to no session, and what this port does not answer.
    for (port, frame) in [
        (reflector_port(), frame(&world, main_port())),
        (reflector_port(), frame(&world, reflector_port())),
        (main_port(), vec![0; 40]),
    ] {
        let mut bytes = vec![Kind::Rendezvous as u8];
        for _ in 0..100 {
            put_short(&mut bytes, &frame);
        }
        let link = world.connect_at(port, "203.0.113.200:7".parse().unwrap());
        let before = world.server.stats();
        world.feed(link, &bytes);
        let after = world.server.stats();
        let heard = after.rubbish + after.replayed - before.rubbish - before.replayed;
        assert!((1..=8).contains(&heard), "{heard} of 100 frames were looked at");
    }
}

#[test]
fn t36_dials_to_many_ids_keep_the_maps_within_their_bounds() {
    let mut world = World::with(25, |c| {
        c.limits.attempts = 100;
        c.limits.connect = Budget::new(u32::MAX, Duration::ZERO);
    });
    let viewer = world.add(2, |_| {});
    for i in 0..2_000 {
        let request = DialRequest { recognise: false, ..DialRequest::new(DeviceId::from_number(i + 1)) };
        // The server remembers longer than the viewer cares.
        world.with_client(viewer, |c, now| {
            let ticket = c.connect(now, request).unwrap();
            c.cancel(now, ticket);
        });
        world.run(millis(1));
        assert!(world.server.stats().attempts <= 100);
    }
    assert!(world.server.stats().dials >= 1_900 && world.server.stats().shed > 0);
    world.run(secs(60));
    assert_eq!(world.server.stats().attempts, 0);
}

#[test]
fn t34_at_the_bound_the_oldest_stranger_goes_and_registered_devices_stay() {
    let mut world = World::with(26, |c| c.limits.sessions = 10);
    let host = world.add(1, |_| {});
    world.with_client(host, |c, now| c.register(now));
    world.run(secs(2));
    let id = world.nodes[host].client.id().unwrap();
    for key in 0..20 {
        let n = world.add(key + 10, |_| {});
        world.with_client(n, |c, now| c.want_relays(now));
        world.run(millis(200));
        assert!(world.server.stats().sessions <= 10);
    }
    assert!(world.server.stats().shed >= 10);
    assert!(world.server.is_online(id));
    let served = (1..=20).filter(|n| world.events(*n).any(|e| matches!(e, ClientEvent::Relays(_)))).count();
    assert_eq!(served, 20);
}

#[test]
fn t24_new_ids_are_charged_to_their_network() {
    let mut world = World::with(27, |c| c.limits.claim = Budget::new(3, secs(3_600)));
    let shared = "203.0.113.200".parse().unwrap();
    for key in 1..=6 {
        let n = world.add(key, |_| {});
        let port = world.nodes[n].address.port() + u16::from(key);
        world.nodes[n].address = SocketAddr::new(shared, port);
        world.with_client(n, |c, now| c.register(now));
        // The world finds a client by its address, so one at a time.
        world.run(secs(2));
        world.nodes[n].address = SocketAddr::new("203.0.113.250".parse().unwrap(), port);
    }
    assert_eq!(world.store.owners.len(), 3);
}

/// Dials a host again and again from addresses of one network, and does nothing with the introductions.
fn dial_from_one_network(world: &mut World, target: DeviceId, third: u8, times: u8) {
    let bad: Vec<usize> = (0..4)
        .map(|n| {
            let node = world.add(100 + third + n, |_| {});
            world.nodes[node].address = SocketAddr::from(([198, 18, third, n + 1], 4_000));
            node
        })
        .collect();
    for turn in 0..times {
        let node = bad[usize::from(turn % 4)];
        world.with_client(node, |c, now| {
            // As many as it may have under way are enough.
            let _ = c.connect(now, DialRequest::new(target));
        });
        world.run(millis(20));
    }
}

#[test]
fn t34_dials_from_one_network_keep_no_other_network_from_a_host() {
    let mut world = World::new(28);
    let host = world.add(1, |_| {});
    world.with_client(host, |c, now| c.register(now));
    world.run(secs(2));
    let target = world.nodes[host].client.id().unwrap();
    dial_from_one_network(&mut world, target, 7, 80);
    let reached = world.events(host).filter(|e| matches!(e, ClientEvent::Incoming { .. })).count();
    assert!((10..=13).contains(&reached), "{reached} dials reached the host");
    let honest = world.add(2, |_| {});
    world.with_client(honest, |c, now| c.connect(now, DialRequest::new(target)).unwrap());
    world.run(millis(200));
    assert!(world.events(honest).any(|e| matches!(e, ClientEvent::Introduced { .. })));
}

#[test]
fn t34_a_dial_over_the_budget_is_tried_again_before_it_is_refused() {
    let mut world = World::with(29, |c| c.limits.target = Budget::new(2, millis(600)));
    let host = world.add(1, |_| {});
    world.with_client(host, |c, now| c.register(now));
    world.run(secs(2));
    let target = world.nodes[host].client.id().unwrap();
    let viewer = world.add(2, |_| {});
    for _ in 0..3 {
        world.with_client(viewer, |c, now| c.connect(now, DialRequest::new(target)).unwrap());
    }
    let introduced =
        |world: &World| world.events(viewer).filter(|e| matches!(e, ClientEvent::Introduced { .. })).count();
    world.run(millis(200));
    assert_eq!(introduced(&world), 2);
    world.run(secs(1));
    assert_eq!(introduced(&world), 3);
}

#[test]
fn t34_dials_that_are_over_do_not_keep_a_host_from_answering_others() {
    let endless = Budget::new(u32::MAX, Duration::ZERO);
    let mut world = World::with(30, |c| {
        (c.limits.target, c.limits.target_by_network, c.limits.connect) = (endless, endless, endless);
    });
    let host = world.add(1, |_| {});
    world.with_client(host, |c, now| c.register(now));
    world.run(secs(2));
    let target = world.nodes[host].client.id().unwrap();
    let viewer = world.add(2, |_| {});
    for _ in 0..100 {
        world.with_client(viewer, |c, now| c.connect(now, DialRequest::new(target)).unwrap());
        world.run(millis(100));
    }
    let introduced = world.events(viewer).filter(|e| matches!(e, ClientEvent::Introduced { .. })).count();
    assert_eq!(introduced, 100);
}
