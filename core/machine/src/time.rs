//! Time as machines see it: microseconds since an epoch the caller chose.

use core::fmt;
use core::ops::{Add, AddAssign, Sub};
use core::time::Duration;

/// Microseconds since an epoch the caller chose. Arithmetic saturates; "never" is `None`, not a far date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Instant(u64);

impl Instant {
    /// The epoch itself.
    pub const ZERO: Self = Self(0);

    /// The instant `micros` microseconds after the epoch.
    pub const fn from_micros(micros: u64) -> Self {
        Self(micros)
    }

    /// Microseconds since the epoch.
    pub const fn as_micros(self) -> u64 {
        self.0
    }

    /// The time since `earlier`, zero if `earlier` is later.
    pub const fn saturating_duration_since(self, earlier: Self) -> Duration {
        Duration::from_micros(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Duration> for Instant {
    type Output = Self;

    fn add(self, rhs: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(rhs.as_micros()).unwrap_or(u64::MAX)))
    }
}

impl AddAssign<Duration> for Instant {
    fn add_assign(&mut self, rhs: Duration) {
        *self = *self + rhs;
    }
}

impl Sub<Self> for Instant {
    type Output = Duration;

    fn sub(self, rhs: Self) -> Duration {
        self.saturating_duration_since(rhs)
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:06}s", self.0 / 1_000_000, self.0 % 1_000_000)
    }
}

/// When a machine wants [`crate::Machine::handle_timeout`], and which part of it asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Deadline {
    /// The time.
    pub at: Instant,
    /// Which part asked; livelock guards and traces print it.
    pub reason: &'static str,
}

impl Deadline {
    /// A deadline at `at` for `reason`.
    pub const fn new(at: Instant, reason: &'static str) -> Self {
        Self { at, reason }
    }
}

/// The earliest of several optional deadlines; the first of equals, so that the answer is stable.
#[inline]
pub fn earliest<I: IntoIterator<Item = Option<Deadline>>>(deadlines: I) -> Option<Deadline> {
    let mut first: Option<Deadline> = None;
    for deadline in deadlines {
        let Some(next) = deadline else { continue };
        if first.is_none_or(|first| next.at < first.at) {
            first = Some(next);
        }
    }
    first
}

/// The last time a machine was told: makes rule 1 (time that goes back counts as the last seen) one call.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock(Instant);

impl Clock {
    /// A clock that has seen `now`.
    pub const fn new(now: Instant) -> Self {
        Self(now)
    }

    /// Takes what the caller said and gives what counts: never earlier than before.
    pub fn tell(&mut self, now: Instant) -> Instant {
        self.0 = self.0.max(now);
        self.0
    }

    /// The last time told.
    pub const fn now(&self) -> Instant {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_saturates_at_both_ends() {
        let late = Instant::from_micros(u64::MAX);
        assert_eq!(late + Duration::from_secs(1), late);
        assert_eq!(Instant::ZERO - late, Duration::ZERO);
        assert_eq!(Instant::ZERO + Duration::MAX, late);
    }

    #[test]
    fn a_clock_never_goes_back() {
        let mut clock = Clock::default();
        assert_eq!(clock.tell(Instant::from_micros(5)), Instant::from_micros(5));
        assert_eq!(clock.tell(Instant::from_micros(3)), Instant::from_micros(5));
    }

    #[test]
    fn earliest_keeps_the_reason_of_the_first_of_equals() {
        let at = Instant::from_micros(7);
        let found = earliest([None, Some(Deadline::new(at, "a")), Some(Deadline::new(at, "b"))]);
        assert_eq!(found, Some(Deadline::new(at, "a")));
        assert_eq!(earliest([None, None]), None);
    }
}
