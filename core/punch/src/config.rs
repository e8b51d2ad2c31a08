//! What a puncher is told, and what it tells.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::net::{IpAddr, SocketAddr};
use core::time::Duration;

use deskwire_identity::Secret64;
use deskwire_machine::{LinkId, LinkIds, Seed};
use deskwire_wire::ids::Role;

use crate::Report;

/// Configuration of a [`crate::Puncher`].
#[derive(Clone, Debug)]
pub struct PunchConfig {
    /// Which end of the session this is.
    pub role: Role,
    /// The session's exporter secret; probe keys come from it.
    pub exporter: Secret64,
    /// The rendezvous server's address: if it is private, private candidates may be probed.
    pub server: Option<IpAddr>,
    /// Whether many sockets may be opened and many ports guessed. Never done where an interface is metered.
    pub birthday: bool,
    /// Whether a path over TCP is looked for where there is none over UDP. Off in [`PunchConfig::new`], because the owner
    /// has to carry streams, and asks the server over them.
    pub tcp: bool,
    /// Numbers the sockets that the puncher opens itself.
    pub ids: LinkIds,
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
        let (birthday, tcp, ids) = (true, false, LinkIds::new());
        Self { role, exporter, server, birthday, tcp, ids, timing, limits, seed }
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
    /// How long the server may take to say which ports fresh sockets got; half of it later it is asked again.
    pub reflection: Duration,
    /// The same over TCP, where the connection has to be made first.
    pub tcp_reflection: Duration,
    /// How long both sides connect to each other over TCP: the system repeats a lost first packet after 1 s, 3 s and 7 s,
    /// and what the relay carries meanwhile may fill the queue before a slow line for seconds.
    pub tcp: Duration,
}

impl Default for PunchTiming {
    fn default() -> Self {
        Self {
            round: Duration::from_secs(2),
            settle: Duration::from_millis(60),
            patience: Duration::from_secs(10),
            reflection: Duration::from_millis(1_000),
            tcp_reflection: Duration::from_secs(3),
            tcp: Duration::from_secs(10),
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
    /// Sockets opened for birthday probing.
    pub sockets: u16,
    /// Ports guessed in birthday probing.
    pub guesses: u32,
    /// Addresses of the peer that are connected to over TCP.
    pub tcp_targets: usize,
    /// Attempts to connect to one of them.
    pub tcp_attempts: u8,
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
            sockets: 256,
            guesses: 2_048,
            tcp_targets: 8,
            tcp_attempts: 16,
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
    /// Ask the rendezvous server's second port which outside port this socket, one of the puncher's own, has: give the
    /// question to [`crate::Puncher::ask`] and the answer to [`crate::Puncher::reflected`]. Without an answer ports are
    /// not foretold.
    ReflectionWanted {
        /// The socket.
        link: LinkId,
    },
    /// The same of a TCP connection that the puncher is about to make from the port on which it listens: the question
    /// goes to [`Puncher::ask`](crate::Puncher::ask), too.
    StreamReflectionWanted {
        /// The connection.
        link: LinkId,
    },
    /// The server's answer to a question of [`PunchEvent::StreamReflectionWanted`], as the datagram that it would be over
    /// UDP. What it says goes to [`Puncher::reflected`](crate::Puncher::reflected).
    StreamReflection {
        /// The connection.
        link: LinkId,
        /// The server's second port.
        from: SocketAddr,
        /// Its answer.
        datagram: Vec<u8>,
    },
    /// A direct path works in both directions. The viewer chose it.
    PathFound {
        /// The socket: one of the owner's, or one that the puncher opened and keeps until [`crate::Puncher::release`].
        link: LinkId,
        /// Where to send.
        remote: SocketAddr,
        /// Where the peer's packets come from: `remote`, except between two NATs that both map per destination.
        source: SocketAddr,
        /// The round trip.
        rtt: Duration,
        /// Whether it is a TCP connection: packets go over it, each with its length in two bytes in front, and what
        /// [`Input::Stream`](deskwire_machine::Input::Stream) still holds after the puncher took it is packets.
        stream: bool,
    },
    /// There is no direct path for now. After a change of network it is tried again by itself.
    Failed {
        /// What was tried.
        report: Box<Report>,
    },
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
