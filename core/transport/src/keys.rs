//! Packet and header keys as the QUIC engine wants them.

use std::sync::Arc;

use bytes::BytesMut;
use chacha20::cipher::{KeyIvInit, StreamCipherCore};
use chacha20::variants::Ietf;
use chacha20::{ChaChaCore, R20};
use deskwire_identity::{Secret, Secret64};
use noq_proto::crypto::{CryptoError, HeaderKey, KeyPair, Keys, PacketKey};
use noq_proto::{PathId, Side};
use zeroize::Zeroizing;

use crate::aead::{AeadKind, PacketAead, TAG};
use crate::meter::{Seals, path_number};
use deskwire_handshake::{Secrets, packet_keys, packet_nonce};

/// What every key of a connection shares.
#[derive(Clone)]
pub(crate) struct KeyMaker {
    pub(crate) aead: AeadKind,
    pub(crate) seals: Arc<Seals>,
    /// Packets that one key may seal (the engine replaces it some time before).
    pub(crate) limit: u64,
}

impl KeyMaker {
    /// Header and packet keys from both secrets. `traffic` keys count what they seal.
    pub(crate) fn keys(&self, secrets: &Secrets, side: Side, traffic: bool) -> Keys {
        let (local, remote) = self.directions(secrets, side);
        let (local_packet, local_header) = self.both(local, traffic);
        let (remote_packet, remote_header) = self.both(remote, traffic);
        Keys {
            header: KeyPair { local: local_header, remote: remote_header },
            packet: KeyPair { local: local_packet, remote: remote_packet },
        }
    }

    /// Packet keys alone, for a key update (header keys stay: RFC 9001, 6.1).
    pub(crate) fn packet_pair(&self, secrets: &Secrets, side: Side) -> KeyPair<Box<dyn PacketKey>> {
        let (local, remote) = self.directions(secrets, side);
        KeyPair { local: self.both(local, true).0, remote: self.both(remote, true).0 }
    }

    fn directions<'a>(&self, secrets: &'a Secrets, side: Side) -> (&'a Secret64, &'a Secret64) {
        match side {
            Side::Client => (&secrets.a2b, &secrets.b2a),
            Side::Server => (&secrets.b2a, &secrets.a2b),
        }
    }

    fn both(&self, secret: &Secret64, traffic: bool) -> (Box<dyn PacketKey>, Box<dyn HeaderKey>) {
        let keys = packet_keys(secret);
        let packet = SealKey {
            aead: self.aead.with_key(keys.key.as_bytes()),
            iv: keys.iv,
            seals: Arc::clone(&self.seals),
            traffic,
            limit: self.limit,
        };
        (Box::new(packet), Box::new(MaskKey(Zeroizing::new(*keys.hp.as_bytes()))))
    }
}

/// Seals or opens the packets of one direction.
struct SealKey {
    aead: Box<dyn PacketAead>,
    iv: Secret<12>,
    seals: Arc<Seals>,
    traffic: bool,
    limit: u64,
}

impl SealKey {
    fn nonce(&self, path: PathId, number: u64) -> [u8; 12] {
        packet_nonce(&self.iv, path_number(path), number)
    }
}

impl PacketKey for SealKey {
    fn encrypt(&self, path: PathId, number: u64, buf: &mut [u8], header_len: usize) {
        if self.traffic {
            self.seals.note_sealed(buf.len());
        }
        // INVARIANT: the engine reserves room for header and tag.
        let Some((header, rest)) = buf.split_at_mut_checked(header_len) else { return };
        let Some((text, tag)) = rest.split_last_chunk_mut::<TAG>() else { return };
        *tag = self.aead.seal(&self.nonce(path, number), header, text);
    }

    fn decrypt(
        &self,
        path: PathId,
        number: u64,
        header: &[u8],
        payload: &mut BytesMut,
    ) -> Result<(), CryptoError> {
        let length = payload.len().checked_sub(TAG).ok_or(CryptoError)?;
        let (text, tag) = payload.split_last_chunk_mut::<TAG>().ok_or(CryptoError)?;
        self.aead.open(&self.nonce(path, number), header, text, tag).map_err(|_| CryptoError)?;
        payload.truncate(length);
        self.seals.note_opened(path, number);
        Ok(())
    }

    fn tag_len(&self) -> usize {
        TAG
    }

    fn confidentiality_limit(&self) -> u64 {
        self.limit
    }

    /// RFC 9001, 6.6.
    fn integrity_limit(&self) -> u64 {
        1 << 36
    }
}

/// Hides packet numbers and flags (RFC 9001, 5.4.4).
struct MaskKey(Zeroizing<[u8; 32]>);

impl MaskKey {
    fn mask(&self, sample: &[u8]) -> Option<[u8; 5]> {
        let (counter, nonce) = sample.split_first_chunk::<4>()?;
        let nonce = nonce.first_chunk::<12>()?;
        let mut core = ChaChaCore::<R20, Ietf>::new(&(*self.0).into(), &(*nonce).into());
        core.set_block_pos(u32::from_le_bytes(*counter));
        let mut block = Default::default();
        core.write_keystream_block(&mut block);
        block.first_chunk::<5>().copied()
    }

    fn apply(&self, pn_offset: usize, packet: &mut [u8], hiding: bool) {
        // INVARIANT: the engine calls this for packets that have a whole sample.
        let Some(at) = pn_offset.checked_add(4) else { return };
        let Some((header, sample)) = packet.split_at_mut_checked(at) else { return };
        let Some([flags, mask @ ..]) = self.mask(sample) else { return };
        let Some(first) = header.first_mut() else { return };
        let hidden = if *first & 0x80 == 0 { 0x1f } else { 0x0f };
        let clear = if hiding { *first } else { *first ^ (flags & hidden) };
        *first ^= flags & hidden;
        let length = usize::from(clear & 3) + 1;
        for (byte, mask) in header.iter_mut().skip(pn_offset).take(length).zip(mask) {
            *byte ^= mask;
        }
    }
}

impl HeaderKey for MaskKey {
    fn decrypt(&self, pn_offset: usize, packet: &mut [u8]) {
        self.apply(pn_offset, packet, false);
    }

    fn encrypt(&self, pn_offset: usize, packet: &mut [u8]) {
        self.apply(pn_offset, packet, true);
    }

    fn sample_size(&self) -> usize {
        16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex<const N: usize>(text: &str) -> [u8; N] {
        core::array::from_fn(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap())
    }

    /// RFC 9001, A.5.
    // spec: TR-7
    #[test]
    fn the_mask_is_that_of_the_standard() {
        let key =
            MaskKey(Zeroizing::new(hex("25a282b9e82f06f21f488917a4fc8f1b73573685608597d0efcb076b0ab7a7a4")));
        assert_eq!(key.mask(&hex::<16>("5e5cd55c41f69080575d7999c25a5bfb")), Some(hex("aefefe7d03")));
        let mut packet = hex::<21>("4200bff4655e5cd55c41f69080575d7999c25a5bfb");
        key.encrypt(1, &mut packet);
        assert_eq!(packet, hex("4cfe4189655e5cd55c41f69080575d7999c25a5bfb"));
        key.decrypt(1, &mut packet);
        assert_eq!(packet, hex("4200bff4655e5cd55c41f69080575d7999c25a5bfb"));
    }

    /// RFC 9001, A.5: the same packet, path 0.
    // spec: TR-7, TR-8
    #[test]
    fn packets_are_sealed_as_in_the_standard_and_paths_do_not_share_nonces() {
        let key = |seals: &Arc<Seals>| SealKey {
            aead: AeadKind::Fast
                .with_key(&hex("c6d98ff3441c3fe1b2182094f69caa2ed4b716b65488960a7a984979fb23e1c8")),
            iv: Secret::new(hex("e0459b3474bdd0e44a41c144")),
            seals: Arc::clone(seals),
            traffic: true,
            limit: 1,
        };
        let seals = Arc::new(Seals::default());
        let key = key(&seals);
        let mut packet = [0; 21];
        packet[..5].copy_from_slice(&hex::<5>("4200bff401"));
        key.encrypt(PathId::ZERO, 654_360_564, &mut packet, 4);
        assert_eq!(packet[4..], hex::<17>("655e5cd55c41f69080575d7999c25a5bfb"));
        assert_eq!(seals.sealed(), (1, 21));
        let mut on_other_path = BytesMut::from(&packet[4..]);
        assert!(key.decrypt(PathId::from(1u32), 654_360_564, &packet[..4], &mut on_other_path).is_err());
        let mut payload = BytesMut::from(&packet[4..]);
        key.decrypt(PathId::ZERO, 654_360_564, &packet[..4], &mut payload).unwrap();
        assert_eq!((&payload[..], seals.opened(), seals.last_opened()), (&[1][..], 1, (0, 654_360_564)));
    }

    /// RFC 9001, 5.4.1: of the first byte the lower five bits are hidden, of a long header the lower four.
    // spec: TR-7
    #[test]
    fn flags_and_the_whole_number_are_hidden_and_nothing_else() {
        let key = MaskKey(Zeroizing::new([7; 32]));
        for (form, visible) in [(0x40, 0xe0), (0xc0, 0xf0)] {
            let (mut hidden, mut hidden_number) = (0, [0; 4]);
            for n in 0..64u8 {
                let plain: [u8; 26] = core::array::from_fn(|i| match i {
                    0 => form | (n & 3),
                    _ => n.wrapping_mul(31).wrapping_add(u8::try_from(i).unwrap()),
                });
                let mut packet = plain;
                key.encrypt(5, &mut packet);
                hidden |= packet[0] ^ plain[0];
                let after_number = 5 + usize::from(n & 3) + 1;
                assert_eq!((&packet[1..5], &packet[after_number..]), (&plain[1..5], &plain[after_number..]));
                for (at, bits) in hidden_number.iter_mut().enumerate() {
                    *bits |= packet[5 + at] ^ plain[5 + at];
                }
                key.decrypt(5, &mut packet);
                assert_eq!(packet, plain);
            }
            assert_eq!(hidden, !visible, "all of these bits change now and then, and no others");
            assert_eq!(hidden_number, [0xff; 4]);
        }
    }

    #[test]
    fn keys_have_the_limits_of_the_standard() {
        let maker = KeyMaker { aead: AeadKind::Fast, seals: Arc::default(), limit: 77 };
        let secrets = Secrets { a2b: Secret64::new([1; 64]), b2a: Secret64::new([2; 64]) };
        let keys = maker.keys(&secrets, Side::Client, true);
        assert_eq!(keys.packet.local.confidentiality_limit(), 77);
        assert_eq!(keys.packet.local.integrity_limit(), 68_719_476_736);
        assert_eq!((keys.packet.local.tag_len(), keys.header.local.sample_size()), (16, 16));
    }

    #[test]
    fn what_one_side_seals_the_other_opens_and_only_traffic_is_counted() {
        let seals = Arc::new(Seals::default());
        let maker = KeyMaker { aead: AeadKind::Fast, seals: Arc::clone(&seals), limit: 1 };
        let secrets = Secrets { a2b: Secret64::new([1; 64]), b2a: Secret64::new([2; 64]) };
        for traffic in [false, true] {
            let [client, server] =
                [Side::Client, Side::Server].map(|side| maker.keys(&secrets, side, traffic).packet);
            let again = maker.packet_pair(&secrets, Side::Server);
            for (from, to) in [
                (&client.local, &server.remote),
                (&server.local, &client.remote),
                (&client.local, &again.remote),
            ] {
                let mut packet = *b"headtext and room for a tag";
                from.encrypt(PathId::ZERO, 3, &mut packet, 4);
                let mut payload = BytesMut::from(&packet[4..]);
                assert!(to.decrypt(PathId::ZERO, 3, &packet[..4], &mut payload).is_ok());
                assert_eq!(payload[..], b"headtext and room for a tag"[4..11]);
                let mut own = BytesMut::from(&packet[4..]);
                assert!(
                    from.decrypt(PathId::ZERO, 3, &packet[..4], &mut own).is_ok(),
                    "its own key opens it"
                );
            }
            let mut reflected = *b"headtext and room for a tag";
            client.local.encrypt(PathId::ZERO, 3, &mut reflected, 4);
            let mut payload = BytesMut::from(&reflected[4..]);
            assert!(client.remote.decrypt(PathId::ZERO, 3, &reflected[..4], &mut payload).is_err());
            assert_eq!(seals.sealed().0 > 0, traffic);
        }
    }
}
