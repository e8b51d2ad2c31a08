//! The packet cipher: ChaCha20-Poly1305 (RFC 8439), in two implementations that make the same bytes.

use core::fmt;

use orion::hazardous::aead::chacha20poly1305 as reference;
use zeroize::Zeroizing;

/// Bytes that the cipher adds to a packet.
pub const TAG: usize = 16;

/// A packet did not come from the holder of the key, or was changed on the way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotAuthentic;

impl fmt::Display for NotAuthentic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the packet was not made with this key or was changed on the way, so it is dropped")
    }
}

impl core::error::Error for NotAuthentic {}

/// An authenticated cipher with a 12-byte nonce and a 16-byte tag, holding its key.
pub trait PacketAead: Send + Sync {
    /// Encrypts `text` in place and gives the tag over it and `header`. A nonce is used once.
    fn seal(&self, nonce: &[u8; 12], header: &[u8], text: &mut [u8]) -> [u8; TAG];

    /// Checks the tag over `header` and `text`, then decrypts `text` in place.
    ///
    /// # Errors
    /// [`NotAuthentic`]; `text` is then worthless.
    fn open(
        &self,
        nonce: &[u8; 12],
        header: &[u8],
        text: &mut [u8],
        tag: &[u8; TAG],
    ) -> Result<(), NotAuthentic>;
}

/// Which implementation.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub enum AeadKind {
    /// RustCrypto's, with SIMD where the processor has it.
    #[default]
    Fast,
    /// orion's: short, portable, and what the fast one is tested against.
    Reference,
}

impl AeadKind {
    /// The cipher with this key.
    pub fn with_key(self, key: &[u8; 32]) -> Box<dyn PacketAead> {
        match self {
            Self::Fast => Box::new(Fast::new(key)),
            Self::Reference => Box::new(Reference::new(key)),
        }
    }
}

/// RustCrypto's implementation.
struct Fast(chacha20poly1305::ChaCha20Poly1305);

impl Fast {
    fn new(key: &[u8; 32]) -> Self {
        use chacha20poly1305::KeyInit;
        Self(chacha20poly1305::ChaCha20Poly1305::new(&(*key).into()))
    }
}

impl PacketAead for Fast {
    fn seal(&self, nonce: &[u8; 12], header: &[u8], text: &mut [u8]) -> [u8; TAG] {
        use chacha20poly1305::aead::AeadInOut;
        self.0
            .encrypt_inout_detached(&(*nonce).into(), header, text.into())
            .expect("a packet is far below the cipher's 256 GiB")
            .into()
    }

    fn open(
        &self,
        nonce: &[u8; 12],
        header: &[u8],
        text: &mut [u8],
        tag: &[u8; TAG],
    ) -> Result<(), NotAuthentic> {
        use chacha20poly1305::aead::AeadInOut;
        self.0
            .decrypt_inout_detached(&(*nonce).into(), header, text.into(), &(*tag).into())
            .map_err(|_| NotAuthentic)
    }
}

/// orion's implementation.
struct Reference(Zeroizing<[u8; 32]>);

impl Reference {
    fn new(key: &[u8; 32]) -> Self {
        Self(Zeroizing::new(*key))
    }

    fn key(&self) -> reference::SecretKey {
        reference::SecretKey::from(*self.0)
    }
}

impl PacketAead for Reference {
    fn seal(&self, nonce: &[u8; 12], header: &[u8], text: &mut [u8]) -> [u8; TAG] {
        let tag = reference::ChaCha20Poly1305::seal_inplace(
            &self.key(),
            &reference::Nonce::from(*nonce),
            Some(header),
            text,
        )
        .expect("a packet is far below the cipher's 256 GiB");
        let mut out = [0; TAG];
        out.copy_from_slice(tag.unprotected_as_ref());
        out
    }

    fn open(
        &self,
        nonce: &[u8; 12],
        header: &[u8],
        text: &mut [u8],
        tag: &[u8; TAG],
    ) -> Result<(), NotAuthentic> {
        let tag = reference::Tag::try_from(tag.as_slice()).map_err(|_| NotAuthentic)?;
        reference::ChaCha20Poly1305::open_inplace(
            &self.key(),
            &reference::Nonce::from(*nonce),
            &tag,
            Some(header),
            text,
        )
        .map_err(|_| NotAuthentic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn both_implementations_make_and_take_the_same_bytes(
            key: [u8; 32], nonce: [u8; 12], header in proptest::collection::vec(any::<u8>(), 0..40),
            text in proptest::collection::vec(any::<u8>(), 0..1500), flip: (u16, u8),
        ) {
            let kinds = [AeadKind::Fast.with_key(&key), AeadKind::Reference.with_key(&key)];
            let mut sealed = kinds.iter().map(|aead| {
                let mut bytes = text.clone();
                let tag = aead.seal(&nonce, &header, &mut bytes);
                (bytes, tag)
            });
            let (bytes, tag) = sealed.next().unwrap();
            prop_assert_eq!(Some((bytes.clone(), tag)), sealed.next());
            for aead in &kinds {
                let mut opened = bytes.clone();
                prop_assert_eq!(aead.open(&nonce, &header, &mut opened, &tag), Ok(()));
                prop_assert_eq!(&opened, &text);
                // One flipped bit anywhere is found.
                let mut all: Vec<u8> = header.iter().chain(&bytes).chain(&tag).copied().collect();
                let at = usize::from(flip.0) % all.len();
                all[at] ^= 1 << (flip.1 % 8);
                let (bad_header, rest) = all.split_at_mut(header.len());
                let (bad_text, bad_tag) = rest.split_at_mut(text.len());
                let bad_tag: [u8; TAG] = bad_tag[..].try_into().unwrap();
                prop_assert_eq!(aead.open(&nonce, bad_header, bad_text, &bad_tag), Err(NotAuthentic));
            }
        }
    }
}
