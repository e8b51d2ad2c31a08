//! Answers of hosts and reports of relays by hand, and datagrams of no kind.

use alloc::vec;
use alloc::vec::Vec;

use deskwire_identity::RelayReport;
use deskwire_machine::Instant;
use deskwire_wire::ids::RelayId;
use deskwire_wire::relay::RelayState;
use deskwire_wire::rendezvous::{AttemptId, RendezvousMsg};

use super::{Bench, Hand, Server, address, key};
use crate::server::RelayInfo;

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
