//! A direct path over TCP: packets as frames on a stream.

use alloc::vec::Vec;
use core::net::SocketAddr;
use core::num::NonZeroUsize;

use deskwire_machine::{CloseReason, Ecn, Input, Instant, LinkId, Machine, StreamBuf};
use deskwire_wire::frame::{Kind, peek_short, put_short};

use super::direct::NO_ADDRESS;
use super::{Connection, Surroundings};

/// The longest packet of a path over TCP.
const MAX_PACKET: usize = u16::MAX as usize;

/// What the puncher has to do with the server about outside addresses.
#[derive(Debug)]
pub(crate) enum Reflection {
    /// A question for this socket.
    Datagram(LinkId),
    /// A question for this connection, which is not made yet.
    Stream(LinkId),
    /// What came on such a connection.
    Answer {
        /// Which.
        link: LinkId,
        /// The server's port.
        from: SocketAddr,
        /// As the datagram that it would be.
        datagram: Vec<u8>,
    },
}

impl Connection {
    /// Bytes on a stream of the puncher, or of the path that it became.
    pub(super) fn handle_punched_stream(
        &mut self,
        now: Instant,
        link: LinkId,
        data: &mut StreamBuf,
        around: &Surroundings<'_>,
    ) {
        if let Some(puncher) = &mut self.puncher {
            puncher.handle_input(now, Input::Stream { link, data: &mut *data });
        }
        // The last probe may have made it the path, and packets may be right behind.
        self.pump_puncher(now, around);
        let Some(direct) = self.direct.filter(|direct| direct.link == link) else { return };
        let Some(transport) = &mut self.transport else { return };
        loop {
            let packet = match peek_short(data, MAX_PACKET) {
                Ok(Some(len)) => data.readable().get(2..2 + len).map(<[u8]>::to_vec).unwrap_or_default(),
                _ => return,
            };
            data.consume(2 + packet.len());
            if !packet.first().is_some_and(|first| Kind::is_quic(*first)) {
                // Whoever sends this has lost the thread; nothing after it can be understood.
                let all = data.len();
                data.consume(all);
                transport.handle_input(now, Input::Closed { link: direct.path, reason: CloseReason::Limit });
                self.direct_lost(now);
                return;
            }
            let mut packet = packet;
            let (from, ecn) = (NO_ADDRESS, Ecn::NotEct);
            transport.handle_input(now, Input::Datagram { link: direct.path, from, ecn, data: &mut packet });
        }
    }
}

/// Puts its length in front of each packet.
pub(super) fn frame(packets: &mut Vec<u8>, segment: Option<NonZeroUsize>) {
    let bare = core::mem::take(packets);
    let size = segment.map_or(bare.len(), NonZeroUsize::get).max(1);
    for packet in bare.chunks(size) {
        put_short(packets, packet);
    }
}
