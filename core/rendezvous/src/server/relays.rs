//! The relays as the server knows them: what they report, and which a session is sent to.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::time::Duration;

use deskwire_identity::RelayReport;
use deskwire_machine::Instant;
use deskwire_wire::ids::{DeviceId, IntroductionId, RelayId};
use deskwire_wire::relay::RelayState;
use deskwire_wire::rendezvous::RelayRtt;

use super::Server;
use super::config::RelayInfo;
use crate::choice::{CHOSEN, Choice, Ranked, Standing, rank};

/// How long the last report counts.
const FRESH: Duration = Duration::from_secs(30);
/// Signatures of reports checked in a second: relays report every few seconds.
const CHECKS_PER_S: u32 = 200;

/// What relays reported.
#[derive(Debug)]
pub(super) struct Loads {
    by_relay: BTreeMap<RelayId, Load>,
    /// When this second of checks began, and how many there were.
    window: (Instant, u32),
}

#[derive(Clone, Copy, Debug)]
struct Load {
    state: RelayState,
    percent: u8,
    at: Instant,
    /// The time stamp of the report; `None` if the owner told it.
    stamp: Option<u64>,
}

impl Loads {
    pub(super) const fn new(now: Instant) -> Self {
        Self { by_relay: BTreeMap::new(), window: (now, 0) }
    }
}

/// How the relays of a session would be chosen now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation {
    /// Whether the dialling device is registered here; if not, its round trips are not known.
    pub viewer_online: bool,
    /// Whether the dialled device is.
    pub host_online: bool,
    /// All relays, best first; a session gets the first [`CHOSEN`]. Equals are drawn anew for each session.
    pub order: Vec<Ranked>,
}

impl Server {
    /// What a relay that runs together with this server tells of itself: whether it takes sessions, and how many of its
    /// places are taken. Relays apart report themselves.
    pub fn set_relay_load(&mut self, now: Instant, relay: RelayId, state: RelayState, percent: u8) {
        let at = self.clock.tell(now);
        if self.config.relays.iter().any(|known| known.id == relay) {
            self.loads.by_relay.insert(relay, Load { state, percent, at, stamp: None });
        }
    }

    /// A relay's report: believed if its key signed it, and it is newer than the last.
    pub(super) fn handle_relay_report(&mut self, now: Instant, bytes: &[u8]) {
        let known = RelayReport::claimed_relay(bytes)
            .ok()
            .and_then(|id| self.config.relays.iter().find(|relay| relay.id == id)?.key);
        let (start, checks) = self.loads.window;
        if now - start >= Duration::from_secs(1) {
            self.loads.window = (now, 0);
        } else if checks >= CHECKS_PER_S {
            self.stats.over_budget += 1;
            return;
        }
        let Some(key) = known else {
            self.stats.rubbish += 1;
            return;
        };
        self.loads.window.1 += 1;
        let Ok(report) = RelayReport::verify(bytes, &key) else {
            self.stats.rubbish += 1;
            return;
        };
        let ours = self.unix_time_at(now).saturating_mul(1_000);
        let last = self.loads.by_relay.get(&report.relay).and_then(|load| load.stamp);
        if report.sent_ms.abs_diff(ours) > RelayReport::CLOCK_ALLOWANCE_MS
            || last.is_some_and(|last| report.sent_ms <= last)
        {
            self.stats.replayed += 1;
            return;
        }
        self.stats.relay_reports += 1;
        let RelayReport { relay, state, load_percent: percent, sent_ms, .. } = report;
        self.loads.by_relay.insert(relay, Load { state, percent, at: now, stamp: Some(sent_ms) });
    }

    /// What there is to choose from.
    pub(super) fn choices(&self) -> Vec<Choice> {
        let now = self.clock.now();
        let usable = self.config.relays.iter().filter(|relay| !relay.addresses.is_empty());
        usable
            .map(|relay| {
                let load = self.loads.by_relay.get(&relay.id);
                // A relay that can report and never did has had its time since this server began.
                let heard = load.map_or(self.start, |load| load.at);
                let silent = relay.key.is_some() && now - heard > FRESH;
                let told = match load.map(|load| load.state) {
                    Some(RelayState::Draining) => Standing::Draining,
                    Some(RelayState::Full) => Standing::Full,
                    _ => Standing::Serving,
                };
                let standing = match (relay.draining, silent) {
                    (true, _) => Standing::Draining,
                    // What it said last is not known to hold any more.
                    (false, true) => Standing::Silent,
                    (false, false) => told,
                };
                let load_percent = load.map_or(0, |load| load.percent);
                Choice { relay: relay.id, penalty_ms: relay.penalty_ms, load_percent, standing }
            })
            .collect()
    }

    /// The relays of a session, best first, and whether any of them is not to be avoided.
    pub(super) fn choose(
        &self,
        introduction: IntroductionId,
        viewer: &[RelayRtt],
        host: &[RelayRtt],
        avoid: &[RelayId],
    ) -> (Vec<RelayInfo>, bool) {
        let order = rank(&self.choices(), introduction, viewer, host, avoid);
        let any_left = order.iter().any(|ranked| !avoid.contains(&ranked.choice.relay));
        let find = |ranked: Ranked| self.config.relays.iter().find(|r| r.id == ranked.choice.relay).cloned();
        (order.into_iter().take(CHOSEN).filter_map(find).collect(), any_left)
    }

    /// How the relays of a session between two devices would be chosen now. For the operator: it tells how far devices
    /// are from relays, and which are on line.
    pub fn explain_relays(&self, viewer: DeviceId, host: DeviceId) -> Explanation {
        let (viewer, host) = (self.presence.get(&viewer), self.presence.get(&host));
        let rtts = |side: Option<&super::register::Presence>| side.map_or(Vec::new(), |p| p.rtts.clone());
        let order = rank(&self.choices(), IntroductionId([0; 32]), &rtts(viewer), &rtts(host), &[]);
        Explanation { viewer_online: viewer.is_some(), host_online: host.is_some(), order }
    }
}
