//! Packets, and the connections and datagrams they come in.

use core::net::SocketAddr;

use deskwire_machine::{Instant, LinkId, StreamBuf, change};
use deskwire_wire::codec::CONTROL;
use deskwire_wire::frame::{Kind, peek_short};
use deskwire_wire::ids::Role;
use deskwire_wire::relay::{CHANNEL_HEADER, ClosedReason, channel_header, channel_of};

use super::admission::Prefix;
use super::opening::Origin;
use super::pair::{Carrier, PairId};
use super::{Connection, Phase, Server};
use crate::Over;

/// Most frames of a connection that has no place.
const OPENING_FRAMES: u8 = 3;

impl Server {
    pub(super) fn handle_datagram(&mut self, now: Instant, link: LinkId, from: SocketAddr, data: &[u8]) {
        if self.listeners.get(&link).is_none_or(|listener| listener.over != Over::Udp) {
            self.stats.malformed += 1;
            return;
        }
        let Some((first, rest)) = data.split_first() else {
            self.stats.malformed += 1;
            return;
        };
        match Kind::of(*first) {
            Some(Kind::RelayData) => self.handle_data(now, link, from, data),
            Some(Kind::RelayControl) => {
                self.handle_control(now, Origin::Udp { link, from, bytes: data.len() }, rest);
            }
            _ => self.stats.malformed += 1,
        }
    }

    fn handle_data(&mut self, now: Instant, link: LinkId, from: SocketAddr, data: &[u8]) {
        let found = channel_of(data).and_then(|channel| self.by_channel.get(&channel)).copied();
        let Some((id, role)) = found else {
            self.stats.dropped.not_a_place += 1;
            return;
        };
        let Some(side) = self.pairs.get_mut(&id).and_then(|pair| pair.side_mut(role)) else { return };
        if !side.carrier.is_at(link, Some(from)) {
            // The sender's NAT may have changed its address: it has to open its place again from there.
            self.stats.dropped.not_a_place += 1;
            return;
        }
        side.heard = now;
        side.carrier.earn(data.len());
        if !side.meter.take(now, data.len()) {
            self.stats.dropped.over_rate += 1;
            return;
        }
        self.carry(now, id, role, data.get(CHANNEL_HEADER..).unwrap_or_default());
    }

    /// Carries a packet from `role` to the other side.
    fn carry(&mut self, now: Instant, id: PairId, role: Role, packet: &[u8]) {
        // Only QUIC: a packet that looked like a control message would be one on the receiver's TCP link.
        if !packet.first().is_some_and(|first| Kind::is_quic(*first)) {
            self.stats.dropped.unfit += 1;
            return;
        }
        let Some(pair) = self.pairs.get_mut(&id) else { return };
        if pair.paired.is_none() {
            self.stats.dropped.not_paired += 1;
            return;
        }
        let size = u64::try_from(packet.len()).unwrap_or(u64::MAX);
        let Some(sender) = pair.side_mut(role) else { return };
        if sender.sent.saturating_add(size) > sender.cap {
            return self.close_pair(now, id, ClosedReason::ByteCap, None);
        }
        sender.sent += size;
        self.deliver(id, role.peer(), packet);
    }

    /// Sends on what was kept for a side, once its carrier is proven.
    pub(super) fn deliver_kept(&mut self, id: PairId, role: Role) {
        let Some(side) = self.pairs.get_mut(&id).and_then(|pair| pair.side_mut(role)) else { return };
        if side.kept.bytes() == 0 || !side.carrier.is_proven() {
            return;
        }
        let kept = core::mem::take(&mut side.kept);
        self.kept -= kept.bytes();
        for packet in kept.into_packets() {
            self.deliver(id, role, &packet);
        }
    }

    /// Sends a packet to a side, or keeps it until that may be.
    fn deliver(&mut self, id: PairId, role: Role, packet: &[u8]) {
        let Some(receiver) = self.pairs.get_mut(&id).and_then(|pair| pair.side_mut(role)) else { return };
        let limits = &self.config.limits;
        let sent = match receiver.carrier {
            Carrier::Udp { link, address, .. } => {
                let max = self.listeners.get(&link).map_or(0, |listener| usize::from(listener.max_packet));
                if packet.len() > max {
                    self.stats.dropped.unfit += 1;
                    return;
                }
                if !receiver.carrier.spend(packet.len() + CHANNEL_HEADER) {
                    let room = limits.kept_bytes_in_all.saturating_sub(self.kept);
                    if receiver.kept.push(
                        packet,
                        limits.kept_packets,
                        limits.kept_bytes.min(receiver.kept.bytes().saturating_add(room)),
                    ) {
                        self.kept += packet.len();
                        self.stats.held += 1;
                    } else {
                        self.stats.dropped.unproven += 1;
                    }
                    return;
                }
                self.outputs.datagram(link, address, [&channel_header(receiver.channel), packet])
            }
            Carrier::Tcp { link, .. } => {
                // A TCP sender is not read while this queue is full; twice the bound is for what was read at once.
                self.outputs.frame(link, packet, limits.stream_bound())
            }
        };
        if sent {
            self.stats.packets += 1;
            self.stats.bytes += u64::try_from(packet.len()).unwrap_or(u64::MAX);
        } else {
            self.stats.dropped.queue_full += 1;
        }
    }

    pub(super) fn handle_accepted(
        &mut self,
        now: Instant,
        listener: LinkId,
        link: LinkId,
        remote: SocketAddr,
    ) {
        let limits = self.config.limits;
        let known = self.listeners.get(&listener).is_some_and(|l| l.over.is_stream());
        let crowded =
            self.half_open_of.get(&Prefix::of(remote)).is_some_and(|n| *n >= limits.half_open_per_prefix);
        let full = self.connections.len() >= limits.connections || self.half_open.len() >= limits.half_open;
        if known
            && !crowded
            && full
            && let Some((_, oldest)) = self.half_open.first().copied()
        {
            self.stats.shed += 1;
            self.close_connection(oldest);
        }
        if !known || crowded || self.connections.len() >= limits.connections {
            self.stats.shed += 1;
            return self.outputs.close(link);
        }
        let deadline = now + limits.opening;
        self.connections.insert(link, Connection { remote, phase: Phase::Preface { deadline } });
        self.half_open.insert((deadline, link));
        *self.half_open_of.entry(Prefix::of(remote)).or_insert(0) += 1;
    }

    pub(super) fn handle_stream(&mut self, now: Instant, link: LinkId, data: &mut StreamBuf) {
        while let Some(connection) = self.connections.get_mut(&link) {
            let remote = connection.remote;
            match &mut connection.phase {
                Phase::Preface { deadline } => {
                    let Some(first) = data.readable().first().copied() else { return };
                    if Kind::of(first) != Some(Kind::RelayControl) {
                        return self.drop_connection(link);
                    }
                    data.consume(1);
                    let deadline = *deadline;
                    change(&mut connection.phase, Phase::Opening { deadline, frames: 0 });
                }
                Phase::Opening { frames, .. } => {
                    let len = match peek_short(data, CONTROL.frame) {
                        Ok(Some(len)) => len,
                        Ok(None) => return,
                        Err(_) => return self.drop_connection(link),
                    };
                    *frames += 1;
                    let over = *frames >= OPENING_FRAMES;
                    self.handle_frame(now, link, remote, data, len);
                    let placed =
                        self.connections.get(&link).is_some_and(|c| matches!(c.phase, Phase::Placed { .. }));
                    if over && !placed && self.connections.contains_key(&link) {
                        return self.drop_connection(link);
                    }
                }
                Phase::Placed { pair, role } => {
                    let (pair, role) = (*pair, *role);
                    let len = match peek_short(data, usize::from(self.config.limits.stream_packet)) {
                        Ok(Some(len)) => len,
                        Ok(None) => return,
                        Err(_) => return self.drop_connection(link),
                    };
                    if self.partner_queue(pair, role) + len + 2 > self.config.limits.stream_bound() {
                        // It was fed although it said not to; the rest stays with the driver.
                        return;
                    }
                    self.charge(now, pair, role, len + 2);
                    self.handle_frame(now, link, remote, data, len);
                }
            }
        }
    }

    /// One whole frame at the front of `data`: a control message or a packet.
    fn handle_frame(
        &mut self,
        now: Instant,
        link: LinkId,
        remote: SocketAddr,
        data: &mut StreamBuf,
        len: usize,
    ) {
        let frame = data.readable().get(2..2 + len).unwrap_or_default();
        let phase = self.connections.get(&link).map(|connection| connection.phase);
        match (frame.split_first(), phase) {
            (Some((first, rest)), _) if Kind::of(*first) == Some(Kind::RelayControl) => {
                self.handle_control(now, Origin::Tcp { link, remote }, rest);
            }
            (Some(_), Some(Phase::Placed { pair, role })) => self.carry(now, pair, role, frame),
            _ => self.stats.malformed += 1,
        }
        data.consume(2 + len);
    }

    /// Counts bytes that a TCP side sent; over its rate it is not read for a while.
    fn charge(&mut self, now: Instant, id: PairId, role: Role, bytes: usize) {
        let Some(side) = self.pairs.get_mut(&id).and_then(|pair| pair.side_mut(role)) else { return };
        side.heard = now;
        side.carrier.claim();
        if let Some(paid) = side.meter.charge(now, bytes) {
            side.throttled_until = Some(paid);
            self.arm(id);
        }
    }

    fn partner_queue(&self, id: PairId, role: Role) -> usize {
        match self.pairs.get(&id).and_then(|pair| pair.side(role.peer())).map(|side| side.carrier) {
            Some(Carrier::Tcp { link, .. }) => self.outputs.queued(link),
            _ => 0,
        }
    }

    /// Makes the connection that a control message came in on a side.
    pub(super) fn place_connection(&mut self, origin: Origin, pair: PairId, role: Role) {
        let Origin::Tcp { link, .. } = origin else { return };
        self.leave_half_open(link);
        if let Some(connection) = self.connections.get_mut(&link) {
            change(&mut connection.phase, Phase::Placed { pair, role });
        }
    }

    fn leave_half_open(&mut self, link: LinkId) {
        let Some(connection) = self.connections.get(&link) else { return };
        let (Phase::Preface { deadline } | Phase::Opening { deadline, .. }) = connection.phase else {
            return;
        };
        self.half_open.remove(&(deadline, link));
        let prefix = Prefix::of(connection.remote);
        if let Some(count) = self.half_open_of.get_mut(&prefix) {
            *count -= 1;
            if *count == 0 {
                self.half_open_of.remove(&prefix);
            }
        }
    }

    /// Closes a connection whose sender does not speak our protocol; a side takes its pair along.
    fn drop_connection(&mut self, link: LinkId) {
        self.stats.malformed += 1;
        let phase = self.connections.get(&link).map(|connection| connection.phase);
        if let Some(Phase::Placed { pair, role }) = phase {
            self.close_pair(self.clock.now(), pair, ClosedReason::PeerLeft, Some(role));
        }
        self.close_connection(link);
    }

    /// Closes a connection after what is queued for it. Its place is the caller's to free.
    pub(super) fn close_connection(&mut self, link: LinkId) {
        self.leave_half_open(link);
        if self.connections.remove(&link).is_some() {
            self.outputs.close(link);
        }
    }

    pub(super) fn handle_connection_closed(&mut self, now: Instant, link: LinkId) {
        self.leave_half_open(link);
        if let Some(Connection { phase: Phase::Placed { pair, role }, .. }) = self.connections.remove(&link) {
            self.close_pair(now, pair, ClosedReason::PeerLeft, Some(role));
        }
    }
}
