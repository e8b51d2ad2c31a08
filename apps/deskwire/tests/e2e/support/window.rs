//! `deskwire connect` as a user runs it: on a desktop of its own, with a window manager, pointer and keyboard.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, ExitStatus};

use deskwire_core::wire::picture::Point;
use deskwire_kit::child::Guarded;
use deskwire_kit::desktop::VirtualDesktop;
use deskwire_kit::stack::NO_SETTINGS;

use super::screen::Screen;
use super::shot::deskwire;
use super::{PATIENCE, Site, eventually, open, program};

/// Blocks near the corners of a host's screen of 1280x720: left, top and the colour (blue, green, red).
const CORNERS: [(i16, i16, [u8; 3]); 4] = [
    (600, 40, [0x31, 0x67, 0xb3]),
    (1180, 40, [0xa5, 0x2d, 0x53]),
    (600, 640, [0x1d, 0x9b, 0x41]),
    (1180, 640, [0xc9, 0x83, 0x0f]),
];
/// The size of each.
const BLOCK: (u16, u16) = (60, 40);

/// A running `deskwire connect`. Parts end in the order of the fields.
pub(crate) struct Window {
    process: Guarded,
    /// The desktop that it is on, from outside.
    pub(crate) screen: Screen,
    pub(crate) desktop: VirtualDesktop,
    said: PathBuf,
}

/// Where the host's picture is on the viewer's desktop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placement {
    left: f64,
    top: f64,
    scale: f64,
}

impl Window {
    /// Connects to a site's host with this code.
    pub(crate) fn open(site: &Site, code: &str) -> Self {
        let mut desktop = VirtualDesktop::start(1400, 900).unwrap();
        open(&mut desktop, "openbox", &["--sm-disable"]);
        let screen = Screen::connect(desktop.display());
        screen.wait_manager();
        // At the first key that xdotool presses the keyboard changes, and openbox lets go of its shortcuts and takes them
        // again: Alt+F4 in between would go to the window. It sees this key before it sees the window.
        xdotool(&desktop, &["key", "Shift_L"]);
        // It looks for it beside itself.
        program("deskwire-viewer");
        let state = site.viewer_state();
        fs::create_dir_all(&state).unwrap();
        let (code_file, said) = (state.join("code"), state.join("said"));
        fs::write(&code_file, code).unwrap();
        let mut command = deskwire();
        command
            .args(["--server", &site.server.rendezvous().unwrap().to_string()])
            .args(["--key", site.server.key().unwrap(), "--state"])
            .arg(&state)
            .args(NO_SETTINGS)
            .args(["connect", site.host.id(), "--code-file"])
            .arg(&code_file)
            .env("DISPLAY", desktop.display())
            .stderr(File::create(&said).unwrap());
        let process = Guarded::start("deskwire connect", &mut command).unwrap();
        Self { process, screen, desktop, said }
    }

    /// What it has said on the terminal.
    pub(crate) fn said(&self) -> String {
        fs::read_to_string(&self.said).unwrap()
    }

    /// Waits until it has said this on the terminal.
    pub(crate) fn wait_said(&mut self, words: &str) {
        eventually(&format!("the words `{words}` on the terminal"), PATIENCE, || {
            assert!(self.process.ended().is_none(), "it ended: {}", self.said());
            self.said().contains(words).then_some(())
        });
    }

    /// Paints on the host's screen and waits until the window shows it; gives where.
    pub(crate) fn wait_picture(&mut self, host: &Screen) -> Placement {
        paint(host);
        let found = eventually("the host's picture in the window", PATIENCE, || {
            assert!(self.process.ended().is_none(), "it ended: {}", self.said());
            self.look()
        });
        // Middles of the blocks, there and here.
        let middle = |n: usize| {
            let (x, y, _) = CORNERS[n];
            (f64::from(x) + f64::from(BLOCK.0) / 2.0, f64::from(y) + f64::from(BLOCK.1) / 2.0)
        };
        let ((x0, y0), (x3, y3)) = (middle(0), middle(3));
        let scale = (found[3].0 - found[0].0) / (x3 - x0);
        let placement = Placement { left: found[0].0 - x0 * scale, top: found[0].1 - y0 * scale, scale };
        let scale_down = (found[3].1 - found[0].1) / (y3 - y0);
        assert!((scale - scale_down).abs() < 0.01, "{found:?}");
        for n in 0..4 {
            let (x, y) = middle(n);
            let (x, y) = (placement.left + x * scale, placement.top + y * scale);
            assert!((found[n].0 - x).abs() < 2.0 && (found[n].1 - y).abs() < 2.0, "{n}: {found:?}");
        }
        placement
    }

    /// Where the middles of the blocks are, if all are seen.
    fn look(&self) -> Option<[(f64, f64); 4]> {
        let picture = self.screen.grab();
        let found = CORNERS.map(|(_, _, colour)| self.screen.find(&picture, colour));
        found.iter().all(Option::is_some).then(|| found.map(Option::unwrap))
    }

    /// Clicks on the window where it shows this point of the host.
    pub(crate) fn click(&self, placement: Placement, at: Point) {
        let along =
            |start: f64, at: i32| (start + (f64::from(at) + 0.5) * placement.scale).floor().to_string();
        let (x, y) = (along(placement.left, at.x), along(placement.top, at.y));
        self.xdotool(&["mousemove", &x, &y, "click", "1"]);
    }

    /// Types a line quickly.
    pub(crate) fn type_line(&self, line: &str) {
        self.type_at(line, "20");
    }

    /// Types a code as who reads it from a slip of paper: no faster than the host lets a second code be tried.
    pub(crate) fn type_code(&self, code: &str) {
        self.type_at(code, "300");
    }

    /// Types a line with so many milliseconds from key to key.
    fn type_at(&self, line: &str, pause_ms: &str) {
        self.screen.wait_focus();
        self.xdotool(&["type", "--delay", pause_ms, line]);
        self.xdotool(&["key", "Return"]);
    }

    /// Uses pointer and keyboard.
    pub(crate) fn xdotool(&self, args: &[&str]) {
        xdotool(&self.desktop, args);
    }

    /// Closes the window as its user does; gives how the program ended.
    pub(crate) fn close(&mut self) -> ExitStatus {
        self.screen.wait_focus();
        self.xdotool(&["key", "alt+F4"]);
        eventually("the end of the program", PATIENCE, || self.process.ended())
    }

    /// Asks the program to end; gives how it did.
    pub(crate) fn stop(&mut self) -> ExitStatus {
        self.process.stop(PATIENCE).expect("it ends when asked")
    }
}

fn xdotool(desktop: &VirtualDesktop, args: &[&str]) {
    let mut command = Command::new("xdotool");
    let status = command.args(args).env("DISPLAY", desktop.display()).status();
    let status = status.expect("xdotool cannot be started; `cargo xtask setup` installs it");
    assert!(status.success(), "xdotool {args:?}: {status}");
}

fn paint(host: &Screen) {
    for (x, y, colour) in CORNERS {
        host.fill(x, y, BLOCK, colour);
    }
}
