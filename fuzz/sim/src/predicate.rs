//! When two hosts can have a direct UDP path: written down by hand, to hold punching against.

use std::fmt;
use std::str::FromStr;

use deskwire_core::punch::odds;

use crate::{Dependence, NatConfig};

/// Where a host stands. The names are the ones everybody uses; RFC 4787's terms are with each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Access {
    /// A public address and nothing in front.
    Open,
    /// Endpoint-independent mapping and filtering.
    FullCone,
    /// Endpoint-independent mapping, address-dependent filtering.
    Restricted,
    /// Endpoint-independent mapping, address and port-dependent filtering.
    PortRestricted,
    /// Address and port-dependent mapping and filtering; outer ports one after the other.
    Sequential,
    /// Address and port-dependent mapping and filtering; any outer port.
    Random,
    /// No UDP passes, and TCP to services only: a try over TCP leads nowhere either.
    UdpBlocked,
}

impl Access {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Open,
        Self::FullCone,
        Self::Restricted,
        Self::PortRestricted,
        Self::Sequential,
        Self::Random,
        Self::UdpBlocked,
    ];

    /// The gateway in front of such a host.
    pub const fn gateway(self) -> Option<NatConfig> {
        match self {
            Self::Open => None,
            Self::FullCone => Some(NatConfig::full_cone()),
            Self::Restricted => Some(NatConfig::restricted()),
            Self::PortRestricted => Some(NatConfig::port_restricted()),
            Self::Sequential => Some(NatConfig::sequential()),
            Self::Random => Some(NatConfig::symmetric()),
            Self::UdpBlocked => Some(NatConfig::udp_blocked()),
        }
    }

    /// Its short name, as the command line takes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::FullCone => "cone",
            Self::Restricted => "restricted",
            Self::PortRestricted => "port",
            Self::Sequential => "sequential",
            Self::Random => "random",
            Self::UdpBlocked => "blocked",
        }
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Access {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = || Self::ALL.map(Self::name).join(", ");
        Self::ALL
            .into_iter()
            .find(|access| access.name() == text)
            .ok_or_else(|| format!("{text:?} is no kind of access; there are {}", names()))
    }
}

/// How sessions between two kinds of access end.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Expected {
    /// On a direct path, always.
    Direct,
    /// On a direct path over a foretold port, this often.
    Predict(f64),
    /// On a direct path over a guessed port, this often.
    Birthday(f64),
    /// On the relay, always.
    Relay,
}

impl Expected {
    /// How often there is a direct path.
    pub const fn chance(self) -> f64 {
        match self {
            Self::Direct => 1.0,
            Self::Predict(chance) | Self::Birthday(chance) => chance,
            Self::Relay => 0.0,
        }
    }

    /// Whether a session may end so.
    pub fn allows(self, direct: bool) -> bool {
        if direct { self.chance() > 0.0 } else { self.chance() < 1.0 }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Direct => f.write_str("a direct path"),
            Self::Predict(chance) => write!(f, "a foretold port ({:.2} %)", chance * 100.0),
            Self::Birthday(chance) => write!(f, "a guessed port ({:.2} %)", chance * 100.0),
            Self::Relay => f.write_str("the relay"),
        }
    }
}

/// The hand-written answer: how do sessions between these two end, when the side with a random NAT opens so many
/// sockets and the other guesses so many ports?
///
/// The table is the one of the protocol's text. A forecast is certain here: nobody else uses these gateways, so a bait
/// between samples has a port between theirs, and of two counting gateways each knows all that the other gives next.
pub fn expected(viewer: Access, host: Access, sockets: u16, guesses: u32) -> Expected {
    /// Rows and columns in the order of [`Access::ALL`]; `d`irect, `p`redict, `b`irthday, `r`elay.
    const TABLE: [&[u8; 7]; 7] =
        [b"ddddddr", b"ddddddr", b"ddddddr", b"ddddpbr", b"dddpprr", b"dddbrrr", b"rrrrrrr"];
    let at = |access: Access| Access::ALL.iter().position(|each| *each == access);
    let cell = at(viewer).zip(at(host)).and_then(|(row, column)| TABLE.get(row)?.get(column));
    match cell {
        Some(b'd') => Expected::Direct,
        Some(b'p') => Expected::Predict(1.0),
        Some(b'b') => Expected::Birthday(odds::birthday(sockets.into(), guesses, odds::PORTS)),
        _ => Expected::Relay,
    }
}

/// The 99 % confidence interval for a probability, when `hits` of `n` were seen (E. B. Wilson, 1927).
pub fn wilson(hits: u32, n: u32) -> (f64, f64) {
    // The quantile of the normal distribution for 0.5 % on either side.
    const Z: f64 = 2.575_829;
    if n == 0 {
        return (0.0, 1.0);
    }
    let n = f64::from(n);
    let rate = f64::from(hits) / n;
    let (middle, all) = (rate + Z * Z / (2.0 * n), 1.0 + Z * Z / n);
    let half = Z * (rate * (1.0 - rate) / n + Z * Z / (4.0 * n * n)).sqrt();
    ((middle - half) / all, (middle + half) / all)
}

/// Whether a direct UDP path can exist between hosts behind two different gateways (`None` is a public address),
/// when each sends to where the rendezvous server saw the other, and answers where packets come from. Port prediction
/// and trying many ports make more possible; they are not counted here (but in [`expected`]).
///
/// A mapping that depends on the other side ("symmetric") gets a new port towards the peer, which the peer cannot
/// know. So a symmetric side must speak first and be let in: not through a filter that looks at the port. Two
/// symmetric sides both send to a mapping that was made for the server, which lets a stranger in only if it filters
/// nothing.
pub const fn direct_possible(a: Option<&NatConfig>, b: Option<&NatConfig>) -> bool {
    let (a, b) = (Side::of(a), Side::of(b));
    a.udp
        && b.udp
        && !(a.symmetric && b.filters_ports)
        && !(b.symmetric && a.filters_ports)
        && !(a.symmetric && b.symmetric && a.filters && b.filters)
}

struct Side {
    udp: bool,
    symmetric: bool,
    filters: bool,
    filters_ports: bool,
}

impl Side {
    const fn of(config: Option<&NatConfig>) -> Self {
        match config {
            None => Self { udp: true, symmetric: false, filters: false, filters_ports: false },
            Some(config) => Self {
                udp: !config.udp_blocked,
                symmetric: config.translate && !matches!(config.mapping, Dependence::Endpoint),
                filters: !matches!(config.filtering, Dependence::Endpoint),
                filters_ports: matches!(config.filtering, Dependence::AddressPort),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows and columns in the order of `Access::ALL`; written by hand from the classic table.
    const TABLE: [[bool; 7]; 7] = {
        const Y: bool = true;
        const N: bool = false;
        [
            //        open cone restr port seq rand blocked
            /* open  */
            [Y, Y, Y, Y, Y, Y, N],
            /* cone  */ [Y, Y, Y, Y, Y, Y, N],
            /* restr */ [Y, Y, Y, Y, Y, Y, N],
            /* port  */ [Y, Y, Y, Y, N, N, N],
            /* seq   */ [Y, Y, Y, N, N, N, N],
            /* rand  */ [Y, Y, Y, N, N, N, N],
            /* block */ [N, N, N, N, N, N, N],
        ]
    };

    #[test]
    fn the_predicate_is_the_table() {
        for (row, a) in TABLE.iter().zip(Access::ALL) {
            for (expected, b) in row.iter().zip(Access::ALL) {
                let found = direct_possible(a.gateway().as_ref(), b.gateway().as_ref());
                assert_eq!(found, *expected, "{a} to {b}");
            }
        }
    }

    #[test]
    fn what_is_expected_is_what_is_possible_and_more() {
        for a in Access::ALL {
            for b in Access::ALL {
                let found = expected(a, b, 256, 512);
                assert_eq!(found, expected(b, a, 256, 512), "{a} with {b}");
                let plain = direct_possible(a.gateway().as_ref(), b.gateway().as_ref());
                assert_eq!(found == Expected::Direct, plain, "{a} with {b}");
            }
        }
        let chance = expected(Access::PortRestricted, Access::Random, 256, 2_048).chance();
        assert!((0.999..1.0).contains(&chance), "{chance}");
    }

    #[test]
    fn wilsons_interval_is_the_known_one() {
        let (low, high) = wilson(90, 100);
        assert!((low - 0.796_2).abs() < 1e-4 && (high - 0.954_0).abs() < 1e-4, "{low} {high}");
        assert!(wilson(0, 50).0.abs() < 1e-9);
        assert!(wilson(50, 50).1 > 0.999_999);
    }

    #[test]
    fn names_are_read_back() {
        for access in Access::ALL {
            assert_eq!(access.name().parse(), Ok(access));
        }
        assert!("cones".parse::<Access>().unwrap_err().contains("restricted"));
    }
}
