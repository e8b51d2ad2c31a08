//! Secret bytes that wipe themselves and say nothing about their content.

use core::fmt;

use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// `N` secret bytes: wiped when dropped, compared in constant time, silent in `Debug`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Secret<const N: usize>([u8; N]);

/// 64 secret bytes: a link of a key chain, or a traffic secret.
pub type Secret64 = Secret<64>;

impl<const N: usize> Secret<N> {
    /// Takes `bytes`. The caller wipes its own copy if there is one.
    pub const fn new(bytes: [u8; N]) -> Self {
        Self(bytes)
    }

    /// The bytes, to be handed to a primitive and nowhere else.
    pub const fn as_bytes(&self) -> &[u8; N] {
        &self.0
    }

    pub(crate) const fn as_bytes_mut(&mut self) -> &mut [u8; N] {
        &mut self.0
    }
}

impl<const N: usize> PartialEq for Secret<N> {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl<const N: usize> Eq for Secret<N> {}

impl<const N: usize> fmt::Debug for Secret<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret<{N}>(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t47_debug_tells_no_secret() {
        assert_eq!(alloc::format!("{:?}", Secret::new([0xab; 32])), "Secret<32>(..)");
    }

    #[test]
    fn equal_bytes_are_equal() {
        assert!(Secret::new([1; 64]) == Secret64::new([1; 64]));
        assert!(Secret::new([1, 2, 3]) != Secret::new([1, 2, 4]));
    }
}
