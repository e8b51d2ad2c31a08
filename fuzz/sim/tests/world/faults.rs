//! Faults, clocks, and the one property everything rests on: a seed is a run.

use std::time::Duration;

use deskwire_machine::{Deadline, Input, Instant, Machine, Output};
use deskwire_sim::{Burst, ClockSkew, Line, NatConfig, NetId, Recorded, World};

use crate::probe::*;

/// A bit of everything: gateways, faults, roaming, a restart, streams.
fn busy(seed: u64) -> (u64, usize) {
    let mut world = World::new(seed);
    world.start_trace();
    let server = mirror(&mut world, "198.51.100.1");
    let (_, a) = home(&mut world, NatConfig::symmetric(), "203.0.113.1");
    let (_, b) = home(&mut world, NatConfig::port_restricted(), "203.0.113.2");
    let burst = Burst { start: 0.02, end: 0.3, loss: 0.9 };
    let line = Line { loss: 0.05, burst: Some(burst), reorder: 0.1, duplicate: 0.1, ..Line::default() };
    world.set_line(a, 0, line);
    let link = world.with(a, |p: &mut Program, _| p.machine.connect(None, at("198.51.100.1:7")));
    world.at(Instant::from_micros(2_000_000), move |world| {
        world.restart(server, false);
    });
    for round in 0..60_u8 {
        send(&mut world, a, at("198.51.100.1:7"), &[round; 40]);
        send(&mut world, b, at("198.51.100.1:8"), &[round; 900]);
        if round == 2 {
            world.with(a, |p: &mut Program, _| p.machine.write(link, &[7; 20_000]));
        }
        if round == 30 {
            world.roam(b, 0, NetId::INTERNET, ip("203.0.113.77"));
        }
        world.run_for(Duration::from_millis(100));
    }
    (world.hash(), world.take_trace().len())
}

#[test]
fn a_seed_is_a_run() {
    let runs: Vec<_> = (0..4).map(|seed| (busy(seed), busy(seed))).collect();
    for (first, again) in &runs {
        assert_eq!(first, again);
        assert!(first.1 > 200, "something happened");
    }
    assert!(runs.windows(2).all(|pair| pair[0].0.0 != pair[1].0.0), "another seed is another run");
}

#[test]
fn roaming_changes_where_packets_come_from() {
    let mut world = start_world();
    mirror(&mut world, "198.51.100.1");
    let (_, host) = home(&mut world, NatConfig::port_restricted(), "203.0.113.1");
    assert_eq!(seen_from(&mut world, host, at("198.51.100.1:7")).unwrap().ip(), ip("203.0.113.1"));
    world.roam(host, 0, NetId::INTERNET, ip("203.0.113.50"));
    assert_eq!(seen_from(&mut world, host, at("198.51.100.1:7")).unwrap().ip(), ip("203.0.113.50"));
    let networks: Vec<Seen> =
        seen(&world, host).into_iter().filter(|s| matches!(s, Seen::Network(_))).collect();
    assert_eq!(networks, [vec![ip("192.168.1.2")], vec![ip("203.0.113.50")]].map(Seen::Network));
}

#[test]
fn large_datagrams_vanish_at_a_small_mtu() {
    let mut world = start_world();
    let server = mirror(&mut world, "198.51.100.1");
    let host = probe(&mut world, "host", NetId::INTERNET, "198.51.100.3");
    world.set_line(host, 0, Line { mtu: 1280, ..Line::default() });
    for size in [1252, 1253] {
        send(&mut world, host, at("198.51.100.1:7"), &vec![1; size]);
    }
    world.run_for(Duration::from_millis(100));
    let sizes: Vec<usize> = datagrams(&world, server).iter().map(|(_, bytes)| bytes.len()).collect();
    assert_eq!((sizes, world.stats().too_large), (vec![1252], 1));
}

#[test]
fn a_sleeper_hears_nothing_and_its_clock_goes_on() {
    let mut world = start_world();
    let server = mirror(&mut world, "198.51.100.1");
    let host = world.host_at("sleeper", NetId::INTERNET, ip("198.51.100.4"), Line::default());
    let every = Duration::from_secs(1);
    world.start(host, move |boot| {
        Recorded::new(Probe::new(&boot, Some(at("0.0.0.0:9"))).ticking(&boot, every))
    });
    world.run_for(Duration::from_millis(3_500));
    world.suspend(host, Duration::from_secs(60));
    world.run_for(Duration::from_secs(30));
    send(&mut world, server, at("198.51.100.4:9"), b"wake up");
    world.run_for(Duration::from_millis(31_500));
    let program = world.get::<Program>(host).unwrap();
    let ticks: Vec<u64> = program
        .events
        .iter()
        .filter(|(_, seen)| *seen == Seen::Tick)
        .map(|(at, _)| at.as_micros() / 1_000)
        .collect();
    assert_eq!(ticks, [1_000, 2_000, 3_000, 63_500, 64_500]);
    assert_eq!(datagrams(&world, host), []);
}

#[test]
fn a_fast_clock_ticks_more_often() {
    let mut world = start_world();
    let skew = ClockSkew { ahead: 1_000_000_000, drift_ppm: 100_000 };
    let host = world.host("fast", skew);
    world.attach(host, NetId::INTERNET, ip("198.51.100.4"), Line::default());
    world.start(host, |boot| Recorded::new(Probe::new(&boot, None).ticking(&boot, Duration::from_secs(1))));
    // A little more than 100 seconds: the host's clock has no fractions of a microsecond.
    world.run_for(Duration::from_millis(100_001));
    let ticks = seen(&world, host).iter().filter(|seen| **seen == Seen::Tick).count();
    assert_eq!(ticks, 110);
}

#[test]
fn a_restart_keeps_state_only_if_asked() {
    let mut world = start_world();
    let host = world.host_at("server", NetId::INTERNET, ip("198.51.100.4"), Line::default());
    world.start(host, |boot| {
        let kept = boot.previous.as_ref().and_then(|old| old.downcast_ref::<Program>());
        let deaf = kept.is_some_and(|old| old.machine.deaf) || boot.count == 0;
        let mut probe = Probe::new(&boot, None);
        probe.deaf = deaf;
        Recorded::new(probe)
    });
    let deaf = |world: &World| world.get::<Program>(host).unwrap().machine.deaf;
    assert!(deaf(&world));
    world.restart(host, true);
    assert!(deaf(&world));
    world.crash(host);
    assert!(world.get::<Program>(host).is_none());
    world.restart(host, false);
    assert!(!deaf(&world));
}

/// Wants to be woken at the time it is.
struct Restless(Instant);

impl Machine for Restless {
    type Event = ();
    fn handle_input(&mut self, now: Instant, _: Input<'_>) {
        self.0 = now;
    }
    fn handle_timeout(&mut self, _: Instant) {}
    fn poll_output(&mut self, _: Instant, _: &mut Vec<u8>) -> Option<Output> {
        None
    }
    fn poll_event(&mut self) -> Option<()> {
        None
    }
    fn poll_timeout(&self) -> Option<Deadline> {
        Some(Deadline::new(self.0, "restlessness"))
    }
}

#[test]
#[should_panic(expected = "restlessness")]
fn a_livelock_panics_with_its_reason() {
    let mut world = start_world();
    let host = world.host_at("restless", NetId::INTERNET, ip("198.51.100.4"), Line::default());
    world.start(host, |boot| Recorded::new(Restless(boot.now)));
    world.run_for(Duration::from_secs(1));
}
