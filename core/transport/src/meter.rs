//! Numbers that the packet keys and the congestion controller see and the transport wants to know: which packet was
//! authentic, how much a key has sealed, what is in flight. Shared through atomics because the engine owns both.

#![expect(
    clippy::disallowed_types,
    reason = "the engine's controller interface is made of these types; none is asked for the time"
)]

use core::any::Any;
use core::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed};
use core::time::Duration;
use std::sync::Arc;

use deskwire_machine::Instant;
use noq_proto::coding::{Decodable, Encodable};
use noq_proto::congestion::{Controller, ControllerFactory, ControllerMetrics, CubicConfig};
use noq_proto::{PathId, RttEstimator, VarInt};

use crate::filters::{Floor, RateFilter, RttFilter};
use crate::time::{EngineInstant, TimeBase};

/// A path id as a number. The engine shows it only in its wire form.
pub(crate) fn path_number(path: PathId) -> u32 {
    let mut bytes = [0; VarInt::MAX_SIZE];
    path.encode(&mut bytes.as_mut_slice());
    let number = VarInt::decode(&mut bytes.as_slice()).map_or(u64::MAX, VarInt::into_inner);
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What the packet keys saw.
#[derive(Debug, Default)]
pub(crate) struct Seals {
    opened: AtomicU64,
    opened_path: AtomicU32,
    opened_number: AtomicU64,
    sealed_packets: AtomicU64,
    sealed_bytes: AtomicU64,
    generation: AtomicU64,
}

impl Seals {
    /// A packet was authentic.
    pub(crate) fn note_opened(&self, path: PathId, number: u64) {
        self.opened_path.store(path_number(path), Relaxed);
        self.opened_number.store(number, Relaxed);
        self.opened.fetch_add(1, Relaxed);
    }

    /// A packet was made with the traffic keys.
    pub(crate) fn note_sealed(&self, bytes: usize) {
        self.sealed_packets.fetch_add(1, Relaxed);
        self.sealed_bytes.fetch_add(u64::try_from(bytes).unwrap_or(0), Relaxed);
    }

    /// The traffic keys were replaced.
    pub(crate) fn note_new_keys(&self) {
        self.sealed_packets.store(0, Relaxed);
        self.sealed_bytes.store(0, Relaxed);
        self.generation.fetch_add(1, Relaxed);
    }

    /// How many packets were authentic so far.
    pub(crate) fn opened(&self) -> u64 {
        self.opened.load(Relaxed)
    }

    /// Path and number of the last authentic packet.
    pub(crate) fn last_opened(&self) -> (u32, u64) {
        (self.opened_path.load(Relaxed), self.opened_number.load(Relaxed))
    }

    /// Packets and bytes sealed with the present traffic keys.
    pub(crate) fn sealed(&self) -> (u64, u64) {
        (self.sealed_packets.load(Relaxed), self.sealed_bytes.load(Relaxed))
    }

    /// Counts replacements of the traffic keys.
    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Relaxed)
    }
}

/// What is under way on one path.
#[derive(Debug, Default)]
pub(crate) struct Flight {
    bytes: AtomicU64,
    since: AtomicU64,
    window: AtomicU64,
    rate: AtomicU64,
    limited: AtomicBool,
    /// Whether the path is active: only then an acknowledgement comes back the same way.
    active: AtomicBool,
    /// Microseconds; 0 before the first answer.
    shortest_rtt: AtomicU64,
    longest_rtt: AtomicU64,
    /// When the path's own link last began and ceased to carry it, in microseconds: what went elsewhere says nothing of
    /// its round trip.
    carried: [AtomicU64; 2],
    /// The number of the last packet that wants an answer, plus one.
    last_sent: AtomicU64,
    /// Numbers, plus one, of pings that went over a suspect link only; and whether one of them was answered.
    probes: [AtomicU64; 8],
    next_probe: AtomicU64,
    answered: AtomicBool,
    probe_given_up: AtomicBool,
    acked_packets: AtomicU64,
    lost_packets: AtomicU64,
    /// When the first packet was sent that only a line with more than the least size passes, since the last of them was
    /// acknowledged; in microseconds plus one, 0 without one.
    large_since: AtomicU64,
}

/// What every line passes (RFC 9000 section 14.1).
pub(crate) const LEAST_SIZE: u16 = 1_200;

impl Flight {
    /// Bytes sent and neither acknowledged nor given up, without probes for a larger packet size.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Relaxed)
    }

    /// Since when something has been under way without a break.
    pub(crate) fn since(&self) -> Option<Instant> {
        (self.bytes() > 0).then(|| Instant::from_micros(self.since.load(Relaxed)))
    }

    /// Since when large packets have been sent and none of them was acknowledged, whatever became of small ones.
    pub(crate) fn large_since(&self) -> Option<Instant> {
        self.large_since.load(Relaxed).checked_sub(1).map(Instant::from_micros)
    }

    /// The congestion window.
    pub(crate) fn window(&self) -> u64 {
        self.window.load(Relaxed)
    }

    /// How much more the congestion window lets go.
    pub(crate) fn room(&self) -> u64 {
        self.window.load(Relaxed).saturating_sub(self.bytes())
    }

    /// The shortest round trip of the last spans; `None` before the first answer.
    pub(crate) fn shortest_rtt(&self) -> Option<Duration> {
        let micros = self.shortest_rtt.load(Relaxed);
        (micros > 0).then(|| Duration::from_micros(micros))
    }

    /// The longest of the last two to four seconds.
    pub(crate) fn longest_rtt(&self) -> Option<Duration> {
        let micros = self.longest_rtt.load(Relaxed);
        (micros > 0).then(|| Duration::from_micros(micros))
    }

    /// Whether round trips are measured from now on. They are measured anew when that begins. Gives whether it changed.
    pub(crate) fn set_active(&self, active: bool) -> bool {
        let changed = self.active.swap(active, Relaxed) != active;
        if changed && active {
            self.shortest_rtt.store(0, Relaxed);
        }
        changed
    }

    /// Whether it is the flight of the active path.
    pub(crate) fn is_active(&self) -> bool {
        self.active.load(Relaxed)
    }

    /// From now on the path's own link carries it, or another one does.
    pub(crate) fn set_carried(&self, now: Instant, by_own: bool) {
        let [from, until] = &self.carried;
        if by_own {
            from.store(now.as_micros(), Relaxed);
            until.store(u64::MAX, Relaxed);
        } else {
            until.store(now.as_micros(), Relaxed);
        }
    }

    fn was_carried(&self, at: Instant) -> bool {
        let [from, until] = self.carried.each_ref().map(|at| at.load(Relaxed));
        (from..=until).contains(&at.as_micros())
    }

    /// The packet that was just made is a probe.
    pub(crate) fn note_probe(&self) {
        let at = usize::try_from(self.next_probe.fetch_add(1, Relaxed) % 8).unwrap_or(0);
        if let Some(probe) = self.probes.get(at) {
            probe.store(self.last_sent.load(Relaxed), Relaxed);
        }
    }

    /// Earlier probes say nothing any more.
    pub(crate) fn forget_probes(&self) {
        self.probes.iter().for_each(|probe| probe.store(0, Relaxed));
        self.answered.store(false, Relaxed);
        self.probe_given_up.store(false, Relaxed);
    }

    fn is_probe(&self, number: u64) -> bool {
        self.probes.iter().any(|probe| probe.load(Relaxed) == number + 1)
    }

    /// Whether a probe was answered since the last call.
    pub(crate) fn take_answered(&self) -> bool {
        self.answered.swap(false, Relaxed)
    }

    /// How many packets were acknowledged, and how many given up.
    pub(crate) fn outcomes(&self) -> (u64, u64) {
        (self.acked_packets.load(Relaxed), self.lost_packets.load(Relaxed))
    }

    /// Whether the congestion window has held something back since the last call.
    pub(crate) fn take_limited(&self) -> bool {
        self.limited.swap(false, Relaxed)
    }

    /// The highest delivery rate of the last ten seconds, in bytes a second; 0 before the first measurement.
    pub(crate) fn rate(&self) -> u64 {
        self.rate.load(Relaxed)
    }
}

/// Makes [`Metered`] controllers.
#[derive(Debug)]
pub(crate) struct MeteredConfig {
    inner: Arc<CubicConfig>,
    base: TimeBase,
}

impl MeteredConfig {
    /// CUBIC with this window at the start. (BBR in the engine draws randomness without a seed, so it is no choice.)
    pub(crate) fn new(base: TimeBase, initial_window: u32) -> Self {
        let mut inner = CubicConfig::default();
        inner.initial_window(u64::from(initial_window));
        Self { inner: Arc::new(inner), base }
    }
}

impl ControllerFactory for MeteredConfig {
    fn build(self: Arc<Self>, now: EngineInstant, mtu: u16) -> Box<dyn Controller> {
        let inner = Arc::clone(&self.inner).build(now, mtu);
        let flight = Arc::new(Flight::default());
        flight.window.store(inner.window(), Relaxed);
        Box::new(Metered {
            inner,
            base: self.base,
            flight,
            mtu,
            probe: None,
            acked: 0,
            rate: RateFilter::default(),
            rtt: RttFilter::new(),
            floor: Floor::default(),
        })
    }
}

/// A congestion controller that tells what it sees.
#[derive(Debug)]
pub(crate) struct Metered {
    inner: Box<dyn Controller>,
    base: TimeBase,
    flight: Arc<Flight>,
    mtu: u16,
    /// The last probe for a larger packet size: number and bytes. Its loss says nothing about the path.
    probe: Option<(u64, u64)>,
    acked: u64,
    rate: RateFilter,
    rtt: RttFilter,
    floor: Floor,
}

impl Metered {
    /// The numbers of a path, found through the engine's controller of that path.
    pub(crate) fn flight_of(controller: &dyn Controller) -> Option<Arc<Flight>> {
        controller.clone_box().into_any().downcast::<Self>().ok().map(|metered| metered.flight)
    }

    fn subtract(&self, bytes: u64) {
        self.flight.bytes.store(self.flight.bytes().saturating_sub(bytes), Relaxed);
    }

    fn note_window(&self) {
        self.flight.window.store(self.window(), Relaxed);
    }
}

impl Controller for Metered {
    fn on_sent(&mut self, now: EngineInstant, bytes: u64, largest_pn: u64) {
        self.inner.on_sent(now, bytes, largest_pn);
    }

    fn on_packet_sent(&mut self, now: EngineInstant, bytes: u16, pn: u64) {
        self.flight.last_sent.store(pn + 1, Relaxed);
        if bytes > self.mtu {
            self.probe = Some((pn, u64::from(bytes)));
        } else {
            if self.flight.bytes() == 0 {
                self.flight.since.store(self.base.machine_time(now).as_micros(), Relaxed);
            }
            self.flight.bytes.fetch_add(u64::from(bytes), Relaxed);
            if bytes > LEAST_SIZE && self.flight.large_since().is_none() {
                let at = self.base.machine_time(now).as_micros();
                self.flight.large_since.store(at + 1, Relaxed);
            }
        }
        self.inner.on_packet_sent(now, bytes, pn);
    }

    fn on_cwnd_limited(&mut self) {
        self.flight.limited.store(true, Relaxed);
        self.inner.on_cwnd_limited();
    }

    fn on_ack(
        &mut self,
        now: EngineInstant,
        sent_at: EngineInstant,
        bytes: u64,
        pn: u64,
        app_limited: bool,
        rtt: &RttEstimator,
    ) {
        if self.probe.is_some_and(|(probe, _)| probe == pn) {
            self.probe = None;
        } else {
            self.subtract(bytes);
        }
        self.acked = self.acked.saturating_add(bytes);
        if bytes > u64::from(LEAST_SIZE) {
            self.flight.large_since.store(0, Relaxed);
        }
        let is_probe = self.flight.is_probe(pn);
        if is_probe {
            self.flight.answered.store(true, Relaxed);
        }
        self.flight.acked_packets.fetch_add(1, Relaxed);
        let (at, sent) = (self.base.machine_time(now), self.base.machine_time(sent_at));
        let took = at.saturating_duration_since(sent);
        self.floor.add(at, bytes, took, [rtt.get(), rtt.min()]);
        if is_probe {
            // It came back over another link, so this is a hint.
            self.rtt.note_long(took);
            self.flight.longest_rtt.store(self.rtt.longest(), Relaxed);
        } else if self.flight.is_active() && self.flight.was_carried(sent) {
            if self.flight.shortest_rtt.load(Relaxed) == 0 {
                self.rtt = RttFilter::new();
            }
            let shortest = self.rtt.add(at, took);
            self.flight.shortest_rtt.store(shortest, Relaxed);
            self.flight.longest_rtt.store(self.rtt.longest(), Relaxed);
        }
        self.inner.on_ack(now, sent_at, bytes, pn, app_limited, rtt);
    }

    fn on_end_acks(&mut self, now: EngineInstant, in_flight: u64, app_limited: bool, largest: Option<u64>) {
        let probe = self.probe.map_or(0, |(_, bytes)| bytes);
        self.flight.bytes.store(in_flight.saturating_sub(probe), Relaxed);
        let at = self.base.machine_time(now);
        self.flight.since.store(at.as_micros(), Relaxed);
        // The engine gives the probe up right after this call.
        self.probe =
            self.probe.filter(|(pn, _)| largest.is_none_or(|largest| largest < pn.saturating_add(3)));
        let acked = core::mem::take(&mut self.acked);
        self.flight.rate.store(self.rate.add(at, acked), Relaxed);
        self.inner.on_end_acks(now, in_flight, app_limited, largest);
        self.note_window();
    }

    fn on_congestion_event(
        &mut self,
        now: EngineInstant,
        sent: EngineInstant,
        persistent: bool,
        ecn: bool,
        lost_bytes: u64,
        largest_lost: u64,
    ) {
        if ecn {
            self.floor.clear();
        }
        self.inner.on_congestion_event(now, sent, persistent, ecn, lost_bytes, largest_lost);
        self.note_window();
    }

    fn on_packet_lost(&mut self, lost_bytes: u16, pn: u64, now: EngineInstant) {
        self.subtract(u64::from(lost_bytes));
        self.flight.lost_packets.fetch_add(1, Relaxed);
        if self.flight.is_probe(pn) {
            self.flight.probe_given_up.store(true, Relaxed);
        }
        self.inner.on_packet_lost(lost_bytes, pn, now);
    }

    fn on_spurious_congestion_event(&mut self) {
        // All that was given up has arrived after all: so has a probe that newer packets overtook on the detour.
        if self.flight.probe_given_up.swap(false, Relaxed) {
            self.flight.answered.store(true, Relaxed);
        }
        self.inner.on_spurious_congestion_event();
        self.note_window();
    }

    fn on_mtu_update(&mut self, new_mtu: u16) {
        self.mtu = new_mtu;
        if new_mtu <= LEAST_SIZE {
            self.flight.large_since.store(0, Relaxed);
        }
        self.inner.on_mtu_update(new_mtu);
        self.note_window();
    }

    fn window(&self) -> u64 {
        self.inner.window().max(self.floor.window())
    }

    fn metrics(&self) -> ControllerMetrics {
        self.inner.metrics()
    }

    fn clone_box(&self) -> Box<dyn Controller> {
        Box::new(Self {
            inner: self.inner.clone_box(),
            base: self.base,
            flight: Arc::clone(&self.flight),
            mtu: self.mtu,
            probe: self.probe,
            acked: self.acked,
            rate: self.rate.clone(),
            rtt: self.rtt,
            floor: self.floor,
        })
    }

    fn initial_window(&self) -> u64 {
        self.inner.initial_window()
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
