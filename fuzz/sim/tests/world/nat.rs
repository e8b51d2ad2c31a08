//! Every behaviour of gateways, in RFC 4787's words.

use std::net::SocketAddr;
use std::time::Duration;

use deskwire_sim::{Dependence, HostId, Line, NatConfig, NetId, PortChoice, World, direct_possible};

use crate::probe::*;

const A7: &str = "198.51.100.1:7";
const A8: &str = "198.51.100.1:8";
const B7: &str = "198.51.100.2:7";
const ALL: [Dependence; 3] = [Dependence::Endpoint, Dependence::Address, Dependence::AddressPort];

/// Two mirrors and a home behind `config`.
fn world_with(config: NatConfig) -> (World, [HostId; 2], HostId) {
    let mut world = start_world();
    let mirrors = ["198.51.100.1", "198.51.100.2"].map(|addr| mirror(&mut world, addr));
    let (_, host) = home(&mut world, config, "203.0.113.1");
    (world, mirrors, host)
}

#[test]
fn a_mapping_depends_on_what_it_says() {
    for mapping in ALL {
        let (mut world, _, host) = world_with(NatConfig::new(mapping, Dependence::Endpoint));
        let [a7, a8, b7] = [A7, A8, B7].map(|mirror| seen_from(&mut world, host, at(mirror)).unwrap());
        let expected = match mapping {
            Dependence::Endpoint => (true, true),
            Dependence::Address => (true, false),
            Dependence::AddressPort => (false, false),
        };
        assert_eq!((a7 == a8, a7 == b7), expected, "{mapping:?}: {a7} {a8} {b7}");
        assert_eq!(a7.ip(), ip("203.0.113.1"));
        assert_eq!(seen_from(&mut world, host, at(A7)), Some(a7), "a mapping is used again");
    }
}

#[test]
fn a_filter_lets_in_whom_it_says() {
    for filtering in ALL {
        let (mut world, [a, b], host) = world_with(NatConfig::new(Dependence::Endpoint, filtering));
        let outer = seen_from(&mut world, host, at(A7)).unwrap();
        let before = datagrams(&world, host).len();
        world.with(a, |p: &mut Program, _| p.machine.send(outer, b"same port"));
        world.with(a, |p: &mut Program, _| p.machine.send_from_other(outer, b"same address"));
        send(&mut world, b, outer, b"stranger");
        world.run_for(Duration::from_millis(100));
        let got: Vec<Vec<u8>> =
            datagrams(&world, host).into_iter().skip(before).map(|(_, bytes)| bytes).collect();
        let expected: &[&[u8]] = match filtering {
            Dependence::Endpoint => &[b"same port", b"same address", b"stranger"],
            Dependence::Address => &[b"same port", b"same address"],
            Dependence::AddressPort => &[b"same port"],
        };
        assert_eq!(got, expected, "{filtering:?}");
    }
}

#[test]
fn a_mapping_expires_without_outbound_traffic() {
    for inbound_renews in [false, true] {
        let config = NatConfig { inbound_renews, ..NatConfig::full_cone() };
        let (mut world, [a, _], host) = world_with(config);
        let outer = seen_from(&mut world, host, at(A7)).unwrap();
        // Traffic from outside alone, each time within the expiry.
        for _ in 0..4 {
            world.run_for(Duration::from_secs(20));
            send(&mut world, a, outer, b"still there?");
        }
        world.run_for(Duration::from_millis(100));
        let got = datagrams(&world, host).len() - 1;
        assert_eq!(got, if inbound_renews { 4 } else { 1 });
        // Outbound traffic renews always.
        let outer = seen_from(&mut world, host, at(A7)).unwrap();
        for _ in 0..4 {
            world.run_for(Duration::from_secs(20));
            assert_eq!(seen_from(&mut world, host, at(A7)), Some(outer));
        }
        world.run_for(Duration::from_secs(31));
        assert_ne!(seen_from(&mut world, host, at(A7)), Some(outer), "a new mapping has a new port");
    }
}

#[test]
fn a_permission_in_a_live_mapping_expires_on_its_own() {
    let (mut world, [_, b], host) = world_with(NatConfig::port_restricted());
    let outer = seen_from(&mut world, host, at(B7)).unwrap();
    for _ in 0..3 {
        world.run_for(Duration::from_secs(15));
        assert_eq!(seen_from(&mut world, host, at(A7)), Some(outer));
    }
    let before = datagrams(&world, host).len();
    send(&mut world, b, outer, b"too late");
    world.run_for(Duration::from_millis(100));
    assert_eq!(datagrams(&world, host).len(), before);
}

#[test]
fn ports_are_chosen_as_said() {
    let outer_ports = |ports: PortChoice| {
        let (mut world, _, host) = world_with(NatConfig { ports, ..NatConfig::symmetric() });
        world.with(host, |p: &mut Program, _| p.machine.reopen(Some(at("0.0.0.0:5555"))));
        world.run_for(Duration::from_millis(1));
        [A7, A8, B7].map(|mirror| seen_from(&mut world, host, at(mirror)).unwrap().port())
    };
    assert_eq!(outer_ports(PortChoice::Preserve), [5555, 5556, 5557]);
    let [a, b, c] = outer_ports(PortChoice::Sequential);
    assert_eq!((b, c), (a + 1, a + 2));
    let [a, b, c] = outer_ports(PortChoice::Random);
    assert!(a.abs_diff(b) > 1 && b.abs_diff(c) > 1, "{a} {b} {c}");
}

#[test]
fn hairpinning_works_only_where_it_is_on() {
    for hairpin in [false, true] {
        let mut world = start_world();
        mirror(&mut world, "198.51.100.1");
        let (net, host) = home(&mut world, NatConfig { hairpin, ..NatConfig::full_cone() }, "203.0.113.1");
        let neighbour = probe(&mut world, "neighbour", net, "192.168.1.3");
        let outer = seen_from(&mut world, host, at(A7)).unwrap();
        let own = seen_from(&mut world, neighbour, at(A7)).unwrap();
        send(&mut world, neighbour, outer, b"round the corner");
        world.run_for(Duration::from_millis(200));
        let got: Vec<_> = datagrams(&world, host).into_iter().skip(1).collect();
        // RFC 4787, requirement 9a: the source is the outer address.
        let expected = if hairpin { vec![(own, b"round the corner".to_vec())] } else { Vec::new() };
        assert_eq!(got, expected);
    }
}

#[test]
fn neighbours_talk_without_the_gateway() {
    let mut world = start_world();
    let (net, host) = home(&mut world, NatConfig::udp_blocked(), "203.0.113.1");
    let neighbour = probe(&mut world, "neighbour", net, "192.168.1.3");
    world.with(neighbour, |p: &mut Program, _| p.machine.reopen(Some(at("0.0.0.0:9"))));
    send(&mut world, host, at("192.168.1.3:9"), b"hello");
    world.run_for(Duration::from_millis(100));
    assert_eq!(datagrams(&world, neighbour).len(), 1);
}

#[test]
fn blocked_udp_lets_tcp_through_or_what_goes_to_services() {
    for (config, passes) in [(NatConfig::tcp_only(), true), (NatConfig::udp_blocked(), false)] {
        let (mut world, _, host) = world_with(config);
        assert_eq!(seen_from(&mut world, host, at(A7)), None);
        let link = world.with(host, |p: &mut Program, _| p.machine.connect(None, at(A7)));
        world.run_for(Duration::from_millis(200));
        let opened = seen(&world, host).iter().any(|seen| matches!(seen, Seen::Opened(l, _) if *l == link));
        assert_eq!(opened, passes);
        assert!(world.stats().gateway > 0);
    }
}

#[test]
fn a_firewall_translates_nothing_and_lets_in_answers() {
    let mut world = start_world();
    let public = world.host_at("public", NetId::INTERNET, ip("2001:db8::1"), Line::default());
    world.start(public, |boot| {
        let mut probe = Probe::new(&boot, Some(at("[::]:7")));
        probe.echo = true;
        deskwire_sim::Recorded::new(probe)
    });
    let net = world.network(NetId::INTERNET, NatConfig::firewall(), ip("2001:db8:1::"), Line::default());
    let host = probe(&mut world, "host", net, "2001:db8:1::2");
    world.with(host, |p: &mut Program, _| p.machine.reopen(Some(at("[::]:9"))));
    send(&mut world, public, at("[2001:db8:1::2]:9"), b"uncalled");
    world.run_for(Duration::from_millis(100));
    assert_eq!(datagrams(&world, host), []);
    assert_eq!(seen_from(&mut world, host, at("[2001:db8::1]:7")), Some(at("[2001:db8:1::2]:9")));
}

/// Homes behind one carrier: what they have outside are the carrier's addresses, and they meet inside it.
#[test]
fn gateways_stack_and_a_carrier_can_hairpin() {
    for hairpin in [false, true] {
        let mut world = start_world();
        mirror(&mut world, "198.51.100.1");
        let carrier = NatConfig { hairpin, ..NatConfig::full_cone() };
        let carrier = world.network(NetId::INTERNET, carrier, ip("203.0.113.1"), Line::default());
        let homes = ["100.64.0.1", "100.64.0.2"].map(|outer| {
            let net = world.network(carrier, NatConfig::port_restricted(), ip(outer), Line::default());
            probe(&mut world, "home", net, "192.168.1.2")
        });
        let outers = homes.map(|host| seen_from(&mut world, host, at(A7)).unwrap());
        assert!(outers.iter().all(|outer| outer.ip() == ip("203.0.113.1")));
        for _ in 0..2 {
            send(&mut world, homes[0], outers[1], b"punch");
            send(&mut world, homes[1], outers[0], b"punch");
            world.run_for(Duration::from_millis(300));
        }
        let met = homes.map(|host| datagrams(&world, host).len() > 1);
        assert_eq!(met, [hairpin; 2]);
    }
}

#[test]
fn the_table_of_a_gateway_is_bounded() {
    let config = NatConfig { max_mappings: 2, ..NatConfig::symmetric() };
    let (mut world, _, host) = world_with(config);
    let first = seen_from(&mut world, host, at(A7)).unwrap();
    for mirror in [A8, B7] {
        seen_from(&mut world, host, at(mirror)).unwrap();
    }
    assert_ne!(seen_from(&mut world, host, at(A7)), Some(first), "the oldest mapping had to go");
}

/// Plain punching between all kinds of gateways: each side sends to where a mirror saw the other, and answers where
/// packets come from. It must succeed exactly where the predicate says so.
#[test]
fn plain_punching_succeeds_where_the_predicate_says() {
    let mut configs: Vec<Option<NatConfig>> = vec![None, Some(NatConfig::udp_blocked())];
    for mapping in ALL {
        configs.extend(ALL.map(|filtering| Some(NatConfig::new(mapping, filtering))));
    }
    for a in &configs {
        for b in &configs {
            let found = punch(*a, *b);
            assert_eq!(found, direct_possible(a.as_ref(), b.as_ref()), "{a:?} and {b:?}");
        }
    }
}

fn punch(a: Option<NatConfig>, b: Option<NatConfig>) -> bool {
    let mut world = start_world();
    mirror(&mut world, "198.51.100.1");
    let sides = [(a, "203.0.113.1"), (b, "203.0.113.2")].map(|(config, outer)| match config {
        Some(config) => home(&mut world, config, outer).1,
        None => probe(&mut world, "open", NetId::INTERNET, outer),
    });
    let known = sides.map(|host| seen_from(&mut world, host, at(A7)));
    let mut targets: [Vec<SocketAddr>; 2] = [known[1].into_iter().collect(), known[0].into_iter().collect()];
    for _ in 0..4 {
        for (host, targets) in sides.iter().zip(&targets) {
            targets.iter().for_each(|to| send(&mut world, *host, *to, b"punch"));
        }
        world.run_for(Duration::from_millis(200));
        for (host, targets) in sides.iter().zip(&mut targets) {
            targets.extend(
                datagrams(&world, *host).into_iter().filter(|(_, b)| b == b"punch").map(|(from, _)| from),
            );
            targets.sort_unstable();
            targets.dedup();
        }
    }
    sides.iter().all(|host| datagrams(&world, *host).iter().any(|(_, bytes)| bytes == b"punch"))
}
