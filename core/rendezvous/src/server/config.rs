//! What a server is told at its start, what it tells its owner, and what it counts.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_identity::{IdentityKey, PublicKey};
use deskwire_machine::{CloseReason, LinkIds, Seed, WsUrl};
use deskwire_wire::ids::{DeviceId, RelayId};

/// A relay that the server sends sessions to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RelayInfo {
    /// Its name in tokens.
    pub id: RelayId,
    /// Where clients reach it, at most four addresses.
    pub addresses: Vec<SocketAddr>,
    /// Where it takes WebSockets, if not two ports above its addresses without TLS.
    pub url: Option<WsUrl>,
    /// Added to the measured round trips, in milliseconds: load, cost.
    pub penalty_ms: u32,
    /// Whether it takes no new sessions, whatever it reports.
    pub draining: bool,
    /// The key that its reports are signed with; `None` if it does not report.
    pub key: Option<PublicKey>,
}

/// What relay tokens allow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TokenTerms {
    /// Longest time of a pair, in seconds.
    pub longest_s: u32,
    /// Bytes a second and side; 0 leaves it to the relay.
    pub rate_bytes_per_s: u64,
    /// Bytes a side in all; 0 leaves it to the relay.
    pub byte_cap: u64,
}

impl Default for TokenTerms {
    fn default() -> Self {
        Self { longest_s: 24 * 3600, rate_bytes_per_s: 32 << 20, byte_cap: 1 << 40 }
    }
}

/// How often one source may do something: `burst` at once, then one every `every`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Budget {
    /// At once.
    pub burst: u32,
    /// The time that one costs.
    pub every: Duration,
}

impl Budget {
    /// `burst` at once, then one every `every`.
    pub const fn new(burst: u32, every: Duration) -> Self {
        Self { burst, every }
    }
}

/// Bounds and budgets. A source is an IPv4 address or an IPv6 /64.
#[derive(Clone, Debug)]
pub struct ServerLimits {
    /// Sessions of all clients, registered or not.
    pub sessions: usize,
    /// Sessions of one source.
    pub sessions_per_source: u32,
    /// TCP links.
    pub tcp_links: usize,
    /// TCP links of one source.
    pub tcp_links_per_source: u32,
    /// Dial attempts that are remembered.
    pub attempts: usize,
    /// Registrations that wait for the store; a quarter of the room is kept for devices that have an id.
    pub store_pending: usize,
    /// Sources whose budgets are remembered.
    pub sources: usize,
    /// Introductions whose round trips are remembered, so that both sides get the same relays again.
    pub introductions: usize,
    /// Introductions whose sides offered each other addresses because no relay is left.
    pub offers: usize,
    /// Devices with a raised minimum generation.
    pub generations: usize,
    /// Bytes that wait to be sent.
    pub outbox_bytes: usize,
    /// Events that wait for the owner.
    pub events: usize,
    /// Hellos and openings of a source.
    pub hello: Budget,
    /// Key agreements of a source that are done whatever others do: each costs more than all else that a stranger can ask
    /// for.
    pub opening: Budget,
    /// Key agreements of all sources beyond that.
    pub openings_in_all: Budget,
    /// Questions of a source to the second port and the other address.
    pub reflect: Budget,
    /// New ids of a source.
    pub claim: Budget,
    /// Dials and token requests of a source.
    pub connect: Budget,
    /// Dials to one target, by everybody.
    pub target: Budget,
    /// Dials to one target by one network (IPv4 /24, IPv6 /48).
    pub target_by_network: Budget,
}

impl Default for ServerLimits {
    fn default() -> Self {
        Self {
            sessions: 200_000,
            sessions_per_source: 4_096,
            tcp_links: 20_000,
            tcp_links_per_source: 256,
            attempts: 32_768,
            store_pending: 4_096,
            sources: 65_536,
            introductions: 65_536,
            offers: 4_096,
            generations: 1 << 20,
            outbox_bytes: 8 << 20,
            events: 65_536,
            hello: Budget::new(200, Duration::from_millis(20)),
            opening: Budget::new(4, Duration::from_secs(10)),
            openings_in_all: Budget::new(1_000, Duration::from_millis(1)),
            reflect: Budget::new(400, Duration::from_millis(10)),
            claim: Budget::new(20, Duration::from_secs(60)),
            connect: Budget::new(60, Duration::from_millis(500)),
            target: Budget::new(40, Duration::from_millis(50)),
            target_by_network: Budget::new(10, Duration::from_secs(1)),
        }
    }
}

/// Another IP address of the server than those of its ports, from which clients learn whether their NAT maps and filters
/// by address (RFC 5780 section 4). UDP only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Alternate {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Where clients reach it. Port 0 stands for the port on which it listens.
    pub public: SocketAddr,
}

/// What a server is told at its start.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// Its randomness; fresh at every start.
    pub seed: Seed,
    /// Where link ids come from.
    pub ids: LinkIds,
    /// The server key.
    pub identity: IdentityKey,
    /// Which of the operator's keys that is, for certificates and tokens.
    pub key_id: u32,
    /// Unix time in seconds at the `now` of [`Server::new`](crate::Server::new).
    pub unix_time: u64,
    /// Addresses of the main port, UDP and TCP (21116).
    pub main: Vec<SocketAddr>,
    /// Addresses of the reflector, UDP and TCP (21115).
    pub reflector: Vec<SocketAddr>,
    /// Other addresses, if the operator has any; one per address family is used.
    pub alternate: Vec<Alternate>,
    /// Where it listens for WebSockets (21118 usually), with TLS where the driver has a certificate. Empty: nowhere.
    pub websocket: Vec<SocketAddr>,
    /// The relays.
    pub relays: Vec<RelayInfo>,
    /// What tokens allow.
    pub terms: TokenTerms,
    /// Interval of beats over UDP, in seconds.
    pub beat_udp_s: u16,
    /// Interval of beats over TCP and WebSocket, in seconds.
    pub beat_tcp_s: u16,
    /// After what time every refused dial is answered, whatever the cause.
    pub refuse_after: Duration,
    /// The smallest certificate generation of devices whose key was rotated or revoked (from the store).
    pub minimum_generations: BTreeMap<DeviceId, u32>,
    /// Bounds and budgets.
    pub limits: ServerLimits,
}

impl ServerConfig {
    /// A configuration on the standard ports of all addresses, without relays.
    pub fn new(seed: Seed, identity: IdentityKey, unix_time: u64) -> Self {
        let any = |port| Vec::from([SocketAddr::from(([0, 0, 0, 0], port))]);
        Self {
            seed,
            ids: LinkIds::new(),
            identity,
            key_id: 0,
            unix_time,
            main: any(21_116),
            reflector: any(21_115),
            alternate: Vec::new(),
            websocket: Vec::new(),
            relays: Vec::new(),
            terms: TokenTerms::default(),
            beat_udp_s: 20,
            beat_tcp_s: 60,
            refuse_after: Duration::from_secs(3),
            minimum_generations: BTreeMap::new(),
            limits: ServerLimits::default(),
        }
    }
}

/// Which of a server's ports.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Port {
    /// Where clients talk to it.
    Main,
    /// Where they look how their NAT maps them to a second port.
    Reflector,
    /// Where they look how their NAT maps them to another address.
    Alternate,
}

/// The protocol of a port.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Protocol {
    /// Datagrams.
    Udp,
    /// Streams.
    Tcp,
    /// Streams within WebSockets.
    WebSocket,
}

impl Protocol {
    /// Whether it is a byte stream.
    pub const fn is_stream(self) -> bool {
        !matches!(self, Self::Udp)
    }
}

/// Names a request to the store until it is answered with [`Server::store_done`](crate::Server::store_done).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct StoreTicket(pub u64);

/// What the server asks its store. An answer means that it is durable. Every request may come again (a client that
/// missed the answer asks again), so the store keeps one id per key and answers a repeat as before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum StoreRequest {
    /// Give `id` to `key`, unless the key has an id already (then that one is the answer) or the id is taken.
    /// Answers: `Owned`, `Taken`, `Unavailable`.
    Claim {
        /// Names the request.
        ticket: StoreTicket,
        /// The proposed id.
        id: DeviceId,
        /// The new owner.
        key: PublicKey,
        /// The registration's epoch, to be kept.
        epoch: u64,
    },
    /// Does `id` belong to `key`? Keep the epoch if so. Answers: `Owned`, `NotOwner`, `EpochTooLow`, `Unknown`,
    /// `Unavailable`.
    Renew {
        /// Names the request.
        ticket: StoreTicket,
        /// The id.
        id: DeviceId,
        /// Its owner, as it says.
        key: PublicKey,
        /// The registration's epoch.
        epoch: u64,
    },
    /// Move `id` from key `from` to key `to` with the new generation, if it still belongs to `from` (or already to
    /// `to`). The rotation record was checked. Answers: `Owned`, `NotOwner`, `Unknown`, `Unavailable`.
    Transfer {
        /// Names the request.
        ticket: StoreTicket,
        /// The id.
        id: DeviceId,
        /// The old owner.
        from: PublicKey,
        /// The new owner.
        to: PublicKey,
        /// The new generation; also the new minimum for the id.
        generation: u32,
        /// The registration's epoch.
        epoch: u64,
    },
}

impl StoreRequest {
    /// Its ticket.
    pub const fn ticket(&self) -> StoreTicket {
        match self {
            Self::Claim { ticket, .. } | Self::Renew { ticket, .. } | Self::Transfer { ticket, .. } => {
                *ticket
            }
        }
    }
}

/// What the store answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum StoreResult {
    /// The key owns this id, and that is durable.
    Owned {
        /// The id.
        id: DeviceId,
        /// The generation of the key.
        generation: u32,
    },
    /// The proposed id belongs to another key.
    Taken,
    /// The id belongs to another key.
    NotOwner {
        /// Which.
        owner: PublicKey,
        /// Its generation.
        generation: u32,
    },
    /// The store knows a higher epoch.
    EpochTooLow {
        /// Which.
        last: u64,
    },
    /// No such id.
    Unknown,
    /// The store does not answer, or could not write.
    Unavailable,
}

/// What a server tells its owner.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ServerEvent {
    /// A port is open.
    Listening {
        /// Which.
        port: Port,
        /// Its protocol.
        protocol: Protocol,
        /// Where.
        address: SocketAddr,
    },
    /// A port could not be opened, or was lost.
    ListenFailed {
        /// Which.
        port: Port,
        /// Its protocol.
        protocol: Protocol,
        /// Where it should be.
        address: SocketAddr,
        /// Why.
        reason: CloseReason,
    },
    /// Something to look up or to write.
    Store(StoreRequest),
    /// A device is registered.
    Online {
        /// Which.
        id: DeviceId,
        /// From where.
        address: SocketAddr,
    },
    /// A device is gone.
    Offline {
        /// Which.
        id: DeviceId,
    },
    /// A viewer and a host were introduced.
    Introduced {
        /// The host.
        target: DeviceId,
        /// From where the viewer dialled.
        viewer: SocketAddr,
    },
}

/// Counts since the start, and sizes now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ServerStats {
    /// Hellos answered.
    pub hellos: u64,
    /// Sessions opened.
    pub opened: u64,
    /// Frames that are none, not for here, or did not open.
    pub rubbish: u64,
    /// Frames seen before.
    pub replayed: u64,
    /// Answers to frames of unknown sessions.
    pub stale: u64,
    /// What was refused because its source spent its budget.
    pub over_budget: u64,
    /// What was dropped or shed because a bound was reached.
    pub shed: u64,
    /// Registrations confirmed.
    pub registered: u64,
    /// Registrations refused.
    pub register_refused: u64,
    /// Questions from which address they came, answered at the second port or the other address.
    pub reflected: u64,
    /// Beats.
    pub beats: u64,
    /// Dials.
    pub dials: u64,
    /// Introductions made.
    pub introduced: u64,
    /// Dials refused, for whatever cause.
    pub dials_refused: u64,
    /// Requests for more relays, by either side of a session.
    pub token_requests: u64,
    /// Offers of addresses handed on because no relay was left.
    pub offers: u64,
    /// Reports of relays.
    pub relay_reports: u64,
    /// Sessions now.
    pub sessions: usize,
    /// Registered devices now.
    pub online: usize,
    /// TCP links now.
    pub tcp_links: usize,
    /// Dial attempts remembered now.
    pub attempts: usize,
    /// Sources remembered now.
    pub sources: usize,
    /// Sends that the outbox dropped.
    pub dropped: u64,
}
