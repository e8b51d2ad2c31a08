//! Dials, answers to dials, requests for relays.

use alloc::vec::Vec;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_identity::IdCertificate;
use deskwire_machine::{Deadline, Instant, change, earliest};
use deskwire_wire::ids::Role;
use deskwire_wire::rendezvous::{
    AttemptId, ConnectStatement, Handle, Introduced, MAX_CANDIDATES, MAX_MAP, MAX_OFFER, RendezvousMsg,
};
use deskwire_wire::{CapnProto, Codec};

use super::{
    Client, ClientEvent, DialFailure, DialRequest, DialTicket, Introduction, Phase, Retry, TokenRequest,
};
use crate::exchange::{CONNECT, connect_parts, introduction_id, key_from, tokens_proof};

/// How long a dial may take (of 20 s for the whole way to a session).
const DIAL_PATIENCE: Duration = Duration::from_secs(10);
/// How long the owner may think about an incoming dial; the server does not wait longer either.
const ASKED_PATIENCE: Duration = Duration::from_secs(10);
/// How long the server may take to confirm an answer.
const ANSWER_PATIENCE: Duration = Duration::from_secs(6);
/// How long a finished attempt is remembered, so that a late repeat of it is not taken for a new one.
const REMEMBER: Duration = Duration::from_secs(40);
/// How long a request for tokens may take.
const TOKENS_PATIENCE: Duration = Duration::from_secs(10);
/// How long the server may be silent while something is asked again and again.
pub(super) const SILENCE: Duration = Duration::from_secs(5);

/// A dial under way.
pub(super) struct Dial {
    request: DialRequest,
    pub(super) random: [u8; 32],
    retry: Retry,
    ends: Instant,
}

impl Dial {
    pub(super) fn new(now: Instant, mut request: DialRequest, random: [u8; 32]) -> Self {
        request.candidates.truncate(MAX_CANDIDATES - 1);
        Self { request, random, retry: Retry::new(now), ends: now + DIAL_PATIENCE }
    }
}

deskwire_machine::states! {
    "rendezvous client, a dial by somebody else";
    pub(crate) enum AttemptState {
        /// The owner is asked whether it takes it.
        Asked => [Answered],
        /// The answer is sent until the introduction comes.
        Answered { accept: bool, random: [u8; 32], candidates: Vec<SocketAddr>, retry: Retry } => [Over],
        /// Declined, or introduced in the session with this name; remembered for a while.
        Over { introduced: Option<Handle> } => [],
    }
}

/// A dial by somebody else.
pub(super) struct HostAttempt {
    state: AttemptState,
    ends: Instant,
}

impl HostAttempt {
    pub(super) fn answer(
        &mut self,
        now: Instant,
        accept: bool,
        mut random: [u8; 32],
        mut candidates: Vec<SocketAddr>,
    ) {
        if let AttemptState::Asked = self.state {
            if accept {
                candidates.truncate(MAX_CANDIDATES - 1);
            } else {
                // Who declines has nothing to tell, and says the same to a repeat.
                (random, candidates) = ([0; 32], Vec::new());
            }
            self.ends = now + ANSWER_PATIENCE;
            let answered = AttemptState::Answered { accept, random, candidates, retry: Retry::new(now) };
            change(&mut self.state, answered);
        }
    }

    const fn deadline(&self) -> Option<Deadline> {
        match &self.state {
            AttemptState::Answered { retry, .. } => {
                Some(Deadline::new(retry.at, "rendezvous client: answer"))
            }
            AttemptState::Asked | AttemptState::Over { .. } => None,
        }
    }
}

/// A request for tokens under way.
pub(super) struct TokenWait {
    request: TokenRequest,
    retry: Retry,
    ends: Instant,
}

impl TokenWait {
    pub(super) fn new(now: Instant, mut request: TokenRequest) -> Self {
        request.avoid.truncate(MAX_MAP);
        request.offer.truncate(MAX_OFFER);
        Self { request, retry: Retry::new(now), ends: now + TOKENS_PATIENCE }
    }
}

impl Client {
    /// In a new session everything that waits is said again at once.
    pub(super) fn restart_requests(&mut self, now: Instant) {
        let dials = self.dials.values_mut().map(|d| &mut d.retry);
        let tokens = self.tokens.values_mut().map(|t| &mut t.retry);
        let rest = self.relays_wanted.iter_mut().chain(&mut self.observation_wanted);
        for retry in dials.chain(tokens).chain(rest) {
            *retry = Retry::new(now);
        }
    }

    /// Ends what took too long, whether there is a session or not.
    pub(super) fn expire_requests(&mut self, now: Instant) {
        while let Some(ticket) = self.dials.iter().find(|(_, d)| d.ends <= now).map(|(t, _)| *t) {
            self.dials.remove(&ticket);
            self.event(ClientEvent::DialFailed { ticket, reason: DialFailure::TimedOut });
        }
        while let Some(id) = self.attempts.iter().find(|(_, a)| a.ends <= now).map(|(id, _)| *id) {
            let failed = match self.attempts.get(&id).map(|a| &a.state) {
                Some(AttemptState::Answered { accept, .. }) => *accept,
                Some(AttemptState::Asked | AttemptState::Over { .. }) | None => false,
            };
            self.attempts.remove(&id);
            if failed {
                self.event(ClientEvent::AttemptFailed { attempt: id });
            }
        }
        while let Some(key) = self.tokens.iter().find(|(_, t)| t.ends <= now).map(|(key, _)| *key) {
            self.tokens.remove(&key);
            self.event(ClientEvent::Tokens { introduction: key.0, relays: Vec::new(), offer: Vec::new() });
        }
    }

    pub(super) fn expiry_deadline(&self) -> Option<Deadline> {
        let ends = self.dials.values().map(|d| d.ends);
        let ends = ends.chain(self.attempts.values().map(|a| a.ends));
        let at = ends.chain(self.tokens.values().map(|t| t.ends)).min()?;
        Some(Deadline::new(at, "rendezvous client: request took too long"))
    }

    pub(super) fn requests_deadline(&self) -> Option<Deadline> {
        let dials = self.dials.values().map(|d| Some(Deadline::new(d.retry.at, "rendezvous client: dial")));
        let tokens =
            self.tokens.values().map(|t| Some(Deadline::new(t.retry.at, "rendezvous client: tokens")));
        let relays = self.relays_wanted.map(|r| Deadline::new(r.at, "rendezvous client: relays"));
        earliest(
            dials
                .chain(self.attempts.values().map(HostAttempt::deadline))
                .chain(tokens)
                .chain([relays, self.observation_deadline()]),
        )
    }

    pub(super) fn drive_requests(&mut self, now: Instant) {
        self.drive_reflect(now);
        self.drive_inquiry(now);
        self.drive_observation(now);
        let due: Vec<DialTicket> =
            self.dials.iter_mut().filter_map(|(t, d)| d.retry.is_due(now).then_some(*t)).collect();
        for ticket in due {
            self.say_dial(now, ticket);
        }
        let due: Vec<AttemptId> = self
            .attempts
            .iter_mut()
            .filter_map(|(id, a)| match &mut a.state {
                AttemptState::Answered { retry, .. } => retry.is_due(now).then_some(*id),
                AttemptState::Asked | AttemptState::Over { .. } => None,
            })
            .collect();
        for id in due {
            self.say_answer(now, id);
        }
        let due: Vec<_> =
            self.tokens.iter_mut().filter_map(|(key, t)| t.retry.is_due(now).then_some(*key)).collect();
        for key in due {
            let Some(wait) = self.tokens.get(&key) else { continue };
            let TokenRequest { introduction, secret, issued, role, avoid, offer } = &wait.request;
            let message = RendezvousMsg::TokensWanted {
                introduction: *introduction,
                issued: *issued,
                role: *role,
                proof: *tokens_proof(&secret.0, *introduction, *role).as_bytes(),
                avoid: avoid.clone(),
                rtts: Vec::new(),
                offer: offer.clone(),
            };
            let sends = wait.retry.sends;
            self.say_or_give_up(now, &message, sends, SILENCE);
        }
        if let Some(retry) = &mut self.relays_wanted
            && retry.is_due(now)
        {
            let sends = retry.sends;
            self.say_or_give_up(now, &RendezvousMsg::RelaysWanted, sends, SILENCE);
        }
    }

    fn say_dial(&mut self, now: Instant, ticket: DialTicket) {
        let (Phase::Connected(session), Some(server), Some(dial)) =
            (&self.phase, self.key, self.dials.get(&ticket))
        else {
            return;
        };
        let statement = ConnectStatement {
            target: dial.request.target,
            random: dial.random,
            viewer: dial.request.recognise.then(|| *self.config.identity.public().as_bytes()),
            rtts: self.rtts.clone(),
            direct: dial.request.direct,
            candidates: if dial.request.direct { dial.request.candidates.clone() } else { Vec::new() },
        };
        let mut bytes = Vec::new();
        if CapnProto::encode(&statement, &mut bytes).is_err() {
            return;
        }
        let fingerprint = server.fingerprint();
        let parts = connect_parts(&fingerprint, &session.cookie, &bytes);
        let signature = statement.viewer.map(|_| self.config.identity.sign(CONNECT, &parts));
        let sends = dial.retry.sends;
        self.say_or_give_up(now, &RendezvousMsg::Connect { statement: bytes, signature }, sends, SILENCE);
    }

    fn say_answer(&mut self, now: Instant, id: AttemptId) {
        let Some(entry) = self.attempts.get_mut(&id) else { return };
        let AttemptState::Answered { accept, random, candidates, .. } = &entry.state else { return };
        let message = RendezvousMsg::Answer {
            attempt: id,
            accept: *accept,
            random: *random,
            candidates: candidates.clone(),
        };
        if !accept {
            // Said once; if it gets lost, the server asks again.
            change(&mut entry.state, AttemptState::Over { introduced: None });
            entry.ends = now + ASKED_PATIENCE;
        }
        self.send(&message);
    }

    pub(super) fn handle_message(&mut self, now: Instant, message: RendezvousMsg) {
        match message {
            RendezvousMsg::Registered { certificate, beat_interval_s, epoch, .. } => {
                self.handle_registered(now, certificate, beat_interval_s, epoch);
            }
            RendezvousMsg::RegisterRefused { reason, epoch, last_epoch } => {
                self.handle_register_refused(now, reason, epoch, last_epoch);
            }
            RendezvousMsg::BeatAck { sequence, .. } => self.handle_beat_ack(now, sequence),
            RendezvousMsg::Reflected { nonce, observed, alternate } => {
                self.handle_reflected(now, nonce, observed, alternate);
            }
            RendezvousMsg::ConnectRefused { random } => {
                if let Some(ticket) = self.dial_with(&random) {
                    self.dials.remove(&ticket);
                    self.event(ClientEvent::DialFailed { ticket, reason: DialFailure::Refused });
                }
            }
            RendezvousMsg::Introduced(introduced) => self.handle_introduced(now, *introduced),
            RendezvousMsg::Incoming { attempt, viewer, direct } => {
                self.handle_incoming(now, attempt, viewer, direct);
            }
            RendezvousMsg::Tokens { introduction, relays, offer } => {
                let mut waited = false;
                for role in [Role::Viewer, Role::Host] {
                    waited |= self.tokens.remove(&(introduction, role)).is_some();
                }
                // The other side's offer comes when that side makes it, which may be long after the answer.
                if waited || !offer.is_empty() {
                    self.event(ClientEvent::Tokens { introduction, relays, offer });
                }
            }
            RendezvousMsg::Relays { relays } => {
                if self.relays_wanted.take().is_some() {
                    self.event(ClientEvent::Relays(relays));
                }
            }
            // What clients say, and what later versions say.
            _ => self.stats.rubbish += 1,
        }
    }

    fn dial_with(&self, random: &[u8; 32]) -> Option<DialTicket> {
        self.dials.iter().find(|(_, d)| d.random == *random).map(|(ticket, _)| *ticket)
    }

    fn handle_incoming(&mut self, now: Instant, id: AttemptId, viewer: Option<[u8; 32]>, direct: bool) {
        if !self.wants_registration {
            return;
        }
        let session = self.session_handle();
        if let Some(AttemptState::Over { introduced: Some(before) }) =
            self.attempts.get(&id).map(|a| &a.state)
            && Some(*before) != session
        {
            // In another session it is no late repeat: the server has forgotten the introduction, and the viewer did not
            // get it.
            self.attempts.remove(&id);
        }
        if let Some(entry) = self.attempts.get_mut(&id) {
            match &mut entry.state {
                AttemptState::Answered { retry, .. } => retry.at = now,
                // A late repeat.
                AttemptState::Over { introduced: Some(_) } => {}
                // Declined before; the server did not hear it.
                AttemptState::Over { introduced: None } => {
                    self.send(&RendezvousMsg::Answer {
                        attempt: id,
                        accept: false,
                        random: [0; 32],
                        candidates: Vec::new(),
                    });
                }
                AttemptState::Asked => {}
            }
            return;
        }
        let viewer = viewer.and_then(key_from);
        if self.make_attempt_room() && self.event(ClientEvent::Incoming { attempt: id, viewer, direct }) {
            self.attempts.insert(id, HostAttempt { state: AttemptState::Asked, ends: now + ASKED_PATIENCE });
        }
    }

    const fn session_handle(&self) -> Option<Handle> {
        match &self.phase {
            Phase::Connected(session) => Some(session.handle),
            Phase::Idle | Phase::Waiting { .. } | Phase::Greeting(_) => None,
        }
    }

    /// Makes room for one more dial of this device: those that are over are only remembered for whom missed an answer.
    fn make_attempt_room(&mut self) -> bool {
        if self.attempts.len() >= self.config.limits.attempts {
            let over = self.attempts.iter().filter(|(_, a)| matches!(a.state, AttemptState::Over { .. }));
            let oldest = over.min_by_key(|(id, a)| (a.ends, **id)).map(|(id, _)| *id);
            let Some(oldest) = oldest else { return false };
            self.attempts.remove(&oldest);
        }
        true
    }

    fn handle_introduced(&mut self, now: Instant, told: Introduced) {
        if told.introduction != introduction_id(&told.viewer_random, &told.host_random, &told.server_random) {
            self.stats.rubbish += 1;
            return;
        }
        let introduction = |role, certificate| Introduction {
            id: told.introduction,
            secret: told.secret.clone(),
            issued: told.issued,
            role,
            relays: told.relays.clone(),
            candidates: told.candidates.clone(),
            certificate,
        };
        if let Some(ticket) = self.dial_with(&told.viewer_random) {
            let Some(dial) = self.dials.remove(&ticket) else { return };
            let unix = match &self.phase {
                Phase::Connected(session) => session.unix_time(now),
                Phase::Idle | Phase::Waiting { .. } | Phase::Greeting(_) => self.own_unix_time(now),
            };
            let certificate = self
                .key
                .and_then(|key| IdCertificate::verify(&told.certificate, &key).ok())
                .filter(|c| c.id == dial.request.target && c.check_time(unix).is_ok());
            let event = match certificate {
                Some(c) => {
                    ClientEvent::Introduced { ticket, introduction: introduction(Role::Viewer, Some(c)) }
                }
                None => ClientEvent::DialFailed { ticket, reason: DialFailure::BadAnswer },
            };
            self.event(event);
            return;
        }
        let session = self.session_handle();
        let answered = self.attempts.iter_mut().find(|(_, a)| match &a.state {
            AttemptState::Answered { accept, random, .. } => *accept && *random == told.host_random,
            AttemptState::Asked | AttemptState::Over { .. } => false,
        });
        if let Some((id, entry)) = answered {
            let attempt = *id;
            change(&mut entry.state, AttemptState::Over { introduced: session });
            entry.ends = now + REMEMBER;
            self.event(ClientEvent::Accepted { attempt, introduction: introduction(Role::Host, None) });
        }
    }
}
