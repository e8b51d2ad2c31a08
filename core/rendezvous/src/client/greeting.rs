//! Links, hellos, and the sealed session.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::net::{IpAddr, SocketAddr};
use core::time::Duration;

use deskwire_identity::{EphemeralCertificate, PublicKey};
use deskwire_machine::{Deadline, Instant, LinkId, LinkSpec, StreamBuf, earliest};
use deskwire_wire::frame::{Kind, peek_short, put_short};
use deskwire_wire::rendezvous::{Frame, Hello, MAX_FRAME, VERSION, Welcome};
use x25519_dalek::StaticSecret;

use super::session::Session;
use super::{Client, ClientEvent, Phase, Registration, Retry, ServerAddress, UnreachableCause};
use crate::exchange::Keys;

/// How long UDP may stay silent before TCP is tried.
const TCP_AFTER: Duration = Duration::from_millis(1_500);
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
    pub(super) tcp: Option<LinkId>,
    ends: Instant,
    cause: UnreachableCause,
}

impl Greeting {
    pub(super) fn deadline(&self) -> Deadline {
        let retry = Some(Deadline::new(self.retry.at, "rendezvous client: hello"));
        let tcp = self.tcp_at.map(|at| Deadline::new(at, "rendezvous client: try TCP"));
        let ends = Deadline::new(self.ends, "rendezvous client: silent server");
        earliest([retry, tcp, Some(ends)]).unwrap_or(ends)
    }
}

impl Client {
    fn udp_for(&self, server: SocketAddr) -> Option<LinkId> {
        if server.is_ipv4() { self.udp_v4 } else { self.udp_v6 }
    }

    pub(super) fn handle_opened(&mut self, link: LinkId, local: SocketAddr, udp: bool) {
        if let Phase::Greeting(greeting) = &self.phase
            && greeting.tcp == Some(link)
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

    pub(super) fn start_greeting(&mut self, now: Instant) {
        let Some(&server) = self.config.servers.get(self.server) else {
            self.server = 0;
            if self.config.servers.is_empty() {
                // Nobody to talk to: as silent as a server can be.
                self.back_off(now, UnreachableCause::Silent);
            } else {
                self.start_greeting(now);
            }
            return;
        };
        let secret = StaticSecret::from(self.secrets.bytes::<32>());
        let e_client = x25519_dalek::PublicKey::from(&secret).to_bytes();
        let hello = Hello { version: VERSION, e_client, random: self.rng.bytes() };
        self.set_phase(Phase::Greeting(Box::new(Greeting {
            hello,
            secret,
            server,
            retry: Retry::new(now),
            tcp_at: Some(now + TCP_AFTER),
            tcp: None,
            ends: now + GREETING_PATIENCE,
            cause: UnreachableCause::Silent,
        })));
    }

    pub(super) fn drive_greeting(&mut self, now: Instant) {
        let Phase::Greeting(greeting) = &mut self.phase else { return };
        let server = greeting.server;
        if greeting.ends <= now {
            let (tcp, cause) = (greeting.tcp, greeting.cause);
            if let Some(link) = tcp {
                self.outbox.close(link);
            }
            self.server += 1;
            if self.server < self.config.servers.len() {
                self.start_greeting(now);
                self.drive_greeting(now);
            } else {
                self.server = 0;
                self.back_off(now, cause);
            }
            return;
        }
        let hello = greeting.retry.is_due(now).then_some(greeting.hello);
        if greeting.tcp_at.is_some_and(|at| at <= now) {
            greeting.tcp_at = None;
            let link = self.config.ids.allocate();
            greeting.tcp = Some(link);
            self.outbox.open(link, LinkSpec::TcpConnect { local: None, reuse: false, remote: server.main });
        }
        if let Some(hello) = hello
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
        self.set_phase(Phase::Waiting { until: now + retry_in });
        self.event(ClientEvent::Unreachable { cause, retry_in });
    }

    pub(super) fn backoff(&mut self) -> Duration {
        let most = Duration::from_secs(1 << self.failures.min(6)).min(BACKOFF_MOST);
        self.jitter(most / 2, most)
    }

    pub(super) fn handle_closed(&mut self, now: Instant, link: LinkId) {
        if self.udp_v4 == Some(link) {
            self.udp_v4 = None;
        }
        if self.udp_v6 == Some(link) {
            self.udp_v6 = None;
        }
        match &mut self.phase {
            Phase::Greeting(greeting) if greeting.tcp == Some(link) => greeting.tcp = None,
            Phase::Connected(session) if session.link == link => self.restart_session(now),
            Phase::Idle | Phase::Waiting { .. } | Phase::Greeting(_) | Phase::Connected(_) => {}
        }
    }

    pub(super) fn handle_network_changed(&mut self, now: Instant, mut addresses: Vec<IpAddr>) {
        addresses.truncate(64);
        let changed = self.addresses.as_ref().is_some_and(|before| *before != addresses);
        self.addresses = Some(addresses);
        if !changed {
            return;
        }
        self.failures = 0;
        let soon = now + self.jitter(Duration::from_millis(20), Duration::from_millis(200));
        match &mut self.phase {
            Phase::Connected(session) => session.rehello_at = Some(soon),
            Phase::Waiting { until } => *until = soon,
            Phase::Idle | Phase::Greeting(_) => {}
        }
    }

    pub(super) fn handle_datagram(&mut self, now: Instant, link: LinkId, from: SocketAddr, data: &[u8]) {
        let from_server = match &self.phase {
            Phase::Greeting(greeting) => from == greeting.server.main,
            Phase::Connected(session) => {
                !session.tcp && (from == session.server.main || Some(from) == session.server.reflector)
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
            Some(frame) => self.handle_frame(now, link, false, frame),
            None => self.stats.rubbish += 1,
        }
    }

    pub(super) fn handle_stream(&mut self, now: Instant, link: LinkId, data: &mut StreamBuf) {
        loop {
            let ours = match &self.phase {
                Phase::Greeting(greeting) => greeting.tcp == Some(link),
                Phase::Connected(session) => session.tcp && session.link == link,
                Phase::Idle | Phase::Waiting { .. } => false,
            };
            if !ours {
                let all = data.len();
                data.consume(all);
                return;
            }
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
                Some(frame) => self.handle_frame(now, link, true, frame),
                None => self.stats.rubbish += 1,
            }
        }
    }

    fn handle_frame(&mut self, now: Instant, link: LinkId, tcp: bool, frame: Frame<'_>) {
        match frame {
            Frame::Welcome(welcome) => self.handle_welcome(now, link, tcp, welcome),
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

    fn handle_welcome(&mut self, now: Instant, link: LinkId, tcp: bool, welcome: Welcome) {
        let own_time = self.own_unix_time(now);
        let tolerance = self.config.clock_tolerance.as_secs();
        let Phase::Greeting(greeting) = &mut self.phase else { return };
        if welcome.random != greeting.hello.random || welcome.version != VERSION {
            self.stats.rubbish += 1;
            return;
        }
        let Ok(shown) = PublicKey::from_bytes(welcome.server_key) else {
            self.stats.rubbish += 1;
            return;
        };
        let Ok(certificate) = EphemeralCertificate::verify(&welcome.certificate, &shown) else {
            self.stats.rubbish += 1;
            return;
        };
        if self.key.is_some_and(|key| key != shown) {
            // Said once per greeting. It may be a forger that is faster than the server: go on listening.
            if greeting.cause != UnreachableCause::WrongKey {
                greeting.cause = UnreachableCause::WrongKey;
                self.event(ClientEvent::ServerKeyMismatch { seen: shown });
            }
            return;
        }
        // Whether the window and [own time - tolerance, own time + tolerance] meet.
        if certificate.check_time(own_time.saturating_add(tolerance).min(certificate.not_after)).is_err()
            || own_time.saturating_sub(tolerance) > certificate.not_after
        {
            greeting.cause = UnreachableCause::Clock { server_time: welcome.server_time };
            return;
        }
        let Some(keys) = Keys::derive(&greeting.secret, certificate.x25519, &greeting.hello, &welcome) else {
            self.stats.rubbish += 1;
            return;
        };
        let session = Session::new(now, keys, &greeting.hello, &welcome, greeting.server, (link, tcp));
        if !tcp && let Some(link) = greeting.tcp {
            self.outbox.close(link);
        }
        self.set_phase(Phase::Connected(Box::new(session)));
        if self.key.is_none() {
            self.key = Some(shown);
            self.event(ClientEvent::ServerKeySeen(shown));
        }
        if self.wants_registration && !matches!(self.registration, Registration::Persisting) {
            self.registration = Registration::Needed { not_before: now };
        }
        self.restart_requests(now);
    }
}
