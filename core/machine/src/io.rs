//! Links, inputs and outputs.

use alloc::sync::Arc;
use core::net::{IpAddr, SocketAddr};
use core::num::NonZeroUsize;
use core::sync::atomic::{AtomicU32, Ordering};

use crate::{StreamBuf, WsUrl};

/// A socket, or a stream inside a transport, as a machine sees it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LinkId(u32);

impl LinkId {
    /// The "listener" of channels that the other side opened inside a transport.
    pub const TRANSPORT: Self = Self(0);

    /// The id as a number, for traces and tables.
    pub const fn as_u32(self) -> u32 {
        self.0
    }
}

/// Allocates link ids. Clones share the count, so a machine hands clones to its children and their ids never clash.
#[derive(Clone, Debug)]
pub struct LinkIds(Arc<AtomicU32>);

impl LinkIds {
    /// A new numbering, to be made once per tree of machines.
    pub fn new() -> Self {
        Self(Arc::new(AtomicU32::new(1)))
    }

    /// The next id.
    pub fn allocate(&self) -> LinkId {
        // A machine and its children run on one thread at a time; the atomic only keeps them `Send`.
        LinkId(self.0.fetch_add(1, Ordering::Relaxed).max(1))
    }
}

impl Default for LinkIds {
    fn default() -> Self {
        Self::new()
    }
}

/// What kind of link a machine wants.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum LinkSpec {
    /// A UDP socket.
    Udp {
        /// The address to bind, or any.
        local: Option<SocketAddr>,
    },
    /// An outgoing TCP connection.
    TcpConnect {
        /// The address to bind, or any.
        local: Option<SocketAddr>,
        /// Share the local port with other sockets (together with `local`: simultaneous open).
        reuse: bool,
        /// Where to.
        remote: SocketAddr,
    },
    /// A TCP listener; its connections arrive as [`Input::Accepted`].
    TcpListen {
        /// The address to bind, or any.
        local: Option<SocketAddr>,
        /// Share the local port with connections that this program makes from it, and with other listeners of it.
        reuse: bool,
    },
    /// A WebSocket connection: a byte stream, as a TCP connection is.
    WebSocket {
        /// Where to.
        url: WsUrl,
    },
    /// A WebSocket listener, with TLS where the driver has a certificate; what shook hands arrives as
    /// [`Input::Accepted`].
    WebSocketListen {
        /// The address to bind, or any.
        local: Option<SocketAddr>,
    },
    /// A reliable stream inside an established transport. Only a parent that owns a transport understands it.
    Channel(ChannelSpec),
}

/// A stream inside a transport.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ChannelSpec {
    /// Whether the other side may write too.
    pub bidirectional: bool,
    /// Higher goes first.
    pub priority: i8,
}

/// Explicit congestion notification of a datagram (RFC 3168).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(u8)]
pub enum Ecn {
    /// Not ECN-capable.
    #[default]
    NotEct = 0,
    /// ECT(1).
    Ect1 = 1,
    /// ECT(0).
    Ect0 = 2,
    /// Congestion experienced.
    Ce = 3,
}

/// Why a link ended or could not be opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum CloseReason {
    /// This side asked for it.
    Local,
    /// The other side ended it in order.
    Finished,
    /// The other side cut it.
    Reset,
    /// Nobody listens there.
    Refused,
    /// No route, or the network is down.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// The local port is taken.
    AddressInUse,
    /// The system does not allow it.
    NotPermitted,
    /// A frame or a queue went over its bound.
    Limit,
    /// The driver does not know this kind of link.
    Unsupported,
    /// The proxy did not let it through, or wants another password.
    ProxyRefused,
    /// The other side's certificate is not to be trusted.
    Untrusted,
    /// The other side does not speak what this kind of link speaks.
    Protocol,
    /// Anything else; the number is the system's error code, 0 if it had none.
    Failed(i32),
}

/// An address of a network interface.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct IfAddr {
    /// The address.
    pub addr: IpAddr,
    /// Length of the network prefix in bits.
    pub prefix: u8,
    /// Whether traffic on it costs money.
    pub metered: bool,
}

/// Something a machine is told.
#[derive(Debug)]
#[non_exhaustive]
pub enum Input<'a> {
    /// A link that the machine asked for is ready.
    Opened {
        /// Which.
        link: LinkId,
        /// The local address it got.
        local: SocketAddr,
        /// The largest datagram it carries, in bytes; 0 for streams.
        max_datagram: usize,
    },
    /// Somebody connected.
    Accepted {
        /// The listener, or [`LinkId::TRANSPORT`] for a channel.
        listener: LinkId,
        /// The new link. Its id was allocated by the driver or parent from the machine's [`LinkIds`].
        link: LinkId,
        /// Who; unspecified for a channel.
        remote: SocketAddr,
    },
    /// A datagram arrived. It may be changed in place (decryption) and is gone after the call.
    Datagram {
        /// On which link.
        link: LinkId,
        /// From where.
        from: SocketAddr,
        /// Its congestion mark.
        ecn: Ecn,
        /// Its bytes.
        data: &'a mut [u8],
    },
    /// Stream bytes are there. Whole frames are consumed, the rest stays for the next call.
    Stream {
        /// On which link.
        link: LinkId,
        /// All unread bytes.
        data: &'a mut StreamBuf,
    },
    /// The link takes no more output for now.
    Blocked {
        /// Which.
        link: LinkId,
    },
    /// The link takes output again.
    Writable {
        /// Which.
        link: LinkId,
    },
    /// The link is gone; its id will not be used again.
    Closed {
        /// Which.
        link: LinkId,
        /// Why.
        reason: CloseReason,
    },
    /// The addresses of this machine changed, or it gained or lost its way out of the local network while they stayed as
    /// they were. Also told once at the start.
    NetworkChanged {
        /// All of them.
        addrs: &'a [IfAddr],
    },
}

/// Something a machine wants done. Bytes that belong to it are in the buffer handed to `poll_output`.
#[derive(Clone, PartialEq, Eq, Debug)]
#[must_use]
#[non_exhaustive]
pub enum Output {
    /// Open a link under this id.
    Open {
        /// The id, allocated by the machine.
        link: LinkId,
        /// What kind.
        spec: LinkSpec,
    },
    /// Send the bytes in the buffer as one datagram, or as several of `segment` bytes (the last may be shorter).
    Datagram {
        /// On which link.
        link: LinkId,
        /// Where to.
        to: SocketAddr,
        /// Its congestion mark.
        ecn: Ecn,
        /// Size of each datagram when the buffer holds several (GSO).
        segment: Option<NonZeroUsize>,
    },
    /// Send the bytes in the buffer on a stream.
    Stream {
        /// On which link.
        link: LinkId,
    },
    /// Close the link after what was sent on it. The machine gets no `Closed` for it and never uses the id again.
    Close {
        /// Which.
        link: LinkId,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_of_an_allocator_never_clash() {
        let a = LinkIds::new();
        let b = a.clone();
        let ids = [a.allocate(), b.allocate(), a.allocate()];
        assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2]);
        assert!(ids.iter().all(|id| *id != LinkId::TRANSPORT));
    }
}
