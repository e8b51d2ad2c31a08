//! What was tried, and what came of it.

use alloc::vec::Vec;
use core::net::SocketAddr;

use deskwire_wire::punch::{CandidateKind, Filtering, Forecast, Mapping, PunchCandidate, Strategy};

use crate::Forbidden;

/// What was tried since the last change of addresses on either side, and what came of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    /// Tries made.
    pub rounds: u8,
    /// How each of them went about.
    pub strategies: Vec<Strategy>,
    /// This side.
    pub local: Side,
    /// The other side, as it said.
    pub remote: Side,
    /// Every address probed, but for guesses that nobody answered.
    pub pairs: Vec<Pair>,
    /// Addresses that the peer named and that may not be probed.
    pub refused: Vec<(SocketAddr, Forbidden)>,
    /// Sockets that were opened for these tries on this side.
    pub sockets: u32,
    /// Ports guessed by this side.
    pub guesses: u32,
    /// What was tried over TCP, if anything.
    pub tcp: Option<TcpReport>,
    /// How it stands.
    pub verdict: Verdict,
}

/// The try over TCP in a [`Report`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TcpReport {
    /// Where this side is reached.
    pub local: Vec<PunchCandidate>,
    /// Where the other side is, as it said.
    pub remote: Vec<PunchCandidate>,
    /// Every address connected to.
    pub pairs: Vec<TcpPair>,
    /// Addresses that the peer named and that may not be connected to.
    pub refused: Vec<(SocketAddr, Forbidden)>,
    /// Connections that came in, whoever made them.
    pub accepted: u8,
}

/// An address of the peer in a [`TcpReport`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TcpPair {
    /// Which.
    pub addr: SocketAddr,
    /// How the peer learned it.
    pub kind: CandidateKind,
    /// Connections begun.
    pub attempts: u8,
    /// Whether one was made.
    pub connected: bool,
    /// Whether the peer proved itself on one.
    pub answered: bool,
}

/// One side of a [`Report`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Side {
    /// How its NAT maps.
    pub mapping: Mapping,
    /// Whom its NAT lets in.
    pub filtering: Filtering,
    /// Which ports its NAT gives next, if it was asked in the last try.
    pub forecast: Option<Forecast>,
    /// Whether its traffic costs money.
    pub frugal: bool,
    /// Its addresses.
    pub candidates: Vec<PunchCandidate>,
}

/// An address that was probed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pair {
    /// Which.
    pub addr: SocketAddr,
    /// How it was learned.
    pub kind: CandidateKind,
    /// Whether the shared socket was used, and not one that was opened for this.
    pub shared: bool,
    /// Requests sent there.
    pub requests: u16,
    /// Whether requests of the peer came from there.
    pub reached_us: bool,
    /// Whether an answer came.
    pub answered: bool,
}

/// How a search stands, or why it ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Verdict {
    /// It was not begun.
    #[default]
    Idle,
    /// It goes on.
    Searching,
    /// There is a path.
    Found,
    /// The peer's addresses or its word to begin did not come in time. Tried again after a pause.
    PeerSilent,
    /// The peer said that it has no addresses to be reached at: it was told to use relays only.
    NotOffered,
    /// No UDP leaves or reaches this side.
    BlockedHere,
    /// No UDP leaves or reaches the other side.
    BlockedThere,
    /// Both NATs map per destination, and at least one gives ports without a rule: nobody can guess that.
    BothHard,
    /// Both NATs count, and the ports that were foretold were taken by others.
    Miscounted,
    /// One NAT gives ports without a rule, and guessing was not allowed (a metered line, or the configuration).
    GuessingNotAllowed,
    /// One NAT gives ports without a rule, and all guesses missed.
    Unlucky,
    /// It should have worked and did not: a firewall, or much loss. Tried again after a pause.
    NoAnswer,
}

impl Verdict {
    /// Whether the search ended without a path where the gateways allow one: the viewer begins it again after a pause.
    pub const fn is_bad_luck(self) -> bool {
        matches!(self, Self::NoAnswer | Self::PeerSilent)
    }
}
