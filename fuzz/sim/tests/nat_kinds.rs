//! What devices learn of their gateway from the server's ports and its other address is what the gateway does (RFC 5780):
//! every mapping with every filtering, over lines that lose nothing and lines that lose a packet of ten.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::time::Duration;

use deskwire_core::punch::{Filtering, Mapping};
use deskwire_sim::sessions::{Meeting, Stage};
use deskwire_sim::{Access, Dependence, HostId, Line, NatConfig, NetId, PortChoice, World};

const ALL: [Dependence; 3] = [Dependence::Endpoint, Dependence::Address, Dependence::AddressPort];
/// Longer than all questions take, with all their repeats.
const ENOUGH: Duration = Duration::from_secs(30);

/// How it maps, without the numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Unknown,
    Endpoint,
    Address,
    AddressPort,
    Blocked,
}

fn kind(mapping: Mapping) -> Kind {
    match mapping {
        Mapping::EndpointIndependent => Kind::Endpoint,
        Mapping::AddressDependent { .. } => Kind::Address,
        Mapping::AddressPortDependent { .. } => Kind::AddressPort,
        Mapping::Blocked => Kind::Blocked,
        _ => Kind::Unknown,
    }
}

const fn true_kind(mapping: Dependence) -> Kind {
    match mapping {
        Dependence::Endpoint => Kind::Endpoint,
        Dependence::Address => Kind::Address,
        Dependence::AddressPort => Kind::AddressPort,
    }
}

const fn true_filtering(filtering: Dependence) -> Filtering {
    match filtering {
        Dependence::Endpoint => Filtering::EndpointIndependent,
        Dependence::Address => Filtering::AddressDependent,
        Dependence::AddressPort => Filtering::AddressPortDependent,
    }
}

fn line(loss: f64) -> Line {
    Line { loss, ..Line::of(Duration::from_millis(20)) }
}

/// Two devices, viewer and host, each behind a gateway of its own, or behind none.
fn stage(seed: u64, alternate: bool, loss: f64, gateways: [Option<NatConfig>; 2]) -> Stage {
    let meeting = Meeting { alternate, ..Meeting::new(seed, Access::Open, Access::Open) };
    let place = move |world: &mut World, n: u8, gateway: Option<NatConfig>| match gateway {
        None => world.host_at("device", NetId::INTERNET, [203, 0, 113, n].into(), line(loss)),
        Some(config) => {
            let fast = Line::of(Duration::from_millis(1));
            let net = world.network(NetId::INTERNET, config, [203, 0, 113, n].into(), fast);
            world.host_at("device", net, [192, 168, n, 2].into(), line(loss))
        }
    };
    Stage::placed(&meeting, |world| -> [HostId; 2] {
        [place(world, 1, gateways[0]), place(world, 2, gateways[1])]
    })
}

/// What a host learns that only registers.
fn learned(seed: u64, alternate: bool, loss: f64, gateway: Option<NatConfig>) -> (Kind, Filtering) {
    let mut stage = stage(seed, alternate, loss, [None, gateway]);
    stage.world.run_for(ENOUGH);
    let (mapping, filtering) = stage.host_nat().unwrap();
    (kind(mapping), filtering)
}

#[test]
fn every_gateway_is_taken_for_what_it_is() {
    for loss in [0.0, 0.1] {
        for (mapping, filtering) in ALL.iter().flat_map(|m| ALL.iter().map(|f| (*m, *f))) {
            for ports in [PortChoice::Preserve, PortChoice::Sequential, PortChoice::Random] {
                let gateway = Some(NatConfig { ports, ..NatConfig::new(mapping, filtering) });
                let expected = (true_kind(mapping), true_filtering(filtering));
                for seed in 900..903 {
                    let found = learned(seed, true, loss, gateway);
                    assert_eq!(
                        found, expected,
                        "{mapping:?} {filtering:?} {ports:?} loss {loss} seed {seed}"
                    );
                }
            }
        }
    }
}

#[test]
fn open_hosts_firewalls_and_blocked_udp_are_told_apart() {
    let firewall = |filtering| NatConfig { filtering, ..NatConfig::firewall() };
    for loss in [0.0, 0.1] {
        for (gateway, expected) in [
            (None, (Kind::Endpoint, Filtering::EndpointIndependent)),
            (Some(NatConfig::firewall()), (Kind::Endpoint, Filtering::AddressPortDependent)),
            (Some(firewall(Dependence::Address)), (Kind::Endpoint, Filtering::AddressDependent)),
            (Some(NatConfig::udp_blocked()), (Kind::Blocked, Filtering::Unknown)),
            (Some(NatConfig::tcp_only()), (Kind::Blocked, Filtering::Unknown)),
        ] {
            for seed in 910..913 {
                assert_eq!(
                    learned(seed, true, loss, gateway),
                    expected,
                    "{gateway:?} loss {loss} seed {seed}"
                );
            }
        }
    }
}

/// Then a gateway that maps by address cannot be told from one that does not, and nobody claims to know who gets in.
#[test]
fn without_another_address_filtering_is_not_known() {
    for (mapping, filtering) in ALL.iter().flat_map(|m| ALL.iter().map(|f| (*m, *f))) {
        let expected = match mapping {
            Dependence::Endpoint | Dependence::Address => Kind::Endpoint,
            Dependence::AddressPort => Kind::AddressPort,
        };
        let found = learned(920, false, 0.0, Some(NatConfig::new(mapping, filtering)));
        assert_eq!(found, (expected, Filtering::Unknown), "{mapping:?} {filtering:?}");
    }
    assert_eq!(learned(921, false, 0.0, None), (Kind::Endpoint, Filtering::Unknown));
    let blocked = Some(NatConfig::udp_blocked());
    assert_eq!(learned(922, false, 0.0, blocked), (Kind::Blocked, Filtering::Unknown));
}

/// A session that stays on the relay says what both gateways do; it comes up as soon as without the questions.
#[test]
fn a_relayed_session_says_what_both_gateways_do_and_waits_for_nothing() {
    let gateway = Some(NatConfig::new(Dependence::Address, Dependence::AddressPort));
    let picture = Duration::from_millis(100);
    let mut first_frames = Vec::new();
    for alternate in [false, true] {
        let mut stage = stage(930, alternate, 0.0, [gateway; 2]);
        // A host knows its gateway long before somebody dials; a viewer asks while its session comes up.
        stage.world.run_for(ENOUGH);
        let before = stage.world.now();
        stage.dial().unwrap();
        assert!(stage.show(Duration::from_secs(10), picture, |stage| stage.frames() > 0));
        first_frames.push(stage.world.now() - before);
        let failed =
            |stage: &Stage| stage.punch_report().is_some_and(|r| r.strategies.len() > 2 && r.tcp.is_some());
        stage.show(Duration::from_secs(60), picture, failed);
        let report = stage.punch_report().unwrap();
        let sides = [&report.local, &report.remote].map(|side| (kind(side.mapping), side.filtering));
        if alternate {
            assert_eq!(sides, [(Kind::Address, Filtering::AddressPortDependent); 2], "{report}");
            assert!(
                report.to_string().contains("another port for each address, which lets in only who"),
                "{report}"
            );
        } else {
            assert_eq!(sides.map(|(kind, _)| kind), [Kind::Endpoint; 2], "{report}");
        }
        assert_eq!(stage.close(), Ok(()));
    }
    assert!(first_frames[1] <= first_frames[0] + picture, "{first_frames:?}");
}

/// What maps by address gives each peer a port that the server cannot name. Once that is known, ports are foretold or
/// guessed as for any such gateway; otherwise the peer is told a port that leads nowhere.
#[test]
fn a_gateway_that_maps_by_address_is_outwitted_once_it_is_known() {
    for ports in [PortChoice::Sequential, PortChoice::Random] {
        let by_address = NatConfig { ports, ..NatConfig::new(Dependence::Address, Dependence::AddressPort) };
        for gateways in [
            [Some(by_address), Some(NatConfig::port_restricted())],
            [Some(NatConfig::port_restricted()), Some(by_address)],
        ] {
            for alternate in [false, true] {
                let mut stage = stage(940, alternate, 0.0, gateways);
                stage.world.run_for(ENOUGH);
                stage.dial().unwrap();
                stage.show(Duration::from_secs(60), Duration::from_millis(100), Stage::is_direct);
                let report = stage.punch_report().unwrap();
                assert_eq!(stage.is_direct(), alternate, "{ports:?} {gateways:?}: {report}");
                assert_eq!(stage.close(), Ok(()));
            }
        }
    }
}
