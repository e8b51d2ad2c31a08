//! The output queue most machines want: it keeps rule 7 and a bound.

use alloc::collections::{BTreeMap, VecDeque};
use alloc::vec::Vec;
use core::net::SocketAddr;
use core::num::NonZeroUsize;

use crate::queue::KEPT;
use crate::{Ecn, Input, LinkId, LinkSpec, Output};

/// Queued outputs with their bytes. It knows which links are blocked or gone, holds back what may not be sent, and
/// drops (and counts) datagrams over its byte bound. Stream bytes are never dropped silently: when they do not fit,
/// the push is refused.
#[derive(Debug)]
pub struct Outbox {
    queue: VecDeque<Entry>,
    links: BTreeMap<LinkId, LinkState>,
    queued_bytes: usize,
    max_bytes: usize,
    dropped: u64,
}

#[derive(Debug)]
struct Entry {
    output: Output,
    bytes: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum LinkState {
    Ready,
    Blocked,
}

impl Outbox {
    /// An outbox that holds at most `max_bytes` of unsent bytes.
    pub const fn new(max_bytes: usize) -> Self {
        Self { queue: VecDeque::new(), links: BTreeMap::new(), queued_bytes: 0, max_bytes, dropped: 0 }
    }

    /// Keeps the state of links up to date. Call it first with every input.
    pub fn note(&mut self, input: &Input<'_>) {
        match *input {
            Input::Opened { link, .. } | Input::Accepted { link, .. } | Input::Writable { link } => {
                self.links.insert(link, LinkState::Ready);
            }
            Input::Blocked { link } => {
                self.links.insert(link, LinkState::Blocked);
            }
            Input::Closed { link, .. } => self.forget(link),
            _ => {}
        }
    }

    /// Asks for a link.
    pub fn open(&mut self, link: LinkId, spec: LinkSpec) {
        self.links.insert(link, LinkState::Ready);
        self.queue.push_back(Entry { output: Output::Open { link, spec }, bytes: Vec::new() });
    }

    /// Asks to close a link, after what is queued for it (which is dropped if the link is blocked: nobody reads
    /// it); does nothing for one that is gone.
    pub fn close(&mut self, link: LinkId) {
        if self.is_blocked(link) {
            self.forget(link);
            self.links.insert(link, LinkState::Ready);
        }
        if self.links.remove(&link).is_some() {
            self.queue.push_back(Entry { output: Output::Close { link }, bytes: Vec::new() });
        }
    }

    /// Queues a datagram; over the bound, or on a link that is gone, it is dropped and counted.
    pub fn datagram(&mut self, link: LinkId, to: SocketAddr, bytes: Vec<u8>) {
        self.datagram_with(link, to, Ecn::NotEct, None, bytes);
    }

    /// Queues a datagram with a congestion mark, or a batch of them.
    pub fn datagram_with(
        &mut self,
        link: LinkId,
        to: SocketAddr,
        ecn: Ecn,
        segment: Option<NonZeroUsize>,
        bytes: Vec<u8>,
    ) {
        if bytes.is_empty() || !self.fits(bytes.len()) || !self.links.contains_key(&link) {
            self.dropped = self.dropped.saturating_add(1);
            return;
        }
        self.queued_bytes += bytes.len();
        self.queue.push_back(Entry { output: Output::Datagram { link, to, ecn, segment }, bytes });
    }

    /// Queues stream bytes, or hands them back when they do not fit or the link is gone.
    pub fn stream(&mut self, link: LinkId, bytes: Vec<u8>) -> Result<(), Vec<u8>> {
        if bytes.is_empty() {
            return Ok(());
        }
        if !self.fits(bytes.len()) || !self.links.contains_key(&link) {
            self.dropped = self.dropped.saturating_add(1);
            return Err(bytes);
        }
        self.queued_bytes += bytes.len();
        self.queue.push_back(Entry { output: Output::Stream { link }, bytes });
        Ok(())
    }

    /// The next output that may go; its bytes are appended to `buf`.
    pub fn poll(&mut self, buf: &mut Vec<u8>) -> Option<Output> {
        let at = self.queue.iter().position(|entry| !self.is_held(&entry.output))?;
        let entry = self.queue.remove(at)?;
        self.queued_bytes -= entry.bytes.len();
        if self.queue.is_empty() && self.queue.capacity() > KEPT {
            self.queue.shrink_to(KEPT);
        }
        buf.extend_from_slice(&entry.bytes);
        Some(entry.output)
    }

    /// Whether a link is open (or asked for) and not gone.
    pub fn is_open(&self, link: LinkId) -> bool {
        self.links.contains_key(&link)
    }

    /// Whether a link said that it takes no more for now.
    pub fn is_blocked(&self, link: LinkId) -> bool {
        self.links.get(&link) == Some(&LinkState::Blocked)
    }

    /// Unsent bytes.
    pub const fn queued_bytes(&self) -> usize {
        self.queued_bytes
    }

    /// Unsent bytes of one link.
    pub fn queued_for(&self, link: LinkId) -> usize {
        self.queue.iter().filter(|e| link_of(&e.output) == link).map(|e| e.bytes.len()).sum()
    }

    /// How many sends were dropped or refused.
    pub const fn dropped(&self) -> u64 {
        self.dropped
    }

    fn fits(&self, more: usize) -> bool {
        self.queued_bytes.saturating_add(more) <= self.max_bytes
    }

    fn is_held(&self, output: &Output) -> bool {
        match output {
            Output::Datagram { link, .. } | Output::Stream { link } => self.is_blocked(*link),
            _ => false,
        }
    }

    fn forget(&mut self, link: LinkId) {
        self.links.remove(&link);
        let before = self.queue.len();
        self.queue.retain(|entry| link_of(&entry.output) != link);
        if self.queue.len() != before {
            self.queued_bytes = self.queue.iter().map(|entry| entry.bytes.len()).sum();
        }
    }
}

const fn link_of(output: &Output) -> LinkId {
    match output {
        Output::Open { link, .. }
        | Output::Datagram { link, .. }
        | Output::Stream { link }
        | Output::Close { link } => *link,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CloseReason, LinkIds};

    fn address() -> SocketAddr {
        SocketAddr::from(([192, 0, 2, 1], 9))
    }

    #[test]
    fn a_blocked_link_holds_its_bytes_and_lets_others_pass() {
        let ids = LinkIds::new();
        let (a, b) = (ids.allocate(), ids.allocate());
        let mut outbox = Outbox::new(100);
        for link in [a, b] {
            outbox.note(&Input::Opened { link, local: address(), max_datagram: 0 });
        }
        outbox.note(&Input::Blocked { link: a });
        outbox.stream(a, b"first".to_vec()).unwrap();
        outbox.stream(b, b"second".to_vec()).unwrap();
        let mut buf = Vec::new();
        assert_eq!(outbox.poll(&mut buf), Some(Output::Stream { link: b }));
        assert_eq!((outbox.poll(&mut buf), outbox.queued_bytes()), (None, 5));
        outbox.note(&Input::Writable { link: a });
        buf.clear();
        assert_eq!(outbox.poll(&mut buf), Some(Output::Stream { link: a }));
        assert_eq!(buf, b"first");
    }

    #[test]
    fn nothing_goes_to_a_link_that_is_gone() {
        let link = LinkIds::new().allocate();
        let mut outbox = Outbox::new(100);
        outbox.open(link, LinkSpec::Udp { local: None });
        outbox.datagram(link, address(), b"x".to_vec());
        outbox.note(&Input::Closed { link, reason: CloseReason::Reset });
        assert_eq!(outbox.poll(&mut Vec::new()), None);
        assert_eq!(outbox.stream(link, b"y".to_vec()), Err(b"y".to_vec()));
        outbox.datagram(link, address(), b"z".to_vec());
        outbox.close(link);
        assert_eq!((outbox.poll(&mut Vec::new()), outbox.dropped()), (None, 2));
    }

    #[test]
    fn the_bound_holds() {
        let link = LinkIds::new().allocate();
        let mut outbox = Outbox::new(4);
        outbox.open(link, LinkSpec::Udp { local: None });
        outbox.datagram(link, address(), b"1234".to_vec());
        outbox.datagram(link, address(), b"5".to_vec());
        assert_eq!((outbox.queued_bytes(), outbox.dropped()), (4, 1));
    }
}
