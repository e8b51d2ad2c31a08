//! Reading and writing links that are ready.

use std::time::Duration;

use deskwire_machine::{CloseReason, Input, Instant, LinkId, Machine, StreamBuf};

use crate::link::{Kind, Told};
use crate::reason::{close_reason, is_out_of_sockets};
use crate::socket::{canonical, prepare_stream};
use crate::stream::{Closing, Phase, ReadResult, StreamLink};
use crate::tunnel::Failure;
use crate::udp::Scratch;
use crate::{Backend, DriverError, Hub};

/// Reads of one UDP link, each of a batch, before the next link gets its go.
const UDP_READS: usize = 4;
/// Connections accepted before the next link gets its go.
const ACCEPTS: usize = 32;
/// How long a listener rests when the system has no more sockets.
const ACCEPT_REST: Duration = Duration::from_millis(100);
/// The most bytes one read of a stream asks for.
const READ_SIZE: usize = 64 * 1024;

/// Whether a link may have more to give.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Left {
    /// It said that it has no more.
    Nothing,
    /// Its turn was used up.
    Perhaps,
}

impl<M: Machine> Hub<M> {
    /// Serves one link that was queued.
    pub(crate) fn serve<B: Backend>(
        &mut self,
        now: Instant,
        link: LinkId,
        backend: &mut B,
        on_event: &mut impl FnMut(&mut M, Instant, M::Event),
    ) -> Result<(), DriverError> {
        let Some(entry) = self.links.get_mut(&link) else { return Ok(()) };
        entry.queued = false;
        let left = match &entry.kind {
            Kind::Udp(_) => self.serve_udp(now, link, backend, on_event)?,
            Kind::Listener(_) => self.serve_listener(now, link, backend, on_event)?,
            Kind::Stream(StreamLink { phase: Phase::Closing { .. }, .. }) => {
                self.serve_closing(link, backend);
                return Ok(());
            }
            Kind::Stream(_) => self.serve_stream(now, link, backend, on_event)?,
        };
        match left {
            Left::Perhaps => self.requeue(link),
            Left::Nothing => self.arm(link, backend),
        }
        // Errors of the last steps are told here.
        self.drain(now, backend, on_event)
    }

    fn serve_udp<B: Backend>(
        &mut self,
        now: Instant,
        link: LinkId,
        backend: &mut B,
        on_event: &mut impl FnMut(&mut M, Instant, M::Event),
    ) -> Result<Left, DriverError> {
        let mut scratch = std::mem::replace(&mut self.scratch, Scratch::empty());
        let result = self.read_udp(now, link, &mut scratch, backend, on_event);
        self.scratch = scratch;
        result
    }

    fn read_udp<B: Backend>(
        &mut self,
        now: Instant,
        link: LinkId,
        scratch: &mut Scratch,
        backend: &mut B,
        on_event: &mut impl FnMut(&mut M, Instant, M::Event),
    ) -> Result<Left, DriverError> {
        self.flush_udp(link);
        self.drain(now, backend, on_event)?;
        for _ in 0..UDP_READS {
            let Some(Kind::Udp(udp)) = self.links.get(&link).map(|entry| &entry.kind) else { break };
            let filled = match udp.receive(scratch) {
                Ok(Some(filled)) => filled,
                Ok(None) => return Ok(Left::Nothing),
                // What ICMP said about an earlier datagram (Windows tells it so): it means nothing for this socket.
                Err(_) => continue,
            };
            self.stats.receive_calls += 1;
            for (from, ecn, data) in scratch.datagrams(filled) {
                if !self.links.contains_key(&link) {
                    return Ok(Left::Nothing);
                }
                if let Some(udp) = self.udp(link) {
                    udp.collect();
                }
                self.stats.datagrams_in += 1;
                self.machine.handle_input(now, Input::Datagram { link, from, ecn, data });
                self.drain(now, backend, on_event)?;
            }
            self.release_udp(now, link, backend);
            self.drain(now, backend, on_event)?;
        }
        Ok(Left::Perhaps)
    }

    fn flush_udp(&mut self, link: LinkId) {
        let Some(Kind::Udp(udp)) = self.links.get_mut(&link).map(|entry| &mut entry.kind) else { return };
        let sent = udp.flush();
        let freed = udp.blocked && udp.pending_bytes == 0;
        udp.blocked &= !freed;
        self.count(sent);
        if freed {
            self.told.push_back(Told::Writable { link });
        }
    }

    fn serve_listener<B: Backend>(
        &mut self,
        now: Instant,
        listener: LinkId,
        backend: &mut B,
        on_event: &mut impl FnMut(&mut M, Instant, M::Event),
    ) -> Result<Left, DriverError> {
        for _ in 0..ACCEPTS {
            let Some(Kind::Listener(entry)) = self.links.get_mut(&listener).map(|entry| &mut entry.kind)
            else {
                return Ok(Left::Nothing);
            };
            let websocket = entry.websocket;
            let (socket, remote) = match entry.socket.accept() {
                Ok((socket, address)) => match address.as_socket() {
                    Some(remote) => (socket, canonical(remote)),
                    None => continue,
                },
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => return Ok(Left::Nothing),
                Err(error) if is_out_of_sockets(&error) => {
                    if self.hurry_closing(backend) {
                        continue;
                    }
                    let Some(Kind::Listener(entry)) =
                        self.links.get_mut(&listener).map(|entry| &mut entry.kind)
                    else {
                        return Ok(Left::Nothing);
                    };
                    entry.paused = true;
                    self.timers.insert((now + ACCEPT_REST, listener));
                    return Ok(Left::Nothing);
                }
                // The caller went away before it was accepted.
                Err(_) => continue,
            };
            // Those that are closed already and whose other sides do not go must not keep others out.
            if self.links.len() >= self.config.max_links && !self.hurry_closing(backend) {
                self.stats.refused += 1;
                continue;
            }
            let link = self.ids.allocate();
            let ready = socket.set_nonblocking(true).and_then(|()| prepare_stream(&socket));
            if websocket {
                let stream = StreamLink::new(socket.into(), Phase::Greeting);
                if ready.and_then(|()| self.greet(now, listener, link, (stream, remote), backend)).is_err() {
                    self.forget(link, backend);
                }
                continue;
            }
            let stream = StreamLink::new(socket.into(), Phase::Open);
            if ready.and_then(|()| self.add(link, Kind::Stream(stream), backend)).is_err() {
                self.forget(link, backend);
                continue;
            }
            self.stats.accepted += 1;
            self.machine.handle_input(now, Input::Accepted { listener, link, remote });
            self.drain(now, backend, on_event)?;
        }
        Ok(Left::Perhaps)
    }

    fn serve_stream<B: Backend>(
        &mut self,
        now: Instant,
        link: LinkId,
        backend: &mut B,
        on_event: &mut impl FnMut(&mut M, Instant, M::Event),
    ) -> Result<Left, DriverError> {
        let low_water = self.config.low_water;
        let Some(stream) = self.stream(link) else { return Ok(Left::Nothing) };
        if stream.phase == Phase::Connecting {
            match stream.finish_connect() {
                Ok(true) if stream.tunnel.is_some() => {
                    if let Err(failure) = stream.greet() {
                        self.fail(now, link, &failure, backend);
                        return Ok(Left::Nothing);
                    }
                }
                Ok(true) => {
                    stream.phase = Phase::Open;
                    self.told.push_back(Told::Opened { link });
                }
                Ok(false) => return Ok(Left::Nothing),
                Err(error) => {
                    self.not_connected(link, &error, backend);
                    return Ok(Left::Nothing);
                }
            }
            self.drain(now, backend, on_event)?;
        }
        let Some(stream) = self.stream(link) else { return Ok(Left::Nothing) };
        let flushed = stream.flush();
        let freed = stream.blocked && stream.pending.len() <= low_water;
        stream.blocked &= !freed;
        match flushed {
            Ok(sent) => self.stats.stream_bytes_out += sent as u64,
            Err(error) => {
                self.end(link, close_reason(&error), backend);
                return Ok(Left::Nothing);
            }
        }
        if freed {
            self.told.push_back(Told::Writable { link });
            self.drain(now, backend, on_event)?;
        }
        self.read_stream(now, link, backend, on_event)
    }

    fn read_stream<B: Backend>(
        &mut self,
        now: Instant,
        link: LinkId,
        backend: &mut B,
        on_event: &mut impl FnMut(&mut M, Instant, M::Event),
    ) -> Result<Left, DriverError> {
        let mut budget = self.config.read_budget;
        while budget > 0 {
            let greeting = self.stream(link).is_some_and(|stream| stream.phase == Phase::Greeting);
            if !greeting && !self.machine.wants_input(link) {
                if let Some(entry) = self.links.get_mut(&link) {
                    entry.parked = true;
                    self.parked.insert(link);
                }
                if let Some(stream) = self.stream(link) {
                    stream.refeed = true;
                }
                return Ok(Left::Nothing);
            }
            let max = self.config.max_stream_buf;
            let Some(stream) = self.stream(link) else { return Ok(Left::Nothing) };
            if std::mem::take(&mut stream.refeed) && !stream.buf.is_empty() {
                self.feed(now, link, backend, on_event)?;
                continue;
            }
            let room = max.saturating_sub(stream.buf.len()).min(READ_SIZE);
            if room == 0 {
                self.end(link, CloseReason::Limit, backend);
                return Ok(Left::Nothing);
            }
            // Borrowed apart, because the link and the buffer are both the hub's.
            let Some(Kind::Stream(stream)) = self.links.get_mut(&link).map(|entry| &mut entry.kind) else {
                return Ok(Left::Nothing);
            };
            let into = self.scratch.bytes().split_at_mut(room).0;
            let read = stream.read(into);
            match read {
                Ok(ReadResult::Bytes(n)) => {
                    let received = stream.receive(&into[..n]);
                    self.stats.stream_bytes_in += n as u64;
                    budget = budget.saturating_sub(n);
                    self.received(now, link, received, backend, on_event)?;
                    // A short read emptied the socket; arming it finds out what came since.
                    if n < room && self.machine.wants_input(link) {
                        return Ok(Left::Nothing);
                    }
                }
                Ok(ReadResult::Empty) => return Ok(Left::Nothing),
                Ok(ReadResult::End) => {
                    if stream.tunnel.as_ref().is_some_and(|tunnel| greeting || !tunnel.may_just_end()) {
                        self.fail(now, link, &Failure::Cut, backend);
                        return Ok(Left::Nothing);
                    }
                    self.end(link, CloseReason::Finished, backend);
                    return Ok(Left::Nothing);
                }
                Err(_) if greeting => {
                    self.fail(now, link, &Failure::Cut, backend);
                    return Ok(Left::Nothing);
                }
                Err(error) => {
                    self.end(link, close_reason(&error), backend);
                    return Ok(Left::Nothing);
                }
            }
        }
        Ok(Left::Perhaps)
    }

    /// Goes on after bytes of the network were taken.
    fn received<B: Backend>(
        &mut self,
        now: Instant,
        link: LinkId,
        received: Result<(), Failure>,
        backend: &mut B,
        on_event: &mut impl FnMut(&mut M, Instant, M::Event),
    ) -> Result<(), DriverError> {
        let Some(stream) = self.stream(link) else { return Ok(()) };
        if received.is_ok()
            && stream.phase == Phase::Greeting
            && stream.tunnel.as_ref().is_some_and(|tunnel| tunnel.is_open())
        {
            self.greeted(link, backend);
            self.drain(now, backend, on_event)?;
        }
        let max_pending = self.config.max_pending;
        let Some(stream) = self.stream(link) else { return Ok(()) };
        if stream.pending.len() > max_pending {
            self.end(link, CloseReason::Limit, backend);
            return Ok(());
        }
        // What came before a failure is still the machine's.
        if stream.phase == Phase::Open && !stream.buf.is_empty() {
            self.feed(now, link, backend, on_event)?;
        }
        if let Err(failure) = received {
            self.fail(now, link, &failure, backend);
        }
        Ok(())
    }

    /// Hands a stream's unread bytes to the machine.
    fn feed<B: Backend>(
        &mut self,
        now: Instant,
        link: LinkId,
        backend: &mut B,
        on_event: &mut impl FnMut(&mut M, Instant, M::Event),
    ) -> Result<(), DriverError> {
        let Some(stream) = self.stream(link) else { return Ok(()) };
        let mut buf: StreamBuf = std::mem::take(&mut stream.buf);
        self.machine.handle_input(now, Input::Stream { link, data: &mut buf });
        if let Some(stream) = self.stream(link) {
            stream.buf = buf;
        }
        self.drain(now, backend, on_event)
    }

    /// Goes on with a stream that the machine closed.
    pub(crate) fn serve_closing<B: Backend>(&mut self, link: LinkId, backend: &mut B) {
        let Some(entry) = self.links.get_mut(&link) else { return };
        entry.queued = false;
        let Kind::Stream(stream) = &mut entry.kind else { return };
        let before = stream.pending.len();
        let done = stream.advance_closing(self.scratch.bytes());
        self.stats.stream_bytes_out += (before - stream.pending.len()) as u64;
        match done {
            Ok(Closing::Waiting) => self.arm(link, backend),
            Ok(Closing::Done) | Err(_) => self.forget(link, backend),
        }
    }
}
