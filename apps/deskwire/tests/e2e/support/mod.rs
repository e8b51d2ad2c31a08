//! What the tests set up.

pub(crate) mod bus;
pub(crate) mod clipboard;
pub(crate) mod http;
pub(crate) mod keyring;
pub(crate) mod media;
mod portal;
pub(crate) mod registry;
pub(crate) mod screen;
pub(crate) mod shot;
pub(crate) mod sound;
pub(crate) mod tap;
pub(crate) mod wayland;
pub(crate) mod window;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use deskwire_core::wire::ids::{DeviceId, DisplayId};
use deskwire_kit::config::Settings;
use deskwire_kit::desktop::VirtualDesktop;
use deskwire_kit::stack::{HostPlan, HostProcess, Programs, ServerProcess};
use deskwire_kit::viewer::{Client, LoginWith, Plan, View};
use tempfile::TempDir;

use screen::Screen;

/// After this long a test has failed. It is never waited for when all is well.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Where the programs are, the server among them.
pub(crate) fn programs() -> Programs {
    static PROGRAMS: OnceLock<Programs> = OnceLock::new();
    PROGRAMS
        .get_or_init(|| {
            program("deskwire-server");
            Programs::beside_this().unwrap()
        })
        .clone()
}

/// Builds one of our programs if it is not there. All tests run in one process, so only one builds.
pub(crate) fn program(name: &str) {
    static BUILDING: Mutex<()> = Mutex::new(());
    let _one = BUILDING.lock();
    if Programs::beside_this().unwrap().path(name).is_err() {
        build(name);
    }
}

fn build(name: &str) {
    let folder = Path::new(env!("CARGO_BIN_EXE_deskwire")).parent().unwrap();
    let profile = match folder.file_name().unwrap().to_str().unwrap() {
        "debug" => "dev",
        other => other,
    };
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", name, "--profile", profile, "--target-dir"])
        .arg(folder.parent().unwrap())
        .status();
    assert!(built.unwrap().success(), "{name} is not built; run cargo build -p {name}");
}

/// The last try's value, once `look` gives one; looks again and again until then.
pub(crate) fn eventually<T>(what: &str, longest: Duration, mut look: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + longest;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < end, "{what} did not happen within {longest:?}");
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

/// A server, a desktop and a host that shares it. Parts end in the order of the fields.
pub(crate) struct Site {
    pub(crate) host: HostProcess,
    pub(crate) server: ServerProcess,
    pub(crate) screen: Screen,
    pub(crate) desktop: VirtualDesktop,
    pub(crate) folder: TempDir,
}

impl Site {
    /// The usual one.
    pub(crate) fn new() -> Self {
        let folder = folder();
        let server = server(&folder.path().join("server"), &[]);
        Self::with(folder, server, &[])
    }

    /// A host with these arguments at a server that is there already.
    pub(crate) fn with(folder: TempDir, server: ServerProcess, args: &[&str]) -> Self {
        let (desktop, screen) = desktop();
        let host = start_host(&desktop, &folder.path().join("host"), &server, args);
        Self { host, server, screen, desktop, folder }
    }

    /// The host's state folder.
    pub(crate) fn host_state(&self) -> PathBuf {
        self.folder.path().join("host")
    }

    /// A viewer's state folder.
    pub(crate) fn viewer_state(&self) -> PathBuf {
        self.folder.path().join("viewer")
    }

    /// The host dies, and is started again.
    pub(crate) fn crash_host(&mut self, args: &[&str]) {
        self.host.process().kill().unwrap();
        self.host = start_host(&self.desktop, &self.host_state(), &self.server, args);
    }

    /// How a viewer gets in.
    pub(crate) fn plan(&self) -> Plan {
        let settings = settings(&self.server, &self.viewer_state());
        let mut plan = Plan::new(settings, self.id());
        plan.login = LoginWith::code(self.host.code()).ok();
        plan
    }

    /// The host's id.
    pub(crate) fn id(&self) -> DeviceId {
        self.host.id().parse().unwrap()
    }

    /// A viewer that has a picture.
    pub(crate) fn view(&self) -> Viewer {
        self.view_by(self.plan())
    }

    /// A viewer that goes this way and has a picture.
    pub(crate) fn view_by(&self, plan: Plan) -> Viewer {
        let client = Client::start(plan, || {}).unwrap();
        let view = client.wait_for(PATIENCE, View::has_picture);
        assert!(view.has_picture() && !view.has_ended(), "{:?}", view.stage);
        Viewer { client }
    }
}

/// A viewer of this process.
pub(crate) struct Viewer {
    pub(crate) client: Client,
}

impl Viewer {
    /// Waits for something that the view shows.
    pub(crate) fn wait(&self, what: &str, longest: Duration, is_so: impl Fn(&View) -> bool) -> View {
        let view = self.client.wait_for(longest, &is_so);
        assert!(is_so(&view), "{what} did not happen within {longest:?}: {view:?}");
        view
    }

    /// Waits until data goes straight to the host.
    pub(crate) fn wait_direct(&self) {
        let is_direct = |view: &View| view.stats.route.is_some_and(deskwire_core::Path::is_direct);
        self.wait("a direct path", PATIENCE, is_direct);
    }

    /// The display that it watches.
    pub(crate) fn display(&self) -> DisplayId {
        self.client.view().watched.unwrap()
    }

    /// Paints on the host's screen and waits until it is seen; gives how long that took.
    pub(crate) fn follows(&self, screen: &mut Screen, longest: Duration) -> Duration {
        let start = Instant::now();
        let (at, colour) = screen.paint();
        let display = self.display();
        eventually("a change of the host's screen at the viewer", longest, || {
            let view = self.client.view();
            assert!(!view.has_ended(), "{:?}", view.stage);
            let pixel = self.client.picture(display)?.pixel(at)?;
            (pixel[..3] == colour).then(|| start.elapsed())
        })
    }
}

/// A folder that goes away with the test.
pub(crate) fn folder() -> TempDir {
    TempDir::with_prefix("deskwire-e2e-").unwrap()
}

/// A server on free loopback ports with these further arguments.
pub(crate) fn server(data: &Path, args: &[&str]) -> ServerProcess {
    let args = [&["--loopback", "--log", "warn"], args].concat();
    ServerProcess::start(&programs(), data, &args).unwrap()
}

/// A desktop, and what is on it from outside.
pub(crate) fn desktop() -> (VirtualDesktop, Screen) {
    let desktop = VirtualDesktop::start(1280, 720).unwrap();
    let screen = Screen::connect(desktop.display());
    (desktop, screen)
}

/// A host that is registered.
pub(crate) fn start_host(
    desktop: &VirtualDesktop,
    state: &Path,
    server: &ServerProcess,
    args: &[&str],
) -> HostProcess {
    let (server, key) = (server.rendezvous().unwrap(), server.key().unwrap());
    HostProcess::start(&programs(), HostPlan { display: desktop.display(), state, server, key, args })
        .unwrap()
}

/// Opens a program on a desktop; says what to do if it is not installed.
pub(crate) fn open(desktop: &mut VirtualDesktop, program: &str, args: &[&str]) {
    assert!(
        deskwire_kit::child::on_path(program),
        "there is no {program} on this machine; `cargo xtask setup` installs it"
    );
    desktop.open(program, args).unwrap();
}

/// A device's settings for a server.
pub(crate) fn settings(server: &ServerProcess, state: &Path) -> Settings {
    let address = server.rendezvous().unwrap();
    Settings {
        host: address.ip().to_string(),
        port: address.port(),
        key: Some(server.key().unwrap().into()),
        state: state.into(),
        keystore: deskwire_kit::keystore::Keystore::File,
        links: deskwire_kit::links::Links::default(),
        search: deskwire_kit::search::Search::default(),
    }
}
