//! What lies in files and rows: a crash, a full disk or an editor may have left anything in them. The readers come from the
//! programs' folders; they open nothing, and so need neither a disk nor the database.
#![allow(clippy::unwrap_used, clippy::panic, dead_code, unreachable_pub, reason = "taken in from programs")]

pub(crate) mod access;
pub(crate) mod state;
pub(crate) mod store;

#[path = "../../../apps/kit/src/state/hex.rs"]
mod hex;

use deskwire_conformance::FuzzTarget;

use crate::frugal::frugal;

pub(crate) const TARGETS: &[FuzzTarget] = &[
    ("access", access::access),
    ("hex", hexadecimal),
    ("identity", state::identity),
    ("pins", state::pins),
    ("registrations", state::registrations),
    ("relays", state::relays),
    ("server_key", store::key),
    ("rows", store::rows),
];

/// What is read has one form but for the case of letters.
fn hexadecimal(bytes: &[u8]) {
    assert_eq!(hex::from_hex(&hex::to_hex(bytes)).as_deref(), Some(bytes));
    let Ok(text) = core::str::from_utf8(bytes) else { return };
    if let Some(read) = frugal(text.len(), || hex::from_hex(text)) {
        assert_eq!(hex::to_hex(&read), text.to_ascii_lowercase());
    }
}
