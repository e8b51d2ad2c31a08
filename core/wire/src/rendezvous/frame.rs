//! Frames: what a datagram or stream frame of [`Kind::Rendezvous`](crate::frame::Kind::Rendezvous) holds after its kind
//! byte. Laid out by hand, so that a server can reject a stranger's bytes at almost no cost:
//!
//! ```text
//! hello    1, version, e_client 32, random 32, zeros (a datagram is 1,200 bytes)
//! welcome  2, version, random 32, handle 8, cookie 24, observed 18, server time 8, server key 32, certificate (to the end)
//! opening  3, handle 8, cookie 24, e_client 32, random 32, counter 8, ciphertext with tag
//! sealed   4, handle 8, counter 8, ciphertext with tag
//! stale    5, handle 8
//! ```
//! Numbers are big-endian. An address is 16 bytes of IPv6 (or v4-mapped) address and 2 of port.

use alloc::vec::Vec;
use core::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The version of the rendezvous protocol.
pub const VERSION: u8 = 1;
/// Size of a session handle in bytes.
pub const HANDLE_SIZE: usize = 8;
/// Size of a cookie in bytes: 8 of time, 16 of MAC.
pub const COOKIE_SIZE: usize = 24;
/// Size of a hello as a datagram, its kind byte included. No answer is larger.
pub const HELLO_DATAGRAM: usize = 1_200;
/// Longest frame in bytes, on any link.
pub const MAX_FRAME: usize = 4_096;
/// Bytes of an AEAD tag: the shortest ciphertext.
const TAG: usize = 16;

/// Names a session between client and server.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Handle(pub [u8; HANDLE_SIZE]);

/// Proof that a client receives at an address; opaque to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cookie(pub [u8; COOKIE_SIZE]);

/// The client's first words, in clear.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hello {
    /// The protocol version the client speaks.
    pub version: u8,
    /// Its fresh X25519 public key.
    pub e_client: [u8; 32],
    /// Its random; comes back in the welcome.
    pub random: [u8; 32],
}

/// The server's answer, in clear; it keeps nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Welcome {
    /// The version that the server chose.
    pub version: u8,
    /// The random of the hello.
    pub random: [u8; 32],
    /// The session's name from now on.
    pub handle: Handle,
    /// To be given back in openings.
    pub cookie: Cookie,
    /// From where the hello came.
    pub observed: SocketAddr,
    /// The server's clock, Unix seconds.
    pub server_time: u64,
    /// The server key.
    pub server_key: [u8; 32],
    /// The certificate of its X25519 key, signed by the server key.
    pub certificate: Vec<u8>,
}

/// A sealed frame that opens a session: with what the server needs to derive the keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Opening<'a> {
    /// Of the welcome.
    pub handle: Handle,
    /// Of the welcome.
    pub cookie: Cookie,
    /// Of the hello.
    pub e_client: [u8; 32],
    /// Of the hello.
    pub random: [u8; 32],
    /// The number of the frame in its direction; makes the nonce.
    pub counter: u64,
    /// The ciphertext with its tag.
    pub sealed: &'a [u8],
}

/// A sealed frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sealed<'a> {
    /// The session.
    pub handle: Handle,
    /// The number of the frame in its direction; makes the nonce.
    pub counter: u64,
    /// The ciphertext with its tag.
    pub sealed: &'a [u8],
}

/// One frame.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Frame<'a> {
    /// See [`Hello`].
    Hello(Hello),
    /// See [`Welcome`].
    Welcome(Welcome),
    /// See [`Opening`].
    Opening(Opening<'a>),
    /// See [`Sealed`].
    Sealed(Sealed<'a>),
    /// Server to client: this session is not known here; say hello again.
    Stale(Handle),
}

/// An address as 18 bytes: IPv6 (or v4-mapped) address and port. Equal addresses give equal bytes.
pub fn address_bytes(address: SocketAddr) -> [u8; 18] {
    let ip = match address.ip().to_canonical() {
        IpAddr::V4(ip) => ip.to_ipv6_mapped(),
        IpAddr::V6(ip) => ip,
    };
    let mut out = [0; 18];
    let (head, tail) = out.split_at_mut(16);
    head.copy_from_slice(&ip.octets());
    tail.copy_from_slice(&address.port().to_be_bytes());
    out
}

fn address_from(bytes: [u8; 18]) -> SocketAddr {
    let [ip @ .., a, b] = bytes;
    SocketAddr::new(Ipv6Addr::from(ip).to_canonical(), u16::from_be_bytes([a, b]))
}

impl<'a> Frame<'a> {
    /// Appends the frame; hellos are not padded (see [`Hello::put_datagram`]).
    pub fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::Hello(hello) => hello.put(out),
            Self::Welcome(w) => {
                out.extend_from_slice(&[2, w.version]);
                out.extend_from_slice(&w.random);
                out.extend_from_slice(&w.handle.0);
                out.extend_from_slice(&w.cookie.0);
                out.extend_from_slice(&address_bytes(w.observed));
                out.extend_from_slice(&w.server_time.to_be_bytes());
                out.extend_from_slice(&w.server_key);
                out.extend_from_slice(&w.certificate);
            }
            Self::Opening(o) => {
                out.push(3);
                out.extend_from_slice(&o.handle.0);
                out.extend_from_slice(&o.cookie.0);
                out.extend_from_slice(&o.e_client);
                out.extend_from_slice(&o.random);
                out.extend_from_slice(&o.counter.to_be_bytes());
                out.extend_from_slice(o.sealed);
            }
            Self::Sealed(s) => {
                out.push(4);
                out.extend_from_slice(&s.handle.0);
                out.extend_from_slice(&s.counter.to_be_bytes());
                out.extend_from_slice(s.sealed);
            }
            Self::Stale(handle) => {
                out.push(5);
                out.extend_from_slice(&handle.0);
            }
        }
    }

    /// Reads a frame that takes up all of `bytes`. `None` for anything that is not one.
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        if bytes.len() > MAX_FRAME {
            return None;
        }
        let mut rest = Cut(bytes);
        let [tag] = rest.take()?;
        match tag {
            1 => {
                let [version] = rest.take()?;
                let hello = Hello { version, e_client: rest.take()?, random: rest.take()? };
                // Padding is zeros, so that a hello has one form only.
                rest.0.iter().all(|b| *b == 0).then_some(Self::Hello(hello))
            }
            2 => {
                let [version] = rest.take()?;
                let welcome = Welcome {
                    version,
                    random: rest.take()?,
                    handle: Handle(rest.take()?),
                    cookie: Cookie(rest.take()?),
                    observed: address_from(rest.take()?),
                    server_time: u64::from_be_bytes(rest.take()?),
                    server_key: rest.take()?,
                    certificate: rest.0.to_vec(),
                };
                (welcome.certificate.len() <= super::MAX_OBJECT).then_some(Self::Welcome(welcome))
            }
            3 => {
                let opening = Opening {
                    handle: Handle(rest.take()?),
                    cookie: Cookie(rest.take()?),
                    e_client: rest.take()?,
                    random: rest.take()?,
                    counter: u64::from_be_bytes(rest.take()?),
                    sealed: rest.0,
                };
                (opening.sealed.len() >= TAG).then_some(Self::Opening(opening))
            }
            4 => {
                let sealed = Sealed {
                    handle: Handle(rest.take()?),
                    counter: u64::from_be_bytes(rest.take()?),
                    sealed: rest.0,
                };
                (sealed.sealed.len() >= TAG).then_some(Self::Sealed(sealed))
            }
            5 => {
                let handle = Handle(rest.take()?);
                rest.0.is_empty().then_some(Self::Stale(handle))
            }
            _ => None,
        }
    }
}

impl Hello {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&[1, self.version]);
        out.extend_from_slice(&self.e_client);
        out.extend_from_slice(&self.random);
    }

    /// The whole datagram: kind byte, hello, padding.
    pub fn put_datagram(&self, out: &mut Vec<u8>) {
        let start = out.len();
        out.push(crate::frame::Kind::Rendezvous as u8);
        self.put(out);
        out.resize(start + HELLO_DATAGRAM, 0);
    }
}

/// Cuts arrays off the front.
struct Cut<'a>(&'a [u8]);

impl Cut<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, tail) = self.0.split_first_chunk::<N>()?;
        self.0 = tail;
        Some(*head)
    }
}
