//! The viewer's first packets, kept until the handshake is over.
//!
//! The viewer has keys of the second level as soon as it has made M3, which goes in packets of the first level. A QUIC
//! client gives up the first level with the first packet that it sends at the second (RFC 9001 section 4.9.1), and the
//! engine sends one there when a timer runs out in the wrong moment: what was lost of M3 would never go again.

use std::collections::VecDeque;

use core::time::Duration;

use deskwire_machine::{Ecn, Instant};

use crate::transport::Transport;

/// How long an answer may take before they go again.
const AGAIN: Duration = Duration::from_secs(1);
/// What M3 takes, and as much again.
const KEPT: usize = 4;

/// The last packets of the first level.
#[derive(Debug, Default)]
pub(crate) struct Greeting {
    packets: VecDeque<(Ecn, Vec<u8>)>,
    at: Option<Instant>,
}

impl Greeting {
    /// A packet that was sent. Only those of the first level count (RFC 9000 section 17.2.2).
    pub(crate) fn note(&mut self, now: Instant, ecn: Ecn, packet: &[u8]) {
        if packet.first().is_some_and(|first| first & 0xf0 == 0xc0) {
            self.packets.truncate(KEPT - 1);
            self.packets.push_front((ecn, packet.to_vec()));
            self.at = Some(now + AGAIN);
        }
    }

    /// When they go again.
    pub(crate) const fn at(&self) -> Option<Instant> {
        self.at
    }

    /// The handshake is over.
    pub(crate) fn forget(&mut self) {
        *self = Self::default();
    }
}

impl Transport {
    /// Sends the first packets again if it is time.
    pub(crate) fn greet_again(&mut self, now: Instant) {
        let link = self.paths.all().find(|path| path.open).map(|path| path.link);
        let (Some(_), Some(link)) = (self.greeting.at.take_if(|at| *at <= now), link) else { return };
        self.greeting.at = Some(now + AGAIN);
        for (ecn, packet) in self.greeting.packets.clone().into_iter().rev() {
            self.send(link, ecn, packet);
        }
    }
}
