//! Port Control Protocol, the MAP operation (RFC 6887).

use std::net::{Ipv4Addr, SocketAddrV4};
use std::time::Duration;

use super::answer::{self, PCP_MAP, PCP_VERSION, UDP};
use super::{LIFETIME, Lease, MappingError, PORT, Protocol, ask, own_address};

pub(super) fn map(gateway: Ipv4Addr, port: u16, before: Option<&Lease>) -> Result<Lease, MappingError> {
    map_at(SocketAddrV4::new(gateway, PORT), own_address(gateway)?, port, before)
}

pub(super) fn map_at(
    router: SocketAddrV4,
    own: Ipv4Addr,
    port: u16,
    before: Option<&Lease>,
) -> Result<Lease, MappingError> {
    // The nonce is what makes a renewal, and the removal, ours.
    let nonce = before.map_or_else(crate::random_bytes, |lease| lease.nonce);
    let wanted =
        before.map_or_else(|| SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, port), |lease| lease.external);
    let request = request(own, nonce, port, wanted, LIFETIME);
    let (external, lifetime) = ask(router, &request, |answer| answer::pcp(answer, nonce, port))?;
    let (protocol, gateway) = (Protocol::Pcp, *router.ip());
    Ok(Lease { external, protocol, lifetime: Some(lifetime), gateway, port, nonce, upnp: None })
}

pub(super) fn unmap(lease: &Lease) -> Result<(), MappingError> {
    let own = own_address(lease.gateway)?;
    let request = request(own, lease.nonce, lease.port, lease.external, Duration::ZERO);
    let router = SocketAddrV4::new(lease.gateway, PORT);
    ask(router, &request, |answer| answer::pcp(answer, lease.nonce, lease.port)).map(drop)
}

fn request(own: Ipv4Addr, nonce: [u8; 12], port: u16, wanted: SocketAddrV4, life: Duration) -> Vec<u8> {
    let mut bytes = vec![PCP_VERSION, PCP_MAP, 0, 0];
    bytes.extend(u32::try_from(life.as_secs()).unwrap_or(u32::MAX).to_be_bytes());
    bytes.extend(own.to_ipv6_mapped().octets());
    bytes.extend(nonce);
    bytes.extend([UDP, 0, 0, 0]);
    bytes.extend(port.to_be_bytes());
    bytes.extend(wanted.port().to_be_bytes());
    bytes.extend(wanted.ip().to_ipv6_mapped().octets());
    bytes
}
