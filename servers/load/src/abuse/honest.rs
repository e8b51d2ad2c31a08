//! Honest devices: hosts that share a small screen, and devices that register, dial a host by its id, log in and want its
//! first frame. Real nodes on real sockets.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant as Time, SystemTime};

use deskwire_core::identity::{IdentityKey, PublicKey};
use deskwire_core::machine::{Instant, LinkIds, Seed};
use deskwire_core::sessions::{
    ChargeResult, Credential, Grants, HostEvent, LoginTerms, OneTimeCode, ViewerEvent,
};
use deskwire_core::transport::TimeBase;
use deskwire_core::wire::ids::{DeviceId, DisplayId};
use deskwire_core::wire::picture::{FrameUpdate, Rect, RegionOp, Size};
use deskwire_core::wire::screen::Display;
use deskwire_core::wire::session::Scopes;
use deskwire_core::{
    Config, ConnectionEvent, ConnectionId, Dial, Host as HostConfig, Limits, Node, NodeEvent, Offers, Server,
};
use deskwire_driver::{Clock, Handle, HubConfig};
use deskwire_io_smol::Driver;
use smol::future::FutureExt as _;

use super::at::At;
use crate::error::Failure;

/// The one-time code of all hosts.
const CODE: &str = "482915";
/// A device that has no frame by then has failed.
const PATIENCE: Duration = Duration::from_secs(25);
/// How long the farewells of a device may take.
const FAREWELL: Duration = Duration::from_secs(2);
/// Between two connects of one device: what budgets leave room for, with people in mind.
const EVERY: Duration = Duration::from_millis(1_200);
/// Most viewers of a host at a time, as `deskwire host` has it.
const MAX_VIEWERS: usize = 8;

/// Where the servers are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around {
    pub(crate) server: SocketAddr,
    pub(crate) key: PublicKey,
}

/// What a device keeps between its runs.
#[derive(Clone, Debug)]
struct Kept {
    number: u32,
    runs: u32,
    ip: Ipv4Addr,
    id: Option<DeviceId>,
    certificate: Option<Vec<u8>>,
    epoch: u64,
}

/// How long connects took, and how many came to nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taken {
    pub(crate) times: Vec<Duration>,
    pub(crate) failures: Vec<String>,
}

impl Taken {
    /// The time that a share of the connects stayed below.
    pub(crate) fn quantile(&self, share: f64) -> Duration {
        let mut times = self.times.clone();
        times.sort_unstable();
        let last = times.len().saturating_sub(1);
        times.get((last as f64 * share).round() as usize).copied().unwrap_or_default()
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.times.extend_from_slice(&other.times);
        self.failures.extend_from_slice(&other.failures);
    }
}

/// Hosts, and as many devices that dial them again and again. They end when dropped.
pub(crate) struct Honest {
    hosts: Vec<RunningHost>,
    /// Of the connects since the last look.
    taken: Arc<Mutex<Taken>>,
    over: Arc<AtomicBool>,
    dialling: Vec<JoinHandle<()>>,
}

struct RunningHost {
    id: DeviceId,
    handle: Handle<At<Node>>,
    thread: Option<JoinHandle<()>>,
}

impl Honest {
    /// Starts `pairs` hosts, waits until they are registered, and starts their viewers.
    pub(crate) fn start(around: Around, pairs: u32) -> Result<Self, Failure> {
        let hosts =
            (0..pairs).map(|number| RunningHost::start(around, number)).collect::<Result<Vec<_>, _>>()?;
        let (taken, over) = (Arc::new(Mutex::new(Taken::default())), Arc::new(AtomicBool::new(false)));
        let mut dialling = Vec::new();
        for (number, host) in (0..).zip(&hosts) {
            let (taken, over, target) = (Arc::clone(&taken), Arc::clone(&over), host.id);
            let kept = Kept::new(10_000 + number, Ipv4Addr::new(127, 21, number as u8, 1));
            let body = move || dial_again_and_again(around, kept, target, &taken, &over);
            let thread = std::thread::Builder::new().name("viewer".into()).spawn(body);
            dialling.push(thread.map_err(Failure::system("starting a thread"))?);
        }
        Ok(Self { hosts, taken, over, dialling })
    }

    /// The hosts' ids.
    pub(crate) fn ids(&self) -> Vec<DeviceId> {
        self.hosts.iter().map(|host| host.id).collect()
    }

    /// The hosts' own sockets.
    pub(crate) fn sockets(&self) -> Vec<SocketAddr> {
        let ask = |host: &RunningHost| {
            let found = host.handle.call(|at, _| at.machine.udp_sockets().find(SocketAddr::is_ipv4));
            found.ok().flatten()
        };
        self.hosts.iter().filter_map(ask).collect()
    }

    /// What was counted since the last call.
    pub(crate) fn take(&self) -> Taken {
        std::mem::take(&mut *self.taken.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Honest {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        for thread in self.dialling.drain(..) {
            let _ = thread.join();
        }
    }
}

impl RunningHost {
    fn start(around: Around, number: u32) -> Result<Self, Failure> {
        let kept = Kept::new(number, Ipv4Addr::new(127, 20, number as u8, 1));
        let clock = Clock::new();
        let node = kept.node(around, &clock, true);
        let ids = node.machine.link_ids();
        let (driver, handle) = driver(node, ids, clock);
        let (tell, told) = mpsc::channel();
        let thread = std::thread::Builder::new().name("host".into()).spawn(move || {
            let ran = smol::block_on(driver.run(|at, now, event| {
                if let NodeEvent::Registered { id, .. } = &event {
                    // Only the first is waited for.
                    let _ = tell.send(*id);
                }
                on_host(&mut at.machine, now, event);
            }));
            drop(ran);
        });
        let thread = Some(thread.map_err(Failure::system("starting a thread"))?);
        let id = told
            .recv_timeout(PATIENCE)
            .map_err(|_| Failure(format!("honest host {number} was not registered in {PATIENCE:?}")))?;
        Ok(Self { id, handle, thread })
    }
}

impl Drop for RunningHost {
    fn drop(&mut self) {
        self.handle.stop();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn driver(node: At<Node>, ids: LinkIds, clock: Clock) -> (Driver<At<Node>>, Handle<At<Node>>) {
    let mut config = HubConfig::default();
    // No network comes or goes here.
    config.network_interval = None;
    Driver::new(node, ids, clock, config)
}

impl Kept {
    const fn new(number: u32, ip: Ipv4Addr) -> Self {
        Self { number, runs: 0, ip, id: None, certificate: None, epoch: 0 }
    }

    fn node(&self, around: Around, clock: &Clock, shares: bool) -> At<Node> {
        let mut bytes = [0x5a; 32];
        bytes[..4].copy_from_slice(&self.number.to_be_bytes());
        let identity = IdentityKey::from_bytes(&bytes);
        bytes[4..8].copy_from_slice(&self.runs.to_be_bytes());
        let unix = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let login =
            LoginTerms { code: CODE.parse().ok(), grants: Grants::all(Scopes::ALL), ..LoginTerms::default() };
        let host = HostConfig {
            id: self.id,
            certificate: self.certificate.clone(),
            epoch: self.epoch,
            login: if shares { login } else { LoginTerms::default() },
            max_viewers: MAX_VIEWERS,
        };
        let config = Config {
            seed: Seed::new(bytes),
            identity,
            server: Server::new(around.server, around.key),
            host: Some(host),
            time_base: TimeBase::new(Time::now()),
            unix_time: unix.as_secs(),
            // What the servers carry is measured, not the way past them.
            punch: false,
            offers: Offers::default(),
            relay_rtts: Vec::new(),
            limits: Limits::default(),
        };
        At { machine: Node::new(clock.now(), config), ip: self.ip }
    }
}

fn on_host(node: &mut Node, now: Instant, event: NodeEvent) {
    match event {
        NodeEvent::PersistEpoch(epoch) => node.epoch_persisted(now, epoch),
        NodeEvent::Connection { connection, event: ConnectionEvent::Host(event) } => {
            on_viewer_of_host(node, now, connection, event);
        }
        _ => {}
    }
}

fn on_viewer_of_host(node: &mut Node, now: Instant, connection: ConnectionId, event: HostEvent) {
    match event {
        HostEvent::ChargeAttempt { ticket, .. } => {
            node.with_host(now, connection, |now, host| {
                host.attempt_charged(now, ticket, ChargeResult::Allowed);
            });
        }
        HostEvent::LoggedIn { .. } => {
            let area = Rect::new(0, 0, 64, 64);
            let display =
                Display { id: DisplayId(1), name: "X".into(), area, scale_percent: 100, primary: true };
            node.with_host(now, connection, |now, host| host.set_displays(now, vec![display]));
        }
        HostEvent::FrameWanted { display, epoch, sequence: 0, .. } => {
            let update = FrameUpdate {
                display,
                epoch,
                sequence: 0,
                size: Size { width: 64, height: 64 },
                captured_at_us: now.as_micros(),
                ops: vec![RegionOp::Solid { rect: Rect::new(0, 0, 64, 64), bgrx: [1, 2, 3, 255] }],
            };
            // A viewer that left meanwhile needs no frame.
            node.with_host(now, connection, |now, host| {
                let _ = host.send_frame(now, &update);
            });
        }
        _ => {}
    }
}

fn dial_again_and_again(
    around: Around,
    mut kept: Kept,
    target: DeviceId,
    taken: &Mutex<Taken>,
    over: &AtomicBool,
) {
    // Not all at the same moment.
    std::thread::sleep(EVERY / 16 * (kept.number % 16));
    while !over.load(Ordering::Relaxed) {
        let begun = Time::now();
        let outcome = kept.connect(around, target);
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        match outcome {
            Ok(time) => taken.times.push(time),
            Err(why) => taken.failures.push(why),
        }
        drop(taken);
        std::thread::sleep(EVERY.saturating_sub(begun.elapsed()));
    }
}

/// How far a device is.
#[derive(Default)]
struct Progress {
    dialled: Option<ConnectionId>,
    frame: Option<Duration>,
    ended: Option<String>,
    trouble: Option<String>,
}

impl Kept {
    /// Registers, dials, logs in; the time until the first frame.
    fn connect(&mut self, around: Around, target: DeviceId) -> Result<Duration, String> {
        self.runs += 1;
        // Those who dial one after another are other people elsewhere.
        let [a, b, c, _] = self.ip.octets();
        self.ip = Ipv4Addr::new(a, b, c, 1 + (self.runs % 250) as u8);
        let begun = Time::now();
        let clock = Clock::new();
        let node = self.node(around, &clock, false);
        let ids = node.machine.link_ids();
        let (driver, handle) = driver(node, ids, clock);
        let mut progress = Progress::default();
        let run = async {
            let ran = driver
                .run(|at, now, event| {
                    self.on_event(&mut at.machine, now, event, target, begun, &mut progress);
                    if progress.ended.is_some() {
                        handle.stop();
                    }
                })
                .await;
            ran.map(drop).map_err(|error| error.to_string())
        };
        let late = async {
            smol::Timer::after(PATIENCE + FAREWELL).await;
            Ok(())
        };
        smol::block_on(run.or(late))?;
        progress.frame.ok_or_else(|| {
            let far = if progress.dialled.is_some() { "after its dial" } else { "before its registration" };
            let why = progress.ended.or(progress.trouble).unwrap_or_else(|| "no answer".into());
            format!("{far}: {why}")
        })
    }

    fn on_event(
        &mut self,
        node: &mut Node,
        now: Instant,
        event: NodeEvent,
        target: DeviceId,
        begun: Time,
        progress: &mut Progress,
    ) {
        match event {
            NodeEvent::PersistEpoch(epoch) => {
                self.epoch = epoch;
                node.epoch_persisted(now, epoch);
            }
            NodeEvent::Registered { id, certificate } => {
                (self.id, self.certificate) = (Some(id), Some(certificate));
                if progress.dialled.is_none() {
                    match node.dial(now, Dial { target, pinned: None }) {
                        Ok(connection) => progress.dialled = Some(connection),
                        Err(error) => progress.ended = Some(error.to_string()),
                    }
                }
            }
            NodeEvent::ServerProblem(problem) => progress.trouble = Some(problem.to_string()),
            NodeEvent::Connection { connection, event } => match event {
                ConnectionEvent::Viewer(event) => {
                    on_viewer(node, now, connection, event, begun, progress);
                }
                ConnectionEvent::Closed(end) => progress.ended = Some(end.to_string()),
                _ => {}
            },
            _ => {}
        }
    }
}

fn on_viewer(
    node: &mut Node,
    now: Instant,
    connection: ConnectionId,
    event: ViewerEvent,
    begun: Time,
    progress: &mut Progress,
) {
    match event {
        ViewerEvent::LoginWanted { .. } => {
            let Ok(code) = CODE.parse::<OneTimeCode>() else { return };
            node.with_viewer(now, connection, |now, viewer| {
                // A session that ended meanwhile says so itself.
                let _ = viewer.log_in(now, Credential::Code(code));
            });
        }
        ViewerEvent::LoginFailed { why, .. } => progress.trouble = Some(format!("login refused ({why:?})")),
        ViewerEvent::Displays(displays) => {
            let ids: Vec<DisplayId> = displays.iter().map(|display| display.id).collect();
            node.with_viewer(now, connection, |now, viewer| viewer.watch(now, &ids));
        }
        ViewerEvent::Frame(_) => {
            progress.frame.get_or_insert_with(|| begun.elapsed());
            node.close(now, connection, "seen");
        }
        _ => {}
    }
}
