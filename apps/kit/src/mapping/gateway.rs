//! The default router, and what counts as a public address.

use std::net::Ipv4Addr;

/// The default router for IPv4. Known on Linux only.
pub(super) fn default() -> Option<Ipv4Addr> {
    parse(&std::fs::read_to_string("/proc/net/route").ok()?)
}

/// The router of the default route with the lowest metric in the kernel's table.
fn parse(table: &str) -> Option<Ipv4Addr> {
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
        assert_eq!(parse(table), Some(expected.into()));
        assert_eq!(parse("Iface\n"), None);
        assert_eq!(parse("Iface\nrubbish\n\u{fffd} 0 0\n"), None);
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
