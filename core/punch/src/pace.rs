//! How fast probes may go.

use core::time::Duration;

use deskwire_machine::Instant;

/// Probes of a burst that are kept for answers.
const ANSWERS: u32 = 4;

/// A budget of probes in which no second ever holds more than its rate: a small burst, and the rest spread evenly.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// When the next probe is covered if all of the burst is used.
    covered: Instant,
    interval: Duration,
    burst: Duration,
}

impl Pace {
    /// At most `per_second` probes in any second; a tenth of them may go at once.
    pub(crate) fn new(per_second: u32, now: Instant) -> Self {
        let burst = per_second / 10;
        let interval = Duration::from_secs(1) / per_second.saturating_sub(burst).max(1);
        Self { covered: now, interval, burst: interval * burst.saturating_sub(1) }
    }

    /// When the next request may go: a few probes are left for answers, without which the peer's requests are in vain.
    pub(crate) fn next(&self) -> Instant {
        self.covered_less(self.burst.saturating_sub(self.interval * ANSWERS))
    }

    /// Takes one request if it may go now.
    pub(crate) fn take_request(&mut self, now: Instant) -> bool {
        self.next() <= now && self.take(now)
    }

    /// Takes one answer if it may go now.
    pub(crate) fn take(&mut self, now: Instant) -> bool {
        if self.covered_less(self.burst) > now {
            return false;
        }
        self.covered = self.covered.max(now) + self.interval;
        true
    }

    fn covered_less(&self, credit: Duration) -> Instant {
        Instant::ZERO + (self.covered - Instant::ZERO).saturating_sub(credit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn who_asks_all_the_time_still_answers() {
        let now = Instant::from_micros(5);
        let mut pace = Pace::new(100, now);
        let requests = (0..100).filter(|_| pace.take_request(now)).count();
        let answers = (0..100).filter(|_| pace.take(now)).count();
        assert_eq!((requests, answers), (6, 4));
    }

    // spec: PU-11
    #[test]
    fn no_second_holds_more_than_the_rate() {
        let start = Instant::from_micros(5);
        let mut pace = Pace::new(100, start);
        let mut sent: Vec<Instant> = Vec::new();
        for tick in 0..5_000u64 {
            let now = start + Duration::from_millis(tick);
            // An idle time in the middle, after which the burst is there again.
            while !(2_000..3_500).contains(&tick) && pace.take(now) {
                sent.push(now);
            }
        }
        assert_eq!(sent.iter().filter(|at| **at == start).count(), 10);
        for (i, first) in sent.iter().enumerate() {
            let within = sent[i..].iter().take_while(|at| **at - *first < Duration::from_secs(1)).count();
            assert!(within <= 100, "{within} from {first:?}");
        }
        assert!(sent.len() > 280);
    }
}
