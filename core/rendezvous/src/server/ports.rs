//! Listeners, links, and getting frames in and out of them.

use alloc::vec::Vec;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_machine::{CloseReason, Instant, LinkId, LinkSpec, StreamBuf};
use deskwire_wire::frame::{Kind, peek_short, put_short};
use deskwire_wire::rendezvous::{AnswerFrom, Frame, Handle, MAX_FRAME};

use super::budget::Source;
use super::config::{Alternate, Port, Protocol, ServerEvent};
use super::{Server, Timer};

/// How long a TCP link may take to open a session.
const LINK_PATIENCE: Duration = Duration::from_secs(10);
/// How many frames it may take for that (a hello, and openings until one is answered). At the second port there are no
/// sessions: there it is all that a link may ask.
const LINK_FRAMES: u8 = 8;
/// Answers that may wait on a TCP link whose client does not read.
const LINK_QUEUE: usize = 64 << 10;

#[derive(Clone, Copy, Debug)]
pub(super) struct Listener {
    port: Port,
    protocol: Protocol,
    address: SocketAddr,
    /// Where clients reach it, if that is told to them.
    public: Option<SocketAddr>,
    open: bool,
}

#[derive(Debug)]
pub(super) struct TcpLink {
    remote: SocketAddr,
    port: Port,
    protocol: Protocol,
    /// Whether the kind byte came.
    greeted: bool,
    /// Frames without a session so far.
    frames: u8,
    pub(super) session: Option<Handle>,
}

impl Listener {
    const fn new(port: Port, protocol: Protocol, address: SocketAddr) -> Self {
        Self { port, protocol, address, public: None, open: false }
    }
}

/// How a client is reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Via {
    pub(super) link: LinkId,
    pub(super) protocol: Protocol,
    pub(super) remote: SocketAddr,
}

impl Server {
    pub(super) fn open_ports(&mut self) {
        let main = self.config.main.clone().into_iter().map(|address| (Port::Main, address));
        let reflector = self.config.reflector.clone().into_iter().map(|address| (Port::Reflector, address));
        let ports: Vec<_> = main.chain(reflector).collect();
        for (port, address) in ports {
            self.open_port(Listener::new(port, Protocol::Udp, address));
        }
        for address in self.config.websocket.clone() {
            self.open_port(Listener::new(Port::Main, Protocol::WebSocket, address));
        }
        for Alternate { listen, public } in self.config.alternate.clone() {
            let listener = Listener::new(Port::Alternate, Protocol::Udp, listen);
            self.open_port(Listener { public: Some(public), ..listener });
        }
    }

    fn open_port(&mut self, listener: Listener) {
        let link = self.config.ids.allocate();
        let local = Some(listener.address);
        let spec = match listener.protocol {
            Protocol::Udp => LinkSpec::Udp { local },
            Protocol::Tcp => LinkSpec::TcpListen { local, reuse: false },
            Protocol::WebSocket => LinkSpec::WebSocketListen { local },
        };
        self.listeners.insert(link, listener);
        self.outbox.open(link, spec);
    }

    pub(super) fn handle_opened(&mut self, link: LinkId, local: SocketAddr) {
        let Some(listener) = self.listeners.get_mut(&link) else { return };
        listener.address = local;
        listener.open = true;
        if let Some(public) = listener.public.as_mut().filter(|public| public.port() == 0) {
            public.set_port(local.port());
        }
        let Listener { port, protocol, address, .. } = *listener;
        self.event(ServerEvent::Listening { port, protocol, address });
        // TCP follows UDP, so that a port chosen by the system is the same for both.
        if protocol == Protocol::Udp && port != Port::Alternate {
            self.open_port(Listener::new(port, Protocol::Tcp, address));
        }
    }

    /// The open UDP port of this kind that belongs together with the one behind `link`.
    fn beside(&self, link: LinkId, port: Port) -> Option<(LinkId, &Listener)> {
        let near = self.listeners.get(&link)?.address.ip();
        let fits = |listener: &Listener| match port {
            // Not another address by accident: what comes through from there says something else.
            Port::Main | Port::Reflector => listener.address.ip() == near,
            Port::Alternate => listener.address.is_ipv4() == near.is_ipv4(),
        };
        let open = |l: &Listener| l.open && l.port == port && l.protocol == Protocol::Udp;
        let mut all = self.listeners.iter().map(|(link, listener)| (*link, listener));
        all.find(|(_, listener)| open(listener) && fits(listener))
    }

    /// The server's other address, as those are told who ask at the second port behind `link`.
    pub(super) fn alternate_of(&self, link: LinkId) -> Option<SocketAddr> {
        self.listeners.get(&link).filter(|asked| asked.port == Port::Reflector)?;
        self.beside(link, Port::Alternate)?.1.public
    }

    /// From which link a question is answered; `None` if it asks for what is not there.
    pub(super) fn answering(&self, via: Via, from: AnswerFrom) -> Option<LinkId> {
        if from == AnswerFrom::Here {
            return Some(via.link);
        }
        // Over streams there is no link of its own here.
        let asked = self.listeners.get(&via.link).filter(|asked| asked.port == Port::Reflector);
        let port = match from {
            AnswerFrom::OtherPort => Port::Main,
            AnswerFrom::OtherAddress => Port::Alternate,
            _ => return None,
        };
        asked.and_then(|_| self.beside(via.link, port)).map(|(link, _)| link)
    }

    pub(super) fn handle_accepted(
        &mut self,
        now: Instant,
        listener: LinkId,
        link: LinkId,
        remote: SocketAddr,
    ) {
        let limits = &self.config.limits;
        let Some(Listener { port, protocol, .. }) = self.listeners.get(&listener).copied() else {
            self.outbox.close(link);
            return;
        };
        let source = Source::of(remote);
        if self.tcp.len() >= limits.tcp_links && !self.shed_link() {
            self.refuse_link(link);
            return;
        }
        if !self.tcp_counts.add(source, self.config.limits.tcp_links_per_source) {
            self.refuse_link(link);
            return;
        }
        self.tcp.insert(link, TcpLink { remote, port, protocol, greeted: false, frames: 0, session: None });
        self.tcp_strangers.insert(link);
        self.timers.set(Timer::Link(link), now + LINK_PATIENCE);
    }

    fn refuse_link(&mut self, link: LinkId) {
        self.stats.shed += 1;
        self.outbox.close(link);
    }

    /// Closes the oldest link without a session. Gives whether there was one; established ones stay.
    fn shed_link(&mut self) -> bool {
        // Link ids are given out in order, so the first is the oldest.
        let Some(link) = self.tcp_strangers.first().copied() else { return false };
        self.stats.shed += 1;
        self.close_link(link);
        true
    }

    /// A link had its time to open a session.
    pub(super) fn handle_silent_link(&mut self, link: LinkId) {
        if self.tcp.get(&link).is_some_and(|tcp| tcp.session.is_none()) {
            self.close_link(link);
        }
    }

    /// Closes a TCP link and what hangs on it.
    pub(super) fn close_link(&mut self, link: LinkId) {
        self.outbox.close(link);
        self.forget_link(link);
    }

    fn forget_link(&mut self, link: LinkId) {
        let Some(tcp) = self.tcp.remove(&link) else { return };
        self.tcp_strangers.remove(&link);
        self.timers.cancel(Timer::Link(link));
        self.tcp_counts.remove(Source::of(tcp.remote));
        if let Some(handle) = tcp.session {
            self.close_session(handle);
        }
    }

    pub(super) fn handle_closed(&mut self, link: LinkId, reason: CloseReason) {
        if let Some(Listener { port, protocol, address, .. }) = self.listeners.remove(&link) {
            self.event(ServerEvent::ListenFailed { port, protocol, address, reason });
        }
        self.forget_link(link);
    }

    pub(super) fn handle_datagram(&mut self, now: Instant, link: LinkId, from: SocketAddr, data: &[u8]) {
        let Some(port) = self.listeners.get(&link).map(|l| l.port) else { return };
        let frame = match data.split_first() {
            Some((&kind, rest)) if Kind::of(kind) == Some(Kind::RelayReport) && port == Port::Main => {
                return self.handle_relay_report(now, rest);
            }
            Some((&kind, rest)) if Kind::of(kind) == Some(Kind::Rendezvous) => Frame::parse(rest),
            _ => None,
        };
        let Some(frame) = frame else {
            self.stats.rubbish += 1;
            return;
        };
        let via = Via { link, protocol: Protocol::Udp, remote: from };
        self.handle_frame(now, via, port, frame, data.len());
    }

    pub(super) fn handle_stream(&mut self, now: Instant, link: LinkId, data: &mut StreamBuf) {
        let Some(tcp) = self.tcp.get_mut(&link) else {
            let all = data.len();
            data.consume(all);
            return;
        };
        if !tcp.greeted {
            match data.readable().first() {
                None => return,
                Some(&kind) if Kind::of(kind) == Some(Kind::Rendezvous) => {
                    data.consume(1);
                    tcp.greeted = true;
                }
                Some(_) => {
                    self.stats.rubbish += 1;
                    self.close_link(link);
                    return;
                }
            }
        }
        loop {
            let len = match peek_short(data, MAX_FRAME) {
                Ok(Some(len)) => len,
                Ok(None) => return,
                Err(_) => {
                    self.stats.rubbish += 1;
                    self.close_link(link);
                    return;
                }
            };
            let Some(tcp) = self.tcp.get_mut(&link) else { return };
            let via = Via { link, protocol: tcp.protocol, remote: tcp.remote };
            let port = tcp.port;
            if tcp.session.is_none() {
                tcp.frames += 1;
                if tcp.frames > LINK_FRAMES {
                    self.close_link(link);
                    return;
                }
            }
            let bytes = data.readable().get(2..2 + len).map(<[u8]>::to_vec).unwrap_or_default();
            data.consume(2 + len);
            match Frame::parse(&bytes) {
                Some(frame) => self.handle_frame(now, via, port, frame, len + 2),
                None => {
                    self.stats.rubbish += 1;
                    self.close_link(link);
                }
            }
        }
    }

    fn handle_frame(&mut self, now: Instant, via: Via, port: Port, frame: Frame<'_>, len: usize) {
        match frame {
            Frame::Hello(hello) if port == Port::Main => self.handle_hello(now, via, &hello, len),
            Frame::Opening(opening) if port == Port::Main => self.handle_opening(now, via, &opening),
            Frame::Sealed(sealed) => self.handle_sealed(now, via, port, sealed, len),
            // Servers say the others; a reflector is only asked in sealed frames.
            Frame::Hello(_) | Frame::Opening(_) | Frame::Welcome(_) | Frame::Stale(_) => {
                self.stats.rubbish += 1;
            }
        }
    }

    /// Queues a frame.
    pub(super) fn put(&mut self, via: Via, frame: &Frame<'_>) {
        let mut bytes = Vec::new();
        match via.protocol {
            Protocol::Udp => {
                bytes.push(Kind::Rendezvous as u8);
                frame.put(&mut bytes);
                self.outbox.datagram(via.link, via.remote, bytes);
            }
            Protocol::Tcp | Protocol::WebSocket => {
                let mut payload = Vec::new();
                frame.put(&mut payload);
                put_short(&mut bytes, &payload);
                // A client that does not read loses its link rather than growing a queue.
                if self.outbox.queued_for(via.link) > LINK_QUEUE
                    || self.outbox.stream(via.link, bytes).is_err()
                {
                    self.stats.shed += 1;
                    self.close_link(via.link);
                }
            }
        }
    }
}
