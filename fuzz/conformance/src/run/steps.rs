//! The steps of a run: what a script can do to a machine.

use std::net::SocketAddr;

use deskwire_machine::{CloseReason, Ecn, IfAddr, Input, LinkId, Machine, StreamBuf};

use super::{HISTORY, Link, Phase, Run, Step, UNREAD};
use crate::{LinkKind, Reply, Rule, Subject};

impl<S: Subject> Run<'_, S> {
    pub(super) fn deliver_reply(&mut self) -> Step {
        let at = if self.dice.chance(40) { self.dice.below(self.replies.0.len()) } else { 0 };
        let at = match self.replies.0.get(at) {
            // Streams keep their order.
            Some(Reply::Stream { link, .. }) => {
                let link = *link;
                let same = |r: &Reply| matches!(r, Reply::Stream { link: l, .. } if *l == link);
                self.replies.0.iter().position(same).unwrap_or(at)
            }
            _ => at,
        };
        let Some(reply) = self.replies.0.remove(at) else { return self.send_message(true) };
        match reply {
            Reply::Datagram { link, from, bytes } => match self.dice.byte() {
                0..=15 => Ok(()),
                16..=31 => {
                    self.replies.datagram(link, from, bytes.clone());
                    self.datagram(link, from, bytes)
                }
                _ => self.datagram(link, from, bytes),
            },
            Reply::Stream { link, bytes } => self.stream(link, &bytes),
            Reply::Closed { link, reason } => self.close(link, reason),
        }
    }

    pub(super) fn datagram(&mut self, link: LinkId, from: SocketAddr, mut bytes: Vec<u8>) -> Step {
        if !self.is_open(link, LinkKind::Datagram) {
            return Ok(());
        }
        self.remember(&bytes);
        self.input(Input::Datagram { link, from, ecn: Ecn::NotEct, data: &mut bytes })
    }

    pub(super) fn stream(&mut self, link: LinkId, bytes: &[u8]) -> Step {
        if !self.is_open(link, LinkKind::Stream) {
            return Ok(());
        }
        let Some(state) = self.links.get_mut(&link) else { return Ok(()) };
        // Bytes come in pieces of any size.
        let first = if self.dice.chance(64) { self.dice.below(bytes.len() + 1) } else { bytes.len() };
        let (first, rest) = bytes.split_at(first.min(bytes.len()));
        if state.unread.len() + bytes.len() > UNREAD {
            return self.close(link, CloseReason::Limit);
        }
        state.unread.push(first);
        self.feed(link)?;
        if let Some(state) = self.links.get_mut(&link) {
            state.unread.push(rest);
        }
        if rest.is_empty() { Ok(()) } else { self.feed(link) }
    }

    /// Hands unread bytes over while the machine wants them.
    pub(super) fn feed(&mut self, link: LinkId) -> Step {
        if !self.is_open(link, LinkKind::Stream) || !self.machine.wants_input(link) {
            return Ok(());
        }
        if self.links.get(&link).is_none_or(|state| state.unread.is_empty()) {
            return Ok(());
        }
        let now = self.tell()?;
        let Some(state) = self.links.get_mut(&link) else { return Ok(()) };
        self.machine.handle_input(now, Input::Stream { link, data: &mut state.unread });
        self.drain(false)
    }

    /// Answers an `Open`.
    pub(super) fn open_one(&mut self) -> Step {
        let asked: Vec<LinkId> = self.links_in(|link| link.phase == Phase::Asked);
        let Some(&link) = self.dice.pick(&asked) else { return self.read_on() };
        if self.dice.chance(30) {
            let reason = self.reason();
            return self.close(link, reason);
        }
        let max_datagram = match self.links.get_mut(&link) {
            Some(state) => {
                state.phase = Phase::Open;
                if state.kind == LinkKind::Datagram { 1472 } else { 0 }
            }
            None => return Ok(()),
        };
        let local = SocketAddr::from(([192, 0, 2, 7], 50_000 + (link.as_u32() % 10_000) as u16));
        self.input(Input::Opened { link, local, max_datagram })
    }

    /// Offers unread bytes again: the machine may want them by now.
    pub(super) fn read_on(&mut self) -> Step {
        let waiting = self.links_in(|link| !link.unread.is_empty());
        waiting.into_iter().try_for_each(|link| self.feed(link))
    }

    /// Sends a message of the subject's, whole or damaged, or plain rubbish.
    pub(super) fn send_message(&mut self, realistic: bool) -> Step {
        let open = self.links_in(|link| {
            matches!(link.phase, Phase::Open | Phase::Blocked) && link.kind != LinkKind::Listener
        });
        let Some(&link) = self.dice.pick(&open) else { return Ok(()) };
        let Some(kind) = self.links.get(&link).map(|l| l.kind) else { return Ok(()) };
        let message = if realistic { self.subject.message(&mut self.dice, kind) } else { None };
        // Rubbish ends most streams, so it comes seldom; a datagram of it is only one lost.
        let spoils = kind == LinkKind::Datagram || self.dice.chance(30);
        let mut bytes = match message {
            Some(message) => message,
            None if spoils => self.dice.bytes(1500),
            None => return Ok(()),
        };
        if realistic && spoils && self.dice.chance(40) {
            self.dice.damage(&mut bytes);
        }
        let from = self.address();
        match kind {
            LinkKind::Datagram if realistic => self.datagram(link, from, bytes),
            LinkKind::Datagram => self.rubbish(link, from, bytes),
            _ => self.stream(link, &bytes),
        }
    }

    /// A datagram that means nothing: the machine says something about it, or has something to do, or counts it.
    fn rubbish(&mut self, link: LinkId, from: SocketAddr, bytes: Vec<u8>) -> Step {
        let (len, first) = (bytes.len(), bytes.first().copied());
        let before = (self.said, self.trace.dropped(), self.deadline());
        self.datagram(link, from, bytes)?;
        // An answer may wait for a link that is blocked.
        let may_wait = self.links.values().any(|link| link.phase == Phase::Blocked);
        let silent = !may_wait && (self.said, self.trace.dropped(), self.deadline()) == before;
        if silent && self.subject.dropped(&mut self.machine).is_some() {
            let detail = format!("{len} bytes that start with {first:02x?}");
            return Err(self.violation(Rule::NotCounted, detail));
        }
        Ok(())
    }

    /// Sends an earlier message once more, perhaps damaged, perhaps from elsewhere.
    pub(super) fn send_again(&mut self) -> Step {
        let at = self.dice.below(self.history.len());
        let Some(mut bytes) = self.history.get(at).cloned() else { return Ok(()) };
        if self.dice.chance(128) {
            self.dice.damage(&mut bytes);
        }
        let open = self
            .links_in(|l| matches!(l.phase, Phase::Open | Phase::Blocked) && l.kind == LinkKind::Datagram);
        let Some(&link) = self.dice.pick(&open) else { return Ok(()) };
        let from = self.address();
        self.datagram(link, from, bytes)
    }

    pub(super) fn flow_control(&mut self) -> Step {
        let block = self.dice.chance(128);
        let from = if block { Phase::Open } else { Phase::Blocked };
        let links = self.links_in(|link| link.phase == from && link.kind != LinkKind::Listener);
        let Some(&link) = self.dice.pick(&links) else { return Ok(()) };
        if let Some(state) = self.links.get_mut(&link) {
            state.phase = if block { Phase::Blocked } else { Phase::Open };
        }
        self.input(if block { Input::Blocked { link } } else { Input::Writable { link } })
    }

    pub(super) fn close_one(&mut self) -> Step {
        // The links it was given are what most machines live on; without them little happens.
        let with_given = self.dice.chance(40) && !self.mode.keep_given;
        let live = self.links_in(|link| link.phase != Phase::Closed && (with_given || !link.given));
        let Some(&link) = self.dice.pick(&live) else { return Ok(()) };
        let reason = self.reason();
        self.close(link, reason)
    }

    pub(super) fn close(&mut self, link: LinkId, reason: CloseReason) -> Step {
        match self.links.get_mut(&link) {
            Some(state) if state.phase != Phase::Closed => state.end(),
            _ => return Ok(()),
        }
        self.input(Input::Closed { link, reason })
    }

    pub(super) fn accept_one(&mut self) -> Step {
        let mut at = self.links_in(|link| link.kind == LinkKind::Listener && link.phase == Phase::Open);
        if S::ACCEPTS_CHANNELS {
            at.push(LinkId::TRANSPORT);
        }
        let Some(&listener) = self.dice.pick(&at) else { return Ok(()) };
        let link = self.ids.allocate();
        let remote = self.address();
        let state =
            Link { kind: LinkKind::Stream, phase: Phase::Open, unread: StreamBuf::new(), given: false };
        self.links.insert(link, state);
        self.input(Input::Accepted { listener, link, remote })
    }

    pub(super) fn network_change(&mut self) -> Step {
        let count = self.dice.below(4);
        let addrs: Vec<IfAddr> = (0..count)
            .map(|_| IfAddr { addr: self.address().ip(), prefix: 24, metered: self.dice.chance(64) })
            .collect();
        self.input(Input::NetworkChanged { addrs: &addrs })
    }

    /// Input for a link that is closed or was never there. A driver does not do that; it must be harmless.
    pub(super) fn stray(&mut self) -> Step {
        let closed = self.links_in(|link| link.phase == Phase::Closed);
        let link = match self.dice.pick(&closed) {
            Some(link) if self.dice.chance(200) => *link,
            _ => {
                let link = self.ids.allocate();
                let state = Link {
                    kind: LinkKind::Stream,
                    phase: Phase::Closed,
                    unread: StreamBuf::new(),
                    given: false,
                };
                self.links.insert(link, state);
                link
            }
        };
        let mut bytes = self.dice.bytes(200);
        let from = self.address();
        match self.dice.below(3) {
            0 => self.input(Input::Datagram { link, from, ecn: Ecn::Ce, data: &mut bytes }),
            1 => self.input(Input::Stream { link, data: &mut StreamBuf::from(bytes.as_slice()) }),
            _ => self.input(Input::Closed { link, reason: CloseReason::Reset }),
        }
    }

    pub(super) fn links_in(&self, which: impl Fn(&Link) -> bool) -> Vec<LinkId> {
        self.links.iter().filter(|(_, link)| which(link)).map(|(id, _)| *id).collect()
    }

    pub(super) fn is_open(&self, link: LinkId, kind: LinkKind) -> bool {
        let open = |l: &Link| l.kind == kind && matches!(l.phase, Phase::Open | Phase::Blocked);
        self.links.get(&link).is_some_and(open)
    }

    pub(super) fn remember(&mut self, bytes: &[u8]) {
        if self.history.len() >= HISTORY {
            self.history.pop_front();
        }
        self.history.push_back(bytes.to_vec());
    }

    pub(super) fn address(&mut self) -> SocketAddr {
        let (host, port) = (self.dice.byte(), 1 + u16::from(self.dice.byte()));
        match self.dice.byte() {
            0..=229 => SocketAddr::from(([198, 51, 100, host], port)),
            230..=239 => SocketAddr::from(([127, 0, 0, host], port)),
            240..=249 => SocketAddr::from(([0x2001, 0xdb8, 0, 0, 0, 0, 0, u16::from(host)], port)),
            _ => SocketAddr::from(([0, 0, 0, 0, 0, 0xffff, 0xc633, 0x6400 | u16::from(host)], port)),
        }
    }

    pub(super) fn reason(&mut self) -> CloseReason {
        let reasons = [
            CloseReason::Finished,
            CloseReason::Reset,
            CloseReason::Refused,
            CloseReason::Unreachable,
            CloseReason::TimedOut,
            CloseReason::AddressInUse,
            CloseReason::Unsupported,
            CloseReason::Failed(5),
        ];
        self.dice.pick(&reasons).copied().unwrap_or(CloseReason::Reset)
    }
}
