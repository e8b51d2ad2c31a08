//! Sixty digits that two people read to each other.

use alloc::string::String;
use core::fmt;

use crate::PublicKey;
use crate::hash::hash;

/// A number over both identities of a session. Both sides see the same number, whoever dialled; if somebody sits
/// between them, they see different ones.
///
/// Each identity gives 30 digits (six groups of five, each from five bytes of H("deskwire safety number", key) as a
/// big-endian number modulo 100,000); the smaller 30 digits come first.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SafetyNumber([u32; 12]);

impl SafetyNumber {
    /// The number of two identities, in any order.
    pub fn of(a: &PublicKey, b: &PublicKey) -> Self {
        let (a, b) = (half(a), half(b));
        let (first, second) = if a <= b { (a, b) } else { (b, a) };
        let mut groups = [0; 12];
        for (to, from) in groups.iter_mut().zip(first.into_iter().chain(second)) {
            *to = from;
        }
        Self(groups)
    }

    /// The twelve groups of five digits.
    pub const fn groups(&self) -> [u32; 12] {
        self.0
    }

    /// The sixty digits without blanks, as a QR code carries them.
    pub fn digits(&self) -> String {
        self.0.iter().map(|group| alloc::format!("{group:05}")).collect()
    }

    /// Whether `text` (typed or scanned; blanks and dashes do not count) is this number.
    pub fn matches(&self, text: &str) -> bool {
        text.chars().filter(|c| !c.is_whitespace() && *c != '-').eq(self.digits().chars())
    }
}

fn half(key: &PublicKey) -> [u32; 6] {
    let digest = hash(&[b"deskwire safety number", key.as_bytes()]);
    let mut groups = [0; 6];
    for (group, bytes) in groups.iter_mut().zip(digest.chunks_exact(5)) {
        let number = bytes.iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte));
        *group = u32::try_from(number % 100_000).unwrap_or(0);
    }
    groups
}

impl fmt::Display for SafetyNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, group) in self.0.iter().enumerate() {
            let separator = if i == 0 { "" } else { " " };
            write!(f, "{separator}{group:05}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for SafetyNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SafetyNumber(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::IdentityKey;
    use alloc::string::ToString;

    #[test]
    fn both_sides_see_the_same_sixty_digits() {
        let [a, b, c] = [1, 2, 3].map(|n| IdentityKey::from_bytes(&[n; 32]).public());
        let number = SafetyNumber::of(&a, &b);
        assert_eq!(number, SafetyNumber::of(&b, &a));
        assert_ne!(number, SafetyNumber::of(&a, &c));
        assert_eq!(number.digits().len(), 60);
        assert!(number.matches(&number.to_string()) && number.matches(&number.digits()));
        assert!(!number.matches(&number.digits()[1..]) && !number.matches(""));
    }
}
