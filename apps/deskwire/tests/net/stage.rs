//! A server, a host and a viewer on an internet, and what is expected of the session between them.

use std::cell::RefCell;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::programs::{self, Account, Frozen, Host, Process};
use crate::report::Row;
use crate::screen::Screen;
use crate::sites::{Device, Internet, Uplink};

/// After this long a scenario has failed. It is never waited for when all is well.
pub(crate) const PATIENCE: Duration = Duration::from_secs(40);

/// For how many lines of figures pictures must have come one after the other, to count as flowing again.
const FLOWING: usize = 5;
/// Between two lines of figures, in milliseconds.
pub(crate) const FIGURES: f64 = 200.0;
/// The longest pause while pictures flow, in milliseconds: machines that run tests are busy.
const STUTTER: f64 = 900.0;

/// From one change of the screen to the next, in milliseconds.
const PICTURE: f64 = 33.0;

/// The longest pause after a disturbance, in milliseconds: several times what is measured on a busy machine, and less
/// than what waiting for a silent relay costs.
const LONGEST_PAUSE: f64 = 2_000.0;

/// Everything but the sites. Parts end in the order of the fields.
pub(crate) struct Stage {
    rendezvous: RefCell<Option<Process>>,
    relays: RefCell<Vec<Process>>,
    server: Device,
    relays_at: Relays,
    relay_devices: Vec<Device>,
    account: Account,
    screen: Screen,
    pub(crate) internet: Internet,
    folder: TempDir,
}

/// What the server network is like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Servers {
    pub(crate) uplink: Uplink,
    pub(crate) relays: Relays,
}

/// Where the relays are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Relays {
    /// The server is one.
    AtServer,
    /// So many on machines of their own.
    Apart(usize),
    /// There is none.
    Nowhere,
}

impl Servers {
    pub(crate) const USUAL: Self = Self { uplink: Uplink::FAST, relays: Relays::AtServer };
}

impl Stage {
    pub(crate) fn new(servers: Servers) -> Self {
        let folder = TempDir::with_prefix("deskwire-net-").unwrap();
        let internet = Internet::new();
        let data = folder.path().join("server");
        let key = programs::server_key(&data);
        let server = internet.device("server", servers.uplink);
        let apart = if let Relays::Apart(count) = servers.relays { count } else { 0 };
        let relay_devices: Vec<Device> =
            (1..=apart).map(|n| internet.device(&format!("relay{n}"), servers.uplink)).collect();
        let addresses = server.addresses();
        let address = addresses.v4.map(Into::into).or_else(|| addresses.v6.map(Into::into));
        let account = Account { server: address.unwrap(), key, folder: folder.path().into() };
        let stage = Self {
            rendezvous: RefCell::default(),
            relays: RefCell::default(),
            server,
            relays_at: servers.relays,
            relay_devices,
            account,
            screen: Screen::start(),
            internet,
            folder,
        };
        stage.start_relays();
        stage.start_server();
        stage
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("server")
    }

    fn start_relays(&self) {
        for (number, device) in (1..).zip(&self.relay_devices) {
            let data = self.folder.path().join(format!("relay-{number}"));
            let (id, key) = (format!("{number}"), &self.account.key);
            let args = ["--role", "relay", "--relay-id", &id, "--server-key", key];
            let (process, _) = programs::server(device.space(), &data, &args);
            self.relays.borrow_mut().push(process);
        }
    }

    fn start_server(&self) {
        let mut args: Vec<String> = Vec::new();
        for (number, device) in (1..).zip(&self.relay_devices) {
            let address = device.addresses().v4.unwrap();
            args.extend(["--relay".into(), format!("{number}={address}:21117")]);
        }
        if self.relays_at != Relays::AtServer {
            args.extend(["--role".into(), "rendezvous".into()]);
        }
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let (process, _) = programs::server(self.server.space(), &self.data(), &args);
        *self.rendezvous.borrow_mut() = Some(process);
    }

    /// The server dies and is started again.
    pub(crate) fn crash_server(&self) {
        if let Some(mut server) = self.rendezvous.borrow_mut().take() {
            server.kill();
        }
        self.start_server();
    }

    /// A relay dies; they are counted from 0.
    pub(crate) fn kill_relay(&self, number: usize) {
        self.relays.borrow_mut()[number].kill();
    }

    /// A relay is asked to end, which it does once its sessions have gone elsewhere.
    pub(crate) fn drain_relay(&self, number: usize) {
        self.relays.borrow()[number].ask_to_end();
    }

    /// How many bytes a relay's machine has received.
    pub(crate) fn relay_bytes(&self, number: usize) -> u64 {
        self.relay_devices[number].received_bytes()
    }

    /// The desktop that is shared.
    pub(crate) const fn screen(&self) -> &Screen {
        &self.screen
    }

    /// Starts a host and waits until it is registered.
    pub(crate) fn host(&self, device: &Device) -> Host {
        self.account.host(device.space(), self.screen.display())
    }

    /// Connects and waits for the first picture.
    pub(crate) fn connect(&self, row: &mut Row, host: &Host, viewer: &Device) -> Session {
        let session = Session { process: self.account.watch(viewer.space(), host) };
        let picture = session.process.lines.wait("the first picture", PATIENCE, 0, |lines| {
            lines.iter().find(|line| line["event"] == "picture").cloned()
        });
        row.first_frame_ms = picture["timeline_ms"]["first_frame"].as_f64();
        session
    }

    /// Takes one picture by a session of its own; gives what was said and the file, or why there is none.
    pub(crate) fn shot(&self, host: &Host, viewer: &Device) -> Result<(Value, PathBuf), String> {
        let file = self.folder.path().join("shot.png");
        Ok((self.account.shot(viewer.space(), host, &file)?, file))
    }

    /// Makes new sessions until one gives a picture; gives how long that took.
    pub(crate) fn wait_shot(&self, host: &Host, viewer: &Device) -> Duration {
        let start = Instant::now();
        while let Err(why) = self.shot(host, viewer) {
            assert!(start.elapsed() < PATIENCE, "no new session gives a picture: {why}");
        }
        start.elapsed()
    }
}

/// A viewer that looks at a host.
pub(crate) struct Session {
    process: Process,
}

impl Session {
    /// Waits until data goes straight to the host and pictures flow.
    pub(crate) fn expect_direct(&self, row: &mut Row) {
        self.expect_direct_since(row, 0);
    }

    /// The same, by what was said from line `start` on.
    pub(crate) fn expect_direct_since(&self, row: &mut Row, start: usize) {
        let flows = |lines: &[Value]| flowing(lines).filter(|line| line["direct"] == true).cloned();
        let line = self.process.lines.wait("a direct path", PATIENCE, start, flows);
        row.note_figures(&line);
    }

    /// Waits until a direct path was looked for in vain and pictures flow through the relay: over `path` (`UDP`, `TCP`).
    pub(crate) fn expect_relay(&self, row: &mut Row, path: &str) {
        self.process.lines.wait("the end of the search for a direct path", PATIENCE, 0, |lines| {
            lines.iter().any(|line| line["event"] == "no-direct-path").then_some(())
        });
        self.expect_path(row, &format!("relay ({path})"));
    }

    /// Waits until pictures flow over this path.
    pub(crate) fn expect_path(&self, row: &mut Row, wanted: &str) {
        let flows = |lines: &[Value]| flowing(lines).filter(|line| line["path"] == *wanted).cloned();
        let line = self.process.lines.wait(wanted, PATIENCE, 0, flows);
        row.note_figures(&line);
    }

    /// Waits until pictures flow through the relay, by what was said from line `start` on.
    pub(crate) fn expect_relay_since(&self, row: &mut Row, start: usize) {
        let flows = |lines: &[Value]| flowing(lines).filter(|line| line["direct"] == false).cloned();
        let line = self.process.lines.wait("a path through the relay", PATIENCE, start, flows);
        row.note_figures(&line);
    }

    /// Waits until a direct path stands, or was looked for in vain, and pictures flow.
    pub(crate) fn expect_any(&self, row: &mut Row) {
        let line = self.process.lines.wait("the end of the search for a direct path", PATIENCE, 0, |lines| {
            let vain = lines.iter().any(|line| line["event"] == "no-direct-path");
            flowing(lines).filter(|line| vain || line["direct"] == true).cloned()
        });
        row.note_figures(&line);
    }

    /// Takes away the path in use while there is another, and waits until pictures flow again. The pause is held to what
    /// is promised then: less than two round trips and 200 ms, besides the time from one picture to the next.
    pub(crate) fn fail_over(&self, row: &mut Row, what: &str, act: impl FnOnce()) -> usize {
        let rtt = row.rtt_ms.unwrap_or_default();
        let start = self.disturb(row, what, act);
        let (pause, most) = (row.pauses.last().copied().unwrap_or_default(), 2.0 * rtt + 200.0 + PICTURE);
        assert!(pause < most, "{what} came after a pause of {pause} ms, over {most} ms");
        start
    }

    /// Does something to the network, waits until pictures flow again, and notes the longest pause.
    pub(crate) fn disturb(&self, row: &mut Row, what: &str, act: impl FnOnce()) -> usize {
        let lines = &self.process.lines;
        let start = lines.count();
        act();
        let line = lines.wait(what, PATIENCE, start, |lines| flowing(lines).cloned());
        let pause =
            lines.since(start).iter().filter_map(|line| line["pause_ms"].as_f64()).fold(0.0, f64::max);
        row.pauses.push(pause);
        row.note_figures(&line);
        assert!(pause < LONGEST_PAUSE, "{what} came after a pause of {pause} ms");
        start
    }

    /// Does something that interrupts the session, and waits until pictures flow again, however long the pause was; gives
    /// the line from which on they did.
    pub(crate) fn interrupt(&self, row: &mut Row, what: &str, act: impl FnOnce()) -> usize {
        let start = self.process.lines.count();
        act();
        let line = self.process.lines.wait(what, PATIENCE, start, |lines| flowing(lines).cloned());
        row.note_figures(&line);
        start
    }

    /// Waits for so many lines of figures after line `start`.
    pub(crate) fn wait_figures(&self, start: usize, count: usize) -> Vec<Value> {
        self.process.lines.wait("figures", PATIENCE, start, |lines| {
            let figures: Vec<&Value> = lines.iter().filter(|line| line["event"] == "figures").collect();
            (figures.len() >= count).then(|| figures.into_iter().cloned().collect())
        })
    }

    /// It sleeps until what this gives is dropped.
    pub(crate) fn freeze(&self) -> Frozen {
        self.process.freeze()
    }

    /// How many lines it has printed.
    pub(crate) fn lines(&self) -> usize {
        self.process.lines.count()
    }
}

/// The last of the lines of figures, if new pictures came between all of the last ones, without a long pause. On a line
/// that loses packets a picture may take two round trips: there they need only come between lines that are so far apart.
fn flowing(lines: &[Value]) -> Option<&Value> {
    let figures: Vec<&Value> = lines.iter().filter(|line| line["event"] == "figures").collect();
    let last = figures.get(figures.len().checked_sub(FLOWING + 1)?..)?;
    let rtt = last.last()?["rtt_ms"].as_f64().unwrap_or_default();
    let apart = (1..FLOWING).find(|lines| *lines as f64 * FIGURES > 2.0 * rtt).unwrap_or(FLOWING);
    let frames = |line: &Value| line["frames"].as_u64().unwrap_or(0);
    let come = last.windows(apart + 1).all(|some| frames(some[apart]) > frames(some[0]));
    let smooth = last[1..].iter().all(|line| line["pause_ms"].as_f64().is_some_and(|ms| ms < STUTTER));
    last.last().filter(|_| come && smooth).copied()
}
