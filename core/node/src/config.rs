//! What a node is told at its start.

use alloc::vec::Vec;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_identity::{IdentityKey, PublicKey};
use deskwire_machine::{Seed, WsUrl};
use deskwire_punch::PunchLimits;
use deskwire_session::LoginTerms;
use deskwire_transport::TimeBase;
use deskwire_wire::ids::DeviceId;
use deskwire_wire::rendezvous::RelayRtt;

/// The server a node belongs to.
#[derive(Clone, Debug)]
pub struct Server {
    /// Rendezvous address (port 21116 unless the operator chose another). The unspecified address stands for none:
    /// then only WebSocket is used.
    pub address: SocketAddr,
    /// Address of the second reflector port (21115), if the server has one: tells how a NAT maps.
    pub reflector: Option<SocketAddr>,
    /// Other addresses of the same server, say its IPv6 address, each with its second reflector port: tried in turn when
    /// those before do not answer.
    pub others: Vec<(SocketAddr, Option<SocketAddr>)>,
    /// Where it takes WebSockets (port 21118, or behind TLS on 443), for networks that let nothing else through.
    pub websocket: Option<WsUrl>,
    /// Its key; `None` accepts what it shows first and tells it with
    /// [`NodeEvent::ServerKeySeen`](crate::NodeEvent::ServerKeySeen).
    pub key: Option<PublicKey>,
}

impl Server {
    /// A server at one address, known by its key, without a reflector and WebSockets.
    pub fn new(address: SocketAddr, key: PublicKey) -> Self {
        Self { address, reflector: None, others: Vec::new(), websocket: None, key: Some(key) }
    }
}

/// What a node that is a host keeps between runs, and what it grants.
#[derive(Clone, Debug)]
pub struct Host {
    /// Its id at the server, if it has one already.
    pub id: Option<DeviceId>,
    /// Its certificate as the server signed it.
    pub certificate: Option<Vec<u8>>,
    /// The highest registration epoch that was persisted.
    pub epoch: u64,
    /// How viewers log in, and what they may do then.
    pub login: LoginTerms,
    /// Most viewers at a time. While there are so many, others are not answered; those who log in at that moment are sent
    /// away.
    pub max_viewers: usize,
}

/// What a node is told at its start.
#[derive(Clone, Debug)]
pub struct Config {
    /// Its randomness; fresh at every start.
    pub seed: Seed,
    /// This device's identity.
    pub identity: IdentityKey,
    /// Its server.
    pub server: Server,
    /// What makes it a host; `None` for a device that only dials.
    pub host: Option<Host>,
    /// Machine time zero on the clock of the QUIC engine; see [`TimeBase`].
    pub time_base: TimeBase,
    /// Unix time in seconds at the `now` of [`Node::new`](crate::Node::new).
    pub unix_time: u64,
    /// Whether to look for direct paths.
    pub punch: bool,
    /// To whom this device's addresses are given through the server, when no relay carries the session.
    pub offers: Offers,
    /// How far the server's relays are, as [`NodeEvent::RelayRtts`](crate::NodeEvent::RelayRtts) told it in an earlier
    /// run; empty if that is not known, or long ago.
    pub relay_rtts: Vec<RelayRtt>,
    /// Bounds.
    pub limits: Limits,
}

impl Config {
    /// A device that only dials, and looks for direct paths. For `time_base` and `unix_time` see the fields.
    pub fn viewer(
        seed: Seed,
        identity: IdentityKey,
        server: Server,
        time_base: TimeBase,
        unix_time: u64,
    ) -> Self {
        let (host, punch, limits) = (None, true, Limits::default());
        let (offers, relay_rtts) = (Offers::default(), Vec::new());
        Self { seed, identity, server, host, time_base, unix_time, punch, offers, relay_rtts, limits }
    }
}

/// To whom a device gives its addresses through the server when no relay carries the session, so that both can look for
/// a direct path without one. Whoever is not given them cannot be reached then. With a relay the server never learns
/// them, and a peer only after the login.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Offers {
    /// To everybody.
    pub to_all: OfferToAll,
    /// To these viewers always; the server checked that they hold the key.
    pub known_viewers: Vec<PublicKey>,
}

/// When a host gives its addresses to a viewer that it does not know. A viewer gives its own unless it is `Never`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum OfferToAll {
    /// Not at all.
    Never,
    /// When the server has no relay.
    #[default]
    IfServerHasNoRelay,
    /// Also when the server's relays cannot be reached.
    IfNoRelayWorks,
}

/// Bounds of a node.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Dials and answers at a time.
    pub connections: usize,
    /// From [`Node::dial`](crate::Node::dial) to the established transport.
    pub dial: Duration,
    /// From introduction to the established transport, on the answering side.
    pub answer: Duration,
    /// Viewers on their way to this host that are not logged in. A new one takes the place of the oldest, first of those
    /// that have not come as far as the login: whoever dials and goes no further keeps nobody out.
    pub arriving: usize,
    /// Events that wait for the owner.
    pub events: usize,
    /// Of the search for direct paths. Without sockets or guesses there is no birthday probing, which is never done on
    /// metered lines anyway.
    pub punch: PunchLimits,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 64,
            dial: Duration::from_secs(20),
            answer: Duration::from_secs(25),
            arriving: 32,
            events: 65_536,
            punch: PunchLimits::default(),
        }
    }
}
