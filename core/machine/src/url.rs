//! Addresses of WebSocket servers.

use alloc::format;
use alloc::string::String;
use core::fmt;
use core::net::SocketAddr;

/// The address of a WebSocket server, `ws://host[:port][/path]` or `wss://…`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct WsUrl(pub String);

/// What a [`WsUrl`] says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WsParts<'a> {
    /// Whether it is `wss`.
    pub tls: bool,
    /// A name or an IP address, without brackets.
    pub host: &'a str,
    /// The port; 80 or 443 if none is written.
    pub port: u16,
}

impl WsParts<'_> {
    /// The address, if the host is one.
    pub fn address(&self) -> Option<SocketAddr> {
        self.host.parse().ok().map(|ip| SocketAddr::new(ip, self.port))
    }
}

impl WsUrl {
    /// The longest that is used, in bytes.
    pub const MAX: usize = 255;

    /// The plain address of a server that is known by its IP address.
    pub fn plain(at: SocketAddr) -> Self {
        Self(format!("ws://{at}/"))
    }

    /// Its parts; `None` if it is no such address.
    pub fn parts(&self) -> Option<WsParts<'_>> {
        let text = self.0.as_str();
        if text.len() > Self::MAX || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return None;
        }
        let (tls, rest) = match text.strip_prefix("ws://") {
            Some(rest) => (false, rest),
            None => (true, text.strip_prefix("wss://")?),
        };
        let authority = rest.split(['/', '?', '#']).next()?;
        if authority.contains('@') || rest.contains('#') {
            return None;
        }
        let (host, port) = match authority.strip_prefix('[') {
            Some(six) => {
                let (host, port) = six.split_once(']')?;
                host.parse::<core::net::Ipv6Addr>().ok()?;
                (host, if port.is_empty() { None } else { Some(port.strip_prefix(':')?) })
            }
            None => match authority.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (authority, None),
            },
        };
        let usual = if tls { 443 } else { 80 };
        // The standard library takes a plus sign in front.
        let read = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()).then(|| port.parse().ok())?;
        let port = port.map_or(Some(usual), read).filter(|port| *port != 0)?;
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b':');
        let named = !host.is_empty() && host.bytes().all(is_name);
        named.then_some(WsParts { tls, host, port })
    }
}

impl fmt::Display for WsUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_parts() {
        for (text, tls, host, port) in [
            ("ws://192.0.2.1:21118/", false, "192.0.2.1", 21_118),
            ("wss://relay.example/deskwire?x", true, "relay.example", 443),
            ("ws://[2001:db8::1]:7", false, "2001:db8::1", 7),
            ("wss://[::1]/a", true, "::1", 443),
            ("ws://a", false, "a", 80),
        ] {
            assert_eq!(WsUrl(text.into()).parts(), Some(WsParts { tls, host, port }), "{text}");
        }
        let at: SocketAddr = "[2001:db8::1]:7".parse().unwrap();
        assert_eq!(WsUrl::plain(at).parts().and_then(|parts| parts.address()), Some(at));
    }

    #[test]
    fn what_is_no_address_has_none() {
        let long = alloc::format!("ws://{}/", "a".repeat(WsUrl::MAX));
        for text in [
            "",
            "ws://",
            "http://a/",
            "ws://a:0/",
            "ws://a:99999/",
            "ws://a:+80/",
            "ws://u:p@a/",
            "ws://[a]/",
            "ws://[::1/",
            "ws://[::1]7/",
            "ws://a b/",
            "ws://a\r\nx/",
            "ws:///path",
            "ws://a/#b",
            "ws://é/",
            &long,
        ] {
            assert_eq!(WsUrl(text.into()).parts(), None, "{text}");
        }
    }
}
