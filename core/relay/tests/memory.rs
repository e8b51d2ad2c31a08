//! How much memory strangers can take, and what is left of it when they are gone.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::time::Duration;

use deskwire_conformance::{CountingAllocator, live_bytes};
use deskwire_machine::StreamBuf;
use deskwire_wire::frame::Kind;
use deskwire_wire::ids::Role;
use support::*;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

fn source(n: u32) -> std::net::SocketAddr {
    std::net::SocketAddr::from((n.wrapping_mul(2_654_435_761).to_be_bytes(), 9))
}

/// What the test itself keeps is no memory of the server's.
fn forget(hand: &mut Hand) {
    (hand.events, hand.streams, hand.closed) = (Vec::new(), Vec::new(), Vec::new());
}

/// A connection that sent all it can without asking for a place; what stays unread.
fn half_open(hand: &mut Hand, n: u32) -> StreamBuf {
    let link = hand.accept(source(n));
    let mut bytes = vec![Kind::RelayControl as u8, 0x10, 0x00];
    bytes.resize(3 + 4_095, 7);
    let unread = hand.stream(link, &bytes);
    hand.drain();
    assert!(unread.len() <= 4_097, "{} bytes wait", unread.len());
    unread
}

#[test]
fn t33_a_connection_without_a_place_takes_little() {
    let mut hand = Hand::new(|_| {});
    let before = live_bytes();
    let unread: Vec<_> = (0..1_000).map(|n| half_open(&mut hand, n)).collect();
    let each = (live_bytes() - before) / 1_000;
    assert!((4_096..16 << 10).contains(&each), "{each} bytes for each");
    drop(unread);
    hand.pass(Duration::from_secs(11));
    forget(&mut hand);
    assert!(live_bytes() - before < 16 << 10, "{} bytes are left", live_bytes() - before);
}

#[test]
fn t35_after_a_flood_the_memory_is_what_it_was() {
    let mut hand = Hand::new(|l| (l.half_open, l.connections, l.checks_per_s) = (500, 600, 100_000));
    let side = hand.place_tcp(address(1, 1), grant_for(0).sign(&server_key()));
    forget(&mut hand);
    let before = live_bytes();
    let mut most = 0;
    for n in 1..=10_000u32 {
        half_open(&mut hand, n);
        // Tokens as if the rendezvous server was the attacker: each takes a place, and is remembered.
        if n <= 2_000 {
            hand.say(source(n), &open(grant_for(n).sign(&server_key()), 1, None));
            most = live_bytes() - before;
        }
        forget(&mut hand);
    }
    let stats = hand.server.stats();
    assert!(stats.waiting == 2_001 && most > 256 << 10, "{most} bytes are no flood: {stats:?}");
    // The one that was there before stays, if it says something from time to time.
    for _ in 0..10 {
        hand.stream(side, &framed(&packet(1, 100)));
        hand.pass(Duration::from_secs(20));
        forget(&mut hand);
    }
    let left = live_bytes() - before;
    assert_eq!((hand.server.stats().waiting, hand.server.stats().spent_tokens), (0, 0));
    // Empty queues keep room for 64 entries, and 64 small buffers wait to be used again.
    assert!(left < before / 10 + (24 << 10), "{left} bytes of {most} are left, beside {before}");
}

fn grant_for(n: u32) -> deskwire_identity::RelayToken {
    let mut grant = grant(1, Role::Viewer);
    grant.introduction.0[..4].copy_from_slice(&n.to_be_bytes());
    grant
}
