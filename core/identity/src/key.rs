//! Ed25519 identity keys of devices and servers.

use alloc::vec::Vec;
use core::fmt;

use deskwire_machine::Rng;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::hash::hash;

/// A signature does not belong to this key, purpose and content.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BadSignature;

impl fmt::Display for BadSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the signature does not fit the key and the content, so one of them is not the real one")
    }
}

impl core::error::Error for BadSignature {}

/// Bytes are no usable public key: not a point of the curve, or one of the few that anybody can sign for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BadPublicKey;

impl fmt::Display for BadPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("these 32 bytes are no usable Ed25519 public key; ask the other side for its key again")
    }
}

impl core::error::Error for BadPublicKey {}

/// The secret half of an identity. Wiped when dropped.
#[derive(Clone)]
pub struct IdentityKey(SigningKey);

impl IdentityKey {
    /// A new key from a stream of secret randomness ([`deskwire_machine::Seed::secret`]).
    pub fn generate(rng: &mut Rng) -> Self {
        let mut bytes = rng.bytes();
        let key = Self::from_bytes(&bytes);
        bytes.zeroize();
        key
    }

    /// The key with this 32-byte Ed25519 seed (RFC 8032).
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(bytes))
    }

    /// The Ed25519 seed, for storage. Wipe it after use.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// Signs `"deskwire " || label || 0 || H(parts)`. Every purpose has its own label.
    pub fn sign(&self, label: &str, parts: &[&[u8]]) -> [u8; 64] {
        self.0.sign(&signed_bytes(label, parts)).to_bytes()
    }
}

/// The key inside wipes itself.
impl ZeroizeOnDrop for IdentityKey {}

const _: fn() = || {
    const fn wiped<T: ZeroizeOnDrop>() {}
    wiped::<SigningKey>();
};

impl fmt::Debug for IdentityKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdentityKey(secret of {:?})", self.public())
    }
}

/// The public half of an identity: a point of the curve, not one of small order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// The key with these bytes (RFC 8032 encoding).
    ///
    /// # Errors
    /// [`BadPublicKey`] when they are no point of the curve, or a point of small order.
    pub fn from_bytes(bytes: [u8; 32]) -> Result<Self, BadPublicKey> {
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| BadPublicKey)?;
        // Also refuse second encodings of a point: keys are compared by their bytes. (The other kind, zero with a sign,
        // is one of the weak ones.)
        if key.is_weak() || !is_reduced(&bytes) {
            return Err(BadPublicKey);
        }
        Ok(Self(bytes))
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Checks a signature made with [`IdentityKey::sign`], by the strict rules (no second valid form of a signature).
    ///
    /// # Errors
    /// [`BadSignature`] when key, label, parts and signature do not belong together.
    pub fn verify(&self, label: &str, parts: &[&[u8]], signature: &[u8; 64]) -> Result<(), BadSignature> {
        VerifyingKey::from_bytes(&self.0)
            .and_then(|key| key.verify_strict(&signed_bytes(label, parts), &Signature::from_bytes(signature)))
            .map_err(|_| BadSignature)
    }

    /// A short name of the key: the first 32 bytes of H("deskwire key", key).
    pub fn fingerprint(&self) -> [u8; 32] {
        let mut out = [0; 32];
        for (to, from) in out.iter_mut().zip(hash(&[b"deskwire key", &self.0])) {
            *to = from;
        }
        out
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PublicKey(")?;
        for byte in self.fingerprint().iter().take(4) {
            write!(f, "{byte:02x}")?;
        }
        f.write_str("..)")
    }
}

/// Whether the number below the sign bit is less than the field's prime, 2^255 - 19.
fn is_reduced(bytes: &[u8; 32]) -> bool {
    let [lowest, middle @ .., highest] = bytes;
    *lowest < 0xed || highest & 0x7f != 0x7f || middle.iter().any(|byte| *byte != 0xff)
}

fn signed_bytes(label: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::with_capacity(74 + label.len());
    out.extend_from_slice(b"deskwire ");
    out.extend_from_slice(label.as_bytes());
    out.push(0);
    out.extend_from_slice(&hash(parts));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskwire_machine::Seed;

    #[test]
    fn signatures_belong_to_key_label_and_parts() {
        let mut rng = Seed::new([3; 32]).secret();
        let (key, other) = (IdentityKey::generate(&mut rng), IdentityKey::generate(&mut rng));
        let signature = key.sign("test", &[b"a", b"b"]);
        assert_eq!(key.public().verify("test", &[b"a", b"b"], &signature), Ok(()));
        assert_eq!(key.public().verify("tes", &[b"a", b"b"], &signature), Err(BadSignature));
        assert_eq!(key.public().verify("test", &[b"ab"], &signature), Err(BadSignature));
        assert_eq!(other.public().verify("test", &[b"a", b"b"], &signature), Err(BadSignature));
        for bit in 0..512 {
            let mut bad = signature;
            bad[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(key.public().verify("test", &[b"a", b"b"], &bad), Err(BadSignature));
        }
    }

    #[test]
    fn a_stored_key_comes_back() {
        let key = IdentityKey::generate(&mut Seed::new([4; 32]).secret());
        assert_eq!(IdentityKey::from_bytes(&key.to_bytes()).public(), key.public());
    }

    // spec: CV-2
    #[test]
    fn exactly_what_encodes_to_itself_is_a_key() {
        let mut taken = [0_u32; 2];
        for lowest in 0..=255_u8 {
            for (middle, highest) in
                [(0xff, 0x7f), (0xff, 0xff), (0xff, 0x7e), (0, 0), (0, 0x80), (0xfe, 0x7f)]
            {
                let mut bytes = [middle; 32];
                (bytes[0], bytes[31]) = (lowest, highest);
                let point = VerifyingKey::from_bytes(&bytes).ok().filter(|key| !key.is_weak());
                let same = point.is_some_and(|key| key.to_edwards().compress().to_bytes() == bytes);
                assert_eq!(PublicKey::from_bytes(bytes).is_ok(), same, "{bytes:x?}");
                taken[usize::from(same)] += u32::from(point.is_some());
            }
        }
        assert!(taken.iter().all(|count| *count > 0), "there are second encodings, and others: {taken:?}");
    }

    // spec: CV-2
    #[test]
    fn weak_and_twisted_keys_are_refused() {
        let mut identity = [0; 32];
        identity[0] = 1;
        assert_eq!(PublicKey::from_bytes(identity), Err(BadPublicKey));
        assert_eq!(PublicKey::from_bytes([0; 32]), Err(BadPublicKey));
        // The identity again, written as y = p + 1.
        let mut second = [0xff; 32];
        second[0] = 0xee;
        second[31] = 0x7f;
        assert_eq!(PublicKey::from_bytes(second), Err(BadPublicKey));
        let good = IdentityKey::from_bytes(&[5; 32]).public();
        assert_eq!(PublicKey::from_bytes(*good.as_bytes()), Ok(good));
    }

    /// Signatures that hold by looser rules: whose point R has small order, and whose R is off the main subgroup, which only
    /// the equation times eight forgives.
    // spec: CV-1
    #[test]
    fn only_the_strict_rules_count() {
        use curve25519_dalek::traits::IsIdentity as _;
        use curve25519_dalek::{EdwardsPoint, Scalar, constants::EIGHT_TORSION};
        use ed25519_dalek::Verifier as _;

        let key = IdentityKey::from_bytes(&[6; 32]);
        let (public, message) = (key.public(), signed_bytes("test", &[b"a"]));
        let (secret, point) = (key.0.to_scalar(), key.0.verifying_key().to_edwards());
        // Signs with a point R = r B + off of one's choice.
        let sign = |r: Scalar, off: EdwardsPoint| {
            let commitment = EdwardsPoint::mul_base(&r) + off;
            let mut hash = orion::hazardous::hash::sha2::sha512::Sha512::new();
            for part in [&commitment.compress().to_bytes()[..], public.as_bytes(), &message] {
                hash.update(part).unwrap();
            }
            let digest: [u8; 64] = hash.finalize().unwrap().as_ref().try_into().unwrap();
            let challenge = Scalar::from_bytes_mod_order_wide(&digest);
            let answer = r + challenge * secret;
            let rest = EdwardsPoint::mul_base(&answer) - challenge * point - commitment;
            let mut signature = [0; 64];
            signature[..32].copy_from_slice(commitment.compress().as_bytes());
            signature[32..].copy_from_slice(answer.as_bytes());
            (signature, rest)
        };
        let r = Scalar::from(12_345u64);
        let (signature, rest) = sign(r, EIGHT_TORSION[0]);
        assert!(rest.is_identity());
        assert_eq!(public.verify("test", &[b"a"], &signature), Ok(()));
        let (signature, rest) = sign(r, EIGHT_TORSION[1]);
        assert!(!rest.is_identity() && rest.mul_by_cofactor().is_identity());
        assert_eq!(public.verify("test", &[b"a"], &signature), Err(BadSignature));
        let (signature, rest) = sign(Scalar::ZERO, EIGHT_TORSION[0]);
        assert!(rest.is_identity());
        assert!(key.0.verifying_key().verify(&message, &Signature::from_bytes(&signature)).is_ok());
        assert_eq!(public.verify("test", &[b"a"], &signature), Err(BadSignature));
    }

    #[test]
    fn t47_debug_tells_no_secret() {
        let key = IdentityKey::from_bytes(&[0xab; 32]);
        let text = alloc::format!("{key:?}");
        assert!(text.starts_with("IdentityKey(secret of PublicKey("), "{text}");
        assert!(!text.contains("abab") && !text.contains("171, 171"), "{text}");
    }
}
