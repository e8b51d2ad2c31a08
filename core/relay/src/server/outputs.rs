//! What the server has to send: packets copied once into buffers that are used again, and fairness between links.

use alloc::collections::{BTreeMap, VecDeque};
use alloc::vec::Vec;
use core::net::SocketAddr;

use deskwire_machine::{Ecn, Input, LinkId, LinkSpec, Outbox, Output};

/// Most buffers kept for later, and entries that an empty queue has room for.
const SPARE: usize = 64;
/// Most bytes of last words to closing TCP links, over all of them.
const LAST_WORDS: usize = 1 << 20;

/// Queues of all links.
#[derive(Debug)]
pub(super) struct Outputs {
    /// Openings, closings, and what goes right before a closing.
    control: Outbox,
    sockets: BTreeMap<LinkId, Socket>,
    streams: BTreeMap<LinkId, Stream>,
    /// Streams with bytes that may go, each once: they take turns.
    ready: VecDeque<LinkId>,
    /// Whether it is a stream's turn before a socket's.
    streams_turn: bool,
    spare: Vec<Vec<u8>>,
    datagram_bound: usize,
}

#[derive(Debug, Default)]
struct Socket {
    queue: VecDeque<(SocketAddr, Vec<u8>)>,
    bytes: usize,
    blocked: bool,
}

#[derive(Debug, Default)]
struct Stream {
    bytes: Vec<u8>,
    blocked: bool,
}

impl Outputs {
    pub(super) const fn new(datagram_bound: usize) -> Self {
        Self {
            control: Outbox::new(LAST_WORDS),
            sockets: BTreeMap::new(),
            streams: BTreeMap::new(),
            ready: VecDeque::new(),
            streams_turn: true,
            spare: Vec::new(),
            datagram_bound,
        }
    }

    pub(super) fn open(&mut self, link: LinkId, spec: LinkSpec) {
        if matches!(spec, LinkSpec::Udp { .. }) {
            self.sockets.insert(link, Socket::default());
        }
        self.control.open(link, spec);
    }

    /// Keeps the state of links up to date. Call it first with every input.
    pub(super) fn note(&mut self, input: &Input<'_>) {
        self.control.note(input);
        match *input {
            Input::Accepted { link, .. } => {
                self.streams.insert(link, Stream::default());
            }
            Input::Blocked { link } => self.set_blocked(link, true),
            Input::Writable { link } => self.set_blocked(link, false),
            Input::Closed { link, .. } => {
                self.sockets.remove(&link);
                self.forget_stream(link);
            }
            _ => {}
        }
    }

    /// Unsent bytes of a stream.
    pub(super) fn queued(&self, link: LinkId) -> usize {
        self.streams.get(&link).map_or(0, |stream| stream.bytes.len())
    }

    /// Queues a datagram made of `parts`; gives whether it fitted.
    pub(super) fn datagram(&mut self, link: LinkId, to: SocketAddr, parts: [&[u8]; 2]) -> bool {
        let Some(socket) = self.sockets.get_mut(&link) else { return false };
        let len = parts[0].len() + parts[1].len();
        if socket.bytes + len > self.datagram_bound {
            return false;
        }
        let mut bytes = self.spare.pop().unwrap_or_default();
        bytes.extend_from_slice(parts[0]);
        bytes.extend_from_slice(parts[1]);
        socket.bytes += len;
        socket.queue.push_back((to, bytes));
        true
    }

    /// Queues a 2-byte-length frame; gives whether it stayed within `bound` unsent bytes.
    pub(super) fn frame(&mut self, link: LinkId, payload: &[u8], bound: usize) -> bool {
        let Some(stream) = self.streams.get_mut(&link) else { return false };
        if stream.bytes.len() + payload.len() + 2 > bound {
            return false;
        }
        let was_empty = stream.bytes.is_empty();
        if deskwire_wire::frame::put_short(&mut stream.bytes, payload) {
            if was_empty && !stream.blocked {
                self.ready.push_back(link);
            }
            return true;
        }
        false
    }

    /// Closes a stream after its queued bytes; a blocked one at once.
    pub(super) fn close(&mut self, link: LinkId) {
        if let Some(stream) = self.streams.get_mut(&link)
            && !stream.blocked
            && !stream.bytes.is_empty()
        {
            // What does not fit is lost: the link closes anyway.
            let _ = self.control.stream(link, core::mem::take(&mut stream.bytes));
        }
        self.forget_stream(link);
        self.control.close(link);
    }

    /// Closes a listener or socket with what is queued on it.
    pub(super) fn close_listener(&mut self, link: LinkId) {
        if let Some(socket) = self.sockets.remove(&link).filter(|socket| !socket.blocked) {
            for (to, bytes) in socket.queue {
                self.control.datagram(link, to, bytes);
            }
        }
        self.control.close(link);
    }

    /// The next output; its bytes go to the empty `buf`.
    pub(super) fn poll(&mut self, buf: &mut Vec<u8>) -> Option<Output> {
        if let Some(output) = self.control.poll(buf) {
            return Some(output);
        }
        let output = if self.streams_turn {
            self.poll_stream(buf).or_else(|| self.poll_socket(buf))
        } else {
            self.poll_socket(buf).or_else(|| self.poll_stream(buf))
        };
        // A question without an answer is nobody's turn.
        self.streams_turn ^= output.is_some();
        output
    }

    fn poll_socket(&mut self, buf: &mut Vec<u8>) -> Option<Output> {
        let (link, socket) =
            self.sockets.iter_mut().find(|(_, socket)| !socket.blocked && !socket.queue.is_empty())?;
        let (to, bytes) = socket.queue.pop_front()?;
        socket.bytes -= bytes.len();
        if socket.queue.is_empty() && socket.queue.capacity() > SPARE {
            // What a burst took is given back.
            socket.queue.shrink_to(SPARE);
        }
        let link = *link;
        self.hand_over(buf, bytes);
        Some(Output::Datagram { link, to, ecn: Ecn::NotEct, segment: None })
    }

    fn poll_stream(&mut self, buf: &mut Vec<u8>) -> Option<Output> {
        let link = self.ready.pop_front()?;
        let stream = self.streams.get_mut(&link)?;
        let bytes = core::mem::replace(&mut stream.bytes, self.spare.pop().unwrap_or_default());
        self.hand_over(buf, bytes);
        Some(Output::Stream { link })
    }

    /// Gives the bytes to the caller by exchanging buffers, and keeps the caller's for later.
    fn hand_over(&mut self, buf: &mut Vec<u8>, mut bytes: Vec<u8>) {
        if buf.is_empty() {
            core::mem::swap(buf, &mut bytes);
        } else {
            buf.extend_from_slice(&bytes);
        }
        bytes.clear();
        if self.spare.len() < SPARE && (1..=4_096).contains(&bytes.capacity()) {
            self.spare.push(bytes);
        }
    }

    fn set_blocked(&mut self, link: LinkId, blocked: bool) {
        if let Some(socket) = self.sockets.get_mut(&link) {
            socket.blocked = blocked;
        } else if let Some(stream) = self.streams.get_mut(&link)
            && stream.blocked != blocked
        {
            stream.blocked = blocked;
            if blocked {
                self.ready.retain(|other| *other != link);
            } else if !stream.bytes.is_empty() {
                self.ready.push_back(link);
            }
        }
    }

    fn forget_stream(&mut self, link: LinkId) {
        if self.streams.remove(&link).is_some_and(|stream| !stream.bytes.is_empty()) {
            self.ready.retain(|other| *other != link);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskwire_machine::LinkIds;

    fn peer() -> SocketAddr {
        SocketAddr::from(([192, 0, 2, 1], 9))
    }

    #[test]
    fn streams_take_turns_with_sockets_and_blocked_links_wait() {
        let ids = LinkIds::new();
        let (udp, a, b) = (ids.allocate(), ids.allocate(), ids.allocate());
        let mut out = Outputs::new(1_000);
        out.open(udp, LinkSpec::Udp { local: None });
        for link in [a, b] {
            out.note(&Input::Accepted { listener: udp, link, remote: peer() });
            assert!(out.frame(link, b"one", 100) && out.frame(link, b"two", 100));
        }
        assert!(!out.frame(a, &[0; 90], 100));
        assert!(out.datagram(udp, peer(), [b"x", b"y"]));
        out.note(&Input::Blocked { link: a });
        let mut empty = Outputs::new(1_000);
        let turn = empty.streams_turn;
        assert_eq!((empty.poll(&mut Vec::new()), empty.streams_turn), (None, turn));
        let mut seen = Vec::new();
        let mut buf = Vec::new();
        while let Some(output) = out.poll(&mut buf) {
            seen.push(output);
            buf.clear();
        }
        assert_eq!(seen[1], Output::Stream { link: b });
        assert!(matches!(seen[2], Output::Datagram { link, .. } if link == udp));
        assert_eq!((seen.len(), out.queued(a), out.queued(b)), (3, 10, 0));
        out.note(&Input::Writable { link: a });
        assert_eq!(out.poll(&mut buf), Some(Output::Stream { link: a }));
        assert_eq!(buf, b"\0\x03one\0\x03two");
    }

    #[test]
    fn last_words_go_before_the_close_unless_the_link_is_blocked() {
        let ids = LinkIds::new();
        let (listener, a, b) = (ids.allocate(), ids.allocate(), ids.allocate());
        let mut out = Outputs::new(1_000);
        for link in [a, b] {
            out.note(&Input::Accepted { listener, link, remote: peer() });
            assert!(out.frame(link, b"bye", 100));
        }
        out.note(&Input::Blocked { link: b });
        out.close(a);
        out.close(b);
        let mut buf = Vec::new();
        let outputs: Vec<_> = core::iter::from_fn(|| out.poll(&mut buf)).collect();
        assert_eq!(
            outputs,
            [Output::Stream { link: a }, Output::Close { link: a }, Output::Close { link: b }]
        );
    }
}
