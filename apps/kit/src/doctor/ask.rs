//! Asks a server over one protocol alone, and knocks at ports.

use std::net::SocketAddr;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use deskwire_core::identity::{IdentityKey, PublicKey};
use deskwire_core::machine::{self, LinkIds, LinkSpec, Machine, Seed, WsUrl};
use deskwire_core::punch::Filtering;
use deskwire_core::wire::ids::RelayId;
use deskwire_core::wire::rendezvous::Relay;
use deskwire_driver::{Clock, Handle, HubConfig, OnTrouble};
use deskwire_io_smol::Driver;
use deskwire_relay::{Measured, ProbeConfig};
use deskwire_rendezvous::Client;
use deskwire_rendezvous::client::{ClientConfig, ClientEvent, ServerAddress, Trust};

use super::probe::{Knock, Measure, Probe};
use crate::names::reflector;
use crate::net::{NO_ADDRESS, unix_time};

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a port may take to open.
const KNOCK_PATIENCE: Duration = Duration::from_secs(3);

/// A protocol to ask over.
#[derive(Clone, Debug)]
pub(super) enum Way {
    Udp,
    Tcp,
    WebSocket(WsUrl),
}

/// What a server told over one of them.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// After how long it answered, and its time.
    pub(super) answered: Option<(Duration, u64)>,
    pub(super) wrong_key: Option<PublicKey>,
    pub(super) key_seen: Option<PublicKey>,
    /// As the server's main port, its second one, and its other address see this device.
    pub(super) reflexive: Option<(SocketAddr, Option<SocketAddr>, Option<SocketAddr>)>,
    /// The server's other address, and whom the NAT lets in.
    pub(super) filtering: Option<(Option<SocketAddr>, Filtering)>,
    pub(super) relays: Option<Vec<RelayPlace>>,
    /// What went wrong with the connection last.
    pub(super) trouble: Option<String>,
}

/// Where a relay can be reached.
#[derive(Clone, Debug)]
pub(crate) struct RelayPlace {
    pub(super) id: RelayId,
    pub(super) addresses: Vec<SocketAddr>,
    pub(super) websockets: Vec<WsUrl>,
}

impl RelayPlace {
    pub(crate) fn of(relay: &Relay) -> Self {
        Self { id: relay.id, addresses: relay.addresses.clone(), websockets: relay.websockets() }
    }
}

/// Asks the server over one protocol, on a thread.
pub(super) fn ask(address: SocketAddr, key: Option<PublicKey>, way: Way, hub: HubConfig) -> Receiver<Heard> {
    let (tell, told) = mpsc::sync_channel(1);
    // If there is no thread, nothing is told: the server then counts as silent.
    let _ = thread::Builder::new().name("doctor".into()).spawn(move || {
        let heard = listen(address, key, way, hub);
        let _ = tell.send(heard);
    });
    told
}

/// Asks a server with a client of its own, and takes what the client tells until `take` says that it is enough, or the
/// time is up.
pub(crate) fn converse(
    config: ClientConfig,
    hub: HubConfig,
    patience: Duration,
    ask: impl FnOnce(&mut Client, machine::Instant) + Send + 'static,
    mut take: impl FnMut(Duration, ClientEvent) -> bool,
) {
    let clock = Clock::new();
    let start = clock.now();
    let ids = config.ids.clone();
    let probe = Probe::new(start, config, Box::new(ask));
    let (driver, handle) = Driver::new(probe, ids, clock, hub);
    stop_in(patience, handle.clone());
    let ran = smol::block_on(driver.run(|_, now, event| {
        if take(now - start, event) {
            handle.stop();
        }
    }));
    if let Err(error) = ran {
        tracing::error!("{error}");
    }
}

fn listen(address: SocketAddr, key: Option<PublicKey>, way: Way, hub: HubConfig) -> Heard {
    let seed = Seed::new(crate::random_bytes());
    // A key of its own: nothing about this device is told.
    let identity = IdentityKey::from_bytes(&crate::random_bytes());
    let udp = matches!(way, Way::Udp);
    let server = match way {
        Way::Udp => ServerAddress { main: address, reflector: reflector(address) },
        Way::Tcp => ServerAddress { main: address, reflector: None },
        Way::WebSocket(_) => ServerAddress { main: NO_ADDRESS, reflector: None },
    };
    let mut config =
        ClientConfig::new(seed, identity, server, key.map_or(Trust::FirstUse, Trust::Key), unix_time());
    config.udp = udp;
    if let Way::WebSocket(url) = &way {
        config.websockets = vec![url.clone()];
    }
    let (hub, trouble) = noting(hub);
    let mut heard = Heard::default();
    converse(
        config,
        hub,
        PATIENCE,
        |client, now| client.want_relays(now),
        |since, event| {
            let mut is_over = false;
            match event {
                // With UDP asked for alone, a stream says that UDP is silent.
                ClientEvent::Connected { over, .. } if udp && over.is_stream() => is_over = true,
                ClientEvent::Connected { server_time, .. } => {
                    heard.answered.get_or_insert((since, server_time));
                }
                ClientEvent::Reflexive { main, second, alternate } => {
                    heard.reflexive = Some((main, second, alternate));
                }
                ClientEvent::Filtering { alternate, filtering } => {
                    heard.filtering = Some((alternate, filtering));
                }
                ClientEvent::Relays(relays) => {
                    heard.relays = Some(relays.iter().map(RelayPlace::of).collect());
                }
                ClientEvent::ServerKeyMismatch { seen } => heard.wrong_key = Some(seen),
                ClientEvent::ServerKeySeen(key) => heard.key_seen = Some(key),
                ClientEvent::Unreachable { .. } => is_over = true,
                _ => {}
            }
            // The last word on the NAT.
            let nat_known = !udp || heard.filtering.is_some();
            is_over || heard.wrong_key.is_some() || (heard.relays.is_some() && nat_known)
        },
    );
    heard.trouble = trouble.lock().unwrap_or_else(PoisonError::into_inner).take();
    heard
}

/// The round trips over UDP to those relays that answer.
pub(crate) fn measure(relays: &[RelayPlace]) -> Vec<Measured> {
    let clock = Clock::new();
    let ids = LinkIds::new();
    let relays = relays.iter().map(|relay| (relay.id, relay.addresses.clone())).collect();
    let config = ProbeConfig { relays, seed: Seed::new(crate::random_bytes()) };
    let probe = Measure::new(clock.now(), &ids, config);
    let (driver, handle) = Driver::new(probe, ids, clock, HubConfig::default());
    stop_in(KNOCK_PATIENCE, handle.clone());
    let mut result = Vec::new();
    let ran = smol::block_on(driver.run(|_, _, measured| {
        result = measured;
        handle.stop();
    }));
    if let Err(error) = ran {
        tracing::error!("{error}");
    }
    result
}

/// A TCP connection.
pub(super) const fn tcp(remote: SocketAddr) -> LinkSpec {
    LinkSpec::TcpConnect { local: None, reuse: false, remote }
}

/// How long a link takes to open, or why it does not.
pub(super) fn knock(spec: LinkSpec, hub: &HubConfig) -> Result<Duration, String> {
    let clock = Clock::new();
    let start = clock.now();
    let ids = LinkIds::new();
    let knock = Knock::new(ids.allocate(), spec);
    let (hub, trouble) = noting(hub.clone());
    let (driver, handle) = Driver::new(knock, ids, clock, hub);
    stop_in(KNOCK_PATIENCE, handle.clone());
    let mut result = Err("no answer in time".to_owned());
    let ran = smol::block_on(driver.run(|_, now, event| {
        result = match event {
            Ok(()) => Ok(now - start),
            Err(reason) => {
                let words = trouble.lock().unwrap_or_else(PoisonError::into_inner).take();
                Err(words.unwrap_or_else(|| format!("{reason:?}")))
            }
        };
        handle.stop();
    }));
    ran.map_err(|error| error.to_string())?;
    result
}

/// A driver's configuration that keeps the last trouble in words.
fn noting(mut hub: HubConfig) -> (HubConfig, Arc<Mutex<Option<String>>>) {
    let trouble = Arc::new(Mutex::new(None));
    let kept = Arc::clone(&trouble);
    hub.on_trouble = Some(OnTrouble::new(move |trouble| {
        *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(trouble.to_string());
    }));
    (hub, trouble)
}

fn stop_in<M: Machine + Send + 'static>(patience: Duration, handle: Handle<M>) {
    // If there is no thread, the question goes on until it is answered.
    let _ = thread::Builder::new().name("doctor-clock".into()).spawn(move || {
        let end = Instant::now() + patience;
        while Instant::now() < end && !handle.is_stopped() {
            thread::park_timeout(Duration::from_millis(50));
        }
        handle.stop();
    });
}
