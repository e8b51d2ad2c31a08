//! The folder of a device: its identity, what servers know it by, hosts it met, relays it measured.

#[path = "../../../../apps/kit/src/state/kept.rs"]
mod kept;

use std::collections::{BTreeMap, BTreeSet};

use deskwire_conformance::Dice;
use deskwire_identity::{IdentityKey, PublicKey};
use deskwire_wire::ids::DeviceId;
use kept::{MeasuredRelays, PinRecords, Registration, Said, pin_name, pins_of};

use super::hex;
use crate::frugal::told;

/// What may stand in a file by mistake, and is in no message.
const SECRET: &str = "hunter2-hunter2";

/// The server in question; `@S` in a file is its fingerprint.
fn server() -> PublicKey {
    IdentityKey::from_bytes(&[1; 32]).public()
}

/// A key, or the place of one.
pub(super) fn identity(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else { return };
    let Some(said) = Said::read(text) else { return };
    let written = said.write();
    assert_eq!(written.trim_end(), text.trim().to_ascii_lowercase(), "it was read from something else");
    match (said, Said::read(&written)) {
        (Said::Key(key), Some(Said::Key(again))) => assert_eq!(key.as_bytes(), again.as_bytes()),
        (Said::Elsewhere(key), Some(Said::Elsewhere(again))) => assert_eq!(key, again),
        _ => panic!("{text:?} reads as something else when it is written"),
    }
}

/// Whatever is listed for a server can be found, once.
pub(super) fn pins(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).replace("@S", &hex::to_hex(&server().fingerprint()));
    let Some(all) = json::<PinRecords>(text.as_bytes()) else { return };
    let listed = pins_of(all.clone(), &server());
    assert!(listed.len() <= all.len());
    for (id, pin) in &listed {
        assert_eq!(all.get(&pin_name(&server(), *id)), Some(pin), "{id} is listed, and is not found");
    }
    let ids: BTreeSet<DeviceId> = listed.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids.len(), listed.len(), "a host is listed twice");
}

pub(super) fn registrations(bytes: &[u8]) {
    let Some(all) = json::<BTreeMap<String, Registration>>(bytes) else { return };
    for registration in all.values() {
        if let Some(id) = registration.device_id() {
            assert_eq!(Some(id.as_digits()), registration.id);
        }
    }
}

/// The first eight bytes are the time.
pub(super) fn relays(bytes: &[u8]) {
    let (mut dice, rest) = (Dice::new(bytes), bytes.get(8..).unwrap_or_default());
    let now = u64::from(dice.number()) << 32 | u64::from(dice.number());
    let Some(all) = json::<BTreeMap<String, MeasuredRelays>>(rest) else { return };
    for measured in all.into_values() {
        let (at, count) = (measured.at, measured.millis.len());
        let fresh = measured.fresh(now);
        assert!(fresh.is_empty() || fresh.len() == count);
        assert!(fresh.is_empty() || (at <= now && now - at < kept::RTTS_LIFE_S), "{at} is a day from {now}");
    }
}

/// Reads a file as JSON. What is read is written and read as the same, and what is wrong with it is told without what it
/// holds. The word `SECRET` in the file is one.
pub(super) fn json<T>(bytes: &[u8]) -> Option<T>
where
    T: serde::de::DeserializeOwned + serde::Serialize + PartialEq + core::fmt::Debug,
{
    let text = String::from_utf8_lossy(bytes).replace("SECRET", SECRET);
    let read = kept::decode::<T>(text.as_bytes());
    if let Err(error) = &read {
        assert!(!error.contains(SECRET), "a secret is told: {error}");
    }
    let read = told(read)?;
    let written = kept::encode(&read).expect("what was read can be written");
    assert_eq!(kept::decode::<T>(&written).as_ref(), Ok(&read));
    Some(read)
}
