//! Free ports.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};

const TRIES: usize = 64;

/// `wanted`, or for 0 a port that is free over UDP and TCP on all of `ips` and not in `taken`: clients expect one
/// number for all of them. Somebody else may take it before the server does, which the server then reports.
pub(crate) fn choose(wanted: u16, ips: &[IpAddr], taken: &[u16]) -> io::Result<u16> {
    if wanted != 0 {
        return Ok(wanted);
    }
    let first = ips.first().copied().unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let mut last = io::Error::other("no address to listen on");
    for _ in 0..TRIES {
        let port = UdpSocket::bind((first, 0))?.local_addr()?.port();
        if taken.contains(&port) {
            continue;
        }
        match ips.iter().try_for_each(|ip| is_free(SocketAddr::new(*ip, port))) {
            Ok(()) => return Ok(port),
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn is_free(address: SocketAddr) -> io::Result<()> {
    UdpSocket::bind(address)?;
    TcpListener::bind(address).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_free_port_is_free_over_both_and_not_one_of_the_taken() {
        let ips = [IpAddr::from([127, 0, 0, 1])];
        let port = choose(0, &ips, &[]).unwrap();
        assert!(UdpSocket::bind((ips[0], port)).is_ok() && TcpListener::bind((ips[0], port)).is_ok());
        assert_ne!(choose(0, &ips, &[port]).unwrap(), port);
        assert_eq!(choose(7, &ips, &[]).unwrap(), 7);
    }
}
