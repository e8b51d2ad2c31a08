//! Control messages between a client and a relay.
//!
//! On UDP a control message follows the byte [`crate::frame::Kind::RelayControl`]; data follows a 4-byte channel header
//! ([`channel_header`]). On TCP the stream starts with that same kind byte; then come 2-byte-length frames, each either
//! a QUIC packet (its first byte has bit `0x40` set) or a kind byte and a control message, exactly as in a datagram.

use alloc::vec::Vec;
use core::net::SocketAddr;

use crate::frame::Kind;
use crate::ids::Private;

/// Longest token in an [`RelayMsg::Open`], in bytes.
pub const MAX_TOKEN: usize = 512;
/// Longest padding in an [`RelayMsg::Open`], in bytes.
pub const MAX_PADDING: u16 = 1_024;
/// Bytes of the channel header in front of a relayed datagram.
pub const CHANNEL_HEADER: usize = 4;

/// One side's place at a relay: 24 bits that the relay draws.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Channel(u32);

impl Channel {
    /// The channel with this number, if it has at most 24 bits.
    pub const fn new(number: u32) -> Option<Self> {
        if number < 1 << 24 { Some(Self(number)) } else { None }
    }

    /// Its number.
    pub const fn number(self) -> u32 {
        self.0
    }
}

/// The header in front of a QUIC packet on `channel`: the kind byte and 24 bits, big-endian.
pub const fn channel_header(channel: Channel) -> [u8; CHANNEL_HEADER] {
    let [_, a, b, c] = channel.0.to_be_bytes();
    [Kind::RelayData as u8, a, b, c]
}

/// The channel that a datagram's header names, if it is relayed data.
pub fn channel_of(datagram: &[u8]) -> Option<Channel> {
    let &[kind, a, b, c] = datagram.first_chunk::<CHANNEL_HEADER>()?;
    (kind == Kind::RelayData as u8).then_some(Channel(u32::from_be_bytes([0, a, b, c])))
}

/// Names a side's place and proves that the sender was told of it: nobody off the path can guess both.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The channel.
    pub channel: Channel,
    /// What the relay drew together with the channel.
    pub proof: Private<u64>,
}

/// A control message on a relay link.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum RelayMsg {
    /// Client to relay: take this side of an introduction.
    Open(Open),
    /// Relay to client: the place is taken.
    OpenAck(OpenAck),
    /// Relay to client: the other side is here.
    Paired(Place),
    /// Relay to client: the open was refused. The number is the open's.
    Refused {
        /// The nonce of the open.
        nonce: u64,
        /// Why.
        reason: RefuseReason,
    },
    /// Relay to client: the pair is over.
    Closed {
        /// Whose.
        place: Place,
        /// Why.
        reason: ClosedReason,
    },
    /// Client to relay: I am here, and I got what you sent to this address.
    Ping(Place),
    /// Relay to client: the answer.
    Pong {
        /// Whose.
        place: Place,
        /// Whether the other side is here (heals a lost [`RelayMsg::Paired`]).
        state: PairState,
    },
    /// Relay to client: the relay is about to go; open a path on another one.
    Draining(Place),
    /// Client to relay: I leave.
    Leave(Place),
    /// Relay to client: the answer to a ping of a place that is none here, as after a restart.
    UnknownPlace(Place),
    /// Anybody to relay: how far are you? Nothing is kept of it.
    Echo {
        /// Comes back.
        nonce: u64,
        /// Bytes of padding, so that the answer is not larger than the question; at most [`MAX_PADDING`].
        padding: u16,
    },
    /// The relay's answer.
    Echoed {
        /// Of the question.
        nonce: u64,
        /// Whether it takes sessions.
        state: RelayState,
    },
    /// A message this version does not know; its number in the schema's union.
    Unknown(u16),
}

/// Asks for a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Open {
    /// A relay token as the rendezvous server signed it.
    pub token: Private<Vec<u8>>,
    /// Drawn once per place by the client; answers carry it, so that nobody off the path can forge them.
    pub nonce: u64,
    /// The place the client had from another address, to take it along.
    pub resume: Option<Place>,
    /// Bytes of padding, so that no answer is larger than the question; at most [`MAX_PADDING`].
    pub padding: u16,
}

/// A place was taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenAck {
    /// The nonce of the open.
    pub nonce: u64,
    /// The place.
    pub place: Place,
    /// Whether the other side is here.
    pub state: PairState,
    /// Largest packet carried, in bytes without the channel header.
    pub max_packet: u16,
    /// From where the relay sees the client.
    pub observed: SocketAddr,
}

/// Whether a relay takes sessions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum RelayState {
    /// It does.
    Serving,
    /// All its places are taken.
    Full,
    /// It is about to go.
    Draining,
    /// A state this version does not know.
    Unknown(u16),
}

impl RelayState {
    /// Its number on the wire.
    pub const fn code(self) -> u16 {
        match self {
            Self::Serving => 0,
            Self::Full => 1,
            Self::Draining => 2,
            Self::Unknown(code) => code,
        }
    }

    /// The state with this number.
    pub const fn from_code(code: u16) -> Self {
        match code {
            0 => Self::Serving,
            1 => Self::Full,
            2 => Self::Draining,
            other => Self::Unknown(other),
        }
    }
}

/// How far a pair is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PairState {
    /// The other side is not here yet.
    Waiting,
    /// Both are here.
    Paired,
}

/// Why a relay refuses an open.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub enum RefuseReason {
    /// The token's time is over, or has not come.
    Expired,
    /// The token is for another relay.
    OtherRelay,
    /// This side of the introduction is taken, or the token was used before.
    Used,
    /// The relay is full.
    Full,
    /// The relay is about to go.
    Draining,
    /// A reason this version does not know.
    Unknown(u16),
}

/// Why a relay ended a pair.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub enum ClosedReason {
    /// The other side left or its link broke.
    PeerLeft,
    /// The other side never came.
    NobodyCame,
    /// Nothing was heard from one side for too long.
    Idle,
    /// The token's bytes are used up.
    ByteCap,
    /// The token's longest time is over.
    Duration,
    /// The relay stops.
    Stopped,
    /// A reason this version does not know.
    Unknown(u16),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_header_names_its_channel() {
        let channel = Channel::new(0x00ab_cdef).unwrap();
        let header = channel_header(channel);
        assert_eq!(header, [0x17, 0xab, 0xcd, 0xef]);
        assert_eq!(channel_of(&header), Some(channel));
        assert_eq!(channel_of(&header[..3]), None);
        assert_eq!(channel_of(&[0x0f, 0, 0, 1]), None);
        assert_eq!(Channel::new(1 << 24), None);
    }
}
