//! What a server says about a device: this id belongs to that key.

use alloc::vec::Vec;
use core::fmt;

use deskwire_wire::ids::DeviceId;

use crate::layout::{Layout, check_window};
use crate::{IdentityKey, PublicKey};

/// Why a signed object is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum CertificateError {
    /// It is longer or shorter than its kind is.
    Length {
        /// Its bytes.
        got: usize,
        /// The bytes its kind has.
        expected: usize,
    },
    /// It is another kind of object.
    Kind(u8),
    /// A version this build does not know.
    Version(u8),
    /// A field has a value that cannot be.
    Field,
    /// Not signed by the key it was checked with.
    Signature,
    /// Its time has not come.
    NotYetValid {
        /// First valid second (Unix time).
        from: u64,
        /// The time it was checked at.
        now: u64,
    },
    /// Its time is over.
    Expired {
        /// Last valid second (Unix time).
        at: u64,
        /// The time it was checked at.
        now: u64,
    },
}

impl fmt::Display for CertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { got, expected } => {
                write!(f, "a signed object has {got} bytes where {expected} belong; ask for a new one")
            }
            Self::Kind(kind) => write!(f, "a signed object of kind {kind} came where another kind belongs"),
            Self::Version(version) => {
                write!(f, "a signed object has version {version}, which this program does not know; update it")
            }
            Self::Field => f.write_str("a signed object holds an impossible value; its signer is broken"),
            Self::Signature => f.write_str(
                "a signed object was not signed by the expected key; check that the configured server key is right",
            ),
            Self::NotYetValid { from, now } => write!(
                f,
                "a signed object is valid from Unix time {from} but this clock says {now}; check the clocks"
            ),
            Self::Expired { at, now } => {
                write!(f, "a signed object expired at Unix time {at} and this clock says {now}; ask for a new one")
            }
        }
    }
}

impl core::error::Error for CertificateError {}

const LAYOUT: Layout = Layout { kind: 1, label: "id certificate", fields: 8 + 32 + 4 + 8 + 8 + 4 };

/// An id certificate: the server says that `id` belongs to `device_key`. Made after the claim is durable, renewed at
/// registration.
///
/// Bytes (130): kind 1, version 1, id (8, its twelve digits as a number), device key (32), generation (4), issued (8),
/// expires (8), key id (4), signature (64); big-endian.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IdCertificate {
    /// The id.
    pub id: DeviceId,
    /// Whose it is.
    pub device_key: PublicKey,
    /// Goes up when the key changes; a revocation is a minimum.
    pub generation: u32,
    /// Unix time in seconds.
    pub issued: u64,
    /// Unix time in seconds.
    pub expires: u64,
    /// Which of the server's keys signed.
    pub key_id: u32,
}

impl IdCertificate {
    /// Its length in bytes.
    pub const SIZE: usize = LAYOUT.size();
    /// How long servers make it valid: 30 days, in seconds.
    pub const LIFETIME_S: u64 = 30 * 24 * 3600;
    /// How far clocks of devices and servers may differ, in seconds.
    pub const CLOCK_ALLOWANCE_S: u64 = 300;

    /// The signed bytes.
    pub fn sign(&self, server: &IdentityKey) -> Vec<u8> {
        let mut out = LAYOUT.start();
        out.extend_from_slice(&self.id.as_digits().to_be_bytes());
        out.extend_from_slice(self.device_key.as_bytes());
        out.extend_from_slice(&self.generation.to_be_bytes());
        out.extend_from_slice(&self.issued.to_be_bytes());
        out.extend_from_slice(&self.expires.to_be_bytes());
        out.extend_from_slice(&self.key_id.to_be_bytes());
        LAYOUT.finish(out, server)
    }

    /// Checks and reads received bytes. Its time is checked apart, with [`Self::check_time`].
    ///
    /// # Errors
    /// [`CertificateError`] when it is not a certificate signed by `server`.
    pub fn verify(bytes: &[u8], server: &PublicKey) -> Result<Self, CertificateError> {
        let mut fields = LAYOUT.open(bytes, server)?;
        let certificate = Self {
            id: DeviceId::from_digits(fields.u64()?).ok_or(CertificateError::Field)?,
            device_key: fields.key()?,
            generation: fields.u32()?,
            issued: fields.u64()?,
            expires: fields.u64()?,
            key_id: fields.u32()?,
        };
        if certificate.issued > certificate.expires {
            return Err(CertificateError::Field);
        }
        Ok(certificate)
    }

    /// Whether it is valid at `unix_s` (seconds), with [`Self::CLOCK_ALLOWANCE_S`].
    ///
    /// # Errors
    /// [`CertificateError::NotYetValid`] or [`CertificateError::Expired`].
    pub fn check_time(&self, unix_s: u64) -> Result<(), CertificateError> {
        check_window(unix_s, self.issued, self.expires, Self::CLOCK_ALLOWANCE_S)
    }
}
