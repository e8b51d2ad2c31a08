//! What a transport is told when it is made.

use core::time::Duration;

use deskwire_handshake::{HostConfig, ViewerConfig};
use deskwire_machine::{LinkIds, Seed};

use crate::aead::AeadKind;
use crate::time::TimeBase;

/// Settings both sides share.
#[derive(Clone, Debug)]
pub struct Config {
    /// Randomness: connection ids, packet numbers to skip, challenges. The handshake has a seed of its own.
    pub seed: Seed,
    /// Where ids of channels come from; the same numbering as the ids of paths.
    pub ids: LinkIds,
    /// What machine time zero is in the clock that the QUIC engine understands.
    pub time_base: TimeBase,
    /// Times.
    pub timing: Timing,
    /// Bounds.
    pub limits: Limits,
    /// Which implementation of the packet cipher to use. Both make the same bytes.
    pub aead: AeadKind,
}

impl Config {
    /// The defaults around the three things that have none.
    pub fn new(seed: Seed, ids: LinkIds, time_base: TimeBase) -> Self {
        Self {
            seed,
            ids,
            time_base,
            timing: Timing::default(),
            limits: Limits::default(),
            aead: AeadKind::default(),
        }
    }
}

/// How long things may take.
///
/// Only the dialling side sends keep-alives, and only on paths that are otherwise idle: one exchange of a ping and
/// its acknowledgement is about 130 bytes with UDP and IP headers, so a session that does nothing costs below
/// 1 kbit/s, with a backup path too.
#[derive(Clone, Debug)]
pub struct Timing {
    /// The round trip assumed before one was measured. The owner often knows a better one (from the relay).
    pub initial_rtt: Duration,
    /// The longest time from the first link to the established connection.
    pub handshake: Duration,
    /// Keep-alive interval of the active path.
    pub keep_alive: Duration,
    /// Keep-alive interval of the other paths: enough to keep NAT mappings and relay channels.
    pub backup_keep_alive: Duration,
    /// The peer counts as dead when nothing authentic arrived for this long on any path. Must leave room for a
    /// keep-alive and its retransmissions.
    pub dead_after: Duration,
    /// A path that stays silent for this long while others live is given up.
    pub path_silent: Duration,
    /// Keys of the packet cipher are replaced at least this often.
    pub key_update: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            initial_rtt: Duration::from_millis(100),
            handshake: Duration::from_secs(10),
            keep_alive: Duration::from_millis(1_500),
            backup_keep_alive: Duration::from_secs(5),
            dead_after: Duration::from_millis(4_500),
            path_silent: Duration::from_secs(3),
            key_update: Duration::from_secs(120),
        }
    }
}

/// How much is kept.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes a channel may have received and not yet been read: beyond it the sender has to wait.
    pub channel_receive: u32,
    /// The same for all channels together.
    pub receive: u32,
    /// Bytes written and not yet acknowledged, all channels together.
    pub send: u32,
    /// Channels of each kind that the peer may have open at a time.
    pub channels: u32,
    /// Paths at a time.
    pub paths: u32,
    /// Bytes of unreliable datagrams that came and wait to be taken; the oldest are dropped.
    pub datagrams: usize,
    /// Bytes waiting for links that are blocked (streams); more are dropped, as a full router would.
    pub blocked: usize,
    /// The largest packet that is ever tried, in bytes.
    pub max_packet: u16,
    /// The congestion window at the start, in bytes.
    pub initial_window: u32,
    /// Packets after which keys of the packet cipher are replaced.
    pub key_packets: u64,
    /// Bytes after which keys of the packet cipher are replaced.
    pub key_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            channel_receive: 1 << 20,
            receive: 4 << 20,
            send: 2 << 20,
            channels: 64,
            paths: 5,
            datagrams: 64 << 10,
            blocked: 256 << 10,
            max_packet: 1_452,
            initial_window: 32 * 1_200,
            key_packets: 1 << 20,
            key_bytes: 1 << 30,
        }
    }
}

/// A transport that dials: the viewer.
#[derive(Debug)]
pub struct DialConfig {
    /// Who to reach and who we are. The transport fills in `transport_parameters`.
    pub handshake: ViewerConfig,
    /// Everything else.
    pub config: Config,
}

/// A transport that answers: the host.
#[derive(Debug)]
pub struct AnswerConfig {
    /// Who we are. The transport fills in `transport_parameters`.
    pub handshake: HostConfig,
    /// Let the caller prove that it receives at its address before anything is kept or computed for it. Needed when
    /// there is no introduction secret, because anybody can make the first packet then.
    pub retry: bool,
    /// Everything else.
    pub config: Config,
}
