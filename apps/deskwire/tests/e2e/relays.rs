//! A relay dies in the middle of a session, and who asks which would be used. Relays run apart from the rendezvous server,
//! so that they die alone.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use deskwire_kit::exit;
use deskwire_kit::stack::{NO_SETTINGS, ServerProcess};
use deskwire_kit::viewer::{Client, EndKind, Stage, View};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use super::support::http::counter;
use super::support::shot::deskwire;
use super::support::{PATIENCE, Site, Viewer, folder, programs, server};

/// How long a session without any way left may take to say so.
const CLEAR_END: Duration = Duration::from_secs(10);

/// A rendezvous server, and so many relays apart; `args` are the host's.
fn site(count: usize, args: &[&str]) -> (Site, Vec<ServerProcess>) {
    site_with(count, &[], args)
}

/// The same with arguments for the relays.
fn site_with(count: usize, relay_args: &[&str], args: &[&str]) -> (Site, Vec<ServerProcess>) {
    let folder = folder();
    let data = folder.path().join("server");
    let key = key(&data);
    let relays: Vec<ServerProcess> = (1..=count)
        .map(|n| {
            let nowhere = folder.path().join(format!("relay-{n}"));
            let id = n.to_string();
            let own = ["--role", "relay", "--relay-id", &id, "--server-key", &key];
            server(&nowhere, &[&own[..], relay_args].concat())
        })
        .collect();
    let map: Vec<String> = (1..).zip(&relays).map(|(n, relay)| format!("{n}={}", address(relay))).collect();
    let map: Vec<&str> = map.iter().flat_map(|relay| ["--relay", relay]).collect();
    let rendezvous = server(&data, &[&["--role", "rendezvous"], &map[..]].concat());
    (Site::with(folder, rendezvous, args), relays)
}

fn address(relay: &ServerProcess) -> std::net::SocketAddr {
    relay.address("relay").unwrap()
}

/// The server's key, before it runs.
fn key(data: &Path) -> String {
    let output = Command::new(programs().path("deskwire-server").unwrap())
        .args(["key", "--data"])
        .arg(data)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_whitespace().next().unwrap().into()
}

#[test]
fn a_session_with_a_direct_path_does_not_need_the_relay() {
    let (mut site, mut relays) = site(1, &[]);
    let viewer = site.view();
    viewer.wait_direct();
    viewer.follows(&mut site.screen, PATIENCE);
    relays[0].process().kill().unwrap();
    for _ in 0..20 {
        viewer.follows(&mut site.screen, PATIENCE);
    }
}

#[test]
fn a_session_goes_on_over_the_next_relay_when_one_is_killed() {
    goes_on_over_the_next(|relay| relay.process().kill().unwrap());
}

/// As when its machine or its network is gone: nothing says that it is.
#[test]
fn a_session_goes_on_over_the_next_relay_when_one_falls_silent() {
    goes_on_over_the_next(|relay| {
        let pid = Pid::from_raw(relay.process().id().try_into().unwrap()).unwrap();
        kill_process(pid, Signal::STOP).unwrap();
    });
}

fn goes_on_over_the_next(end: impl FnOnce(&mut ServerProcess)) {
    let (mut site, mut relays) = site(2, &["--relay-only"]);
    let mut plan = site.plan();
    plan.punch = false;
    let viewer = site.view_by(plan);
    for _ in 0..5 {
        viewer.follows(&mut site.screen, PATIENCE);
    }
    // Both carry probes, one carries the session.
    let bytes = [0, 1].map(|n| counter(&relays[n], "deskwire_relay_bytes_total"));
    let used = usize::from(bytes[1] > bytes[0]);
    end(&mut relays[used]);
    let took = viewer.follows(&mut site.screen, PATIENCE);
    eprintln!("relay {used}, which had carried {bytes:?} bytes, is gone; the other took over after {took:?}");
    assert!(took < CLEAR_END, "{took:?}");
    for _ in 0..20 {
        viewer.follows(&mut site.screen, PATIENCE);
    }
    assert!(!viewer.client.view().stats.route.is_some_and(deskwire_core::Path::is_direct));
    // A process that is stopped does not end when asked.
    relays[used].process().kill().unwrap();
}

#[test]
fn a_session_without_any_way_left_ends_with_a_clear_error() {
    let (mut site, mut relays) = site(1, &["--relay-only"]);
    let mut plan = site.plan();
    plan.punch = false;
    let viewer = site.view_by(plan);
    viewer.follows(&mut site.screen, PATIENCE);
    relays[0].process().kill().unwrap();
    let start = Instant::now();
    let view = viewer.wait("the end of the session", CLEAR_END, View::has_ended);
    eprintln!("the end came after {:?}: {:?}", start.elapsed(), view.stage);
    assert_eq!(view.end, Some(EndKind::Lost));
    let said = |part| matches!(&view.stage, Stage::Ended(why) if why.contains(part));
    assert!(said("has fallen silent") && said("connect again"), "{:?}", view.stage);
}

/// A relay that is told to end takes nobody along: its sessions move first, and then it ends by itself.
#[test]
fn a_relay_that_drains_ends_when_its_sessions_have_moved() {
    let (mut site, mut relays) = site_with(2, &["--drain", "60"], &["--relay-only"]);
    let mut plan = site.plan();
    plan.punch = false;
    let viewer = site.view_by(plan);
    for _ in 0..5 {
        viewer.follows(&mut site.screen, PATIENCE);
    }
    let bytes = [0, 1].map(|n| counter(&relays[n], "deskwire_relay_bytes_total"));
    let used = usize::from(bytes[1] > bytes[0]);
    let process = relays[used].process();
    let pid = Pid::from_raw(process.id().try_into().unwrap()).unwrap();
    kill_process(pid, Signal::TERM).unwrap();
    let (start, mut slowest) = (Instant::now(), Duration::ZERO);
    let status = loop {
        slowest = slowest.max(viewer.follows(&mut site.screen, PATIENCE));
        if let Some(status) = relays[used].process().ended() {
            break status;
        }
        assert!(start.elapsed() < CLEAR_END, "the relay does not end");
    };
    eprintln!(
        "relay {used} ended after {:?}; the slowest picture meanwhile took {slowest:?}",
        start.elapsed()
    );
    assert!(status.success(), "{status}");
    for _ in 0..20 {
        viewer.follows(&mut site.screen, PATIENCE);
    }
}

/// Without any relay the introduction carries the addresses of those who allow it.
#[test]
fn a_server_without_a_relay_is_enough_for_a_direct_session() {
    let folder = folder();
    let rendezvous = server(&folder.path().join("server"), &["--role", "rendezvous"]);
    let mut site = Site::with(folder, rendezvous, &[]);
    let viewer = site.view();
    for _ in 0..5 {
        viewer.follows(&mut site.screen, PATIENCE);
    }
    let view = viewer.client.view();
    assert!(view.first_path.is_some_and(deskwire_core::Path::is_direct), "{:?}", view.first_path);
    drop(viewer);
    // A host that gives nobody its addresses is not reached then, and the viewer is told why.
    site.crash_host(&["--give-addresses", "never"]);
    let start = Instant::now();
    let client = Client::start(site.plan(), || {}).unwrap();
    let viewer = Viewer { client };
    let view = viewer.wait("the end of the dial", PATIENCE, View::has_ended);
    eprintln!("the dial ended after {:?}: {:?}", start.elapsed(), view.stage);
    assert!(
        matches!(&view.stage, Stage::Ended(why) if why.contains("no relay could be used")),
        "{:?}",
        view.stage
    );
}

/// Runs `deskwire relay explain` as a viewer of this site; gives exit code and what it says.
fn explain(site: &Site, args: &[&str]) -> (Option<i32>, String) {
    let server = site.server.rendezvous().unwrap().to_string();
    let output = deskwire()
        .args(NO_SETTINGS)
        .args(["--server", &server, "--key", site.server.key().unwrap(), "--state"])
        .arg(site.viewer_state())
        .args(["relay", "explain"])
        .args(args)
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[test]
fn who_dials_can_ask_which_relays_it_would_use_and_the_operator_why() {
    let (site, relays) = site(4, &[]);
    let host = site.host.id();
    let (code, said) = explain(&site, &["me", host, "--json"]);
    assert_eq!(code, Some(0), "{said}");
    let value: Value = serde_json::from_str(&said).unwrap();
    let listed = value["relays"].as_array().unwrap();
    assert_eq!((value["chosen"].as_u64(), listed.len()), (Some(3), 4), "{said}");
    for relay in listed {
        let number = usize::try_from(relay["relay"].as_u64().unwrap()).unwrap();
        assert_eq!(relay["addresses"], json!([address(&relays[number - 1]).to_string()]), "{said}");
        assert!(relay["viewer_ms"].is_u64() && relay["host_ms"].is_null(), "{said}");
    }
    let (code, said) = explain(&site, &["me", host]);
    assert!(code == Some(0) && said.contains("1. ") && said.contains("tells its operator only"), "{said}");
    // The operator is told everything, about any two devices, by both programs alike.
    let socket = site.folder.path().join("server").join("control.sock");
    let other = deskwire_core::wire::ids::DeviceId::from_number(1).to_string().replace(' ', "");
    let (code, said) = explain(&site, &[&other, host, "--json", "--control", socket.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{said}");
    let answer: Value = serde_json::from_str(&said).unwrap();
    let server = Command::new(programs().path("deskwire-server").unwrap())
        .args(["relay", "explain", &other, host, "--json", "--data"])
        .arg(site.folder.path().join("server"))
        .output()
        .unwrap();
    assert_eq!(answer, serde_json::from_slice::<Value>(&server.stdout).unwrap());
    assert!(answer["relays"][0]["cost_ms"].is_u64() && answer["host"]["online"] == true, "{said}");
    // Nobody else is, and who is not there has no relays.
    let (code, said) = explain(&site, &[&other, host]);
    assert!(code == Some(i32::from(exit::SETTINGS)) && said.contains("`me`"), "{said}");
    let (code, said) = explain(&site, &["me", &other]);
    assert!(code == Some(i32::from(exit::NOT_THERE)) && said.contains("offline"), "{said}");
}
