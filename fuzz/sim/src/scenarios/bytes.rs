//! Choices read from bytes. Every string of bytes says something, and zeros, also those after its end, say the
//! simplest thing there is.

use std::time::Duration;

#[derive(Debug)]
pub(super) struct Choices<'a>(pub(super) &'a [u8]);

impl Choices<'_> {
    pub(super) const fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// Below `bound`, which is at most 65,536.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        let mut value = u64::from(self.byte());
        if bound > 256 {
            value |= u64::from(self.byte()) << 8;
        }
        value % bound.max(1)
    }

    pub(super) fn pick<T: Copy>(&mut self, of: &[T], first: T) -> T {
        let at = usize::try_from(self.below(of.len() as u64)).unwrap_or(0);
        of.get(at).copied().unwrap_or(first)
    }

    /// Whether something that is so in one case of `of` is so.
    pub(super) fn rarely(&mut self, of: u64) -> bool {
        self.below(of) == of - 1
    }

    pub(super) fn millis(&mut self, most: u64) -> Duration {
        Duration::from_millis(self.below(most + 1))
    }
}
