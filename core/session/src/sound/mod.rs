//! Sound: what each side wants of the other's, what travels, and how it is made to play evenly.

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use deskwire_wire::session::Scope;
use deskwire_wire::sound::{MAX_COPIES, SoundDatagram, SoundKind, SoundWish};

use crate::ended::Rejected;

mod buffer;
mod delays;
mod lips;
mod losses;

pub use buffer::{Play, SoundBuffer, SoundStats};
pub use lips::LipSync;

/// Sound that arrived: a packet, and copies of those before it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SoundArrival {
    /// Which sound.
    pub kind: SoundKind,
    /// The number of the first packet.
    pub sequence: u32,
    /// When its first sample was captured, by the sender's clock, in microseconds.
    pub captured_at_us: u64,
    /// How long ago that was when it arrived, in microseconds; `None` while the clocks are not related.
    pub age_us: Option<u32>,
    /// The packet, then the one before it, then the one before that.
    pub packets: Vec<Vec<u8>>,
}

/// The permission that a kind of sound needs.
pub(crate) const fn scope_of(kind: SoundKind) -> Scope {
    match kind {
        SoundKind::Sound => Scope::Audio,
        SoundKind::Voice => Scope::Voice,
    }
}

/// One kind of sound, as this side sends and wants it.
#[derive(Debug, Default)]
struct Line {
    /// What the other side wants.
    asked: Option<SoundWish>,
    /// What this side wants.
    wanted: Option<SoundWish>,
    next_sequence: u32,
    /// The latest packets, the youngest first.
    sent: VecDeque<Vec<u8>>,
}

/// Both kinds.
#[derive(Debug, Default)]
pub(crate) struct Sounds {
    sound: Line,
    voice: Line,
}

impl Sounds {
    const fn line(&mut self, kind: SoundKind) -> &mut Line {
        match kind {
            SoundKind::Sound => &mut self.sound,
            SoundKind::Voice => &mut self.voice,
        }
    }

    /// The other side said what it wants; gives whether that is news.
    pub(crate) fn ask(&mut self, kind: SoundKind, wish: Option<SoundWish>) -> bool {
        let line = self.line(kind);
        let news = core::mem::replace(&mut line.asked, wish) != wish;
        if wish.is_none() {
            line.sent.clear();
        }
        news
    }

    /// This side wants it so; gives whether that is news.
    pub(crate) fn want(&mut self, kind: SoundKind, wish: Option<SoundWish>) -> bool {
        core::mem::replace(&mut self.line(kind).wanted, wish) != wish
    }

    /// What this side wants.
    pub(crate) const fn wanted(&self, kind: SoundKind) -> Option<SoundWish> {
        match kind {
            SoundKind::Sound => self.sound.wanted,
            SoundKind::Voice => self.voice.wanted,
        }
    }

    /// The datagram for a packet, with as many copies of those before it as the other side wants.
    pub(crate) fn datagram(
        &mut self,
        kind: SoundKind,
        captured_at_us: u64,
        packet: &[u8],
    ) -> Result<Vec<u8>, Rejected> {
        let line = self.line(kind);
        let wish = line.asked.ok_or(Rejected::NotEnabled)?;
        let copies = line.sent.iter().take(wish.copies().into()).map(Vec::as_slice);
        let packets = core::iter::once(packet).chain(copies).collect();
        let datagram = SoundDatagram { kind, sequence: line.next_sequence, captured_at_us, packets };
        let mut bytes = Vec::new();
        datagram.encode(&mut bytes).map_err(|_| Rejected::Invalid)?;
        line.next_sequence = line.next_sequence.wrapping_add(1);
        line.sent.push_front(packet.to_vec());
        line.sent.truncate(MAX_COPIES.into());
        Ok(bytes)
    }
}

/// What arrived in a datagram; `None` for one that is malformed, or of a kind that this version does not know.
pub(crate) fn arrival(data: &[u8]) -> Option<SoundArrival> {
    let datagram = SoundDatagram::decode(data).ok().flatten()?;
    Some(SoundArrival {
        kind: datagram.kind,
        sequence: datagram.sequence,
        captured_at_us: datagram.captured_at_us,
        age_us: None,
        packets: datagram.packets.into_iter().map(<[u8]>::to_vec).collect(),
    })
}
