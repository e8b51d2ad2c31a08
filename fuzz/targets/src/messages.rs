//! Messages in Cap'n Proto.
//!
//! The first byte says how the rest is meant: even, as it travels; odd, as the words of a message that are packed first. A
//! fuzzer changes words and pointers far more easily than packed ones.

use core::fmt::Debug;

use deskwire_conformance::FuzzTarget;
use deskwire_wire::punch::PunchMsg;
use deskwire_wire::relay::RelayMsg;
use deskwire_wire::rendezvous::{ConnectStatement, RegisterStatement, RendezvousMsg};
use deskwire_wire::session::SessionMsg;
use deskwire_wire::{CapnProto, Codec};

use crate::frugal::{frugal, told};

pub(crate) const TARGETS: &[FuzzTarget] = &[
    ("punch", message::<PunchMsg>),
    ("relay", message::<RelayMsg>),
    ("rendezvous", message::<RendezvousMsg>),
    ("register_statement", message::<RegisterStatement>),
    ("connect_statement", message::<ConnectStatement>),
    ("session", message::<SessionMsg>),
    ("video", video),
];

fn message<M: PartialEq + Debug>(bytes: &[u8])
where
    CapnProto: Codec<M>,
{
    let Some((how, rest)) = bytes.split_first() else { return };
    let packed = if how % 2 == 0 { rest.to_vec() } else { pack(rest) };
    let Some(read) = told(frugal(packed.len(), || <CapnProto as Codec<M>>::decode(&packed))) else { return };
    // What a newer version says is read as unknown and never sent on, so it has no bytes of its own.
    if format!("{read:?}").starts_with("Unknown(") {
        return;
    }
    // What was read is written (unless it is too long written plainly), read again as the same, and written the same.
    let mut first = b"before".to_vec();
    if told(CapnProto::encode(&read, &mut first)).is_none() {
        assert_eq!(first, b"before", "an error of the encoder leaves something behind");
        return;
    }
    let written = first.get(6..).unwrap_or_default();
    let again: M = CapnProto::decode(written).expect("what was written can be read");
    assert_eq!(read, again);
    let mut second = Vec::new();
    CapnProto::encode(&again, &mut second).expect("what was written once can be written twice");
    assert_eq!(written, second);
}

fn video(bytes: &[u8]) {
    let Some(read) = told(frugal(bytes.len(), || CapnProto::decode_frame(bytes))) else { return };
    assert!(read.size.is_allowed());
    assert!(read.ops.iter().all(|op| op.rect().fits(read.size) && !op.rect().is_empty()));
    let mut first = Vec::new();
    if CapnProto::encode_frame(&read, &mut first).is_err() {
        return;
    }
    let again = CapnProto::decode_frame(&first).expect("what was written can be read");
    assert_eq!(read, again);
    let mut second = Vec::new();
    CapnProto::encode_frame(&again, &mut second).expect("what was written once can be written twice");
    assert_eq!(first, second);
}

/// Packs words as Cap'n Proto does, with runs of zeros and none of others; bytes short of a word are left out.
pub(crate) fn pack(words: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut words = words.as_chunks::<8>().0.iter().peekable();
    while let Some(word) = words.next() {
        let tag = word.iter().rev().fold(0, |tag: u8, byte| tag << 1 | u8::from(*byte != 0));
        out.push(tag);
        out.extend(word.iter().filter(|byte| **byte != 0));
        if tag == 0 {
            let zeros = (0..255).take_while(|_| words.next_if(|word| **word == [0; 8]).is_some()).count();
            out.push(u8::try_from(zeros).unwrap_or(u8::MAX));
        } else if tag == u8::MAX {
            out.push(0);
        }
    }
    out
}
