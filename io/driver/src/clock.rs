//! The only clock.

use std::sync::Arc;
use std::time::Duration;

use deskwire_machine::Instant;

/// The time machines are told: monotonic, counted from the making of the clock, and **it goes on while the computer
/// sleeps**, so that what expired meanwhile is found expired on waking up. Clones share the epoch.
///
/// Linux and Android have such a clock (`CLOCK_BOOTTIME`). Elsewhere the wall clock is watched beside the monotonic
/// one: where it runs ahead by more than five seconds between two readings the difference counts as sleep. A wall
/// clock that somebody sets forward looks the same; deadlines are then early, as they would be after sleep.
#[derive(Clone, Debug)]
pub struct Clock {
    source: Arc<Source>,
    #[cfg(feature = "testing")]
    slept_through: Arc<std::sync::atomic::AtomicU64>,
}

impl Clock {
    /// A clock that starts now.
    pub fn new() -> Self {
        Self {
            source: Arc::new(Source::new()),
            #[cfg(feature = "testing")]
            slept_through: Arc::default(),
        }
    }

    /// The time now.
    pub fn now(&self) -> Instant {
        let elapsed = self.source.elapsed();
        #[cfg(feature = "testing")]
        let elapsed =
            elapsed + Duration::from_micros(self.slept_through.load(std::sync::atomic::Ordering::Relaxed));
        Instant::from_micros(u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX))
    }

    /// As if the computer had slept, for all clones.
    #[cfg(feature = "testing")]
    pub fn sleep_through(&self, time: Duration) {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        self.slept_through.fetch_add(micros, std::sync::atomic::Ordering::Relaxed);
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
#[derive(Debug)]
struct Source {
    base: Duration,
}

#[cfg(any(target_os = "linux", target_os = "android"))]
impl Source {
    fn new() -> Self {
        Self { base: boot_time() }
    }

    fn elapsed(&self) -> Duration {
        boot_time().saturating_sub(self.base)
    }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn boot_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    Duration::new(
        u64::try_from(time.tv_sec).unwrap_or_default(),
        u32::try_from(time.tv_nsec).unwrap_or_default(),
    )
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
#[derive(Debug)]
struct Source {
    base: std::time::Instant,
    seen: std::sync::Mutex<Seen>,
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
impl Source {
    fn new() -> Self {
        let seen = Seen { awake: Duration::ZERO, wall: std::time::SystemTime::now(), slept: Duration::ZERO };
        Self { base: std::time::Instant::now(), seen: std::sync::Mutex::new(seen) }
    }

    fn elapsed(&self) -> Duration {
        let mut seen = self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        seen.tell(self.base.elapsed(), std::time::SystemTime::now())
    }
}

/// What was read last, and the sleep found so far.
#[cfg(any(test, not(any(target_os = "linux", target_os = "android"))))]
#[derive(Debug)]
struct Seen {
    awake: Duration,
    wall: std::time::SystemTime,
    slept: Duration,
}

#[cfg(any(test, not(any(target_os = "linux", target_os = "android"))))]
impl Seen {
    /// Less than this between the two clocks is drift or a small correction, not sleep.
    const TOLERANCE: Duration = Duration::from_secs(5);

    /// Takes a reading of both clocks and gives the time since the base, sleep included.
    fn tell(&mut self, awake: Duration, wall: std::time::SystemTime) -> Duration {
        let ran = awake.saturating_sub(self.awake);
        let passed = wall.duration_since(self.wall).unwrap_or_default();
        let ahead = passed.saturating_sub(ran);
        if ahead > Self::TOLERANCE {
            self.slept += ahead;
        }
        (self.awake, self.wall) = (self.awake.max(awake), wall);
        self.awake + self.slept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    #[test]
    fn starts_at_zero_and_never_goes_back() {
        let clock = Clock::new();
        let first = clock.now();
        assert!(first < Instant::ZERO + Duration::from_secs(60));
        assert!(clock.clone().now() >= first);
    }

    #[test]
    fn sleep_counts_and_corrections_of_the_wall_clock_do_not() {
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        let s = Duration::from_secs;
        let mut seen = Seen { awake: Duration::ZERO, wall: start, slept: Duration::ZERO };
        assert_eq!(seen.tell(s(10), start + s(10)), s(10));
        assert_eq!(seen.tell(s(20), start + s(24)), s(20), "four seconds ahead are drift");
        assert_eq!(seen.tell(s(21), start + s(3625)), s(3621), "an hour was slept");
        assert_eq!(seen.tell(s(22), start), s(3622), "a wall clock set back changes nothing");
    }
}
