//! Sound, at the host: what it plays goes out as the viewer wants it, voices go both ways.

use deskwire_machine::Instant;
use deskwire_wire::session::{Scope, SessionMsg};
use deskwire_wire::sound::{SoundKind, SoundWish};

use super::{HostEvent, HostSession, State};
use crate::ended::Rejected;
use crate::sound::{arrival, scope_of};

impl HostSession {
    /// Sends an Opus packet of `kind`, the first sample of which was captured at `captured_at_us` by this session's clock.
    /// Sound is late when it queues, so nothing waits: what the path does not take is lost.
    ///
    /// # Errors
    /// When the viewer has not asked for it ([`HostEvent::SoundWanted`]) or may not have it.
    pub fn send_sound(
        &mut self,
        now: Instant,
        kind: SoundKind,
        captured_at_us: u64,
        packet: &[u8],
    ) -> Result<(), Rejected> {
        let now = self.clock.tell(now);
        if self.state != State::Active {
            return Err(Rejected::NotActive);
        }
        if !self.granted.has(scope_of(kind)) {
            return Err(Rejected::NotPermitted);
        }
        let datagram = self.sounds.datagram(kind, captured_at_us, packet)?;
        self.channels.send_datagram(datagram);
        self.stats.sound_packets = self.stats.sound_packets.saturating_add(1);
        self.pump(now);
        Ok(())
    }

    /// How this host wants to have what the viewer's microphone hears; `None` (as at first) for not at all. The viewer is
    /// told when it may speak, now or later.
    pub fn want_voice(&mut self, now: Instant, wish: Option<SoundWish>) {
        self.clock.tell(now);
        if self.sounds.want(SoundKind::Voice, wish) && self.granted.has(Scope::Voice) {
            self.send_control(&SessionMsg::Voice(wish));
        }
    }

    /// Says what is wanted, where it is more than nothing.
    pub(super) fn send_voice_wish(&mut self) {
        if let Some(wish) = self.sounds.wanted(SoundKind::Voice) {
            self.send_control(&SessionMsg::Voice(Some(wish)));
        }
    }

    /// The viewer said how it wants to have sound, or may have none any more.
    pub(super) fn take_wish(&mut self, kind: SoundKind, wish: Option<SoundWish>) {
        if self.sounds.ask(kind, wish) {
            self.events.push_back(HostEvent::SoundWanted { kind, wish });
        }
    }

    /// A datagram came: the viewer's voice, if it may speak and is listened to.
    pub(super) fn take_datagram(&mut self, now: Instant, data: &[u8]) {
        if self.state != State::Active {
            return;
        }
        let Some(mut sound) = arrival(data) else {
            self.stats.unknown = self.stats.unknown.saturating_add(1);
            return;
        };
        let is_wanted = sound.kind == SoundKind::Voice && self.sounds.wanted(SoundKind::Voice).is_some();
        if !is_wanted || !self.granted.has(Scope::Voice) {
            self.stats.not_permitted = self.stats.not_permitted.saturating_add(1);
            return;
        }
        self.last_heard = now;
        sound.age_us = self.timing.since(now, sound.captured_at_us);
        self.events.push_back(HostEvent::Sound(sound));
    }
}
