//! What a node tells its owner.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_identity::PublicKey;
use deskwire_punch::Report;
use deskwire_session::{Ended, HostEvent, ViewerEvent};
use deskwire_transport::Closed;
use deskwire_wire::ids::DeviceId;
use deskwire_wire::rendezvous::RelayRtt;

/// Names a connection of one node.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ConnectionId(pub u64);

/// What a node tells its owner.
#[derive(Debug)]
#[non_exhaustive]
pub enum NodeEvent {
    /// The server shows this key, and none was configured: pin it.
    ServerKeySeen(PublicKey),
    /// Write the epoch down, durably, and call [`Node::epoch_persisted`](crate::Node::epoch_persisted). Until then the
    /// host does not register.
    PersistEpoch(u64),
    /// The host is registered and can be dialled.
    Registered {
        /// Its id.
        id: DeviceId,
        /// Its certificate; to be kept.
        certificate: Vec<u8>,
    },
    /// Registration was refused, or the server cannot be reached; the node goes on trying where that makes sense.
    ServerProblem(ServerProblem),
    /// Where the server is may have changed: it does not answer, or this device is in another network. If the server is
    /// known by a name, look it up and call [`Node::set_server_addresses`](crate::Node::set_server_addresses). Told again,
    /// at growing intervals up to a minute, for as long as nothing answers.
    ServerAddressesWanted,
    /// How this device looks from outside.
    Observed {
        /// Its address as the main port sees it.
        main: SocketAddr,
        /// Its address as the second reflector port sees it; `None` if that port does not answer.
        second: Option<SocketAddr>,
    },
    /// How far the server's relays are from here; worth keeping for the next run.
    RelayRtts(Vec<RelayRtt>),
    /// A viewer is on its way to this host.
    Incoming {
        /// Names it from now on.
        connection: ConnectionId,
    },
    /// News of a connection.
    Connection {
        /// Which.
        connection: ConnectionId,
        /// What.
        event: ConnectionEvent,
    },
}

/// What is wrong between a node and its server.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ServerProblem {
    /// It does not answer, over UDP, TCP or WebSocket.
    Unreachable,
    /// It shows another key than the configured one.
    KeyMismatch,
    /// It refuses the registration; the text says why.
    Refused(String),
}

impl fmt::Display for ServerProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable => f.write_str("the rendezvous server does not answer, over UDP, TCP or WebSocket"),
            Self::KeyMismatch => f.write_str(
                "the rendezvous server shows another key than the configured one; do not go on unless its operator \
                 confirms the change",
            ),
            Self::Refused(why) => write!(f, "the rendezvous server refused the registration: {why}"),
        }
    }
}

/// Over what a session's data goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Path {
    /// Through a relay, over UDP.
    RelayUdp,
    /// Through a relay, over TCP.
    RelayTcp,
    /// Straight to the peer, over UDP.
    DirectUdp,
    /// Through a relay, over WebSocket.
    RelayWebSocket,
    /// Straight to the peer, over TCP.
    DirectTcp,
}

impl Path {
    /// Whether nobody is in between.
    pub const fn is_direct(self) -> bool {
        matches!(self, Self::DirectUdp | Self::DirectTcp)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RelayUdp => "relay (UDP)",
            Self::RelayTcp => "relay (TCP)",
            Self::DirectUdp => "direct (UDP)",
            Self::RelayWebSocket => "relay (WebSocket)",
            Self::DirectTcp => "direct (TCP)",
        })
    }
}

deskwire_machine::states! {
    "node, a connection";
    /// How far a connection has come.
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
    #[non_exhaustive]
    pub enum Phase {
        /// Asking the server for the host.
        Introducing => [Connecting, Closed],
        /// Opening the relay and shaking hands.
        Connecting => [Login, Closed],
        /// The channel stands; the viewer proves that it may come in.
        Login => [Active, Closed],
        /// Displays, input and everything else.
        Active => [Closed],
        /// Over.
        Closed => [],
    }
}

/// News of a connection.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConnectionEvent {
    /// It came further.
    Phase(Phase),
    /// The transport stands: who the peer is. Compare with the pin before you log in.
    Established {
        /// The peer's identity key.
        peer_key: PublicKey,
        /// The generation of the host's certificate; 0 on the host.
        generation: u32,
    },
    /// From the session, on the host.
    Host(HostEvent),
    /// From the session, on the viewer.
    Viewer(ViewerEvent),
    /// Data goes over another path now.
    PathChanged {
        /// Which.
        path: Path,
        /// Its round trip as measured so far.
        rtt: Duration,
    },
    /// No direct path was found; what was tried, and why it came to nothing (its `Display` says it in words). The
    /// session stays on the relay.
    PunchFailed(Box<Report>),
    /// The connection is over; nothing follows.
    Closed(ConnectionEnd),
}

/// Why a connection is over.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum ConnectionEnd {
    /// The server knows no such host that is on line and lets this device dial it.
    NotThere,
    /// The server did not answer in time.
    ServerUnreachable,
    /// The server refused the dial for another reason.
    ServerRefused(String),
    /// What the server gave does not prove the host's key; or the key is not the pinned one.
    HostKey(String),
    /// No relay let this connection through, and there is no other way.
    NoRelay(String),
    /// A limit that the relay's operator set for sessions is reached.
    RelayLimit(String),
    /// It took too long.
    TimedOut(Phase),
    /// The transport ended.
    Transport(Closed),
    /// The session ended.
    Session(Ended),
}

impl fmt::Display for ConnectionEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotThere => f.write_str(
                "no host with this id can be reached now: it is off line, unknown to this server, or does not let \
                 this device dial it",
            ),
            Self::ServerUnreachable => f.write_str(
                "the rendezvous server did not answer; check its address, and whether a firewall lets UDP, TCP or \
                 WebSocket through",
            ),
            Self::ServerRefused(why) => write!(f, "the rendezvous server refused to introduce the host: {why}"),
            Self::HostKey(why) => write!(f, "the host's key is not proven: {why}"),
            Self::NoRelay(why) => write!(f, "no relay could be used: {why}"),
            Self::RelayLimit(why) => f.write_str(why),
            Self::TimedOut(phase) => write!(f, "the connection took too long ({phase:?})"),
            Self::Transport(reason) => reason.fmt(f),
            Self::Session(reason) => reason.fmt(f),
        }
    }
}

impl core::error::Error for ConnectionEnd {}
