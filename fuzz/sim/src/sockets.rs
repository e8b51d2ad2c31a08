//! Sockets of a host: what a machine's outputs do, and what TCP tells it.

use std::net::SocketAddr;

use deskwire_machine::{CloseReason, Input, Instant, LinkId, LinkSpec, Output};

use crate::host::{Socket, TcpSocket, unspecified};
use crate::net::HostId;
use crate::tcp::{Notice, Segment, State, Tcp};
use crate::traffic::{Load, Packet};
use crate::world::{Event, Local, World};

type Key = (SocketAddr, SocketAddr);

impl World {
    /// Does what a machine asked for.
    pub(crate) fn apply(&mut self, id: HostId, output: Output, bytes: &[u8]) {
        match output {
            Output::Open { link, spec } => self.open(id, link, &spec),
            Output::Datagram { link, to, ecn, segment } => {
                let Some(Socket::Udp { bound }) = self.host_mut(id).links.get(&link).copied() else { return };
                let size = segment.map_or(bytes.len(), std::num::NonZero::get);
                for data in bytes.chunks(size.max(1)) {
                    let load = Load::Udp { ecn, data: data.to_vec() };
                    self.send(id, Packet { origin: id, src: bound, dst: to, load });
                }
            }
            Output::Stream { link } => {
                let Some(Socket::Tcp { key }) = self.host_mut(id).links.get(&link).copied() else { return };
                self.with_tcp(id, key, |now, socket, out| socket.tcp.write(now, bytes, out));
                self.flow_control(id, key);
            }
            Output::Close { link } => self.close(id, link),
            other => self.note(|_| format!("cannot do {other:?}")),
        }
    }

    fn open(&mut self, id: HostId, link: LinkId, spec: &LinkSpec) {
        let opened = match spec {
            LinkSpec::Udp { local } => self.open_udp(id, link, *local),
            // A WebSocket is a byte stream, as a TCP connection is; names are not looked up here.
            LinkSpec::TcpListen { local, .. } | LinkSpec::WebSocketListen { local } => {
                self.open_listener(id, link, *local)
            }
            LinkSpec::WebSocket { url } => match url.parts().and_then(|parts| parts.address()) {
                Some(remote) => self.connect(id, link, None, false, remote),
                None => Err(CloseReason::Unreachable),
            },
            LinkSpec::TcpConnect { local, reuse, remote } => self.connect(id, link, *local, *reuse, *remote),
            _ => Err(CloseReason::Unsupported),
        };
        if let Err(reason) = opened {
            self.host_mut(id).links.insert(link, Socket::Failed);
            self.tell_later(id, Local::Closed { link, reason });
        }
    }

    fn open_udp(&mut self, id: HostId, link: LinkId, local: Option<SocketAddr>) -> Result<(), CloseReason> {
        let host = self.host_mut(id);
        let bound = host.bind(local, |h, at| h.udp.contains_key(&at)).ok_or(CloseReason::AddressInUse)?;
        // As on a real system, binding to no address works without an interface of the family.
        let index = host.interface_for(bound.ip());
        if index.is_none() && !bound.ip().is_unspecified() {
            return Err(CloseReason::Unreachable);
        }
        let mtu = index.and_then(|index| host.interfaces.get(index)).map_or(1500, |i| i.line.mtu);
        host.udp.insert(bound, link);
        host.links.insert(link, Socket::Udp { bound });
        let max_datagram = mtu.saturating_sub(if bound.is_ipv4() { 28 } else { 48 });
        self.tell_later(id, Local::Opened { link, local: bound, max_datagram });
        Ok(())
    }

    fn open_listener(
        &mut self,
        id: HostId,
        link: LinkId,
        local: Option<SocketAddr>,
    ) -> Result<(), CloseReason> {
        let host = self.host_mut(id);
        let bound =
            host.bind(local, |h, at| h.listeners.contains_key(&at)).ok_or(CloseReason::AddressInUse)?;
        host.listeners.insert(bound, link);
        host.links.insert(link, Socket::Listener { bound });
        self.tell_later(id, Local::Opened { link, local: bound, max_datagram: 0 });
        Ok(())
    }

    fn connect(
        &mut self,
        id: HostId,
        link: LinkId,
        local: Option<SocketAddr>,
        reuse: bool,
        remote: SocketAddr,
    ) -> Result<(), CloseReason> {
        let now = self.now;
        let isn = self.rng.below(1 << 32);
        let host = self.host_mut(id);
        let from = local.unwrap_or_else(|| SocketAddr::new(unspecified(remote.ip()), 0));
        let index = host.interface_for(from.ip()).ok_or(CloseReason::Unreachable)?;
        let addr = host.interfaces.get(index).map_or_else(|| from.ip(), |i| i.addr);
        let taken = |h: &crate::host::Host, at: SocketAddr| {
            h.tcp.contains_key(&(at, remote)) || !reuse && h.tcp.keys().any(|(own, _)| *own == at)
        };
        let wanted = SocketAddr::new(addr, from.port());
        let bound = host.bind(Some(wanted), taken).ok_or(CloseReason::AddressInUse)?;
        let mut out = Vec::new();
        let tcp = Tcp::connect(now, isn, &mut out);
        let key = (bound, remote);
        host.tcp
            .insert(key, TcpSocket { tcp, link: Some(link), listener: None, stuffed: false, timer: None });
        host.links.insert(link, Socket::Tcp { key });
        self.emit(id, key, out);
        self.set_tcp_timer(id, key);
        Ok(())
    }

    fn close(&mut self, id: HostId, link: LinkId) {
        let host = self.host_mut(id);
        match host.links.remove(&link) {
            Some(Socket::Udp { bound }) => {
                host.udp.remove(&bound);
            }
            Some(Socket::Listener { bound }) => {
                host.listeners.remove(&bound);
            }
            Some(Socket::Tcp { key }) => self.orphan(id, key),
            Some(Socket::Failed) | None => {}
        }
    }

    /// The program is done with a connection; the system finishes it.
    fn orphan(&mut self, id: HostId, key: Key) {
        self.with_tcp(id, key, |now, socket, out| {
            socket.link = None;
            socket.tcp.close(now, out);
        });
    }

    /// A segment arrived at a host.
    pub(crate) fn segment(&mut self, id: HostId, src: SocketAddr, dst: SocketAddr, segment: Segment) {
        let (now, key) = (self.now, (dst, src));
        let isn = self.rng.below(1 << 32);
        let host = self.host_mut(id);
        if !host.tcp.contains_key(&key) {
            let listener = host.listener(dst).filter(|_| segment.syn && !segment.ack && !host.refuses);
            let mut out = Vec::new();
            if let Some(listener) = listener {
                let tcp = Tcp::accept(now, isn, &segment, &mut out);
                let listener = Some(listener);
                host.tcp.insert(key, TcpSocket { tcp, link: None, listener, stuffed: false, timer: None });
            } else {
                out.extend(segment.refusal());
            }
            self.emit(id, key, out);
            return self.set_tcp_timer(id, key);
        }
        let mut notices = Vec::new();
        self.with_tcp(id, key, |now, socket, out| socket.tcp.handle(now, segment, out, &mut notices));
        self.notices(id, key, &notices);
    }

    pub(crate) fn tcp_timer(&mut self, id: HostId, key: Key) {
        let world_now = self.now;
        let Some(socket) = self.host_mut(id).tcp.get_mut(&key) else { return };
        if socket.timer != Some(world_now) {
            return;
        }
        socket.timer = None;
        let mut notices = Vec::new();
        if !self.host_mut(id).asleep {
            self.with_tcp(id, key, |now, socket, out| socket.tcp.handle_timeout(now, out, &mut notices));
        }
        self.notices(id, key, &notices);
    }

    fn notices(&mut self, id: HostId, key: Key, notices: &[Notice]) {
        for notice in notices {
            match notice {
                Notice::Opened => self.opened(id, key),
                Notice::Readable | Notice::Finished => self.offer(id, key),
                Notice::Ended(reason) => self.ended(id, key, *reason),
            }
        }
        self.flow_control(id, key);
        self.pump(id);
    }

    fn opened(&mut self, id: HostId, key: Key) {
        let now = self.local(id);
        let host = self.host_mut(id);
        let Some(socket) = host.tcp.get_mut(&key) else { return };
        let Some(process) = &mut host.process else { return };
        match (socket.link, socket.listener) {
            (Some(link), _) => {
                process.handle_input(now, Input::Opened { link, local: key.0, max_datagram: 0 })
            }
            (None, Some(listener)) if host.links.contains_key(&listener) => {
                let link = host.ids.allocate();
                socket.link = Some(link);
                host.links.insert(link, Socket::Tcp { key });
                process.handle_input(now, Input::Accepted { listener, link, remote: key.1 });
            }
            _ => return self.orphan(id, key),
        }
        self.pump(id);
    }

    pub(crate) fn ended(&mut self, id: HostId, key: Key, reason: CloseReason) {
        let now = self.local(id);
        let host = self.host_mut(id);
        let Some(socket) = host.tcp.remove(&key) else { return };
        let Some(link) = socket.link else { return };
        host.links.remove(&link);
        if let Some(process) = &mut host.process {
            process.handle_input(now, Input::Closed { link, reason });
        }
        self.pump(id);
    }

    /// Offers unread bytes, and the end of the stream once nothing is unread any more or the machine leaves a rest.
    fn offer(&mut self, id: HostId, key: Key) {
        let now = self.local(id);
        let host = self.host_mut(id);
        let Some(socket) = host.tcp.get_mut(&key) else { return };
        let (Some(link), Some(process)) = (socket.link, &mut host.process) else { return };
        if host.busy_reader || !process.wants_input(link) {
            socket.stuffed = true;
            return;
        }
        socket.stuffed = false;
        if !socket.tcp.unread.is_empty() {
            process.handle_input(now, Input::Stream { link, data: &mut socket.tcp.unread });
            self.with_tcp(id, key, |_, socket, out| socket.tcp.has_read(out));
            self.pump(id);
        }
        let host = self.host_mut(id);
        let Some(socket) = host.tcp.get_mut(&key).filter(|s| s.link == Some(link)) else { return };
        if !socket.tcp.peer_finished {
            return;
        }
        if let Some(process) = &mut host.process {
            host.links.remove(&link);
            process.handle_input(now, Input::Closed { link, reason: CloseReason::Finished });
            let unread = socket.tcp.unread.len();
            socket.tcp.unread.consume(unread);
        }
        self.orphan(id, key);
        self.pump(id);
    }

    /// Offers bytes again that a machine did not want before; whether it wants some now.
    pub(crate) fn read_on(&mut self, id: HostId) -> bool {
        let host = self.host_mut(id);
        let Some(process) = host.process.as_ref().filter(|_| !host.busy_reader) else { return false };
        let wanted = host
            .tcp
            .iter()
            .find(|(_, socket)| socket.stuffed && socket.link.is_some_and(|link| process.wants_input(link)));
        let Some(key) = wanted.map(|(key, _)| *key) else { return false };
        self.offer(id, key);
        true
    }

    fn flow_control(&mut self, id: HostId, key: Key) {
        let Some(socket) = self.host_mut(id).tcp.get_mut(&key) else { return };
        let Some(link) = socket.link else { return };
        if !socket.tcp.blocked && socket.tcp.is_above_high() {
            socket.tcp.blocked = true;
            self.tell_later(id, Local::Blocked { link });
        } else if socket.tcp.blocked && socket.tcp.is_below_low() {
            socket.tcp.blocked = false;
            self.tell_later(id, Local::Writable { link });
        }
    }

    fn with_tcp(
        &mut self,
        id: HostId,
        key: Key,
        act: impl FnOnce(Instant, &mut TcpSocket, &mut Vec<Segment>),
    ) {
        let now = self.now;
        let Some(socket) = self.host_mut(id).tcp.get_mut(&key) else { return };
        let mut out = Vec::new();
        act(now, socket, &mut out);
        if socket.tcp.state == State::Dead && socket.link.is_none() {
            self.host_mut(id).tcp.remove(&key);
        }
        self.emit(id, key, out);
        self.set_tcp_timer(id, key);
    }

    fn emit(&mut self, id: HostId, key: Key, segments: Vec<Segment>) {
        for segment in segments {
            let load = Load::Tcp(segment);
            self.send(id, Packet { origin: id, src: key.0, dst: key.1, load });
        }
    }

    fn set_tcp_timer(&mut self, id: HostId, key: Key) {
        let Some(socket) = self.host_mut(id).tcp.get_mut(&key) else { return };
        let Some(at) = socket.tcp.poll_timeout() else { return };
        if socket.timer.is_none_or(|pending| at < pending) {
            socket.timer = Some(at);
            self.push(at, Event::TcpTimer { host: id, key });
        }
    }
}
