//! Signed objects, and the pins of hosts.
//!
//! Nobody guesses a signature, so the first byte says what is signed here: nothing (the bytes are the object), or the
//! bytes with the right key. What is read then is what a careless or hostile server would have said.

use deskwire_conformance::{Dice, FuzzTarget};
use deskwire_identity::{
    CertificateError, EphemeralCertificate, IdCertificate, IdentityKey, Pin, PinError, Pins, PublicKey,
    RelayReport, RelayToken, RotationRecord,
};
use deskwire_wire::ids::DeviceId;

use crate::frugal::{frugal, told};

pub(crate) const TARGETS: &[FuzzTarget] = &[
    ("id_certificate", |bytes| {
        let verify = IdCertificate::verify;
        let read =
            object(bytes, &[(1, "id certificate")], IdCertificate::SIZE, verify, |read, key| read.sign(key));
        if let Some(read) = read {
            window(read.issued, read.expires, IdCertificate::CLOCK_ALLOWANCE_S, |now| read.check_time(now));
        }
    }),
    ("exchange_key", |bytes| {
        let (size, verify) = (EphemeralCertificate::SIZE, EphemeralCertificate::verify);
        let read = object(bytes, &[(2, "exchange key")], size, verify, |read, key| read.sign(key));
        if let Some(read) = read {
            let allowance = EphemeralCertificate::CLOCK_ALLOWANCE_S;
            window(read.not_before, read.not_after, allowance, |now| read.check_time(now));
        }
    }),
    ("relay_token", |bytes| {
        let _ = RelayToken::claimed_key_id(bytes);
        let verify = RelayToken::verify;
        let read = object(bytes, &[(3, "relay token")], RelayToken::SIZE, verify, |read, key| read.sign(key));
        if let Some(read) = read {
            window(read.not_before, read.expires, RelayToken::CLOCK_ALLOWANCE_S, |now| read.check_time(now));
        }
    }),
    ("relay_report", |bytes| {
        let _ = RelayReport::claimed_relay(bytes);
        object(bytes, &[(5, "relay report")], RelayReport::SIZE, RelayReport::verify, |read, key| {
            read.sign(key)
        });
    }),
    ("rotation", rotation),
    ("pins", pins),
];

fn key(n: u8) -> IdentityKey {
    IdentityKey::from_bytes(&[n; 32])
}

/// Reads the bytes as an object that was signed with `key(1)`; what is read is written again as it was.
fn object<T: PartialEq + core::fmt::Debug>(
    bytes: &[u8],
    kinds: &[(u8, &str)],
    size: usize,
    verify: fn(&[u8], &PublicKey) -> Result<T, CertificateError>,
    sign: impl Fn(&T, &IdentityKey) -> Vec<u8>,
) -> Option<T> {
    let (signer, (how, rest)) = (key(1), bytes.split_first()?);
    let mut whole = rest.to_vec();
    if how % 2 == 1 {
        let (kind, label) = kinds.first()?;
        // Kind and version are right, so that the fields are looked at.
        whole = [&[*kind, 1], rest].concat();
        whole.resize(size - 64, 0);
        let signature = signer.sign(label, &[&whole]);
        whole.extend(signature);
    }
    let read = frugal(whole.len(), || verify(&whole, &signer.public()));
    assert!(verify(&whole, &key(2).public()).is_err(), "somebody else's object is taken");
    match read {
        Ok(read) => {
            assert_eq!(verify(&sign(&read, &signer), &signer.public()).as_ref(), Ok(&read));
            Some(read)
        }
        Err(error) => {
            assert!(how % 2 == 0 || error == CertificateError::Field, "{error}");
            assert!(!error.to_string().is_empty());
            None
        }
    }
}

/// An object counts from its first second to its last, and a little before and after.
fn window(first: u64, last: u64, allowance: u64, check: impl Fn(u64) -> Result<(), CertificateError>) {
    assert!(first <= last);
    assert!(check(first).is_ok() && check(last).is_ok());
    assert!(check(first.saturating_sub(allowance)).is_ok() && check(last.saturating_add(allowance)).is_ok());
    let check = |now| check(now).inspect_err(|error| assert!(!error.to_string().is_empty()));
    let early = first.checked_sub(allowance + 1).map(check);
    assert!(early.is_none_or(|early| matches!(early, Err(CertificateError::NotYetValid { .. }))));
    let late = last.checked_add(allowance + 1).map(check);
    assert!(late.is_none_or(|late| matches!(late, Err(CertificateError::Expired { .. }))));
}

/// A record has two signatures: bits of the first byte say which are made here.
fn rotation(bytes: &[u8]) {
    let Some((how, rest)) = bytes.split_first() else { return };
    let (old, new) = (key(1), key(2));
    let mut whole = rest.to_vec();
    if how & 1 != 0 {
        whole = [&[4, 1], rest].concat();
        whole.resize(2 + 32 + 8 + 4, 0);
        whole.extend(if how & 2 == 0 { old.public() } else { new.public() }.as_bytes());
        whole.extend(if how & 4 == 0 { new.public() } else { old.public() }.as_bytes());
        let by_new = if how & 8 == 0 { &new } else { &old }.sign("rotation by the new key", &[&whole]);
        whole.extend(by_new);
        let by_old = old.sign("rotation", &[&whole]);
        whole.extend(by_old);
    }
    let read = told(frugal(whole.len(), || RotationRecord::verify(&whole, &old.public())));
    let Some(read) = read else { return };
    assert!(how & 0b1111 == 1, "a record that is not from both keys is taken");
    let again = RotationRecord::sign(read.server, read.id, read.generation, &old, &new);
    assert_eq!(again, whole);
}

/// A list of pins against a plain model: generations never go back, and a key changes only when it is told to.
fn pins(script: &[u8]) {
    let mut dice = Dice::new(script);
    let mut pins = Pins::new();
    let server = [7; 32];
    while !dice.is_used_up() {
        let (what, id) = (dice.byte(), DeviceId::from_number(dice.byte().into()));
        let (key_of, generation) = (dice.byte() % 4, u32::from(dice.byte() % 8));
        let (before, pin_key) = (pins.find(server, id), key(key_of).public());
        let (verified, count) = (what & 0x80 != 0, pins.len());
        match what % 4 {
            0 => {
                let result = pins.remember(server, id, Pin { key: pin_key, generation, verified });
                let wanted = match before {
                    Some(pin) if pin.key != pin_key => Err(PinError::Changed),
                    Some(pin) if generation < pin.generation => Err(PinError::OlderGeneration),
                    _ => Ok(()),
                };
                assert_eq!(result, wanted);
                if told(result).is_none() {
                    assert_eq!(pins.find(server, id), before);
                }
            }
            1 => {
                assert_eq!(pins.replace_verified(server, id, pin_key, generation), Ok(()));
                assert_eq!(pins.find(server, id), Some(Pin { key: pin_key, generation, verified: true }));
            }
            2 => {
                let old = key(dice.byte() % 4).public();
                let record = RotationRecord { server, id, generation, old_key: old, new_key: pin_key };
                let may = before.is_some_and(|pin| pin.key == old && generation > pin.generation);
                assert_eq!(told(pins.rotate(&record)).is_some(), may);
            }
            _ => {
                assert_eq!(pins.forget(server, id), before);
                assert_eq!(pins.len() + usize::from(before.is_some()), count);
            }
        }
        assert_eq!((pins.iter().count(), pins.is_empty()), (pins.len(), pins.iter().next().is_none()));
    }
}
