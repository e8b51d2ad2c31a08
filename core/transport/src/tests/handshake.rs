//! Becoming established, or not.

use deskwire_handshake::HandshakeError;
use deskwire_identity::{IdentityKey, Secret};

use crate::testing::{HOST, VIEWER, World, answer_config, dial_config, host_key, ms, viewer_key};
use crate::{Closed, Event, PathKind};

#[test]
fn both_learn_who_the_other_is_and_share_secrets() {
    let mut world = World::connected(1);
    world.run(ms(1_000));
    let mut peers = Vec::new();
    for end in &mut world.ends {
        let at = end.events.iter().position(|(_, event)| matches!(event, Event::Established(_))).unwrap();
        let Some((_, Event::Established(peer))) = end.events.remove(at) else { unreachable!() };
        peers.push(peer);
    }
    assert_eq!(peers[VIEWER].peer_key, host_key().public());
    assert_eq!(peers[HOST].peer_key, viewer_key().public());
    assert!(peers[0].exporter == peers[1].exporter && peers[0].resumption == peers[1].resumption);
    assert!(peers[0].exporter != peers[0].resumption);
    assert_eq!(world.closed(VIEWER), None);
}

#[test]
fn it_takes_two_and_a_half_round_trips() {
    let mut world = World::new(2);
    world.add_wire(PathKind::Relay, 40);
    let start = world.now;
    world.run_until_both_established();
    let established = |event: &Event| matches!(event, Event::Established(_));
    assert_eq!(world.last(VIEWER, established).unwrap() - start, ms(160));
    assert_eq!(world.last(HOST, established).unwrap() - start, ms(200));
}
