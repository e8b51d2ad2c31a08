//! Joins the channels of a session to those of its transport.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::net::{Ipv4Addr, SocketAddr};

use deskwire_machine::{
    ChannelSpec, CloseReason, Ecn, Input, Instant, LinkId, LinkSpec, Machine, Output, StreamBuf,
};
use deskwire_session::priority;
use deskwire_transport::Transport;

/// The code of channels that one side has given up; it says nothing more.
const ABANDONED: u64 = 0;

/// Most bytes read from a channel before the session has to consume some. A frame update has to fit.
const READ_AHEAD: usize = 1 << 20;

/// Where channels "are": they have no address.
const NOWHERE: SocketAddr = SocketAddr::new(core::net::IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);

/// The table of open channels. Sessions name channels with ids of their own; channels that the peer opened keep the
/// transport's id.
#[derive(Debug, Default)]
pub(crate) struct Channels {
    open: BTreeMap<LinkId, Channel>,
    by_transport: BTreeMap<LinkId, LinkId>,
}

#[derive(Debug)]
struct Channel {
    /// The transport's name; `None` while the transport has no room for another stream.
    transport: Option<LinkId>,
    spec: ChannelSpec,
    /// Whether the peer opened it.
    accepted: bool,
    /// Bytes the session gave and the transport has not taken yet.
    unsent: Vec<u8>,
    sent: usize,
    unread: StreamBuf,
    /// The session has closed it; it goes once `unsent` is empty.
    closing: bool,
    /// The peer has ended it with this reason; the session is told once it has read all.
    ended: Option<CloseReason>,
    readable: bool,
}

impl Channel {
    const fn new(transport: Option<LinkId>, spec: ChannelSpec, accepted: bool) -> Self {
        Self {
            transport,
            spec,
            accepted,
            unsent: Vec::new(),
            sent: 0,
            unread: StreamBuf::new(),
            closing: false,
            ended: None,
            readable: false,
        }
    }

    fn has_unsent(&self) -> bool {
        self.sent < self.unsent.len()
    }
}

impl Channels {
    /// The peer opened a channel.
    pub(crate) fn accept<S: Machine>(
        &mut self,
        now: Instant,
        channel: LinkId,
        bidirectional: bool,
        session: &mut S,
    ) {
        let spec = ChannelSpec { bidirectional, priority: 0 };
        self.open.insert(channel, Channel::new(Some(channel), spec, true));
        self.by_transport.insert(channel, channel);
        session.handle_input(
            now,
            Input::Accepted { listener: LinkId::TRANSPORT, link: channel, remote: NOWHERE },
        );
    }

    /// The transport has bytes for a channel.
    pub(crate) fn readable(&mut self, channel: LinkId) {
        if let Some(channel) = self.by_transport.get(&channel).and_then(|link| self.open.get_mut(link)) {
            channel.readable = true;
        }
    }

    /// The peer ended a channel, or cut it.
    pub(crate) fn ended(&mut self, channel: LinkId, reason: CloseReason) {
        if let Some(channel) = self.by_transport.get(&channel).and_then(|link| self.open.get_mut(link)) {
            channel.ended = Some(reason);
            channel.readable = true;
        }
    }

    /// A datagram of the peer's session.
    pub(crate) fn datagram<S: Machine>(now: Instant, data: &mut [u8], session: &mut S) {
        let (link, from, ecn) = (LinkId::TRANSPORT, NOWHERE, Ecn::NotEct);
        session.handle_input(now, Input::Datagram { link, from, ecn, data });
    }

    /// The transport is gone: every channel ends.
    pub(crate) fn cut<S: Machine>(&mut self, now: Instant, session: &mut S) {
        self.by_transport.clear();
        for (link, _) in core::mem::take(&mut self.open) {
            session.handle_input(now, Input::Closed { link, reason: CloseReason::Reset });
        }
    }

    /// Moves what the session wants done into the transport and what the transport has into the session. Gives
    /// whether anything moved.
    pub(crate) fn pump<S: Machine>(
        &mut self,
        now: Instant,
        session: &mut S,
        transport: &mut Transport,
    ) -> bool {
        let mut moved = self.drain_outputs(now, session, transport);
        let links: Vec<LinkId> = self.open.keys().copied().collect();
        for link in links {
            moved |= self.open_late(link, transport);
            moved |= self.flush(now, link, session, transport);
            moved |= self.deliver(now, link, session, transport);
        }
        moved
    }

    fn drain_outputs<S: Machine>(
        &mut self,
        now: Instant,
        session: &mut S,
        transport: &mut Transport,
    ) -> bool {
        let mut moved = false;
        let mut bytes = Vec::new();
        while let Some(output) = session.poll_output(now, &mut bytes) {
            moved = true;
            match output {
                Output::Open { link, spec: LinkSpec::Channel(spec) } => {
                    let name = transport.open_channel(spec);
                    if let Some(name) = name {
                        self.by_transport.insert(name, link);
                    }
                    self.open.insert(link, Channel::new(name, spec, false));
                    session.handle_input(now, Input::Opened { link, local: NOWHERE, max_datagram: 0 });
                }
                Output::Stream { link } => self.write(now, link, &bytes, session, transport),
                // One that is too long for the path at present is lost, as datagrams are.
                Output::Datagram { .. } => drop(transport.send_datagram(core::mem::take(&mut bytes))),
                Output::Close { link } => self.close(link, transport),
                // A session has no other links.
                _ => {}
            }
            bytes.clear();
        }
        moved
    }

    /// The session wants no more of a channel.
    fn close(&mut self, link: LinkId, transport: &mut Transport) {
        let Some(channel) = self.open.get_mut(&link) else { return };
        channel.closing = true;
        let Some(name) = channel.transport else { return };
        if channel.accepted {
            // The peer need not send what nobody reads.
            transport.stop_channel(name, ABANDONED);
        } else if channel.spec.priority == priority::VIDEO {
            // A frame of an epoch that was given up only delays the next one.
            (channel.unsent, channel.sent) = (Vec::new(), 0);
            transport.reset_channel(name, ABANDONED);
        }
    }

    fn write<S: Machine>(
        &mut self,
        now: Instant,
        link: LinkId,
        bytes: &[u8],
        session: &mut S,
        transport: &mut Transport,
    ) {
        let Some(channel) = self.open.get_mut(&link) else { return };
        let had_unsent = channel.has_unsent();
        let taken = match channel.transport {
            Some(name) if !had_unsent => transport.write_channel(name, bytes),
            _ => 0,
        };
        if let Some(rest) = bytes.get(taken..).filter(|rest| !rest.is_empty()) {
            channel.unsent.extend_from_slice(rest);
            if !had_unsent {
                session.handle_input(now, Input::Blocked { link });
            }
        }
    }

    /// Opens a channel for which the transport had no room before.
    fn open_late(&mut self, link: LinkId, transport: &mut Transport) -> bool {
        let Some(channel) = self.open.get_mut(&link).filter(|c| c.transport.is_none()) else { return false };
        let Some(name) = transport.open_channel(channel.spec) else { return false };
        channel.transport = Some(name);
        self.by_transport.insert(name, link);
        true
    }

    fn flush<S: Machine>(
        &mut self,
        now: Instant,
        link: LinkId,
        session: &mut S,
        transport: &mut Transport,
    ) -> bool {
        let Some(channel) = self.open.get_mut(&link) else { return false };
        let Some(name) = channel.transport else { return false };
        let mut moved = false;
        if channel.has_unsent() {
            let taken = transport.write_channel(name, channel.unsent.get(channel.sent..).unwrap_or_default());
            channel.sent += taken;
            moved = taken > 0;
            if !channel.has_unsent() {
                channel.unsent.clear();
                channel.sent = 0;
                if !channel.closing {
                    session.handle_input(now, Input::Writable { link });
                }
            }
        }
        if channel.closing && !channel.has_unsent() {
            let is_cut = !channel.accepted && channel.spec.priority == priority::VIDEO;
            if channel.spec.bidirectional || !(channel.accepted || is_cut) {
                transport.finish_channel(name);
            }
            self.by_transport.remove(&name);
            self.open.remove(&link);
            moved = true;
        }
        moved
    }

    fn deliver<S: Machine>(
        &mut self,
        now: Instant,
        link: LinkId,
        session: &mut S,
        transport: &mut Transport,
    ) -> bool {
        let Some(channel) = self.open.get_mut(&link).filter(|c| c.readable && !c.closing) else {
            return false;
        };
        let Some(name) = channel.transport else { return false };
        if !session.wants_input(link) {
            return false;
        }
        let before = channel.unread.len();
        let room = READ_AHEAD.saturating_sub(before).max(READ_AHEAD / 2);
        transport.read_channel(name, &mut channel.unread, room);
        let got = channel.unread.len();
        if got > before {
            session.handle_input(now, Input::Stream { link, data: &mut channel.unread });
            return true;
        }
        // Nothing more to read: the flag goes down until the transport raises it, or the channel ends.
        channel.readable = false;
        if let Some(reason) = channel.ended {
            self.by_transport.remove(&name);
            self.open.remove(&link);
            session.handle_input(now, Input::Closed { link, reason });
            return true;
        }
        false
    }
}
