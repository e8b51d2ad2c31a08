//! Which relays a session with a host would use: the server is asked as every dial asks it, and the way to each relay is
//! measured from here.

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use deskwire_core::ServerProblem;
use deskwire_core::identity::IdentityKey;
use deskwire_core::machine::Seed;
use deskwire_core::wire::ids::{DeviceId, RelayId};
use deskwire_core::wire::rendezvous::{Relay, RelayRtt};
use deskwire_rendezvous::client::{
    ClientConfig, ClientEvent, DialFailure, DialRequest, ServerAddress, Trust, UnreachableCause,
};

use crate::config::Settings;
use crate::doctor::ask::{RelayPlace, converse, measure};
use crate::names::{reflector, resolve};
use crate::net::{NO_ADDRESS, NetError, server_key, unix_time};
use crate::state::State;

/// How long each of two questions may take: a server waits some seconds for a host that says nothing.
const PATIENCE: Duration = Duration::from_secs(20);

/// A relay as this device sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RelayView {
    /// Which.
    pub relay: RelayId,
    /// Where it is.
    pub addresses: Vec<SocketAddr>,
    /// Its round trip over UDP, in milliseconds as the server is told; `None` if it did not answer.
    pub millis: Option<u16>,
}

/// What was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// All relays: those that the server chose, in its order, then the others, nearest first.
    pub relays: Vec<RelayView>,
    /// How many of them it chose.
    pub chosen: usize,
}

/// Why nothing was found.
#[derive(Debug)]
#[non_exhaustive]
pub enum ChoiceError {
    /// The server cannot be asked with these settings.
    Net(NetError),
    /// The server cannot be talked to.
    Server(ServerProblem),
    /// The host is not there, or does not accept.
    NotThere,
    /// The server gives no answer, or one that cannot be trusted.
    Dial(DialFailure),
}

impl fmt::Display for ChoiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Net(error) => error.fmt(f),
            Self::Server(problem) => problem.fmt(f),
            Self::NotThere => DialFailure::Refused.fmt(f),
            Self::Dial(failure) => failure.fmt(f),
        }
    }
}

impl std::error::Error for ChoiceError {}

impl From<NetError> for ChoiceError {
    fn from(error: NetError) -> Self {
        Self::Net(error)
    }
}

/// The relays of a session that this device would begin with `host` now. The host takes it for a dial that was given up,
/// and holds one of its places for viewers until then; it is not told which device asked.
///
/// # Errors
/// When the settings cannot be used, the server does not answer, or the host is not there.
pub fn choice(settings: &Settings, host: DeviceId) -> Result<Choice, ChoiceError> {
    let all = ask(settings, Ask::Map)?;
    let places: Vec<RelayPlace> = all.iter().map(RelayPlace::of).collect();
    let rtts: Vec<RelayRtt> = measure(&places).into_iter().map(RelayRtt::from).collect();
    let chosen = ask(settings, Ask::Dial(host, rtts.clone()))?;
    let view = |relay: &Relay| RelayView {
        relay: relay.id,
        addresses: relay.addresses.clone(),
        millis: rtts.iter().find(|rtt| rtt.relay == relay.id).map(|rtt| rtt.millis),
    };
    let mut others: Vec<RelayView> =
        all.iter().filter(|relay| chosen.iter().all(|known| known.id != relay.id)).map(view).collect();
    others.sort_by_key(|other| (other.millis.is_none(), other.millis, other.relay));
    let relays = chosen.iter().map(view).chain(others).collect();
    Ok(Choice { relays, chosen: chosen.len() })
}

/// What the server is asked.
enum Ask {
    /// For all relays.
    Map,
    /// For those of a session with this host, with the round trips to them.
    Dial(DeviceId, Vec<RelayRtt>),
}

fn ask(settings: &Settings, question: Ask) -> Result<Vec<Relay>, ChoiceError> {
    let state = State::open(&settings.state, settings.keystore).map_err(NetError::State)?;
    let key = server_key(settings, &state)?;
    let hub = settings.links.hub_config().map_err(NetError::Links)?;
    let websocket = settings.links.websocket(&settings.host, settings.port).map_err(NetError::Links)?;
    let addresses = match resolve(&settings.host, settings.port) {
        // Others look the name up, or another one.
        Err(_) if settings.links.knows_ways() && websocket.is_some() => vec![NO_ADDRESS],
        resolved => resolved?,
    };
    let servers: Vec<_> =
        addresses.into_iter().map(|main| ServerAddress { main, reflector: reflector(main) }).collect();
    let Some(first) = servers.first() else { return Ok(Vec::new()) };
    let mut config = ClientConfig::new(
        Seed::new(crate::random_bytes()),
        // A key of its own: nothing about this device is told.
        IdentityKey::from_bytes(&crate::random_bytes()),
        *first,
        key.map_or(Trust::FirstUse, Trust::Key),
        unix_time(),
    );
    config.servers = servers;
    config.websockets = websocket.into_iter().collect();
    let mut answer = Err(ChoiceError::Server(ServerProblem::Unreachable));
    converse(
        config,
        hub,
        PATIENCE,
        move |client, now| match question {
            Ask::Map => client.want_relays(now),
            Ask::Dial(target, rtts) => {
                client.set_relay_rtts(rtts);
                // A client that has just begun takes a dial.
                let _ = client.connect(now, DialRequest { recognise: false, ..DialRequest::new(target) });
            }
        },
        |_, event| {
            answer = match event {
                ClientEvent::Relays(relays) => Ok(relays),
                ClientEvent::Introduced { introduction, .. } => Ok(introduction.relays),
                ClientEvent::DialFailed { reason: DialFailure::Refused, .. } => Err(ChoiceError::NotThere),
                ClientEvent::DialFailed { reason, .. } => Err(ChoiceError::Dial(reason)),
                ClientEvent::ServerKeyMismatch { .. }
                | ClientEvent::Unreachable { cause: UnreachableCause::WrongKey, .. } => {
                    Err(ChoiceError::Server(ServerProblem::KeyMismatch))
                }
                ClientEvent::Unreachable { .. } => Err(ChoiceError::Server(ServerProblem::Unreachable)),
                _ => return false,
            };
            true
        },
    );
    answer
}
