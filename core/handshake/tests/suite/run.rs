//! Runs that succeed, and what both sides have then.

use deskwire_handshake::{
    Handshake, HandshakeError, Level, MAX_TRANSPORT_PARAMETERS, Misuse, Secret, initial_secrets, next_secret,
    packet_keys, packet_nonce,
};

use crate::support::*;

#[test]
fn both_sides_end_with_the_same_secrets_and_the_right_peer() {
    let (viewer, host, messages) = honest(0);
    let (a, b) = (viewer.established.unwrap(), host.established.unwrap());
    assert_eq!(a.peer_key, host_key().public());
    assert_eq!(b.peer_key, viewer_key().public());
    assert_eq!((a.peer_id, b.peer_id), (Some(host_id()), None));
    assert_eq!(a.peer_transport_parameters, host_config(0).transport_parameters);
    assert_eq!(b.peer_transport_parameters, viewer_config(0).transport_parameters);
    assert!(a.exporter == b.exporter && a.resumption == b.resumption && a.exporter != a.resumption);
    assert!(viewer.keys == host.keys);
    assert_eq!(
        viewer.keys.iter().map(|(l, _)| *l).collect::<Vec<_>>(),
        [Level::Handshake, Level::Application]
    );
    for (_, secrets) in &viewer.keys {
        assert!(secrets.a2b != secrets.b2a);
    }
    for (message, bytes) in MESSAGES.iter().zip(&messages) {
        assert_eq!(bytes[0], *message as u8);
        assert_eq!(usize::from(u16::from_be_bytes([bytes[1], bytes[2]])), bytes.len() - 3);
    }
    let levels = |side: &[(Level, Vec<u8>)]| side.iter().map(|(l, _)| *l).collect::<Vec<_>>();
    assert_eq!(levels(&viewer.sent), [Level::Initial, Level::Initial, Level::Handshake]);
    assert_eq!(levels(&host.sent), [Level::Initial, Level::Handshake]);
}

#[test]
fn the_same_seeds_give_the_same_bytes_and_others_do_not() {
    let (first, again, other) = (honest(0), honest(0), honest(1));
    assert_eq!(first.2, again.2);
    assert!(first.0.established == again.0.established);
    assert!(first.0.established != other.0.established);
    assert!(first.2.iter().zip(&other.2).all(|(a, b)| a != b));
}

#[test]
fn a_direct_dial_works_with_and_without_the_key() {
    for knows_key in [true, false] {
        for knows_id in [true, false] {
            let (mut viewer, mut host) = (viewer_config(0), host_config(0));
            (viewer.introduction, viewer.introduction_secret, viewer.server_fingerprint) = (None, None, None);
            (host.introduction, host.introduction_secret, host.server_fingerprint) = (None, None, None);
            viewer.expected_host_key = viewer.expected_host_key.filter(|_| knows_key);
            viewer.target = viewer.target.filter(|_| knows_id);
            let (mut viewer, mut host) = (Side::viewer(viewer), Side::host(host));
            converse(&mut viewer, &mut host, |_, _| ()).unwrap();
            let established = viewer.established.unwrap();
            assert_eq!(established.peer_key, host_key().public());
            assert_eq!(established.peer_id, Some(host_id()));
            assert!(host.established.unwrap().exporter == established.exporter);
        }
    }
}

#[test]
fn a_host_without_an_id_can_be_dialled_directly() {
    let (mut viewer, mut host) = (viewer_config(0), host_config(0));
    (viewer.introduction, viewer.introduction_secret, viewer.server_fingerprint) = (None, None, None);
    (host.introduction, host.introduction_secret, host.server_fingerprint) = (None, None, None);
    (viewer.target, host.id) = (None, None);
    let (mut viewer, mut host) = (Side::viewer(viewer), Side::host(host));
    converse(&mut viewer, &mut host, |_, _| ()).unwrap();
    assert_eq!(viewer.established.unwrap().peer_id, None);
}

// spec: HS-15
#[test]
fn transport_parameters_come_out_once_they_are_signed_for() {
    let (_, _, messages) = honest(0);
    let viewer_parameters = viewer_config(0).transport_parameters;
    let mut host = before(MESSAGES[2], 0, &messages);
    assert_eq!(host.machine.peer_transport_parameters(), None, "M1 is not signed");
    host.take(MESSAGES[2], &messages[2]).unwrap();
    assert_eq!(host.machine.peer_transport_parameters(), Some(&viewer_parameters[..]));
    let viewer = before(MESSAGES[3], 0, &messages);
    assert_eq!(viewer.machine.peer_transport_parameters(), Some(&host_config(0).transport_parameters[..]));
}

#[test]
fn transport_parameters_have_their_limit() {
    for (len, fits) in [(0, true), (MAX_TRANSPORT_PARAMETERS, true), (MAX_TRANSPORT_PARAMETERS + 1, false)] {
        let (mut viewer, mut host) = (viewer_config(0), host_config(0));
        viewer.transport_parameters = vec![7; len];
        host.transport_parameters = vec![8; len];
        let (mut viewer, mut host) = (Side::viewer(viewer), Side::host(host));
        let misuse = Some(HandshakeError::Misuse(Misuse::TransportParametersTooLong)).filter(|_| !fits);
        assert_eq!((viewer.machine.error(), host.machine.error()), (misuse, misuse));
        if fits {
            converse(&mut viewer, &mut host, |_, _| ()).unwrap();
            assert_eq!(host.established.unwrap().peer_transport_parameters.len(), len);
        } else {
            assert!(viewer.sent.is_empty());
        }
    }
}

// spec: HS-7
#[test]
fn half_an_introduction_is_misuse() {
    let mut config = viewer_config(0);
    config.introduction_secret = None;
    let partial = Some(HandshakeError::Misuse(Misuse::PartialIntroduction));
    assert_eq!(Handshake::viewer(config).error(), partial);
    let mut config = host_config(0);
    config.id = None;
    assert_eq!(Handshake::host(config).error(), partial);
    let mut config = viewer_config(0);
    config.expected_host_key = None;
    let without_key = Some(HandshakeError::Misuse(Misuse::IntroducedWithoutKey));
    assert_eq!(Handshake::viewer(config).error(), without_key);
}

// spec: TR-8
#[test]
fn packet_keys_and_nonces_differ_wherever_they_must() {
    let (viewer, _, _) = honest(0);
    let secrets = &viewer.keys[1].1;
    let (a, b, next) =
        (packet_keys(&secrets.a2b), packet_keys(&secrets.b2a), packet_keys(&next_secret(&secrets.a2b)));
    assert!(a.key != b.key && a.iv != b.iv && a.hp != b.hp && a.key != next.key && a.key != a.hp);
    let mut nonces = vec![];
    for path in [0, 1, u32::MAX] {
        for number in [0, 1, 1 << 32, (1 << 62) - 1] {
            nonces.push(packet_nonce(&a.iv, path, number));
        }
    }
    nonces.sort_unstable();
    nonces.dedup();
    assert_eq!(nonces.len(), 12);
    let nonce = packet_nonce(&a.iv, 0x0102_0304, 0x0506_0708_090a_0b0c);
    let added: Vec<u8> = nonce.iter().zip(a.iv.as_bytes()).map(|(byte, iv)| byte ^ iv).collect();
    assert_eq!(added, (1..=12).collect::<Vec<u8>>(), "path and number, big-endian, over the whole base");

    let secret = Secret::new([1; 32]);
    let initial = initial_secrets(Some(&secret), b"cid");
    assert!(initial == initial_secrets(Some(&secret), b"cid"));
    assert!(initial != initial_secrets(Some(&secret), b"dic") && initial != initial_secrets(None, b"cid"));
    assert!(initial.a2b != initial.b2a);
}

#[test]
fn t47_nothing_secret_shows_in_debug() {
    let (viewer, host, _) = honest(0);
    let shown = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        viewer.machine,
        viewer.keys,
        viewer.established,
        host.machine,
        viewer_config(0),
        host_config(0),
        packet_keys(&viewer.keys[0].1.a2b),
    );
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    let list = |bytes: &[u8]| format!("{:?}", bytes).trim_matches(['[', ']']).to_owned();
    let keys = packet_keys(&viewer.keys[0].1.a2b);
    for secret in [
        &viewer.keys[0].1.a2b.as_bytes()[..],
        &viewer.keys[1].1.b2a.as_bytes()[..],
        &viewer.established.as_ref().unwrap().exporter.as_bytes()[..],
        &viewer_key().to_bytes()[..],
        &[0x53; 32][..],
        &keys.key.as_bytes()[..],
    ] {
        assert!(!shown.contains(&hex(&secret[..4])) && !shown.contains(&list(&secret[..4])), "{shown}");
    }
}

#[test]
fn a_machine_can_go_to_another_thread() {
    fn movable<T: Send + Sync + 'static>() {}
    movable::<Handshake>();
}
