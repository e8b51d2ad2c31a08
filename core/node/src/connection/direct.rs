//! The direct path: found by the puncher, used by the transport.

use alloc::string::ToString;
use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr, SocketAddr};

use deskwire_machine::{Ecn, Input, Instant, LinkId, Machine};
use deskwire_punch::{Filtering, Mapping, PunchConfig, PunchEvent, Puncher};
use deskwire_transport::PathKind;
use deskwire_wire::punch::{Candidates, PunchMsg};
use deskwire_wire::{CapnProto, Codec as _};

use super::stream::Reflection;
use super::{CloseReason, Connection, Surroundings, UdpLink};
use crate::event::{ConnectionEvent, Phase};

/// Where paths "are" inside the transport: real addresses are kept here.
pub(super) const NO_ADDRESS: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);

/// A direct path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Direct {
    /// The transport's name for it.
    pub(super) path: LinkId,
    /// The socket it uses.
    pub(super) link: LinkId,
    /// Where to send.
    pub(super) remote: SocketAddr,
    /// Where the peer's packets come from.
    pub(super) source: SocketAddr,
    /// Whether it is a TCP connection.
    pub(super) stream: bool,
    /// Whether the transport has proved it.
    pub(super) up: bool,
}

impl Connection {
    /// Begins to look for a direct path.
    pub(super) fn start_punching(&mut self, now: Instant, around: &Surroundings<'_>) {
        let (Some(exporter), Some(transport)) = (self.exporter.clone(), &mut self.transport) else { return };
        let rtt = transport.pace().rtt;
        let mut config =
            PunchConfig::new(self.role, exporter, Some(around.server), self.seed.derive("punch"));
        config.ids = self.shared.ids.clone();
        config.limits = self.shared.punch_limits;
        config.tcp = true;
        let mut puncher = Puncher::new(now, config);
        for udp in around.udp {
            udp.introduce(now, &mut puncher);
        }
        puncher.handle_input(now, Input::NetworkChanged { addrs: around.addrs });
        puncher.set_filtering(around.filtering);
        puncher.set_reflexive(now, around.observed);
        puncher.set_mapped(now, around.mapped);
        puncher.start(now, rtt);
        self.puncher = Some(puncher);
    }

    /// What the puncher wants. Gives whether anything happened.
    pub(super) fn pump_puncher(&mut self, now: Instant, around: &Surroundings<'_>) -> bool {
        let mut moved = false;
        while let Some(event) = self.puncher.as_mut().and_then(Machine::poll_event) {
            moved = true;
            match event {
                PunchEvent::Send(message) if self.lobby.is_some() => self.note_offer(now, message),
                PunchEvent::Send(message) => {
                    if let Some(session) = &mut self.session {
                        session.send_path_message(now, message);
                    }
                }
                PunchEvent::PathFound { link, remote, source, stream, .. } => {
                    let found = Direct { path: link, link, remote, source, stream, up: false };
                    self.use_direct(now, found, around.udp);
                }
                // The connection ended before this was asked for; after its end nothing follows.
                PunchEvent::Failed { .. } if self.phase == super::Phase::Closed => {}
                PunchEvent::Failed { report } if self.phase == Phase::Connecting => {
                    self.lobby_failed(now, &report.to_string());
                }
                PunchEvent::Failed { report } => {
                    self.events.push_back(ConnectionEvent::PunchFailed(report));
                }
                PunchEvent::ReflectionWanted { link } => {
                    self.reflections.push_back(Reflection::Datagram(link))
                }
                PunchEvent::StreamReflectionWanted { link } => {
                    self.reflections.push_back(Reflection::Stream(link));
                }
                PunchEvent::StreamReflection { link, from, datagram } => {
                    self.reflections.push_back(Reflection::Answer { link, from, datagram });
                }
                _ => {}
            }
        }
        self.next_try(now);
        moved
    }

    fn use_direct(&mut self, now: Instant, found: Direct, udp: &[UdpLink]) {
        let ends = |direct: Direct| (direct.link, direct.remote, direct.source);
        if self.direct.is_some_and(|direct| ends(direct) == ends(found)) {
            return;
        }
        self.drop_direct(now, Some(found.link));
        let socket = udp.iter().find(|udp| udp.link == found.link);
        let punched = self.puncher.as_ref().and_then(|puncher| puncher.max_datagram(found.link));
        let max_datagram = match found.stream {
            true => 0,
            false => socket.map(|socket| socket.max_datagram).or(punched).unwrap_or(1_200),
        };
        let path = self.shared.ids.allocate();
        self.direct = Some(Direct { path, ..found });
        self.open_path(now, path, PathKind::Direct, max_datagram);
        if let (Some(UdpLink { blocked: true, .. }), Some(transport)) = (socket, &mut self.transport) {
            transport.handle_input(now, Input::Blocked { link: path });
        }
    }

    /// The direct path died: look for another one.
    pub(super) fn direct_lost(&mut self, now: Instant) {
        self.lost_direct = true;
        if let Some(direct) = self.direct.take() {
            self.release_socket(direct.link);
        }
        if self.phase != Phase::Closed
            && let (Some(puncher), Some(transport)) = (&mut self.puncher, &mut self.transport)
        {
            puncher.start(now, transport.pace().rtt);
        }
    }

    /// Whether a direct path was lost since this was last asked: then this device may look different from outside.
    pub(crate) fn take_direct_lost(&mut self) -> bool {
        core::mem::take(&mut self.lost_direct)
    }

    /// The direct path is of no use any more. Its socket goes too, unless the next path uses it.
    pub(super) fn drop_direct(&mut self, now: Instant, next: Option<LinkId>) {
        let Some(direct) = self.direct.take() else { return };
        if let Some(transport) = &mut self.transport {
            transport.handle_input(now, Input::Closed { link: direct.path, reason: CloseReason::Local });
        }
        if next != Some(direct.link) {
            self.release_socket(direct.link);
        }
    }

    /// The puncher's messages go the way of the session, and take as long.
    pub(super) fn tell_puncher_rtt(&mut self) {
        if self.phase == Phase::Active
            && let (Some(puncher), Some(transport)) = (&mut self.puncher, &self.transport)
        {
            puncher.set_rtt(transport.pace().rtt);
        }
    }

    /// A message of the peer's puncher.
    pub(super) fn path_message(&mut self, now: Instant, message: &[u8]) {
        self.tell_puncher_rtt();
        if let Some(puncher) = &mut self.puncher {
            puncher.handle_message(now, message);
        } else if !self.shared.punch && matches!(CapnProto::decode(message), Ok(PunchMsg::Candidates(_))) {
            self.decline_direct(now);
        }
    }

    /// Says that this side looks for no direct path, so that the other one does not wait for its addresses.
    fn decline_direct(&mut self, now: Instant) {
        let none = Candidates {
            generation: 1,
            mapping: Mapping::Unknown,
            filtering: Filtering::Unknown,
            frugal: true,
            candidates: Vec::new(),
        };
        let mut bytes = Vec::new();
        if let (Ok(()), Some(session)) =
            (CapnProto::encode(&PunchMsg::Candidates(none), &mut bytes), &mut self.session)
        {
            session.send_path_message(now, bytes);
        }
    }

    /// Whether a QUIC packet from this address can be for this connection.
    pub(super) fn owns_direct(&self, link: LinkId, from: SocketAddr) -> bool {
        self.direct.is_some_and(|direct| (direct.link, direct.source) == (link, from))
    }

    pub(super) fn direct_packet(&mut self, now: Instant, ecn: Ecn, data: &mut [u8]) {
        if let (Some(direct), Some(transport)) = (self.direct, &mut self.transport) {
            transport.handle_input(now, Input::Datagram { link: direct.path, from: NO_ADDRESS, ecn, data });
        }
    }
}
