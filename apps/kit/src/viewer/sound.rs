//! What the host plays, heard here; voices both ways.

use std::fmt;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use deskwire_core::machine::Instant;
use deskwire_core::sessions::{SoundArrival, ViewerSession};
use deskwire_core::wire::sound::{SoundKind, SoundWish};
use deskwire_platform::{SoundSink, SoundSource};

use super::shared::Shared;
use crate::net::Way;
use crate::sound::{Mixer, SoundFigures, Switch, incoming, outgoing};

/// The host is the only sender.
const HOST: u64 = 0;
/// What is asked for before anything is known of losses.
const FIRST: SoundWish = SoundWish::with_copies(1);

/// The sound of a viewer. Nothing is opened before it is wanted.
#[derive(Default)]
pub struct ViewerSound {
    /// Where the host is heard.
    pub speaker: Option<Box<dyn SoundSink>>,
    /// What the host may hear, once [`super::Client::set_microphone`] says so.
    pub microphone: Option<Box<dyn SoundSource>>,
}

impl fmt::Debug for ViewerSound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ViewerSound").finish_non_exhaustive()
    }
}

/// How sound stands.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct SoundView {
    /// Whether there is something to play it on.
    pub is_there: bool,
    /// Whether it is on.
    pub is_on: bool,
    /// Whether there is a microphone.
    pub has_microphone: bool,
    /// Whether it is on: the host hears it while [`SoundView::host_listens`].
    pub microphone_is_on: bool,
    /// Whether the host wants to hear this side.
    pub host_listens: bool,
    /// Figures of what is heard.
    pub figures: SoundFigures,
}

/// What node, painter and owner share.
pub(super) struct Sounds {
    mixer: Mixer,
    speaker: Option<Switch>,
    microphone: Option<Switch>,
    wanted: Mutex<Wanted>,
}

struct Wanted {
    sound: bool,
    talk: bool,
    host_listens: bool,
    /// As told to the host last.
    wishes: [SoundWish; 2],
}

impl Sounds {
    /// Without a part for which there is no thread: pictures are of use without sound.
    pub(super) fn start(way: &Way, shared: &std::sync::Arc<Shared>, sound: ViewerSound) -> Self {
        let mixer = Mixer::new();
        let speaker = sound.speaker.and_then(|sink| warned(incoming(&mixer, sink, way.clock().clone())));
        let (handle, shared) = (way.handle().clone(), std::sync::Arc::clone(shared));
        let send = move |captured_us: u64, packet: Vec<u8>| {
            let Some(connection) = shared.connection() else { return };
            // An error says that the node has stopped.
            let _ = handle.send(move |node, now| {
                node.with_viewer(now, connection, |now, session| {
                    // A host that does not listen any more misses nothing.
                    let _ = session.send_voice(now, captured_us, &packet);
                });
            });
        };
        let microphone = sound
            .microphone
            .and_then(|source| warned(outgoing(SoundKind::Voice, source, way.clock().clone(), send)));
        let wanted = Wanted { sound: true, talk: false, host_listens: false, wishes: [FIRST; 2] };
        Self { mixer, speaker, microphone, wanted: Mutex::new(wanted) }
    }

    fn lock(&self) -> MutexGuard<'_, Wanted> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The host has let us in.
    pub(super) fn logged_in(&self, now: Instant, session: &mut ViewerSession) {
        self.mixer.forget(HOST);
        {
            let mut wanted = self.lock();
            (wanted.wishes, wanted.host_listens) = ([FIRST; 2], false);
        }
        self.tell(now, session);
    }

    /// Tells the host what is wanted, and turns on or off what is here.
    pub(super) fn tell(&self, now: Instant, session: &mut ViewerSession) {
        let wanted = self.lock();
        let is_on = wanted.sound && self.speaker.is_some();
        for (kind, wish) in SoundKind::ALL.into_iter().zip(wanted.wishes) {
            session.want_sound(now, kind, is_on.then_some(wish));
        }
        if let Some(speaker) = &self.speaker {
            speaker.set(is_on);
        }
        self.turn_microphone(&wanted);
    }

    fn turn_microphone(&self, wanted: &Wanted) {
        if let Some(microphone) = &self.microphone {
            microphone.set(wanted.talk && wanted.host_listens);
        }
    }

    pub(super) fn set_sound(&self, on: bool) {
        self.lock().sound = on;
    }

    pub(super) fn set_microphone(&self, on: bool) {
        self.lock().talk = on;
    }

    /// The host wants to hear this side, or does not any more.
    pub(super) fn host_listens(&self, listens: bool) {
        let mut wanted = self.lock();
        wanted.host_listens = listens;
        self.turn_microphone(&wanted);
    }

    /// Sound came.
    pub(super) fn heard(&self, now: Instant, session: &mut ViewerSession, arrival: SoundArrival) {
        let kind = arrival.kind;
        let Some(wish) = self.mixer.insert(now, HOST, arrival) else { return };
        let mut wanted = self.lock();
        if let Some((_, told)) = SoundKind::ALL.into_iter().zip(&mut wanted.wishes).find(|(k, _)| *k == kind)
        {
            *told = wish;
        }
        if wanted.sound {
            session.want_sound(now, kind, Some(wish));
        }
    }

    /// A picture is shown that was captured `latency` ago.
    pub(super) fn painted(&self, now: Instant, latency: Duration) {
        self.mixer.picture(now, latency);
    }

    /// It is over.
    pub(super) fn stop(&self) {
        self.speaker.iter().chain(&self.microphone).for_each(|switch| switch.set(false));
    }

    pub(super) fn view(&self) -> SoundView {
        let wanted = self.lock();
        SoundView {
            is_there: self.speaker.is_some(),
            is_on: wanted.sound && self.speaker.is_some(),
            has_microphone: self.microphone.is_some(),
            microphone_is_on: wanted.talk && self.microphone.is_some(),
            host_listens: wanted.host_listens,
            figures: self.mixer.figures(),
        }
    }
}

/// What could be started.
fn warned<T>(started: io::Result<T>) -> Option<T> {
    started.inspect_err(|error| tracing::warn!("sound is left out: no thread can be started ({error})")).ok()
}
