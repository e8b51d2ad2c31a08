//! The server's side.
//!
//! A stranger's hello costs the server one MAC and leaves nothing behind. The first sealed frame brings a cookie that
//! proves its address, and only then is a session allocated. A session is bound to the address of its cookie: a frame
//! from elsewhere is answered with a short `Stale`, upon which an honest client says hello from its new address.
//!
//! ```text
//! hello ──> welcome (nothing kept)
//! opening ─> session (anonymous) ── register ─> store ─> registered: online until beats stop
//!                     └── connect ─> attempt: asking ── answer yes ─> introduced (both sides told)
//!                                               └─────── anything else ─> refused, always after the same time
//! ```

mod budget;
mod config;
mod connect;
mod keys;
mod offers;
mod ports;
mod register;
mod relays;
mod sessions;
#[cfg(test)]
mod tests;

pub use config::{
    Alternate, Budget, Port, Protocol, RelayInfo, ServerConfig, ServerEvent, ServerLimits, ServerStats,
    StoreRequest, StoreResult, StoreTicket, TokenTerms,
};
pub use relays::Explanation;

pub(crate) use connect::STATES;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::time::Duration;

use deskwire_identity::{PublicKey, Secret, expand, extract};
use deskwire_machine::{BoundedQueue, Clock, Deadline, Input, Instant, LinkId, Machine, Outbox, Output, Rng};
use deskwire_wire::ids::DeviceId;
use deskwire_wire::rendezvous::{AttemptId, Handle};

use crate::timers::Timers;
use budget::{Bucket, Counts, Diallers, Sources};
use connect::{Attempt, Pairs};
use keys::{Exchange, Spent};
use offers::Offers;
use ports::{Listener, TcpLink};
use register::{PendingRegister, Presence};
use relays::Loads;
use sessions::Session;

/// How often the exchange key changes.
const ROTATE: Duration = Duration::from_secs(24 * 3600);
/// How often what strangers left behind is looked through, and how many entries at once.
const SWEEP: (Duration, usize) = (Duration::from_secs(60), 4_096);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Timer {
    Rotate,
    Sweep,
    Link(LinkId),
    Session(Handle),
    Attempt(AttemptId),
    Store(StoreTicket),
}

impl Timer {
    const fn reason(self) -> &'static str {
        match self {
            Self::Rotate => "rendezvous server: exchange key",
            Self::Sweep => "rendezvous server: old entries",
            Self::Link(_) => "rendezvous server: silent link",
            Self::Session(_) => "rendezvous server: session",
            Self::Attempt(_) => "rendezvous server: dial attempt",
            Self::Store(_) => "rendezvous server: store",
        }
    }
}

/// The rendezvous server.
///
/// The owner answers every [`ServerEvent::Store`] with [`Server::store_done`]; registrations wait for that.
pub struct Server {
    config: ServerConfig,
    key: PublicKey,
    fingerprint: [u8; 32],
    clock: Clock,
    start: Instant,
    rng: Rng,
    secrets: Rng,
    cookie_key: Secret<32>,
    introduction_key: Secret<32>,
    exchange: Exchange,
    outbox: Outbox,
    events: BoundedQueue<ServerEvent>,
    timers: Timers<Timer>,
    listeners: BTreeMap<LinkId, Listener>,
    tcp: BTreeMap<LinkId, TcpLink>,
    /// TCP links without a session, oldest first: what is shed at the bound.
    tcp_strangers: BTreeSet<LinkId>,
    tcp_counts: Counts,
    sessions: BTreeMap<Handle, Session>,
    session_counts: Counts,
    /// Sessions that are not registered, oldest first: what is shed at the bound.
    anonymous: BTreeSet<(Instant, Handle)>,
    spent: Spent,
    last_counter: u64,
    presence: BTreeMap<DeviceId, Presence>,
    pending: BTreeMap<StoreTicket, PendingRegister>,
    next_ticket: u64,
    attempts: BTreeMap<AttemptId, Attempt>,
    attempts_by_age: BTreeSet<(Instant, AttemptId)>,
    pairs: Pairs,
    offers: Offers,
    loads: Loads,
    sources: Sources,
    diallers: Diallers,
    /// Key agreements of sources that had their own.
    openings: Bucket,
    stats: ServerStats,
}

impl core::fmt::Debug for Server {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Server").field("key", &self.key).field("stats", &self.stats()).finish_non_exhaustive()
    }
}

impl Server {
    /// A server that opens its ports at once.
    pub fn new(now: Instant, config: ServerConfig) -> Self {
        let key = config.identity.public();
        let mut secrets = config.seed.secret();
        // Derived from the server key itself: a request for more tokens is understood after a restart, and by every
        // server with this key.
        let chain = extract(b"introductions", &config.identity.to_bytes());
        let exchange = Exchange::new(now, &config, &mut secrets);
        let limits = &config.limits;
        let mut server = Self {
            key,
            fingerprint: key.fingerprint(),
            clock: Clock::new(now),
            start: now,
            rng: config.seed.public(),
            cookie_key: Secret::new(secrets.bytes()),
            introduction_key: expand(&chain, "introduction secret", b""),
            secrets,
            exchange,
            outbox: Outbox::new(limits.outbox_bytes),
            events: BoundedQueue::new(limits.events),
            timers: Timers::new(),
            listeners: BTreeMap::new(),
            tcp: BTreeMap::new(),
            tcp_strangers: BTreeSet::new(),
            tcp_counts: Counts::default(),
            sessions: BTreeMap::new(),
            session_counts: Counts::default(),
            anonymous: BTreeSet::new(),
            spent: Spent::new(limits.sessions),
            last_counter: 0,
            presence: BTreeMap::new(),
            pending: BTreeMap::new(),
            next_ticket: 0,
            attempts: BTreeMap::new(),
            attempts_by_age: BTreeSet::new(),
            pairs: Pairs::new(limits.introductions),
            offers: Offers::new(limits.offers),
            loads: Loads::new(now),
            sources: Sources::new(limits.sources),
            diallers: Diallers::new(limits.sources),
            openings: Bucket::default(),
            stats: ServerStats::default(),
            config,
        };
        server.timers.set(Timer::Rotate, now + ROTATE);
        server.timers.set(Timer::Sweep, now + SWEEP.0);
        server.open_ports();
        server
    }

    /// The key that clients must know.
    pub const fn server_key(&self) -> PublicKey {
        self.key
    }

    /// Counts and sizes.
    pub fn stats(&self) -> ServerStats {
        ServerStats {
            sessions: self.sessions.len(),
            online: self.presence.len(),
            tcp_links: self.tcp.len(),
            attempts: self.attempts.len(),
            sources: self.sources.len(),
            dropped: self.outbox.dropped().saturating_add(self.events.dropped()),
            ..self.stats
        }
    }

    /// Replaces the relays; sessions that exist keep theirs.
    pub fn set_relays(&mut self, relays: Vec<RelayInfo>) {
        self.config.relays = relays;
    }

    /// Raises the minimum certificate generation of a device: older certificates are refused from now on. Gives
    /// whether there was room to remember it.
    pub fn set_minimum_generation(&mut self, id: DeviceId, generation: u32) -> bool {
        let full = self.config.minimum_generations.len() >= self.config.limits.generations;
        if full && !self.config.minimum_generations.contains_key(&id) {
            return false;
        }
        let minimum = self.config.minimum_generations.entry(id).or_insert(generation);
        *minimum = generation.max(*minimum);
        if let Some(handle) = self.presence.get(&id).filter(|p| p.generation < generation).map(|p| p.handle) {
            self.close_session(handle);
        }
        true
    }

    /// Whether a device is registered now.
    pub fn is_online(&self, id: DeviceId) -> bool {
        self.presence.contains_key(&id)
    }

    fn unix_time(&self) -> u64 {
        self.unix_time_at(self.clock.now())
    }

    fn unix_time_at(&self, at: Instant) -> u64 {
        self.config.unix_time.saturating_add(at.saturating_duration_since(self.start).as_secs())
    }

    fn drive_timers(&mut self, now: Instant) {
        while let Some(timer) = self.timers.pop_due(now) {
            match timer {
                Timer::Rotate => {
                    self.exchange.rotate(now, &self.config, self.unix_time_at(now), &mut self.secrets);
                    self.timers.set(Timer::Rotate, now + ROTATE);
                }
                Timer::Sweep => {
                    // Whoever comes sweeps a little too; here it is done when nobody comes any more.
                    self.sources.expire(now, SWEEP.1);
                    self.diallers.expire(now, SWEEP.1);
                    self.spent.expire(now);
                    self.timers.set(Timer::Sweep, now + SWEEP.0);
                }
                Timer::Link(link) => self.handle_silent_link(link),
                Timer::Session(handle) => self.handle_session_timeout(now, handle),
                Timer::Attempt(attempt) => self.handle_attempt_timeout(now, attempt),
                Timer::Store(ticket) => self.finish_store(now, ticket, StoreResult::Unavailable),
            }
        }
    }

    fn event(&mut self, event: ServerEvent) {
        // At the bound the queue counts it; a lost store request ends with its own timeout.
        let _ = self.events.push(event);
    }
}

impl Machine for Server {
    type Event = ServerEvent;

    fn handle_input(&mut self, now: Instant, input: Input<'_>) {
        let now = self.clock.tell(now);
        self.outbox.note(&input);
        match input {
            Input::Opened { link, local, .. } => self.handle_opened(link, local),
            Input::Accepted { listener, link, remote } => self.handle_accepted(now, listener, link, remote),
            Input::Datagram { link, from, data, .. } => self.handle_datagram(now, link, from, data),
            Input::Stream { link, data } => self.handle_stream(now, link, data),
            Input::Closed { link, reason } => self.handle_closed(link, reason),
            Input::Blocked { .. } | Input::Writable { .. } | Input::NetworkChanged { .. } => {}
            // The inputs may grow; what is not known is not for this machine.
            _ => {}
        }
        self.drive_timers(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        let now = self.clock.tell(now);
        self.drive_timers(now);
    }

    fn poll_output(&mut self, _: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        self.outbox.poll(buf)
    }

    fn poll_event(&mut self) -> Option<ServerEvent> {
        self.events.pop()
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        self.timers.next().map(|(at, timer)| Deadline::new(at, timer.reason()))
    }
}
