//! Input at the host: how much, and what is still pressed.

use alloc::vec::Vec;

use deskwire_machine::Instant;
use deskwire_wire::screen::{Button, InputEvent, Keysym};

/// Something that can be held down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Pressed {
    Key(Keysym),
    Button(Button),
}

/// What the viewer holds down and how fast it may go on. Every press it lets through is released sooner or later.
#[derive(Debug)]
pub(crate) struct HeldInput {
    held: Vec<Pressed>,
    max_held: usize,
    rate: u64,
    burst: u64,
    /// Millionths of an event that may still come.
    credit: u64,
    counted_at: Instant,
    dropped: u64,
}

const EVENT: u64 = 1_000_000;

impl HeldInput {
    pub(crate) fn new(now: Instant, rate: u32, burst: u32, max_held: usize) -> Self {
        let burst = u64::from(burst) * EVENT;
        Self {
            held: Vec::new(),
            max_held,
            rate: u64::from(rate),
            burst,
            credit: burst,
            counted_at: now,
            dropped: 0,
        }
    }

    /// Whether to act upon `event`. The release of what is held always passes, so that nothing gets stuck.
    pub(crate) fn admit(&mut self, now: Instant, event: &InputEvent) -> bool {
        let admitted = match press_of(event) {
            Some((what, true)) => {
                // Repeats of a held key pass too: that is how auto-repeat arrives.
                let known = self.held.contains(&what);
                let room = known || self.held.len() < self.max_held;
                let admitted = room && self.spend(now);
                if admitted && !known {
                    self.held.push(what);
                }
                admitted
            }
            Some((what, false)) => {
                let at = self.held.iter().position(|held| *held == what);
                at.map(|at| self.held.remove(at)).is_some()
            }
            None => self.spend(now),
        };
        self.dropped = self.dropped.saturating_add(u64::from(!admitted));
        admitted
    }

    /// The releases of all that is held, last pressed first.
    pub(crate) fn release_all(&mut self) -> Vec<InputEvent> {
        let release = |what| match what {
            Pressed::Key(key) => InputEvent::Key { key, pressed: false },
            Pressed::Button(button) => InputEvent::Button { button, pressed: false },
        };
        self.held.drain(..).rev().map(release).collect()
    }

    /// Events that were not acted upon.
    pub(crate) const fn dropped(&self) -> u64 {
        self.dropped
    }

    fn spend(&mut self, now: Instant) -> bool {
        let passed = u64::try_from((now - self.counted_at).as_micros()).unwrap_or(u64::MAX);
        self.counted_at = now.max(self.counted_at);
        self.credit = self.credit.saturating_add(passed.saturating_mul(self.rate)).min(self.burst);
        match self.credit.checked_sub(EVENT) {
            Some(left) => {
                self.credit = left;
                true
            }
            None => false,
        }
    }
}

const fn press_of(event: &InputEvent) -> Option<(Pressed, bool)> {
    match event {
        InputEvent::Key { key, pressed } => Some((Pressed::Key(*key), *pressed)),
        InputEvent::Button { button, pressed } => Some((Pressed::Button(*button), *pressed)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: u32, pressed: bool) -> InputEvent {
        InputEvent::Key { key: Keysym(n), pressed }
    }

    // spec: SE-9, SE-25
    #[test]
    fn what_is_held_is_released_in_reverse() {
        let mut held = HeldInput::new(Instant::ZERO, 10, 10, 8);
        assert!(held.admit(Instant::ZERO, &key(1, true)));
        assert!(held.admit(Instant::ZERO, &key(1, true)));
        assert!(held.admit(Instant::ZERO, &key(2, true)));
        assert!(held.admit(Instant::ZERO, &InputEvent::Button { button: Button::Left, pressed: true }));
        assert!(held.admit(Instant::ZERO, &key(2, false)));
        assert!(!held.admit(Instant::ZERO, &key(2, false)), "it is up already");
        let left = InputEvent::Button { button: Button::Left, pressed: false };
        assert_eq!(held.release_all(), [left, key(1, false)]);
        assert_eq!(held.release_all(), []);
    }

    #[test]
    fn t16_the_rate_holds_but_releases_pass() {
        let mut held = HeldInput::new(Instant::ZERO, 10, 3, 2);
        let scroll = InputEvent::Scroll { x: 0, y: 1 };
        assert!(held.admit(Instant::ZERO, &key(1, true)));
        assert!(held.admit(Instant::ZERO, &scroll) && held.admit(Instant::ZERO, &scroll));
        assert!(!held.admit(Instant::ZERO, &scroll));
        assert!(held.admit(Instant::ZERO, &key(1, false)));
        let later = Instant::from_micros(100_000);
        assert!(held.admit(later, &scroll) && !held.admit(later, &scroll));
        assert_eq!(held.dropped(), 2);
    }

    // spec: SE-25
    #[test]
    fn no_more_are_held_than_allowed() {
        let mut held = HeldInput::new(Instant::ZERO, 100, 100, 2);
        assert!((1..=2).all(|n| held.admit(Instant::ZERO, &key(n, true))));
        assert!(!held.admit(Instant::ZERO, &key(3, true)));
        assert_eq!(held.release_all().len(), 2);
    }
}
