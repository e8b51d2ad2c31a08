//! How a device changes its key without anybody having to compare numbers again.

use alloc::vec::Vec;

use deskwire_wire::ids::DeviceId;

use crate::layout::Layout;
use crate::{CertificateError, IdentityKey, PublicKey};

const LAYOUT: Layout = Layout { kind: 4, label: "rotation", fields: 32 + 8 + 4 + 32 + 32 + 64 };
const NEW_LABEL: &str = "rotation by the new key";

/// A device's word, signed by its old and its new key, that its id at one server now belongs to the new key.
///
/// Bytes (238): kind 4, version 1, server fingerprint (32), id (8), generation of the new key (4), old key (32), new
/// key (32), the new key's signature over all of that (64), the old key's signature over all of that (64); big-endian.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RotationRecord {
    /// Fingerprint of the server key the id belongs to.
    pub server: [u8; 32],
    /// The id.
    pub id: DeviceId,
    /// Generation of the new key, greater than that of the old one.
    pub generation: u32,
    /// The key until now.
    pub old_key: PublicKey,
    /// The key from now on.
    pub new_key: PublicKey,
}

impl RotationRecord {
    /// Its length in bytes.
    pub const SIZE: usize = LAYOUT.size();

    /// The signed record with which `id` goes from `old` to `new`.
    pub fn sign(
        server: [u8; 32],
        id: DeviceId,
        generation: u32,
        old: &IdentityKey,
        new: &IdentityKey,
    ) -> Vec<u8> {
        let mut out = LAYOUT.start();
        out.extend_from_slice(&server);
        out.extend_from_slice(&id.as_digits().to_be_bytes());
        out.extend_from_slice(&generation.to_be_bytes());
        out.extend_from_slice(old.public().as_bytes());
        out.extend_from_slice(new.public().as_bytes());
        let by_new = new.sign(NEW_LABEL, &[&out]);
        out.extend_from_slice(&by_new);
        LAYOUT.finish(out, old)
    }

    /// Checks and reads received bytes; `old` is the key that was pinned until now.
    ///
    /// # Errors
    /// [`CertificateError`] when it is not a record signed by `old` and by the new key in it.
    pub fn verify(bytes: &[u8], old: &PublicKey) -> Result<Self, CertificateError> {
        let mut fields = LAYOUT.open(bytes, old)?;
        let record = Self {
            server: fields.bytes()?,
            id: DeviceId::from_digits(fields.u64()?).ok_or(CertificateError::Field)?,
            generation: fields.u32()?,
            old_key: fields.key()?,
            new_key: fields.key()?,
        };
        let by_new: [u8; 64] = fields.bytes()?;
        if record.old_key != *old || record.new_key == *old {
            return Err(CertificateError::Field);
        }
        let signed = bytes.get(..LAYOUT.size() - 128).ok_or(CertificateError::Field)?;
        record.new_key.verify(NEW_LABEL, &[signed], &by_new).map_err(|_| CertificateError::Signature)?;
        Ok(record)
    }
}
