//! When two hosts can have a direct UDP path: written down by hand, to hold punching against.

use std::fmt;
use std::str::FromStr;

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
    /// No UDP passes.
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

/// Whether a direct UDP path can exist between hosts behind two different gateways (`None` is a public address),
/// when each sends to where the rendezvous server saw the other, and answers where packets come from. Port prediction
/// and trying many ports make more possible; they are not counted here.
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
    fn names_are_read_back() {
        for access in Access::ALL {
            assert_eq!(access.name().parse(), Ok(access));
        }
        assert!("cones".parse::<Access>().unwrap_err().contains("restricted"));
    }
}
