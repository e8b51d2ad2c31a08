//! What a client is told at its start, what it is asked, and what it tells its owner.

use alloc::vec::Vec;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_identity::{IdCertificate, IdentityKey, PublicKey};
use deskwire_machine::{LinkIds, Seed, WsUrl};
use deskwire_wire::Over;
use deskwire_wire::ids::{DeviceId, IntroductionId, Private, RelayId, Role};
use deskwire_wire::punch::Filtering;
use deskwire_wire::rendezvous::{AttemptId, RefuseReason, Relay, RelayRtt};

/// Which server key a client accepts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trust {
    /// This one only.
    Key(PublicKey),
    /// The first that is seen; the owner pins it ([`ClientEvent::ServerKeySeen`]). Only when the user asked for it.
    FirstUse,
}

/// One address of the server, by both of its ports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ServerAddress {
    /// The main port (21116), UDP and TCP. The unspecified address stands for none: then only WebSocket is tried.
    pub main: SocketAddr,
    /// The second port (21115), if it is used to observe the NAT.
    pub reflector: Option<SocketAddr>,
}

impl ServerAddress {
    /// Whether there is a main port to talk to; if not, there is only WebSocket.
    pub(super) fn is_native(&self) -> bool {
        !self.main.ip().is_unspecified()
    }
}

/// Bounds of a client.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClientLimits {
    /// Dials at a time.
    pub dials: usize,
    /// Dials by others at a time.
    pub attempts: usize,
    /// Requests for tokens at a time.
    pub token_requests: usize,
    /// Events that wait for the owner.
    pub events: usize,
    /// Bytes that wait to be sent.
    pub outbox_bytes: usize,
}

impl Default for ClientLimits {
    fn default() -> Self {
        Self { dials: 32, attempts: 64, token_requests: 32, events: 256, outbox_bytes: 64 << 10 }
    }
}

/// What a client is told at its start.
#[derive(Clone, Debug)]
pub struct ClientConfig {
    /// Its randomness; fresh at every start.
    pub seed: Seed,
    /// Where link ids come from.
    pub ids: LinkIds,
    /// The server's addresses, tried in order.
    pub servers: Vec<ServerAddress>,
    /// Where each of them takes WebSockets, for networks that let nothing else through; may be shorter or empty.
    pub websockets: Vec<WsUrl>,
    /// Whether UDP is tried. Without, streams begin at once.
    pub udp: bool,
    /// Which server key to accept.
    pub trust: Trust,
    /// This device's key.
    pub identity: IdentityKey,
    /// The id it has at this server, if any.
    pub id: Option<DeviceId>,
    /// Its id certificate, if any.
    pub certificate: Option<Vec<u8>>,
    /// A rotation record, if its key is newer than what the server knows.
    pub rotation: Option<Vec<u8>>,
    /// The last epoch that was persisted ([`ClientEvent::PersistEpoch`]); 0 at first.
    pub epoch: u64,
    /// What it can do, told to the server.
    pub capabilities: u64,
    /// Unix time in seconds at the `now` of [`Client::new`](crate::Client::new).
    pub unix_time: u64,
    /// How wrong that may be before the server's exchange key counts as outdated.
    pub clock_tolerance: Duration,
    /// Bounds.
    pub limits: ClientLimits,
}

impl ClientConfig {
    /// A configuration for one server address, without an id yet.
    pub fn new(
        seed: Seed,
        identity: IdentityKey,
        server: ServerAddress,
        trust: Trust,
        unix_time: u64,
    ) -> Self {
        Self {
            seed,
            ids: LinkIds::new(),
            servers: Vec::from([server]),
            websockets: Vec::new(),
            udp: true,
            trust,
            identity,
            id: None,
            certificate: None,
            rotation: None,
            epoch: 0,
            capabilities: 0,
            unix_time,
            clock_tolerance: Duration::from_secs(24 * 3600),
            limits: ClientLimits::default(),
        }
    }
}

/// Names a dial.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DialTicket(pub u64);

/// A dial.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DialRequest {
    /// Whom.
    pub target: DeviceId,
    /// Whether to sign with this device's key, so that the host can recognise it before it answers.
    pub recognise: bool,
    /// Whether addresses may go through the server when it has no relay.
    pub direct: bool,
    /// This device's addresses, for that case; at most seven.
    pub candidates: Vec<SocketAddr>,
}

impl DialRequest {
    /// A dial that shows this device's key and no addresses.
    pub const fn new(target: DeviceId) -> Self {
        Self { target, recognise: true, direct: false, candidates: Vec::new() }
    }
}

/// A request for more relays during a session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TokenRequest {
    /// Of which introduction.
    pub introduction: IntroductionId,
    /// Its secret.
    pub secret: Private<[u8; 32]>,
    /// When it was made.
    pub issued: u64,
    /// Which side this is.
    pub role: Role,
    /// Relays that do not work.
    pub avoid: Vec<RelayId>,
    /// A punch message with this side's addresses, for the other side if no relay is left; empty for none.
    pub offer: Vec<u8>,
}

/// A command was refused because as many as allowed are under way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooMany {
    /// The bound.
    pub limit: usize,
}

impl core::fmt::Display for TooMany {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            f,
            "{} requests to the server are under way, which is the limit; wait for one to end",
            self.limit
        )
    }
}

impl core::error::Error for TooMany {}

/// Why a dial came to nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum DialFailure {
    /// The server said no: there is no such device, it is offline, or it does not want to. Which, it does not say.
    Refused,
    /// The server did not answer in time.
    TimedOut,
    /// The server's answer does not hold together: its certificate is not of the device that was dialled.
    BadAnswer,
}

impl core::fmt::Display for DialFailure {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Refused => {
                "the device is unknown, offline or does not accept; check the id and whether it runs"
            }
            Self::TimedOut => "the server did not answer the dial in time; try again",
            Self::BadAnswer => {
                "the server answered with another device's certificate; do not trust this server"
            }
        })
    }
}

impl core::error::Error for DialFailure {}

/// Why the server cannot be talked to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum UnreachableCause {
    /// None of its addresses answered, over UDP, TCP or WebSocket.
    Silent,
    /// It answered with another key than the expected one.
    WrongKey,
    /// By this device's clock, the server's exchange key is outdated. One of the clocks is wrong.
    Clock {
        /// The server's clock, Unix seconds, as it says.
        server_time: u64,
    },
}

/// Both sides' part of an introduction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Introduction {
    /// Its id.
    pub id: IntroductionId,
    /// Known to viewer, host and server; keeps strangers silent.
    pub secret: Private<[u8; 32]>,
    /// When it was made, for [`TokenRequest::issued`].
    pub issued: u64,
    /// Which side this device is.
    pub role: Role,
    /// Relays in the order to try them, with this side's tokens.
    pub relays: Vec<Relay>,
    /// The peer's addresses, only when there is no relay.
    pub candidates: Vec<SocketAddr>,
    /// The host's certificate, checked against the server key and the dialled id; only for the viewer.
    pub certificate: Option<IdCertificate>,
}

/// What a client tells its owner.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ClientEvent {
    /// A sealed session with the server exists.
    Connected {
        /// Over what it runs; a stream when UDP stayed silent.
        over: Over,
        /// The server's clock, Unix seconds.
        server_time: u64,
    },
    /// Write this epoch to stable storage, then call [`Client::epoch_persisted`](crate::Client::epoch_persisted).
    PersistEpoch(u64),
    /// This device is registered; keep id and certificate.
    Registered {
        /// Its id.
        id: DeviceId,
        /// Its certificate.
        certificate: Vec<u8>,
    },
    /// The server refuses the registration for good; for passing causes the client goes on by itself.
    RegistrationRefused(RefuseReason),
    /// How the NAT in front of this device maps it (UDP only).
    Reflexive {
        /// As the server's main port sees it.
        main: SocketAddr,
        /// As its second port sees it, if it was asked and answered.
        second: Option<SocketAddr>,
        /// As the server's other address sees it. `None` at first; the event comes again if there is such an address
        /// and it answers.
        alternate: Option<SocketAddr>,
    },
    /// Whom the NAT in front of this device lets in: the last word on what begins with [`ClientEvent::Reflexive`].
    Filtering {
        /// The server's other address, without which that cannot be known; `None` if it has none.
        alternate: Option<SocketAddr>,
        /// Whom; not known if that address does not answer, either.
        filtering: Filtering,
    },
    /// Somebody dials this device: answer with [`Client::answer`](crate::Client::answer).
    Incoming {
        /// Names the attempt.
        attempt: AttemptId,
        /// The dialler's key, if it showed one. The server checked the signature; the key handshake proves it.
        viewer: Option<PublicKey>,
        /// Whether the dialler allows addresses to go through the server.
        direct: bool,
    },
    /// A dial succeeded.
    Introduced {
        /// Which.
        ticket: DialTicket,
        /// The introduction.
        introduction: Introduction,
    },
    /// An accepted attempt became an introduction.
    Accepted {
        /// Which.
        attempt: AttemptId,
        /// The introduction.
        introduction: Introduction,
    },
    /// An accepted attempt came to nothing: the server did not confirm it in time.
    AttemptFailed {
        /// Which.
        attempt: AttemptId,
    },
    /// A dial came to nothing.
    DialFailed {
        /// Which.
        ticket: DialTicket,
        /// Why.
        reason: DialFailure,
    },
    /// More relays for a session.
    Tokens {
        /// Of which introduction.
        introduction: IntroductionId,
        /// In the order to try them, those to be avoided last; empty when there is none, or the server did not answer.
        relays: Vec<Relay>,
        /// What the other side offered because no relay is left; empty if it did not, or not yet.
        offer: Vec<u8>,
    },
    /// All relays of the server, to measure the way to them.
    Relays(Vec<Relay>),
    /// The server cannot be talked to. The client goes on trying.
    Unreachable {
        /// Why.
        cause: UnreachableCause,
        /// When it tries again.
        retry_in: Duration,
    },
    /// Something at the server's address answers with another key. Nothing was told to it.
    ServerKeyMismatch {
        /// The key it showed.
        seen: PublicKey,
    },
    /// In [`Trust::FirstUse`]: this is the server's key from now on; pin it.
    ServerKeySeen(PublicKey),
}

/// Round trips to relays, cut to what messages carry.
pub(super) fn bounded_rtts(mut rtts: Vec<RelayRtt>) -> Vec<RelayRtt> {
    rtts.truncate(deskwire_wire::rendezvous::MAX_RTTS);
    rtts
}

/// Counts since the start.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ClientStats {
    /// Sessions opened.
    pub sessions: u64,
    /// Frames that are none, not for this session, or did not open.
    pub rubbish: u64,
    /// Frames seen before.
    pub replayed: u64,
    /// Times the server did not know the session.
    pub stale: u64,
    /// Confirmed registrations.
    pub registered: u64,
    /// Acknowledged beats.
    pub beats: u64,
    /// Events and sends that found no room.
    pub dropped: u64,
}
