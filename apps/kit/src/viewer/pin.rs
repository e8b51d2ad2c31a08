//! The hosts that this device has met.

use deskwire_core::identity::PublicKey;
use deskwire_core::wire::ids::DeviceId;

use crate::state::{PinRecord, State, StateError, from_hex, to_hex};

/// The key a host had before, and the generation it was seen with.
pub(super) fn find(
    state: &State,
    server: &PublicKey,
    id: DeviceId,
) -> Result<Option<(PublicKey, u32)>, StateError> {
    let Some(pin) = state.pin(server, id)? else { return Ok(None) };
    let key = from_hex(&pin.key).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let key = key.and_then(|bytes| PublicKey::from_bytes(bytes).ok());
    let key = key.ok_or_else(|| state.corrupt("pins.json", format!("the key of {id} is none")))?;
    Ok(Some((key, pin.generation)))
}

/// What is wrong with the key that a host shows, by what is remembered of it.
pub(super) fn objection(
    pinned: Option<(PublicKey, u32)>,
    shown: &PublicKey,
    generation: u32,
) -> Option<&'static str> {
    let (key, known) = pinned?;
    if key != *shown {
        return Some(
            "the host has another key than when it was verified: it may have been set up anew, or somebody is in \
             between; ask at the host, and then use --accept-new-key, which lets the code prove the new key",
        );
    }
    (generation < known).then_some(
        "the server shows a certificate of the host that is older than one seen before; ask the server's operator",
    )
}

/// Remembers a host's key, and whether it is `verified`: proved by a code or the password, or compared by a person.
pub(super) fn remember(
    state: &State,
    server: &PublicKey,
    id: DeviceId,
    (key, generation): (&PublicKey, u32),
    verified: bool,
) -> Result<(), StateError> {
    let pin = PinRecord { key: to_hex(key.as_bytes()), generation, verified };
    if state.pin(server, id)?.as_ref() == Some(&pin) {
        return Ok(());
    }
    state.set_pin(server, id, pin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keystore::Keystore;
    use deskwire_core::identity::IdentityKey;

    // spec: ID-7, ID-8
    #[test]
    fn a_changed_key_is_objected_to() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path(), Keystore::File).unwrap();
        let [server, host, other] = [1, 2, 3].map(|n| IdentityKey::from_bytes(&[n; 32]).public());
        let id = DeviceId::from_number(7);
        assert_eq!(objection(find(&state, &server, id).unwrap(), &host, 1), None);
        remember(&state, &server, id, (&host, 4), true).unwrap();
        let pinned = find(&state, &server, id).unwrap();
        assert_eq!(pinned, Some((host, 4)));
        assert_eq!(objection(pinned, &host, 4), None);
        assert!(objection(pinned, &host, 3).is_some());
        assert!(objection(pinned, &other, 4).is_some());
        assert_eq!(find(&state, &other, id).unwrap(), None);
    }
}
