//! A path over TCP, for where UDP does not pass: both sides listen on a port and connect from the same port to each
//! other's addresses at the same time, so that each side's gateway sees a connection that goes out (simultaneous open,
//! RFC 9293 section 3.5; RFC 5128 section 3.4).

use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use core::time::Duration;

use deskwire_machine::{Deadline, IfAddr, Instant, LinkId, LinkSpec, change, earliest};
use deskwire_wire::ids::Role;
use deskwire_wire::punch::{CandidateKind, MAX_CANDIDATES, PunchCandidate, PunchMsg};

use super::Puncher;
use super::streams::Stream;
use crate::config::PunchEvent;
use crate::filter::check_address;
use crate::report::{TcpPair, TcpReport};
use crate::{Candidate, Observation};

/// How long a connection that was refused rests before the next attempt.
const AGAIN: Duration = Duration::from_millis(150);
/// Connections that may wait for the other side's proof.
const STREAMS: usize = 8;

/// A search over TCP.
#[derive(Debug)]
pub(super) struct Tcp {
    stage: Stage,
    /// One per version of IP, and where it listens once it does.
    listeners: Vec<(LinkId, Option<SocketAddr>)>,
    pub(super) reflection: Option<Reflection>,
    own: Vec<PunchCandidate>,
    /// What the peer named. The viewer may hear it before its own are known.
    peer: Option<Vec<PunchCandidate>>,
    pub(super) targets: Vec<Target>,
    pub(super) streams: Vec<Stream>,
    /// Viewer: when the best stream so far is taken.
    pub(super) nominate_at: Option<Instant>,
}

deskwire_machine::states! {
    "punching, TCP";
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub(crate) enum Stage {
        /// Finding out where this side is reached, for a limited time.
        Gathering(Instant) => [Waiting],
        /// The peer knows, and has not said its own.
        Waiting => [Trying],
        /// Connecting.
        Trying => [],
    }
}

/// The question to the server's second port.
#[derive(Debug)]
pub(super) struct Reflection {
    pub(super) link: LinkId,
    /// Where it goes, and its bytes until the connection is made.
    question: Option<(SocketAddr, Vec<u8>)>,
    pub(super) to: Option<SocketAddr>,
}

/// An address of the peer.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) addr: SocketAddr,
    kind: CandidateKind,
    attempts: u8,
    due: Option<Instant>,
    link: Option<LinkId>,
    connected: bool,
    pub(super) answered: bool,
}

impl Puncher {
    /// Opens listeners; what follows waits for them.
    pub(super) fn begin_tcp(&mut self, now: Instant) {
        self.end_tcp(None);
        let until = now + self.config.timing.tcp_reflection + self.slow();
        self.deadline = Some(until + self.config.timing.patience);
        let has = |v4: bool| self.interfaces.iter().any(|i| i.addr.is_ipv4() == v4 && !i.addr.is_loopback());
        let families =
            [(has(true), IpAddr::V4(Ipv4Addr::UNSPECIFIED)), (has(false), IpAddr::V6(Ipv6Addr::UNSPECIFIED))];
        let mut listeners = Vec::new();
        for (_, any) in families.into_iter().filter(|(present, _)| *present) {
            let link = self.config.ids.allocate();
            let local = Some(SocketAddr::new(any, 0));
            self.outbox.open(link, LinkSpec::TcpListen { local, reuse: true });
            listeners.push((link, None));
        }
        self.tcp_report = Some(TcpReport::default());
        self.tcp = Some(Tcp {
            stage: Stage::Gathering(until),
            listeners,
            reflection: None,
            own: Vec::new(),
            peer: None,
            targets: Vec::new(),
            streams: Vec::new(),
            nominate_at: None,
        });
        self.tcp_gathered(now);
    }

    /// Closes all of it but one stream.
    pub(super) fn end_tcp(&mut self, keep: Option<LinkId>) {
        self.tcp_report = self.report_tcp();
        let Some(tcp) = self.tcp.take() else { return };
        let listeners = tcp.listeners.iter().map(|(link, _)| *link);
        let dialled = tcp.targets.iter().filter_map(|target| target.link);
        let asking = tcp.reflection.iter().map(|reflection| reflection.link);
        // A dialled link that is made is a stream, too; what is closed already is not closed again.
        for link in listeners.chain(dialled).chain(asking).chain(tcp.streams.iter().map(|s| s.link)) {
            if keep != Some(link) {
                self.outbox.close(link);
            }
        }
    }

    /// Whether a link belongs to the search over TCP, or is the stream that it found.
    pub(super) fn owns_tcp(&self, link: LinkId) -> bool {
        let listed = |tcp: &Tcp| {
            tcp.listeners.iter().any(|(other, _)| *other == link)
                || tcp.streams.iter().any(|stream| stream.link == link)
                || tcp.targets.iter().any(|target| target.link == Some(link))
                || tcp.reflection.as_ref().is_some_and(|reflection| reflection.link == link)
        };
        self.kept_stream == Some(link) || self.tcp.as_ref().is_some_and(listed)
    }

    /// A listener listens, or a connection is made.
    pub(super) fn tcp_opened(&mut self, now: Instant, link: LinkId, local: SocketAddr) {
        let Some(tcp) = &mut self.tcp else { return };
        if let Some(listener) = tcp.listeners.iter_mut().find(|(other, _)| *other == link) {
            listener.1 = Some(local);
            return self.tcp_listening(now);
        }
        if let Some(reflection) = tcp.reflection.as_mut().filter(|reflection| reflection.link == link) {
            if let Some((to, question)) = reflection.question.take() {
                reflection.to = Some(to);
                // A question that does not fit is one without an answer.
                let _ = self.outbox.stream(link, question);
            }
            return;
        }
        let Some(target) = tcp.targets.iter_mut().find(|target| target.link == Some(link)) else { return };
        target.connected = true;
        tcp.streams.push(Stream::new(link, target.addr, target.kind));
        self.tcp_speak(now, link, false);
    }

    /// Somebody connected.
    pub(super) fn tcp_accepted(&mut self, link: LinkId, remote: SocketAddr) {
        let allowed = check_address(remote, &self.situation()).is_ok();
        match &mut self.tcp {
            Some(tcp) if allowed && tcp.streams.len() < STREAMS => {
                tcp.streams.push(Stream::new(link, remote, CandidateKind::PeerReflexive));
            }
            _ => {
                self.stats.forbidden += u64::from(!allowed);
                self.outbox.close(link);
            }
        }
    }

    /// A link is gone; a connection that failed is tried again.
    pub(super) fn tcp_closed(&mut self, now: Instant, link: LinkId) {
        self.kept_stream.take_if(|kept| *kept == link);
        let limit = self.config.limits.tcp_attempts;
        let Some(tcp) = &mut self.tcp else { return };
        tcp.streams.retain(|stream| stream.link != link);
        if let Some(target) = tcp.targets.iter_mut().find(|target| target.link == Some(link)) {
            target.link = None;
            target.due = (target.attempts < limit).then_some(now + AGAIN);
        } else if tcp.reflection.take_if(|reflection| reflection.link == link).is_some() {
            self.tcp_tell(now);
        } else if tcp.listeners.iter().any(|(other, _)| *other == link) {
            tcp.listeners.retain(|(other, _)| *other != link);
            self.tcp_listening(now);
        }
    }

    /// Once all listeners listen or are gone: asks for this side's outside address.
    fn tcp_listening(&mut self, now: Instant) {
        let Some(tcp) = &mut self.tcp else { return };
        let decided = tcp.listeners.iter().all(|(_, local)| local.is_some());
        if !decided || tcp.reflection.is_some() || !matches!(tcp.stage, Stage::Gathering(_)) {
            return;
        }
        if tcp.listeners.is_empty() {
            return self.tcp_tell(now);
        }
        let link = self.config.ids.allocate();
        tcp.reflection = Some(Reflection { link, question: None, to: None });
        self.emit(PunchEvent::StreamReflectionWanted { link });
    }

    /// The owner's question for the server; whether it is one of these.
    pub(super) fn tcp_ask(&mut self, now: Instant, link: LinkId, to: SocketAddr, bytes: &[u8]) -> bool {
        let local = self.tcp_port(to);
        let asks = |reflection: &&mut Reflection| reflection.link == link;
        let Some(tcp) = &mut self.tcp else { return false };
        let Some(reflection) = tcp.reflection.as_mut().filter(asks) else { return false };
        let Some(local) = local.filter(|_| !self.outbox.is_open(link)) else {
            self.tcp_gathered(now);
            return true;
        };
        reflection.question = Some((to, bytes.to_vec()));
        self.outbox.open(link, LinkSpec::TcpConnect { local: Some(local), reuse: true, remote: to });
        true
    }

    /// The server's answer; whether it is for one of these. The connection stays, so that the gateway remembers it.
    pub(super) fn tcp_reflected(&mut self, now: Instant, link: LinkId, seen: SocketAddr) -> bool {
        let Some(tcp) = &mut self.tcp else { return false };
        if tcp.reflection.as_ref().is_none_or(|reflection| reflection.link != link) {
            return false;
        }
        if matches!(tcp.stage, Stage::Gathering(_)) {
            tcp.own.push(PunchCandidate { addr: seen, kind: CandidateKind::TcpServerReflexive });
            self.tcp_tell(now);
        }
        true
    }

    /// The local port that leads to `remote`.
    fn tcp_port(&self, remote: SocketAddr) -> Option<SocketAddr> {
        let listeners = self.tcp.iter().flat_map(|tcp| &tcp.listeners);
        listeners.filter_map(|(_, local)| *local).find(|local| local.is_ipv4() == remote.is_ipv4())
    }

    /// Gathering without any listener ends at once.
    fn tcp_gathered(&mut self, now: Instant) {
        if self.tcp.as_ref().is_some_and(|tcp| tcp.listeners.is_empty() || tcp.reflection.is_some()) {
            self.tcp_tell(now);
        }
    }

    /// Where this side is reached is known as far as it will be. It is told once.
    fn tcp_tell(&mut self, now: Instant) {
        let (server, main) = (self.config.server, self.seen.main);
        let gathering = |tcp: &&mut Tcp| matches!(tcp.stage, Stage::Gathering(_));
        let Some(tcp) = self.tcp.as_mut().filter(gathering) else { return };
        let ports: Vec<SocketAddr> = tcp.listeners.iter().filter_map(|(_, local)| *local).collect();
        if let (true, Observation::Seen(seen)) = (tcp.own.is_empty(), main)
            && let Some(port) = ports.iter().find(|port| port.is_ipv4() == seen.is_ipv4())
        {
            // Many NATs keep the port when they can.
            let addr = SocketAddr::new(seen.ip(), port.port());
            tcp.own.push(PunchCandidate { addr, kind: CandidateKind::TcpServerReflexive });
        }
        for candidate in host_candidates(&ports, &self.interfaces, server) {
            if tcp.own.len() < MAX_CANDIDATES && !tcp.own.iter().any(|known| known.addr == candidate.addr) {
                tcp.own.push(candidate);
            }
        }
        change(&mut tcp.stage, Stage::Waiting);
        if self.config.role == Role::Host {
            let candidates = tcp.own.clone();
            self.send(&PunchMsg::TcpCandidates { round: self.rounds, candidates });
        }
        self.tcp_try(now);
    }

    /// The peer's word on where it is reached.
    pub(super) fn handle_tcp_candidates(&mut self, now: Instant, round: u8, named: Vec<PunchCandidate>) {
        let Some(tcp) = self.tcp.as_mut().filter(|_| round == self.rounds) else { return };
        if tcp.peer.is_none() {
            tcp.peer = Some(named);
            self.tcp_try(now);
        }
    }

    /// With both sides' addresses known: connects. The viewer says its own now, and waits until they have arrived.
    fn tcp_try(&mut self, now: Instant) {
        let situation = self.situation();
        let limit = self.config.limits.tcp_targets;
        let Some(tcp) = self.tcp.as_ref().filter(|tcp| tcp.stage == Stage::Waiting) else { return };
        let Some(named) = &tcp.peer else { return };
        let mut addrs: Vec<PunchCandidate> = Vec::new();
        let mut refused = Vec::new();
        for candidate in named.iter().filter(|candidate| is_tcp(candidate.kind)) {
            match check_address(candidate.addr, &situation) {
                Ok(()) if addrs.len() >= limit || addrs.iter().any(|known| known.addr == candidate.addr) => {}
                Ok(()) => addrs.push(*candidate),
                Err(why) => refused.push((candidate.addr, why)),
            }
        }
        addrs.retain(|candidate| self.tcp_port(candidate.addr).is_some());
        self.stats.forbidden += refused.len() as u64;
        if let Some(report) = &mut self.tcp_report {
            report.refused = refused;
        }
        let mut begin = now;
        if self.config.role == Role::Viewer {
            begin += self.rtt / 2;
            let candidates = self.tcp.as_ref().map(|tcp| tcp.own.clone()).unwrap_or_default();
            self.send(&PunchMsg::TcpCandidates { round: self.rounds, candidates });
        }
        self.deadline = Some(begin + self.config.timing.tcp + self.slow() * 4);
        if let Some(tcp) = &mut self.tcp {
            change(&mut tcp.stage, Stage::Trying);
            tcp.targets = addrs.into_iter().map(|candidate| Target::new(candidate, begin)).collect();
        }
    }

    /// When something is due.
    pub(super) fn tcp_deadline(&self) -> Option<Deadline> {
        let tcp = self.tcp.as_ref()?;
        let until = match tcp.stage {
            Stage::Gathering(until) => Some(until),
            _ => None,
        };
        let named = |at: Option<Instant>, reason| at.map(|at| Deadline::new(at, reason));
        earliest([
            named(until, "punch TCP address"),
            named(tcp.nominate_at, "punch TCP nomination"),
            named(tcp.targets.iter().filter_map(|target| target.due).min(), "punch TCP connection"),
        ])
    }

    /// Does what is due.
    pub(super) fn drive_tcp(&mut self, now: Instant) {
        let Some(tcp) = &mut self.tcp else { return };
        if matches!(tcp.stage, Stage::Gathering(until) if until <= now) {
            self.tcp_tell(now);
        }
        let Some(tcp) = &mut self.tcp else { return };
        let mut dial = Vec::new();
        for target in tcp.targets.iter_mut().filter(|target| target.due.is_some_and(|at| at <= now)) {
            target.due = None;
            // Who came in from there needs not be called.
            if !tcp.streams.iter().any(|stream| stream.remote == target.addr) {
                let link = self.config.ids.allocate();
                target.attempts += 1;
                target.link = Some(link);
                dial.push((link, target.addr));
            }
        }
        let nominate = tcp.nominate_at.take_if(|at| *at <= now).is_some();
        for (link, remote) in dial {
            let local = self.tcp_port(remote);
            self.outbox.open(link, LinkSpec::TcpConnect { local, reuse: true, remote });
        }
        if nominate {
            self.tcp_nominate(now);
        }
    }

    /// The round trip, which may be long, but not so long that a search never ends.
    fn slow(&self) -> Duration {
        self.rtt.min(Duration::from_secs(5))
    }

    /// What was tried over TCP.
    pub(super) fn report_tcp(&self) -> Option<TcpReport> {
        let mut report = self.tcp_report.clone()?;
        let Some(tcp) = &self.tcp else { return Some(report) };
        report.local.clone_from(&tcp.own);
        report.remote = tcp.peer.clone().unwrap_or_default();
        let accepted = tcp.streams.iter().filter(|s| !tcp.targets.iter().any(|t| t.link == Some(s.link)));
        report.accepted = u8::try_from(accepted.count()).unwrap_or(u8::MAX);
        let pair = |t: &Target| TcpPair {
            addr: t.addr,
            kind: t.kind,
            attempts: t.attempts,
            connected: t.connected,
            answered: t.answered || tcp.streams.iter().any(|s| s.remote == t.addr && s.rtt.is_some()),
        };
        report.pairs = tcp.targets.iter().map(pair).collect();
        Some(report)
    }
}

impl Target {
    const fn new(candidate: PunchCandidate, begin: Instant) -> Self {
        let PunchCandidate { addr, kind } = candidate;
        let (connected, answered) = (false, false);
        Self { addr, kind, attempts: 0, due: Some(begin), link: None, connected, answered }
    }
}

const fn is_tcp(kind: CandidateKind) -> bool {
    matches!(kind, CandidateKind::TcpHost | CandidateKind::TcpMapped | CandidateKind::TcpServerReflexive)
}

/// The addresses of interfaces at which this side listens.
fn host_candidates(
    ports: &[SocketAddr],
    interfaces: &[IfAddr],
    server: Option<IpAddr>,
) -> impl Iterator<Item = PunchCandidate> {
    // Only the link matters to `gather`, and nobody asks for it here.
    let link = LinkId::TRANSPORT;
    let sockets: Vec<(LinkId, SocketAddr)> = ports.iter().map(|port| (link, *port)).collect();
    let found = crate::candidate::gather(&sockets, interfaces, crate::Reflexive::default(), None, server);
    found.into_iter().map(|Candidate { addr, .. }| PunchCandidate { addr, kind: CandidateKind::TcpHost })
}
