//! Thousands of links in one hub.

use std::collections::BTreeMap;
use std::net::TcpStream;

use deskwire_machine::{LinkId, LinkSpec};

use super::{Adapter, Mode, Node, Probe, Seen, frame, loopback, pattern};
use crate::HubConfig;

/// Connections of the test; each takes two descriptors of the process.
const LINKS: usize = 2_000;
/// Connections under way at a time, below what a listener's queue holds.
const WAVE: usize = 400;

/// Raises the bound on descriptors as far as the system lets us, and gives how many connections fit.
fn links_that_fit() -> usize {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let mut limit = getrlimit(Resource::Nofile);
        limit.current = limit.maximum;
        // What cannot be raised is lived with.
        let _ = setrlimit(Resource::Nofile, limit);
        let most = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
        // Half of it for tests that run at the same time.
        LINKS.min(usize::try_from(most / 4).unwrap_or(usize::MAX))
    }
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    50
}

/// Two thousand connections open at once, each with its own bytes there and back, and datagrams in between.
pub fn thousands_of_links<A: Adapter>() {
    let links = links_that_fit();
    if links < LINKS {
        eprintln!("only {links} of {LINKS} connections: this system allows no more descriptors");
    }
    let (echo, asker) = (Node::start::<A>(Mode::Echo), Node::start::<A>(Mode::Report));
    let remote = echo.listen();
    let (_, udp_there) = echo.open(LinkSpec::Udp { local: Some(loopback()) });
    let (udp, _) = asker.open(LinkSpec::Udp { local: Some(loopback()) });
    let connect = move |probe: &mut Probe, n: usize| {
        let link = probe.open(LinkSpec::TcpConnect { local: None, reuse: false, remote });
        probe.write(link, frame(n + 1));
    };
    let mut started = WAVE.min(links);
    asker.call(move |probe, _| (0..started).for_each(|n| connect(probe, n)));
    let mut got: BTreeMap<LinkId, Vec<u8>> = BTreeMap::new();
    let (mut whole, mut pongs) = (0, 0);
    while whole < links || pongs < links / 10 {
        let (link, bytes) = asker.wait(|seen| match seen {
            Seen::Bytes(link, bytes) => Some((link, bytes)),
            Seen::Datagram(link, _, _, bytes) => Some((link, bytes)),
            Seen::Closed(link, reason) => panic!("{link:?} ended: {reason:?}"),
            _ => None,
        });
        if link == udp {
            assert_eq!(bytes, pattern(0, 700));
            pongs += 1;
            continue;
        }
        let all = got.entry(link).or_default();
        all.extend(bytes);
        let len = all.get(..2).map_or(usize::MAX, |l| usize::from(u16::from_be_bytes([l[0], l[1]])));
        if all.len() != len.saturating_add(2) {
            continue;
        }
        whole += 1;
        let next = (started < links).then_some(started);
        started += usize::from(next.is_some());
        asker.call(move |probe, _| {
            next.into_iter().for_each(|n| connect(probe, n));
            if whole % 10 == 0 {
                probe.send(udp, udp_there, None, pattern(0, 700));
            }
        });
    }
    let answers: Vec<_> = got.into_values().collect();
    assert!(answers == (1..=links).map(frame).collect::<Vec<_>>(), "answers got mixed up");
    for node in [&echo, &asker] {
        node.call(|_, _| ());
        assert!(node.handle.stats().links > links, "all were open at once");
    }
    assert_eq!(echo.handle.stats().accepted, links as u64);
}

/// Connections that the machine has closed, and whose other sides do not go, keep nobody out.
pub fn t34_closed_links_give_way_to_new_ones<A: Adapter>() {
    // The listener, and three connections.
    let config = HubConfig { max_links: 4, ..HubConfig::default() };
    let node = Node::start_with::<A>(Mode::Report, config);
    let remote = node.listen();
    let mut held = Vec::new();
    for _ in 0..12 {
        held.push(TcpStream::connect(remote).expect("the listener's queue has room"));
        let link = node.wait(|seen| match seen {
            Seen::Accepted(link) => Some(link),
            _ => None,
        });
        node.call(move |probe, _| probe.close(link));
    }
    assert_eq!((node.handle.stats().accepted, node.handle.stats().refused), (12, 0));
}
