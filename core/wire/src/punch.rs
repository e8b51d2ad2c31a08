//! Messages between two peers that look for a direct path. They travel inside the session, after login.

use alloc::vec::Vec;
use core::net::SocketAddr;

/// Most candidates in one message.
pub const MAX_CANDIDATES: usize = 16;

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
    /// Another outside port per destination.
    EndpointDependent {
        /// From the port seen by the main reflector to that seen by the second.
        delta: i32,
    },
    /// No UDP answer at all.
    Blocked,
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
    },
    /// Viewer: the try is over.
    Result {
        /// Which try.
        round: u8,
        /// How it ended.
        outcome: Outcome,
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
