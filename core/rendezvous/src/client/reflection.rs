//! Which outside address other sockets of this device have.

use alloc::vec::Vec;
use core::net::SocketAddr;

use deskwire_machine::Instant;
use deskwire_wire::frame::{Kind, put_short};
use deskwire_wire::rendezvous::{AnswerFrom, Frame, RendezvousMsg};
use deskwire_wire::{CapnProto, Codec};

use super::{Client, Phase};

impl Client {
    /// A question for the server's second port, to be sent from any UDP socket: from which address does this come?
    /// Gives where it goes, and the datagram. The answer comes to that socket: hand it to [`Client::read_reflection`].
    /// `None` without a session over UDP, or without a second port. A datagram is for one use.
    pub fn reflection(&mut self) -> Option<(SocketAddr, Vec<u8>)> {
        let Phase::Connected(session) = &self.phase else { return None };
        if session.over.is_stream() {
            return None;
        }
        self.question()
    }

    /// The same for a TCP connection: its bytes are to be sent on one that leads to the given address. The answer, a
    /// frame with a length of two bytes in front, is handed to [`Client::read_reflection`] as a datagram would be.
    /// `None` without a session, or without a second port.
    pub fn stream_reflection(&mut self) -> Option<(SocketAddr, Vec<u8>)> {
        let (to, datagram) = self.question()?;
        let (kind, payload) = datagram.split_first()?;
        let mut bytes = alloc::vec![*kind];
        put_short(&mut bytes, payload).then_some((to, bytes))
    }

    fn question(&mut self) -> Option<(SocketAddr, Vec<u8>)> {
        let Phase::Connected(session) = &self.phase else { return None };
        let usable = session.opened && session.rehello_at.is_none();
        let to = session.server.reflector.filter(|_| usable)?;
        let nonce = self.rng.next_u64();
        let payload = self.sealed_frame(&RendezvousMsg::Reflect { nonce, from: AnswerFrom::Here })?;
        Some((to, [&[Kind::Rendezvous as u8], payload.as_slice()].concat()))
    }

    /// Reads the answer to a [`Client::reflection`]: the address of the socket that asked, as the server sees it.
    pub fn read_reflection(&mut self, now: Instant, from: SocketAddr, datagram: &[u8]) -> Option<SocketAddr> {
        let now = self.clock.tell(now);
        let Phase::Connected(session) = &self.phase else { return None };
        let (&kind, rest) = datagram.split_first()?;
        if session.server.reflector != Some(from) || Kind::of(kind) != Some(Kind::Rendezvous) {
            return None;
        }
        let Some(Frame::Sealed(sealed)) = Frame::parse(rest) else { return None };
        let plain = self.open_frame(now, sealed)?;
        match CapnProto::decode(&plain) {
            Ok(RendezvousMsg::Reflected { observed, .. }) => Some(observed),
            _ => None,
        }
    }
}
