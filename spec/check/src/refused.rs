//! Signed objects and keys that must be refused. Where a field is at fault, the signature over it is good.

use deskwire_identity::{
    EphemeralCertificate, IdCertificate, IdentityKey, PublicKey, RelayReport, RelayToken, RotationRecord,
};
use deskwire_wire::ids::{DeviceId, IntroductionId, RelayId, Role};
use serde_json::{Value, json};

use crate::VectorFile;
use crate::input::hex;

/// Order of the curve's main subgroup, little-endian.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

pub(crate) const REFUSED: VectorFile = VectorFile {
    name: "refused.json",
    about: "Signed objects and keys that must be refused, and some that are taken. key is that of the signer. Where a field is at fault, the signature over it is good. unix_time is when it is looked at, where that matters.",
    cases: || {
        let server = key(1);
        let object = |what: &str, bytes: &[u8]| json!({ "what": what, "bytes": hex(bytes), "key": hex(key(1).public().as_bytes()) });
        let id = |bytes: &[u8]| object("id certificate", bytes);
        let good = certificate().sign(&server);
        let changed = |at: usize, to: u8| {
            let mut bytes = good.clone();
            bytes.get_mut(at).into_iter().for_each(|byte| *byte = to);
            bytes
        };
        let last = good.len() - 1;
        // Fields of a certificate: id from 2, device key from 10, generation from 42, issued from 46, expires from 54.
        let field = |at: usize, value: &[u8]| resigned(&good, at, value, "id certificate");
        let at = |what: &str, bytes: &[u8], unix_time: u64| {
            let mut input = object(what, bytes);
            input["unix_time"] = unix_time.into();
            input
        };
        let today = exchange_key().sign(&server);
        let token = token().sign(&server);
        let old = IdentityKey::from_bytes(&[2; 32]);
        let rotation =
            |new: u8| RotationRecord::sign([0x51; 32], DeviceId::from_number(5), 1, &old, &key(new));
        let rotated = |bytes: &[u8]| json!({ "what": "rotation", "bytes": hex(bytes), "key": hex(key(2).public().as_bytes()) });
        let mut by_nobody = rotation(3);
        let signed = by_nobody.len() - 128;
        by_nobody.get_mut(signed).into_iter().for_each(|byte| *byte ^= 1);
        let by_nobody = resigned_by(&old, &by_nobody, 0, &[], "rotation");
        let bare = |bytes: [u8; 32]| json!({ "what": "key", "bytes": hex(&bytes) });
        let with = |first: u8, middle: u8, last: u8| {
            let mut bytes = [middle; 32];
            (bytes[0], bytes[31]) = (first, last);
            bytes
        };
        vec![
            ("a good certificate, to compare", id(&good)),
            ("a good key, to compare", bare(*key(3).public().as_bytes())),
            ("a bit of the signature is another", id(&changed(last, good[last] ^ 1))),
            ("a bit of a field is another", id(&changed(5, good[5] ^ 1))),
            ("the second form of a signature", id(&second_form(&good))),
            ("signed by another key", id(&certificate().sign(&key(7)))),
            ("signed for another purpose", id(&resigned(&good, 0, &[], "relay token"))),
            ("one byte less", id(&good[..last])),
            ("one byte more", id(&[&good[..], &[0]].concat())),
            ("nothing", id(&[])),
            ("another kind", id(&resigned(&good, 0, &[2], "id certificate"))),
            ("another version", id(&resigned(&good, 1, &[2], "id certificate"))),
            ("an id with a wrong check digit", id(&field(2, &1u64.to_be_bytes()))),
            ("an id of thirteen digits", id(&field(2, &1_000_000_000_000u64.to_be_bytes()))),
            ("a device key of small order", id(&field(10, &with(1, 0, 0)))),
            ("expires before it is issued", id(&field(54, &1u64.to_be_bytes()))),
            ("a certificate 300 s after its end", at("id certificate", &good, 1_802_592_300)),
            ("a certificate that has expired", at("id certificate", &good, 1_802_592_301)),
            ("a certificate 300 s before its begin", at("id certificate", &good, 1_799_999_700)),
            ("a certificate of tomorrow", at("id certificate", &good, 1_799_999_699)),
            ("an exchange key 300 s after its end", at("exchange key", &today, 1_800_086_700)),
            ("an exchange key that has expired", at("exchange key", &today, 1_800_086_701)),
            ("a token 30 s after its end", at("relay token", &token, 1_800_000_090)),
            ("a token that has expired", at("relay token", &token, 1_800_000_091)),
            ("an exchange key in place of a certificate", id(&exchange_key().sign(&server))),
            (
                "an exchange key that ends before it begins",
                object("exchange key", &resigned(&exchange_key().sign(&server), 42, &[0; 8], "exchange key")),
            ),
            ("a token for nobody", object("relay token", &resigned(&token, 38, &[2], "relay token"))),
            (
                "a token that ends before it begins",
                object("relay token", &resigned(&token, 47, &[0; 8], "relay token")),
            ),
            ("a rotation to the same key", rotated(&rotation(2))),
            ("a rotation that the new key did not sign", rotated(&by_nobody)),
            (
                "a relay report with another signature",
                object("relay report", &[&[5, 1][..], &[0; 83]].concat()),
            ),
            ("a key that is the neutral point", bare(with(1, 0, 0))),
            ("a key of order two", bare(with(0xec, 0xff, 0x7f))),
            ("a key of order four", bare([0; 32])),
            ("a key in its second encoding", bare(with(0xee, 0xff, 0x7f))),
            ("a key that is no point", bare(with(2, 0, 0))),
        ]
    },
    record: None,
    complete: |input| {
        let bytes = input.bytes("bytes")?;
        let what = input.text("what")?;
        if what == "key" {
            let key = bytes.try_into().map_err(|_| "a key has another length")?;
            return Ok(PublicKey::from_bytes(key).map_or_else(|error| refused(&error), |_| taken()));
        }
        let key = input.key("key")?;
        let now = input.has("unix_time").then(|| input.u64("unix_time")).transpose()?;
        let error = match what {
            "id certificate" => IdCertificate::verify(&bytes, &key)
                .and_then(|object| now.map_or(Ok(()), |now| object.check_time(now)))
                .err(),
            "exchange key" => EphemeralCertificate::verify(&bytes, &key)
                .and_then(|object| now.map_or(Ok(()), |now| object.check_time(now)))
                .err(),
            "relay token" => RelayToken::verify(&bytes, &key)
                .and_then(|object| now.map_or(Ok(()), |now| object.check_time(now)))
                .err(),
            "rotation" => RotationRecord::verify(&bytes, &key).err(),
            "relay report" => RelayReport::verify(&bytes, &key).err(),
            other => return Err(format!("there is no object {other}")),
        };
        Ok(error.map_or_else(taken, |error| refused(&error)))
    },
};

fn refused(error: &dyn std::fmt::Debug) -> Value {
    json!({ "error": format!("{error:?}") })
}

fn taken() -> Value {
    json!({ "taken": true })
}

fn key(n: u8) -> IdentityKey {
    IdentityKey::from_bytes(&[n; 32])
}

fn certificate() -> IdCertificate {
    IdCertificate {
        id: DeviceId::from_number(12_345_678_901),
        device_key: key(2).public(),
        generation: 0,
        issued: 1_800_000_000,
        expires: 1_802_592_000,
        key_id: 0,
    }
}

fn exchange_key() -> EphemeralCertificate {
    EphemeralCertificate { x25519: [9; 32], not_before: 1_800_000_000, not_after: 1_800_086_400 }
}

fn token() -> RelayToken {
    RelayToken {
        relay: RelayId(7),
        introduction: IntroductionId([0x52; 32]),
        role: Role::Viewer,
        not_before: 1_800_000_000,
        expires: 1_800_000_060,
        longest_s: 86_400,
        rate_bytes_per_s: 0,
        byte_cap: 0,
        key_id: 2,
    }
}

fn resigned(object: &[u8], at: usize, value: &[u8], label: &str) -> Vec<u8> {
    resigned_by(&key(1), object, at, value, label)
}

/// The object with other bytes from `at` on and a good signature over them.
fn resigned_by(signer: &IdentityKey, object: &[u8], at: usize, value: &[u8], label: &str) -> Vec<u8> {
    let mut body = object[..object.len() - 64].to_vec();
    body[at..at + value.len()].copy_from_slice(value);
    let signature = signer.sign(label, &[&body]);
    body.extend(signature);
    body
}

/// The same signature, at the end of an object, with the order of the group added to its number: valid for those who do not look.
pub(crate) fn second_form(object: &[u8]) -> Vec<u8> {
    let mut out = object.to_vec();
    let start = out.len() - 32;
    let mut carry = 0;
    for (byte, order) in out[start..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = u8::try_from(sum & 0xff).unwrap_or(0);
        carry = sum >> 8;
    }
    out
}
