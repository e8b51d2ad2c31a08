//! The smallest client on the core does what it says.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use deskwire_kit::child::Guarded;

use super::support::Site;

#[test]
fn the_smallest_client_logs_in_and_gets_a_picture() {
    let site = Site::new();
    // Cargo puts examples beside the folder of the tests.
    let tests = std::env::current_exe().unwrap();
    let example = tests.parent().and_then(|deps| deps.parent()).unwrap().join("examples/minimal_client");
    assert!(example.exists(), "build it with `cargo build -p deskwire-core --example minimal_client`");
    let server = site.server.rendezvous().unwrap().to_string();
    let mut command = Command::new(example);
    command
        .args([&server, site.server.key().unwrap(), site.host.id(), site.host.code()])
        .stdout(Stdio::piped());
    let mut client = Guarded::start("minimal_client", &mut command).unwrap();
    let mut said = Vec::new();
    for line in BufReader::new(client.stdout().unwrap()).lines() {
        said.push(line.unwrap());
        if said.last().is_some_and(|line| line.starts_with("frame of ")) {
            break;
        }
    }
    assert!(said.iter().any(|line| line.starts_with("login: Some(")), "{said:#?}");
    assert!(said.last().is_some_and(|line| line.contains("operations")), "{said:#?}");
}
