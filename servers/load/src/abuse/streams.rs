//! Bad clients on TCP.

use std::net::{Ipv4Addr, Shutdown, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use deskwire_wire::frame::{Kind as FrameKind, put_short};
use deskwire_wire::rendezvous::{Frame, Hello};
use rustix::io::Errno;
use socket2::{Domain, Protocol, SockAddr, Socket, Type};

use super::attack::{Done, Ground, Kind, Pace, REST};
use crate::error::Failure;

/// The beginning of a WebSocket (RFC 6455 section 1.2), without its end.
const HALF_UPGRADE: &[u8] =
    b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nX-Slow: ";
/// The beginning of a TLS record of 512 bytes with a client hello in it.
const HALF_TLS: &[u8] = &[0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3];

/// What a bad client says on its connection, and where.
struct Script {
    to: SocketAddr,
    /// At once.
    first: Vec<u8>,
    /// A byte at a time; the last one again and again.
    slowly: Vec<u8>,
}

/// Runs them until told otherwise.
pub(super) fn run(kind: Kind, ground: &Ground, over: &AtomicBool) -> Result<Done, Failure> {
    let scripts = scripts(kind, ground);
    let mut sockets: Vec<Option<(Socket, usize)>> = (0..ground.bad).map(|_| None).collect();
    let mut pace = Pace::new(ground.bad, ground.rate);
    let mut done = Done::default();
    while !over.load(Ordering::Relaxed) {
        pace.due(|number| {
            let Some(slot) = sockets.get_mut(number) else { return };
            let Some(script) = scripts.get(number % scripts.len().max(1)) else { return };
            done.acts += 1;
            let stands = match slot {
                None => {
                    *slot = connect(ground.sources.of(number), script.to).map(|socket| (socket, 0));
                    true
                }
                Some((socket, _)) if kind == Kind::Resets => {
                    // A reset instead of a farewell.
                    let _ = socket.set_linger(Some(Duration::ZERO));
                    false
                }
                Some((socket, said)) => say(socket, script, said),
            };
            if !stands {
                done.answers += u64::from(kind != Kind::Resets);
                *slot = None;
            }
        });
        std::thread::sleep(REST);
    }
    for (socket, _) in sockets.into_iter().flatten() {
        let _ = socket.shutdown(Shutdown::Both);
    }
    Ok(done)
}

fn connect(from: Ipv4Addr, to: SocketAddr) -> Option<Socket> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP)).ok()?;
    socket.set_nonblocking(true).ok()?;
    socket.bind(&SockAddr::from(SocketAddr::from((from, 0)))).ok()?;
    match socket.connect(&SockAddr::from(to)) {
        Ok(()) => Some(socket),
        Err(error) if error.raw_os_error() == Some(Errno::INPROGRESS.raw_os_error()) => Some(socket),
        Err(_) => None,
    }
}

/// Says the next bit; whether the connection still stands.
fn say(socket: &Socket, script: &Script, said: &mut usize) -> bool {
    let (whole, slowly) = (&script.first, &script.slowly);
    let bytes = if *said == 0 && !whole.is_empty() {
        whole.as_slice()
    } else {
        let at = (*said).min(slowly.len().saturating_sub(1));
        slowly.get(at..=at).unwrap_or_default()
    };
    if bytes.is_empty() {
        // It only waits; whether the server has closed is seen by a look.
        return !matches!(socket.peek(&mut [std::mem::MaybeUninit::uninit()]), Ok(0));
    }
    *said += 1;
    match socket.send(bytes) {
        Ok(_) => true,
        Err(error) => {
            matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::NotConnected)
        }
    }
}

fn scripts(kind: Kind, ground: &Ground) -> Vec<Script> {
    let script =
        |to, first: &[u8], slowly: &[u8]| Script { to, first: first.to_vec(), slowly: slowly.to_vec() };
    let (rendezvous, relay) = (FrameKind::Rendezvous as u8, FrameKind::RelayControl as u8);
    match kind {
        Kind::SlowWebsocket => [ground.rendezvous_websocket, ground.relay_websocket]
            .into_iter()
            .flat_map(|to| {
                [
                    script(to, HALF_UPGRADE, b"x"),
                    script(to, HALF_TLS, &[0]),
                    script(to, &[], b"GET / HTTP/1.1"),
                ]
            })
            .collect(),
        // Resets say nothing.
        Kind::Resets => {
            [ground.rendezvous, ground.relay, ground.rendezvous_websocket, ground.relay_websocket]
                .into_iter()
                .map(|to| script(to, &[], &[]))
                .collect()
        }
        Kind::NeverRead => {
            // As many questions as a link may ask before it has a session, each answered with a welcome.
            let mut hellos = vec![rendezvous];
            for number in 0..8 {
                let mut frame = Vec::new();
                Frame::Hello(Hello { version: 1, e_client: [9; 32], random: [number; 32] }).put(&mut frame);
                put_short(&mut hellos, &frame);
            }
            vec![script(ground.rendezvous, &hellos, &[])]
        }
        // Half a frame, and then a byte a second: of 600 bytes, which nobody lives to see.
        _ => vec![
            script(ground.rendezvous, &[rendezvous, 2, 88], &[1]),
            script(ground.relay, &[relay, 0, 200], &[1]),
            script(ground.rendezvous, &[], &[rendezvous, 2, 88, 1]),
            script(ground.relay, &[], &[relay, 0, 200, 1]),
            // Not even that.
            script(ground.rendezvous, &[], &[]),
            script(ground.relay, &[], &[]),
        ],
    }
}
