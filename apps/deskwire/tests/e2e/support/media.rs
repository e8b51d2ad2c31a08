//! PipeWire with its session manager, on a bus of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use deskwire_kit::child::{Guarded, guarded_command, on_path};

use super::bus::Bus;
use super::{PATIENCE, eventually};

/// What a program needs to find it, and no other.
pub(crate) type Environment = [(&'static str, PathBuf); 4];

/// Ends in the order of the fields.
pub(crate) struct Media {
    _manager: Guarded,
    _pipewire: Guarded,
    bus: Bus,
    folder: PathBuf,
}

impl Media {
    /// Starts it with all its files in `folder`.
    pub(crate) fn start(folder: &Path) -> Self {
        for program in ["dbus-daemon", "pipewire", "wireplumber"] {
            assert!(
                on_path(program),
                "there is no {program} on this machine; `cargo xtask setup` installs it"
            );
        }
        fs::create_dir_all(folder).unwrap();
        // The session manager does not start without one.
        let bus = Bus::start(folder);
        let environment = environment(folder, &bus);
        let pipewire = spawn("pipewire", guarded_command("pipewire"), &environment);
        eventually("the start of PipeWire", PATIENCE, || folder.join("pipewire-0").exists().then_some(()));
        let manager = spawn("wireplumber", guarded_command("wireplumber"), &environment);
        Self { _manager: manager, _pipewire: pipewire, bus, folder: folder.into() }
    }

    pub(crate) fn environment(&self) -> Environment {
        environment(&self.folder, &self.bus)
    }

    /// `XDG_RUNTIME_DIR`.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Of its bus.
    pub(crate) fn address(&self) -> &str {
        self.bus.address()
    }

    /// A program that speaks to it.
    pub(crate) fn tool(&self, program: &str) -> Command {
        let mut command = guarded_command(program);
        command.envs(self.environment()).stdin(Stdio::null());
        command
    }

    /// Waits until somebody on its bus has this name.
    pub(crate) fn wait_for_name(&self, name: &str) {
        eventually(name, PATIENCE, || {
            let asked = self
                .tool("dbus-send")
                .args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"])
                .arg("org.freedesktop.DBus.NameHasOwner")
                .arg(format!("string:{name}"))
                .output()
                .unwrap();
            String::from_utf8_lossy(&asked.stdout).contains("boolean true").then_some(())
        });
    }
}

/// Starts a program in this environment; what it says is dropped.
pub(crate) fn spawn(name: &str, mut command: Command, environment: &Environment) -> Guarded {
    let folder = &environment[0].1;
    let said = fs::File::create(folder.join(format!("{name}.log"))).unwrap();
    command.envs(environment.iter().map(|(name, value)| (*name, value)));
    command.stdin(Stdio::null()).stdout(said.try_clone().unwrap()).stderr(said);
    Guarded::start(name, &mut command).unwrap()
}

fn environment(folder: &Path, bus: &Bus) -> Environment {
    [
        ("XDG_RUNTIME_DIR", folder.into()),
        ("XDG_STATE_HOME", folder.join("state")),
        ("HOME", folder.into()),
        ("DBUS_SESSION_BUS_ADDRESS", bus.address().into()),
    ]
}
