//! What a relay client is told, and what it tells.

use alloc::vec::Vec;
use core::fmt;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_machine::{LinkIds, Seed, WsUrl};
use deskwire_wire::ids::Private;
use deskwire_wire::relay::{ClosedReason, RefuseReason};

use crate::Over;

/// Configuration of a [`super::RelayClient`].
#[derive(Clone, Debug)]
pub struct ClientConfig {
    /// Where the relay listens (UDP and TCP), best first.
    pub relay: Vec<SocketAddr>,
    /// Where it takes WebSockets, for networks that let nothing else through; best first.
    pub websockets: Vec<WsUrl>,
    /// The token for this side, as the rendezvous server signed it.
    pub token: Private<Vec<u8>>,
    /// Whether UDP may be used. If not, TCP is tried at once.
    pub udp: bool,
    /// Times.
    pub timing: ClientTiming,
    /// Bounds.
    pub limits: ClientLimits,
    /// Randomness of the nonce.
    pub seed: Seed,
    /// Numbers the client's TCP links.
    pub ids: LinkIds,
}

impl ClientConfig {
    /// A configuration with the usual times and bounds.
    pub fn new(relay: Vec<SocketAddr>, token: Vec<u8>, seed: Seed, ids: LinkIds) -> Self {
        Self {
            relay,
            websockets: Vec::new(),
            token: Private(token),
            udp: true,
            timing: ClientTiming::default(),
            limits: ClientLimits::default(),
            seed,
            ids,
        }
    }
}

/// Times of a [`super::RelayClient`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClientTiming {
    /// When the first open is sent again; doubles each time.
    pub retransmit: Duration,
    /// The longest time between two opens.
    pub retransmit_max: Duration,
    /// How long UDP is tried alone.
    pub fallback: Duration,
    /// How long TCP is tried without WebSocket beside it.
    pub head_start: Duration,
    /// How long a relay may take to answer on a stream before another stream is asked.
    pub patience: Duration,
    /// When opening ends without success.
    pub give_up: Duration,
    /// Silence after which a paired client asks whether the relay is there; shorter than UDP mappings of NATs live.
    pub keepalive: Duration,
    /// The same while the other side is not here yet.
    pub keepalive_waiting: Duration,
    /// The same after something was sent and nothing came.
    pub suspicion: Duration,
    /// Time between two questions without an answer.
    pub ask_again: Duration,
    /// Unanswered questions after which the relay counts as lost.
    pub questions: u8,
}

impl Default for ClientTiming {
    fn default() -> Self {
        Self {
            retransmit: Duration::from_millis(250),
            retransmit_max: Duration::from_secs(2),
            fallback: Duration::from_millis(1_500),
            head_start: Duration::from_millis(500),
            patience: Duration::from_secs(2),
            give_up: Duration::from_secs(10),
            keepalive: Duration::from_secs(15),
            keepalive_waiting: Duration::from_secs(1),
            suspicion: Duration::from_secs(1),
            ask_again: Duration::from_secs(1),
            questions: 6,
        }
    }
}

/// Bounds of a [`super::RelayClient`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClientLimits {
    /// Unsent bytes; packets over it are dropped.
    pub queue: usize,
    /// Packets and other events that the owner has not taken.
    pub events: usize,
    /// Largest packet on a stream, in bytes.
    pub stream_packet: usize,
}

impl Default for ClientLimits {
    fn default() -> Self {
        Self { queue: 256 << 10, events: 1_024, stream_packet: 16_384 }
    }
}

/// What a [`super::RelayClient`] tells its owner.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ClientEvent {
    /// The place is taken.
    Ready {
        /// Largest packet that the relay carries, in bytes.
        max_datagram: usize,
        /// How the relay was reached.
        over: Over,
        /// From where the relay sees this machine.
        observed: SocketAddr,
    },
    /// The other side is here; packets flow from now on.
    Paired,
    /// A packet from the other side.
    Packet(Vec<u8>),
    /// The relay is about to go: open a path on another one. Told once.
    Draining,
    /// It is over; the client does nothing any more.
    Closed {
        /// Why.
        reason: ClientClosed,
    },
}

/// Why a [`super::RelayClient`] ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ClientClosed {
    /// The relay refused the token.
    Refused(RefuseReason),
    /// The relay ended the pair.
    Ended(ClosedReason),
    /// The relay could not be reached, over UDP, TCP or WebSocket.
    Unreachable,
    /// The relay was there and is not any more.
    Lost,
    /// The relay is there and does not know the place any more: it was started again.
    Forgotten,
}

impl fmt::Display for ClientClosed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused(RefuseReason::Expired) => {
                "the relay says that its token is too old; check the clocks"
            }
            Self::Refused(RefuseReason::OtherRelay) => "the token is for another relay; check the relay map",
            Self::Refused(RefuseReason::Used) => "the relay says that its token was used; ask for a new one",
            Self::Refused(RefuseReason::Full) => "the relay is full; try another one",
            Self::Refused(RefuseReason::Draining) => "the relay is about to stop; try another one",
            Self::Refused(_) => "the relay refused; try another one",
            Self::Ended(ClosedReason::PeerLeft) => "the other side left the relay",
            Self::Ended(ClosedReason::NobodyCame) => "the other side did not come to the relay in time",
            Self::Ended(ClosedReason::Idle) => "the relay heard nothing for too long",
            Self::Ended(ClosedReason::ByteCap) => {
                "the relay's byte limit of this session is used up; dial again, or ask the relay's operator for more"
            }
            Self::Ended(ClosedReason::Duration) => {
                "the relay's time limit of this session is over; dial again, or ask the relay's operator for more"
            }
            Self::Ended(ClosedReason::Stopped) => "the relay stopped; try another one",
            Self::Ended(_) => "the relay ended the session; try another one",
            Self::Unreachable => {
                "the relay cannot be reached over UDP, TCP or WebSocket; check the network or its address"
            }
            Self::Lost => "the relay does not answer any more; try another one",
            Self::Forgotten => "the relay was started again and forgot the session; ask for a new token",
        })
    }
}

impl ClientClosed {
    /// Whether the relay's operator limits the session, so that another relay would only get around it.
    pub const fn is_limit(self) -> bool {
        matches!(self, Self::Ended(ClosedReason::ByteCap | ClosedReason::Duration))
    }
}

impl core::error::Error for ClientClosed {}

/// Counts of a [`super::RelayClient`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ClientStats {
    /// Packets sent.
    pub sent: u64,
    /// Packets received.
    pub received: u64,
    /// Packets not sent: not ready, too long, or the link was blocked.
    pub dropped: u64,
    /// Events that the owner did not take in time, packets among them.
    pub events_lost: u64,
    /// Messages that were none, or not for this client.
    pub ignored: u64,
    /// How often the place was taken along to a new address.
    pub moves: u64,
}
