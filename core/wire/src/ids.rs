//! Names and numbers that travel.

use core::fmt;
use core::str::FromStr;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A device id: 11 random decimal digits and a check digit (see [`DeviceId::from_number`]). A name, not a secret.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(u64);

/// Why a text is not a device id.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DeviceIdError {
    /// It has not 12 digits (spaces and dashes do not count).
    Length,
    /// Something in it is not a digit.
    Character,
    /// The check digit is wrong: a digit was mistyped, or two were swapped.
    CheckDigit,
}

impl fmt::Display for DeviceIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length => "a device id has 12 digits",
            Self::Character => "a device id has only digits",
            Self::CheckDigit => "the check digit is wrong, so a digit was mistyped",
        })
    }
}

impl core::error::Error for DeviceIdError {}

/// The Damm quasigroup of order 10 (H. M. Damm, 2004): finds every single wrong digit and every adjacent swap.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

fn damm(digits: impl Iterator<Item = u8>) -> u8 {
    digits.fold(0, |state, digit| {
        DAMM.get(usize::from(state)).and_then(|row| row.get(usize::from(digit))).copied().unwrap_or(0)
    })
}

fn digits_of(number: u64, count: u32) -> impl Iterator<Item = u8> {
    (0..count).rev().map(move |i| u8::try_from(number / 10u64.pow(i) % 10).unwrap_or(0))
}

impl DeviceId {
    /// How many different ids there are.
    pub const COUNT: u64 = 100_000_000_000;

    /// The id with the 11 digits of `number` (taken modulo [`DeviceId::COUNT`]) and their check digit.
    pub fn from_number(number: u64) -> Self {
        let number = number % Self::COUNT;
        Self(number * 10 + u64::from(damm(digits_of(number, 11))))
    }

    /// The id from its twelve digits as one number, if the check digit is right.
    pub fn from_digits(digits: u64) -> Option<Self> {
        (digits < Self::COUNT * 10 && damm(digits_of(digits, 12)) == 0).then_some(Self(digits))
    }

    /// All twelve digits as one number.
    pub const fn as_digits(self) -> u64 {
        self.0
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |n: u32| self.0 / 10u64.pow(n) % 1000;
        write!(f, "{:03} {:03} {:03} {:03}", part(9), part(6), part(3), part(0))
    }
}

impl fmt::Debug for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceId({:012})", self.0)
    }
}

impl FromStr for DeviceId {
    type Err = DeviceIdError;

    fn from_str(text: &str) -> Result<Self, DeviceIdError> {
        let mut digits = 0u64;
        let mut count = 0;
        for c in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let digit = c.to_digit(10).ok_or(DeviceIdError::Character)?;
            count += 1;
            if count > 12 {
                return Err(DeviceIdError::Length);
            }
            digits = digits * 10 + u64::from(digit);
        }
        if count != 12 {
            return Err(DeviceIdError::Length);
        }
        Self::from_digits(digits).ok_or(DeviceIdError::CheckDigit)
    }
}

/// Names one introduction: a hash over the randoms of dialler, host and server.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct IntroductionId(pub [u8; 32]);

/// Names a relay in the map of one server.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RelayId(pub u32);

/// Names a display of a host for the length of a session.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DisplayId(pub u32);

/// Counts the resynchronisations of one display's video: every epoch starts with a full refresh.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Epoch(pub u32);

/// Which end of a session one is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// The controlling side: the one who dials.
    Viewer,
    /// The controlled side.
    Host,
}

impl Role {
    /// The other end.
    pub const fn peer(self) -> Self {
        match self {
            Self::Viewer => Self::Host,
            Self::Host => Self::Viewer,
        }
    }
}

/// What must not be seen in logs nor stay in memory: silent in `Debug`, wiped when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Private<T: Zeroize>(pub T);

impl<T: Zeroize> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Private(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn ids_are_shown_in_groups_and_read_back() {
        let id = DeviceId::from_number(12_345_678_901);
        let text = id.to_string();
        assert_eq!(text.len(), 15);
        assert_eq!(text.parse(), Ok(id));
        assert_eq!(text.replace(' ', "-").parse(), Ok(id));
        assert_eq!("123".parse::<DeviceId>(), Err(DeviceIdError::Length));
        assert_eq!("12345678901x".parse::<DeviceId>(), Err(DeviceIdError::Character));
    }

    // spec: ID-1
    #[test]
    fn every_wrong_digit_and_adjacent_swap_is_found() {
        let id = DeviceId::from_number(98_765_432_101).as_digits();
        for place in 0..12u32 {
            let power = 10u64.pow(place);
            let digit = id / power % 10;
            for other in (0..10).filter(|d| *d != digit) {
                assert_eq!(DeviceId::from_digits(id - digit * power + other * power), None);
            }
            let next = id / (power * 10) % 10;
            if place < 11 && next != digit {
                let swapped = id - digit * power - next * power * 10 + next * power + digit * power * 10;
                assert_eq!(DeviceId::from_digits(swapped), None);
            }
        }
    }
}
