//! TCP.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener};

use deskwire_machine::{CloseReason, LinkSpec};
use socket2::{Domain, SockRef, Socket, Type};

use super::{Adapter, Mode, Node, PATIENCE, Seen, connect, loopback, pattern};
use crate::HubConfig;

/// A frame for [`Mode::Echo`].
pub(super) fn frame(len: usize) -> Vec<u8> {
    let mut bytes = u16::try_from(len).expect("a short frame").to_be_bytes().to_vec();
    bytes.extend(pattern(len as u64, len));
    bytes
}

/// Frames that arrive in pieces, or many at once, come back whole and in order.
pub fn frames_in_pieces_come_back<A: Adapter>() {
    let echo = Node::start::<A>(Mode::Echo);
    let mut peer = connect(echo.listen());
    peer.set_nodelay(true).expect("a socket option");
    let sent: Vec<u8> = [1, 2, 300, 5_000].into_iter().flat_map(frame).collect();
    for piece in sent.chunks(7) {
        peer.write_all(piece).expect("the echo reads");
    }
    let many: Vec<u8> = (1..60).flat_map(|n| frame(n * 17)).collect();
    peer.write_all(&many).expect("the echo reads");
    let mut got = vec![0; sent.len() + many.len()];
    peer.read_exact(&mut got).expect("the echo answers");
    assert_eq!(got, [sent, many].concat());
}

/// A connection with small buffers in the system, so that a blocked side shows soon.
fn narrow(to: SocketAddr) -> std::net::TcpStream {
    let socket = Socket::new(Domain::for_address(to), Type::STREAM, None).expect("a socket");
    socket.set_recv_buffer_size(16 * 1024).expect("a socket option");
    socket.connect(&to.into()).expect("the listener is there");
    socket.set_read_timeout(Some(PATIENCE)).expect("a socket option");
    socket.into()
}

/// Who writes faster than the other side reads is told so, holds what is left, and goes on later; nothing is lost.
pub fn a_slow_reader_blocks_the_writer<A: Adapter>() {
    const TOTAL: u64 = 24 * 1024 * 1024;
    let writer = Node::start::<A>(Mode::Report);
    let mut peer = narrow(writer.listen());
    let link = writer.accepted();
    writer.call(move |probe, _| probe.pour(link, TOTAL));
    writer.wait(|seen| (seen == Seen::Blocked(link)).then_some(()));
    let handed_out = writer.call(|probe, _| probe.written);
    assert!(handed_out < TOTAL, "the whole source went out before anybody read");
    // Two calls, since each turn leaves the figures of the one before.
    writer.call(|_, _| ());
    let sent = writer.handle.stats().stream_bytes_out;
    let held = HubConfig::default().high_water as u64 + 16 * 1024;
    assert!(handed_out - sent <= held, "{} bytes held", handed_out - sent);
    let mut at = 0;
    let mut buf = vec![0; 256 * 1024];
    while at < TOTAL {
        let n = peer.read(&mut buf).expect("the writer goes on");
        assert!(n > 0, "ended at {at}");
        assert!(buf[..n] == pattern(at, n), "wrong bytes after {at}");
        at += n as u64;
    }
    writer.wait(|seen| (seen == Seen::Writable(link)).then_some(()));
}

/// What a machine does not want stays with the sender, who blocks; wanted again, all of it comes.
pub fn unwanted_input_is_left_in_the_network<A: Adapter>() {
    let reader = Node::start::<A>(Mode::Report);
    let mut peer = connect(reader.listen());
    let link = reader.accepted();
    reader.call(move |probe, _| probe.want(link, false));
    peer.set_nonblocking(true).expect("a socket option");
    let mut sent = 0;
    loop {
        match peer.write(&pattern(sent, 64 * 1024)) {
            Ok(n) => sent += n as u64,
            Err(error) if error.kind() == ErrorKind::WouldBlock => break,
            Err(error) => panic!("{error}"),
        }
        assert!(sent < 256 * 1024 * 1024, "nobody stops the sender");
    }
    peer.shutdown(Shutdown::Write).expect("a connection");
    let early = reader.seen_so_far();
    assert!(!early.iter().any(|seen| matches!(seen, Seen::Bytes(..))), "unwanted bytes were handed on");
    reader.call(move |probe, _| probe.want(link, true));
    let mut at = 0;
    let reason = reader.wait(|seen| match seen {
        Seen::Bytes(_, bytes) => {
            assert!(bytes == pattern(at, bytes.len()), "wrong bytes after {at}");
            at += bytes.len() as u64;
            None
        }
        Seen::Closed(_, reason) => Some(reason),
        _ => None,
    });
    assert_eq!((at, reason), (sent, CloseReason::Finished));
}

/// Bytes written before a close arrive, even if the other side still writes and reads late.
pub fn what_was_sent_before_close_arrives<A: Adapter>() {
    const LEN: usize = 1024 * 1024;
    let writer = Node::start::<A>(Mode::Ignore);
    let mut peer = narrow(writer.listen());
    let link = writer.accepted();
    peer.write_all(b"bytes that nobody reads").expect("a connection");
    writer.call(move |probe, _| {
        probe.write(link, pattern(0, LEN));
        probe.close(link);
    });
    peer.write_all(b"more of them").expect("a connection");
    let mut got = Vec::new();
    peer.read_to_end(&mut got).expect("no cut before the end");
    assert!(got == pattern(0, LEN), "{} of {LEN} bytes", got.len());
}

/// The other side's end does not cut short what was sent before a close.
pub fn a_half_closed_peer_still_gets_the_rest<A: Adapter>() {
    // More than the system holds on its way.
    const LEN: usize = 16 * 1024 * 1024;
    let config = HubConfig { max_pending: 2 * LEN, ..HubConfig::default() };
    let writer = Node::start_with::<A>(Mode::Ignore, config);
    let mut peer = narrow(writer.listen());
    let link = writer.accepted();
    writer.call(move |probe, _| {
        probe.write(link, pattern(0, LEN));
        probe.close(link);
    });
    peer.shutdown(Shutdown::Write).expect("a connection");
    let mut got = Vec::new();
    peer.read_to_end(&mut got).expect("no cut before the end");
    assert!(got == pattern(0, LEN), "{} of {LEN} bytes", got.len());
}

/// A machine may say its piece and leave before the connection is even made.
pub fn a_close_before_the_connection_is_made_still_delivers<A: Adapter>() {
    let listener = TcpListener::bind(loopback()).expect("a port");
    let remote = listener.local_addr().expect("a bound socket");
    let node = Node::start::<A>(Mode::Report);
    node.call(move |probe, _| {
        let link = probe.open(LinkSpec::TcpConnect { local: None, reuse: false, remote });
        probe.write(link, b"last words".to_vec());
        probe.close(link);
    });
    let (mut peer, _) = listener.accept().expect("a connection");
    let mut got = Vec::new();
    peer.read_to_end(&mut got).expect("an end in order");
    assert_eq!(got, b"last words");
}

/// A peer that ends in order is `Finished`, one that cuts is `Reset`.
pub fn an_end_and_a_cut_are_told_apart<A: Adapter>() {
    let node = Node::start::<A>(Mode::Report);
    let to = node.listen();
    let peer = connect(to);
    let link = node.accepted();
    drop(peer);
    assert_eq!(node.closed(link), CloseReason::Finished);
    let peer = connect(to);
    let link = node.accepted();
    SockRef::from(&peer).set_linger(Some(std::time::Duration::ZERO)).expect("a socket option");
    drop(peer);
    assert_eq!(node.closed(link), CloseReason::Reset);
}

/// A stream that fills its buffer without a whole frame is ended.
pub fn a_stream_nobody_reads_ends_at_its_bound<A: Adapter>() {
    let config = HubConfig { max_stream_buf: 10_000, ..HubConfig::default() };
    let node = Node::start_with::<A>(Mode::Ignore, config);
    let mut peer = connect(node.listen());
    let link = node.accepted();
    // It may be cut while it writes.
    let _ = peer.write_all(&pattern(0, 20_000));
    assert_eq!(node.closed(link), CloseReason::Limit);
}

/// Connections over the bound are closed at once and counted; the ones that are there stay.
pub fn more_links_than_allowed_are_refused<A: Adapter>() {
    let node = Node::start_with::<A>(Mode::Echo, HubConfig { max_links: 2, ..HubConfig::default() });
    let to = node.listen();
    let mut first = connect(to);
    node.accepted();
    let mut second = connect(to);
    assert!(matches!(second.read(&mut [0; 1]), Ok(0) | Err(_)));
    first.write_all(&frame(3)).expect("a connection");
    let mut got = [0; 5];
    first.read_exact(&mut got).expect("an answer");
    node.call(|_, _| ());
    assert_eq!((node.handle.stats().accepted, node.handle.stats().refused), (1, 1));
}
