//! What this host plays, for the viewers that want it; voices both ways, if whoever sits here wants that.

use std::collections::BTreeSet;
use std::fmt;
use std::io;

use deskwire_core::machine::Instant;
use deskwire_core::sessions::{HostEvent, SoundArrival};
use deskwire_core::wire::sound::{SoundKind, SoundWish};
use deskwire_core::{ConnectionId, Node};
use deskwire_platform::{SoundSink, SoundSource};

use super::each_viewer;
use crate::net::Way;
use crate::sound::{Mixer, Switch, incoming, outgoing};

/// The sound of a host. Nothing is opened before a viewer wants it.
#[derive(Default)]
pub struct HostSound {
    /// What is played here; viewers that may hear it do when they want to.
    pub played: Option<Box<dyn SoundSource>>,
    /// The microphone: viewers that may talk hear it when they want to. Leave it out unless whoever sits here has said
    /// that he wants to talk.
    pub microphone: Option<Box<dyn SoundSource>>,
    /// Where the voices of viewers are heard.
    pub speaker: Option<Box<dyn SoundSink>>,
}

impl HostSound {
    /// Whether there is any talking.
    pub(super) const fn talks(&self) -> bool {
        self.microphone.is_some() || self.speaker.is_some()
    }
}

impl fmt::Debug for HostSound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HostSound").finish_non_exhaustive()
    }
}

/// A source that is open while somebody listens.
struct Outlet {
    switch: Switch,
    listeners: BTreeSet<ConnectionId>,
}

/// The part of the node's thread.
pub(super) struct Sounds {
    played: Option<Outlet>,
    microphone: Option<Outlet>,
    voices: Option<(Mixer, Switch)>,
    /// The viewers whose voices are heard.
    talking: BTreeSet<ConnectionId>,
}

impl Sounds {
    /// Without a part for which there is no thread: a host without sound is of use.
    pub(super) fn start(way: &Way, sound: HostSound) -> Self {
        let outlet = |kind, source: Option<Box<dyn SoundSource>>| {
            let handle = way.handle().clone();
            let send = move |captured_us: u64, packet: Vec<u8>| {
                // An error says that the node has stopped.
                let _ = handle.send(move |node, now| {
                    each_viewer(node, now, |now, session| {
                        // Viewers that do not want it, or may not have it, are left out.
                        let _ = session.send_sound(now, kind, captured_us, &packet);
                    });
                });
            };
            let switch = warned(outgoing(kind, source?, way.clock().clone(), send))?;
            Some(Outlet { switch, listeners: BTreeSet::new() })
        };
        let mixer = Mixer::new();
        let speaker = sound.speaker.and_then(|sink| warned(incoming(&mixer, sink, way.clock().clone())));
        Self {
            played: outlet(SoundKind::Sound, sound.played),
            microphone: outlet(SoundKind::Voice, sound.microphone),
            voices: speaker.map(|switch| (mixer, switch)),
            talking: BTreeSet::new(),
        }
    }

    /// A viewer is in.
    pub(super) fn logged_in(&self, node: &mut Node, now: Instant, viewer: ConnectionId) {
        if self.voices.is_some() {
            let wish = Some(SoundWish::with_copies(0));
            node.with_host(now, viewer, |now, session| session.want_voice(now, wish));
        }
    }

    /// Takes an event if it is about sound, or gives it back.
    pub(super) fn handle(
        &mut self,
        node: &mut Node,
        now: Instant,
        viewer: ConnectionId,
        event: HostEvent,
    ) -> Option<HostEvent> {
        match event {
            HostEvent::SoundWanted { kind, wish } => self.wanted(viewer, kind, wish.is_some()),
            HostEvent::Sound(arrival) => self.heard(node, now, viewer, arrival),
            other => return Some(other),
        }
        None
    }

    fn wanted(&mut self, viewer: ConnectionId, kind: SoundKind, wanted: bool) {
        let outlet = match kind {
            SoundKind::Sound => &mut self.played,
            SoundKind::Voice => &mut self.microphone,
        };
        let Some(outlet) = outlet else { return };
        let changed = if wanted { outlet.listeners.insert(viewer) } else { outlet.listeners.remove(&viewer) };
        if changed {
            outlet.switch.set(!outlet.listeners.is_empty());
        }
    }

    fn heard(&mut self, node: &mut Node, now: Instant, viewer: ConnectionId, arrival: SoundArrival) {
        let Some((mixer, switch)) = &self.voices else { return };
        if self.talking.insert(viewer) {
            switch.set(true);
        }
        if let Some(wish) = mixer.insert(now, viewer.0, arrival) {
            node.with_host(now, viewer, |now, session| session.want_voice(now, Some(wish)));
        }
    }

    /// A viewer has gone.
    pub(super) fn gone(&mut self, viewer: ConnectionId) {
        SoundKind::ALL.into_iter().for_each(|kind| self.wanted(viewer, kind, false));
        if let Some((mixer, switch)) = &self.voices
            && self.talking.remove(&viewer)
        {
            mixer.forget(viewer.0);
            switch.set(!self.talking.is_empty());
        }
    }
}

/// What could be started.
fn warned<T>(started: io::Result<T>) -> Option<T> {
    started.inspect_err(|error| tracing::warn!("sound is left out: no thread can be started ({error})")).ok()
}
