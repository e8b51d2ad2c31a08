//! Relays that die, restart, fall silent, are full or go, in the middle of sessions; and sessions without any.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::time::Duration;

use deskwire_core::OfferToAll;
use deskwire_sim::sessions::{Meeting, Stage, run};
use deskwire_sim::{Access, Expected, HostId, Line};

const PICTURE: Duration = Duration::from_millis(33);

/// A session that stays on relays.
fn relayed(seed: u64, relays: u8) -> Meeting {
    let access = if seed.is_multiple_of(2) { Access::Open } else { Access::Random };
    Meeting { relays, punch: false, ..Meeting::new(seed, access, Access::PortRestricted) }
}

/// A stage on which the session has begun and its second relay is warm.
fn begun(meeting: &Meeting) -> Stage {
    let mut stage = Stage::new(meeting);
    stage.dial().unwrap();
    assert!(stage.show(Duration::from_secs(30), PICTURE, |stage| stage.frames() > 20), "{:?}", stage.end());
    let warm = usize::from(meeting.relays.min(2));
    let is_warm = |stage: &Stage| stage.relay_sessions().iter().sum::<usize>() >= warm;
    assert!(stage.show(Duration::from_secs(20), PICTURE, is_warm), "{:?}", stage.relay_sessions());
    stage.forget_gap();
    stage
}

/// The relay that carries the most now.
fn carrier(stage: &mut Stage) -> usize {
    let before = stage.relay_bytes();
    stage.show(Duration::from_secs(1), PICTURE, |_| false);
    let after = stage.relay_bytes();
    let carried = |n: &usize| after[*n].saturating_sub(before[*n]);
    (0..after.len()).max_by_key(carried).unwrap()
}

/// Frames come for a while; gives the longest gap since [`Stage::forget_gap`].
fn goes_on(stage: &mut Stage, what: &str) -> Duration {
    let frames = stage.frames();
    stage.show(Duration::from_secs(12), PICTURE, |stage| stage.is_over() || stage.frames() > frames + 200);
    assert_eq!(stage.end(), None, "{what}");
    assert!(stage.frames() > frames + 200, "{what}: only {} frames", stage.frames() - frames);
    let problems = stage.problems();
    assert!(problems.is_empty(), "{what}: {problems:?}");
    stage.longest_gap()
}

#[test]
fn each_relay_in_turn_is_killed_and_the_session_goes_on() {
    for seed in 0..6 {
        let mut stage = begun(&relayed(seed, 3));
        // Longer than tokens live: those for the third are asked for again.
        stage.show(Duration::from_secs(70), Duration::from_millis(500), |stage| stage.is_over());
        let mut gaps = Vec::new();
        for round in 0..6 {
            stage.show(Duration::from_secs(15), PICTURE, |stage| stage.is_over());
            let used = carrier(&mut stage);
            let relay = stage.relays[used];
            stage.forget_gap();
            stage.world.crash(relay);
            gaps.push(goes_on(&mut stage, &format!("seed {seed}, round {round}, relay {used}")));
            stage.world.restart(relay, false);
        }
        println!("seed {seed}: gaps {gaps:?}");
        assert!(gaps.iter().all(|gap| *gap < Duration::from_millis(700)), "seed {seed}: {gaps:?}");
        stage.close().unwrap();
    }
}

/// A host measures how far the relays are, tells the server with its beats, and sessions use the nearest.
#[test]
fn the_nearest_relay_carries_the_session() {
    for near in 0..3 {
        for seed in 130..134 {
            let mut stage = Stage::new(&relayed(seed, 3));
            for n in 0..3 {
                let relay = stage.relays[n];
                let far = if n == near { 5 } else { 60 };
                stage.world.set_line(relay, 0, Line::of(Duration::from_millis(far)));
            }
            // Registration, measurement, a beat.
            stage.world.run_for(Duration::from_secs(60));
            stage.dial().unwrap();
            assert!(stage.show(Duration::from_secs(20), PICTURE, |stage| stage.frames() > 20));
            assert_eq!(carrier(&mut stage), near, "seed {seed}: {:?}", stage.relay_bytes());
            stage.close().unwrap();
        }
    }
}

#[test]
fn a_relay_that_falls_silent_is_left() {
    for seed in 10..16 {
        let mut stage = begun(&relayed(seed, 3));
        for round in 0..3 {
            let used = carrier(&mut stage);
            let (relay, all) = (stage.relays[used], [stage.viewer, stage.host]);
            stage.forget_gap();
            // Black-holed for both, or for one of them only.
            let cut: &[HostId] = &all[..1 + usize::from(seed % 2 == 0)];
            stage.world.partition(&[relay], cut);
            let gap = goes_on(&mut stage, &format!("seed {seed}, round {round}, relay {used}"));
            println!("seed {seed}: gap {gap:?}");
            assert!(gap < Duration::from_millis(700), "seed {seed}: {gap:?}");
            let others = |stage: &Stage| {
                stage.relay_sessions().iter().enumerate().filter(|(n, _)| *n != used).all(|(_, n)| *n == 1)
            };
            assert!(stage.show(Duration::from_secs(60), PICTURE, others), "{:?}", stage.relay_sessions());
            stage.world.heal();
        }
        stage.close().unwrap();
    }
}

/// A restarted relay has forgotten everything. It says so, and the session comes back to it.
#[test]
fn the_only_relay_is_restarted() {
    for seed in 20..26 {
        let mut stage = begun(&relayed(seed, 1));
        for round in 0..3 {
            stage.forget_gap();
            let relay = stage.relays[0];
            stage.world.crash(relay);
            stage.world.run_for(Duration::from_millis(100));
            stage.world.restart(relay, false);
            let gap = goes_on(&mut stage, &format!("seed {seed}, round {round}"));
            println!("seed {seed}: gap {gap:?}");
            assert!(gap < Duration::from_secs(4), "seed {seed}: {gap:?}");
        }
        stage.close().unwrap();
    }
}

#[test]
fn server_and_relay_are_restarted_together() {
    for seed in 30..36 {
        for relays in [1, 3] {
            let mut stage = begun(&relayed(seed, relays));
            let used = carrier(&mut stage);
            stage.forget_gap();
            let both = [stage.relays[used], stage.rendezvous];
            both.into_iter().for_each(|host| stage.world.crash(host));
            stage.world.run_for(Duration::from_millis(200));
            both.into_iter().for_each(|host| stage.world.restart(host, true));
            let gap = goes_on(&mut stage, &format!("seed {seed}, {relays} relays"));
            println!("seed {seed}, {relays} relays: gap {gap:?}");
            let all =
                |stage: &Stage| stage.relay_sessions().iter().sum::<usize>() == usize::from(relays.min(2));
            assert!(stage.show(Duration::from_secs(90), PICTURE, all), "{:?}", stage.relay_sessions());
            stage.close().unwrap();
        }
    }
}

/// The server is away when the next relay is needed: the warm one carries meanwhile, and the server is asked until it
/// answers.
#[test]
fn the_server_is_away_when_a_relay_dies() {
    for seed in 40..44 {
        let mut stage = begun(&relayed(seed, 3));
        stage.show(Duration::from_secs(70), Duration::from_millis(500), |stage| stage.is_over());
        let used = carrier(&mut stage);
        let (relay, server) = (stage.relays[used], stage.rendezvous);
        stage.world.crash(server);
        stage.world.crash(relay);
        goes_on(&mut stage, &format!("seed {seed}"));
        stage.show(Duration::from_secs(40), Duration::from_millis(250), |stage| stage.is_over());
        assert_eq!(stage.relay_sessions().iter().sum::<usize>(), 1, "seed {seed}");
        stage.world.restart(server, true);
        let all = |stage: &Stage| stage.relay_sessions().iter().sum::<usize>() == 2;
        assert!(
            stage.show(Duration::from_secs(120), PICTURE, all),
            "seed {seed}: {:?}",
            stage.relay_sessions()
        );
        stage.close().unwrap();
    }
}

/// One side cannot reach some of the relays: they meet at one that both can.
// spec: IN-10
#[test]
fn both_meet_where_both_can_go() {
    for seed in 50..56 {
        for lost in 0..3 {
            let meeting = relayed(seed, 3);
            let mut stage = Stage::new(&meeting);
            // The viewer cannot reach one, the host not another.
            let (viewer, host) = (stage.viewer, stage.host);
            let (one, other) = (stage.relays[lost], stage.relays[(lost + 1) % 3]);
            stage.world.partition(&[one], &[viewer]);
            stage.world.partition(&[other], &[host]);
            stage.dial().unwrap();
            let shown = stage.show(Duration::from_secs(20), PICTURE, |stage| stage.frames() > 8);
            assert!(shown, "seed {seed}, {lost}: {:?}", stage.end());
            assert!(stage.relay_sessions()[(lost + 2) % 3] == 1);
            stage.close().unwrap();
        }
    }
}

/// A full relay says so at once, and the next one takes the session.
#[test]
fn full_relays_do_not_hold_a_session_up() {
    for seed in 60..64 {
        let meeting = Meeting { relay_places: 0, ..relayed(seed, 2) };
        let mut stage = Stage::new(&meeting);
        stage.dial().unwrap();
        assert!(stage.show(Duration::from_secs(25), PICTURE, Stage::is_over));
        let end = stage.end().unwrap();
        assert!(end.contains("the relay is full"), "seed {seed}: {end}");
    }
}

/// A relay that goes takes nobody along: not a frame is late.
// spec: RL-18
#[test]
fn a_drained_relay_is_left_without_a_gap() {
    for seed in 70..76 {
        let mut stage = begun(&relayed(seed, 3));
        for round in 0..2 {
            stage.show(Duration::from_secs(40), Duration::from_millis(500), |stage| stage.is_over());
            let used = carrier(&mut stage);
            stage.forget_gap();
            stage.drain(used);
            let empty = |stage: &Stage| stage.relay_sessions()[used] == 0;
            let began = stage.world.now();
            assert!(
                stage.show(Duration::from_secs(20), PICTURE, empty),
                "seed {seed}: {:?}",
                stage.relay_sessions()
            );
            let took = stage.world.now() - began;
            let gap = goes_on(&mut stage, &format!("seed {seed}, round {round}"));
            println!("seed {seed}: empty after {took:?}, gap {gap:?}");
            assert!(
                gap < Duration::from_millis(250) && took < Duration::from_secs(5),
                "seed {seed}: {gap:?}, {took:?}"
            );
            assert_eq!(stage.relay_sessions()[used], 0, "nobody comes back");
        }
        stage.close().unwrap();
    }
}

/// With a direct path nobody stays at a relay that goes, though there is no other.
#[test]
fn a_direct_session_leaves_the_only_relay_when_it_drains() {
    let meeting = Meeting::new(80, Access::Open, Access::PortRestricted);
    let mut stage = begun(&meeting);
    assert!(stage.show(Duration::from_secs(20), PICTURE, Stage::is_direct));
    stage.forget_gap();
    stage.drain(0);
    assert!(stage.show(Duration::from_secs(10), PICTURE, |stage| stage.relay_sessions() == [0]));
    let gap = goes_on(&mut stage, "direct");
    assert!(gap < Duration::from_millis(150), "{gap:?}");
    stage.close().unwrap();
}

/// The byte limit ends the session on both sides, with its words; another relay does not get around it.
// spec: RL-15
#[test]
fn the_byte_limit_ends_the_session_on_both_sides() {
    for seed in 90..94 {
        let meeting = Meeting { relay_bytes: 300_000, ..relayed(seed, 3) };
        let mut stage = begun(&meeting);
        let both = |stage: &Stage| stage.is_over() && stage.host_end().is_some();
        assert!(
            stage.show(Duration::from_secs(60), PICTURE, both),
            "{:?} {:?}",
            stage.end(),
            stage.host_end()
        );
        for end in [stage.end().unwrap(), stage.host_end().unwrap()] {
            assert!(end.contains("byte limit of this session is used up"), "seed {seed}: {end}");
        }
        assert!(stage.relay_bytes().iter().sum::<u64>() < 450_000, "{:?}", stage.relay_bytes());
    }
}

/// With no relay at all, what can be direct is, and what cannot says why.
#[test]
fn a_server_without_relays_still_introduces() {
    for viewer in Access::ALL {
        for host in Access::ALL {
            for seed in 100..102 {
                let meeting = Meeting { relays: 0, ..Meeting::varied(seed, viewer, host) };
                let outcome = run(&meeting, false);
                let what = format!("seed {seed}, {viewer} to {host}: {outcome}");
                match &outcome.path {
                    Ok(path) => assert!(path.is_direct() && meeting.expected() != Expected::Relay, "{what}"),
                    Err(why) => {
                        assert_ne!(meeting.expected(), Expected::Direct, "{what}");
                        assert!(why.contains("the server has none; and there is no direct path"), "{what}");
                    }
                }
                assert!(outcome.virtual_time < Duration::from_secs(60), "{what}");
            }
        }
    }
}

/// Relays that are there only on paper: the direct path is found without them, if the host's policy says so.
#[test]
fn dead_relays_do_not_keep_two_from_a_direct_path() {
    for (seed, offers) in
        (110..).zip([OfferToAll::IfNoRelayWorks, OfferToAll::IfServerHasNoRelay, OfferToAll::Never])
    {
        let meeting = Meeting {
            relays: 3,
            offers,
            ..Meeting::new(seed, Access::PortRestricted, Access::PortRestricted)
        };
        let mut stage = Stage::new(&meeting);
        for relay in stage.relays.clone() {
            stage.world.crash(relay);
        }
        stage.dial().unwrap();
        let began = stage.world.now();
        stage.show(Duration::from_secs(30), PICTURE, |stage| stage.is_over() || stage.frames() > 8);
        let took = stage.world.now() - began;
        println!("{offers:?}: {took:?}, {:?}", stage.end());
        if offers == OfferToAll::IfNoRelayWorks {
            assert!(stage.is_direct() && stage.frames() > 8, "{:?}", stage.end());
            assert!(took < Duration::from_secs(12), "{took:?}");
            stage.close().unwrap();
        } else {
            let end = stage.end().unwrap();
            assert!(end.contains("no relay could be used"), "{end}");
            assert!(took < Duration::from_secs(21), "{took:?}");
        }
    }
}

/// Before there is a session, nobody is sent more than he sent: a viewer that names a stranger's address as its own has
/// it probed a few times, and no more.
#[test]
fn the_policy_never_keeps_addresses_at_home() {
    let meeting =
        Meeting { relays: 0, offers: OfferToAll::Never, ..Meeting::new(120, Access::Open, Access::Open) };
    let mut stage = Stage::new(&meeting);
    stage.dial().unwrap();
    assert!(stage.show(Duration::from_secs(25), PICTURE, Stage::is_over));
    let end = stage.end().unwrap();
    assert!(end.contains("the server has none"), "{end}");
    assert!(stage.world.now() < deskwire_machine::Instant::from_micros(30_000_000), "it says so soon");
}
