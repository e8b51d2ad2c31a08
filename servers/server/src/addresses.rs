//! Which addresses clients are told.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use deskwire_machine::IfAddr;

/// Addresses of one relay in the map at most.
const MOST: usize = 4;

/// Both wildcard addresses, IPv6 only where the system has it.
pub(crate) fn default_bind() -> Vec<IpAddr> {
    let mut ips = vec![IpAddr::V4(Ipv4Addr::UNSPECIFIED)];
    if UdpSocket::bind((Ipv6Addr::UNSPECIFIED, 0)).is_ok() {
        ips.push(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
    }
    ips
}

/// Where clients reach something that listens on `bind`: those addresses themselves, or for wildcards the ones of
/// this computer's interfaces, IPv4 first, or loopback if there is no other.
pub(crate) fn reachable(bind: &[IpAddr], interfaces: &[IfAddr]) -> Vec<IpAddr> {
    let mut found: Vec<IpAddr> = Vec::new();
    for ip in bind {
        if !ip.is_unspecified() {
            found.push(*ip);
            continue;
        }
        let usable = interfaces.iter().map(|interface| interface.addr).filter(|addr| {
            addr.is_ipv4() == ip.is_ipv4()
                && !addr.is_loopback()
                && !addr.is_multicast()
                && !is_link_local(*addr)
        });
        found.extend(usable);
    }
    found.sort_by_key(|ip| ip.is_ipv6());
    found.dedup();
    found.truncate(MOST);
    if found.is_empty() {
        found.push(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    found
}

fn is_link_local(addr: IpAddr) -> bool {
    match addr {
        IpAddr::V4(v4) => v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_unicast_link_local(),
    }
}

/// An address with or without a port, as operators write it.
pub(crate) fn parse_address(text: &str, port: u16) -> Option<SocketAddr> {
    if let Ok(address) = text.parse::<SocketAddr>() {
        return Some(address);
    }
    let bare = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text);
    bare.parse::<IpAddr>().ok().map(|ip| SocketAddr::new(ip, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_become_the_addresses_of_interfaces() {
        let interfaces: Vec<IfAddr> = ["127.0.0.1", "169.254.1.1", "192.0.2.9", "fe80::1", "2001:db8::9"]
            .iter()
            .map(|text| IfAddr { addr: text.parse().unwrap(), prefix: 24, metered: false })
            .collect();
        let any = [IpAddr::V6(Ipv6Addr::UNSPECIFIED), IpAddr::V4(Ipv4Addr::UNSPECIFIED)];
        let told: Vec<String> = reachable(&any, &interfaces).iter().map(ToString::to_string).collect();
        assert_eq!(told, ["192.0.2.9", "2001:db8::9"]);
        assert_eq!(reachable(&any, &interfaces[..2]), [IpAddr::V4(Ipv4Addr::LOCALHOST)]);
        assert_eq!(reachable(&["192.0.2.1".parse().unwrap()], &interfaces)[0].to_string(), "192.0.2.1");
    }

    #[test]
    fn addresses_may_come_without_a_port() {
        for (text, told) in [("192.0.2.1", "192.0.2.1:7"), ("192.0.2.1:9", "192.0.2.1:9"), ("::1", "[::1]:7")]
        {
            assert_eq!(parse_address(text, 7).unwrap().to_string(), told);
        }
        assert_eq!(parse_address("[::1]", 7), parse_address("::1", 7));
        assert_eq!(parse_address("host.example", 7), None);
    }
}
