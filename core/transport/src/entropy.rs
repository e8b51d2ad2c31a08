//! Everything the QUIC engine would otherwise draw from the system: connection ids, reset tokens, address tokens.

use deskwire_identity::{Secret, bmac};
use deskwire_machine::{Rng, Seed};
use noq_proto::crypto::{CryptoError, HandshakeTokenKey, HmacKey};
use noq_proto::{ConnectionId, ConnectionIdGenerator};

use crate::aead::{AeadKind, TAG};

/// Length of the connection ids that this side hands out.
pub(crate) const CID: usize = 8;

/// Connection ids from the seed.
pub(crate) struct Cids(Rng);

impl Cids {
    pub(crate) fn new(seed: &Seed) -> Self {
        Self(seed.public())
    }
}

impl ConnectionIdGenerator for Cids {
    fn generate_cid(&mut self) -> ConnectionId {
        ConnectionId::new(&self.0.bytes::<CID>())
    }

    fn cid_len(&self) -> usize {
        CID
    }

    fn cid_lifetime(&self) -> Option<core::time::Duration> {
        None
    }
}

/// A keyed hash for reset tokens.
pub(crate) struct ResetKey(pub(crate) Secret<32>);

impl HmacKey for ResetKey {
    fn sign(&self, data: &[u8], signature_out: &mut [u8]) {
        for (to, from) in signature_out.iter_mut().zip(bmac(&self.0, data).as_bytes()) {
            *to = *from;
        }
    }

    fn signature_len(&self) -> usize {
        32
    }

    fn verify(&self, data: &[u8], signature: &[u8]) -> Result<(), CryptoError> {
        let got = <[u8; 32]>::try_from(signature).map_err(|_| CryptoError)?;
        if bmac(&self.0, data) == Secret::new(got) { Ok(()) } else { Err(CryptoError) }
    }
}

/// Seals address tokens of Retry packets.
pub(crate) struct TokenKey(pub(crate) Secret<32>);

impl TokenKey {
    /// A key for this nonce alone, so that the cipher's own nonce can be zero.
    fn one_time(&self, nonce: u128) -> Box<dyn crate::PacketAead> {
        AeadKind::default().with_key(bmac(&self.0, &nonce.to_be_bytes()).as_bytes())
    }
}

impl HandshakeTokenKey for TokenKey {
    fn seal(&self, token_nonce: u128, data: &mut Vec<u8>) -> Result<(), CryptoError> {
        let tag = self.one_time(token_nonce).seal(&[0; 12], &[], data);
        data.extend_from_slice(&tag);
        Ok(())
    }

    fn open<'a>(&self, token_nonce: u128, data: &'a mut [u8]) -> Result<&'a [u8], CryptoError> {
        let (text, tag) = data.split_last_chunk_mut::<TAG>().ok_or(CryptoError)?;
        self.one_time(token_nonce).open(&[0; 12], &[], text, tag).map_err(|_| CryptoError)?;
        Ok(text)
    }
}

/// The integrity tag of Retry packets. With an introduction secret only its holders can make one; without, it only
/// finds transmission errors, as in QUIC.
#[derive(Clone)]
pub(crate) struct RetryTag(Secret<32>);

impl RetryTag {
    pub(crate) fn new(introduction_secret: Option<&Secret<32>>) -> Self {
        Self(bmac(introduction_secret.unwrap_or(&Secret::new([0; 32])), b"deskwire retry"))
    }

    pub(crate) fn tag(&self, orig_dst_cid: &[u8], packet: &[u8]) -> [u8; TAG] {
        let mut bytes = Vec::with_capacity(orig_dst_cid.len() + packet.len() + 1);
        bytes.push(u8::try_from(orig_dst_cid.len()).unwrap_or(u8::MAX));
        bytes.extend_from_slice(orig_dst_cid);
        bytes.extend_from_slice(packet);
        let mut tag = [0; TAG];
        for (to, from) in tag.iter_mut().zip(bmac(&self.0, &bytes).as_bytes()) {
            *to = *from;
        }
        tag
    }

    pub(crate) fn is_valid(&self, orig_dst_cid: &[u8], header: &[u8], payload: &[u8]) -> bool {
        let Some((token, tag)) = payload.split_last_chunk::<TAG>() else { return false };
        let packet: Vec<u8> = header.iter().chain(token).copied().collect();
        Secret::new(self.tag(orig_dst_cid, &packet)) == Secret::new(*tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyed_hash_is_checked_whole() {
        let key = ResetKey(Secret::new([1; 32]));
        let mut signature = [0; 32];
        assert_eq!(key.signature_len(), signature.len());
        key.sign(b"connection", &mut signature);
        assert!(key.verify(b"connection", &signature).is_ok());
        assert!(key.verify(b"connectioN", &signature).is_err());
        assert!(key.verify(b"connection", &signature[..31]).is_err());
        assert!(ResetKey(Secret::new([2; 32])).verify(b"connection", &signature).is_err());
        for at in 0..signature.len() {
            let mut changed = signature;
            changed[at] ^= 1;
            assert!(key.verify(b"connection", &changed).is_err(), "byte {at}");
        }
    }

    #[test]
    fn an_address_token_opens_under_its_own_nonce_only() {
        let key = TokenKey(Secret::new([1; 32]));
        let mut sealed = b"address".to_vec();
        key.seal(7, &mut sealed).unwrap();
        assert!(sealed.len() == 7 + TAG && !sealed.starts_with(b"address"));
        assert_eq!(key.open(7, &mut sealed.clone()).ok(), Some(&b"address"[..]));
        assert!(key.open(8, &mut sealed.clone()).is_err() && key.open(7, &mut sealed[1..].to_vec()).is_err());
        assert!(key.open(7, &mut [0; 3]).is_err());
    }

    #[test]
    fn connection_ids_differ_and_come_from_the_seed() {
        let ids = |seed: u8| {
            let mut cids = Cids::new(&Seed::new([seed; 32]));
            assert_eq!((cids.cid_len(), cids.cid_lifetime()), (8, None));
            [cids.generate_cid(), cids.generate_cid()]
        };
        let [first, second] = ids(1);
        assert!(first.len() == 8 && first != second);
        assert_eq!(ids(1), [first, second]);
        assert_ne!(ids(2)[0], first);
    }
}
