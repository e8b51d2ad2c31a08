//! How sessions end, and what `deskwire shot` says when there is none.

use std::net::UdpSocket;
use std::time::{Duration, Instant};

use deskwire_core::identity::ServerKey;
use deskwire_kit::keystore::Keystore;
use deskwire_kit::state::{State, to_hex};
use deskwire_kit::viewer::{EndKind, LoginWith, Stage, View};
use rustix::process::{Pid, Signal, kill_process};

use super::support::registry::hand_over;
use super::support::shot::Shot;
use super::support::{PATIENCE, Site, Viewer, eventually, folder, start_host};

#[test]
fn the_viewer_notices_that_the_host_was_killed() {
    let mut site = Site::new();
    let viewer = site.view();
    viewer.wait_direct();
    // The kill waits for the end of the process, which counts.
    let start = Instant::now();
    site.host.process().kill().unwrap();
    let view = viewer.wait("the end of the session", PATIENCE, View::has_ended);
    let after = start.elapsed();
    eprintln!("the viewer noticed after {after:?}: {:?}", view.stage);
    // A silent peer counts as dead after 4.5 seconds; it is promised within 5.
    assert!(after < Duration::from_secs(5), "{after:?}");
    assert_eq!(view.end, Some(EndKind::Lost));
    let said = |part| matches!(&view.stage, Stage::Ended(why) if why.contains(part));
    assert!(said("has fallen silent") && said("connect again"), "{:?}", view.stage);
}

/// Stops a process in the middle of whatever it does, as the sleep of its computer would, or lets it go on.
fn signal(process: u32, signal: Signal) {
    kill_process(Pid::from_raw(i32::try_from(process).unwrap()).unwrap(), signal).unwrap();
}

/// A viewer that makes lost sessions anew.
fn patient(site: &Site) -> Viewer {
    let mut plan = site.plan();
    plan.reconnect = true;
    site.view_by(plan)
}

/// A site whose host is gone for good, and a viewer that has noticed and tries to connect again.
fn forsaken() -> (Site, Viewer) {
    let mut site = Site::new();
    let viewer = patient(&site);
    site.host.process().kill().unwrap();
    viewer.wait("the loss", PATIENCE, is_lost);
    (site, viewer)
}

fn is_lost(view: &View) -> bool {
    matches!(&view.stage, Stage::Connecting(what) if what.contains("The connection was lost"))
}

#[test]
fn after_a_long_sleep_of_the_host_the_session_is_made_anew() {
    let mut site = Site::new();
    let viewer = patient(&site);
    viewer.follows(&mut site.screen, PATIENCE);
    let host = site.host.process().id();
    signal(host, Signal::STOP);
    viewer.wait("the loss", PATIENCE, is_lost);
    signal(host, Signal::CONT);
    // Nobody is asked for the code.
    let view = viewer.wait("the session", PATIENCE, |view| !is_lost(view));
    assert!(!matches!(view.stage, Stage::NeedsLogin { .. }), "{:?}", view.stage);
    for _ in 0..5 {
        viewer.follows(&mut site.screen, PATIENCE);
    }
    // And once more: it is not for the first time only.
    signal(host, Signal::STOP);
    viewer.wait("the loss", PATIENCE, is_lost);
    signal(host, Signal::CONT);
    viewer.follows(&mut site.screen, PATIENCE);
}

#[test]
fn a_host_that_does_not_come_back_is_given_up() {
    let (_site, viewer) = forsaken();
    let view = viewer.wait("the end", PATIENCE, View::has_ended);
    assert_eq!(view.end, Some(EndKind::Lost));
    let said = |part| matches!(&view.stage, Stage::Ended(why) if why.contains(part));
    assert!(said("has fallen silent") && said("for 30 s no new connection came"), "{:?}", view.stage);
}

#[test]
fn who_leaves_while_it_connects_again_is_let_go() {
    let (_site, viewer) = forsaken();
    viewer.client.disconnect();
    let view = viewer.wait("the end", Duration::from_secs(5), View::has_ended);
    assert_eq!(view.end, Some(EndKind::Asked), "{:?}", view.stage);
}

/// A host that was started again has another code: that one is asked for.
#[test]
fn a_host_with_another_code_is_no_end_but_a_question() {
    let (mut site, viewer) = forsaken();
    site.crash_host(&[]);
    let asks = |view: &View| matches!(view.stage, Stage::NeedsLogin { .. });
    viewer.wait("the question", PATIENCE, asks);
    // After a wrong code the host takes none for a second, and only a few tries in all.
    let mut tried = Instant::now();
    eventually("the login", PATIENCE, || {
        if asks(&viewer.client.view()) && tried.elapsed() > Duration::from_secs(2) {
            tried = Instant::now();
            viewer.client.login(LoginWith::code(site.host.code()).unwrap(), false);
        }
        (viewer.client.view().stage == Stage::Active).then_some(())
    });
    viewer.follows(&mut site.screen, PATIENCE);
}

#[test]
fn the_viewer_is_told_that_the_host_stops() {
    let mut site = Site::new();
    let viewer = site.view();
    let status = site.host.stop();
    assert!(status.is_some_and(|status| status.success()), "{status:?}");
    let view = viewer.wait("the end of the session", Duration::from_secs(2), View::has_ended);
    assert_eq!(view.end, Some(EndKind::Lost));
    assert!(
        matches!(&view.stage, Stage::Ended(why) if why.contains("the host stopped sharing")),
        "{:?}",
        view.stage
    );
}

#[test]
fn without_a_server_a_shot_says_so() {
    let folder = folder();
    // A port that is taken by somebody who never answers.
    let silent = UdpSocket::bind("127.0.0.1:0").unwrap();
    let key = ServerKey(
        State::open(&folder.path().join("keys"), Keystore::File).unwrap().identity().unwrap().public(),
    );
    let server = silent.local_addr().unwrap().to_string();
    let state = folder.path().join("viewer");
    let id = deskwire_core::wire::ids::DeviceId::from_number(1).to_string();
    let start = Instant::now();
    let shot = Shot::take(&server, &key.to_string(), &state, &id, "123456", &[]);
    shot.assert(4, &["the rendezvous server did not answer", "firewall"]);
    eprintln!("that took {:?}", start.elapsed());
}

#[test]
fn an_unknown_id_and_a_wrong_server_key_are_told_apart() {
    let site = Site::new();
    let address = site.server.rendezvous().unwrap().to_string();
    let (key, state) = (site.server.key().unwrap(), site.viewer_state());
    let unknown = deskwire_core::wire::ids::DeviceId::from_number(1).to_string();
    Shot::take(&address, key, &state, &unknown, "123456", &[]).assert(5, &["no host with this id"]);
    let other = ServerKey(
        State::open(&site.folder.path().join("keys"), Keystore::File).unwrap().identity().unwrap().public(),
    );
    let other = other.to_string();
    Shot::take(&address, &other, &state, site.host.id(), "123456", &[]).assert(4, &["another key"]);
}

#[test]
fn t01_a_changed_host_key_is_a_hard_stop() {
    let site = Site::new();
    Shot::of(&site, site.host.code(), &[]).assert(0, &["Saved"]);
    // The viewer remembers the host by another key than it shows now: whoever has the id now, it is not that host.
    let state = State::open(&site.viewer_state(), Keystore::File).unwrap();
    let server: ServerKey = site.server.key().unwrap().parse().unwrap();
    let true_pin = state.pin(&server.0, site.id()).unwrap().expect("the host is remembered");
    let mut pin = true_pin.clone();
    let other =
        State::open(&site.folder.path().join("keys"), Keystore::File).unwrap().identity().unwrap().public();
    pin.key = to_hex(other.as_bytes());
    state.set_pin(&server.0, site.id(), pin.clone()).unwrap();
    let shot = Shot::of(&site, site.host.code(), &["--settle", "0"]);
    shot.assert(6, &["key", "--accept-new-key"]);
    assert_eq!(state.pin(&server.0, site.id()).unwrap(), Some(pin.clone()));
    // Nor does a wrong code help.
    let shot = Shot::of(&site, "000001", &["--accept-new-key"]);
    shot.assert(6, &["the code is wrong"]);
    assert_eq!(state.pin(&server.0, site.id()).unwrap(), Some(pin));
}

#[test]
fn another_host_under_the_id_is_stopped_until_its_key_is_accepted() {
    let mut site = Site::new();
    Shot::of(&site, site.host.code(), &[]).assert(0, &["Saved"]);
    let id = site.host.id().to_owned();
    // Another device gets the id from whoever runs the server.
    let state = site.folder.path().join("other");
    let mut other = start_host(&site.desktop, &state, &site.server, &[]);
    let other_id = other.id().to_owned();
    assert_ne!(id, other_id);
    other.stop();
    site.host.stop();
    let server: ServerKey = site.server.key().unwrap().parse().unwrap();
    let kept = State::open(&state, Keystore::File).unwrap();
    let mut registration = kept.registration(&server.0).unwrap();
    (registration.id, registration.certificate) = (id.parse().ok(), None);
    kept.set_registration(&server.0, registration).unwrap();
    let data = site.folder.path().join("server");
    site.server.process().stop(PATIENCE);
    hand_over(&data, other_id.parse().unwrap(), id.parse().unwrap());
    site.server = super::support::server(&data, &[]);
    site.host = start_host(&site.desktop, &state, &site.server, &[]);
    assert_eq!(site.host.id(), id);

    Shot::of(&site, site.host.code(), &[]).assert(6, &["key", "--accept-new-key"]);
    Shot::of(&site, "000001", &["--accept-new-key"]).assert(6, &["the code is wrong"]);
    Shot::of(&site, site.host.code(), &[]).assert(6, &["key", "--accept-new-key"]);
    // The code proves the new key, which is the remembered one from then on.
    eventually("a login after a wrong code", PATIENCE, || {
        let shot = Shot::of(&site, site.host.code(), &["--accept-new-key"]);
        assert!(shot.exit == Some(0) || shot.said.contains("try again in"), "{shot:?}");
        (shot.exit == Some(0)).then_some(())
    });
    Shot::of(&site, site.host.code(), &[]).assert(0, &["Saved"]);
}

#[test]
fn a_session_and_the_host_outlive_the_server() {
    let mut site = Site::new();
    let viewer = site.view();
    viewer.wait_direct();
    let ports = ["rendezvous", "reflector", "relay"]
        .map(|name| site.server.address(name).unwrap().port().to_string());
    site.server.process().kill().unwrap();
    for _ in 0..20 {
        viewer.follows(&mut site.screen, PATIENCE);
    }
    let [port, reflector, relay] = &ports;
    let args = ["--port", port, "--reflector-port", reflector, "--relay-port", relay];
    site.server = super::support::server(&site.folder.path().join("server"), &args);
    // The host finds out by itself, at its next beat, and registers again.
    let start = Instant::now();
    let id = site.host.id().to_owned();
    eventually("the return of the host", PATIENCE, || {
        let shot = Shot::of(&site, site.host.code(), &[]);
        assert!(matches!(shot.exit, Some(0 | 5)), "{shot:?}");
        (shot.exit == Some(0)).then_some(())
    });
    eprintln!("{id} was back after {:?}", start.elapsed());
    viewer.follows(&mut site.screen, PATIENCE);
}
