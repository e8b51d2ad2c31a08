//! How relay messages look as Cap'n Proto.

use alloc::vec;
use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use super::{CapnProto, bounded, decode_packed, encode_packed, malformed};
use crate::codec::{CONTROL, Codec, DecodeError, EncodeError};
use crate::generated::relay_capnp::{place, relay_message as schema};
use crate::ids::Private;
use crate::relay::{
    Channel, ClosedReason, MAX_PADDING, MAX_TOKEN, Open, OpenAck, PairState, Place, RefuseReason, RelayMsg,
    RelayState,
};

impl Codec<RelayMsg> for CapnProto {
    fn encode(message: &RelayMsg, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let fits = match message {
            RelayMsg::Open(open) => open.token.0.len() <= MAX_TOKEN && open.padding <= MAX_PADDING,
            RelayMsg::Echo { padding, .. } => *padding <= MAX_PADDING,
            RelayMsg::Unknown(_) => false,
            _ => true,
        };
        if !fits {
            return Err(EncodeError);
        }
        encode_packed(CONTROL, out, |builder| write(message, builder.init_root()))
    }

    fn decode(bytes: &[u8]) -> Result<RelayMsg, DecodeError> {
        decode_packed(CONTROL, bytes, |reader| read(reader.get_root().map_err(malformed)?))
    }
}

fn write(message: &RelayMsg, root: schema::Builder<'_>) {
    match message {
        RelayMsg::Open(open) => {
            let mut to = root.init_open();
            to.set_token(&open.token.0);
            to.set_nonce(open.nonce);
            if let Some(resume) = &open.resume {
                put_place(resume, to.reborrow().init_resume());
            }
            to.set_padding(&vec![0xff; usize::from(open.padding)]);
        }
        RelayMsg::OpenAck(ack) => {
            let mut to = root.init_open_ack();
            to.set_nonce(ack.nonce);
            to.set_paired(ack.state == PairState::Paired);
            to.set_max_packet(ack.max_packet);
            to.set_observed(&put_address(ack.observed));
            put_place(&ack.place, to.init_place());
        }
        RelayMsg::Paired(place) => put_place(place, root.init_paired()),
        RelayMsg::Refused { nonce, reason } => {
            let mut to = root.init_refused();
            to.set_nonce(*nonce);
            to.set_reason(refuse_number(*reason));
        }
        RelayMsg::Closed { place, reason } => {
            let mut to = root.init_closed();
            to.set_reason(closed_number(*reason));
            put_place(place, to.init_place());
        }
        RelayMsg::Ping(place) => put_place(place, root.init_ping()),
        RelayMsg::Pong { place, state } => {
            let mut to = root.init_pong();
            to.set_paired(*state == PairState::Paired);
            put_place(place, to.init_place());
        }
        RelayMsg::Draining(place) => put_place(place, root.init_draining()),
        RelayMsg::Leave(place) => put_place(place, root.init_leave()),
        RelayMsg::UnknownPlace(place) => put_place(place, root.init_unknown_place()),
        RelayMsg::Echo { nonce, padding } => {
            let mut to = root.init_echo();
            to.set_nonce(*nonce);
            to.set_padding(&vec![0xff; usize::from(*padding)]);
        }
        RelayMsg::Echoed { nonce, state } => {
            let mut to = root.init_echoed();
            to.set_nonce(*nonce);
            to.set_state(state.code());
        }
        // `encode` refused it.
        RelayMsg::Unknown(_) => {}
    }
}

fn read(root: schema::Reader<'_>) -> Result<RelayMsg, DecodeError> {
    let which = match root.which() {
        Ok(which) => which,
        Err(capnp::NotInSchema(tag)) => return Ok(RelayMsg::Unknown(tag)),
    };
    Ok(match which {
        schema::Open(open) => {
            let open = open.map_err(malformed)?;
            RelayMsg::Open(Open {
                token: Private(bounded(open.get_token().map_err(malformed)?, MAX_TOKEN, "token")?),
                nonce: open.get_nonce(),
                resume: if open.has_resume() { Some(get_place(open.get_resume())?) } else { None },
                padding: padding(open.get_padding())?,
            })
        }
        schema::OpenAck(ack) => {
            let ack = ack.map_err(malformed)?;
            RelayMsg::OpenAck(OpenAck {
                nonce: ack.get_nonce(),
                place: get_place(ack.get_place())?,
                state: state(ack.get_paired()),
                max_packet: ack.get_max_packet(),
                observed: get_address(ack.get_observed().map_err(malformed)?, "observed")?,
            })
        }
        schema::Paired(place) => RelayMsg::Paired(get_place(place)?),
        schema::Refused(refused) => {
            let refused = refused.map_err(malformed)?;
            RelayMsg::Refused { nonce: refused.get_nonce(), reason: refuse_reason(refused.get_reason()) }
        }
        schema::Closed(closed) => {
            let closed = closed.map_err(malformed)?;
            RelayMsg::Closed {
                place: get_place(closed.get_place())?,
                reason: closed_reason(closed.get_reason()),
            }
        }
        schema::Ping(place) => RelayMsg::Ping(get_place(place)?),
        schema::Pong(pong) => {
            let pong = pong.map_err(malformed)?;
            RelayMsg::Pong { place: get_place(pong.get_place())?, state: state(pong.get_paired()) }
        }
        schema::Draining(place) => RelayMsg::Draining(get_place(place)?),
        schema::Leave(place) => RelayMsg::Leave(get_place(place)?),
        schema::UnknownPlace(place) => RelayMsg::UnknownPlace(get_place(place)?),
        schema::Echo(echo) => {
            let echo = echo.map_err(malformed)?;
            RelayMsg::Echo { nonce: echo.get_nonce(), padding: padding(echo.get_padding())? }
        }
        schema::Echoed(echoed) => {
            let echoed = echoed.map_err(malformed)?;
            let state = RelayState::from_code(echoed.get_state());
            RelayMsg::Echoed { nonce: echoed.get_nonce(), state }
        }
    })
}

fn padding(bytes: capnp::Result<&[u8]>) -> Result<u16, DecodeError> {
    let len = u16::try_from(bytes.map_err(malformed)?.len()).ok();
    len.filter(|len| *len <= MAX_PADDING).ok_or(DecodeError::Field("padding"))
}

const fn state(paired: bool) -> PairState {
    if paired { PairState::Paired } else { PairState::Waiting }
}

fn put_place(place: &Place, mut to: place::Builder<'_>) {
    to.set_channel(place.channel.number());
    to.set_proof(place.proof.0);
}

fn get_place(place: capnp::Result<place::Reader<'_>>) -> Result<Place, DecodeError> {
    let place = place.map_err(malformed)?;
    let channel = Channel::new(place.get_channel()).ok_or(DecodeError::Field("channel"))?;
    Ok(Place { channel, proof: Private(place.get_proof()) })
}

const fn refuse_number(reason: RefuseReason) -> u16 {
    match reason {
        RefuseReason::Expired => 0,
        RefuseReason::OtherRelay => 1,
        RefuseReason::Used => 2,
        RefuseReason::Full => 3,
        RefuseReason::Draining => 4,
        RefuseReason::Unknown(number) => number,
    }
}

const fn refuse_reason(number: u16) -> RefuseReason {
    match number {
        0 => RefuseReason::Expired,
        1 => RefuseReason::OtherRelay,
        2 => RefuseReason::Used,
        3 => RefuseReason::Full,
        4 => RefuseReason::Draining,
        other => RefuseReason::Unknown(other),
    }
}

const fn closed_number(reason: ClosedReason) -> u16 {
    match reason {
        ClosedReason::PeerLeft => 0,
        ClosedReason::NobodyCame => 1,
        ClosedReason::Idle => 2,
        ClosedReason::ByteCap => 3,
        ClosedReason::Duration => 4,
        ClosedReason::Stopped => 5,
        ClosedReason::Unknown(number) => number,
    }
}

const fn closed_reason(number: u16) -> ClosedReason {
    match number {
        0 => ClosedReason::PeerLeft,
        1 => ClosedReason::NobodyCame,
        2 => ClosedReason::Idle,
        3 => ClosedReason::ByteCap,
        4 => ClosedReason::Duration,
        5 => ClosedReason::Stopped,
        other => ClosedReason::Unknown(other),
    }
}

/// 4 or 16 bytes of IP address and 2 bytes of port, big-endian. IPv4-mapped addresses stay what they are, so that a
/// receiver can refuse them.
pub(super) fn put_address(address: SocketAddr) -> Vec<u8> {
    let mut out = match address.ip() {
        IpAddr::V4(ip) => ip.octets().to_vec(),
        IpAddr::V6(ip) => ip.octets().to_vec(),
    };
    out.extend_from_slice(&address.port().to_be_bytes());
    out
}

/// Reads what [`put_address`] wrote.
pub(super) fn get_address(bytes: &[u8], field: &'static str) -> Result<SocketAddr, DecodeError> {
    let (ip, &port) = bytes.split_last_chunk::<2>().ok_or(DecodeError::Field(field))?;
    let ip = if let Ok(ip) = <[u8; 4]>::try_from(ip) {
        IpAddr::V4(Ipv4Addr::from(ip))
    } else if let Ok(ip) = <[u8; 16]>::try_from(ip) {
        IpAddr::V6(Ipv6Addr::from(ip))
    } else {
        return Err(DecodeError::Field(field));
    };
    Ok(SocketAddr::new(ip, u16::from_be_bytes(port)))
}
