//! What a line does to packets: latency, loss, and the other faults.

use std::time::Duration;

use deskwire_machine::{Instant, Rng};

/// The qualities of a line, the same for both directions. Probabilities are from 0 to 1.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Line {
    /// One-way delay.
    pub latency: Duration,
    /// At most this much more, evenly spread. It never reorders.
    pub jitter: Duration,
    /// Independent loss.
    pub loss: f64,
    /// Loss in bursts.
    pub burst: Option<Burst>,
    /// Packets that come twice.
    pub duplicate: f64,
    /// Packets that are late by [`Line::reorder_delay`], so that others overtake them.
    pub reorder: f64,
    /// How late.
    pub reorder_delay: Duration,
    /// Largest IP packet in bytes; larger datagrams vanish.
    pub mtu: usize,
    /// Bytes per second.
    pub rate: Option<u64>,
    /// Bytes that wait when `rate` is reached; what comes on top is dropped.
    pub queue: u64,
    /// When more than so many bytes wait, packets that allow it are marked (RFC 3168) and pass.
    pub mark: Option<u64>,
}

/// Two states of a line, good and bad (Gilbert and Elliott).
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Burst {
    /// Probability per packet that a good line turns bad.
    pub start: f64,
    /// Probability per packet that a bad line turns good.
    pub end: f64,
    /// Loss while it is bad.
    pub loss: f64,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            latency: Duration::from_millis(10),
            jitter: Duration::ZERO,
            loss: 0.0,
            burst: None,
            duplicate: 0.0,
            reorder: 0.0,
            reorder_delay: Duration::from_millis(15),
            mtu: 1500,
            rate: None,
            queue: 256 << 10,
            mark: None,
        }
    }
}

impl Line {
    /// A line without faults and with that one-way delay.
    pub fn of(latency: Duration) -> Self {
        Self { latency, ..Self::default() }
    }
}

/// One direction of a line.
#[derive(Debug, Default)]
pub(crate) struct Pipe {
    busy_until: Instant,
    last_arrival: Instant,
    bad: bool,
}

/// What became of a packet: when it, and its double, arrive.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fate {
    Arrives { at: Instant, double: Option<Instant>, marked: bool },
    Lost,
    TooLarge,
    QueueFull,
}

impl Pipe {
    /// Sends a packet of `size` bytes; `limit` is whether the MTU applies (streams cut themselves to fit).
    pub(crate) fn send(
        &mut self,
        now: Instant,
        line: &Line,
        rng: &mut Rng,
        size: usize,
        limit: bool,
    ) -> Fate {
        if limit && size > line.mtu {
            return Fate::TooLarge;
        }
        if let Some(burst) = line.burst {
            let turn = if self.bad { burst.end } else { burst.start };
            self.bad ^= happens(rng, turn);
            if self.bad && happens(rng, burst.loss) {
                return Fate::Lost;
            }
        }
        if happens(rng, line.loss) {
            return Fate::Lost;
        }
        let (mut at, mut marked) = (now, false);
        if let Some(rate) = line.rate.filter(|rate| *rate > 0) {
            let start = self.busy_until.max(now);
            let waiting = u128::from(rate) * (start - now).as_micros() / 1_000_000;
            if waiting > u128::from(line.queue) {
                return Fate::QueueFull;
            }
            marked = line.mark.is_some_and(|most| waiting > u128::from(most));
            at = start + Duration::from_micros(size as u64 * 1_000_000 / rate);
            self.busy_until = at;
        }
        at += line.latency;
        if line.jitter > Duration::ZERO {
            at += Duration::from_micros(rng.below(line.jitter.as_micros() as u64 + 1));
        }
        if happens(rng, line.reorder) {
            at += line.reorder_delay;
        } else {
            at = at.max(self.last_arrival);
            self.last_arrival = at;
        }
        let double = happens(rng, line.duplicate).then(|| at + Duration::from_millis(1));
        Fate::Arrives { at, double, marked }
    }
}

/// Draws only when there is something to decide, so that a fault that is off leaves the rest of the run as it was.
fn happens(rng: &mut Rng, probability: f64) -> bool {
    probability > 0.0 && (rng.below(1_000_000) as f64) < probability * 1e6
}

#[cfg(test)]
mod tests {
    use deskwire_machine::Seed;

    use super::*;

    fn send(pipe: &mut Pipe, line: &Line, rng: &mut Rng, now: u64, size: usize) -> Fate {
        pipe.send(Instant::from_micros(now), line, rng, size, true)
    }

    fn rng() -> Rng {
        Seed::new([5; 32]).public()
    }

    #[test]
    fn a_plain_line_only_delays() {
        let fate = send(&mut Pipe::default(), &Line::default(), &mut rng(), 5, 1500);
        assert_eq!(fate, Fate::Arrives { at: Instant::from_micros(10_005), double: None, marked: false });
        assert_eq!(send(&mut Pipe::default(), &Line::default(), &mut rng(), 0, 1501), Fate::TooLarge);
    }

    #[test]
    fn jitter_never_reorders_and_reorder_does() {
        let (mut pipe, mut rng) = (Pipe::default(), rng());
        let arrivals = |line: &Line, pipe: &mut Pipe, rng: &mut Rng| -> Vec<Instant> {
            let times = (0..500).map(|i| match send(pipe, line, rng, i * 100, 100) {
                Fate::Arrives { at, .. } => at,
                other => panic!("{other:?}"),
            });
            times.collect()
        };
        let jittery = Line { jitter: Duration::from_millis(5), ..Line::default() };
        assert!(arrivals(&jittery, &mut pipe, &mut rng).is_sorted());
        let swapping = Line { reorder: 0.1, ..Line::default() };
        assert!(!arrivals(&swapping, &mut Pipe::default(), &mut rng).is_sorted());
    }

    #[test]
    fn a_rate_makes_a_queue_that_overflows() {
        let line = Line { rate: Some(100_000), queue: 2_000, latency: Duration::ZERO, ..Line::default() };
        let (mut pipe, mut rng) = (Pipe::default(), rng());
        let fates: Vec<Fate> = (0..5).map(|_| send(&mut pipe, &line, &mut rng, 0, 1_000)).collect();
        let at =
            |ms: u64| Fate::Arrives { at: Instant::from_micros(ms * 1_000), double: None, marked: false };
        assert_eq!(fates, [at(10), at(20), at(30), Fate::QueueFull, Fate::QueueFull]);
    }

    #[test]
    fn a_queue_marks_before_it_drops() {
        let line = Line { mark: Some(1_500), rate: Some(100_000), queue: 4_000, ..Line::default() };
        let (mut pipe, mut rng) = (Pipe::default(), rng());
        let marked = (0..6).map(|_| match send(&mut pipe, &line, &mut rng, 0, 1_000) {
            Fate::Arrives { marked, .. } => Some(marked),
            _ => None,
        });
        let marked: Vec<_> = marked.collect();
        assert_eq!(marked, [Some(false), Some(false), Some(true), Some(true), Some(true), None]);
    }

    #[test]
    fn loss_comes_at_its_rate_alone_and_in_bursts() {
        let count = |line: &Line| {
            let (mut pipe, mut rng) = (Pipe::default(), rng());
            let lost: Vec<bool> =
                (0..20_000).map(|i| send(&mut pipe, line, &mut rng, i, 100) == Fate::Lost).collect();
            let runs = lost.windows(2).filter(|w| w[0] && w[1]).count();
            (lost.iter().filter(|l| **l).count(), runs)
        };
        let (alone, alone_runs) = count(&Line { loss: 0.1, ..Line::default() });
        let burst = Burst { start: 0.01, end: 0.09, loss: 1.0 };
        let (bursts, burst_runs) = count(&Line { burst: Some(burst), ..Line::default() });
        assert!((1_800..2_200).contains(&alone), "{alone}");
        assert!((1_400..2_600).contains(&bursts), "{bursts}");
        assert!(burst_runs > 4 * alone_runs, "{burst_runs} and {alone_runs}");
    }
}
