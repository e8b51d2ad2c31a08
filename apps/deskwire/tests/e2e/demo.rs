//! `deskwire demo` shows what it says, and leaves nothing behind, however it ends.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::{Duration, Instant};

use deskwire_kit::desktop::VirtualDesktop;
use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use super::support::screen::Screen;
use super::support::shot::deskwire;
use super::support::{PATIENCE, eventually, folder, open, program, programs};

/// The demo with its temporary files in `temporary`, in a process group of its own.
fn demo(temporary: &Path, output: &Path, flips: &str) -> Command {
    programs();
    let mut command = deskwire();
    command
        .args(["demo", "--headless", "--flips", flips, "-o"])
        .arg(output)
        .env("TMPDIR", temporary)
        .process_group(0);
    command
}

/// Processes whose temporary files are here or below: the demo and whatever it started.
fn processes(temporary: &Path) -> Vec<String> {
    let mark = format!("TMPDIR={}", temporary.display());
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        // Processes come and go, and some are not ours to look at.
        let Ok(environment) = fs::read(entry.path().join("environ")) else { continue };
        if environment.split(|byte| *byte == 0).any(|variable| variable.starts_with(mark.as_bytes())) {
            let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
            found.push(format!("{:?}: {}", entry.file_name(), String::from_utf8_lossy(&line)));
        }
    }
    found
}

/// Nothing is left of a demo: no process and no file.
#[track_caller]
fn assert_gone(temporary: &Path, when: &str) {
    let left = processes(temporary);
    assert!(left.is_empty(), "left behind {when}: {left:?}");
    let files: Vec<_> = fs::read_dir(temporary).unwrap().flatten().map(|entry| entry.path()).collect();
    assert!(files.is_empty(), "left behind {when}: {files:?}");
}

#[test]
fn the_demo_tells_figures_and_leaves_only_its_picture() {
    let folder = folder();
    let temporary = folder.path().join("tmp");
    fs::create_dir(&temporary).unwrap();
    let picture = folder.path().join("seen.png");
    let output = demo(&temporary, &picture, "20").output().unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(0), "{text}");
    for part in ["Time to first frame", "direct", "arrived in its terminal", "the button was pressed", "p99"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(text.contains("over 20 flips"), "{text}");
    let file = BufReader::new(fs::File::open(&picture).unwrap());
    let info = png::Decoder::new(file).read_info().unwrap().info().size();
    assert_eq!(info, (1280, 720));
    assert_gone(&temporary, "after a whole demo");
}

/// The notes that a demo tells on its way.
struct Notes(BufReader<ChildStderr>);

impl Notes {
    fn next(&mut self) -> Option<String> {
        let mut line = String::new();
        (self.0.read_line(&mut line).unwrap() > 0).then_some(line)
    }
}

/// Starts a demo that goes on until it is ended.
fn endless(temporary: &Path, picture: &Path) -> (Child, Notes) {
    fs::create_dir(temporary).unwrap();
    let mut command = demo(temporary, picture, "100000");
    let mut process = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let notes = Notes(BufReader::new(process.stderr.take().unwrap()));
    (process, notes)
}

/// Who gets the signal.
#[derive(Clone, Copy, Debug)]
enum Told {
    /// As from a script.
    Alone,
    /// As from a terminal.
    Group,
    /// As by somebody impatient.
    Twice,
}

/// Interrupts a demo; it ends as it should, and leaves nothing.
fn interrupt((mut process, mut notes): (Child, Notes), told: Told, temporary: &Path, when: &str) {
    let pid = Pid::from_child(&process);
    match told {
        Told::Alone => kill_process(pid, Signal::INT).unwrap(),
        Told::Group => kill_process_group(pid, Signal::INT).unwrap(),
        Told::Twice => {
            kill_process(pid, Signal::INT).unwrap();
            // Not before it has begun to put things away, which takes longer than this.
            let again = Instant::now() + Duration::from_millis(30);
            eventually("the second Ctrl-C", PATIENCE, || (Instant::now() >= again).then_some(()));
            kill_process(pid, Signal::INT).unwrap();
            kill_process(pid, Signal::TERM).unwrap();
        }
    }
    let when = format!("when {told:?} was interrupted {when}");
    let status = eventually(&format!("the end of the demo {when}"), PATIENCE, || process.try_wait().unwrap());
    let mut rest = String::new();
    while let Some(line) = notes.next() {
        rest.push_str(&line);
    }
    assert_eq!(status.code(), Some(130), "{when}: {rest}");
    assert_gone(temporary, &when);
}

#[test]
fn a_demo_that_is_interrupted_after_any_of_its_notes_cleans_up() {
    let folder = folder();
    let picture = folder.path().join("seen.png");
    for after in 1.. {
        let mut last = String::new();
        for told in [Told::Alone, Told::Group, Told::Twice] {
            let temporary = folder.path().join(format!("tmp-{after}-{told:?}"));
            let mut demo = endless(&temporary, &picture);
            for _ in 0..after {
                last = demo.1.next().expect("the demo goes on until it is interrupted");
            }
            interrupt(demo, told, &temporary, &format!("after `{}`", last.trim()));
        }
        // The last of its notes, with too much to measure.
        if last.starts_with("Measuring") {
            assert!(after >= 5, "the demo told {after} things only");
            break;
        }
    }
    assert!(!picture.exists());
}

#[test]
fn a_demo_that_is_interrupted_while_it_starts_programs_cleans_up() {
    let folder = folder();
    let picture = folder.path().join("seen.png");
    // The demo itself, Xvfb, the window manager and windows, server, host.
    for count in 1..=8 {
        for told in [Told::Alone, Told::Group] {
            let temporary = folder.path().join(format!("tmp-{count}-{told:?}"));
            let mut demo = endless(&temporary, &picture);
            // It listens for signals from its first note on.
            demo.1.next().expect("the first note");
            eventually("the start of its programs", PATIENCE, || {
                (processes(&temporary).len() >= count).then_some(())
            });
            interrupt(demo, told, &temporary, &format!("with {count} processes"));
        }
    }
}

/// A block at the top of a desktop, where windows leave it free: left, top, size and colour (blue, green, red).
const BLOCK: (i16, i16, (u16, u16), [u8; 3]) = (1_480, 10, (100, 60), [0x31, 0x67, 0xb3]);
/// Pixels of it that have to be in a window besides, which shows the desktop smaller: a few could be chance.
const SEEN: usize = 1_000;

/// Where there is a display it is shared, and shown in a window on it: what is painted is there a second time.
#[test]
fn a_demo_on_a_display_shows_it_in_a_window() {
    let folder = folder();
    let temporary = folder.path().join("tmp");
    fs::create_dir(&temporary).unwrap();
    let mut desktop = VirtualDesktop::start(1600, 1000).unwrap();
    open(&mut desktop, "openbox", &["--sm-disable"]);
    let screen = Screen::connect(desktop.display());
    screen.wait_manager();
    program("deskwire-viewer");
    let told = folder.path().join("told");
    let mut command = deskwire();
    command
        .args(["demo", "--flips", "20"])
        .env("DISPLAY", desktop.display())
        .env("TMPDIR", &temporary)
        .process_group(0)
        .stdout(fs::File::create(&told).unwrap())
        .stderr(Stdio::piped());
    programs();
    let mut process = command.spawn().unwrap();
    let mut notes = Notes(BufReader::new(process.stderr.take().unwrap()));
    while !notes.next().expect("the demo goes on").contains("window shows this desktop") {}
    let figures = fs::read_to_string(&told).unwrap();
    let first = figures.lines().find(|line| line.trim_start().starts_with("Path at first")).expect(&figures);
    assert!(first.contains("relay"), "{first}");
    eventually("the viewer's window", PATIENCE, || {
        let found = Command::new("xdotool")
            .args(["search", "--onlyvisible", "--name", "^Deskwire: "])
            .env("DISPLAY", desktop.display())
            .output()
            .unwrap();
        (!found.stdout.is_empty()).then_some(())
    });
    let (left, top, size, colour) = BLOCK;
    let painted = usize::from(size.0) * usize::from(size.1);
    eventually("the desktop's picture in the viewer's window", PATIENCE, || {
        screen.fill(left, top, size, colour);
        (Screen::count(&screen.grab(), colour) >= painted + SEEN).then_some(())
    });
    interrupt((process, notes), Told::Alone, &temporary, "with a window");
}

#[test]
fn a_demo_that_is_killed_leaves_no_process() {
    let folder = folder();
    let temporary = folder.path().join("tmp");
    let (mut process, mut notes) = endless(&temporary, &folder.path().join("seen.png"));
    while !notes.next().expect("the demo goes on").starts_with("Measuring") {}
    // What the other tests find gone is there meanwhile.
    assert!(processes(&temporary).len() >= 8, "{:?}", processes(&temporary));
    assert!(fs::read_dir(&temporary).unwrap().next().is_some());
    process.kill().unwrap();
    process.wait().unwrap();
    eventually("the end of everything that the demo started", Duration::from_secs(10), || {
        processes(&temporary).is_empty().then_some(())
    });
}
