//! How much gets lost, and how many copies are wanted against that.

use deskwire_wire::sound::MAX_COPIES;

/// Packets of a window.
const WINDOW: u32 = 100;
/// Lost of a window from which on two copies are wanted: an eighth.
const MANY: u32 = 13;
/// Better windows in a row after which one copy less is wanted.
const PATIENCE: u32 = 10;

/// Counts what came the first time it was sent.
#[derive(Debug)]
pub(super) struct Losses {
    /// The highest number so far, and where the window began.
    highest: Option<u32>,
    start: u32,
    came: u32,
    better: u32,
    copies: u8,
}

impl Losses {
    /// Before anything is known one copy is wanted.
    pub(super) const fn new() -> Self {
        Self { highest: None, start: 0, came: 0, better: 0, copies: 1 }
    }

    /// A datagram came.
    pub(super) fn came(&mut self, sequence: u32) {
        let Some(highest) = self.highest else {
            (self.highest, self.start, self.came) = (Some(sequence), sequence, 1);
            return;
        };
        self.came = self.came.saturating_add(1);
        self.highest = Some(highest.max(sequence));
        let expected = highest.max(sequence).saturating_sub(self.start).saturating_add(1);
        if expected >= WINDOW {
            self.window(expected.saturating_sub(self.came));
            (self.highest, self.came) = (None, 0);
        }
    }

    fn window(&mut self, lost: u32) {
        let wanted = match lost {
            0 => 0,
            1..MANY => 1,
            _ => MAX_COPIES,
        };
        if wanted >= self.copies {
            (self.copies, self.better) = (wanted, 0);
            return;
        }
        self.better = self.better.saturating_add(1);
        if self.better >= PATIENCE {
            (self.copies, self.better) = (self.copies.saturating_sub(1), 0);
        }
    }

    /// How many copies are wanted.
    pub(super) const fn copies(&self) -> u8 {
        self.copies
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(losses: &mut Losses, from: u32, windows: u32, lost: impl Fn(u32) -> bool) -> u32 {
        let until = from + windows * WINDOW;
        (from..until).filter(|n| !lost(*n)).for_each(|n| losses.came(n));
        until
    }

    #[test]
    fn copies_follow_what_is_lost_up_at_once_and_down_slowly() {
        let mut losses = Losses::new();
        assert_eq!(losses.copies(), 1);
        let at = feed(&mut losses, 0, 3, |n| n % 5 == 2);
        assert_eq!(losses.copies(), 2);
        let at = feed(&mut losses, at, PATIENCE - 2, |_| false);
        assert_eq!(losses.copies(), 2);
        let at = feed(&mut losses, at, PATIENCE + 3, |n| n % 20 == 3);
        assert_eq!(losses.copies(), 1);
        feed(&mut losses, at, PATIENCE + 3, |_| false);
        assert_eq!(losses.copies(), 0);
    }
}
