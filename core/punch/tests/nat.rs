//! Two punchers behind every pair of NATs: direct exactly where theory says.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::net::SocketAddr;
use std::time::Duration;

use deskwire_identity::Secret64;
use deskwire_machine::{IfAddr, Input, Instant, Machine};
use deskwire_punch::probe::{Body, Keys, Probe};
use deskwire_punch::{
    CandidateKind, Filtering, Forecast, Mapping, Observation, PunchEvent, PunchState, Reflexive, Strategy,
    Verdict,
};
use deskwire_wire::ids::Role;
use deskwire_wire::punch::{Candidates, PunchCandidate, PunchMsg};
use deskwire_wire::{CapnProto, Codec};
use support::{Filter, Kind, Map, Ports, World};

/// Whether a direct UDP path exists without port prediction. With a mapping per destination on one side, the other
/// learns the port only from what arrives, which a filter by port prevents; with it on both sides, one must not filter.
fn is_possible(a: Kind, b: Kind) -> bool {
    !((a.is_symmetric() && b.filters_ports())
        || (b.is_symmetric() && a.filters_ports())
        || (a.is_symmetric() && b.is_symmetric() && a.filters() && b.filters()))
}

fn kind(map: Map, filter: Filter) -> Kind {
    Kind::new(map, filter, Ports::Random)
}

/// Both ends say the same path, and packets cross it both ways from where each was told.
fn assert_path(world: &mut World, what: &str) {
    assert!(world.has_path(), "{what}");
}

/// Without guessing.
fn classic(kinds: [Kind; 2], seed: u64) -> World {
    World::tuned(kinds, seed, ["203.0.113.1", "203.0.113.2"], &|config| config.birthday = false)
}

// spec: PU-11
#[test]
fn every_pair_of_nats_ends_as_theory_says() {
    for a in Kind::all() {
        for b in Kind::all() {
            let what = format!("{a:?} with {b:?}");
            let mut world = classic([a, b], 1);
            world.start();
            world.run(Duration::from_secs(30));
            if is_possible(a, b) {
                assert_path(&mut world, &what);
            } else {
                assert!(world.ends.iter().all(|end| end.failed() && end.path().is_none()), "{what}");
            }
            world.assert_budgets();
            assert!(world.ends.iter().all(|end| end.puncher.poll_timeout().is_none()), "{what}");
        }
    }
}

#[test]
fn pairs_that_can_be_punched_are_under_loss_too() {
    let mut rounds = 0;
    for a in Kind::all() {
        for b in Kind::all().into_iter().filter(|b| is_possible(a, *b)) {
            for seed in 1..6 {
                let mut world = World::new([a, b], seed);
                world.loss_percent = 20;
                world.start();
                world.run(Duration::from_secs(30));
                let what = format!("{a:?} with {b:?}, seed {seed}");
                assert_path(&mut world, &what);
                world.assert_budgets();
                rounds += 1;
            }
        }
    }
    assert!(rounds > 100);
}

#[test]
fn a_symmetric_nat_is_found_by_a_peer_reflexive_address() {
    let mut world =
        World::new([kind(Map::Dependent, Filter::Port), kind(Map::Independent, Filter::Address)], 1);
    world.start();
    world.run(Duration::from_secs(5));
    let (remote, _) = world.ends[1].path().unwrap();
    let named = world.ends[0].puncher.candidates().iter().any(|candidate| candidate.addr == remote);
    assert!(!named, "the viewer did not know this port itself");
}

#[test]
fn neighbours_find_each_other_inside_their_home() {
    let nat = kind(Map::Independent, Filter::Port);
    let mut world = World::with_publics([nat, nat], 1, ["203.0.113.1", "203.0.113.1"]);
    world.start();
    world.run(Duration::from_secs(5));
    assert_eq!(world.ends[0].path().unwrap().0, world.ends[1].inside);
}

#[test]
fn a_direct_path_takes_about_two_round_trips() {
    let nat = kind(Map::Independent, Filter::Port);
    let mut world = World::new([nat, nat], 1);
    world.start();
    let start = world.now;
    while world.ends[0].path().is_none() {
        world.run(Duration::from_millis(1));
        assert!(world.now - start < Duration::from_millis(400));
    }
}

// spec: PU-2, PU-3
#[test]
fn t32_nothing_is_sent_to_addresses_that_may_not_be_probed() {
    let nat = kind(Map::Independent, Filter::Port);
    let mut world = World::new([nat, nat], 1);
    world.start();
    world.run(Duration::from_millis(70));
    let bad = [
        "127.0.0.1:22",
        "0.0.0.0:1",
        "224.0.0.1:1900",
        "255.255.255.255:9",
        "10.0.0.1:80",
        "169.254.169.254:80",
        "203.0.113.2:0",
        "[::ffff:127.0.0.1]:22",
        "[::1]:22",
        "[64:ff9b::7f00:1]:22",
        "[2002:7f00:1::]:22",
    ];
    let candidates = bad
        .iter()
        .map(|text| PunchCandidate { addr: text.parse().unwrap(), kind: CandidateKind::Host })
        .collect();
    let (mapping, filtering) = (Mapping::Unknown, Filtering::Unknown);
    let message =
        PunchMsg::Candidates(Candidates { generation: 9, mapping, filtering, frugal: false, candidates });
    let mut bytes = Vec::new();
    <deskwire_wire::CapnProto as deskwire_wire::Codec<_>>::encode(&message, &mut bytes).unwrap();
    world.ends[0].puncher.handle_message(world.now, &bytes);
    world.drain(0);
    world.run(Duration::from_secs(10));
    let bad: Vec<SocketAddr> = bad.iter().map(|text| text.parse().unwrap()).collect();
    assert!(world.ends[0].sent.iter().all(|(_, to)| !bad.contains(to)));
    assert!(world.ends[0].puncher.stats().forbidden >= 11);
    let public = |to: &SocketAddr| to.ip().to_string().starts_with("203.0.113.");
    assert!(world.ends.iter().all(|end| end.sent.iter().all(|(_, to)| public(to))));
    // A genuine probe of the peer whose source is forged to be one of them gets no answer either.
    let keys = Keys::new(Role::Viewer, &Secret64::new([5; 64]));
    let probe = keys.seal(&Probe { body: Body::Request, nominated: true, transaction: 1 });
    let before = world.ends[1].sent.len();
    for from in &bad {
        world.shared_datagram(1, *from, probe.to_vec());
    }
    assert_eq!(world.ends[1].sent.len(), before);
}

// spec: PU-8
#[test]
fn t30_forged_and_replayed_probes_change_nothing() {
    let nat = kind(Map::Independent, Filter::Port);
    let mut world = World::new([nat, nat], 1);
    world.start();
    world.run(Duration::from_millis(100));
    let before = world.ends[1].sent.len();
    let attacker: SocketAddr = "203.0.113.66:666".parse().unwrap();
    let mut forged = [0x1f; 54];
    for n in 0..200 {
        forged[30] = n;
        world.shared_datagram(1, attacker, forged.to_vec());
    }
    assert!(world.ends[1].sent[before..].iter().all(|(_, to)| *to != attacker));
    assert_eq!(world.ends[1].puncher.stats().forged, 200);
    world.run(Duration::from_secs(5));
    assert_path(&mut world, "in spite of forged probes");
}

// spec: PU-5
#[test]
fn a_changed_network_is_punched_anew() {
    let nat = kind(Map::Independent, Filter::Port);
    for who in [0, 1] {
        let mut world = World::new([nat, nat], 1);
        world.start();
        world.run(Duration::from_secs(3));
        assert_path(&mut world, "at first");
        let addrs = [IfAddr { addr: "192.168.9.9".parse().unwrap(), prefix: 24, metered: true }];
        let now = world.now;
        world.ends[who].puncher.handle_input(now, Input::NetworkChanged { addrs: &addrs });
        world.drain(who);
        assert_eq!(world.ends[who].puncher.state(), PunchState::Exchanging);
        world.run(Duration::from_secs(3));
        let found = |i: usize| {
            world.ends[i].events.iter().filter(|e| matches!(e, PunchEvent::PathFound { .. })).count()
        };
        assert_eq!([found(0), found(1)], [2, 2]);
    }
}

#[test]
fn another_port_towards_the_second_reflector_is_no_new_network() {
    let mut world = World::new([Kind::OPEN, kind(Map::Dependent, Filter::Port)], 1);
    world.start();
    world.run(Duration::from_secs(3));
    assert_path(&mut world, "at first");
    let seen = |port| Observation::Seen(SocketAddr::from(([203, 0, 113, 2], port)));
    let again = Reflexive::new(seen(9_000), seen(9_001));
    for (seen, state) in [
        (again, PunchState::Exchanging),
        (Reflexive { second: seen(7_777), ..again }, PunchState::Found),
        (Reflexive { second: seen(9_000), ..again }, PunchState::Exchanging),
    ] {
        let now = world.now;
        world.ends[1].puncher.set_reflexive(now, seen);
        world.drain(1);
        assert_eq!(world.ends[1].puncher.state(), state);
        // From one search for such a reason to the next there is a pause.
        world.run(Duration::from_secs(130));
    }
}

/// A gateway with few mappings forgets the session's own for those of a search, and shows another port after each.
#[test]
fn a_side_that_looks_different_all_the_time_does_not_search_all_the_time() {
    let mut world = World::new([Kind::OPEN, kind(Map::Dependent, Filter::Port)], 1);
    world.start();
    world.run(Duration::from_secs(3));
    let mut begun = Vec::new();
    for n in 0..240u16 {
        let seen = |port| Observation::Seen(SocketAddr::from(([203, 0, 113, 2], port)));
        let (now, look) = (world.now, Reflexive::new(seen(9_000 + n), seen(9_500 + n)));
        world.ends[1].puncher.set_reflexive(now, look);
        world.drain(1);
        if world.ends[1].puncher.state() != PunchState::Found {
            begun.push((now - Instant::ZERO).as_secs());
        }
        world.run(Duration::from_secs(5));
    }
    // At once, and then after 1, 2, 4 and 8 minutes; what is due meanwhile waits for its time.
    assert!(begun.len() <= 5, "{begun:?}");
    assert_eq!(world.ends[1].puncher.state(), PunchState::Found);
}

/// What loss alone prevented is found later.
#[test]
fn a_search_that_had_bad_luck_is_repeated() {
    let nat = kind(Map::Independent, Filter::Port);
    let mut world = World::new([nat, nat], 1);
    world.loss_percent = 100;
    world.start();
    world.run(Duration::from_secs(30));
    let failed = |world: &World, i: usize| {
        world.ends[i].events.iter().filter(|event| matches!(event, PunchEvent::Failed { .. })).count()
    };
    assert_eq!([failed(&world, 0), failed(&world, 1)], [1, 1]);
    // After 1, 2, 4, 8, 16 and 32 minutes, and then once an hour.
    world.run(Duration::from_secs(63 * 60));
    assert_eq!(failed(&world, 0), 7);
    world.run(Duration::from_secs(5 * 3_600));
    assert_eq!([failed(&world, 0), failed(&world, 1)], [12, 12]);
    world.loss_percent = 0;
    world.run(Duration::from_secs(3_700));
    assert_path(&mut world, "after six hours of loss");
    assert!(world.ends.iter().all(|end| end.puncher.poll_timeout().is_none()));
}

#[test]
fn a_report_says_what_was_tried() {
    let mut world = classic([kind(Map::Dependent, Filter::Port), kind(Map::Independent, Filter::Port)], 1);
    assert_eq!(world.ends[0].puncher.report().verdict, Verdict::Idle);
    world.start();
    world.run(Duration::from_secs(1));
    assert_eq!(world.ends[0].puncher.report().verdict, Verdict::Searching);
    world.run(Duration::from_secs(30));
    let Some(PunchEvent::Failed { report }) = world.ends[0].events.first() else { panic!("a report") };
    assert_eq!(**report, world.ends[0].puncher.report());
    assert_eq!((report.rounds, report.verdict), (3, Verdict::GuessingNotAllowed));
    assert_eq!(report.strategies, [Strategy::Timed; 3]);
    assert!(matches!(report.local.mapping, Mapping::AddressPortDependent { .. }));
    assert_eq!(report.local.forecast, Some(Forecast::NoRule));
    assert_eq!(report.remote.mapping, Mapping::EndpointIndependent);
    assert!(report.pairs.iter().any(|pair| pair.shared && pair.requests == 18 && !pair.answered));
    assert!(report.pairs.iter().any(|pair| !pair.shared && pair.requests > 0), "the bait");
    assert_eq!(report.refused.len(), 1, "the host's private address: {:?}", report.refused);
    assert_eq!(report.local.candidates.len(), 2);
}

// spec: PU-4
#[test]
fn only_tries_that_are_next_are_begun() {
    let publics = ["203.0.113.1", "203.0.113.2"];
    let mut world = World::tuned([Kind::OPEN, Kind::OPEN], 1, publics, &|config| config.tcp = true);
    let (now, rtt) = (world.now, Duration::from_millis(40));
    world.ends[1].puncher.start(now, rtt);
    world.drain(1);
    let mut state_after = |round, strategy| {
        let mut bytes = Vec::new();
        let start = PunchMsg::Start { round, delay_us: 0, strategy };
        CapnProto::encode(&start, &mut bytes).unwrap();
        world.ends[1].puncher.handle_message(now, &bytes);
        world.drain(1);
        world.ends[1].puncher.state()
    };
    for (round, strategy, state) in [
        (0, Strategy::Timed, PunchState::Exchanging),
        (4, Strategy::Timed, PunchState::Exchanging),
        (5, Strategy::Tcp, PunchState::Exchanging),
        (2, Strategy::Timed, PunchState::Probing { round: 2 }),
        (1, Strategy::Timed, PunchState::Probing { round: 2 }),
        (2, Strategy::Timed, PunchState::Probing { round: 2 }),
        (3, Strategy::Timed, PunchState::Probing { round: 3 }),
        (4, Strategy::Tcp, PunchState::Probing { round: 4 }),
    ] {
        assert_eq!(state_after(round, strategy), state, "{round} {strategy:?}");
    }
}

#[test]
fn a_silent_peer_ends_the_search() {
    let nat = kind(Map::Independent, Filter::Port);
    let mut world = World::new([nat, nat], 1);
    world.ends[0].puncher.start(world.now, Duration::from_millis(40));
    world.drain(0);
    world.run(Duration::from_secs(11));
    assert_eq!(world.ends[0].puncher.state(), PunchState::Failed);
    assert!(world.ends[0].sent.is_empty());
}

// spec: PU-9, PU-11, PU-16
#[test]
fn t32_a_peer_that_asks_forever_stays_within_the_budget() {
    let open = Kind::OPEN;
    let mut world = World::new([open, open], 1);
    world.start();
    world.run(Duration::from_secs(2));
    // The viewer's side is replayed: every genuine request again and again, from ever new addresses.
    let keys = Keys::new(Role::Viewer, &Secret64::new([5; 64]));
    let begin = world.ends[1].sent.len();
    let ask = |world: &mut World, many: std::ops::Range<u32>| {
        for n in many {
            let probe = Probe { body: Body::Request, nominated: n % 3 == 0, transaction: n.into() };
            let from = SocketAddr::from((std::net::Ipv4Addr::from_bits(0xcb00_7200 + n), 9));
            world.shared_datagram(1, from, keys.seal(&probe).to_vec());
            world.now += Duration::from_millis(1);
        }
    };
    ask(&mut world, 0..20_000);
    let answered = world.ends[1].sent.len() - begin;
    assert!((1_000..=2_000).contains(&answered), "{answered} answers in 20 s");
    assert!(world.ends[1].puncher.stats().over_budget > 18_000);
    ask(&mut world, 20_000..80_000);
    assert_eq!(world.ends[1].sent.len(), 4_096, "with these candidates");
}
