//! Packets that may be under way.

use std::collections::VecDeque;

use core::time::Duration;

use deskwire_machine::{Ecn, Instant};

/// Most bytes that go again over a detour. The engine sends what is beyond it once it learns that it was lost.
const LIMIT: u64 = 128 << 10;

/// Bytes on top of what is under way, for acknowledgements, which do not count as under way.
const MARGIN: u64 = 2 << 10;

/// Older packets do not go again: the engine takes the time until the answer for a round trip of the path, and waits
/// three timeouts by that measure before it gives up what the path carried.
const YOUNG: Duration = Duration::from_secs(1);

/// The last packets, which show the engine what was lost before them once one of them is acknowledged.
const TAIL: usize = 4;

/// The last packets of a path, as they were sent.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    packets: VecDeque<(Instant, Ecn, Vec<u8>)>,
    bytes: u64,
}

impl Recent {
    /// Keeps a packet, and forgets what was sent before all that is under way.
    pub(crate) fn push(&mut self, now: Instant, ecn: Ecn, packet: &[u8], in_flight: u64) {
        let most = (in_flight + MARGIN).min(LIMIT);
        let size = length(packet);
        // The first of what is under way matters most: the rest waits for it at the peer.
        if in_flight > LIMIT && self.bytes + size > LIMIT {
            return;
        }
        self.packets.push_back((now, ecn, packet.to_vec()));
        self.bytes += size;
        while self.bytes > most {
            let Some((_, _, old)) = self.packets.pop_front() else { break };
            self.bytes -= length(&old);
        }
    }

    /// All that are young; only the last are kept.
    pub(crate) fn take(&mut self, now: Instant) -> Vec<(Ecn, Vec<u8>)> {
        let kept = self.packets.split_off(self.packets.len().saturating_sub(TAIL));
        let mut all = core::mem::replace(&mut self.packets, kept);
        all.extend(self.packets.iter().cloned());
        self.bytes = self.packets.iter().map(|(_, _, packet)| length(packet)).sum();
        young(now, all.iter())
    }

    /// The last of them, if they are young.
    pub(crate) fn tail(&self, now: Instant) -> Vec<(Ecn, Vec<u8>)> {
        young(now, self.packets.iter().skip(self.packets.len().saturating_sub(TAIL)))
    }
}

fn young<'a>(
    now: Instant,
    packets: impl Iterator<Item = &'a (Instant, Ecn, Vec<u8>)>,
) -> Vec<(Ecn, Vec<u8>)> {
    packets.filter(|(at, ..)| *at + YOUNG > now).map(|(_, ecn, packet)| (*ecn, packet.clone())).collect()
}

fn length(packet: &[u8]) -> u64 {
    u64::try_from(packet.len()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_under_way_is_kept_and_not_much_more() {
        let (now, mut recent) = (Instant::from_micros(5), Recent::default());
        for n in 0..100 {
            recent.push(now, Ecn::NotEct, &[n; 1_000], 10_000);
        }
        let kept = recent.take(now);
        assert_eq!((kept.len(), kept.last().map(|(_, packet)| packet[0])), (12, Some(99)));
        assert_eq!(recent.take(now).len(), TAIL);
        recent.push(now + YOUNG, Ecn::NotEct, &[100; 1_000], 10_000);
        let tail =
            |recent: &Recent, at| recent.tail(at).iter().map(|(_, packet)| packet[0]).collect::<Vec<_>>();
        assert_eq!(tail(&recent, now), [97, 98, 99, 100]);
        assert_eq!(tail(&recent, now + YOUNG), [100]);
    }
}
