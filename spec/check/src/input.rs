//! Reading inputs, writing bytes.

use deskwire_identity::{IdentityKey, PublicKey};
use deskwire_wire::ids::DeviceId;
use serde_json::Value;

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes from lower-case hex.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) || text.bytes().any(|c| c.is_ascii_uppercase()) {
        return None;
    }
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(text.get(i..i + 2)?, 16).ok()).collect()
}

/// The input of a case.
#[derive(Clone, Copy)]
pub(crate) struct Input<'a>(pub(crate) &'a Value);

impl<'a> Input<'a> {
    pub(crate) fn has(self, name: &str) -> bool {
        self.0.get(name).is_some()
    }

    fn field(self, name: &str) -> Result<&'a Value, String> {
        self.0.get(name).ok_or_else(|| format!("the input has no {name}"))
    }

    pub(crate) fn text(self, name: &str) -> Result<&'a str, String> {
        self.field(name)?.as_str().ok_or_else(|| format!("{name} is no text"))
    }

    /// A text that may be null.
    pub(crate) fn optional_text(self, name: &str) -> Result<Option<&'a str>, String> {
        if self.field(name)?.is_null() { Ok(None) } else { self.text(name).map(Some) }
    }

    pub(crate) fn list(self, name: &str) -> Result<&'a [Value], String> {
        self.field(name)?.as_array().map(Vec::as_slice).ok_or_else(|| format!("{name} is no list"))
    }

    pub(crate) fn flag(self, name: &str) -> Result<bool, String> {
        self.field(name)?.as_bool().ok_or_else(|| format!("{name} is neither true nor false"))
    }

    pub(crate) fn u64(self, name: &str) -> Result<u64, String> {
        self.field(name)?.as_u64().ok_or_else(|| format!("{name} is no number"))
    }

    pub(crate) fn u32(self, name: &str) -> Result<u32, String> {
        u32::try_from(self.u64(name)?).map_err(|_| format!("{name} is above 32 bits"))
    }

    pub(crate) fn bytes(self, name: &str) -> Result<Vec<u8>, String> {
        unhex(self.text(name)?).ok_or_else(|| format!("{name} is no hex"))
    }

    pub(crate) fn array<const N: usize>(self, name: &str) -> Result<[u8; N], String> {
        self.bytes(name)?.try_into().map_err(|_| format!("{name} has not {N} bytes"))
    }

    /// An array that may be missing or null.
    pub(crate) fn optional<const N: usize>(self, name: &str) -> Result<Option<[u8; N]>, String> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(_) => self.array(name).map(Some),
        }
    }

    pub(crate) fn key(self, name: &str) -> Result<PublicKey, String> {
        PublicKey::from_bytes(self.array(name)?).map_err(|error| format!("{name}: {error}"))
    }

    pub(crate) fn secret_key(self, name: &str) -> Result<IdentityKey, String> {
        Ok(IdentityKey::from_bytes(&self.array(name)?))
    }

    pub(crate) fn id(self, name: &str) -> Result<DeviceId, String> {
        self.text(name)?.parse().map_err(|error| format!("{name}: {error}"))
    }
}
