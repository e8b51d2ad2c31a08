//! Links, hellos, and the sealed session.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::net::{IpAddr, SocketAddr};
use core::time::Duration;

use deskwire_identity::{EphemeralCertificate, PublicKey};
use deskwire_machine::{Deadline, IfAddr, Instant, LinkId, LinkSpec, StreamBuf, change, earliest};
use deskwire_wire::Over;
use deskwire_wire::frame::{Kind, peek_short, put_short};
use deskwire_wire::rendezvous::{Frame, Hello, MAX_FRAME, VERSION, Welcome};
use x25519_dalek::StaticSecret;

use super::session::Session;
use super::{Client, ClientEvent, Phase, Registration, Retry, ServerAddress, UnreachableCause};
use crate::exchange::Keys;

/// How long UDP may stay silent before TCP is tried beside it: a second hello had its time, and a round trip of half a
/// second is rare.
const TCP_AFTER: Duration = Duration::from_millis(500);
/// How long TCP may take before WebSocket is tried beside it.
const WEBSOCKET_AFTER: Duration = Duration::from_millis(500);
/// How long one address may take to answer.
const GREETING_PATIENCE: Duration = Duration::from_secs(6);
/// Longest pause between rounds over all addresses.
const BACKOFF_MOST: Duration = Duration::from_secs(60);

/// A hello that waits for its welcome.
pub(super) struct Greeting {
    hello: Hello,
    secret: StaticSecret,
    server: ServerAddress,
    retry: Retry,
    /// When TCP is opened; none once it was.
    tcp_at: Option<Instant>,
    /// When WebSocket is opened; none once it was, or if there is none.
    websocket_at: Option<Instant>,
    /// The streams that were opened.
    pub(super) streams: Vec<(LinkId, Over)>,
    ends: Instant,
    cause: UnreachableCause,
}

impl Greeting {
    pub(super) fn deadline(&self) -> Deadline {
        let retry = Some(Deadline::new(self.retry.at, "rendezvous client: hello"));
        let tcp = self.tcp_at.map(|at| Deadline::new(at, "rendezvous client: try TCP"));
        let websocket = self.websocket_at.map(|at| Deadline::new(at, "rendezvous client: try WebSocket"));
        let ends = Deadline::new(self.ends, "rendezvous client: silent server");
        earliest([retry, tcp, websocket, Some(ends)]).unwrap_or(ends)
    }

    pub(super) const fn server(&self) -> ServerAddress {
        self.server
    }

    fn over(&self, link: LinkId) -> Option<Over> {
        self.streams.iter().find(|(own, _)| *own == link).map(|(_, over)| *over)
    }

    /// A stream came to nothing.
    fn lose(&mut self, now: Instant, link: LinkId) {
        self.streams.retain(|(own, _)| *own != link);
        if self.websocket_at.is_some() {
            self.websocket_at = Some(now);
        } else if self.streams.is_empty() && !self.server.is_native() {
            self.ends = now;
        }
    }
}

impl Client {
    pub(super) fn udp_for(&self, server: SocketAddr) -> Option<LinkId> {
        if server.is_ipv4() { self.udp_v4 } else { self.udp_v6 }
    }

    pub(super) fn handle_opened(&mut self, now: Instant, link: LinkId, local: SocketAddr, udp: bool) {
        if self.inquiry_opened(now, link) {
            return;
        }
        if let Phase::Greeting(greeting) = &self.phase
            && greeting.over(link).is_some()
        {
            let mut payload = Vec::new();
            Frame::Hello(greeting.hello).put(&mut payload);
            let mut bytes = Vec::from([Kind::Rendezvous as u8]);
            put_short(&mut bytes, &payload);
            // A link that cannot take a first message ends with the greeting.
            let _ = self.outbox.stream(link, bytes);
        } else if udp && local.is_ipv4() {
            self.udp_v4 = Some(link);
        } else if udp {
            self.udp_v6 = Some(link);
        }
    }

    /// The first address of the server from `from` on that this device can reach with the addresses that it has: one
    /// without IPv6 loses no time with the server's. If it has none for any of them, all are tried.
    fn next_server(&self, from: usize) -> Option<usize> {
        let [four, six] = self.families.unwrap_or_default();
        let reaches = |server: &ServerAddress| match server.main.ip() {
            IpAddr::V4(ip) => four || ip.is_loopback(),
            IpAddr::V6(ip) => six || ip.is_loopback(),
        };
        let servers = &self.config.servers;
        let any = servers.iter().any(reaches);
        (from..servers.len()).find(|n| !any || servers.get(*n).is_some_and(reaches))
    }

    pub(super) fn start_greeting(&mut self, now: Instant) {
        self.server = self.next_server(self.server).or_else(|| self.next_server(0)).unwrap_or(0);
        let Some(&server) = self.config.servers.get(self.server) else {
            // Nobody to talk to: as silent as a server can be.
            return self.back_off(now, UnreachableCause::Silent);
        };
        let secret = StaticSecret::from(self.secrets.bytes::<32>());
        let e_client = x25519_dalek::PublicKey::from(&secret).to_bytes();
        let hello = Hello { version: VERSION, e_client, random: self.rng.bytes() };
        // UDP that was silent just now gets no head start.
        let tcp_at = if self.udp_silent || !self.config.udp { now } else { now + TCP_AFTER };
        let native = server.is_native();
        let websocket_at = if native { tcp_at + WEBSOCKET_AFTER } else { now };
        let websocket_at = self.config.websockets.get(self.server).map(|_| websocket_at);
        // Who has no address to try has nobody to wait for.
        let ends = if native || websocket_at.is_some() { now + GREETING_PATIENCE } else { now };
        change(
            &mut self.phase,
            Phase::Greeting(Box::new(Greeting {
                hello,
                secret,
                server,
                retry: Retry::new(now),
                tcp_at: native.then_some(tcp_at),
                websocket_at,
                streams: Vec::new(),
                ends,
                cause: UnreachableCause::Silent,
            })),
        );
    }

    pub(super) fn drive_greeting(&mut self, now: Instant) {
        let Phase::Greeting(greeting) = &mut self.phase else { return };
        let server = greeting.server;
        if greeting.ends <= now {
            let cause = greeting.cause;
            for (link, _) in core::mem::take(&mut greeting.streams) {
                self.outbox.close(link);
            }
            match self.next_server(self.server + 1) {
                Some(next) => {
                    self.server = next;
                    self.start_greeting(now);
                    self.drive_greeting(now);
                }
                None => {
                    self.server = 0;
                    self.back_off(now, cause);
                }
            }
            return;
        }
        let hello = greeting.retry.is_due(now).then_some(greeting.hello).filter(|_| self.config.udp);
        if greeting.tcp_at.is_some_and(|at| at <= now) {
            greeting.tcp_at = None;
            let link = self.config.ids.allocate();
            greeting.streams.push((link, Over::Tcp));
            self.outbox.open(link, LinkSpec::TcpConnect { local: None, reuse: false, remote: server.main });
        }
        if greeting.websocket_at.is_some_and(|at| at <= now) {
            greeting.websocket_at = None;
            if let Some(url) = self.config.websockets.get(self.server).cloned() {
                let link = self.config.ids.allocate();
                greeting.streams.push((link, Over::WebSocket));
                self.outbox.open(link, LinkSpec::WebSocket { url });
            }
        }
        if let Some(hello) = hello
            && server.is_native()
            && let Some(link) = self.udp_for(server.main)
        {
            let mut bytes = Vec::new();
            hello.put_datagram(&mut bytes);
            self.outbox.datagram(link, server.main, bytes);
        }
    }

    /// Waits before the next round, longer each time.
    fn back_off(&mut self, now: Instant, cause: UnreachableCause) {
        self.failures = self.failures.saturating_add(1);
        let retry_in = self.backoff();
        change(&mut self.phase, Phase::Waiting { until: now + retry_in });
        self.event(ClientEvent::Unreachable { cause, retry_in });
    }

    pub(super) fn backoff(&mut self) -> Duration {
        let most = Duration::from_secs(1 << self.failures.min(6)).min(BACKOFF_MOST);
        self.jitter(most / 2, most)
    }

    pub(super) fn handle_closed(&mut self, now: Instant, link: LinkId) {
        if self.inquiry_closed(link) {
            return;
        }
        if self.udp_v4 == Some(link) {
            self.udp_v4 = None;
        }
        if self.udp_v6 == Some(link) {
            self.udp_v6 = None;
        }
        match &mut self.phase {
            Phase::Greeting(greeting) => greeting.lose(now, link),
            Phase::Connected(session) if session.link == link => self.restart_session(now),
            Phase::Idle | Phase::Waiting { .. } | Phase::Connected(_) => {}
        }
    }

    pub(super) fn handle_network_changed(&mut self, now: Instant, addrs: &[IfAddr]) {
        let four = addrs.iter().any(|own| own.addr.is_ipv4());
        let global = |own: &IfAddr| matches!(own.addr, IpAddr::V6(ip) if !ip.is_unicast_link_local());
        // The first is no change. Later ones are, whatever the addresses: it may be the way out that has come.
        if self.families.replace([four, addrs.iter().any(global)]).is_none() {
            return;
        }
        self.failures = 0;
        self.udp_silent = false;
        let soon = now + self.jitter(Duration::from_millis(20), Duration::from_millis(200));
        match &mut self.phase {
            Phase::Connected(session) => session.rehello_at = Some(soon),
            Phase::Waiting { until } => *until = soon,
            Phase::Idle | Phase::Greeting(_) => {}
        }
    }

    pub(super) fn handle_datagram(&mut self, now: Instant, link: LinkId, from: SocketAddr, data: &[u8]) {
        if self.inquiry_datagram(now, link, from, data) {
            return;
        }
        let from_server = match &self.phase {
            Phase::Greeting(greeting) => from == greeting.server.main,
            Phase::Connected(session) => {
                let main = from == session.server.main;
                let second = session.reflect.is_some() && Some(from) == session.server.reflector;
                match &session.upgrade {
                    _ if session.inquiry.as_ref().is_some_and(|inquiry| inquiry.expects(from)) => true,
                    _ if session.over == Over::Udp => main || Some(from) == session.server.reflector,
                    Some(upgrade) => second || main && upgrade.is_asking(),
                    None => false,
                }
            }
            Phase::Idle | Phase::Waiting { .. } => false,
        };
        let frame = match data.split_first() {
            Some((&kind, rest)) if from_server && Kind::of(kind) == Some(Kind::Rendezvous) => {
                Frame::parse(rest)
            }
            _ => None,
        };
        match frame {
            Some(frame) => self.handle_frame(now, link, Over::Udp, frame),
            None => self.stats.rubbish += 1,
        }
    }

    pub(super) fn handle_stream(&mut self, now: Instant, link: LinkId, data: &mut StreamBuf) {
        loop {
            let over = match &self.phase {
                Phase::Greeting(greeting) => greeting.over(link),
                Phase::Connected(session) if session.link == link => Some(session.over),
                Phase::Idle | Phase::Waiting { .. } | Phase::Connected(_) => None,
            };
            let Some(over) = over.filter(|over| over.is_stream()) else {
                let all = data.len();
                data.consume(all);
                return;
            };
            let len = match peek_short(data, MAX_FRAME) {
                Ok(Some(len)) => len,
                Ok(None) => return,
                Err(_) => {
                    self.stats.rubbish += 1;
                    self.outbox.close(link);
                    self.handle_closed(now, link);
                    continue;
                }
            };
            let bytes = data.readable().get(2..2 + len).map(<[u8]>::to_vec).unwrap_or_default();
            data.consume(2 + len);
            match Frame::parse(&bytes) {
                Some(frame) => self.handle_frame(now, link, over, frame),
                None => self.stats.rubbish += 1,
            }
        }
    }

    fn handle_frame(&mut self, now: Instant, link: LinkId, over: Over, frame: Frame<'_>) {
        match frame {
            Frame::Welcome(welcome) => self.handle_welcome(now, link, over, &welcome),
            Frame::Sealed(sealed) => self.handle_sealed(now, sealed),
            Frame::Stale(handle) => {
                let pause = self.jitter(Duration::from_millis(50), Duration::from_secs(1));
                let Phase::Connected(session) = &mut self.phase else { return };
                if session.handle == handle && session.rehello_at.is_none() {
                    // Anybody on the way can say this. It costs a hello, and the session only ends with a welcome
                    // that the true server alone can follow up.
                    session.rehello_at = Some(now + pause);
                    self.stats.stale += 1;
                }
            }
            Frame::Hello(_) | Frame::Opening(_) => self.stats.rubbish += 1,
        }
    }

    /// This device's clock, Unix seconds.
    pub(super) fn own_unix_time(&self, now: Instant) -> u64 {
        self.config.unix_time.saturating_add(now.saturating_duration_since(self.start).as_secs())
    }

    fn handle_welcome(&mut self, now: Instant, link: LinkId, over: Over, welcome: &Welcome) {
        let (hello, server) = match &self.phase {
            Phase::Greeting(greeting) => (greeting.hello, greeting.server),
            Phase::Connected(_) if over == Over::Udp => return self.handle_upgrade(now, link, welcome),
            Phase::Idle | Phase::Waiting { .. } | Phase::Connected(_) => return,
        };
        let Some(certificate) = self.check_welcome(now, &hello, welcome) else { return };
        let Phase::Greeting(greeting) = &mut self.phase else { return };
        let Some(keys) = Keys::derive(&greeting.secret, certificate.x25519, &hello, welcome) else {
            self.stats.rubbish += 1;
            return;
        };
        for (other, _) in core::mem::take(&mut greeting.streams) {
            if other != link {
                self.outbox.close(other);
            }
        }
        let session = Session::new(now, keys, &hello, welcome, server, (link, over));
        self.udp_silent = over.is_stream();
        self.begin_session(now, session, welcome);
    }

    /// A session stands: everything that needs one goes on in it.
    pub(super) fn begin_session(&mut self, now: Instant, session: Session, welcome: &Welcome) {
        if let Phase::Connected(old) = change(&mut self.phase, Phase::Connected(Box::new(session))) {
            self.end_session(now, &old);
        }
        if self.key.is_none()
            && let Ok(shown) = PublicKey::from_bytes(welcome.server_key)
        {
            self.key = Some(shown);
            self.event(ClientEvent::ServerKeySeen(shown));
        }
        if self.wants_registration && !matches!(self.registration, Registration::Persisting) {
            self.registration = Registration::Needed { not_before: now };
        }
        self.restart_requests(now);
    }

    /// The certificate in a welcome, if it answers this hello and is the server's.
    pub(super) fn check_welcome(
        &mut self,
        now: Instant,
        hello: &Hello,
        welcome: &Welcome,
    ) -> Option<EphemeralCertificate> {
        let own_time = self.own_unix_time(now);
        let tolerance = self.config.clock_tolerance.as_secs();
        let shown = PublicKey::from_bytes(welcome.server_key).ok();
        let found =
            shown.and_then(|key| Some((key, EphemeralCertificate::verify(&welcome.certificate, &key).ok()?)));
        let fits = welcome.random == hello.random && welcome.version == VERSION;
        let Some((shown, certificate)) = found.filter(|_| fits) else {
            self.stats.rubbish += 1;
            return None;
        };
        if self.key.is_some_and(|key| key != shown) {
            // Said once per greeting. It may be a forger that is faster than the server: go on listening.
            if self.blame(UnreachableCause::WrongKey) {
                self.event(ClientEvent::ServerKeyMismatch { seen: shown });
            }
            return None;
        }
        // Whether the window and [own time - tolerance, own time + tolerance] meet.
        if certificate.check_time(own_time.saturating_add(tolerance).min(certificate.not_after)).is_err()
            || own_time.saturating_sub(tolerance) > certificate.not_after
        {
            self.blame(UnreachableCause::Clock { server_time: welcome.server_time });
            return None;
        }
        Some(certificate)
    }

    /// Notes why a greeting may fail; whether that is news.
    fn blame(&mut self, cause: UnreachableCause) -> bool {
        match &mut self.phase {
            Phase::Greeting(greeting) => core::mem::replace(&mut greeting.cause, cause) != cause,
            Phase::Idle | Phase::Waiting { .. } | Phase::Connected(_) => false,
        }
    }
}
