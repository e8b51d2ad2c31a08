//! Rubbish on every port while a session runs: random, truncated, bit-flipped, forged and replayed frames.
//!
//! Of each port of the server it is asserted that rubbish has arrived there: a figure of its rises, or, where there is
//! none, it answers that this is no request.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

use deskwire_core::wire::frame::{Kind, put_short};
use deskwire_core::wire::ids::Private;
use deskwire_core::wire::relay::{Open, RelayMsg};
use deskwire_core::wire::{CapnProto, Codec as _};
use deskwire_kit::config::Settings;
use deskwire_kit::stack::{HostPlan, HostProcess, ServerProcess};
use deskwire_kit::viewer::{Client, LoginWith, Plan, View};

use super::support::http::{counter, get};
use super::support::registry::peers;
use super::support::shot::Shot;
use super::support::tap::Tap;
use super::support::{PATIENCE, Viewer, desktop, eventually, folder, programs, server};

/// Datagrams that are sent to each port.
const DATAGRAMS: usize = 100_000;
/// Datagrams after which the servers are asked something, so that they take in what was sent.
const BURST: usize = 250;
/// Datagrams after which the session has to show a change.
const LOOK: usize = 25_000;
/// TCP connections at a time, how often, and frames on each.
const STREAMS: usize = 32;
const STREAM_ROUNDS: usize = 4;
const STREAM_FRAMES: usize = 24;

/// Ports for datagrams and streams, and what is spoken there.
const PORTS: [(&str, Kind); 3] =
    [("rendezvous", Kind::Rendezvous), ("reflector", Kind::Rendezvous), ("relay", Kind::RelayControl)];
/// The same for WebSockets.
const WEBSOCKETS: [(&str, Kind); 2] =
    [("rendezvous_websocket", Kind::Rendezvous), ("relay_websocket", Kind::RelayControl)];
/// Counters of all datagrams that came.
const RECEIVED: [&str; 2] =
    ["deskwire_rendezvous_datagrams_received_total", "deskwire_relay_datagrams_received_total"];

/// The beginning of a WebSocket (RFC 6455 section 1.2).
const UPGRADE: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

/// xorshift64*: the same rubbish in each run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() >> 33) as usize % bound.max(1)
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| (self.next() >> 40) as u8).collect()
    }
}

/// Makes rubbish, most of it out of what was real.
struct Rubbish {
    dice: Dice,
    real: Vec<Vec<u8>>,
}

impl Rubbish {
    fn frame(&mut self) -> Vec<u8> {
        let dice = &mut self.dice;
        let mut real = self.real[dice.below(self.real.len())].clone();
        match dice.below(8) {
            0 => {
                let length = dice.below(1_473);
                dice.bytes(length)
            }
            // Random behind a first byte that means something.
            1 => {
                let length = dice.below(1_473);
                let mut frame = dice.bytes(length.max(1));
                frame[0] = [0x07, 0x0f, 0x17, 0x1f, 0x40, 0xc0, 0xe0, 0x5a][dice.below(8)];
                frame
            }
            2 => {
                real.truncate(dice.below(real.len()));
                real
            }
            // A field that lies about what follows: the end is cut off or goes on.
            3 => {
                let more = dice.below(200);
                real.extend(dice.bytes(more));
                real.truncate(1_472);
                real
            }
            4 => {
                real[0] = [0x07, 0x0f, 0x17, 0x1f, 0x40, 0xc0][dice.below(6)];
                real
            }
            // As it was: a replay from an address that it did not come from.
            5 => real,
            6 => self.forged(),
            _ => {
                for _ in 0..=dice.below(8) {
                    let (at, bit) = (dice.below(real.len()), dice.below(8));
                    real[at] ^= 1 << bit;
                }
                real
            }
        }
    }

    /// Asks a relay for a place with a token that nobody made.
    fn forged(&mut self) -> Vec<u8> {
        let token = Private(self.dice.bytes(64));
        let open = RelayMsg::Open(Open { token, nonce: self.dice.next(), resume: None, padding: 128 });
        let mut bytes = vec![Kind::RelayControl as u8];
        CapnProto::encode(&open, &mut bytes).unwrap();
        bytes
    }

    /// A frame as it travels on a stream: to a relay with its kind, to others without.
    fn stream_frame(&mut self) -> Vec<u8> {
        let frame = self.frame();
        let mut framed = Vec::new();
        put_short(&mut framed, frame.get(self.dice.below(2)..).unwrap_or_default());
        // Now and then the length lies.
        if self.dice.below(8) == 0 {
            framed[0] = self.dice.below(256) as u8;
        }
        framed
    }

    /// What the connection with this number says where `own` is spoken. Each kind of beginning is there for sure.
    fn stream(&mut self, number: usize, own: Kind) -> Vec<u8> {
        let mut bytes = match number % 4 {
            0 => b"GET /metrics HTTP/1.1\r\nContent-Length: 99999999\r\n".to_vec(),
            1 => self.frame(),
            2 => {
                let mut bytes = vec![own as u8];
                put_short(&mut bytes, &self.forged());
                bytes
            }
            _ => {
                let kinds = [Kind::Rendezvous, Kind::RelayControl, Kind::RelayData];
                vec![kinds[self.dice.below(kinds.len())] as u8]
            }
        };
        for _ in 0..STREAM_FRAMES {
            bytes.extend(self.stream_frame());
        }
        bytes
    }
}

/// Resident memory of a process in bytes.
fn resident(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1_024
}

/// Does something to a port and waits until the server has noticed rubbish there.
fn arrives<T>(server: &ServerProcess, (name, own): (&str, Kind), flood: impl FnOnce(SocketAddr) -> T) {
    // A relay tells of forged tokens, but not of malformed frames. Nothing but rubbish makes these two rise.
    let sign = match own {
        Kind::Rendezvous => "deskwire_rendezvous_rubbish_total",
        _ => "deskwire_relay_refused_forged_total",
    };
    let before = counter(server, sign);
    // Connections are let go only then.
    let _held = flood(server.address(name).unwrap());
    eventually(&format!("the arrival of rubbish at {name}"), PATIENCE, || {
        (counter(server, sign) > before).then_some(())
    });
}

/// Writes rubbish on several connections to `address` at a time. When they are let go, each is cut in the middle of
/// whatever it is at.
fn flood_stream(rubbish: &mut Rubbish, address: SocketAddr, own: Kind) -> Vec<TcpStream> {
    let mut streams: Vec<TcpStream> = (0..STREAMS).filter_map(|_| TcpStream::connect(address).ok()).collect();
    // Those are as many as a port has room for from one address; the others are refused in time.
    assert!(streams.len() > STREAMS / 4, "{address} takes only {} connections", streams.len());
    for (number, stream) in streams.iter_mut().enumerate() {
        stream.set_write_timeout(Some(Duration::from_millis(200))).unwrap();
        // It may be hung up on, which is an answer too.
        let _ = stream.write_all(&rubbish.stream(number, own));
    }
    streams
}

/// The same inside WebSockets that were opened as they should be: what follows a bad opening is not read.
fn flood_websocket(rubbish: &mut Rubbish, address: SocketAddr, own: Kind) -> Vec<TcpStream> {
    let flood = |number| {
        let mut stream = open_websocket(address);
        stream.set_write_timeout(Some(Duration::from_millis(200))).unwrap();
        let mut bytes = message(&rubbish.stream(number, own));
        // And then something that is no message.
        bytes.extend(rubbish.frame());
        // As above.
        let _ = stream.write_all(&bytes);
        stream
    };
    (0..STREAMS).map(flood).collect()
}

/// All that takes streams.
fn flood_streams(rubbish: &mut Rubbish, server: &ServerProcess) {
    for port in PORTS {
        arrives(server, port, |address| flood_stream(rubbish, address, port.1));
    }
    for port in WEBSOCKETS {
        arrives(server, port, |address| flood_websocket(rubbish, address, port.1));
    }
    // Those who speak HTTP say themselves that they have got something.
    for (name, own) in WEBSOCKETS.into_iter().chain([("admin", Kind::Rendezvous)]) {
        let mut streams = flood_stream(rubbish, server.address(name).unwrap(), own);
        assert!(streams.iter_mut().any(is_refused), "{name} does not refuse rubbish");
    }
}

/// A WebSocket after its handshake.
fn open_websocket(address: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(UPGRADE).unwrap();
    let (mut answer, mut byte) = (Vec::new(), [0]);
    while !answer.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        answer.push(byte[0]);
    }
    assert!(answer.starts_with(b"HTTP/1.1 101"), "{}", String::from_utf8_lossy(&answer));
    stream
}

/// A binary message as a client sends it (RFC 6455 section 5.2). Its mask is zero, which leaves the payload as it is.
fn message(payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len()).unwrap().to_be_bytes();
    [&[0x82_u8, 0xfe][..], &length[..], &[0; 4][..], payload].concat()
}

/// Whether somebody who speaks HTTP has read that this is not HTTP.
fn is_refused(stream: &mut TcpStream) -> bool {
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut status = [0; 12];
    stream.read_exact(&mut status).is_ok() && status == *b"HTTP/1.1 400"
}

#[test]
fn t35_a_session_outlives_a_hundred_thousand_frames_of_rubbish_on_every_port() {
    let folder = folder();
    let data = folder.path().join("server");
    // What passes on the way to the server and the relay is kept, to make rubbish of it.
    let relay_way = UdpSocket::bind("127.0.0.1:0").unwrap();
    let told = relay_way.local_addr().unwrap().to_string();
    let mut server = server(&data, &["--relay-address", &told]);
    let relay_tap = Tap::start(relay_way, server.address("relay").unwrap());
    let tap = Tap::start(UdpSocket::bind("127.0.0.1:0").unwrap(), server.rendezvous().unwrap());
    let key = server.key().unwrap().to_owned();
    let (desktop, mut screen) = desktop();
    let (display, state) = (desktop.display(), folder.path().join("host"));
    let plan = HostPlan { display, state: &state, server: tap.address(), key: &key, args: &[] };
    let mut host = HostProcess::start(&programs(), plan).unwrap();
    let settings = Settings {
        host: "127.0.0.1".into(),
        port: tap.address().port(),
        key: Some(key.clone()),
        state: folder.path().join("viewer"),
        keystore: deskwire_kit::keystore::Keystore::File,
        links: deskwire_kit::links::Links::default(),
        search: deskwire_kit::search::Search::default(),
    };
    let mut plan = Plan::new(settings, host.id().parse().unwrap());
    plan.login = LoginWith::code(host.code()).ok();
    let client = Client::start(plan, || {}).unwrap();
    let viewer = Viewer { client };
    viewer.wait("the first picture", PATIENCE, View::has_picture);
    viewer.wait_direct();
    for _ in 0..20 {
        viewer.follows(&mut screen, PATIENCE);
    }

    let real: Vec<Vec<u8>> =
        [tap.datagrams(), relay_tap.datagrams()].concat().into_iter().filter(|d| !d.is_empty()).collect();
    let kinds = |kind| real.iter().filter(|datagram| Kind::of(datagram[0]) == Some(kind)).count();
    assert!(kinds(Kind::Rendezvous) > 4 && kinds(Kind::RelayControl) > 2 && kinds(Kind::RelayData) > 10);
    // The packets inside the relay's frames, as they go straight between host and viewer.
    let inner = real
        .iter()
        .filter(|d| Kind::of(d[0]) == Some(Kind::RelayData) && d.len() > 4)
        .map(|d| d[4..].to_vec());
    let real: Vec<Vec<u8>> = real.iter().cloned().chain(inner).collect();
    // Both sides have one socket per address family, and the tap knows both.
    let peers_sockets = tap.clients();
    assert!(peers_sockets.len() >= 2, "{peers_sockets:?}");

    let registry = peers(&data);
    assert_eq!(registry.len(), 1);
    let processes = [server.process().id(), host.process().id()];
    let mut rubbish = Rubbish { dice: Dice(0x9e37_79b9_7f4a_7c15), real };
    let ports = PORTS.map(|(name, _)| server.address(name).unwrap());
    let targets: Vec<SocketAddr> = ports.into_iter().chain(peers_sockets).collect();
    let sockets: Vec<UdpSocket> =
        (1..=4).map(|n| UdpSocket::bind(("127.0.0.1", 0)).unwrap_or_else(|e| panic!("{n}: {e}"))).collect();
    // Each port alone first: among the others it would not be seen that one is deaf.
    for port in PORTS {
        arrives(&server, port, |address| {
            for _ in 0..BURST {
                // As below.
                let _ = sockets[0].send_to(&rubbish.frame(), address);
            }
        });
    }
    // The allocator keeps for later what a burst needs at once; the first connections are such a burst.
    flood_streams(&mut rubbish, &server);
    viewer.follows(&mut screen, PATIENCE);
    let before = processes.map(resident);
    let received = || RECEIVED.map(|name| counter(&server, name)).iter().sum::<u64>();
    let (received_before, to_server) = (received(), (DATAGRAMS * ports.len()) as u64);
    for n in 0..DATAGRAMS * targets.len() {
        // Full buffers are the network's way of losing datagrams; what was asked for below makes them rare.
        let _ = sockets[n % sockets.len()].send_to(&rubbish.frame(), targets[n % targets.len()]);
        if n % BURST == 0 {
            assert_eq!(get(&server, "/livez"), "ok\n");
        }
        if n % LOOK == 0 {
            viewer.follows(&mut screen, PATIENCE);
        }
    }
    let arrived = received() - received_before;
    assert!(arrived > to_server / 2, "of {to_server} datagrams {arrived} arrived at the server");
    for _ in 0..STREAM_ROUNDS {
        flood_streams(&mut rubbish, &server);
        viewer.follows(&mut screen, PATIENCE);
        assert_eq!(get(&server, "/livez"), "ok\n");
    }
    // Most kinds of rubbish look like something that has a better name: an unknown handle, a forged token, a probe.
    let noticed = counter(&server, "deskwire_rendezvous_rubbish_total");
    assert!(noticed > 1_000, "the rendezvous server noticed {noticed} frames only");

    // As if nothing had been.
    viewer.follows(&mut screen, PATIENCE);
    assert_eq!(peers(&data), registry);
    eprintln!(
        "{noticed} frames of rubbish noticed; resident before {before:?}, now {:?}",
        processes.map(resident)
    );
    eventually("the return of the memory", PATIENCE, || {
        let after = processes.map(resident);
        let is_back = |(before, after): (&u64, &u64)| *after <= before + before / 10;
        before.iter().zip(&after).all(is_back).then_some(())
    });
    let address = server.rendezvous().unwrap().to_string();
    let shot = Shot::take(&address, &key, &folder.path().join("other"), host.id(), host.code(), &[]);
    shot.assert(0, &["Saved"]);
}
