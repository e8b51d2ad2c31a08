//! What a transport tells its owner.

use core::fmt;

use deskwire_handshake::HandshakeError;
use deskwire_identity::{PublicKey, Secret64};
use deskwire_machine::LinkId;
use deskwire_wire::ids::DeviceId;

/// What a transport tells its owner.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event {
    /// Both sides proved who they are and hold the same keys. Channels work from now on.
    Established(Established),
    /// The peer opened a channel; its id is new.
    ChannelOpened {
        /// Its id.
        channel: LinkId,
        /// Whether this side may write to it too.
        bidirectional: bool,
    },
    /// There is something to read, or the end. Said once until the channel was read empty.
    ChannelReadable {
        /// Which.
        channel: LinkId,
    },
    /// The channel takes bytes again, after it took less than offered.
    ChannelWritable {
        /// Which.
        channel: LinkId,
    },
    /// The peer wants no more bytes on this channel. A channel that only goes out is [`Event::ChannelClosed`] with
    /// it; a bidirectional one can still be read.
    ChannelStopped {
        /// Which.
        channel: LinkId,
        /// The peer's code.
        code: u64,
    },
    /// Nothing more comes in on this channel; or, if it only goes out, the peer has it all or refused the rest.
    ChannelClosed {
        /// Which.
        channel: LinkId,
        /// `None`: it ended in order and everything was read. `Some`: it was cut with this code.
        code: Option<u64>,
    },
    /// Channels that could not be opened for want of credit can be opened now.
    ChannelsAvailable,
    /// An unreliable datagram.
    Datagram(Vec<u8>),
    /// A path works in both directions.
    PathUp {
        /// Its link.
        link: LinkId,
    },
    /// A path does not work any more, or never did. Its link is of no use to this transport.
    PathDown {
        /// Its link.
        link: LinkId,
    },
    /// The active path fell silent, and its packets take a detour over this link: at once, and perhaps only for a moment.
    /// [`Event::ActivePathChanged`] follows if it lasts.
    Detour {
        /// The link they go over now.
        link: LinkId,
    },
    /// Data goes over this path now.
    ActivePathChanged {
        /// Its link.
        link: LinkId,
    },
    /// The connection is over. The last event.
    Closed {
        /// Why.
        reason: Closed,
    },
}

/// Who the peer is, and secrets to bind other things to this connection.
#[derive(Clone)]
pub struct Established {
    /// The peer's identity key.
    pub peer_key: PublicKey,
    /// The peer's id, if it has proved one.
    pub peer_id: Option<DeviceId>,
    /// A secret only both ends know, for purposes outside the transport (login, probes).
    pub exporter: Secret64,
    /// A secret for taking this session up again.
    pub resumption: Secret64,
}

impl fmt::Debug for Established {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Established").field("peer_key", &self.peer_key).finish_non_exhaustive()
    }
}

/// Why a connection is over.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum Closed {
    /// This side closed it.
    Local,
    /// The peer closed it.
    Peer {
        /// Its code.
        code: u64,
        /// Its reason, cut to 200 bytes; not trustworthy before the connection was established.
        reason: String,
    },
    /// Keys or proofs did not fit.
    Handshake(HandshakeError),
    /// The peer ended the handshake.
    HandshakeRefused,
    /// The handshake took too long.
    HandshakeTimedOut,
    /// The peer has fallen silent on every path.
    TimedOut,
    /// The last path went away.
    NoPath,
    /// The peer, or something that has its keys, broke the rules of the transport.
    Misbehaved(String),
}

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Local => f.write_str("this side closed the connection"),
            Self::Peer { code, reason } if reason.is_empty() => {
                write!(f, "the other side closed the connection (code {code})")
            }
            Self::Peer { code, reason } => {
                write!(f, "the other side closed the connection: {reason} (code {code})")
            }
            Self::Handshake(error) => write!(f, "the key handshake failed: {error}"),
            Self::HandshakeRefused => f.write_str("the other side broke off the key handshake"),
            Self::HandshakeTimedOut => f.write_str("the other side did not finish the key handshake in time"),
            Self::TimedOut => f.write_str(
                "the other side has fallen silent: it was switched off, or the network between is cut; connect again \
                 when it is back",
            ),
            Self::NoPath => f.write_str(
                "no way to the other side is left, neither a direct one nor a relay; check this device's network and \
                 connect again",
            ),
            Self::Misbehaved(what) => write!(f, "the other side broke the transport's rules: {what}"),
        }
    }
}

impl core::error::Error for Closed {}
