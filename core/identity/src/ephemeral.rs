//! The server's exchange key of the day.

use alloc::vec::Vec;

use crate::layout::{Layout, check_window};
use crate::{CertificateError, IdentityKey, PublicKey};

const LAYOUT: Layout = Layout { kind: 2, label: "exchange key", fields: 32 + 8 + 8 };

/// A short-lived X25519 key of a server, signed by its server key; clients seal their messages to it.
///
/// Bytes (114): kind 2, version 1, X25519 key (32), not before (8), not after (8), signature (64); big-endian.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EphemeralCertificate {
    /// The public key (RFC 7748 encoding).
    pub x25519: [u8; 32],
    /// Unix time in seconds.
    pub not_before: u64,
    /// Unix time in seconds.
    pub not_after: u64,
}

impl EphemeralCertificate {
    /// Its length in bytes.
    pub const SIZE: usize = LAYOUT.size();
    /// How long servers use one: a day, in seconds.
    pub const LIFETIME_S: u64 = 24 * 3600;
    /// How far clocks of devices and servers may differ, in seconds.
    pub const CLOCK_ALLOWANCE_S: u64 = 300;

    /// The signed bytes.
    pub fn sign(&self, server: &IdentityKey) -> Vec<u8> {
        let mut out = LAYOUT.start();
        out.extend_from_slice(&self.x25519);
        out.extend_from_slice(&self.not_before.to_be_bytes());
        out.extend_from_slice(&self.not_after.to_be_bytes());
        LAYOUT.finish(out, server)
    }

    /// Checks and reads received bytes. Its time is checked apart, with [`Self::check_time`].
    ///
    /// # Errors
    /// [`CertificateError`] when it is not one signed by `server`.
    pub fn verify(bytes: &[u8], server: &PublicKey) -> Result<Self, CertificateError> {
        let mut fields = LAYOUT.open(bytes, server)?;
        let certificate =
            Self { x25519: fields.bytes()?, not_before: fields.u64()?, not_after: fields.u64()? };
        if certificate.not_before > certificate.not_after {
            return Err(CertificateError::Field);
        }
        Ok(certificate)
    }

    /// Whether it is valid at `unix_s` (seconds), with [`Self::CLOCK_ALLOWANCE_S`].
    ///
    /// # Errors
    /// [`CertificateError::NotYetValid`] or [`CertificateError::Expired`].
    pub fn check_time(&self, unix_s: u64) -> Result<(), CertificateError> {
        check_window(unix_s, self.not_before, self.not_after, Self::CLOCK_ALLOWANCE_S)
    }
}
