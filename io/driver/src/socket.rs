//! Opening sockets.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use socket2::{Domain, Protocol, SockAddr, Socket, Type};

/// Connections that may wait to be accepted.
const BACKLOG: i32 = 1_024;

/// Binds a UDP socket. Without an address it takes both IP versions on one port, where the system can.
pub(crate) fn udp(local: Option<SocketAddr>, buffer: usize) -> io::Result<Arc<Socket>> {
    let open = |domain, only_v6: Option<bool>, address: SocketAddr| {
        let socket = Socket::new(domain, Type::DGRAM, Some(Protocol::UDP))?;
        set_only_v6(&socket, only_v6)?;
        socket.set_nonblocking(true)?;
        // The system's defaults hold some 100 datagrams; it gives what its own limit allows.
        let _ = socket.set_recv_buffer_size(buffer);
        let _ = socket.set_send_buffer_size(buffer);
        socket.bind(&SockAddr::from(address))?;
        Ok(Arc::new(socket))
    };
    any_or(local, open)
}

/// Listens for TCP connections. Without an address on both IP versions, where the system can.
pub(crate) fn listener(local: Option<SocketAddr>, reuse: bool) -> io::Result<Arc<Socket>> {
    let open = |domain, only_v6: Option<bool>, address: SocketAddr| {
        let socket = Socket::new(domain, Type::STREAM, Some(Protocol::TCP))?;
        set_only_v6(&socket, only_v6)?;
        socket.set_nonblocking(true)?;
        // On Unix it lets a restarted server have its port back; on Windows it would let others take it.
        #[cfg(unix)]
        socket.set_reuse_address(true)?;
        if reuse {
            share_port(&socket)?;
        }
        socket.bind(&SockAddr::from(address))?;
        socket.listen(BACKLOG)?;
        Ok(Arc::new(socket))
    };
    any_or(local, open)
}

/// Starts a TCP connection; it is made or refused when the socket becomes writable.
pub(crate) fn connect(local: Option<SocketAddr>, reuse: bool, remote: SocketAddr) -> io::Result<Arc<Socket>> {
    let socket = Socket::new(Domain::for_address(remote), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_nonblocking(true)?;
    prepare_stream(&socket)?;
    if reuse {
        share_port(&socket)?;
    }
    if let Some(local) = local {
        socket.bind(&SockAddr::from(local))?;
    }
    match socket.connect(&SockAddr::from(remote)) {
        Ok(()) => {}
        Err(error) if is_under_way(&error) => {}
        Err(error) => return Err(error),
    }
    Ok(Arc::new(socket))
}

/// Lets other sockets of this program have the same local port.
fn share_port(socket: &Socket) -> io::Result<()> {
    socket.set_reuse_address(true)?;
    #[cfg(all(unix, not(any(target_os = "solaris", target_os = "illumos"))))]
    socket.set_reuse_port(true)?;
    Ok(())
}

/// What every TCP connection gets: frames go out at once.
pub(crate) fn prepare_stream(socket: &Socket) -> io::Result<()> {
    socket.set_tcp_nodelay(true)
}

/// The local address; unspecified if the system does not tell.
pub(crate) fn local_address(socket: &Socket) -> SocketAddr {
    let told = socket.local_addr().ok().and_then(|a| a.as_socket());
    told.map_or_else(|| SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)), canonical)
}

/// An address as machines see it: IPv4 is IPv4, also on a socket of both versions.
pub(crate) fn canonical(address: SocketAddr) -> SocketAddr {
    match address {
        SocketAddr::V6(v6) => match v6.ip().to_ipv4_mapped() {
            Some(v4) => SocketAddr::from((v4, v6.port())),
            None => address,
        },
        SocketAddr::V4(_) => address,
    }
}

/// An address as a socket of both versions wants it.
pub(crate) fn mapped(address: SocketAddr) -> SocketAddr {
    match address {
        SocketAddr::V4(v4) => SocketAddr::from((v4.ip().to_ipv6_mapped(), v4.port())),
        SocketAddr::V6(_) => address,
    }
}

fn any_or(
    local: Option<SocketAddr>,
    open: impl Fn(Domain, Option<bool>, SocketAddr) -> io::Result<Arc<Socket>>,
) -> io::Result<Arc<Socket>> {
    match local {
        Some(address @ SocketAddr::V4(_)) => open(Domain::IPV4, None, address),
        // An explicit IPv6 address means IPv6: the same port of IPv4 stays free for a socket of its own.
        Some(address @ SocketAddr::V6(_)) => open(Domain::IPV6, Some(true), address),
        None => open(Domain::IPV6, Some(false), (Ipv6Addr::UNSPECIFIED, 0).into())
            .or_else(|_| open(Domain::IPV4, None, (Ipv4Addr::UNSPECIFIED, 0).into())),
    }
}

fn set_only_v6(socket: &Socket, only_v6: Option<bool>) -> io::Result<()> {
    only_v6.map_or(Ok(()), |only| socket.set_only_v6(only))
}

fn is_under_way(error: &io::Error) -> bool {
    // Unix says EINPROGRESS, which has no stable kind of its own; Windows says WSAEWOULDBLOCK.
    error.kind() == io::ErrorKind::WouldBlock
        || matches!(error.raw_os_error(), Some(code) if cfg!(unix) && (code == 115 || code == 36 || code == 150))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mapped_addresses_come_back_as_they_were() {
        for text in ["192.0.2.1:5", "[2001:db8::1]:5"] {
            let address: SocketAddr = text.parse().unwrap();
            assert_eq!(canonical(mapped(address)), address);
        }
    }

    #[test]
    fn a_listener_shares_its_port_with_connections_from_it() {
        let any = Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        let [a, b] = [listener(any, true).unwrap(), listener(any, true).unwrap()];
        let (at, to) = (local_address(&a), local_address(&b));
        assert_eq!(local_address(&connect(Some(at), true, to).unwrap()), at);
        assert!(listener(Some(at), false).is_err(), "who does not share gets no shared port");
    }

    #[test]
    fn an_ipv6_socket_leaves_its_port_free_on_ipv4() {
        // Hosts without IPv6 have nothing to show here.
        let Ok(six) = udp(Some("[::1]:0".parse().unwrap()), 1024) else { return };
        let port = local_address(&six).port();
        let four = udp(Some((Ipv4Addr::LOCALHOST, port).into()), 1024).unwrap();
        assert_eq!(local_address(&four).port(), port);
    }
}
