//! `deskwire connect` on a desktop of its own: the window shows the host, and its user works there.

use std::fs;

use deskwire_core::wire::picture::Point;
use deskwire_kit::exit;

use super::support::clipboard::{copy, paste};
use super::support::shot::{Shot, deskwire};
use super::support::window::Window;
use super::support::{PATIENCE, Site, eventually, folder, open, server};

#[test]
fn what_is_typed_into_the_window_arrives_in_the_hosts_terminal() {
    let mut site = Site::new();
    let [ready, typed, ended] = ["ready", "typed", "ended"].map(|name| site.folder.path().join(name));
    let script = r#"touch "$1"; cat > "$2"; exec touch "$3""#;
    let files = [&ready, &typed, &ended].map(|path| path.to_str().unwrap());
    let terminal = ["-u8", "-geometry", "80x24+0+0", "-e", "sh", "-c", script, "sh"];
    open(&mut site.desktop, "xterm", &[&terminal[..], &files].concat());
    eventually("the start of the terminal", PATIENCE, || ready.exists().then_some(()));
    site.screen.wait_windows(1);

    let mut window = Window::open(&site, site.host.code());
    let placement = window.wait_picture(&site.screen);
    // Without a window manager on the host the window under the pointer gets the keys.
    let inside = Point { x: 200, y: 150 };
    window.click(placement, inside);
    eventually("the pointer's arrival on the host", PATIENCE, || {
        let at = site.screen.pointer();
        ((at.x - inside.x).abs() <= 1 && (at.y - inside.y).abs() <= 1).then_some(())
    });
    let line = "Hello, Host! 50% {[|]} ~ @ \\ ; 'quoted' \"twice\"";
    window.type_line(line);
    let mut last = String::new();
    eventually("the arrival of the line", PATIENCE, || {
        last = fs::read_to_string(&typed).unwrap_or_default();
        last.ends_with('\n').then_some(())
    });
    assert_eq!(last, format!("{line}\n"));
    // A shortcut: the end of the input.
    window.xdotool(&["key", "ctrl+d"]);
    eventually("the end of the terminal's program", PATIENCE, || ended.exists().then_some(()));
    assert_eq!(fs::read_to_string(&typed).unwrap(), last);
    assert_eq!(window.close().code(), Some(0));
    // Libraries may have warned of the desktop.
    assert!(!window.said().contains("deskwire-viewer:"), "{}", window.said());
}

#[test]
fn text_is_copied_on_one_desktop_and_pasted_on_the_other() {
    let site = Site::new();
    let mut window = Window::open(&site, site.host.code());
    window.wait_picture(&site.screen);
    let (host, viewer) = (site.desktop.display().to_owned(), window.desktop.display().to_owned());
    let long = "0123456789abcde\n".repeat(30_000);
    let texts = ["one", "two\nlines", "Grüße, 5 € — 日本語 ✓", &long, "one"];
    for (n, text) in texts.iter().enumerate() {
        for (from, to) in [(&host, &viewer), (&viewer, &host)] {
            // The other way round it is there already.
            let text = format!("{text} from {from}, number {n}");
            copy(from, &text);
            let owner = eventually("the arrival of a copied text", PATIENCE, || {
                (paste(to)? == text).then(|| site.screen.clipboard_owner())
            });
            if *from == host {
                // The text does not come back: the program that copied it still has it.
                window.wait_picture(&site.screen);
                assert_eq!(site.screen.clipboard_owner(), owner);
            }
        }
    }
}

#[test]
fn a_window_that_is_asked_to_end_tells_the_host() {
    let folder = folder();
    let server = server(&folder.path().join("server"), &[]);
    let site = Site::with(folder, server, &["--max-viewers", "1"]);
    let mut window = Window::open(&site, site.host.code());
    window.wait_picture(&site.screen);
    Shot::of(&site, site.host.code(), &[]).assert(5, &["no host with this id"]);
    assert_eq!(window.stop().code(), Some(exit::INTERRUPTED.into()));
    // A peer that goes without a word would keep the only place for seconds.
    Shot::of(&site, site.host.code(), &[]).assert(0, &["Saved"]);
}

#[test]
fn after_a_wrong_code_the_window_asks_for_the_right_one() {
    let site = Site::new();
    let wrong = if site.host.code() == "000001" { "000002" } else { "000001" };
    let mut window = Window::open(&site, wrong);
    window.wait_said("the code is wrong");
    window.type_code(site.host.code());
    window.wait_picture(&site.screen);
    assert_eq!(window.close().code(), Some(0));
}

#[test]
fn closing_the_window_that_asks_for_the_code_is_a_login_given_up() {
    let site = Site::new();
    let wrong = if site.host.code() == "000001" { "000002" } else { "000001" };
    let mut window = Window::open(&site, wrong);
    window.wait_said("the code is wrong");
    assert_eq!(window.close().code(), Some(exit::LOGIN.into()));
}

#[test]
fn a_host_that_is_off_line_is_said() {
    let mut site = Site::new();
    site.host.stop();
    let mut window = Window::open(&site, site.host.code());
    window.wait_said("it is off line");
    assert_eq!(window.close().code(), Some(exit::NOT_THERE.into()));
}

#[test]
fn without_a_display_it_says_so() {
    super::support::program("deskwire-viewer");
    let folder = folder();
    let key = "dwk1";
    let connect = |display: Option<&str>, key: &str| {
        let mut command = deskwire();
        command.args(["--server", "127.0.0.1:9", "--key", key, "--state"]).arg(folder.path());
        command.args(deskwire_kit::stack::NO_SETTINGS);
        let id = deskwire_core::wire::ids::DeviceId::from_number(1).to_string();
        command.args(["connect", &id]).env("DESKWIRE_CODE", "123456");
        if let Some(display) = display {
            command.env("DISPLAY", display);
        }
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = connect(None, key);
    assert!(code == Some(exit::NO_DESKTOP.into()) && said.contains("DISPLAY"), "{code:?} {said}");
    let (code, said) = connect(Some(":59000"), key);
    assert!(code == Some(exit::SETTINGS.into()) && said.contains("key"), "{code:?} {said}");
    let identity = deskwire_core::identity::IdentityKey::from_bytes(&[1; 32]).public();
    let key = deskwire_core::identity::ServerKey(identity).to_string();
    let (code, said) = connect(Some(":59000"), &key);
    assert!(code == Some(exit::NO_DESKTOP.into()) && said.contains("DISPLAY"), "{code:?} {said}");
}
