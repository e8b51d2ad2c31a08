//! Signed objects and safety numbers.

use deskwire_identity::{
    EphemeralCertificate, IdCertificate, IdentityKey, RelayReport, RelayToken, RotationRecord, SafetyNumber,
};
use deskwire_wire::ids::{IntroductionId, RelayId, Role};
use deskwire_wire::relay::RelayState;
use serde_json::{Value, json};

use crate::VectorFile;
use crate::input::{Input, hex};

pub(crate) fn secret(n: u8) -> String {
    hex(&[n; 32])
}

pub(crate) fn public(n: u8) -> String {
    hex(IdentityKey::from_bytes(&[n; 32]).public().as_bytes())
}

/// The output for signed bytes, once they were read back and are the same object.
fn signed<T: PartialEq>(object: T, bytes: &[u8], read: Option<T>) -> Result<Value, String> {
    if read != Some(object) {
        return Err("the object does not come back from its bytes".to_owned());
    }
    Ok(json!({ "bytes": hex(bytes) }))
}

pub(crate) const ID_CERTIFICATE: VectorFile = VectorFile {
    name: "id_certificate.json",
    about: "Id certificates, 130 bytes: kind 1, version 1, id (8), device key (32), generation (4), issued (8), expires (8), key id (4), all big-endian, then Ed25519 over \"deskwire id certificate\\0\" and H(all before).",
    cases: || {
        vec![
            (
                "first generation",
                json!({
                    "server_secret": secret(1), "id": "123456789018", "device_key": public(2), "generation": 0,
                    "issued": 1_800_000_000u64, "expires": 1_802_592_000u64, "key_id": 0,
                }),
            ),
            (
                "after a rotation",
                json!({
                    "server_secret": secret(3), "id": "000000000000", "device_key": public(4), "generation": 4_000_000_000u32,
                    "issued": 1u64, "expires": 1u64, "key_id": 4_294_967_295u32,
                }),
            ),
        ]
    },
    record: None,
    complete: |input| {
        let server = input.secret_key("server_secret")?;
        let certificate = IdCertificate {
            id: input.id("id")?,
            device_key: input.key("device_key")?,
            generation: input.u32("generation")?,
            issued: input.u64("issued")?,
            expires: input.u64("expires")?,
            key_id: input.u32("key_id")?,
        };
        let bytes = certificate.sign(&server);
        signed(certificate, &bytes, IdCertificate::verify(&bytes, &server.public()).ok())
    },
};

pub(crate) const EPHEMERAL_CERTIFICATE: VectorFile = VectorFile {
    name: "ephemeral_certificate.json",
    about: "Exchange keys of a server, 114 bytes: kind 2, version 1, X25519 key (32), not before (8), not after (8), all big-endian, then Ed25519 over \"deskwire exchange key\\0\" and H(all before).",
    cases: || {
        vec![(
            "of one day",
            json!({
                "server_secret": secret(1), "x25519": secret(9),
                "not_before": 1_800_000_000u64, "not_after": 1_800_086_400u64,
            }),
        )]
    },
    record: None,
    complete: |input| {
        let server = input.secret_key("server_secret")?;
        let certificate = EphemeralCertificate {
            x25519: input.array("x25519")?,
            not_before: input.u64("not_before")?,
            not_after: input.u64("not_after")?,
        };
        let bytes = certificate.sign(&server);
        signed(certificate, &bytes, EphemeralCertificate::verify(&bytes, &server.public()).ok())
    },
};

pub(crate) const RELAY_TOKEN: VectorFile = VectorFile {
    name: "relay_token.json",
    about: "Relay tokens, 143 bytes: kind 3, version 1, relay (4), introduction (32), role (1: viewer 0, host 1), not before (8), expires (8), longest time in seconds (4), bytes per second (8), bytes in all (8), key id (4), all big-endian, then Ed25519 over \"deskwire relay token\\0\" and H(all before).",
    cases: || {
        let token = |role: &str| {
            json!({
                "server_secret": secret(1), "relay": 7, "introduction": secret(0x52), "role": role,
                "not_before": 1_800_000_000u64, "expires": 1_800_000_060u64, "longest_s": 86_400,
                "rate_bytes_per_s": 4_000_000u64, "byte_cap": 50_000_000_000u64, "key_id": 2,
            })
        };
        vec![("of a viewer", token("viewer")), ("of a host", token("host"))]
    },
    record: None,
    complete: |input| {
        let server = input.secret_key("server_secret")?;
        let token = RelayToken {
            relay: RelayId(input.u32("relay")?),
            introduction: IntroductionId(input.array("introduction")?),
            role: match input.text("role")? {
                "viewer" => Role::Viewer,
                "host" => Role::Host,
                other => return Err(format!("there is no role {other}")),
            },
            not_before: input.u64("not_before")?,
            expires: input.u64("expires")?,
            longest_s: input.u32("longest_s")?,
            rate_bytes_per_s: input.u64("rate_bytes_per_s")?,
            byte_cap: input.u64("byte_cap")?,
            key_id: input.u32("key_id")?,
        };
        let bytes = token.sign(&server);
        signed(token, &bytes, RelayToken::verify(&bytes, &server.public()).ok())
    },
};

pub(crate) const RELAY_REPORT: VectorFile = VectorFile {
    name: "relay_report.json",
    about: "Relay reports, 85 bytes: kind 5, version 1, relay (4), sent in Unix milliseconds (8), state (2: 0 takes sessions, 1 full, 2 about to go), load in percent (1), sessions (4), all big-endian, then Ed25519 by the relay's key over \"deskwire relay report\\0\" and H(all before).",
    cases: || {
        vec![(
            "of a relay that is about to go",
            json!({
                "relay_secret": secret(5), "relay": 7, "sent_ms": 1_800_000_000_123u64, "state": 2,
                "load_percent": 99, "sessions": 1_234,
            }),
        )]
    },
    record: None,
    complete: |input| {
        let relay = input.secret_key("relay_secret")?;
        let small = |name: &str| u16::try_from(input.u64(name)?).map_err(|_| format!("{name} is too large"));
        let report = RelayReport {
            relay: RelayId(input.u32("relay")?),
            sent_ms: input.u64("sent_ms")?,
            state: RelayState::from_code(small("state")?),
            load_percent: u8::try_from(small("load_percent")?).map_err(|_| "load_percent is too large")?,
            sessions: input.u32("sessions")?,
        };
        let bytes = report.sign(&relay);
        signed(report, &bytes, RelayReport::verify(&bytes, &relay.public()).ok())
    },
};

pub(crate) const ROTATION: VectorFile = VectorFile {
    name: "rotation.json",
    about: "Rotation records, 238 bytes: kind 4, version 1, server fingerprint (32), id (8), generation (4), old key (32), new key (32), all big-endian; Ed25519 by the new key over \"deskwire rotation by the new key\\0\" and H(all before); Ed25519 by the old key over \"deskwire rotation\\0\" and H(all before).",
    cases: || {
        vec![(
            "to the second key",
            json!({
                "server_fingerprint": secret(0x51), "id": "123456789018", "generation": 1,
                "old_secret": secret(2), "new_secret": secret(3),
            }),
        )]
    },
    record: None,
    complete: |input| {
        let (old, new) = (input.secret_key("old_secret")?, input.secret_key("new_secret")?);
        let record = RotationRecord {
            server: input.array("server_fingerprint")?,
            id: input.id("id")?,
            generation: input.u32("generation")?,
            old_key: old.public(),
            new_key: new.public(),
        };
        let bytes = RotationRecord::sign(record.server, record.id, record.generation, &old, &new);
        signed(record, &bytes, RotationRecord::verify(&bytes, &old.public()).ok())
    },
};

pub(crate) const SAFETY_NUMBER: VectorFile = VectorFile {
    name: "safety_number.json",
    about: "Safety numbers: for each key, six groups of five digits, each the next five bytes of H(\"deskwire safety number\", key) as a big-endian number modulo 100,000; the smaller six groups come first.",
    cases: || {
        vec![
            ("two devices", json!({ "a": public(1), "b": public(2) })),
            ("the same the other way round", json!({ "a": public(2), "b": public(1) })),
            ("a device with itself", json!({ "a": public(3), "b": public(3) })),
        ]
    },
    record: None,
    complete: |input: Input<'_>| {
        let number = SafetyNumber::of(&input.key("a")?, &input.key("b")?);
        Ok(json!({ "shown": number.to_string(), "digits": number.digits() }))
    },
};
