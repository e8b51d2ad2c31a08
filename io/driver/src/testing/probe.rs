//! The machine the suite runs.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::sync::{Arc, Weak};

use deskwire_machine::{
    CloseReason, Deadline, Ecn, Input, Instant, LinkId, LinkIds, LinkSpec, Machine, Outbox, Output, StreamBuf,
};

/// Unsent bytes a probe holds.
const OUTBOX: usize = 64 * 1024 * 1024;

/// What a probe saw.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Seen {
    /// A link opened, at this local address.
    Opened(LinkId, SocketAddr),
    /// Somebody connected.
    Accepted(LinkId),
    /// A datagram arrived.
    Datagram(LinkId, SocketAddr, Ecn, Vec<u8>),
    /// Stream bytes arrived.
    Bytes(LinkId, Vec<u8>),
    /// A link takes no more.
    Blocked(LinkId),
    /// A link takes more.
    Writable(LinkId),
    /// A link ended.
    Closed(LinkId, CloseReason),
    /// So many interface addresses were told.
    Network(usize),
    /// A timer was due at the first time and was told at the second.
    Timer(&'static str, Instant, Instant),
}

/// What a probe does with stream bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// Reports them.
    #[default]
    Report,
    /// Sends frames back: whole ones only, each a 2-byte big-endian length and that many bytes. Datagrams too.
    Echo,
    /// Leaves them where they are.
    Ignore,
}

/// A machine that does what it is told and says what it sees.
pub struct Probe {
    ids: LinkIds,
    outbox: Outbox,
    seen: VecDeque<Seen>,
    timers: BTreeMap<(Instant, &'static str), ()>,
    unwanted: BTreeSet<LinkId>,
    /// What is done with stream bytes and datagrams.
    pub mode: Mode,
    /// Bytes still to be written on a link, in chunks, as fast as it takes them.
    sources: BTreeMap<LinkId, u64>,
    /// Stream bytes handed out so far.
    pub written: u64,
    /// A deadline that is always due.
    pub spins: Option<&'static str>,
    /// Puts out for ever.
    pub babbles: bool,
    /// Something for commands to count with.
    pub counter: u64,
    token: Arc<()>,
}

/// The bytes of a source, from its offset on.
pub fn pattern(offset: u64, len: usize) -> Vec<u8> {
    (offset..).take(len).map(|i| (i % 251) as u8).collect()
}

const CHUNK: u64 = 16 * 1024;

impl Probe {
    /// A probe that reports.
    pub fn new(ids: LinkIds) -> Self {
        Self {
            ids,
            outbox: Outbox::new(OUTBOX),
            seen: VecDeque::new(),
            timers: BTreeMap::new(),
            unwanted: BTreeSet::new(),
            mode: Mode::Report,
            sources: BTreeMap::new(),
            written: 0,
            spins: None,
            babbles: false,
            counter: 0,
            token: Arc::new(()),
        }
    }

    /// Opens a link.
    pub fn open(&mut self, spec: LinkSpec) -> LinkId {
        let link = self.ids.allocate();
        self.outbox.open(link, spec);
        link
    }

    /// Closes a link.
    pub fn close(&mut self, link: LinkId) {
        self.outbox.close(link);
    }

    /// Sends datagrams.
    pub fn send(&mut self, link: LinkId, to: SocketAddr, segment: Option<usize>, bytes: Vec<u8>) {
        self.send_marked(link, to, Ecn::NotEct, segment, bytes);
    }

    /// Sends datagrams with a congestion mark.
    pub fn send_marked(
        &mut self,
        link: LinkId,
        to: SocketAddr,
        ecn: Ecn,
        segment: Option<usize>,
        bytes: Vec<u8>,
    ) {
        self.outbox.datagram_with(link, to, ecn, segment.and_then(NonZeroUsize::new), bytes);
    }

    /// Something that lives as long as the probe.
    pub fn token(&self) -> Weak<()> {
        Arc::downgrade(&self.token)
    }

    /// Writes stream bytes.
    pub fn write(&mut self, link: LinkId, bytes: Vec<u8>) {
        // A link that is gone has reported so.
        let _ = self.outbox.stream(link, bytes);
    }

    /// Writes `total` bytes of [`pattern`] as fast as the link takes them.
    pub fn pour(&mut self, link: LinkId, total: u64) {
        self.sources.insert(link, total);
    }

    /// Says that a link's bytes are wanted or not.
    pub fn want(&mut self, link: LinkId, wanted: bool) {
        if wanted {
            self.unwanted.remove(&link);
        } else {
            self.unwanted.insert(link);
        }
    }

    /// Sets a timer.
    pub fn set_timer(&mut self, at: Instant, name: &'static str) {
        self.timers.insert((at, name), ());
    }

    fn take_stream(&mut self, link: LinkId, data: &mut StreamBuf) {
        match self.mode {
            Mode::Ignore => {}
            Mode::Report => {
                self.seen.push_back(Seen::Bytes(link, data.readable().to_vec()));
                data.consume(data.len());
            }
            Mode::Echo => {
                while let [high, low, rest @ ..] = data.readable() {
                    let len = usize::from(u16::from_be_bytes([*high, *low]));
                    if rest.len() < len {
                        return;
                    }
                    let frame = data.readable()[..len + 2].to_vec();
                    data.consume(len + 2);
                    self.write(link, frame);
                }
            }
        }
    }
}

impl Machine for Probe {
    type Event = Seen;

    fn handle_input(&mut self, _: Instant, input: Input<'_>) {
        self.outbox.note(&input);
        let seen = match input {
            Input::Opened { link, local, .. } => Seen::Opened(link, local),
            Input::Accepted { link, .. } => Seen::Accepted(link),
            Input::Datagram { link, from, data, .. } if self.mode == Mode::Echo => {
                return self.outbox.datagram(link, from, data.to_vec());
            }
            Input::Datagram { link, from, ecn, data } => Seen::Datagram(link, from, ecn, data.to_vec()),
            Input::Stream { link, data } => return self.take_stream(link, data),
            Input::Blocked { link } => Seen::Blocked(link),
            Input::Writable { link } => Seen::Writable(link),
            Input::Closed { link, reason } => Seen::Closed(link, reason),
            Input::NetworkChanged { addrs } => Seen::Network(addrs.len()),
            _ => return,
        };
        self.seen.push_back(seen);
    }

    fn handle_timeout(&mut self, now: Instant) {
        while let Some((&(at, name), ())) = self.timers.first_key_value() {
            if at > now {
                break;
            }
            self.timers.pop_first();
            self.seen.push_back(Seen::Timer(name, at, now));
        }
    }

    fn poll_output(&mut self, _: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        if let Some(output) = self.outbox.poll(buf) {
            return Some(output);
        }
        if self.babbles {
            return Some(Output::Close { link: LinkId::TRANSPORT });
        }
        let outbox = &self.outbox;
        let (link, left) = self
            .sources
            .iter_mut()
            .find(|(link, left)| **left > 0 && outbox.is_open(**link) && !outbox.is_blocked(**link))?;
        let len = (*left).min(CHUNK);
        *left -= len;
        buf.extend_from_slice(&pattern(self.written, len as usize));
        self.written += len;
        Some(Output::Stream { link: *link })
    }

    fn poll_event(&mut self) -> Option<Seen> {
        self.seen.pop_front()
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        if let Some(reason) = self.spins {
            return Some(Deadline::new(Instant::ZERO, reason));
        }
        self.timers.keys().next().map(|(at, name)| Deadline::new(*at, name))
    }

    fn wants_input(&self, link: LinkId) -> bool {
        !self.unwanted.contains(&link)
    }
}
