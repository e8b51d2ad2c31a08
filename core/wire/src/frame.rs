//! The first bytes of native datagrams and streams, and framing on streams.
//!
//! Registration, relay traffic, punch probes and QUIC share sockets, so the first byte tells them apart. Native kinds
//! have their three low bits set and are below `0x40`: no QUIC packet starts so (its fixed bit, `0x40`, is always set
//! here), no protobuf message does (wire type 7 does not exist), and no stream framed with a length in the low bits of
//! the first byte does below 4 MiB.

use alloc::vec::Vec;

use deskwire_machine::StreamBuf;

/// What a native datagram, or the frame of a native stream, holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Kind {
    /// Client and rendezvous server (plain or sealed).
    Rendezvous = 0x07,
    /// Control messages between a client and a relay.
    RelayControl = 0x0f,
    /// A datagram carried by a relay: 4 bytes of channel header (this byte and 24 bits of channel), then a QUIC packet.
    RelayData = 0x17,
    /// A punch probe between two peers.
    Probe = 0x1f,
    /// A relay's signed word to its rendezvous server about its load.
    RelayReport = 0x27,
}

impl Kind {
    /// The kind that a first byte names.
    pub const fn of(first: u8) -> Option<Self> {
        match first {
            0x07 => Some(Self::Rendezvous),
            0x0f => Some(Self::RelayControl),
            0x17 => Some(Self::RelayData),
            0x1f => Some(Self::Probe),
            0x27 => Some(Self::RelayReport),
            _ => None,
        }
    }

    /// Whether a datagram with this first byte is a QUIC packet.
    pub const fn is_quic(first: u8) -> bool {
        first & 0x40 != 0
    }
}

/// A frame on a stream was longer than its class allows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FrameTooLong {
    /// The length it announced.
    pub announced: usize,
    /// The longest allowed.
    pub limit: usize,
}

impl core::fmt::Display for FrameTooLong {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "the peer announced a frame of {} bytes where {} are allowed", self.announced, self.limit)
    }
}

impl core::error::Error for FrameTooLong {}

/// Appends `payload` with a 2-byte big-endian length in front (QUIC packets, rendezvous and relay messages on TCP).
/// A payload over 65,535 bytes is a mistake of the caller and is left out; gives whether it was written.
pub fn put_short(out: &mut Vec<u8>, payload: &[u8]) -> bool {
    let Ok(len) = u16::try_from(payload.len()) else { return false };
    out.extend_from_slice(&len.to_be_bytes());
    out.extend_from_slice(payload);
    true
}

/// The next whole 2-byte-length frame: its length, to be read from `buf.readable()[2..2 + len]` and then consumed with
/// `buf.consume(2 + len)`. `None` while it is incomplete.
pub fn peek_short(buf: &StreamBuf, limit: usize) -> Result<Option<usize>, FrameTooLong> {
    let Some(&[a, b]) = buf.readable().get(..2) else { return Ok(None) };
    let len = usize::from(u16::from_be_bytes([a, b]));
    if len > limit {
        return Err(FrameTooLong { announced: len, limit });
    }
    Ok((buf.len() >= 2 + len).then_some(len))
}

/// A frame header on a session channel: 4 bytes big-endian, top bit = packed Cap'n Proto, 31 bits of length.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LongHeader {
    /// Bytes that follow the header.
    pub len: usize,
    /// Whether they are packed.
    pub packed: bool,
}

impl LongHeader {
    /// Its size in bytes.
    pub const SIZE: usize = 4;

    /// As bytes; the length is cut at 31 bits.
    pub fn to_bytes(self) -> [u8; 4] {
        let len = u32::try_from(self.len).unwrap_or(u32::MAX) & 0x7fff_ffff;
        (len | if self.packed { 0x8000_0000 } else { 0 }).to_be_bytes()
    }

    /// The header of the next frame, before that frame is whole. `limit` bounds what the frame may announce.
    pub fn peek_start(buf: &StreamBuf, limit: usize) -> Result<Option<Self>, FrameTooLong> {
        let Some(&[a, b, c, d]) = buf.readable().get(..4) else { return Ok(None) };
        let word = u32::from_be_bytes([a, b, c, d]);
        let len = usize::try_from(word & 0x7fff_ffff).unwrap_or(usize::MAX);
        if len > limit {
            return Err(FrameTooLong { announced: len, limit });
        }
        Ok(Some(Self { len, packed: word & 0x8000_0000 != 0 }))
    }

    /// The header of the next frame, once that frame is whole. `limit` bounds what the frame may announce.
    pub fn peek(buf: &StreamBuf, limit: usize) -> Result<Option<Self>, FrameTooLong> {
        Ok(Self::peek_start(buf, limit)?.filter(|header| buf.len() - Self::SIZE >= header.len))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_differ_from_quic_and_protobuf() {
        for first in 0..=255u8 {
            if Kind::of(first).is_some() {
                assert!(!Kind::is_quic(first) && first & 7 == 7);
            }
        }
    }

    #[test]
    fn short_frames_wait_until_whole_and_keep_their_limit() {
        let mut bytes = Vec::new();
        assert!(put_short(&mut bytes, b"abc"));
        assert!(!put_short(&mut bytes, &[0; 65_536]));
        let mut buf = StreamBuf::from(&bytes[..4]);
        assert_eq!(peek_short(&buf, 10), Ok(None));
        buf.push(&bytes[4..]);
        assert_eq!(peek_short(&buf, 10), Ok(Some(3)));
        assert_eq!(peek_short(&buf, 2), Err(FrameTooLong { announced: 3, limit: 2 }));
    }

    #[test]
    fn long_headers_carry_the_packed_bit() {
        let header = LongHeader { len: 5, packed: true };
        let mut buf = StreamBuf::from(&header.to_bytes()[..]);
        assert_eq!(LongHeader::peek(&buf, 10), Ok(None));
        buf.push(b"12345");
        assert_eq!(LongHeader::peek(&buf, 10), Ok(Some(header)));
        assert!(LongHeader::peek(&buf, 4).is_err());
    }
}
