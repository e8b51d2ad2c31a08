//! Hellos, sessions, sealed frames.

use alloc::vec::Vec;
use core::time::Duration;

use deskwire_identity::Secret;
use deskwire_machine::Instant;
use deskwire_wire::ids::DeviceId;
use deskwire_wire::rendezvous::{
    AnswerFrom, Cookie, Frame, HELLO_DATAGRAM, Handle, Hello, Opening, RendezvousMsg, Sealed, VERSION,
    Welcome,
};
use deskwire_wire::{CapnProto, Codec};

use super::budget::{Purpose, Source};
use super::config::{Port, Protocol, ServerEvent};
use super::connect::Wish;
use super::keys::ExchangeKey;
use super::ports::Via;
use super::register::Registration;
use super::{Server, Timer};
use crate::exchange::{Keys, TAG, Window, cookie_mac, open, seal};

/// How long a cookie is good for.
const COOKIE_LIFE: Duration = Duration::from_secs(60);
/// How long a session without a registration lives without a frame.
const ANONYMOUS_LIFE: Duration = Duration::from_secs(60);
/// Bytes of a sealed frame beside its plaintext, without the kind byte.
const SEALED_OVERHEAD: usize = 1 + 8 + 8 + TAG;

/// A session with a client.
pub(super) struct Session {
    keys: Keys,
    seen: Window,
    next_counter: u64,
    e_client: [u8; 32],
    pub(super) via: Via,
    pub(super) cookie: Cookie,
    cookie_ends: Instant,
    opened_at: Instant,
    last_heard: Instant,
    pub(super) registration: Registration,
    pub(super) device: Option<DeviceId>,
}

impl Server {
    /// The welcome to `hello`, as it was (or is) said at `time`.
    fn welcome(
        &self,
        via: Via,
        hello: &Hello,
        handle: Handle,
        cookie: Cookie,
        time: Instant,
        key: &ExchangeKey,
    ) -> Welcome {
        Welcome {
            version: VERSION,
            random: hello.random,
            handle,
            cookie,
            observed: via.remote,
            server_time: self.unix_time_at(time),
            server_key: *self.key.as_bytes(),
            certificate: key.certificate.clone(),
        }
    }

    fn cookie(&self, via: Via, hello: &Hello, handle: Handle, time: u64) -> Cookie {
        let mac = cookie_mac(&self.cookie_key, via.remote, hello, handle, time);
        let mut bytes = [0; 24];
        let (head, tail) = bytes.split_at_mut(8);
        head.copy_from_slice(&time.to_be_bytes());
        tail.copy_from_slice(mac.as_bytes());
        Cookie(bytes)
    }

    pub(super) fn handle_hello(&mut self, now: Instant, via: Via, hello: &Hello, len: usize) {
        // A short one could make the answer larger than the question.
        if hello.version == 0 || via.protocol == Protocol::Udp && len < HELLO_DATAGRAM {
            self.stats.rubbish += 1;
            return;
        }
        if !self.charge(now, via, Purpose::Hello) {
            return;
        }
        let handle = Handle(self.rng.bytes());
        let cookie = self.cookie(via, hello, handle, now.as_micros());
        let welcome = self.welcome(via, hello, handle, cookie, now, &self.exchange.current);
        self.stats.hellos += 1;
        self.put(via, &Frame::Welcome(welcome));
    }

    /// Takes one of the source's budget, or counts that there was none.
    pub(super) fn charge(&mut self, now: Instant, via: Via, purpose: Purpose) -> bool {
        let limits = &self.config.limits;
        let budget = match purpose {
            Purpose::Hello => limits.hello,
            Purpose::Opening => limits.opening,
            Purpose::Reflect => limits.reflect,
            Purpose::Claim => limits.claim,
            Purpose::Connect => limits.connect,
        };
        self.sources.expire(now, 4);
        let granted = self.sources.take(now, Source::of(via.remote), purpose, budget);
        if !granted {
            self.stats.over_budget += 1;
        }
        granted
    }

    pub(super) fn handle_opening(&mut self, now: Instant, via: Via, opening: &Opening<'_>) {
        let Opening { handle, cookie, e_client, random, counter, sealed } = *opening;
        self.spent.expire(now);
        if let Some(session) = self.sessions.get(&handle) {
            if session.e_client == e_client {
                // Its length allows the same answers as a sealed frame's.
                self.handle_sealed(now, via, Port::Main, Sealed { handle, counter, sealed }, sealed.len());
            } else {
                self.stats.rubbish += 1;
            }
            return;
        }
        if !self.charge(now, via, Purpose::Hello) {
            return;
        }
        let (Some((time, _)), Some((_, mac))) =
            (cookie.0.split_first_chunk::<8>(), cookie.0.split_last_chunk::<16>())
        else {
            return;
        };
        let time = u64::from_be_bytes(*time);
        let hello = Hello { version: VERSION, e_client, random };
        let at = Instant::from_micros(time);
        let fresh = at <= now && now.saturating_duration_since(at) <= COOKIE_LIFE;
        // The MAC is compared in any case, in constant time. A cookie from before a restart fails it.
        let genuine = cookie_mac(&self.cookie_key, via.remote, &hello, handle, time) == Secret::new(*mac);
        let key = self.exchange.at(now, at).filter(|_| fresh && genuine && !self.spent.contains(handle));
        let Some(key) = key else {
            self.answer_stale(via, handle);
            return;
        };
        let welcome = self.welcome(via, &hello, handle, cookie, at, key);
        // The address is proven by now. Sources that seldom come are served first: a crowd that opens and opens shares what
        // is left.
        let (own, all) = (self.config.limits.opening, self.config.limits.openings_in_all);
        if !self.sources.take(now, Source::of(via.remote), Purpose::Opening, own)
            && !self.openings.take(now, all)
        {
            self.stats.over_budget += 1;
            return;
        }
        let keys = Keys::derive(&key.secret, e_client, &hello, &welcome);
        let opened =
            keys.and_then(|keys| open(&keys.c2s, handle, counter, sealed).map(|plain| (keys, plain)));
        let Some((keys, plain)) = opened else {
            self.stats.rubbish += 1;
            return;
        };
        if !Window::default().is_new(counter) || !self.make_room(via) {
            return;
        }
        // A session may be opened again with the same keys (from a copy of its opening, after it was shed), so its
        // counters start above all that any session can have used so far.
        let elapsed = now.saturating_duration_since(self.start).as_micros();
        let by_time = u64::try_from(elapsed).unwrap_or(u64::MAX).saturating_mul(1 << 12);
        self.last_counter = by_time.max(self.last_counter.saturating_add(1 << 12));
        let mut seen = Window::default();
        seen.mark(counter);
        let session = Session {
            keys,
            seen,
            next_counter: self.last_counter,
            e_client,
            via,
            cookie,
            cookie_ends: at + COOKIE_LIFE,
            opened_at: now,
            last_heard: now,
            registration: Registration::None,
            device: None,
        };
        self.sessions.insert(handle, session);
        self.anonymous.insert((now, handle));
        self.timers.set(Timer::Session(handle), now + ANONYMOUS_LIFE);
        self.stats.opened += 1;
        self.tcp_strangers.remove(&via.link);
        if via.protocol.is_stream()
            && let Some(before) = self.tcp.get_mut(&via.link).and_then(|tcp| tcp.session.replace(handle))
        {
            self.close_session(before);
        }
        self.handle_plain(now, handle, &plain);
    }

    /// Makes room for one more session of a source. Gives whether there is.
    fn make_room(&mut self, via: Via) -> bool {
        if self.sessions.len() >= self.config.limits.sessions {
            self.stats.shed += 1;
            let Some(&(_, oldest)) = self.anonymous.first() else { return false };
            self.close_session(oldest);
        }
        let room = self.session_counts.add(Source::of(via.remote), self.config.limits.sessions_per_source);
        if !room {
            self.stats.shed += 1;
        }
        room
    }

    pub(super) fn handle_sealed(
        &mut self,
        now: Instant,
        via: Via,
        port: Port,
        frame: Sealed<'_>,
        len: usize,
    ) {
        let Sealed { handle, counter, sealed } = frame;
        let Some(session) = self.sessions.get_mut(&handle).filter(|s| s.via == via || port != Port::Main)
        else {
            if port == Port::Main {
                self.answer_stale(via, handle);
            } else {
                self.stats.rubbish += 1;
            }
            return;
        };
        if !session.seen.is_new(counter) {
            self.stats.replayed += 1;
            return;
        }
        let Some(plain) = open(&session.keys.c2s, handle, counter, sealed) else {
            self.stats.rubbish += 1;
            return;
        };
        session.seen.mark(counter);
        session.last_heard = now;
        if port == Port::Main {
            self.handle_plain(now, handle, &plain);
        } else {
            let proven = session.via;
            self.handle_reflect(now, handle, (proven, via), &plain, len);
        }
    }

    /// A sealed frame of `len` bytes to the second port or the other address: only one question is answered there.
    fn handle_reflect(
        &mut self,
        now: Instant,
        handle: Handle,
        (proven, via): (Via, Via),
        plain: &[u8],
        len: usize,
    ) {
        let question = match CapnProto::decode(plain) {
            Ok(RendezvousMsg::Reflect { nonce, from }) => Some((nonce, from)),
            _ => None,
        };
        let Some((nonce, link)) =
            question.and_then(|(nonce, from)| Some((nonce, self.answering(via, from)?)))
        else {
            self.stats.rubbish += 1;
            return;
        };
        // Whoever has a session could name others as the source of its questions, so it pays for them itself.
        if !self.charge(now, proven, Purpose::Reflect) {
            return;
        }
        let alternate = self.alternate_of(via.link).filter(|_| link == via.link);
        let answer = |alternate| RendezvousMsg::Reflected { nonce, observed: via.remote, alternate };
        let to = Via { link, ..via };
        // Never with more than it took to ask, since the source is not proven. A question with little padding is one of
        // an earlier version, which does not look for the other address.
        if self.send_via(handle, to, &answer(alternate), len)
            || alternate.is_some() && self.send_via(handle, to, &answer(None), len)
        {
            self.stats.reflected += 1;
        }
    }

    fn answer_stale(&mut self, via: Via, handle: Handle) {
        self.stats.stale += 1;
        self.put(via, &Frame::Stale(handle));
    }

    fn handle_plain(&mut self, now: Instant, handle: Handle, plain: &[u8]) {
        let Ok(message) = CapnProto::decode(plain) else {
            self.stats.rubbish += 1;
            return;
        };
        match message {
            RendezvousMsg::Register { statement, signature } => {
                self.handle_register(now, handle, &statement, &signature);
            }
            RendezvousMsg::Beat { sequence, rtts } => self.handle_beat(handle, sequence, rtts),
            RendezvousMsg::Connect { statement, signature } => {
                self.handle_connect(now, handle, &statement, signature.as_ref());
            }
            RendezvousMsg::Answer { attempt, accept, random, candidates } => {
                self.handle_answer(now, handle, attempt, accept, random, candidates);
            }
            RendezvousMsg::TokensWanted { introduction, issued, role, proof, avoid, rtts: _, offer } => {
                let wish = Wish { introduction, issued, role, proof, avoid: &avoid, offer };
                self.handle_tokens_wanted(now, handle, wish);
            }
            RendezvousMsg::RelaysWanted => self.send_relays(handle),
            RendezvousMsg::Reflect { nonce, from: AnswerFrom::Here } => {
                if let Some(observed) = self.sessions.get(&handle).map(|s| s.via.remote) {
                    self.send(handle, &RendezvousMsg::Reflected { nonce, observed, alternate: None });
                }
            }
            RendezvousMsg::Bye => self.close_session(handle),
            // What servers say, and what later versions say.
            _ => self.stats.rubbish += 1,
        }
    }

    /// Seals and queues a message for a session.
    pub(super) fn send(&mut self, handle: Handle, message: &RendezvousMsg) {
        if let Some(via) = self.sessions.get(&handle).map(|s| s.via) {
            self.send_via(handle, via, message, usize::MAX);
        }
    }

    /// Seals and queues a message, unless the frame would be longer than `most` bytes. Gives whether it did.
    fn send_via(&mut self, handle: Handle, via: Via, message: &RendezvousMsg, most: usize) -> bool {
        let Some(session) = self.sessions.get_mut(&handle) else { return false };
        let mut plain = Vec::new();
        if CapnProto::encode(message, &mut plain).is_err() || plain.len() + SEALED_OVERHEAD + 2 > most {
            self.stats.shed += 1;
            return false;
        }
        let counter = session.next_counter;
        session.next_counter += 1;
        let sealed = seal(&session.keys.s2c, handle, counter, &plain);
        self.put(via, &Frame::Sealed(Sealed { handle, counter, sealed: &sealed }));
        true
    }

    /// Moves a session between the anonymous (which are shed first) and the registered.
    pub(super) fn set_device(&mut self, handle: Handle, device: Option<DeviceId>) {
        let Some(session) = self.sessions.get_mut(&handle) else { return };
        session.device = device;
        let entry = (session.opened_at, handle);
        if device.is_some() {
            self.anonymous.remove(&entry);
        } else {
            self.anonymous.insert(entry);
        }
    }

    pub(super) fn handle_session_timeout(&mut self, now: Instant, handle: Handle) {
        let Some(session) = self.sessions.get(&handle) else { return };
        let life = match (session.device, session.via.protocol) {
            (None, _) => ANONYMOUS_LIFE,
            (Some(_), Protocol::Udp) => Duration::from_secs(u64::from(self.config.beat_udp_s) * 3 + 10),
            (Some(_), Protocol::Tcp | Protocol::WebSocket) => {
                Duration::from_secs(u64::from(self.config.beat_tcp_s) * 2 + 10)
            }
        };
        let ends = session.last_heard + life;
        if ends > now {
            self.timers.set(Timer::Session(handle), ends);
        } else {
            self.close_session(handle);
        }
    }

    /// Forgets a session, its presence, and its TCP link.
    pub(super) fn close_session(&mut self, handle: Handle) {
        let Some(session) = self.sessions.remove(&handle) else { return };
        self.spent.insert(handle, session.cookie_ends);
        self.timers.cancel(Timer::Session(handle));
        self.anonymous.remove(&(session.opened_at, handle));
        self.session_counts.remove(Source::of(session.via.remote));
        if let Some(id) = session.device
            && self.presence.get(&id).is_some_and(|p| p.handle == handle)
        {
            self.presence.remove(&id);
            self.event(ServerEvent::Offline { id });
        }
        if session.via.protocol.is_stream()
            && let Some(tcp) = self.tcp.get_mut(&session.via.link)
            && tcp.session == Some(handle)
        {
            tcp.session = None;
            self.close_link(session.via.link);
        }
    }
}
