//! Ways to a server.

use core::fmt;

/// What carries packets and messages between a device and a server.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Over {
    /// Datagrams.
    Udp,
    /// A TCP connection.
    Tcp,
    /// A WebSocket connection, with or without TLS.
    WebSocket,
}

impl Over {
    /// Whether it is a byte stream.
    pub const fn is_stream(self) -> bool {
        !matches!(self, Self::Udp)
    }
}

impl fmt::Display for Over {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Udp => "UDP",
            Self::Tcp => "TCP",
            Self::WebSocket => "WebSocket",
        })
    }
}
