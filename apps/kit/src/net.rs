//! A device on the network: one node on a thread of its own, with what it keeps on disk.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use deskwire_core::identity::{PublicKey, ServerKey};
use deskwire_core::machine::{Instant, Seed};
use deskwire_core::sessions::LoginTerms;
use deskwire_core::transport::TimeBase;
use deskwire_core::{Config, Node, NodeEvent, Server};
use deskwire_driver::{Clock, Handle};
use deskwire_io_smol::Driver;

use crate::config::Settings;
use crate::links::LinksError;
use crate::mapping::PortMapping;
use crate::names::{self, LookUp, Trouble, reflector, resolve};
use crate::state::{State, StateError};

/// How long a stop waits for farewells to arrive, beyond what it takes to send them.
const FAREWELL: Duration = Duration::from_millis(300);

/// Stands for a server whose address is not known here.
pub(crate) const NO_ADDRESS: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);

/// What a host offers; see [`deskwire_core::Host`].
#[derive(Clone, Debug)]
pub struct HostTerms {
    /// How viewers log in, and what they may do then.
    pub login: LoginTerms,
    /// Most viewers at a time.
    pub max_viewers: usize,
}

/// How to start.
#[derive(Clone, Debug)]
pub struct NetPlan {
    /// Server and folder.
    pub settings: Settings,
    /// What makes this device a host; `None` for one that only dials.
    pub host: Option<HostTerms>,
    /// Whether to look for direct paths.
    pub punch: bool,
}

/// A running node. Dropping it stops it without farewells.
pub struct Net {
    handle: Handle<Node>,
    clock: Clock,
    identity: PublicKey,
    server: Arc<Mutex<Option<PublicKey>>>,
    keeper: Keeper,
    mapping: Option<PortMapping>,
    thread: Option<JoinHandle<()>>,
}

/// Why there is no network.
#[derive(Debug)]
#[non_exhaustive]
pub enum NetError {
    /// The server's name has no address.
    Resolve(String, String),
    /// The server's key is not a key.
    Key(String),
    /// The state folder cannot be used.
    State(StateError),
    /// Proxy, WebSocket address or certificates cannot be used.
    Links(LinksError),
    /// The system gives no thread.
    Thread(std::io::Error),
}

impl fmt::Display for NetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Resolve(host, why) => {
                write!(
                    f,
                    "the server's name {host} cannot be resolved ({why}); check its spelling and the network"
                )
            }
            Self::Key(why) => write!(f, "the configured server key cannot be used: {why}"),
            Self::State(error) => error.fmt(f),
            Self::Links(error) => error.fmt(f),
            Self::Thread(error) => write!(f, "no thread can be started ({error}); close some programs"),
        }
    }
}

impl std::error::Error for NetError {}

impl From<StateError> for NetError {
    fn from(error: StateError) -> Self {
        Self::State(error)
    }
}

/// Told, from any thread, when something could not be written down: the node then cannot do its work.
pub type OnStateError = Arc<dyn Fn(&StateError) + Send + Sync>;

impl Net {
    /// Resolves the server's name and starts a node. The name is looked up again when the server does not answer, and in
    /// another network; a host starts also without an address, and waits for one: it may have been started before there
    /// is a network. `make` gets the way to it and gives what is done with its events;
    /// that runs on the node's thread, so it must not block. What the node wants kept is kept without its help.
    ///
    /// # Errors
    /// When the name has no address and this is no host, the key is none, or the state folder cannot be used.
    pub fn start<F>(
        plan: NetPlan,
        on_state_error: OnStateError,
        make: impl FnOnce(&Way) -> F,
    ) -> Result<Self, NetError>
    where
        F: FnMut(&mut Node, Instant, NodeEvent) + Send + 'static,
    {
        let state = State::open(&plan.settings.state, plan.settings.keystore)?;
        let place = place(&plan.settings);
        let key = server_key(&plan.settings, &state)?;
        let identity = state.identity()?;
        let public = identity.public();
        let host = plan.host.map(|terms| host_config(&state, key, terms)).transpose()?;
        let links = &plan.settings.links;
        let hub = links.hub_config().map_err(NetError::Links)?;
        let websocket = links.websocket(&plan.settings.host, plan.settings.port).map_err(NetError::Links)?;
        let (addresses, trouble) = match resolve(&plan.settings.host, plan.settings.port) {
            Ok(addresses) => (addresses, None),
            Err(error) if host.is_some() => (vec![NO_ADDRESS], Some(error.to_string())),
            // Others look the name up, or another one.
            Err(_) if links.knows_ways() && websocket.is_some() => (vec![NO_ADDRESS], None),
            Err(error) => return Err(error),
        };
        let mut ports = addresses.into_iter().map(|address| (address, reflector(address)));
        let (address, reflector) = ports.next().unwrap_or((NO_ADDRESS, None));
        let relay_rtts = key.map(|key| state.relay_rtts(&key, unix_time())).transpose()?.unwrap_or_default();
        let clock = Clock::new();
        let now = clock.now();
        let config = Config {
            seed: Seed::new(crate::random_bytes()),
            identity,
            server: Server { address, reflector, others: ports.collect(), websocket, key },
            host,
            time_base: TimeBase::new(std::time::Instant::now()),
            unix_time: unix_time(),
            punch: plan.punch,
            offers: plan.settings.search.offers(),
            relay_rtts,
            limits: plan.settings.search.limits(),
        };
        let node = Node::new(now, config);
        let ids = node.link_ids();
        let (driver, handle) = Driver::new(node, ids, clock.clone(), hub);
        let server = Arc::new(Mutex::new(key));
        let keeper = Keeper::start()?;
        let look_up = look_up(&plan.settings, handle.clone()).map_err(NetError::Thread)?;
        names::set(&look_up.trouble(), trouble);
        let way = Way {
            handle: handle.clone(),
            clock: clock.clone(),
            identity: public,
            server: Arc::clone(&server),
            state,
            keeper: keeper.clone(),
            on_state_error,
            name_trouble: look_up.trouble(),
        };
        let mut on_event = make(&way);
        let thread = thread::Builder::new().name("network".into()).spawn(move || {
            let ran = smol::block_on(driver.run(|node, now, event| {
                if matches!(event, NodeEvent::ServerAddressesWanted) {
                    look_up.ask();
                }
                way.note(&event, &place);
                on_event(node, now, event);
            }));
            if let Err(error) = ran {
                tracing::error!("the network thread gave up: {error}");
            }
        });
        let thread = thread.map_err(NetError::Thread)?;
        let wanted = plan.settings.search.port_mapping && plan.punch;
        let mapping = wanted.then(|| map_port(&handle)).transpose().map_err(NetError::Thread)?;
        Ok(Self { handle, clock, identity: public, server, keeper, mapping, thread: Some(thread) })
    }

    /// The way to the node.
    pub const fn handle(&self) -> &Handle<Node> {
        &self.handle
    }

    /// The node's clock.
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// This device's key.
    pub const fn identity(&self) -> PublicKey {
        self.identity
    }

    /// The server's key, once it is known.
    pub fn server_key(&self) -> Option<PublicKey> {
        *lock(&self.server)
    }

    /// Ends all connections in order, tells the peers `reason`, and waits until the threads have ended.
    pub fn stop(mut self, reason: &str) {
        let reason = reason.to_owned();
        // An error says that it has stopped already.
        let _ = self.handle.call(move |node, now| {
            let connections: Vec<_> = node.connections().collect();
            connections.into_iter().for_each(|connection| node.close(now, connection, &reason));
        });
        let until = std::time::Instant::now() + FAREWELL;
        while std::time::Instant::now() < until
            && self.handle.call(|node, _| node.connections().next().is_some()).unwrap_or(false)
        {
            thread::park_timeout(Duration::from_millis(5));
        }
        self.end();
    }

    fn end(&mut self) {
        // It ends while the driver still answers its questions.
        self.mapping = None;
        self.handle.stop();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the network thread panicked");
        }
        self.keeper.finish();
    }
}

/// Has the node told where its server is whenever that was looked up again.
fn look_up(settings: &Settings, handle: Handle<Node>) -> std::io::Result<LookUp> {
    LookUp::start(&settings.host, settings.port, move |found| {
        let ports: Vec<_> = found.into_iter().map(|address| (address, reflector(address))).collect();
        // An error says that the node has stopped.
        let _ = handle.send(move |node, now| node.set_server_addresses(now, ports));
    })
}

/// Has the home router map a port to the node's IPv4 socket.
fn map_port(handle: &Handle<Node>) -> std::io::Result<PortMapping> {
    let (asked, told) = (handle.clone(), handle.clone());
    let port = move || {
        let sockets = asked.call(|node, _| node.udp_sockets().find(SocketAddr::is_ipv4));
        sockets.ok().flatten().map(|local| local.port())
    };
    let tell = move |external: Option<std::net::SocketAddrV4>| {
        // An error says that the node has stopped.
        let _ = told.send(move |node, now| node.set_mapped(now, external.map(Into::into)));
    };
    PortMapping::start(port, tell)
}

impl Drop for Net {
    fn drop(&mut self) {
        self.end();
    }
}

impl fmt::Debug for Net {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Net").finish_non_exhaustive()
    }
}

/// What the handler of events works with.
#[derive(Clone)]
pub struct Way {
    handle: Handle<Node>,
    clock: Clock,
    identity: PublicKey,
    server: Arc<Mutex<Option<PublicKey>>>,
    state: State,
    keeper: Keeper,
    on_state_error: OnStateError,
    name_trouble: Trouble,
}

impl Way {
    /// Sends commands to the node.
    pub const fn handle(&self) -> &Handle<Node> {
        &self.handle
    }

    /// The node's clock.
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// This device's key.
    pub const fn identity(&self) -> PublicKey {
        self.identity
    }

    /// The server's key, once it is known.
    pub fn server_key(&self) -> Option<PublicKey> {
        *lock(&self.server)
    }

    /// Why the server's name has no address now, if it has none.
    pub fn name_trouble(&self) -> Option<String> {
        lock(&self.name_trouble).clone()
    }

    /// What this device keeps.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// Does work that waits for the disk, one job after another, on a thread for that.
    pub fn later(&self, job: impl FnOnce(&Self) -> Result<(), StateError> + Send + 'static) {
        let way = self.clone();
        self.keeper.run(Box::new(move || {
            if let Err(error) = job(&way) {
                (way.on_state_error)(&error);
            }
        }));
    }

    /// Sees to it that what the node wants kept is kept.
    fn note(&self, event: &NodeEvent, place: &str) {
        match event {
            NodeEvent::ServerKeySeen(key) => {
                *lock(&self.server) = Some(*key);
                let (place, key) = (place.to_owned(), ServerKey(*key).to_string());
                self.later(move |way| way.state.pin_server(&place, &key));
            }
            NodeEvent::RelayRtts(rtts) => {
                let (Some(key), rtts) = (self.server_key(), rtts.clone()) else { return };
                self.later(move |way| way.state.set_relay_rtts(&key, &rtts, unix_time()));
            }
            NodeEvent::PersistEpoch(epoch) => {
                let (Some(key), epoch) = (self.server_key(), *epoch) else { return };
                self.later(move |way| {
                    let mut registration = way.state.registration(&key)?;
                    registration.epoch = epoch;
                    way.state.set_registration(&key, registration)?;
                    // An error says that the node has stopped.
                    let _ = way.handle.send(move |node, now| node.epoch_persisted(now, epoch));
                    Ok(())
                });
            }
            NodeEvent::Registered { id, certificate } => {
                let Some(key) = self.server_key() else { return };
                let (id, certificate) = (id.as_digits(), crate::state::to_hex(certificate));
                self.later(move |way| {
                    let mut registration = way.state.registration(&key)?;
                    registration.id = Some(id);
                    registration.certificate = Some(certificate);
                    way.state.set_registration(&key, registration)
                });
            }
            _ => {}
        }
    }
}

impl fmt::Debug for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Way").finish_non_exhaustive()
    }
}

type Job = Box<dyn FnOnce() + Send>;

/// A thread for work that waits for the disk.
#[derive(Clone)]
struct Keeper {
    jobs: Arc<Mutex<Option<Sender<Job>>>>,
    thread: Arc<Mutex<Option<JoinHandle<()>>>>,
}

impl Keeper {
    fn start() -> Result<Self, NetError> {
        let (jobs, waiting) = mpsc::channel::<Job>();
        let thread = thread::Builder::new()
            .name("state".into())
            .spawn(move || waiting.into_iter().for_each(|job| job()))
            .map_err(NetError::Thread)?;
        Ok(Self { jobs: Arc::new(Mutex::new(Some(jobs))), thread: Arc::new(Mutex::new(Some(thread))) })
    }

    fn run(&self, job: Job) {
        if let Some(jobs) = &*lock(&self.jobs) {
            // The thread ends only when the sender is dropped, so this arrives.
            let _ = jobs.send(job);
        }
    }

    /// Does what waits and ends.
    fn finish(&self) {
        lock(&self.jobs).take();
        let thread = lock(&self.thread).take();
        if thread.is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the thread that writes the state panicked");
        }
    }
}

/// A lock whose holder panicked protects plain data all the same.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Seconds since 1970.
pub fn unix_time() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// The name under which a server's key is pinned at first contact.
fn place(settings: &Settings) -> String {
    format!("{}:{}", settings.host, settings.port)
}

/// The key to insist on: the configured one, else the one pinned at first contact.
///
/// # Errors
/// When it is not a key.
pub fn server_key(settings: &Settings, state: &State) -> Result<Option<PublicKey>, NetError> {
    let text = match &settings.key {
        Some(key) => Some(key.clone()),
        None => state.pinned_server(&place(settings))?,
    };
    let parse = |text: String| {
        text.parse::<ServerKey>().map(|key| key.0).map_err(|error| NetError::Key(error.to_string()))
    };
    text.map(parse).transpose()
}

fn host_config(
    state: &State,
    server: Option<PublicKey>,
    terms: HostTerms,
) -> Result<deskwire_core::Host, NetError> {
    // An unknown server is met for the first time: it knows nothing of us either.
    let registration = server.map(|key| state.registration(&key)).transpose()?.unwrap_or_default();
    Ok(deskwire_core::Host {
        id: registration.device_id(),
        certificate: registration.certificate.as_deref().and_then(crate::state::from_hex),
        epoch: registration.epoch,
        login: terms.login,
        max_viewers: terms.max_viewers,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keystore::Keystore;

    fn settings(key: Option<&str>, state: &std::path::Path) -> Settings {
        Settings {
            host: "127.0.0.1".into(),
            port: 9,
            key: key.map(Into::into),
            state: state.into(),
            keystore: Keystore::File,
            links: crate::links::Links::default(),
            search: crate::search::Search::default(),
        }
    }

    #[test]
    fn the_configured_key_wins_over_the_pinned_one() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path(), Keystore::File).unwrap();
        assert_eq!(server_key(&settings(None, folder.path()), &state).unwrap(), None);
        let [pinned, configured] = [1, 2].map(|n| {
            let key = deskwire_core::identity::IdentityKey::from_bytes(&[n; 32]).public();
            (key, ServerKey(key).to_string())
        });
        state.pin_server("127.0.0.1:9", &pinned.1).unwrap();
        assert_eq!(server_key(&settings(None, folder.path()), &state).unwrap(), Some(pinned.0));
        let settings = settings(Some(&configured.1), folder.path());
        assert_eq!(server_key(&settings, &state).unwrap(), Some(configured.0));
    }

    #[test]
    fn a_wrong_key_is_said_to_be_one() {
        let folder = tempfile::tempdir().unwrap();
        let plan = NetPlan { settings: settings(Some("dwk1"), folder.path()), host: None, punch: false };
        let error = Net::start(plan, Arc::new(|_| {}), |_| |_: &mut Node, _, _| {}).unwrap_err();
        assert!(matches!(error, NetError::Key(_)), "{error}");
    }

    #[test]
    fn a_node_starts_and_stops() {
        let folder = tempfile::tempdir().unwrap();
        let key = ServerKey(deskwire_core::identity::IdentityKey::from_bytes(&[1; 32]).public()).to_string();
        let plan = NetPlan { settings: settings(Some(&key), folder.path()), host: None, punch: false };
        let net = Net::start(plan, Arc::new(|_| {}), |_| |_: &mut Node, _, _| {}).unwrap();
        assert_eq!(net.handle().call(|node, _| node.connections().count()).unwrap(), 0);
        net.stop("over");
    }

    #[test]
    fn the_reflector_is_the_port_below() {
        let main: SocketAddr = "192.0.2.1:21116".parse().unwrap();
        assert_eq!(reflector(main), Some("192.0.2.1:21115".parse().unwrap()));
        assert_eq!(reflector("192.0.2.1:1".parse().unwrap()), None);
    }
}
