//! Lines that cease to pass large packets in the middle of a session (RFC 8899 calls it a black hole).

use core::time::Duration;

use deskwire_machine::{Instant, LinkId};

use crate::paths::Path;
use crate::transport::Transport;

/// Pings that show the engine that a line passes small packets only, one after the other, and the least time between
/// them. It takes four losses with something that arrives in between for that, and a line that is merely full must not
/// be asked for ever.
const NARROW_PINGS: u8 = 24;
const NARROW_EVERY: Duration = Duration::from_millis(20);

impl Transport {
    /// When a line that no longer passes large packets is to be asked next for an answer to a small one. The engine finds
    /// out by itself only as fast as it happens to send small packets, which takes seconds.
    pub(crate) fn narrow_at(&self, path: &Path) -> Option<Instant> {
        let since = path.flight.as_ref().filter(|_| path.is_healthy() && path.id.is_some())?.large_since()?;
        let (next, asked) = path.narrow;
        let due = since + self.patience(path.link);
        match asked {
            NARROW_PINGS.. => None,
            0 => Some(due),
            _ => Some(due.max(next)),
        }
    }

    /// Asks for that if it is time.
    pub(crate) fn observe_size(&mut self, now: Instant, link: LinkId) {
        let Some(path) = self.paths.of(link) else { return };
        let Some(id) = path.id else { return };
        let is_owed = path.flight.as_ref().is_some_and(|flight| flight.large_since().is_some());
        let is_due = self.narrow_at(path).is_some_and(|at| at <= now);
        let rtt = self.connection.as_ref().and_then(|connection| connection.rtt(id)).unwrap_or_default();
        let Some(path) = self.paths.of_mut(link) else { return };
        if is_due {
            path.narrow = (now + (rtt / 2).max(NARROW_EVERY), path.narrow.1 + 1);
            self.ping(vec![id]);
        } else if !is_owed {
            path.narrow.1 = 0;
        }
    }
}
