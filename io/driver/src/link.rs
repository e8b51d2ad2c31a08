//! The link table's entries.

use std::sync::Arc;

use deskwire_machine::LinkId;
use socket2::Socket;

use crate::Interest;
use crate::stream::StreamLink;
use crate::udp::UdpLink;

/// A socket and its state.
pub(crate) struct Link {
    pub(crate) kind: Kind,
    /// In the queue of links to serve.
    pub(crate) queued: bool,
    /// Readable, as far as known, but the machine does not want input.
    pub(crate) parked: bool,
    /// What the backend was asked for since it last reported.
    pub(crate) armed: Interest,
}

/// What a link is.
pub(crate) enum Kind {
    Udp(UdpLink),
    Stream(StreamLink),
    Listener(Listener),
}

/// A TCP listener.
pub(crate) struct Listener {
    pub(crate) socket: Arc<Socket>,
    /// The system has no more sockets: do not try again before a timer says so.
    pub(crate) paused: bool,
    /// Its connections have to shake hands first.
    pub(crate) websocket: bool,
}

impl Link {
    pub(crate) const fn new(kind: Kind) -> Self {
        Self { kind, queued: false, parked: false, armed: Interest::NONE }
    }

    pub(crate) const fn socket(&self) -> &Arc<Socket> {
        match &self.kind {
            Kind::Udp(udp) => &udp.socket,
            Kind::Stream(stream) => &stream.socket,
            Kind::Listener(listener) => &listener.socket,
        }
    }

    /// What the socket has to report, when it was served until it had no more.
    pub(crate) fn interest(&self) -> Interest {
        match &self.kind {
            Kind::Udp(udp) => Interest { read: true, write: udp.pending_bytes > 0 },
            Kind::Stream(stream) => {
                let reads = match stream.phase {
                    crate::stream::Phase::Open => !self.parked,
                    crate::stream::Phase::Greeting => true,
                    _ => stream.discards(),
                };
                Interest { read: reads, write: stream.wants_write() }
            }
            Kind::Listener(listener) => Interest { read: !listener.paused, write: false },
        }
    }
}

/// What the machine is told when its outputs are drained.
#[derive(Debug)]
pub(crate) enum Told {
    Opened { link: LinkId },
    Accepted { listener: LinkId, link: LinkId, remote: std::net::SocketAddr },
    Closed { link: LinkId, reason: deskwire_machine::CloseReason },
    Writable { link: LinkId },
}
