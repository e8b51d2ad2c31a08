//! Round trips, the other side's clock, and when to ask for them.

use core::time::Duration;

use deskwire_machine::Instant;

const SAMPLES: usize = 8;
/// Until there are a few samples, pings go faster than the interval.
const FIRST_PINGS: u32 = 4;
const FIRST_INTERVAL: Duration = Duration::from_millis(200);

#[derive(Clone, Copy, Debug)]
struct Sample {
    rtt_us: u64,
    /// The other clock minus this one, in microseconds; wrapping, as clocks have any epoch.
    offset_us: u64,
}

/// Pings and what they tell. One ping is under way at a time.
#[derive(Debug)]
pub(crate) struct Timing {
    interval: Duration,
    samples: [Option<Sample>; SAMPLES],
    taken: u32,
    waiting: Option<u64>,
    next_ping: Option<Instant>,
}

impl Timing {
    pub(crate) const fn new(interval: Duration) -> Self {
        Self { interval, samples: [None; SAMPLES], taken: 0, waiting: None, next_ping: None }
    }

    /// From `now` on pings are wanted.
    pub(crate) const fn start(&mut self, now: Instant) {
        self.next_ping = Some(now);
    }

    pub(crate) const fn next_ping(&self) -> Option<Instant> {
        self.next_ping
    }

    /// If a ping is due: what to put into it.
    pub(crate) fn ping(&mut self, now: Instant) -> Option<u64> {
        self.next_ping.take_if(|at| *at <= now)?;
        self.waiting = Some(now.as_micros());
        self.waiting
    }

    /// Takes a pong; one that answers no ping is ignored.
    pub(crate) fn pong(&mut self, now: Instant, sent_us: u64, clock_us: u64) {
        if self.waiting != Some(sent_us) {
            return;
        }
        self.waiting = None;
        let rtt_us = now.as_micros().saturating_sub(sent_us);
        let sample =
            Sample { rtt_us, offset_us: clock_us.wrapping_add(rtt_us / 2).wrapping_sub(now.as_micros()) };
        self.samples.rotate_right(1);
        if let Some(first) = self.samples.first_mut() {
            *first = Some(sample);
        }
        self.taken = self.taken.saturating_add(1);
        let pause = if self.taken < FIRST_PINGS { FIRST_INTERVAL.min(self.interval) } else { self.interval };
        self.next_ping = Some(now + pause);
    }

    /// The best recent sample: the one with the shortest round trip was delayed least.
    fn best(&self) -> Option<Sample> {
        self.samples.iter().flatten().copied().min_by_key(|sample| sample.rtt_us)
    }

    /// The shortest recent round trip, in microseconds; 0 before the first.
    pub(crate) fn rtt_us(&self) -> u32 {
        self.best().map_or(0, |sample| u32::try_from(sample.rtt_us).unwrap_or(u32::MAX))
    }

    /// How long ago, in microseconds, the other side's clock showed `then_us`; `None` before the first sample.
    pub(crate) fn since(&self, now: Instant, then_us: u64) -> Option<u32> {
        let there = now.as_micros().wrapping_add(self.best()?.offset_us);
        let since = there.wrapping_sub(then_us);
        // A little before its own time is the estimate's error; anything else that wraps is nonsense of the peer.
        Some(if since > u64::MAX / 2 { 0 } else { u32::try_from(since).unwrap_or(u32::MAX) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_round_trip_sets_the_clock() {
        let at = Instant::from_micros;
        let mut timing = Timing::new(Duration::from_secs(2));
        timing.start(at(1_000));
        assert_eq!(timing.since(at(1_000), 0), None);
        // The other clock is 1,000,000 ahead; 4 ms there and 4 ms back.
        assert_eq!(timing.ping(at(1_000)), Some(1_000));
        assert_eq!(timing.ping(at(1_000)), None);
        timing.pong(at(9_000), 1_000, 1_005_000);
        assert_eq!((timing.rtt_us(), timing.since(at(10_000), 1_000_000)), (8_000, Some(10_000)));
        // A sample with a longer way back changes nothing.
        let next = timing.next_ping().unwrap();
        assert_eq!(next, at(209_000));
        timing.ping(next);
        timing.pong(at(289_000), 209_000, 1_213_000);
        assert_eq!((timing.rtt_us(), timing.since(at(10_000), 1_000_000)), (8_000, Some(10_000)));
    }

    #[test]
    fn pongs_without_a_ping_are_ignored() {
        let mut timing = Timing::new(Duration::from_secs(2));
        timing.pong(Instant::from_micros(5), 0, 0);
        assert_eq!(timing.next_ping(), None);
        assert_eq!(timing.rtt_us(), 0);
    }
}
