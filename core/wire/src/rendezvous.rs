//! Messages between a client and the rendezvous server.
//!
//! Bytes on the wire are [`Frame`]s; the messages in here are what the sealed ones hold. Two of them, register and
//! connect, carry a *statement*: a message of its own whose bytes are signed and hashed as they were received.

mod frame;

pub use frame::{
    COOKIE_SIZE, Cookie, Frame, HANDLE_SIZE, HELLO_DATAGRAM, Handle, Hello, MAX_FRAME, Opening, Sealed,
    VERSION, Welcome, address_bytes,
};

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::net::SocketAddr;

use deskwire_machine::WsUrl;

use crate::ids::{DeviceId, IntroductionId, Private, RelayId, Role};

/// Most entries of a relay round-trip vector.
pub const MAX_RTTS: usize = 32;
/// Most relays in one message that carries tokens.
pub const MAX_RELAYS: usize = 4;
/// Most relays in one map.
pub const MAX_MAP: usize = 32;
/// Most addresses of one relay.
pub const MAX_RELAY_ADDRESSES: usize = 4;
/// Longest offer in bytes.
pub const MAX_OFFER: usize = 512;
/// Most candidates in one message.
pub const MAX_CANDIDATES: usize = 8;
/// Longest certificate, relay token or statement in bytes.
pub const MAX_OBJECT: usize = 512;
/// Longest statement in bytes.
pub const MAX_STATEMENT: usize = 1_024;

/// A measured round trip to a relay.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RelayRtt {
    /// Which relay.
    pub relay: RelayId,
    /// The round trip in milliseconds.
    pub millis: u16,
}

/// A relay, where it is, and in an introduction one side's token for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Relay {
    /// Which.
    pub id: RelayId,
    /// Where it listens (UDP and TCP).
    pub addresses: Vec<SocketAddr>,
    /// A signed relay token for the receiver's side; empty in the map.
    pub token: Private<Vec<u8>>,
    /// Where it takes WebSockets, if not at its addresses' usual port; see [`Relay::websockets`].
    pub url: Option<WsUrl>,
}

/// How far a port for WebSockets is above the native one, unless something else is said: 21116 and 21118, 21117 and
/// 21119.
const WEBSOCKET_PORT: u16 = 2;

/// The usual WebSocket address beside a native one.
pub fn usual_websocket(native: SocketAddr) -> Option<WsUrl> {
    let port = native.port().checked_add(WEBSOCKET_PORT)?;
    (!native.ip().is_unspecified()).then(|| WsUrl::plain(SocketAddr::new(native.ip(), port)))
}

impl Relay {
    /// Where it takes WebSockets, best first.
    pub fn websockets(&self) -> Vec<WsUrl> {
        match &self.url {
            Some(url) => Vec::from([url.clone()]),
            None => self.addresses.iter().copied().filter_map(usual_websocket).collect(),
        }
    }
}

/// What a host signs to register.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RegisterStatement {
    /// The id it has, or none yet.
    pub id: Option<DeviceId>,
    /// Its identity key.
    pub identity: [u8; 32],
    /// Its id certificate, if it has one.
    pub certificate: Option<Vec<u8>>,
    /// Counts registrations; never goes back.
    pub epoch: u64,
    /// What it can do, a bit set for later versions.
    pub capabilities: u64,
    /// Round trips to the relays it knows.
    pub rtts: Vec<RelayRtt>,
    /// A rotation record, signed by the old and the new key, when the id gets a new key.
    pub rotation: Option<Vec<u8>>,
}

/// What a viewer says, and may sign, to be introduced.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConnectStatement {
    /// Whom it dials.
    pub target: DeviceId,
    /// Its random part of the introduction id; also names the request.
    pub random: [u8; 32],
    /// Its identity key, if it wants to be recognised (then the statement is signed).
    pub viewer: Option<[u8; 32]>,
    /// Round trips to the relays it knows.
    pub rtts: Vec<RelayRtt>,
    /// Whether addresses may be exchanged through the server when there is no relay.
    pub direct: bool,
    /// Its addresses, for that case only.
    pub candidates: Vec<SocketAddr>,
}

/// Why a registration was refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum RefuseReason {
    /// Too many new devices from this network; later.
    Busy,
    /// The epoch is not higher than the last; go on from the one told.
    Epoch,
    /// The id belongs to another key.
    NotOwner,
    /// The device's certificate generation was revoked.
    Revoked,
    /// The signature does not fit.
    Signature,
    /// The server cannot reach its store; later.
    Store,
    /// A reason this version does not know.
    Unknown(u16),
}

impl RefuseReason {
    /// Its number on the wire.
    pub const fn code(self) -> u16 {
        match self {
            Self::Busy => 0,
            Self::Epoch => 1,
            Self::NotOwner => 2,
            Self::Revoked => 3,
            Self::Signature => 4,
            Self::Store => 5,
            Self::Unknown(code) => code,
        }
    }

    /// The reason with this number.
    pub const fn from_code(code: u16) -> Self {
        match code {
            0 => Self::Busy,
            1 => Self::Epoch,
            2 => Self::NotOwner,
            3 => Self::Revoked,
            4 => Self::Signature,
            5 => Self::Store,
            other => Self::Unknown(other),
        }
    }
}

/// From where a server answers [`RendezvousMsg::Reflect`] (CHANGE-REQUEST, RFC 5780 section 7.2). What comes through
/// from where nothing was sent to says whom a NAT lets in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum AnswerFrom {
    /// From where the question went.
    #[default]
    Here,
    /// From the same address, but the main port; for questions to the second port.
    OtherPort,
    /// From another address and port; for questions to the second port.
    OtherAddress,
    /// A place this version does not know.
    Unknown(u16),
}

impl AnswerFrom {
    /// Its number on the wire.
    pub const fn code(self) -> u16 {
        match self {
            Self::Here => 0,
            Self::OtherPort => 1,
            Self::OtherAddress => 2,
            Self::Unknown(code) => code,
        }
    }

    /// The place with this number.
    pub const fn from_code(code: u16) -> Self {
        match code {
            0 => Self::Here,
            1 => Self::OtherPort,
            2 => Self::OtherAddress,
            other => Self::Unknown(other),
        }
    }
}

/// Names one dial attempt between server and host.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AttemptId(pub [u8; 16]);

/// The outcome of a dial, told to both sides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Introduced {
    /// Its id: a hash over the three randoms.
    pub introduction: IntroductionId,
    /// Known to viewer, host and server only; keeps strangers silent.
    pub secret: Private<[u8; 32]>,
    /// When the server made it (Unix seconds); goes back to it with a request for tokens.
    pub issued: u64,
    /// The host's id certificate.
    pub certificate: Vec<u8>,
    /// The viewer's random; names the request for the viewer.
    pub viewer_random: [u8; 32],
    /// The host's random; names the answer for the host.
    pub host_random: [u8; 32],
    /// The server's random.
    pub server_random: [u8; 32],
    /// Relays in the order to try them, with the receiver's tokens.
    pub relays: Vec<Relay>,
    /// The peer's addresses, only when there is no relay and both sides allowed it.
    pub candidates: Vec<SocketAddr>,
}

/// A message between a client and the rendezvous server.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum RendezvousMsg {
    /// Host to server: a [`RegisterStatement`], encoded, and its signature.
    Register {
        /// The encoded statement.
        statement: Vec<u8>,
        /// The host's signature.
        signature: [u8; 64],
    },
    /// Server to host: the claim is durable.
    Registered {
        /// A signed id certificate.
        certificate: Vec<u8>,
        /// How often to say [`RendezvousMsg::Beat`], in seconds.
        beat_interval_s: u16,
        /// The server's clock, Unix seconds.
        server_time: u64,
        /// The epoch it answers.
        epoch: u64,
    },
    /// Server to host: no.
    RegisterRefused {
        /// Why.
        reason: RefuseReason,
        /// The epoch it answers.
        epoch: u64,
        /// The last epoch the server knows.
        last_epoch: u64,
    },
    /// Host to server: still here.
    Beat {
        /// Counts beats.
        sequence: u32,
        /// Round trips to relays; empty leaves the last ones.
        rtts: Vec<RelayRtt>,
    },
    /// Server to host: seen.
    BeatAck {
        /// Which beat.
        sequence: u32,
        /// From where it came.
        observed: SocketAddr,
    },
    /// Client to the second port or the other address: from where does this come?
    Reflect {
        /// Comes back.
        nonce: u64,
        /// From where the answer is to come.
        from: AnswerFrom,
    },
    /// The answer to [`RendezvousMsg::Reflect`].
    Reflected {
        /// Of the question.
        nonce: u64,
        /// From where it came.
        observed: SocketAddr,
        /// The server's other address, if it has one (OTHER-ADDRESS, RFC 5780 section 7.4). Only the second port says so.
        alternate: Option<SocketAddr>,
    },
    /// Viewer to server: a [`ConnectStatement`], encoded, and its signature if the viewer wants to be recognised.
    Connect {
        /// The encoded statement.
        statement: Vec<u8>,
        /// The viewer's signature.
        signature: Option<[u8; 64]>,
    },
    /// Server to viewer: no. Never says why.
    ConnectRefused {
        /// The random of the request.
        random: [u8; 32],
    },
    /// Server to both sides: meet.
    Introduced(Box<Introduced>),
    /// Server to host: somebody dials.
    Incoming {
        /// Names the attempt.
        attempt: AttemptId,
        /// The dialler's identity key, if it signed.
        viewer: Option<[u8; 32]>,
        /// Whether the dialler allows addresses to be exchanged through the server.
        direct: bool,
    },
    /// Host to server: the answer to [`RendezvousMsg::Incoming`].
    Answer {
        /// Which attempt.
        attempt: AttemptId,
        /// Yes or no.
        accept: bool,
        /// The host's random part of the introduction id.
        random: [u8; 32],
        /// Its addresses, if its policy allows that and there is no relay.
        candidates: Vec<SocketAddr>,
    },
    /// Either side to server, during a session: more relays.
    TokensWanted {
        /// Of which introduction.
        introduction: IntroductionId,
        /// When it was made, as told in [`Introduced::issued`].
        issued: u64,
        /// Which side asks.
        role: Role,
        /// Proof that the asker knows the introduction secret.
        proof: [u8; 32],
        /// Relays that do not work.
        avoid: Vec<RelayId>,
        /// Round trips to relays.
        rtts: Vec<RelayRtt>,
        /// For the other side, if no relay is left and it makes an offer too: a punch message with this side's
        /// candidates, which the server does not read. At most [`MAX_OFFER`] bytes; empty for none.
        offer: Vec<u8>,
    },
    /// Server to the side that asked.
    Tokens {
        /// Of which introduction.
        introduction: IntroductionId,
        /// Relays in the order to try them, with the receiver's tokens; empty when there is none left.
        relays: Vec<Relay>,
        /// The other side's offer, once no relay is left and both made one; empty otherwise.
        offer: Vec<u8>,
    },
    /// Client to server: which relays are there?
    RelaysWanted,
    /// Server to client: all of them, without tokens.
    Relays {
        /// The map.
        relays: Vec<Relay>,
    },
    /// Client to server: forget this session.
    Bye,
    /// A message this version does not know; its number in the schema's union.
    Unknown(u16),
}
