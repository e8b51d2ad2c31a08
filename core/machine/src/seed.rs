//! Randomness as machines see it: a seed, and streams made from it.

use core::convert::Infallible;
use core::fmt;

use orion::hazardous::mac::blake2b;
use rand_chacha::ChaCha20Rng;
use rand_core::{SeedableRng, TryCryptoRng, TryRng};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// 32 bytes of randomness from which a machine makes all it needs. Children get [`Seed::derive`]d ones.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Seed([u8; 32]);

impl Seed {
    /// A seed from 32 bytes of the system's generator (or fixed ones, to repeat a run).
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The seed of a child. Different labels give unrelated seeds.
    pub fn derive(&self, label: &str) -> Self {
        self.derive_indexed(label, 0)
    }

    /// The seed of the child `index` among children of one kind.
    pub fn derive_indexed(&self, label: &str, index: u64) -> Self {
        Self(self.hash(&[b"child\0", label.as_bytes(), b"\0", &index.to_le_bytes()]))
    }

    /// The stream for what travels: ids, nonces, padding, jitter. Never use it for keys.
    pub fn public(&self) -> Rng {
        Rng(ChaCha20Rng::from_seed(self.hash(&[b"public\0"])))
    }

    /// The stream for keys. Never send what comes out of it.
    pub fn secret(&self) -> Rng {
        Rng(ChaCha20Rng::from_seed(self.hash(&[b"secret\0"])))
    }

    fn hash(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut out = [0; 32];
        // INVARIANT: a 32-byte key and a 32-byte output are within BLAKE2b's bounds (RFC 7693).
        let tag = blake2b::SecretKey::try_from(self.0.as_slice()).and_then(|key| {
            let mut state = blake2b::Blake2b::new(&key, 32)?;
            for part in parts {
                state.update(part)?;
            }
            state.finalize()
        });
        let tag = tag.expect("keyed BLAKE2b-256 of a short message");
        out.copy_from_slice(tag.unprotected_as_ref());
        out
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(..)")
    }
}

/// A deterministic stream of random bytes (ChaCha20).
#[derive(Clone)]
pub struct Rng(ChaCha20Rng);

impl Rng {
    /// Fills `out`.
    pub fn fill(&mut self, out: &mut [u8]) {
        let Ok(()) = self.0.try_fill_bytes(out);
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut out = [0; N];
        self.fill(&mut out);
        out
    }

    /// 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        u64::from_le_bytes(self.bytes())
    }

    /// A number in `0..bound`, without bias; 0 for a bound of 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        // Values of the last, incomplete run of `bound` are drawn again.
        let limit = u64::MAX - u64::MAX % bound;
        loop {
            let drawn = self.next_u64();
            if drawn < limit {
                return drawn % bound;
            }
        }
    }
}

impl fmt::Debug for Rng {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rng(..)")
    }
}

impl TryRng for Rng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.0.try_next_u32()
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0.try_next_u64()
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Infallible> {
        self.0.try_fill_bytes(dst)
    }
}

impl TryCryptoRng for Rng {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_and_children_are_unrelated_and_repeat() {
        let seed = Seed::new([7; 32]);
        let draws = [
            seed.public().next_u64(),
            seed.secret().next_u64(),
            seed.derive("a").public().next_u64(),
            seed.derive("b").public().next_u64(),
            seed.derive_indexed("a", 1).public().next_u64(),
        ];
        for (i, a) in draws.iter().enumerate() {
            assert!(draws[i + 1..].iter().all(|b| a != b));
        }
        assert_eq!(seed.public().next_u64(), draws[0]);
    }

    #[test]
    fn below_stays_below() {
        let mut rng = Seed::new([1; 32]).public();
        assert!((0..1000).all(|_| rng.below(3) < 3));
        assert_eq!(rng.below(0), 0);
        assert_eq!(rng.below(1), 0);
    }

    #[test]
    fn t47_debug_tells_no_secret() {
        assert_eq!(alloc::format!("{:?}", Seed::new([9; 32])), "Seed(..)");
    }
}
