//! Tests of UDP links against the system.

use std::net::UdpSocket;
use std::time::Duration;

use super::*;

#[test]
fn collected_datagrams_arrive_singly_and_in_order_once_released() {
    let (near, far) = (UdpSocket::bind("127.0.0.1:0").unwrap(), UdpSocket::bind("127.0.0.1:0").unwrap());
    let to = far.local_addr().unwrap();
    let mut link = UdpLink::new(Arc::new(Socket::from(near)), true).unwrap();
    let sizes = [700, 700, 700, 300, 300, 900, 800];
    link.collect();
    let mut sent = Sent::default();
    for (n, size) in sizes.iter().enumerate() {
        sent += link.send((to, Ecn::NotEct, None), &vec![n as u8; *size], 10_000);
    }
    assert_eq!((sent.sent, sent.dropped), (6, 0), "all but the last");
    sent += link.release(10_000);
    assert_eq!((sent.sent, sent.dropped), (7, 0));
    // From now on they go at once.
    assert_eq!(link.send((to, Ecn::NotEct, None), &[9], 10_000).sent, 1);
    far.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut buf = [0; 2_000];
    for (n, size) in sizes.iter().enumerate() {
        assert_eq!(far.recv(&mut buf).unwrap(), *size);
        assert!(buf[..*size].iter().all(|byte| usize::from(*byte) == n));
    }
    assert_eq!((far.recv(&mut buf).unwrap(), buf[0]), (1, 9));
}

#[test]
fn a_batch_ends_with_the_destination_the_mark_and_the_size() {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let to = socket.local_addr().unwrap();
    let mut link = UdpLink::new(Arc::new(Socket::from(socket)), true).unwrap();
    link.collect();
    assert_eq!(link.send((to, Ecn::NotEct, None), &[1; 40], 1_000).sent, 0);
    let size = |n| NonZeroUsize::new(n).unwrap();
    assert!(link.fits_collected(to, Ecn::NotEct, size(40)));
    assert!(!link.fits_collected(to, Ecn::NotEct, size(41)) && !link.fits_collected(to, Ecn::Ect0, size(40)));
    assert!(!link.fits_collected(SocketAddr::from(([127, 0, 0, 2], 9)), Ecn::NotEct, size(40)));
}

/// A receiver that leaves what the kernel glued together as it is, and a sender.
fn pair(segmentation: bool) -> (UdpLink, UdpLink, SocketAddr) {
    let (near, far) = (UdpSocket::bind("127.0.0.1:0").unwrap(), UdpSocket::bind("127.0.0.1:0").unwrap());
    let to = far.local_addr().unwrap();
    let link = |socket, segmentation| UdpLink::new(Arc::new(Socket::from(socket)), segmentation).unwrap();
    (link(near, segmentation), link(far, true), to)
}

/// What arrived, as the kernel handed it over: length and stride of each buffer.
fn buffers(far: &UdpLink, datagrams: usize) -> Vec<(usize, usize)> {
    let (mut scratch, mut found, mut seen) = (Scratch::new(), Vec::new(), 0);
    while seen < datagrams {
        // What was sent over loopback is there when the sending call returns.
        let filled = far.receive(&mut scratch).unwrap().expect("datagrams that were sent");
        found.extend(scratch.metas[..filled].iter().map(|meta| (meta.len, meta.stride)));
        seen += scratch.datagrams(filled).count();
    }
    found
}

/// The kernel itself is the witness: loopback glues nothing together, so that a buffer with 50 datagrams in it is one
/// that left in one call.
#[test]
fn a_batch_leaves_and_arrives_in_one_piece() {
    let (mut near, far, to) = pair(true);
    if !near.segments() {
        eprintln!("skipped: this system does not cut batches of datagrams");
        return;
    }
    let batch = vec![7; 49 * 1_200 + 100];
    let sent = near.send((to, Ecn::Ect0, NonZeroUsize::new(1_200)), &batch, 0);
    assert_eq!(sent, Sent { sent: 50, dropped: 0, calls: 1 });
    assert_eq!(buffers(&far, 50), [(batch.len(), 1_200)]);
}

#[test]
fn without_segmentation_each_datagram_takes_its_own_call() {
    let (mut near, far, to) = pair(false);
    let batch = vec![7; 49 * 1_200 + 100];
    let sent = near.send((to, Ecn::Ect0, NonZeroUsize::new(1_200)), &batch, 0);
    assert_eq!(sent, Sent { sent: 50, dropped: 0, calls: 50 });
    let mut singly = vec![(1_200, 1_200); 49];
    singly.push((100, 100));
    assert_eq!(buffers(&far, 50), singly);
}

/// `cargo test -p deskwire-driver --release figures -- --ignored --nocapture` prints datagrams a second.
#[test]
#[ignore = "a measurement"]
fn figures_of_batches_over_loopback() {
    const BATCHES: usize = 20_000;
    for (name, segmentation) in [("with segmentation", true), ("singly", false)] {
        let (mut near, far, to) = pair(segmentation);
        let batch = vec![7; 50 * 1_200];
        let mut scratch = Scratch::new();
        let (mut sent, mut got) = (Sent::default(), 0);
        let start = crate::Clock::new();
        for _ in 0..BATCHES {
            sent += near.send((to, Ecn::Ect0, NonZeroUsize::new(1_200)), &batch, usize::MAX);
            while let Some(filled) = far.receive(&mut scratch).unwrap() {
                got += scratch.datagrams(filled).count();
            }
        }
        let rate = got as f64 / start.now().as_micros() as f64 * 1e6;
        eprintln!(
            "{name}: {rate:.0} datagrams/s there and back up, {} sent in {} calls",
            sent.sent, sent.calls
        );
    }
}
