//! Sound as it travels: datagrams of a few Opus packets (RFC 6716), and how the receiver wants to have them.
//!
//! ```text
//! kind (1), sequence (4), captured at (8), then one to three times: length (2), that many bytes of an Opus packet
//! ```
//!
//! All numbers are big-endian. The first Opus packet is the one that the sequence numbers; the ones after it are the one
//! before, and the one before that: copies, for a receiver that lost them. Lost datagrams are not sent again.

use alloc::vec::Vec;

use crate::codec::DecodeError;

/// Samples a second, of each channel.
pub const RATE: u32 = 48_000;
/// Longest Opus packet, in bytes.
pub const MAX_PACKET: usize = 500;
/// Longest datagram, in bytes: it fits every path.
pub const MAX_DATAGRAM: usize = 1_100;
/// Most copies of earlier packets in a datagram.
pub const MAX_COPIES: u8 = 2;

const HEADER: usize = 13;
const LENGTH: usize = 2;

/// Which sound it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum SoundKind {
    /// What the host plays: stereo, 10 ms a packet.
    Sound = 1,
    /// What a microphone hears: one channel, 20 ms a packet.
    Voice = 2,
}

impl SoundKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Sound, Self::Voice];

    /// How many channels it has.
    pub const fn channels(self) -> usize {
        match self {
            Self::Sound => 2,
            Self::Voice => 1,
        }
    }

    /// How long a packet plays, in microseconds.
    pub const fn packet_us(self) -> u32 {
        match self {
            Self::Sound => 10_000,
            Self::Voice => 20_000,
        }
    }

    /// How many samples of each channel a packet has.
    pub const fn packet_samples(self) -> usize {
        match self {
            Self::Sound => 480,
            Self::Voice => 960,
        }
    }
}

/// How a receiver wants to have sound.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct SoundWish {
    copies: u8,
}

impl SoundWish {
    /// With this many copies of earlier packets in each datagram, at most [`MAX_COPIES`].
    pub const fn with_copies(copies: u8) -> Self {
        Self { copies: if copies > MAX_COPIES { MAX_COPIES } else { copies } }
    }

    /// How many copies of earlier packets are to travel in each datagram.
    pub const fn copies(self) -> u8 {
        self.copies
    }
}

/// One datagram, borrowed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SoundDatagram<'a> {
    /// Which sound.
    pub kind: SoundKind,
    /// The number of the first packet.
    pub sequence: u32,
    /// When the first sample of the first packet was captured, by the sender's clock, in microseconds.
    pub captured_at_us: u64,
    /// The packet, then the one before it, then the one before that.
    pub packets: Vec<&'a [u8]>,
}

impl<'a> SoundDatagram<'a> {
    /// Appends its bytes to `out`: the first packet, and of the copies those that fit. A first packet that is empty or
    /// longer than [`MAX_PACKET`] is not written, nor one without a packet.
    pub fn encode(&self, out: &mut Vec<u8>) -> Result<(), crate::EncodeError> {
        let first = self.packets.first().ok_or(crate::EncodeError)?;
        if first.is_empty() || first.len() > MAX_PACKET {
            return Err(crate::EncodeError);
        }
        let start = out.len();
        // The only `as`: a fieldless `repr(u8)` enum.
        out.push(self.kind as u8);
        out.extend_from_slice(&self.sequence.to_be_bytes());
        out.extend_from_slice(&self.captured_at_us.to_be_bytes());
        for packet in self.packets.iter().take(1 + usize::from(MAX_COPIES)) {
            let fits = out.len() - start + LENGTH + packet.len() <= MAX_DATAGRAM;
            // After one that is left out, the next would count as that one.
            let Some(length) = u16::try_from(packet.len()).ok().filter(|n| *n > 0 && fits) else { break };
            out.extend_from_slice(&length.to_be_bytes());
            out.extend_from_slice(packet);
        }
        Ok(())
    }

    /// Reads a datagram; `Ok(None)` is one of a kind that this version does not know.
    pub fn decode(bytes: &'a [u8]) -> Result<Option<Self>, DecodeError> {
        let malformed = || DecodeError::Field("sound");
        let (&kind, _) = bytes.split_first().ok_or_else(malformed)?;
        let kind = match kind {
            1 => SoundKind::Sound,
            2 => SoundKind::Voice,
            _ => return Ok(None),
        };
        let (header, mut rest) = bytes.split_at_checked(HEADER).ok_or_else(malformed)?;
        let [_, a, b, c, d, e, f, g, h, i, j, k, l] = *header else { return Err(malformed()) };
        let mut packets = Vec::new();
        while !rest.is_empty() {
            let (length, after) = rest.split_first_chunk().ok_or_else(malformed)?;
            let length = usize::from(u16::from_be_bytes(*length));
            let (packet, after) = after.split_at_checked(length).ok_or_else(malformed)?;
            if packet.is_empty() || packet.len() > MAX_PACKET || packets.len() > usize::from(MAX_COPIES) {
                return Err(malformed());
            }
            packets.push(packet);
            rest = after;
        }
        if packets.is_empty() {
            return Err(malformed());
        }
        let sequence = u32::from_be_bytes([a, b, c, d]);
        let captured_at_us = u64::from_be_bytes([e, f, g, h, i, j, k, l]);
        Ok(Some(Self { kind, sequence, captured_at_us, packets }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn datagram<'a>(packets: &[&'a [u8]]) -> SoundDatagram<'a> {
        let (sequence, captured_at_us) = (0x0102_0304, 0x0506_0708_090a_0b0c);
        SoundDatagram { kind: SoundKind::Voice, sequence, captured_at_us, packets: packets.to_vec() }
    }

    fn encoded(datagram: &SoundDatagram<'_>) -> Vec<u8> {
        let mut bytes = Vec::new();
        datagram.encode(&mut bytes).unwrap();
        bytes
    }

    // spec: SE-39
    #[test]
    fn a_datagram_looks_as_written_and_is_read_back() {
        let whole = datagram(&[b"abc", b"d"]);
        let bytes = encoded(&whole);
        assert_eq!(bytes, *b"\x02\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x00\x03abc\x00\x01d");
        assert_eq!(SoundDatagram::decode(&bytes), Ok(Some(whole)));
        // Cut anywhere it is malformed, but after its first packet, where the copies are missing.
        for cut in 1..bytes.len() {
            let read = SoundDatagram::decode(&bytes[..cut]);
            assert_eq!(read.is_ok(), cut == 18, "{cut} {read:?}");
        }
    }

    // spec: SE-40
    #[test]
    fn what_cannot_be_is_refused_and_what_is_new_left_alone() {
        let long = [7; MAX_PACKET + 1];
        for packets in [&[][..], &[&[][..]], &[&long[..]]] {
            assert!(datagram(packets).encode(&mut Vec::new()).is_err());
        }
        let good = encoded(&datagram(&[b"abc"]));
        for packets in [&[0, 0][..], &[0, 3, 1, 2], &[0, 1, 1, 0, 1, 1, 0, 1, 1], &[1]] {
            let bytes = [&good[..], packets].concat();
            assert!(SoundDatagram::decode(&bytes).is_err(), "{packets:?}");
        }
        assert!(SoundDatagram::decode(&[]).is_err());
        assert_eq!(SoundDatagram::decode(&[3]), Ok(None));
    }

    // spec: SE-38
    #[test]
    fn copies_that_do_not_fit_are_left_out() {
        let full = [7; MAX_PACKET];
        let bytes = encoded(&datagram(&[&full, &full, b"abc"]));
        assert!(bytes.len() <= MAX_DATAGRAM);
        let read = SoundDatagram::decode(&bytes).unwrap().unwrap();
        assert_eq!(read.packets, [&full[..], &full[..], b"abc"]);
        let bytes = encoded(&datagram(&[&full, &full, &full]));
        assert_eq!(SoundDatagram::decode(&bytes).unwrap().unwrap().packets.len(), 2);
        let bytes = encoded(&datagram(&[b"abc", b"", b"d"]));
        assert_eq!(SoundDatagram::decode(&bytes).unwrap().unwrap().packets.len(), 1);
        assert_eq!(SoundWish::with_copies(200).copies(), MAX_COPIES);
    }
}
