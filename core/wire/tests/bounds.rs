//! What a message may be made of: segments, size, lists of nothing, parts that are named twice.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use deskwire_wire::codec::{CONTROL, LEAST_UNPACKED, MEDIA, MOST_UNPACKED, SESSION};
use deskwire_wire::ids::{DisplayId, Epoch};
use deskwire_wire::picture::{FrameUpdate, Rect, RegionOp, Size};
use deskwire_wire::relay::RelayMsg;
use deskwire_wire::screen::InputEvent;
use deskwire_wire::session::SessionMsg;
use deskwire_wire::{CapnProto, Codec, DecodeError};

use common::{decode, frugal, message, packed, to_list, to_struct};

/// The root of a session message that is this member of the union; its only pointer comes next.
fn root(member: u64) -> Vec<u64> {
    vec![to_struct(0, 2, 1), member, 0]
}

fn session(words: &[u64]) -> Result<SessionMsg, DecodeError> {
    decode(&packed(&message(words)))
}

#[test]
fn t43_a_message_has_one_segment() {
    let mut bytes = Vec::new();
    CapnProto::encode(&SessionMsg::Ping { sent_us: 7 }, &mut bytes).unwrap();
    let ping = [to_struct(0, 2, 1), 11, 7, 0];
    assert_eq!(session(&ping), Ok(SessionMsg::Ping { sent_us: 7 }));
    assert_eq!(decode(&bytes), Ok(SessionMsg::Ping { sent_us: 7 }));
    // The same with an empty second segment: the table is a word longer.
    let two = [&[1 | 4 << 32, 0][..], &ping].concat();
    let read: Result<SessionMsg, _> = decode(&packed(&two));
    assert_eq!(read, Err(DecodeError::Malformed));

    let black = RegionOp::Solid { rect: Rect::new(0, 0, 1, 1), bgrx: [0; 4] };
    let frame = FrameUpdate {
        display: DisplayId(1),
        epoch: Epoch(1),
        sequence: 0,
        size: Size { width: 1, height: 1 },
        captured_at_us: 0,
        ops: vec![black],
    };
    let mut bytes = Vec::new();
    CapnProto::encode_frame(&frame, &mut bytes).unwrap();
    assert_eq!(CapnProto::decode_frame(&bytes), Ok(frame));
    bytes[0] = 1;
    bytes.splice(8..8, [0; 8]);
    assert!(frugal(bytes.len(), || CapnProto::decode_frame(&bytes).is_err()));
}

// spec: CV-13
#[test]
fn t43_every_class_bounds_size_and_nesting() {
    for (class, frame, words) in
        [(CONTROL, 4 << 10, 512), (SESSION, 1 << 20, 1 << 17), (MEDIA, 64 << 20, 8 << 20)]
    {
        assert!(class.nesting <= 16 && class.frame <= frame && class.words <= words, "{class:?}");
    }
    // A control message of 512 words is read, one of 513 is not, however small it is packed; an unknown member.
    let control = |words: usize| {
        let all = [&[to_struct(0, 1, 0), 99][..], &vec![0; words - 2]].concat();
        let read: Result<RelayMsg, _> = decode(&packed(&message(&all)));
        read
    };
    assert_eq!(control(512), Ok(RelayMsg::Unknown(99)));
    assert_eq!(control(513), Err(DecodeError::Malformed));
    // A session message may unpack to a kilobyte's words, or to four times its length.
    let padded = |words: usize, with: u64| session(&[root(99), vec![0], vec![with; words - 4]].concat());
    assert_eq!(padded(LEAST_UNPACKED, 0), Ok(SessionMsg::Unknown(99)));
    assert_eq!(padded(LEAST_UNPACKED + 1, 0), Err(DecodeError::Malformed));
    assert_eq!(padded(LEAST_UNPACKED * 8, 1), Ok(SessionMsg::Unknown(99)), "two bytes a word");
    assert_eq!(MOST_UNPACKED, 4);
    // Longer than the class allows at all.
    let long = [root(99), vec![0], vec![1; SESSION.words]].concat();
    assert_eq!(session(&long), Err(DecodeError::Malformed));
    let mut frame = packed(&message(&root(99)));
    frame.resize(SESSION.frame + 1, 0);
    let read: Result<SessionMsg, _> = decode(&frame);
    assert_eq!(read, Err(DecodeError::Malformed));
}

/// A list of 2^29 of nothing is a few bytes.
#[test]
fn t44_lists_of_nothing_cost_nothing() {
    let many = (1 << 29) - 1;
    let nothing = |count: u64| vec![to_list(0, 7, 0), (count << 2) & 0xffff_ffff];
    // Login methods, displays, watched displays, input events.
    for member in [0, 7, 8, 16] {
        for list in [vec![to_list(0, 0, many)], nothing(many), nothing(257)] {
            assert!(session(&[root(member), list].concat()).is_err(), "member {member}");
        }
    }
    // Data and text.
    for member in [2, 3, 14, 15, 20] {
        for list in [vec![to_list(0, 0, many)], vec![to_list(0, 2, many)]] {
            assert!(session(&[root(member), list].concat()).is_err(), "member {member}");
        }
    }
    // As many as there may be: events that are all the first of their kind, at the origin.
    let Ok(SessionMsg::Input(events)) = session(&[root(16), nothing(256)].concat()) else {
        unreachable!("256 events are allowed");
    };
    assert_eq!(events.len(), 256);
}

/// Pointers may name one part many times; what is read counts each time.
#[test]
fn t44_a_part_that_is_named_twice_is_paid_for_twice() {
    let input = |events: u64, text: u64| {
        // Behind the list's tag each event has two words and a pointer; the text comes behind all of them.
        let mut words = root(16);
        words.extend([to_list(0, 7, events * 3), events << 2 | 2 << 32 | 1 << 48]);
        for event in 0..events {
            let behind = (events - event - 1) * 3;
            words.extend([0, 4 << 32, to_list(behind, 2, text * 8)]);
        }
        words.extend(
            (0..text).map(|n| if n + 1 == text { 0x0061_6161_6161_6161 } else { 0x6161_6161_6161_6161 }),
        );
        session(&words)
    };
    let read = input(3, 4).unwrap();
    let text = InputEvent::Text("a".repeat(31));
    assert_eq!(read, SessionMsg::Input(vec![text.clone(), text.clone(), text]));
    // One text of 4,096 bytes for 256 events: a mebibyte out of six kilobytes.
    assert_eq!(input(256, 512), Err(DecodeError::Malformed));
}
