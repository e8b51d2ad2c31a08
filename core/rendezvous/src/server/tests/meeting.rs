//! Answers of hosts, offers and reports of relays by hand, statements in another form, and datagrams of no kind.

use alloc::vec;
use alloc::vec::Vec;

use core::time::Duration;

use deskwire_identity::RelayReport;
use deskwire_machine::Instant;
use deskwire_wire::ids::{RelayId, Role};
use deskwire_wire::relay::RelayState;
use deskwire_wire::rendezvous::{
    AttemptId, ConnectStatement, Introduced, RefuseReason, RegisterStatement, RendezvousMsg, address_bytes,
};
use deskwire_wire::{CapnProto, Codec};

use super::{Bench, Hand, Server, address, key};
use crate::exchange::{CONNECT, REGISTER, connect_parts, register_parts, tokens_proof};
use crate::server::{RelayInfo, StoreRequest};

fn accept(attempt: AttemptId, random: u8) -> RendezvousMsg {
    RendezvousMsg::Answer { attempt, accept: true, random: [random; 32], candidates: Vec::new() }
}

/// The host's random in what the viewer is told.
fn told(viewer: &Hand, bench: &mut Bench, host: &mut Hand, message: &RendezvousMsg) -> Vec<u8> {
    let bytes = host.seal(message);
    let answers = bench.frame(host.address, bytes);
    let told = viewer.read(&answers).into_iter();
    told.filter_map(|message| match message {
        RendezvousMsg::Introduced(introduced) => Some(introduced.host_random[0]),
        _ => None,
    })
    .collect()
}

// spec: IN-6
#[test]
fn only_the_device_that_was_dialled_answers() {
    let mut bench = Bench::new();
    let mut host = bench.greet(address(1));
    let id = bench.register(&mut host, &key(5));
    let mut other = bench.greet(address(3));
    bench.register(&mut other, &key(8));
    let mut viewer = bench.greet(address(2));
    let dial = viewer.connect(&bench.server, id, &key(6), &key(6));
    let bytes = viewer.seal(&dial);
    let answers = bench.frame(address(2), bytes);
    let [RendezvousMsg::Incoming { attempt, .. }] = host.read(&answers)[..] else { panic!("it is asked") };
    let none: Vec<u8> = Vec::new();
    assert_eq!(told(&viewer, &mut bench, &mut other, &accept(attempt, 1)), none, "another device");
    let mut stranger = bench.greet(address(4));
    assert_eq!(told(&viewer, &mut bench, &mut stranger, &accept(attempt, 2)), none, "none at all");
    assert_eq!(told(&viewer, &mut bench, &mut host, &accept(attempt, 3)), [3]);
}

// spec: CV-5
#[test]
fn datagrams_of_no_kind_get_no_answer() {
    let mut bench = Bench::new();
    let mut hand = bench.greet(address(1));
    bench.register(&mut hand, &key(5));
    let beat = hand.seal(&RendezvousMsg::Beat { sequence: 1, rtts: Vec::new() });
    for first in 0..=u8::MAX {
        let mut bytes = beat.clone();
        let own = bytes[0] == first;
        bytes[0] = first;
        assert_eq!(bench.frame(address(1), bytes).is_empty(), !own, "{first}");
    }
    assert_eq!(bench.frame(address(1), vec![]), []);
}

/// Another packed form of the same message: the highest byte of its size, which is zero, is written all the same.
fn written_otherwise(bytes: &[u8]) -> Vec<u8> {
    let [0x10, size, rest @ ..] = bytes else { panic!("a segment of less than 256 words") };
    [&[0x90, *size, 0], rest].concat()
}

/// What is signed is what travels: a server that read a statement, wrote it again and checked the signature over that
/// would refuse the first of each pair here and take the second.
// spec: CV-4
#[test]
fn t46_statements_are_checked_as_they_came() {
    let mut bench = Bench::new();
    let mut device = bench.greet(address(1));
    let RendezvousMsg::Register { statement: bytes, .. } = device.register(&bench.server, &key(5), 1) else {
        panic!("a registration")
    };
    let other = written_otherwise(&bytes);
    let read = |bytes: &[u8]| -> RegisterStatement { CapnProto::decode(bytes).unwrap() };
    assert!(read(&other) == read(&bytes) && other != bytes);
    let fingerprint = bench.server.server_key().fingerprint();
    let observed = address_bytes(device.address);
    for (signed, is_taken) in [(&bytes, false), (&other, true)] {
        let parts = register_parts(&fingerprint, &device.welcome.cookie, &observed, signed);
        let signature = key(5).sign(REGISTER, &parts);
        let message = RendezvousMsg::Register { statement: other.clone(), signature };
        let answers = bench.say(&mut device, &message);
        let refused =
            matches!(answers[..], [RendezvousMsg::RegisterRefused { reason: RefuseReason::Signature, .. }]);
        let asked = matches!(bench.store()[..], [StoreRequest::Claim { .. }]);
        assert_eq!((refused, asked), (!is_taken, is_taken), "{answers:?}");
    }

    for is_taken in [false, true] {
        let mut bench = Bench::new();
        let (mut host, mut viewer) = (bench.greet(address(1)), bench.greet(address(2)));
        let id = bench.register(&mut host, &key(5));
        let dial = viewer.connect(&bench.server, id, &key(6), &key(6));
        let RendezvousMsg::Connect { statement: bytes, .. } = dial else { panic!("a dial") };
        let other = written_otherwise(&bytes);
        let read = |bytes: &[u8]| -> ConnectStatement { CapnProto::decode(bytes).unwrap() };
        assert!(read(&other) == read(&bytes) && other != bytes);
        let signed = if is_taken { &other } else { &bytes };
        let parts = connect_parts(&fingerprint, &viewer.welcome.cookie, signed);
        let signature = Some(key(6).sign(CONNECT, &parts));
        let sealed = viewer.seal(&RendezvousMsg::Connect { statement: other.clone(), signature });
        let answers = bench.frame(address(2), sealed);
        assert_eq!(host.read(&answers).len(), usize::from(is_taken));
    }
}

/// The introduction as each side was told it, host first.
fn introduce(bench: &mut Bench, host: &mut Hand, viewer: &mut Hand) -> [Introduced; 2] {
    let id = bench.register(host, &key(5));
    let dial = viewer.connect(&bench.server, id, &key(6), &key(6));
    let bytes = viewer.seal(&dial);
    let answers = bench.frame(viewer.address, bytes);
    let [RendezvousMsg::Incoming { attempt, .. }] = host.read(&answers)[..] else { panic!("it is asked") };
    let bytes = host.seal(&accept(attempt, 3));
    let answers = bench.frame(host.address, bytes);
    [&*host, &*viewer].map(|hand| match &hand.read(&answers)[..] {
        [RendezvousMsg::Introduced(introduced)] => (**introduced).clone(),
        other => panic!("{other:?}"),
    })
}

// spec: IN-13
#[test]
fn offers_are_handed_on_only_without_relays_and_only_to_who_made_one() {
    let mut config = Bench::config();
    config.relays = vec![RelayInfo {
        id: RelayId(1),
        addresses: vec![address(9)],
        url: None,
        penalty_ms: 0,
        draining: false,
        key: None,
    }];
    let mut bench = Bench::with(config);
    let (mut host, mut viewer) = (bench.greet(address(1)), bench.greet(address(2)));
    let [introduced, _] = introduce(&mut bench, &mut host, &mut viewer);
    let wish = |role: Role, avoid: &[u32], offer: &[u8]| RendezvousMsg::TokensWanted {
        introduction: introduced.introduction,
        issued: introduced.issued,
        role,
        proof: *tokens_proof(&introduced.secret.0, introduced.introduction, role).as_bytes(),
        avoid: avoid.iter().copied().map(RelayId).collect(),
        rtts: Vec::new(),
        offer: offer.to_vec(),
    };
    // How many relays, and which offer, host and viewer are told after a wish of one of them.
    let mut told = |role: Role, avoid: &[u32], offer: &[u8]| {
        let asker = if role == Role::Host { &mut host } else { &mut viewer };
        let (address, bytes) = (asker.address, asker.seal(&wish(role, avoid, offer)));
        let answers = bench.frame(address, bytes);
        [&host, &viewer].map(|hand| match &hand.read(&answers)[..] {
            [] => None,
            [RendezvousMsg::Tokens { relays, offer, .. }] => Some((relays.len(), offer.clone())),
            other => panic!("{other:?}"),
        })
    };
    let none: Vec<u8> = Vec::new();
    // A relay is left: nobody gets addresses, whoever offers.
    assert_eq!(told(Role::Viewer, &[], &[7]), [None, Some((1, none.clone()))]);
    assert_eq!(told(Role::Host, &[], &[8]), [Some((1, none.clone())), None]);
    // None is left. The viewer offers; a host that does not is given nothing, and neither is the viewer.
    assert_eq!(told(Role::Viewer, &[1], &[7]), [None, Some((1, none.clone()))]);
    assert_eq!(told(Role::Host, &[1], &[]), [Some((1, none.clone())), None]);
    // Once both do, each is told the other's.
    assert_eq!(told(Role::Host, &[1], &[8]), [Some((1, vec![7])), Some((1, vec![8]))]);
    // After a minute the relay counts again.
    bench.wait(Duration::from_secs(60));
    let mut host_again = bench.greet(address(1));
    let bytes = host_again.seal(&wish(Role::Host, &[], &[8]));
    let answers = bench.frame(address(1), bytes);
    assert!(
        matches!(&host_again.read(&answers)[..], [RendezvousMsg::Tokens { offer, .. }] if offer.is_empty())
    );
}

// spec: RL-20
#[test]
fn only_new_reports_of_the_relay_itself_are_believed() {
    let mut config = Bench::config();
    config.relays.push(RelayInfo {
        id: RelayId(1),
        addresses: vec![address(9)],
        url: None,
        penalty_ms: 0,
        draining: false,
        key: Some(key(20).public()),
    });
    let (now, start) = (Instant::from_micros(5), config.unix_time * 1_000);
    let mut server = Server::new(now, config);
    let mut is_believed = |relay, signer, sent_ms| {
        let report = RelayReport {
            relay: RelayId(relay),
            sent_ms,
            state: RelayState::Serving,
            load_percent: 0,
            sessions: 0,
        };
        let before = server.stats().relay_reports;
        server.handle_relay_report(now, &report.sign(&key(signer)));
        server.stats().relay_reports > before
    };
    assert!(!is_believed(1, 21, start), "another key");
    assert!(!is_believed(2, 20, start), "a relay that nobody knows");
    assert!(!is_believed(1, 20, start - 90_001) && !is_believed(1, 20, start + 90_001), "another time");
    assert!(is_believed(1, 20, start - 90_000));
    assert!(!is_believed(1, 20, start - 90_000), "a copy");
    assert!(is_believed(1, 20, start + 5));
    assert!(!is_believed(1, 20, start + 4), "an older one");
    assert!(is_believed(1, 20, start + 90_000));
}
