//! Requests, answers, and the choice of a path.

use core::net::SocketAddr;
use core::time::Duration;

use deskwire_machine::{Instant, LinkId};
use deskwire_wire::ids::Role;
use deskwire_wire::punch::{CandidateKind, Filtering, Outcome, PunchMsg, Strategy};

use super::target::{Outstanding, Target};
use super::{Nominated, PunchState, Puncher};
use crate::config::PunchEvent;
use crate::filter::check_address;
use crate::probe::{Body, Probe};
use crate::report::Verdict;

/// How often the viewer says which path it chose, and the first wait between two; it doubles.
const NOMINATIONS: u8 = 5;
const NOMINATE_AGAIN: Duration = Duration::from_millis(100);
/// Room for addresses that are found beyond those that were named.
pub(super) const EXTRA_TARGETS: usize = 80;

impl Puncher {
    pub(super) fn handle_datagram(&mut self, now: Instant, link: LinkId, from: SocketAddr, data: &[u8]) {
        if !self.sockets.iter().any(|(own, _)| *own == link) && self.extra(link).is_none() {
            return;
        }
        let Some(probe) = self.keys.open(data) else {
            self.stats.forged += 1;
            return;
        };
        if matches!(self.state, PunchState::Idle | PunchState::Failed) {
            return;
        }
        if check_address(from, &self.situation()).is_err() {
            self.stats.forbidden += 1;
            return;
        }
        match probe.body {
            Body::Request => self.handle_request(now, link, from, &probe),
            Body::Response { .. } => self.handle_response(now, from, probe.transaction),
        }
    }

    fn handle_request(&mut self, now: Instant, link: LinkId, from: SocketAddr, probe: &Probe) {
        if self.probes_left == 0 || !self.pace.take(now) {
            self.stats.over_budget += 1;
            return;
        }
        self.probes_left -= 1;
        let response = Probe { body: Body::Response { observed: from }, ..*probe };
        self.outbox.datagram(link, from, self.keys.seal(&response).to_vec());
        self.stats.responses += 1;
        if self.state == PunchState::Found {
            return;
        }
        self.note_filtering(link, from);
        let limits = self.config.limits;
        let known = self.targets.iter().position(|target| target.is(link, from));
        let at = known.or_else(|| {
            // The peer's NAT gave it another port towards us than it knows of.
            (self.targets.len() < limits.targets + EXTRA_TARGETS).then(|| {
                self.targets.push(Target::new(link, from, CandidateKind::PeerReflexive));
                self.targets.len() - 1
            })
        });
        let probing = matches!(self.state, PunchState::Probing { .. });
        let nominates = probe.nominated && self.config.role == Role::Host;
        if let Some(target) = at.and_then(|at| self.targets.get_mut(at)) {
            target.reached_us = true;
            // Where the peer's requests come from, ours get through most likely: try at once.
            let fresh = known.is_none() && target.due.is_none();
            if target.answer.is_none() && target.sent < limits.requests_per_address && (probing || nominates)
            {
                // The viewer is content with its own proof: nobody but this side asks again for its answer.
                if fresh || nominates && target.due.is_none() {
                    target.begin(now);
                } else {
                    target.due = Some(target.due.map_or(now, |due| due.min(now)));
                }
            }
            if nominates {
                self.nominated = Some(Nominated { link, addr: from, again: None, attempts: 0 });
                self.accept_nomination();
            }
        }
    }

    fn handle_response(&mut self, now: Instant, from: SocketAddr, transaction: u64) {
        // Once only, so a replayed answer is nobody's. It may come from another address than the request went to, when
        // both NATs map per destination: the path is then two one-way streets.
        let Some(request) = self.ledger.take(transaction) else { return };
        let rtt = now - request.sent;
        let (link, to) = (request.link, request.to);
        let room = self.targets.len() < self.config.limits.targets + EXTRA_TARGETS;
        if room && !self.targets.iter().any(|target| target.is(link, to)) {
            // One of many that were tried once.
            let kind = match self.strategy {
                Strategy::Birthday { .. } => CandidateKind::Guessed,
                _ => CandidateKind::Predicted,
            };
            let mut target = Target::new(link, to, kind);
            target.sent = 1;
            self.targets.push(target);
        }
        let Some(target) = self.targets.iter_mut().find(|target| target.is(link, to)) else { return };
        target.answer = Some((rtt, from));
        let rank = target.rank();
        if self.state == PunchState::Found {
            return;
        }
        self.end_sweep();
        for foretold in self.targets.iter_mut().filter(|target| target.kind == CandidateKind::Predicted) {
            // One of them was the right one; unless the peer got through from there, and may be content with that one.
            if foretold.answer.is_none() && !foretold.reached_us {
                foretold.due = None;
            }
        }
        match self.config.role {
            Role::Viewer if request.nominated => {
                if self.nominated.is_some_and(|chosen| (chosen.link, chosen.addr) == (link, to)) {
                    self.found(link, to, from, rtt);
                }
            }
            Role::Viewer if self.nominated.is_none() => {
                let settle = if rank == 0 { Duration::ZERO } else { self.config.timing.settle };
                let at = now + settle;
                self.nominate_at = Some(self.nominate_at.map_or(at, |earlier| earlier.min(at)));
            }
            Role::Viewer => {}
            Role::Host => self.accept_nomination(),
        }
    }

    /// Host: the path is there once the viewer chose it and our own request on it was answered.
    fn accept_nomination(&mut self) {
        let Some(chosen) = self.nominated else { return };
        let target = self.targets.iter().find(|target| target.is(chosen.link, chosen.addr));
        if let Some((rtt, _)) = target.and_then(|target| target.answer) {
            self.found(chosen.link, chosen.addr, chosen.addr, rtt);
        }
    }

    fn found(&mut self, link: LinkId, remote: SocketAddr, source: SocketAddr, rtt: Duration) {
        self.verdict = Verdict::Found;
        self.stop(PunchState::Found);
        self.kept = self.extra(link).map(|extra| extra.link);
        self.close_extras();
        if self.config.role == Role::Viewer {
            self.send(&PunchMsg::Result { round: self.rounds, outcome: Outcome::Found });
        }
        self.emit(PunchEvent::PathFound { link, remote, source, rtt, stream: false });
    }

    /// Viewer: takes the best path that answered.
    fn nominate(&mut self, now: Instant) {
        let best = self
            .targets
            .iter()
            .filter_map(|target| Some((target.rank(), target.answer?.0, target.link, target.addr)))
            .min_by_key(|(rank, rtt, ..)| (*rank, *rtt));
        if let Some((_, _, link, addr)) = best {
            self.nominated = Some(Nominated { link, addr, again: Some(now), attempts: 0 });
        }
    }

    /// Does what is due now: within the budget, so that at most a few probes leave at once.
    pub(super) fn pump(&mut self, now: Instant) {
        if self.nominate_at.is_some_and(|at| at <= now) {
            self.nominate_at = None;
            self.nominate(now);
        }
        self.drive_tcp(now);
        while self.next_probe().is_some_and(|at| at <= now) {
            if let Some(mut chosen) = self.nominated.filter(|chosen| chosen.again.is_some_and(|at| at <= now))
            {
                if chosen.attempts >= NOMINATIONS {
                    // It was heard once and not again: another one, if there is any.
                    self.nominated = None;
                    let is_it = |target: &&mut Target| target.is(chosen.link, chosen.addr);
                    if let Some(target) = self.targets.iter_mut().find(is_it) {
                        target.answer = None;
                    }
                    self.nominate(now);
                    continue;
                }
                let wait = NOMINATE_AGAIN * (1 << chosen.attempts);
                chosen.attempts += 1;
                chosen.again = Some(now + wait);
                self.nominated = Some(chosen);
                self.request(now, chosen.link, chosen.addr, true);
                continue;
            }
            let due = self.targets.iter().filter(|target| target.due.is_some());
            let Some(target) = due.min_by_key(|target| target.due) else { break };
            let (link, addr) = (target.link, target.addr);
            self.send_due_target(now, link, addr);
        }
        while self.next_sweep().is_some_and(|at| at <= now) {
            self.drive_sweep(now);
        }
    }

    /// Sends a request to a target.
    pub(super) fn send_due_target(&mut self, now: Instant, link: LinkId, addr: SocketAddr) {
        let limit = self.config.limits.requests_per_address;
        if self.pace.next() <= now
            && let Some(target) = self.targets.iter_mut().find(|target| target.is(link, addr))
        {
            target.note_sent(now, limit);
            self.request(now, link, addr, false);
        }
    }

    pub(super) fn request(&mut self, now: Instant, link: LinkId, to: SocketAddr, nominated: bool) {
        if self.probes_left == 0 || !self.pace.take_request(now) {
            return;
        }
        self.probes_left -= 1;
        let transaction = self.rng.next_u64();
        self.ledger.note(Outstanding { transaction, link, to, sent: now, nominated });
        let probe = Probe { body: Body::Request, nominated, transaction };
        self.outbox.datagram(link, to, self.keys.seal(&probe).to_vec());
        self.stats.requests += 1;
    }

    /// Somebody got in: whether this side had sent there says what its NAT lets through.
    fn note_filtering(&mut self, link: LinkId, from: SocketAddr) {
        let sent_to = |same: &dyn Fn(SocketAddr) -> bool| {
            self.targets.iter().any(|target| target.link == link && target.sent > 0 && same(target.addr))
        };
        // Sweeps do not note where probes went, and what an earlier search opened may still be open.
        let is_first = self.generation == 1 && self.strategy == Strategy::Timed;
        if is_first && !sent_to(&|addr| addr == from) {
            let seen = match sent_to(&|addr| addr.ip() == from.ip()) {
                true => Filtering::AddressDependent,
                false => Filtering::EndpointIndependent,
            };
            if self.filtering != Filtering::EndpointIndependent {
                self.filtering = seen;
            }
        }
    }

    /// When the next probe of a sweep is due and covered by the budget.
    pub(super) fn next_sweep(&self) -> Option<Instant> {
        let due = self.sweep_due().filter(|_| self.probes_left > 0)?;
        Some(due.max(self.pace.next()))
    }

    /// When the next probe is due and covered by the budget.
    pub(super) fn next_probe(&self) -> Option<Instant> {
        // Whatever ended a search left nothing due; there may be many addresses.
        let is_over = matches!(self.state, PunchState::Idle | PunchState::Found | PunchState::Failed);
        if self.probes_left == 0 || is_over {
            return None;
        }
        let targets = self.targets.iter().filter_map(|target| target.due);
        let chosen = self.nominated.and_then(|chosen| chosen.again);
        targets.chain(chosen).min().map(|at| at.max(self.pace.next()))
    }

    pub(super) fn socket_for(&self, remote: SocketAddr) -> Option<LinkId> {
        let same = |local: &SocketAddr| local.is_ipv4() == remote.is_ipv4();
        self.sockets.iter().find(|(_, local)| same(local)).map(|(link, _)| *link)
    }
}
