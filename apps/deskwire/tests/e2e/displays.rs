//! A host with two displays, side by side on one X screen.

use std::process::Command;

use deskwire_core::wire::picture::{Point, Rect};
use deskwire_core::wire::screen::{Button, InputEvent};
use deskwire_kit::child::{Guarded, guarded_command};
use deskwire_kit::desktop::VirtualDesktop;

use super::support::screen::Screen;
use super::support::shot::Shot;
use super::support::{PATIENCE, Site, eventually, folder, open, server, start_host};

/// The displays on the screen of 1280x720; not of one size, so that none is taken for the other.
const LEFT: Rect = Rect::new(0, 0, 800, 720);
const RIGHT: Rect = Rect::new(800, 0, 480, 720);
/// What `xmessage` ends with when its button was clicked.
const CLICKED: i32 = 7;

fn split(desktop: &VirtualDesktop) {
    for (name, area, output) in [("LEFT", LEFT, "screen"), ("RIGHT", RIGHT, "none")] {
        let Rect { x, y, width, height } = area;
        let area = format!("{width}/200x{height}/190+{x}+{y}");
        let mut xrandr = Command::new("xrandr");
        xrandr.args(["--setmonitor", name, &area, output]).env("DISPLAY", desktop.display());
        let done = xrandr.output().expect("xrandr cannot be started; `cargo xtask setup` installs it");
        assert!(done.status.success(), "{done:?}");
    }
}

fn site() -> Site {
    let folder = folder();
    let server = server(&folder.path().join("server"), &[]);
    let (desktop, screen) = super::support::desktop();
    split(&desktop);
    let host = start_host(&desktop, &folder.path().join("host"), &server, &[]);
    Site { host, server, screen, desktop, folder }
}

/// The part of all pixels (red, green, blue) that is in `area`.
fn part(screen: &Screen, pixels: &[u8], area: Rect) -> Vec<u8> {
    let row = screen.size().width as usize * 3;
    let (from, to) = (area.x as usize * 3, area.right() as usize * 3);
    let rows = pixels.chunks_exact(row).take(area.bottom() as usize).skip(area.y as usize);
    rows.flat_map(|row| &row[from..to]).copied().collect()
}

#[test]
fn a_shot_of_each_display_has_its_pixels() {
    let mut site = site();
    // One window on each, and one on both.
    let look = ["-fa", "DejaVu Sans Mono", "-fs", "11", "-xrm", "XTerm*cursorBlink: false"];
    let run = ["-e", "sh", "-c", "seq 1 18; exec cat"];
    open(&mut site.desktop, "xterm", &[&["-geometry", "60x20+10+10"], &look[..], &run].concat());
    open(&mut site.desktop, "xmessage", &["-geometry", "+900+300", "-buttons", "Close:7", "On the right"]);
    open(&mut site.desktop, "xcalc", &["-geometry", "+700+400"]);
    site.screen.wait_windows(3);
    let pixels = site.screen.still();
    for (display, area) in [("0", LEFT), ("1", RIGHT)] {
        let shot = Shot::of(&site, site.host.code(), &["--settle", "300", "--display", display]);
        shot.assert(0, &["Saved", &format!("{}x{}", area.width, area.height)]);
        assert_eq!(site.screen.grab(), pixels, "the screen was not still");
        assert!(shot.pixels() == part(&site.screen, &pixels, area), "display {display} differs");
    }
    let shot = Shot::of(&site, site.host.code(), &["--display", "2"]);
    shot.assert(1, &["no display 2", "it has 2"]);
}

#[test]
fn a_click_on_the_second_display_arrives_there() {
    let site = site();
    let button = format!("Click me:{CLICKED}");
    let mut message = guarded_command("xmessage");
    message
        .args(["-geometry", "260x90+900+560", "-buttons", &button, "A button on the right"])
        .env("DISPLAY", site.desktop.display());
    let mut message = Guarded::start("xmessage", &mut message).unwrap();
    let top = site.screen.wait_windows(1)[0];
    site.screen.still();
    let at = site.screen.lowest_leaf(top.window);
    let mut plan = site.plan();
    plan.display = Some(1);
    let viewer = site.view_by(plan);
    let view = viewer.client.view();
    assert_eq!(view.displays.iter().map(|d| d.area).collect::<Vec<_>>(), [LEFT, RIGHT]);
    let display = view.displays[1].id;
    assert_eq!(view.watched, Some(display));
    let there = Point { x: at.x - RIGHT.x as i32, y: at.y - RIGHT.y as i32 };
    viewer.client.input(vec![InputEvent::PointerMove { display, at: there }]);
    eventually("the arrival of the pointer", PATIENCE, || (site.screen.pointer() == at).then_some(()));
    let left = |pressed| InputEvent::Button { button: Button::Left, pressed };
    viewer.client.input(vec![left(true), left(false)]);
    let status = eventually("the end of the message window", PATIENCE, || message.ended());
    assert_eq!(status.code(), Some(CLICKED));
}
