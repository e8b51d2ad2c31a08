//! What rows of the registry mean. Nothing here opens a database: whatever a damaged disk or a hand with `sqlite3` left in
//! one can be tried without it.

use deskwire_identity::PublicKey;
use deskwire_rendezvous::server::StoreResult;
use deskwire_wire::ids::DeviceId;

/// A row of `peers`.
pub(super) struct Peer {
    pub(super) id: DeviceId,
    pub(super) key: [u8; 32],
    pub(super) generation: u32,
    pub(super) epoch: u64,
}

impl Peer {
    /// Reads the columns; else the name of the one that is of no use.
    pub(super) fn read(id: i64, key: &[u8], generation: i64, epoch: i64) -> Result<Self, &'static str> {
        Ok(Self {
            id: DeviceId::from_digits(from_sql(id)).ok_or("id")?,
            key: key.try_into().map_err(|_| "key")?,
            generation: u32::try_from(generation).map_err(|_| "generation")?,
            epoch: from_sql(epoch),
        })
    }

    pub(super) const fn owned(&self) -> StoreResult {
        StoreResult::Owned { id: self.id, generation: self.generation }
    }

    pub(super) fn not_owner(&self) -> StoreResult {
        // Keys are checked before they are written; a row that was tampered with reads as no answer.
        PublicKey::from_bytes(self.key).map_or(StoreResult::Unavailable, |owner| StoreResult::NotOwner {
            owner,
            generation: self.generation,
        })
    }
}

/// A row of `revocations`, if it is of use: the minimum generation of an id.
pub(super) fn minimum(id: i64, generation: i64) -> Option<(DeviceId, u32)> {
    Some((DeviceId::from_digits(from_sql(id))?, u32::try_from(generation).ok()?))
}

/// SQLite has signed numbers only; the bits are kept.
pub(super) const fn to_sql(number: u64) -> i64 {
    number.cast_signed()
}

/// The number behind [`to_sql`].
pub(super) const fn from_sql(number: i64) -> u64 {
    number.cast_unsigned()
}
