//! Peers and networks that mean harm, at the level of messages. (What needs a peer that computes with us is in the
//! crate's own tests.)

use deskwire_handshake::{Handshake, HandshakeError, Level, Message, Secret};
use deskwire_identity::IdentityKey;
use deskwire_wire::ids::{DeviceId, IntroductionId};

use crate::support::*;

/// Runs the two and wants the viewer to fail at M2, the host to wait and to have said one thing.
fn fails_at_m2(viewer: &mut Side, host: &mut Side) {
    let result = converse(viewer, host, |_, _| ());
    assert_eq!(result, Err(HandshakeError::NotOpened(Message::M2)));
    assert!(viewer.established.is_none() && host.established.is_none());
    assert_eq!((viewer.sent.len(), host.sent.len()), (1, 1));
    assert!(viewer.keys.is_empty() && host.keys.is_empty());
}

// spec: HS-14
#[test]
fn t01_a_host_with_another_key_than_the_pinned_one_gets_nowhere() {
    let mut config = host_config(0);
    config.identity = IdentityKey::from_bytes(&[0xcc; 32]);
    fails_at_m2(&mut Side::viewer(viewer_config(0)), &mut Side::host(config));
}

#[test]
fn everything_dialled_is_bound() {
    let mut config = host_config(0);
    config.introduction_secret = Some(Secret::new([0; 32]));
    fails_at_m2(&mut Side::viewer(viewer_config(0)), &mut Side::host(config));
    let mut config = host_config(0);
    config.introduction = Some(IntroductionId([0; 32]));
    fails_at_m2(&mut Side::viewer(viewer_config(0)), &mut Side::host(config));
    let mut config = host_config(0);
    config.server_fingerprint = Some([0; 32]);
    fails_at_m2(&mut Side::viewer(viewer_config(0)), &mut Side::host(config));
    let mut config = host_config(0);
    config.id = Some(DeviceId::from_number(1));
    fails_at_m2(&mut Side::viewer(viewer_config(0)), &mut Side::host(config));
    let mut config = host_config(0);
    (config.introduction, config.introduction_secret, config.server_fingerprint) = (None, None, None);
    fails_at_m2(&mut Side::viewer(viewer_config(0)), &mut Side::host(config));
}

// spec: HS-6
#[test]
fn an_introduced_host_refuses_viewers_that_do_not_know_its_key() {
    let mut config = viewer_config(0);
    (config.introduction, config.introduction_secret, config.server_fingerprint) = (None, None, None);
    config.expected_host_key = None;
    let (mut viewer, mut host) = (Side::viewer(config), Side::host(host_config(0)));
    assert_eq!(converse(&mut viewer, &mut host, |_, _| ()), Err(HandshakeError::Mode(1)));
    assert!(host.sent.is_empty());
}

// spec: HS-6, HS-8
#[test]
fn t09_unknown_versions_and_modes_are_refused() {
    let (_, _, messages) = honest(0);
    for version in [0, 2, 255] {
        let mut m1 = messages[0].clone();
        m1[3] = version;
        assert_eq!(
            before(Message::M1, 0, &messages).take(Message::M1, &m1),
            Err(HandshakeError::Version(version))
        );
        let mut m2 = messages[1].clone();
        m2[3] = version;
        assert_eq!(
            before(Message::M2, 0, &messages).take(Message::M2, &m2),
            Err(HandshakeError::Version(version))
        );
    }
    let mut m1 = messages[0].clone();
    m1[4] = 2;
    assert_eq!(before(Message::M1, 0, &messages).take(Message::M1, &m1), Err(HandshakeError::Mode(2)));
}

// spec: HS-2, HS-12
#[test]
fn own_messages_come_back_as_errors() {
    let (_, _, messages) = honest(0);
    // The viewer's M1 while M2 is due, its M3 while M4 is due; the host's M2 and M4 likewise.
    for (sent, due) in [(0, Message::M2), (2, Message::M4), (1, Message::M3), (3, Message::M5)] {
        let got = messages[sent][0];
        assert_eq!(
            before(due, 0, &messages).take(due, &messages[sent]),
            Err(HandshakeError::UnexpectedMessage { expected: due, got })
        );
        // And dressed up as what is due, at the length they have.
        let mut dressed = messages[sent].clone();
        dressed[0] = due as u8;
        let mut side = before(due, 0, &messages);
        assert!(side.take(due, &dressed).is_err() && side.established.is_none());
    }
    // M4 sent back as M5 is refused by its content, for the two have different keys.
    let mut reflected = messages[3].clone();
    reflected[0] = Message::M5 as u8;
    assert_eq!(
        before(Message::M5, 0, &messages).take(Message::M5, &reflected),
        Err(HandshakeError::BadConfirmation(Message::M5))
    );
}

// spec: HS-12
#[test]
fn t10_an_old_run_cannot_be_replayed_to_either_side() {
    let (_, _, old) = honest(0);
    let mut host = Side::host(host_config(1));
    host.take(Message::M1, &old[0]).unwrap();
    assert_eq!(host.take(Message::M3, &old[2]), Err(HandshakeError::NotOpened(Message::M3)));
    assert_eq!(host.sent.len(), 1, "one answer, and that is all");
    let mut viewer = Side::viewer(viewer_config(1));
    assert_eq!(viewer.take(Message::M2, &old[1]), Err(HandshakeError::NotOpened(Message::M2)));
    assert_eq!(viewer.sent.len(), 1);
    // Later messages of an old run in a new one.
    let (_, _, new) = honest(1);
    assert_eq!(
        before(Message::M4, 1, &new).take(Message::M4, &old[3]),
        Err(HandshakeError::BadConfirmation(Message::M4))
    );
    assert_eq!(
        before(Message::M5, 1, &new).take(Message::M5, &old[4]),
        Err(HandshakeError::BadConfirmation(Message::M5))
    );
}

// spec: HS-2
#[test]
fn messages_out_of_turn_are_refused() {
    let (_, _, messages) = honest(0);
    for due in MESSAGES {
        for other in MESSAGES.into_iter().filter(|other| *other != due) {
            let mut side = before(due, 0, &messages);
            let error = side.read(due.level(), &messages[other as usize - 1]);
            assert_eq!(
                error,
                Err(HandshakeError::UnexpectedMessage { expected: due, got: other as u8 }),
                "{other} while {due} was due"
            );
        }
    }
}

// spec: HS-2
#[test]
fn messages_at_another_level_are_refused() {
    let (_, _, messages) = honest(0);
    for due in MESSAGES {
        for level in [Level::Initial, Level::Handshake, Level::Application] {
            let result = before(due, 0, &messages).read(level, &messages[due as usize - 1]);
            if level == due.level() {
                assert_eq!(result, Ok(()));
            } else {
                assert_eq!(result, Err(HandshakeError::WrongLevel { expected: due, got: level }));
            }
        }
    }
}

// spec: HS-3
#[test]
fn bytes_after_the_end_end_it() {
    let (mut viewer, mut host, messages) = honest(0);
    assert_eq!(viewer.take(Message::M4, &messages[3]), Err(HandshakeError::AfterEnd));
    assert_eq!(host.read(Level::Application, &[0]), Err(HandshakeError::AfterEnd));
}

// spec: HS-14
#[test]
fn steps_that_nobody_polled_die_with_the_handshake() {
    let (_, _, messages) = honest(0);
    let mut viewer = Handshake::viewer(viewer_config(0));
    viewer.read(Level::Initial, &messages[1]).unwrap();
    viewer.read(Level::Handshake, &messages[3]).unwrap();
    assert!(viewer.is_established());
    assert_eq!(viewer.read(Level::Handshake, &[0]), Err(HandshakeError::AfterEnd));
    assert!(!viewer.is_established());
    assert_eq!(viewer.poll(), None, "no message, no key, no verdict");
}
