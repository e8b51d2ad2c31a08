//! WebSocket (RFC 6455) around a byte stream: binary messages one after another are the stream. No I/O.

use std::io::{self, Read, Write};
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use tungstenite::client::IntoClientRequest as _;
use tungstenite::error::{CapacityError, ProtocolError};
use tungstenite::handshake::client::ClientHandshake;
use tungstenite::handshake::server::{Callback, ErrorResponse, Request, Response, ServerHandshake};
use tungstenite::handshake::{HandshakeError, HandshakeRole, MidHandshake};
use tungstenite::http::{HeaderValue, StatusCode};
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Error, Message, WebSocket};

use deskwire_machine::StreamBuf;

/// The largest message that is made.
const MESSAGE: usize = 32 * 1024;
/// Bytes that the library reads at once, which is also what it allocates per link.
const READ_BUFFER: usize = 8 * 1024;

/// The longest request, or answer to one, that is listened to.
const HEAD: usize = 8 * 1024;
/// A handshake takes bytes in such pieces, so that little more of it is kept than may be.
const PIECE: usize = 1_024;

/// How WebSocket listeners treat those who come.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WebSocketPolicy {
    /// The largest message that is taken, in bytes, on outgoing links too.
    pub max_message: usize,
    /// Web pages that may connect, as their `Origin` says (`https://viewer.example`). A request without an `Origin` is
    /// not from a browser and is let in; one with another `Origin` is refused.
    pub origins: Vec<String>,
    /// Reverse proxies whose word is taken on whom they forward (`X-Forwarded-For`, its last address).
    pub trusted_proxies: Vec<IpAddr>,
    /// Handshakes under way at once; the oldest gives way to a new one.
    pub max_handshakes: usize,
}

impl Default for WebSocketPolicy {
    fn default() -> Self {
        Self {
            max_message: 64 * 1024,
            origins: Vec::new(),
            trusted_proxies: Vec::new(),
            max_handshakes: 1_024,
        }
    }
}

/// Why a WebSocket is over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Over {
    /// The other side closed it.
    Closed,
    /// A message is too large.
    TooLarge,
    /// The server does not let this client in.
    Forbidden,
    /// It is none; the words say more.
    Broken(String),
}

impl From<Error> for Over {
    fn from(error: Error) -> Self {
        match error {
            Error::ConnectionClosed | Error::AlreadyClosed => Self::Closed,
            Error::Capacity(CapacityError::MessageTooLong { .. }) => Self::TooLarge,
            Error::Http(response) if response.status() == StatusCode::FORBIDDEN => Self::Forbidden,
            Error::Http(response) => Self::Broken(format!("HTTP status {}", response.status().as_u16())),
            Error::Protocol(ProtocolError::HandshakeIncomplete) => {
                Self::Broken("the handshake broke off".into())
            }
            other => Self::Broken(other.to_string()),
        }
    }
}

/// The network as the library sees it.
#[derive(Default)]
struct Memory {
    incoming: Vec<u8>,
    at: usize,
    outgoing: Vec<u8>,
}

impl Read for Memory {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let rest = self.incoming.get(self.at..).unwrap_or_default();
        if rest.is_empty() {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let len = rest.len().min(into.len());
        into[..len].copy_from_slice(&rest[..len]);
        self.at += len;
        if self.at == self.incoming.len() {
            self.incoming.clear();
            self.at = 0;
        }
        Ok(len)
    }
}

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.outgoing.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Lets in those whom the policy lets in, and notes whom a trusted proxy speaks for.
struct Guard {
    origins: Vec<String>,
    forwarded: Arc<OnceLock<IpAddr>>,
}

impl Callback for Guard {
    fn on_request(self, request: &Request, response: Response) -> Result<Response, ErrorResponse> {
        let headers = request.headers();
        let mut origins = headers.get_all("origin").iter();
        let allowed = |origin: &HeaderValue| {
            origin.to_str().is_ok_and(|origin| self.origins.iter().any(|allowed| allowed == origin))
        };
        if !origins.all(allowed) {
            let mut refusal = ErrorResponse::new(Some("this page may not connect here\n".into()));
            *refusal.status_mut() = StatusCode::FORBIDDEN;
            return Err(refusal);
        }
        let forwarded = headers.get_all("x-forwarded-for").iter().next_back();
        let last = forwarded.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        if let Some(address) = last {
            // One request per connection: nothing is there yet.
            let _ = self.forwarded.set(address);
        }
        Ok(response)
    }
}

enum Stage {
    Client(Box<MidHandshake<ClientHandshake<Memory>>>),
    Server(Box<MidHandshake<ServerHandshake<Memory, Guard>>>),
    Open(Box<WebSocket<Memory>>),
    Over,
}

/// One WebSocket.
pub(crate) struct Socket {
    stage: Stage,
    /// Bytes of the handshake so far.
    heard: usize,
    /// On the answering side: whom the one that connected says to forward.
    forwarded: Option<Arc<OnceLock<IpAddr>>>,
}

fn limits(policy: &WebSocketPolicy) -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_message_size(Some(policy.max_message))
        .max_frame_size(Some(policy.max_message))
}

impl Socket {
    /// One that asks `url`.
    pub(crate) fn client(url: &str, policy: &WebSocketPolicy) -> Result<Self, Over> {
        let request = url.into_client_request()?;
        let handshake = ClientHandshake::start(Memory::default(), request, Some(limits(policy)))?;
        Ok(Self { stage: Stage::Client(Box::new(handshake)), heard: 0, forwarded: None })
    }

    /// One that answers.
    pub(crate) fn server(policy: &WebSocketPolicy) -> Self {
        let forwarded = Arc::new(OnceLock::new());
        let guard = Guard { origins: policy.origins.clone(), forwarded: Arc::clone(&forwarded) };
        let handshake = ServerHandshake::start(Memory::default(), guard, Some(limits(policy)));
        Self { stage: Stage::Server(Box::new(handshake)), heard: 0, forwarded: Some(forwarded) }
    }

    /// Whether bytes flow.
    pub(crate) const fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Open(_))
    }

    /// Whom the one that connected says to forward.
    pub(crate) fn forwarded(&self) -> Option<IpAddr> {
        self.forwarded.as_ref()?.get().copied()
    }

    fn memory(&mut self) -> Option<&mut Memory> {
        match &mut self.stage {
            Stage::Client(handshake) => Some(handshake.get_mut().get_mut()),
            Stage::Server(handshake) => Some(handshake.get_mut().get_mut()),
            Stage::Open(socket) => Some(socket.get_mut()),
            Stage::Over => None,
        }
    }

    fn take_outgoing(&mut self, out: &mut Vec<u8>) {
        if let Some(memory) = self.memory() {
            out.append(&mut memory.outgoing);
        }
    }

    const fn is_shaking(&self) -> bool {
        matches!(self.stage, Stage::Client(_) | Stage::Server(_))
    }

    /// Takes bytes (none starts a client); appends the stream's bytes to `plain`, and what is to be sent to `out`.
    pub(crate) fn receive(
        &mut self,
        data: &[u8],
        plain: &mut StreamBuf,
        out: &mut Vec<u8>,
    ) -> Result<(), Over> {
        let mut rest = data;
        while self.is_shaking() {
            let (piece, later) = rest.split_at_checked(PIECE).unwrap_or((rest, &[]));
            self.heard += piece.len();
            self.take(piece, plain, out)?;
            if self.heard > HEAD && self.is_shaking() {
                self.stage = Stage::Over;
                let over = Over::Broken("a handshake that is too long".into());
                if self.forwarded.is_some() {
                    out.extend_from_slice(refusal(&over));
                }
                return Err(over);
            }
            if later.is_empty() {
                return Ok(());
            }
            rest = later;
        }
        self.take(rest, plain, out)
    }

    fn take(&mut self, data: &[u8], plain: &mut StreamBuf, out: &mut Vec<u8>) -> Result<(), Over> {
        if let Some(memory) = self.memory() {
            memory.incoming.extend_from_slice(data);
        }
        let shaken = match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Client(handshake) => shake(*handshake, Stage::Client, |(socket, _)| socket),
            Stage::Server(handshake) => shake(*handshake, Stage::Server, |socket| socket),
            other => Ok(other),
        };
        match shaken {
            Ok(stage) => self.stage = stage,
            Err(over) => {
                if self.forwarded.is_some() {
                    out.extend_from_slice(refusal(&over));
                }
                return Err(over);
            }
        }
        let read = self.read(plain);
        self.take_outgoing(out);
        read
    }

    fn read(&mut self, plain: &mut StreamBuf) -> Result<(), Over> {
        let Stage::Open(socket) = &mut self.stage else { return Ok(()) };
        loop {
            match socket.read() {
                Ok(Message::Binary(bytes)) => plain.push(&bytes),
                // The library answers pings and closes itself.
                Ok(Message::Ping(_) | Message::Pong(_) | Message::Close(_)) => {}
                Ok(Message::Text(_) | Message::Frame(_)) => {
                    return Err(Over::Broken("a message that is no binary one".into()));
                }
                Err(Error::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => {
                    // A client waits for the server to end the connection, which may take for ever.
                    return if socket.can_read() { Ok(()) } else { Err(Over::Closed) };
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Wraps bytes of the stream.
    pub(crate) fn send(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        let Stage::Open(socket) = &mut self.stage else { return };
        for part in bytes.chunks(MESSAGE) {
            // It fails only when the other side has closed, which is told when that is read.
            let _ = socket.send(Message::Binary(part.to_vec().into()));
        }
        self.take_outgoing(out);
    }

    /// Says that nothing follows.
    pub(crate) fn close(&mut self, out: &mut Vec<u8>) {
        if let Stage::Open(socket) = &mut self.stage {
            // As for `send`.
            let _ = socket.close(None);
        }
        self.take_outgoing(out);
    }
}

/// What a server says to one that it does not let in: the library's own answer is gone with the handshake.
const fn refusal(over: &Over) -> &'static [u8] {
    match over {
        Over::Forbidden => b"HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        _ => b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
    }
}

/// Goes on with a handshake.
fn shake<R: HandshakeRole>(
    handshake: MidHandshake<R>,
    wait: impl FnOnce(Box<MidHandshake<R>>) -> Stage,
    done: impl FnOnce(R::FinalResult) -> WebSocket<Memory>,
) -> Result<Stage, Over> {
    match handshake.handshake() {
        Ok(result) => Ok(Stage::Open(Box::new(done(result)))),
        Err(HandshakeError::Interrupted(handshake)) => Ok(wait(Box::new(handshake))),
        Err(HandshakeError::Failure(error)) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two sides that have shaken hands.
    fn pair() -> [Socket; 2] {
        let policy = WebSocketPolicy::default();
        let mut client = Socket::client("ws://192.0.2.7:21118/", &policy).expect("a right address");
        let (mut server, mut plain) = (Socket::server(&policy), StreamBuf::new());
        let (mut asked, mut answered) = (Vec::new(), Vec::new());
        client.receive(&[], &mut plain, &mut asked).expect("a question");
        server.receive(&asked, &mut plain, &mut answered).expect("an answer");
        client.receive(&answered, &mut plain, &mut asked).expect("the end of it");
        assert!(client.is_open() && server.is_open());
        [client, server]
    }

    /// The start of a frame (RFC 6455, section 5.2) with this first byte; a client's is masked, here with zeros.
    fn start(first: u8, length: u64, is_masked: bool) -> Vec<u8> {
        let mut bytes = vec![first, 127 | u8::from(is_masked) << 7];
        bytes.extend(length.to_be_bytes());
        bytes.extend(is_masked.then_some([0; 4]).into_iter().flatten());
        bytes
    }

    // spec: CV-7
    #[test]
    fn t33_messages_have_their_longest_in_one_frame_and_in_several() {
        for is_server in [true, false] {
            let take = |parts: &[&[u8]]| {
                let [client, server] = pair();
                let mut reader = if is_server { server } else { client };
                let (mut plain, mut out) = (StreamBuf::new(), Vec::new());
                let told = parts.iter().try_for_each(|part| reader.receive(part, &mut plain, &mut out));
                told.map(|()| plain.len())
            };
            // The last frame of a binary message; one that is not the last; the last of those that follow.
            let frame = |first, length| start(first, length, is_server);
            let (whole, begun, rest) = (0x82, 0x02, 0x80);
            let most = vec![7; 65_536];
            assert_eq!(take(&[&frame(whole, 65_536), &most]), Ok(65_536));
            assert_eq!(take(&[&frame(whole, 65_537)]), Err(Over::TooLarge), "before any of it came");
            let halves = |second: usize| {
                take(&[&frame(begun, 32_768), &most[..32_768], &frame(rest, second as u64), &vec![7; second]])
            };
            assert_eq!(halves(32_768), Ok(65_536));
            assert_eq!(halves(32_769), Err(Over::TooLarge));
        }
    }

    // spec: CV-7
    #[test]
    fn what_is_sent_is_cut_into_messages_far_below_that() {
        let [mut client, mut server] = pair();
        let (mut plain, mut out) = (StreamBuf::new(), Vec::new());
        server.send(&vec![7; 100_000], &mut out);
        let (mut rest, mut lengths) = (&out[..], Vec::new());
        while let [0x82, length, tail @ ..] = rest {
            let (size, tail) = match length {
                127 => (u64::from_be_bytes(tail[..8].try_into().expect("8 bytes")), &tail[8..]),
                126 => (u64::from(u16::from_be_bytes([tail[0], tail[1]])), &tail[2..]),
                size => (u64::from(*size), tail),
            };
            lengths.push(size);
            rest = &tail[usize::try_from(size).expect("in memory")..];
        }
        assert_eq!((lengths, rest.len()), (vec![32_768, 32_768, 32_768, 1_696], 0));
        client.receive(&out, &mut plain, &mut Vec::new()).expect("what the other side made");
        assert_eq!(plain.len(), 100_000);
    }
}
