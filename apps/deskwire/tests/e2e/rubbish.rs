//! Rubbish on every port while a session runs: random, truncated, bit-flipped and replayed frames.

use std::fs;
use std::io::Write as _;
use std::net::{SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

use deskwire_core::wire::frame::{Kind, put_short};
use deskwire_kit::config::Settings;
use deskwire_kit::stack::{HostPlan, HostProcess};
use deskwire_kit::viewer::{Client, Plan, View};

use super::support::http::{counter, get};
use super::support::registry::peers;
use super::support::shot::Shot;
use super::support::tap::Tap;
use super::support::{PATIENCE, Viewer, desktop, eventually, folder, programs, server};

/// Datagrams that are sent, over all ports.
const DATAGRAMS: usize = 100_000;
/// Datagrams after which the servers are asked something, so that they take in what was sent.
const BURST: usize = 250;
/// Datagrams after which the session has to show a change.
const LOOK: usize = 5_000;
/// TCP connections at a time, how often, and frames on each.
const STREAMS: usize = 32;
const STREAM_ROUNDS: usize = 4;
const STREAM_FRAMES: usize = 24;

/// The beginning of a WebSocket (RFC 6455 section 1.2).
const UPGRADE: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

/// Memory that an allocator keeps for later: with what a burst needed at once its pools grow in steps of this order.
const ALLOCATOR: u64 = 2 << 20;

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
            _ => {
                for _ in 0..=dice.below(8) {
                    let (at, bit) = (dice.below(real.len()), dice.below(8));
                    real[at] ^= 1 << bit;
                }
                real
            }
        }
    }

    /// A frame as it travels on a stream.
    fn stream_frame(&mut self) -> Vec<u8> {
        let frame = self.frame();
        let mut framed = Vec::new();
        put_short(&mut framed, frame.get(1..).unwrap_or_default());
        // Now and then the length lies.
        if self.dice.below(8) == 0 {
            framed[0] = self.dice.below(256) as u8;
        }
        framed
    }
}

/// Resident memory of a process in bytes.
fn resident(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1_024
}

/// Writes rubbish on several connections to `address` at a time; they are cut in the middle of whatever they were at.
fn flood_stream(rubbish: &mut Rubbish, address: SocketAddr) {
    let streams: Vec<TcpStream> = (0..STREAMS).filter_map(|_| TcpStream::connect(address).ok()).collect();
    // Those are as many as a port has room for from one address; the others are refused in time.
    assert!(streams.len() > STREAMS / 4, "{address} takes only {} connections", streams.len());
    for mut stream in streams {
        stream.set_write_timeout(Some(Duration::from_millis(200))).unwrap();
        let kind = [Kind::Rendezvous, Kind::RelayControl, Kind::RelayData][rubbish.dice.below(3)];
        let mut bytes = vec![kind as u8];
        match rubbish.dice.below(4) {
            0 => bytes = b"GET /metrics HTTP/1.1\r\nContent-Length: 99999999\r\n".to_vec(),
            1 => bytes = rubbish.frame(),
            // What follows are frames of a WebSocket then.
            2 => bytes = UPGRADE.to_vec(),
            _ => {}
        }
        for _ in 0..STREAM_FRAMES {
            bytes.extend(rubbish.stream_frame());
        }
        // It may be hung up on, which is an answer too.
        let _ = stream.write_all(&bytes);
    }
}

#[test]
fn a_session_outlives_a_hundred_thousand_frames_of_rubbish() {
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
        links: deskwire_kit::links::Links::default(),
        port_mapping: false,
    };
    let mut plan = Plan::new(settings, host.id().parse().unwrap());
    plan.code = Some(host.code().into());
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
    let before = processes.map(resident);
    let mut rubbish = Rubbish { dice: Dice(0x9e37_79b9_7f4a_7c15), real };
    let ports = ["rendezvous", "reflector", "relay"].map(|name| server.address(name).unwrap());
    let targets: Vec<SocketAddr> = ports.into_iter().chain(peers_sockets).collect();
    let sockets: Vec<UdpSocket> =
        (1..=4).map(|n| UdpSocket::bind(("127.0.0.1", 0)).unwrap_or_else(|e| panic!("{n}: {e}"))).collect();
    for n in 0..DATAGRAMS {
        // Full buffers are the network's way of losing datagrams; what was asked for below makes them rare.
        let _ = sockets[n % sockets.len()].send_to(&rubbish.frame(), targets[n % targets.len()]);
        if n % BURST == 0 {
            assert_eq!(get(&server, "/livez"), "ok\n");
        }
        if n % LOOK == 0 {
            viewer.follows(&mut screen, PATIENCE);
        }
    }
    let streams_only =
        ["admin", "rendezvous_websocket", "relay_websocket"].map(|name| server.address(name).unwrap());
    for _ in 0..STREAM_ROUNDS {
        for address in ports.into_iter().chain(streams_only) {
            flood_stream(&mut rubbish, address);
        }
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
        let is_back = |(before, after): (&u64, &u64)| *after <= before + before / 10 + ALLOCATOR;
        before.iter().zip(&after).all(is_back).then_some(())
    });
    let address = server.rendezvous().unwrap().to_string();
    let shot = Shot::take(&address, &key, &folder.path().join("other"), host.id(), host.code(), &[]);
    shot.assert(0, &["Saved"]);
}
