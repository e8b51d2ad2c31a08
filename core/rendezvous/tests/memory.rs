//! How much memory strangers can take, and what is left of it when they are gone.
#![allow(clippy::unwrap_used, reason = "test code")]

mod common;

use std::net::SocketAddr;
use std::time::Duration;

use common::*;
use deskwire_conformance::{CountingAllocator, live_bytes};
use deskwire_machine::StreamBuf;
use deskwire_rendezvous::server::Budget;
use deskwire_wire::frame::Kind;
use deskwire_wire::rendezvous::Hello;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// Sources of one kind, one after the other.
fn source(n: u32) -> SocketAddr {
    SocketAddr::from((n.wrapping_mul(2_654_435_761).to_be_bytes(), 5))
}

/// What the test itself keeps is no memory of the server's.
fn forget(world: &mut World) {
    world.answers = Vec::new();
    world.recorded = Vec::new();
    world.server_events = Vec::new();
    for node in &mut world.nodes {
        node.events = Vec::new();
    }
}

/// A connection that says as much as it can without having said anything: its kind, and all but the last byte of the
/// longest frame there is, which stays unread.
fn half_open(world: &mut World, from: SocketAddr) -> StreamBuf {
    let link = world.connect(from);
    let mut bytes = vec![Kind::Rendezvous as u8, 0x10, 0x00];
    bytes.resize(3 + 4_095, 7);
    let unread = world.feed(link, &bytes);
    assert!(unread.len() <= 4_097, "{} bytes wait", unread.len());
    unread
}

#[test]
fn t33_a_connection_without_a_session_takes_little() {
    let mut world = World::new(41);
    let before = live_bytes();
    let unread: Vec<_> = (0..1_000).map(|n| half_open(&mut world, source(n))).collect();
    let each = (live_bytes() - before) / 1_000;
    assert_eq!(unread.len(), 1_000);
    assert!((4_096..16 << 10).contains(&each), "{each} bytes for each");
    // And it has ten seconds.
    drop(unread);
    world.run(secs(11));
    forget(&mut world);
    assert!(live_bytes() - before < 16 << 10, "{} bytes are left", live_bytes() - before);
}

#[test]
fn t35_after_a_flood_the_memory_is_what_it_was() {
    let mut world = World::with(42, |config| {
        config.limits.sources = 20_000;
        config.limits.tcp_links = 1_000;
        config.limits.hello = Budget::new(50, Duration::from_millis(10));
    });
    let host = world.add(1, |_| {});
    world.with_client(host, |c, now| c.register(now));
    world.run(secs(60));
    forget(&mut world);
    let before = live_bytes();
    let mut hello = Vec::new();
    Hello { version: 1, e_client: [5; 32], random: [6; 32] }.put_datagram(&mut hello);
    for n in 0..30_000u32 {
        hello[3..7].copy_from_slice(&n.to_be_bytes());
        world.inject(source(n), main_port(), &hello);
        if n % 3 == 0 {
            half_open(&mut world, source(n));
        }
        forget(&mut world);
    }
    let during = live_bytes() - before;
    assert!(world.server.stats().sources == 20_000 && during > 1 << 20, "{during} bytes are no flood");
    // Nobody else comes afterwards but the host with its beats.
    world.run(secs(2 * 3_600));
    forget(&mut world);
    assert!(world.server.is_online(world.nodes[host].client.id().unwrap()));
    let left = live_bytes() - before;
    assert!(left < before / 10 + (8 << 10), "{left} bytes of {during} are left, beside {before}");
}
