//! The primitives HS1 is made of, each behind the one call it is used by.

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

use deskwire_identity::Secret;
use deskwire_machine::Seed;
use orion::KP;
use orion::hazardous::aead::xchacha20poly1305::{Nonce, SecretKey, XChaCha20Poly1305};
use orion::hazardous::kem::mlkem768;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::{Zeroize, Zeroizing};

use crate::HandshakeError;

/// Bytes of an ML-KEM-768 encapsulation key.
pub(crate) const KEM_KEY: usize = mlkem768::EK_SIZE;
/// Bytes of an ML-KEM-768 ciphertext.
pub(crate) const CIPHERTEXT: usize = mlkem768::CIPHERTEXT_SIZE;
/// Bytes that sealing adds.
pub(crate) const TAG: usize = 16;

/// `N` secret bytes for one purpose of one handshake.
pub(crate) fn draw<const N: usize>(seed: &Seed, label: &str) -> Secret<N> {
    Secret::new(seed.derive(label).secret().bytes())
}

/// An X25519 key for one exchange.
pub(crate) struct Exchange(StaticSecret);

impl Exchange {
    pub(crate) fn new(seed: &Seed) -> Self {
        Self(StaticSecret::from(*draw::<32>(seed, "x25519").as_bytes()))
    }

    pub(crate) fn public(&self) -> [u8; 32] {
        PublicKey::from(&self.0).to_bytes()
    }

    /// The shared secret with the peer's key; refused when the peer chose a point that leaves nothing secret.
    pub(crate) fn agree(self, peer: &[u8; 32]) -> Result<Secret<32>, HandshakeError> {
        let shared = self.0.diffie_hellman(&PublicKey::from(*peer));
        if !shared.was_contributory() {
            return Err(HandshakeError::WeakExchange);
        }
        Ok(Secret::new(shared.to_bytes()))
    }
}

/// The host's ML-KEM-768 key pair for one exchange (boxed: it is large).
pub(crate) struct KemKey(Box<mlkem768::KeyPair>);

impl KemKey {
    pub(crate) fn new(seed: &Seed) -> Self {
        let seed = mlkem768::Seed::from(*draw::<64>(seed, "ml-kem key").as_bytes());
        Self(Box::new(mlkem768::KeyPair::new(seed).expect("every 64 bytes are a seed (FIPS 203)")))
    }

    pub(crate) fn public(&self) -> &[u8] {
        self.0.public().as_ref()
    }

    /// The shared secret in a ciphertext. A ciphertext that was changed gives another secret, not an error (FIPS 203,
    /// implicit rejection); the seal that follows it fails then.
    pub(crate) fn open(&self, ciphertext: &[u8; CIPHERTEXT]) -> Secret<32> {
        let shared = self.0.decap(&mlkem768::Ciphertext::from(*ciphertext));
        let shared = shared.expect("decapsulation with a key of our own cannot fail");
        copy(shared.unprotected_as_ref())
    }
}

/// Encapsulates a secret to the host's ML-KEM key.
pub(crate) fn encapsulate(key: &[u8; KEM_KEY], seed: &Seed) -> Result<(Secret<32>, Vec<u8>), HandshakeError> {
    let key = mlkem768::EncapsulationKey::try_from(key).map_err(|_| HandshakeError::BadKemKey)?;
    let random = mlkem768::ExplicitRandom::from(*draw::<32>(seed, "ml-kem message").as_bytes());
    let (shared, ciphertext) = key.encap_deterministic(&random).map_err(|_| HandshakeError::BadKemKey)?;
    Ok((copy(shared.unprotected_as_ref()), ciphertext.as_ref().to_vec()))
}

fn copy(shared: &[u8]) -> Secret<32> {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(shared);
    let secret = Secret::new(bytes);
    bytes.zeroize();
    secret
}

// Each of these keys seals one message in its life, so its nonce is zero.
fn key_and_nonce(key: &Secret<32>) -> (SecretKey, Nonce) {
    (SecretKey::from(*key.as_bytes()), Nonce::from([0; 24]))
}

/// XChaCha20-Poly1305 with a key that is used once.
pub(crate) fn seal_once(key: Secret<32>, ad: &[u8], plaintext: &[u8]) -> Vec<u8> {
    let (key, nonce) = key_and_nonce(&key);
    let mut out = vec![0; plaintext.len() + TAG];
    XChaCha20Poly1305::seal(&key, &nonce, plaintext, Some(ad), &mut out)
        .expect("the output has room for plaintext and tag");
    out
}

/// Opens what [`seal_once`] made.
pub(crate) fn open_once(key: Secret<32>, ad: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (key, nonce) = key_and_nonce(&key);
    let mut out = Zeroizing::new(vec![0; sealed.len().checked_sub(TAG)?]);
    XChaCha20Poly1305::open(&key, &nonce, sealed, Some(ad), &mut out).ok()?;
    Some(out)
}
