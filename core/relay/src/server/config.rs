//! What a relay server is told at its start.

use alloc::vec::Vec;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_identity::{IdentityKey, PublicKey};
use deskwire_machine::{LinkIds, Seed};
use deskwire_wire::ids::RelayId;

/// Configuration of a [`super::Server`].
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// UDP addresses to bind; port 0 lets the system choose (see [`super::ServerEvent::Listening`]).
    pub udp: Vec<SocketAddr>,
    /// TCP addresses to bind.
    pub tcp: Vec<SocketAddr>,
    /// Where it listens for WebSockets, with TLS where the driver has a certificate.
    pub websocket: Vec<SocketAddr>,
    /// Which relay this is. Tokens for others are refused.
    pub relay: RelayId,
    /// Whose tokens are honoured.
    pub server_key: PublicKey,
    /// Unix time in seconds at the `now` of the constructor.
    pub unix_s: u64,
    /// Where to tell how it is, if its rendezvous server is another program.
    pub report: Option<Report>,
    /// Bounds.
    pub limits: ServerLimits,
    /// Randomness of channels and proofs.
    pub seed: Seed,
    /// Numbers the server's links.
    pub ids: LinkIds,
}

/// Where a relay tells how it is.
#[derive(Clone, Debug)]
pub struct Report {
    /// The rendezvous server's main port; all of its nodes, if it has several.
    pub to: Vec<SocketAddr>,
    /// What the reports are signed with: this relay's own key, which the rendezvous server knows.
    pub identity: IdentityKey,
    /// How often, beside every change of state.
    pub every: Duration,
}

/// Bounds of a [`super::Server`]. What is over them is refused, dropped or shed, and counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ServerLimits {
    /// Introductions that have a place, waiting or paired. At the bound the one that waits longest gives way to a new one,
    /// if it has waited long enough; else the new one is refused.
    pub pairs: usize,
    /// Introductions whose first side waits, per address prefix of that side, with the same rule.
    pub waiting_per_prefix: usize,
    /// TCP connections.
    pub connections: usize,
    /// TCP connections that have no place yet; the oldest is shed for a new one.
    pub half_open: usize,
    /// The same per address prefix (IPv4 /32, IPv6 /64).
    pub half_open_per_prefix: u32,
    /// Tokens remembered until they expire. At the bound new ones are refused: forgetting one would let it be replayed.
    pub spent_tokens: usize,
    /// Token signatures checked in a second, in all.
    pub checks_per_s: u32,
    /// Token signatures checked in a second for one address prefix.
    pub checks_per_s_and_prefix: u32,
    /// Unsent bytes of one TCP side; above, its partner is not read (TCP) or loses packets (UDP).
    pub stream_queue: usize,
    /// Unsent bytes of one UDP socket.
    pub datagram_queue: usize,
    /// Packets kept for a side until it has proven its address; more are dropped.
    pub kept_packets: usize,
    /// Bytes of the packets kept for a side.
    pub kept_bytes: usize,
    /// Bytes of the packets kept for all sides.
    pub kept_bytes_in_all: usize,
    /// Largest QUIC packet on UDP, in bytes without the channel header.
    pub datagram_packet: u16,
    /// Largest QUIC packet on TCP, in bytes without its length.
    pub stream_packet: u16,
    /// Bytes a second that one side may send, whatever its token allows.
    pub rate: u64,
    /// Bytes that one side may send in all, whatever its token allows.
    pub bytes: u64,
    /// How long the first side waits for the second.
    pub wait: Duration,
    /// How long a side may be silent.
    pub idle: Duration,
    /// How long a pair may last, whatever its tokens allow.
    pub longest: Duration,
    /// How long a TCP connection may take to open a place, however busy it looks.
    pub opening: Duration,
    /// Events kept for the owner.
    pub events: usize,
}

impl ServerLimits {
    /// Unsent bytes of a TCP side that are never exceeded by data: the queue bound twice, for what was read at once.
    pub(super) fn stream_bound(&self) -> usize {
        self.stream_queue.max(usize::from(self.stream_packet) + 2).saturating_mul(2)
    }
}

impl Default for ServerLimits {
    fn default() -> Self {
        Self {
            pairs: 20_000,
            waiting_per_prefix: 64,
            connections: 20_000,
            half_open: 1_024,
            half_open_per_prefix: 64,
            spent_tokens: 200_000,
            checks_per_s: 10_000,
            checks_per_s_and_prefix: 64,
            stream_queue: 128 << 10,
            datagram_queue: 4 << 20,
            kept_packets: 4,
            kept_bytes: 6 << 10,
            kept_bytes_in_all: 4 << 20,
            datagram_packet: 1_452,
            stream_packet: 16_384,
            rate: 32 << 20,
            bytes: u64::MAX,
            wait: Duration::from_secs(60),
            idle: Duration::from_secs(45),
            longest: Duration::from_secs(24 * 3_600),
            opening: Duration::from_secs(10),
            events: 1_024,
        }
    }
}
