//! Word to the rendezvous server: how full the relay is, and whether it takes sessions.

use alloc::vec::Vec;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_identity::{IdentityKey, RelayReport};
use deskwire_machine::Instant;
use deskwire_wire::frame::Kind;
use deskwire_wire::relay::RelayState;

use super::{Report, Server, ServerState};
use crate::Over;

/// When a state that has changed is told, at the earliest: a relay at its bound may be full and not full many times a
/// second.
const CHANGE: Duration = Duration::from_millis(500);

/// What is told, and when.
#[derive(Debug)]
pub(super) struct Reporter {
    to: Vec<SocketAddr>,
    identity: IdentityKey,
    every: Duration,
    at: Instant,
    /// When the last one went, and its time stamp, which only goes up.
    last: Option<Instant>,
    stamp: u64,
    told: Option<RelayState>,
}

impl Reporter {
    pub(super) fn new(now: Instant, config: Option<&Report>) -> Option<Self> {
        let Report { to, identity, every } = config?.clone();
        // Its sockets open first.
        Some(Self { to, identity, every, at: now + CHANGE, last: None, stamp: 0, told: None })
    }

    pub(super) const fn at(&self) -> Instant {
        self.at
    }
}

impl Server {
    /// Whether it takes sessions, as clients and the rendezvous server are told.
    pub(super) fn relay_state(&self) -> RelayState {
        match self.state {
            ServerState::Serving if self.pairs.len() >= self.config.limits.pairs => RelayState::Full,
            ServerState::Serving => RelayState::Serving,
            ServerState::Draining | ServerState::Stopped => RelayState::Draining,
        }
    }

    /// How full it is and whether it takes sessions. What [`Report`] sends; for an owner that tells it otherwise.
    pub fn load(&self) -> (RelayState, u8) {
        let percent = |now: usize, most: usize| {
            u8::try_from(now.saturating_mul(100) / most.max(1)).unwrap_or(u8::MAX).min(100)
        };
        let limits = &self.config.limits;
        let places = percent(self.pairs.len(), limits.pairs);
        (self.relay_state(), places.max(percent(self.connections.len(), limits.connections)))
    }

    /// The state may have changed: that is told soon.
    pub(super) fn note_state(&mut self, now: Instant) {
        let state = self.relay_state();
        if let Some(reporter) = self.reporter.as_mut().filter(|r| r.told.is_some_and(|told| told != state)) {
            let soon = reporter.last.map_or(now, |last| last + CHANGE);
            reporter.at = reporter.at.min(soon.max(now));
        }
    }

    pub(super) fn report_if_due(&mut self, now: Instant) {
        if self.reporter.as_ref().is_some_and(|reporter| reporter.at <= now) {
            self.report(now);
        }
    }

    /// Sends a report, and sets the time of the next.
    pub(super) fn report(&mut self, now: Instant) {
        let (state, load_percent) = self.load();
        let unix_ms = self.config.unix_s.saturating_mul(1_000);
        let elapsed = u64::try_from((now - self.started).as_millis()).unwrap_or(u64::MAX);
        let sessions = u32::try_from(self.pairs.len()).unwrap_or(u32::MAX);
        let Some(reporter) = &mut self.reporter else { return };
        reporter.stamp = unix_ms.saturating_add(elapsed).max(reporter.stamp.saturating_add(1));
        (reporter.at, reporter.last, reporter.told) = (now + reporter.every, Some(now), Some(state));
        let sent_ms = reporter.stamp;
        let report = RelayReport { relay: self.config.relay, sent_ms, state, load_percent, sessions };
        let bytes = report.sign(&reporter.identity);
        for to in &reporter.to {
            let link = self.listeners.iter().find_map(|(link, listener)| {
                let fits = listener.over == Over::Udp && listener.address.is_ipv4() == to.is_ipv4();
                fits.then_some(*link)
            });
            if let Some(link) = link {
                self.outputs.datagram(link, *to, [&[Kind::RelayReport as u8], &bytes]);
            }
        }
    }
}
