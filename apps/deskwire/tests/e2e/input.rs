//! What the viewer types and clicks arrives in the host's programs.

use std::fs;

use deskwire_core::wire::picture::Point;
use deskwire_core::wire::screen::{Button, InputEvent, Keysym};
use deskwire_kit::child::{Guarded, guarded_command};

use super::support::{PATIENCE, Site, Viewer, eventually, open};

/// What `xmessage` ends with when its button was clicked.
const CLICKED: i32 = 7;
const RETURN: Keysym = Keysym(0xff0d);
const SHIFT: Keysym = Keysym(0xffe1);

fn press(key: Keysym) -> Vec<InputEvent> {
    vec![InputEvent::Key { key, pressed: true }, InputEvent::Key { key, pressed: false }]
}

fn move_to(viewer: &Viewer, at: Point) {
    viewer.client.input(vec![InputEvent::PointerMove { display: viewer.display(), at }]);
}

#[test]
fn typed_text_and_keys_arrive_in_a_terminal() {
    let mut site = Site::new();
    let typed = site.folder.path().join("typed");
    let ready = site.folder.path().join("ready");
    let script = r#"touch "$1"; exec cat > "$2""#;
    let (first, second) = (ready.to_str().unwrap(), typed.to_str().unwrap());
    open(
        &mut site.desktop,
        "xterm",
        &["-u8", "-geometry", "80x24+0+0", "-e", "sh", "-c", script, "sh", first, second],
    );
    eventually("the start of the terminal", PATIENCE, || ready.exists().then_some(()));
    site.screen.wait_windows(1);
    let viewer = site.view();
    // Without a window manager the window under the pointer gets the keys.
    move_to(&viewer, Point { x: 200, y: 150 });
    let text = "Plain text, {[|]} ~ @ \\ ; Grüße, 5 € — привет";
    viewer.client.input(vec![InputEvent::Text(text.into())]);
    viewer.client.input(press(RETURN));
    // Keys, one of them held while others are pressed.
    viewer.client.input(press(Keysym(u32::from(b'a'))));
    viewer.client.input(vec![InputEvent::Key { key: SHIFT, pressed: true }]);
    viewer.client.input(press(Keysym(u32::from(b'B'))));
    viewer.client.input(vec![InputEvent::Key { key: SHIFT, pressed: false }]);
    viewer.client.input(press(Keysym(u32::from(b'7'))));
    viewer.client.input(press(RETURN));
    let expected = format!("{text}\naB7\n");
    let mut last = String::new();
    eventually("the arrival of two lines", PATIENCE, || {
        last = fs::read_to_string(&typed).unwrap_or_default();
        (last.lines().count() >= 2 && last.ends_with('\n')).then_some(())
    });
    assert_eq!(last, expected);
}

#[test]
fn a_click_presses_a_button() {
    let site = Site::new();
    let button = format!("Click me:{CLICKED}");
    let mut message = guarded_command("xmessage");
    message
        .args(["-geometry", "260x90+40+560", "-buttons", &button, "A button on the host"])
        .env("DISPLAY", site.desktop.display());
    let mut message = Guarded::start("xmessage", &mut message).unwrap();
    let top = site.screen.wait_windows(1)[0];
    assert_eq!((top.x, top.y), (40, 560));
    site.screen.still();
    let at = site.screen.lowest_leaf(top.window);
    let viewer = site.view();
    move_to(&viewer, at);
    let left = |pressed| InputEvent::Button { button: Button::Left, pressed };
    viewer.client.input(vec![left(true), left(false)]);
    let status = eventually("the end of the message window", PATIENCE, || message.ended());
    assert_eq!(status.code(), Some(CLICKED));
}

#[test]
fn a_host_that_only_shows_takes_no_input() {
    let site = {
        let folder = super::support::folder();
        let server = super::support::server(&folder.path().join("server"), &[]);
        Site::with(folder, server, &["--view-only"])
    };
    let before = site.screen.pointer();
    let viewer = site.view();
    let view = viewer.client.view();
    assert!(!view.granted.has(deskwire_core::wire::session::Scope::Input));
    let elsewhere = Point { x: before.x / 2 + 7, y: before.y / 2 + 7 };
    move_to(&viewer, elsewhere);
    // What was sent before the end of the session was either taken by then, or never is.
    let mut screen = site.screen;
    viewer.follows(&mut screen, PATIENCE);
    assert_eq!(screen.pointer(), before);
}
