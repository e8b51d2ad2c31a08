//! NAT-PMP (RFC 6886).

use std::net::{Ipv4Addr, SocketAddrV4};
use std::time::Duration;

use super::{LIFETIME, Lease, MappingError, PORT, Protocol, ask};

const VERSION: u8 = 0;
const ADDRESS: u8 = 0;
const MAP_UDP: u8 = 1;

pub(super) fn map(gateway: Ipv4Addr, port: u16, before: Option<&Lease>) -> Result<Lease, MappingError> {
    map_at(SocketAddrV4::new(gateway, PORT), port, before)
}

pub(super) fn map_at(router: SocketAddrV4, port: u16, before: Option<&Lease>) -> Result<Lease, MappingError> {
    let address = ask(router, &[VERSION, ADDRESS], |answer| {
        parse(answer, ADDRESS).map(|body| body?.try_into().map(<[u8; 4]>::into).map_err(|_| short()))
    })?;
    let wanted = before.map_or(port, |lease| lease.external.port());
    let (outer, lifetime) = ask(router, &request(port, wanted, LIFETIME), |answer| parse_map(answer, port))?;
    let (external, protocol) = (SocketAddrV4::new(address, outer), Protocol::NatPmp);
    let (gateway, nonce) = (*router.ip(), [0; 12]);
    Ok(Lease { external, protocol, lifetime: Some(lifetime), gateway, port, nonce, upnp: None })
}

pub(super) fn unmap(lease: &Lease) -> Result<(), MappingError> {
    let router = SocketAddrV4::new(lease.gateway, PORT);
    let request = request(lease.port, 0, Duration::ZERO);
    ask(router, &request, |answer| parse_map(answer, lease.port)).map(drop)
}

fn request(port: u16, wanted: u16, life: Duration) -> Vec<u8> {
    let mut bytes = vec![VERSION, MAP_UDP, 0, 0];
    bytes.extend(port.to_be_bytes());
    bytes.extend(wanted.to_be_bytes());
    bytes.extend(u32::try_from(life.as_secs()).unwrap_or(u32::MAX).to_be_bytes());
    bytes
}

/// What follows the head of an answer to an operation.
fn parse(answer: &[u8], operation: u8) -> Option<Result<&[u8], MappingError>> {
    let [VERSION, answered, high, low, rest @ ..] = answer else { return None };
    if *answered != operation | 0x80 {
        return None;
    }
    Some(match (u16::from_be_bytes([*high, *low]), rest.get(4..)) {
        (0, Some(body)) => Ok(body),
        (0, None) => Err(short()),
        (1 | 5, _) => Err(MappingError::NoAnswer),
        (2, _) => Err(MappingError::Refused("not authorised, or switched off".into())),
        (3, _) => Err(MappingError::Refused("its own connection is down".into())),
        (4, _) => Err(MappingError::Refused("it has no ports left".into())),
        (code, _) => Err(MappingError::Refused(format!("result code {code}"))),
    })
}

fn parse_map(answer: &[u8], port: u16) -> Option<Result<(u16, Duration), MappingError>> {
    let body = match parse(answer, MAP_UDP)? {
        Ok(body) => body,
        Err(error) => return Some(Err(error)),
    };
    let [a, b, c, d, life @ ..] = body else { return Some(Err(short())) };
    if u16::from_be_bytes([*a, *b]) != port {
        return None;
    }
    let Ok(life) = life.try_into().map(u32::from_be_bytes) else { return Some(Err(short())) };
    Some(Ok((u16::from_be_bytes([*c, *d]), Duration::from_secs(life.into()))))
}

fn short() -> MappingError {
    MappingError::Refused("its answer is too short".into())
}
