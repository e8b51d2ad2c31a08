//! Bounds and pace of a hub.

use std::time::Duration;

use crate::{OnTrouble, Proxy, TlsIdentity, TlsTrust, WebSocketPolicy};

/// Bounds and pace of a [`Hub`](crate::Hub). The defaults suit clients and servers.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct HubConfig {
    /// Unsent bytes of a link above which the machine is told `Blocked`.
    pub high_water: usize,
    /// Unsent bytes of a blocked link at which the machine is told `Writable` again.
    pub low_water: usize,
    /// Unsent bytes at which a link is closed with `Limit` (streams) or datagrams are dropped (UDP): a machine that
    /// minds `Blocked` never gets there.
    pub max_pending: usize,
    /// Unread bytes of one stream at which it is closed with `Limit`.
    pub max_stream_buf: usize,
    /// The largest datagram told to machines, in bytes.
    pub max_datagram: usize,
    /// Links that may be open at once, closing ones included; connections above it are closed at once, `Open` above it gets
    /// `Limit`. Before a connection is, the link that has been closing longest gives way.
    pub max_links: usize,
    /// Commands that may wait at once.
    pub max_commands: usize,
    /// How long a closed stream may take to deliver its last bytes.
    pub linger: Duration,
    /// How long [`Handle::stop`](crate::Handle::stop) waits for last bytes.
    pub stop_linger: Duration,
    /// Wanted size of each socket buffer of UDP links; the system may give less.
    pub udp_buffer: usize,
    /// Whether a batch of datagrams leaves in one call where the system can cut it (GSO). Off, each datagram takes a
    /// call of its own: for network drivers that get it wrong.
    pub udp_segmentation: bool,
    /// How often the interface addresses are looked at. On Linux the system tells of changes at once, and this counts as
    /// no less than a minute: a safety net. `None`: only at the start.
    pub network_interval: Option<Duration>,
    /// Links served in one turn before time, commands and the runtime get their go.
    pub turn_budget: usize,
    /// Bytes read from one stream before the next link gets its go.
    pub read_budget: usize,
    /// How long a name's look-up, a connection through a proxy, and the handshakes of TLS and WebSocket may take
    /// together, on links of both directions.
    pub handshake: Duration,
    /// The proxy for outgoing connections; see [`Proxy`].
    pub proxy: Option<Proxy>,
    /// Whom outgoing `wss` links trust.
    pub tls_trust: TlsTrust,
    /// What WebSocket listeners show to clients that want TLS. They take those that do not want it as well.
    pub tls_identity: Option<TlsIdentity>,
    /// How WebSocket links are treated.
    pub websocket: WebSocketPolicy,
    /// Is told what went wrong with outgoing links, in words.
    pub on_trouble: Option<OnTrouble>,
}

impl Default for HubConfig {
    fn default() -> Self {
        Self {
            high_water: 128 * 1024,
            low_water: 32 * 1024,
            max_pending: 4 * 1024 * 1024,
            max_stream_buf: 256 * 1024,
            // Ethernet's 1,500 bytes less the headers of IPv4 and UDP.
            max_datagram: 1_472,
            max_links: 65_536,
            max_commands: 4_096,
            linger: Duration::from_secs(10),
            stop_linger: Duration::from_secs(1),
            udp_buffer: 2 * 1024 * 1024,
            udp_segmentation: true,
            network_interval: Some(Duration::from_secs(10)),
            turn_budget: 256,
            read_budget: 128 * 1024,
            handshake: Duration::from_secs(10),
            proxy: None,
            tls_trust: TlsTrust::default(),
            tls_identity: None,
            websocket: WebSocketPolicy::default(),
            on_trouble: None,
        }
    }
}

/// What a hub did so far. Plain counts since its start, except `links`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct HubStats {
    /// Links open now, closing ones included.
    pub links: usize,
    /// Connections accepted.
    pub accepted: u64,
    /// Connections closed at once because of [`HubConfig::max_links`].
    pub refused: u64,
    /// WebSocket clients that did not shake hands, or gave way to others.
    pub handshakes_failed: u64,
    /// Datagrams received.
    pub datagrams_in: u64,
    /// Datagrams sent.
    pub datagrams_out: u64,
    /// System calls that sent them.
    pub send_calls: u64,
    /// System calls that received datagrams.
    pub receive_calls: u64,
    /// Datagrams that could not be sent.
    pub datagrams_dropped: u64,
    /// Stream bytes received.
    pub stream_bytes_in: u64,
    /// Stream bytes sent.
    pub stream_bytes_out: u64,
    /// Links closed because a bound was reached.
    pub limits_hit: u64,
    /// Outputs of the machine for links that are not there (a bug of the machine).
    pub misdirected: u64,
    /// Turns of the loop.
    pub turns: u64,
}
