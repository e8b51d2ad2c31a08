//! Where a server is: its name looked up, and the ports beside its main one.

use std::collections::VecDeque;
use std::net::{SocketAddr, ToSocketAddrs as _};

use crate::net::NetError;

/// Most addresses of a server that are tried.
const ADDRESSES: usize = 4;

/// The addresses of a server, the one to try first at the front: IPv4 and IPv6 in turn, beginning with IPv4, which is what
/// servers listen on most. Never empty.
///
/// # Errors
/// When there is none.
pub fn resolve(host: &str, port: u16) -> Result<Vec<SocketAddr>, NetError> {
    let failed = |why: String| NetError::Resolve(host.into(), why);
    let found = (host, port).to_socket_addrs().map_err(|error| failed(error.to_string()))?;
    let found = in_turn(found.collect());
    if found.is_empty() { Err(failed("it has no address".into())) } else { Ok(found) }
}

fn in_turn(found: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let (mut v4, mut v6): (VecDeque<_>, VecDeque<_>) = found.into_iter().partition(SocketAddr::is_ipv4);
    let mut turns = Vec::new();
    while turns.len() < ADDRESSES && !(v4.is_empty() && v6.is_empty()) {
        turns.extend(v4.pop_front());
        turns.extend(v6.pop_front());
    }
    turns.dedup();
    turns.truncate(ADDRESSES);
    turns
}

/// The second reflector port is the one below the main port.
pub fn reflector(main: SocketAddr) -> Option<SocketAddr> {
    let port = main.port().checked_sub(1).filter(|port| *port != 0)?;
    Some(SocketAddr::new(main.ip(), port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_versions_of_a_name_have_their_turn() {
        let all = |text: &str| -> Vec<SocketAddr> {
            text.split(' ').filter(|part| !part.is_empty()).map(|part| part.parse().unwrap()).collect()
        };
        let found = all("[2001:db8::1]:9 [2001:db8::2]:9 192.0.2.1:9 192.0.2.2:9 192.0.2.3:9");
        assert_eq!(in_turn(found), all("192.0.2.1:9 [2001:db8::1]:9 192.0.2.2:9 [2001:db8::2]:9"));
        assert_eq!(in_turn(all("[2001:db8::1]:9")), all("[2001:db8::1]:9"));
        assert_eq!(in_turn(Vec::new()), []);
    }
}
