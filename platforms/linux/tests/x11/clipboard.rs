//! The clipboard of `$DISPLAY`: each test runs once more as a process of its own whose environment names its display.

use std::process::Command;

use deskwire_linux::X11Clipboard;
use deskwire_platform::contract::{ClipboardStage, check_clipboard};
use deskwire_platform::{Clipboard, ErrorKind};
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    AtomEnum, ConnectionExt as _, CreateWindowAux, EventMask, PropMode, SELECTION_NOTIFY_EVENT,
    SelectionNotifyEvent, WindowClass,
};
use x11rb::wrapper::ConnectionExt as _;

use super::stage::{Client, Xvfb};
use super::wait_for;

/// Tells the process its server's process id.
const SERVER: &str = "DESKWIRE_TEST_XVFB";

/// Runs `act` in a process whose display is a fresh one; `name` is the test's.
fn on_own_display(name: &str, act: impl FnOnce(u32, Client)) {
    if let Ok(server) = std::env::var(SERVER) {
        return act(server.parse().unwrap(), Client::connect_to(&std::env::var("DISPLAY").unwrap()));
    }
    let server = Xvfb::start();
    assert_passes(name, |command| {
        command.env("DISPLAY", &server.display).env(SERVER, server.id().to_string());
    });
}

/// Runs a test in a process of its own. What that prints is shown only when it fails: it is no test more.
fn assert_passes(name: &str, prepare: impl FnOnce(&mut Command)) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", &format!("clipboard::{name}"), "--nocapture"]);
    prepare(&mut command);
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{name} failed in its process: {}", String::from_utf8_lossy(&said));
}

/// Owns the clipboard, and never gives its text.
fn take_over(client: &Client) {
    let conn = &client.conn;
    let window = conn.generate_id().unwrap();
    let (class, aux) = (WindowClass::INPUT_ONLY, CreateWindowAux::new());
    conn.create_window(0, window, client.root, 0, 0, 1, 1, 0, class, 0, &aux).unwrap();
    let selection = conn.intern_atom(false, b"CLIPBOARD").unwrap().reply().unwrap().atom;
    conn.set_selection_owner(window, selection, x11rb::CURRENT_TIME).unwrap().check().unwrap();
}

/// Owns the clipboard with a text in these formats, and gives it to whoever asks, until the test ends.
fn offer(text: &'static str, formats: &'static [&'static str]) {
    let client = Client::connect_to(&std::env::var("DISPLAY").unwrap());
    take_over(&client);
    std::thread::spawn(move || {
        let conn = &client.conn;
        let atom = |name: &str| conn.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom;
        let targets = atom("TARGETS");
        let atoms: Vec<u32> = formats.iter().map(|name| atom(name)).collect();
        while let Ok(event) = conn.wait_for_event() {
            let Event::SelectionRequest(asked) = event else { continue };
            let (window, property) = (asked.requestor, asked.property);
            if asked.target == targets {
                conn.change_property32(PropMode::REPLACE, window, property, AtomEnum::ATOM, &atoms).unwrap();
            } else {
                conn.change_property8(PropMode::REPLACE, window, property, asked.target, text.as_bytes())
                    .unwrap();
            }
            let answer = SelectionNotifyEvent {
                response_type: SELECTION_NOTIFY_EVENT,
                sequence: 0,
                time: asked.time,
                requestor: window,
                selection: asked.selection,
                target: asked.target,
                property,
            };
            conn.send_event(false, window, EventMask::NO_EVENT, answer).unwrap();
            conn.flush().unwrap();
        }
    });
}

#[test]
fn t41_what_a_password_manager_marks_is_not_handed_on() {
    on_own_display("t41_what_a_password_manager_marks_is_not_handed_on", |_, _| {
        let mut clipboard = X11Clipboard::open().unwrap();
        for (formats, handed_on) in [
            (&["TARGETS", "UTF8_STRING"][..], true),
            (&["TARGETS", "UTF8_STRING", "x-kde-passwordManagerHint"], false),
            (&["x-kde-passwordManagerHint", "TARGETS", "UTF8_STRING", "STRING"], false),
            (&["TARGETS", "UTF8_STRING", "x-other"], true),
        ] {
            offer("secret", formats);
            wait_for(&mut clipboard, |clipboard| Ok(clipboard.poll_changed()?.then_some(())));
            let read = clipboard.text().unwrap();
            assert_eq!(read.as_deref(), handed_on.then_some("secret"), "{formats:?}");
        }
    });
}

#[test]
fn keeps_its_contract() {
    on_own_display("keeps_its_contract", |_, mut client| {
        let mut clipboard = X11Clipboard::open().unwrap();
        check_clipboard(&mut clipboard, &mut client).unwrap();
    });
}

#[test]
fn a_long_text_comes_in_pieces() {
    on_own_display("a_long_text_comes_in_pieces", |_, mut client| {
        let mut clipboard = X11Clipboard::open().unwrap();
        assert_eq!(clipboard.text().unwrap(), None);
        // xclip gives in pieces what is longer than a quarter of the largest request, so this is far beyond it.
        let text = "0123456789abcde\n".repeat(450_000);
        client.put(&text);
        wait_for(&mut clipboard, |clipboard| Ok(clipboard.poll_changed()?.then_some(())));
        let read = clipboard.text().unwrap().expect("there is a text");
        assert!(read == text, "{} bytes of {}", read.len(), text.len());
        client.put(&"x".repeat(9 * 1024 * 1024));
        wait_for(&mut clipboard, |clipboard| Ok(clipboard.poll_changed()?.then_some(())));
        assert_eq!(clipboard.text().unwrap(), None, "more than the limit is no text");
    });
}

#[test]
fn a_long_text_is_given() {
    on_own_display("a_long_text_is_given", |_, mut client| {
        let mut clipboard = X11Clipboard::open().unwrap();
        let text = "0123456789abcde\n".repeat(500_000);
        clipboard.set_text(&text).unwrap();
        assert!(client.paste().is_some_and(|pasted| pasted == text));
    });
}

#[test]
fn what_others_copy_around_our_own_text_is_reported() {
    on_own_display("what_others_copy_around_our_own_text_is_reported", |_, mut client| {
        let mut clipboard = X11Clipboard::open().unwrap();
        for round in 0..3 {
            take_over(&client);
            clipboard.set_text("ours").unwrap();
            wait_for(&mut clipboard, |clipboard| Ok(clipboard.poll_changed()?.then_some(())));
            // With the answer came all news: there are none of our own text.
            assert_eq!(clipboard.text().unwrap().as_deref(), Some("ours"));
            assert!(!clipboard.poll_changed().unwrap(), "in round {round}");
            // The same words, copied by another program.
            client.put("ours");
            wait_for(&mut clipboard, |clipboard| Ok(clipboard.poll_changed()?.then_some(())));
            assert_eq!(clipboard.text().unwrap().as_deref(), Some("ours"));
        }
    });
}

#[test]
fn a_program_that_keeps_its_text_is_given_up() {
    on_own_display("a_program_that_keeps_its_text_is_given_up", |_, mut client| {
        let mut clipboard = X11Clipboard::open().unwrap();
        take_over(&client);
        wait_for(&mut clipboard, |clipboard| Ok(clipboard.poll_changed()?.then_some(())));
        assert_eq!(clipboard.text().unwrap_err().kind(), ErrorKind::TimedOut);
        // The next text is read although the last one is still waited for.
        client.put("given");
        wait_for(&mut clipboard, |clipboard| Ok(clipboard.poll_changed()?.then_some(())));
        assert_eq!(clipboard.text().unwrap().as_deref(), Some("given"));
    });
}

#[test]
fn a_server_that_goes_is_an_error_not_a_panic() {
    on_own_display("a_server_that_goes_is_an_error_not_a_panic", |server, client| {
        let mut clipboard = X11Clipboard::open().unwrap();
        clipboard.set_text("ours").unwrap();
        assert!(Command::new("kill").args(["-9", &server.to_string()]).status().unwrap().success());
        // The connection breaks with the server.
        assert!(client.conn.wait_for_event().is_err());
        assert_eq!(clipboard.text().unwrap_err().kind(), ErrorKind::Lost);
        assert_eq!(clipboard.set_text("more").unwrap_err().kind(), ErrorKind::Lost);
        assert_eq!(clipboard.poll_changed().unwrap_err().kind(), ErrorKind::Lost);
    });
}

#[test]
fn without_a_display_it_says_so() {
    if std::env::var_os(SERVER).is_none() {
        return assert_passes("without_a_display_it_says_so", |command| {
            command.env_remove("DISPLAY").env(SERVER, "0");
        });
    }
    let error = X11Clipboard::open().map(|_| ()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unavailable);
    assert!(error.to_string().contains("DISPLAY"), "{error}");
}
