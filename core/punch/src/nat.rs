//! What the server's addresses and ports saw says how the NAT maps.

use core::net::SocketAddr;

use deskwire_wire::punch::Mapping;

/// What one reflector saw.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Observation {
    /// It was not asked.
    #[default]
    NotAsked,
    /// It was asked and no answer came.
    NoAnswer,
    /// It saw this address.
    Seen(SocketAddr),
}

/// What the reflectors of the rendezvous server saw of one socket.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Reflexive {
    /// The main port.
    pub main: Observation,
    /// The second port, at the same address.
    pub second: Observation,
    /// The server's other address, if the operator has one.
    pub alternate: Observation,
}

impl Reflexive {
    /// What the two ports saw; another address was not asked.
    pub const fn new(main: Observation, second: Observation) -> Self {
        Self { main, second, alternate: Observation::NotAsked }
    }
}

/// How the NAT in front of a socket maps (RFC 4787 section 4.1, measured as in RFC 5780 section 4.3).
///
/// Without the server's other address, a NAT that maps by destination address alone looks endpoint-independent; probing
/// finds its other ports as peer-reflexive addresses.
pub fn classify(seen: Reflexive) -> Mapping {
    use Observation::{NoAnswer, Seen};
    let delta = |from: SocketAddr, to: SocketAddr| i32::from(to.port()) - i32::from(from.port());
    match (seen.main, seen.second, seen.alternate) {
        (Seen(main), Seen(second), _) if main != second => {
            Mapping::AddressPortDependent { delta: delta(main, second) }
        }
        (Seen(main), Seen(_), Seen(alternate)) if main != alternate => {
            Mapping::AddressDependent { delta: delta(main, alternate) }
        }
        (Seen(_), Seen(_), _) => Mapping::EndpointIndependent,
        (NoAnswer, NoAnswer, _) => Mapping::Blocked,
        _ => Mapping::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn observations_tell_the_mapping() {
        let seen = |port| Observation::Seen(SocketAddr::from(([192, 0, 2, 1], port)));
        let (none, silent) = (Observation::NotAsked, Observation::NoAnswer);
        for (main, second, alternate, expected) in [
            (seen(1_000), seen(1_000), none, Mapping::EndpointIndependent),
            (seen(1_000), seen(1_000), silent, Mapping::EndpointIndependent),
            (seen(1_000), seen(1_000), seen(1_000), Mapping::EndpointIndependent),
            (seen(1_000), seen(1_000), seen(1_003), Mapping::AddressDependent { delta: 3 }),
            (seen(1_000), seen(1_002), none, Mapping::AddressPortDependent { delta: 2 }),
            (seen(1_000), seen(1_002), seen(1_003), Mapping::AddressPortDependent { delta: 2 }),
            (seen(60_000), seen(1_024), none, Mapping::AddressPortDependent { delta: -58_976 }),
            (seen(1_000), silent, none, Mapping::Unknown),
            (silent, seen(1_000), none, Mapping::Unknown),
            (seen(1_000), none, none, Mapping::Unknown),
            (silent, silent, none, Mapping::Blocked),
            (silent, none, none, Mapping::Unknown),
            (none, none, none, Mapping::Unknown),
        ] {
            let found = classify(Reflexive { main, second, alternate });
            assert_eq!(found, expected, "{main:?} {second:?} {alternate:?}");
        }
    }
}
