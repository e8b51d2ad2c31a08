//! How fast probes may go.

use core::time::Duration;

use deskwire_machine::Instant;

/// A budget of probes in which no second ever holds more than its rate: a small burst, and the rest spread evenly.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// When the next probe is covered if all of the burst is used.
    covered: Instant,
    interval: Duration,
    burst: Duration,
}

impl Pace {
    /// At most `per_second` probes in any second; a fifth of them may go at once.
    pub(crate) fn new(per_second: u32, now: Instant) -> Self {
        let burst = per_second / 5;
        let interval = Duration::from_secs(1) / per_second.saturating_sub(burst).max(1);
        Self { covered: now, interval, burst: interval * burst.saturating_sub(1) }
    }

    /// When the next probe may go.
    pub(crate) fn next(&self) -> Instant {
        Instant::ZERO + (self.covered - Instant::ZERO).saturating_sub(self.burst)
    }

    /// Takes one probe if it may go now.
    pub(crate) fn take(&mut self, now: Instant) -> bool {
        if self.next() > now {
            return false;
        }
        self.covered = self.covered.max(now) + self.interval;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

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
        assert_eq!(sent.iter().filter(|at| **at == start).count(), 20);
        for (i, first) in sent.iter().enumerate() {
            let within = sent[i..].iter().take_while(|at| **at - *first < Duration::from_secs(1)).count();
            assert!(within <= 100, "{within} from {first:?}");
        }
        assert!(sent.len() > 280);
    }
}
