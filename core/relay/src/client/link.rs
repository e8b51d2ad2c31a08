//! The client's links: the shared socket, its streams, and the silence on them.

use alloc::vec::Vec;
use core::net::SocketAddr;

use deskwire_machine::{IfAddr, Instant, LinkId, StreamBuf};
use deskwire_wire::codec::CONTROL;
use deskwire_wire::frame::{Kind, peek_short, put_short};
use deskwire_wire::relay::RelayMsg;
use deskwire_wire::{CapnProto, Codec as _};

use super::{ClientClosed, ClientEvent, ClientState, RelayClient};
use crate::Over;

pub(super) fn decode(payload: &[u8]) -> Option<RelayMsg> {
    CapnProto::decode(payload).ok()
}

pub(super) fn encode(message: &RelayMsg) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(320);
    bytes.push(Kind::RelayControl as u8);
    CapnProto::encode(message, &mut bytes).ok()?;
    Some(bytes)
}

impl RelayClient {
    pub(super) fn handle_opened(&mut self, now: Instant, link: LinkId, local: SocketAddr, max: usize) {
        if self.state == ClientState::Closed {
            return;
        }
        if self.streams.owns(link) {
            self.handle_stream_opened(now, link);
        } else if max > 0 {
            self.sockets.insert(link, (local, max));
            self.choose_socket(now);
        }
    }

    /// Begins (or goes on, after a socket was lost) with the first address of the relay that a socket can reach.
    fn choose_socket(&mut self, now: Instant) {
        if self.udp.is_some() || self.streams.asked().is_some() || !self.config.udp {
            return;
        }
        self.udp = self.config.relay.iter().find_map(|relay| {
            let (link, _) = self.sockets.iter().find(|(_, (local, _))| local.is_ipv4() == relay.is_ipv4())?;
            Some((*link, *relay))
        });
        if self.udp.is_none() {
            return;
        }
        self.send_udp(&self.open_message());
        if self.place.is_none() {
            let wait = self.config.timing.retransmit;
            self.retransmit = Some((now + wait, wait));
        }
    }

    pub(super) fn handle_datagram(&mut self, now: Instant, link: LinkId, from: SocketAddr, data: &mut [u8]) {
        if self.state == ClientState::Closed || self.udp != Some((link, from)) {
            self.stats.ignored += 1;
            return;
        }
        if let Some(packet) = self.unwrap_datagram(now, link, from, data) {
            let packet = packet.to_vec();
            return self.emit(ClientEvent::Packet(packet));
        }
        match data.split_first() {
            Some((first, rest)) if *first == Kind::RelayControl as u8 => match decode(rest) {
                Some(message) => self.handle_message(now, Over::Udp, message),
                None => self.stats.ignored += 1,
            },
            _ => self.stats.ignored += 1,
        }
    }

    pub(super) fn handle_stream(&mut self, now: Instant, link: LinkId, data: &mut StreamBuf) {
        let limit = CONTROL.frame.max(self.config.limits.stream_packet);
        while self.owns_link(link) {
            let len = match peek_short(data, limit) {
                Ok(Some(len)) => len,
                Ok(None) => return,
                Err(_) => return self.handle_closed(now, link),
            };
            let frame = data.readable().get(2..2 + len).unwrap_or_default();
            match frame.split_first() {
                Some((first, _)) if Kind::is_quic(*first) && self.place.is_some() => {
                    let packet = frame.to_vec();
                    self.note_packet(now);
                    self.emit(ClientEvent::Packet(packet));
                }
                Some((first, rest)) if *first == Kind::RelayControl as u8 => match decode(rest) {
                    Some(message) => self.handle_stream_message(now, link, message),
                    None => self.stats.ignored += 1,
                },
                _ => self.stats.ignored += 1,
            }
            data.consume(2 + len);
        }
    }

    /// A link is gone, or what came on it was not from a relay.
    pub(super) fn handle_closed(&mut self, now: Instant, link: LinkId) {
        if self.sockets.remove(&link).is_some() {
            if self.udp.is_some_and(|(own, _)| own == link) {
                (self.udp, self.retransmit) = (None, None);
                self.choose_socket(now);
            }
        } else if self.streams.owns(link) {
            self.outbox.close(link);
            self.handle_stream_closed(now, link);
        }
    }

    /// The network changed: the relay may see another address, so the place is taken along.
    pub(super) fn handle_network_changed(&mut self, now: Instant, addrs: &[IfAddr]) {
        if self.interfaces.replace(addrs.to_vec()).is_some_and(|old| old != addrs) {
            self.move_place(now);
        }
    }

    /// Takes the place along to the address that the relay sees now, and asks whether it is still there: for when
    /// another path of the same session fell silent, because then this device may have moved, or its router may have
    /// forgotten its translations, which shows on this path only after a longer silence.
    pub fn check(&mut self, now: Instant) {
        let now = self.clock.tell(now);
        self.move_place(now);
    }

    fn move_place(&mut self, now: Instant) {
        if self.place.is_some() && self.over == Over::Udp && self.state != ClientState::Closed {
            self.send_udp(&self.open_message());
            self.ask(now);
        }
    }

    /// When silence has lasted long enough to ask.
    pub(super) fn question_at(&self) -> Option<Instant> {
        if self.place.is_none() || self.state == ClientState::Closed {
            return None;
        }
        let timing = &self.config.timing;
        let (questions, at) = self.asked;
        if !self.proved {
            let wait = timing.retransmit * (1 << questions.saturating_sub(1).min(2));
            return Some(at + wait.min(timing.ask_again));
        }
        if questions > 0 {
            return Some(at + timing.ask_again);
        }
        let quiet = match self.state {
            ClientState::Waiting => timing.keepalive_waiting,
            _ => timing.keepalive,
        };
        let quiet = self.heard + quiet;
        Some(self.unanswered.map_or(quiet, |at| quiet.min(at + timing.suspicion)))
    }

    pub(super) fn handle_silence(&mut self, now: Instant) {
        if self.asked.0 >= self.config.timing.questions {
            return self.end(Some(ClientClosed::Lost));
        }
        if self.asked.0 > 0 && self.over == Over::Udp {
            // A NAT may have given us another address: open the place again from there.
            self.send_udp(&self.open_message());
        }
        self.ask(now);
    }

    pub(super) fn ask(&mut self, now: Instant) {
        if let Some(place) = self.place.clone() {
            self.asked = (self.asked.0.saturating_add(1), now);
            self.send_control(&RelayMsg::Ping(place));
        }
    }

    pub(super) fn send_control(&mut self, message: &RelayMsg) {
        match (self.over, self.streams.asked()) {
            (Over::Udp, _) => self.send_udp(message),
            (Over::Tcp | Over::WebSocket, Some(link)) => {
                let mut bytes = Vec::new();
                if encode(message).is_some_and(|payload| put_short(&mut bytes, &payload)) {
                    // A full queue is one that nobody reads: the questions will say that the relay is lost.
                    let _ = self.outbox.stream(link, bytes);
                }
            }
            (Over::Tcp | Over::WebSocket, None) => {}
        }
    }

    pub(super) fn send_udp(&mut self, message: &RelayMsg) {
        if let (Some((link, relay)), Some(bytes)) = (self.udp, encode(message)) {
            self.outbox.datagram(link, relay, bytes);
        }
    }
}
