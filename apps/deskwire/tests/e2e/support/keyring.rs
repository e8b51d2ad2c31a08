//! A Secret Service of the test's own, on a bus of its own: the machine's keystore is never touched.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use deskwire_kit::child::{Guarded, guarded_command, on_path};
use rustix::process::{Pid, Signal, kill_process};

use super::bus::Bus;
use super::{PATIENCE, eventually};

/// A bus and perhaps a keyring on it. Parts end in the order of the fields.
pub(crate) struct Keyring {
    daemon: Option<Guarded>,
    bus: Bus,
    folder: PathBuf,
}

impl Keyring {
    /// A bus without a keyring.
    pub(crate) fn new(folder: &Path) -> Self {
        for program in ["dbus-daemon", "dbus-send", "gnome-keyring-daemon"] {
            assert!(
                on_path(program),
                "there is no {program} on this machine; `cargo xtask setup` installs it"
            );
        }
        let folder = folder.join("keyring");
        fs::create_dir_all(&folder).unwrap();
        let bus = Bus::start(&folder);
        Self { daemon: None, bus, folder }
    }

    /// The bus, for `DBUS_SESSION_BUS_ADDRESS`.
    pub(crate) fn address(&self) -> &str {
        self.bus.address()
    }

    /// Starts the keyring, and waits until it answers. It is made at the first time, with a password of the test's.
    pub(crate) fn start(&mut self, unlocked: bool) {
        let password = self.folder.join("password");
        fs::write(&password, "a password").unwrap();
        // It reads the password from its input, to the end of that.
        let mut command = guarded_command("sh");
        command
            .args(["-c", "exec gnome-keyring-daemon --foreground --components=secrets \"$@\" < \"$0\""])
            .arg(if unlocked { &password } else { Path::new("/dev/null") })
            .arg(format!("--control-directory={}", self.folder.join("control").display()))
            .args(unlocked.then_some("--unlock"))
            .env("DBUS_SESSION_BUS_ADDRESS", self.bus.address())
            .env("HOME", &self.folder)
            .env("XDG_DATA_HOME", self.folder.join("data"))
            .env("XDG_RUNTIME_DIR", &self.folder)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        self.daemon = Some(Guarded::start("gnome-keyring-daemon", &mut command).unwrap());
        let is_so = if unlocked { "boolean false" } else { "boolean true" };
        eventually("the start of the keyring", PATIENCE, || {
            let asked = Command::new("dbus-send")
                .args([
                    "--session",
                    "--print-reply",
                    "--reply-timeout=5000",
                    "--dest=org.freedesktop.secrets",
                ])
                .args(["/org/freedesktop/secrets/aliases/default", "org.freedesktop.DBus.Properties.Get"])
                .args(["string:org.freedesktop.Secret.Collection", "string:Locked"])
                .env("DBUS_SESSION_BUS_ADDRESS", self.bus.address())
                .output()
                .unwrap();
            String::from_utf8_lossy(&asked.stdout).contains(is_so).then_some(())
        });
    }

    /// It is gone.
    pub(crate) fn end(&mut self) {
        self.daemon.take();
    }

    /// It does not answer, or answers again.
    pub(crate) fn signal(&self, signal: Signal) {
        let id = self.daemon.as_ref().unwrap().id();
        kill_process(Pid::from_raw(id.try_into().unwrap()).unwrap(), signal).unwrap();
    }
}
