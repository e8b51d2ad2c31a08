//! Port Control Protocol, the MAP operation (RFC 6887).

use std::net::{Ipv4Addr, SocketAddrV4};
use std::time::Duration;

use super::{LIFETIME, Lease, MappingError, PORT, Protocol, ask, own_address};

const VERSION: u8 = 2;
const MAP: u8 = 1;
const UDP: u8 = 17;
const LEN: usize = 60;

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
    let (external, lifetime) = ask(router, &request, |answer| parse(answer, nonce, port))?;
    let (protocol, gateway) = (Protocol::Pcp, *router.ip());
    Ok(Lease { external, protocol, lifetime: Some(lifetime), gateway, port, nonce, upnp: None })
}

pub(super) fn unmap(lease: &Lease) -> Result<(), MappingError> {
    let own = own_address(lease.gateway)?;
    let request = request(own, lease.nonce, lease.port, lease.external, Duration::ZERO);
    let router = SocketAddrV4::new(lease.gateway, PORT);
    ask(router, &request, |answer| parse(answer, lease.nonce, lease.port)).map(drop)
}

fn request(own: Ipv4Addr, nonce: [u8; 12], port: u16, wanted: SocketAddrV4, life: Duration) -> Vec<u8> {
    let mut bytes = vec![VERSION, MAP, 0, 0];
    bytes.extend(u32::try_from(life.as_secs()).unwrap_or(u32::MAX).to_be_bytes());
    bytes.extend(own.to_ipv6_mapped().octets());
    bytes.extend(nonce);
    bytes.extend([UDP, 0, 0, 0]);
    bytes.extend(port.to_be_bytes());
    bytes.extend(wanted.port().to_be_bytes());
    bytes.extend(wanted.ip().to_ipv6_mapped().octets());
    bytes
}

/// `None` for what is no answer to this request.
fn parse(
    answer: &[u8],
    nonce: [u8; 12],
    port: u16,
) -> Option<Result<(SocketAddrV4, Duration), MappingError>> {
    let [version, operation, _, code, life @ ..] = answer else { return None };
    if *version != VERSION {
        // A NAT-PMP router answers so, in its own version.
        return (*version == 0).then_some(Err(MappingError::NoAnswer));
    }
    if *operation != MAP | 0x80 {
        return None;
    }
    if *code != 0 {
        // Errors about the request as a whole need not repeat it.
        let about_us = answer.len() < LEN || answer.get(24..36)? == nonce;
        return about_us.then(|| Err(MappingError::Refused(reason(*code))));
    }
    let inner = u16::from_be_bytes(answer.get(40..42)?.try_into().ok()?);
    if answer.get(24..36)? != nonce || *answer.get(36)? != UDP || inner != port {
        return None;
    }
    let lifetime = u32::from_be_bytes(life.get(..4)?.try_into().ok()?);
    let outer = u16::from_be_bytes(answer.get(42..44)?.try_into().ok()?);
    let address: [u8; 16] = answer.get(44..LEN)?.try_into().ok()?;
    let Some(address) = std::net::Ipv6Addr::from(address).to_ipv4_mapped() else {
        return Some(Err(MappingError::Refused("it gave an address of another version of IP".into())));
    };
    Some(Ok((SocketAddrV4::new(address, outer), Duration::from_secs(lifetime.into()))))
}

fn reason(code: u8) -> String {
    match code {
        1 => "another version of the protocol".into(),
        2 => "not authorised".into(),
        4 | 5 => "it maps no ports".into(),
        7 => "its own connection is down".into(),
        8 | 10 => "it has no ports left".into(),
        12 => "another router is between".into(),
        _ => format!("result code {code}"),
    }
}
