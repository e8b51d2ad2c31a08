//! Fixed-layout signed objects: a kind byte, a version byte, fields in big-endian order, a signature over all of it.

use alloc::vec::Vec;

use crate::{CertificateError, IdentityKey, PublicKey};

/// The version of every layout there is so far.
const VERSION: u8 = 1;
/// Kind and version.
const HEAD: usize = 2;
/// Length of the signature at the end.
const SIGNATURE: usize = 64;

/// What tells one signed object from another.
pub(crate) struct Layout {
    /// First byte.
    pub(crate) kind: u8,
    /// Label of the signature.
    pub(crate) label: &'static str,
    /// Bytes of the fields.
    pub(crate) fields: usize,
}

impl Layout {
    /// Bytes of the whole object.
    pub(crate) const fn size(&self) -> usize {
        HEAD + self.fields + SIGNATURE
    }

    /// Starts an object.
    pub(crate) fn start(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.size());
        out.extend_from_slice(&[self.kind, VERSION]);
        out
    }

    /// Signs what was written after [`Layout::start`].
    pub(crate) fn finish(&self, mut body: Vec<u8>, key: &IdentityKey) -> Vec<u8> {
        debug_assert_eq!(body.len(), HEAD + self.fields, "the layout says how long {} is", self.label);
        let signature = key.sign(self.label, &[&body]);
        body.extend_from_slice(&signature);
        body
    }

    /// The fields of an object of this kind, its signature not looked at.
    pub(crate) fn fields<'a>(&self, bytes: &'a [u8]) -> Result<Fields<'a>, CertificateError> {
        if bytes.len() != self.size() {
            return Err(CertificateError::Length { got: bytes.len(), expected: self.size() });
        }
        let Some((&[kind, version], rest)) = bytes.split_first_chunk() else {
            return Err(CertificateError::Length { got: bytes.len(), expected: self.size() });
        };
        if kind != self.kind {
            return Err(CertificateError::Kind(kind));
        }
        if version != VERSION {
            return Err(CertificateError::Version(version));
        }
        Ok(Fields(rest))
    }

    /// Checks the signature over the received bytes, then gives the fields.
    pub(crate) fn open<'a>(&self, bytes: &'a [u8], key: &PublicKey) -> Result<Fields<'a>, CertificateError> {
        let fields = self.fields(bytes)?;
        let (body, signature) = bytes
            .split_last_chunk::<SIGNATURE>()
            .ok_or_else(|| CertificateError::Length { got: bytes.len(), expected: self.size() })?;
        key.verify(self.label, &[body], signature).map_err(|_| CertificateError::Signature)?;
        Ok(fields)
    }
}

/// Reads fields one after the other.
pub(crate) struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    /// The next `N` bytes.
    pub(crate) fn bytes<const N: usize>(&mut self) -> Result<[u8; N], CertificateError> {
        let (field, rest) = self.0.split_first_chunk().ok_or(CertificateError::Field)?;
        self.0 = rest;
        Ok(*field)
    }

    /// The next 8 bits.
    pub(crate) fn u8(&mut self) -> Result<u8, CertificateError> {
        self.bytes().map(u8::from_be_bytes)
    }

    /// The next 32 bits.
    pub(crate) fn u32(&mut self) -> Result<u32, CertificateError> {
        self.bytes().map(u32::from_be_bytes)
    }

    /// The next 64 bits.
    pub(crate) fn u64(&mut self) -> Result<u64, CertificateError> {
        self.bytes().map(u64::from_be_bytes)
    }

    /// The next 32 bytes as a key.
    pub(crate) fn key(&mut self) -> Result<PublicKey, CertificateError> {
        PublicKey::from_bytes(self.bytes()?).map_err(|_| CertificateError::Field)
    }
}

/// Checks a validity window with some allowance for clocks that differ, all in (Unix) seconds.
pub(crate) fn check_window(
    now: u64,
    not_before: u64,
    expires: u64,
    allowance: u64,
) -> Result<(), CertificateError> {
    if now.saturating_add(allowance) < not_before {
        Err(CertificateError::NotYetValid { from: not_before, now })
    } else if now > expires.saturating_add(allowance) {
        Err(CertificateError::Expired { at: expires, now })
    } else {
        Ok(())
    }
}
