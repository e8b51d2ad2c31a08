//! `deskwire://host[:port]/?key=…&id=…`: all a user needs in one text.

use alloc::string::{String, ToString};
use core::fmt;
use core::net::Ipv6Addr;
use core::str::FromStr;

use deskwire_wire::ids::{DeviceId, DeviceIdError};

use crate::{ServerKey, ServerKeyError};

/// A server, its key, and perhaps a device to connect to.
///
/// ```
/// # use deskwire_identity::{IdentityKey, ServerKey, ServerLink};
/// let key = ServerKey(IdentityKey::from_bytes(&[1; 32]).public());
/// let link: ServerLink = format!("deskwire://desk.example:21116/?key={key}").parse()?;
/// assert_eq!(link.host, "desk.example");
/// assert_eq!(link.port, Some(21116));
/// assert_eq!(link.key, Some(key));
/// # Ok::<(), deskwire_identity::ServerLinkError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServerLink {
    /// Name or address of the server; an IPv6 address without its brackets.
    pub host: String,
    /// Its rendezvous port, if not the usual one.
    pub port: Option<u16>,
    /// Its key.
    pub key: Option<ServerKey>,
    /// A device to connect to.
    pub id: Option<DeviceId>,
}

/// Why a text is not a server link.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ServerLinkError {
    /// It does not start with `deskwire://`.
    Scheme,
    /// The host is missing, too long, or has characters that no host has.
    Host,
    /// The port is not a number from 1 to 65535.
    Port,
    /// There is something between host and `?` but one slash.
    Path,
    /// A parameter is unknown or there twice.
    Parameter,
    /// The key is wrong.
    Key(ServerKeyError),
    /// The device id is wrong.
    Id(DeviceIdError),
}

impl fmt::Display for ServerLinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scheme => f.write_str("a server link starts with deskwire://"),
            Self::Host => {
                f.write_str("the server link names no usable host; write a host name or an address")
            }
            Self::Port => f.write_str("the server link's port is not a number from 1 to 65535"),
            Self::Path => f.write_str("the server link has something between the host and the question mark"),
            Self::Parameter => {
                f.write_str("the server link may have key and id, each once, and nothing else; copy it again")
            }
            Self::Key(error) => write!(f, "the key in the server link is wrong: {error}"),
            Self::Id(error) => write!(f, "the device id in the server link is wrong: {error}"),
        }
    }
}

impl core::error::Error for ServerLinkError {}

const SCHEME: &str = "deskwire://";
/// Longest name of the domain name system (RFC 1035).
const MAX_HOST: usize = 253;

fn parse_host(text: &str) -> Result<String, ServerLinkError> {
    if text.is_empty() || text.len() > MAX_HOST || text.starts_with(['-', '.']) {
        return Err(ServerLinkError::Host);
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if text.chars().all(allowed) { Ok(text.to_ascii_lowercase()) } else { Err(ServerLinkError::Host) }
}

fn parse_authority(text: &str) -> Result<(String, Option<u16>), ServerLinkError> {
    let (host, port) = if let Some(rest) = text.strip_prefix('[') {
        let (address, after) = rest.split_once(']').ok_or(ServerLinkError::Host)?;
        let address: Ipv6Addr = address.parse().map_err(|_| ServerLinkError::Host)?;
        let port = match after.strip_prefix(':') {
            Some(port) => Some(port),
            None if after.is_empty() => None,
            None => return Err(ServerLinkError::Host),
        };
        (address.to_string(), port)
    } else {
        match text.split_once(':') {
            Some((host, port)) => (parse_host(host)?, Some(port)),
            None => (parse_host(text)?, None),
        }
    };
    let port = port.map(|port| {
        let digits = !port.is_empty() && port.bytes().all(|c| c.is_ascii_digit());
        port.parse().ok().filter(|port| digits && *port != 0).ok_or(ServerLinkError::Port)
    });
    Ok((host, port.transpose()?))
}

impl FromStr for ServerLink {
    type Err = ServerLinkError;

    fn from_str(text: &str) -> Result<Self, ServerLinkError> {
        let rest = text.trim().strip_prefix(SCHEME).ok_or(ServerLinkError::Scheme)?;
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = place.split_once('/').unwrap_or((place, ""));
        if !path.is_empty() {
            return Err(ServerLinkError::Path);
        }
        let (host, port) = parse_authority(authority)?;
        let mut link = Self { host, port, key: None, id: None };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("key", value)) if link.key.is_none() => {
                    link.key = Some(value.parse().map_err(ServerLinkError::Key)?);
                }
                Some(("id", value)) if link.id.is_none() => {
                    link.id = Some(value.parse().map_err(ServerLinkError::Id)?);
                }
                _ => return Err(ServerLinkError::Parameter),
            }
        }
        Ok(link)
    }
}

impl fmt::Display for ServerLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(SCHEME)?;
        if self.host.contains(':') {
            write!(f, "[{}]", self.host)?;
        } else {
            f.write_str(&self.host)?;
        }
        if let Some(port) = self.port {
            write!(f, ":{port}")?;
        }
        f.write_str("/")?;
        let mut mark = '?';
        if let Some(key) = &self.key {
            write!(f, "{mark}key={key}")?;
            mark = '&';
        }
        if let Some(id) = self.id {
            write!(f, "{mark}id={:012}", id.as_digits())?;
        }
        Ok(())
    }
}
