//! Choices out of bytes: the same script makes the same choices, in a test, a property test and a fuzz target.

/// Reads choices from a script of bytes. When the script is used up every choice is the first one.
#[derive(Clone, Debug)]
pub struct Dice<'a> {
    script: &'a [u8],
    at: usize,
}

impl<'a> Dice<'a> {
    /// Dice that read `script`.
    pub const fn new(script: &'a [u8]) -> Self {
        Self { script, at: 0 }
    }

    /// Whether the script is used up.
    pub const fn is_used_up(&self) -> bool {
        self.at >= self.script.len()
    }

    /// The next byte, 0 at the end.
    pub fn byte(&mut self) -> u8 {
        let byte = self.script.get(self.at).copied().unwrap_or(0);
        self.at = self.at.saturating_add(1);
        byte
    }

    /// A number in `0..bound`, 0 for a bound of 0. Takes one byte for small bounds, else four.
    pub fn below(&mut self, bound: usize) -> usize {
        match bound {
            0 | 1 => 0,
            2..=256 => usize::from(self.byte()) % bound,
            _ => self.number() as usize % bound,
        }
    }

    /// Whether an event of probability `parts` of 256 happens.
    pub fn chance(&mut self, parts: u8) -> bool {
        self.byte() < parts
    }

    /// A number of 32 bits.
    pub fn number(&mut self) -> u32 {
        u32::from_le_bytes([self.byte(), self.byte(), self.byte(), self.byte()])
    }

    /// One of `items`, if there are any.
    pub fn pick<'t, T>(&mut self, items: &'t [T]) -> Option<&'t T> {
        items.get(self.below(items.len()))
    }

    /// At most `max` bytes; few more often than many. The script gives the first eight, the rest follow from them, so
    /// that long rubbish does not use the script up.
    pub fn bytes(&mut self, max: usize) -> Vec<u8> {
        let len = match self.byte() {
            0..=99 => self.below(17),
            100..=199 => self.below(129),
            _ => self.below(max.saturating_add(1)),
        };
        let mut state = u64::from(self.number()) << 32 | u64::from(self.number()) | 1;
        let mut out = Vec::with_capacity(len.min(max));
        while out.len() < len.min(max) {
            // xorshift64: quality does not matter here, repeatability does.
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            out.extend_from_slice(&state.to_le_bytes());
        }
        out.truncate(len.min(max));
        out
    }

    /// Damages `bytes`: flips a bit, cuts, doubles or prolongs them.
    pub fn damage(&mut self, bytes: &mut Vec<u8>) {
        match self.below(5) {
            0 | 1 => {
                let (at, bit) = (self.below(bytes.len()), self.below(8));
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << bit;
                }
            }
            2 => bytes.truncate(self.below(bytes.len().saturating_add(1))),
            3 => {
                let tail = self.bytes(64);
                bytes.extend_from_slice(&tail);
            }
            _ => {
                let (at, value) = (self.below(bytes.len()), self.byte());
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = value;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_script_makes_the_same_choices_and_ends_in_first_ones() {
        let script = [200, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3];
        let draw = |mut dice: Dice<'_>| (dice.bytes(2000), dice.below(10), dice.number());
        assert_eq!(draw(Dice::new(&script)), draw(Dice::new(&script)));
        let mut empty = Dice::new(&[]);
        assert!(empty.is_used_up());
        assert_eq!((empty.byte(), empty.below(9), empty.pick(&['a', 'b'])), (0, 0, Some(&'a')));
    }

    #[test]
    fn lengths_stay_within_the_bound() {
        for first in 0..=255 {
            assert!(Dice::new(&[first, 255, 255, 255, 255]).bytes(20).len() <= 20);
        }
    }
}
