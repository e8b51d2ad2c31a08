//! What lies between a TCP connection and the bytes that a machine sees: a proxy, TLS, WebSocket. No I/O.

use core::fmt;
use std::net::{IpAddr, SocketAddr};

use deskwire_machine::{CloseReason, Instant, LinkId, StreamBuf};

use crate::proxy::{Negotiation, ProxyFailure};
use crate::tls::{Session, TlsIdentity};
use crate::websocket::{Over, Socket};

/// The first byte of a TLS connection.
const TLS_HANDSHAKE: u8 = 0x16;

/// Why a tunnel broke.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Failure {
    Proxy(ProxyFailure),
    Tls(rustls::Error),
    WebSocket(Over),
    /// The connection ended in the middle.
    Cut,
}

impl Failure {
    pub(crate) const fn reason(&self) -> CloseReason {
        match self {
            Self::Proxy(ProxyFailure::Unreachable) => CloseReason::Unreachable,
            Self::Proxy(_) => CloseReason::ProxyRefused,
            Self::Tls(rustls::Error::InvalidCertificate(_)) => CloseReason::Untrusted,
            Self::Tls(_) | Self::WebSocket(Over::Broken(_)) => CloseReason::Protocol,
            Self::WebSocket(Over::Closed) => CloseReason::Finished,
            Self::WebSocket(Over::TooLarge) => CloseReason::Limit,
            Self::WebSocket(Over::Forbidden) => CloseReason::NotPermitted,
            Self::Cut => CloseReason::Reset,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Proxy(failure) => failure.fmt(f),
            Self::Tls(rustls::Error::InvalidCertificate(why)) => write!(
                f,
                "shows a certificate that is not trusted ({why:?}); if the server is your own, give its certificate as \
                 a trusted one"
            ),
            Self::Tls(error) => {
                write!(f, "does not get on with TLS ({error}); check the port, and ws:// against wss://")
            }
            Self::WebSocket(Over::Closed) | Self::Cut => f.write_str("ended the connection; try again later"),
            Self::WebSocket(Over::TooLarge) => {
                f.write_str("sent a message over the limit; is it a server of this kind?")
            }
            Self::WebSocket(Over::Forbidden) => f.write_str("does not let this client in; ask who runs it"),
            Self::WebSocket(Over::Broken(why)) => {
                write!(f, "does not answer as a WebSocket server ({why}); check its address, port and path")
            }
        }
    }
}

enum Tls {
    None,
    /// The first byte tells whether the client wants it.
    Offered(TlsIdentity),
    Running(Session),
}

/// The layers of one connection, from the network inwards.
pub(crate) struct Tunnel {
    proxy: Option<Negotiation>,
    tls: Tls,
    socket: Option<Socket>,
    started: bool,
    /// When it counts as failed, unless it is open by then.
    pub(crate) deadline: Instant,
    /// The listener and the remote address, if somebody else connected.
    pub(crate) accepted: Option<(LinkId, SocketAddr)>,
    /// For words about it: where it goes.
    pub(crate) place: String,
    /// The proxy's address, if there is one.
    pub(crate) through: Option<String>,
    /// What the machine sent before it was open.
    early: Vec<u8>,
}

impl Tunnel {
    /// One to `place`, by way of the layers that are given.
    pub(crate) fn outgoing(
        deadline: Instant,
        place: String,
        proxy: Option<(String, Negotiation)>,
        tls: Option<Session>,
        socket: Option<Socket>,
    ) -> Self {
        let (through, proxy) = proxy.unzip();
        let tls = tls.map_or(Tls::None, Tls::Running);
        Self {
            proxy,
            tls,
            socket,
            started: false,
            deadline,
            accepted: None,
            place,
            through,
            early: Vec::new(),
        }
    }

    /// One from `remote`, which has to shake hands before anybody hears of it.
    pub(crate) fn incoming(
        deadline: Instant,
        listener: LinkId,
        remote: SocketAddr,
        identity: Option<&TlsIdentity>,
        socket: Socket,
    ) -> Self {
        Self {
            proxy: None,
            tls: identity.map_or(Tls::None, |identity| Tls::Offered(identity.clone())),
            socket: Some(socket),
            started: true,
            deadline,
            accepted: Some((listener, remote)),
            place: String::new(),
            through: None,
            early: Vec::new(),
        }
    }

    /// Whether bytes of the machine go through.
    pub(crate) fn is_open(&self) -> bool {
        let tls = match &self.tls {
            Tls::None => true,
            Tls::Offered(_) => false,
            Tls::Running(session) => !session.is_handshaking(),
        };
        self.started && self.proxy.is_none() && tls && self.socket.as_ref().is_none_or(Socket::is_open)
    }

    /// Whether nothing is left of it but the connection itself.
    pub(crate) fn is_bare(&self) -> bool {
        self.is_open() && self.socket.is_none() && matches!(self.tls, Tls::None)
    }

    /// Whether the end of the connection, without words, is an end in order.
    pub(crate) const fn may_just_end(&self) -> bool {
        self.socket.is_none()
    }

    /// Whom the one that connected speaks for.
    pub(crate) fn forwarded(&self) -> Option<IpAddr> {
        self.socket.as_ref()?.forwarded()
    }

    /// Bytes that wait for it to open.
    pub(crate) const fn early(&self) -> usize {
        self.early.len()
    }

    /// The connection is made: the first words, appended to `wire`.
    pub(crate) fn start(&mut self, plain: &mut StreamBuf, wire: &mut Vec<u8>) -> Result<(), Failure> {
        if let Some(proxy) = &self.proxy {
            proxy.start(wire);
            return Ok(());
        }
        self.started = true;
        self.inner(&[], plain, wire)
    }

    /// Takes bytes of the network: what they mean is appended to `plain`, what is to be sent to `wire`.
    pub(crate) fn receive(
        &mut self,
        data: &[u8],
        plain: &mut StreamBuf,
        wire: &mut Vec<u8>,
    ) -> Result<(), Failure> {
        let Some(proxy) = &mut self.proxy else { return self.inner(data, plain, wire) };
        let Some(rest) = proxy.receive(data, wire).map_err(Failure::Proxy)? else { return Ok(()) };
        self.proxy = None;
        self.start(plain, wire)?;
        if rest.is_empty() { Ok(()) } else { self.inner(&rest, plain, wire) }
    }

    fn inner(&mut self, data: &[u8], plain: &mut StreamBuf, wire: &mut Vec<u8>) -> Result<(), Failure> {
        if let (Tls::Offered(identity), Some(first)) = (&self.tls, data.first()) {
            self.tls = if *first == TLS_HANDSHAKE {
                let session = identity.accept();
                Tls::Running(session.map_err(|why| Failure::Tls(rustls::Error::General(why)))?)
            } else {
                Tls::None
            };
        }
        let result = match &mut self.tls {
            Tls::None | Tls::Offered(_) => match &mut self.socket {
                Some(socket) => socket.receive(data, plain, wire).map_err(Failure::WebSocket),
                None => {
                    plain.push(data);
                    Ok(())
                }
            },
            Tls::Running(session) => {
                let mut opened = Vec::new();
                session.flush(wire);
                let heard = session.receive(data, &mut opened, wire).map_err(Failure::Tls);
                if session.is_handshaking() || heard.is_err() && opened.is_empty() {
                    heard
                } else {
                    let mut said = Vec::new();
                    let inner = match &mut self.socket {
                        Some(socket) => socket.receive(&opened, plain, &mut said).map_err(Failure::WebSocket),
                        None => {
                            plain.push(&opened);
                            Ok(())
                        }
                    };
                    if !said.is_empty() {
                        session.send(&said, wire);
                    }
                    inner.and(heard)
                }
            }
        };
        if result.is_ok() && !self.early.is_empty() && self.is_open() {
            let early = std::mem::take(&mut self.early);
            self.send(&early, wire);
        }
        result
    }

    /// Wraps bytes of the machine.
    pub(crate) fn send(&mut self, bytes: &[u8], wire: &mut Vec<u8>) {
        if !self.is_open() {
            self.early.extend_from_slice(bytes);
            return;
        }
        self.layer(wire, |socket, out| match socket {
            Some(socket) => socket.send(bytes, out),
            None => out.extend_from_slice(bytes),
        });
    }

    /// The machine is done with it.
    pub(crate) fn close(&mut self, wire: &mut Vec<u8>) {
        self.layer(wire, |socket, out| {
            if let Some(socket) = socket {
                socket.close(out);
            }
        });
        if let Tls::Running(session) = &mut self.tls {
            session.close(wire);
        }
    }

    fn layer(&mut self, wire: &mut Vec<u8>, say: impl FnOnce(Option<&mut Socket>, &mut Vec<u8>)) {
        match &mut self.tls {
            Tls::None | Tls::Offered(_) => say(self.socket.as_mut(), wire),
            Tls::Running(session) => {
                let mut out = Vec::new();
                say(self.socket.as_mut(), &mut out);
                session.send(&out, wire);
            }
        }
    }
}
