//! Our programs as processes inside namespaces, and what they print.

use std::io::{BufRead as _, BufReader};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use deskwire_kit::child::Guarded;
use deskwire_kit::code::CODE_VARIABLE;
use deskwire_kit::stack::{NO_SETTINGS, Programs};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::lab::Space;

/// Names the folder of the programs to test, instead of those built with this test.
const PROGRAMS_VARIABLE: &str = "DESKWIRE_TEST_PROGRAMS";

/// The program of this name.
pub(crate) fn program(name: &str) -> PathBuf {
    let programs = match std::env::var_os(PROGRAMS_VARIABLE) {
        Some(folder) => Programs::in_folder(folder),
        None => Programs::beside_this().unwrap(),
    };
    programs.path(name).unwrap()
}

/// The lines that a program has printed, as JSON.
#[derive(Clone, Default)]
pub(crate) struct Lines(Arc<(Mutex<Printed>, Condvar)>);

#[derive(Default)]
struct Printed {
    lines: Vec<Value>,
    ended: bool,
}

impl Lines {
    /// Collects what `process` prints.
    fn of(process: &mut Guarded) -> Self {
        let lines = Self::default();
        let (stdout, to) = (process.stdout().unwrap(), lines.clone());
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let value = serde_json::from_str(&line).unwrap_or(Value::String(line));
                to.change(|printed| printed.lines.push(value));
            }
            to.change(|printed| printed.ended = true);
        });
        lines
    }

    fn change(&self, change: impl FnOnce(&mut Printed)) {
        change(&mut self.0.0.lock().unwrap_or_else(PoisonError::into_inner));
        self.0.1.notify_all();
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).lines.len()
    }

    /// Those from number `start` on.
    pub(crate) fn since(&self, start: usize) -> Vec<Value> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).lines[start..].to_vec()
    }

    /// Waits until `find` finds something in the lines from number `start` on.
    pub(crate) fn wait<T>(
        &self,
        what: &str,
        longest: Duration,
        start: usize,
        find: impl Fn(&[Value]) -> Option<T>,
    ) -> T {
        let end = Instant::now() + longest;
        let mut printed = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(found) = find(&printed.lines[start..]) {
                return found;
            }
            let left = end.saturating_duration_since(Instant::now());
            if printed.ended || left.is_zero() {
                let why = if printed.ended { "the program ended" } else { "the time is up" };
                let first = printed.lines.len().saturating_sub(5);
                let last: String = printed.lines[first..].iter().map(|line| format!("\n  {line}")).collect();
                drop(printed);
                panic!("{what} did not happen: {why}; the last lines are{last}");
            }
            printed = self.0.1.wait_timeout(printed, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// A running program and what it prints.
pub(crate) struct Process {
    process: Guarded,
    pub(crate) lines: Lines,
}

impl Process {
    fn start(name: &str, command: &mut Command) -> Self {
        let mut process = Guarded::start(name, command.stdout(Stdio::piped())).unwrap();
        let lines = Lines::of(&mut process);
        Self { process, lines }
    }

    fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.process.id()).unwrap()).unwrap()
    }

    /// Asks it to end, and does not wait until it has.
    pub(crate) fn ask_to_end(&self) {
        kill_process(self.pid(), Signal::TERM).unwrap();
    }

    /// Stops it in the middle of whatever it does, as the sleep of its computer would, until what this gives is dropped.
    pub(crate) fn freeze(&self) -> Frozen {
        kill_process(self.pid(), Signal::STOP).unwrap();
        Frozen(self.pid())
    }

    /// Ends it at once, as a crash would.
    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
    }
}

/// A program that stands still.
pub(crate) struct Frozen(Pid);

impl Drop for Frozen {
    fn drop(&mut self) {
        // It may have been killed meanwhile.
        let _ = kill_process(self.0, Signal::CONT);
    }
}

/// Lets time pass where time itself is what happens.
pub(crate) fn pass(time: Duration) {
    let end = Instant::now() + time;
    while let Some(left) = end.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) {
        std::thread::park_timeout(left);
    }
}

/// How long a program may take to start, on a machine that is busy.
const START: Duration = Duration::from_secs(20);

/// Starts a server and waits until it listens; gives what it said.
pub(crate) fn server(space: &Space, data: &Path, args: &[&str]) -> (Process, Value) {
    let mut command = space.command(program("deskwire-server"));
    command
        .args(NO_SETTINGS)
        .args(["--json", "--log", "warn", "--admin", "off", "--data"])
        .arg(data)
        .args(args);
    let process = Process::start("deskwire-server", &mut command);
    let ready = process.lines.wait("the start of the server", START, 0, |lines| lines.first().cloned());
    (process, ready)
}

/// The key of the server whose data is in this folder, made if there is none.
pub(crate) fn server_key(data: &Path) -> String {
    let out = Command::new(program("deskwire-server")).args(["key", "--json", "--data"]).arg(data).output();
    let value: Value = serde_json::from_slice(&out.unwrap().stdout).unwrap();
    value["key"].as_str().unwrap().into()
}

/// How a device reaches its server.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) server: IpAddr,
    pub(crate) key: String,
    /// A folder for state.
    pub(crate) folder: PathBuf,
}

impl Account {
    fn command(&self, space: &Space, who: &str) -> Command {
        let state = self.folder.join(who);
        std::fs::create_dir_all(&state).unwrap();
        let server = match self.server {
            IpAddr::V4(v4) => v4.to_string(),
            IpAddr::V6(v6) => format!("[{v6}]"),
        };
        let mut command = space.command(program("deskwire"));
        command.args(["--json", "--server", &server, "--key", &self.key, "--state"]).arg(&state);
        command.args(NO_SETTINGS).env_remove("WAYLAND_DISPLAY");
        command
    }

    /// Starts a host and waits until it is registered.
    pub(crate) fn host(&self, space: &Space, display: &str) -> Host {
        let mut command = self.command(space, "host");
        let process = Process::start("deskwire host", command.arg("host").env("DISPLAY", display));
        let ready = process.lines.wait("the host's registration", START, 0, |lines| {
            lines.iter().find(|line| line["event"] == "ready").cloned()
        });
        let text = |name: &str| ready[name].as_str().unwrap().to_owned();
        Host { id: text("id"), code: text("code"), process }
    }

    /// Starts a viewer that goes on looking.
    pub(crate) fn watch(&self, space: &Space, host: &Host) -> Process {
        let mut command = self.command(space, "viewer");
        let every = (crate::stage::FIGURES / 1e3).to_string();
        command.args(["watch", &host.id, "--every", &every, "--timeout", "60"]);
        Process::start("deskwire watch", command.env(CODE_VARIABLE, &host.code))
    }

    /// Takes one picture; gives what was said, as an error if there is no picture.
    pub(crate) fn shot(&self, space: &Space, host: &Host, file: &Path) -> Result<Value, String> {
        let mut command = self.command(space, "viewer");
        command.args(["shot", &host.id, "-o"]).arg(file).env(CODE_VARIABLE, &host.code);
        let out = command.output().unwrap();
        let text = String::from_utf8_lossy(&out.stdout);
        if !out.status.success() {
            return Err(format!("{text}{}", String::from_utf8_lossy(&out.stderr)));
        }
        serde_json::from_str(text.trim()).map_err(|error| format!("{error}: {text}"))
    }
}

/// A host.
pub(crate) struct Host {
    pub(crate) id: String,
    pub(crate) code: String,
    pub(crate) process: Process,
}
