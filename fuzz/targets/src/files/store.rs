//! The data of a server: its key, and rows of its registry.

#[path = "../../../../servers/store/src/key_text.rs"]
mod key_text;
#[path = "../../../../servers/store/src/rows.rs"]
mod rows;

use deskwire_rendezvous::server::StoreResult;
use rows::{Peer, from_sql, minimum, to_sql};

use crate::frugal::told;

pub(super) fn key(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else { return };
    let Some(read) = key_text::read(text) else { return };
    let written = key_text::write(&read);
    assert_eq!(key_text::read(&written), Some(read));
    let lines = |text: &str| text.lines().take(2).map(str::to_ascii_lowercase).collect::<Vec<_>>();
    assert_eq!(lines(&written), lines(text), "it was read from something else");
}

/// The columns of a row of `peers`: 8 bytes of an id, 8 of a generation, 8 of an epoch, and a key. The same numbers are a
/// row of `revocations`.
pub(super) fn rows(bytes: &[u8]) {
    let Some(([id, generation, epoch], key)) = columns(bytes) else { return };
    if let Some((device, least)) = minimum(id, generation) {
        assert_eq!((to_sql(device.as_digits()), i64::from(least)), (id, generation));
    }
    let Some(peer) = told(Peer::read(id, key, generation, epoch)) else { return };
    let written = (to_sql(peer.id.as_digits()), i64::from(peer.generation), to_sql(peer.epoch));
    assert_eq!((written, &peer.key[..]), ((id, generation, epoch), key), "a row reads as another");
    assert_eq!(from_sql(epoch), peer.epoch);
    assert_eq!(peer.owned(), StoreResult::Owned { id: peer.id, generation: peer.generation });
    match peer.not_owner() {
        StoreResult::NotOwner { owner, generation } => {
            assert_eq!((owner.as_bytes(), generation), (&peer.key, peer.generation));
        }
        // No key can be this one's.
        other => assert_eq!(other, StoreResult::Unavailable),
    }
}

fn columns(bytes: &[u8]) -> Option<([i64; 3], &[u8])> {
    let (numbers, key) = bytes.split_first_chunk::<24>()?;
    let mut columns = [0; 3];
    for (column, bytes) in columns.iter_mut().zip(numbers.as_chunks::<8>().0) {
        *column = i64::from_le_bytes(*bytes);
    }
    Some((columns, key))
}
