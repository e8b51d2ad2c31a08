//! Direct paths over TCP, where UDP does not pass.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::net::IpAddr;
use std::time::Duration;

use deskwire_core::Path;
use deskwire_sim::sessions::{Meeting, Stage};
use deskwire_sim::{Access, Dependence, HostId, Line, NatConfig, NetId, World};

/// What there is in front of a host; `None` is a public address.
type Gateway = Option<NatConfig>;

fn place(world: &mut World, gateway: Gateway, n: u8, line: Line) -> HostId {
    let outer = IpAddr::from([203, 0, 113, n]);
    let Some(config) = gateway else { return world.host_at("open", NetId::INTERNET, outer, line) };
    let net = world.network(NetId::INTERNET, config, outer, Line::of(Duration::from_millis(1)));
    world.host_at("home", net, [192, 168, n, 2].into(), line)
}

/// A session between hosts behind these gateways, at the end of the search for a direct path.
fn session(seed: u64, gateways: [Gateway; 2], lines: [Line; 2]) -> Stage {
    let meeting = Meeting::new(seed, Access::Open, Access::Open);
    let mut stage = Stage::placed(&meeting, |world| {
        [place(world, gateways[0], 1, lines[0]), place(world, gateways[1], 2, lines[1])]
    });
    stage.dial().unwrap();
    stage.show(Duration::from_secs(60), Duration::from_millis(100), |s| s.is_direct() || s.is_over());
    assert!(!stage.is_over(), "{:?}", stage.end());
    stage
}

/// Over what it goes in the end; some pictures must come that way, and both must learn of the end.
fn path(mut stage: Stage) -> Path {
    let enough = stage.frames() + 30;
    let every = Duration::from_millis(33);
    assert!(stage.show(Duration::from_secs(10), every, |stage| stage.frames() >= enough));
    let path = stage.path().unwrap();
    assert_eq!(stage.close(), Ok(()));
    path
}

fn line() -> Line {
    Line::of(Duration::from_millis(20))
}

/// A gateway that lets no UDP through and maps TCP per destination.
const fn tcp_symmetric() -> NatConfig {
    NatConfig { mapping: Dependence::AddressPort, ..NatConfig::tcp_only() }
}

/// Written by hand. UDP does not pass on one side at least. A gateway that translates TCP endpoint-independently is
/// punched; one that maps per destination reaches who filters nothing; an office that lets out calls to services only
/// reaches nobody.
#[test]
fn where_udp_is_blocked_tcp_is_direct_as_the_gateways_allow() {
    use NatConfig as N;
    let tcp = Some(N::tcp_only());
    let tcp_cone = Some(N { filtering: Dependence::Endpoint, ..N::tcp_only() });
    let symmetric = Some(tcp_symmetric());
    let office = Some(N::udp_blocked());
    for (n, (a, b, direct)) in [
        (tcp, tcp, true),
        (tcp, None, true),
        (tcp, Some(N::port_restricted()), true),
        (tcp, Some(N::symmetric()), false),
        (tcp, symmetric, false),
        (symmetric, None, true),
        (symmetric, tcp_cone, true),
        (symmetric, symmetric, false),
        (symmetric, Some(N::symmetric()), false),
        (office, None, false),
        (office, tcp, false),
        (office, Some(N::full_cone()), false),
        (office, office, false),
    ]
    .into_iter()
    .enumerate()
    {
        for gateways in [[a, b], [b, a]] {
            let found = path(session(n as u64, gateways, [line(); 2]));
            if direct {
                assert_eq!(found, Path::DirectTcp, "{gateways:?}");
            } else {
                assert!(!found.is_direct(), "{gateways:?}: {found}");
            }
        }
    }
}

/// One side is told to begin before the other, and the first packets may be lost: what the system repeats, or a second
/// attempt, gets through.
#[test]
fn uneven_and_lossy_lines_meet_over_tcp_too() {
    let lossy = Line { loss: 0.05, jitter: Duration::from_millis(10), ..Line::of(Duration::from_millis(70)) };
    let far = Line::of(Duration::from_millis(150));
    let tcp = Some(NatConfig::tcp_only());
    let direct = |seed: u64| {
        let lines = if seed.is_multiple_of(2) { [lossy, line()] } else { [line(), far] };
        path(session(100 + seed, [tcp, if seed.is_multiple_of(3) { None } else { tcp }], lines))
    };
    let found: Vec<Path> = (0..12).map(direct).collect();
    let direct = found.iter().filter(|path| **path == Path::DirectTcp).count();
    assert!(direct >= 11, "{found:?}");
}

/// Nothing passes between the two any more: the session goes on over the relay, and is direct again after another try.
#[test]
fn a_direct_path_over_tcp_that_dies_costs_no_session() {
    let tcp = Some(NatConfig::tcp_only());
    let mut stage = session(200, [tcp, tcp], [line(); 2]);
    assert_eq!(stage.path(), Some(Path::DirectTcp));
    let every = Duration::from_millis(33);
    stage.show(Duration::from_secs(2), every, |_| false);
    stage.forget_gap();
    let (viewer, host) = (stage.viewer, stage.host);
    stage.world.partition(&[viewer], &[host]);
    assert!(stage.show(Duration::from_secs(10), every, |stage| !stage.is_direct()), "still there");
    assert!(stage.longest_gap() < Duration::from_secs(1), "{:?}", stage.longest_gap());
    stage.world.heal();
    assert!(stage.show(Duration::from_secs(30), every, Stage::is_direct), "{:?}", stage.path());
    assert_eq!(path(stage), Path::DirectTcp);
}
