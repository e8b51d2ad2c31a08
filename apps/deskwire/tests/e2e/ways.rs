//! The ways to log in besides the code, set up with `deskwire access` while a host runs, and what they allow.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Stdio};

use deskwire_core::wire::session::Scope;
use deskwire_kit::stack::NO_SETTINGS;
use deskwire_kit::viewer::{LoginWith, Plan, Stage, View};
use serde_json::Value;

use super::support::shot::{Shot, deskwire};
use super::support::{PATIENCE, Site, desktop, eventually, folder, server, settings};

/// Runs `deskwire --json` with these arguments on a state folder of the site; gives what it printed.
fn run(site: &Site, state: PathBuf, args: &[&str]) -> Value {
    let output = deskwire()
        .args(["--server", &site.server.rendezvous().unwrap().to_string()])
        .args(["--key", site.server.key().unwrap(), "--json", "--state"])
        .arg(state)
        .args(NO_SETTINGS)
        .args(args)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{args:?}: {text}");
    serde_json::from_str(&text).unwrap()
}

fn access(site: &Site, args: &[&str]) -> Value {
    run(site, site.host_state(), &[&["access"], args].concat())
}

fn secret(site: &Site, name: &str, text: &str) -> String {
    let path = site.folder.path().join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Repeats a login until the host has noticed what was set up: it looks once a second.
fn becomes(what: &str, site: &Site, args: &[&str], exit: i32, says: &str) -> Shot {
    eventually(what, PATIENCE, || {
        let shot = Shot::of(site, "000000", args);
        (shot.exit == Some(exit) && shot.said.contains(says)).then_some(shot)
    })
}

#[test]
fn a_password_that_is_set_while_the_host_runs_lets_in_and_a_wrong_one_does_not() {
    let site = Site::new();
    let (right, wrong) = (secret(&site, "right", "correct horse\n"), secret(&site, "wrong", "wrong horse\n"));
    Shot::of(&site, "", &["--password-file", &right])
        .assert(6, &["the host has no password", "one-time code"]);
    access(&site, &["password", "--file", &right]);
    becomes("the password", &site, &["--password-file", &right], 0, "");
    Shot::of(&site, "", &["--password-file", &wrong]).assert(6, &["the password is wrong"]);
    // Nothing that was written down is the password itself.
    for file in fs::read_dir(site.host_state()).unwrap() {
        let text = fs::read(file.unwrap().path()).unwrap();
        assert!(!text.windows(13).any(|part| part == b"correct horse"));
    }
    access(&site, &["password", "--remove"]);
    becomes("its end", &site, &["--password-file", &right], 6, "the host has no password");
}

#[test]
fn a_listed_viewer_needs_no_secret_once_the_host_is_verified() {
    let site = Site::new();
    let key = run(&site, site.viewer_state(), &["trust", "me"]);
    let key = key["key"].as_str().unwrap();
    access(&site, &["allow", key, "--name", "laptop"]);
    assert_eq!(access(&site, &["show"])["keys"][0]["name"], "laptop");
    // Nothing has proven yet that this is the right host.
    let shot = becomes("the listing", &site, &["--use-key"], 6, "nothing proves yet");
    assert!(!shot.file.exists());
    becomes("a login all the same", &site, &["--use-key", "--accept-unverified"], 0, "");
    let id = site.host.id().to_owned();
    let known = |verified: bool| {
        let hosts = run(&site, site.viewer_state(), &["trust", "list"])["hosts"].clone();
        assert_eq!(
            (&hosts[0]["id"], &hosts[0]["verified"]),
            (&id.as_str().into(), &verified.into()),
            "{hosts}"
        );
    };
    known(false);
    // Both sides compare the number.
    let number = run(&site, site.viewer_state(), &["trust", "verify", &id])["safety_number"].clone();
    run(&site, site.viewer_state(), &["trust", "verify", &id, number.as_str().unwrap()]);
    known(true);
    Shot::of(&site, "", &["--use-key"]).assert(0, &[]);
    access(&site, &["forbid", key]);
    becomes("the end of it", &site, &["--use-key"], 6, "this device's key is not in the host's list");
    run(&site, site.viewer_state(), &["trust", "remove", &id]);
    assert_eq!(run(&site, site.viewer_state(), &["trust", "list"])["hosts"], Value::Array(vec![]));
}

#[test]
fn a_code_logs_in_and_verifies_and_a_second_factor_is_wanted_when_one_is_set_up() {
    let site = Site::new();
    let new = access(&site, &["second-factor"]);
    let recovery: Vec<&str> =
        new["recovery"].as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect();
    assert_eq!(recovery.len(), 10);
    let right = secret(&site, "second", recovery[0]);
    let wrong = secret(&site, "not-second", "000000");
    let code = site.host.code().to_owned();
    let with = |args: &[&str]| Shot::of(&site, &code, args);
    eventually("the wish", PATIENCE, || {
        let shot = with(&[]);
        (shot.exit == Some(6) && shot.said.contains("second factor")).then_some(())
    });
    with(&["--second-factor-file", &wrong]).assert(6, &["that was wrong, or used before"]);
    // A second after a wrong one.
    eventually("the login", PATIENCE, || {
        let shot = with(&["--second-factor-file", &right, "--trust-this-device"]);
        (shot.exit == Some(0)).then_some(())
    });
    // This device is not asked again; the recovery code is used up.
    eventually("trust", PATIENCE, || (with(&[]).exit == Some(0)).then_some(()));
    let shown = access(&site, &["show"]);
    assert_eq!(shown["second_factor"], serde_json::json!({ "recovery": 9, "trusted": 1 }));
    access(&site, &["second-factor", "--remove"]);
    assert_eq!(access(&site, &["show"])["second_factor"], Value::Null);
}

/// A host at whose terminal somebody sits. It ends with the test.
struct Asked {
    child: Child,
    stdin: ChildStdin,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Asked {
    fn next(&mut self, event: &str) -> Value {
        loop {
            let line: Value = serde_json::from_str(&self.lines.next().unwrap().unwrap()).unwrap();
            if line["event"] == event {
                return line;
            }
        }
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn whoever_sits_at_the_host_is_asked_and_answers() {
    let folder = folder();
    let server = server(&folder.path().join("server"), &[]);
    let (desktop, _screen) = desktop();
    let state = folder.path().join("host");
    fs::create_dir_all(&state).unwrap();
    let base = |command: &mut std::process::Command| {
        command
            .args(["--json", "--server", &server.rendezvous().unwrap().to_string()])
            .args(["--key", server.key().unwrap(), "--state"])
            .arg(&state)
            .args(NO_SETTINGS);
    };
    let mut command = deskwire();
    base(&mut command);
    assert!(command.args(["access", "ask", "on"]).stdout(Stdio::null()).status().unwrap().success());
    let mut command = deskwire();
    base(&mut command);
    command
        .args(["host", "--ask-on", "terminal"])
        .env("DISPLAY", desktop.display())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let stdin = child.stdin.take().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut host = Asked { child, stdin, lines };
    let id = host.next("ready")["id"].as_str().unwrap().parse().unwrap();

    for (answer, allowed) in [("no\n", false), ("yes\n", true)] {
        let mut plan = Plan::new(settings(&server, &folder.path().join("viewer")), id);
        plan.login = Some(LoginWith::Approval);
        plan.accept_unverified = true;
        let client = deskwire_kit::viewer::Client::start(plan, || {}).unwrap();
        let number = host.next("connected")["safety_number"].clone();
        host.next("approval-wanted");
        assert_eq!(client.view().safety_number.unwrap().digits(), number.as_str().unwrap());
        host.stdin.write_all(answer.as_bytes()).unwrap();
        let done = |view: &View| matches!(view.stage, Stage::Active | Stage::NeedsLogin { .. });
        let view = client.wait_for(PATIENCE, done);
        assert_eq!(view.stage == Stage::Active, allowed, "{:?}", view.stage);
        if let Stage::NeedsLogin { hint: Some(hint), .. } = &view.stage {
            assert!(hint.contains("nobody at the host said yes"), "{hint}");
        }
    }
}

#[test]
fn what_a_login_allows_can_be_changed_while_it_lasts() {
    let site = Site::new();
    let viewer = site.view();
    let granted = viewer.client.view().granted;
    assert!(granted.has(Scope::Input) && !granted.has(Scope::Terminal), "the usual for a code");
    access(&site, &["grant", "code", "view"]);
    viewer.wait("the end of input", PATIENCE, |view| !view.granted.has(Scope::Input));
    access(&site, &["grant", "code"]);
    viewer.wait("input", PATIENCE, |view| view.granted == granted);
    assert_eq!(viewer.client.view().stage, Stage::Active);
}

/// An unfinished file is no reason to let anybody in.
#[test]
fn a_damaged_access_file_ends_the_host_and_keeps_it_from_starting() {
    let mut site = Site::new();
    fs::write(site.host_state().join("access.json"), "{\"allowed\":").unwrap();
    let ended = eventually("the end of the host", PATIENCE, || site.host.process().ended());
    assert!(!ended.success());
    let mut command = deskwire();
    command
        .args(["--server", &site.server.rendezvous().unwrap().to_string()])
        .args(["--key", site.server.key().unwrap(), "--state"])
        .arg(site.host_state())
        .args(NO_SETTINGS)
        .arg("host")
        .env("DISPLAY", site.desktop.display());
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains("access.json") && said.contains("damaged"), "{said}");
}
