//! The direct path: found by the puncher, used by the transport.

use alloc::string::ToString;
use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr, SocketAddr};

use deskwire_machine::{Ecn, Input, Instant, LinkId, Machine};
use deskwire_punch::{PunchEvent, Puncher, PuncherConfig};
use deskwire_transport::PathKind;

use super::{CloseReason, Connection, Surroundings, UdpLink};
use crate::event::ConnectionEvent;

/// Where paths "are" inside the transport: real addresses are kept here.
pub(super) const NO_ADDRESS: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);

/// A direct path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Direct {
    /// The transport's name for it.
    pub(super) path: LinkId,
    /// The socket it uses.
    pub(super) link: LinkId,
    /// The peer's address.
    pub(super) remote: SocketAddr,
    /// Whether the transport has proved it.
    pub(super) up: bool,
}

impl Connection {
    /// Begins to look for a direct path.
    pub(super) fn start_punching(&mut self, now: Instant, around: &Surroundings<'_>) {
        let (Some(secret), Some(transport)) = (self.punch_secret.clone(), &self.transport) else { return };
        let mut config =
            PuncherConfig::new(self.role, secret, self.seed.derive("punch"), self.shared.ids.clone());
        config.rtt = transport.stats().rtt;
        let mut puncher = Puncher::new(now, config);
        for udp in around.udp {
            let opened = Input::Opened { link: udp.link, local: udp.local, max_datagram: udp.max_datagram };
            puncher.handle_input(now, opened);
        }
        puncher.handle_input(now, Input::NetworkChanged { addrs: around.addrs });
        if let Some((main, second)) = around.observed {
            puncher.set_reflexive(now, main, second);
        }
        puncher.start(now);
        self.puncher = Some(puncher);
    }

    /// What the puncher wants. Gives whether anything happened.
    pub(super) fn pump_puncher(&mut self, now: Instant, around: &Surroundings<'_>) -> bool {
        let mut moved = false;
        while let Some(event) = self.puncher.as_mut().and_then(Machine::poll_event) {
            moved = true;
            match event {
                PunchEvent::Send(message) => {
                    if let Some(session) = &mut self.session {
                        session.send_path_message(now, message);
                    }
                }
                PunchEvent::PathFound { link, remote, .. } => self.use_direct(now, link, remote, around.udp),
                PunchEvent::Failed { report } => {
                    self.events.push_back(ConnectionEvent::PunchFailed(report.to_string()));
                }
                _ => {}
            }
        }
        moved
    }

    fn use_direct(&mut self, now: Instant, link: LinkId, remote: SocketAddr, udp: &[UdpLink]) {
        if self.direct.is_some_and(|direct| (direct.link, direct.remote) == (link, remote)) {
            return;
        }
        self.drop_direct(now);
        let max_datagram = udp.iter().find(|u| u.link == link).map_or(1_200, |u| u.max_datagram);
        let path = self.shared.ids.allocate();
        self.direct = Some(Direct { path, link, remote, up: false });
        self.open_path(now, path, PathKind::Direct, max_datagram);
    }

    /// The direct path is of no use any more.
    pub(super) fn drop_direct(&mut self, now: Instant) {
        if let (Some(direct), Some(transport)) = (self.direct.take(), &mut self.transport) {
            transport.handle_input(now, Input::Closed { link: direct.path, reason: CloseReason::Local });
        }
    }

    /// A message of the peer's puncher.
    pub(super) fn path_message(&mut self, now: Instant, message: &Vec<u8>) {
        if let Some(puncher) = &mut self.puncher {
            puncher.handle_message(now, message);
        }
    }

    /// Whether a QUIC packet from this address can be for this connection.
    pub(super) fn owns_direct(&self, link: LinkId, from: SocketAddr) -> bool {
        self.direct.is_some_and(|direct| (direct.link, direct.remote) == (link, from))
    }

    pub(super) fn direct_packet(&mut self, now: Instant, ecn: Ecn, data: &mut [u8]) {
        if let (Some(direct), Some(transport)) = (self.direct, &mut self.transport) {
            transport.handle_input(now, Input::Datagram { link: direct.path, from: NO_ADDRESS, ecn, data });
        }
    }
}
