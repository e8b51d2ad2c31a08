//! How far relays are: a few small datagrams that they answer without keeping anything.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_machine::{Clock, Deadline, Input, Instant, LinkId, Machine, Outbox, Output, Seed};
use deskwire_wire::frame::Kind;
use deskwire_wire::ids::RelayId;
use deskwire_wire::relay::{RelayMsg, RelayState};
use deskwire_wire::rendezvous::RelayRtt;
use deskwire_wire::{CapnProto, Codec as _};

/// Questions to each relay; the fastest answer counts.
const QUESTIONS: u8 = 3;
/// Between two questions to one relay.
const EVERY: Duration = Duration::from_millis(200);
/// How long answers may take after the last question.
const PATIENCE: Duration = Duration::from_secs(1);
/// Padding of a question: its answer stays below.
const PADDING: u16 = 16;
/// Most bytes that wait for a blocked socket.
const OUTBOX: usize = 16 << 10;

/// Configuration of a [`RelayProbe`].
#[derive(Clone, Debug)]
pub struct ProbeConfig {
    /// The relays and where they listen, best address first.
    pub relays: Vec<(RelayId, Vec<SocketAddr>)>,
    /// Randomness of the questions.
    pub seed: Seed,
}

/// What was measured of one relay.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Measured {
    /// Which.
    pub relay: RelayId,
    /// The round trip.
    pub rtt: Duration,
    /// Whether it takes sessions.
    pub state: RelayState,
}

impl From<Measured> for RelayRtt {
    /// In whole milliseconds, rounded up, as servers are told.
    fn from(measured: Measured) -> Self {
        let millis = measured.rtt.as_micros().div_ceil(1_000);
        Self { relay: measured.relay, millis: u16::try_from(millis).unwrap_or(u16::MAX) }
    }
}

/// Measures the round trips to all relays once, over shared UDP sockets. Its one event is what came of it, the relays
/// that did not answer left out; after that it does nothing any more.
#[derive(Debug)]
pub struct RelayProbe {
    clock: Clock,
    relays: Vec<Target>,
    sockets: Vec<(LinkId, SocketAddr)>,
    outbox: Outbox,
    rng: deskwire_machine::Rng,
    /// What was asked: of which relay, when.
    asked: BTreeMap<u64, (usize, Instant)>,
    next: Option<Instant>,
    asked_times: u8,
    ends: Option<Instant>,
    result: Option<Vec<Measured>>,
    ignored: u64,
}

#[derive(Debug)]
struct Target {
    relay: RelayId,
    addresses: Vec<SocketAddr>,
    best: Option<(Duration, RelayState)>,
    answers: u8,
}

impl RelayProbe {
    /// A probe that asks as soon as it is told of a socket.
    pub fn new(now: Instant, config: ProbeConfig) -> Self {
        let target = |(relay, addresses)| Target { relay, addresses, best: None, answers: 0 };
        Self {
            clock: Clock::new(now),
            relays: config.relays.into_iter().map(target).collect(),
            sockets: Vec::new(),
            outbox: Outbox::new(OUTBOX),
            rng: config.seed.public(),
            asked: BTreeMap::new(),
            next: Some(now),
            asked_times: 0,
            ends: None,
            result: None,
            ignored: 0,
        }
    }

    /// Whether a datagram on a shared socket is an answer to this probe.
    pub fn owns(&self, data: &[u8]) -> bool {
        matches!(decode(data), Some(RelayMsg::Echoed { nonce, .. }) if self.asked.contains_key(&nonce))
    }

    /// Datagrams that were no answer to it, and questions that found no room.
    pub const fn ignored(&self) -> u64 {
        self.ignored.saturating_add(self.outbox.dropped())
    }

    /// Asks all relays once more, if it is time.
    fn drive(&mut self, now: Instant) {
        if self.sockets.is_empty() || self.next.is_none_or(|at| at > now) {
            return;
        }
        self.asked_times += 1;
        for (index, target) in self.relays.iter().enumerate() {
            let reached = target.addresses.iter().find_map(|to| {
                let fits = |(_, local): &&(LinkId, SocketAddr)| local.is_ipv4() == to.is_ipv4();
                self.sockets.iter().find(fits).map(|(link, _)| (*link, *to))
            });
            let Some((link, to)) = reached else { continue };
            let nonce = self.rng.next_u64();
            let mut bytes = alloc::vec![Kind::RelayControl as u8];
            if CapnProto::encode(&RelayMsg::Echo { nonce, padding: PADDING }, &mut bytes).is_ok() {
                self.outbox.datagram(link, to, bytes);
                self.asked.insert(nonce, (index, now));
            }
        }
        let more = self.asked_times < QUESTIONS;
        self.next = more.then_some(now + EVERY);
        self.ends = Some(now + if more { EVERY + PATIENCE } else { PATIENCE });
    }

    fn handle_answer(&mut self, now: Instant, data: &[u8]) {
        let echoed = match decode(data) {
            Some(RelayMsg::Echoed { nonce, state }) => self.asked.remove(&nonce).zip(Some(state)),
            _ => None,
        };
        let target = echoed.and_then(|(asked, state)| Some((self.relays.get_mut(asked.0)?, asked.1, state)));
        let Some((target, at, state)) = target else {
            self.ignored += 1;
            return;
        };
        let rtt = now - at;
        target.answers += 1;
        target.best = Some((target.best.map_or(rtt, |(best, _)| best.min(rtt)), state));
        if self.next.is_none() && self.asked.is_empty() {
            self.finish();
        }
    }

    fn finish(&mut self) {
        if self.ends.take().is_some() {
            self.next = None;
            self.asked.clear();
            let measured = |target: &Target| {
                target.best.map(|(rtt, state)| Measured { relay: target.relay, rtt, state })
            };
            self.result = Some(self.relays.iter().filter_map(measured).collect());
        }
    }
}

fn decode(data: &[u8]) -> Option<RelayMsg> {
    let (first, rest) = data.split_first()?;
    if *first != Kind::RelayControl as u8 {
        return None;
    }
    CapnProto::decode(rest).ok()
}

impl Machine for RelayProbe {
    type Event = Vec<Measured>;

    fn handle_input(&mut self, now: Instant, input: Input<'_>) {
        let now = self.clock.tell(now);
        self.outbox.note(&input);
        match input {
            Input::Opened { link, local, max_datagram } if max_datagram > 0 => {
                self.sockets.push((link, local));
            }
            Input::Closed { link, .. } => self.sockets.retain(|(other, _)| *other != link),
            Input::Datagram { data, .. } => self.handle_answer(now, data),
            _ => {}
        }
        self.drive(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        let now = self.clock.tell(now);
        if self.ends.is_some_and(|at| at <= now) {
            self.finish();
        }
        self.drive(now);
    }

    fn poll_output(&mut self, _: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        self.outbox.poll(buf)
    }

    fn poll_event(&mut self) -> Option<Vec<Measured>> {
        self.result.take()
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        let next = self.next.filter(|_| !self.sockets.is_empty());
        let at = [next, self.ends].into_iter().flatten().min()?;
        Some(Deadline::new(at, "relay probe"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskwire_machine::{Ecn, LinkIds};

    /// Answers everything it is asked after `delay`, and gives what came of it.
    fn measure(delay: Duration, silent: Option<SocketAddr>) -> Vec<Measured> {
        let relays = (1..=2u8).map(|n| (RelayId(n.into()), alloc::vec![at(n)])).collect();
        let mut now = Instant::ZERO;
        let mut probe = RelayProbe::new(now, ProbeConfig { relays, seed: Seed::new([1; 32]) });
        let link = LinkIds::new().allocate();
        let local = SocketAddr::from(([0, 0, 0, 0], 1));
        probe.handle_input(now, Input::Opened { link, local, max_datagram: 1_200 });
        let mut answers: Vec<(Instant, SocketAddr, Vec<u8>)> = Vec::new();
        let mut buf = Vec::new();
        loop {
            while let Some(output) = probe.poll_output(now, &mut buf) {
                let Output::Datagram { to, .. } = output else { continue };
                let Some(RelayMsg::Echo { nonce, .. }) = decode(&buf) else { continue };
                let mut answer = alloc::vec![Kind::RelayControl as u8];
                let state = RelayState::Serving;
                CapnProto::encode(&RelayMsg::Echoed { nonce, state }, &mut answer).unwrap();
                assert!(answer.len() <= buf.len(), "no amplification");
                if silent != Some(to) {
                    answers.push((now + delay, to, answer));
                }
                buf.clear();
            }
            if let Some(result) = probe.poll_event() {
                assert_eq!(probe.poll_timeout(), None);
                return result;
            }
            let timeout = probe.poll_timeout().map(|deadline| deadline.at);
            let answer = answers.iter().map(|(at, ..)| *at).min();
            now = timeout.into_iter().chain(answer).min().unwrap();
            while let Some(index) = answers.iter().position(|(at, ..)| *at <= now) {
                let (_, from, mut data) = answers.remove(index);
                assert!(probe.owns(&data));
                let input = Input::Datagram { link, from, ecn: Ecn::NotEct, data: &mut data };
                probe.handle_input(now, input);
            }
            probe.handle_timeout(now);
        }
    }

    fn at(n: u8) -> SocketAddr {
        SocketAddr::from(([192, 0, 2, n], 21_117))
    }

    #[test]
    fn the_round_trip_is_measured_and_silent_relays_are_left_out() {
        let rtt = Duration::from_millis(70);
        let state = RelayState::Serving;
        let of = |n| Measured { relay: RelayId(n), rtt, state };
        assert_eq!(measure(rtt, None), [of(1), of(2)]);
        assert_eq!(measure(rtt, Some(at(1))), [of(2)]);
        assert_eq!(measure(Duration::from_secs(9), None), []);
    }
}
