//! Sound and picture together: how much longer sound waits for a picture that takes longer.

use core::time::Duration;

use deskwire_machine::Instant;

/// How much earlier than the picture sound may be: less is noticed by nobody.
const AHEAD: Duration = Duration::from_millis(20);
/// Sound never waits longer for the picture.
const LONGEST: Duration = Duration::from_millis(300);
/// A smaller change is not worth a change of speed.
const STEP: Duration = Duration::from_millis(10);
/// Pictures in a row, none more than [`GAP`] after the one before, that make a film: a page that scrolls needs no sound
/// beside it.
const FILM: u32 = 10;
const GAP: Duration = Duration::from_millis(200);

/// Compares how old sound is when it is heard with how old pictures are when they are shown.
#[derive(Debug, Default)]
pub struct LipSync {
    last: Option<Instant>,
    run: u32,
    /// Smoothed.
    picture: Duration,
    sound: Duration,
    own: Duration,
    extra: Duration,
}

impl LipSync {
    /// Nothing is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// A picture is shown that was captured `age` ago.
    pub fn picture(&mut self, now: Instant, age: Duration) {
        let follows = self.last.is_some_and(|last| now - last <= GAP);
        self.run = if follows { self.run.saturating_add(1) } else { 0 };
        self.picture = if self.run == 0 { age } else { (self.picture * 7 + age) / 8 };
        self.last = Some(now);
    }

    /// Sound is heard that was captured `age` ago, and would be heard `own` after its capture if it waited for no
    /// picture. Gives how much longer it is to wait from now on.
    pub fn sound(&mut self, now: Instant, age: Duration, own: Duration) -> Duration {
        let smooth = |old: Duration, new| if old.is_zero() { new } else { (old * 15 + new) / 16 };
        (self.sound, self.own) = (smooth(self.sound, age), smooth(self.own, own));
        let wanted = if self.is_film(now) {
            self.picture.saturating_sub(self.own).saturating_sub(AHEAD).min(LONGEST)
        } else {
            Duration::ZERO
        };
        if wanted.is_zero() || wanted.abs_diff(self.extra) >= STEP {
            self.extra = wanted;
        }
        self.extra
    }

    fn is_film(&self, now: Instant) -> bool {
        self.run >= FILM && self.last.is_some_and(|last| now - last <= GAP)
    }

    /// How much later than the picture sound is, in microseconds; negative if it is earlier. `None` without a film.
    pub fn skew_us(&self, now: Instant) -> Option<i64> {
        let micros = |time: Duration| i64::try_from(time.as_micros()).unwrap_or(i64::MAX);
        self.is_film(now).then(|| micros(self.sound).saturating_sub(micros(self.picture)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    /// Plays a film at 25 pictures a second for `ms`, in which pictures take `picture` and sound takes `own` and what it
    /// is told to wait, which it reaches by at most 1 ms in 10.
    fn film(lips: &mut LipSync, from: u64, ms: u64, picture: u64, own: u64) -> (Duration, Option<i64>) {
        let mut held = Duration::ZERO;
        let mut wanted = Duration::ZERO;
        for t in (from..from + ms).step_by(10) {
            let now = Instant::from_micros(t * 1_000);
            if t % 40 == 0 {
                lips.picture(now, MS(picture));
            }
            held = if wanted > held {
                (held + MS(1)).min(wanted)
            } else {
                held.saturating_sub(MS(1)).max(wanted)
            };
            wanted = lips.sound(now, MS(own) + held, MS(own));
        }
        (wanted, lips.skew_us(Instant::from_micros((from + ms) * 1_000)))
    }

    // spec: SE-44
    #[test]
    fn sound_waits_for_pictures_that_take_longer() {
        for picture in [30, 60, 120, 200, 300] {
            let (_, skew) = film(&mut LipSync::new(), 0, 5_000, picture, 40);
            let skew = skew.unwrap();
            assert!(skew.abs() <= 40_000, "{skew} for {picture}");
        }
        // The other way round nothing can be done, and nothing is.
        let (wanted, skew) = film(&mut LipSync::new(), 0, 5_000, 30, 90);
        assert_eq!((wanted, skew), (Duration::ZERO, Some(60_000)));
    }

    #[test]
    fn sound_waits_for_a_film_only_and_not_for_ever() {
        let mut lips = LipSync::new();
        let (wanted, _) = film(&mut lips, 0, 5_000, 2_000, 40);
        assert_eq!(wanted, LONGEST);
        // The film is over: a single picture now and then says nothing.
        let mut wanted = wanted;
        for t in (6_000..12_000).step_by(10) {
            let now = Instant::from_micros(t * 1_000);
            if t % 1_000 == 0 {
                lips.picture(now, MS(500));
            }
            wanted = lips.sound(now, MS(40) + wanted, MS(40));
        }
        assert_eq!((wanted, lips.skew_us(Instant::from_micros(12_000_000))), (Duration::ZERO, None));
    }
}
