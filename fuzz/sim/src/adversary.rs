//! Somebody on a host's line who sees every packet, knows old ones, and sends on what he likes.

use std::collections::VecDeque;
use std::time::Duration;

use deskwire_machine::{Ecn, Rng, Seed};

use crate::net::HostId;
use crate::tcp::Segment;
use crate::traffic::{Load, Packet};
use crate::world::{Event, World};

/// Packets that he remembers.
const MEMORY: usize = 64;
/// First bytes that say where a datagram belongs, and some that say nothing.
const FIRST_BYTES: [u8; 8] = [0x07, 0x0f, 0x17, 0x1f, 0x40, 0xc0, 0x00, 0xff];

/// What somebody on a line does to each packet that passes, as probabilities from 0 to 1. He has no keys; but he can
/// read and make every header, also TCP's.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Powers {
    /// It does not arrive.
    pub drop: f64,
    /// It comes twice.
    pub duplicate: f64,
    /// It comes late, by up to a second, so that others overtake it.
    pub delay: f64,
    /// Some of its bytes are others.
    pub corrupt: f64,
    /// Its end is missing.
    pub truncate: f64,
    /// Its sender gets it back, as if it came from the other side. (Datagrams only.)
    pub reflect: f64,
    /// An older packet comes as well.
    pub replay: f64,
    /// A packet of his own comes as well: rubbish, two packets mixed, one of another session; on TCP a reset, or other
    /// bytes in the place of the right ones.
    pub inject: f64,
}

/// Which way a packet goes on a host's line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Way {
    Up,
    Down,
}

#[derive(Debug)]
pub(crate) struct Adversary {
    powers: Powers,
    rng: Rng,
    seen: VecDeque<(Way, Packet)>,
    knows: &'static [Vec<u8>],
}

/// What he does with a packet: those that go on, now or later, and which way.
type Acts = Vec<(Way, Duration, Packet)>;

impl Adversary {
    pub(crate) fn new(powers: Powers, seed: u64, knows: &'static [Vec<u8>]) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        Self { powers, rng: Seed::new(bytes).derive("adversary").public(), seen: VecDeque::new(), knows }
    }

    fn happens(&mut self, probability: f64) -> bool {
        probability > 0.0 && (self.rng.below(1_000_000) as f64) < probability * 1e6
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.rng.below(bound.max(1) as u64)).unwrap_or(0)
    }

    fn some_delay(&mut self) -> Duration {
        Duration::from_micros(1 + self.rng.below(1_000_000))
    }

    fn act(&mut self, way: Way, packet: Packet) -> Acts {
        let Powers { drop, duplicate, delay, corrupt, truncate, reflect, replay, inject } = self.powers;
        let mut acts = Acts::new();
        if self.happens(replay) && !self.seen.is_empty() {
            let at = self.below(self.seen.len());
            if let Some((way, old)) = self.seen.get(at).cloned() {
                let late = self.some_delay();
                acts.push((way, late, old));
            }
        }
        if self.happens(inject) {
            let late = if self.rng.below(2) == 0 { Duration::ZERO } else { self.some_delay() };
            let own = self.own(&packet);
            acts.push((way, late, own));
        }
        if self.happens(reflect) && matches!(packet.load, Load::Udp { .. }) {
            let back = Packet { src: packet.dst, dst: packet.src, ..packet.clone() };
            let other = if way == Way::Up { Way::Down } else { Way::Up };
            acts.push((other, Duration::from_millis(1), back));
        }
        if self.seen.len() >= MEMORY {
            let at = self.below(MEMORY);
            self.seen.swap_remove_back(at);
        }
        self.seen.push_back((way, packet.clone()));
        if self.happens(drop) {
            return acts;
        }
        let mut packet = packet;
        if self.happens(duplicate) {
            let late = self.some_delay();
            acts.push((way, late, packet.clone()));
        }
        if self.happens(corrupt) {
            self.corrupt(&mut packet);
        }
        if self.happens(truncate) {
            self.truncate(&mut packet);
        }
        let late = if self.happens(delay) { self.some_delay() } else { Duration::ZERO };
        acts.push((way, late, packet));
        acts
    }

    fn corrupt(&mut self, packet: &mut Packet) {
        let count = 1 + self.below(3);
        for _ in 0..count {
            let at = self.below(packet.bytes().len());
            let bit = 1 << self.below(8);
            if let Some(byte) = packet.bytes().get_mut(at) {
                *byte ^= bit;
            }
        }
    }

    fn truncate(&mut self, packet: &mut Packet) {
        let length = self.below(packet.bytes().len());
        packet.bytes().truncate(length);
        if let Load::Tcp(segment) = &mut packet.load {
            segment.fin = false;
        }
    }

    /// A packet that nobody sent, to where this one goes.
    fn own(&mut self, like: &Packet) -> Packet {
        let mut packet = like.clone();
        let choice = self.rng.below(4);
        match &mut packet.load {
            Load::Tcp(segment) if choice == 0 || segment.data.is_empty() => {
                *segment = Segment { rst: true, data: Vec::new(), fin: false, ..segment.clone() };
            }
            Load::Tcp(segment) => self.rng.fill(&mut segment.data),
            Load::Udp { ecn, data } => {
                *ecn = Ecn::NotEct;
                *data = match choice {
                    0 => self.rubbish(),
                    1 | 2 if !self.knows.is_empty() => {
                        let at = self.below(self.knows.len());
                        self.knows.get(at).cloned().unwrap_or_default()
                    }
                    _ => self.mixed(data),
                };
            }
        }
        packet
    }

    fn rubbish(&mut self) -> Vec<u8> {
        let length = self.below(1_200);
        let mut bytes = vec![0; length];
        self.rng.fill(&mut bytes);
        let first = self.below(FIRST_BYTES.len());
        if let (Some(byte), Some(kind)) = (bytes.first_mut(), FIRST_BYTES.get(first)) {
            *byte = *kind;
        }
        bytes
    }

    /// The beginning of this one, the end of another.
    fn mixed(&mut self, data: &[u8]) -> Vec<u8> {
        let at = self.below(self.seen.len());
        let cut = self.below(data.len());
        let mut mixed: Vec<u8> = data.iter().take(cut).copied().collect();
        if let Some((_, Packet { load: Load::Udp { data: other, .. }, .. })) = self.seen.get(at) {
            mixed.extend(other.iter().skip(cut));
        }
        mixed
    }
}

impl World {
    /// Hands a packet on a host's line to whoever sits there.
    pub(crate) fn meddle(&mut self, host: HostId, index: usize, way: Way, packet: Packet) {
        let interface = self.hosts.get_mut(host.0).and_then(|h| h.interfaces.get_mut(index));
        let Some(interface) = interface else { return };
        let (net, delay) = (interface.net.0, interface.line.latency);
        let Some(adversary) = &mut interface.adversary else { return };
        for (way, late, packet) in adversary.act(way, packet) {
            if late == Duration::ZERO {
                self.over_line(host, index, way, packet);
                continue;
            }
            let event = match way {
                Way::Up => Event::InNetwork { net, down: false, packet },
                Way::Down => Event::AtHost { host, packet },
            };
            self.push(self.now + delay + late, event);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(byte: u8) -> Packet {
        let at = |n: u8| std::net::SocketAddr::from(([10, 0, 0, n], 7));
        let load = Load::Udp { ecn: Ecn::NotEct, data: vec![byte; 40] };
        Packet { origin: HostId(0), src: at(1), dst: at(2), load }
    }

    fn data(packet: &Packet) -> &[u8] {
        match &packet.load {
            Load::Udp { data, .. } => data,
            Load::Tcp(segment) => &segment.data,
        }
    }

    fn acts(powers: Powers) -> Acts {
        let mut adversary = Adversary::new(powers, 1, &[]);
        let _ = adversary.act(Way::Up, packet(1));
        adversary.act(Way::Up, packet(2))
    }

    #[test]
    fn each_power_does_what_it_says() {
        let of = |powers: Powers| acts(powers);
        assert_eq!(of(Powers::default()).len(), 1);
        assert!(of(Powers { drop: 1.0, ..Powers::default() }).is_empty());
        assert_eq!(of(Powers { duplicate: 1.0, ..Powers::default() }).len(), 2);
        assert!(of(Powers { delay: 1.0, ..Powers::default() })[0].1 > Duration::ZERO);
        assert_ne!(data(&of(Powers { corrupt: 1.0, ..Powers::default() })[0].2), [2; 40]);
        assert!(data(&of(Powers { truncate: 1.0, ..Powers::default() })[0].2).len() < 40);
        let reflected = of(Powers { reflect: 1.0, ..Powers::default() });
        assert_eq!((reflected[0].0, reflected[0].2.dst), (Way::Down, packet(2).src));
        assert_eq!(data(&of(Powers { replay: 1.0, ..Powers::default() })[0].2), [1; 40]);
        let injected = of(Powers { inject: 1.0, ..Powers::default() });
        assert_eq!((injected.len(), data(&injected[1].2)), (2, &[2; 40][..]));
    }
}
