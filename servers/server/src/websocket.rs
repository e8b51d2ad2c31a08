//! WebSocket and TLS: settings, and what they come to.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use deskwire_driver::{HubConfig, TlsIdentity};
use deskwire_machine::WsUrl;
use serde::Deserialize;

use crate::error::ServerError;

/// `[tls]` in the settings file.
#[derive(Deserialize, Default, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileTls {
    /// PEM file with the certificate and those that vouch for it.
    certificate: PathBuf,
    /// PEM file with its key.
    key: PathBuf,
}

/// How WebSocket clients are met.
#[derive(Clone, Default, Debug)]
pub(crate) struct WebSockets {
    pub(crate) identity: Option<TlsIdentity>,
    pub(crate) origins: Vec<String>,
    pub(crate) trusted_proxies: Vec<IpAddr>,
}

impl WebSockets {
    /// Reads the certificate, if there is one.
    pub(crate) fn read(
        tls: Option<&FileTls>,
        origins: Vec<String>,
        trusted_proxies: Vec<IpAddr>,
    ) -> Result<Self, ServerError> {
        let identity = tls.map(identity).transpose()?;
        let strange = origins.iter().find(|origin| {
            let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            host.is_none_or(|host| host.is_empty() || host.contains('/'))
        });
        if let Some(origin) = strange {
            return Err(ServerError::Setting(format!(
                "{origin:?} in web_origins is no origin; write https://HOST or https://HOST:PORT, without a path"
            )));
        }
        Ok(Self { identity, origins, trusted_proxies })
    }

    /// Puts it into a driver's configuration.
    pub(crate) fn apply(&self, config: &mut HubConfig) {
        config.tls_identity.clone_from(&self.identity);
        config.websocket.origins.clone_from(&self.origins);
        config.websocket.trusted_proxies.clone_from(&self.trusted_proxies);
    }
}

fn identity(tls: &FileTls) -> Result<TlsIdentity, ServerError> {
    let read = |what: &str, path: &Path| {
        std::fs::read(path).map_err(|error| {
            ServerError::Setting(format!(
                "cannot read the TLS {what} {} ({error}); check the path under [tls]",
                path.display()
            ))
        })
    };
    let (chain, key) = (read("certificate", &tls.certificate)?, read("key", &tls.key)?);
    TlsIdentity::from_pem(&chain, &key).map_err(|error| {
        let path = match error {
            deskwire_driver::TlsError::NoKey => &tls.key,
            _ => &tls.certificate,
        };
        ServerError::Setting(format!("{}: {error}", path.display()))
    })
}

/// An address for clients, checked.
pub(crate) fn parse_url(text: &str) -> Result<WsUrl, ServerError> {
    let url = WsUrl(text.into());
    if url.parts().is_none() {
        return Err(ServerError::Setting(format!(
            "{text:?} is no WebSocket address; write ws://HOST:PORT/ or wss://HOST/"
        )));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_that_cannot_be_used_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let (certificate, key) = deskwire_driver::testing::certificate();
        let put = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let (good, good_key) = (put("c.pem", &certificate), put("k.pem", &key));
        let other_key = put("o.pem", &deskwire_driver::testing::certificate().1);
        let empty = put("e.pem", "nothing");
        let read = |certificate: &Path, key: &Path| {
            let tls = FileTls { certificate: certificate.into(), key: key.into() };
            WebSockets::read(Some(&tls), Vec::new(), Vec::new())
        };
        assert!(read(&good, &good_key).unwrap().identity.is_some());
        for (certificate, key, word) in [
            (&empty, &good_key, "e.pem"),
            (&good, &empty, "e.pem"),
            (&good, &other_key, "together"),
            (&folder.path().join("gone"), &good_key, "gone"),
        ] {
            let why = read(certificate, key).unwrap_err().to_string();
            assert!(why.contains(word), "{why}");
        }
    }

    #[test]
    fn t48_origins_and_addresses_are_checked() {
        let read = |origin: &str| WebSockets::read(None, vec![origin.into()], Vec::new());
        assert!(read("https://viewer.example").is_ok());
        for wrong in ["viewer.example", "https://viewer.example/", "https://", "*"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert!(parse_url("wss://relay.example/").is_ok() && parse_url("https://relay.example/").is_err());
    }
}
