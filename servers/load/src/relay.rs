//! One pair through a relay.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream, UdpSocket};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use deskwire_identity::{IdentityKey, RelayToken, ServerKey};
use deskwire_wire::frame::{Kind, put_short};
use deskwire_wire::ids::{IntroductionId, Private, RelayId, Role};
use deskwire_wire::relay::{CHANNEL_HEADER, Open, Place, RelayMsg, channel_header};
use deskwire_wire::{CapnProto, Codec as _};

use crate::error::Failure;
use crate::process::Server;

/// A rate above what any machine carries: the measurement finds the limit, not the setting.
const RATE: u64 = 1 << 40;
const UDP_PACKET: usize = 1_200;
const TCP_PACKET: usize = 16 << 10;
/// Packets under way at most: what a socket's usual buffer holds.
const WINDOW: u64 = 64;
/// The relay answers within this time, and packets under way for so long are lost.
const ANSWER: Duration = Duration::from_millis(250);
const TRIES: u32 = 20;

/// What carries the pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Over {
    Udp,
    Tcp,
}

/// What was carried.
pub(crate) struct Carried {
    /// Payload that arrived.
    pub(crate) bytes: u64,
    pub(crate) sent: u64,
    pub(crate) lost: u64,
    pub(crate) took: Duration,
    /// CPU time of the server.
    pub(crate) cpu: Duration,
}

/// Pumps through a new relay for some time.
pub(crate) fn measure(program: &Path, over: Over, time: Duration) -> Result<Carried, Failure> {
    let key = IdentityKey::from_bytes(&[7; 32]);
    let (public, rate) = (ServerKey(key.public()).to_string(), RATE.to_string());
    let args = ["--role", "relay", "--server-key", &public, "--relay-rate", &rate];
    let server = Server::start(program, &args)?;
    let relay = server.address("relay")?;
    let tokens = [Role::Viewer, Role::Host].map(|role| token(&key, role));
    match over {
        Over::Udp => pump_udp(&server, relay, tokens, time),
        Over::Tcp => pump_tcp(&server, relay, tokens, time),
    }
}

fn token(key: &IdentityKey, role: Role) -> Vec<u8> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let grant = RelayToken {
        relay: RelayId(1),
        introduction: IntroductionId([1; 32]),
        role,
        not_before: now.saturating_sub(1),
        expires: now + 60,
        longest_s: 3_600,
        rate_bytes_per_s: RATE,
        byte_cap: 0,
        key_id: 1,
    };
    grant.sign(key)
}

fn control(message: &RelayMsg) -> Result<Vec<u8>, Failure> {
    let mut bytes = vec![Kind::RelayControl as u8];
    CapnProto::encode(message, &mut bytes).map_err(|error| Failure(format!("cannot encode ({error})")))?;
    Ok(bytes)
}

fn open(token: Vec<u8>) -> Result<Vec<u8>, Failure> {
    control(&RelayMsg::Open(Open { token: Private(token), nonce: 1, resume: None, padding: 128 }))
}

/// The place that an answer gives, if it is one.
fn place_in(answer: &[u8]) -> Result<Option<Place>, Failure> {
    let Some((&kind, rest)) = answer.split_first() else { return Ok(None) };
    if Kind::of(kind) != Some(Kind::RelayControl) {
        return Ok(None);
    }
    match CapnProto::decode(rest) {
        Ok(RelayMsg::OpenAck(ack)) => Ok(Some(ack.place)),
        Ok(RelayMsg::Refused { reason, .. }) => {
            Err(Failure(format!("the relay refused the place ({reason:?})")))
        }
        _ => Ok(None),
    }
}

/// Asks until an answer is what was wanted.
fn ask<T>(
    socket: &UdpSocket,
    question: &[u8],
    wanted: impl Fn(&[u8]) -> Result<Option<T>, Failure>,
) -> Result<T, Failure> {
    let mut answer = [0; 2_048];
    for _ in 0..TRIES {
        socket.send(question).map_err(Failure::system("sending to the relay"))?;
        while let Ok(len) = socket.recv(&mut answer) {
            if let Some(found) = wanted(answer.get(..len).unwrap_or_default())? {
                return Ok(found);
            }
        }
    }
    Err(Failure("the relay does not answer".into()))
}

fn place_udp(relay: SocketAddr, token: Vec<u8>) -> Result<(UdpSocket, Place), Failure> {
    let socket = UdpSocket::bind("127.0.0.1:0").map_err(Failure::system("opening a socket"))?;
    socket.connect(relay).map_err(Failure::system("connecting a socket"))?;
    socket.set_read_timeout(Some(ANSWER)).map_err(Failure::system("setting a socket's time-out"))?;
    let place = ask(&socket, &open(token)?, place_in)?;
    let ping = control(&RelayMsg::Ping(place.clone()))?;
    ask(&socket, &ping, |answer| {
        let pong = answer.split_first().map(|(_, rest)| CapnProto::decode(rest));
        Ok(matches!(pong, Some(Ok(RelayMsg::Pong { .. }))).then_some(()))
    })?;
    Ok((socket, place))
}

fn pump_udp(
    server: &Server,
    relay: SocketAddr,
    [viewer, host]: [Vec<u8>; 2],
    time: Duration,
) -> Result<Carried, Failure> {
    let (source, place) = place_udp(relay, viewer)?;
    let (sink, _) = place_udp(relay, host)?;
    let (arrived, newest, over) = (AtomicU64::new(0), AtomicU64::new(0), AtomicBool::new(false));
    let mut packet = vec![0x40; CHANNEL_HEADER + UDP_PACKET];
    let head = channel_header(place.channel);
    packet.splice(..CHANNEL_HEADER, head);
    let (begun, cpu) = (Instant::now(), server.cpu()?);
    let (mut sent, mut given_up) = (0_u64, 0_u64);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut buf = [0; 2_048];
            while !over.load(Ordering::Relaxed) {
                let Ok(len) = sink.recv(&mut buf) else { continue };
                let number = buf.get(CHANNEL_HEADER + 1..).and_then(<[u8]>::first_chunk::<8>);
                if let (true, Some(number)) = (len == CHANNEL_HEADER + UDP_PACKET, number) {
                    newest.fetch_max(u64::from_be_bytes(*number), Ordering::Relaxed);
                    arrived.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        let mut stuck: Option<Instant> = None;
        while begun.elapsed() < time {
            // Packets before the newest that arrived are there or lost.
            if sent - newest.load(Ordering::Relaxed).max(given_up) >= WINDOW {
                if stuck.get_or_insert_with(Instant::now).elapsed() > ANSWER {
                    (given_up, stuck) = (sent, None);
                }
                std::thread::yield_now();
                continue;
            }
            stuck = None;
            sent += 1;
            packet.splice(CHANNEL_HEADER + 1..CHANNEL_HEADER + 9, sent.to_be_bytes());
            // A socket without room has lost it.
            let _ = source.send(&packet);
        }
        // The sink's time-out lets the last ones arrive.
        std::thread::sleep(ANSWER);
        over.store(true, Ordering::Relaxed);
    });
    let arrived = arrived.into_inner();
    Ok(Carried {
        bytes: arrived * UDP_PACKET as u64,
        sent,
        lost: sent.saturating_sub(arrived),
        took: time,
        cpu: server.cpu()?.saturating_sub(cpu),
    })
}

fn place_tcp(relay: SocketAddr, token: Vec<u8>) -> Result<TcpStream, Failure> {
    let mut stream = TcpStream::connect(relay).map_err(Failure::system("connecting to the relay"))?;
    stream.set_nodelay(true).map_err(Failure::system("setting up a connection"))?;
    let mut hello = vec![Kind::RelayControl as u8];
    put_short(&mut hello, &open(token)?);
    stream.write_all(&hello).map_err(Failure::system("sending to the relay"))?;
    let answer = read_frame(&mut stream)?;
    match place_in(&answer)? {
        Some(_) => Ok(stream),
        None => Err(Failure("the relay gave something else than a place".into())),
    }
}

fn read_frame(stream: &mut TcpStream) -> Result<Vec<u8>, Failure> {
    let mut len = [0; 2];
    stream.read_exact(&mut len).map_err(Failure::system("reading from the relay"))?;
    let mut frame = vec![0; usize::from(u16::from_be_bytes(len))];
    stream.read_exact(&mut frame).map_err(Failure::system("reading from the relay"))?;
    Ok(frame)
}

fn pump_tcp(
    server: &Server,
    relay: SocketAddr,
    [viewer, host]: [Vec<u8>; 2],
    time: Duration,
) -> Result<Carried, Failure> {
    let mut source = place_tcp(relay, viewer)?;
    let mut sink = place_tcp(relay, host)?;
    // The first learns of the second.
    read_frame(&mut source)?;
    let mut packet = Vec::new();
    put_short(&mut packet, &[0x40; TCP_PACKET]);
    let (begun, cpu) = (Instant::now(), server.cpu()?);
    let (mut sent, mut arrived) = (0_u64, 0_u64);
    std::thread::scope(|scope| -> Result<(), Failure> {
        let reader = scope.spawn(|| {
            let mut buf = vec![0; 256 << 10];
            let mut bytes = 0_u64;
            loop {
                match sink.read(&mut buf) {
                    Ok(0) => return bytes,
                    Ok(len) => bytes += len as u64,
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    Err(_) => return bytes,
                }
            }
        });
        let mut wrote = Ok(());
        while begun.elapsed() < time && wrote.is_ok() {
            wrote = source.write_all(&packet);
            sent += u64::from(wrote.is_ok());
        }
        // The end follows what was sent: the relay closes the other side behind it.
        let _ = source.shutdown(std::net::Shutdown::Write);
        arrived = reader.join().unwrap_or(0) / packet.len() as u64;
        wrote.map_err(Failure::system("sending to the relay"))
    })?;
    Ok(Carried {
        bytes: arrived * TCP_PACKET as u64,
        sent,
        lost: sent.saturating_sub(arrived),
        took: begun.elapsed(),
        cpu: server.cpu()?.saturating_sub(cpu),
    })
}
