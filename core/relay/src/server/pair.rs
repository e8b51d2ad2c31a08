//! The two sides of an introduction.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_machine::{Instant, LinkId};
use deskwire_wire::ids::{IntroductionId, Private, Role};
use deskwire_wire::relay::{Channel, PairState, Place};

use super::admission::{Prefix, TokenId};

/// Names a pair while it lives.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct PairId(pub(super) u64);

/// An introduction at this relay.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) introduction: IntroductionId,
    pub(super) opened: Instant,
    /// Where its first side came from.
    pub(super) prefix: Prefix,
    /// When both were here.
    pub(super) paired: Option<Instant>,
    /// When its time is over, once both are here.
    pub(super) ends: Option<Instant>,
    viewer: Option<Side>,
    host: Option<Side>,
    /// The time in the table of timers.
    pub(super) timer: Option<Instant>,
}

impl Pair {
    pub(super) const fn new(introduction: IntroductionId, prefix: Prefix, opened: Instant) -> Self {
        let (viewer, host, timer) = (None, None, None);
        Self { introduction, opened, prefix, paired: None, ends: None, viewer, host, timer }
    }

    pub(super) const fn side(&self, role: Role) -> Option<&Side> {
        match role {
            Role::Viewer => self.viewer.as_ref(),
            Role::Host => self.host.as_ref(),
        }
    }

    pub(super) const fn side_mut(&mut self, role: Role) -> Option<&mut Side> {
        self.slot(role).as_mut()
    }

    pub(super) const fn slot(&mut self, role: Role) -> &mut Option<Side> {
        match role {
            Role::Viewer => &mut self.viewer,
            Role::Host => &mut self.host,
        }
    }

    pub(super) const fn state(&self) -> PairState {
        if self.paired.is_some() { PairState::Paired } else { PairState::Waiting }
    }

    /// Bytes carried, both directions.
    pub(super) fn bytes(&self) -> u64 {
        [&self.viewer, &self.host].into_iter().flatten().map(|side| side.sent).fold(0, u64::saturating_add)
    }

    /// When something is due, and what.
    pub(super) fn due(&self, wait: Duration, idle: Duration) -> Option<(Instant, Due)> {
        let lonely = if self.paired.is_none() { Some((self.opened + wait, Due::Lonely)) } else { None };
        let sides = [&self.viewer, &self.host].into_iter().flatten();
        let silent = sides.clone().map(|side| (side.heard + idle, Due::Idle));
        let throttled = sides.filter_map(|side| Some((side.throttled_until?, Due::Throttle)));
        let over = self.ends.map(|at| (at, Due::Over));
        lonely.into_iter().chain(over).chain(silent).chain(throttled).min()
    }
}

/// The pairs that wait for their second side. Whoever takes places and goes no further fills these, and no others.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    // Ids are given out in order, so the first of each is the oldest.
    all: BTreeSet<PairId>,
    by_prefix: BTreeMap<Prefix, BTreeSet<PairId>>,
}

impl Waiting {
    pub(super) fn insert(&mut self, prefix: Prefix, id: PairId) {
        self.all.insert(id);
        self.by_prefix.entry(prefix).or_default().insert(id);
    }

    pub(super) fn remove(&mut self, prefix: Prefix, id: PairId) {
        self.all.remove(&id);
        if let Some(own) = self.by_prefix.get_mut(&prefix) {
            own.remove(&id);
            if own.is_empty() {
                self.by_prefix.remove(&prefix);
            }
        }
    }

    /// The one that waits longest of those that came from `prefix`, if these are `most`.
    pub(super) fn oldest_of(&self, prefix: Prefix, most: usize) -> Option<PairId> {
        self.by_prefix.get(&prefix).filter(|own| own.len() >= most)?.first().copied()
    }

    /// The one that waits longest.
    pub(super) fn oldest(&self) -> Option<PairId> {
        self.all.first().copied()
    }
}

/// What a pair's timer is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Due {
    /// The second side did not come.
    Lonely,
    /// Its longest time is over.
    Over,
    /// A side is silent.
    Idle,
    /// A side may send again.
    Throttle,
}

/// One side.
#[derive(Debug)]
pub(super) struct Side {
    pub(super) carrier: Carrier,
    pub(super) channel: Channel,
    pub(super) proof: u64,
    /// The proof from before it last moved, in case it did not get the new one.
    pub(super) former_proof: Option<u64>,
    /// How it got in; the whole token, so that a repeat needs no signature check.
    pub(super) token: Vec<u8>,
    pub(super) token_id: TokenId,
    /// When that expires: a later one was given out later.
    pub(super) expires: u64,
    /// When something of it was last heard.
    pub(super) heard: Instant,
    /// It is not read until then (TCP over its rate).
    pub(super) throttled_until: Option<Instant>,
    pub(super) meter: Meter,
    /// Packets for it that wait until its address is proven.
    pub(super) kept: Kept,
    /// Bytes it sent and still may send.
    pub(super) sent: u64,
    pub(super) cap: u64,
    pub(super) longest: Duration,
}

impl Side {
    pub(super) const fn place(&self) -> Place {
        Place { channel: self.channel, proof: Private(self.proof) }
    }

    pub(super) fn knows(&self, place: &Place) -> bool {
        place.channel == self.channel
            && (place.proof.0 == self.proof || self.former_proof == Some(place.proof.0))
    }
}

/// Packets that wait for a side. The other side starts to send as soon as it knows of the pair, which is before this
/// one's proof came back; without them the first packet of half of all sessions would have to be sent twice.
#[derive(Debug, Default)]
pub(super) struct Kept {
    packets: Vec<Vec<u8>>,
    bytes: usize,
}

impl Kept {
    pub(super) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Keeps a packet if it fits in; gives whether it did.
    pub(super) fn push(&mut self, packet: &[u8], packets: usize, bytes: usize) -> bool {
        if self.packets.len() >= packets || self.bytes.saturating_add(packet.len()) > bytes {
            return false;
        }
        self.bytes += packet.len();
        self.packets.push(packet.to_vec());
        true
    }

    /// All of them, in the order in which they came.
    pub(super) fn into_packets(self) -> Vec<Vec<u8>> {
        self.packets
    }
}

/// What carries a side's packets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Carrier {
    /// A UDP address. Until a ping brings the proof back, it gets no more bytes than came from it.
    Udp { link: LinkId, address: SocketAddr, proven: bool, credit: usize },
    /// A TCP connection. It is claimed once anything came over it after its place was acknowledged: until then its
    /// client may not have heard that, and come another way.
    Tcp { link: LinkId, claimed: bool },
}

impl Carrier {
    /// Whether these are the same socket and address.
    pub(super) fn is_at(&self, link: LinkId, from: Option<SocketAddr>) -> bool {
        match *self {
            Self::Udp { link: own, address, .. } => own == link && from == Some(address),
            Self::Tcp { link: own, .. } => own == link && from.is_none(),
        }
    }

    /// Whether its address is no forged one.
    pub(super) const fn is_proven(&self) -> bool {
        matches!(self, Self::Tcp { .. } | Self::Udp { proven: true, .. })
    }

    /// Whether its client knows that it has its place here.
    pub(super) const fn is_claimed(&self) -> bool {
        matches!(self, Self::Tcp { claimed: true, .. } | Self::Udp { proven: true, .. })
    }

    /// Notes that something came over a connection.
    pub(super) const fn claim(&mut self) {
        if let Self::Tcp { claimed, .. } = self {
            *claimed = true;
        }
    }

    /// Notes bytes that came from an address which is not proven yet.
    pub(super) const fn earn(&mut self, bytes: usize) {
        if let Self::Udp { proven: false, credit, .. } = self {
            *credit = credit.saturating_add(bytes);
        }
    }

    /// Whether `bytes` may be sent there; they are taken from its credit.
    pub(super) const fn spend(&mut self, bytes: usize) -> bool {
        if let Self::Udp { proven: false, credit, .. } = self {
            if *credit < bytes {
                return false;
            }
            *credit -= bytes;
        }
        true
    }
}

/// A token bucket of one second's worth of bytes, and at least 64 KiB.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meter {
    rate: u64,
    burst: u64,
    /// Bytes that may be sent now; below zero: owed.
    level: i128,
    /// Part of a byte not credited yet, in millionths.
    rest: u64,
    at: Instant,
}

impl Meter {
    pub(super) fn new(rate: u64, now: Instant) -> Self {
        let burst = rate.max(64 << 10);
        Self { rate: rate.max(1), burst, level: i128::from(burst), rest: 0, at: now }
    }

    fn refill(&mut self, now: Instant) {
        let micros = (now - self.at).as_micros();
        self.at = now.max(self.at);
        let earned = micros * u128::from(self.rate) + u128::from(self.rest);
        self.rest = u64::try_from(earned % 1_000_000).unwrap_or(0);
        let whole = i128::try_from(earned / 1_000_000).unwrap_or(i128::MAX);
        self.level = self.level.saturating_add(whole).min(i128::from(self.burst));
    }

    /// Takes `bytes` if they are there.
    pub(super) fn take(&mut self, now: Instant, bytes: usize) -> bool {
        self.refill(now);
        let bytes = i128::try_from(bytes).unwrap_or(i128::MAX);
        if self.level < bytes {
            return false;
        }
        self.level -= bytes;
        true
    }

    /// Takes `bytes` that came already; gives when the debt will be paid, if there is one.
    pub(super) fn charge(&mut self, now: Instant, bytes: usize) -> Option<Instant> {
        self.refill(now);
        self.level = self.level.saturating_sub(i128::try_from(bytes).unwrap_or(i128::MAX));
        let owed = u128::try_from(self.level.checked_neg()?).ok().filter(|owed| *owed > 0)?;
        let micros = (owed * 1_000_000).div_ceil(u128::from(self.rate));
        Some(now + Duration::from_micros(u64::try_from(micros).unwrap_or(u64::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meter_gives_a_burst_and_then_its_rate() {
        let start = Instant::from_micros(7);
        let mut meter = Meter::new(1_000_000, start);
        assert!(meter.take(start, 1_000_000));
        assert!(!meter.take(start, 1));
        let mut carried = 0u64;
        for tick in 1..=10_000u64 {
            while meter.take(start + Duration::from_micros(tick * 333), 100) {
                carried += 100;
            }
        }
        assert!((3_329_900..=3_330_000).contains(&carried), "{carried} bytes in 3.33 s at 1 MB/s");
    }

    #[test]
    fn a_charged_meter_says_when_the_debt_is_paid() {
        let start = Instant::ZERO;
        let mut meter = Meter::new(100_000, start);
        assert_eq!(meter.charge(start, 100_000), None);
        assert_eq!(meter.charge(start, 50_000), Some(start + Duration::from_millis(500)));
        assert_eq!(meter.charge(start + Duration::from_millis(500), 0), None);
    }
}
