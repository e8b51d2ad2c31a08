//! From packets to a sink.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use deskwire_core::machine::Instant;
use deskwire_core::sessions::{LipSync, Play, SoundArrival, SoundBuffer, SoundStats};
use deskwire_core::wire::sound::{SoundKind, SoundWish};
use deskwire_driver::Clock;
use deskwire_platform::{Error, SoundSink};

use super::Switch;
use super::codec::{Shorten, SoundDecoder};

/// What is played has this many channels.
const CHANNELS: usize = 2;
/// From how many lines sound is taken: a viewer has two, a host one for each viewer.
const MOST_LINES: usize = 64;

/// Figures of what is heard.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct SoundFigures {
    /// Of the line from the host (or viewer) that played last.
    pub stats: SoundStats,
    /// How much later than the picture sound is, in microseconds; `None` while no film is shown.
    pub skew_us: Option<i64>,
}

/// Sound of several senders becomes one. Clones are the same one.
#[derive(Clone)]
pub(crate) struct Mixer(Arc<Mutex<Inner>>);

struct Inner {
    lines: BTreeMap<(u64, SoundKind), Line>,
    lips: LipSync,
    burst: Duration,
    figures: SoundFigures,
}

/// One kind of sound of one sender.
struct Line {
    buffer: SoundBuffer,
    decoder: SoundDecoder,
    shorten: Shorten,
    channels: usize,
    /// Decoded and not played.
    samples: Vec<f32>,
    told: SoundWish,
}

impl Mixer {
    pub(crate) fn new() -> Self {
        let (lines, lips, figures) = (BTreeMap::new(), LipSync::new(), SoundFigures::default());
        Self(Arc::new(Mutex::new(Inner { lines, lips, burst: Duration::ZERO, figures })))
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes what came from a sender; gives what it should be told to do against losses, if that is news.
    pub(crate) fn insert(&self, now: Instant, sender: u64, arrival: SoundArrival) -> Option<SoundWish> {
        let mut inner = self.lock();
        let (kind, burst) = (arrival.kind, inner.burst);
        let is_full = inner.lines.len() >= MOST_LINES;
        let line = match inner.lines.entry((sender, kind)) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(_) if is_full => return None,
            std::collections::btree_map::Entry::Vacant(entry) => match Line::new(kind, burst) {
                Ok(line) => entry.insert(line),
                Err(error) => {
                    tracing::debug!("{error}");
                    return None;
                }
            },
        };
        line.buffer.insert(now, arrival);
        let wish = line.buffer.wish();
        (std::mem::replace(&mut line.told, wish) != wish).then_some(wish)
    }

    /// A sender is gone, or begins anew.
    pub(crate) fn forget(&self, sender: u64) {
        self.lock().lines.retain(|(from, _), _| *from != sender);
    }

    /// A picture is shown that was captured `age` ago.
    pub(crate) fn picture(&self, now: Instant, age: Duration) {
        self.lock().lips.picture(now, age);
    }

    /// Figures of what is heard.
    pub(crate) fn figures(&self) -> SoundFigures {
        self.lock().figures
    }

    fn set_burst(&self, burst: Duration) {
        let mut inner = self.lock();
        inner.burst = burst;
        inner.lines.values_mut().for_each(|line| line.buffer.set_burst(burst));
    }

    /// Fills all of `out` with what is to be heard from `now` on.
    pub(crate) fn fill(&self, now: Instant, out: &mut [f32]) {
        out.fill(0.0);
        let mut inner = self.lock();
        let Inner { lines, lips, figures, .. } = &mut *inner;
        for ((_, kind), line) in lines {
            line.add_to(now, out);
            if *kind == SoundKind::Sound
                && let Some((age, own)) = line.buffer.latency()
            {
                line.buffer.set_extra(lips.sound(now, age, own));
            }
            figures.stats = line.buffer.stats();
        }
        figures.skew_us = lips.skew_us(now);
        out.iter_mut().for_each(|sample| *sample = sample.clamp(-1.0, 1.0));
    }
}

impl Line {
    fn new(kind: SoundKind, burst: Duration) -> Result<Self, Error> {
        let buffer = SoundBuffer::new(kind, burst);
        let told = buffer.wish();
        let channels = kind.channels();
        let (decoder, shorten) = (SoundDecoder::new(kind)?, Shorten::new(channels));
        Ok(Self { buffer, decoder, shorten, channels, samples: Vec::new(), told })
    }

    fn add_to(&mut self, now: Instant, out: &mut [f32]) {
        let wanted = out.len() / CHANNELS * self.channels;
        while self.samples.len() < wanted {
            if !self.decode(now) {
                break;
            }
        }
        let there = self.samples.len().min(wanted);
        let frames = self.samples.drain(..there).collect::<Vec<f32>>();
        for (to, frame) in out.chunks_exact_mut(CHANNELS).zip(frames.chunks_exact(self.channels)) {
            for (at, sample) in to.iter_mut().enumerate() {
                *sample += frame.get(at).or_else(|| frame.first()).copied().unwrap_or(0.0);
            }
        }
    }

    /// Appends the length of a packet, or a little less; gives false if there is nothing to hear.
    fn decode(&mut self, now: Instant) -> bool {
        let out = &mut self.samples;
        let decoded = match self.buffer.next(now) {
            Play::Silence => return false,
            Play::Packet(packet) => self.decoder.packet(&packet, out),
            Play::Before(next) => self.decoder.before(&next, out),
            Play::Conceal => {
                self.decoder.conceal(out);
                Ok(())
            }
            Play::Joined(first, second) => {
                let start = out.len();
                let decoded =
                    self.decoder.packet(&first, out).and_then(|()| self.decoder.packet(&second, out));
                self.shorten.cut(out, start);
                decoded
            }
        };
        if let Err(error) = decoded {
            tracing::debug!("{error}");
        }
        true
    }
}

/// A sink that plays what `mixer` has while its switch is on.
pub(crate) fn incoming(mixer: &Mixer, mut sink: Box<dyn SoundSink>, clock: Clock) -> io::Result<Switch> {
    let mixer = mixer.clone();
    Switch::start("play", move |on| {
        sink.stop();
        if on {
            let (mixer, clock) = (mixer.clone(), clock.clone());
            let played = mixer.clone();
            let burst = sink.start(Box::new(move |out| mixer.fill(clock.now(), out)))?;
            played.set_burst(burst);
        }
        Ok(())
    })
}
