//! The proxy that outgoing TCP connections go through: its address, and what is said to it.

mod negotiation;

use core::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use zeroize::{Zeroize, ZeroizeOnDrop};

pub(crate) use negotiation::{Negotiation, ProxyFailure};

/// Where a connection goes: an address, or a name that the proxy looks up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Target {
    Address(SocketAddr),
    Name(String, u16),
}

impl Target {
    /// What is written there: an IP address or a name.
    pub(crate) fn of(host: &str, port: u16) -> Self {
        let ip: Result<IpAddr, _> = host.parse();
        ip.map_or_else(|_| Self::Name(host.into(), port), |ip| Self::Address(SocketAddr::new(ip, port)))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => address.fmt(f),
            Self::Name(name, port) => write!(f, "{name}:{port}"),
        }
    }
}

/// How a proxy is talked to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// SOCKS 5 (RFC 1928).
    Socks5,
    /// CONNECT of HTTP (RFC 9110).
    Http,
}

/// A proxy for outgoing TCP and WebSocket links. Simultaneous opens (those that share a local port) and UDP never use
/// it. `Debug` shows neither user nor password.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    kind: Kind,
    pub(crate) host: String,
    pub(crate) port: u16,
    credentials: Option<Credentials>,
    bypass: Vec<String>,
}

/// Wiped when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
struct Credentials {
    user: String,
    password: String,
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy")
            .field("kind", &self.kind)
            .field("at", &self.to_string())
            .finish_non_exhaustive()
    }
}

/// Host and port, nothing secret.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

/// A text that names no proxy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ProxyError {
    /// It does not start as one.
    Scheme,
    /// Its host or port is none.
    Place,
    /// Its user or password is empty, longer than 255 bytes, or has bytes that cannot be sent.
    Credentials,
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scheme => {
                "the proxy's address does not start with socks5:// or http://; write socks5://HOST:PORT or \
                 http://HOST:PORT"
            }
            Self::Place => "the proxy's host or port cannot be used; write socks5://HOST:PORT",
            Self::Credentials => {
                "the proxy's user or password cannot be used; write socks5://USER:PASSWORD@HOST:PORT with special \
                 characters as %XX"
            }
        })
    }
}

impl core::error::Error for ProxyError {}

impl FromStr for Proxy {
    type Err = ProxyError;

    fn from_str(text: &str) -> Result<Self, ProxyError> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://").ok_or(ProxyError::Scheme)?;
        let (kind, usual) = match scheme.to_ascii_lowercase().as_str() {
            "socks5" | "socks5h" => (Kind::Socks5, 1_080),
            "http" => (Kind::Http, 8_080),
            _ => return Err(ProxyError::Scheme),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (credentials, place) = match rest.rsplit_once('@') {
            Some((credentials, place)) => (Some(Credentials::parse(credentials)?), place),
            None => (None, rest),
        };
        let (host, port) = match place.strip_prefix('[') {
            Some(six) => six.split_once(']').ok_or(ProxyError::Place)?,
            None => place.find(':').map_or((place, ""), |at| place.split_at(at)),
        };
        let port = match port.strip_prefix(':') {
            // The standard library takes a plus sign in front.
            Some(port) if port.starts_with('+') => return Err(ProxyError::Place),
            Some(port) => port.parse().ok().filter(|port| *port != 0).ok_or(ProxyError::Place)?,
            None if port.is_empty() => usual,
            None => return Err(ProxyError::Place),
        };
        let named = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b':'));
        if host.is_empty() || host.len() > 253 || !named {
            return Err(ProxyError::Place);
        }
        let bypass = ["localhost", "127.", "::1"].map(String::from).to_vec();
        Ok(Self { kind, host: host.into(), port, credentials, bypass })
    }
}

impl Credentials {
    fn parse(text: &str) -> Result<Self, ProxyError> {
        let (user, password) = text.split_once(':').unwrap_or((text, ""));
        let part = |text: &str| {
            let text = unescape(text).ok_or(ProxyError::Credentials)?;
            let usable = text.len() <= 255 && !text.bytes().any(|byte| byte.is_ascii_control());
            usable.then_some(text).ok_or(ProxyError::Credentials)
        };
        let (user, password) = (part(user)?, part(password)?);
        // RFC 1929 has no empty ones; HTTP ends the user at the first colon.
        if user.is_empty() || password.is_empty() || user.contains(':') {
            return Err(ProxyError::Credentials);
        }
        Ok(Self { user, password })
    }
}

/// Undoes `%XX`.
fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let value = digit(rest.next())? * 16 + digit(rest.next())?;
        bytes.push(u8::try_from(value).ok()?);
    }
    String::from_utf8(bytes).ok()
}

impl Proxy {
    /// Replaces what is reached without the proxy. Each is a host name (its subdomains are meant too), an IP address,
    /// or the beginning of one that ends in a dot. The default is this computer.
    #[must_use]
    pub fn with_bypass(mut self, bypass: Vec<String>) -> Self {
        self.bypass = bypass.iter().map(|entry| entry.trim().to_ascii_lowercase()).collect();
        self.bypass.retain(|entry| !entry.is_empty());
        self
    }

    /// Whether this goes past the proxy.
    pub(crate) fn bypasses(&self, target: &Target) -> bool {
        let host = match target {
            Target::Address(address) => address.ip().to_string(),
            Target::Name(name, _) => name.to_ascii_lowercase(),
        };
        self.bypass.iter().any(|entry| {
            let entry = entry.strip_prefix('.').unwrap_or(entry);
            let part = host.strip_suffix(entry).is_some_and(|front| front.is_empty() || front.ends_with('.'));
            entry == "*" || part || entry.ends_with('.') && host.starts_with(entry)
        })
    }

    /// The proxy as the place to connect to.
    pub(crate) fn place(&self) -> Target {
        Target::of(&self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_are_read() {
        let proxy: Proxy = "socks5://me:p%40ss@[2001:db8::1]:99".parse().unwrap();
        let credentials = proxy.credentials.clone().unwrap();
        assert_eq!(
            (proxy.kind, credentials.user.as_str(), credentials.password.as_str()),
            (Kind::Socks5, "me", "p@ss")
        );
        assert_eq!(proxy.to_string(), "[2001:db8::1]:99");
        let shown = format!("{proxy:?}");
        assert!(!shown.contains("me") && !shown.contains("p@ss"), "{shown}");
        let proxy: Proxy = "HTTP://proxy.example/".parse().unwrap();
        assert_eq!(
            (proxy.kind, proxy.port, proxy.place()),
            (Kind::Http, 8_080, Target::of("proxy.example", 8_080))
        );
    }

    #[test]
    fn what_is_no_proxy_says_why() {
        for (text, why) in [
            ("proxy:1080", ProxyError::Scheme),
            ("https://proxy:1080", ProxyError::Scheme),
            ("socks5://", ProxyError::Place),
            ("socks5://a:0", ProxyError::Place),
            ("socks5://a:x", ProxyError::Place),
            ("socks5://a:+80", ProxyError::Place),
            ("socks5://a b:1", ProxyError::Place),
            ("socks5://[::1:1", ProxyError::Place),
            ("socks5://user@a:1", ProxyError::Credentials),
            ("socks5://u:%zz@a:1", ProxyError::Credentials),
            ("http://u:a%0d%0ab@a:1", ProxyError::Credentials),
            ("http://u%3ax:b@a:1", ProxyError::Credentials),
        ] {
            assert_eq!(text.parse::<Proxy>(), Err(why), "{text}");
        }
    }

    #[test]
    fn this_computer_and_what_is_listed_go_past_it() {
        let proxy: Proxy = "socks5://a".parse().unwrap();
        for near in ["localhost", "127.0.0.1", "127.9.9.9", "::1"] {
            assert!(proxy.bypasses(&Target::of(near, 1)), "{near}");
        }
        for far in ["192.0.2.1", "notlocalhost", "example.org", "2001:db8::1"] {
            assert!(!proxy.bypasses(&Target::of(far, 1)), "{far}");
        }
        let proxy = proxy.with_bypass(vec![".Example.org".into(), "10.".into(), String::new()]);
        for (host, past) in [
            ("example.org", true),
            ("a.EXAMPLE.org", true),
            ("anexample.org", false),
            ("10.1.2.3", true),
            ("127.0.0.1", false),
        ] {
            assert_eq!(proxy.bypasses(&Target::of(host, 1)), past, "{host}");
        }
    }
}
