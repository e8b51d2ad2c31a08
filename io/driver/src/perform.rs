//! Carrying out what a machine wants.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use deskwire_machine::{CloseReason, Input, Instant, LinkId, LinkSpec, Machine, Output};
use socket2::Socket;

use crate::link::{Kind, Link, Listener, Told};
use crate::reason::close_reason;
use crate::socket;
use crate::stream::{Phase, StreamLink};
use crate::udp::{Sent, UdpLink};
use crate::{Backend, Hub};

impl<M: Machine> Hub<M> {
    /// Carries out one output with its bytes.
    pub(crate) fn perform<B: Backend>(
        &mut self,
        now: Instant,
        output: Output,
        bytes: &[u8],
        backend: &mut B,
    ) {
        match output {
            Output::Open { link, spec } => self.open(now, link, spec, backend),
            Output::Datagram { link, to, ecn, segment } => {
                let max_pending = self.config.max_pending;
                let Some(udp) = self.udp(link) else { return self.stats.misdirected += 1 };
                let sent = udp.send((to, ecn, segment), bytes, max_pending);
                self.note_sent(now, link, sent, backend);
            }
            Output::Stream { link } => self.write(now, link, bytes, backend),
            Output::Close { link } => self.begin_close(now, link, backend),
            _ => self.stats.misdirected += 1,
        }
    }

    /// Counts what was sent on a UDP link, and tells the machine if the link is full now.
    fn note_sent<B: Backend>(&mut self, now: Instant, link: LinkId, sent: Sent, backend: &mut B) {
        self.count(sent);
        let Some(udp) = self.udp(link) else { return };
        let filled = !udp.blocked && udp.pending_bytes > 0;
        udp.blocked |= filled;
        if filled {
            self.machine.handle_input(now, Input::Blocked { link });
            self.arm(link, backend);
        }
    }

    /// Sends what a UDP link collected.
    pub(crate) fn release_udp<B: Backend>(&mut self, now: Instant, link: LinkId, backend: &mut B) {
        let max_pending = self.config.max_pending;
        let Some(udp) = self.udp(link) else { return };
        let sent = udp.release(max_pending);
        self.note_sent(now, link, sent, backend);
    }

    pub(crate) fn udp(&mut self, link: LinkId) -> Option<&mut UdpLink> {
        match &mut self.links.get_mut(&link)?.kind {
            Kind::Udp(udp) => Some(udp),
            _ => None,
        }
    }

    /// A stream that the machine has not closed.
    pub(crate) fn stream(&mut self, link: LinkId) -> Option<&mut StreamLink> {
        match &mut self.links.get_mut(&link)?.kind {
            Kind::Stream(stream) if !matches!(stream.phase, Phase::Closing { .. }) => Some(stream),
            _ => None,
        }
    }

    pub(crate) const fn count(&mut self, sent: Sent) {
        self.stats.datagrams_out += sent.sent;
        self.stats.datagrams_dropped += sent.dropped;
        self.stats.send_calls += sent.calls;
    }

    fn open<B: Backend>(&mut self, now: Instant, link: LinkId, spec: LinkSpec, backend: &mut B) {
        if self.links.len() >= self.config.max_links {
            self.stats.limits_hit += 1;
            self.told.push_back(Told::Closed { link, reason: CloseReason::Limit });
            return;
        }
        let made = match spec {
            LinkSpec::Udp { local } => {
                let segmentation = self.config.udp_segmentation;
                let socket = socket::udp(local, self.config.udp_buffer);
                socket.and_then(|socket| UdpLink::new(socket, segmentation)).map(Kind::Udp)
            }
            LinkSpec::TcpListen { local, reuse } => listener(local, reuse, false),
            LinkSpec::WebSocketListen { local } => listener(local, false, true),
            LinkSpec::WebSocket { url } => return self.open_websocket(now, link, &url, backend),
            // Who binds a port wants the peer to see it, which a proxy would not let it.
            LinkSpec::TcpConnect { local: None, reuse: false, remote } if self.is_proxied(remote) => {
                return self.open_proxied(now, link, remote, backend);
            }
            LinkSpec::TcpConnect { local, reuse, remote } => socket::connect(local, reuse, remote)
                .map(|socket| Kind::Stream(StreamLink::new(socket, Phase::Connecting))),
            _ => {
                self.told.push_back(Told::Closed { link, reason: CloseReason::Unsupported });
                return;
            }
        };
        let opens_at_once = !matches!(made, Ok(Kind::Stream(_)));
        match made.and_then(|kind| self.add(link, kind, backend)) {
            Ok(()) if opens_at_once => self.told.push_back(Told::Opened { link }),
            Ok(()) => {}
            Err(error) => {
                self.forget(link, backend);
                self.told.push_back(Told::Closed { link, reason: close_reason(&error) });
            }
        }
    }

    /// Puts a socket into the table and has the backend watch it.
    pub(crate) fn add<B: Backend>(&mut self, link: LinkId, kind: Kind, backend: &mut B) -> io::Result<()> {
        let mut entry = Link::new(kind);
        let socket: &Arc<Socket> = entry.socket();
        backend.add(link, socket)?;
        entry.armed = entry.interest();
        let interest = entry.armed;
        self.links.insert(link, entry);
        backend.arm(link, interest)
    }

    /// Has the backend report what the link needs next, unless it was asked for that already.
    pub(crate) fn arm<B: Backend>(&mut self, link: LinkId, backend: &mut B) {
        let Some(entry) = self.links.get_mut(&link) else { return };
        let interest = entry.interest();
        let missing = (interest.read && !entry.armed.read) || (interest.write && !entry.armed.write);
        if entry.queued || !missing {
            return;
        }
        entry.armed = interest;
        if let Err(error) = backend.arm(link, interest) {
            self.end(link, close_reason(&error), backend);
        }
    }

    fn write<B: Backend>(&mut self, now: Instant, link: LinkId, bytes: &[u8], backend: &mut B) {
        let (high_water, max_pending) = (self.config.high_water, self.config.max_pending);
        let Some(stream) = self.stream(link) else { return self.stats.misdirected += 1 };
        let written = stream.write(bytes);
        let pending = stream.unsent();
        let filled = !stream.blocked && pending > high_water;
        stream.blocked |= filled;
        match written {
            Err(error) => self.end(link, close_reason(&error), backend),
            Ok(_) if pending > max_pending => self.end(link, CloseReason::Limit, backend),
            Ok(sent) => {
                self.stats.stream_bytes_out += sent as u64;
                if filled {
                    self.machine.handle_input(now, Input::Blocked { link });
                }
                self.arm(link, backend);
            }
        }
    }

    /// Ends a link for the machine; a stream lives on until what was sent on it is delivered.
    pub(crate) fn begin_close<B: Backend>(&mut self, now: Instant, link: LinkId, backend: &mut B) {
        let Some(entry) = self.links.get_mut(&link) else {
            return self.stats.misdirected += u64::from(!self.stop_resolving(link));
        };
        match &mut entry.kind {
            Kind::Udp(udp) => {
                let mut sent = udp.release(usize::MAX);
                sent += udp.flush();
                sent.dropped += udp.waiting();
                self.count(sent);
                self.forget(link, backend);
            }
            Kind::Listener(_) => self.forget(link, backend),
            Kind::Stream(stream) => {
                let connecting = stream.phase == Phase::Connecting;
                if matches!(stream.phase, Phase::Closing { .. }) {
                    return;
                }
                // A tunnel that is not open has delivered nothing, and will not.
                let unfinished = stream.phase != Phase::Open && stream.tunnel.is_some();
                if unfinished || connecting && stream.pending.is_empty() {
                    return self.forget(link, backend);
                }
                stream.farewell();
                self.linger(now, link, connecting, backend);
            }
        }
    }

    /// Delivers what a stream that nobody knows any more still has to send.
    pub(crate) fn linger<B: Backend>(
        &mut self,
        now: Instant,
        link: LinkId,
        connecting: bool,
        backend: &mut B,
    ) {
        let Some(Kind::Stream(stream)) = self.links.get_mut(&link).map(|entry| &mut entry.kind) else {
            return;
        };
        stream.phase = Phase::Closing { connecting, shut: false };
        stream.buf = Default::default();
        self.parked.remove(&link);
        self.closing.insert(link);
        self.timers.insert((now + self.config.linger, link));
        self.serve_closing(link, backend);
    }
}

fn listener(local: Option<SocketAddr>, reuse: bool, websocket: bool) -> io::Result<Kind> {
    socket::listener(local, reuse).map(|socket| Kind::Listener(Listener { socket, paused: false, websocket }))
}
