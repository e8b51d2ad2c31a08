//! What is remembered of rates and round trips.

use core::time::Duration;

use deskwire_machine::Instant;

/// Delivery rate: bytes acknowledged in slices of 100 ms, the highest slice of the last ten seconds.
#[derive(Clone, Debug, Default)]
pub(crate) struct RateFilter {
    slice_start: Option<Instant>,
    slice_bytes: u64,
    best: u64,
    best_at: Instant,
}

impl RateFilter {
    /// Bytes were acknowledged; gives the rate in bytes a second.
    pub(crate) fn add(&mut self, now: Instant, bytes: u64) -> u64 {
        let start = *self.slice_start.get_or_insert(now);
        self.slice_bytes = self.slice_bytes.saturating_add(bytes);
        let length = u64::try_from((now - start).as_micros()).unwrap_or(u64::MAX);
        if length >= 100_000 {
            // A slice that is much longer was mostly idle and says nothing about what the path can do.
            let rate = self.slice_bytes.saturating_mul(1_000_000) / length;
            let stale = (now - self.best_at).as_secs() >= 10;
            if rate >= self.best || stale {
                (self.best, self.best_at) = (rate, now);
            }
            (self.slice_start, self.slice_bytes) = (Some(now), 0);
        }
        self.best
    }
}

/// The shortest round trip of four spans of at least two seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RttFilter {
    started: Option<Instant>,
    /// Microseconds, the span under way first; 0 where there was none.
    spans: [u64; 4],
    /// The longest of the span under way and of the one before.
    longest: [u64; 2],
}

impl RttFilter {
    pub(crate) const fn new() -> Self {
        Self { started: None, spans: [0; 4], longest: [0; 2] }
    }

    /// Takes a round trip; gives the shortest of the four spans in microseconds, at least one.
    pub(crate) fn add(&mut self, now: Instant, rtt: Duration) -> u64 {
        let rtt = u64::try_from(rtt.as_micros()).unwrap_or(u64::MAX).max(1);
        let ([this, a, b, c], [longest, before]) = (self.spans, self.longest);
        if self.started.is_some_and(|started| now < started + SPAN) {
            (self.spans, self.longest) = ([this.min(rtt), a, b, c], [longest.max(rtt), before]);
        } else {
            self.started = Some(now);
            (self.spans, self.longest) = ([rtt, this, a, b], [rtt, longest]);
        }
        self.spans.into_iter().filter(|span| *span > 0).min().unwrap_or(rtt)
    }
}

impl RttFilter {
    /// The second shortest of the four spans, once there are two: for round trips of which one may be mistaken.
    pub(crate) fn second_shortest(&self) -> Option<Duration> {
        let mut spans = self.spans;
        spans.sort_unstable();
        spans.into_iter().filter(|span| *span > 0).nth(1).map(Duration::from_micros)
    }

    /// A round trip that may be too long.
    pub(crate) fn note_long(&mut self, rtt: Duration) {
        let [this, before] = self.longest;
        self.longest = [this.max(u64::try_from(rtt.as_micros()).unwrap_or(u64::MAX)), before];
    }

    /// The longest of this span and the last, in microseconds.
    pub(crate) fn longest(&self) -> u64 {
        let [this, before] = self.longest;
        this.max(before)
    }
}

/// A window that random loss does not take away.
///
/// A sender that answers each loss by sending less (RFC 9002 section 7) comes to nearly nothing on a radio line that
/// loses one packet in ten whatever it does. As long as round trips stay short no queue fills up, so the losses are not
/// its doing: then what the line delivered of late goes on, up to what sound and a modest picture need. More would be
/// unfair to lines that drop what is too much without queueing it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Floor {
    started: Instant,
    /// Bytes acknowledged in the span under way, and the rates of the two before, in bytes a second.
    bytes: u64,
    rates: [u64; 2],
    /// How long a packet is under way until its acknowledgement, in microseconds, smoothed.
    took: u64,
    window: u64,
}

/// How long a rate is measured.
const RATE_SPAN: Duration = Duration::from_millis(500);
/// A round trip that is longer than the shortest by more than a quarter and this has a queue in it.
const QUEUE: Duration = Duration::from_millis(30);
/// The floor is never higher, in bytes: 4 Mbit/s at a round trip of 40 ms.
const HIGHEST: u64 = 20_000;

impl Floor {
    /// Bytes were acknowledged that were under way for `took`; round trips take `rtt` and at least `shortest`.
    pub(crate) fn add(&mut self, now: Instant, bytes: u64, took: Duration, rtt: [Duration; 2]) {
        let [rtt, shortest] = rtt;
        let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        self.took = if self.took == 0 { micros(took) } else { self.took - self.took / 8 + micros(took) / 8 };
        self.bytes = self.bytes.saturating_add(bytes);
        let length = now.saturating_duration_since(self.started);
        if length >= RATE_SPAN {
            self.rates = [self.bytes.saturating_mul(1_000_000) / micros(length), self.rates[0]];
            (self.started, self.bytes) = (now, 0);
        }
        let [rate, before] = self.rates;
        let flight = rate.max(before).saturating_mul(self.took) / 1_000_000;
        let queue = rtt > shortest + shortest / 4 + QUEUE;
        // Twice that: lost packets count as under way until later ones have shown that they are lost.
        self.window = if queue { 0 } else { flight.saturating_mul(2).min(HIGHEST) };
    }

    /// The line says itself that it has too much.
    pub(crate) const fn clear(&mut self) {
        (self.bytes, self.rates, self.window) = (0, [0; 2], 0);
    }

    /// The least window, in bytes.
    pub(crate) const fn window(&self) -> u64 {
        self.window
    }
}

/// How long the shortest round trip is looked for before the next span begins.
const SPAN: Duration = Duration::from_secs(2);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_that_of_the_best_recent_slice() {
        let mut filter = RateFilter::default();
        let at = |ms: u64| Instant::from_micros(ms * 1000);
        assert_eq!(filter.add(at(0), 0), 0);
        assert_eq!(filter.add(at(100), 100_000), 1_000_000);
        assert_eq!(filter.add(at(200), 10_000), 1_000_000);
        assert_eq!(filter.add(at(11_000), 108_000), 10_000);
    }
    #[test]
    fn the_shortest_round_trip_is_forgotten_after_four_spans() {
        let mut filter = RttFilter::new();
        let mut add =
            |s: u64, ms: u64| filter.add(Instant::from_micros(s * 1_000_000), Duration::from_millis(ms));
        assert_eq!([add(1, 30), add(2, 50), add(4, 50), add(7, 50), add(9, 50)], [30_000; 5]);
        assert_eq!(add(11, 40), 40_000);
    }
}
