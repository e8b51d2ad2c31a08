//! Gateways that give one port after the other, in every way that is known, alone and with others behind them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::net::IpAddr;
use std::time::Duration;

use deskwire_sim::sessions::{Meeting, Stage, nth_seed};
use deskwire_sim::{Access, HostId, Line, NatConfig, NetId, PortChoice, World};

const SESSIONS: u64 = 20;

fn home(world: &mut World, config: NatConfig, n: u8) -> HostId {
    let near = Line::of(Duration::from_millis(1));
    let net = world.network(NetId::INTERNET, config, IpAddr::from([203, 0, 113, n]), near);
    world.host_at("home", net, IpAddr::from([192, 168, n, 2]), Line::of(Duration::from_millis(15)))
}

/// How many of all sessions find a direct path.
fn direct(seed: u64, gateways: [NatConfig; 2]) -> u32 {
    let found = |n: &u64| {
        let meeting = Meeting::new(nth_seed(seed, *n), Access::Open, Access::Open);
        let mut stage = Stage::placed(&meeting, |world| {
            let [a, b] = gateways;
            [home(world, a, 1), home(world, b, 2)]
        });
        stage.dial().unwrap();
        let every = Duration::from_millis(100);
        // All tries, without the search that is begun again later.
        stage.show(Duration::from_secs(30), every, |stage| stage.is_direct() || stage.is_over());
        assert!(!stage.is_over(), "session {n}: {:?}", stage.end());
        stage.is_direct()
    };
    u32::try_from((0..SESSIONS).filter(found).count()).unwrap()
}

fn counting(step: i16, parity: bool, others_ms: u64) -> NatConfig {
    NatConfig { step, parity, others: Duration::from_millis(others_ms), ..NatConfig::sequential() }
}

/// Two that count both kinds of ports apart are too much: which kind a socket of the other side is cannot be foretold.
#[test]
fn every_way_of_counting_is_found_out() {
    for (step, parity) in [(2, false), (-1, false), (7, false), (1, true), (-2, true)] {
        for other in [NatConfig::port_restricted(), counting(1, false, 0)] {
            let both = parity && other.ports == PortChoice::Sequential;
            let found = direct(1, [counting(step, parity, 0), other]);
            let expected = if both { 0 } else { SESSIONS };
            assert_eq!(u64::from(found), expected, "step {step}, parity {parity}, {other:?}");
        }
    }
}

/// The bait lies among the samples, whatever others do; what two gateways give next is known only while little goes on.
#[test]
fn others_behind_the_gateway_take_ports_too() {
    for (others_ms, both_at_least) in [(1_000, 19), (200, 17), (50, 13), (20, 5), (5, 0)] {
        let found = direct(2, [counting(1, false, others_ms), NatConfig::port_restricted()]);
        assert_eq!(u64::from(found), SESSIONS, "others every {others_ms} ms");
        let both = direct(3, [counting(1, false, others_ms); 2]);
        println!("others every {others_ms} ms: {found} of {SESSIONS}, {both} where both count");
        assert!(both >= both_at_least, "others every {others_ms} ms: {both} where both count");
    }
}
