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

/// A main and a reflector port. Clients that know only the main one ask for the other at the port below, so two that
/// may be chosen here are neighbours, and one that may be chosen is the neighbour of the other if that is free.
pub(crate) fn choose_pair(
    main: u16,
    reflector: u16,
    ips: &[IpAddr],
    taken: &[u16],
) -> io::Result<(u16, u16)> {
    let free = |port: u16| port != 0 && !taken.contains(&port) && is_free_everywhere(ips, port);
    match (main, reflector) {
        (0, 0) => {
            for _ in 0..TRIES {
                let main = choose(0, ips, taken)?;
                if let Some(below) = main.checked_sub(1).filter(|below| free(*below)) {
                    return Ok((main, below));
                }
            }
            Err(io::Error::other("no two free ports side by side"))
        }
        (0, reflector) => match reflector.checked_add(1).filter(|above| free(*above)) {
            Some(main) => Ok((main, reflector)),
            None => Ok((choose(0, ips, &[taken, &[reflector]].concat())?, reflector)),
        },
        (main, 0) => match main.checked_sub(1).filter(|below| free(*below)) {
            Some(reflector) => Ok((main, reflector)),
            None => Ok((main, choose(0, ips, &[taken, &[main]].concat())?)),
        },
        set => Ok(set),
    }
}

/// Whether a port is free over UDP and TCP on all of `ips`.
pub(crate) fn is_free_everywhere(ips: &[IpAddr], port: u16) -> bool {
    ips.iter().all(|ip| is_free(SocketAddr::new(*ip, port)).is_ok())
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

    #[test]
    fn the_reflector_is_the_port_below_where_that_is_free() {
        let ips = [IpAddr::from([127, 0, 0, 1])];
        let (main, reflector) = choose_pair(0, 0, &ips, &[]).unwrap();
        assert_eq!(reflector, main - 1);
        assert_eq!(choose_pair(7, 9, &ips, &[]).unwrap(), (7, 9));
        let held = UdpSocket::bind((ips[0], reflector)).unwrap();
        let (same, other) = choose_pair(main, 0, &ips, &[]).unwrap();
        assert!(same == main && other != reflector && other != main);
        let (other, same) = choose_pair(0, main, &ips, &[main + 1]).unwrap();
        assert!(same == main && other != main + 1 && other != main);
        drop(held);
    }
}
