//! NAT-PMP (RFC 6886).

use std::net::{Ipv4Addr, SocketAddrV4};
use std::time::Duration;

use super::answer::{self, PMP_ADDRESS, PMP_MAP_UDP, PMP_VERSION};
use super::{LIFETIME, Lease, MappingError, PORT, Protocol, ask};

pub(super) fn map(gateway: Ipv4Addr, port: u16, before: Option<&Lease>) -> Result<Lease, MappingError> {
    map_at(SocketAddrV4::new(gateway, PORT), port, before)
}

pub(super) fn map_at(router: SocketAddrV4, port: u16, before: Option<&Lease>) -> Result<Lease, MappingError> {
    let address = ask(router, &[PMP_VERSION, PMP_ADDRESS], answer::pmp_address)?;
    let wanted = before.map_or(port, |lease| lease.external.port());
    let (outer, lifetime) =
        ask(router, &request(port, wanted, LIFETIME), |answer| answer::pmp_map(answer, port))?;
    let (external, protocol) = (SocketAddrV4::new(address, outer), Protocol::NatPmp);
    let (gateway, nonce) = (*router.ip(), [0; 12]);
    Ok(Lease { external, protocol, lifetime: Some(lifetime), gateway, port, nonce, upnp: None })
}

pub(super) fn unmap(lease: &Lease) -> Result<(), MappingError> {
    let router = SocketAddrV4::new(lease.gateway, PORT);
    let request = request(lease.port, 0, Duration::ZERO);
    ask(router, &request, |answer| answer::pmp_map(answer, lease.port)).map(drop)
}

fn request(port: u16, wanted: u16, life: Duration) -> Vec<u8> {
    let mut bytes = vec![PMP_VERSION, PMP_MAP_UDP, 0, 0];
    bytes.extend(port.to_be_bytes());
    bytes.extend(wanted.to_be_bytes());
    bytes.extend(u32::try_from(life.as_secs()).unwrap_or(u32::MAX).to_be_bytes());
    bytes
}
