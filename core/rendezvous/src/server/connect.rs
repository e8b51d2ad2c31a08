//! Dials: introducing a viewer to a host.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_identity::{RelayToken, Secret, bmac, hash};
use deskwire_machine::{Instant, State as _, StateTable, change};
use deskwire_wire::ids::{DeviceId, IntroductionId, Private, RelayId, Role};
use deskwire_wire::rendezvous::{
    AttemptId, ConnectStatement, Handle, Introduced, MAX_CANDIDATES, MAX_MAP, MAX_RELAY_ADDRESSES, Relay,
    RelayRtt, RendezvousMsg,
};
use deskwire_wire::{CapnProto, Codec};

use super::budget::{Network, Purpose};
use super::config::{Protocol, RelayInfo, ServerEvent};
use super::{Server, Timer};
use crate::exchange::{CONNECT, connect_parts, first, introduction_id, key_from, tokens_proof};

/// First wait before a host is told again that somebody dials; doubles.
const RESEND: Duration = Duration::from_millis(250);
/// How long a finished attempt is remembered, for those who missed the answer.
const REMEMBER: Duration = Duration::from_secs(30);
/// How long a relay that a side could not use is put last for its session: it may come back.
const AVOIDED: Duration = Duration::from_secs(60);
/// Longest message in a datagram: 1,200 bytes without kind, tag, handle, counter and AEAD tag.
const DATAGRAM_ROOM: usize = 1_200 - 34;

/// For [`crate::STATES`].
pub(crate) const STATES: StateTable = State::TABLE;

deskwire_machine::states! {
    "rendezvous server, an introduction";
    pub(crate) enum State {
        /// The host is asked, again and again; also one that is away, for it may just be coming back.
        Asking { resend_at: Instant, wait: Duration } => [Introduced, Refusing, Refused],
        /// The host declined, or the dial is not honest: it is refused when the time has come that hides which.
        Refusing => [Refused],
        /// Both sides have (or can fetch) their answers.
        Introduced { viewer: Box<RendezvousMsg>, host: Box<RendezvousMsg> } => [],
        /// The viewer has (or can fetch) its refusal.
        Refused => [],
    }
}

/// A viewer's wish to be introduced.
pub(super) struct Attempt {
    viewer: Handle,
    target: DeviceId,
    statement: ConnectStatement,
    viewer_key: Option<[u8; 32]>,
    created: Instant,
    refuse_at: Instant,
    /// From where the viewer dials.
    network: Network,
    /// Whether the host's budget of dials has paid for it.
    charged: bool,
    state: State,
}

struct Pair {
    viewer: Vec<RelayRtt>,
    host: Vec<RelayRtt>,
    /// What either side could not use, and when it said so.
    avoid: Vec<(RelayId, Instant)>,
}

/// What a side says that wants more relays.
pub(super) struct Wish<'a> {
    pub(super) introduction: IntroductionId,
    pub(super) issued: u64,
    pub(super) role: Role,
    pub(super) proof: [u8; 32],
    pub(super) avoid: &'a [RelayId],
    pub(super) offer: Vec<u8>,
}

/// What was measured by the two sides of past introductions: asked again, both get the same relays.
pub(super) struct Pairs {
    pairs: BTreeMap<IntroductionId, (Instant, Pair)>,
    by_age: BTreeSet<(Instant, IntroductionId)>,
    bound: usize,
}

impl Pairs {
    pub(super) const fn new(bound: usize) -> Self {
        Self { pairs: BTreeMap::new(), by_age: BTreeSet::new(), bound }
    }

    fn insert(&mut self, now: Instant, id: IntroductionId, pair: Pair, life: Duration) {
        while let Some(&(at, oldest)) = self.by_age.first()
            && (self.pairs.len() >= self.bound || at + life <= now)
        {
            self.by_age.pop_first();
            self.pairs.remove(&oldest);
        }
        if self.bound > 0 && self.pairs.insert(id, (now, pair)).is_none() {
            self.by_age.insert((now, id));
        }
    }
}

impl Server {
    pub(super) fn handle_connect(
        &mut self,
        now: Instant,
        handle: Handle,
        bytes: &[u8],
        signature: Option<&[u8; 64]>,
    ) {
        let Some((via, cookie)) = self.sessions.get(&handle).map(|s| (s.via, s.cookie)) else { return };
        let statement: ConnectStatement = match CapnProto::decode(bytes) {
            Ok(statement) => statement,
            Err(_) => {
                self.stats.rubbish += 1;
                return;
            }
        };
        let target = statement.target;
        // Only the viewer knows its random, so a viewer that opened a new session goes on with its attempt.
        let id = AttemptId(first(&hash(&[b"attempt", &target.as_digits().to_be_bytes(), &statement.random])));
        if let Some(attempt) = self.attempts.get_mut(&id) {
            attempt.viewer = handle;
            let answer = match &attempt.state {
                State::Introduced { viewer, .. } => viewer.as_ref().clone(),
                State::Refused => RendezvousMsg::ConnectRefused { random: statement.random },
                State::Asking { .. } | State::Refusing => return,
            };
            self.send(handle, &answer);
            return;
        }
        if !self.charge(now, via, Purpose::Connect) {
            return;
        }
        self.stats.dials += 1;
        let parts = connect_parts(&self.fingerprint, &cookie, bytes);
        let honest = match (statement.viewer, signature) {
            (None, _) => true,
            (Some(key), Some(signature)) => {
                key_from(key).is_some_and(|key| key.verify(CONNECT, &parts, signature).is_ok())
            }
            (Some(_), None) => false,
        };
        // Whatever is wrong, the viewer sees the same thing at the same time.
        let state = if honest { State::Asking { resend_at: now, wait: RESEND } } else { State::Refusing };
        let refuse_at = now + self.config.refuse_after;
        self.make_attempt_room();
        let viewer_key = statement.viewer;
        let (network, created, charged) = (Network::of(via.remote), now, false);
        let viewer = handle;
        let attempt =
            Attempt { viewer, target, statement, viewer_key, created, refuse_at, network, charged, state };
        self.attempts.insert(id, attempt);
        self.attempts_by_age.insert((now, id));
        self.drive_attempt(now, id);
    }

    fn make_attempt_room(&mut self) {
        while self.attempts.len() >= self.config.limits.attempts.max(1)
            && let Some((_, oldest)) = self.attempts_by_age.pop_first()
        {
            self.stats.shed += 1;
            self.attempts.remove(&oldest);
            self.timers.cancel(Timer::Attempt(oldest));
        }
    }

    pub(super) fn handle_attempt_timeout(&mut self, now: Instant, id: AttemptId) {
        let Some(attempt) = self.attempts.get(&id) else { return };
        if now >= attempt.refuse_at + REMEMBER {
            self.attempts_by_age.remove(&(attempt.created, id));
            self.attempts.remove(&id);
            return;
        }
        self.drive_attempt(now, id);
    }

    /// Does what is due for an attempt and sets its next deadline.
    fn drive_attempt(&mut self, now: Instant, id: AttemptId) {
        let Some(attempt) = self.attempts.get_mut(&id) else { return };
        let waiting = matches!(attempt.state, State::Asking { .. } | State::Refusing);
        if waiting && now >= attempt.refuse_at {
            change(&mut attempt.state, State::Refused);
            let (viewer, random) = (attempt.viewer, attempt.statement.random);
            self.timers.set(Timer::Attempt(id), attempt.refuse_at + REMEMBER);
            self.stats.dials_refused += 1;
            self.send(viewer, &RendezvousMsg::ConnectRefused { random });
            return;
        }
        let (refuse_at, target) = (attempt.refuse_at, attempt.target);
        let message = match &mut attempt.state {
            State::Asking { resend_at, wait } if now >= *resend_at => {
                *resend_at = now + *wait;
                *wait = wait.saturating_mul(2);
                let next = (*resend_at).min(refuse_at);
                self.timers.set(Timer::Attempt(id), next);
                RendezvousMsg::Incoming {
                    attempt: id,
                    viewer: attempt.viewer_key,
                    direct: attempt.statement.direct,
                }
            }
            State::Asking { resend_at, .. } => {
                self.timers.set(Timer::Attempt(id), (*resend_at).min(refuse_at));
                return;
            }
            State::Refusing => {
                self.timers.set(Timer::Attempt(id), refuse_at);
                return;
            }
            State::Introduced { .. } | State::Refused => {
                self.timers.set(Timer::Attempt(id), refuse_at + REMEMBER);
                return;
            }
        };
        // The host may have come back in another session meanwhile.
        let (Some(attempt), Some(host)) = (self.attempts.get_mut(&id), self.presence.get_mut(&target)) else {
            return;
        };
        let (all, one) = (self.config.limits.target, self.config.limits.target_by_network);
        if !attempt.charged && host.dials.has(now, all) {
            // One network gets its share of what the host bears, so that it keeps no other out.
            self.diallers.expire(now, 2);
            attempt.charged =
                self.diallers.take(now, target, attempt.network, one) && host.dials.take(now, all);
        }
        if attempt.charged {
            let host = host.handle;
            self.send(host, &message);
        } else {
            // It is tried again with the next repeat, until it is refused as if the host were away.
            self.stats.over_budget += 1;
        }
    }

    pub(super) fn handle_answer(
        &mut self,
        now: Instant,
        handle: Handle,
        id: AttemptId,
        accept: bool,
        random: [u8; 32],
        candidates: Vec<SocketAddr>,
    ) {
        let device = self.sessions.get(&handle).and_then(|s| s.device);
        let Some(attempt) = self.attempts.get_mut(&id).filter(|a| Some(a.target) == device) else {
            self.stats.rubbish += 1;
            return;
        };
        match &attempt.state {
            State::Asking { .. } if accept => self.introduce(now, handle, id, random, candidates),
            State::Asking { .. } => {
                change(&mut attempt.state, State::Refusing);
                self.drive_attempt(now, id);
            }
            State::Introduced { host, .. } => {
                let answer = host.as_ref().clone();
                self.send(handle, &answer);
            }
            State::Refusing | State::Refused => {}
        }
    }

    fn introduce(
        &mut self,
        now: Instant,
        host: Handle,
        id: AttemptId,
        host_random: [u8; 32],
        host_candidates: Vec<SocketAddr>,
    ) {
        let Some(attempt) = self.attempts.get(&id) else { return };
        let (viewer, target) = (attempt.viewer, attempt.target);
        let viewer_random = attempt.statement.random;
        let Some(presence) = self.presence.get(&target) else { return };
        let server_random = self.rng.bytes();
        let introduction = introduction_id(&viewer_random, &host_random, &server_random);
        let issued = self.unix_time();
        let pair =
            Pair { viewer: attempt.statement.rtts.clone(), host: presence.rtts.clone(), avoid: Vec::new() };
        let (chosen, _) = self.choose(introduction, &pair.viewer, &pair.host, &[]);
        let relays = |role| self.with_tokens(&chosen, introduction, role, issued);
        // Addresses go through the server only when there is no relay and the viewer allowed it; the host allowed
        // it by giving them.
        let exchange = chosen.is_empty() && attempt.statement.direct;
        let candidates = |own: &[SocketAddr], handle: Handle| -> Vec<SocketAddr> {
            let observed = self.sessions.get(&handle).filter(|s| s.via.protocol == Protocol::Udp);
            let observed = observed.map(|s| s.via.remote).filter(|a| !own.contains(a));
            let all = own.iter().copied().take(MAX_CANDIDATES - 1).chain(observed);
            if exchange && !own.is_empty() { all.collect() } else { Vec::new() }
        };
        let for_viewer = Introduced {
            introduction,
            secret: Private(*self.introduction_secret(introduction, issued).as_bytes()),
            issued,
            certificate: presence.certificate.clone(),
            viewer_random,
            host_random,
            server_random,
            relays: relays(Role::Viewer),
            candidates: candidates(&host_candidates, host),
        };
        let for_host = Introduced {
            certificate: Vec::new(),
            relays: relays(Role::Host),
            candidates: candidates(&attempt.statement.candidates, viewer),
            ..for_viewer.clone()
        };
        let viewer_address = self.sessions.get(&viewer).map(|s| s.via.remote);
        let [for_viewer, for_host] = [for_viewer, for_host].map(fitting);
        self.pairs.insert(
            now,
            introduction,
            pair,
            Duration::from_secs(u64::from(self.config.terms.longest_s)),
        );
        self.stats.introduced += 1;
        if let Some(viewer) = viewer_address {
            self.event(ServerEvent::Introduced { target, viewer });
        }
        self.send(viewer, &for_viewer);
        self.send(host, &for_host);
        if let Some(attempt) = self.attempts.get_mut(&id) {
            let (viewer, host) = (Box::new(for_viewer), Box::new(for_host));
            change(&mut attempt.state, State::Introduced { viewer, host });
        }
        self.drive_attempt(now, id);
    }

    /// The secret of an introduction: not kept, but made again from its name and time.
    fn introduction_secret(&self, introduction: IntroductionId, issued: u64) -> Secret<32> {
        bmac(&self.introduction_key, &hash(&[&introduction.0, &issued.to_be_bytes()]))
    }

    fn with_tokens(
        &self,
        relays: &[RelayInfo],
        introduction: IntroductionId,
        role: Role,
        unix_time: u64,
    ) -> Vec<Relay> {
        let terms = self.config.terms;
        let token = |relay| {
            RelayToken {
                relay,
                introduction,
                role,
                not_before: unix_time,
                expires: unix_time.saturating_add(RelayToken::LIFETIME_S),
                longest_s: terms.longest_s,
                rate_bytes_per_s: terms.rate_bytes_per_s,
                byte_cap: terms.byte_cap,
                key_id: self.config.key_id,
            }
            .sign(&self.config.identity)
        };
        relays.iter().map(|r| Relay { token: Private(token(r.id)), ..listed(r) }).collect()
    }

    /// Chooses relays again for a session that runs, or hands on its sides' addresses when none is left.
    pub(super) fn handle_tokens_wanted(&mut self, now: Instant, handle: Handle, wish: Wish<'_>) {
        let Wish { introduction, issued, role, proof, avoid, offer } = wish;
        let Some(via) = self.sessions.get(&handle).map(|s| s.via) else { return };
        if !self.charge(now, via, Purpose::Connect) {
            return;
        }
        let unix = self.unix_time();
        let secret = self.introduction_secret(introduction, issued);
        let alive = issued <= unix.saturating_add(60)
            && unix <= issued.saturating_add(u64::from(self.config.terms.longest_s));
        if !alive || tokens_proof(secret.as_bytes(), introduction, role) != Secret::new(proof) {
            self.stats.rubbish += 1;
            return;
        }
        self.stats.token_requests += 1;
        let (viewer, host, avoid) = match self.pairs.pairs.get_mut(&introduction) {
            Some((_, pair)) => {
                pair.avoid.retain(|(_, at)| *at + AVOIDED > now);
                for relay in avoid {
                    pair.avoid.retain(|(known, _)| known != relay);
                    if pair.avoid.len() < MAX_MAP {
                        pair.avoid.push((*relay, now));
                    }
                }
                (pair.viewer.clone(), pair.host.clone(), pair.avoid.iter().map(|(id, _)| *id).collect())
            }
            // From before a restart. What one side measured is left out, so that both are told the same.
            None => (Vec::new(), Vec::new(), avoid.to_vec()),
        };
        let (chosen, any_left) = self.choose(introduction, &viewer, &host, &avoid);
        let relays = self.with_tokens(&chosen, introduction, role, unix);
        if any_left || offer.is_empty() {
            self.send(handle, &RendezvousMsg::Tokens { introduction, relays, offer: Vec::new() });
            return;
        }
        // Addresses go through the server only when no relay is left, and only to a side that gives its own.
        match self.offers.put(now, introduction, role, handle, offer) {
            None => self.send(handle, &RendezvousMsg::Tokens { introduction, relays, offer: Vec::new() }),
            Some([viewer, host]) => {
                self.stats.offers += 1;
                for (to, role, offer) in [(viewer.0, Role::Viewer, host.1), (host.0, Role::Host, viewer.1)] {
                    let relays = self.with_tokens(&chosen, introduction, role, unix);
                    let mut message = RendezvousMsg::Tokens { introduction, relays, offer };
                    if !fits(&message)
                        && let RendezvousMsg::Tokens { relays, .. } = &mut message
                    {
                        relays.clear();
                    }
                    self.send(to, &message);
                }
            }
        }
    }

    pub(super) fn send_relays(&mut self, handle: Handle) {
        let mut relays: Vec<Relay> = self.config.relays.iter().take(MAX_MAP).map(listed).collect();
        let mut message = RendezvousMsg::Relays { relays: relays.clone() };
        while !fits(&message) && relays.pop().is_some() {
            message = RendezvousMsg::Relays { relays: relays.clone() };
        }
        self.send(handle, &message);
    }
}

fn listed(relay: &RelayInfo) -> Relay {
    let addresses = relay.addresses.iter().copied().take(MAX_RELAY_ADDRESSES).collect();
    Relay { id: relay.id, addresses, token: Private(Vec::new()), url: relay.url.clone() }
}

fn fits(message: &RendezvousMsg) -> bool {
    let mut bytes = Vec::new();
    CapnProto::encode(message, &mut bytes).is_ok() && bytes.len() <= DATAGRAM_ROOM
}

/// The message, with as many relays as go into a datagram.
fn fitting(mut introduced: Introduced) -> RendezvousMsg {
    loop {
        let message = RendezvousMsg::Introduced(Box::new(introduced.clone()));
        if fits(&message) || introduced.relays.pop().is_none() {
            return message;
        }
    }
}
