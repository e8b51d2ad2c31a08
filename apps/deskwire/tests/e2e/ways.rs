//! The ways to log in besides the code, set up with `deskwire access` while a host runs, and what they allow.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Stdio};

use deskwire_core::identity::ServerKey;
use deskwire_core::wire::ids::DeviceId;
use deskwire_core::wire::session::Scope;
use deskwire_kit::desktop::VirtualDesktop;
use deskwire_kit::keystore::Keystore;
use deskwire_kit::stack::ServerProcess;
use deskwire_kit::state::State;
use deskwire_kit::viewer::{Client, LoginWith, Plan, Stage, View};
use serde_json::Value;
use tempfile::TempDir;

use super::support::screen::Screen;
use super::support::shot::{Shot, deskwire_at};
use super::support::{PATIENCE, Site, desktop, eventually, folder, server, settings};

/// Runs `deskwire --json` with these arguments on a state folder of the site; gives what it printed.
fn run(site: &Site, state: PathBuf, args: &[&str]) -> Value {
    let output = deskwire_at(&site.server, &state).arg("--json").args(args).output().unwrap();
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

/// Such a host, and how to ask there. Parts end in the order of the fields.
struct Terminal {
    host: Asked,
    id: DeviceId,
    _screen: Screen,
    _desktop: VirtualDesktop,
    server: ServerProcess,
    folder: TempDir,
}

impl Terminal {
    fn new() -> Self {
        let folder = folder();
        let server = server(&folder.path().join("server"), &[]);
        let (desktop, screen) = desktop();
        let state = folder.path().join("host");
        fs::create_dir_all(&state).unwrap();
        let command = |words: &[&str]| {
            let mut command = deskwire_at(&server, &state);
            command.arg("--json").args(words);
            command
        };
        assert!(command(&["access", "ask", "on"]).stdout(Stdio::null()).status().unwrap().success());
        let mut command = command(&["host", "--ask-on", "terminal"]);
        command.env("DISPLAY", desktop.display()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let stdin = child.stdin.take().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut host = Asked { child, stdin, lines };
        let id = host.next("ready")["id"].as_str().unwrap().parse().unwrap();
        Self { host, id, _screen: screen, _desktop: desktop, server, folder }
    }

    fn viewer_state(&self) -> PathBuf {
        self.folder.path().join("viewer")
    }

    /// A viewer that asks to be let in.
    fn ask(&self) -> Client {
        let mut plan = Plan::new(settings(&self.server, &self.viewer_state()), self.id);
        plan.login = Some(LoginWith::Approval);
        plan.accept_unverified = true;
        Client::start(plan, || {}).unwrap()
    }

    fn answer(&mut self, line: &str) {
        self.host.stdin.write_all(line.as_bytes()).unwrap();
    }
}

fn outcome(client: &Client) -> View {
    client.wait_for(PATIENCE, |view| matches!(view.stage, Stage::Active | Stage::NeedsLogin { .. }))
}

#[test]
fn whoever_sits_at_the_host_is_asked_and_answers() {
    let mut place = Terminal::new();
    let client = place.ask();
    let number = place.host.next("connected")["safety_number"].clone();
    place.host.next("approval-wanted");
    assert_eq!(client.view().safety_number.unwrap().digits(), number.as_str().unwrap());
    place.answer("yes\n");
    assert_eq!(outcome(&client).stage, Stage::Active);
    drop(client);
    // A yes costs nothing; a no does.
    let client = place.ask();
    place.host.next("approval-wanted");
    place.answer("no\n");
    let Stage::NeedsLogin { hint: Some(hint), .. } = outcome(&client).stage else {
        panic!("it is not let in")
    };
    assert!(hint.contains("nobody at the host said yes"), "{hint}");
    drop(client);
    let client = place.ask();
    let Stage::NeedsLogin { hint: Some(hint), .. } = outcome(&client).stage else {
        panic!("it is not let in")
    };
    assert!(hint.contains("was asked a moment ago; try again in"), "{hint}");
}

/// What is typed while the host is busy with another login is not taken, and must not pass for a proof of its key.
#[test]
fn t02_a_code_that_was_not_taken_proves_nothing_of_the_host() {
    let mut place = Terminal::new();
    let client = place.ask();
    place.host.next("approval-wanted");
    client.login(LoginWith::code("123456").unwrap(), false);
    place.answer("yes\n");
    assert_eq!(outcome(&client).stage, Stage::Active);
    let state = State::open(&place.viewer_state(), Keystore::File).unwrap();
    let server: ServerKey = place.server.key().unwrap().parse().unwrap();
    let pin = eventually("the pin of the host", PATIENCE, || state.pin(&server.0, place.id).unwrap());
    assert!(!pin.verified);
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
    let mut command = deskwire_at(&site.server, &site.host_state());
    let output = command.arg("host").env("DISPLAY", site.desktop.display()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains("access.json") && said.contains("damaged"), "{said}");
}
