//! Opus, as each kind of sound uses it.

use std::fmt;

use deskwire_platform::{Error, ErrorKind};
use deskwire_wire::sound::{MAX_PACKET, RATE, SoundKind};
use opus_rs::{Application, OpusDecoder, OpusEncoder};

/// What a kind takes, in bits a second.
const fn bits(kind: SoundKind) -> i32 {
    match kind {
        SoundKind::Sound => 96_000,
        SoundKind::Voice => 32_000,
    }
}

/// The loss, in percent, for which the error correction of voices is made.
const LOSS_PERCENT: i32 = 15;

fn rate() -> i32 {
    i32::try_from(RATE).unwrap_or(i32::MAX)
}

fn failed(what: &'static str, why: &str) -> Error {
    Error::new(ErrorKind::Invalid, format!("{what} ({why})"), "go on with the next packet")
}

/// Makes packets of samples.
pub struct SoundEncoder {
    kind: SoundKind,
    opus: OpusEncoder,
}

impl SoundEncoder {
    /// An encoder for a kind of sound.
    ///
    /// # Errors
    /// Never, unless the codec changes what it takes.
    pub fn new(kind: SoundKind) -> Result<Self, Error> {
        let application = match kind {
            // Music at this rate is coded in Opus's mode for it (CELT) anyway; asked for so, it is 4 ms faster.
            SoundKind::Sound => Application::RestrictedLowDelay,
            SoundKind::Voice => Application::Voip,
        };
        let mut opus = OpusEncoder::new(rate(), kind.channels(), application)
            .map_err(|why| failed("the Opus encoder did not start", why))?;
        opus.bitrate_bps = bits(kind);
        opus.complexity = 7;
        opus.use_inband_fec = kind == SoundKind::Voice;
        opus.packet_loss_perc = if kind == SoundKind::Voice { LOSS_PERCENT } else { 0 };
        Ok(Self { kind, opus })
    }

    /// Samples that a packet takes, of all channels.
    pub const fn samples(&self) -> usize {
        self.kind.packet_samples() * self.kind.channels()
    }

    /// Makes a packet of exactly [`SoundEncoder::samples`].
    ///
    /// # Errors
    /// For another number of samples.
    pub fn encode(&mut self, samples: &[f32]) -> Result<Vec<u8>, Error> {
        if samples.len() != self.samples() {
            return Err(failed("sound was not encoded", "not as many samples as a packet has"));
        }
        let mut packet = vec![0; MAX_PACKET];
        let length = self
            .opus
            .encode(samples, self.kind.packet_samples(), &mut packet)
            .map_err(|why| failed("sound was not encoded", why))?;
        packet.truncate(length);
        Ok(packet)
    }
}

/// Makes samples of packets. Each call appends the length of one packet.
pub struct SoundDecoder {
    kind: SoundKind,
    opus: OpusDecoder,
}

impl SoundDecoder {
    /// A decoder for a kind of sound.
    ///
    /// # Errors
    /// Never, unless the codec changes what it takes.
    pub fn new(kind: SoundKind) -> Result<Self, Error> {
        let opus = OpusDecoder::new(rate(), kind.channels())
            .map_err(|why| failed("the Opus decoder did not start", why))?;
        Ok(Self { kind, opus })
    }

    fn append(
        &mut self,
        out: &mut Vec<f32>,
        decode: impl FnOnce(&mut OpusDecoder, usize, &mut [f32]) -> Result<usize, &'static str>,
    ) -> Result<(), Error> {
        let (start, samples) = (out.len(), self.kind.packet_samples());
        out.resize(start + samples * self.kind.channels(), 0.0);
        let room = out.get_mut(start..).unwrap_or_default();
        let made = decode(&mut self.opus, samples, room);
        // Bad input leaves nothing that hurts the ear.
        room.iter_mut()
            .for_each(|sample| *sample = if sample.is_finite() { sample.clamp(-1.0, 1.0) } else { 0.0 });
        match made {
            Ok(_) => Ok(()),
            Err(why) => {
                room.fill(0.0);
                Err(failed("a packet of sound was not decoded", why))
            }
        }
    }

    /// Decodes a packet.
    ///
    /// # Errors
    /// When it is no Opus packet of at most the length of this kind; silence is appended then.
    pub fn packet(&mut self, packet: &[u8], out: &mut Vec<f32>) -> Result<(), Error> {
        self.append(out, |opus, samples, room| opus.decode(packet, samples, room))
    }

    /// Decodes what the packet after a lost one knows of that.
    ///
    /// # Errors
    /// As [`SoundDecoder::packet`].
    pub fn before(&mut self, next: &[u8], out: &mut Vec<f32>) -> Result<(), Error> {
        self.append(out, |opus, samples, room| opus.decode_fec(next, samples, room))
    }

    /// Makes something up that goes on from what was.
    pub fn conceal(&mut self, out: &mut Vec<f32>) {
        // Before the first packet there is nothing to go on from, and that is silence.
        let _ = self.append(out, |opus, samples, room| opus.decode(&[], samples, room));
    }
}

impl fmt::Debug for SoundEncoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SoundEncoder").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl fmt::Debug for SoundDecoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SoundDecoder").field("kind", &self.kind).finish_non_exhaustive()
    }
}
