//! How sessions end, and what `deskwire shot` says when there is none.

use std::net::UdpSocket;
use std::time::{Duration, Instant};

use deskwire_core::identity::ServerKey;
use deskwire_kit::state::{State, to_hex};
use deskwire_kit::viewer::{EndKind, Stage, View};

use super::support::shot::Shot;
use super::support::{Site, folder};

#[test]
fn the_viewer_notices_that_the_host_was_killed() {
    let mut site = Site::new();
    let viewer = site.view();
    viewer.wait_direct();
    site.host.process().kill().unwrap();
    let start = Instant::now();
    // A silent peer counts as dead after 4.5 seconds; the rest is for a busy machine.
    let view = viewer.wait("the end of the session", Duration::from_secs(8), View::has_ended);
    eprintln!("the viewer noticed after {:?}: {:?}", start.elapsed(), view.stage);
    assert_eq!(view.end, Some(EndKind::Lost));
    assert!(matches!(&view.stage, Stage::Ended(why) if why.len() > 20), "{:?}", view.stage);
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
    let key = ServerKey(State::open(&folder.path().join("keys")).unwrap().identity().unwrap().public());
    let server = silent.local_addr().unwrap().to_string();
    let state = folder.path().join("viewer");
    let shot = Shot::take(&server, &key.to_string(), &state, "123456789007", "123456", &[]);
    assert!(shot.exit != Some(0), "{shot:?}");
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
    let other =
        ServerKey(State::open(&site.folder.path().join("keys")).unwrap().identity().unwrap().public());
    let other = other.to_string();
    Shot::take(&address, &other, &state, site.host.id(), "123456", &[]).assert(4, &["another key"]);
}

#[test]
fn a_changed_host_key_is_a_hard_stop() {
    let site = Site::new();
    Shot::of(&site, site.host.code(), &[]).assert(0, &["Saved"]);
    // The viewer remembers the host by another key than it shows now: whoever has the id now, it is not that host.
    let state = State::open(&site.viewer_state()).unwrap();
    let server: ServerKey = site.server.key().unwrap().parse().unwrap();
    let true_pin = state.pin(&server.0, site.id()).unwrap().expect("the host is remembered");
    let mut pin = true_pin.clone();
    let other = State::open(&site.folder.path().join("keys")).unwrap().identity().unwrap().public();
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
fn the_code_proves_a_new_host_key() {
    let site = Site::new();
    let state = State::open(&site.viewer_state()).unwrap();
    let server: ServerKey = site.server.key().unwrap().parse().unwrap();
    let other = State::open(&site.folder.path().join("keys")).unwrap().identity().unwrap().public();
    let pin = deskwire_kit::state::PinRecord { key: to_hex(other.as_bytes()), generation: 0, verified: true };
    state.set_pin(&server.0, site.id(), pin.clone()).unwrap();
    Shot::of(&site, site.host.code(), &["--accept-new-key"]).assert(0, &["Saved"]);
    let now = state.pin(&server.0, site.id()).unwrap().unwrap();
    assert_ne!(now.key, pin.key);
    Shot::of(&site, site.host.code(), &[]).assert(0, &["Saved"]);
}
