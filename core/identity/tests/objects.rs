//! Signed objects, pins and links under honest and hostile use.

use deskwire_identity::{
    CertificateError, EphemeralCertificate, IdCertificate, IdentityKey, Pin, PinError, PinVerdict, Pins,
    PublicKey, RelayToken, RotationRecord, SafetyNumber, ServerKey, ServerLink, ServerLinkError,
};
use deskwire_wire::ids::{DeviceId, IntroductionId, RelayId, Role};
use proptest::prelude::*;

fn key(n: u8) -> IdentityKey {
    IdentityKey::from_bytes(&[n; 32])
}

fn certificate() -> IdCertificate {
    IdCertificate {
        id: DeviceId::from_number(42),
        device_key: key(2).public(),
        generation: 3,
        issued: 1_000_000,
        expires: 1_000_000 + IdCertificate::LIFETIME_S,
        key_id: 7,
    }
}

fn token() -> RelayToken {
    RelayToken {
        relay: RelayId(5),
        introduction: IntroductionId([6; 32]),
        role: Role::Host,
        not_before: 1_000_000,
        expires: 1_000_060,
        longest_s: 3600,
        rate_bytes_per_s: 1_000_000,
        byte_cap: 10_000_000_000,
        key_id: 7,
    }
}

fn ephemeral() -> EphemeralCertificate {
    EphemeralCertificate { x25519: [9; 32], not_before: 1_000_000, not_after: 1_086_400 }
}

type Verify = fn(&[u8], &PublicKey) -> Result<(), CertificateError>;

/// One of each, with the function that reads it.
fn all() -> [(Vec<u8>, Verify); 4] {
    [
        (certificate().sign(&key(1)), |b, k| IdCertificate::verify(b, k).map(drop)),
        (ephemeral().sign(&key(1)), |b, k| EphemeralCertificate::verify(b, k).map(drop)),
        (token().sign(&key(1)), |b, k| RelayToken::verify(b, k).map(drop)),
        (RotationRecord::sign([3; 32], DeviceId::from_number(42), 4, &key(1), &key(8)), |b, k| {
            RotationRecord::verify(b, k).map(drop)
        }),
    ]
}

#[test]
fn objects_come_back_as_they_were_signed() {
    let server = key(1).public();
    assert_eq!(IdCertificate::verify(&certificate().sign(&key(1)), &server), Ok(certificate()));
    assert_eq!(EphemeralCertificate::verify(&ephemeral().sign(&key(1)), &server), Ok(ephemeral()));
    assert_eq!(RelayToken::verify(&token().sign(&key(1)), &server), Ok(token()));
    let of_viewer = RelayToken { role: Role::Viewer, ..token() };
    assert_eq!(RelayToken::verify(&of_viewer.sign(&key(1)), &server), Ok(of_viewer));
    assert_eq!(RelayToken::claimed_key_id(&token().sign(&key(1))), Ok(7));
    let sizes = [IdCertificate::SIZE, EphemeralCertificate::SIZE, RelayToken::SIZE, RotationRecord::SIZE];
    assert_eq!(sizes, [130, 114, 143, 238]);
    assert_eq!(all().map(|(bytes, _)| bytes.len()), sizes);
    assert_eq!((IdCertificate::LIFETIME_S, EphemeralCertificate::LIFETIME_S), (2_592_000, 86_400));
}

// spec: ID-4, ID-6
#[test]
fn t46_no_bit_can_be_changed_and_no_object_passes_for_another() {
    let server = key(1).public();
    for (i, (bytes, verify)) in all().iter().enumerate() {
        assert_eq!(verify(bytes, &server), Ok(()));
        assert_eq!(verify(bytes, &key(2).public()), Err(CertificateError::Signature));
        for bit in 0..bytes.len() * 8 {
            let mut bad = bytes.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert!(verify(&bad, &server).is_err(), "object {i}, bit {bit}");
        }
        for len in 0..bytes.len() {
            assert!(matches!(verify(&bytes[..len], &server), Err(CertificateError::Length { .. })));
        }
        for (j, (other, _)) in all().iter().enumerate() {
            assert_eq!(verify(other, &server).is_ok(), i == j);
        }
    }
}

// spec: ID-6
#[test]
fn impossible_values_are_refused_even_when_signed() {
    let backwards = IdCertificate { expires: 1, ..certificate() };
    assert_eq!(
        IdCertificate::verify(&backwards.sign(&key(1)), &key(1).public()),
        Err(CertificateError::Field)
    );
    let backwards = RelayToken { expires: 1, ..token() };
    assert_eq!(RelayToken::verify(&backwards.sign(&key(1)), &key(1).public()), Err(CertificateError::Field));
    let backwards = EphemeralCertificate { not_after: 1, ..ephemeral() };
    assert_eq!(
        EphemeralCertificate::verify(&backwards.sign(&key(1)), &key(1).public()),
        Err(CertificateError::Field)
    );
    let to_itself = RotationRecord::sign([3; 32], DeviceId::from_number(42), 4, &key(1), &key(1));
    assert_eq!(RotationRecord::verify(&to_itself, &key(1).public()), Err(CertificateError::Field));
}

#[test]
fn a_single_second_is_a_time_like_any_other() {
    let server = key(1).public();
    let moment = IdCertificate { expires: 1_000_000, ..certificate() };
    assert_eq!(IdCertificate::verify(&moment.sign(&key(1)), &server), Ok(moment));
    let moment = RelayToken { expires: 1_000_000, ..token() };
    assert_eq!(RelayToken::verify(&moment.sign(&key(1)), &server), Ok(moment));
    let moment = EphemeralCertificate { not_after: 1_000_000, ..ephemeral() };
    assert_eq!(EphemeralCertificate::verify(&moment.sign(&key(1)), &server), Ok(moment));
}

// spec: ID-5
#[test]
fn time_is_checked_with_its_allowance() {
    let token = token();
    for (now, fine) in [(999_969, false), (999_970, true), (1_000_090, true), (1_000_091, false)] {
        assert_eq!(token.check_time(now).is_ok(), fine, "{now}");
    }
    let certificate = certificate();
    assert!(certificate.check_time(certificate.issued - 300).is_ok());
    assert_eq!(
        certificate.check_time(certificate.issued - 301),
        Err(CertificateError::NotYetValid { from: certificate.issued, now: certificate.issued - 301 })
    );
    assert_eq!(
        certificate.check_time(u64::MAX),
        Err(CertificateError::Expired { at: certificate.expires, now: u64::MAX })
    );
    assert!(ephemeral().check_time(1_086_700).is_ok() && ephemeral().check_time(1_086_701).is_err());
}

// spec: ID-7, ID-8, ID-9
#[test]
fn t01_a_changed_key_is_a_hard_stop_until_verified_or_rotated() {
    let (server, id) = ([3; 32], DeviceId::from_number(42));
    let (old, new) = (key(4).public(), key(5).public());
    let mut pins = Pins::new();
    assert_eq!(pins.check(server, id, &old, 1), PinVerdict::Unknown);
    pins.remember(server, id, Pin { key: old, generation: 1, verified: true }).unwrap();
    assert_eq!(pins.check(server, id, &old, 1), PinVerdict::Match { verified: true });
    // Meeting it again unverified takes nothing away.
    pins.remember(server, id, Pin { key: old, generation: 2, verified: false }).unwrap();
    let pinned = Pin { key: old, generation: 2, verified: true };
    assert_eq!(pins.find(server, id), Some(pinned));
    assert_eq!(pins.check(server, id, &old, 1), PinVerdict::OlderGeneration { pinned });
    assert_eq!(pins.check(server, id, &new, 9), PinVerdict::Changed { pinned });
    let changed = pins.remember(server, id, Pin { key: new, generation: 9, verified: true });
    assert_eq!(changed, Err(PinError::Changed));
    // The same id at another server is another device.
    assert_eq!(pins.check([4; 32], id, &new, 1), PinVerdict::Unknown);

    let record = RotationRecord::sign(server, id, 3, &key(4), &key(5));
    assert!(RotationRecord::verify(&record, &new).is_err());
    let record = RotationRecord::verify(&record, &old).unwrap();
    pins.rotate(&record).unwrap();
    assert_eq!(pins.check(server, id, &new, 3), PinVerdict::Match { verified: true });
    assert_eq!(pins.rotate(&record), Err(PinError::Changed), "a record works once");
    assert_eq!(
        pins.rotate(&RotationRecord { id: DeviceId::from_number(1), ..record }),
        Err(PinError::Unknown)
    );

    pins.replace_verified(server, id, old, 0).unwrap();
    assert_eq!(pins.check(server, id, &old, 0), PinVerdict::Match { verified: true });
    assert_eq!(pins.iter().count(), 1);
    assert!(pins.forget(server, id).is_some() && pins.is_empty());
}

// spec: ID-9
#[test]
fn a_rotation_to_the_pinned_generation_or_below_is_refused() {
    let (server, id) = ([3; 32], DeviceId::from_number(42));
    let mut pins = Pins::new();
    pins.remember(server, id, Pin { key: key(4).public(), generation: 3, verified: false }).unwrap();
    for (generation, result) in
        [(2, Err(PinError::OlderGeneration)), (3, Err(PinError::OlderGeneration)), (4, Ok(()))]
    {
        let record = RotationRecord::sign(server, id, generation, &key(4), &key(5));
        let record = RotationRecord::verify(&record, &key(4).public()).unwrap();
        assert_eq!(pins.rotate(&record), result, "generation {generation}");
    }
    let pin = Pin { key: key(5).public(), generation: 4, verified: false };
    assert_eq!(pins.find(server, id), Some(pin), "a rotation is no proof");
}

#[test]
fn t36_pins_have_their_bound() {
    let (server, pin) = ([3; 32], Pin { key: key(4).public(), generation: 1, verified: false });
    let id = |n: usize| DeviceId::from_number(u64::try_from(n).unwrap());
    let mut pins = Pins::new();
    for n in 0..Pins::LIMIT - 1 {
        pins.remember(server, id(n), pin).unwrap();
    }
    assert!(pins.len() == Pins::LIMIT - 1 && !pins.is_empty());
    pins.replace_verified(server, id(Pins::LIMIT), pin.key, 1).unwrap();
    assert_eq!(pins.remember(server, id(Pins::LIMIT + 1), pin), Err(PinError::Full));
    let replaced = pins.replace_verified(server, id(Pins::LIMIT + 1), pin.key, 1);
    assert_eq!(replaced, Err(PinError::Full));
    // Hosts that are known already need no room.
    pins.remember(server, id(0), pin).unwrap();
    pins.replace_verified(server, id(1), key(5).public(), 1).unwrap();
    assert_eq!(pins.len(), Pins::LIMIT);
}

/// The case "two devices" of `spec/vectors/safety_number.json`.
#[test]
fn safety_numbers_are_those_of_the_book() {
    let bytes =
        |text: &str| core::array::from_fn(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap());
    let [a, b] = [
        "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c",
        "8139770ea87d175f56a35466c34c7ecccb8d8a91b4ee37a25df60f5b8fc9b394",
    ]
    .map(|text| PublicKey::from_bytes(bytes(text)).unwrap());
    for number in [SafetyNumber::of(&a, &b), SafetyNumber::of(&b, &a)] {
        let shown = "48668 88161 97162 80853 22740 63246 49006 88046 00331 49555 79833 70391";
        assert_eq!(number.to_string(), shown);
        assert_eq!(number.digits(), shown.replace(' ', ""));
        assert_eq!((number.groups()[0], number.groups()[8]), (48_668, 331));
        assert!(number.matches(&shown.replace(' ', "-")));
    }
    let fingerprint = "aa40eb26fa874d4d01277b36314c69bb20bee8d52e5453bea64431b119e26155";
    assert_eq!(a.fingerprint(), bytes(fingerprint));
}

#[test]
fn every_refusal_says_something_of_its_own() {
    use deskwire_identity::{BadPublicKey, BadSignature, ServerKeyError};
    let texts = [
        CertificateError::Length { got: 1, expected: 2 }.to_string(),
        CertificateError::Kind(9).to_string(),
        CertificateError::Version(9).to_string(),
        CertificateError::Field.to_string(),
        CertificateError::Signature.to_string(),
        CertificateError::NotYetValid { from: 2, now: 1 }.to_string(),
        CertificateError::Expired { at: 1, now: 2 }.to_string(),
        PinError::Full.to_string(),
        PinError::Changed.to_string(),
        PinError::OlderGeneration.to_string(),
        PinError::Unknown.to_string(),
        ServerKeyError::Prefix.to_string(),
        ServerKeyError::Length.to_string(),
        ServerKeyError::Character.to_string(),
        ServerKeyError::Checksum.to_string(),
        ServerKeyError::Key.to_string(),
        ServerLinkError::Scheme.to_string(),
        ServerLinkError::Host.to_string(),
        ServerLinkError::Port.to_string(),
        ServerLinkError::Path.to_string(),
        ServerLinkError::Parameter.to_string(),
        ServerLinkError::Key(ServerKeyError::Length).to_string(),
        BadPublicKey.to_string(),
        BadSignature.to_string(),
    ];
    let different: std::collections::BTreeSet<&String> = texts.iter().collect();
    assert_eq!(different.len(), texts.len(), "{texts:?}");
    assert!(texts.iter().all(|text| text.contains(' ') && !text.ends_with('.')), "{texts:?}");
}

// spec: ID-3
#[test]
fn links_are_read_strictly() {
    let key = ServerKey(key(1).public());
    let good = format!("deskwire://Desk.Example:7/?key={key}&id={}", DeviceId::from_number(5));
    let link: ServerLink = good.parse().unwrap();
    assert_eq!((link.host.as_str(), link.port, link.key), ("desk.example", Some(7), Some(key)));
    assert_eq!(link.id, Some(DeviceId::from_number(5)));
    let v6: ServerLink = "deskwire://[2001:db8::1]".parse().unwrap();
    assert_eq!((v6.host.as_str(), v6.port), ("2001:db8::1", None));
    assert_eq!(v6.to_string(), "deskwire://[2001:db8::1]/");
    for (text, error) in [
        ("http://desk.example/", ServerLinkError::Scheme),
        ("deskwire:///?id=1", ServerLinkError::Host),
        ("deskwire://a b/", ServerLinkError::Host),
        ("deskwire://user@host/", ServerLinkError::Host),
        ("deskwire://[::1/", ServerLinkError::Host),
        ("deskwire://[::1]x/", ServerLinkError::Host),
        ("deskwire://-option/", ServerLinkError::Host),
        ("deskwire://host:0/", ServerLinkError::Port),
        ("deskwire://host:+1/", ServerLinkError::Port),
        ("deskwire://host:65536/", ServerLinkError::Port),
        ("deskwire://host:/", ServerLinkError::Port),
        ("deskwire://host/path?id=1", ServerLinkError::Path),
        ("deskwire://host/?relay=1", ServerLinkError::Parameter),
        ("deskwire://host/?key", ServerLinkError::Parameter),
    ] {
        assert_eq!(text.parse::<ServerLink>(), Err(error), "{text}");
    }
    for (length, fits) in [(253, true), (254, false)] {
        let link = format!("deskwire://{}/", "h".repeat(length)).parse::<ServerLink>();
        assert_eq!(link.is_ok(), fits, "a host of {length} letters");
    }
    assert_eq!(format!("{good}&key={key}").parse::<ServerLink>(), Err(ServerLinkError::Parameter));
    let second_id = format!("{good}&id={}", DeviceId::from_number(6));
    assert_eq!(second_id.parse::<ServerLink>(), Err(ServerLinkError::Parameter));
    assert!(matches!(format!("{good}x").parse::<ServerLink>(), Err(ServerLinkError::Id(_))));
    assert!(matches!("deskwire://h/?key=dwk1(1).exe".parse::<ServerLink>(), Err(ServerLinkError::Key(_))));
}

proptest! {
    #[test]
    fn rubbish_is_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), text in ".{0,80}") {
        for (_, verify) in all() {
            prop_assert!(verify(&bytes, &key(1).public()).is_err());
        }
        prop_assert!(RelayToken::claimed_key_id(&bytes).is_err());
        prop_assert!(text.parse::<ServerKey>().is_err());
        let _ = text.parse::<ServerLink>();
        let _ = format!("deskwire://{text}").parse::<ServerLink>();
    }

    #[test]
    fn links_come_back_from_their_text(
        host in "[a-z0-9][a-z0-9.-]{0,30}",
        port in prop::option::of(1u16..),
        key_byte in prop::option::of(any::<u8>()),
        id in prop::option::of(any::<u64>()),
    ) {
        let link = ServerLink {
            host,
            port,
            key: key_byte.map(|n| ServerKey(key(n).public())),
            id: id.map(DeviceId::from_number),
        };
        prop_assert_eq!(link.to_string().parse(), Ok(link));
    }
}
