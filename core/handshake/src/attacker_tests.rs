//! Peers that compute with us and lie: everything that is checked behind a seal which opens.

use alloc::vec::Vec;

use deskwire_identity::{IdentityKey, PublicKey, Secret};
use deskwire_machine::Seed;
use deskwire_wire::ids::{DeviceId, IntroductionId};

use crate::exchange::{Exchange, KEM_KEY, KemKey, TAG, draw, encapsulate};
use crate::message::{Assembler, C3_PLAIN, M2_HEAD, Message, Received, VERSION};
use crate::schedule::{Chain, id_bytes};
use crate::{Handshake, HandshakeError, HostConfig, Level, Step, ViewerConfig};

fn key(n: u8) -> IdentityKey {
    IdentityKey::from_bytes(&[n; 32])
}

fn id() -> DeviceId {
    DeviceId::from_number(77)
}

fn viewer_config() -> ViewerConfig {
    ViewerConfig {
        target: Some(id()),
        expected_host_key: Some(key(2).public()),
        server_fingerprint: Some([3; 32]),
        introduction: Some(IntroductionId([4; 32])),
        introduction_secret: Some(Secret::new([5; 32])),
        identity: key(1),
        transport_parameters: Vec::new(),
        seed: Seed::new([6; 32]),
    }
}

fn host_config() -> HostConfig {
    let ViewerConfig { target, server_fingerprint, introduction, introduction_secret, .. } = viewer_config();
    HostConfig {
        id: target,
        server_fingerprint,
        introduction,
        introduction_secret,
        identity: key(2),
        transport_parameters: Vec::new(),
        seed: Seed::new([7; 32]),
    }
}

fn sent(machine: &mut Handshake) -> Vec<u8> {
    loop {
        match machine.poll() {
            Some(Step::Send { bytes, .. }) => return bytes,
            Some(_) => {}
            None => return Vec::new(),
        }
    }
}

fn received(message: Message, bytes: &[u8]) -> Received {
    Assembler::default().push(message, bytes).unwrap().unwrap()
}

/// What a lying host puts into M2. It knows all that the server knows, so its seal opens.
struct Lie {
    version: u8,
    /// Whether somebody spoils the seal.
    spoilt: bool,
    id: [u8; 12],
    key: [u8; 32],
    signer: IdentityKey,
    label: &'static str,
    exchange: Option<[u8; 32]>,
    kem_key: Option<[u8; KEM_KEY]>,
}

fn truth() -> Lie {
    Lie {
        version: VERSION,
        spoilt: false,
        id: id_bytes(Some(id())),
        key: *key(2).public().as_bytes(),
        signer: key(2),
        label: "HS1 host",
        exchange: None,
        kem_key: None,
    }
}

/// The viewer's verdict on M2 with a lie in it.
fn viewer_meets(lie: Lie) -> Result<(), HandshakeError> {
    let config = viewer_config();
    let introduction = config.introduction().unwrap();
    let mut viewer = Handshake::viewer(config);
    let m1 = sent(&mut viewer);

    let mut chain = Chain::start(Some(&key(2).public()), introduction.as_ref());
    chain.mix_bytes(&m1);
    let seed = Seed::new([8; 32]);
    let exchange = Exchange::new(&seed);
    let mut m2 = Message::M2.start(M2_HEAD + 12 + 32 + 64 + TAG);
    m2.push(lie.version);
    m2.extend_from_slice(&lie.exchange.unwrap_or_else(|| exchange.public()));
    match lie.kem_key {
        Some(kem_key) => m2.extend_from_slice(&kem_key),
        None => m2.extend_from_slice(KemKey::new(&seed).public()),
    }
    chain.mix_bytes(&m2);
    let viewer_exchange: [u8; 32] = m1[5..37].try_into().unwrap();
    chain.mix_secret(&exchange.agree(&viewer_exchange).unwrap());
    let mut plain = lie.id.to_vec();
    plain.extend_from_slice(&lie.key);
    let signature = lie.signer.sign(lie.label, &[chain.th(), &plain]);
    plain.extend_from_slice(&signature);
    m2.extend_from_slice(&chain.seal("hs2", &plain));
    if lie.spoilt {
        *m2.last_mut().unwrap() ^= 1;
    }

    let result = viewer.read(Level::Initial, &m2);
    assert_eq!(sent(&mut viewer).is_empty(), result.is_err(), "a viewer that refuses says nothing");
    result
}

#[test]
fn a_host_that_tells_the_truth_is_believed() {
    assert_eq!(viewer_meets(truth()), Ok(()));
}

// spec: HS-10
#[test]
fn t01_a_swapped_key_is_a_pin_mismatch() {
    let lie = Lie { key: *key(9).public().as_bytes(), signer: key(9), ..truth() };
    assert_eq!(viewer_meets(lie), Err(HandshakeError::PinMismatch));
}

// spec: HS-10
#[test]
fn the_id_must_be_the_one_dialled() {
    let other = id_bytes(Some(DeviceId::from_number(78)));
    assert_eq!(viewer_meets(Lie { id: other, ..truth() }), Err(HandshakeError::IdMismatch));
    assert_eq!(viewer_meets(Lie { id: [0; 12], ..truth() }), Err(HandshakeError::IdMismatch));
    let mut wrong_digit = id_bytes(Some(id()));
    wrong_digit[11] ^= 1;
    assert_eq!(viewer_meets(Lie { id: wrong_digit, ..truth() }), Err(HandshakeError::BadId));
    assert_eq!(viewer_meets(Lie { id: *b"12345678901x", ..truth() }), Err(HandshakeError::BadId));
}

// spec: HS-14
#[test]
fn only_the_host_itself_can_sign_as_the_host() {
    let bad = Err(HandshakeError::BadSignature(Message::M2));
    assert_eq!(viewer_meets(Lie { signer: key(9), ..truth() }), bad);
    assert_eq!(viewer_meets(Lie { label: "HS1 viewer", ..truth() }), bad);
}

// spec: HS-1, HS-11
#[test]
fn keys_that_are_none_are_refused() {
    let weak = Lie { exchange: Some([0; 32]), ..truth() };
    assert_eq!(viewer_meets(weak), Err(HandshakeError::WeakExchange));
    // 0xfff is above the modulus 3329 of ML-KEM.
    let malformed = Lie { kem_key: Some([0xff; KEM_KEY]), ..truth() };
    assert_eq!(viewer_meets(malformed), Err(HandshakeError::BadKemKey));

    // With mode 1 the key is not compared with anything, and must still be one.
    let mut host = Handshake::host(HostConfig {
        introduction: None,
        introduction_secret: None,
        server_fingerprint: None,
        ..host_config()
    });
    let mut m1 = Message::M1.start(34);
    m1.extend_from_slice(&[VERSION, 1]);
    m1.extend_from_slice(&[0; 32]);
    assert_eq!(host.read(Level::Initial, &m1), Err(HandshakeError::WeakExchange));
}

/// Each of these alone is refused for what it is. Of several, the one that is checked first is named: so nothing behind a
/// check is looked at before the check was passed.
// spec: HS-9
#[test]
fn m2_is_checked_in_the_order_of_the_book() {
    type Change = fn(&mut Lie);
    let m2 = Message::M2;
    let faults: [(Change, HandshakeError); 9] = [
        (|lie| lie.version = 2, HandshakeError::Version(2)),
        (|lie| lie.exchange = Some([0; 32]), HandshakeError::WeakExchange),
        (|lie| lie.spoilt = true, HandshakeError::NotOpened(m2)),
        (|lie| lie.id = *b"12345678901x", HandshakeError::BadId),
        (|lie| lie.key = [0; 32], HandshakeError::BadIdentityKey(m2)),
        (|lie| lie.key = *key(9).public().as_bytes(), HandshakeError::PinMismatch),
        (|lie| lie.id = id_bytes(Some(DeviceId::from_number(78))), HandshakeError::IdMismatch),
        (|lie| lie.label = "HS1 viewer", HandshakeError::BadSignature(m2)),
        (|lie| lie.kem_key = Some([0xff; KEM_KEY]), HandshakeError::BadKemKey),
    ];
    for first in 0..faults.len() {
        let (change, error) = faults[first];
        let mut alone = truth();
        change(&mut alone);
        assert_eq!(viewer_meets(alone), Err(error), "alone");
        // Two of them change the same field: the first of the order is made last.
        let mut all = truth();
        faults[first..].iter().rev().for_each(|(change, _)| change(&mut all));
        assert_eq!(viewer_meets(all), Err(error), "with all that follow");
    }
}

/// The host's verdict on M3 of a viewer that names `shown` and signs with `signer` under `label`.
fn host_meets(shown: [u8; 32], signer: &IdentityKey, label: &str) -> Result<(), HandshakeError> {
    let mut host = Handshake::host(host_config());
    let introduction = viewer_config().introduction().unwrap();
    let seed = Seed::new([8; 32]);
    let exchange = Exchange::new(&seed);
    let mut m1 = Message::M1.start(34);
    m1.extend_from_slice(&[VERSION, 0]);
    m1.extend_from_slice(&exchange.public());
    host.read(Level::Initial, &m1).unwrap();
    let m2 = received(Message::M2, &sent(&mut host));

    let mut chain = Chain::start(Some(&key(2).public()), introduction.as_ref());
    chain.mix_bytes(&m1);
    let mut fields = m2.fields();
    let _ = fields.byte().unwrap();
    let host_exchange: &[u8; 32] = fields.take().unwrap();
    let kem_key: &[u8; KEM_KEY] = fields.take().unwrap();
    let (head, c2) = m2.split_tail(fields.rest().len()).unwrap();
    chain.mix_bytes(head);
    chain.mix_secret(&exchange.agree(host_exchange).unwrap());
    chain.mix_bytes(c2);
    let (shared, ciphertext) = encapsulate(kem_key, &seed).unwrap();
    let mut m3 = Message::M3.start(*Message::M3.lengths().end());
    m3.extend_from_slice(&ciphertext);
    chain.mix_bytes(&m3);
    chain.mix_secret(&shared);
    let mut plain = Vec::with_capacity(C3_PLAIN);
    plain.extend_from_slice(&[9; 32]);
    plain.extend_from_slice(&shown);
    let signature = signer.sign(label, &[chain.th(), &plain]);
    plain.extend_from_slice(&signature);
    m3.extend_from_slice(&chain.seal("hs3", &plain));

    let result = host.read(Level::Initial, &m3);
    assert_eq!(sent(&mut host).is_empty(), result.is_err(), "a host that refuses says nothing");
    result
}

// spec: HS-11, HS-14
#[test]
fn a_viewer_can_be_nobody_but_itself() {
    let own: PublicKey = key(1).public();
    assert_eq!(host_meets(*own.as_bytes(), &key(1), "HS1 viewer"), Ok(()));
    let bad = Err(HandshakeError::BadSignature(Message::M3));
    assert_eq!(host_meets(*own.as_bytes(), &key(9), "HS1 viewer"), bad);
    assert_eq!(host_meets(*own.as_bytes(), &key(1), "HS1 host"), bad);
    let no_key = Err(HandshakeError::BadIdentityKey(Message::M3));
    assert_eq!(host_meets([0; 32], &key(1), "HS1 viewer"), no_key);
}

/// Whether somebody has the handshake keys who saw every message and knows all that the server knows, and besides has
/// those of the three secrets that `known` says: X25519, ML-KEM, and the key that the viewer sealed.
fn has_the_keys(known: [bool; 3]) -> bool {
    let config = viewer_config();
    let seed = config.seed.clone();
    let introduction = config.introduction().unwrap();
    let (mut viewer, mut host) = (Handshake::viewer(config), Handshake::host(host_config()));
    let m1 = sent(&mut viewer);
    host.read(Level::Initial, &m1).unwrap();
    let m2 = received(Message::M2, &sent(&mut host));
    viewer.read(Level::Initial, m2.whole()).unwrap();
    let m3 = received(Message::M3, &sent(&mut viewer));
    let Some(Step::Keys { secrets, .. }) = viewer.poll() else { panic!("M3 comes with the handshake keys") };

    let mut fields = m2.fields();
    let _ = fields.byte().unwrap();
    let agreed = Exchange::new(&seed).agree(fields.take().unwrap()).unwrap();
    let (encapsulated, _) = encapsulate(fields.take().unwrap(), &seed).unwrap();
    let sealed_key: Secret<32> = draw(&seed, "sealed key");
    let c2_len = fields.rest().len();

    let mut chain = Chain::start(Some(&key(2).public()), introduction.as_ref());
    chain.mix_bytes(&m1);
    let mut mix = |known: bool, (head, sealed): (&[u8], &[u8]), secret: &Secret<32>| {
        chain.mix_bytes(head);
        if known {
            chain.mix_secret(secret);
        }
        chain.mix_bytes(sealed);
    };
    mix(known[0], m2.split_tail(c2_len).unwrap(), &agreed);
    mix(known[1], m3.split_tail(C3_PLAIN + TAG).unwrap(), &encapsulated);
    if known[2] {
        chain.mix_secret(&sealed_key);
    }
    chain.handshake_secrets() == secrets
}

#[test]
fn every_one_of_the_three_secrets_is_needed_for_the_keys() {
    assert!(has_the_keys([true; 3]));
    for n in 0..7u8 {
        let known = [n & 1 != 0, n & 2 != 0, n & 4 != 0];
        assert!(!has_the_keys(known), "{known:?} is enough");
    }
}
