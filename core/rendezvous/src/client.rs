//! The client's side.
//!
//! ```text
//! Idle ── something to do ──> Greeting ── welcome ──> Connected ── stale, silence, new network ──> Waiting ─┐
//!                               ^  └── no address answered ──> Waiting (backs off) ─────────────────────────┤
//!                               └───────────────────────────────────────────────────────────────────────────┘
//! ```
//! Greeting says hello over UDP, after 500 ms without an answer over TCP too, and soon after that over WebSocket; the
//! first welcome wins. A session on a stream looks now and then whether UDP works by now, and moves there. Within
//! Connected, whoever waits repeats its question: the server's answers to repeats are the same.

mod alternate;
mod config;
mod greeting;
mod reflection;
mod registration;
mod requests;
mod servers;
mod session;
#[cfg(test)]
mod tests;
mod upgrade;

pub use config::{
    ClientConfig, ClientEvent, ClientLimits, ClientStats, DialFailure, DialRequest, DialTicket, Introduction,
    ServerAddress, TokenRequest, TooMany, Trust, UnreachableCause,
};

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_identity::PublicKey;
use deskwire_machine::{
    BoundedQueue, Clock, Deadline, Input, Instant, LinkId, Machine, Outbox, Output, Rng, State as _,
    StateTable, change, earliest,
};
use deskwire_wire::ids::{DeviceId, IntroductionId, Role};
use deskwire_wire::rendezvous::{AttemptId, RelayRtt, RendezvousMsg};

use greeting::Greeting;
use registration::Registration;
use requests::{Dial, HostAttempt, TokenWait};
use session::Session;

/// First wait before something is said again; doubles up to [`RESEND_MOST`].
const RESEND: Duration = Duration::from_millis(250);
const RESEND_MOST: Duration = Duration::from_secs(2);
/// How long a session without use is kept.
const IDLE: Duration = Duration::from_secs(30);

/// When something is said again.
#[derive(Clone, Copy, Debug)]
struct Retry {
    at: Instant,
    wait: Duration,
    sends: u32,
}

impl Retry {
    /// Says it at once.
    const fn new(now: Instant) -> Self {
        Self { at: now, wait: RESEND, sends: 0 }
    }

    /// Whether it is time; if so, the next time is set.
    fn is_due(&mut self, now: Instant) -> bool {
        if now < self.at {
            return false;
        }
        self.at = now + self.wait;
        self.wait = self.wait.saturating_mul(2).min(RESEND_MOST);
        self.sends = self.sends.saturating_add(1);
        true
    }
}

/// For [`crate::STATES`].
pub(crate) const STATES: [StateTable; 3] = [Phase::TABLE, requests::AttemptState::TABLE, alternate::STATES];

deskwire_machine::states! {
    "rendezvous client";
    enum Phase {
        /// Nothing wants a server.
        Idle => [Greeting],
        /// No server answered, or one has to be asked anew: the next round begins at a given time.
        Waiting { until: Instant } => [Idle, Greeting],
        /// Hellos are on their way, to one server after another.
        Greeting(Box<Greeting>) => [Greeting, Connected, Waiting, Idle],
        /// A server's certificate was checked, and there are keys for sealed messages.
        Connected(Box<Session>) => [Connected, Waiting, Idle],
    }
}

/// A client of the rendezvous server.
///
/// It shares its owner's UDP sockets: the owner tells it one `Input::Opened` per address family and then the datagrams
/// whose first byte is [`Kind::Rendezvous`](deskwire_wire::frame::Kind::Rendezvous). TCP links it opens itself.
/// Nothing is sent until there is something to do: [`Client::register`], [`Client::connect`] and so on.
pub struct Client {
    config: ClientConfig,
    /// The server's key: configured, or seen at first use.
    key: Option<PublicKey>,
    clock: Clock,
    start: Instant,
    rng: Rng,
    secrets: Rng,
    outbox: Outbox,
    events: BoundedQueue<ClientEvent>,
    udp_v4: Option<LinkId>,
    udp_v6: Option<LinkId>,
    /// Whether this device has addresses of IPv4 and of IPv6; `None` before it was told.
    families: Option<[bool; 2]>,
    phase: Phase,
    /// Which of the server's addresses is used.
    server: usize,
    /// The last session ran over a stream, because UDP was silent.
    udp_silent: bool,
    /// Rounds over all addresses, or sessions, without an answer.
    failures: u32,
    wants_registration: bool,
    registration: Registration,
    /// The highest epoch that the server told or that was used.
    epoch: u64,
    /// Epochs up to here may be used: that is on disk.
    reserved_epoch: u64,
    beat_sequence: u32,
    rtts: Vec<RelayRtt>,
    rtts_changed: bool,
    next_ticket: u64,
    dials: BTreeMap<DialTicket, Dial>,
    attempts: BTreeMap<AttemptId, HostAttempt>,
    tokens: BTreeMap<(IntroductionId, Role), TokenWait>,
    relays_wanted: Option<Retry>,
    /// How this device looks from outside is to be asked anew.
    observation_wanted: Option<Retry>,
    stats: ClientStats,
}

impl core::fmt::Debug for Client {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Client")
            .field("id", &self.config.id)
            .field("stats", &self.stats)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client that does nothing yet.
    pub fn new(now: Instant, config: ClientConfig) -> Self {
        Self {
            key: match config.trust {
                Trust::Key(key) => Some(key),
                Trust::FirstUse => None,
            },
            clock: Clock::new(now),
            start: now,
            rng: config.seed.public(),
            secrets: config.seed.secret(),
            outbox: Outbox::new(config.limits.outbox_bytes),
            events: BoundedQueue::new(config.limits.events),
            udp_v4: None,
            udp_v6: None,
            families: None,
            phase: Phase::Idle,
            server: 0,
            udp_silent: false,
            failures: 0,
            wants_registration: false,
            registration: Registration::Off,
            epoch: config.epoch,
            reserved_epoch: config.epoch,
            beat_sequence: 0,
            rtts: Vec::new(),
            rtts_changed: false,
            next_ticket: 0,
            dials: BTreeMap::new(),
            attempts: BTreeMap::new(),
            tokens: BTreeMap::new(),
            relays_wanted: None,
            observation_wanted: None,
            stats: ClientStats::default(),
            config,
        }
    }

    /// The id of this device, once it has one.
    pub const fn id(&self) -> Option<DeviceId> {
        self.config.id
    }

    /// The server's key: the configured one, or the one seen at first use.
    pub const fn server_key(&self) -> Option<PublicKey> {
        self.key
    }

    /// Whether the server has confirmed the registration and beats are answered.
    pub const fn is_registered(&self) -> bool {
        matches!(self.registration, Registration::Done { .. })
    }

    /// Counts since the start.
    pub fn stats(&self) -> ClientStats {
        ClientStats { dropped: self.outbox.dropped().saturating_add(self.events.dropped()), ..self.stats }
    }

    /// Whether a datagram from this address can be for this client (its first byte says the rest).
    pub fn is_server(&self, address: SocketAddr) -> bool {
        let inquiry = match &self.phase {
            Phase::Connected(session) => session.inquiry.as_ref(),
            Phase::Idle | Phase::Waiting { .. } | Phase::Greeting(_) => None,
        };
        inquiry.is_some_and(|inquiry| inquiry.expects(address))
            || self.config.servers.iter().any(|s| s.main == address || s.reflector == Some(address))
    }

    /// Registers this device and keeps it registered.
    pub fn register(&mut self, now: Instant) {
        let now = self.clock.tell(now);
        if !self.wants_registration {
            self.wants_registration = true;
            self.registration = Registration::Needed { not_before: now };
        }
        self.drive(now);
    }

    /// Stops being registered: nobody can dial this device any more.
    pub fn deregister(&mut self, now: Instant) {
        let now = self.clock.tell(now);
        if core::mem::take(&mut self.wants_registration) {
            self.registration = Registration::Off;
            // The server forgets the whole session; what else is under way goes on in a new one.
            self.leave(now);
        }
        self.drive(now);
    }

    /// Dials a device.
    ///
    /// # Errors
    /// [`TooMany`] when as many dials as allowed are under way.
    pub fn connect(&mut self, now: Instant, request: DialRequest) -> Result<DialTicket, TooMany> {
        let now = self.clock.tell(now);
        let limit = self.config.limits.dials;
        if self.dials.len() >= limit {
            return Err(TooMany { limit });
        }
        let ticket = DialTicket(self.next_ticket);
        self.next_ticket += 1;
        let random = self.secrets.bytes();
        self.dials.insert(ticket, Dial::new(now, request, random));
        self.drive(now);
        Ok(ticket)
    }

    /// Gives a dial up. No event follows.
    pub fn cancel(&mut self, now: Instant, ticket: DialTicket) {
        let now = self.clock.tell(now);
        self.dials.remove(&ticket);
        self.drive(now);
    }

    /// Answers a [`ClientEvent::Incoming`]. `candidates` (at most seven) are this device's addresses if its policy
    /// lets them go through the server; they do only when it has no relay. Later answers to the same attempt, and
    /// answers to attempts that ended, do nothing.
    pub fn answer(&mut self, now: Instant, attempt: AttemptId, accept: bool, candidates: Vec<SocketAddr>) {
        let now = self.clock.tell(now);
        let random = self.secrets.bytes();
        if let Some(entry) = self.attempts.get_mut(&attempt) {
            entry.answer(now, accept, random, candidates);
        }
        self.drive(now);
    }

    /// Asks for more relays for a session.
    ///
    /// # Errors
    /// [`TooMany`] when as many requests as allowed are under way.
    pub fn want_tokens(&mut self, now: Instant, request: TokenRequest) -> Result<(), TooMany> {
        let now = self.clock.tell(now);
        let limit = self.config.limits.token_requests;
        let key = (request.introduction, request.role);
        if self.tokens.len() >= limit && !self.tokens.contains_key(&key) {
            return Err(TooMany { limit });
        }
        self.tokens.insert(key, TokenWait::new(now, request));
        self.drive(now);
        Ok(())
    }

    /// Asks for the map of relays.
    pub fn want_relays(&mut self, now: Instant) {
        let now = self.clock.tell(now);
        self.relays_wanted.get_or_insert_with(|| Retry::new(now));
        self.drive(now);
    }

    /// Tells how far the relays are; the server hears of it with the next registration, beat or dial.
    pub fn set_relay_rtts(&mut self, rtts: Vec<RelayRtt>) {
        let rtts = config::bounded_rtts(rtts);
        self.rtts_changed |= rtts != self.rtts;
        self.rtts = rtts;
    }

    /// The epoch of [`ClientEvent::PersistEpoch`] is on stable storage.
    pub fn epoch_persisted(&mut self, now: Instant, epoch: u64) {
        let now = self.clock.tell(now);
        self.reserved_epoch = self.reserved_epoch.max(epoch);
        if matches!(self.registration, Registration::Persisting) {
            self.registration = Registration::Needed { not_before: now };
        }
        self.drive(now);
    }

    fn event(&mut self, event: ClientEvent) -> bool {
        self.events.push(event).is_ok()
    }

    fn wants_session(&self) -> bool {
        self.wants_registration
            || !self.dials.is_empty()
            || !self.tokens.is_empty()
            || self.relays_wanted.is_some()
            || self.observation_wanted.is_some()
    }

    /// A random time between `least` and `most`.
    fn jitter(&mut self, least: Duration, most: Duration) -> Duration {
        let span = u64::try_from(most.saturating_sub(least).as_micros()).unwrap_or(u64::MAX);
        least + Duration::from_micros(self.rng.below(span))
    }

    /// Does everything that is due.
    fn drive(&mut self, now: Instant) {
        self.expire_requests(now);
        match &self.phase {
            Phase::Idle if self.wants_session() => self.start_greeting(now),
            Phase::Waiting { until } if *until <= now => {
                if self.wants_session() {
                    self.start_greeting(now);
                } else {
                    change(&mut self.phase, Phase::Idle);
                }
            }
            Phase::Idle | Phase::Waiting { .. } | Phase::Greeting(_) | Phase::Connected(_) => {}
        }
        if let Phase::Greeting(_) = self.phase {
            self.drive_greeting(now);
        }
        if let Phase::Connected(_) = self.phase {
            self.drive_session(now);
        }
    }

    fn drive_session(&mut self, now: Instant) {
        let Phase::Connected(session) = &mut self.phase else { return };
        match session.rehello_at {
            Some(at) if at <= now => {
                self.restart_session(now);
                return;
            }
            // What is said in a session that is about to end is lost.
            Some(_) => return,
            None => {}
        }
        if session.observe_at().is_some_and(|at| at <= now) {
            self.restart_session(now);
            return;
        }
        // Kept for a while after the last use: a second dial then needs no hello.
        let in_use = self.wants_session();
        let Phase::Connected(session) = &mut self.phase else { return };
        if in_use {
            session.idle_at = None;
        } else if *session.idle_at.get_or_insert(now + IDLE) <= now {
            self.leave(now);
            return;
        }
        self.drive_upgrade(now);
        self.drive_registration(now);
        self.drive_requests(now);
    }

    /// Says goodbye and drops the session.
    fn leave(&mut self, now: Instant) {
        if let Phase::Connected(session) = &self.phase
            && session.opened
        {
            self.send(&RendezvousMsg::Bye);
        }
        if matches!(self.phase, Phase::Idle) {
            return;
        }
        match change(&mut self.phase, Phase::Idle) {
            Phase::Connected(session) => self.end_session(now, &session),
            Phase::Greeting(greeting) => {
                for (link, _) in greeting.streams {
                    self.outbox.close(link);
                }
            }
            Phase::Idle | Phase::Waiting { .. } => {}
        }
    }
}

impl Machine for Client {
    type Event = ClientEvent;

    fn handle_input(&mut self, now: Instant, input: Input<'_>) {
        let now = self.clock.tell(now);
        self.outbox.note(&input);
        match input {
            Input::Opened { link, local, max_datagram } => {
                self.handle_opened(now, link, local, max_datagram > 0);
            }
            Input::Datagram { link, from, data, .. } => self.handle_datagram(now, link, from, data),
            Input::Stream { link, data } => self.handle_stream(now, link, data),
            Input::Closed { link, .. } => self.handle_closed(now, link),
            Input::NetworkChanged { addrs } => self.handle_network_changed(now, addrs),
            // The rest is the outbox's, or not for this machine.
            _ => {}
        }
        self.drive(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        let now = self.clock.tell(now);
        self.drive(now);
    }

    fn poll_output(&mut self, _: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        self.outbox.poll(buf)
    }

    fn poll_event(&mut self) -> Option<ClientEvent> {
        self.events.pop()
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        let phase = match &self.phase {
            Phase::Idle => None,
            Phase::Waiting { until } => Some(Deadline::new(*until, "rendezvous client: waiting")),
            Phase::Greeting(greeting) => Some(greeting.deadline()),
            Phase::Connected(session) => match session.rehello_at {
                Some(at) => Some(Deadline::new(at, "rendezvous client: hello again")),
                None => {
                    let idle = session.idle_at.map(|at| Deadline::new(at, "rendezvous client: idle"));
                    earliest([
                        idle,
                        session.deadline(),
                        self.registration.deadline(),
                        self.requests_deadline(),
                    ])
                }
            },
        };
        earliest([phase, self.expiry_deadline()])
    }
}
