//! WAV files of 16-bit samples.

use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use deskwire_platform::sound::Fill;
use deskwire_platform::{Error, ErrorKind, SoundSink};
use deskwire_wire::sound::RATE;

/// How much is taken at once.
const BURST: Duration = Duration::from_millis(10);
const BURST_SAMPLES: usize = 480;
/// The sizes in the header are brought up to date so often: whoever is killed leaves a file that can be read.
const HEADER_EVERY: u32 = 50;
const HEADER: u32 = 44;

fn failed(path: &Path, error: &std::io::Error) -> Error {
    let happened = format!("{} cannot be written ({error})", path.display());
    Error::new(ErrorKind::Unavailable, happened, "name a file in a folder that you may write to")
}

/// Plays into a file, as fast as a loudspeaker would.
#[derive(Debug)]
pub struct WavFile {
    path: std::path::PathBuf,
    file: Option<File>,
    channels: u16,
    running: Option<(Arc<AtomicBool>, JoinHandle<()>)>,
}

impl WavFile {
    /// Creates the file, or empties it.
    ///
    /// # Errors
    /// When it cannot be created.
    pub fn new(path: &Path, channels: u16) -> Result<Self, Error> {
        let mut file = File::create(path).map_err(|error| failed(path, &error))?;
        file.write_all(&header(channels, 0)).map_err(|error| failed(path, &error))?;
        Ok(Self { path: path.into(), file: Some(file), channels, running: None })
    }
}

impl SoundSink for WavFile {
    fn start(&mut self, fill: Fill) -> Result<Duration, Error> {
        self.stop();
        let opened = match self.file.take() {
            Some(file) => Ok(file),
            None => File::options().read(true).write(true).open(&self.path),
        };
        let file = opened.map_err(|error| failed(&self.path, &error))?;
        let going = Arc::new(AtomicBool::new(true));
        let (seen, channels, path) = (Arc::clone(&going), self.channels, self.path.clone());
        let thread = std::thread::Builder::new().name("wav".into()).spawn(move || {
            if let Err(error) = write(file, channels, &seen, fill) {
                tracing::warn!("{}", failed(&path, &error));
            }
        });
        let thread = thread.map_err(|error| failed(&self.path, &error))?;
        self.running = Some((going, thread));
        Ok(BURST)
    }

    fn stop(&mut self) {
        if let Some((going, thread)) = self.running.take() {
            going.store(false, Ordering::Relaxed);
            // It says itself what went wrong.
            let _ = thread.join();
        }
    }
}

impl Drop for WavFile {
    fn drop(&mut self) {
        self.stop();
    }
}

fn write(file: File, channels: u16, going: &AtomicBool, mut fill: Fill) -> std::io::Result<()> {
    let mut out = BufWriter::new(file);
    let end = out.seek(SeekFrom::End(0))?;
    let mut bytes = u32::try_from(end).unwrap_or(HEADER).saturating_sub(HEADER);
    let mut samples = vec![0.0; BURST_SAMPLES * usize::from(channels)];
    let begin = Instant::now();
    let mut bursts = 0;
    while going.load(Ordering::Relaxed) {
        fill(&mut samples);
        for sample in &samples {
            #[expect(clippy::cast_possible_truncation, reason = "clamped to what fits")]
            let sample = (sample.clamp(-1.0, 1.0) * f32::from(i16::MAX)) as i16;
            out.write_all(&sample.to_le_bytes())?;
            bytes = bytes.saturating_add(2);
        }
        bursts += 1;
        if bursts % HEADER_EVERY == 0 {
            put_header(&mut out, channels, bytes)?;
        }
        // What was late is made up for, as a sound card does that has a buffer.
        let next = begin + BURST * bursts;
        std::thread::sleep(next.saturating_duration_since(Instant::now()));
    }
    put_header(&mut out, channels, bytes)
}

fn put_header(out: &mut BufWriter<File>, channels: u16, bytes: u32) -> std::io::Result<()> {
    out.seek(SeekFrom::Start(0))?;
    out.write_all(&header(channels, bytes))?;
    out.seek(SeekFrom::End(0))?;
    out.flush()
}

fn header(channels: u16, bytes: u32) -> Vec<u8> {
    let frame = channels * 2;
    let mut header = Vec::from(*b"RIFF");
    header.extend((bytes.saturating_add(HEADER - 8)).to_le_bytes());
    header.extend(*b"WAVEfmt \x10\0\0\0\x01\0");
    header.extend(channels.to_le_bytes());
    header.extend(RATE.to_le_bytes());
    header.extend((RATE * u32::from(frame)).to_le_bytes());
    header.extend(frame.to_le_bytes());
    header.extend(*b"\x10\0data");
    header.extend(bytes.to_le_bytes());
    header
}

/// Reads a file of 48,000 16-bit samples a second: the samples, interleaved, and how many channels there are.
///
/// # Errors
/// When it cannot be read, or holds something else.
pub fn read_wav(path: &Path) -> Result<(Vec<f32>, u16), Error> {
    let error = |why: &str| {
        let happened = format!("{} cannot be used as sound ({why})", path.display());
        Error::new(ErrorKind::Invalid, happened, "use a WAV file of 16-bit samples, 48,000 a second")
    };
    let mut bytes = Vec::new();
    File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)).map_err(|e| error(&e.to_string()))?;
    let rest = bytes.strip_prefix(b"RIFF").and_then(|rest| rest.get(4..)?.strip_prefix(b"WAVE"));
    let mut rest = rest.ok_or_else(|| error("it is no WAV file"))?;
    let mut channels = 0;
    while let Some((&[a, b, c, d, e, f, g, h], after)) = rest.split_first_chunk() {
        let length = usize::try_from(u32::from_le_bytes([e, f, g, h])).unwrap_or(usize::MAX).min(after.len());
        let (chunk, next) = after.split_at(length);
        match &[a, b, c, d] {
            b"fmt " => match *chunk {
                [_, _, n0, n1, r0, r1, r2, r3, _, _, _, _, _, _, 16, 0, ..]
                    if u32::from_le_bytes([r0, r1, r2, r3]) == RATE =>
                {
                    channels = u16::from_le_bytes([n0, n1]);
                }
                _ => return Err(error("it has another format")),
            },
            b"data" => {
                let sample = |bytes: &[u8; 2]| f32::from(i16::from_le_bytes(*bytes)) / f32::from(i16::MAX);
                return Ok((chunk.as_chunks().0.iter().map(sample).collect(), channels));
            }
            _ => {}
        }
        rest = next.get(length % 2..).unwrap_or_default();
    }
    Err(error("it holds no samples"))
}
