//! Sockets that the puncher opens itself: a NAT that maps per destination gives each a port of its own.

use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr, SocketAddr};

use deskwire_machine::{LinkId, LinkSpec};

use super::Puncher;

/// What an own socket is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Purpose {
    /// To see which ports the NAT gives.
    Sample,
    /// To get a port among those of the samples.
    Bait,
    /// One of many.
    Sweep,
}

/// An own socket.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extra {
    pub(super) link: LinkId,
    pub(super) purpose: Purpose,
    /// Once it is open: its local address, and the largest datagram it carries.
    pub(super) opened: Option<(SocketAddr, usize)>,
}

impl Puncher {
    /// Asks for another socket. All are IPv4: IPv6 is hardly ever translated.
    pub(super) fn open_extra(&mut self, purpose: Purpose) -> LinkId {
        let link = self.config.ids.allocate();
        let local = Some(SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0));
        self.outbox.open(link, LinkSpec::Udp { local });
        self.extras.push(Extra { link, purpose, opened: None });
        self.sockets_opened += 1;
        link
    }

    pub(super) fn extra(&self, link: LinkId) -> Option<&Extra> {
        self.extras.iter().find(|extra| extra.link == link)
    }

    pub(super) fn close_extra(&mut self, link: LinkId) {
        if self.extras.iter().any(|extra| extra.link == link) {
            self.extras.retain(|extra| extra.link != link);
            self.outbox.close(link);
        }
    }

    /// Closes all own sockets but the one that carries the path.
    pub(super) fn close_extras(&mut self) {
        let links = self.extras.iter().map(|extra| extra.link);
        let links: Vec<LinkId> = links.filter(|link| self.kept != Some(*link)).collect();
        for link in links {
            self.close_extra(link);
        }
    }

    /// Whether a link is one of the puncher's own sockets. Its owner hands it all that concerns them.
    pub fn owns_link(&self, link: LinkId) -> bool {
        self.extra(link).is_some() || self.owns_tcp(link)
    }

    /// The largest datagram that one of its own sockets carries, in bytes.
    pub fn max_datagram(&self, link: LinkId) -> Option<usize> {
        self.extra(link)?.opened.map(|(_, max)| max)
    }

    /// A path that was found on this socket is not in use any more.
    pub fn release(&mut self, link: LinkId) {
        self.kept.take_if(|kept| *kept == link);
        self.close_extra(link);
        if self.kept_stream.take_if(|kept| *kept == link).is_some() {
            self.outbox.close(link);
        }
    }

    /// The session is over: probes no more, and closes all own sockets but that of the path, which
    /// [`Puncher::release`] does.
    pub fn shut_down(&mut self) {
        self.stop(super::PunchState::Idle);
        self.close_extras();
    }
}
