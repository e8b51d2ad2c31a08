//! The smallest client on the core does what it says.

use std::fs::{self, File};

use deskwire_kit::child::{Guarded, guarded_command};

use super::support::{PATIENCE, Site, eventually};

#[test]
fn the_smallest_client_logs_in_and_gets_a_picture() {
    let site = Site::new();
    // Cargo puts examples beside the folder of the tests.
    let tests = std::env::current_exe().unwrap();
    let example = tests.parent().and_then(|deps| deps.parent()).unwrap().join("examples/minimal_client");
    assert!(example.exists(), "there is no {}; run `cargo build --examples`", example.display());
    let server = site.server.rendezvous().unwrap().to_string();
    let said = site.folder.path().join("said");
    let mut command = guarded_command(example);
    command
        .args([server.as_str(), site.server.key().unwrap(), site.host.id()])
        .env("CODE", site.host.code())
        .stdout(File::create(&said).unwrap());
    let mut client = Guarded::start("minimal_client", &mut command).unwrap();
    let said = eventually("a picture at the smallest client", PATIENCE, || {
        let ended = client.ended();
        // The last line may be half there.
        let text = String::from_utf8_lossy(&fs::read(&said).unwrap()).into_owned();
        if text.lines().any(|line| line.starts_with("frame of ") && line.ends_with(" operations")) {
            return Some(text);
        }
        assert!(ended.is_none(), "it ended: {text}");
        None
    });
    for part in ["login: Some(Ok(", "Viewer(LoggedIn"] {
        assert!(said.contains(part), "{part} in {said}");
    }
}
