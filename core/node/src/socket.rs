//! The UDP sockets that registration, relays, probes and direct paths share, so that the NAT mapping the server saw is
//! the one that is punched.

use core::net::SocketAddr;

use deskwire_machine::{CloseReason, Input, Instant, LinkId, Machine};

/// An open socket.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct UdpLink {
    pub(crate) link: LinkId,
    pub(crate) local: SocketAddr,
    pub(crate) max_datagram: usize,
    /// Whether it takes no more for now.
    pub(crate) blocked: bool,
}

impl UdpLink {
    /// Tells a machine that was made later than the socket about it.
    pub(crate) fn introduce<M: Machine>(self, now: Instant, machine: &mut M) {
        machine.handle_input(now, SocketNews::Opened(self).input());
        if self.blocked {
            machine.handle_input(now, SocketNews::Blocked(self.link).input());
        }
    }
}

/// What happened to a socket.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum SocketNews {
    Opened(UdpLink),
    Blocked(LinkId),
    Writable(LinkId),
    Closed(LinkId, CloseReason),
}

impl SocketNews {
    /// The news in an input, if it is about a socket's state.
    pub(crate) const fn of(input: &Input<'_>) -> Option<Self> {
        match *input {
            Input::Opened { link, local, max_datagram } => {
                Some(Self::Opened(UdpLink { link, local, max_datagram, blocked: false }))
            }
            Input::Blocked { link } => Some(Self::Blocked(link)),
            Input::Writable { link } => Some(Self::Writable(link)),
            Input::Closed { link, reason } => Some(Self::Closed(link, reason)),
            _ => None,
        }
    }

    /// Which socket.
    pub(crate) const fn link(self) -> LinkId {
        match self {
            Self::Opened(udp) => udp.link,
            Self::Blocked(link) | Self::Writable(link) | Self::Closed(link, _) => link,
        }
    }

    /// The same news of another link.
    pub(crate) const fn on(self, link: LinkId) -> Self {
        match self {
            Self::Opened(udp) => Self::Opened(UdpLink { link, ..udp }),
            Self::Blocked(_) => Self::Blocked(link),
            Self::Writable(_) => Self::Writable(link),
            Self::Closed(_, reason) => Self::Closed(link, reason),
        }
    }

    /// As a machine is told it.
    pub(crate) const fn input(self) -> Input<'static> {
        match self {
            Self::Opened(UdpLink { link, local, max_datagram, .. }) => {
                Input::Opened { link, local, max_datagram }
            }
            Self::Blocked(link) => Input::Blocked { link },
            Self::Writable(link) => Input::Writable { link },
            Self::Closed(link, reason) => Input::Closed { link, reason },
        }
    }
}
