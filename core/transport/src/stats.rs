//! Numbers about a transport.

use core::time::Duration;

use deskwire_machine::LinkId;

use crate::paths::PathKind;
use crate::transport::Transport;

/// What whoever paces a stream of frames wants to know; cheap enough to be asked for at every turn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Pace {
    /// Bytes that can go now without queueing: [`Transport::send_budget`].
    pub budget: usize,
    /// Round trip of the active path; 0 before it is known.
    pub rtt: Duration,
    /// Bytes a second that the active path takes: a congestion window for each round trip, or what it delivered
    /// lately if that was more. 0 before it is known.
    pub rate: u64,
}

impl Transport {
    /// How fast data can go at present.
    pub fn pace(&self) -> Pace {
        let path = self.paths.active.and_then(|link| self.paths.of(link));
        let rtt = path.and_then(|path| self.connection.as_ref()?.rtt(path.id?)).unwrap_or_default();
        let flight = path.and_then(|path| path.flight.as_ref());
        let per_round_trip = |window: u64| {
            let micros = u64::try_from(rtt.as_micros()).unwrap_or(u64::MAX);
            window.saturating_mul(1_000_000).checked_div(micros).unwrap_or(0)
        };
        let rate = flight.map_or(0, |flight| flight.rate().max(per_round_trip(flight.window())));
        Pace { budget: self.send_budget(), rtt, rate }
    }

    /// Numbers about the transport.
    pub fn stats(&mut self) -> Stats {
        let mut stats = self.stats.clone();
        stats.channels = self.channels.len();
        stats.detours = self.paths.detours;
        stats.switches = self.paths.switches;
        stats.key_updates = self.seals.generation().saturating_sub(1);
        stats.active = self.watch.told_active;
        let Some(connection) = &mut self.connection else { return stats };
        stats.lost_packets = connection.stats().lost_packets;
        for path in self.paths.all() {
            let engine = path.id.and_then(|id| connection.path_stats(id));
            let path_stats = PathStats {
                link: path.link,
                kind: path.kind,
                up: path.is_up(),
                rtt: engine.as_ref().map_or(Duration::ZERO, |engine| engine.rtt),
                packet_size: engine.as_ref().map_or(0, |engine| engine.current_mtu),
                window: engine.as_ref().map_or(0, |engine| engine.cwnd),
                shortest_rtt: path.flight.as_ref().and_then(|flight| flight.shortest_rtt()),
                loss: path.quality.loss(),
            };
            if Some(path.link) == self.paths.active {
                stats.rtt = path_stats.rtt;
                stats.bandwidth = path.flight.as_ref().map_or(0, |flight| flight.rate().saturating_mul(8));
            }
            stats.paths.push(path_stats);
        }
        stats
    }

    /// Of which kind the link is that carries data.
    pub fn active_kind(&self) -> Option<PathKind> {
        self.watch.told_active.and_then(|link| self.paths.of(link)).map(|path| path.kind)
    }
}

/// Numbers about a transport. Counters only go up.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Stats {
    /// The paths it knows.
    pub paths: Vec<PathStats>,
    /// The link that carries data.
    pub active: Option<LinkId>,
    /// Round trip of the active path.
    pub rtt: Duration,
    /// How fast the active path has delivered lately, in bits a second; 0 before the first measurement. A lower bound
    /// of what it can do, for it never delivers more than was sent.
    pub bandwidth: u64,
    /// Datagrams sent and received, all links.
    pub sent_datagrams: u64,
    /// Bytes in them.
    pub sent_bytes: u64,
    /// Datagrams that were received, authentic or not.
    pub received_datagrams: u64,
    /// Bytes in them.
    pub received_bytes: u64,
    /// Datagrams that were not authentic, not for this connection, or not packets at all.
    pub rejected_datagrams: u64,
    /// Datagrams dropped here because a link was blocked, gone, or takes no datagram of that size.
    pub dropped_datagrams: u64,
    /// Packets the engine counts as lost.
    pub lost_packets: u64,
    /// Times the traffic keys were replaced.
    pub key_updates: u64,
    /// Times a silent path's packets were moved to another link.
    pub detours: u64,
    /// Times data moved to another path because that one is better.
    pub switches: u64,
    /// Channels that are open.
    pub channels: usize,
}

/// Numbers about one path.
#[derive(Clone, PartialEq, Debug)]
pub struct PathStats {
    /// Its link.
    pub link: LinkId,
    /// Its kind.
    pub kind: PathKind,
    /// Whether it works.
    pub up: bool,
    /// Its round trip.
    pub rtt: Duration,
    /// Its largest packet, in bytes.
    pub packet_size: u16,
    /// Its congestion window, in bytes.
    pub window: u64,
    /// The shortest round trip seen lately; `None` before the first.
    pub shortest_rtt: Option<Duration>,
    /// Loss in the worse direction, in thousandths, over the last seconds with traffic.
    pub loss: u32,
}
