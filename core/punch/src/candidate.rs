//! A machine's own candidates.

use alloc::vec::Vec;
use core::net::{IpAddr, SocketAddr};

use deskwire_machine::{IfAddr, LinkId};
use deskwire_wire::punch::{CandidateKind, MAX_CANDIDATES, PunchCandidate};

use crate::filter::{Situation, check_address, is_private};
use crate::{Observation, Reflexive};

/// An address of this machine and the socket behind it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Candidate {
    /// The address that the peer may try.
    pub addr: SocketAddr,
    /// How it was learned.
    pub kind: CandidateKind,
    /// The socket (the base of RFC 8445).
    pub link: LinkId,
}

impl From<Candidate> for PunchCandidate {
    fn from(candidate: Candidate) -> Self {
        Self { addr: candidate.addr, kind: candidate.kind }
    }
}

/// All candidates: what the server saw first, then interfaces, public ones first; each address once.
///
/// Loopback addresses are named only when the server is on this machine too: nobody else can use them.
pub(crate) fn gather(
    sockets: &[(LinkId, SocketAddr)],
    interfaces: &[IfAddr],
    seen: Reflexive,
    mapped: Option<SocketAddr>,
    server: Option<IpAddr>,
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut add = |addr: SocketAddr, kind, link| {
        if found.len() < MAX_CANDIDATES && !found.iter().any(|known| known.addr == addr) {
            found.push(Candidate { addr, kind, link });
        }
    };
    let base = |addr: SocketAddr| {
        sockets.iter().find(|(_, local)| local.is_ipv4() == addr.is_ipv4()).map(|(link, _)| *link)
    };
    for (addr, kind) in
        [(mapped, CandidateKind::Mapped), (observed(seen.main), CandidateKind::ServerReflexive)]
    {
        if let Some((addr, link)) = addr.and_then(|addr| Some((addr, base(addr)?))) {
            add(addr, kind, link);
        }
    }
    let local_server = server.is_some_and(|ip| ip.is_loopback());
    // Everything that is private passes: whether it may be probed is for the peer to say.
    let anywhere = Situation { same_public: true, local: &[], server };
    for wants_private in [false, true] {
        for (link, local) in sockets {
            for interface in interfaces {
                let ip = interface.addr;
                let bound_here = local.ip().is_unspecified() || local.ip() == ip;
                let addr = SocketAddr::new(ip, local.port());
                if ip.is_ipv4() == local.is_ipv4()
                    && bound_here
                    && is_private(ip) == wants_private
                    && (!ip.is_loopback() || local_server)
                    && check_address(addr, &anywhere).is_ok()
                {
                    add(addr, CandidateKind::Host, *link);
                }
            }
        }
    }
    found
}

fn observed(observation: Observation) -> Option<SocketAddr> {
    match observation {
        Observation::Seen(addr) => Some(addr),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskwire_machine::LinkIds;

    fn interface(addr: &str) -> IfAddr {
        IfAddr { addr: addr.parse().unwrap(), prefix: 24, metered: false }
    }

    #[test]
    fn candidates_are_what_a_peer_can_use() {
        let ids = LinkIds::new();
        let (v4, v6) = (ids.allocate(), ids.allocate());
        let sockets = [(v4, "0.0.0.0:4000".parse().unwrap()), (v6, "[::]:6000".parse().unwrap())];
        let interfaces =
            ["127.0.0.1", "192.168.1.7", "169.254.3.4", "fe80::1", "2001:db8::7", "::1"].map(interface);
        let main = Observation::Seen("203.0.113.9:777".parse().unwrap());
        let seen = Reflexive::new(main, Observation::NotAsked);
        let list = |server: &str| -> Vec<_> {
            gather(&sockets, &interfaces, seen, None, Some(server.parse().unwrap()))
                .iter()
                .map(|c| alloc::format!("{} {:?} {}", c.addr, c.kind, c.link == v6))
                .collect()
        };
        let usual = [
            "203.0.113.9:777 ServerReflexive false",
            "[2001:db8::7]:6000 Host true",
            "192.168.1.7:4000 Host false",
        ];
        assert_eq!(list("198.51.100.1"), usual);
        assert_eq!(
            list("127.0.0.1"),
            [usual[0], usual[1], "127.0.0.1:4000 Host false", usual[2], "[::1]:6000 Host true"]
        );
    }

    #[test]
    fn an_open_machine_names_its_address_once_and_a_bound_socket_only_its_own() {
        let link = LinkIds::new().allocate();
        let own: SocketAddr = "203.0.113.9:4000".parse().unwrap();
        let seen = Reflexive::new(Observation::Seen(own), Observation::Seen(own));
        let interfaces = [interface("203.0.113.9"), interface("10.0.0.1")];
        let found = gather(&[(link, own)], &interfaces, seen, None, None);
        assert_eq!(found, [Candidate { addr: own, kind: CandidateKind::ServerReflexive, link }]);
    }
}
