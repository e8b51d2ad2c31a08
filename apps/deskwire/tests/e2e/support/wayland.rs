//! A Wayland session of the test's own: a headless mutter, PipeWire, and the portal that stands before them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use deskwire_kit::child::{Guarded, guarded_command, on_path};

use super::media::{Media, spawn};
use super::portal::{Backend, NAME};
use super::{PATIENCE, eventually};

pub(crate) const WIDTH: u32 = 1280;
pub(crate) const HEIGHT: u32 = 720;

/// Where distributions put the portal and what keeps its permissions.
const FOLDERS: [&str; 2] = ["/usr/libexec", "/usr/lib"];

/// Ends in the order of the fields.
pub(crate) struct WaylandSession {
    windows: Vec<Guarded>,
    _portal: Guarded,
    _permissions: Guarded,
    backend: Backend,
    _mutter: Guarded,
    media: Media,
}

impl WaylandSession {
    /// One in which whoever sits there agrees to everything.
    pub(crate) fn start(folder: &Path) -> Self {
        Self::begin(folder, false)
    }

    /// One in which nobody agrees to anything.
    pub(crate) fn start_declining(folder: &Path) -> Self {
        Self::begin(folder, true)
    }

    fn begin(folder: &Path, declines: bool) -> Self {
        for program in ["mutter", "foot"] {
            assert!(
                on_path(program),
                "there is no {program} on this machine; `cargo xtask setup` installs it"
            );
        }
        let media = Media::start(&folder.join("wayland"));
        let environment = media.environment();
        let size = format!("{WIDTH}x{HEIGHT}");
        let mut command = guarded_command("mutter");
        command
            .args(["--headless", "--wayland", "--no-x11", "--virtual-monitor", &size])
            .env("GSETTINGS_BACKEND", "memory")
            .env("XDG_SESSION_TYPE", "wayland")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY");
        let mutter = spawn("mutter", command, &environment);
        let socket = media.folder().join("wayland-0");
        eventually("the start of mutter", PATIENCE, || socket.exists().then_some(()));
        media.wait_for_name("org.gnome.Mutter.RemoteDesktop");
        media.wait_for_name("org.gnome.Mutter.ScreenCast");
        let side = |n: u32| i32::try_from(n).unwrap();
        let backend = Backend::start(media.address(), (side(WIDTH), side(HEIGHT)), declines);
        let portals = media.folder().join("portals");
        fs::create_dir_all(&portals).unwrap();
        let about = format!(
            "[portal]\nDBusName={NAME}\nInterfaces=org.freedesktop.impl.portal.ScreenCast;\
             org.freedesktop.impl.portal.RemoteDesktop;\nUseIn=deskwiretest;\n"
        );
        fs::write(portals.join("deskwiretest.portal"), about).unwrap();
        let permissions =
            spawn("xdg-permission-store", guarded_command(helper("xdg-permission-store")), &environment);
        media.wait_for_name("org.freedesktop.impl.portal.PermissionStore");
        let mut command = guarded_command(helper("xdg-desktop-portal"));
        command.env("XDG_DESKTOP_PORTAL_DIR", &portals).env("XDG_CURRENT_DESKTOP", "deskwiretest");
        let portal = spawn("xdg-desktop-portal", command, &environment);
        media.wait_for_name("org.freedesktop.portal.Desktop");
        Self {
            windows: Vec::new(),
            _portal: portal,
            _permissions: permissions,
            backend,
            _mutter: mutter,
            media,
        }
    }

    /// What a program needs to find it, and no other.
    pub(crate) fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        let mut all = self.media.environment().to_vec();
        all.push(("WAYLAND_DISPLAY", "wayland-0".into()));
        all
    }

    /// How often somebody was asked to share it.
    pub(crate) fn questions(&self) -> u32 {
        self.backend.questions()
    }

    /// Opens a terminal in all of it with this background in which a shell runs `script`.
    pub(crate) fn terminal(&mut self, background: &str, script: &str) {
        let mut command = guarded_command("foot");
        command
            .args(["--fullscreen", "-o", "font=DejaVu Sans Mono:size=14", "-o"])
            .arg(format!("colors.background={background}"))
            .args(["sh", "-c", script])
            .env("LC_ALL", "C.UTF-8")
            .envs(self.environment())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        self.windows.push(Guarded::start("foot", &mut command).unwrap());
    }
}

fn helper(name: &str) -> PathBuf {
    let places = FOLDERS.into_iter().map(|folder| Path::new(folder).join(name));
    let found = places.into_iter().find(|path| path.exists());
    found.unwrap_or_else(|| panic!("there is no {name} on this machine; `cargo xtask setup` installs it"))
}
