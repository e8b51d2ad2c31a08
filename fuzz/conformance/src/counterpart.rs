//! A real machine on the other side of the one under test.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;

use deskwire_machine::{
    CloseReason, Ecn, Input, Instant, LinkId, LinkIds, LinkSpec, Machine, Output, StreamBuf,
};

use crate::{Replies, Reply};

/// Runs a machine opposite the one under test: a server for a client, the other end of a transport. Call
/// [`Counterpart::sent`] from [`Subject::sent`](crate::Subject::sent), and the two talk.
///
/// Every UDP socket the counterpart opens hears every datagram; every connection that the machine under test opens
/// reaches the counterpart's first listener, or its [`LinkId::TRANSPORT`] if it has none. It opens no connections
/// itself.
#[derive(Debug)]
pub struct Counterpart<M: Machine> {
    /// The machine.
    pub machine: M,
    /// What it said; take it and act on it.
    pub events: Vec<M::Event>,
    /// Datagrams it sent to others than the machine under test, with where to (the latest 256).
    pub elsewhere: VecDeque<(SocketAddr, Vec<u8>)>,
    ids: LinkIds,
    udp: Option<LinkId>,
    listener: Option<LinkId>,
    /// From links of the machine under test to its own.
    streams: BTreeMap<LinkId, (LinkId, StreamBuf)>,
    /// Where datagrams of the machine under test seem to come from, and its link they came from last.
    tested: SocketAddr,
    heard: Option<(LinkId, SocketAddr)>,
}

impl<M: Machine> Counterpart<M> {
    /// A counterpart that opens its own sockets from its configuration.
    pub fn new(now: Instant, machine: M, ids: &LinkIds) -> Self {
        let mut counterpart = Self {
            machine,
            events: Vec::new(),
            elsewhere: VecDeque::new(),
            ids: ids.clone(),
            udp: None,
            listener: None,
            streams: BTreeMap::new(),
            tested: SocketAddr::from(([192, 0, 2, 7], 40_000)),
            heard: None,
        };
        counterpart.drain(now, &mut Replies::default());
        counterpart
    }

    /// A counterpart that is given its one datagram link, as a transport is given a path.
    pub fn with_udp(now: Instant, machine: M, ids: &LinkIds, link: LinkId) -> Self {
        let mut counterpart = Self::new(now, machine, ids);
        counterpart.udp = Some(link);
        counterpart.opened(now, link, 1472);
        counterpart.drain(now, &mut Replies::default());
        counterpart
    }

    /// Takes what the machine under test did; answers go into `replies`.
    pub fn sent(&mut self, now: Instant, output: &Output, bytes: &[u8], replies: &mut Replies) {
        match output {
            Output::Open {
                link,
                spec: LinkSpec::TcpConnect { .. } | LinkSpec::WebSocket { .. } | LinkSpec::Channel(_),
            } => {
                let own = self.ids.allocate();
                self.streams.insert(*link, (own, StreamBuf::new()));
                let listener = self.listener.unwrap_or(LinkId::TRANSPORT);
                self.machine.handle_input(now, Input::Accepted { listener, link: own, remote: self.tested });
            }
            Output::Datagram { link, to, segment, .. } => {
                self.heard = Some((*link, *to));
                let size = segment.map_or(bytes.len(), std::num::NonZero::get);
                for datagram in bytes.chunks(size.max(1)) {
                    self.datagram(now, self.tested, datagram);
                }
            }
            Output::Stream { link } => {
                let Some((own, unread)) = self.streams.get_mut(link) else { return };
                unread.push(bytes);
                if self.machine.wants_input(*own) {
                    self.machine.handle_input(now, Input::Stream { link: *own, data: unread });
                }
            }
            Output::Close { link } => {
                let Some((own, _)) = self.streams.remove(link) else { return };
                self.machine.handle_input(now, Input::Closed { link: own, reason: CloseReason::Finished });
            }
            _ => return,
        }
        self.drain(now, replies);
    }

    /// Lets its timers run; call it from [`Subject::act`](crate::Subject::act).
    pub fn tick(&mut self, now: Instant, replies: &mut Replies) {
        self.machine.handle_timeout(now);
        self.drain(now, replies);
    }

    /// Sends what is due after a call of the machine's own methods.
    pub fn drain(&mut self, now: Instant, replies: &mut Replies) {
        let mut buf = Vec::new();
        for _ in 0..10_000 {
            buf.clear();
            let output = self.machine.poll_output(now, &mut buf);
            let event = self.machine.poll_event();
            if output.is_none() && event.is_none() {
                return;
            }
            self.events.extend(event);
            if let Some(output) = output {
                self.did(now, &output, &buf, replies);
            }
        }
    }

    /// Brings it a datagram from somebody else.
    pub fn datagram_from(&mut self, now: Instant, from: SocketAddr, bytes: &[u8], replies: &mut Replies) {
        self.datagram(now, from, bytes);
        self.drain(now, replies);
    }

    fn datagram(&mut self, now: Instant, from: SocketAddr, bytes: &[u8]) {
        let Some(link) = self.udp else { return };
        let mut data = bytes.to_vec();
        self.machine.handle_input(now, Input::Datagram { link, from, ecn: Ecn::NotEct, data: &mut data });
    }

    fn opened(&mut self, now: Instant, link: LinkId, max_datagram: usize) {
        let local = SocketAddr::from(([198, 51, 100, 1], 4000));
        self.machine.handle_input(now, Input::Opened { link, local, max_datagram });
    }

    fn did(&mut self, now: Instant, output: &Output, bytes: &[u8], replies: &mut Replies) {
        match output {
            Output::Open { link, spec: LinkSpec::Udp { .. } } => {
                self.udp.get_or_insert(*link);
                self.opened(now, *link, 1472);
            }
            Output::Open { link, spec: LinkSpec::TcpListen { .. } | LinkSpec::WebSocketListen { .. } } => {
                self.listener.get_or_insert(*link);
                self.opened(now, *link, 0);
            }
            Output::Open { link, .. } => {
                let reason = CloseReason::Unsupported;
                self.machine.handle_input(now, Input::Closed { link: *link, reason });
            }
            Output::Datagram { to, segment, .. } => {
                let size = segment.map_or(bytes.len(), std::num::NonZero::get);
                if *to != self.tested {
                    self.elsewhere.extend(bytes.chunks(size.max(1)).map(|one| (*to, one.to_vec())));
                    self.elsewhere.drain(..self.elsewhere.len().saturating_sub(256));
                    return;
                }
                let Some((link, from)) = self.heard else { return };
                bytes.chunks(size.max(1)).for_each(|one| replies.datagram(link, from, one.to_vec()));
            }
            Output::Stream { link } => {
                if let Some(tested) = self.tested_link(*link) {
                    replies.stream(tested, bytes.to_vec());
                }
            }
            Output::Close { link } => {
                if let Some(tested) = self.tested_link(*link) {
                    self.streams.remove(&tested);
                    replies.push(Reply::Closed { link: tested, reason: CloseReason::Finished });
                }
            }
            _ => {}
        }
    }

    fn tested_link(&self, own: LinkId) -> Option<LinkId> {
        self.streams.iter().find(|(_, (link, _))| *link == own).map(|(tested, _)| *tested)
    }
}
