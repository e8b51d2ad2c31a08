//! UPnP Internet Gateway Device.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, SocketAddrV4};
use std::time::Duration;

use igd_next::aio::Gateway;
use igd_next::aio::tokio::{Tokio, search_gateway};
use igd_next::{AddAnyPortError, AddPortError, GatewayIpVersion, PortMappingProtocol, SearchOptions};

use super::{LIFETIME, Lease, MappingError, Protocol, own_address};

/// What the router shows in its list of mappings.
const NAME: &str = "Deskwire";
/// Where routers listen for searches, and all of them together.
const SEARCH_PORT: u16 = 1_900;
const EVERYBODY: Ipv4Addr = Ipv4Addr::new(239, 255, 255, 250);
/// How long the router itself is searched for, each time: a search is a few datagrams, which may be lost.
const ALONE: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(3)];
/// How long it is searched for among all, where it may wait for three seconds before it answers.
const AMONG_ALL: Duration = Duration::from_secs(6);

/// The service of a router that maps ports.
#[derive(Clone)]
pub(super) struct Service(Gateway<Tokio>);

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Service").field(&self.0.addr).finish()
    }
}

pub(super) fn map(gateway: Ipv4Addr, port: u16, before: Option<&Lease>) -> Result<Lease, MappingError> {
    let own = own_address(gateway)?;
    let known = before.and_then(|lease| lease.upnp.clone());
    let wanted = before.map_or(port, |lease| lease.external.port());
    wait(async {
        let service = match known {
            Some(service) => service,
            None => search(gateway, own).await?,
        };
        let address = match service.0.get_external_ip().await {
            Ok(IpAddr::V4(address)) => address,
            Ok(IpAddr::V6(_)) => return Err(MappingError::Refused("its outer address is IPv6".into())),
            Err(error) => return Err(MappingError::Refused(error.to_string())),
        };
        let (outer, lifetime) = add(&service.0, wanted, (own, port).into()).await?;
        let (external, protocol) = (SocketAddrV4::new(address, outer), Protocol::Upnp);
        Ok(Lease { external, protocol, lifetime, gateway, port, nonce: [0; 12], upnp: Some(service) })
    })
}

pub(super) fn unmap(lease: &Lease) -> Result<(), MappingError> {
    let Some(Service(gateway)) = &lease.upnp else { return Ok(()) };
    wait(async {
        let removed = gateway.remove_port(PortMappingProtocol::UDP, lease.external.port()).await;
        removed.map_err(|error| MappingError::Refused(error.to_string()))
    })
}

/// Runs on this thread, which has nothing else to do: a runtime of their own for a few requests an hour.
fn wait<T>(work: impl Future<Output = Result<T, MappingError>>) -> Result<T, MappingError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime
        .map_err(|error| MappingError::Refused(format!("this system gives no runtime: {error}")))?
        .block_on(work)
}

/// The same outer port if it is free, else any; for an hour, or for ever with routers that know nothing else.
async fn add(
    gateway: &Gateway<Tokio>,
    wanted: u16,
    local: SocketAddr,
) -> Result<(u16, Option<Duration>), MappingError> {
    let seconds = u32::try_from(LIFETIME.as_secs()).unwrap_or(u32::MAX);
    for (lease, lifetime) in [(seconds, Some(LIFETIME)), (0, None)] {
        match gateway.add_port(PortMappingProtocol::UDP, wanted, local, lease, NAME).await {
            Ok(()) => return Ok((wanted, lifetime)),
            Err(AddPortError::OnlyPermanentLeasesSupported) => continue,
            Err(AddPortError::PortInUse) => {}
            Err(error) => return Err(MappingError::Refused(error.to_string())),
        }
        match gateway.add_any_port(PortMappingProtocol::UDP, local, lease, NAME).await {
            Ok(outer) => return Ok((outer, lifetime)),
            Err(AddAnyPortError::OnlyPermanentLeasesSupported) => {}
            Err(error) => return Err(MappingError::Refused(error.to_string())),
        }
    }
    Err(MappingError::Refused("it maps ports neither for a time nor for ever".into()))
}

/// Searches for the router, first by asking it alone. Anybody in the network may answer a search; only the default
/// router's own answer is of use.
async fn search(gateway: Ipv4Addr, own: Ipv4Addr) -> Result<Service, MappingError> {
    let alone = ALONE.map(|time| (gateway, time));
    for (whom, time) in alone.into_iter().chain([(EVERYBODY, AMONG_ALL)]) {
        let mut options = SearchOptions::default();
        options.bind_addr = (own, 0).into();
        options.broadcast_address = (whom, SEARCH_PORT).into();
        options.timeout = Some(time);
        options.single_search_timeout = Some(time);
        options.gateway_ip_version = GatewayIpVersion::V4;
        if let Ok(found) = search_gateway(options).await
            && found.addr.ip() == IpAddr::V4(gateway)
        {
            return Ok(Service(found));
        }
    }
    Err(MappingError::NoAnswer)
}
