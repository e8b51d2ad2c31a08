//! A server whose name leads to another address by now.
#![allow(clippy::unwrap_used, reason = "test code")]

mod common;

use common::*;
use deskwire_rendezvous::ClientEvent;
use deskwire_rendezvous::client::ServerAddress;

/// Nobody is there.
fn nowhere(last: u8) -> ServerAddress {
    let at = |port| ([192, 0, 2, last], port).into();
    ServerAddress { main: at(21_116), reflector: Some(at(21_115)) }
}

/// Where the server is.
fn here() -> ServerAddress {
    ServerAddress { main: main_port(), reflector: Some(reflector_port()) }
}

fn unreachable(world: &World, n: usize) -> usize {
    world.events(n).filter(|event| matches!(event, ClientEvent::Unreachable { .. })).count()
}

fn is_registered(world: &World) -> bool {
    world.nodes[0].client.is_registered()
}

#[test]
fn a_new_address_is_tried_at_once_however_long_the_old_one_was_silent() {
    let mut world = World::new(1);
    let host = world.add(1, |config| config.servers = vec![nowhere(99)]);
    world.with_client(host, |client, now| client.register(now));
    // Pauses have grown to a minute.
    assert!(world.run_while(secs(600), |w| unreachable(w, host) == 8));
    world.with_client(host, |client, now| client.set_servers(now, vec![here()]));
    assert!(world.run_while(secs(1), is_registered));
}

#[test]
fn a_new_address_is_tried_at_once_in_the_middle_of_a_hello_to_the_old_one() {
    let mut world = World::new(2);
    let host = world.add(1, |config| config.servers = vec![nowhere(99)]);
    world.with_client(host, |client, now| client.register(now));
    world.run(secs(2));
    world.with_client(host, |client, now| client.set_servers(now, vec![here()]));
    assert!(world.run_while(secs(1), is_registered));
    assert_eq!(unreachable(&world, host), 0);
}

#[test]
fn a_session_stays_where_it_is_unless_its_address_is_none_of_the_servers_any_more() {
    let mut world = World::new(3);
    let host = world.add(1, |_| {});
    world.with_client(host, |client, now| client.register(now));
    assert!(world.run_while(secs(5), is_registered));
    let sessions = |world: &World| world.nodes[host].client.stats().sessions;
    for servers in [vec![], vec![here()], vec![nowhere(98), here()]] {
        world.with_client(host, |client, now| client.set_servers(now, servers));
        world.run(secs(60));
        assert_eq!((sessions(&world), is_registered(&world)), (1, true));
    }
    // Another server answers nothing here, so it is missed; the name then leads back.
    world.with_client(host, |client, now| client.set_servers(now, vec![nowhere(97)]));
    assert!(world.run_while(secs(20), |w| unreachable(w, host) == 1));
    assert!(!is_registered(&world));
    world.with_client(host, |client, now| client.set_servers(now, vec![here()]));
    assert!(world.run_while(secs(1), is_registered));
    assert_eq!(sessions(&world), 2);
}

#[test]
fn without_any_address_the_server_is_unreachable_at_once_and_reached_when_there_is_one() {
    let mut world = World::new(4);
    let none = ServerAddress { main: ([0, 0, 0, 0], 0).into(), reflector: None };
    let host = world.add(1, |config| config.servers = vec![none]);
    world.with_client(host, |client, now| client.register(now));
    assert_eq!(unreachable(&world, host), 1);
    world.run(secs(300));
    let told = unreachable(&world, host);
    assert!((6..20).contains(&told), "told {told} times in five minutes");
    world.with_client(host, |client, now| client.set_servers(now, vec![here()]));
    assert!(world.run_while(secs(1), is_registered));
}
