//! UDP.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use deskwire_machine::{Ecn, LinkSpec};

use super::{Adapter, Mode, Node, PATIENCE, Seen, loopback, pattern};

/// Datagrams arrive whole, and their answers go where they came from.
pub fn datagrams_come_back<A: Adapter>() {
    let (echo, asker) = (Node::start::<A>(Mode::Echo), Node::start::<A>(Mode::Report));
    let (_, to) = echo.open(LinkSpec::Udp { local: Some(loopback()) });
    let (link, _) = asker.open(LinkSpec::Udp { local: Some(loopback()) });
    for len in [1, 100, 1_200, 9_000] {
        asker.call(move |probe, _| probe.send(link, to, None, pattern(0, len)));
        let (from, ecn, data) = asker.wait(|seen| match seen {
            Seen::Datagram(_, from, ecn, data) => Some((from, ecn, data)),
            _ => None,
        });
        assert_eq!((from, ecn, data), (to, Ecn::NotEct, pattern(0, len)));
    }
}

/// A socket without an address speaks both IP versions, and IPv4 addresses look like IPv4.
pub fn datagrams_of_both_versions_share_a_socket<A: Adapter>() {
    let echo = Node::start::<A>(Mode::Echo);
    let (_, local) = echo.open(LinkSpec::Udp { local: None });
    for loopback in [SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), SocketAddr::from((Ipv6Addr::LOCALHOST, 0))] {
        // Where a host has only one version, the other half has nothing to show.
        let Ok(socket) = UdpSocket::bind(loopback) else { continue };
        if loopback.is_ipv6() && local.is_ipv4() {
            continue;
        }
        socket.set_read_timeout(Some(PATIENCE)).expect("a socket option");
        socket.send_to(b"hello", (loopback.ip(), local.port())).expect("loopback takes a datagram");
        let mut buf = [0; 16];
        let (n, from) = socket.recv_from(&mut buf).expect("an answer");
        assert_eq!((&buf[..n], from), (&b"hello"[..], SocketAddr::from((loopback.ip(), local.port()))));
    }
}

/// A batch with a segment size leaves as single datagrams, the last one shorter.
pub fn batches_are_cut_into_datagrams<A: Adapter>() {
    const SEGMENT: usize = 1_200;
    let (sender, receiver) = (Node::start::<A>(Mode::Report), Node::start::<A>(Mode::Report));
    let (_, to) = receiver.open(LinkSpec::Udp { local: Some(loopback()) });
    let (link, _) = sender.open(LinkSpec::Udp { local: Some(loopback()) });
    // More than one call of the system takes, so that the driver has to cut as well.
    let total = SEGMENT * 99 + 37;
    sender.call(move |probe, _| probe.send(link, to, Some(SEGMENT), pattern(0, total)));
    let mut got = Vec::new();
    for at in 0..100 {
        let data = receiver.wait(|seen| match seen {
            Seen::Datagram(_, _, _, data) => Some(data),
            _ => None,
        });
        assert_eq!(data.len(), if at == 99 { 37 } else { SEGMENT }, "datagram {at}");
        got.extend(data);
    }
    assert_eq!(got, pattern(0, total));
    // Figures are those of the turn before.
    sender.call(|_, _| ());
    assert_eq!(sender.handle.stats().datagrams_out, 100);
}
