//! The sealed session: frames in and out, the second port, and its end.

use alloc::vec::Vec;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_machine::{Deadline, Instant, LinkId, change, earliest};
use deskwire_wire::Over;
use deskwire_wire::frame::{Kind, put_short};
use deskwire_wire::rendezvous::{
    AnswerFrom, Cookie, Frame, Handle, Hello, Opening, RendezvousMsg, Sealed, Welcome,
};
use deskwire_wire::{CapnProto, Codec};

use super::alternate::Inquiry;
use super::requests::SILENCE;
use super::upgrade::Upgrade;
use super::{Client, ClientEvent, Phase, Registration, Retry, ServerAddress};
use crate::exchange::{Keys, Window, open, seal};

/// How often the second port is asked.
const REFLECT_TRIES: u32 = 4;

/// How old a session is at least when it is given up for a new look from outside.
const OBSERVE_PAUSE: Duration = Duration::from_secs(2);

/// A sealed session with the server.
pub(super) struct Session {
    keys: Keys,
    pub(super) handle: Handle,
    pub(super) cookie: Cookie,
    pub(super) observed: SocketAddr,
    hello: Hello,
    next_counter: u64,
    seen: Window,
    /// Whether the server answered: from then on it knows the keys.
    pub(super) opened: bool,
    pub(super) server: ServerAddress,
    pub(super) link: LinkId,
    pub(super) over: Over,
    pub(super) last_heard: Instant,
    server_time: u64,
    started: Instant,
    /// When to say hello again, because the session is not known any more or the network changed.
    pub(super) rehello_at: Option<Instant>,
    /// When it is given up for want of use.
    pub(super) idle_at: Option<Instant>,
    /// The second port is asked how this device looks from there.
    pub(super) reflect: Option<(u64, Retry)>,
    /// The server's other address is asked, too.
    pub(super) inquiry: Option<Inquiry>,
    /// On a stream: how this device looks over UDP.
    pub(super) seen_over_udp: Option<SocketAddr>,
    /// What it knows of this device's address may be wrong by now.
    outlived: bool,
    /// On a stream: whether UDP works by now.
    pub(super) upgrade: Option<Upgrade>,
}

impl Session {
    /// A session by a welcome; `link` says over which link, and what that is.
    pub(super) fn new(
        now: Instant,
        keys: Keys,
        hello: &Hello,
        welcome: &Welcome,
        server: ServerAddress,
        (link, over): (LinkId, Over),
    ) -> Self {
        Self {
            keys,
            handle: welcome.handle,
            cookie: welcome.cookie,
            observed: welcome.observed,
            hello: *hello,
            next_counter: 0,
            seen: Window::default(),
            opened: false,
            server,
            link,
            over,
            last_heard: now,
            server_time: welcome.server_time,
            started: now,
            rehello_at: None,
            idle_at: None,
            reflect: None,
            inquiry: None,
            seen_over_udp: None,
            outlived: false,
            upgrade: None,
        }
    }

    pub(super) fn deadline(&self) -> Option<Deadline> {
        let reflect = self
            .reflect
            .filter(|_| self.opened)
            .map(|(_, r)| Deadline::new(r.at, "rendezvous client: reflect"));
        let observe = self.observe_at().map(|at| Deadline::new(at, "rendezvous client: observe anew"));
        let inquiry = self.inquiry.as_ref().and_then(Inquiry::deadline);
        earliest([reflect, observe, inquiry, self.upgrade.as_ref().map(Upgrade::deadline)])
    }

    /// When to give it up for a new look from outside: not for each of many paths that are lost together.
    pub(super) fn observe_at(&self) -> Option<Instant> {
        self.outlived.then(|| self.started + OBSERVE_PAUSE)
    }

    /// The server's clock by now, Unix seconds.
    pub(super) fn unix_time(&self, now: Instant) -> u64 {
        self.server_time.saturating_add(now.saturating_duration_since(self.started).as_secs())
    }

    /// Whether something said `sends` times should have been answered by now.
    pub(super) fn is_dead(&self, now: Instant, sends: u32, patience: Duration) -> bool {
        sends >= 6 && now.saturating_duration_since(self.last_heard) >= patience
    }
}

impl Client {
    pub(super) fn handle_sealed(&mut self, now: Instant, frame: Sealed<'_>) {
        let Some(plain) = self.open_frame(now, frame) else { return };
        self.failures = 0;
        let Phase::Connected(session) = &mut self.phase else { return };
        if !core::mem::replace(&mut session.opened, true) {
            self.handle_first_answer(now);
        }
        match CapnProto::decode(&plain) {
            Ok(message) => self.handle_message(now, message),
            Err(_) => self.stats.rubbish += 1,
        }
    }

    /// What a sealed frame of the server says, if it is one and came for the first time.
    pub(super) fn open_frame(&mut self, now: Instant, frame: Sealed<'_>) -> Option<Vec<u8>> {
        let Phase::Connected(session) = &mut self.phase else { return None };
        let Sealed { handle, counter, sealed } = frame;
        if handle != session.handle {
            self.stats.rubbish += 1;
            return None;
        }
        if !session.seen.is_new(counter) {
            self.stats.replayed += 1;
            return None;
        }
        let Some(plain) = open(&session.keys.s2c, handle, counter, sealed) else {
            self.stats.rubbish += 1;
            return None;
        };
        session.seen.mark(counter);
        session.last_heard = now;
        Some(plain)
    }

    /// The server proved that it has the keys, so all that the welcome said is true.
    fn handle_first_answer(&mut self, now: Instant) {
        let nonce = self.rng.next_u64();
        let Phase::Connected(session) = &mut self.phase else { return };
        let (over, main, server_time) = (session.over, session.observed, session.server_time);
        let ask = over == Over::Udp && session.server.reflector.is_some();
        session.reflect = ask.then(|| (nonce, Retry::new(now)));
        if over.is_stream() && session.server.is_native() && self.config.udp {
            session.upgrade = Some(Upgrade::later(now));
        }
        self.stats.sessions += 1;
        // Over a stream nothing is to be seen of UDP.
        if over.is_stream() {
            self.observation_wanted = None;
        }
        self.event(ClientEvent::Connected { over, server_time });
        if over == Over::Udp && !ask {
            self.observed(now, main, None, None);
        }
    }

    /// Asks the server anew how this device looks from outside, which [`ClientEvent::Reflexive`] then tells: for when a
    /// path was lost, because a router may have forgotten its translations, or this device may be behind another one.
    pub fn observe(&mut self, now: Instant) {
        let now = self.clock.tell(now);
        self.observation_wanted = Some(Retry::new(now));
        if let Phase::Connected(session) = &mut self.phase {
            // A new hello shows it.
            session.outlived = true;
        }
        self.drive(now);
    }

    /// A session that nothing else is asked in is opened by this question; the answer to it is of no interest.
    pub(super) fn drive_observation(&mut self, now: Instant) {
        let (Phase::Connected(session), Some(retry)) = (&self.phase, &mut self.observation_wanted) else {
            return;
        };
        if !session.opened && retry.is_due(now) {
            let (nonce, sends) = (self.rng.next_u64(), retry.sends);
            let question = RendezvousMsg::Reflect { nonce, from: AnswerFrom::Here };
            self.say_or_give_up(now, &question, sends, SILENCE);
        }
    }

    pub(super) fn observation_deadline(&self) -> Option<Deadline> {
        let Phase::Connected(session) = &self.phase else { return None };
        let retry = self.observation_wanted.as_ref().filter(|_| !session.opened)?;
        Some(Deadline::new(retry.at, "rendezvous client: observe"))
    }

    /// The server's ports have told how this device looks; `alternate` is another address of the server.
    pub(super) fn observed(
        &mut self,
        now: Instant,
        main: SocketAddr,
        second: Option<SocketAddr>,
        alternate: Option<SocketAddr>,
    ) {
        self.observation_wanted = None;
        self.event(ClientEvent::Reflexive { main, second, alternate: None });
        self.start_inquiry(now, second, alternate);
    }

    pub(super) fn handle_reflected(
        &mut self,
        now: Instant,
        nonce: u64,
        seen: SocketAddr,
        alternate: Option<SocketAddr>,
    ) {
        let Phase::Connected(session) = &mut self.phase else { return };
        if session.reflect.take_if(|(asked, _)| *asked == nonce).is_some() {
            let main = session.seen_over_udp.unwrap_or(session.observed);
            self.observed(now, main, Some(seen), alternate);
        } else {
            self.handle_alternate_reflected(nonce, seen);
        }
    }

    pub(super) fn drive_reflect(&mut self, now: Instant) {
        let Phase::Connected(session) = &mut self.phase else { return };
        let main = session.seen_over_udp.unwrap_or(session.observed);
        let to = session.server.reflector;
        let Some((nonce, retry)) = session.reflect.as_mut().filter(|_| session.opened) else { return };
        let nonce = *nonce;
        if !retry.is_due(now) {
            return;
        }
        if retry.sends > REFLECT_TRIES {
            session.reflect = None;
            self.observed(now, main, None, None);
        } else {
            self.send_to(&RendezvousMsg::Reflect { nonce, from: AnswerFrom::Here }, to);
        }
    }

    /// Seals and queues a message to the server's main port.
    pub(super) fn send(&mut self, message: &RendezvousMsg) {
        self.send_to(message, None);
    }

    /// The same to the second port or the other address, which are for UDP alone.
    pub(super) fn send_to(&mut self, message: &RendezvousMsg, to: Option<SocketAddr>) {
        let Some(payload) = self.sealed_frame(message) else { return };
        let Phase::Connected(session) = &self.phase else { return };
        let (link, to) = match (session.over, to) {
            (Over::Udp, to) => (Some(session.link), to.unwrap_or(session.server.main)),
            (_, Some(to)) => (self.udp_for(to), to),
            (_, None) => {
                let mut bytes = Vec::new();
                put_short(&mut bytes, &payload);
                // A full outbox loses this copy; whoever waits says it again.
                let _ = self.outbox.stream(session.link, bytes);
                return;
            }
        };
        if let Some(link) = link {
            self.outbox.datagram(link, to, [&[Kind::Rendezvous as u8], payload.as_slice()].concat());
        }
    }

    /// The next frame of the session, without the kind in front.
    pub(super) fn sealed_frame(&mut self, message: &RendezvousMsg) -> Option<Vec<u8>> {
        let Phase::Connected(session) = &mut self.phase else { return None };
        let mut plain = Vec::new();
        CapnProto::encode(message, &mut plain).ok()?;
        let (handle, counter) = (session.handle, session.next_counter);
        session.next_counter += 1;
        let sealed = &seal(&session.keys.c2s, handle, counter, &plain)[..];
        let Hello { e_client, random, .. } = session.hello;
        let frame = if session.opened {
            Frame::Sealed(Sealed { handle, counter, sealed })
        } else {
            let cookie = session.cookie;
            Frame::Opening(Opening { handle, cookie, e_client, random, counter, sealed })
        };
        let mut payload = Vec::new();
        frame.put(&mut payload);
        Some(payload)
    }

    /// Ends what belongs to a session that is over.
    pub(super) fn end_session(&mut self, now: Instant, session: &Session) {
        if let Some(link) = session.inquiry.as_ref().and_then(Inquiry::link) {
            self.outbox.close(link);
        }
        if session.over.is_stream() {
            self.outbox.close(session.link);
        }
        if self.wants_registration && !matches!(self.registration, Registration::Persisting) {
            self.registration = Registration::Needed { not_before: now };
        }
    }

    /// Drops the session and opens another: at once if the server answered in it, else after a growing pause.
    pub(super) fn restart_session(&mut self, now: Instant) {
        let Phase::Connected(session) = &self.phase else { return };
        let mut until = now;
        if session.opened || self.failures == 0 && session.rehello_at.is_some() {
            self.failures = self.failures.saturating_add(u32::from(!session.opened));
        } else {
            self.failures = self.failures.saturating_add(1);
            until += self.backoff();
        }
        if let Phase::Connected(session) = change(&mut self.phase, Phase::Waiting { until }) {
            self.end_session(now, &session);
        }
        self.drive(now);
    }
}
