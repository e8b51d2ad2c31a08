//! Recordings of a session: AV1 and Opus in a WebM file that any player plays, also when the program that wrote it was
//! killed.

use std::collections::VecDeque;
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use deskwire_av1::{RecordingConfig, SvtRecorder, TimedPacket};
use deskwire_core::wire::picture::{Rect, Size};
use deskwire_platform::Picture;

mod screen;
mod webm;

pub use deskwire_av1::svt::quiet;
pub use screen::{Screen, ScreenRecorder};

use webm::Webm;

/// Of 1 to 63: text stays sharp, a film is still small.
const QUALITY: u32 = 30;
/// The library's fastest but two: a second core has time for more than one picture of a large screen.
const PRESET: i8 = 10;

/// How to record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Plan {
    /// Pictures in a second.
    pub frames_per_second: u32,
    /// Whether there is sound too.
    pub sound: bool,
}

/// A file of a recording. A new one begins when the picture changes its size.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// Where it is.
    pub path: PathBuf,
    /// Size of its pictures.
    pub size: Size,
    /// How many there are.
    pub pictures: u64,
    /// How long it is.
    pub duration: Duration,
}

/// Why a recording ended. What was written before is kept, and plays.
#[derive(Debug)]
pub enum RecordError {
    /// The file cannot be made or written.
    File(PathBuf, io::Error),
    /// The encoder failed.
    Encoder(deskwire_platform::Error),
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, error) if error.kind() == io::ErrorKind::AlreadyExists => {
                write!(f, "{} is there already and was not written over: choose another name", path.display())
            }
            Self::File(path, error) => write!(
                f,
                "cannot write the recording {}: {error}; what was recorded until then is kept",
                path.display()
            ),
            Self::Encoder(error) => write!(f, "the recording cannot go on: {error}"),
        }
    }
}

impl std::error::Error for RecordError {}

/// A recording that goes on. Without [`Recording::finish`] the last seconds are missing.
pub struct Recording {
    path: PathBuf,
    plan: Plan,
    parts: Vec<Part>,
    current: Option<Current>,
    /// Sound that waits for the pictures of its time, with its time since the beginning of the recording.
    sound: VecDeque<(Duration, Vec<u8>)>,
}

/// The file that is written now.
struct Current {
    encoder: SvtRecorder,
    file: Webm,
    part: Part,
    /// What it encodes: the picture, made even and large enough.
    canvas: Picture,
    /// The picture's own size.
    source: Size,
    /// When it began, in the time of the recording.
    begin: Duration,
    /// The pictures until here are in the file, in its own milliseconds.
    written: i64,
}

impl Recording {
    /// Begins one; the file is made at once, so that a wrong name shows at once.
    ///
    /// # Errors
    /// When there is a file of that name, or none can be made.
    pub fn begin(path: PathBuf, plan: Plan) -> Result<Self, RecordError> {
        create(&path)?;
        Ok(Self { path, plan, parts: Vec::new(), current: None, sound: VecDeque::new() })
    }

    /// Adds what is shown at `at`, a time since the beginning that grows. Pictures should come regularly, changed or
    /// not: the encoder looks at several together.
    ///
    /// # Errors
    /// When it cannot be encoded or written.
    pub fn picture(&mut self, picture: &Picture, at: Duration) -> Result<(), RecordError> {
        if self.current.as_ref().is_none_or(|current| current.source != picture.size()) {
            self.end_part(at)?;
            self.current = Some(self.next_part(picture.size(), at)?);
        }
        let Some(current) = &mut self.current else { return Ok(()) };
        let packets = current.encode(picture, at).map_err(RecordError::Encoder)?;
        current.write(packets, &mut self.sound).map_err(|e| RecordError::File(current.part.path.clone(), e))
    }

    /// Adds a packet of Opus that is heard at `at`, in the time of the pictures.
    pub fn sound(&mut self, packet: &[u8], at: Duration) {
        if self.plan.sound && self.current.is_some() {
            self.sound.push_back((at, packet.to_vec()));
        }
    }

    /// Ends it at `at`; gives its files. They lie on the disk when this returns.
    ///
    /// # Errors
    /// When the rest cannot be encoded or written.
    pub fn finish(mut self, at: Duration) -> Result<Vec<Part>, RecordError> {
        self.end_part(at)?;
        if self.parts.is_empty() {
            // Nothing was shown: an empty file would only puzzle.
            let removed = std::fs::remove_file(&self.path);
            removed.map_err(|e| RecordError::File(self.path.clone(), e))?;
        }
        Ok(self.parts)
    }

    fn next_part(&self, source: Size, begin: Duration) -> Result<Current, RecordError> {
        let path = numbered(&self.path, self.parts.len());
        let file = if self.parts.is_empty() {
            OpenOptions::new().write(true).open(&path).map_err(|e| RecordError::File(path.clone(), e))?
        } else {
            create(&path)?
        };
        let size = Size {
            width: source.width.next_multiple_of(2).max(64),
            height: source.height.next_multiple_of(2).max(64),
        };
        let threads = std::thread::available_parallelism().map_or(1, |n| u32::try_from(n.get()).unwrap_or(1));
        let config = RecordingConfig {
            size,
            quality: QUALITY,
            frames_per_second: self.plan.frames_per_second,
            preset: PRESET,
            threads: threads.min(4),
        };
        let encoder = SvtRecorder::new(&config).map_err(RecordError::Encoder)?;
        let file = Webm::begin(file, size, encoder.sequence_header(), self.plan.sound)
            .map_err(|e| RecordError::File(path.clone(), e))?;
        let canvas = Picture::new(size).map_err(RecordError::Encoder)?;
        let part = Part { path, size, pictures: 0, duration: Duration::ZERO };
        Ok(Current { encoder, file, part, canvas, source, begin, written: -1 })
    }

    fn end_part(&mut self, at: Duration) -> Result<(), RecordError> {
        let Some(current) = self.current.take() else { return Ok(()) };
        let Current { encoder, mut file, mut part, begin, .. } = current;
        let failed = |error| RecordError::File(part.path.clone(), error);
        for packet in encoder.finish().map_err(RecordError::Encoder)? {
            write_sound(&mut file, &mut self.sound, begin, packet.at).map_err(failed)?;
            file.video(&packet).map_err(failed)?;
        }
        let end = millis(at.saturating_sub(begin));
        write_sound(&mut file, &mut self.sound, begin, end).map_err(failed)?;
        file.finish(end).map_err(failed)?;
        part.duration = at.saturating_sub(begin);
        self.parts.push(part);
        Ok(())
    }
}

impl Current {
    fn encode(
        &mut self,
        picture: &Picture,
        at: Duration,
    ) -> Result<Vec<TimedPacket>, deskwire_platform::Error> {
        let whole = Rect::of_size(self.source);
        for y in 0..self.source.height {
            self.canvas.row_mut(whole, y).copy_from_slice(picture.row(whole, y));
        }
        // Never the same time twice.
        let at = millis(at.saturating_sub(self.begin)).max(self.written + 1);
        self.written = at;
        self.part.pictures += 1;
        self.encoder.encode(&self.canvas, at)
    }

    fn write(
        &mut self,
        packets: Vec<TimedPacket>,
        sound: &mut VecDeque<(Duration, Vec<u8>)>,
    ) -> io::Result<()> {
        for packet in packets {
            write_sound(&mut self.file, sound, self.begin, packet.at)?;
            self.file.video(&packet)?;
        }
        Ok(())
    }
}

/// Writes the sound that is heard before `until`, so that the file is in the order of time.
fn write_sound(
    file: &mut Webm,
    sound: &mut VecDeque<(Duration, Vec<u8>)>,
    begin: Duration,
    until: i64,
) -> io::Result<()> {
    while sound.front().is_some_and(|(at, _)| millis(at.saturating_sub(begin)) <= until) {
        let Some((at, packet)) = sound.pop_front() else { break };
        // What is older than this part belongs to none.
        if at >= begin {
            file.sound(&packet, millis(at - begin))?;
        }
    }
    Ok(())
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

fn create(path: &Path) -> Result<File, RecordError> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(|error| RecordError::File(path.to_owned(), error))
}

/// The name of a part: `talk.webm`, `talk-2.webm`, …
fn numbered(path: &Path, parts_before: usize) -> PathBuf {
    if parts_before == 0 {
        return path.to_owned();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = match path.extension() {
        Some(extension) => format!("{stem}-{}.{}", parts_before + 1, extension.to_string_lossy()),
        None => format!("{stem}-{}", parts_before + 1),
    };
    path.with_file_name(name)
}

/// A name for a recording that begins now: `deskwire-2026-11-30-182615.webm`, in UTC.
pub fn name_for_now() -> String {
    let now = time::OffsetDateTime::now_utc();
    let (date, (hour, minute, second)) = (now.date(), now.to_hms());
    format!("deskwire-{date}-{hour:02}{minute:02}{second:02}.webm")
}

#[cfg(test)]
mod tests;
