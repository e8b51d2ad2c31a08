//! How far the server's relays are from here: measured seldom, told to the server, and never waited for.
//!
//! A host measures after it has registered, and every half an hour; a device that only dials does so after a dial, for
//! the next one. With fewer than two relays there is nothing to choose and nothing is measured.

use alloc::vec::Vec;
use core::time::Duration;

use deskwire_machine::{Deadline, Input, Instant, Machine, Output, Seed};
use deskwire_relay::{ProbeConfig, RelayProbe};
use deskwire_wire::rendezvous::{MAX_RTTS, Relay, RelayRtt};

use crate::socket::{SocketNews, UdpLink};

/// How long a measurement counts; devices do not measure in step, since each begins when it registers.
const FRESH: Duration = Duration::from_secs(30 * 60);
/// After a change of network, when a host measures anew: things settle first.
const SETTLE: Duration = Duration::from_secs(5);

/// The measurement.
#[derive(Debug)]
pub(crate) struct Nearby {
    seed: Seed,
    /// Whether it is measured again and again.
    keeps: bool,
    rounds: u64,
    probe: Option<RelayProbe>,
    /// Until when the last one counts.
    fresh_until: Option<Instant>,
    /// The map was asked for.
    asked: bool,
}

impl Nearby {
    /// Nothing is measured yet. `keeps` is for hosts.
    pub(crate) const fn new(seed: Seed, keeps: bool) -> Self {
        Self { seed, keeps, rounds: 0, probe: None, fresh_until: None, asked: false }
    }

    /// Whether the map of relays is to be asked for now, at a good moment to measure.
    pub(crate) fn wants_map(&mut self, now: Instant) -> bool {
        let wants = !self.asked && self.probe.is_none() && self.fresh_until.is_none_or(|until| until <= now);
        self.asked |= wants;
        wants
    }

    /// The map: measuring begins, if there is a choice.
    pub(crate) fn measure(&mut self, now: Instant, relays: Vec<Relay>, udp: &[UdpLink]) {
        self.asked = false;
        self.fresh_until = Some(now + FRESH);
        if relays.len() < 2 || udp.is_empty() {
            return;
        }
        self.rounds += 1;
        let relays = relays.into_iter().take(MAX_RTTS).map(|relay| (relay.id, relay.addresses)).collect();
        let seed = self.seed.derive_indexed("nearby", self.rounds);
        let mut probe = RelayProbe::new(now, ProbeConfig { relays, seed });
        for udp in udp {
            udp.introduce(now, &mut probe);
        }
        self.probe = Some(probe);
    }

    /// The network changed: what was measured does not count any more.
    pub(crate) fn forget(&mut self, now: Instant) {
        if self.fresh_until.is_some() {
            self.fresh_until = Some(now + SETTLE);
        }
    }

    /// Whether a host should measure again. Where UDP is blocked there is nothing to measure, until the next time.
    pub(crate) fn is_due(&mut self, now: Instant, udp_blocked: bool) -> bool {
        let due = self.keeps && !self.asked && self.probe.is_none();
        let due = due && self.fresh_until.is_some_and(|until| until <= now);
        if due && udp_blocked {
            self.fresh_until = Some(now + FRESH);
        }
        due && !udp_blocked
    }

    pub(crate) fn owns(&self, data: &[u8]) -> bool {
        self.probe.as_ref().is_some_and(|probe| probe.owns(data))
    }

    pub(crate) fn handle_input(&mut self, now: Instant, input: Input<'_>) {
        if let Some(probe) = &mut self.probe {
            probe.handle_input(now, input);
        }
    }

    pub(crate) fn handle_socket(&mut self, now: Instant, news: SocketNews) {
        self.handle_input(now, news.input());
    }

    pub(crate) fn handle_timeout(&mut self, now: Instant) {
        if let Some(probe) = &mut self.probe {
            probe.handle_timeout(now);
        }
    }

    pub(crate) fn poll_output(&mut self, now: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        self.probe.as_mut()?.poll_output(now, buf)
    }

    /// What was measured, once.
    pub(crate) fn poll_result(&mut self) -> Option<Vec<RelayRtt>> {
        let measured = self.probe.as_mut()?.poll_event()?;
        self.probe = None;
        Some(measured.into_iter().map(RelayRtt::from).collect())
    }

    pub(crate) fn poll_timeout(&self) -> Option<Deadline> {
        let again = self.fresh_until.filter(|_| self.keeps && !self.asked && self.probe.is_none());
        deskwire_machine::earliest([
            self.probe.as_ref().and_then(Machine::poll_timeout),
            again.map(|at| Deadline::new(at, "node: measure relays")),
        ])
    }
}
