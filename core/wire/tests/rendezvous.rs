//! Rendezvous frames and messages: round trips, rubbish, sizes.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::net::{IpAddr, SocketAddr};

use deskwire_machine::WsUrl;
use deskwire_wire::codec::CONTROL;
use deskwire_wire::ids::{DeviceId, IntroductionId, Private, RelayId, Role};
use deskwire_wire::rendezvous::*;
use deskwire_wire::{CapnProto, Codec, DecodeError};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use common::{bombs, damage, damaged, decode, frugal};

fn array<const N: usize>() -> impl Strategy<Value = [u8; N]> {
    vec(any::<u8>(), N).prop_map(|v| v.try_into().unwrap())
}

/// Canonical addresses only: a v4-mapped one reads back as the IPv4 address it is.
fn address() -> impl Strategy<Value = SocketAddr> {
    (any::<IpAddr>(), any::<u16>()).prop_map(|(ip, port)| SocketAddr::new(ip.to_canonical(), port))
}

fn device() -> impl Strategy<Value = DeviceId> {
    // The id of the number 0 is written as 0, which means "none": the server never gives it out.
    (1..DeviceId::COUNT).prop_map(DeviceId::from_number)
}

fn rtts() -> impl Strategy<Value = Vec<RelayRtt>> {
    vec(
        (any::<u32>(), any::<u16>()).prop_map(|(id, millis)| RelayRtt { relay: RelayId(id), millis }),
        0..MAX_RTTS,
    )
}

fn relays(max: usize) -> impl Strategy<Value = Vec<Relay>> {
    let url = option::of("wss?://[a-z]{1,40}(:[1-9][0-9]{1,3})?/[a-z]{0,20}").prop_map(|url| url.map(WsUrl));
    let relay =
        (any::<u32>(), vec(address(), 0..=MAX_RELAY_ADDRESSES), vec(any::<u8>(), 0..200), url).prop_map(
            |(id, addresses, token, url)| Relay { id: RelayId(id), addresses, token: Private(token), url },
        );
    vec(relay, 0..=max)
}

fn introduced() -> impl Strategy<Value = Introduced> {
    let fixed = (array(), array(), any::<u64>(), array(), array(), array());
    (fixed, vec(any::<u8>(), 0..200), relays(MAX_RELAYS), vec(address(), 0..=MAX_CANDIDATES)).prop_map(
        |((id, secret, issued, a, b, s), certificate, relays, candidates)| Introduced {
            introduction: IntroductionId(id),
            secret: Private(secret),
            issued,
            certificate,
            viewer_random: a,
            host_random: b,
            server_random: s,
            relays,
            candidates,
        },
    )
}

fn message() -> impl Strategy<Value = RendezvousMsg> {
    use RendezvousMsg as M;
    let object = || vec(any::<u8>(), 0..300);
    let role = any::<bool>().prop_map(|host| if host { Role::Host } else { Role::Viewer });
    prop_oneof![
        (object(), array()).prop_map(|(statement, signature)| M::Register { statement, signature }),
        (object(), any::<u16>(), any::<u64>(), any::<u64>()).prop_map(
            |(certificate, b, server_time, epoch)| {
                M::Registered { certificate, beat_interval_s: b, server_time, epoch }
            }
        ),
        (any::<u16>(), any::<u64>(), any::<u64>()).prop_map(|(reason, epoch, last_epoch)| {
            M::RegisterRefused { reason: RefuseReason::from_code(reason), epoch, last_epoch }
        }),
        (any::<u32>(), rtts()).prop_map(|(sequence, rtts)| M::Beat { sequence, rtts }),
        (any::<u32>(), address()).prop_map(|(sequence, observed)| M::BeatAck { sequence, observed }),
        (any::<u64>(), any::<u16>())
            .prop_map(|(nonce, code)| M::Reflect { nonce, from: AnswerFrom::from_code(code) }),
        (any::<u64>(), address(), option::of(address()))
            .prop_map(|(nonce, observed, alternate)| M::Reflected { nonce, observed, alternate }),
        (object(), option::of(array()))
            .prop_map(|(statement, signature)| M::Connect { statement, signature }),
        array().prop_map(|random| M::ConnectRefused { random }),
        introduced().prop_map(|i| M::Introduced(Box::new(i))),
        (array(), option::of(array()), any::<bool>()).prop_map(|(attempt, viewer, direct)| M::Incoming {
            attempt: AttemptId(attempt),
            viewer,
            direct
        }),
        (array(), any::<bool>(), array(), vec(address(), 0..=MAX_CANDIDATES)).prop_map(
            |(attempt, accept, random, candidates)| M::Answer {
                attempt: AttemptId(attempt),
                accept,
                random,
                candidates
            }
        ),
        (
            array(),
            any::<u64>(),
            role,
            array(),
            vec(any::<u32>().prop_map(RelayId), 0..=MAX_MAP),
            rtts(),
            vec(any::<u8>(), 0..=MAX_OFFER)
        )
            .prop_map(|(id, issued, role, proof, avoid, rtts, offer)| M::TokensWanted {
                introduction: IntroductionId(id),
                issued,
                role,
                proof,
                avoid,
                rtts,
                offer
            }),
        (array(), relays(MAX_RELAYS), vec(any::<u8>(), 0..=MAX_OFFER))
            .prop_map(|(id, relays, offer)| M::Tokens { introduction: IntroductionId(id), relays, offer }),
        Just(M::RelaysWanted),
        relays(8).prop_map(|relays| M::Relays { relays }),
        Just(M::Bye),
    ]
}

fn frame() -> impl Strategy<Value = (Vec<u8>, u8)> {
    let hello = (array(), array())
        .prop_map(|(e_client, random)| Frame::Hello(Hello { version: VERSION, e_client, random }));
    let welcome = (array(), array(), array(), address(), any::<u64>(), array(), vec(any::<u8>(), 0..300))
        .prop_map(|(random, handle, cookie, observed, server_time, server_key, certificate)| {
            Frame::Welcome(Welcome {
                version: VERSION,
                random,
                handle: Handle(handle),
                cookie: Cookie(cookie),
                observed,
                server_time,
                server_key,
                certificate,
            })
        });
    let stale = array().prop_map(|h| Frame::Stale(Handle(h)));
    prop_oneof![hello.boxed(), welcome.boxed(), stale.boxed()].prop_map(|frame| {
        let mut bytes = Vec::new();
        frame.put(&mut bytes);
        assert_eq!(Frame::parse(&bytes), Some(frame));
        (bytes.clone(), bytes[0])
    })
}

proptest! {
    #[test]
    fn messages_round_trip(message in message()) {
        let mut bytes = Vec::new();
        CapnProto::encode(&message, &mut bytes).unwrap();
        prop_assert_eq!(CapnProto::decode(&bytes), Ok(message));
    }

    #[test]
    fn register_statements_round_trip(
        id in option::of(device()), identity in array(), certificate in option::of(vec(any::<u8>(), 1..300)),
        epoch: u64, capabilities: u64, rtts in rtts(), rotation in option::of(vec(any::<u8>(), 1..239)),
    ) {
        let statement = RegisterStatement { id, identity, certificate, epoch, capabilities, rtts, rotation };
        let mut bytes = Vec::new();
        CapnProto::encode(&statement, &mut bytes).unwrap();
        prop_assert!(bytes.len() <= MAX_STATEMENT);
        prop_assert_eq!(CapnProto::decode(&bytes), Ok(statement));
    }

    #[test]
    fn connect_statements_round_trip(
        target in device(), random in array(), viewer in option::of(array()), rtts in rtts(), direct: bool,
        candidates in vec(address(), 0..=MAX_CANDIDATES),
    ) {
        let statement = ConnectStatement { target, random, viewer, rtts, direct, candidates };
        let mut bytes = Vec::new();
        CapnProto::encode(&statement, &mut bytes).unwrap();
        prop_assert!(bytes.len() <= MAX_STATEMENT);
        prop_assert_eq!(CapnProto::decode(&bytes), Ok(statement));
    }

    #[test]
    fn rubbish_never_panics(bytes in vec(any::<u8>(), 0..600)) {
        let _: Result<RendezvousMsg, _> = CapnProto::decode(&bytes);
        let _: Result<RegisterStatement, _> = CapnProto::decode(&bytes);
        let _: Result<ConnectStatement, _> = CapnProto::decode(&bytes);
        let _ = Frame::parse(&bytes);
    }

    #[test]
    fn t45_a_message_makes_no_more_room_than_its_length_allows(
        message in message(), noise in vec(any::<u8>(), 0..600), damage in damage(),
    ) {
        let mut good = Vec::new();
        CapnProto::encode(&message, &mut good).unwrap();
        prop_assert_eq!(decode(&good), Ok(message));
        for bytes in [noise, damaged(good, damage)] {
            let _: Result<RendezvousMsg, _> = decode(&bytes);
            let _: Result<RegisterStatement, _> = decode(&bytes);
            let _: Result<ConnectStatement, _> = decode(&bytes);
            frugal(bytes.len(), || Frame::parse(&bytes).is_some());
        }
    }

    #[test]
    fn damaged_messages_never_panic(message in message(), at: prop::sample::Index, bit in 0..8u32) {
        let mut bytes = Vec::new();
        CapnProto::encode(&message, &mut bytes).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1u8 << bit;
        let _: Result<RendezvousMsg, _> = CapnProto::decode(&bytes);
        let _: Result<RendezvousMsg, _> = CapnProto::decode(&bytes[..at]);
    }

    #[test]
    fn frames_round_trip((bytes, tag) in frame()) {
        // A shorter one is no frame, except that a welcome's certificate has no end mark of its own.
        if tag != 2 {
            prop_assert_eq!(Frame::parse(&bytes[..bytes.len() - 1]), None);
        }
    }

    #[test]
    fn sealed_frames_round_trip(handle in array(), cookie in array(), e_client in array(), random in array(),
                                counter: u64, sealed in vec(any::<u8>(), 0..100)) {
        let (handle, cookie, sealed) = (Handle(handle), Cookie(cookie), &sealed[..]);
        for frame in [
            Frame::Opening(Opening { handle, cookie, e_client, random, counter, sealed }),
            Frame::Sealed(Sealed { handle, counter, sealed }),
        ] {
            let mut bytes = Vec::new();
            frame.put(&mut bytes);
            // Less than a tag cannot be a ciphertext.
            prop_assert_eq!(Frame::parse(&bytes), (sealed.len() >= 16).then_some(frame));
        }
    }
}

// spec: RG-1
#[test]
fn what_is_no_frame_is_none() {
    let put = |frame: Frame<'_>| {
        let mut bytes = Vec::new();
        frame.put(&mut bytes);
        bytes
    };
    let sealed = put(Frame::Sealed(Sealed { handle: Handle([1; 8]), counter: 0, sealed: &[2; 16] }));
    let stale = put(Frame::Stale(Handle([1; 8])));
    let hello = put(Frame::Hello(Hello { version: VERSION, e_client: [1; 32], random: [2; 32] }));
    for good in [&sealed, &stale, &hello] {
        assert!(Frame::parse(good).is_some());
    }
    assert_eq!(Frame::parse(&[]), None);
    for tag in (0..=u8::MAX).filter(|tag| !(1..=5).contains(tag)) {
        assert_eq!(Frame::parse(&[&[tag], &sealed[1..]].concat()), None, "{tag}");
    }
    assert_eq!(Frame::parse(&sealed[..sealed.len() - 1]), None, "less than a tag");
    assert_eq!(Frame::parse(&stale[..stale.len() - 1]), None);
    assert_eq!(Frame::parse(&[&stale[..], &[0]].concat()), None);
    assert!(Frame::parse(&[&hello[..], &[0; 9]].concat()).is_some(), "padding");
    assert_eq!(Frame::parse(&[&hello[..], &[0, 1]].concat()), None);
}

// spec: RG-2
#[test]
fn a_hello_datagram_has_its_full_size_and_only_zeros_as_padding() {
    let hello = Hello { version: VERSION, e_client: [1; 32], random: [2; 32] };
    let mut bytes = Vec::new();
    hello.put_datagram(&mut bytes);
    assert_eq!(bytes.len(), HELLO_DATAGRAM);
    assert_eq!(Frame::parse(&bytes[1..]), Some(Frame::Hello(hello)));
    *bytes.last_mut().unwrap() = 1;
    assert_eq!(Frame::parse(&bytes[1..]), None);
}

// spec: CV-11
#[test]
fn t45_bombs_make_no_room() {
    for tag in 0..24 {
        for frame in bombs(3, 4, 0, tag) {
            let _: Result<RendezvousMsg, _> = decode(&frame);
            let _: Result<RegisterStatement, _> = decode(&frame);
            let _: Result<ConnectStatement, _> = decode(&frame);
        }
    }
}

#[test]
fn counts_over_the_bound_are_refused() {
    let message =
        RendezvousMsg::Beat { sequence: 1, rtts: vec![RelayRtt { relay: RelayId(1), millis: 2 }; 33] };
    let mut bytes = Vec::new();
    CapnProto::encode(&message, &mut bytes).unwrap();
    assert_eq!(<CapnProto as Codec<RendezvousMsg>>::decode(&bytes), Err(DecodeError::Field("rtts")));
}

/// A message of these segments in the stream format, packed by the rules of the encoding's documentation.
fn packed(segments: &[&[u64]]) -> Vec<u8> {
    let mut table: Vec<u32> = vec![u32::try_from(segments.len()).unwrap() - 1];
    table.extend(segments.iter().map(|words| u32::try_from(words.len()).unwrap()));
    table.resize(table.len().next_multiple_of(2), 0);
    let table = table.chunks(2).map(|pair| u64::from(pair[0]) | u64::from(pair[1]) << 32);
    let mut out = Vec::new();
    for word in table.chain(segments.concat()) {
        let bytes = word.to_le_bytes();
        out.push((0..8).filter(|at| bytes[*at] != 0).fold(0, |tag, at| tag | 1 << at));
        out.extend(bytes.iter().filter(|byte| **byte != 0));
        // How many words more are zeros, or stand there as they are.
        if matches!(word, 0) || !bytes.contains(&0) {
            out.push(0);
        }
    }
    out
}

// spec: CV-8, CV-10
#[test]
fn messages_of_many_parts_or_over_the_bounds_of_their_class_are_refused() {
    let read = <CapnProto as Codec<RendezvousMsg>>::decode;
    let refused = |bytes: &[u8]| read(bytes) == Err(DecodeError::Malformed);
    // A pointer to a struct of one word, which holds a member of a later version.
    let words = [0x1_0000_0000, 999];
    let whole = packed(&[&words]);
    assert!(read(&whole).is_ok());
    assert!(refused(&[&whole[..], &[0, 0]].concat()), "something after it");
    assert!(refused(&packed(&[&words, &[]])) && refused(&packed(&[&words, &[5]])), "two segments");
    // Words that nothing points to count as well.
    let long = |count: usize| packed(&[&[&words[..], &vec![0; count - 2]].concat()]);
    assert!(read(&long(CONTROL.words)).is_ok() && refused(&long(CONTROL.words + 1)));
    let wide = |count: usize| packed(&[&[&words[..], &vec![u64::MAX; count]].concat()]);
    assert!(wide(408).len() <= CONTROL.frame && read(&wide(408)).is_ok());
    assert!(wide(410).len() > CONTROL.frame && refused(&wide(410)));
}

#[test]
fn beats_are_a_few_tens_of_bytes_and_introductions_fit_a_datagram() {
    let size = |message: &RendezvousMsg| {
        let mut bytes = Vec::new();
        CapnProto::encode(message, &mut bytes).unwrap();
        bytes.len()
    };
    assert!(size(&RendezvousMsg::Beat { sequence: 77, rtts: Vec::new() }) <= 16);
    let observed = "[2a02:8123:4567:89ab:1111:2222:3333:4444]:54321".parse().unwrap();
    let longest = RendezvousMsg::Reflected { nonce: u64::MAX, observed, alternate: Some(observed) };
    assert!(size(&longest) <= size(&RendezvousMsg::Reflect { nonce: 0, from: AnswerFrom::Here }));
    let relay = |id| Relay {
        id: RelayId(id),
        addresses: vec!["203.0.113.7:21117".parse().unwrap(), "[2001:db8::77:1]:21117".parse().unwrap()],
        token: Private(vec![0xa5; 150]),
        url: None,
    };
    let introduced = Introduced {
        introduction: IntroductionId([1; 32]),
        secret: Private([2; 32]),
        issued: 1_790_000_000,
        certificate: vec![0x5a; 150],
        viewer_random: [3; 32],
        host_random: [4; 32],
        server_random: [5; 32],
        relays: (1..=3).map(relay).collect(),
        candidates: Vec::new(),
    };
    // Kind, tag, handle, counter and AEAD tag are 34 bytes more.
    assert!(size(&RendezvousMsg::Introduced(Box::new(introduced))) + 34 <= 1_200);
}
