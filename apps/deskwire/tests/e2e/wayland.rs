//! A Wayland desktop is shared: seen, operated, asked for once, and refused when nobody agrees.

use std::fs;
use std::process::Stdio;

use deskwire_core::wire::picture::Point;
use deskwire_core::wire::screen::{Button, InputEvent, Keysym};
use deskwire_kit::exit;
use deskwire_kit::stack::{HostPlan, HostProcess, ServerProcess};
use deskwire_kit::viewer::{Client, LoginWith, Plan, View};
use tempfile::TempDir;

use super::support::wayland::{HEIGHT, WIDTH, WaylandSession};
use super::support::{PATIENCE, Viewer, eventually, folder, programs, server, settings};

const RED: [u8; 3] = [0, 0, 255];
const BLUE: [u8; 3] = [255, 0, 0];
const RETURN: Keysym = Keysym(0xff0d);

/// A server, a session and a host that shares it. Parts end in the order of the fields.
struct Site {
    host: HostProcess,
    server: ServerProcess,
    session: WaylandSession,
    folder: TempDir,
}

impl Site {
    fn new(args: &[&str]) -> Self {
        let folder = folder();
        let session = WaylandSession::start(folder.path());
        let server = server(&folder.path().join("server"), &[]);
        let host = Self::start_host(&folder, &session, &server, args);
        Self { host, server, session, folder }
    }

    fn start_host(
        folder: &TempDir,
        session: &WaylandSession,
        server: &ServerProcess,
        args: &[&str],
    ) -> HostProcess {
        let plan = HostPlan {
            display: "",
            state: &folder.path().join("host"),
            server: server.rendezvous().unwrap(),
            key: server.key().unwrap(),
            args,
        };
        HostProcess::start_in(&programs(), plan, &session.environment()).unwrap()
    }

    fn view(&self) -> Viewer {
        let state = self.folder.path().join("viewer");
        let mut plan = Plan::new(settings(&self.server, &state), self.host.id().parse().unwrap());
        plan.login = LoginWith::code(self.host.code()).ok();
        let client = Client::start(plan, || {}).unwrap();
        let view = client.wait_for(PATIENCE, View::has_picture);
        assert!(view.has_picture() && !view.has_ended(), "{:?}", view.stage);
        Viewer { client }
    }
}

fn wait_for_colour(viewer: &Viewer, what: &str, colour: [u8; 3]) {
    let at = Point { x: 1000, y: 600 };
    eventually(what, PATIENCE, || {
        let view = viewer.client.view();
        assert!(!view.has_ended(), "{:?}", view.stage);
        let picture = viewer.client.picture(viewer.display())?;
        assert_eq!((picture.size().width, picture.size().height), (WIDTH, HEIGHT));
        (picture.pixel(at)?[..3] == colour).then_some(())
    });
}

#[test]
fn a_wayland_desktop_is_seen_and_operated() {
    let mut site = Site::new(&[]);
    let (ready, typed) = (site.folder.path().join("ready"), site.folder.path().join("typed"));
    let script = format!(
        r#"touch {}; IFS= read -r line; printf '%s' "$line" > {}; printf '\033[48;2;0;0;255m\033[2J'; sleep 1000"#,
        ready.display(),
        typed.display()
    );
    site.session.terminal("ff0000", &script);
    eventually("the start of the terminal", PATIENCE, || ready.exists().then_some(()));
    let viewer = site.view();
    wait_for_colour(&viewer, "a red window at the viewer", RED);
    let display = viewer.display();
    let at = Point { x: 400, y: 300 };
    viewer.client.input(vec![
        InputEvent::PointerMove { display, at },
        InputEvent::Button { button: Button::Left, pressed: true },
        InputEvent::Button { button: Button::Left, pressed: false },
    ]);
    viewer.wait("the pointer where it was sent", PATIENCE, |view| {
        view.cursor.position.is_some_and(|position| position.at == at && position.visible)
    });
    let line = "First and last: zy@# {[|]}";
    viewer.client.input(vec![
        InputEvent::Text(line.into()),
        InputEvent::Key { key: RETURN, pressed: true },
        InputEvent::Key { key: RETURN, pressed: false },
    ]);
    let arrived = eventually("the arrival of a line", PATIENCE, || {
        fs::read_to_string(&typed).ok().filter(|text| !text.is_empty())
    });
    assert_eq!(arrived, line);
    wait_for_colour(&viewer, "a blue window at the viewer", BLUE);
    assert_eq!(site.session.questions(), 1);
}

#[test]
fn who_agreed_once_is_not_asked_again() {
    let mut site = Site::new(&["--view-only"]);
    assert_eq!(site.session.questions(), 1);
    site.host.stop();
    let kept = site.folder.path().join("host").join("desktop.json");
    assert!(kept.exists());
    site.host = Site::start_host(&site.folder, &site.session, &site.server, &["--view-only"]);
    let viewer = site.view();
    viewer.display();
    assert_eq!(site.session.questions(), 1);
}

#[test]
fn a_desktop_whose_user_declines_is_not_shared() {
    let folder = folder();
    let session = WaylandSession::start_declining(folder.path());
    let server = server(&folder.path().join("server"), &[]);
    let output = super::support::shot::deskwire_at(&server, &folder.path().join("host"))
        .arg("host")
        .envs(session.environment())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(exit::NO_DESKTOP.into()), "{said}");
    assert!(said.contains("because WAYLAND_DISPLAY is set") && said.contains("did not agree"), "{said}");
    assert_eq!(session.questions(), 1);
}
