//! How connections get out of a network that does not let everything through: WebSocket, TLS, proxies.

use std::fmt;
use std::path::{Path, PathBuf};

use deskwire_core::machine::WsUrl;
use deskwire_core::wire::ids::Private;
use deskwire_driver::{HubConfig, OnTrouble, Proxy, TlsTrust};

/// What is above the native port of a server: its WebSocket port.
const WEBSOCKET: u16 = 2;

/// How connections get out. The default: straight, with WebSocket where a server usually has it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// Where the server takes WebSockets, `ws://` or `wss://`; `off` for nowhere. `None`: two ports above its own.
    pub websocket: Option<String>,
    /// A proxy, `socks5://` or `http://`, with user and password where it wants them.
    pub proxy: Option<Private<String>>,
    /// What is reached without the proxy, separated by commas. `None`: this computer.
    pub no_proxy: Option<String>,
    /// PEM file with certificates to trust besides the system's.
    pub certificates: Option<PathBuf>,
}

impl fmt::Debug for Links {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The proxy's address has a password in it.
        f.debug_struct("Links")
            .field("websocket", &self.websocket)
            .field("proxy", &self.proxy.is_some())
            .field("certificates", &self.certificates)
            .finish_non_exhaustive()
    }
}

/// Why the links cannot be as they are set.
#[derive(Debug)]
#[non_exhaustive]
pub enum LinksError {
    /// The proxy is none; the text says why, and has no password in it.
    Proxy(String),
    /// The WebSocket address is none.
    WebSocket(String),
    /// The certificates cannot be used.
    Certificates(PathBuf, String),
}

impl fmt::Display for LinksError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Proxy(why) => f.write_str(why),
            Self::WebSocket(text) => {
                write!(f, "`{text}` is no WebSocket address; write ws://HOST:PORT/ or wss://HOST/, or off")
            }
            Self::Certificates(path, why) => {
                write!(f, "the certificates in {} cannot be used: {why}", path.display())
            }
        }
    }
}

impl std::error::Error for LinksError {}

impl Links {
    /// Fills what is not set from the environment's usual names (`ALL_PROXY`, `HTTPS_PROXY`, `NO_PROXY`).
    #[must_use]
    pub fn or_environment(mut self, variable: impl Fn(&str) -> Option<String>) -> Self {
        let either = |name: &str| {
            variable(name).or_else(|| variable(&name.to_lowercase())).filter(|text| !text.trim().is_empty())
        };
        if self.proxy.is_none()
            && let Some(text) = either("ALL_PROXY").or_else(|| either("HTTPS_PROXY"))
        {
            match text.parse::<Proxy>() {
                Ok(_) => {
                    self.proxy = Some(Private(text));
                    self.no_proxy = self.no_proxy.or_else(|| {
                        // This computer is never meant.
                        either("NO_PROXY").map(|listed| format!("{listed},localhost,127.,::1"))
                    });
                }
                // It may be meant for other programs.
                Err(why) => tracing::warn!("the proxy in the environment is not used: {why}"),
            }
        }
        self
    }

    /// Where the server `host` with this native port takes WebSockets.
    ///
    /// # Errors
    /// When the address that is set is none.
    pub fn websocket(&self, host: &str, port: u16) -> Result<Option<WsUrl>, LinksError> {
        let url = match self.websocket.as_deref().map(str::trim) {
            Some("off") => return Ok(None),
            Some(text) => WsUrl(text.into()),
            None => {
                let Some(port) = port.checked_add(WEBSOCKET) else { return Ok(None) };
                let bracketed = if host.contains(':') { format!("[{host}]") } else { host.into() };
                let url = WsUrl(format!("ws://{bracketed}:{port}/"));
                return Ok(url.parts().is_some().then_some(url));
            }
        };
        if url.parts().is_none() {
            return Err(LinksError::WebSocket(url.0));
        }
        Ok(Some(url))
    }

    /// Whether names may be looked up elsewhere than here, so that a server without a known address is no failure.
    pub const fn knows_ways(&self) -> bool {
        self.websocket.is_some() || self.proxy.is_some()
    }

    /// The driver's configuration. What goes wrong with connections is logged.
    ///
    /// # Errors
    /// When proxy or certificates cannot be used.
    pub fn hub_config(&self) -> Result<HubConfig, LinksError> {
        let mut config = HubConfig::default();
        if let Some(text) = &self.proxy {
            let proxy: Proxy = text.0.parse().map_err(|why| LinksError::Proxy(format!("{why}")))?;
            config.proxy = Some(match &self.no_proxy {
                Some(listed) => proxy.with_bypass(listed.split(',').map(str::to_owned).collect()),
                None => proxy,
            });
        }
        if let Some(path) = &self.certificates {
            config.tls_trust = trust(path)?;
        }
        config.on_trouble = Some(OnTrouble::new(|trouble| tracing::warn!("{trouble}")));
        Ok(config)
    }
}

fn trust(path: &Path) -> Result<TlsTrust, LinksError> {
    let failed = |why: String| LinksError::Certificates(path.into(), why);
    let pem = std::fs::read(path).map_err(|error| failed(error.to_string()))?;
    TlsTrust::with_certificates(&pem).map_err(|error| failed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn websockets_are_two_ports_above_unless_said_otherwise() {
        let links = |text: Option<&str>| Links { websocket: text.map(Into::into), ..Links::default() };
        let url =
            |text: Option<&str>, host: &str| links(text).websocket(host, 21_116).unwrap().map(|url| url.0);
        assert_eq!(url(None, "example.org").unwrap(), "ws://example.org:21118/");
        assert_eq!(url(None, "2001:db8::1").unwrap(), "ws://[2001:db8::1]:21118/");
        assert_eq!(url(Some("wss://example.org/x"), "other").unwrap(), "wss://example.org/x");
        assert_eq!(url(Some("off"), "example.org"), None);
        assert!(links(Some("https://example.org/")).websocket("a", 1).is_err());
        assert_eq!(links(None).websocket("a", u16::MAX).unwrap(), None);
    }

    #[test]
    fn the_environment_fills_what_is_not_set() {
        let environment = |name: &str| match name {
            "all_proxy" => Some("socks5://user:secret@proxy:1080".to_owned()),
            "HTTPS_PROXY" => Some("http://other:8080".into()),
            "NO_PROXY" => Some("example.org".into()),
            _ => None,
        };
        let links = Links::default().or_environment(environment);
        assert_eq!(
            links.proxy.as_ref().map(|proxy| proxy.0.as_str()),
            Some("socks5://user:secret@proxy:1080")
        );
        assert!(links.no_proxy.as_deref().unwrap().starts_with("example.org,localhost"));
        assert!(!format!("{links:?}").contains("secret"));
        assert!(links.hub_config().unwrap().proxy.is_some());
        let set = Links { proxy: Some(Private("http://mine:1".into())), ..Links::default() };
        assert_eq!(set.clone().or_environment(environment), set);
        let unusable = Links::default().or_environment(|_| Some("https://tls-proxy:1".into()));
        assert_eq!(unusable, Links::default());
    }

    #[test]
    fn t47_what_cannot_be_used_is_said_without_the_password() {
        let links = Links { proxy: Some(Private("ftp://user:secret@a:1".into())), ..Links::default() };
        let why = links.hub_config().unwrap_err().to_string();
        assert!(why.contains("socks5://") && !why.contains("secret"), "{why}");
        let links = Links { certificates: Some("/nowhere/ca.pem".into()), ..Links::default() };
        assert!(links.hub_config().unwrap_err().to_string().contains("/nowhere/ca.pem"));
    }
}
