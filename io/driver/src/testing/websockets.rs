//! WebSocket links, with and without TLS.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::channel;
use std::time::Duration;

use deskwire_machine::{CloseReason, LinkId, LinkSpec, WsUrl};

use super::streams::frame;
use super::{Adapter, Mode, Node, Seen, certificate, connect, loopback, pattern};
use crate::{HubConfig, OnTrouble, TlsIdentity, TlsTrust};

/// Listens for WebSockets on loopback.
pub(super) fn listen(node: &Node) -> SocketAddr {
    node.open(LinkSpec::WebSocketListen { local: Some(loopback()) }).1
}

/// Begins to connect to a WebSocket.
pub(super) fn ask(node: &Node, url: String) -> LinkId {
    node.call(move |probe, _| probe.open(LinkSpec::WebSocket { url: WsUrl(url) }))
}

pub(super) fn opened(node: &Node, link: LinkId) {
    node.wait(|seen| match seen {
        Seen::Opened(opened, _) if opened == link => Some(()),
        Seen::Closed(closed, reason) if closed == link => panic!("not opened: {reason:?}"),
        _ => None,
    });
}

/// Sends frames and waits until all have come back.
pub(super) fn echoes(node: &Node, link: LinkId) {
    let sizes = [1, 3, 700, 20_000, 60_000, 1];
    let wanted: Vec<u8> = sizes.iter().flat_map(|size| frame(*size)).collect();
    for bytes in wanted.chunks(7_001).map(<[u8]>::to_vec) {
        node.call(move |probe, _| probe.write(link, bytes));
    }
    let mut got = Vec::new();
    while got.len() < wanted.len() {
        got.extend(bytes(node, link));
    }
    assert!(got == wanted, "other bytes came back");
}

fn bytes(node: &Node, link: LinkId) -> Vec<u8> {
    node.wait(|seen| match seen {
        Seen::Bytes(from, bytes) if from == link => Some(bytes),
        Seen::Closed(closed, reason) if closed == link => panic!("it ended: {reason:?}"),
        _ => None,
    })
}

/// Configurations of a server and of a client that trusts it.
pub(super) fn with_tls() -> (HubConfig, HubConfig) {
    let (certificate, key) = certificate();
    let identity = TlsIdentity::from_pem(certificate.as_bytes(), key.as_bytes()).expect("a certificate");
    let trust = TlsTrust::with_certificates(certificate.as_bytes()).expect("a certificate");
    let server = HubConfig { tls_identity: Some(identity), ..HubConfig::default() };
    (server, HubConfig { tls_trust: trust, ..HubConfig::default() })
}

/// Bytes go through a WebSocket as through a TCP connection, by address and by name.
pub fn websockets_carry_bytes<A: Adapter>() {
    let (echo, asker) = (Node::start::<A>(Mode::Echo), Node::start::<A>(Mode::Report));
    let to = listen(&echo);
    for host in ["127.0.0.1", "localhost"] {
        let link = ask(&asker, format!("ws://{host}:{}/", to.port()));
        opened(&asker, link);
        echoes(&asker, link);
    }
}

/// The same under TLS, on a listener that takes clients without TLS too.
pub fn websockets_carry_bytes_under_tls<A: Adapter>() {
    let (server, client) = with_tls();
    let echo = Node::start_with::<A>(Mode::Echo, server);
    let asker = Node::start_with::<A>(Mode::Report, client);
    let to = listen(&echo);
    for url in ["wss://127.0.0.1", "wss://localhost", "ws://127.0.0.1"] {
        let link = ask(&asker, format!("{url}:{}/path", to.port()));
        opened(&asker, link);
        echoes(&asker, link);
    }
}

/// A slow reader blocks the writer, also under TLS.
pub fn a_websocket_waits_for_its_reader<A: Adapter>() {
    const TOTAL: u64 = 16 * 1024 * 1024;
    let (server, client) = with_tls();
    let reader = Node::start_with::<A>(Mode::Report, server);
    let writer = Node::start_with::<A>(Mode::Ignore, client);
    let to = listen(&reader);
    let link = ask(&writer, format!("wss://{to}/"));
    opened(&writer, link);
    let far = reader.accepted();
    reader.call(move |probe, _| probe.want(far, false));
    writer.call(move |probe, _| probe.pour(link, TOTAL));
    writer.wait(|seen| (seen == Seen::Blocked(link)).then_some(()));
    reader.call(move |probe, _| probe.want(far, true));
    let mut at = 0;
    while at < TOTAL {
        let bytes = bytes(&reader, far);
        assert!(bytes == pattern(at, bytes.len()), "wrong bytes after {at}");
        at += bytes.len() as u64;
    }
}

/// What was written before a close arrives, and the end is one in order.
pub fn a_websocket_delivers_before_it_closes<A: Adapter>() {
    const LEN: usize = 1024 * 1024;
    let (server, client) = with_tls();
    let (near, far) =
        (Node::start_with::<A>(Mode::Report, client), Node::start_with::<A>(Mode::Ignore, server));
    let to = listen(&far);
    for scheme in ["ws", "wss"] {
        let link = ask(&near, format!("{scheme}://{to}/"));
        opened(&near, link);
        let writer = far.accepted();
        far.call(move |probe, _| {
            probe.write(writer, pattern(0, LEN));
            probe.close(writer);
        });
        let mut got = Vec::new();
        let reason = near.wait(|seen| match seen {
            Seen::Bytes(from, bytes) if from == link => {
                got.extend(bytes);
                None
            }
            Seen::Closed(closed, reason) if closed == link => Some(reason),
            _ => None,
        });
        assert!(got == pattern(0, LEN), "{} of {LEN} bytes", got.len());
        assert_eq!(reason, CloseReason::Finished, "{scheme}");
    }
}

/// A certificate that nobody vouches for is refused, and words say what to do.
pub fn t12_a_strange_certificate_is_refused<A: Adapter>() {
    let (server, _) = with_tls();
    let (tell, told) = channel();
    let on_trouble = OnTrouble::new(move |trouble| drop(tell.send(trouble.to_string())));
    let client = HubConfig { on_trouble: Some(on_trouble), ..HubConfig::default() };
    let (echo, asker) =
        (Node::start_with::<A>(Mode::Echo, server), Node::start_with::<A>(Mode::Report, client));
    let to = listen(&echo);
    let link = ask(&asker, format!("wss://{to}/"));
    assert_eq!(asker.closed(link), CloseReason::Untrusted);
    let words = told.recv().expect("words");
    assert!(words.contains("not trusted") && words.contains(&to.to_string()), "{words}");
    // Something else listens there.
    let other = TcpListener::bind(loopback()).expect("a port");
    let at = other.local_addr().expect("a bound socket");
    for scheme in ["ws", "wss"] {
        let link = ask(&asker, format!("{scheme}://{at}/"));
        let (mut peer, _) = other.accept().expect("a connection");
        peer.write_all(b"220 mail.example ready\r\n\r\n").expect("a connection");
        assert_eq!(asker.closed(link), CloseReason::Protocol, "{scheme}");
        let words = told.recv().expect("words");
        assert!(words.contains("check"), "{words}");
    }
}

/// Rubbish, silence and requests of something else never reach the machine, and do not disturb others.
pub fn rubbish_never_becomes_a_websocket<A: Adapter>() {
    let (server, client) = with_tls();
    let echo = Node::start_with::<A>(Mode::Echo, server);
    let asker = Node::start_with::<A>(Mode::Report, client);
    let to = listen(&echo);
    let rubbish = [
        pattern(7, 10_000),
        [&[0x16, 3, 1][..], &pattern(9, 10_000)].concat(),
        vec![b'G'; 100_000],
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\n".to_vec(),
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello".to_vec(),
        vec![0; 10_000],
    ];
    let count = rubbish.len() as u64;
    for bytes in rubbish {
        let mut peer = connect(to);
        // It may be cut while it writes or reads.
        let _ = peer.write_all(&bytes);
        let _ = peer.shutdown(std::net::Shutdown::Write);
        let _ = peer.read_to_end(&mut Vec::new());
    }
    let link = ask(&asker, format!("wss://{to}/"));
    opened(&asker, link);
    echoes(&asker, link);
    assert!(echo.seen_so_far().iter().filter(|seen| matches!(seen, Seen::Accepted(_))).count() == 1);
    echo.call(|_, _| ());
    let stats = echo.handle.stats();
    assert_eq!((stats.accepted, stats.handshakes_failed), (1, count));
}

/// Handshakes that take too long end on both sides.
pub fn t33_a_slow_handshake_ends<A: Adapter>() {
    let quick = HubConfig { handshake: Duration::from_millis(50), ..HubConfig::default() };
    let node = Node::start_with::<A>(Mode::Report, quick);
    let silent = TcpListener::bind(loopback()).expect("a port");
    let at = silent.local_addr().expect("a bound socket");
    for scheme in ["ws", "wss"] {
        let link = ask(&node, format!("{scheme}://{at}/"));
        assert_eq!(node.closed(link), CloseReason::TimedOut, "{scheme}");
    }
    let mut peer = connect(listen(&node));
    peer.write_all(b"GET / HT").expect("a connection");
    assert!(matches!(peer.read(&mut [0; 1]), Ok(0) | Err(_)), "it stays open");
    node.call(|_, _| ());
    assert_eq!(node.handle.stats().handshakes_failed, 1);
}

/// More handshakes than allowed: the oldest gives way.
pub fn t34_the_oldest_handshake_gives_way<A: Adapter>() {
    let mut config = HubConfig::default();
    config.websocket.max_handshakes = 2;
    let node = Node::start_with::<A>(Mode::Echo, config);
    let to = listen(&node);
    let mut idle = [connect(to), connect(to), connect(to)];
    assert!(matches!(idle[0].read(&mut [0; 1]), Ok(0) | Err(_)), "the oldest stays");
    let mut peer = connect(to);
    peer.write_all(request(to, "").as_bytes()).expect("a connection");
    assert!(answer(&mut peer).starts_with("HTTP/1.1 101 "));
}

/// Web pages connect only if they are listed; a trusted proxy says for whom it speaks.
pub fn t48_strange_web_pages_are_refused<A: Adapter>() {
    let mut config = HubConfig::default();
    config.websocket.origins = vec!["https://viewer.example".into()];
    let node = Node::start_with::<A>(Mode::Echo, config);
    let to = listen(&node);
    for (header, status) in [
        ("", "101"),
        ("Origin: https://viewer.example\r\n", "101"),
        ("Origin: https://evil.example\r\n", "403"),
        ("Origin: null\r\n", "403"),
        ("Origin: https://viewer.example\r\nOrigin: https://evil.example\r\n", "403"),
        ("Origin: https://viewer.example.evil.example\r\n", "403"),
    ] {
        let mut peer = connect(to);
        peer.write_all(request(to, header).as_bytes()).expect("a connection");
        let got = answer(&mut peer);
        assert!(got.starts_with(&format!("HTTP/1.1 {status} ")), "{header:?}: {got}");
    }
}

/// A message over the limit ends the link.
pub fn a_message_over_the_limit_ends_it<A: Adapter>() {
    let node = Node::start::<A>(Mode::Ignore);
    let to = listen(&node);
    let mut peer = connect(to);
    peer.write_all(request(to, "").as_bytes()).expect("a connection");
    assert!(answer(&mut peer).starts_with("HTTP/1.1 101 "));
    let link = node.accepted();
    // A binary message, masked, of a mebibyte as it says.
    peer.write_all(&[0x82, 0xff, 0, 0, 0, 0, 0, 16, 0, 0, 1, 2, 3, 4, 5]).expect("a connection");
    assert_eq!(node.closed(link), CloseReason::Limit);
}

fn request(to: SocketAddr, headers: &str) -> String {
    format!(
        "GET / HTTP/1.1\r\nHost: {to}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n"
    )
}

/// The header of an HTTP answer.
fn answer(peer: &mut impl Read) -> String {
    let mut got = Vec::new();
    let mut byte = [0];
    while !got.ends_with(b"\r\n\r\n") && peer.read(&mut byte).expect("an answer") == 1 {
        got.push(byte[0]);
    }
    String::from_utf8_lossy(&got).into_owned()
}
