//! Control messages of relays.

use deskwire_wire::ids::Private;
use deskwire_wire::relay::{
    Channel, ClosedReason, Open, OpenAck, PairState, Place, RefuseReason, RelayMsg, RelayState,
};
use serde_json::{Value, json};

use super::{Sample, address, at, sample};
use crate::input::hex;

/// One message of each kind.
pub(super) fn samples() -> Vec<Sample> {
    let Some(channel) = Channel::new(0x00ab_cdef) else { return Vec::new() };
    let place = || Place { channel, proof: Private(0x0102_0304_0506_0708) };
    let open = |resume, padding| {
        RelayMsg::Open(Open {
            token: Private(vec![0x11; 143]),
            nonce: 0x2122_2324_2526_2728,
            resume,
            padding,
        })
    };
    let ack = OpenAck {
        nonce: 0x2122_2324_2526_2728,
        place: place(),
        state: PairState::Waiting,
        max_packet: 1_452,
        observed: at("203.0.113.9:61000"),
    };
    [
        ("open", open(None, 64)),
        ("open, again from another address", open(Some(place()), 0)),
        ("openAck", RelayMsg::OpenAck(ack.clone())),
        (
            "openAck over IPv6, both sides there",
            RelayMsg::OpenAck(OpenAck {
                state: PairState::Paired,
                observed: at("[2001:db8::9]:61000"),
                ..ack
            }),
        ),
        ("paired", RelayMsg::Paired(place())),
        ("refused", RelayMsg::Refused { nonce: 0x2122_2324_2526_2728, reason: RefuseReason::Used }),
        ("closed", RelayMsg::Closed { place: place(), reason: ClosedReason::Duration }),
        ("ping", RelayMsg::Ping(place())),
        ("pong", RelayMsg::Pong { place: place(), state: PairState::Paired }),
        ("draining", RelayMsg::Draining(place())),
        ("leave", RelayMsg::Leave(place())),
        ("unknownPlace", RelayMsg::UnknownPlace(place())),
        ("echo", RelayMsg::Echo { nonce: 7, padding: 16 }),
        ("echoed", RelayMsg::Echoed { nonce: 7, state: RelayState::Draining }),
    ]
    .into_iter()
    .map(|(name, message)| sample(name, "RelayMessage", &message))
    .collect()
}

/// A message by the names of its schema.
pub(crate) fn fields(message: &RelayMsg) -> Result<Value, String> {
    Ok(match message {
        RelayMsg::Open(open) => json!({ "open": {
            "token": hex(&open.token.0), "nonce": open.nonce, "resume": open.resume.as_ref().map(place),
            "padding": padding(open.padding),
        } }),
        RelayMsg::OpenAck(ack) => json!({ "openAck": {
            "nonce": ack.nonce, "place": place(&ack.place), "paired": ack.state == PairState::Paired,
            "maxPacket": ack.max_packet, "observed": address(ack.observed),
        } }),
        RelayMsg::Paired(at) => json!({ "paired": place(at) }),
        RelayMsg::Refused { nonce, reason } => {
            let reason = match reason {
                RefuseReason::Expired => 0,
                RefuseReason::OtherRelay => 1,
                RefuseReason::Used => 2,
                RefuseReason::Full => 3,
                RefuseReason::Draining => 4,
                _ => return Err("there is a new reason; say here which number it has".to_owned()),
            };
            json!({ "refused": { "nonce": nonce, "reason": reason } })
        }
        RelayMsg::Closed { place: at, reason } => {
            let reason = match reason {
                ClosedReason::PeerLeft => 0,
                ClosedReason::NobodyCame => 1,
                ClosedReason::Idle => 2,
                ClosedReason::ByteCap => 3,
                ClosedReason::Duration => 4,
                ClosedReason::Stopped => 5,
                _ => return Err("there is a new reason; say here which number it has".to_owned()),
            };
            json!({ "closed": { "place": place(at), "reason": reason } })
        }
        RelayMsg::Ping(at) => json!({ "ping": place(at) }),
        RelayMsg::Pong { place: at, state } => {
            json!({ "pong": { "place": place(at), "paired": *state == PairState::Paired } })
        }
        RelayMsg::Draining(at) => json!({ "draining": place(at) }),
        RelayMsg::Leave(at) => json!({ "leave": place(at) }),
        RelayMsg::UnknownPlace(at) => json!({ "unknownPlace": place(at) }),
        RelayMsg::Echo { nonce, padding: length } => {
            json!({ "echo": { "nonce": nonce, "padding": padding(*length) } })
        }
        RelayMsg::Echoed { nonce, state } => {
            let state = match state {
                RelayState::Serving => 0,
                RelayState::Full => 1,
                RelayState::Draining => 2,
                _ => return Err("there is a new state; say here which number it has".to_owned()),
            };
            json!({ "echoed": { "nonce": nonce, "state": state } })
        }
        _ => return Err("this message is not known here; say which fields it has".to_owned()),
    })
}

fn place(place: &Place) -> Value {
    json!({ "channel": place.channel.number(), "proof": place.proof.0 })
}

fn padding(length: u16) -> String {
    hex(&vec![0xff; length.into()])
}
