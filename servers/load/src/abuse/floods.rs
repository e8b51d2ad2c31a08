//! Bad clients that send datagrams and have no state worth the name.

use std::net::{SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

use deskwire_identity::{IdentityKey, RelayToken};
use deskwire_wire::frame::Kind as FrameKind;
use deskwire_wire::ids::{IntroductionId, Private, RelayId, Role};
use deskwire_wire::relay::{Open, RelayMsg};
use deskwire_wire::rendezvous::{Frame, Hello, Opening, Welcome};
use deskwire_wire::{CapnProto, Codec as _};

use super::attack::{Done, Ground, Kind, Pace, REST};
use crate::error::Failure;

/// How long a cookie is used: the server takes it for a minute.
const COOKIE: Duration = Duration::from_secs(50);
/// How long a bad client waits for a welcome before it asks again.
const WELCOME: Duration = Duration::from_secs(2);
/// How long a forged token is used.
const FRESH: Duration = Duration::from_secs(30);
/// QUIC's first packet (RFC 9000 section 17.2.2), up to the protected part: long header, version 1, an id of 8 bytes.
const INITIAL: &[u8] = &[0xc3, 0, 0, 0, 1, 8];

/// xorshift64*.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub(super) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        for chunk in bytes.chunks_mut(8) {
            let drawn = self.next().to_be_bytes();
            chunk.copy_from_slice(drawn.get(..chunk.len()).unwrap_or_default());
        }
        bytes
    }
}

/// Runs them until told otherwise.
pub(super) fn run(kind: Kind, ground: &Ground, over: &AtomicBool) -> Result<Done, Failure> {
    let mut flood = Flood { dice: Dice(0x9e37_79b9_7f4a_7c15), done: Done::default(), token: None, ground };
    let mut openers: Vec<Opener> = Vec::new();
    if kind == Kind::Openings {
        openers = (0..ground.bad).map(|_| Opener::default()).collect();
    }
    let mut pace = Pace::new(ground.bad, ground.rate);
    while !over.load(Ordering::Relaxed) {
        pace.due(|number| match kind {
            Kind::Garbage => flood.garbage(number),
            Kind::FirstPackets => flood.first_packet(number),
            Kind::ForgedTokens => flood.forged_token(number),
            _ => {
                if let Some(opener) = openers.get_mut(number) {
                    flood.opening(number, opener);
                }
            }
        });
        std::thread::sleep(REST);
    }
    Ok(flood.done)
}

/// A token for the usual relay, signed by nobody who matters.
fn forged() -> Vec<u8> {
    let unix = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let grant = RelayToken {
        relay: RelayId(1),
        introduction: IntroductionId([0xbd; 32]),
        role: Role::Viewer,
        not_before: unix.saturating_sub(1),
        expires: unix + 60,
        longest_s: 3_600,
        rate_bytes_per_s: 1 << 20,
        byte_cap: 0,
        key_id: 0,
    };
    grant.sign(&IdentityKey::from_bytes(&[0xbd; 32]))
}

struct Flood<'a> {
    dice: Dice,
    done: Done,
    /// A forged token, and when it was made.
    token: Option<(Instant, Vec<u8>)>,
    ground: &'a Ground,
}

/// A bad client that has been welcomed.
#[derive(Default)]
struct Opener {
    socket: Option<UdpSocket>,
    asked: Option<Instant>,
    welcome: Option<Welcome>,
    hello: Option<Hello>,
}

impl Flood<'_> {
    /// From a fresh port.
    fn send(&mut self, number: usize, bytes: &[u8], to: SocketAddr) {
        let Ok(socket) = UdpSocket::bind((self.ground.sources.of(number), 0)) else { return };
        // A full buffer is the network's way of losing datagrams.
        self.done.acts += u64::from(socket.send_to(bytes, to).is_ok());
    }

    fn garbage(&mut self, number: usize) {
        let mut noise: [u8; 1_200] = self.dice.bytes();
        // Most of it would be seen through by the first byte.
        let kinds = [0x07, 0x0f, 0x17, 0x27, 0x40, 0xc0];
        let drawn = self.dice.next() as usize;
        noise[0] = kinds.get(drawn % kinds.len()).copied().unwrap_or_default();
        let len = 1 + (drawn >> 8) % noise.len();
        let mut targets = vec![self.ground.rendezvous, self.ground.relay];
        targets.extend(&self.ground.hosts);
        // As much to each server as to all hosts together.
        let at = match (drawn >> 32) % 3 {
            2 => 2 + (drawn >> 40) % self.ground.hosts.len().max(1),
            server => server,
        };
        if let (Some(noise), Some(to)) = (noise.get(..len), targets.get(at)) {
            self.send(number, noise, *to);
        }
    }

    fn first_packet(&mut self, number: usize) {
        let drawn = self.dice.next() as usize;
        if drawn.is_multiple_of(4) && !self.ground.hosts.is_empty() {
            let mut packet: [u8; 1_200] = self.dice.bytes();
            packet.iter_mut().zip(INITIAL).for_each(|(to, from)| *to = *from);
            if let Some(host) = self.ground.hosts.get((drawn >> 8) % self.ground.hosts.len()) {
                self.send(number, &packet, *host);
            }
            return;
        }
        let hello = Hello { version: 1, e_client: self.dice.bytes(), random: self.dice.bytes() };
        let mut bytes = Vec::new();
        hello.put_datagram(&mut bytes);
        self.send(number, &bytes, self.ground.rendezvous);
    }

    fn forged_token(&mut self, number: usize) {
        if self.token.as_ref().is_none_or(|(made, _)| made.elapsed() > FRESH) {
            self.token = Some((Instant::now(), forged()));
        }
        let Some((_, token)) = &self.token else { return };
        let mut token = token.clone();
        // The first half of a signature may be anything; who forges need not work for it, and the check takes as long as
        // that of a good one.
        let drawn: [u8; 32] = self.dice.bytes();
        let from = token.len().saturating_sub(64);
        token.iter_mut().skip(from).zip(drawn).for_each(|(to, drawn)| *to = drawn);
        let nonce = self.dice.next();
        let open = RelayMsg::Open(Open { token: Private(token), nonce, resume: None, padding: 128 });
        if let Some(bytes) = relay_control(&open) {
            self.send(number, &bytes, self.ground.relay);
        }
    }

    fn opening(&mut self, number: usize, opener: &mut Opener) {
        if opener
            .asked
            .is_some_and(|at| at.elapsed() > if opener.welcome.is_some() { COOKIE } else { WELCOME })
        {
            *opener = Opener::default();
        }
        let server = self.ground.rendezvous;
        let Some(socket) = &opener.socket else {
            let Ok(socket) = UdpSocket::bind((self.ground.sources.of(number), 0)) else { return };
            let _ = socket.set_nonblocking(true);
            let hello = Hello { version: 1, e_client: self.dice.bytes(), random: self.dice.bytes() };
            let mut bytes = Vec::new();
            hello.put_datagram(&mut bytes);
            self.done.acts += u64::from(socket.send_to(&bytes, server).is_ok());
            *opener = Opener {
                asked: Some(Instant::now()),
                socket: Some(socket),
                hello: Some(hello),
                welcome: None,
            };
            return;
        };
        let mut answer = [0; 1_500];
        if opener.welcome.is_none()
            && let Ok((len, _)) = socket.recv_from(&mut answer)
            && let Some(Frame::Welcome(welcome)) = answer.get(1..len).and_then(Frame::parse)
        {
            self.done.answers += 1;
            opener.welcome = Some(welcome);
        }
        let (Some(welcome), Some(hello)) = (&opener.welcome, &opener.hello) else { return };
        let sealed: [u8; 64] = self.dice.bytes();
        let Hello { e_client, random, .. } = *hello;
        let (handle, cookie) = (welcome.handle, welcome.cookie);
        let opening = Opening { handle, cookie, e_client, random, counter: 0, sealed: &sealed };
        let mut bytes = vec![FrameKind::Rendezvous as u8];
        Frame::Opening(opening).put(&mut bytes);
        self.done.acts += u64::from(socket.send_to(&bytes, server).is_ok());
    }
}

/// A control message to a relay as a datagram.
pub(super) fn relay_control(message: &RelayMsg) -> Option<Vec<u8>> {
    let mut bytes = vec![FrameKind::RelayControl as u8];
    CapnProto::encode(message, &mut bytes).ok()?;
    Some(bytes)
}
