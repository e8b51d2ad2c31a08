//! Other addresses of this computer, from which clients learn how their NAT behaves.

use std::net::{IpAddr, SocketAddr};

use deskwire_rendezvous::server::Alternate;

use crate::addresses::parse_address;
use crate::config::{Settings, wrong};
use crate::error::ServerError;

/// Where an alternate address listens unless something else is said.
pub(crate) const ALTERNATE_PORT: u16 = 21_112;

impl Settings {
    /// Whether they go together with the other settings.
    pub(crate) fn check_alternates(&self) -> Result<(), ServerError> {
        if !self.rendezvous && !self.alternates.is_empty() {
            return wrong(
                "alternate_addresses is for a rendezvous server; leave it out at a relay apart".into(),
            );
        }
        for version in [SocketAddr::is_ipv4, SocketAddr::is_ipv6] {
            let mut all = self.alternates.iter().map(|one| one.listen).filter(version);
            if let (Some(first), Some(second)) = (all.next(), all.next()) {
                return wrong(format!(
                    "{} and {} are both alternate addresses; keep one per IP version",
                    first.ip(),
                    second.ip()
                ));
            }
        }
        let native = [self.port, self.reflector_port, self.relay_port];
        for Alternate { listen, .. } in &self.alternates {
            if self.bind.contains(&listen.ip()) {
                return wrong(format!(
                    "the alternate address {} is the server's first address, too; it must be another one of this computer",
                    listen.ip()
                ));
            }
            // The wildcard takes a port on all addresses.
            let wild = |ip: &IpAddr| ip.is_unspecified() && ip.is_ipv4() == listen.is_ipv4();
            if listen.port() != 0 && native.contains(&listen.port()) && self.bind.iter().any(wild) {
                return wrong(format!(
                    "port {} of the alternate address {} is taken by the server itself; choose another, or name the first \
                     address with --bind",
                    listen.port(),
                    listen.ip()
                ));
            }
        }
        Ok(())
    }
}

/// An address, or a public one and the local one to which a router translates it.
pub(crate) fn parse_alternate(text: &str, port: u16) -> Result<Alternate, ServerError> {
    let (public, local) = text.split_once('=').unwrap_or((text, text));
    let [public, listen] = [public, local].map(|part| {
        parse_address(part.trim(), port).filter(|at| !at.ip().is_unspecified() && !at.ip().is_multicast())
    });
    match (public, listen) {
        (Some(public), Some(listen)) if public.is_ipv4() == listen.is_ipv4() => {
            Ok(Alternate { listen, public })
        }
        _ => wrong(format!(
            "{text:?} is no alternate address; write a second IP address of this computer, IP:PORT, or PUBLIC=LOCAL"
        )),
    }
}
