//! `deskwire host --virtual`: a screen and a session for computers that have none.
//!
//! A process has one display in its environment, so the host that shares the new one is another process of this program,
//! with the same arguments; this one looks after screen and session, and ends with the host.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Child, ExitStatus, Stdio};
use std::str::FromStr;
use std::time::Duration;

use deskwire_kit::child::{guarded_command, on_path};
use deskwire_kit::desktop::VirtualDesktop;

use crate::Outcome;
use crate::interrupt::Interrupt;
use crate::output::{Failure, Kind, Output};

/// How often it is looked whether host or session have ended.
const LOOK: Duration = Duration::from_millis(100);
/// Given to the host so that it makes no screen again.
const OPTION: &str = "--virtual";

/// Width and height of a screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ScreenSize {
    width: u32,
    height: u32,
}

impl FromStr for ScreenSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no size of a screen: use WIDTHxHEIGHT, for example 1920x1080");
        let (width, height) = text.split_once('x').ok_or_else(wrong)?;
        let side =
            |text: &str| text.parse().ok().filter(|side| (64..=16_384).contains(side)).ok_or_else(wrong);
        Ok(Self { width: side(width)?, height: side(height)? })
    }
}

/// What runs on the new screen.
struct Session {
    name: String,
    child: Child,
}

/// Starts screen and session, and shares them until the host or the session ends.
pub(crate) fn run(size: ScreenSize, session: Option<&str>, output: Output) -> Outcome {
    let interrupt = Interrupt::install()?;
    let desktop = VirtualDesktop::start_private(size.width, size.height)
        .map_err(|error| Failure::new(Kind::NoDesktop, format!("cannot make a screen: {error}")))?;
    let mut session = Session::start(session, &desktop)?;
    output.note(&format!("A screen of {}x{} runs {}.", size.width, size.height, session.name));
    let mut host = start_host(&desktop)?;
    let ended = loop {
        if let Some(status) = ended(&mut host)? {
            break status;
        }
        if interrupt.check().is_err() {
            // Ctrl-C reached the host too; a signal for this process alone did not.
            terminate(&host);
            break wait(&mut host)?;
        }
        if let Some(status) = ended(&mut session.child)? {
            output.note(&format!("{} has ended ({status}), and the host with it.", session.name));
            terminate(&host);
            break wait(&mut host)?;
        }
        std::thread::park_timeout(LOOK);
    };
    terminate(&session.child);
    wait(&mut session.child)?;
    match ended.code() {
        Some(0) => Ok(()),
        // It has said why; the same exit code says it again to scripts.
        Some(code) => std::process::exit(code),
        None => Err(Failure::other(format!("the host was ended ({ended})"))),
    }
}

/// The arguments of this process without those that make a screen.
fn host_arguments(all: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut kept = Vec::new();
    let mut skip = false;
    for argument in all {
        let text = argument.to_string_lossy();
        if std::mem::take(&mut skip) {
            continue;
        }
        skip = text == OPTION || text == "--session";
        if skip || text.starts_with("--virtual=") || text.starts_with("--session=") {
            continue;
        }
        kept.push(argument);
    }
    kept
}

fn start_host(desktop: &VirtualDesktop) -> Result<Child, Failure> {
    let failed = |error| Failure::other(format!("cannot start the host on the new screen: {error}"));
    let program = std::env::current_exe().map_err(failed)?;
    let mut command = guarded_command(program);
    command.args(host_arguments(std::env::args_os().skip(1)));
    desktop.set_environment(&mut command);
    command.spawn().map_err(failed)
}

impl Session {
    fn start(wanted: Option<&str>, desktop: &VirtualDesktop) -> Result<Self, Failure> {
        let name = match wanted {
            Some(command) => command.to_owned(),
            None => usual().ok_or_else(|| {
                let why = "there is no session to run on the new screen: install openbox and xterm, or name a \
                           command with --session";
                Failure::new(Kind::NoDesktop, why)
            })?,
        };
        let mut command = guarded_command("sh");
        command
            .args(["-c", &format!("exec {name}")])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        desktop.set_environment(&mut command);
        let child = command.spawn().map_err(|error| {
            Failure::new(Kind::NoDesktop, format!("cannot start the session {name}: {error}"))
        })?;
        Ok(Self { name, child })
    }
}

/// The session that this computer would start, or else a window manager with a terminal, or a terminal alone.
fn usual() -> Option<String> {
    let first = |names: &[&str]| names.iter().find(|name| on_path(name)).map(|name| (*name).to_owned());
    let terminal = first(&["x-terminal-emulator", "xterm"]);
    let manager = first(&["openbox", "xfwm4", "metacity", "twm"]);
    // A bare openbox shows nothing to begin with, so it gets a terminal below.
    let bare = on_path_as("x-session-manager").is_some_and(|real| real.to_string_lossy().contains("openbox"));
    let session = if bare { None } else { first(&["x-session-manager"]) };
    session.or_else(|| first(&["startxfce4", "startlxqt"])).or_else(|| match (manager, &terminal) {
        (Some(openbox), Some(terminal)) if openbox == "openbox" => {
            Some(format!("openbox --startup {terminal}"))
        }
        (Some(manager), _) => Some(manager),
        (None, _) => terminal,
    })
}

/// The file behind a name on the path, links followed.
fn on_path_as(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).find_map(|folder| folder.join(name).canonicalize().ok())
}

fn ended(child: &mut Child) -> Result<Option<ExitStatus>, Failure> {
    child.try_wait().map_err(|error| Failure::other(format!("cannot look after a program: {error}")))
}

fn wait(child: &mut Child) -> Result<ExitStatus, Failure> {
    child.wait().map_err(|error| Failure::other(format!("cannot wait for a program: {error}")))
}

fn terminate(child: &Child) {
    let pid = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw);
    if let Some(pid) = pid {
        // It may have ended already.
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_two_sides() {
        assert_eq!("1920x1080".parse(), Ok(ScreenSize { width: 1920, height: 1080 }));
        for wrong in ["", "1920", "1920x", "x1080", "1920x0", "63x64", "99999x64", "-1x64", "1920×1080"] {
            let said = wrong.parse::<ScreenSize>().unwrap_err();
            assert!(said.contains("1920x1080"), "{said}");
        }
    }

    #[test]
    fn the_host_gets_all_arguments_but_those_of_the_screen() {
        let all =
            ["--json", "host", "--virtual", "800x600", "--session", "xterm", "--view-only", "--virtual=1x1"];
        let kept = host_arguments(all.iter().map(OsString::from));
        assert_eq!(kept, ["--json", "host", "--view-only"].map(OsString::from));
    }
}
