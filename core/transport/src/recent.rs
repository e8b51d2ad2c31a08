//! Packets that may be under way.

use std::collections::VecDeque;

use deskwire_machine::Ecn;

/// Most bytes that go again over a detour. The engine sends what is beyond it once it learns that it was lost.
const LIMIT: u64 = 128 << 10;

/// Bytes on top of what is under way, for acknowledgements, which do not count as under way.
const MARGIN: u64 = 2 << 10;

/// The last packets, which show the engine what was lost before them once one of them is acknowledged.
const TAIL: usize = 4;

/// The last packets of a path, as they were sent.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    packets: VecDeque<(Ecn, Vec<u8>)>,
    bytes: u64,
}

impl Recent {
    /// Keeps a packet, and forgets what was sent before all that is under way.
    pub(crate) fn push(&mut self, ecn: Ecn, packet: &[u8], in_flight: u64) {
        let most = (in_flight + MARGIN).min(LIMIT);
        let size = length(packet);
        // The first of what is under way matters most: the rest waits for it at the peer.
        if in_flight > LIMIT && self.bytes + size > LIMIT {
            return;
        }
        self.packets.push_back((ecn, packet.to_vec()));
        self.bytes += size;
        while self.bytes > most {
            let Some((_, old)) = self.packets.pop_front() else { break };
            self.bytes -= length(&old);
        }
    }

    /// All of them; only the last are kept.
    pub(crate) fn take(&mut self) -> VecDeque<(Ecn, Vec<u8>)> {
        let kept = self.tail();
        self.bytes = kept.iter().map(|(_, packet)| length(packet)).sum();
        core::mem::replace(&mut self.packets, kept)
    }

    /// The last of them.
    pub(crate) fn tail(&self) -> VecDeque<(Ecn, Vec<u8>)> {
        self.packets.iter().skip(self.packets.len().saturating_sub(TAIL)).cloned().collect()
    }
}

fn length(packet: &[u8]) -> u64 {
    u64::try_from(packet.len()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_under_way_is_kept_and_not_much_more() {
        let mut recent = Recent::default();
        for n in 0..100 {
            recent.push(Ecn::NotEct, &[n; 1_000], 10_000);
        }
        let kept = recent.take();
        assert_eq!((kept.len(), kept.back().map(|(_, packet)| packet[0])), (12, Some(99)));
        assert_eq!(recent.take().len(), TAIL);
        recent.push(Ecn::NotEct, &[100; 1_000], 10_000);
        let tail: Vec<u8> = recent.tail().iter().map(|(_, packet)| packet[0]).collect();
        assert_eq!(tail, [97, 98, 99, 100]);
    }
}
