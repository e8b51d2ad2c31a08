//! The viewer's packets of the key handshake, kept until the host has shown that it has all of them.
//!
//! The engine alone would lose sessions on bad lines. The viewer has keys of the second level as soon as it has made M3,
//! which goes in packets of the first level. A QUIC client gives up the first level with the first packet that it sends at
//! the second (RFC 9001 section 4.9.1), and the engine sends one there when a timer runs out in the wrong moment: what was
//! lost of M3 would never go again. And M5 goes again only after three round trips, which the first stutter of a line may
//! have made longer than a silent peer is waited for.

use std::collections::VecDeque;

use core::time::Duration;

use deskwire_machine::{Ecn, Instant};

use crate::transport::Transport;

/// How long an answer may take before they go again.
const AGAIN: Duration = Duration::from_secs(1);
/// Packets of each level: more than M3 takes, which is the longest.
const KEPT: usize = 4;
/// What is shorter is no message, but a ping or an acknowledgement.
const SHORT: usize = 64;

/// The last of these packets, of each level.
#[derive(Debug, Default)]
pub(crate) struct Greeting {
    first: VecDeque<(Ecn, Vec<u8>)>,
    second: VecDeque<(Ecn, Vec<u8>)>,
    at: Option<Instant>,
    over: bool,
}

impl Greeting {
    /// A packet that was sent. Only those of the handshake count: they have long headers (RFC 9000 section 17.2).
    pub(crate) fn note(&mut self, now: Instant, ecn: Ecn, packet: &[u8]) {
        if self.over || !is_long(packet) || packet.len() < SHORT {
            return;
        }
        let is_first = packet.first().is_some_and(|first| first & 0x30 == 0);
        let packets = if is_first { &mut self.first } else { &mut self.second };
        packets.truncate(KEPT - 1);
        packets.push_front((ecn, packet.to_vec()));
        self.at = Some(now + AGAIN);
    }

    /// When they go again.
    pub(crate) const fn at(&self) -> Option<Instant> {
        self.at
    }

    /// A packet of the host that was authentic: one of the last level shows that it has everything.
    pub(crate) fn heard(&mut self, packet: &[u8]) {
        if !self.over && !is_long(packet) {
            *self = Self { over: true, ..Self::default() };
        }
    }
}

fn is_long(packet: &[u8]) -> bool {
    packet.first().is_some_and(|first| first & 0x80 != 0)
}

impl Transport {
    /// Sends them again if it is time.
    pub(crate) fn greet_again(&mut self, now: Instant) {
        if self.greeting.at.is_none_or(|at| at > now) {
            return;
        }
        self.greeting.at = Some(now + AGAIN);
        let Some(link) = self.paths.all().find(|path| path.open).map(|path| path.link) else { return };
        let Greeting { first, second, .. } = &self.greeting;
        let packets: Vec<_> = first.iter().rev().chain(second.iter().rev()).cloned().collect();
        for (ecn, packet) in packets {
            self.send(link, ecn, packet);
        }
    }
}
