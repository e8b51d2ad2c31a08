//! Which addresses may be probed. A peer is authenticated, yet what it names is only its word: nobody must be able to
//! point a machine at itself, at its neighbours, at everybody, or at what another protocol takes for an address.

use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use deskwire_machine::IfAddr;

/// What decides whether private and loopback addresses may be probed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Situation<'a> {
    /// Both sides have the same public address.
    pub same_public: bool,
    /// The interfaces of this machine.
    pub local: &'a [IfAddr],
    /// The rendezvous server's address.
    pub server: Option<IpAddr>,
}

/// Why an address is never probed, or not in this situation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub enum Forbidden {
    /// `0.0.0.0/8` or `::`.
    Unspecified,
    /// Port 0.
    Port,
    /// A group of machines.
    Multicast,
    /// All machines of a network.
    Broadcast,
    /// `169.254.0.0/16` or `fe80::/10`: means another machine on every link.
    LinkLocal,
    /// Reserved for protocols or the future.
    Reserved,
    /// An IPv4 address inside an IPv6 one that does not reach it by itself (mapped, compatible, Teredo).
    Embedded,
    /// A 6to4 or NAT64 form of an address that may not be probed.
    Translated,
    /// A private or loopback address while the sides share no network.
    Private,
}

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unspecified => "an unspecified address is not probed",
            Self::Port => "port 0 is not probed",
            Self::Multicast => "a multicast address is not probed",
            Self::Broadcast => "a broadcast address is not probed",
            Self::LinkLocal => "a link-local address is not probed",
            Self::Reserved => "a reserved address is not probed",
            Self::Embedded => "an IPv4 address in IPv6 form is not probed",
            Self::Translated => "a translated form of a forbidden address is not probed",
            Self::Private => "a private address is probed only when both sides share a network",
        })
    }
}

impl core::error::Error for Forbidden {}

/// Whether `address` may be probed.
///
/// # Errors
/// [`Forbidden`]: why not.
pub fn check_address(address: SocketAddr, situation: &Situation<'_>) -> Result<(), Forbidden> {
    if address.port() == 0 {
        return Err(Forbidden::Port);
    }
    let private = match address.ip() {
        IpAddr::V4(ip) => check_v4(ip, situation.local)?,
        IpAddr::V6(ip) => check_v6(ip)?,
    };
    if private && !shares_network(address.ip(), situation) {
        return Err(Forbidden::Private);
    }
    Ok(())
}

/// Whether an address is private or loopback.
pub(crate) fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => check_v4(ip, &[]) == Ok(true),
        IpAddr::V6(ip) => check_v6(ip) == Ok(true),
    }
}

/// Whether two public addresses belong to one network: the same IPv4 address, or one IPv6 network of 64 bits.
pub(crate) fn is_same_public(a: IpAddr, b: IpAddr) -> bool {
    match (a, b) {
        (IpAddr::V4(a), IpAddr::V4(b)) => a == b,
        (IpAddr::V6(a), IpAddr::V6(b)) => a.to_bits() >> 64 == b.to_bits() >> 64,
        _ => false,
    }
}

/// Gives whether it is private.
fn check_v4(ip: Ipv4Addr, local: &[IfAddr]) -> Result<bool, Forbidden> {
    let [a, b, c, _] = ip.octets();
    if a == 0 {
        return Err(Forbidden::Unspecified);
    }
    if ip.is_multicast() {
        return Err(Forbidden::Multicast);
    }
    if ip.is_broadcast() || local.iter().any(|interface| is_directed_broadcast(ip, interface)) {
        return Err(Forbidden::Broadcast);
    }
    if ip.is_link_local() {
        return Err(Forbidden::LinkLocal);
    }
    if a >= 240 || (a, b, c) == (192, 0, 0) {
        return Err(Forbidden::Reserved);
    }
    // RFC 1918, RFC 6598 (carrier NAT), RFC 2544 (benchmarks).
    let shared = a == 100 && (64..128).contains(&b);
    let benchmark = a == 198 && (18..20).contains(&b);
    Ok(ip.is_private() || ip.is_loopback() || shared || benchmark)
}

fn is_directed_broadcast(ip: Ipv4Addr, interface: &IfAddr) -> bool {
    let IpAddr::V4(own) = interface.addr else { return false };
    let host_bits = 32u32.saturating_sub(u32::from(interface.prefix));
    if !(2..=24).contains(&host_bits) {
        return false;
    }
    let hosts = (1u32 << host_bits) - 1;
    ip.to_bits() == own.to_bits() | hosts
}

/// Gives whether it is private.
fn check_v6(ip: Ipv6Addr) -> Result<bool, Forbidden> {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let low = Ipv4Addr::from_bits(u32::from(g) << 16 | u32::from(h));
    if ip.is_unspecified() {
        return Err(Forbidden::Unspecified);
    }
    if ip.is_loopback() {
        return Ok(true);
    }
    if ip.is_multicast() {
        return Err(Forbidden::Multicast);
    }
    // ::/96 (compatible), ::ffff:0:0/96 (mapped), ::ffff:0:0:0/96 (RFC 2765), 2001::/32 (Teredo).
    let head = [a, b, c, d];
    if head == [0; 4] || (a, b) == (0x2001, 0) {
        return Err(Forbidden::Embedded);
    }
    // 64:ff9b::/96 and 64:ff9b:1::/48 (NAT64), 2002::/16 (6to4): what is inside must be public.
    let inside = if (a, b) == (0x64, 0xff9b) {
        if (c, d, e, f) != (0, 0, 0, 0) {
            return Err(Forbidden::Translated);
        }
        Some(low)
    } else if a == 0x2002 {
        Some(Ipv4Addr::from_bits(u32::from(b) << 16 | u32::from(c)))
    } else {
        None
    };
    if inside.is_some_and(|inner| check_v4(inner, &[]) != Ok(false)) {
        return Err(Forbidden::Translated);
    }
    if a & 0xffc0 == 0xfe80 {
        return Err(Forbidden::LinkLocal);
    }
    // fc00::/7 (unique local) and fec0::/10 (site-local, withdrawn).
    if a & 0xfe00 == 0xfc00 || a & 0xffc0 == 0xfec0 {
        return Ok(true);
    }
    // 100::/64 (discard) and everything else outside 2000::/3 but NAT64.
    if a & 0xe000 != 0x2000 && inside.is_none() {
        return Err(Forbidden::Reserved);
    }
    Ok(false)
}

fn shares_network(ip: IpAddr, situation: &Situation<'_>) -> bool {
    situation.same_public
        || situation.server.is_some_and(is_private)
        || situation.local.iter().any(|interface| shares_prefix(ip, interface))
}

/// A prefix shorter than any private range would make strangers neighbours.
fn shares_prefix(ip: IpAddr, interface: &IfAddr) -> bool {
    let same = |a: u128, b: u128, bits: u32, shortest: u32| {
        let prefix = u32::from(interface.prefix);
        (shortest..=bits).contains(&prefix) && (a ^ b).checked_shr(bits - prefix).unwrap_or(0) == 0
    };
    match (ip, interface.addr) {
        (IpAddr::V4(a), IpAddr::V4(b)) => same(a.to_bits().into(), b.to_bits().into(), 32, 8),
        (IpAddr::V6(a), IpAddr::V6(b)) => same(a.to_bits(), b.to_bits(), 128, 48),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Forbidden as F;

    fn at(text: &str) -> SocketAddr {
        SocketAddr::new(text.parse().unwrap(), 1_000)
    }

    fn interface(addr: &str, prefix: u8) -> IfAddr {
        IfAddr { addr: addr.parse().unwrap(), prefix, metered: false }
    }

    /// What is forbidden whatever the situation.
    const NEVER: &[(&str, Forbidden)] = &[
        ("0.0.0.0", F::Unspecified),
        ("0.1.2.3", F::Unspecified),
        ("::", F::Unspecified),
        ("224.0.0.1", F::Multicast),
        ("239.255.255.250", F::Multicast),
        ("ff02::1", F::Multicast),
        ("ff0e::1", F::Multicast),
        ("255.255.255.255", F::Broadcast),
        ("192.168.1.255", F::Broadcast),
        ("10.63.255.255", F::Broadcast),
        ("240.0.0.1", F::Reserved),
        ("255.255.255.254", F::Reserved),
        ("192.0.0.8", F::Reserved),
        ("169.254.169.254", F::LinkLocal),
        ("169.254.0.1", F::LinkLocal),
        ("fe80::1", F::LinkLocal),
        ("febf::1", F::LinkLocal),
        ("::ffff:127.0.0.1", F::Embedded),
        ("::ffff:8.8.8.8", F::Embedded),
        ("::ffff:0:127.0.0.1", F::Embedded),
        ("::127.0.0.1", F::Embedded),
        ("::2", F::Embedded),
        ("2001::1", F::Embedded),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", F::Embedded),
        ("64:ff9b::127.0.0.1", F::Translated),
        ("64:ff9b::10.0.0.1", F::Translated),
        ("64:ff9b::169.254.169.254", F::Translated),
        ("64:ff9b::255.255.255.255", F::Translated),
        ("64:ff9b::0.0.0.0", F::Translated),
        ("64:ff9b:1::8.8.8.8", F::Translated),
        ("2002:7f00:1::", F::Translated),
        ("2002:a00:1::1", F::Translated),
        ("2002:c0a8:101::1", F::Translated),
        ("2002:e000:1::1", F::Translated),
        ("2002:6440:1::1", F::Translated),
        ("100::1", F::Reserved),
        ("1::1", F::Reserved),
        ("4000::1", F::Reserved),
        ("fe00::1", F::Reserved),
    ];

    /// What needs a common network.
    const PRIVATE: &[&str] = &[
        "10.0.0.1",
        "10.255.255.254",
        "172.16.0.1",
        "172.31.255.254",
        "192.168.0.1",
        "100.64.0.1",
        "100.127.255.254",
        "198.18.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "::1",
        "fc00::1",
        "fdff::1",
        "fec0::1",
    ];

    const PUBLIC: &[&str] = &[
        "8.8.8.8",
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "198.17.0.1",
        "198.20.0.1",
        "192.0.1.1",
        "203.0.113.9",
        "223.255.255.255",
        "2001:db8::1",
        "2a00::1",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
    ];

    // spec: PU-2
    #[test]
    fn t32_forbidden_addresses_are_forbidden_in_every_situation() {
        let local = [
            interface("192.168.1.7", 24),
            interface("10.0.0.5", 10),
            interface("fe80::5", 64),
            interface("::1", 128),
        ];
        for same_public in [false, true] {
            for server in [None, Some("127.0.0.1".parse().unwrap()), Some("8.8.8.8".parse().unwrap())] {
                let situation = Situation { same_public, local: &local, server };
                for (text, why) in NEVER {
                    assert_eq!(check_address(at(text), &situation), Err(*why), "{text}");
                }
                for text in PUBLIC {
                    assert_eq!(check_address(at(text), &situation), Ok(()), "{text}");
                    assert_eq!(check_address(SocketAddr::new(at(text).ip(), 0), &situation), Err(F::Port));
                }
            }
        }
    }

    // spec: PU-3
    #[test]
    fn t32_private_addresses_need_a_common_network() {
        let alone = Situation { server: Some("8.8.8.8".parse().unwrap()), ..Situation::default() };
        let same = Situation { same_public: true, ..alone };
        let served = |text: &str| Situation { server: Some(text.parse().unwrap()), ..alone };
        for text in PRIVATE {
            assert_eq!(check_address(at(text), &alone), Err(F::Private), "{text}");
            assert_eq!(check_address(at(text), &same), Ok(()), "{text}");
            for server in ["127.0.0.1", "10.1.2.3", "::1", "fd00::1"] {
                assert_eq!(check_address(at(text), &served(server)), Ok(()), "{text} {server}");
            }
        }
    }

    // spec: PU-3
    #[test]
    fn a_shared_prefix_makes_neighbours_and_a_short_one_does_not() {
        let check = |addr: &str, prefix, target: &str| {
            let local = [interface(addr, prefix)];
            check_address(at(target), &Situation { local: &local, ..Situation::default() }).is_ok()
        };
        assert!(check("192.168.1.7", 24, "192.168.1.9"));
        assert!(!check("192.168.1.7", 24, "192.168.2.9"));
        assert!(check("10.1.2.3", 8, "10.200.0.1"));
        assert!(!check("10.1.2.3", 0, "192.168.2.9"));
        assert!(!check("10.1.2.3", 7, "10.1.2.4"));
        assert!(check("10.1.2.3", 32, "10.1.2.3") && !check("10.1.2.3", 32, "10.1.2.2"));
        assert!(!check("10.1.2.3", 33, "10.1.2.3"));
        assert!(check("fd00::7", 64, "fd00::9") && !check("fd00::7", 64, "fd00:0:0:1::9"));
        assert!(!check("::1", 0, "fd00::9"));
        assert!(check("127.0.0.1", 8, "127.0.0.1"));
    }
}
