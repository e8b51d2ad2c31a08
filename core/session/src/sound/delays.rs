//! How unevenly packets arrive.

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::time::Duration;

/// Packets that count: two and a half seconds of what the host plays.
const KEPT: usize = 256;
/// How often the figures are made anew.
const EVERY: u32 = 8;
/// Of how many packets in a hundred the delay is to be covered.
const COVERED: usize = 98;

/// Delays of the latest packets, from capture to arrival, each by its own clock: only differences mean something.
#[derive(Debug, Default)]
pub(super) struct Delays {
    recent: VecDeque<i64>,
    until_sorted: u32,
    shortest: i64,
    spread: Duration,
}

impl Delays {
    /// A packet that was captured at one time by one clock arrived at another by another, in microseconds.
    pub(super) fn add(&mut self, captured_us: u64, arrived_us: u64) {
        if self.recent.len() == KEPT {
            self.recent.pop_front();
        }
        let delay = difference(arrived_us, captured_us);
        self.shortest = if self.recent.is_empty() { delay } else { self.shortest.min(delay) };
        self.recent.push_back(delay);
        self.until_sorted = self.until_sorted.saturating_sub(1);
        if self.until_sorted == 0 {
            self.until_sorted = EVERY;
            self.sort();
        }
    }

    fn sort(&mut self) {
        let mut sorted: Vec<i64> = self.recent.iter().copied().collect();
        sorted.sort_unstable();
        self.shortest = sorted.first().copied().unwrap_or(0);
        let covered = sorted.get(sorted.len().saturating_sub(1) * COVERED / 100).copied().unwrap_or(0);
        let spread = u64::try_from(covered.saturating_sub(self.shortest)).unwrap_or(0);
        self.spread = Duration::from_micros(spread);
    }

    /// How much later than the fastest most packets arrive.
    pub(super) const fn spread(&self) -> Duration {
        self.spread
    }

    /// How long after its fastest possible arrival it is now for a packet; negative before that.
    pub(super) fn age_us(&self, captured_us: u64, now_us: u64) -> i64 {
        difference(now_us, captured_us).saturating_sub(self.shortest)
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

/// One clock minus the other. They have any epoch, so only what fits is kept.
fn difference(a: u64, b: u64) -> i64 {
    let forward = a.wrapping_sub(b);
    i64::try_from(forward)
        .unwrap_or_else(|_| i64::try_from(forward.wrapping_neg()).map_or(i64::MIN, i64::wrapping_neg))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spread_covers_most_packets_and_follows() {
        let mut delays = Delays::default();
        // The other clock is far ahead; one packet in a hundred is 90 ms late, the others up to 9 ms.
        let captured = |n: u64| (1 << 40) | (n * 10_000);
        for n in 0..1_000 {
            let late = if n % 100 == 0 { 90_000 } else { n % 10 * 1_000 };
            delays.add(captured(n), n * 10_000 + 500 + late);
        }
        assert_eq!(delays.spread(), Duration::from_millis(9));
        assert_eq!(delays.age_us(captured(1_000), 10_000_000 + 500 + 3_000), 3_000);
        assert_eq!(delays.age_us(captured(1_000), 9_990_500), -10_000);
        for n in 1_000..1_300 {
            delays.add(captured(n), n * 10_000 + 500 + n % 5 * 10_000);
        }
        assert_eq!(delays.spread(), Duration::from_millis(40));
    }

    #[test]
    fn clocks_may_have_any_epoch() {
        for (a, b, is) in [(5, 3, 2), (3, 5, -2), (1, u64::MAX, 2), (u64::MAX, 1, -2), (1 << 63, 0, i64::MIN)]
        {
            assert_eq!(difference(a, b), is, "{a} {b}");
        }
    }
}
