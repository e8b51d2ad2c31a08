//! Leave to use a relay.

use alloc::vec::Vec;

use deskwire_wire::ids::{IntroductionId, RelayId, Role};

use crate::layout::{Layout, check_window};
use crate::{CertificateError, IdentityKey, PublicKey};

const LAYOUT: Layout = Layout { kind: 3, label: "relay token", fields: 4 + 32 + 1 + 8 + 8 + 4 + 8 + 8 + 4 };

/// A bearer token for one side of one introduction at one relay.
///
/// Bytes (143): kind 3, version 1, relay (4), introduction (32), role (1: viewer 0, host 1), not before (8), expires
/// (8), longest (4), rate (8), cap (8), key id (4), signature (64); big-endian.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RelayToken {
    /// The relay it is for.
    pub relay: RelayId,
    /// The session it is for.
    pub introduction: IntroductionId,
    /// The side it is for.
    pub role: Role,
    /// Unix time in seconds.
    pub not_before: u64,
    /// Last moment to open with it, Unix time in seconds.
    pub expires: u64,
    /// Longest time that the pair may stay, in seconds.
    pub longest_s: u32,
    /// Bytes a second that this side may send.
    pub rate_bytes_per_s: u64,
    /// Bytes that this side may send in all.
    pub byte_cap: u64,
    /// Which of the server's keys signed.
    pub key_id: u32,
}

impl RelayToken {
    /// Its length in bytes.
    pub const SIZE: usize = LAYOUT.size();
    /// How long servers leave to open with one, in seconds.
    pub const LIFETIME_S: u64 = 60;
    /// How far clocks of relays and servers may differ, in seconds.
    pub const CLOCK_ALLOWANCE_S: u64 = 30;

    /// The signed bytes.
    pub fn sign(&self, server: &IdentityKey) -> Vec<u8> {
        let mut out = LAYOUT.start();
        out.extend_from_slice(&self.relay.0.to_be_bytes());
        out.extend_from_slice(&self.introduction.0);
        out.push(match self.role {
            Role::Viewer => 0,
            Role::Host => 1,
        });
        out.extend_from_slice(&self.not_before.to_be_bytes());
        out.extend_from_slice(&self.expires.to_be_bytes());
        out.extend_from_slice(&self.longest_s.to_be_bytes());
        out.extend_from_slice(&self.rate_bytes_per_s.to_be_bytes());
        out.extend_from_slice(&self.byte_cap.to_be_bytes());
        out.extend_from_slice(&self.key_id.to_be_bytes());
        LAYOUT.finish(out, server)
    }

    /// The key id that received bytes name, to find the key to verify them with. Nothing is proved by it.
    ///
    /// # Errors
    /// [`CertificateError`] when these are not the bytes of a token.
    pub fn claimed_key_id(bytes: &[u8]) -> Result<u32, CertificateError> {
        let mut fields = LAYOUT.fields(bytes)?;
        let _: [u8; LAYOUT.fields - 4] = fields.bytes()?;
        fields.u32()
    }

    /// Checks and reads received bytes. Its time is checked apart, with [`Self::check_time`]; whether it is for this
    /// relay is the relay's to compare.
    ///
    /// # Errors
    /// [`CertificateError`] when it is not a token signed by `server`.
    pub fn verify(bytes: &[u8], server: &PublicKey) -> Result<Self, CertificateError> {
        let mut fields = LAYOUT.open(bytes, server)?;
        let token = Self {
            relay: RelayId(fields.u32()?),
            introduction: IntroductionId(fields.bytes()?),
            role: match fields.u8()? {
                0 => Role::Viewer,
                1 => Role::Host,
                _ => return Err(CertificateError::Field),
            },
            not_before: fields.u64()?,
            expires: fields.u64()?,
            longest_s: fields.u32()?,
            rate_bytes_per_s: fields.u64()?,
            byte_cap: fields.u64()?,
            key_id: fields.u32()?,
        };
        if token.not_before > token.expires {
            return Err(CertificateError::Field);
        }
        Ok(token)
    }

    /// Whether a session may be opened with it at `unix_s` (seconds), with [`Self::CLOCK_ALLOWANCE_S`].
    ///
    /// # Errors
    /// [`CertificateError::NotYetValid`] or [`CertificateError::Expired`].
    pub fn check_time(&self, unix_s: u64) -> Result<(), CertificateError> {
        check_window(unix_s, self.not_before, self.expires, Self::CLOCK_ALLOWANCE_S)
    }
}
