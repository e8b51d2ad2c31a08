//! The hash, key derivation and MAC that every Deskwire protocol uses.
//!
//! - H(x1..xn) = BLAKE2b-512 over a 32-bit little-endian length and the bytes of each part, so that no two lists of
//!   parts hash alike.
//! - Ext = HKDF-SHA512-Extract (RFC 5869), Exp = HKDF-SHA512-Expand with `"deskwire " || label || 0 || th` as info.
//! - BMAC = keyed BLAKE2b-256 (RFC 7693).

use alloc::vec::Vec;

use orion::hazardous::hash::blake2::blake2b as plain;
use orion::hazardous::kdf::hkdf::{Hkdf, SHA512};
use orion::hazardous::mac::blake2b as keyed;
use orion::hazardous::mac::hmac::sha512::Tag;

use crate::{Secret, Secret64};

/// BLAKE2b-512 over the length (32 bits, little-endian) and the bytes of each part.
pub fn hash(parts: &[&[u8]]) -> [u8; 64] {
    let digest = plain::Blake2b::new(64).and_then(|mut state| {
        for part in parts {
            // No message of any protocol here comes near 4 GiB.
            state.update(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_le_bytes())?;
            state.update(part)?;
        }
        state.finalize()
    });
    let digest = digest.expect("64 bytes are a digest length of BLAKE2b");
    let mut out = [0; 64];
    out.copy_from_slice(digest.as_ref());
    out
}

/// HKDF-SHA512-Extract: mixes `input` into the chain that `salt` is the last link of.
pub fn extract(salt: &[u8], input: &[u8]) -> Secret64 {
    let tag = Hkdf::<SHA512>::extract(salt, input).expect("HMAC takes a key and a message of any length");
    let mut out = Secret64::new([0; 64]);
    out.as_bytes_mut().copy_from_slice(tag.unprotected_as_ref());
    out
}

/// HKDF-SHA512-Expand: `N` bytes for the purpose `label`, bound to the transcript `th` (empty where there is none).
pub fn expand<const N: usize>(chain: &Secret64, label: &str, th: &[u8]) -> Secret<N> {
    const { assert!(N > 0 && N <= 255 * 64, "HKDF-SHA512 gives 1 to 16,320 bytes") };
    let mut info = Vec::with_capacity(10 + label.len() + th.len());
    info.extend_from_slice(b"deskwire ");
    info.extend_from_slice(label.as_bytes());
    info.push(0);
    info.extend_from_slice(th);
    let mut out = Secret::new([0; N]);
    Hkdf::<SHA512>::expand(&Tag::from(*chain.as_bytes()), Some(&info), out.as_bytes_mut())
        .expect("the length was checked when this was compiled");
    out
}

/// Keyed BLAKE2b-256 of `data`. Compare tags with [`Secret`]'s `==`, which takes the same time whatever they hold.
pub fn bmac(key: &Secret<32>, data: &[u8]) -> Secret<32> {
    let tag = keyed::SecretKey::try_from(key.as_bytes()).and_then(|key| {
        let mut state = keyed::Blake2b::new(&key, 32)?;
        state.update(data)?;
        state.finalize()
    });
    let tag = tag.expect("32 bytes are a key length and a tag length of BLAKE2b");
    let mut out = Secret::new([0; 32]);
    out.as_bytes_mut().copy_from_slice(tag.unprotected_as_ref());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(hash(&[b"ab", b"c"]), hash(&[b"a", b"bc"]));
        assert_ne!(hash(&[b"", b"a"]), hash(&[b"a"]));
        assert_ne!(hash(&[]), hash(&[b""]));
    }

    #[test]
    fn blake2b_512_matches_rfc_7693() {
        // The RFC's example is over "abc" alone; ours has four bytes of length in front, so it is made by hand here.
        let mut state = plain::Blake2b::new(64).unwrap();
        state.update(b"\x03\0\0\0abc").unwrap();
        assert_eq!(hash(&[b"abc"]), *state.finalize().unwrap().as_ref());
        let mut state = plain::Blake2b::new(64).unwrap();
        state.update(b"abc").unwrap();
        assert_eq!(state.finalize().unwrap().as_ref()[..4], [0xba, 0x80, 0xa5, 0x3f]);
    }

    #[test]
    fn labels_transcripts_and_lengths_separate_keys() {
        let chain = extract(b"salt", b"input");
        let a = expand::<32>(&chain, "a", b"");
        assert!(a != expand(&chain, "b", b""));
        assert!(a != expand(&chain, "a", b"x"));
        assert!(a != expand(&extract(b"salt", b"other"), "a", b""));
        assert_eq!(expand::<64>(&chain, "a", b"").as_bytes()[..32], *a.as_bytes());
    }

    #[test]
    fn a_mac_depends_on_key_and_data() {
        let (one, two) = (Secret::new([1; 32]), Secret::new([2; 32]));
        assert!(bmac(&one, b"x") == bmac(&one, b"x"));
        assert!(bmac(&one, b"x") != bmac(&two, b"x"));
        assert!(bmac(&one, b"x") != bmac(&one, b"y"));
    }
}
