//! A computer without a screen: `deskwire host --virtual`.

use std::fs;
use std::process::{Command, Stdio};

use deskwire_kit::stack::{HostPlan, HostProcess, ServerProcess};
use tempfile::TempDir;

use super::support::shot::Shot;
use super::support::{PATIENCE, eventually, folder, programs, server};

fn start(folder: &TempDir, server: &ServerProcess, session: &str) -> HostProcess {
    let args = ["--virtual", "800x600", "--session", session];
    let state = folder.path().join("host");
    let (address, key) = (server.rendezvous().unwrap(), server.key().unwrap());
    let plan = HostPlan { display: "", state: &state, server: address, key, args: &args };
    HostProcess::start(&programs(), plan).unwrap()
}

/// The processes that a process has started and that still run, with their environments.
fn children(of: u32) -> Vec<(u32, Vec<String>)> {
    let listed = fs::read_to_string(format!("/proc/{of}/task/{of}/children")).unwrap_or_default();
    let ids = listed.split_whitespace().map(|id| id.parse().unwrap());
    ids.map(|id: u32| {
        let bytes = fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
        let text = |entry: &[u8]| String::from_utf8_lossy(entry).into_owned();
        (id, bytes.split(|byte| *byte == 0).map(text).collect())
    })
    .collect()
}

#[test]
fn a_computer_without_a_screen_makes_one_and_ends_it_with_the_host() {
    let folder = folder();
    let server = server(&folder.path().join("server"), &[]);
    let mut host = start(&folder, &server, "xmessage -geometry +200+200 'On a screen of its own'");
    let address = server.rendezvous().unwrap().to_string();
    let viewer = folder.path().join("viewer");
    // The session may come after the first picture.
    eventually("the session on the screen", PATIENCE, || {
        let shot = Shot::take(
            &address,
            server.key().unwrap(),
            &viewer,
            host.id(),
            host.code(),
            &["--settle", "300"],
        );
        shot.assert(0, &["800x600"]);
        let pixels = shot.pixels();
        (pixels.iter().filter(|sample| **sample != pixels[0]).count() > 1_000).then_some(())
    });

    // Only programs of this user reach the screen: without the secret it is shut.
    let programs = children(host.process().id());
    let environment =
        programs.iter().find(|(_, has)| has.iter().any(|entry| entry.starts_with("XAUTHORITY="))).unwrap();
    let display = environment.1.iter().find_map(|entry| entry.strip_prefix("DISPLAY=")).unwrap().to_owned();
    let opens = |authority: &str| {
        let mut command = Command::new("xdpyinfo");
        command
            .env("DISPLAY", &display)
            .env("XAUTHORITY", authority)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.status().expect("xdpyinfo cannot be started; `cargo xtask setup` installs it").success()
    };
    let authority =
        environment.1.iter().find_map(|entry| entry.strip_prefix("XAUTHORITY=")).unwrap().to_owned();
    assert!(opens(&authority) && !opens("/dev/null"));

    assert!(host.stop().is_some_and(|status| status.success()));
    assert!(!opens(&authority), "the screen is still there");
}

#[test]
fn the_host_ends_with_its_session() {
    let folder = folder();
    let server = server(&folder.path().join("server"), &[]);
    // It ends at once when its file is there.
    let end = folder.path().join("end");
    let session = format!("sh -c 'until [ -e {} ]; do sleep 0.1; done'", end.display());
    let mut host = start(&folder, &server, &session);
    fs::write(&end, "").unwrap();
    let status = eventually("the end of the host", PATIENCE, || host.process().ended());
    assert!(status.success(), "{status}");
}
