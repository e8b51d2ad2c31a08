//! When a network lets no UDP through, or nothing but WebSocket: registration, sessions, and the way back.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::time::Duration;

use deskwire_core::Path;
use deskwire_sim::sessions::{Meeting, Stage, nth_seed};
use deskwire_sim::{Access, HostId, Protocol};

const NATIVE: [u16; 3] = [21_115, 21_116, 21_117];

fn no_udp(stage: &mut Stage, host: HostId) {
    stage.world.block(host, Protocol::Udp, None);
}

fn only_websocket(stage: &mut Stage, host: HostId) {
    no_udp(stage, host);
    for port in NATIVE {
        stage.world.block(host, Protocol::Tcp, Some(port));
    }
}

/// A session whose ends are restricted like this; the path of the viewer, once frames came.
fn path(seed: u64, viewer: fn(&mut Stage, HostId), host: fn(&mut Stage, HostId)) -> Path {
    let meeting = Meeting { punch: false, ..Meeting::new(seed, Access::PortRestricted, Access::Restricted) };
    let mut stage = Stage::new(&meeting);
    let (a, b) = (stage.viewer, stage.host);
    viewer(&mut stage, a);
    host(&mut stage, b);
    stage.dial().unwrap_or_else(|why| panic!("seed {seed}: {why}"));
    let frame = Duration::from_micros(33_333);
    let came = stage.show(Duration::from_secs(20), frame, |stage| stage.is_over() || stage.frames() >= 8);
    assert!(came && !stage.is_over(), "seed {seed}: {} frames, {:?}", stage.frames(), stage.end());
    let path = stage.path().unwrap();
    stage.close().unwrap_or_else(|why| panic!("seed {seed}: {why}"));
    path
}

#[test]
fn without_udp_everything_goes_over_tcp() {
    for n in 0..8 {
        assert_eq!(path(nth_seed(1, n), no_udp, no_udp), Path::RelayTcp);
    }
}

#[test]
fn with_nothing_else_everything_goes_over_websocket() {
    for n in 0..8 {
        assert_eq!(path(nth_seed(2, n), only_websocket, only_websocket), Path::RelayWebSocket);
    }
}

#[test]
fn each_end_goes_its_own_way_to_the_relay() {
    fn free(_: &mut Stage, _: HostId) {}
    for (viewer, host, expected) in [
        (only_websocket as fn(&mut Stage, HostId), free as fn(&mut Stage, HostId), Path::RelayWebSocket),
        (free, only_websocket, Path::RelayUdp),
        (no_udp, only_websocket, Path::RelayTcp),
    ] {
        for n in 0..4 {
            assert_eq!(path(nth_seed(3, n), viewer, host), expected);
        }
    }
}

/// Only the relay's own ports are closed: the server is talked to over UDP, the relay over what is left.
#[test]
fn a_relay_behind_a_firewall_is_reached_over_websocket() {
    fn no_relay_port(stage: &mut Stage, host: HostId) {
        stage.world.block(host, Protocol::Udp, Some(21_117));
        stage.world.block(host, Protocol::Tcp, Some(21_117));
    }
    for n in 0..4 {
        assert_eq!(path(nth_seed(4, n), no_relay_port, no_relay_port), Path::RelayWebSocket);
    }
}

/// Nobody waits for one way after another: with WebSocket alone, a device is registered within three seconds, and a
/// dial, its relay and its login take less than five.
#[test]
fn the_ways_are_tried_beside_each_other() {
    let meeting = Meeting { punch: false, ..Meeting::new(5, Access::Open, Access::Open) };
    let mut stage = Stage::new(&meeting);
    for host in [stage.viewer, stage.host] {
        only_websocket(&mut stage, host);
    }
    let before = stage.world.now();
    stage.dial().unwrap();
    let registered = stage.world.now() - before;
    assert!(registered < Duration::from_secs(3), "registered after {registered:?}");
    let before = stage.world.now();
    assert!(stage.show(Duration::from_secs(20), Duration::from_millis(20), |stage| stage.frames() > 0));
    let shown = stage.world.now() - before;
    assert!(shown < Duration::from_secs(5), "a frame after {shown:?}");
}

/// Once UDP works again, the registration moves there by itself, and new sessions use it.
#[test]
fn udp_is_found_again() {
    for n in 0..4 {
        let seed = nth_seed(6, n);
        let meeting = Meeting { punch: false, ..Meeting::new(seed, Access::Open, Access::Open) };
        let mut stage = Stage::new(&meeting);
        let host = stage.host;
        only_websocket(&mut stage, host);
        stage.dial().unwrap();
        assert!(stage.show(Duration::from_secs(20), Duration::from_millis(50), |stage| stage.frames() > 0));
        stage.world.unblock(host);
        stage.close().unwrap();
        let links = |stage: &Stage| stage.rendezvous_stats().map(|stats| (stats.online, stats.tcp_links));
        assert_eq!(links(&stage), Some((1, 1)), "seed {seed}");
        stage.world.run_for(Duration::from_secs(400));
        assert_eq!(links(&stage), Some((1, 0)), "seed {seed}");
    }
}
