//! What routers say: answers of PCP (RFC 6887) and NAT-PMP (RFC 6886), and the kernel's table of routes. Nothing here
//! opens a socket.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4};
use std::time::Duration;

use super::error::MappingError;

/// The number of UDP.
pub(super) const UDP: u8 = 17;
pub(super) const PCP_VERSION: u8 = 2;
pub(super) const PCP_MAP: u8 = 1;
/// Bytes of an answer about a mapping.
const PCP_LEN: usize = 60;
pub(super) const PMP_VERSION: u8 = 0;
pub(super) const PMP_ADDRESS: u8 = 0;
pub(super) const PMP_MAP_UDP: u8 = 1;

/// PCP: where peers reach the port, and how long. `None` for what is no answer to the request with this nonce.
pub(super) fn pcp(
    answer: &[u8],
    nonce: [u8; 12],
    port: u16,
) -> Option<Result<(SocketAddrV4, Duration), MappingError>> {
    let [version, operation, _, code, life @ ..] = answer else { return None };
    if *version != PCP_VERSION {
        // A NAT-PMP router answers so, in its own version.
        return (*version == 0).then_some(Err(MappingError::NoAnswer));
    }
    if *operation != PCP_MAP | 0x80 {
        return None;
    }
    if *code != 0 {
        // Errors about the request as a whole need not repeat it.
        let about_us = answer.len() < PCP_LEN || answer.get(24..36)? == nonce;
        return about_us.then(|| Err(MappingError::Refused(pcp_reason(*code))));
    }
    let inner = u16::from_be_bytes(answer.get(40..42)?.try_into().ok()?);
    if answer.get(24..36)? != nonce || *answer.get(36)? != UDP || inner != port {
        return None;
    }
    let lifetime = u32::from_be_bytes(life.get(..4)?.try_into().ok()?);
    let outer = u16::from_be_bytes(answer.get(42..44)?.try_into().ok()?);
    let address: [u8; 16] = answer.get(44..PCP_LEN)?.try_into().ok()?;
    let Some(address) = Ipv6Addr::from(address).to_ipv4_mapped() else {
        return Some(Err(MappingError::Refused("it gave an address of another version of IP".into())));
    };
    Some(Ok((SocketAddrV4::new(address, outer), Duration::from_secs(lifetime.into()))))
}

fn pcp_reason(code: u8) -> String {
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

/// NAT-PMP: the outer address. `None` for what is no answer to that question.
pub(super) fn pmp_address(answer: &[u8]) -> Option<Result<Ipv4Addr, MappingError>> {
    pmp(answer, PMP_ADDRESS).map(|body| body?.try_into().map(<[u8; 4]>::into).map_err(|_| short()))
}

/// What follows the head of an answer to an operation of NAT-PMP.
fn pmp(answer: &[u8], operation: u8) -> Option<Result<&[u8], MappingError>> {
    let [PMP_VERSION, answered, high, low, rest @ ..] = answer else { return None };
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

/// NAT-PMP: the outer port and how long it stays. `None` for what is no answer about this port.
pub(super) fn pmp_map(answer: &[u8], port: u16) -> Option<Result<(u16, Duration), MappingError>> {
    let body = match pmp(answer, PMP_MAP_UDP)? {
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

/// The router of the default route with the lowest metric in the kernel's table.
pub(super) fn default_router(table: &str) -> Option<Ipv4Addr> {
    table
        .lines()
        .skip(1)
        .filter_map(|line| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let [_, destination, gateway, flags, _, _, metric, mask, ..] = fields[..] else { return None };
            let number = |text| u32::from_str_radix(text, 16).ok();
            // Up, and by way of a router.
            let usable = number(flags)? & 3 == 3 && number(destination)? == 0 && number(mask)? == 0;
            // Numbers are printed as the machine stores them, addresses as the network does.
            let router = Ipv4Addr::from(number(gateway)?.to_ne_bytes());
            usable.then_some((metric.parse::<u32>().ok()?, router))
        })
        .min()
        .map(|(_, router)| router)
}

/// Whether peers can use what a router gave.
///
/// # Errors
/// Why not.
pub(super) fn usable(external: SocketAddrV4, lifetime: Option<Duration>) -> Result<(), MappingError> {
    if !is_public(*external.ip()) {
        return Err(MappingError::NotPublic(*external.ip()));
    }
    // Some routers say yes and give nothing.
    if external.port() == 0 || lifetime.is_some_and(|lifetime| lifetime.is_zero()) {
        return Err(MappingError::Refused("it gave no port, or for no time".into()));
    }
    Ok(())
}

/// Whether the internet can reach an address.
pub(super) const fn is_public(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    let carrier = a == 100 && b & 0xc0 == 64;
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || carrier
        || a == 0
        || a >= 224)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_route_with_the_lowest_metric_counts() {
        let table = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n\
            wlan0\t00000000\t0102A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n\
            eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n\
            tun0\t00000000\t00000000\t0001\t0\t0\t50\t00000000\t0\t0\t0\n\
            eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n";
        let expected = if cfg!(target_endian = "little") { [192, 168, 1, 1] } else { [1, 1, 168, 192] };
        assert_eq!(default_router(table), Some(expected.into()));
        assert_eq!(default_router("Iface\n"), None);
        assert_eq!(default_router("Iface\nrubbish\n\u{fffd} 0 0\n"), None);
    }

    #[test]
    fn addresses_behind_another_router_are_not_public() {
        for private in
            ["10.0.0.1", "192.168.1.1", "100.64.0.1", "100.127.1.1", "0.0.0.0", "127.0.0.1", "224.0.0.1"]
        {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in ["100.128.0.1", "11.0.0.2", "203.0.113.9"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }
}
