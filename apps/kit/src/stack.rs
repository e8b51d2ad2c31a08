//! Real servers and hosts as child processes: what the demo, the bench and the end-to-end tests run on.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::child::{Guarded, guarded_command};

/// A `deskwire-server` on loopback.
#[derive(Debug)]
pub struct ServerProcess {
    process: Guarded,
    ready: Value,
}

/// Which of our programs to run, and where they are.
#[derive(Clone, Debug)]
pub struct Programs {
    folder: PathBuf,
}

impl Programs {
    /// The programs beside the running one.
    pub fn beside_this() -> io::Result<Self> {
        let this = std::env::current_exe()?;
        let folder = this.parent().ok_or_else(|| io::Error::other("this program is nowhere"))?;
        // Test programs live one folder deeper.
        let folder = if folder.ends_with("deps") { folder.parent().unwrap_or(folder) } else { folder };
        Ok(Self { folder: folder.into() })
    }

    /// The programs in a folder.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The path of one of them.
    pub fn path(&self, name: &str) -> io::Result<PathBuf> {
        let path = self.folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        if path.is_file() {
            return Ok(path);
        }
        Err(io::Error::new(
            io::ErrorKind::NotFound,
            format!(
                "{name} is not beside this program in {}; build it with cargo build -p {name}",
                self.folder.display()
            ),
        ))
    }
}

impl ServerProcess {
    /// Starts a server with its data in `data`, on free loopback ports or with further `args`.
    pub fn start(programs: &Programs, data: &Path, args: &[&str]) -> io::Result<Self> {
        let mut command = bare_command(programs.path("deskwire-server")?);
        if !args.contains(&"--config") {
            command.args(NO_SETTINGS);
        }
        command.arg("--data").arg(data).arg("--json").args(args).stdout(Stdio::piped());
        if !args.contains(&"--drain") {
            // Whoever ends a stack of his own ends its sessions, too.
            command.args(["--drain", "0"]);
        }
        let mut process = Guarded::start("deskwire-server", &mut command)?;
        let line = process.first_line()?;
        let ready = parse(&line)?;
        Ok(Self { process, ready })
    }

    /// What it said when it was ready.
    pub fn ready(&self) -> &Value {
        &self.ready
    }

    /// Where it listens for rendezvous.
    pub fn rendezvous(&self) -> io::Result<SocketAddr> {
        self.address("rendezvous")
    }

    /// An address from what it said when it was ready.
    pub fn address(&self, name: &str) -> io::Result<SocketAddr> {
        text(&self.ready, name)?.parse().map_err(io::Error::other)
    }

    /// Its key in text form.
    pub fn key(&self) -> io::Result<&str> {
        text(&self.ready, "key")
    }

    /// The process.
    pub fn process(&mut self) -> &mut Guarded {
        &mut self.process
    }
}

/// A `deskwire host`.
#[derive(Debug)]
pub struct HostProcess {
    process: Guarded,
    id: String,
    code: String,
}

/// How to run a host.
#[derive(Clone, Copy, Debug)]
pub struct HostPlan<'a> {
    /// The X11 display to share.
    pub display: &'a str,
    /// Its state folder.
    pub state: &'a Path,
    /// The server's rendezvous address.
    pub server: SocketAddr,
    /// The server's key.
    pub key: &'a str,
    /// More arguments.
    pub args: &'a [&'a str],
}

impl HostProcess {
    /// Starts a host and waits until it is registered.
    pub fn start(programs: &Programs, plan: HostPlan<'_>) -> io::Result<Self> {
        Self::start_in(programs, plan, &[])
    }

    /// The same with these variables in its environment.
    pub fn start_in(
        programs: &Programs,
        plan: HostPlan<'_>,
        environment: &[(&str, PathBuf)],
    ) -> io::Result<Self> {
        fs::create_dir_all(plan.state)?;
        let mut command = bare_command(programs.path("deskwire")?);
        command
            .args(NO_SETTINGS)
            .args(["--json", "--server", &plan.server.to_string(), "--key", plan.key])
            .arg("--state")
            .arg(plan.state)
            .arg("host")
            .args(plan.args)
            .env("DISPLAY", plan.display)
            .env_remove("WAYLAND_DISPLAY")
            .envs(environment.iter().map(|(name, value)| (*name, value)))
            .stdout(Stdio::piped());
        let mut process = Guarded::start("deskwire host", &mut command)?;
        let line = process.first_line()?;
        let ready = parse(&line)?;
        Ok(Self { id: text(&ready, "id")?.into(), code: text(&ready, "code")?.into(), process })
    }

    /// Its id, twelve digits.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its one-time code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The process.
    pub fn process(&mut self) -> &mut Guarded {
        &mut self.process
    }

    /// Asks it to stop and waits for it.
    pub fn stop(&mut self) -> Option<ExitStatus> {
        self.process.stop(Duration::from_secs(5))
    }
}

/// A configuration file in which there is nothing: with it the user's own does not interfere.
pub const NO_SETTINGS: [&str; 2] = ["--config", if cfg!(windows) { "NUL" } else { "/dev/null" }];

/// A command of one of our programs that knows nothing of the user's environment but what to log. It ends with ours.
pub fn bare_command(program: impl AsRef<OsStr>) -> Command {
    let mut command = guarded_command(program);
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("DESKWIRE_") && !name.ends_with("_LOG")) {
            command.env_remove(name);
        }
    }
    // Nor does it touch the keystore of the user.
    command.env("DESKWIRE_KEYSTORE", "file");
    command
}

fn parse(line: &str) -> io::Result<Value> {
    let value: Value = serde_json::from_str(line)
        .map_err(|e| io::Error::other(format!("unexpected first line `{line}`: {e}")))?;
    match value.get("error") {
        Some(_) => Err(io::Error::other(value["message"].as_str().unwrap_or("it failed").to_owned())),
        None => Ok(value),
    }
}

fn text<'a>(value: &'a Value, name: &str) -> io::Result<&'a str> {
    value[name].as_str().ok_or_else(|| io::Error::other(format!("the first line has no `{name}`")))
}
