//! Messages in pieces, and bytes that are no messages.

use deskwire_handshake::{HandshakeError, Level, Message};
use proptest::prelude::*;

use crate::support::*;

// spec: HS-4
#[test]
fn one_byte_at_a_time_is_the_same_run() {
    let (viewer, _, messages) = honest(0);
    for message in MESSAGES {
        let bytes = &messages[message as usize - 1];
        let mut side = before(message, 0, &messages);
        let sent = side.sent.len();
        for (i, byte) in bytes.iter().enumerate() {
            assert_eq!((side.sent.len(), side.established.is_some()), (sent, false), "{message}, byte {i}");
            side.take(message, &[*byte]).unwrap();
            side.take(message, &[]).unwrap();
        }
        match message {
            Message::M1 => assert_eq!(side.last(), messages[1]),
            Message::M2 => assert_eq!(side.last(), messages[2]),
            Message::M3 => assert_eq!(side.last(), messages[3]),
            Message::M4 => assert_eq!(side.last(), messages[4]),
            Message::M5 => {
                let exporter = &viewer.established.as_ref().unwrap().exporter;
                assert!(side.established.unwrap().exporter == *exporter);
            }
        }
    }
}

// spec: HS-3
#[test]
fn an_incomplete_message_waits_and_an_extended_one_is_refused() {
    let (_, _, messages) = honest(0);
    for message in MESSAGES {
        let bytes = &messages[message as usize - 1];
        for cut in [1, 2, 3, bytes.len() / 2, bytes.len() - 1] {
            let mut side = before(message, 0, &messages);
            let sent = side.sent.len();
            side.take(message, &bytes[..cut]).unwrap();
            assert!(side.sent.len() == sent && side.established.is_none());
        }
        let mut longer = bytes.clone();
        longer.push(0);
        let mut side = before(message, 0, &messages);
        assert_eq!(side.take(message, &longer), Err(HandshakeError::TrailingBytes { after: message }));
    }
}

// spec: HS-3
#[test]
fn bytes_right_behind_a_message_are_refused_in_a_fragment_of_their_own_too() {
    let (_, _, messages) = honest(0);
    for message in MESSAGES {
        let mut side = before(message, 0, &messages);
        side.take(message, &messages[message as usize - 1]).unwrap();
        assert!(side.take(message, &[message as u8]).is_err(), "{message}");
    }
}

// spec: HS-2
#[test]
fn lengths_are_refused_before_anything_is_kept() {
    let (_, _, messages) = honest(0);
    for message in MESSAGES {
        for announced in [0, 31, u16::MAX] {
            let mut side = before(message, 0, &messages);
            let [high, low] = announced.to_be_bytes();
            assert_eq!(
                side.take(message, &[message as u8, high, low]),
                Err(HandshakeError::BadLength { message, announced: usize::from(announced) })
            );
        }
    }
}

// spec: HS-2
#[test]
fn the_least_and_the_greatest_length_are_the_ones_of_the_book() {
    let (_, _, messages) = honest(0);
    for (message, least, most) in [
        (Message::M1, 34, 34 + 1_024),
        (Message::M2, 1_341, 1_341 + 1_024),
        (Message::M3, 1_232, 1_232),
        (Message::M4, 32, 32),
        (Message::M5, 32, 32),
    ] {
        let announce = |length: u16| {
            let [high, low] = length.to_be_bytes();
            before(message, 0, &messages).take(message, &[message as u8, high, low])
        };
        for good in [least, most] {
            assert_eq!(announce(good), Ok(()), "{message} of {good} bytes");
        }
        for bad in [least - 1, most + 1] {
            let refused = HandshakeError::BadLength { message, announced: usize::from(bad) };
            assert_eq!(announce(bad), Err(refused));
        }
    }
}

#[test]
fn a_shorter_announced_length_is_refused() {
    let (_, _, messages) = honest(0);
    for message in [Message::M1, Message::M2] {
        let mut bytes = messages[message as usize - 1].clone();
        let len = u16::from_be_bytes([bytes[1], bytes[2]]) - 1;
        bytes[1..3].copy_from_slice(&len.to_be_bytes());
        assert_eq!(
            before(message, 0, &messages).take(message, &bytes),
            Err(HandshakeError::TrailingBytes { after: message })
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    // spec: HS-4
    #[test]
    fn fragmentation_does_not_matter(cuts in prop::collection::vec(prop::collection::vec(any::<prop::sample::Index>(), 0..6), 5)) {
        let (viewer, host, messages) = honest(0);
        let (mut a, mut b) = (Side::viewer(viewer_config(0)), Side::host(host_config(0)));
        for (message, cuts) in MESSAGES.into_iter().zip(cuts) {
            let bytes = &messages[message as usize - 1];
            let mut places: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len())).collect();
            places.extend([0, bytes.len()]);
            places.sort_unstable();
            let reader = if matches!(message, Message::M2 | Message::M4) { &mut a } else { &mut b };
            for piece in places.windows(2) {
                reader.take(message, &bytes[piece[0]..piece[1]]).unwrap();
            }
        }
        prop_assert!(a.sent == viewer.sent && a.keys == viewer.keys && a.established == viewer.established);
        prop_assert!(b.sent == host.sent && b.keys == host.keys && b.established == host.established);
    }

    #[test]
    fn rubbish_never_panics_and_never_establishes(
        stage in 0..5usize,
        pieces in prop::collection::vec(
            (0..3u8, any::<bool>(), prop::collection::vec(any::<u8>(), 0..1500)),
            1..8,
        ),
    ) {
        let (_, _, messages) = honest(0);
        let mut side = before(MESSAGES[stage], 0, &messages);
        for (level, plausible, mut bytes) in pieces {
            if plausible && bytes.len() > 3 {
                bytes[0] = MESSAGES[stage] as u8;
                let len = messages[stage].len() - 3;
                bytes[1..3].copy_from_slice(&u16::try_from(len).unwrap().to_be_bytes());
            }
            let level = [Level::Initial, Level::Handshake, Level::Application][usize::from(level)];
            let _ = side.read(level, &bytes);
        }
        prop_assert!(side.established.is_none());
    }
}
