//! No bit of any message can be changed. (T8)

use deskwire_handshake::Message;

use crate::support::*;

/// Flips every bit of `message`, one per run: one of the sides must end with an error, and never both established.
fn t08_every_flipped_bit_ends_it(message: Message) {
    let (_, _, messages) = honest(0);
    let bytes = &messages[message as usize - 1];
    for bit in 0..bytes.len() * 8 {
        let mut bad = bytes.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        let mut reader = before(message, 0, &messages);
        let sent = reader.sent.len();
        if reader.take(message, &bad).is_err() {
            continue;
        }
        assert!(reader.established.is_none(), "{message}, bit {bit}: the reader took it");
        if message == Message::M1 && reader.sent.len() > sent {
            // The host cannot know yet; its answer must not open at the viewer.
            let mut viewer = Side::viewer(viewer_config(0));
            assert!(
                viewer.take(Message::M2, &reader.last()).is_err(),
                "M1, bit {bit}: the viewer took the answer"
            );
        } else {
            // A length that grew: the reader waits for the rest, which never comes.
            assert!(reader.sent.len() == sent && bit / 8 < 3, "{message}, bit {bit}: the reader went on");
        }
    }
}

#[test]
fn t08_m1() {
    t08_every_flipped_bit_ends_it(Message::M1);
}

#[test]
fn t08_m2() {
    t08_every_flipped_bit_ends_it(Message::M2);
}

#[test]
fn t08_m3() {
    t08_every_flipped_bit_ends_it(Message::M3);
}

#[test]
fn t08_m4() {
    t08_every_flipped_bit_ends_it(Message::M4);
}

#[test]
fn t08_m5() {
    t08_every_flipped_bit_ends_it(Message::M5);
}
