//! The one-time code that a host shows.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use deskwire_machine::Rng;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Fewest digits of a code.
const MIN_DIGITS: usize = 6;
/// Most digits of a code.
const MAX_DIGITS: usize = 32;

/// A one-time code: 6 to 32 decimal digits. Wiped when dropped and silent in `Debug`.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct OneTimeCode(String);

/// Why a text is not a one-time code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CodeError {
    /// It has fewer than 6 or more than 32 digits.
    Length,
    /// Something in it is neither a digit, nor a space, nor a dash.
    Character,
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length => "a one-time code has 6 to 32 digits; read it again from the host",
            Self::Character => "a one-time code has only digits; read it again from the host",
        })
    }
}

impl core::error::Error for CodeError {}

impl OneTimeCode {
    /// A code of `digits` digits (brought into 6 to 32) from a stream for secrets.
    pub fn generate(rng: &mut Rng, digits: usize) -> Self {
        let digit = |n: u64| char::from(b'0' + u8::try_from(n).unwrap_or(0));
        Self((0..digits.clamp(MIN_DIGITS, MAX_DIGITS)).map(|_| digit(rng.below(10))).collect())
    }

    /// The digits, for the one who shows them and for CPace.
    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl FromStr for OneTimeCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        // Room first: a growing string would leave digits behind in freed memory.
        let mut digits = Self(String::with_capacity(MAX_DIGITS));
        for c in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            if !c.is_ascii_digit() {
                return Err(CodeError::Character);
            }
            if digits.0.len() == MAX_DIGITS {
                return Err(CodeError::Length);
            }
            digits.0.push(c);
        }
        if digits.0.len() < MIN_DIGITS { Err(CodeError::Length) } else { Ok(digits) }
    }
}

impl fmt::Debug for OneTimeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OneTimeCode(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskwire_machine::Seed;

    #[test]
    fn codes_are_read_as_people_write_them() {
        let code: OneTimeCode = " 123-456 ".parse().unwrap();
        assert_eq!(code.digits(), "123456");
        assert_eq!("12345".parse::<OneTimeCode>(), Err(CodeError::Length));
        assert_eq!("1".repeat(33).parse::<OneTimeCode>(), Err(CodeError::Length));
        assert_eq!("12345x".parse::<OneTimeCode>(), Err(CodeError::Character));
        assert_eq!(alloc::format!("{code:?}"), "OneTimeCode(..)");
        let [length, character] =
            [CodeError::Length, CodeError::Character].map(|error| alloc::format!("{error}"));
        assert!(length.contains("6 to 32 digits") && character.contains("only digits"));
    }

    #[test]
    fn generated_codes_have_the_digits_asked_for() {
        let mut rng = Seed::new([3; 32]).secret();
        for (asked, given) in [(0, 6), (6, 6), (8, 8), (99, 32)] {
            let code = OneTimeCode::generate(&mut rng, asked);
            assert_eq!(code.digits().len(), given);
            assert_eq!(code.digits().parse(), Ok(code));
        }
    }
}
