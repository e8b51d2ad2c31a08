//! Relay messages: round trips and rubbish.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod common;

use std::net::{IpAddr, SocketAddr};

use deskwire_wire::ids::Private;
use deskwire_wire::relay::{
    Channel, ClosedReason, Open, OpenAck, PairState, Place, RefuseReason, RelayMsg, RelayState,
};
use deskwire_wire::{CapnProto, Codec, EncodeError};
use proptest::prelude::*;

use common::{bombs, damage, damaged, decode};

fn place() -> impl Strategy<Value = Place> {
    (0..1u32 << 24, any::<u64>())
        .prop_map(|(channel, proof)| Place { channel: Channel::new(channel).unwrap(), proof: Private(proof) })
}

fn address() -> impl Strategy<Value = SocketAddr> {
    any::<(IpAddr, u16)>().prop_map(SocketAddr::from)
}

fn state() -> impl Strategy<Value = PairState> {
    prop_oneof![Just(PairState::Waiting), Just(PairState::Paired)]
}

fn refused() -> impl Strategy<Value = RefuseReason> {
    prop_oneof![
        Just(RefuseReason::Expired),
        Just(RefuseReason::OtherRelay),
        Just(RefuseReason::Used),
        Just(RefuseReason::Full),
        Just(RefuseReason::Draining),
        (5u16..).prop_map(RefuseReason::Unknown),
    ]
}

fn closed() -> impl Strategy<Value = ClosedReason> {
    prop_oneof![
        Just(ClosedReason::PeerLeft),
        Just(ClosedReason::NobodyCame),
        Just(ClosedReason::Idle),
        Just(ClosedReason::ByteCap),
        Just(ClosedReason::Duration),
        Just(ClosedReason::Stopped),
        (6u16..).prop_map(ClosedReason::Unknown),
    ]
}

fn message() -> impl Strategy<Value = RelayMsg> {
    let token = proptest::collection::vec(any::<u8>(), 0..=512);
    let open = (token, any::<u64>(), proptest::option::of(place()), 0u16..=1_024).prop_map(
        |(token, nonce, resume, padding)| {
            RelayMsg::Open(Open { token: Private(token), nonce, resume, padding })
        },
    );
    let ack = (any::<u64>(), place(), state(), any::<u16>(), address()).prop_map(
        |(nonce, place, state, max_packet, observed)| {
            RelayMsg::OpenAck(OpenAck { nonce, place, state, max_packet, observed })
        },
    );
    prop_oneof![
        open,
        ack,
        place().prop_map(RelayMsg::Paired),
        (any::<u64>(), refused()).prop_map(|(nonce, reason)| RelayMsg::Refused { nonce, reason }),
        (place(), closed()).prop_map(|(place, reason)| RelayMsg::Closed { place, reason }),
        place().prop_map(RelayMsg::Ping),
        (place(), state()).prop_map(|(place, state)| RelayMsg::Pong { place, state }),
        place().prop_map(RelayMsg::Draining),
        place().prop_map(RelayMsg::Leave),
        place().prop_map(RelayMsg::UnknownPlace),
        (any::<u64>(), 0u16..=1_024).prop_map(|(nonce, padding)| RelayMsg::Echo { nonce, padding }),
        (any::<u64>(), any::<u16>().prop_map(RelayState::from_code))
            .prop_map(|(nonce, state)| RelayMsg::Echoed { nonce, state }),
    ]
}

fn encoded(message: &RelayMsg) -> Vec<u8> {
    let mut bytes = Vec::new();
    CapnProto::encode(message, &mut bytes).unwrap();
    bytes
}

proptest! {
    #[test]
    fn round_trip(message in message()) {
        prop_assert_eq!(CapnProto::decode(&encoded(&message)), Ok(message));
    }

    #[test]
    fn rubbish_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _: Result<RelayMsg, _> = CapnProto::decode(&bytes);
    }

    #[test]
    fn t45_a_message_makes_no_more_room_than_its_length_allows(
        message in message(), noise in proptest::collection::vec(any::<u8>(), 0..600), damage in damage(),
    ) {
        let good = encoded(&message);
        prop_assert_eq!(decode(&good), Ok(message));
        let _: Result<RelayMsg, _> = decode(&noise);
        let _: Result<RelayMsg, _> = decode(&damaged(good, damage));
    }

    #[test]
    fn damaged_messages_never_panic(message in message(), at in any::<prop::sample::Index>(), with in any::<u8>()) {
        let mut bytes = encoded(&message);
        let at = at.index(bytes.len());
        bytes[at] = with;
        let _: Result<RelayMsg, _> = CapnProto::decode(&bytes);
    }

    // spec: RL-3
    #[test]
    fn t29_no_answer_is_larger_than_a_padded_open(message in message(), nonce in any::<u64>()) {
        let token = Private(vec![0; 143]);
        let open = RelayMsg::Open(Open { token, nonce, resume: None, padding: 128 });
        if !matches!(message, RelayMsg::Open(_) | RelayMsg::Echo { .. }) {
            prop_assert!(encoded(&message).len() <= encoded(&open).len());
        }
    }
}

#[test]
fn t45_bombs_make_no_room() {
    for tag in 0..12 {
        for frame in bombs(2, 2, 0, tag) {
            let _: Result<RelayMsg, _> = decode(&frame);
        }
    }
}

#[test]
fn what_is_over_a_limit_is_not_encoded() {
    let open = |token: usize, padding| {
        RelayMsg::Open(Open { token: Private(vec![1; token]), nonce: 1, resume: None, padding })
    };
    for message in [open(513, 0), open(1, 1_025), RelayMsg::Unknown(99)] {
        let mut bytes = vec![7];
        assert_eq!(CapnProto::encode(&message, &mut bytes), Err(EncodeError));
        assert_eq!(bytes, [7]);
    }
}

#[test]
fn t47_a_token_is_not_seen_in_debug_text() {
    let open = Open { token: Private(vec![0xab; 4]), nonce: 1, resume: None, padding: 0 };
    assert!(!format!("{open:?}").contains("171"));
}
