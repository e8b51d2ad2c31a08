//! A client asks anew how it looks from outside.
#![allow(clippy::unwrap_used, reason = "test code")]

mod common;

use std::net::SocketAddr;

use common::*;
use deskwire_rendezvous::ClientEvent;

/// The addresses that a client was told to have.
fn observations(world: &World, n: usize) -> Vec<SocketAddr> {
    let main = |event: &ClientEvent| match event {
        ClientEvent::Reflexive { main, .. } => Some(*main),
        _ => None,
    };
    world.events(n).filter_map(main).collect()
}

/// From one router to another, of which the client hears nothing.
fn moved(world: &mut World, n: usize) -> SocketAddr {
    let address = SocketAddr::from(([198, 51, 100, 99], 55_000));
    world.nodes[n].address = address;
    address
}

#[test]
fn a_viewer_without_a_session_opens_one_and_lets_it_go_again() {
    let mut world = World::new(21);
    let viewer = world.add(2, |_| {});
    world.with_client(viewer, |c, now| c.want_relays(now));
    world.run(secs(120));
    let before = world.nodes[viewer].address;
    assert_eq!((observations(&world, viewer), world.server.stats().sessions), (vec![before], 0));
    let after = moved(&mut world, viewer);
    world.with_client(viewer, |c, now| c.observe(now));
    world.run(secs(1));
    assert_eq!(observations(&world, viewer), [before, after]);
    world.run(secs(120));
    assert_eq!((observations(&world, viewer).len(), world.server.stats().sessions), (2, 0));
}

#[test]
fn a_host_stays_registered_and_asks_once_for_many_lost_paths() {
    let mut world = World::new(22);
    let host = world.add(1, |_| {});
    world.with_client(host, |c, now| c.register(now));
    world.run(secs(5));
    let before = world.nodes[host].address;
    let after = moved(&mut world, host);
    for _ in 0..20 {
        world.with_client(host, |c, now| c.observe(now));
        world.run(millis(10));
    }
    world.run(secs(3));
    let seen = observations(&world, host);
    assert_eq!((seen.first(), seen.last()), (Some(&before), Some(&after)));
    assert!(seen.len() <= 3, "{seen:?}");
    assert!(world.nodes[host].client.is_registered());
}

#[test]
fn over_tcp_there_is_nothing_to_ask() {
    let mut world = World::new(23);
    world.faults.udp_blocked = true;
    let viewer = world.add(2, |_| {});
    world.with_client(viewer, |c, now| c.observe(now));
    world.run(secs(120));
    assert_eq!((observations(&world, viewer).len(), world.server.stats().sessions), (0, 0));
}
