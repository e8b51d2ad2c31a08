//! What moves between the parts of a connection, and in and out of it.

use alloc::vec::Vec;
use core::net::SocketAddr;
use core::num::NonZeroUsize;

use deskwire_machine::{Ecn, IfAddr, Input, Instant, LinkId, Machine, Output};
use deskwire_relay::{ClientEvent as RelayEvent, Over};
use deskwire_session::{Ended, HostEvent, ViewerEvent};
use deskwire_transport::{Closed, Event};
use deskwire_wire::frame::Kind;

use super::direct::NO_ADDRESS;
use super::{
    Channels, CloseReason, Connection, ConnectionEnd, ConnectionEvent, Path, Phase, Session, Surroundings,
};
use crate::session::SessionEvent;

/// How often the parts are asked in one go. What is left then moves at the next input or deadline; only a peer that
/// makes us run in circles gets there.
const MAX_ROUNDS: usize = 256;

impl Connection {
    /// Whether a datagram on a shared socket is for this connection.
    pub(crate) fn owns_datagram(&self, link: LinkId, from: SocketAddr, data: &[u8]) -> bool {
        let Some(&first) = data.first() else { return false };
        match Kind::of(first) {
            Some(Kind::RelayControl | Kind::RelayData) => {
                self.relays.open.iter().any(|relay| relay.client.owns(link, from, data))
            }
            Some(Kind::Probe) => self.puncher.as_ref().is_some_and(|puncher| puncher.owns(data)),
            Some(_) => false,
            None => Kind::is_quic(first) && self.owns_direct(link, from),
        }
    }

    /// Takes a datagram that it owns.
    pub(crate) fn handle_datagram(
        &mut self,
        now: Instant,
        link: LinkId,
        from: SocketAddr,
        ecn: Ecn,
        data: &mut [u8],
        around: &Surroundings<'_>,
    ) {
        match data.first().copied().and_then(Kind::of) {
            Some(Kind::RelayControl | Kind::RelayData) => self.relay_datagram(now, link, from, ecn, data),
            Some(Kind::Probe) => {
                if let Some(puncher) = &mut self.puncher {
                    puncher.handle_input(now, Input::Datagram { link, from, ecn, data });
                }
            }
            _ => self.direct_packet(now, ecn, data),
        }
        self.pump(now, around);
    }

    fn relay_datagram(&mut self, now: Instant, link: LinkId, from: SocketAddr, ecn: Ecn, data: &mut [u8]) {
        let Some(relay) = self.relays.open.iter_mut().find(|relay| relay.client.owns(link, from, data))
        else {
            return;
        };
        if relay.paired
            && let Some(packet) = relay.client.unwrap_datagram(now, link, from, data)
        {
            if let Some(transport) = &mut self.transport {
                transport.handle_input(
                    now,
                    Input::Datagram { link: relay.path, from: NO_ADDRESS, ecn, data: packet },
                );
            }
            return;
        }
        relay.client.handle_input(now, Input::Datagram { link, from, ecn, data });
    }

    /// The addresses of this machine changed.
    pub(crate) fn network_changed(&mut self, now: Instant, addrs: &[IfAddr], around: &Surroundings<'_>) {
        // Whatever was direct leads to where this device was.
        self.lost_direct |= self.puncher.is_some();
        for relay in &mut self.relays.open {
            relay.client.handle_input(now, Input::NetworkChanged { addrs });
        }
        if let Some(puncher) = &mut self.puncher {
            puncher.handle_input(now, Input::NetworkChanged { addrs });
        }
        self.pump(now, around);
    }

    /// This device looks different from outside.
    pub(crate) fn observed(&mut self, now: Instant, around: &Surroundings<'_>) {
        if let Some(puncher) = &mut self.puncher {
            puncher.set_filtering(around.filtering);
            puncher.set_reflexive(now, around.observed);
            puncher.set_mapped(now, around.mapped);
        }
        self.pump(now, around);
    }

    /// Lets all parts move until none does.
    pub(crate) fn pump(&mut self, now: Instant, around: &Surroundings<'_>) {
        for _ in 0..MAX_ROUNDS {
            let moved = self.pump_relays(now, around)
                | self.pump_transport(now, around)
                | self.pump_session(now, around)
                | self.pump_puncher(now, around);
            if !moved {
                break;
            }
        }
    }

    fn pump_relays(&mut self, now: Instant, around: &Surroundings<'_>) -> bool {
        let mut moved = false;
        let mut index = 0;
        while index < self.relays.open.len() {
            let Some(event) = self.relays.open.get_mut(index).and_then(|relay| relay.client.poll_event())
            else {
                index += 1;
                continue;
            };
            moved = true;
            match event {
                RelayEvent::Ready { max_datagram, over, .. } => {
                    if let Some(relay) = self.relays.open.get_mut(index) {
                        (relay.over, relay.max_datagram) = (over, max_datagram);
                    }
                }
                RelayEvent::Paired => self.relay_paired(now, index, around),
                RelayEvent::Packet(mut packet) => {
                    if let (Some(relay), Some(transport)) = (self.relays.open.get(index), &mut self.transport)
                    {
                        let (from, ecn) = (NO_ADDRESS, Ecn::NotEct);
                        let input = Input::Datagram { link: relay.path, from, ecn, data: &mut packet };
                        transport.handle_input(now, input);
                    }
                }
                RelayEvent::Draining => self.relay_drains(now, index, around),
                RelayEvent::Closed { reason } => self.relay_closed(now, index, reason, around),
                _ => {}
            }
        }
        moved
    }

    fn pump_transport(&mut self, now: Instant, around: &Surroundings<'_>) -> bool {
        let mut moved = false;
        while let Some(event) = self.transport.as_mut().and_then(Machine::poll_event) {
            moved = true;
            match event {
                // After the end nothing follows: least of all a session, for a handshake that a lost relay cut short.
                Event::Established(_) | Event::ActivePathChanged { .. } if self.phase == Phase::Closed => {}
                Event::Established(established) => self.established(now, &established),
                Event::ChannelOpened { channel, bidirectional } => {
                    if let Some(session) = &mut self.session {
                        self.channels.accept(now, channel, bidirectional, session);
                    }
                }
                Event::Datagram(mut data) => {
                    if let Some(session) = &mut self.session {
                        Channels::datagram(now, &mut data, session);
                    }
                }
                Event::ChannelReadable { channel } => self.channels.readable(channel),
                Event::ChannelClosed { channel, code } => {
                    let reason = if code.is_some() { CloseReason::Reset } else { CloseReason::Finished };
                    self.channels.ended(channel, reason);
                }
                Event::PathUp { link } => {
                    if let Some(direct) = self.direct.as_mut().filter(|direct| direct.path == link) {
                        direct.up = true;
                    }
                    self.relay_up(now, link);
                }
                Event::PathDown { link } if self.direct.is_some_and(|direct| direct.path == link) => {
                    self.direct_lost(now);
                }
                Event::PathDown { link } => self.relay_path_lost(now, link, around),
                Event::Detour { link } => self.check_relay(now, link),
                Event::ActivePathChanged { link } => self.path_changed(link),
                Event::Closed { reason } => self.transport_closed(now, reason),
                // Writable channels and credit for new ones are tried in each round anyway.
                _ => {}
            }
        }
        moved
    }

    fn path_changed(&mut self, link: LinkId) {
        let relay = self.relays.open.iter().find(|relay| relay.path == link);
        let path = match (relay, self.direct) {
            (Some(relay), _) => match relay.over {
                Over::Udp => Path::RelayUdp,
                Over::Tcp => Path::RelayTcp,
                Over::WebSocket => Path::RelayWebSocket,
            },
            (None, Some(direct)) if direct.path == link && direct.stream => Path::DirectTcp,
            (None, Some(direct)) if direct.path == link => Path::DirectUdp,
            _ => return,
        };
        if self.path != Some(path) {
            self.path = Some(path);
            let rtt = self.transport.as_ref().map(|transport| transport.pace().rtt).unwrap_or_default();
            self.events.push_back(ConnectionEvent::PathChanged { path, rtt });
        }
    }

    fn transport_closed(&mut self, now: Instant, reason: Closed) {
        if let Some(session) = &mut self.session {
            // The session lets go of held keys and says that it is over.
            self.channels.cut(now, session);
            while let Some(event) = session.poll_event() {
                self.events.push_back(forward(event));
            }
        }
        let end = match reason {
            // The other side ended the session in order; its words came this way.
            Closed::Peer { code: SESSION_OVER, reason } => ConnectionEnd::Session(Ended::ByPeer { reason }),
            Closed::TimedOut | Closed::NoPath if let Some(why) = self.relay_limit() => {
                ConnectionEnd::RelayLimit(why.clone())
            }
            other => ConnectionEnd::Transport(other),
        };
        self.finish(now, end);
    }

    fn pump_session(&mut self, now: Instant, around: &Surroundings<'_>) -> bool {
        let (Some(session), Some(transport)) = (&mut self.session, &mut self.transport) else { return false };
        if self.phase == Phase::Closed {
            return false;
        }
        if let Session::Host(host) = session {
            let pace = transport.pace();
            host.set_send_budget(now, pace.budget, pace.rtt, pace.rate);
        }
        let mut moved = self.channels.pump(now, session, transport);
        while let Some(event) = self.session.as_mut().and_then(Machine::poll_event) {
            moved = true;
            self.session_event(now, event, around);
        }
        moved
    }

    fn session_event(&mut self, now: Instant, event: SessionEvent, around: &Surroundings<'_>) {
        match event {
            SessionEvent::Host(HostEvent::PathMessage(message))
            | SessionEvent::Viewer(ViewerEvent::PathMessage(message)) => self.path_message(now, &message),
            SessionEvent::Host(HostEvent::LoggedIn { .. })
            | SessionEvent::Viewer(ViewerEvent::LoggedIn { .. }) => {
                self.events.push_back(forward(event));
                self.logged_in(now, around);
            }
            SessionEvent::Host(HostEvent::Closed { ref reason })
            | SessionEvent::Viewer(ViewerEvent::Closed { ref reason }) => {
                let reason = reason.clone();
                self.events.push_back(forward(event));
                if let Some(transport) = &mut self.transport {
                    let words = match &reason {
                        Ended::Asked { reason } => reason.clone(),
                        other => alloc::format!("{other}"),
                    };
                    transport.close(now, SESSION_OVER, &words);
                }
                self.finish(now, ConnectionEnd::Session(reason));
            }
            other => self.events.push_back(forward(other)),
        }
    }

    /// The next thing to be done, bytes appended to `buf`.
    pub(crate) fn poll_output(&mut self, now: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        loop {
            for client in
                self.relays.open.iter_mut().map(|relay| &mut relay.client).chain(&mut self.relays.leaving)
            {
                if let Some(output) = client.poll_output(now, buf) {
                    return Some(output);
                }
            }
            self.relays.leaving.clear();
            if let Some(output) = self.puncher.as_mut().and_then(|puncher| puncher.poll_output(now, buf)) {
                return Some(output);
            }
            match self.transport.as_mut().and_then(|transport| transport.poll_output(now, buf)) {
                Some(Output::Datagram { link, ecn, segment, .. }) => {
                    if let Some(output) = self.carry(now, link, ecn, segment, buf) {
                        return Some(output);
                    }
                    buf.clear();
                }
                Some(_) => buf.clear(),
                None if self.phase == Phase::Closed && self.is_puncher_left() => {
                    // The transport's farewell has gone over the puncher's socket; nothing else will.
                    if let Some(output) = self.leave_puncher(now, buf) {
                        return Some(output);
                    }
                }
                None if self.phase == Phase::Closed && !self.relays.open.is_empty() => {
                    // The transport's farewell has gone; now the places at the relays are given back.
                    for mut relay in self.relays.open.drain(..) {
                        relay.client.leave(now);
                        self.relays.leaving.push(relay.client);
                    }
                }
                None => return None,
            }
        }
    }

    /// Sends a packet of the transport over what carries its path.
    fn carry(
        &mut self,
        now: Instant,
        path: LinkId,
        ecn: Ecn,
        segment: Option<NonZeroUsize>,
        packets: &mut Vec<u8>,
    ) -> Option<Output> {
        if let Some(direct) = self.direct.filter(|direct| direct.path == path) {
            if direct.stream {
                super::stream::frame(packets, segment);
                return Some(Output::Stream { link: direct.link });
            }
            return Some(Output::Datagram { link: direct.link, to: direct.remote, ecn, segment });
        }
        let relay = self.relays.open.iter_mut().find(|relay| relay.path == path)?;
        let size = segment.map_or(packets.len(), NonZeroUsize::get).max(1);
        for packet in packets.chunks(size) {
            relay.client.send(now, packet);
        }
        None
    }
}

/// The transport's close code for a session that ended in order.
const SESSION_OVER: u64 = 1;

fn forward(event: SessionEvent) -> ConnectionEvent {
    match event {
        SessionEvent::Host(event) => ConnectionEvent::Host(event),
        SessionEvent::Viewer(event) => ConnectionEvent::Viewer(event),
    }
}
