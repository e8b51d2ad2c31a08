//! How many bits a second the pictures of a display may take.
//!
//! Latency comes first: when acknowledgements come late, frames queue somewhere, and less is sent from the next frame on.
//! Sharpness comes second: what arrives in time may take more, up to what the path carries. The frame rate follows by
//! itself: a frame is made when the window has room. What was too much once is approached slowly and tried again only
//! after a while, so that the rate comes to rest below it.

use core::time::Duration;

use deskwire_machine::Instant;

/// Bits a second: before anything is known, at least, and at most.
const FIRST: u64 = 4_000_000;
const LEAST: u64 = 150_000;
const MOST: u64 = 40_000_000;
/// Of what the path carries, in percent: the rest is for everything else, and for frames that are larger than usual.
const SHARE_PERCENT: u64 = 85;
/// Between two steps up.
const STEP: Duration = Duration::from_millis(200);
/// Between two steps down: what was sent before the last one says nothing new.
const SETTLES: Duration = Duration::from_millis(250);
/// After so long what was too much is tried again; doubles each time that it still is too much.
const TRIES_AGAIN: Duration = Duration::from_secs(4);
const TRIES_AGAIN_MOST: Duration = Duration::from_secs(60);

#[derive(Clone, Copy, Debug)]
struct Ceiling {
    rate: u64,
    until: Instant,
    wait: Duration,
}

/// The rate of one display.
#[derive(Debug)]
pub(crate) struct Quality {
    rate: u64,
    stepped_at: Instant,
    lowered_at: Option<Instant>,
    ceiling: Option<Ceiling>,
}

impl Quality {
    pub(crate) const fn new() -> Self {
        Self { rate: FIRST, stepped_at: Instant::ZERO, lowered_at: None, ceiling: None }
    }

    /// Bits a second, where the path carries `bandwidth` bytes a second (0 if that is not known).
    pub(crate) fn rate(&self, bandwidth: u64) -> u32 {
        let carried = match bandwidth {
            0 => MOST,
            bytes => bytes.saturating_mul(8) / 100 * SHARE_PERCENT,
        };
        u32::try_from(self.rate.min(carried).clamp(LEAST, MOST)).unwrap_or(u32::MAX)
    }

    /// A frame was acknowledged: in time, or so late that frames must have queued. `rtt` is the path's round
    /// trip.
    pub(crate) fn acknowledged(&mut self, now: Instant, late: bool, rtt: Duration, bandwidth: u64) {
        // What is not used cannot be too little.
        self.rate = self.rate.min(u64::from(self.rate(bandwidth)).saturating_mul(5) / 4);
        if late {
            self.lower(now, rtt);
        } else if now - self.stepped_at >= STEP {
            self.raise(now);
        }
    }

    fn lower(&mut self, now: Instant, rtt: Duration) {
        if self.lowered_at.is_some_and(|at| now - at < SETTLES.max(rtt)) {
            return;
        }
        // Nothing was raised since the last step down: the same queue is not gone yet.
        let goes_on = self.lowered_at == Some(self.stepped_at);
        let (rate, wait) = match self.ceiling {
            Some(ceiling) if goes_on && self.rate >= ceiling.rate / 100 * 60 => (ceiling.rate, ceiling.wait),
            Some(ceiling) if goes_on => (self.rate, ceiling.wait),
            // It was reached again: it still is one, and it was not the last step that was too much.
            Some(ceiling) if self.rate >= ceiling.rate / 100 * 95 => {
                (ceiling.rate, (ceiling.wait * 2).min(TRIES_AGAIN_MOST))
            }
            _ => (self.rate, TRIES_AGAIN),
        };
        self.ceiling = Some(Ceiling { rate, until: now + wait, wait });
        self.rate = (self.rate / 100 * 65).max(LEAST);
        (self.lowered_at, self.stepped_at) = (Some(now), now);
    }

    fn raise(&mut self, now: Instant) {
        self.stepped_at = now;
        let mut most = MOST;
        if let Some(ceiling) = &mut self.ceiling {
            if now < ceiling.until {
                // Near enough to be sharp, far enough to be in time.
                most = ceiling.rate / 100 * 90;
            } else if self.rate > ceiling.rate / 100 * 130 {
                // Far above it nothing came late: it is none any more.
                self.ceiling = None;
            }
        }
        // Of the rest of the way a third, of unknown ground a tenth.
        let known = self.ceiling.map_or(0, |ceiling| ceiling.rate / 100 * 90).saturating_sub(self.rate);
        let step = (self.rate / 10).max(known / 3);
        self.rate = (self.rate + step).min(most).max(self.rate);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::VecDeque;
    use alloc::vec::Vec;

    /// A line with a queue, and a host that sends 30 frames a second of the size that the rate gives.
    struct Line {
        quality: Quality,
        now: Instant,
        /// When the line has sent all it has.
        busy_until: Instant,
        under_way: VecDeque<(Instant, Instant)>,
        rates: Vec<u32>,
    }

    const FRAME: Duration = Duration::from_micros(33_333);
    const RTT: Duration = Duration::from_millis(40);

    impl Line {
        fn new() -> Self {
            Self {
                quality: Quality::new(),
                now: Instant::from_micros(1_000_000),
                busy_until: Instant::ZERO,
                under_way: VecDeque::new(),
                rates: Vec::new(),
            }
        }

        /// Runs so long over a line of so many bits a second, whose rate the transport does not know.
        fn run(&mut self, time: Duration, bits: impl Fn(u64) -> u64) {
            let end = self.now + time;
            while self.now < end {
                self.now += FRAME;
                while let Some((sent, acked)) = self.under_way.pop_front_if(|(_, acked)| *acked <= self.now) {
                    let late = acked - sent > RTT * 2 + Duration::from_millis(50);
                    self.quality.acknowledged(acked, late, RTT, 0);
                }
                let rate = self.quality.rate(0);
                self.rates.push(rate);
                // As in a session: no more than four frames wait.
                if self.under_way.len() < 4 {
                    let micros = u64::from(rate) / 30 * 1_000_000 / bits(self.now.as_micros() / 1_000);
                    self.busy_until = self.busy_until.max(self.now) + Duration::from_micros(micros);
                    self.under_way.push_back((self.now, self.busy_until + RTT));
                }
            }
        }

        /// The least and the most of the last so many seconds.
        fn range(&self, seconds: usize) -> (u32, u32) {
            let last = &self.rates[self.rates.len() - seconds * 30..];
            (*last.iter().min().unwrap(), *last.iter().max().unwrap())
        }
    }

    #[test]
    fn it_rests_below_what_the_line_carries() {
        for bits in [1_000_000, 5_000_000, 20_000_000] {
            let mut line = Line::new();
            line.run(Duration::from_secs(40), |_| bits);
            let (least, most) = line.range(20);
            assert!(u64::from(least) * 10 >= bits * 5, "{bits}: down to {least}");
            assert!(u64::from(most) * 10 <= bits * 14, "{bits}: up to {most}");
            let steps = line.rates[20 * 30..].windows(2).filter(|pair| pair[1] < pair[0]).count();
            assert!(steps <= 3, "{bits}: {steps} times down in 20 s");
        }
    }

    #[test]
    fn a_line_that_gets_narrow_is_followed_within_a_second() {
        let mut line = Line::new();
        line.run(Duration::from_secs(20), |_| 10_000_000);
        line.run(Duration::from_secs(1), |_| 2_000_000);
        assert!(line.quality.rate(0) < 4_000_000, "{}", line.quality.rate(0));
        line.run(Duration::from_secs(3), |_| 2_000_000);
        let late = line.under_way.iter().filter(|(sent, acked)| *acked - *sent > RTT * 5).count();
        assert_eq!(late, 0, "nothing queues any more");
        line.run(Duration::from_secs(40), |_| 10_000_000);
        assert!(line.quality.rate(0) > 6_000_000, "and up again: {}", line.quality.rate(0));
    }

    #[test]
    fn what_the_transport_knows_is_never_exceeded() {
        let mut quality = Quality::new();
        assert_eq!(quality.rate(100_000), 680_000);
        let mut now = Instant::from_micros(0);
        for _ in 0..1_000 {
            now += FRAME;
            quality.acknowledged(now, false, RTT, 100_000);
        }
        assert_eq!(quality.rate(100_000), 680_000);
        assert!(quality.rate(0) <= 850_000, "nothing has shown that more can go");
        assert_eq!(Quality::new().rate(1), 150_000, "below that there is no picture");
    }
}
