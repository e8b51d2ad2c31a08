//! What sessions live through: changed addresses, forgotten mappings, sleep, lines that pass less than they did.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::time::Duration;

use deskwire_sim::sessions::{Meeting, Stage};
use deskwire_sim::{Access, Line, NatConfig, NetId};

const PICTURE: Duration = Duration::from_millis(33);

const fn s(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A session with pictures on a direct path.
fn direct(seed: u64, viewer: Access, host: Access) -> Stage {
    let mut stage = just_direct(seed, viewer, host);
    stage.show(s(2), PICTURE, |_| false);
    stage.forget_gap();
    stage
}

/// The same, in its first moment.
fn just_direct(seed: u64, viewer: Access, host: Access) -> Stage {
    let mut stage = Stage::new(&Meeting::new(seed, viewer, host));
    stage.dial().unwrap();
    assert!(stage.show(s(60), PICTURE, |stage| stage.is_direct()), "no direct path: {:?}", stage.end());
    stage.forget_gap();
    stage
}

/// Shows pictures for so long; gives the longest pause. The session is the same as before.
fn goes_on(stage: &mut Stage, time: Duration) -> Duration {
    let before = stage.frames();
    stage.show(time, PICTURE, Stage::is_over);
    assert_eq!(stage.end(), None);
    assert!(stage.frames() > before + 10, "only {} pictures more", stage.frames() - before);
    stage.longest_gap()
}

/// Another home: `n` tells it from the others.
fn home(stage: &mut Stage, n: u8, config: NatConfig) -> NetId {
    let fast = Line::of(Duration::from_millis(1));
    stage.world.network(NetId::INTERNET, config, [203, 0, 113, 100 + n].into(), fast)
}

fn move_viewer(stage: &mut Stage) {
    let net = home(stage, 1, NatConfig::port_restricted());
    let viewer = stage.viewer;
    stage.world.roam(viewer, 0, net, [10, 1, 1, 7].into());
}

fn move_host(stage: &mut Stage) {
    let net = home(stage, 2, NatConfig::port_restricted());
    let host = stage.host;
    stage.world.roam(host, 0, net, [10, 2, 2, 7].into());
}

#[test]
fn whoever_moves_keeps_the_session_and_finds_a_direct_path_again() {
    type Move = fn(&mut Stage);
    let both: Move = |stage| {
        move_viewer(stage);
        move_host(stage);
    };
    for (name, moves) in [("viewer", move_viewer as Move), ("host", move_host), ("both", both)] {
        for seed in 500..503 {
            let mut stage = direct(seed, Access::PortRestricted, Access::Restricted);
            moves(&mut stage);
            let gap = goes_on(&mut stage, s(20));
            println!("{name} moves, seed {seed}: longest pause {gap:?}, then {:?}", stage.path());
            assert!(stage.is_direct(), "{name}, seed {seed}: {:?}", stage.path());
            assert!(gap < Duration::from_millis(if name == "both" { 1_500 } else { 700 }), "{name}: {gap:?}");
        }
    }
}

#[test]
fn a_gateway_that_forgets_the_mapping_is_not_the_end() {
    for seed in 510..513 {
        let mut stage = direct(seed, Access::PortRestricted, Access::Restricted);
        for host in [stage.viewer, stage.host] {
            let net = stage.world.network_of(host).unwrap();
            stage.world.reboot_gateway(net);
        }
        let gap = goes_on(&mut stage, s(20));
        println!("mappings forgotten, seed {seed}: longest pause {gap:?}, then {:?}", stage.path());
        assert!(gap < s(4), "{gap:?}");
        assert!(stage.is_direct(), "{:?}", stage.path());
    }
}

#[test]
fn a_gateway_may_forget_as_soon_as_the_path_is_direct() {
    for seed in 540..543 {
        let mut stage = just_direct(seed, Access::PortRestricted, Access::Restricted);
        stage.show(Duration::from_millis(300), PICTURE, |_| false);
        stage.forget_gap();
        let net = stage.world.network_of(stage.viewer).unwrap();
        stage.world.reboot_gateway(net);
        let gap = goes_on(&mut stage, s(20));
        println!("forgotten early, seed {seed}: longest pause {gap:?}, then {:?}", stage.path());
        assert!(gap < Duration::from_millis(1_500), "{gap:?}");
        assert!(stage.is_direct(), "{:?}", stage.path());
    }
}

#[test]
fn an_interface_that_goes_and_comes_back_does_not_end_the_session() {
    let mut stage = direct(520, Access::PortRestricted, Access::Open);
    let viewer = stage.viewer;
    stage.world.set_enabled(viewer, 0, false);
    stage.show(s(2), PICTURE, |_| false);
    stage.world.set_enabled(viewer, 0, true);
    let gap = goes_on(&mut stage, s(20));
    println!("interface gone for 2 s: longest pause {gap:?}");
    assert!(gap < s(4), "{gap:?}");
    assert!(stage.is_direct(), "{:?}", stage.path());
}

/// A line in front of which a box marks packets once some wait, instead of keeping seconds of them: the sender heeds it.
#[test]
fn a_queue_that_marks_stays_short() {
    let waits = [None, Some(6 << 10)].map(|mark| {
        let line = Line { rate: Some(40_000), mark, ..Line::default() };
        let meeting = Meeting::new(550, Access::PortRestricted, Access::Open);
        let mut stage = Stage::new(&Meeting { host_line: line, ..meeting });
        stage.dial().unwrap();
        stage.show(s(20), PICTURE, |_| false);
        let marked = stage.world.stats().marked;
        assert_eq!(marked > 0, mark.is_some(), "{marked}");
        stage.round_trip().unwrap()
    });
    println!("round trip without marks and with them: {waits:?}");
    assert!(waits[1] < waits[0] / 2, "{waits:?}");
}

/// Nothing is heard of a sleeper. Within five seconds the other side says so, and the sleeper says so soon after it
/// wakes up; a short nap is slept through.
#[test]
fn who_sleeps_long_is_given_up_in_time_and_a_nap_is_no_end() {
    for viewer_sleeps in [true, false] {
        let mut stage = direct(530, Access::PortRestricted, Access::Open);
        let sleeper = if viewer_sleeps { stage.viewer } else { stage.host };
        stage.world.suspend(sleeper, s(2));
        stage.show(s(2), PICTURE, |_| false);
        let gap = goes_on(&mut stage, s(10));
        println!("nap of 2 s, viewer {viewer_sleeps}: longest pause {gap:?}");
        assert!(gap < s(4), "{gap:?}");
        for sleep in [10, 40, 600] {
            let mut stage = direct(531 + sleep, Access::PortRestricted, Access::Open);
            let sleeper = if viewer_sleeps { stage.viewer } else { stage.host };
            stage.world.suspend(sleeper, s(sleep));
            stage.show(s(sleep), Duration::from_millis(100), |_| false);
            stage.show(s(6), PICTURE, Stage::is_over);
            println!("sleep of {sleep} s, viewer {viewer_sleeps}: {:?}", stage.end());
            assert!(stage.end().is_some_and(|why| why.starts_with("the other side has fallen silent:")));
        }
    }
}
