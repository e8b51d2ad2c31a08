//! Probes as bytes. All are of one size, so an answer is never larger than the question.
//!
//! | bytes | |
//! |---|---|
//! | 0 | [`Kind::Probe`] |
//! | 1 | 1 request, 2 response |
//! | 2 | bit 0: the viewer chose this path |
//! | 3 | 0 |
//! | 4..12 | tag of the sender's side of this session |
//! | 12..20 | transaction |
//! | 20..38 | response: where the request came from, port and IP (IPv4 as mapped), XORed with tag and transaction so that no NAT rewrites it |
//! | 38..54 | BMAC over all before, with the sender's key, first half |

use core::net::{IpAddr, Ipv6Addr, SocketAddr};

use deskwire_identity::{Secret, Secret64, bmac, expand};
use deskwire_wire::frame::Kind;
use deskwire_wire::ids::Role;

/// Bytes of a probe.
pub const SIZE: usize = 54;
const MAC: usize = 16;
const SIGNED: usize = SIZE - MAC;

/// What a probe says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Body {
    /// Who gets it answers.
    Request,
    /// The answer.
    Response {
        /// Where the request came from.
        observed: SocketAddr,
    },
}

/// A probe.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Probe {
    /// Request or response.
    pub body: Body,
    /// The viewer chose this path.
    pub nominated: bool,
    /// Drawn per request; the response carries it.
    pub transaction: u64,
}

/// One direction's key and tag.
#[derive(Clone, Debug)]
struct Direction {
    key: Secret<32>,
    tag: [u8; 8],
}

/// The keys of both directions. They differ, so that a reflected probe is nobody's.
#[derive(Clone, Debug)]
pub struct Keys {
    own: Direction,
    peer: Direction,
}

impl Keys {
    /// The keys of `role` in the session with this exporter secret.
    pub fn new(role: Role, exporter: &Secret64) -> Self {
        let direction = |role: Role| {
            let (key, tag) = match role {
                Role::Viewer => ("punch viewer", "punch tag viewer"),
                Role::Host => ("punch host", "punch tag host"),
            };
            Direction { key: expand(exporter, key, &[]), tag: *expand::<8>(exporter, tag, &[]).as_bytes() }
        };
        Self { own: direction(role), peer: direction(role.peer()) }
    }

    /// Whether a datagram carries the tag of this session's peer. Cheap, and proves nothing.
    pub fn is_tagged(&self, datagram: &[u8]) -> bool {
        datagram.len() == SIZE
            && datagram.first() == Some(&(Kind::Probe as u8))
            && datagram.get(4..12) == Some(&self.peer.tag)
    }

    /// A probe of our own as bytes.
    pub fn seal(&self, probe: &Probe) -> [u8; SIZE] {
        let mut out = [0; SIZE];
        let mask = mask(self.own.tag, probe.transaction);
        let (kind, address) = match probe.body {
            Body::Request => (1, [0; 18]),
            Body::Response { observed } => (2, xor(address_bytes(observed), mask)),
        };
        let mut fields = out.iter_mut();
        let head = [Kind::Probe as u8, kind, u8::from(probe.nominated), 0];
        let bytes =
            head.into_iter().chain(self.own.tag).chain(probe.transaction.to_be_bytes()).chain(address);
        for (to, from) in fields.by_ref().zip(bytes) {
            *to = from;
        }
        let (signed, mac) = out.split_at_mut(SIGNED);
        for (to, from) in mac.iter_mut().zip(bmac(&self.own.key, signed).as_bytes()) {
            *to = *from;
        }
        out
    }

    /// Reads a probe of the peer; `None` if it is not one.
    pub fn open(&self, datagram: &[u8]) -> Option<Probe> {
        if !self.is_tagged(datagram) {
            return None;
        }
        let (signed, mac) = datagram.split_at_checked(SIGNED)?;
        let expected = bmac(&self.peer.key, signed);
        let (expected, _) = expected.as_bytes().split_first_chunk::<MAC>()?;
        if Secret::new(*expected) != Secret::new(<[u8; MAC]>::try_from(mac).ok()?) {
            return None;
        }
        let transaction = u64::from_be_bytes(signed.get(12..20)?.try_into().ok()?);
        let address: [u8; 18] = signed.get(20..38)?.try_into().ok()?;
        let body = match signed.get(1)? {
            1 => Body::Request,
            2 => {
                let observed = address_from(xor(address, mask(self.peer.tag, transaction)));
                Body::Response { observed }
            }
            _ => return None,
        };
        Some(Probe { body, nominated: signed.get(2)? & 1 != 0, transaction })
    }
}

fn mask(tag: [u8; 8], transaction: u64) -> [u8; 18] {
    let mut out = [0x5a; 18];
    for (to, from) in out.iter_mut().zip(transaction.to_be_bytes().into_iter().chain(tag)) {
        *to = from;
    }
    out
}

fn xor(mut a: [u8; 18], b: [u8; 18]) -> [u8; 18] {
    for (a, b) in a.iter_mut().zip(b) {
        *a ^= b;
    }
    a
}

fn address_bytes(address: SocketAddr) -> [u8; 18] {
    let ip = match address.ip() {
        IpAddr::V4(ip) => ip.to_ipv6_mapped(),
        IpAddr::V6(ip) => ip,
    };
    let mut out = [0; 18];
    for (to, from) in out.iter_mut().zip(address.port().to_be_bytes().into_iter().chain(ip.octets())) {
        *to = from;
    }
    out
}

fn address_from(bytes: [u8; 18]) -> SocketAddr {
    let [a, b, ip @ ..] = bytes;
    SocketAddr::new(Ipv6Addr::from(ip).to_canonical(), u16::from_be_bytes([a, b]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> (Keys, Keys) {
        let exporter = Secret64::new([9; 64]);
        (Keys::new(Role::Viewer, &exporter), Keys::new(Role::Host, &exporter))
    }

    fn probes() -> [Probe; 3] {
        let observed = |text: &str| Body::Response { observed: text.parse().unwrap() };
        [
            Probe { body: Body::Request, nominated: false, transaction: 7 },
            Probe { body: observed("203.0.113.9:777"), nominated: true, transaction: u64::MAX },
            Probe { body: observed("[2001:db8::1]:1"), nominated: false, transaction: 0 },
        ]
    }

    #[test]
    fn the_peer_reads_what_was_sealed_and_nobody_else() {
        let (viewer, host) = keys();
        let other = Keys::new(Role::Host, &Secret64::new([8; 64]));
        for probe in probes() {
            let bytes = viewer.seal(&probe);
            assert_eq!(host.open(&bytes), Some(probe));
            assert!(host.is_tagged(&bytes));
            assert_eq!(
                (viewer.open(&bytes), other.open(&bytes)),
                (None, None),
                "reflected, or another session"
            );
        }
    }

    // spec: PU-7
    #[test]
    fn a_probe_is_what_the_book_says() {
        let exporter = Secret64::new([7; 64]);
        let tag = expand::<8>(&exporter, "punch tag host", &[]);
        let observed = SocketAddr::from(([203, 0, 113, 9], 0x1234));
        let probe = Probe { body: Body::Response { observed }, nominated: true, transaction: 0x0102 };
        let mut expected = [&[0x1f, 2, 1, 0][..], tag.as_bytes(), &[0, 0, 0, 0, 0, 0, 1, 2]].concat();
        let address = [&[0x12, 0x34][..], &[0; 10], &[255, 255, 203, 0, 113, 9]].concat();
        let mask = [&[0, 0, 0, 0, 0, 0, 1, 2][..], tag.as_bytes(), &[0x5a, 0x5a]].concat();
        expected.extend(address.iter().zip(mask).map(|(byte, mask)| byte ^ mask));
        let key = expand::<32>(&exporter, "punch host", &[]);
        let mac = bmac(&key, &expected);
        expected.extend_from_slice(&mac.as_bytes()[..16]);
        assert_eq!(Keys::new(Role::Host, &exporter).seal(&probe)[..], expected);
    }

    // spec: PU-8
    #[test]
    fn every_changed_bit_and_every_other_length_is_refused() {
        let (viewer, host) = keys();
        let bytes = viewer.seal(&probes()[1]);
        for at in 0..SIZE * 8 {
            let mut changed = bytes;
            changed[at / 8] ^= 1 << (at % 8);
            assert_eq!(host.open(&changed), None, "bit {at}");
        }
        assert_eq!(host.open(&bytes[..SIZE - 1]), None);
        assert_eq!(host.open(&[bytes.as_slice(), &[0]].concat()), None);
    }

    #[test]
    fn an_observed_address_is_not_seen_on_the_wire() {
        let (viewer, _) = keys();
        let bytes = viewer.seal(&probes()[1]);
        assert!(!bytes.windows(4).any(|window| window == [203, 0, 113, 9]));
    }
}
