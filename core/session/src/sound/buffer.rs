//! A jitter buffer: packets go in as they come, and out evenly.
//!
//! A packet's **age** is how much later it is than its fastest possible arrival: its time of capture plus the shortest
//! delay of the last seconds. The buffer keeps packets until they are as old as nearly all of the latest packets were
//! when they came (the **target**): a lost packet has arrived by then, too, as a copy behind a later one. If what is
//! played next becomes too old, two packets are played in the time of one; if too young, a little is made up in between.
//! Ages count by the clocks at both ends, so that one that runs fast is followed as well.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::time::Duration;

use deskwire_machine::Instant;
use deskwire_wire::sound::{SoundKind, SoundWish};

use super::SoundArrival;
use super::delays::Delays;
use super::losses::Losses;

/// Packets that wait; older ones are dropped.
const MOST: usize = 100;
/// A number this far from the expected one is of another run.
const ANOTHER_RUN: u32 = 500;
/// The target never goes beyond this.
const LONGEST: Duration = Duration::from_millis(300);
/// So long nothing comes until the buffer starts over.
const GIVE_UP: Duration = Duration::from_millis(100);
/// Packets between two changes of speed: a tenth is hardly heard.
const BETWEEN: u32 = 10;
/// The same when it is urgent.
const URGENT: u32 = 3;
/// What is older than the target by more is dropped unheard.
const FAR: Duration = Duration::from_millis(500);

/// What to play for the length of one packet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Play {
    /// Nothing: there is no sound.
    Silence,
    /// A packet.
    Packet(Vec<u8>),
    /// The packet before this one, which is lost, by the error correction inside this one. It is played next.
    Before(Vec<u8>),
    /// Make something up that fits: a packet is lost, or not here yet.
    Conceal,
    /// Two packets in the time of one.
    Joined(Vec<u8>, Vec<u8>),
}

/// Figures of a buffer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct SoundStats {
    /// Datagrams that came.
    pub datagrams: u64,
    /// Packets played.
    pub played: u64,
    /// Packets that are here because of a copy.
    pub copies: u64,
    /// Packets that came after their time.
    pub late: u64,
    /// Lost packets that the error correction of the next gave back, in part.
    pub corrected: u64,
    /// Lengths of a packet that were made up.
    pub concealed: u64,
    /// Times two packets were played in the time of one.
    pub joined: u64,
    /// Packets dropped unheard, because they were far too old.
    pub skipped: u64,
    /// How long packets are kept at present, in microseconds.
    pub target_us: u32,
    /// From capture to playing, of the last packet, in microseconds; 0 if not known.
    pub latency_us: u32,
}

#[derive(Debug)]
struct Held {
    bytes: Vec<u8>,
    captured_us: u64,
    /// The age that the session told, and when that was.
    told: Option<(Duration, Instant)>,
}

/// One kind of sound from one other side. Time is handed in; the caller takes what to play whenever the length of a
/// packet is needed.
#[derive(Debug)]
pub struct SoundBuffer {
    kind: SoundKind,
    packet: Duration,
    /// How much is taken at once.
    burst: Duration,
    /// The wait for the picture.
    extra: Duration,
    packets: BTreeMap<u32, Held>,
    /// What is played next, and when that was captured; `None` before the start and after a long silence.
    next: Option<(u32, u64)>,
    delays: Delays,
    losses: Losses,
    /// The age of what is played, smoothed, in microseconds.
    age_us: i64,
    since_change: u32,
    empty_since: Option<Instant>,
    latency: Option<Duration>,
    stats: SoundStats,
}

impl SoundBuffer {
    /// An empty buffer, from which at most `burst` is taken at once.
    pub fn new(kind: SoundKind, burst: Duration) -> Self {
        Self {
            kind,
            packet: Duration::from_micros(kind.packet_us().into()),
            burst,
            extra: Duration::ZERO,
            packets: BTreeMap::new(),
            next: None,
            delays: Delays::default(),
            losses: Losses::new(),
            age_us: 0,
            since_change: 0,
            empty_since: None,
            latency: None,
            stats: SoundStats::default(),
        }
    }

    /// Takes what arrived. What is of another kind is left alone.
    pub fn insert(&mut self, now: Instant, arrival: SoundArrival) {
        if arrival.kind != self.kind || arrival.packets.is_empty() {
            return;
        }
        if self.is_another_run(&arrival, now) {
            self.packets.clear();
            self.delays.clear();
            (self.next, self.losses) = (None, Losses::new());
        }
        self.stats.datagrams += 1;
        self.losses.came(arrival.sequence);
        let told = arrival.age_us.map(|age| (Duration::from_micros(age.into()), now));
        for (back, bytes) in (0u32..).zip(arrival.packets) {
            let Some(sequence) = arrival.sequence.checked_sub(back) else { break };
            let earlier = u64::from(back) * u64::from(self.kind.packet_us());
            let captured_us = arrival.captured_at_us.wrapping_sub(earlier);
            if self.packets.contains_key(&sequence) {
                continue;
            }
            let is_over = self.next.is_some_and(|(next, _)| sequence < next);
            if is_over && back > 0 {
                // Most likely it was played.
                continue;
            }
            self.delays.add(captured_us, now.as_micros());
            if is_over {
                self.stats.late += 1;
                continue;
            }
            if back > 0 {
                self.stats.copies += 1;
            }
            let told = told.map(|(age, at)| (age + Duration::from_micros(earlier), at));
            self.packets.insert(sequence, Held { bytes, captured_us, told });
        }
        while self.packets.len() > MOST {
            self.packets.pop_first();
            self.stats.skipped += 1;
        }
    }

    /// A jump of numbers, or of times without one of numbers that a pause would explain.
    fn is_another_run(&self, arrival: &SoundArrival, now: Instant) -> bool {
        let expected =
            self.packets.last_key_value().map(|(n, _)| *n).or_else(|| self.next.map(|(next, _)| next));
        let far = expected.is_some_and(|n| n.abs_diff(arrival.sequence) > ANOTHER_RUN);
        let age = self.delays.age_us(arrival.captured_at_us, now.as_micros());
        far || (expected.is_some() && age.unsigned_abs() > 2_000_000)
    }

    /// What to play next.
    pub fn next(&mut self, now: Instant) -> Play {
        self.since_change = self.since_change.saturating_add(1);
        let Some((sequence, captured_us)) = self.next.or_else(|| self.start(now)) else {
            return Play::Silence;
        };
        let here = self.packets.get(&sequence).map(|held| held.captured_us);
        let age = self.age(now, here.unwrap_or(captured_us));
        if here.is_some() {
            self.empty_since = None;
            return self.play(now, sequence, captured_us, age);
        }
        if self.packets.is_empty() {
            return self.starve(now);
        }
        self.empty_since = None;
        self.pass_over(now, sequence, captured_us, age)
    }

    /// Where to begin, once the first packet is old enough.
    fn start(&mut self, now: Instant) -> Option<(u32, u64)> {
        let (sequence, captured_us) =
            self.packets.first_key_value().map(|(n, held)| (*n, held.captured_us))?;
        let age = self.age(now, captured_us);
        if age < signed(self.target()) {
            return None;
        }
        (self.age_us, self.since_change) = (age, 0);
        self.next = Some((sequence, captured_us));
        self.next
    }

    /// The packet is here: it is played, or two of them, or something is made up before it.
    fn play(&mut self, now: Instant, sequence: u32, expected_us: u64, age: i64) -> Play {
        let (packet, target) = (signed(self.packet), signed(self.target()));
        let captured_us = self.packets.get(&sequence).map_or(expected_us, |held| held.captured_us);
        if age < target - 2 * packet
            && captured_us.wrapping_sub(expected_us) < u64::MAX / 2
            && captured_us.wrapping_sub(expected_us) > u64::from(self.kind.packet_us())
        {
            // The sender was silent in between.
            self.age_us = target;
            return Play::Silence;
        }
        if age > target + signed(FAR) {
            return self.jump(now, target);
        }
        self.age_us += (age - self.age_us) / 8;
        let off = self.age_us - target;
        let pause = if off.abs() > 4 * packet { URGENT } else { BETWEEN };
        if self.since_change >= pause {
            if off > packet && self.packets.contains_key(&sequence.wrapping_add(1)) {
                self.changed(-packet);
                self.stats.joined += 1;
                let first = self.take(now, sequence);
                let second = self.take(now, sequence.wrapping_add(1));
                if let (Some(first), Some(second)) = (first, second) {
                    return Play::Joined(first, second);
                }
            }
            if off < -packet / 2 {
                self.changed(packet);
                self.stats.concealed += 1;
                return Play::Conceal;
            }
        }
        self.take(now, sequence).map_or(Play::Conceal, Play::Packet)
    }

    fn changed(&mut self, by: i64) {
        (self.age_us, self.since_change) = (self.age_us + by, 0);
    }

    fn take(&mut self, now: Instant, sequence: u32) -> Option<Vec<u8>> {
        let held = self.packets.remove(&sequence)?;
        self.next =
            Some((sequence.wrapping_add(1), held.captured_us.wrapping_add(self.kind.packet_us().into())));
        self.latency = held.told.map(|(age, at)| age + (now - at));
        self.stats.played += 1;
        Some(held.bytes)
    }

    /// Everything is far too old: what is about as old as it should be is played next.
    fn jump(&mut self, now: Instant, target: i64) -> Play {
        while let Some((sequence, captured_us)) =
            self.packets.first_key_value().map(|(n, h)| (*n, h.captured_us))
        {
            if self.age(now, captured_us) <= target || self.packets.len() == 1 {
                (self.age_us, self.since_change) = (self.age(now, captured_us), 0);
                return self.take(now, sequence).map_or(Play::Conceal, Play::Packet);
            }
            self.packets.pop_first();
            self.stats.skipped += 1;
        }
        Play::Conceal
    }

    /// Nothing is here. It may come, so its place is kept for a while.
    fn starve(&mut self, now: Instant) -> Play {
        let since = *self.empty_since.get_or_insert(now);
        if now - since >= GIVE_UP {
            self.next = None;
            return Play::Silence;
        }
        self.stats.concealed += 1;
        Play::Conceal
    }

    /// The packet is not here, and later ones are: it is lost.
    fn pass_over(&mut self, now: Instant, sequence: u32, captured_us: u64, age: i64) -> Play {
        let (packet, target) = (u64::from(self.kind.packet_us()), signed(self.target()));
        let (mut sequence, mut captured_us, mut age) = (sequence, captured_us, age);
        // What was made up while nothing came stood for some of the lost ones already.
        while age > target + signed(self.packet) && !self.packets.contains_key(&sequence) {
            (sequence, captured_us) = (sequence.wrapping_add(1), captured_us.wrapping_add(packet));
            age = self.age(now, captured_us);
        }
        if self.packets.contains_key(&sequence) {
            return self.play(now, sequence, captured_us, age);
        }
        let after = sequence.wrapping_add(1);
        self.next = Some((after, captured_us.wrapping_add(packet)));
        match self.packets.get(&after) {
            Some(held) if self.kind == SoundKind::Voice => {
                self.stats.corrected += 1;
                Play::Before(held.bytes.clone())
            }
            _ => {
                self.stats.concealed += 1;
                Play::Conceal
            }
        }
    }

    fn age(&self, now: Instant, captured_us: u64) -> i64 {
        self.delays.age_us(captured_us, now.as_micros())
    }

    /// How old packets become without waiting for the picture: what is taken in bursts has to be there at their
    /// beginning.
    fn own_target(&self) -> Duration {
        let burst = self.burst.saturating_sub(self.packet);
        (self.delays.spread() + self.packet / 2 + burst).min(LONGEST)
    }

    fn target(&self) -> Duration {
        self.own_target() + self.extra
    }

    /// How much is taken at once, from now on.
    pub const fn set_burst(&mut self, burst: Duration) {
        self.burst = burst;
    }

    /// How much longer than they need packets are kept, for the picture ([`super::LipSync`]).
    pub const fn set_extra(&mut self, extra: Duration) {
        self.extra = extra;
    }

    /// From capture to playing: what it was for the last packet, and what it would be without the wait for the picture.
    pub fn latency(&self) -> Option<(Duration, Duration)> {
        let latency = self.latency?;
        let aged = Duration::from_micros(u64::try_from(self.age_us).unwrap_or(0));
        Some((latency, (latency + self.own_target()).saturating_sub(aged)))
    }

    /// What the sender should be told to do against losses.
    pub const fn wish(&self) -> SoundWish {
        SoundWish::with_copies(self.losses.copies())
    }

    /// Figures.
    pub fn stats(&self) -> SoundStats {
        let micros = |time: Duration| u32::try_from(time.as_micros()).unwrap_or(u32::MAX);
        SoundStats {
            target_us: micros(self.target()),
            latency_us: self.latency.map_or(0, micros),
            ..self.stats
        }
    }
}

fn signed(time: Duration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
#[path = "buffer_tests.rs"]
mod tests;
