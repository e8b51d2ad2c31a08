//! Sound, at the viewer: what the host plays comes as this side wants it, voices go both ways.

use deskwire_machine::Instant;
use deskwire_wire::session::{Scope, Scopes, SessionMsg};
use deskwire_wire::sound::{SoundKind, SoundWish};

use super::{State, ViewerEvent, ViewerSession};
use crate::ended::Rejected;
use crate::sound::{arrival, scope_of};

impl ViewerSession {
    /// How this viewer wants to have what the host plays, or what its microphone hears; `None` (as at first) for not at
    /// all. Kept while it is not permitted.
    pub fn want_sound(&mut self, now: Instant, kind: SoundKind, wish: Option<SoundWish>) {
        self.clock.tell(now);
        let news = self.sounds.want(kind, wish);
        if news && self.state == State::Active && self.granted.has(scope_of(kind)) {
            self.send_wish(kind, wish);
        }
    }

    fn send_wish(&mut self, kind: SoundKind, wish: Option<SoundWish>) {
        self.send_control(&match kind {
            SoundKind::Sound => SessionMsg::Sound(wish),
            SoundKind::Voice => SessionMsg::Voice(wish),
        });
    }

    /// Says what is wanted of what is permitted now and was not `before`.
    pub(super) fn send_wishes(&mut self, before: Scopes) {
        for kind in SoundKind::ALL {
            let gained = self.granted.has(scope_of(kind)) && !before.has(scope_of(kind));
            if let Some(wish) = self.sounds.wanted(kind).filter(|_| gained) {
                self.send_wish(kind, Some(wish));
            }
        }
    }

    /// Sends an Opus packet of what this side's microphone hears, the first sample of which was captured at
    /// `captured_at_us` by this session's clock. What the path does not take is lost.
    ///
    /// # Errors
    /// When the host does not listen ([`ViewerEvent::VoiceWanted`]), or this viewer may not speak.
    pub fn send_voice(&mut self, now: Instant, captured_at_us: u64, packet: &[u8]) -> Result<(), Rejected> {
        self.clock.tell(now);
        if self.state != State::Active {
            return Err(Rejected::NotActive);
        }
        if !self.granted.has(Scope::Voice) {
            return Err(Rejected::NotPermitted);
        }
        let datagram = self.sounds.datagram(SoundKind::Voice, captured_at_us, packet)?;
        self.channels.send_datagram(datagram);
        Ok(())
    }

    /// The host said how it wants to have this side's voice.
    pub(super) fn take_wish(&mut self, wish: Option<SoundWish>) {
        if self.sounds.ask(SoundKind::Voice, wish) {
            self.events.push_back(ViewerEvent::VoiceWanted(wish));
        }
    }

    /// A datagram came: sound, if it is wanted (still).
    pub(super) fn take_datagram(&mut self, now: Instant, data: &[u8]) {
        if self.state != State::Active {
            return;
        }
        let Some(mut sound) = arrival(data) else {
            self.stats.unknown = self.stats.unknown.saturating_add(1);
            return;
        };
        self.last_heard = now;
        if self.sounds.wanted(sound.kind).is_none() {
            return;
        }
        self.stats.sound_packets = self.stats.sound_packets.saturating_add(1);
        sound.age_us = self.timing.since(now, sound.captured_at_us);
        self.events.push_back(ViewerEvent::Sound(sound));
    }
}
