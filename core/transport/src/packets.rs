//! Packets in and out: between the links and the engine.

use std::sync::Arc;

use core::net::SocketAddr;
use core::num::NonZeroUsize;

use bytes::BytesMut;
use deskwire_machine::{Ecn, Instant, LinkId};
use noq_proto::{DatagramEvent, EcnCodepoint, FourTuple, Incoming, PathId};

use crate::crypto::VERSION;
use crate::event::Event;
use crate::paths::destination_cid;
use crate::transport::{Phase, Role, Transport};

/// A packet with less room than this counts as full.
const FULL_WITHIN: usize = 64;

/// Datagrams that a farewell may take at a time: one for each level of keys.
const FAREWELL_DATAGRAMS: NonZeroUsize = NonZeroUsize::new(3).expect("three");

/// Farewells for each thing that happens.
pub(crate) const FAREWELLS: u8 = 2;

impl Transport {
    pub(crate) fn handle_datagram(&mut self, now: Instant, link: LinkId, ecn: Ecn, data: &[u8]) {
        self.stats.received_datagrams += 1;
        self.stats.received_bytes += u64::try_from(data.len()).unwrap_or(0);
        let origin = self.origin.filter(|_| self.phase == Phase::Handshaking);
        let dials = matches!(self.role, Role::Dial { .. });
        let home = self.paths.home_of(link, data, origin, dials).filter(|_| is_packet(data));
        let Some(home) = home.filter(|home| self.feed(now, link, *home, ecn, data)) else {
            self.stats.rejected_datagrams += 1;
            return;
        };
        self.watch.heard = now;
        self.greeting.heard(data);
        let (id, number) = self.seals.last_opened();
        let seen = (PathId::from(id), number);
        let Some(heard) = self.paths.heard(now, link, home, destination_cid(data), seen) else { return };
        if heard.is_new {
            self.handle_new_path(now, heard.home);
        }
        if heard.follows {
            self.send_again(now, vec![heard.home]);
        }
        if heard.home == link {
            self.echo(now, link);
        }
    }

    /// Gives the engine a packet as one of the path at `home`; whether it was authentic there.
    fn feed(&mut self, now: Instant, link: LinkId, home: SocketAddr, ecn: Ecn, data: &[u8]) -> bool {
        let before = self.seals.opened();
        let at = self.config.time_base.engine_time(now);
        let path = FourTuple::new(home, None);
        let mut response = Vec::new();
        match self.endpoint.handle(at, path, to_codepoint(ecn), BytesMut::from(data), &mut response) {
            Some(DatagramEvent::ConnectionEvent(_, event)) => {
                if let Some(connection) = &mut self.connection {
                    connection.handle_event(event);
                }
            }
            Some(DatagramEvent::NewConnection(incoming)) => self.handle_incoming(now, link, incoming),
            // Version negotiation and stateless resets: strangers get no answer.
            Some(DatagramEvent::Response(_)) | None => {}
        }
        self.seals.opened() != before
    }

    /// A first packet: the one connection of this transport, or nothing.
    fn handle_incoming(&mut self, now: Instant, link: LinkId, incoming: Incoming) {
        let Role::Answer { start, retry, .. } = &self.role else {
            self.endpoint.ignore(incoming);
            return;
        };
        if self.connection.is_some() || self.phase == Phase::Closed || start.is_used() {
            self.endpoint.ignore(incoming);
            return;
        }
        let mut bytes = Vec::new();
        if *retry && !incoming.remote_address_validated() {
            if self.endpoint.retry(incoming, &mut bytes).is_ok() {
                self.send(link, Ecn::NotEct, bytes);
            }
            return;
        }
        let start = Arc::clone(start);
        let at = self.config.time_base.engine_time(now);
        let origin = incoming.remote_address();
        match self.endpoint.accept(incoming, at, &mut bytes, None) {
            Ok((handle, connection)) => {
                (self.handle, self.connection) = (Some(handle), Some(connection));
                self.origin = Some(origin);
            }
            // Not authentic: as if it had not come.
            Err(_) if !start.is_used() => {}
            Err(error) => {
                if error.response.is_some() {
                    self.send(link, Ecn::NotEct, bytes);
                }
                self.end(self.reason_of(&error.cause));
            }
        }
    }

    /// Takes one datagram for a link, or counts it as dropped.
    pub(crate) fn send(&mut self, link: LinkId, ecn: Ecn, bytes: Vec<u8>) {
        let length = bytes.len();
        let Some(path) = self.paths.of(link).filter(|path| path.open && length <= path.max_datagram) else {
            self.stats.dropped_datagrams += 1;
            return;
        };
        if self.outbox.is_blocked(link) && self.outbox.queued_for(link) + length > self.config.limits.blocked
        {
            self.stats.dropped_datagrams += 1;
            return;
        }
        self.stats.sent_datagrams += 1;
        self.stats.sent_bytes += u64::try_from(length).unwrap_or(0);
        self.outbox.datagram_with(link, path.address, ecn, None, bytes);
    }

    /// Asks the engine for one datagram and hands it to the link that carries its path.
    pub(crate) fn transmit(&mut self, now: Instant) -> bool {
        let Some(connection) = &mut self.connection else { return false };
        let mut most = NonZeroUsize::MIN;
        if connection.is_closed() {
            // The engine wants to say farewell at every level it has keys for, and goes on until it could. When the
            // levels do not fit one datagram, that takes several at a time.
            let Some(left) = self.farewells.checked_sub(1) else { return false };
            (self.farewells, most) = (left, FAREWELL_DATAGRAMS);
        }
        let at = self.config.time_base.engine_time(now);
        self.scratch.clear();
        let Some(transmit) = connection.poll_transmit(at, most, &mut self.scratch) else { return false };
        let Some(path) = self.paths.at(transmit.destination) else { return true };
        let (home, id) = (path.link, path.id);
        let is_probe = self.probing == Some(home);
        let carrier = if is_probe { home } else { path.carrier };
        if is_probe && let Some(flight) = &path.flight {
            flight.note_probe();
        }
        // A packet larger than the path's packets so far asks whether that size passes. It must pass on every link,
        // or there could be no detour.
        let length = transmit.segment_size.unwrap_or(self.scratch.len());
        let size = id.and_then(|id| connection.path_stats(id)).map(|stats| usize::from(stats.current_mtu));
        if size.is_some_and(|size| length > size.max(1_200)) && length > self.paths.common_size() {
            return true;
        }
        self.last_was_full = size.is_some_and(|size| length + FULL_WITHIN >= size);
        if carrier == home
            && self.paths.active != Some(home)
            && let Some(path) = self.paths.of_mut(home)
        {
            path.quality.note_ping(now);
        }
        let ecn = from_codepoint(transmit.ecn);
        let has_other = self.paths.has_other(carrier);
        let packets = core::mem::take(&mut self.scratch);
        for datagram in packets.chunks(length.max(1)) {
            if matches!(self.role, Role::Dial { .. }) {
                self.greeting.note(now, ecn, datagram);
            }
            if has_other && let Some(path) = self.paths.of_mut(home) {
                let in_flight = path.flight.as_ref().map_or(0, |flight| flight.bytes());
                path.recent.push(now, ecn, datagram, in_flight);
            }
            self.send(carrier, ecn, datagram.to_vec());
        }
        self.scratch = packets;
        true
    }

    /// Asks whether suspect links carry anything, now that nothing else waits: pings that go only there. Gives whether
    /// there were any.
    pub(crate) fn probe_suspects(&mut self, now: Instant) -> bool {
        let wanting: Vec<(LinkId, PathId)> = self
            .paths
            .all()
            .filter(|path| path.probe_wanted && path.open && path.carrier != path.link)
            .filter_map(|path| Some((path.link, path.id?)))
            .collect();
        let mut sent = false;
        for (link, id) in wanting {
            if self.held && self.paths.active == Some(link) {
                continue;
            }
            if let Some(path) = self.paths.of_mut(link) {
                path.probe_wanted = false;
            }
            self.ping(vec![id]);
            self.probing = Some(link);
            sent |= self.transmit(now);
            self.probing = None;
        }
        sent
    }

    /// Paths took a detour. What was under way goes again over it at once, as it was: what did arrive counts once. And
    /// the engine is asked for a ping, so that it learns of what else was lost.
    pub(crate) fn send_again(&mut self, now: Instant, homes: Vec<LinkId>) {
        let mut ids = Vec::new();
        for home in homes {
            let Some(path) = self.paths.of_mut(home) else { continue };
            ids.extend(path.id);
            let is_owed = path.flight.as_ref().is_some_and(|flight| flight.bytes() > 0);
            let (carrier, packets) = (path.carrier, path.recent.take(now));
            if self.paths.active == Some(home) {
                self.events.push_back(Event::Detour { link: carrier });
            }
            if is_owed {
                for (ecn, packet) in packets {
                    self.send(carrier, ecn, packet);
                }
            }
        }
        self.ping(ids);
    }

    /// The last packets of a path that is over go again over whatever carries it, as long as an answer is owed.
    pub(crate) fn send_tail(&mut self, now: Instant, home: LinkId) {
        let Some(path) = self.paths.of(home) else { return };
        let carrier = path.carrier;
        if path.flight.as_ref().is_some_and(|flight| flight.bytes() > 0) {
            for (ecn, packet) in path.recent.tail(now) {
                self.send(carrier, ecn, packet);
            }
        }
    }

    /// The engine had nothing more that may go now. Whether it has more that may not: then the congestion window said
    /// so, or the pacer stopped after a full packet. (The engine has no question for it.)
    pub(crate) fn note_drained(&mut self) {
        self.written = 0;
        let flight = self.paths.active.and_then(|link| self.paths.of(link)?.flight.as_ref());
        self.held =
            flight.is_some_and(|flight| flight.take_limited() || (self.last_was_full && flight.bytes() > 0));
    }
}

/// Whether bytes can be a packet of ours. What is refused here could otherwise disturb without having any key: the
/// engine believes version negotiation packets.
fn is_packet(data: &[u8]) -> bool {
    let Some(first) = data.first() else { return false };
    if first & 0x40 == 0 {
        return false;
    }
    first & 0x80 == 0 || data.get(1..5) == Some(&VERSION.to_be_bytes())
}

const fn to_codepoint(ecn: Ecn) -> Option<EcnCodepoint> {
    match ecn {
        Ecn::NotEct => None,
        Ecn::Ect0 => Some(EcnCodepoint::Ect0),
        Ecn::Ect1 => Some(EcnCodepoint::Ect1),
        Ecn::Ce => Some(EcnCodepoint::Ce),
    }
}

const fn from_codepoint(ecn: Option<EcnCodepoint>) -> Ecn {
    match ecn {
        None => Ecn::NotEct,
        Some(EcnCodepoint::Ect0) => Ecn::Ect0,
        Some(EcnCodepoint::Ect1) => Ecn::Ect1,
        Some(EcnCodepoint::Ce) => Ecn::Ce,
    }
}
