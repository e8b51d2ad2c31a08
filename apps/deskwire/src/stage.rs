//! A whole set-up on one machine: server, desktop, host and viewer. The demo shows it, the bench measures it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use deskwire_core::wire::ids::DeviceId;
use deskwire_kit::config::Settings;
use deskwire_kit::desktop::VirtualDesktop;
use deskwire_kit::stack::{HostPlan, HostProcess, Programs, ServerProcess};
use deskwire_kit::viewer::{Client, LoginWith, Plan, Stage as ViewerStage, View};
use tempfile::TempDir;

use crate::interrupt::Interrupt;
use crate::output::{Failure, Kind};

/// The set-up. Parts end in the order of the fields.
pub(crate) struct Stage {
    host: HostProcess,
    server: ServerProcess,
    _desktop: Option<VirtualDesktop>,
    display: String,
    programs: Programs,
    interrupt: Interrupt,
    folder: TempDir,
}

/// What to set up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scene<'a> {
    /// A desktop of this size, or the one that `DISPLAY` names.
    pub(crate) size: Option<(u32, u32)>,
    /// Programs to open on a desktop of our own: name and arguments.
    pub(crate) windows: &'a [(&'a str, &'a [&'a str])],
}

impl Stage {
    /// Starts server, desktop and host, and waits until the host is registered.
    pub(crate) fn set_up(scene: Scene<'_>, interrupt: Interrupt) -> Result<Self, Failure> {
        let folder = TempDir::with_prefix("deskwire-").map_err(Failure::other)?;
        let programs = Programs::beside_this().map_err(Failure::other)?;
        let (desktop, display) = match scene.size {
            Some((width, height)) => {
                let mut desktop =
                    VirtualDesktop::start(width, height).map_err(|e| Failure::new(Kind::NoDesktop, e))?;
                for (program, args) in scene.windows {
                    desktop.open(program, args).map_err(|e| Failure::new(Kind::NoDesktop, e))?;
                }
                let display = desktop.display().to_owned();
                (Some(desktop), display)
            }
            None => (None, std::env::var("DISPLAY").unwrap_or_default()),
        };
        interrupt.check()?;
        let server = ServerProcess::start(&programs, &folder.path().join("server"), &LOOPBACK)
            .map_err(|e| Failure::new(Kind::Server, e))?;
        interrupt.check()?;
        let plan = HostPlan {
            display: &display,
            state: &folder.path().join("host"),
            server: server.rendezvous().map_err(|e| Failure::new(Kind::Server, e))?,
            key: server.key().map_err(|e| Failure::new(Kind::Server, e))?,
            args: &[],
        };
        let host = HostProcess::start(&programs, plan).map_err(Failure::other)?;
        interrupt.check()?;
        Ok(Self { host, server, _desktop: desktop, display, programs, interrupt, folder })
    }

    pub(crate) fn display(&self) -> &str {
        &self.display
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn host(&mut self) -> &mut HostProcess {
        &mut self.host
    }

    pub(crate) fn programs(&self) -> &Programs {
        &self.programs
    }

    /// The host's one-time code.
    pub(crate) fn code(&self) -> &str {
        self.host.code()
    }

    /// How a viewer reaches the host.
    pub(crate) fn plan(&self) -> Result<Plan, Failure> {
        let address = self.server.rendezvous().map_err(|e| Failure::new(Kind::Server, e))?;
        let key = self.server.key().map_err(|e| Failure::new(Kind::Server, e))?;
        let settings = Settings {
            host: address.ip().to_string(),
            port: address.port(),
            key: Some(key.to_owned()),
            state: self.viewer_state(),
            keystore: deskwire_kit::keystore::Keystore::File,
            links: deskwire_kit::links::Links::default(),
            search: deskwire_kit::search::Search::default(),
        };
        let id: DeviceId = self.host.id().parse().map_err(Failure::other)?;
        let mut plan = Plan::new(settings, id);
        plan.login = LoginWith::code(self.host.code()).ok();
        Ok(plan)
    }

    /// The viewer's state folder.
    pub(crate) fn viewer_state(&self) -> PathBuf {
        self.folder.path().join("viewer")
    }

    /// Fails if the user pressed Ctrl-C.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        self.interrupt.check()
    }

    /// Waits until the view is as wanted; fails if the session ends, or not in time, or on Ctrl-C.
    pub(crate) fn wait(
        &self,
        client: &Client,
        what: &str,
        longest: Duration,
        done: impl Fn(&View) -> bool,
    ) -> Result<View, Failure> {
        let deadline = Instant::now() + longest;
        loop {
            self.check()?;
            let view = client.wait_for(GLANCE, &done);
            if done(&view) {
                return Ok(view);
            }
            if let ViewerStage::Ended(why) = &view.stage {
                return Err(Failure::new(Kind::Lost, why));
            }
            if Instant::now() >= deadline {
                return Err(Failure::other(format!("{what} did not happen within {longest:.0?}")));
            }
        }
    }

    /// Acts again and again until it has had its effect.
    pub(crate) fn insist(
        &self,
        client: &Client,
        what: &str,
        longest: Duration,
        mut done: impl FnMut() -> bool,
        act: impl Fn(),
    ) -> Result<(), Failure> {
        let deadline = Instant::now() + longest;
        loop {
            act();
            let step = Instant::now() + INSIST;
            let mut seen = false;
            self.wait_beside(client, what, longest, || {
                seen = done();
                seen || Instant::now() >= step
            })?;
            if seen {
                return Ok(());
            }
            if Instant::now() >= deadline {
                return Err(Failure::other(format!("{what} did not happen within {longest:.0?}")));
            }
        }
    }

    /// Waits until something outside the session has happened, watching the session and Ctrl-C meanwhile.
    pub(crate) fn wait_beside(
        &self,
        client: &Client,
        what: &str,
        longest: Duration,
        mut done: impl FnMut() -> bool,
    ) -> Result<(), Failure> {
        let deadline = Instant::now() + longest;
        while !done() {
            if Instant::now() >= deadline {
                return Err(Failure::other(format!("{what} did not happen within {longest:.0?}")));
            }
            // One look at the session, which fails if it has ended.
            self.wait(client, what, GLANCE * 2, |_| true)?;
            client.wait_for(GLANCE / 5, |_| false);
        }
        Ok(())
    }
}

/// How long an act gets before it is repeated.
const INSIST: Duration = Duration::from_secs(2);

/// How long one look at the session takes at most, so that Ctrl-C is noticed.
const GLANCE: Duration = Duration::from_millis(50);

/// Everything on loopback, on ports the system chooses.
const LOOPBACK: [&str; 3] = ["--loopback", "--log", "warn"];
