//! Messages between two peers that look for a direct path. They travel inside the session, after login.

use alloc::vec::Vec;
use core::net::SocketAddr;

use crate::ids::Role;

/// Most candidates in one message.
pub const MAX_CANDIDATES: usize = 16;
/// Most ports in a forecast.
pub const MAX_FORECAST: u16 = 64;

/// An address at which a peer may be reached.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PunchCandidate {
    /// The address.
    pub addr: SocketAddr,
    /// How the peer learned it.
    pub kind: CandidateKind,
}

/// How a candidate was learned (RFC 8445 terms).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum CandidateKind {
    /// An address of an interface.
    Host,
    /// A port that the router mapped on request.
    Mapped,
    /// What the rendezvous server saw.
    ServerReflexive,
    /// What the other peer saw.
    PeerReflexive,
    /// An address of an interface, over TCP.
    TcpHost,
    /// A TCP port that the router mapped on request.
    TcpMapped,
    /// What the rendezvous server saw of a TCP connection.
    TcpServerReflexive,
    /// A port that was foretold from how a NAT counts. Only in reports; nobody names it.
    Predicted,
    /// A port that was found by trying many. Only in reports; nobody names it.
    Guessed,
    /// A kind this version does not know.
    Unknown(u16),
}

/// How a peer's NAT chooses outside ports, as far as its own server could tell it (RFC 4787 terms).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Mapping {
    /// Not known.
    #[default]
    Unknown,
    /// The same outside port towards everybody.
    EndpointIndependent,
    /// Another outside port for each address, and the same one towards all ports of it.
    AddressDependent {
        /// From the port seen by the server's main port to that seen by its other address.
        delta: i32,
    },
    /// Another outside port for each address and port.
    AddressPortDependent {
        /// From the port seen by the server's main port to that seen by its second port.
        delta: i32,
    },
    /// No UDP answer at all.
    Blocked,
}

impl Mapping {
    /// Whether a peer sees another outside port than the server does, which nobody can name to it beforehand.
    pub const fn is_per_destination(self) -> bool {
        matches!(self, Self::AddressDependent { .. } | Self::AddressPortDependent { .. })
    }
}

/// Whom a peer's NAT lets in, as far as its own server could tell it (RFC 4787 terms).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Filtering {
    /// Not known.
    #[default]
    Unknown,
    /// Everybody.
    EndpointIndependent,
    /// Every port of an address that was sent to. Without a second server address it may be everybody, too.
    AddressDependent,
    /// Only who was sent to.
    AddressPortDependent,
}

/// How a try goes about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Strategy {
    /// Both sides probe every address of the other at the same time, and foretold ports as they are told.
    #[default]
    Timed,
    /// One side opens many sockets, the other tries many ports.
    Birthday {
        /// The side whose NAT maps per destination.
        hard: Role,
    },
    /// Both NATs count: the viewer sends from many sockets to one foretold port, the host from one socket to many.
    BothCount,
    /// Over TCP, when UDP led nowhere: both sides listen and connect to each other at the same time.
    Tcp,
    /// A strategy this version does not know.
    Unknown(u16),
}

/// The outside ports that the sender's NAT gives next.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Forecast {
    /// The one looked for is among these.
    Ports {
        /// The first.
        first: SocketAddr,
        /// From each to the next.
        step: i16,
        /// How many; at most [`MAX_FORECAST`].
        count: u16,
    },
    /// They follow no rule.
    NoRule,
    /// A forecast this version does not know.
    Unknown(u16),
}

/// A message about direct paths.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum PunchMsg {
    /// All addresses of the sender; replaces what it said before.
    Candidates(Candidates),
    /// Host: it has the viewer's candidates of this generation and can start.
    Ready {
        /// The viewer's generation.
        generation: u32,
    },
    /// Viewer: probe. Both start together, half a round trip after this was sent.
    Start {
        /// Which try, from 1.
        round: u8,
        /// How long the receiver waits first, in microseconds.
        delay_us: u32,
        /// How.
        strategy: Strategy,
    },
    /// Viewer: the try is over.
    Result {
        /// Which try.
        round: u8,
        /// How it ended.
        outcome: Outcome,
    },
    /// Which ports the sender's NAT gives next.
    Forecast {
        /// For which try.
        round: u8,
        /// Which.
        forecast: Forecast,
    },
    /// Where the sender is reached over TCP, for a try of [`Strategy::Tcp`]. The host says so first; with the viewer's
    /// word the try begins.
    TcpCandidates {
        /// For which try.
        round: u8,
        /// At most [`MAX_CANDIDATES`].
        candidates: Vec<PunchCandidate>,
    },
    /// A message this version does not know; its number in the schema's union.
    Unknown(u16),
}

/// All addresses of a peer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidates {
    /// Goes up when the sender's network changes.
    pub generation: u32,
    /// How its NAT maps.
    pub mapping: Mapping,
    /// Whom its NAT lets in.
    pub filtering: Filtering,
    /// Its traffic costs money, or many sockets are not wanted: no birthday probing.
    pub frugal: bool,
    /// At most [`MAX_CANDIDATES`].
    pub candidates: Vec<PunchCandidate>,
}

/// How a try ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// A direct path is there.
    Found,
    /// None was found; no further try follows.
    Failed,
    /// An outcome this version does not know.
    Unknown(u16),
}
