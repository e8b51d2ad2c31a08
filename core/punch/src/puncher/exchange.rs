//! What the two punchers tell each other, and the tries that follow from it.

use alloc::vec::Vec;
use core::time::Duration;

use deskwire_machine::{Instant, change};
use deskwire_wire::ids::Role;
use deskwire_wire::punch::{CandidateKind, Candidates, Mapping, Outcome, PunchMsg, Strategy};
use deskwire_wire::{CapnProto, Codec as _};

use super::target::Target;
use super::{PunchState, Puncher, REFUSED};
use crate::config::PunchEvent;
use crate::filter::check_address;
use crate::report::Verdict;

impl Puncher {
    /// Forgets what was tried and tells the peer this side's addresses.
    pub(super) fn begin_generation(&mut self, now: Instant) {
        let now = self.clock.tell(now);
        self.generation = self.generation.wrapping_add(1);
        self.probes_left = self.config.limits.probes;
        self.gather();
        self.restart(now);
        let candidates = Candidates {
            generation: self.generation,
            mapping: self.mapping(),
            filtering: self.filtering(),
            frugal: self.is_frugal(),
            candidates: self.own.iter().copied().map(Into::into).collect(),
        };
        self.send(&PunchMsg::Candidates(candidates));
        self.get_ready(now);
        self.pump(now);
    }

    /// Back to the exchange, with the peer's addresses as they are known.
    fn restart(&mut self, now: Instant) {
        self.stop(PunchState::Exchanging);
        self.deadline = Some(now + self.config.timing.patience);
        self.rounds = 0;
        self.nominated = None;
        self.ledger.clear();
        self.strategies.clear();
        self.tcp_report = None;
        (self.own_forecast, self.peer_forecast) = (None, None);
        (self.sockets_opened, self.guesses) = (0, 0);
        self.verdict = Verdict::Searching;
        self.close_extras();
        self.set_targets();
    }

    fn set_targets(&mut self) {
        self.targets.clear();
        self.refused.clear();
        let candidates = self.peer.as_ref().map(|peer| peer.candidates.clone()).unwrap_or_default();
        for candidate in candidates.into_iter().filter(|candidate| is_udp(candidate.kind)) {
            let checked = check_address(candidate.addr, &self.situation());
            let known = self.targets.iter().any(|target| target.addr == candidate.addr);
            match checked {
                Ok(()) if !known && self.targets.len() < self.config.limits.targets => {
                    let link = self.socket_for(candidate.addr);
                    self.targets.extend(link.map(|link| Target::new(link, candidate.addr, candidate.kind)));
                }
                Ok(()) => {}
                Err(why) => {
                    self.stats.forbidden += 1;
                    if self.refused.len() < REFUSED {
                        self.refused.push((candidate.addr, why));
                    }
                }
            }
        }
    }

    /// With both sides' addresses known: the host says so, the viewer begins once it does.
    fn get_ready(&mut self, now: Instant) {
        let Some(peer) = &self.peer else { return };
        if self.state != PunchState::Exchanging {
            return;
        }
        // Where no UDP passes there may still be TCP, whose addresses are told in its own try.
        if peer.candidates.is_empty() && peer.mapping != Mapping::Blocked {
            return self.fail(now, Verdict::NotOffered);
        }
        match self.config.role {
            Role::Host => {
                let generation = peer.generation;
                self.send(&PunchMsg::Ready { generation });
            }
            Role::Viewer if self.ready == Some(self.generation) => self.begin_round(now, 1),
            Role::Viewer => {}
        }
    }

    /// Viewer: begins a try, half a round trip after the host is told, so that both begin together.
    fn begin_round(&mut self, now: Instant, round: u8) {
        let strategy = if self.tries_tcp(round) { Strategy::Tcp } else { self.plan(round) };
        self.send(&PunchMsg::Start { round, delay_us: 0, strategy });
        self.probe_from(now, now + self.rtt / 2, round, strategy);
    }

    fn probe_from(&mut self, now: Instant, start: Instant, round: u8, strategy: Strategy) {
        self.rounds = round;
        self.strategy = strategy;
        self.strategies.push(strategy);
        change(&mut self.state, PunchState::Probing { round });
        if strategy == Strategy::Tcp {
            return self.begin_tcp(now);
        }
        self.deadline = Some(start + self.duration(strategy));
        let limit = self.config.limits.requests_per_address;
        for target in self.targets.iter_mut().filter(|target| target.sent < limit) {
            target.begin(start);
        }
        match strategy {
            Strategy::Birthday { hard } => self.begin_birthday(start, hard),
            Strategy::BothCount if self.is_hard() => self.begin_measure(now, false),
            _ if self.is_hard() => self.begin_measure(now, true),
            _ => {}
        }
    }

    /// Whether this try is the one over TCP: the last, or the second where no UDP passes. (The first may still find a
    /// neighbour.)
    fn tries_tcp(&self, round: u8) -> bool {
        let theirs = self.peer.as_ref().map(|peer| peer.mapping);
        let blocked = self.mapping() == Mapping::Blocked || theirs == Some(Mapping::Blocked);
        let all = round > self.config.limits.rounds || matches!(self.strategy, Strategy::Birthday { .. });
        self.config.tcp && round > 1 && (all || blocked)
    }

    /// How long a try lasts.
    fn duration(&self, strategy: Strategy) -> Duration {
        let round = self.config.timing.round;
        match strategy {
            Strategy::Birthday { .. } => self.birthday_times().into_iter().sum::<Duration>() + round,
            Strategy::BothCount => round * 5 / 2,
            _ => round,
        }
    }

    pub(super) fn handle_peer_message(&mut self, now: Instant, bytes: &[u8]) {
        match CapnProto::decode(bytes) {
            Ok(PunchMsg::Candidates(candidates)) => self.handle_candidates(now, candidates),
            Ok(PunchMsg::Ready { generation }) => {
                if self.config.role == Role::Viewer {
                    self.ready = Some(generation);
                    self.get_ready(now);
                }
            }
            Ok(PunchMsg::Start { round, delay_us, strategy }) => {
                self.handle_start(now, round, delay_us, strategy);
            }
            Ok(PunchMsg::Forecast { round, forecast }) => self.handle_forecast(now, round, forecast),
            Ok(PunchMsg::TcpCandidates { round, candidates }) => {
                self.handle_tcp_candidates(now, round, candidates);
            }
            Ok(PunchMsg::Result { outcome, .. }) => self.handle_result(now, outcome),
            Ok(_) => {}
            Err(_) => self.stats.malformed += 1,
        }
    }

    fn handle_candidates(&mut self, now: Instant, candidates: Candidates) {
        let again = self.peer.replace(candidates).is_some();
        if self.state == PunchState::Idle {
            return;
        }
        if again || matches!(self.state, PunchState::Found | PunchState::Failed) {
            self.restart(now);
        } else {
            self.set_targets();
        }
        self.get_ready(now);
    }

    fn handle_start(&mut self, now: Instant, round: u8, delay_us: u32, strategy: Strategy) {
        let begun = matches!(self.state, PunchState::Exchanging | PunchState::Probing { .. });
        let over_tcp = strategy == Strategy::Tcp;
        let last = self.config.limits.rounds.saturating_add(u8::from(over_tcp));
        let next = round > self.rounds && round <= last && (self.config.tcp || !over_tcp);
        if self.config.role == Role::Host && begun && next {
            let delay = Duration::from_micros(delay_us.into()).min(self.config.timing.patience);
            self.probe_from(now, now + delay, round, strategy);
        }
    }

    fn handle_result(&mut self, now: Instant, outcome: Outcome) {
        let begun = matches!(self.state, PunchState::Exchanging | PunchState::Probing { .. });
        if self.config.role == Role::Host && begun && outcome == Outcome::Failed {
            self.fail(now, self.diagnosis());
        }
    }

    /// The exchange took too long, or a try is over.
    pub(super) fn handle_deadline(&mut self, now: Instant) {
        match (self.state, self.config.role) {
            (PunchState::Probing { round }, Role::Viewer) if self.goes_on_after(round) => {
                self.nominate_at = None;
                self.nominated = None;
                self.end_sweep();
                self.begin_round(now, round + 1);
            }
            (PunchState::Probing { round }, Role::Viewer) => {
                self.send(&PunchMsg::Result { round, outcome: Outcome::Failed });
                self.fail(now, self.diagnosis());
            }
            (PunchState::Probing { .. }, Role::Host) => {
                // The viewer says what follows.
                for target in &mut self.targets {
                    target.due = None;
                }
                self.end_measure();
                self.end_sweep();
                self.end_tcp(None);
                change(&mut self.state, PunchState::Exchanging);
                self.deadline = Some(now + self.config.timing.patience);
            }
            (PunchState::Exchanging, _) => self.fail(now, Verdict::PeerSilent),
            _ => {}
        }
    }

    /// Whether another try follows. After many guesses there is nothing left to try but TCP, and after TCP nothing.
    fn goes_on_after(&self, round: u8) -> bool {
        if self.config.tcp {
            return self.strategy != Strategy::Tcp;
        }
        round < self.config.limits.rounds && !matches!(self.strategy, Strategy::Birthday { .. })
    }

    pub(super) fn send(&mut self, message: &PunchMsg) {
        let mut bytes = Vec::new();
        if CapnProto::encode(message, &mut bytes).is_ok() {
            self.emit(PunchEvent::Send(bytes));
        }
    }
}

/// Whether such an address is probed with datagrams. What this version does not know is not.
const fn is_udp(kind: CandidateKind) -> bool {
    matches!(
        kind,
        CandidateKind::Host
            | CandidateKind::Mapped
            | CandidateKind::ServerReflexive
            | CandidateKind::PeerReflexive
    )
}
