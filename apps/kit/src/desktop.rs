//! An X11 desktop of our own, for machines that have none (and for tests): Xvfb with a few real windows.

use std::io;
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;

use crate::child::{Guarded, guarded_command, on_path};

/// A virtual desktop with its windows; all of it ends when dropped.
#[derive(Debug)]
pub struct VirtualDesktop {
    /// Windows end before the server they are on.
    windows: Vec<Guarded>,
    display: String,
    _server: Guarded,
    /// For temporary files of its programs, which may be ended before they have removed them.
    folder: TempDir,
}

impl VirtualDesktop {
    /// Starts Xvfb with a screen of this size on a free display number.
    pub fn start(width: u32, height: u32) -> io::Result<Self> {
        if !on_path("Xvfb") {
            return Err(io::Error::new(
                io::ErrorKind::NotFound,
                "there is no Xvfb on this machine; `cargo xtask setup` installs it",
            ));
        }
        let folder = TempDir::with_prefix("deskwire-desktop-")?;
        let mut command = guarded_command("Xvfb");
        command
            .env("TMPDIR", folder.path())
            .args(["-displayfd", "1", "-screen", "0", &format!("{width}x{height}x24")])
            .args(["-nolisten", "tcp", "-noreset", "-dpi", "96"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = Guarded::start("Xvfb", &mut command)?;
        let number = server.first_line()?;
        Ok(Self { windows: Vec::new(), display: format!(":{number}"), _server: server, folder })
    }

    /// Its name for `DISPLAY`.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// Starts a program on it.
    pub fn open(&mut self, program: &str, args: &[&str]) -> io::Result<&mut Guarded> {
        let mut command = guarded_command(program);
        command
            .args(args)
            .env("DISPLAY", &self.display)
            .env("TMPDIR", self.folder.path())
            .env_remove("WAYLAND_DISPLAY")
            .env("LC_ALL", "C.UTF-8")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        self.windows.push(Guarded::start(program, &mut command)?);
        self.windows.last_mut().ok_or_else(|| io::Error::other("no window"))
    }
}

impl Drop for VirtualDesktop {
    fn drop(&mut self) {
        for mut window in self.windows.drain(..).rev() {
            window.stop(Duration::from_secs(1));
        }
    }
}
