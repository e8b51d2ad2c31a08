//! An X11 desktop of our own, for machines that have none (and for tests): Xvfb with a few real windows.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::child::{Guarded, guarded_command, on_path};

/// A mark on this desktop that says that somebody records it; as long as it lives.
pub struct RecordingMark(#[cfg(target_os = "linux")] deskwire_linux::X11Mark);

impl RecordingMark {
    /// Shows it.
    ///
    /// # Errors
    /// When there is no way to show one.
    #[cfg(target_os = "linux")]
    pub fn show(text: &str) -> Result<Self, deskwire_platform::Error> {
        deskwire_linux::X11Mark::show(None, text).map(Self)
    }

    /// Not on this system yet.
    ///
    /// # Errors
    /// Always.
    #[cfg(not(target_os = "linux"))]
    pub fn show(_text: &str) -> Result<Self, deskwire_platform::Error> {
        Err(deskwire_platform::Error::new(
            deskwire_platform::ErrorKind::Unsupported,
            "this system's desktop shows no mark yet",
            "tell whoever sits there",
        ))
    }

    /// Puts it over windows that were opened since.
    pub fn raise(&self) {
        #[cfg(target_os = "linux")]
        self.0.raise();
    }
}

/// A virtual desktop with its windows; all of it ends when dropped.
#[derive(Debug)]
pub struct VirtualDesktop {
    /// Windows end before the server they are on.
    windows: Vec<Guarded>,
    display: String,
    /// The file with the secret that programs on it need, if it has one.
    authority: Option<PathBuf>,
    _server: Guarded,
    /// For temporary files of its programs, which may be ended before they have removed them.
    folder: TempDir,
}

impl VirtualDesktop {
    /// Starts Xvfb with a screen of this size on a free display number. Every user of this computer can see it.
    pub fn start(width: u32, height: u32) -> io::Result<Self> {
        Self::begin(width, height, false)
    }

    /// The same, for programs of this user alone: others lack the secret.
    pub fn start_private(width: u32, height: u32) -> io::Result<Self> {
        Self::begin(width, height, true)
    }

    fn begin(width: u32, height: u32, private: bool) -> io::Result<Self> {
        if !on_path("Xvfb") {
            return Err(io::Error::new(
                io::ErrorKind::NotFound,
                "there is no Xvfb on this machine; install it (Debian: apt-get install xvfb)",
            ));
        }
        let folder = TempDir::with_prefix("deskwire-desktop-")?;
        let authority = private.then(|| folder.path().join("authority"));
        let mut command = guarded_command("Xvfb");
        command
            .env("TMPDIR", folder.path())
            .args(["-displayfd", "1", "-screen", "0", &format!("{width}x{height}x24")])
            .args(["-nolisten", "tcp", "-noreset", "-dpi", "96"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        if let Some(authority) = &authority {
            write_authority(authority, &crate::random_bytes())?;
            command.arg("-auth").arg(authority);
        }
        let mut server = Guarded::start("Xvfb", &mut command)?;
        let number = server.first_line()?;
        Ok(Self { windows: Vec::new(), display: format!(":{number}"), authority, _server: server, folder })
    }

    /// Has a program run on it.
    pub fn set_environment(&self, command: &mut Command) {
        command.env("DISPLAY", &self.display).env("TMPDIR", self.folder.path()).env_remove("WAYLAND_DISPLAY");
        if let Some(authority) = &self.authority {
            command.env("XAUTHORITY", authority);
        }
    }

    /// Its name for `DISPLAY`.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// Starts a program on it.
    pub fn open(&mut self, program: &str, args: &[&str]) -> io::Result<&mut Guarded> {
        let mut command = guarded_command(program);
        command.args(args).env("LC_ALL", "C.UTF-8").stdout(Stdio::null()).stderr(Stdio::null());
        self.set_environment(&mut command);
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

/// Writes a file as `xauth` does, with one secret for any display (Xau(3): family 65535 and no number fit all).
fn write_authority(path: &Path, secret: &[u8; 16]) -> io::Result<()> {
    let name = b"MIT-MAGIC-COOKIE-1";
    let mut entry = vec![0xff, 0xff, 0, 0, 0, 0];
    for field in [name.as_slice(), secret] {
        entry.extend_from_slice(&u16::try_from(field.len()).unwrap_or(0).to_be_bytes());
        entry.extend_from_slice(field);
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(&entry)
}
