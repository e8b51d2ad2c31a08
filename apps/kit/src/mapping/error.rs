//! By which protocol a router is asked, and why it maps no port.

use std::fmt;
use std::net::Ipv4Addr;

/// How a router is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Protocol {
    /// Port Control Protocol.
    Pcp,
    /// Its predecessor.
    NatPmp,
    /// UPnP Internet Gateway Device.
    Upnp,
}

impl Protocol {
    /// All, the best first.
    pub const ALL: [Self; 3] = [Self::Pcp, Self::NatPmp, Self::Upnp];
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pcp => "PCP",
            Self::NatPmp => "NAT-PMP",
            Self::Upnp => "UPnP",
        })
    }
}

/// Why a router maps no port.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum MappingError {
    /// This computer has no default route, or the system does not tell it.
    NoGateway,
    /// The router does not speak the protocol.
    NoAnswer,
    /// It speaks it and says no; the text says why.
    Refused(String),
    /// It maps ports of an address that is not public: it is itself behind another NAT.
    NotPublic(Ipv4Addr),
    /// None of the protocols worked.
    None(Vec<(Protocol, Self)>),
}

impl fmt::Display for MappingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoGateway => {
                f.write_str("no router is known that could map a port; check the default route")
            }
            Self::NoAnswer => f.write_str("no answer"),
            Self::Refused(why) => write!(f, "refused: {why}"),
            Self::NotPublic(address) => {
                write!(f, "its outer address {address} is not public, another router is before it")
            }
            Self::None(tried) => {
                f.write_str(
                    "the router maps no port; allow it in the router's settings, or map one by hand (",
                )?;
                for (n, (protocol, error)) in tried.iter().enumerate() {
                    write!(f, "{}{protocol}: {error}", if n > 0 { "; " } else { "" })?;
                }
                f.write_str(")")
            }
        }
    }
}

impl std::error::Error for MappingError {}
