//! What a puncher is told, and what it tells.

use alloc::vec::Vec;
use core::net::{IpAddr, SocketAddr};
use core::time::Duration;

use deskwire_identity::Secret64;
use deskwire_machine::{LinkId, Seed};
use deskwire_wire::ids::Role;
use deskwire_wire::punch::{CandidateKind, Mapping};

use crate::Forbidden;

/// Configuration of a [`crate::Puncher`].
#[derive(Clone, Debug)]
pub struct PunchConfig {
    /// Which end of the session this is.
    pub role: Role,
    /// The session's exporter secret; probe keys come from it.
    pub exporter: Secret64,
    /// The rendezvous server's address: if it is private, private candidates may be probed.
    pub server: Option<IpAddr>,
    /// Times.
    pub timing: PunchTiming,
    /// Bounds.
    pub limits: PunchLimits,
    /// Randomness of transactions.
    pub seed: Seed,
}

impl PunchConfig {
    /// A configuration with the usual times and bounds.
    pub fn new(role: Role, exporter: Secret64, server: Option<IpAddr>, seed: Seed) -> Self {
        let (timing, limits) = (PunchTiming::default(), PunchLimits::default());
        Self { role, exporter, server, timing, limits, seed }
    }
}

/// Times of a [`crate::Puncher`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PunchTiming {
    /// How long one try lasts.
    pub round: Duration,
    /// How long the viewer waits for a better path after the first one answered.
    pub settle: Duration,
    /// How long the other side's messages may take.
    pub patience: Duration,
}

impl Default for PunchTiming {
    fn default() -> Self {
        Self {
            round: Duration::from_secs(2),
            settle: Duration::from_millis(60),
            patience: Duration::from_secs(10),
        }
    }
}

/// Bounds of a [`crate::Puncher`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PunchLimits {
    /// Tries per generation of addresses.
    pub rounds: u8,
    /// Addresses probed per generation, those that are seen first in probes among them.
    pub targets: usize,
    /// Requests to one address per generation.
    pub requests_per_address: u16,
    /// Probes in any second, answers among them.
    pub probes_per_s: u32,
    /// Probes until this side's network changes or its owner starts anew, answers among them; whatever the peer asks.
    pub probes: u32,
    /// Events that the owner has not taken.
    pub events: usize,
}

impl Default for PunchLimits {
    fn default() -> Self {
        Self {
            rounds: 3,
            targets: 32,
            requests_per_address: 24,
            probes_per_s: 100,
            probes: 4_096,
            events: 32,
        }
    }
}

/// What a [`crate::Puncher`] tells its owner.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum PunchEvent {
    /// Give these bytes to the other side's [`crate::Puncher::handle_message`], inside the session.
    Send(Vec<u8>),
    /// A direct path works in both directions. The viewer chose it.
    PathFound {
        /// The socket.
        link: LinkId,
        /// Where to send.
        remote: SocketAddr,
        /// Where the peer's packets come from: `remote`, except between two NATs that both map per destination.
        source: SocketAddr,
        /// The round trip.
        rtt: Duration,
    },
    /// There is no direct path for now. After a change of network it is tried again by itself.
    Failed {
        /// What was tried.
        report: Report,
    },
}

/// What was tried without success.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    /// Tries made.
    pub rounds: u8,
    /// How the NAT of this side maps.
    pub local: Mapping,
    /// How the NAT of the other side maps, as it said.
    pub remote: Mapping,
    /// Every address probed.
    pub tried: Vec<Tried>,
    /// Addresses that the peer named and that may not be probed.
    pub refused: Vec<(SocketAddr, Forbidden)>,
}

/// An address that was probed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tried {
    /// Which.
    pub addr: SocketAddr,
    /// How it was learned.
    pub kind: CandidateKind,
    /// Requests sent there.
    pub requests: u16,
    /// Whether requests of the peer came from there.
    pub reached_us: bool,
    /// Whether an answer came.
    pub answered: bool,
}

/// Counts of a [`crate::Puncher`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PunchStats {
    /// Requests sent.
    pub requests: u64,
    /// Answers sent.
    pub responses: u64,
    /// Requests of the peer that were not answered because of the budget.
    pub over_budget: u64,
    /// Datagrams that were no probe of the peer.
    pub forged: u64,
    /// Probes from, or candidates with, addresses that may not be probed.
    pub forbidden: u64,
    /// Messages of the peer that were none.
    pub malformed: u64,
    /// Events that the owner did not take in time.
    pub events_lost: u64,
}
