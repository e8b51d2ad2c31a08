//! UDP.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use deskwire_machine::{Ecn, LinkSpec};

use super::{Adapter, Mode, Node, PATIENCE, Seen, loopback, pattern};
use crate::HubConfig;
use crate::udp::UdpLink;

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

/// Whether this system cuts a batch into datagrams.
fn system_cuts_batches() -> bool {
    let socket = UdpSocket::bind(loopback()).expect("a port");
    UdpLink::new(std::sync::Arc::new(socket.into()), true).is_ok_and(|link| link.segments())
}

/// Sends 54 datagrams in one output and gives the calls it took to send and to receive them.
fn calls_for_a_batch<A: Adapter>(config: HubConfig) -> (u64, u64) {
    const SEGMENT: usize = 1_200;
    let (sender, receiver) = (Node::start_with::<A>(Mode::Report, config), Node::start::<A>(Mode::Report));
    let (_, to) = receiver.open(LinkSpec::Udp { local: Some(loopback()) });
    let (link, _) = sender.open(LinkSpec::Udp { local: Some(loopback()) });
    let total = SEGMENT * 53 + 1;
    sender.call(move |probe, _| probe.send(link, to, Some(SEGMENT), pattern(0, total)));
    let mut got = Vec::new();
    while got.len() < total {
        got.extend(receiver.wait(|seen| match seen {
            Seen::Datagram(_, _, _, data) => Some(data),
            _ => None,
        }));
    }
    assert!(got == pattern(0, total), "the datagrams came changed, or in another order");
    sender.call(|_, _| ());
    receiver.call(|_, _| ());
    let (sent, received) = (sender.handle.stats(), receiver.handle.stats());
    assert_eq!((sent.datagrams_out, received.datagrams_in), (54, 54));
    (sent.send_calls, received.receive_calls)
}

/// Where the system cuts batches, 54 datagrams leave in one call and arrive in one.
pub fn batches_fill_system_calls<A: Adapter>() {
    let calls = calls_for_a_batch::<A>(HubConfig::default());
    if system_cuts_batches() {
        assert_eq!(calls, (1, 1));
    } else {
        eprintln!("skipped: this system does not cut batches of datagrams");
    }
}

/// With segmentation forced off they leave one by one, and arrive all the same.
pub fn batches_go_singly_where_they_must<A: Adapter>() {
    let (sends, _) = calls_for_a_batch::<A>(HubConfig { udp_segmentation: false, ..HubConfig::default() });
    assert_eq!(sends, 54);
}

/// Congestion marks arrive with each datagram of a batch, over both IP versions and on a socket of both.
pub fn marks_arrive_with_their_datagrams<A: Adapter>() {
    let (sender, receiver) = (Node::start::<A>(Mode::Report), Node::start::<A>(Mode::Report));
    let any = receiver.open(LinkSpec::Udp { local: None }).1.port();
    let (link, local) = sender.open(LinkSpec::Udp { local: None });
    let mut places = vec![SocketAddr::from((Ipv4Addr::LOCALHOST, any))];
    if local.is_ipv6() && UdpSocket::bind((Ipv6Addr::LOCALHOST, 0)).is_ok() {
        places.push(SocketAddr::from((Ipv6Addr::LOCALHOST, any)));
    }
    for to in places {
        for mark in [Ecn::NotEct, Ecn::Ect0, Ecn::Ect1, Ecn::Ce] {
            for segment in [None, Some(100)] {
                sender.call(move |probe, _| probe.send_marked(link, to, mark, segment, pattern(0, 250)));
                let mut left = 250;
                while left > 0 {
                    let (ecn, len) = receiver.wait(|seen| match seen {
                        Seen::Datagram(_, _, ecn, data) => Some((ecn, data.len())),
                        _ => None,
                    });
                    assert_eq!(ecn, mark, "to {to} in pieces of {segment:?}");
                    left -= len;
                }
            }
        }
    }
}

/// Single answers to datagrams that were read together leave together too.
pub fn answers_to_a_batch_leave_as_one<A: Adapter>() {
    let (asker, echo) = (Node::start::<A>(Mode::Report), Node::start::<A>(Mode::Echo));
    let (_, to) = echo.open(LinkSpec::Udp { local: Some(loopback()) });
    let (link, _) = asker.open(LinkSpec::Udp { local: Some(loopback()) });
    asker.call(move |probe, _| probe.send(link, to, Some(1_000), pattern(0, 40_000)));
    let mut got = Vec::new();
    while got.len() < 40_000 {
        got.extend(asker.wait(|seen| match seen {
            Seen::Datagram(_, _, _, data) => Some(data),
            _ => None,
        }));
    }
    assert!(got == pattern(0, 40_000), "the answers came changed, or in another order");
    echo.call(|_, _| ());
    let stats = echo.handle.stats();
    assert_eq!(stats.datagrams_out, 40);
    if system_cuts_batches() {
        assert_eq!((stats.receive_calls, stats.send_calls), (1, 1));
    }
}
