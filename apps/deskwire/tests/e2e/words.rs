//! What the programs say on a terminal: their help, the id, and what `deskwire doctor` finds.

use std::net::UdpSocket;
use std::path::Path;

use deskwire_kit::exit;
use deskwire_kit::stack::NO_SETTINGS;
use serde_json::Value;

use super::support::shot::deskwire;
use super::support::{Site, folder, server};

/// Runs the command to its end; gives exit code, standard output, standard error.
fn run(args: &[&str], display: Option<&str>) -> (u8, String, String) {
    let mut command = deskwire();
    if let Some(display) = display {
        command.env("DISPLAY", display);
    }
    let output = command.args(NO_SETTINGS).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap() as u8, text(output.stdout), text(output.stderr))
}

/// The findings of `deskwire doctor --json` as name, grade and text, and its exit code.
fn doctor(server: &str, key: &str, state: &Path, display: Option<&str>) -> (u8, Vec<[String; 3]>) {
    let state = state.to_str().unwrap();
    let args = ["--json", "--server", server, "--key", key, "--state", state, "doctor"];
    let (code, said, _) = run(&args, display);
    // If something is wrong a line follows that says so in one sentence.
    let value: Value = serde_json::from_str(said.lines().next().unwrap()).unwrap();
    let finding = |f: &Value| ["name", "grade", "text"].map(|part| f[part].as_str().unwrap().to_owned());
    let findings: Vec<_> = value["findings"].as_array().unwrap().iter().map(finding).collect();
    let wrong = findings.iter().filter(|[_, grade, _]| grade == "wrong").count();
    assert_eq!(value["wrong"], wrong, "{said}");
    (code, findings)
}

#[track_caller]
fn assert_found(findings: &[[String; 3]], name: &str, grade: &str, part: &str) {
    let fits = |[n, g, text]: &[String; 3]| n == name && g == grade && text.contains(part);
    assert!(findings.iter().any(fits), "no {grade} {name} with `{part}` in {findings:#?}");
}

#[test]
fn help_lists_the_exit_codes_of_every_command() {
    for command in
        ["host", "connect", "shot", "watch", "id", "doctor", "relay", "relay explain", "demo", "bench"]
    {
        let words: Vec<&str> = command.split(' ').chain(["--help"]).collect();
        let (code, said, _) = run(&words, None);
        assert_eq!(code, 0, "{command}");
        for line in exit::LIST.lines() {
            assert!(said.contains(line), "`{line}` is missing from the help of {command}: {said}");
        }
    }
    let (code, _, said) = run(&["shot", "--no-such-option"], None);
    assert!(code == 2 && said.contains("--no-such-option"), "{code} {said}");
}

#[test]
fn the_id_is_the_one_under_which_the_host_is_registered() {
    let site = Site::new();
    let (server, key) = (site.server.rendezvous().unwrap().to_string(), site.server.key().unwrap());
    let id = |state: &Path, json: &[&str]| {
        let state = state.to_str().unwrap();
        run(&[json, &["--server", &server, "--key", key, "--state", state, "id"]].concat(), None)
    };
    let (code, said, _) = id(&site.host_state(), &["--json"]);
    let value: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, value["id"].as_str()), (0, Some(site.host.id())));
    let (code, said, _) = id(&site.host_state(), &[]);
    let digits: String = said.chars().filter(char::is_ascii_digit).collect();
    assert_eq!((code, digits.as_str()), (0, site.host.id()));
    // Who never shared anything has none.
    let (code, _, said) = id(&site.viewer_state(), &[]);
    assert!(code == exit::SETTINGS && said.contains("`deskwire host` gets one"), "{code} {said}");
}

#[test]
fn doctor_finds_nothing_wrong_where_all_is_well() {
    let site = Site::new();
    let server = site.server.rendezvous().unwrap().to_string();
    let display = Some(site.desktop.display());
    let (code, findings) = doctor(&server, site.server.key().unwrap(), &site.viewer_state(), display);
    assert_eq!(code, 0, "{findings:#?}");
    for (name, part) in [
        ("key", "has proved"),
        ("udp", "answers over UDP"),
        ("tcp", "answers over TCP"),
        ("clock", "agree"),
        ("nat", "no NAT"),
        ("filtering", "not known, because the server has no second address"),
        ("websocket", "answers over WebSocket"),
        ("relay", "takes UDP"),
        ("relay", "takes TCP"),
        ("relay", "takes WebSocket"),
        ("desktop", "can be shared"),
    ] {
        assert_found(&findings, name, "fine", part);
    }
}

/// The whole of 127.0.0.0/8 is this computer's on Linux; elsewhere 127.0.0.2 has to be set up first.
#[test]
#[cfg(target_os = "linux")]
fn doctor_says_whom_the_network_lets_in_where_the_server_has_a_second_address() {
    let folder = folder();
    let server = server(&folder.path().join("server"), &["--alternate-address", "127.0.0.2"]);
    assert_eq!(server.address("alternate").unwrap().ip().to_string(), "127.0.0.2");
    let address = server.rendezvous().unwrap().to_string();
    let (_, findings) = doctor(&address, server.key().unwrap(), &folder.path().join("viewer"), None);
    assert_found(&findings, "nat", "fine", "no NAT");
    assert_found(&findings, "filtering", "fine", "endpoint-independent filtering (EIF, RFC 4787)");
}

#[test]
fn doctor_names_what_is_wrong() {
    let folder = folder();
    let right = server(&folder.path().join("server"), &[]);
    let other = server(&folder.path().join("other"), &[]);
    let (address, key) = (right.rendezvous().unwrap().to_string(), other.key().unwrap());
    let (code, findings) = doctor(&address, key, &folder.path().join("viewer"), None);
    assert_eq!(code, exit::SERVER, "{findings:#?}");
    assert_found(&findings, "key", "wrong", right.key().unwrap());
    assert_found(&findings, "desktop", "remark", "DISPLAY");
    // A port where nobody answers, and a name that is nowhere.
    let silent = UdpSocket::bind("127.0.0.1:0").unwrap();
    let (code, findings) =
        doctor(&silent.local_addr().unwrap().to_string(), key, &folder.path().join("viewer"), None);
    assert_eq!(code, exit::SERVER, "{findings:#?}");
    assert_found(&findings, "udp", "wrong", "does not answer over UDP");
    assert_found(&findings, "tcp", "wrong", "does not answer over TCP");
    let (code, findings) = doctor("nowhere.invalid", key, &folder.path().join("viewer"), None);
    assert_eq!(code, exit::SERVER, "{findings:#?}");
    assert_found(&findings, "name", "wrong", "nowhere.invalid");
    // Without settings it says where they would be.
    let (code, said, _) = run(&["--state", folder.path().to_str().unwrap(), "doctor"], None);
    assert!(code == exit::SETTINGS && said.contains("--server and --key"), "{code} {said}");
}
