//! Streams between the two sides: the proof of who is there, and the choice of one.
//!
//! After the byte [`Kind::Probe`] from each side go frames with a length of two bytes in front. Each holds what would be
//! a datagram: probes until the viewer has chosen, then QUIC packets. Who accepted stays silent until the other side has
//! proved itself.

use alloc::vec::Vec;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_machine::{Instant, LinkId, StreamBuf};
use deskwire_wire::frame::{Kind, peek_short, put_short};
use deskwire_wire::ids::Role;
use deskwire_wire::punch::{CandidateKind, Outcome, PunchMsg};

use super::{PunchState, Puncher};
use crate::config::PunchEvent;
use crate::probe::{Body, Probe};
use crate::report::Verdict;

/// The longest answer of the reflector.
const ANSWER: usize = 1_500;

/// A connection with somebody who may be the peer.
#[derive(Debug)]
pub(super) struct Stream {
    pub(super) link: LinkId,
    pub(super) remote: SocketAddr,
    pub(super) kind: CandidateKind,
    /// Whether our first byte and request are out, and theirs in.
    spoken: bool,
    greeted: bool,
    /// The last request and when it was sent.
    request: Option<(u64, Instant)>,
    pub(super) rtt: Option<Duration>,
    pub(super) nominated: bool,
}

impl Puncher {
    /// Viewer: says which stream it takes.
    pub(super) fn tcp_nominate(&mut self, now: Instant) {
        let Some(tcp) = &mut self.tcp else { return };
        let best = tcp.streams.iter_mut().filter(|stream| stream.rtt.is_some());
        let rank = |stream: &&mut Stream| (stream.kind != CandidateKind::TcpHost, stream.rtt);
        let Some(stream) = best.min_by_key(rank) else { return };
        stream.nominated = true;
        let link = stream.link;
        self.tcp_speak(now, link, true);
    }

    /// Sends a request.
    pub(super) fn tcp_speak(&mut self, now: Instant, link: LinkId, nominated: bool) {
        let transaction = self.rng.next_u64();
        let Some(stream) = self.tcp.iter_mut().flat_map(|tcp| &mut tcp.streams).find(|s| s.link == link)
        else {
            return;
        };
        let mut bytes = Vec::new();
        if !core::mem::replace(&mut stream.spoken, true) {
            bytes.push(Kind::Probe as u8);
        }
        stream.request = Some((transaction, now));
        put_short(&mut bytes, &self.keys.seal(&Probe { body: Body::Request, nominated, transaction }));
        self.stats.requests += 1;
        // A full outbox ends this try, as a lost connection does.
        let _ = self.outbox.stream(link, bytes);
    }

    /// Bytes on a stream. Once the stream is the path, the rest is its owner's.
    pub(super) fn handle_tcp_stream(&mut self, now: Instant, link: LinkId, data: &mut StreamBuf) {
        if self.kept_stream == Some(link) {
            return;
        }
        let Some(tcp) = &mut self.tcp else { return consume_all(data) };
        if let Some(to) = tcp.reflection.as_ref().filter(|r| r.link == link).map(|r| r.to) {
            return self.handle_reflector(link, to, data);
        }
        while self.kept_stream != Some(link) {
            match self.next_probe_frame(link, data) {
                Ok(Some(probe)) => self.handle_tcp_probe(now, link, &probe),
                Ok(None) => return,
                Err(()) => {
                    self.stats.forged += 1;
                    consume_all(data);
                    self.outbox.close(link);
                    return self.tcp_closed(now, link);
                }
            }
        }
    }

    /// The next probe on a stream, if all of it is there; an error if there is something else.
    fn next_probe_frame(&mut self, link: LinkId, data: &mut StreamBuf) -> Result<Option<Probe>, ()> {
        let streams = self.tcp.iter_mut().flat_map(|tcp| &mut tcp.streams);
        let stream = streams.into_iter().find(|stream| stream.link == link).ok_or(())?;
        if !stream.greeted {
            match data.readable().first() {
                None => return Ok(None),
                Some(&first) if Kind::of(first) == Some(Kind::Probe) => data.consume(1),
                Some(_) => return Err(()),
            }
            stream.greeted = true;
        }
        let Some(len) = peek_short(data, crate::probe::SIZE).map_err(|_| ())? else { return Ok(None) };
        let probe = data.readable().get(2..2 + len).and_then(|frame| self.keys.open(frame));
        data.consume(2 + len);
        probe.map(Some).ok_or(())
    }

    fn handle_tcp_probe(&mut self, now: Instant, link: LinkId, probe: &Probe) {
        let role = self.config.role;
        let settle = self.config.timing.settle;
        let streams = self.tcp.iter_mut().flat_map(|tcp| &mut tcp.streams);
        let Some(stream) = streams.into_iter().find(|stream| stream.link == link) else { return };
        match probe.body {
            Body::Request => {
                // Our request goes before our answer: who has the answer, has the request.
                if !stream.spoken {
                    self.tcp_speak(now, link, false);
                }
                self.tcp_answer(link, probe);
            }
            Body::Response { .. } => {
                let Some((_, sent)) = stream.request.take_if(|(sent, _)| *sent == probe.transaction) else {
                    return;
                };
                let (rtt, nominated, near) = (now - sent, stream.nominated, stream.kind);
                stream.rtt = Some(rtt);
                if role == Role::Viewer {
                    if nominated {
                        return self.tcp_found(link);
                    }
                    let wait = if near == CandidateKind::TcpHost { Duration::ZERO } else { settle };
                    let at = now + wait;
                    if let Some(tcp) = &mut self.tcp {
                        let chosen = tcp.streams.iter().any(|stream| stream.nominated);
                        let sooner = tcp.nominate_at.map_or(at, |earlier| earlier.min(at));
                        tcp.nominate_at = (!chosen).then_some(sooner);
                    }
                }
            }
        }
        let streams = self.tcp.iter_mut().flat_map(|tcp| &mut tcp.streams);
        let Some(stream) = streams.into_iter().find(|stream| stream.link == link) else { return };
        if role == Role::Host {
            stream.nominated |= probe.nominated && probe.body == Body::Request;
            if stream.nominated && stream.rtt.is_some() {
                self.tcp_found(link);
            }
        }
    }

    fn tcp_answer(&mut self, link: LinkId, request: &Probe) {
        let streams = self.tcp.iter().flat_map(|tcp| &tcp.streams);
        let Some(observed) = streams.into_iter().find(|s| s.link == link).map(|s| s.remote) else { return };
        let answer = Probe { body: Body::Response { observed }, ..*request };
        let mut bytes = Vec::new();
        put_short(&mut bytes, &self.keys.seal(&answer));
        self.stats.responses += 1;
        let _ = self.outbox.stream(link, bytes);
    }

    /// The reflector's answer is its owner's to read.
    fn handle_reflector(&mut self, link: LinkId, to: Option<SocketAddr>, data: &mut StreamBuf) {
        let Ok(Some(len)) = peek_short(data, ANSWER) else {
            if data.len() > 2 + ANSWER {
                consume_all(data);
            }
            return;
        };
        let mut datagram = alloc::vec![Kind::Rendezvous as u8];
        datagram.extend_from_slice(data.readable().get(2..2 + len).unwrap_or_default());
        consume_all(data);
        if let Some(from) = to {
            self.emit(PunchEvent::StreamReflection { link, from, datagram });
        }
    }

    fn tcp_found(&mut self, link: LinkId) {
        let streams = self.tcp.iter().flat_map(|tcp| &tcp.streams);
        let Some((remote, rtt)) =
            streams.into_iter().find(|s| s.link == link).map(|s| (s.remote, s.rtt.unwrap_or_default()))
        else {
            return;
        };
        self.note_answered();
        if let Some(before) = self.kept_stream.replace(link).filter(|before| *before != link) {
            self.outbox.close(before);
        }
        self.end_tcp(Some(link));
        self.verdict = Verdict::Found;
        self.stop(PunchState::Found);
        self.close_extras();
        if self.config.role == Role::Viewer {
            self.send(&PunchMsg::Result { round: self.rounds, outcome: Outcome::Found });
        }
        self.emit(PunchEvent::PathFound { link, remote, source: remote, rtt, stream: true });
    }

    fn note_answered(&mut self) {
        let Some(tcp) = &mut self.tcp else { return };
        for target in &mut tcp.targets {
            let mut streams = tcp.streams.iter();
            target.answered |= streams.any(|s| s.remote == target.addr && s.rtt.is_some());
        }
    }
}

impl Stream {
    pub(super) const fn new(link: LinkId, remote: SocketAddr, kind: CandidateKind) -> Self {
        let (spoken, greeted, nominated) = (false, false, false);
        Self { link, remote, kind, spoken, greeted, request: None, rtt: None, nominated }
    }
}

fn consume_all(data: &mut StreamBuf) {
    let all = data.len();
    data.consume(all);
}
