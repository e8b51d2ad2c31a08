//! What two reflectors saw says how the NAT maps.

use core::net::SocketAddr;

use deskwire_wire::punch::Mapping;

/// What one reflector port saw.
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

/// What both reflector ports of the rendezvous server saw of one socket.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Reflexive {
    /// The main port.
    pub main: Observation,
    /// The second port, on the same server.
    pub second: Observation,
}

/// How the NAT in front of a socket maps (RFC 4787 section 4.1, measured as in RFC 5780 section 4.3).
///
/// Both ports have one IP address, so a NAT that maps by destination address alone looks endpoint-independent; probing
/// finds its other ports as peer-reflexive addresses.
pub fn classify(seen: Reflexive) -> Mapping {
    match (seen.main, seen.second) {
        (Observation::Seen(main), Observation::Seen(second)) if main == second => {
            Mapping::EndpointIndependent
        }
        (Observation::Seen(main), Observation::Seen(second)) => {
            Mapping::EndpointDependent { delta: i32::from(second.port()) - i32::from(main.port()) }
        }
        (Observation::NoAnswer, Observation::NoAnswer) => Mapping::Blocked,
        _ => Mapping::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_observations_tell_the_mapping() {
        let seen = |port| Observation::Seen(SocketAddr::from(([192, 0, 2, 1], port)));
        let (none, silent) = (Observation::NotAsked, Observation::NoAnswer);
        for (main, second, expected) in [
            (seen(1_000), seen(1_000), Mapping::EndpointIndependent),
            (seen(1_000), seen(1_002), Mapping::EndpointDependent { delta: 2 }),
            (seen(60_000), seen(1_024), Mapping::EndpointDependent { delta: -58_976 }),
            (seen(1_000), silent, Mapping::Unknown),
            (silent, seen(1_000), Mapping::Unknown),
            (seen(1_000), none, Mapping::Unknown),
            (silent, silent, Mapping::Blocked),
            (silent, none, Mapping::Unknown),
            (none, none, Mapping::Unknown),
        ] {
            assert_eq!(classify(Reflexive { main, second }), expected, "{main:?} {second:?}");
        }
    }
}
