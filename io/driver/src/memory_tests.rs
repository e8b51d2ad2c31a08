//! What a stranger can make the layers below a link keep.

use deskwire_conformance::{CountingAllocator, live_bytes, peak_bytes, reset_peak};
use deskwire_machine::StreamBuf;

use crate::WebSocketPolicy;
use crate::websocket::Socket;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// A part of what a stranger says.
const PIECE: [u8; 1_400] = [b'a'; 1_400];

/// The most that is kept while a stranger says `first`, and then pieces of nothing for as long as it is listened to; and
/// how many bytes it said.
fn flood(first: &[u8], mut listens: impl FnMut(&[u8]) -> bool) -> (i64, usize) {
    let before = live_bytes();
    reset_peak();
    let mut said = first.len();
    if listens(first) {
        while said < 1 << 20 && listens(&PIECE) {
            said += PIECE.len();
        }
    }
    (peak_bytes() - before, said)
}

#[test]
fn t33_a_websocket_that_is_not_shaken_hands_with_takes_little() {
    let heads: [&[u8]; 3] = [b"GET / HTTP/1.1\r\nHost: h\r\nX-Long: ", b"GET /", b""];
    for head in heads {
        let (mut socket, mut plain, mut out) = (None, StreamBuf::new(), Vec::new());
        let (most, said) = flood(head, |bytes| {
            let socket = socket.get_or_insert_with(|| Socket::server(&WebSocketPolicy::default()));
            socket.receive(bytes, &mut plain, &mut out).is_ok()
        });
        println!("{most} bytes for {said}");
        assert!(said < 10 << 10, "{said} bytes were listened to");
        assert!(most < 32 << 10, "{most} bytes are kept");
        assert!(out.starts_with(b"HTTP/1.1 400 "), "and told so");
    }
}

/// Whoever asked in order may send a message, of which all is kept until it is whole.
#[test]
fn t33_a_message_that_never_ends_takes_its_longest_and_little_more() {
    let (mut socket, mut plain, mut out) = (None, StreamBuf::new(), Vec::new());
    let request = b"GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
        Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    // A binary message of 64 KiB, of which the last byte is missing.
    let mut message = vec![0x82, 0xff, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    message.resize(14 + 65_535, 7);
    let (most, _) = flood(request, |bytes| {
        let socket = socket.get_or_insert_with(|| Socket::server(&WebSocketPolicy::default()));
        if socket.is_open() {
            for piece in message.chunks(1_400) {
                socket.receive(piece, &mut plain, &mut out).expect("a message that begins well");
            }
            return false;
        }
        socket.receive(bytes, &mut plain, &mut out).is_ok()
    });
    println!("{most} bytes");
    assert!(plain.is_empty() && (64 << 10..96 << 10).contains(&most), "{most} bytes are kept");
}

#[cfg(feature = "testing")]
#[test]
fn t33_a_tls_connection_that_is_not_shaken_hands_with_takes_little() {
    let (certificate, key) = crate::testing::certificate();
    let identity =
        crate::TlsIdentity::from_pem(certificate.as_bytes(), key.as_bytes()).expect("a certificate");
    // A record of 16 KiB with the beginning of a greeting of 64 KiB; one of nothing that is known; one that is too long.
    for head in [
        [22, 3, 1, 0x40, 0, 1, 0, 0xff, 0xff],
        [23, 3, 3, 0x40, 0, 0, 0, 0, 0],
        [22, 3, 1, 0xff, 0xff, 1, 0, 0, 0],
    ] {
        let mut session = None;
        let (mut plain, mut wire) = (Vec::new(), Vec::new());
        let (most, said) = flood(&head, |bytes| {
            let session = session.get_or_insert_with(|| identity.accept().expect("a session"));
            session.receive(bytes, &mut plain, &mut wire).is_ok()
        });
        println!("{most} bytes for {said}");
        assert!(said < 20 << 10, "{said} bytes were listened to");
        assert!(most < 40 << 10, "{most} bytes are kept");
    }
}

/// Both layers together: TLS is there, the request for the WebSocket is not whole, and neither is the next record.
#[cfg(feature = "testing")]
#[test]
fn t33_a_websocket_under_tls_that_does_not_come_about_takes_little() {
    let (certificate, key) = crate::testing::certificate();
    let identity =
        crate::TlsIdentity::from_pem(certificate.as_bytes(), key.as_bytes()).expect("a certificate");
    let trust = crate::TlsTrust::with_certificates(certificate.as_bytes()).expect("a certificate");
    let mut stranger = trust.connect("localhost").expect("a name");
    let mut own = identity.accept().expect("a session");
    let mut socket = Socket::server(&WebSocketPolicy::default());
    let (mut there, mut back, mut plain) = (Vec::new(), Vec::new(), Vec::new());
    stranger.flush(&mut there);
    while stranger.is_handshaking() || own.is_handshaking() {
        own.receive(&std::mem::take(&mut there), &mut plain, &mut back).expect("what a client says");
        stranger.receive(&std::mem::take(&mut back), &mut plain, &mut there).expect("what a server says");
    }
    let mut request = b"GET / HTTP/1.1\r\nHost: h\r\nX-Long: ".to_vec();
    request.resize(8 << 10, b'a');
    stranger.send(&request, &mut there);
    // A record that is announced and never whole.
    there.extend([23, 3, 3, 0x40, 0]);
    there.extend([7; 16_000]);
    own.receive(&there, &mut plain, &mut back).expect("a record, and the beginning of one");
    let (mut stream, mut out) = (StreamBuf::new(), Vec::new());
    socket.receive(&plain, &mut stream, &mut out).expect("the beginning of a request");
    assert!(plain == request && !socket.is_open());
    let before = live_bytes();
    drop((own, socket, stream, out));
    let kept = before - live_bytes();
    println!("{kept} bytes");
    assert!((16 << 10..64 << 10).contains(&kept), "{kept} bytes are kept");
}
