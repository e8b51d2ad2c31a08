//! Finds out how the NAT gives ports, and tells the peer which it gives next.

use alloc::vec::Vec;
use core::net::SocketAddr;

use deskwire_machine::{Instant, LinkId, change};
use deskwire_wire::punch::{CandidateKind, Filtering, Forecast, Mapping, PunchMsg, Strategy};

use super::extras::Purpose;
use super::target::Target;
use super::{PunchState, Puncher};
use crate::config::PunchEvent;
use crate::filter::check_address;
use crate::ports::{Sample, around_bait, next, nth};

/// Sockets that ask before the bait is laid, and after it.
const BEFORE: usize = 3;
const AFTER: usize = 3;

/// A measurement under way.
#[derive(Debug)]
pub(super) struct Measure {
    round: u8,
    asked: Vec<Asked>,
    /// The socket whose port is to be foretold, if it is known to whom it sends; and whom.
    bait: Option<(LinkId, SocketAddr)>,
    /// When unanswered questions go again, and when it ends.
    again: Option<Instant>,
    until: Instant,
    stage: Stage,
}

deskwire_machine::states! {
    "punching, measuring ports";
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub(crate) enum Stage {
        /// Sockets are being opened.
        Opening => [Asking],
        /// The owner is asked for questions.
        Asking => [Waiting],
        /// Questions are on their way.
        Waiting => [],
    }
}

#[derive(Debug)]
struct Asked {
    link: LinkId,
    before: bool,
    question: Option<(SocketAddr, Vec<u8>)>,
    seen: Option<SocketAddr>,
}

impl Puncher {
    /// How the NAT of this side maps what peers need: where the router mapped a port on request, that port is one for
    /// everybody, whatever it does with others. A network that lets no UDP out makes no use of it.
    pub(super) fn mapping(&self) -> Mapping {
        match crate::classify(self.seen) {
            Mapping::Blocked => Mapping::Blocked,
            _ if self.mapped.is_some() => Mapping::EndpointIndependent,
            seen => seen,
        }
    }

    /// Whom it lets in, as far as known; to a mapped port everybody. What the server found out counts for more than who
    /// got in so far.
    pub(super) const fn filtering(&self) -> Filtering {
        match self.told_filtering {
            _ if self.mapped.is_some() => Filtering::EndpointIndependent,
            Filtering::Unknown => self.filtering,
            told => told,
        }
    }

    /// Whether the NAT of this side maps per destination, and no port is mapped.
    pub(super) fn is_hard(&self) -> bool {
        self.mapping().is_per_destination()
    }

    /// Opens the sockets of a measurement.
    pub(super) fn begin_measure(&mut self, now: Instant, with_bait: bool) {
        self.end_measure();
        self.own_forecast = None;
        let goal = self.peer_reflexive().filter(|_| with_bait);
        if with_bait && goal.is_none() {
            return;
        }
        let asked = (0..BEFORE + AFTER)
            .map(|n| Asked {
                link: self.open_extra(Purpose::Sample),
                before: n < BEFORE,
                question: None,
                seen: None,
            })
            .collect();
        let bait = goal.map(|goal| (self.open_extra(Purpose::Bait), goal));
        let until = now + self.config.timing.reflection;
        self.measure =
            Some(Measure { round: self.rounds, asked, bait, again: None, until, stage: Stage::Opening });
    }

    /// Where the peer's NAT, which maps the same for everybody, is to be reached.
    fn peer_reflexive(&self) -> Option<SocketAddr> {
        let of = |kind| {
            let peer = self.peer.iter().flat_map(|peer| &peer.candidates);
            peer.filter(move |c| c.kind == kind && c.addr.is_ipv4()).map(|c| c.addr)
        };
        let known = of(CandidateKind::Mapped).chain(of(CandidateKind::ServerReflexive));
        known.into_iter().find(|addr| check_address(*addr, &self.situation()).is_ok())
    }

    /// A socket opened, or will not: goes on once all are decided.
    pub(super) fn measure_sockets(&mut self) {
        let Some(measure) = self.measure.as_mut() else { return };
        let known = |link: LinkId| self.extras.iter().find(|extra| extra.link == link);
        measure.asked.retain(|asked| known(asked.link).is_some());
        measure.bait = measure.bait.filter(|(link, _)| known(*link).is_some());
        let links = measure.asked.iter().map(|asked| asked.link).chain(measure.bait.map(|(link, _)| link));
        let ready = links.into_iter().all(|link| known(link).is_some_and(|extra| extra.opened.is_some()));
        if measure.stage == Stage::Opening && ready {
            change(&mut measure.stage, Stage::Asking);
            let links: Vec<LinkId> = measure.asked.iter().map(|asked| asked.link).collect();
            for link in links {
                self.emit(PunchEvent::ReflectionWanted { link });
            }
        }
    }

    /// The question that [`PunchEvent::ReflectionWanted`] asked for, and where it goes.
    pub fn ask(&mut self, now: Instant, link: LinkId, to: SocketAddr, question: Vec<u8>) {
        let now = self.clock.tell(now);
        if self.tcp_ask(now, link, to, &question) {
            return self.pump(now);
        }
        let Some(measure) = self.measure.as_mut() else { return };
        let Some(asked) = measure.asked.iter_mut().find(|asked| asked.link == link) else { return };
        if measure.stage == Stage::Waiting {
            if asked.seen.is_none() {
                self.outbox.datagram(link, to, question);
            }
            return;
        }
        asked.question = Some((to, question));
        if measure.stage == Stage::Asking && measure.asked.iter().all(|asked| asked.question.is_some()) {
            self.lay_bait(now);
        }
        self.pump(now);
    }

    /// All at once, and in this order: the first questions, the bait, the other questions.
    fn lay_bait(&mut self, now: Instant) {
        let Some(measure) = self.measure.as_mut() else { return };
        change(&mut measure.stage, Stage::Waiting);
        measure.again = Some(now + self.config.timing.reflection / 2);
        measure.until = now + self.config.timing.reflection;
        let bait = measure.bait;
        let questions: Vec<_> = measure
            .asked
            .iter_mut()
            .filter_map(|asked| Some((asked.link, asked.before, asked.question.take()?)))
            .collect();
        for (link, before, (to, question)) in &questions {
            if *before {
                self.outbox.datagram(*link, *to, question.clone());
            }
        }
        if let Some((link, goal)) = bait {
            let mut target = Target::new(link, goal, CandidateKind::ServerReflexive);
            target.begin(now);
            self.targets.push(target);
            self.send_due_target(now, link, goal);
        }
        for (link, before, (to, question)) in questions {
            if !before {
                self.outbox.datagram(link, to, question);
            }
        }
    }

    /// The server's answer to [`Puncher::ask`]: the socket's outside address.
    pub fn reflected(&mut self, now: Instant, link: LinkId, seen: SocketAddr) {
        let now = self.clock.tell(now);
        if self.tcp_reflected(now, link, seen) {
            return self.pump(now);
        }
        let Some(measure) = self.measure.as_mut() else { return };
        if let Some(asked) = measure.asked.iter_mut().find(|asked| asked.link == link) {
            asked.seen = Some(seen);
        }
        if measure.asked.iter().all(|asked| asked.seen.is_some()) {
            self.finish_measure(now);
        }
        self.pump(now);
    }

    pub(super) fn measure_deadline(&self) -> Option<Instant> {
        self.measure.as_ref().map(|measure| measure.again.map_or(measure.until, |at| at.min(measure.until)))
    }

    pub(super) fn drive_measure(&mut self, now: Instant) {
        let Some(measure) = self.measure.as_mut() else { return };
        if measure.until <= now {
            self.finish_measure(now);
        } else if measure.again.take_if(|at| *at <= now).is_some() {
            let open = measure.asked.iter().filter(|asked| asked.seen.is_none());
            let links: Vec<LinkId> = open.map(|asked| asked.link).collect();
            for link in links {
                self.emit(PunchEvent::ReflectionWanted { link });
            }
        }
    }

    /// Tells the peer what is known now.
    fn finish_measure(&mut self, now: Instant) {
        let Some(measure) = self.measure.take() else { return };
        let local = |link: LinkId| {
            let extra = self.extras.iter().find(|extra| extra.link == link);
            extra.and_then(|extra| extra.opened).map_or(0, |(local, _)| local.port())
        };
        let sample = |asked: &Asked| {
            Some(Sample { local: local(asked.link), seen: asked.seen?, before: asked.before })
        };
        let samples: Vec<Sample> = measure.asked.iter().filter_map(sample).collect();
        let forecast = match measure.bait {
            Some((link, _)) => around_bait(&samples, local(link)),
            None => next(&samples),
        };
        for asked in &measure.asked {
            self.close_extra(asked.link);
        }
        if let Some(forecast) = forecast {
            let round = measure.round;
            self.own_forecast = Some((round, forecast));
            self.send(&PunchMsg::Forecast { round, forecast });
            self.use_forecasts(now);
        }
    }

    /// Gives up a measurement.
    pub(super) fn end_measure(&mut self) {
        for asked in self.measure.take().iter().flat_map(|measure| &measure.asked) {
            self.close_extra(asked.link);
        }
    }

    /// The peer knows which ports its NAT gives next.
    pub(super) fn handle_forecast(&mut self, now: Instant, round: u8, forecast: Forecast) {
        if round == self.rounds && matches!(self.state, PunchState::Probing { .. }) {
            self.peer_forecast = Some((round, forecast));
            self.use_forecasts(now);
        }
    }

    /// Something new about ports is known: probes what follows from it, if it is still time.
    fn use_forecasts(&mut self, now: Instant) {
        let current = |known: Option<(u8, Forecast)>| known.filter(|(round, _)| *round == self.rounds);
        let (own, peer) = (current(self.own_forecast), current(self.peer_forecast));
        if !matches!(self.state, PunchState::Probing { .. }) {
            return;
        }
        match (self.strategy, own, peer) {
            (Strategy::Timed, _, Some((_, Forecast::Ports { first, step, count }))) if !self.is_hard() => {
                self.probe_foretold(now, first, step, count);
            }
            (
                Strategy::BothCount,
                Some((_, Forecast::Ports { count: own, .. })),
                Some((_, Forecast::Ports { first, step, count: peer })),
            ) => self.sweep_both(now, own.min(peer), first, step),
            _ => return,
        }
        let later = now + self.config.timing.round * 3 / 4;
        self.deadline = self.deadline.map(|deadline| deadline.max(later));
    }

    fn probe_foretold(&mut self, now: Instant, first: SocketAddr, step: i16, count: u16) {
        self.targets.retain(|target| {
            target.kind != CandidateKind::Predicted || target.answer.is_some() || target.reached_us
        });
        let Some(link) = self.socket_for(first) else { return };
        for addr in (0..count).map(|n| nth(first, step, n)) {
            let known = self.targets.iter().any(|target| target.is(link, addr));
            if !known && check_address(addr, &self.situation()).is_ok() {
                let mut target = Target::new(link, addr, CandidateKind::Predicted);
                target.begin(now);
                self.targets.push(target);
            }
        }
    }
}
