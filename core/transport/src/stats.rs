//! Numbers about a transport.

use core::time::Duration;

use deskwire_machine::LinkId;

use crate::paths::PathKind;

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
}
