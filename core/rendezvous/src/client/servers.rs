//! Where the server is: told at the start, and anew when its name leads elsewhere.

use alloc::vec::Vec;
use core::time::Duration;

use deskwire_machine::{Instant, change};

use super::{Client, Phase, ServerAddress};

/// Addresses of one server that are kept; of more, the first.
const MOST: usize = 8;

impl Client {
    /// The server's addresses, in the order to try them: for when its name was looked up again. A session that stands at
    /// one of them stays, and so does a hello that waits for an answer from one; anything else begins anew at the first.
    /// An empty list says nothing, and changes nothing.
    pub fn set_servers(&mut self, now: Instant, mut servers: Vec<ServerAddress>) {
        let now = self.clock.tell(now);
        servers.truncate(MOST);
        if servers.is_empty() || servers == self.config.servers {
            return;
        }
        self.config.servers = servers;
        self.failures = 0;
        self.udp_silent = false;
        let used = match &self.phase {
            Phase::Greeting(greeting) => Some(greeting.server()),
            Phase::Connected(session) => Some(session.server),
            Phase::Idle | Phase::Waiting { .. } => None,
        };
        let place = self.config.servers.iter().position(|known| Some(*known) == used);
        self.server = place.unwrap_or(0);
        if place.is_none() {
            // All devices of a server that has moved hear of it at about the same time.
            let until = now + self.jitter(Duration::from_millis(20), Duration::from_millis(200));
            match &mut self.phase {
                Phase::Idle => {}
                Phase::Waiting { until: before } => *before = until,
                Phase::Connected(session) => session.rehello_at = Some(until),
                Phase::Greeting(_) => {
                    if let Phase::Greeting(greeting) = change(&mut self.phase, Phase::Waiting { until }) {
                        greeting.streams.into_iter().for_each(|(link, _)| self.outbox.close(link));
                    }
                }
            }
        }
        self.drive(now);
    }
}
