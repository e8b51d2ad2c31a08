//! The client's streams: TCP, and WebSocket beside it. The first that opens is asked; the others wait until the relay
//! has answered there.

use alloc::vec::Vec;

use deskwire_machine::{Deadline, Instant, LinkId, LinkSpec, earliest};
use deskwire_wire::frame::{Kind, put_short};
use deskwire_wire::relay::RelayMsg;

use super::link::encode;
use super::{ClientClosed, ClientState, RelayClient};
use crate::Over;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Stream {
    link: LinkId,
    over: Over,
    open: bool,
    /// The open was sent on it: from then on UDP does not count, since the relay moved the place here.
    asked: bool,
}

/// Streams on their way, and what is still to be tried.
#[derive(Debug, Default)]
pub(super) struct Streams {
    tried: Vec<Stream>,
    /// The one that is asked, or used.
    asked: Option<LinkId>,
    /// The next of the relay's addresses, and of its WebSocket addresses, to connect to.
    next: (usize, usize),
    websocket_at: Option<Instant>,
    /// When another stream is asked, unless the relay has answered.
    patience_at: Option<Instant>,
}

impl Streams {
    pub(super) fn owns(&self, link: LinkId) -> bool {
        self.tried.iter().any(|stream| stream.link == link)
    }

    /// The stream on which the relay was asked last.
    pub(super) const fn asked(&self) -> Option<LinkId> {
        self.asked
    }

    /// Keeps one stream or none; gives the others, to be closed.
    pub(super) fn settle(&mut self, kept: Option<LinkId>) -> Vec<LinkId> {
        (self.asked, self.websocket_at, self.patience_at) = (kept, None, None);
        let others = self.tried.iter().map(|stream| stream.link).filter(|link| Some(*link) != kept).collect();
        self.tried.retain(|stream| Some(stream.link) == kept);
        others
    }

    pub(super) fn deadline(&self) -> Option<Deadline> {
        earliest([
            self.websocket_at.map(|at| Deadline::new(at, "relay websocket fallback")),
            self.patience_at.map(|at| Deadline::new(at, "relay asked on another stream")),
        ])
    }

    fn find(&mut self, link: LinkId) -> Option<&mut Stream> {
        self.tried.iter_mut().find(|stream| stream.link == link)
    }
}

impl RelayClient {
    /// UDP is silent: begins with TCP, and soon after that with WebSocket.
    pub(super) fn fall_back(&mut self, now: Instant) {
        if self.state != ClientState::Opening {
            return;
        }
        if !self.config.websockets.is_empty() {
            self.streams.websocket_at = Some(now + self.config.timing.head_start);
        }
        self.connect(now, Over::Tcp);
    }

    pub(super) fn drive_streams(&mut self, now: Instant) {
        if self.streams.websocket_at.is_some_and(|at| at <= now) {
            self.streams.websocket_at = None;
            self.connect(now, Over::WebSocket);
        }
        if self.streams.patience_at.is_some_and(|at| at <= now) {
            self.streams.patience_at = None;
            self.ask_next(now);
        }
    }

    /// Connects to the next address of this kind. When nothing is left, UDP has the rest of the time.
    fn connect(&mut self, now: Instant, over: Over) {
        if self.state != ClientState::Opening {
            return;
        }
        let (native, websocket) = &mut self.streams.next;
        let spec = match over {
            Over::WebSocket => self.config.websockets.get(*websocket).map(|url| {
                *websocket += 1;
                LinkSpec::WebSocket { url: url.clone() }
            }),
            Over::Udp | Over::Tcp => self.config.relay.get(*native).map(|remote| {
                *native += 1;
                LinkSpec::TcpConnect { local: None, reuse: false, remote: *remote }
            }),
        };
        if let Some(spec) = spec {
            let link = self.config.ids.allocate();
            self.outbox.open(link, spec);
            self.streams.tried.push(Stream { link, over, open: false, asked: false });
        } else if self.streams.websocket_at.take_if(|at| *at > now).is_some() {
            // Nothing is left to give a head start to.
            self.connect(now, Over::WebSocket);
        } else if !self.config.udp && self.streams.tried.is_empty() && self.streams.websocket_at.is_none() {
            self.end(Some(ClientClosed::Unreachable));
        }
    }

    pub(super) fn handle_stream_opened(&mut self, now: Instant, link: LinkId) {
        if let Some(stream) = self.streams.find(link) {
            stream.open = true;
        }
        if self.streams.asked.is_none() || self.streams.patience_at.is_none() {
            self.ask_next(now);
        }
    }

    /// Asks on the next stream that is open; if there is none, the relay goes on having time.
    fn ask_next(&mut self, now: Instant) {
        let Some(stream) = self.streams.tried.iter_mut().find(|stream| stream.open && !stream.asked) else {
            return;
        };
        stream.asked = true;
        let link = stream.link;
        self.streams.asked = Some(link);
        self.streams.patience_at = Some(now + self.config.timing.patience);
        (self.udp, self.retransmit) = (None, None);
        let mut bytes = alloc::vec![Kind::RelayControl as u8];
        if let Some(open) = encode(&self.open_message()) {
            put_short(&mut bytes, &open);
            // A new link's queue is empty.
            let _ = self.outbox.stream(link, bytes);
        }
    }

    /// A control message on a stream. An answer on another stream than the last that was asked is of a place that
    /// has moved on.
    pub(super) fn handle_stream_message(&mut self, now: Instant, link: LinkId, message: RelayMsg) {
        let over = self.streams.find(link).map(|stream| stream.over);
        match over.filter(|_| self.streams.asked == Some(link)) {
            Some(over) => self.handle_message(now, over, message),
            None => self.stats.ignored += 1,
        }
    }

    /// A stream is gone.
    pub(super) fn handle_stream_closed(&mut self, now: Instant, link: LinkId) {
        let Some(index) = self.streams.tried.iter().position(|stream| stream.link == link) else { return };
        let stream = self.streams.tried.remove(index);
        if self.state != ClientState::Opening {
            return self.end(Some(ClientClosed::Lost));
        }
        if self.streams.asked == Some(link) {
            (self.streams.asked, self.streams.patience_at) = (None, None);
            self.ask_next(now);
        }
        let more = match stream.over {
            Over::WebSocket => self.streams.next.1 < self.config.websockets.len(),
            Over::Udp | Over::Tcp => self.streams.next.0 < self.config.relay.len(),
        };
        let waiting = self.streams.websocket_at.is_some();
        if more || waiting || self.streams.tried.is_empty() && !self.config.udp {
            self.connect(now, stream.over);
        }
        // It took the open with it, and nobody else can be asked.
        let over = self.streams.tried.is_empty() && self.streams.websocket_at.is_none();
        if stream.asked && over {
            self.end(Some(ClientClosed::Lost));
        }
    }
}
