//! The key schedule: transcript hash, chaining key, and everything that comes out of them.

use alloc::vec::Vec;

use deskwire_identity::{PublicKey, Secret, Secret64, bmac, expand, extract, hash};
use zeroize::Zeroizing;

use crate::HandshakeError;
use crate::config::Introduction;
use crate::exchange::{open_once, seal_once};
use crate::handshake::Secrets;
use crate::message::{HEADER, ID, Message, Received, VERSION};

/// What the transcript starts with: the protocol and everything it is made of.
const PROTO: &[u8] = b"deskwire HS1 X25519 ML-KEM-768 XChaCha20-Poly1305 Ed25519 BLAKE2b HKDF-SHA512";
/// Initial packets of dials without an introduction: 32 bytes that everybody knows.
const PUBLIC_SALT: &[u8; 32] = b"deskwire HS1 public initial salt";

/// A mode of the handshake on the wire: the viewer knows the host's key.
pub(crate) const KEY_KNOWN: u8 = 0;
/// The viewer does not know the host's key.
pub(crate) const KEY_UNKNOWN: u8 = 1;

/// The host's id as the transcript and M2 carry it.
pub(crate) fn id_bytes(id: Option<deskwire_wire::ids::DeviceId>) -> [u8; ID] {
    let mut out = [0; ID];
    if let Some(id) = id {
        let mut digits = id.as_digits();
        for place in out.iter_mut().rev() {
            *place = b'0' + u8::try_from(digits % 10).unwrap_or(0);
            digits /= 10;
        }
    }
    out
}

/// Transcript hash and chaining key, always moved on together with the messages.
pub(crate) struct Chain {
    th: [u8; 64],
    ck: Secret64,
}

impl Chain {
    /// th0 and ck0. `host_key` is there if and only if the mode is [`KEY_KNOWN`].
    pub(crate) fn start(host_key: Option<&PublicKey>, introduction: Option<&Introduction>) -> Self {
        let mode = if host_key.is_some() { KEY_KNOWN } else { KEY_UNKNOWN };
        let th = hash(&[
            PROTO,
            &[VERSION, mode],
            &id_bytes(introduction.map(|i| i.host)),
            host_key.map_or(&[0; 32], |key| key.as_bytes()),
            introduction.map_or(&[0; 32], |i| &i.server_fingerprint),
            introduction.map_or(&[0; 32], |i| &i.id.0),
        ]);
        let ck = extract(introduction.map_or(&[0; 32], |i| i.secret.as_bytes()), &th);
        Self { th, ck }
    }

    /// The transcript so far: what signatures are made over.
    pub(crate) const fn th(&self) -> &[u8; 64] {
        &self.th
    }

    /// Takes message bytes into the transcript.
    pub(crate) fn mix_bytes(&mut self, bytes: &[u8]) {
        self.th = hash(&[&self.th, bytes]);
    }

    /// Takes a shared secret into the chaining key.
    pub(crate) fn mix_secret(&mut self, secret: &Secret<32>) {
        self.ck = extract(self.ck.as_bytes(), secret.as_bytes());
    }

    /// Seals the last part of a message under the transcript so far, and takes it into the transcript.
    pub(crate) fn seal(&mut self, label: &str, plaintext: &[u8]) -> Vec<u8> {
        let sealed = seal_once(expand(&self.ck, label, &self.th), &self.th, plaintext);
        self.mix_bytes(&sealed);
        sealed
    }

    /// Opens the last part of a message. The transcript stays where it was, for the signature inside; the caller mixes
    /// `sealed` in after it has checked that.
    pub(crate) fn open(&self, label: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        open_once(expand(&self.ck, label, &self.th), &self.th, sealed)
    }

    /// The keys that M4 and M5 travel under. The chain stands at th3 and ck3.
    pub(crate) fn handshake_secrets(&self) -> Secrets {
        Secrets {
            a2b: expand(&self.ck, "handshake a2b", &self.th),
            b2a: expand(&self.ck, "handshake b2a", &self.th),
        }
    }

    /// M4, and the chain moved on to th4: what the host does.
    pub(crate) fn confirm_as_host(mut self) -> (Vec<u8>, HostConfirmed) {
        let mut m4 = Message::M4.start(32);
        m4.extend_from_slice(self.tag("confirm host").as_bytes());
        self.mix_bytes(&m4);
        (m4, HostConfirmed(self))
    }

    /// Checks M4: what the viewer does. Only this makes a [`Confirmed`] for it.
    pub(crate) fn check_host(mut self, m4: &Received) -> Result<Confirmed, HandshakeError> {
        check_tag(&self.tag("confirm host"), Message::M4, m4)?;
        self.mix_bytes(m4.whole());
        Ok(Confirmed(self))
    }

    fn tag(&self, label: &str) -> Secret<32> {
        bmac(&expand(&self.ck, label, &self.th), &self.th)
    }
}

fn check_tag(expected: &Secret<32>, message: Message, got: &Received) -> Result<(), HandshakeError> {
    let got = got.whole().get(HEADER..).and_then(|tag| <[u8; 32]>::try_from(tag).ok());
    match got {
        Some(tag) if Secret::new(tag) == *expected => Ok(()),
        _ => Err(HandshakeError::BadConfirmation(message)),
    }
}

/// A chain of which the host has sent its confirmation and not seen the viewer's: it gives no application keys.
pub(crate) struct HostConfirmed(Chain);

impl HostConfirmed {
    /// Checks M5. Only this makes a [`Confirmed`] for the host.
    pub(crate) fn check_viewer(self, m5: &Received) -> Result<Confirmed, HandshakeError> {
        check_tag(&self.0.tag("confirm viewer"), Message::M5, m5)?;
        Ok(Confirmed(self.0))
    }
}

/// A chain at th4 that the peer has confirmed: the only thing that application keys come from.
pub(crate) struct Confirmed(Chain);

impl Confirmed {
    /// M5: the viewer's answer.
    pub(crate) fn viewer_message(&self) -> Vec<u8> {
        let mut m5 = Message::M5.start(32);
        m5.extend_from_slice(self.0.tag("confirm viewer").as_bytes());
        m5
    }

    /// The keys of everything after the handshake.
    pub(crate) fn traffic_secrets(&self) -> Secrets {
        Secrets { a2b: self.export("traffic a2b"), b2a: self.export("traffic b2a") }
    }

    /// A secret for a purpose outside the transport.
    pub(crate) fn export(&self, label: &str) -> Secret64 {
        expand(&self.0.ck, label, &self.0.th)
    }
}

/// Key, nonce base and header-protection key of one direction at one level.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PacketKeys {
    /// The AEAD key.
    pub key: Secret<32>,
    /// The nonce base.
    pub iv: Secret<12>,
    /// The header-protection key.
    pub hp: Secret<32>,
}

/// The nonce of one packet, from its direction's base: `iv XOR (path id || packet number)`, both big-endian. Without the
/// path id nonces would repeat, for each path counts from zero.
pub fn packet_nonce(iv: &Secret<12>, path_id: u32, packet_number: u64) -> [u8; 12] {
    let mut nonce = *iv.as_bytes();
    let count = path_id.to_be_bytes().into_iter().chain(packet_number.to_be_bytes());
    for (byte, other) in nonce.iter_mut().zip(count) {
        *byte ^= other;
    }
    nonce
}

/// The keys that a traffic secret gives.
pub fn packet_keys(secret: &Secret64) -> PacketKeys {
    PacketKeys {
        key: expand(secret, "key", &[]),
        iv: expand(secret, "iv", &[]),
        hp: expand(secret, "hp", &[]),
    }
}

/// The traffic secret after a key update.
pub fn next_secret(secret: &Secret64) -> Secret64 {
    expand(secret, "upd", &[])
}

/// The secrets of the Initial level: from the introduction's secret and the connection id that the viewer chose, so that
/// packets of strangers do not even decrypt. Without an introduction everybody can make them.
pub fn initial_secrets(introduction_secret: Option<&Secret<32>>, dst_cid: &[u8]) -> Secrets {
    let chain = extract(introduction_secret.map_or(PUBLIC_SALT, |secret| secret.as_bytes()), dst_cid);
    Secrets { a2b: expand(&chain, "initial a2b", &[]), b2a: expand(&chain, "initial b2a", &[]) }
}
