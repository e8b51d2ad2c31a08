//! Punch messages: round trips and rubbish.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod common;

use std::net::{IpAddr, SocketAddr};

use deskwire_wire::ids::Role;
use deskwire_wire::punch::{
    CandidateKind, Candidates, Filtering, Forecast, MAX_CANDIDATES, MAX_FORECAST, Mapping, Outcome,
    PunchCandidate, PunchMsg, Strategy as Try,
};
use deskwire_wire::{CapnProto, Codec, EncodeError};
use proptest::prelude::*;

use common::{bombs, damage, damaged, decode};

fn candidate() -> impl Strategy<Value = PunchCandidate> {
    let kind = prop_oneof![
        Just(CandidateKind::Host),
        Just(CandidateKind::Mapped),
        Just(CandidateKind::ServerReflexive),
        Just(CandidateKind::PeerReflexive),
        Just(CandidateKind::TcpHost),
        Just(CandidateKind::TcpMapped),
        Just(CandidateKind::TcpServerReflexive),
        Just(CandidateKind::Predicted),
        Just(CandidateKind::Guessed),
        (9u16..).prop_map(CandidateKind::Unknown),
    ];
    (any::<(IpAddr, u16)>(), kind)
        .prop_map(|(addr, kind)| PunchCandidate { addr: SocketAddr::from(addr), kind })
}

fn mapping() -> impl Strategy<Value = Mapping> {
    prop_oneof![
        Just(Mapping::Unknown),
        Just(Mapping::EndpointIndependent),
        any::<i32>().prop_map(|delta| Mapping::AddressPortDependent { delta }),
        any::<i32>().prop_map(|delta| Mapping::AddressDependent { delta }),
        Just(Mapping::Blocked),
    ]
}

fn filtering() -> impl Strategy<Value = Filtering> {
    prop_oneof![
        Just(Filtering::Unknown),
        Just(Filtering::EndpointIndependent),
        Just(Filtering::AddressDependent),
        Just(Filtering::AddressPortDependent),
    ]
}

fn strategy() -> impl Strategy<Value = Try> {
    prop_oneof![
        Just(Try::Timed),
        Just(Try::Birthday { hard: Role::Viewer }),
        Just(Try::Birthday { hard: Role::Host }),
        Just(Try::BothCount),
        Just(Try::Tcp),
        (5u16..).prop_map(Try::Unknown),
    ]
}

fn forecast() -> impl Strategy<Value = Forecast> {
    let ports = (any::<(IpAddr, u16)>(), any::<i16>(), 0..=MAX_FORECAST);
    prop_oneof![
        Just(Forecast::NoRule),
        ports.prop_map(|(first, step, count)| Forecast::Ports { first: first.into(), step, count }),
        (2u16..).prop_map(Forecast::Unknown),
    ]
}

fn message() -> impl Strategy<Value = PunchMsg> {
    let outcome =
        prop_oneof![Just(Outcome::Found), Just(Outcome::Failed), (2u16..).prop_map(Outcome::Unknown)];
    let list = proptest::collection::vec(candidate(), 0..=MAX_CANDIDATES);
    let tcp = proptest::collection::vec(candidate(), 0..=MAX_CANDIDATES);
    prop_oneof![
        (any::<u8>(), tcp).prop_map(|(round, candidates)| PunchMsg::TcpCandidates { round, candidates }),
        (any::<u32>(), mapping(), filtering(), any::<bool>(), list).prop_map(
            |(generation, mapping, filtering, frugal, candidates)| {
                PunchMsg::Candidates(Candidates { generation, mapping, filtering, frugal, candidates })
            }
        ),
        any::<u32>().prop_map(|generation| PunchMsg::Ready { generation }),
        (any::<u8>(), any::<u32>(), strategy()).prop_map(|(round, delay_us, strategy)| PunchMsg::Start {
            round,
            delay_us,
            strategy
        }),
        (any::<u8>(), forecast()).prop_map(|(round, forecast)| PunchMsg::Forecast { round, forecast }),
        (any::<u8>(), outcome).prop_map(|(round, outcome)| PunchMsg::Result { round, outcome }),
    ]
}

proptest! {
    #[test]
    fn round_trip(message in message()) {
        let mut bytes = Vec::new();
        CapnProto::encode(&message, &mut bytes).unwrap();
        prop_assert_eq!(CapnProto::decode(&bytes), Ok(message));
    }

    #[test]
    fn rubbish_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _: Result<PunchMsg, _> = CapnProto::decode(&bytes);
    }

    #[test]
    fn t45_a_message_makes_no_more_room_than_its_length_allows(
        message in message(), noise in proptest::collection::vec(any::<u8>(), 0..600), damage in damage(),
    ) {
        let mut good = Vec::new();
        CapnProto::encode(&message, &mut good).unwrap();
        prop_assert_eq!(decode(&good), Ok(message));
        let _: Result<PunchMsg, _> = decode(&noise);
        let _: Result<PunchMsg, _> = decode(&damaged(good, damage));
    }

    #[test]
    fn damaged_messages_never_panic(message in message(), at in any::<prop::sample::Index>(), with in any::<u8>()) {
        let mut bytes = Vec::new();
        CapnProto::encode(&message, &mut bytes).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = with;
        let _: Result<PunchMsg, _> = CapnProto::decode(&bytes);
    }
}

// spec: PU-1
#[test]
fn t45_bombs_make_no_room() {
    for tag in 0..12 {
        for frame in bombs(2, 2, 0, tag) {
            let _: Result<PunchMsg, _> = decode(&frame);
        }
    }
}

#[test]
fn more_candidates_than_allowed_are_not_encoded() {
    let one = PunchCandidate { addr: SocketAddr::from(([192, 0, 2, 1], 9)), kind: CandidateKind::Host };
    let (mapping, filtering) = (Mapping::Unknown, Filtering::Unknown);
    let list = vec![one; MAX_CANDIDATES + 1];
    let candidates = Candidates { generation: 1, mapping, filtering, frugal: false, candidates: list };
    let mut bytes = Vec::new();
    assert_eq!(CapnProto::encode(&PunchMsg::Candidates(candidates), &mut bytes), Err(EncodeError));
    assert!(bytes.is_empty());
    let first = SocketAddr::from(([192, 0, 2, 1], 9));
    let forecast = Forecast::Ports { first, step: 1, count: MAX_FORECAST + 1 };
    let refused = CapnProto::encode(&PunchMsg::Forecast { round: 1, forecast }, &mut bytes);
    assert_eq!(refused, Err(EncodeError));
}
