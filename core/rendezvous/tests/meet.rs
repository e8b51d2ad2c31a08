//! Clients register, meet, and are refused.
#![allow(clippy::unwrap_used, reason = "test code")]

mod common;

use common::*;
use deskwire_identity::{IdentityKey, RelayToken, RotationRecord};
use deskwire_machine::{Input, Machine as _};
use deskwire_rendezvous::client::{
    DialFailure, DialRequest, Introduction, TokenRequest, Trust, UnreachableCause,
};
use deskwire_rendezvous::{ClientEvent, ServerEvent};
use deskwire_wire::Over;
use deskwire_wire::ids::{DeviceId, Role};
use deskwire_wire::rendezvous::RefuseReason;

fn registered(world: &World, n: usize) -> Option<DeviceId> {
    world.events(n).find_map(|e| match e {
        ClientEvent::Registered { id, .. } => Some(*id),
        _ => None,
    })
}

/// A world with a registered host at index 0.
fn with_host(world: &mut World) -> DeviceId {
    let host = world.add(1, |_| {});
    world.with_client(host, |c, now| c.register(now));
    assert!(world.run_while(secs(5), |w| w.nodes[host].client.is_registered()));
    registered(world, host).unwrap()
}

fn introductions(world: &World, n: usize) -> Vec<Introduction> {
    world
        .events(n)
        .filter_map(|e| match e {
            ClientEvent::Introduced { introduction, .. } | ClientEvent::Accepted { introduction, .. } => {
                Some(introduction.clone())
            }
            _ => None,
        })
        .collect()
}

#[test]
fn a_viewer_meets_a_host_in_one_round_trip_after_its_hello() {
    let mut world = World::new(1);
    let id = with_host(&mut world);
    assert!(world.server.is_online(id));
    let viewer = world.add(2, |_| {});
    let start = world.now;
    world.with_client(viewer, |c, now| c.connect(now, DialRequest::new(id)).unwrap());
    assert!(world.run_while(secs(5), |w| !introductions(w, viewer).is_empty()));
    // Hello and welcome, then viewer - server - host - server - viewer: six ways of 20 ms.
    assert_eq!(world.now - start, millis(120));
    world.run(secs(1));
    let (a, b) = (introductions(&world, viewer), introductions(&world, 0));
    assert_eq!((a.len(), b.len()), (1, 1));
    let (a, b) = (&a[0], &b[0]);
    assert_eq!((a.id, &a.secret, a.issued), (b.id, &b.secret, b.issued));
    assert_eq!((a.role, b.role), (Role::Viewer, Role::Host));
    assert_eq!(a.certificate.unwrap().device_key, IdentityKey::from_bytes(&[1; 32]).public());
    assert!(a.candidates.is_empty() && b.candidates.is_empty());
    assert_eq!(a.relays.len(), 3);
    for (own, role) in [(a, Role::Viewer), (b, Role::Host)] {
        for (relay, other) in own.relays.iter().zip(&a.relays) {
            assert_eq!((relay.id, &relay.addresses), (other.id, &other.addresses));
            let token = RelayToken::verify(&relay.token.0, &server_identity().public()).unwrap();
            assert_eq!((token.relay, token.introduction, token.role), (relay.id, own.id, role));
            token.check_time(UNIX + 5).unwrap();
        }
    }
    let known = world.events(0).any(|e| {
        matches!(e, ClientEvent::Incoming { viewer: Some(key), .. }
            if *key == IdentityKey::from_bytes(&[2; 32]).public())
    });
    assert!(known);
}

// spec: IN-3
#[test]
fn t23_refusals_look_the_same_whatever_the_cause() {
    let mut seen = Vec::new();
    for cause in ["unknown", "offline", "declines", "silent", "bad signature"] {
        let mut world = World::new(2);
        let mut id = with_host(&mut world);
        match cause {
            "unknown" => id = DeviceId::from_number(5),
            "offline" => world.with_client(0, |c, now| c.deregister(now)),
            "declines" => world.nodes[0].accepts = Some(false),
            _ => world.nodes[0].accepts = None,
        }
        world.run(secs(1));
        let viewer = world.add(2, |_| {});
        let (start, before) = (world.now, world.answers.len());
        world.with_client(viewer, |c, now| c.connect(now, DialRequest::new(id)).unwrap());
        let failed = |w: &World| {
            w.nodes[viewer].events.iter().find_map(|(at, e)| match e {
                ClientEvent::DialFailed { reason, .. } => Some((*at - start, *reason)),
                _ => None,
            })
        };
        assert!(world.run_while(secs(9), |w| failed(w).is_some()), "{cause}");
        let address = world.nodes[viewer].address;
        let answers: Vec<_> = world.answers[before..]
            .iter()
            .filter(|(_, to, _)| *to == address)
            .map(|(at, _, bytes)| (*at - start, bytes.len()))
            .collect();
        assert_eq!(failed(&world).unwrap().1, DialFailure::Refused);
        seen.push((cause, failed(&world), answers));
    }
    assert!(seen.iter().all(|(_, event, answers)| (event, answers) == (&seen[0].1, &seen[0].2)), "{seen:?}");
}

/// A host that is just coming back, from sleep or over another protocol, is met within the time that a refusal takes.
#[test]
fn a_host_that_comes_back_in_time_is_met() {
    let mut world = World::new(14);
    let id = with_host(&mut world);
    world.with_client(0, |c, now| c.deregister(now));
    world.run(secs(1));
    assert!(!world.server.is_online(id));
    let viewer = world.add(2, |_| {});
    world.with_client(viewer, |c, now| c.connect(now, DialRequest::new(id)).unwrap());
    world.run(millis(700));
    world.with_client(0, |c, now| c.register(now));
    assert!(world.run_while(secs(2), |w| !introductions(w, viewer).is_empty()));
}

// spec: IN-9
#[test]
fn addresses_go_through_the_server_only_without_relays_and_with_leave_of_both() {
    for (relays, direct) in [(false, true), (false, false), (true, true)] {
        let mut world = World::with(3, |c| {
            if !relays {
                c.relays.clear();
            }
        });
        let id = with_host(&mut world);
        let viewer = world.add(2, |_| {});
        let own = vec!["10.0.0.9:7".parse().unwrap()];
        let request = DialRequest { direct, candidates: own, ..DialRequest::new(id) };
        world.with_client(viewer, |c, now| c.connect(now, request).unwrap());
        world.run(secs(2));
        let (a, b) = (introductions(&world, viewer).remove(0), introductions(&world, 0).remove(0));
        let given = !relays && direct;
        let observed = world.nodes.iter().map(|n| n.address).collect::<Vec<_>>();
        let expect = |own: &str, seen| if given { vec![own.parse().unwrap(), seen] } else { Vec::new() };
        assert_eq!(a.candidates, expect("10.0.0.2:5000", observed[0]));
        assert_eq!(b.candidates, expect("10.0.0.9:7", observed[1]));
    }
}

/// The viewer did not hear of the introduction, and asks the server that has forgotten it.
#[test]
fn a_host_that_was_introduced_is_introduced_again_by_a_restarted_server() {
    let mut world = World::new(9);
    let id = with_host(&mut world);
    let viewer = world.add(2, |_| {});
    world.with_client(viewer, |c, now| c.connect(now, DialRequest::new(id)).unwrap());
    let asked = |w: &World| w.events(0).any(|event| matches!(event, ClientEvent::Incoming { .. }));
    assert!(world.run_while(secs(5), asked));
    // What the server says to the viewer goes to a mapping that is no more.
    world.rebind(viewer);
    assert!(world.run_while(secs(1), |w| !introductions(w, 0).is_empty()));
    world.restart_server();
    assert!(introductions(&world, viewer).is_empty());
    // The host is back at once, and not with its next beat: the first of these is no change.
    for _ in 0..2 {
        world.with_client(0, |c, now| c.handle_input(now, Input::NetworkChanged { addrs: &[] }));
    }
    world.run(secs(10));
    let (seen, told) = (introductions(&world, viewer), introductions(&world, 0));
    assert_eq!((seen.len(), told.len()), (1, 2), "{:?}", world.nodes[viewer].events);
    assert_eq!((seen[0].id, &seen[0].secret), (told[1].id, &told[1].secret));
}

#[test]
fn both_sides_get_the_same_relays_again_even_from_a_restarted_server() {
    let mut world = World::new(4);
    let id = with_host(&mut world);
    let viewer = world.add(2, |_| {});
    world.with_client(viewer, |c, now| c.connect(now, DialRequest::new(id)).unwrap());
    world.run(secs(2));
    for round in 0..2 {
        if round == 1 {
            world.restart_server();
            world.run(secs(30));
        }
        for n in [viewer, 0] {
            let own = introductions(&world, n).remove(0);
            let request = TokenRequest {
                introduction: own.id,
                secret: own.secret.clone(),
                issued: own.issued,
                role: own.role,
                avoid: vec![own.relays[0].id],
                offer: Vec::new(),
            };
            world.with_client(n, |c, now| c.want_tokens(now, request).unwrap());
        }
        world.run(secs(8));
        let told = |n| {
            let all: Vec<_> = world
                .events(n)
                .filter_map(|e| match e {
                    ClientEvent::Tokens { relays, .. } => Some(relays.clone()),
                    _ => None,
                })
                .collect();
            assert_eq!(all.len(), round + 1);
            all[round].clone()
        };
        let (a, b) = (told(viewer), told(0));
        let failed = introductions(&world, viewer)[0].relays[0].id;
        assert_eq!(a.len(), 3);
        assert!(a.iter().zip(&b).all(|(a, b)| a.id == b.id && a.token != b.token && a.id != failed));
    }
}

// spec: IN-12
#[test]
fn tokens_need_the_introduction_secret() {
    let mut world = World::new(5);
    let id = with_host(&mut world);
    let viewer = world.add(2, |_| {});
    world.with_client(viewer, |c, now| c.connect(now, DialRequest::new(id)).unwrap());
    world.run(secs(2));
    let own = introductions(&world, viewer).remove(0);
    let mut request = TokenRequest {
        introduction: own.id,
        secret: own.secret,
        issued: own.issued,
        role: own.role,
        avoid: Vec::new(),
        offer: Vec::new(),
    };
    request.secret.0[0] ^= 1;
    let stranger = world.add(3, |_| {});
    world.with_client(stranger, |c, now| c.want_tokens(now, request).unwrap());
    world.run(secs(15));
    assert!(
        world.events(stranger).any(|e| matches!(e, ClientEvent::Tokens { relays, .. } if relays.is_empty()))
    );
}

#[test]
fn the_map_of_relays_comes_without_tokens() {
    let mut world = World::new(6);
    let viewer = world.add(2, |_| {});
    world.with_client(viewer, |c, now| c.want_relays(now));
    world.run(secs(2));
    let relays = world.events(viewer).find_map(|e| match e {
        ClientEvent::Relays(relays) => Some(relays.clone()),
        _ => None,
    });
    let relays = relays.unwrap();
    assert!(relays.len() == 4 && relays.iter().all(|r| r.token.0.is_empty() && r.addresses.len() == 1));
    // A client with nothing more to do takes leave, and the server forgets it.
    world.run(secs(40));
    assert_eq!((world.server.stats().sessions, world.nodes[viewer].client.is_registered()), (0, false));
}

#[test]
fn the_second_port_shows_what_kind_of_nat_there_is() {
    for symmetric in [false, true] {
        let mut world = World::new(7);
        let host = world.add(1, |_| {});
        world.nodes[host].symmetric = symmetric;
        world.with_client(host, |c, now| c.register(now));
        world.run(secs(3));
        let own = world.nodes[host].address;
        let second = Some(if symmetric { mapped(own) } else { own });
        let seen: Vec<_> =
            world.events(host).filter(|e| matches!(e, ClientEvent::Reflexive { .. })).cloned().collect();
        assert_eq!(seen, [ClientEvent::Reflexive { main: own, second, alternate: None }]);
    }
}

#[test]
fn without_udp_everything_goes_over_tcp() {
    let mut world = World::new(8);
    world.faults.udp_blocked = true;
    let start = world.now;
    let id = with_host(&mut world);
    assert!(world.now - start < millis(1_900), "{:?}", world.now - start);
    assert!(world.events(0).any(|e| matches!(e, ClientEvent::Connected { over: Over::Tcp, .. })));
    let viewer = world.add(2, |_| {});
    world.with_client(viewer, |c, now| c.connect(now, DialRequest::new(id)).unwrap());
    world.run(secs(5));
    assert_eq!(introductions(&world, viewer)[0].id, introductions(&world, 0)[0].id);
    // Beats keep it, for longer than any session without them would live.
    world.run(secs(600));
    assert!(world.server.is_online(id));
    world.restart_server();
    world.run(secs(20));
    assert!(world.server.is_online(id));
}

/// Every hello over UDP was lost until TCP answered, which is no reason to believe that UDP is blocked.
#[test]
fn udp_that_was_only_lossy_is_found_out_at_once() {
    let mut world = World::new(41);
    world.faults.udp_blocked = true;
    let host = world.add(1, |_| {});
    world.with_client(host, |c, now| c.register(now));
    let connected = |world: &World, over: Over| {
        world.events(host).any(|e| matches!(e, ClientEvent::Connected { over: o, .. } if *o == over))
    };
    while !connected(&world, Over::Tcp) {
        world.run(millis(1));
    }
    world.faults.udp_blocked = false;
    world.run(secs(2));
    let own = world.nodes[host].address;
    let seen =
        |e: &ClientEvent| *e == ClientEvent::Reflexive { main: own, second: Some(own), alternate: None };
    assert!(world.events(host).any(seen), "{:?}", world.events(host).collect::<Vec<_>>());
    assert!(world.nodes[host].client.is_registered());
    world.run(secs(15));
    assert!(connected(&world, Over::Udp), "{:?}", world.events(host).collect::<Vec<_>>());
    assert!(world.nodes[host].client.is_registered());
}

// spec: RG-4
#[test]
fn a_wrong_server_key_is_told_nothing_and_reported() {
    let mut world = World::new(9);
    let other = IdentityKey::from_bytes(&[9; 32]).public();
    let host = world.add(1, |c| c.trust = Trust::Key(other));
    world.with_client(host, |c, now| c.register(now));
    world.run(secs(5));
    let seen = server_identity().public();
    assert_eq!(world.events(host).filter(|e| **e == ClientEvent::ServerKeyMismatch { seen }).count(), 1);
    world.run(secs(5));
    let wrong =
        |e: &ClientEvent| matches!(e, ClientEvent::Unreachable { cause: UnreachableCause::WrongKey, .. });
    assert!(world.events(host).any(wrong));
    assert_eq!(world.server.stats().sessions, 0);
}

// spec: RG-5
#[test]
fn trust_on_first_use_keeps_to_the_first_key() {
    let mut world = World::new(10);
    let host = world.add(1, |c| c.trust = Trust::FirstUse);
    world.with_client(host, |c, now| c.register(now));
    world.run(secs(3));
    let key = server_identity().public();
    assert!(world.events(host).any(|e| *e == ClientEvent::ServerKeySeen(key)));
    assert_eq!(world.nodes[host].client.server_key(), Some(key));
    assert!(world.nodes[host].client.is_registered());
}

#[test]
fn a_clock_that_is_days_wrong_is_reported() {
    let mut world = World::new(11);
    let host = world.add(1, |c| c.unix_time += 5 * 24 * 3600);
    world.with_client(host, |c, now| c.register(now));
    world.run(secs(10));
    let clock =
        |e: &ClientEvent| matches!(e, ClientEvent::Unreachable { cause: UnreachableCause::Clock { .. }, .. });
    assert!(world.events(host).any(clock));
}

// spec: RG-16
#[test]
fn a_device_with_a_certificate_needs_no_store_and_no_second_id() {
    let mut world = World::new(12);
    let id = with_host(&mut world);
    world.store.down = true;
    world.restart_server();
    assert!(world.run_while(secs(40), |w| w.server.is_online(id)));
    // Without one, it waits until the store is back, and its key still has the same id.
    let again = world.add(1, |_| {});
    world.with_client(0, |c, now| c.deregister(now));
    world.with_client(again, |c, now| c.register(now));
    world.run(secs(10));
    assert_eq!(registered(&world, again), None);
    world.store.down = false;
    world.run(secs(60));
    assert_eq!(registered(&world, again), Some(id));
}

// spec: RG-20, RG-21
#[test]
fn t21_an_id_moves_to_a_new_key_only_with_the_old_ones_signature() {
    let mut world = World::new(13);
    let id = with_host(&mut world);
    let (old, new) = (IdentityKey::from_bytes(&[1; 32]), IdentityKey::from_bytes(&[2; 32]));
    let certificate = world.events(0).find_map(|e| match e {
        ClientEvent::Registered { certificate, .. } => Some(certificate.clone()),
        _ => None,
    });
    let thief = world.add(3, |c| {
        c.id = Some(id);
        c.certificate = certificate;
    });
    world.with_client(thief, |c, now| c.register(now));
    world.run(secs(5));
    let refused = |e: &ClientEvent| *e == ClientEvent::RegistrationRefused(RefuseReason::NotOwner);
    assert!(world.events(thief).any(refused));
    assert!(world.server.is_online(id) && world.nodes[0].client.is_registered());

    let fingerprint = server_identity().public().fingerprint();
    let record = RotationRecord::sign(fingerprint, id, 1, &old, &new);
    let heir = world.add(2, |c| {
        c.id = Some(id);
        c.rotation = Some(record);
    });
    world.with_client(heir, |c, now| c.register(now));
    world.run(secs(5));
    assert_eq!(registered(&world, heir), Some(id));
    assert_eq!(world.store.owners[&id].0, new.public());
    // The old key's certificate is worth nothing any more.
    world.run(secs(60));
    let revoked = |e: &ClientEvent| *e == ClientEvent::RegistrationRefused(RefuseReason::Revoked);
    assert!(world.events(0).any(revoked));
    assert!(world.server.is_online(id) && world.nodes[heir].client.is_registered());
}

// spec: RG-15
#[test]
fn t20_a_copy_of_a_device_does_not_go_back_in_epochs() {
    let mut world = World::new(14);
    let id = with_host(&mut world);
    for _ in 0..5 {
        world.rebind(0);
        world.run(secs(40));
    }
    // The copy starts from an old state: refused with the last epoch, it goes on from there.
    let copy = world.add(1, |c| c.id = Some(id));
    world.with_client(copy, |c, now| c.register(now));
    world.run(secs(10));
    assert!(world.nodes[copy].client.is_registered());
    assert_eq!(registered(&world, copy), Some(id));
}

#[test]
fn ports_are_reported_and_a_failed_one_too() {
    let world = World::new(15);
    let ports: Vec<_> = world.server_events.iter().filter_map(port_of).collect();
    assert_eq!(ports.len(), 4);
    assert!(!world.server_events.iter().any(|e| matches!(e, ServerEvent::ListenFailed { .. })));
}
