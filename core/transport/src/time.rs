//! The only place where machine time meets the clock types of the QUIC engine.
//!
//! The engine counts in `std::time::Instant`, which cannot be made from a number. So the driver hands in one instant,
//! once, and everything else is that instant plus machine time. Nothing here asks a clock.

#![expect(
    clippy::disallowed_types,
    reason = "the QUIC engine's interface is made of these types; none is asked for the time"
)]

use core::time::Duration;
use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) use std::time::Instant as EngineInstant;

use deskwire_machine::Instant;

/// The engine's instant that corresponds to machine time zero.
///
/// Which one it is makes no difference to what the transport does; a driver takes the one at its start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TimeBase(EngineInstant);

impl TimeBase {
    /// Machine time zero is `base`.
    pub const fn new(base: EngineInstant) -> Self {
        Self(base)
    }

    /// Machine time as the engine counts. Times beyond what the engine can say become the last one it can.
    pub(crate) fn engine_time(self, now: Instant) -> EngineInstant {
        let since = Duration::from_micros(now.as_micros());
        self.0.checked_add(since).or_else(|| self.0.checked_add(FAR)).unwrap_or(self.0)
    }

    /// The engine's time as machine time, rounded up: a deadline is never told early.
    pub(crate) fn machine_time(self, at: EngineInstant) -> Instant {
        let since = at.saturating_duration_since(self.0).as_nanos().div_ceil(1_000);
        Instant::from_micros(u64::try_from(since).unwrap_or(u64::MAX))
    }
}

/// A hundred years: further than any run goes, and every platform's clock can add it.
const FAR: Duration = Duration::from_secs(100 * 365 * 86_400);

/// A wall clock that stands still: the engine only dates its address tokens with it, and those live no longer than
/// the transport that made them.
pub(crate) struct NoWallClock;

impl noq_proto::TimeSource for NoWallClock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::base;

    #[test]
    fn times_survive_the_way_there_and_back() {
        let base = base();
        for micros in [0, 1, 999_999, 86_400_000_000] {
            let now = Instant::from_micros(micros);
            assert_eq!(base.machine_time(base.engine_time(now)), now);
        }
    }

    #[test]
    fn deadlines_round_up_and_far_times_do_not_overflow() {
        let base = base();
        let odd = base.engine_time(Instant::from_micros(5)) + Duration::from_nanos(1);
        assert_eq!(base.machine_time(odd), Instant::from_micros(6));
        let far = base.engine_time(Instant::from_micros(u64::MAX));
        assert!(far >= base.engine_time(Instant::from_micros(1 << 40)));
    }
}
