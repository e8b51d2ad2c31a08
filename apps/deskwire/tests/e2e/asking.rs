//! The question to whoever sits at a host, in a window: clicked, typed at, left alone, and asked too often.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use deskwire_core::wire::ids::DeviceId;
use deskwire_kit::desktop::VirtualDesktop;
use deskwire_kit::stack::ServerProcess;
use deskwire_kit::viewer::{Client, LoginWith, Plan, Stage, View};
use serde_json::Value;
use tempfile::TempDir;

use super::support::screen::Screen;
use super::support::shot::deskwire_at;
use super::support::{PATIENCE, desktop, eventually, folder, open, program, server, settings};

/// The buttons (blue, green, red), once they can be clicked.
const ALLOW: [u8; 3] = [0x35, 0x6e, 0x1b];
const REFUSE: [u8; 3] = [0x1e, 0x27, 0x9c];

/// A host without a terminal, on a desktop with a window manager. Parts end in the order of the fields.
struct Place {
    host: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
    id: DeviceId,
    screen: Screen,
    desktop: VirtualDesktop,
    server: ServerProcess,
    folder: TempDir,
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = self.host.kill();
        let _ = self.host.wait();
    }
}

impl Place {
    fn new() -> Self {
        let folder = folder();
        let server = server(&folder.path().join("server"), &[]);
        let (mut desktop, screen) = desktop();
        open(&mut desktop, "openbox", &["--sm-disable"]);
        screen.wait_manager();
        // It looks for it beside itself.
        program("deskwire-viewer");
        let state = folder.path().join("host");
        fs::create_dir_all(&state).unwrap();
        let command = |words: &[&str]| {
            let mut command = deskwire_at(&server, &state);
            command.arg("--json").args(words).env("DISPLAY", desktop.display());
            command
        };
        assert!(command(&["access", "ask", "on"]).stdout(Stdio::null()).status().unwrap().success());
        let mut host = command(&["host"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(host.stdout.take().unwrap()).lines();
        let ready: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        let id = ready["id"].as_str().unwrap().parse().unwrap();
        Self { host, lines, id, screen, desktop, server, folder }
    }

    /// Waits until the host has told this.
    fn told(&mut self, event: &str) -> Value {
        loop {
            let line: Value = serde_json::from_str(&self.lines.next().unwrap().unwrap()).unwrap();
            if line["event"] == event {
                return line;
            }
        }
    }

    /// A viewer, each with a key of its own, that asks to be let in.
    fn ask(&self, name: &str) -> Client {
        let mut plan = Plan::new(settings(&self.server, &self.folder.path().join(name)), self.id);
        plan.login = Some(LoginWith::Approval);
        plan.accept_unverified = true;
        Client::start(plan, || {}).unwrap()
    }

    /// Where the buttons are, once they can be clicked.
    fn buttons(&self) -> [(f64, f64); 2] {
        eventually("buttons that can be clicked", PATIENCE, || {
            let picture = self.screen.grab();
            Some([self.screen.find(&picture, ALLOW)?, self.screen.find(&picture, REFUSE)?])
        })
    }

    fn is_shown(&self) -> bool {
        let picture = self.screen.grab();
        self.screen.find(&picture, ALLOW).is_some()
    }

    fn xdotool(&self, args: &[&str]) {
        let status = Command::new("xdotool").args(args).env("DISPLAY", self.desktop.display()).status();
        assert!(status.expect("xdotool; `cargo xtask setup` installs it").success(), "{args:?}");
    }

    fn click(&self, (x, y): (f64, f64)) {
        self.xdotool(&["mousemove", &x.floor().to_string(), &y.floor().to_string(), "click", "1"]);
    }
}

/// What came of a login: in, or why not.
fn outcome(client: &Client) -> Result<(), String> {
    let done = |view: &View| matches!(view.stage, Stage::Active | Stage::NeedsLogin { .. });
    match client.wait_for(PATIENCE, done).stage {
        Stage::Active => Ok(()),
        Stage::NeedsLogin { hint, .. } => Err(hint.unwrap_or_default()),
        other => panic!("{other:?}"),
    }
}

// spec: LG-21
#[test]
fn a_click_in_the_window_lets_in_and_nobody_else_is_asked_meanwhile() {
    let mut place = Place::new();
    let client = place.ask("viewer");
    let number = place.told("connected")["safety_number"].as_str().unwrap().to_owned();
    place.told("approval-wanted");
    assert_eq!(client.view().safety_number.unwrap().digits(), number);
    let [allow, _] = place.buttons();
    if let Some(path) = std::env::var_os("DESKWIRE_TEST_PICTURE") {
        let size = place.screen.size();
        deskwire_kit::picture::save_rgb(path.as_ref(), (size.width, size.height), &place.screen.grab())
            .unwrap();
    }
    // A second one is told to wait; the person sees nothing of it.
    let second = place.ask("second");
    let why = outcome(&second).unwrap_err();
    assert!(why.contains("try again in 60 s"), "{why}");
    assert_eq!(place.told("refused")["why"], "too soon after another try");
    place.click(allow);
    outcome(&client).unwrap();
    assert_eq!(place.told("logged-in")["method"], "because somebody here said yes");
    eventually("the end of the window", PATIENCE, || (!place.is_shown()).then_some(()));
}

#[test]
fn nothing_typed_lets_in_and_a_refusal_makes_the_next_one_wait() {
    let mut place = Place::new();
    let client = place.ask("viewer");
    place.told("approval-wanted");
    // Into the window as soon as it has the keyboard, and again when it listens.
    place.screen.wait_focus();
    let typed = [
        "key",
        "--delay",
        "20",
        "Return",
        "space",
        "y",
        "Tab",
        "space",
        "Tab",
        "Return",
        "alt+a",
        "ctrl+Return",
    ];
    place.xdotool(&typed);
    let [_, refuse] = place.buttons();
    place.xdotool(&typed);
    // What was typed comes before the click: had it let the viewer in, it would be too late to refuse.
    place.click(refuse);
    let why = outcome(&client).unwrap_err();
    assert!(why.contains("nobody at the host said yes"), "{why}");
    client.login(LoginWith::Approval, true);
    let why = outcome(&client).unwrap_err();
    assert!(why.contains("try again in"), "{why}");
    assert!(!place.is_shown());
}

#[test]
fn a_window_goes_with_the_viewer_that_asked() {
    let mut place = Place::new();
    let client = place.ask("viewer");
    place.told("approval-wanted");
    place.buttons();
    drop(client);
    place.told("left");
    eventually("the end of the window", PATIENCE, || (!place.is_shown()).then_some(()));
}
