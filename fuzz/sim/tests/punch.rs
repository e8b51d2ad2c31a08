//! Direct paths in places that are no plain pair of gateways: one home for two, a carrier in between, IPv6.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::net::IpAddr;
use std::time::Duration;

use deskwire_sim::sessions::{Meeting, Stage};
use deskwire_sim::{Access, HostId, Line, NatConfig, NetId, World};

/// Runs a session between two hosts that `place` puts somewhere, and gives the stage at the end of the search.
fn session(seed: u64, place: impl FnOnce(&mut World) -> [HostId; 2]) -> Stage {
    let mut stage = Stage::placed(&Meeting::new(seed, Access::Open, Access::Open), place);
    stage.dial().unwrap();
    let every = Duration::from_millis(100);
    // Tries, and sockets and guesses where they are needed.
    stage.show(Duration::from_secs(45), every, Stage::is_direct);
    assert!(!stage.is_over(), "{:?}", stage.end());
    stage
}

fn is_direct(stage: &mut Stage) -> bool {
    let path = stage.path().unwrap();
    assert_eq!(stage.close(), Ok(()));
    path.is_direct()
}

fn line() -> Line {
    Line::of(Duration::from_millis(8))
}

fn near() -> Line {
    Line::of(Duration::from_millis(1))
}

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

/// A host in a home of its own.
fn home(world: &mut World, parent: NetId, config: NatConfig, outer: &str, inner: &str) -> HostId {
    let net = world.network(parent, config, ip(outer), near());
    world.host_at("home", net, ip(inner), line())
}

#[test]
fn neighbours_behind_one_gateway_without_hairpin_meet_inside() {
    for config in [NatConfig::port_restricted(), NatConfig::sequential(), NatConfig::symmetric()] {
        assert!(!config.hairpin);
        let mut stage = session(1, |world| {
            let net = world.network(NetId::INTERNET, config, ip("203.0.113.1"), near());
            ["192.168.1.2", "192.168.1.3"].map(|addr| world.host_at("neighbour", net, ip(addr), line()))
        });
        let before = stage.world.stats().gateway;
        assert!(is_direct(&mut stage), "{config:?}");
        // A hairpin would have been dropped by the gateway.
        assert!(stage.world.stats().gateway <= before + 4, "{config:?}");
    }
}

/// The worst of the chain counts.
#[test]
fn a_carriers_gateway_counts_as_well_as_the_homes() {
    use NatConfig as N;
    for (home_nat, carrier, other, direct) in [
        (N::full_cone(), N::port_restricted(), N::port_restricted(), true),
        (N::port_restricted(), N::full_cone(), N::port_restricted(), true),
        (N::port_restricted(), N::symmetric(), N::restricted(), true),
        (N::full_cone(), N::sequential(), N::port_restricted(), true),
        (N::sequential(), N::full_cone(), N::port_restricted(), true),
        (N::full_cone(), N::symmetric(), N::port_restricted(), true),
        (N::full_cone(), N::symmetric(), N::symmetric(), false),
        (N::symmetric(), N::sequential(), N::symmetric(), false),
        (N::full_cone(), N::udp_blocked(), N::full_cone(), false),
    ] {
        for viewer_first in [true, false] {
            let mut stage = session(2, |world| {
                let net = world.network(NetId::INTERNET, carrier, ip("203.0.113.1"), near());
                let a = home(world, net, home_nat, "100.64.3.4", "192.168.1.2");
                let b = home(world, NetId::INTERNET, other, "203.0.113.2", "192.168.2.2");
                if viewer_first { [a, b] } else { [b, a] }
            });
            assert_eq!(is_direct(&mut stage), direct, "{home_nat:?} {carrier:?} {other:?}");
        }
    }
}

/// Two homes of one carrier, whose gateway does no hairpinning: their outer addresses are the same and private ones lead
/// nowhere; with hairpinning they meet at the carrier's gateway.
#[test]
fn customers_of_one_carrier_need_its_hairpin() {
    for hairpin in [false, true] {
        let mut stage = session(3, |world| {
            let carrier = NatConfig { hairpin, ..NatConfig::full_cone() };
            let net = world.network(NetId::INTERNET, carrier, ip("203.0.113.1"), near());
            let nat = NatConfig::port_restricted();
            let a = home(world, net, nat, "100.64.3.4", "192.168.1.2");
            let b = home(world, net, nat, "100.64.3.5", "192.168.2.2");
            [a, b]
        });
        assert_eq!(is_direct(&mut stage), hairpin);
    }
}

/// A host behind a gateway of any kind that also has IPv6, behind a firewall that lets in answers only.
fn dual(world: &mut World, nat: NatConfig, n: u8) -> HostId {
    let outer = IpAddr::from([203, 0, 113, n]);
    let net = world.network(NetId::INTERNET, nat, outer, near());
    let host = world.host_at("dual", net, IpAddr::from([192, 168, n, 2]), line());
    let v6 = world.network(NetId::INTERNET, NatConfig::firewall(), outer, near());
    let addr = ip(&format!("2001:db8:{n}::2"));
    world.attach(host, v6, addr, line());
    host
}

#[test]
fn ipv6_behind_firewalls_is_direct_where_ipv4_is_not() {
    for nat in [NatConfig::symmetric(), NatConfig::udp_blocked()] {
        let mut stage = session(4, |world| [dual(world, nat, 1), dual(world, nat, 2)]);
        assert!(is_direct(&mut stage), "{nat:?}");
    }
}

/// A host without IPv4, behind a firewall that lets in answers only.
fn only_v6(world: &mut World, n: u8) -> HostId {
    let v6 = world.network(NetId::INTERNET, NatConfig::firewall(), ip("203.0.113.9"), near());
    world.host_at("v6", v6, ip(&format!("2001:db8:{n}::2")), line())
}

#[test]
fn devices_without_ipv4_meet_directly_and_others_on_the_relay() {
    let mut stage = session(7, |world| [only_v6(world, 1), only_v6(world, 2)]);
    assert!(is_direct(&mut stage));
    let mut stage = session(8, |world| [only_v6(world, 1), dual(world, NatConfig::symmetric(), 2)]);
    assert!(is_direct(&mut stage));
    let mut stage = session(9, |world| {
        let nat = NatConfig::full_cone();
        [only_v6(world, 1), home(world, NetId::INTERNET, nat, "203.0.113.2", "192.168.2.2")]
    });
    assert!(!is_direct(&mut stage), "one has no IPv6 and the other no IPv4");
}

#[test]
fn one_side_with_ipv6_and_ipv4_meets_the_other_on_ipv4() {
    for dual_first in [true, false] {
        let mut stage = session(5, |world| {
            let a = dual(world, NatConfig::port_restricted(), 1);
            let b = home(world, NetId::INTERNET, NatConfig::port_restricted(), "203.0.113.2", "192.168.2.2");
            if dual_first { [a, b] } else { [b, a] }
        });
        assert!(is_direct(&mut stage));
    }
}

/// Guessing goes on for half a minute beside the session: nobody notices.
#[test]
fn guessing_does_not_disturb_the_session() {
    let mut stage = Stage::new(&Meeting::new(6, Access::PortRestricted, Access::Random));
    stage.dial().unwrap();
    let every = Duration::from_micros(33_333);
    assert!(stage.show(Duration::from_secs(10), every, |stage| stage.frames() > 10));
    stage.forget_gap();
    assert!(stage.show(Duration::from_secs(40), every, Stage::is_direct), "it was found");
    assert!(stage.longest_gap() < Duration::from_millis(250), "{:?}", stage.longest_gap());
    let frames = stage.frames() + 30;
    assert!(stage.show(Duration::from_secs(5), every, |stage| stage.frames() >= frames));
    assert!(stage.longest_gap() < Duration::from_millis(250), "{:?}", stage.longest_gap());
    assert!(is_direct(&mut stage));
}
