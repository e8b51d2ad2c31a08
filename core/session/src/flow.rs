//! When the next frame may go: acknowledgements make a window, the transport's estimates a pace.

use alloc::collections::VecDeque;
use core::time::Duration;

use deskwire_machine::Instant;
use deskwire_wire::session::MAX_UNACKNOWLEDGED;

/// The window a display starts with: one frame travels while the next is made.
const FIRST_WINDOW: u32 = 2;
/// How much later than usual an acknowledgement may come before the window shrinks.
const SLACK: Duration = Duration::from_millis(50);

/// The frames of one display that the viewer has not shown yet, and how many there may be.
///
/// The window grows by one whenever it was full and the acknowledgement came as fast as usual, and shrinks by one when
/// it came late: late means that frames queue somewhere, and what queues is old.
#[derive(Debug)]
pub(crate) struct FrameWindow {
    window: u32,
    in_flight: VecDeque<(u32, Instant)>,
    /// The shortest recent time from sending to acknowledgement; drifts up, so that it follows a slower path.
    usual: Option<Duration>,
    /// Frames sent before this one do not shrink the window again.
    shrunk_until: u32,
    was_full: bool,
}

impl FrameWindow {
    pub(crate) const fn new() -> Self {
        Self {
            window: FIRST_WINDOW,
            in_flight: VecDeque::new(),
            usual: None,
            shrunk_until: 0,
            was_full: false,
        }
    }

    /// Whether another frame fits.
    pub(crate) fn has_room(&self) -> bool {
        u32::try_from(self.in_flight.len()).is_ok_and(|n| n < self.window)
    }

    /// Whether all that was sent is shown.
    pub(crate) fn is_empty(&self) -> bool {
        self.in_flight.is_empty()
    }

    pub(crate) fn sent(&mut self, now: Instant, sequence: u32) {
        self.in_flight.push_back((sequence, now));
        self.was_full |= !self.has_room();
    }

    /// Takes an acknowledgement of `sequence` and all before it; `None` if nothing of that is under way.
    pub(crate) fn acknowledged(
        &mut self,
        now: Instant,
        sequence: u32,
        rtt: Duration,
    ) -> Option<Acknowledged> {
        let last = self.in_flight.back().map(|(last, _)| *last);
        if last.is_none_or(|last| sequence > last) {
            return None;
        }
        let mut sent_at = None;
        while let Some((_, at)) = self.in_flight.pop_front_if(|(n, _)| *n <= sequence) {
            sent_at = Some(at);
        }
        let took = now - sent_at?;
        let usual =
            self.usual.map_or(took, |usual| took.min(usual + usual / 64 + Duration::from_micros(200)));
        self.usual = Some(usual);
        let late = took > (usual * 2).max(rtt + rtt / 2) + SLACK;
        if late {
            if sequence >= self.shrunk_until {
                self.window = (self.window - 1).max(1);
                self.shrunk_until = last.map_or(0, |last| last.saturating_add(1));
            }
        } else if self.was_full {
            self.window = (self.window + 1).min(MAX_UNACKNOWLEDGED / 2);
        }
        self.was_full = false;
        Some(Acknowledged { late })
    }

    /// A new run begins: nothing is under way.
    pub(crate) fn restart(&mut self) {
        self.in_flight.clear();
        self.window = self.window.min(FIRST_WINDOW);
        self.shrunk_until = 0;
        self.was_full = false;
    }
}

/// A frame was shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Acknowledged {
    /// Whether it took so long that frames must have queued.
    pub(crate) late: bool,
}

/// What the transport can take, as its owner last said; shared by all displays.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    /// Bytes that can still go without queueing; `None` until the owner says.
    budget: Option<usize>,
    /// Bytes a second; 0 = not known.
    pub(crate) bandwidth: u64,
    pub(crate) rtt: Duration,
    next: Option<Instant>,
}

/// A frame never makes the next one wait longer: estimates can be wrong.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

impl Pace {
    pub(crate) const fn set(&mut self, budget: usize, rtt: Duration, bandwidth: u64) {
        self.budget = Some(budget);
        self.rtt = rtt;
        self.bandwidth = bandwidth;
    }

    /// Whether there is budget for a frame.
    pub(crate) fn has_budget(&self) -> bool {
        self.budget.is_none_or(|budget| budget > 0)
    }

    /// The time before which no frame goes, if that is later than `now`.
    pub(crate) fn waits_until(&self, now: Instant) -> Option<Instant> {
        self.next.filter(|at| *at > now)
    }

    pub(crate) fn sent(&mut self, now: Instant, bytes: usize) {
        if let Some(budget) = &mut self.budget {
            *budget = budget.saturating_sub(bytes);
        }
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        if let Some(micros) = bytes.saturating_mul(1_000_000).checked_div(self.bandwidth) {
            self.next = Some(now + Duration::from_micros(micros).min(LONGEST_PAUSE));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RTT: Duration = Duration::from_millis(20);

    fn at(ms: u64) -> Instant {
        Instant::from_micros(ms * 1_000)
    }

    #[test]
    fn the_window_grows_while_acknowledgements_are_quick_and_shrinks_when_they_lag() {
        let mut window = FrameWindow::new();
        let mut sequence = 0;
        for round in 0..40 {
            while window.has_room() {
                window.sent(at(round * 20), sequence);
                sequence += 1;
            }
            assert_eq!(
                window.acknowledged(at(round * 20 + 20), sequence - 1, RTT),
                Some(Acknowledged { late: false })
            );
        }
        assert_eq!(window.window, MAX_UNACKNOWLEDGED / 2);
        for round in 0..40 {
            while window.has_room() {
                window.sent(at(10_000 + round * 500), sequence);
                sequence += 1;
            }
            assert_eq!(
                window.acknowledged(at(10_400 + round * 500), sequence - 1, RTT),
                Some(Acknowledged { late: true })
            );
        }
        assert!(window.window < MAX_UNACKNOWLEDGED / 2);
        assert!(window.window >= 1);
    }

    #[test]
    fn acknowledgements_of_nothing_are_told_apart() {
        let mut window = FrameWindow::new();
        assert_eq!(window.acknowledged(at(0), 0, RTT), None);
        window.sent(at(0), 0);
        assert_eq!(window.acknowledged(at(1), 1, RTT), None);
        assert!(window.acknowledged(at(1), 0, RTT).is_some());
        assert_eq!(window.acknowledged(at(1), 0, RTT), None);
        assert!(window.is_empty());
    }

    #[test]
    fn a_frame_makes_the_next_one_wait_as_long_as_it_takes_to_send() {
        let mut pace = Pace::default();
        assert!(pace.has_budget());
        pace.sent(at(0), 1_000_000);
        assert_eq!(pace.waits_until(at(0)), None, "nothing is known yet");
        pace.set(10_000, RTT, 100_000);
        pace.sent(at(0), 10_000);
        assert!(!pace.has_budget());
        assert_eq!(pace.waits_until(at(0)), Some(at(100)));
        assert_eq!(pace.waits_until(at(100)), None);
        pace.sent(at(100), 1 << 30);
        assert_eq!(pace.waits_until(at(100)), Some(at(1_100)));
    }
}
