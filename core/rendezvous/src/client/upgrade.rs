//! From a stream back to UDP. A network may only have lost what was said over UDP at first, or let it through later: so
//! UDP is asked again as soon as the stream is used, and from time to time after that. Until then the session stays on
//! the stream, but how the device looks from outside over UDP is told as soon as it is known.

use alloc::vec::Vec;
use core::net::SocketAddr;
use core::time::Duration;

use deskwire_machine::{Deadline, Instant, LinkId};
use deskwire_wire::Over;
use deskwire_wire::rendezvous::{Hello, VERSION, Welcome};
use x25519_dalek::StaticSecret;

use super::session::Session;
use super::{Client, Phase, Registration, Retry};
use crate::exchange::Keys;

/// How long a stream is used before silent UDP is tried again.
const AGAIN: Duration = Duration::from_secs(300);
/// How often it is then asked.
const TRIES: u32 = 4;
/// How long the move to UDP waits while the session is busy.
const BUSY: Duration = Duration::from_secs(10);

/// Whether UDP works by now.
pub(super) enum Upgrade {
    /// To be found out.
    Later(Instant),
    /// A hello was said over UDP.
    Asking { hello: Hello, secret: StaticSecret, retry: Retry },
}

impl Upgrade {
    pub(super) const fn later(at: Instant) -> Self {
        Self::Later(at)
    }

    pub(super) const fn is_asking(&self) -> bool {
        matches!(self, Self::Asking { .. })
    }

    pub(super) fn deadline(&self) -> Deadline {
        match self {
            Self::Later(at) => Deadline::new(*at, "rendezvous client: try UDP again"),
            Self::Asking { retry, .. } => Deadline::new(retry.at, "rendezvous client: hello over UDP"),
        }
    }
}

impl Client {
    /// When UDP is tried again; devices must not do so in step.
    pub(super) fn upgrade_at(&mut self, now: Instant) -> Instant {
        now + self.jitter(AGAIN * 4 / 5, AGAIN * 6 / 5)
    }

    /// Nothing would be lost if the session were replaced now.
    fn is_quiet(&self) -> bool {
        let registration = match &self.registration {
            Registration::Off | Registration::Done { beat: None, .. } => true,
            Registration::Needed { .. }
            | Registration::Persisting
            | Registration::Sent { .. }
            | Registration::Done { .. } => false,
        };
        let asked = self.dials.is_empty() && self.attempts.is_empty() && self.tokens.is_empty();
        registration && asked && self.relays_wanted.is_none()
    }

    pub(super) fn drive_upgrade(&mut self, now: Instant) {
        let Phase::Connected(session) = &mut self.phase else { return };
        let main = session.server.main;
        match &mut session.upgrade {
            Some(Upgrade::Later(at)) if *at <= now => {
                let secret = StaticSecret::from(self.secrets.bytes::<32>());
                let e_client = x25519_dalek::PublicKey::from(&secret).to_bytes();
                let hello = Hello { version: VERSION, e_client, random: self.rng.bytes() };
                session.upgrade = Some(Upgrade::Asking { hello, secret, retry: Retry::new(now) });
            }
            Some(Upgrade::Asking { .. }) => {}
            Some(Upgrade::Later(_)) | None => return,
        }
        let Some(Upgrade::Asking { hello, retry, .. }) = &mut session.upgrade else { return };
        if !retry.is_due(now) {
            return;
        }
        if retry.sends > TRIES {
            let again = self.upgrade_at(now);
            if let Phase::Connected(session) = &mut self.phase {
                session.upgrade = Some(Upgrade::Later(again));
            }
            return;
        }
        let mut bytes = Vec::new();
        hello.put_datagram(&mut bytes);
        if let Some(link) = self.udp_for(main) {
            self.outbox.datagram(link, main, bytes);
        }
    }

    /// A welcome over UDP while the session runs over a stream.
    pub(super) fn handle_upgrade(&mut self, now: Instant, link: LinkId, welcome: &Welcome) {
        let Phase::Connected(session) = &self.phase else { return };
        let Some(Upgrade::Asking { hello, .. }) = &session.upgrade else { return };
        let hello = *hello;
        let Some(certificate) = self.check_welcome(now, &hello, welcome) else { return };
        // What is under way ends in the old session.
        let (quiet, nonce) = (self.is_quiet(), self.rng.next_u64());
        let Phase::Connected(session) = &mut self.phase else { return };
        let Some(Upgrade::Asking { secret, .. }) = session.upgrade.replace(Upgrade::Later(now + BUSY)) else {
            return;
        };
        if !quiet {
            return self.udp_works(now, welcome.observed, nonce);
        }
        let Some(keys) = Keys::derive(&secret, certificate.x25519, &hello, welcome) else {
            self.stats.rubbish += 1;
            return;
        };
        let new = Session::new(now, keys, &hello, welcome, session.server, (link, Over::Udp));
        self.udp_silent = false;
        self.begin_session(now, new, welcome);
    }

    /// UDP works while the session is busy on a stream: what it shows is asked at once, since those who look for a
    /// direct path wait for it.
    fn udp_works(&mut self, now: Instant, observed: SocketAddr, nonce: u64) {
        let Phase::Connected(session) = &mut self.phase else { return };
        session.seen_over_udp = Some(observed);
        if session.server.reflector.is_some() {
            session.reflect = Some((nonce, Retry::new(now)));
        } else {
            self.observed(now, observed, None, None);
        }
    }
}
