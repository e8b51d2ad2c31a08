//! What strangers say to the parts of the driver that read bytes themselves, for fuzz targets.

use deskwire_machine::StreamBuf;

use crate::WebSocketPolicy;
use crate::proxy::{Negotiation, Proxy, Target};
use crate::websocket::{Over, Socket};

/// Cuts `bytes` into pieces, each as long as its first byte says.
fn pieces(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (len, rest) = bytes.split_first()?;
        let (piece, rest) = rest.split_at(usize::from(*len).min(rest.len()));
        bytes = rest;
        Some(piece)
    })
}

/// A proxy answers: the first byte says which kind it is, with which credentials and target; what follows comes in pieces.
///
/// # Panics
///
/// When more is kept than one answer may be, or what comes from beyond the proxy is not what came.
pub fn a_proxy_says(bytes: &[u8]) {
    let Some((how, rest)) = bytes.split_first() else { return };
    let addresses = ["socks5://p", "socks5://user:secret@p", "http://p", "http://user:secret@p"];
    let proxy: Proxy = addresses[usize::from(how & 3)].parse().expect("an address of a proxy");
    let target = match how >> 2 & 3 {
        0 => Target::of("192.0.2.7", 443),
        1 => Target::of("2001:db8::7", 443),
        2 => Target::of("far.example", 443),
        _ => Target::of(&"long".repeat(64), 443),
    };
    let mut negotiation = Negotiation::new(&proxy, target);
    let (mut out, mut heard) = (Vec::new(), 0);
    negotiation.start(&mut out);
    for piece in pieces(rest) {
        heard += piece.len();
        match negotiation.receive(piece, &mut out) {
            Ok(None) => assert!(format!("{negotiation:?}").len() < 64 << 10),
            Ok(Some(beyond)) => {
                assert!(piece.ends_with(&beyond) && heard > beyond.len(), "bytes from nowhere");
                break;
            }
            Err(why) => {
                assert!(!why.to_string().is_empty());
                break;
            }
        }
    }
    assert!(out.len() < 2 << 10, "a long answer");
}

/// A WebSocket's other side speaks: the first byte says which side is ours; what follows comes in pieces.
///
/// # Panics
///
/// When more bytes come out than went in, or a message passes its bound.
pub fn a_websocket_says(bytes: &[u8]) {
    let Some((how, rest)) = bytes.split_first() else { return };
    let policy = WebSocketPolicy { max_message: 1 << 10, ..WebSocketPolicy::default() };
    let mut socket = match how & 3 {
        0 => Socket::client("ws://192.0.2.7:21118/", &policy).expect("a right address"),
        _ => Socket::server(&policy),
    };
    let (mut plain, mut out, mut heard) = (StreamBuf::new(), Vec::new(), 0);
    if how & 2 != 0 {
        // Right up to where frames begin.
        let request = b"GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
            Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        let told = socket.receive(request, &mut plain, &mut out);
        assert!(told.is_ok() && socket.is_open());
    }
    for piece in pieces(rest) {
        heard += piece.len();
        let told = socket.receive(piece, &mut plain, &mut out);
        assert!(plain.len() <= heard, "bytes from nowhere");
        match told {
            Ok(()) if socket.is_open() => socket.send(piece, &mut out),
            Ok(()) => assert!(socket.forwarded().is_none()),
            Err(Over::Broken(why)) => return assert!(!why.is_empty()),
            Err(_) => return,
        }
    }
    socket.close(&mut out);
}
