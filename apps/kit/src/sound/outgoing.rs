//! From a source to packets.

use std::io;
use std::time::Duration;

use deskwire_core::wire::sound::{RATE, SoundKind};
use deskwire_driver::Clock;
use deskwire_platform::{Error, SoundSource};

use super::Switch;
use super::codec::SoundEncoder;

/// Packets without any sound that still go out, so that what sounds last fades out at the other end: half a second.
const FADE: u32 = 50;
/// A time of capture that is this far from where the samples before it ended is a pause, no jitter of ours.
const JUMP_US: u64 = 60_000;

/// A source that is listened to while its switch is on. `send` gets the time of capture by `clock`, and a packet.
pub(crate) fn outgoing(
    kind: SoundKind,
    mut source: Box<dyn SoundSource>,
    clock: Clock,
    send: impl FnMut(u64, Vec<u8>) + Send + Clone + 'static,
) -> io::Result<Switch> {
    Switch::start("listen", move |on| {
        source.stop();
        if !on {
            return Ok(());
        }
        let mut pieces = Pieces::new(SoundEncoder::new(kind)?);
        let (clock, mut send) = (clock.clone(), send.clone());
        source.start(Box::new(move |samples, ago| {
            let now_us = clock.now().as_micros();
            if let Err(error) = pieces.heard(now_us, ago, kind, samples, &mut send) {
                tracing::debug!("{error}");
            }
        }))
    })
}

/// Cuts what is heard into packets, with even times.
struct Pieces {
    encoder: SoundEncoder,
    /// What waits for the rest of its packet, and when its first sample was captured.
    samples: Vec<f32>,
    captured_us: Option<u64>,
    silent: u32,
}

impl Pieces {
    const fn new(encoder: SoundEncoder) -> Self {
        Self { encoder, samples: Vec::new(), captured_us: None, silent: 0 }
    }

    fn heard(
        &mut self,
        now_us: u64,
        ago: Duration,
        kind: SoundKind,
        samples: &[f32],
        send: &mut impl FnMut(u64, Vec<u8>),
    ) -> Result<(), Error> {
        let micros = |samples: usize| samples as u64 * 1_000_000 / (u64::from(RATE) * kind.channels() as u64);
        // A driver that does not know says nothing, or nonsense.
        let ago_us =
            u64::try_from(ago.as_micros()).unwrap_or(u64::MAX).min(100_000).max(micros(samples.len()));
        let measured = now_us.saturating_sub(ago_us + micros(self.samples.len()));
        // Wake-ups are uneven, samples are not: their count tells the time, and the clock corrects it slowly.
        self.captured_us = Some(match self.captured_us {
            Some(counted) if counted.abs_diff(measured) < JUMP_US => {
                if measured > counted {
                    counted + (measured - counted) / 64
                } else {
                    counted - (counted - measured) / 64
                }
            }
            _ => measured,
        });
        self.samples.extend_from_slice(samples);
        let size = self.encoder.samples();
        let mut start = 0;
        while let Some(piece) = self.samples.get(start..start + size) {
            let captured_us = self.captured_us.unwrap_or(now_us);
            self.captured_us = Some(captured_us + u64::from(kind.packet_us()));
            start += size;
            let is_silent = piece.iter().all(|sample| *sample == 0.0);
            self.silent = if is_silent { self.silent.saturating_add(1) } else { 0 };
            if self.silent <= FADE {
                send(captured_us, self.encoder.encode(piece)?);
            }
        }
        self.samples.drain(..start);
        Ok(())
    }
}

#[cfg(all(test, target_os = "linux", feature = "sound"))]
mod tests {
    use super::*;

    #[test]
    fn pieces_have_even_times_whatever_the_wake_ups() {
        let kind = SoundKind::Sound;
        let mut pieces = Pieces::new(SoundEncoder::new(kind).unwrap());
        let mut times = Vec::new();
        // 512 samples at a time, each told up to 4 ms late.
        for n in 0..500u64 {
            let (end, late) = ((n + 1) * 512 * 1_000_000 / 48_000, n * 7 % 5 * 1_000);
            let samples = vec![0.1; 1_024];
            pieces
                .heard(5_000_000 + end + late, Duration::ZERO, kind, &samples, &mut |at, _| times.push(at))
                .unwrap();
        }
        assert_eq!(times.len(), 533);
        for pair in times.windows(2).skip(100) {
            assert!(pair[1].abs_diff(pair[0] + 10_000) < 200, "{pair:?}");
        }
        let last = *times.last().unwrap();
        assert!(last.abs_diff(5_000_000 + 532 * 10_000) < 5_000, "{last}");
    }

    #[test]
    fn silence_is_not_sent_for_long_and_sound_after_it_is_on_time() {
        let kind = SoundKind::Sound;
        let mut pieces = Pieces::new(SoundEncoder::new(kind).unwrap());
        let mut times = Vec::new();
        for n in 0..400u64 {
            let samples = vec![if (100..300).contains(&n) { 0.0 } else { 0.2 }; 960];
            pieces
                .heard((n + 1) * 10_000, Duration::ZERO, kind, &samples, &mut |at, _| times.push(at))
                .unwrap();
        }
        let silent = times.iter().filter(|at| (1_000_000..3_000_000).contains(*at)).count();
        assert_eq!((silent, times.len()), (FADE as usize, 200 + FADE as usize));
        // Nothing was told meanwhile: that is a pause too.
        pieces.heard(9_000_000, Duration::ZERO, kind, &[0.2; 960], &mut |at, _| times.push(at)).unwrap();
        assert_eq!(times.last(), Some(&8_990_000));
    }
}
