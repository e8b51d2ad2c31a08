//! Recording a screen as it is captured, on a thread of its own.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use deskwire_core::wire::screen::{CursorPosition, CursorShape};
use deskwire_platform::{Capture, CursorSource, Error, Picture};

use super::{Part, Plan, RecordError, Recording};
use crate::pointer;

/// What is recorded.
pub type Screen = (Box<dyn Capture + Send>, Option<Box<dyn CursorSource + Send>>);

/// Records the primary display until [`ScreenRecorder::finish`].
#[derive(Debug)]
pub struct ScreenRecorder {
    stop: Sender<()>,
    thread: JoinHandle<Result<Vec<Part>, RecordError>>,
}

impl ScreenRecorder {
    /// Begins the file and the thread.
    ///
    /// # Errors
    /// When the file cannot be made, or there is no thread.
    pub fn start((capture, cursor): Screen, path: PathBuf, plan: Plan) -> Result<Self, RecordError> {
        let recording = Recording::begin(path.clone(), plan)?;
        let (stop, stopped) = mpsc::channel::<()>();
        let mut watched = Watched { capture, cursor, shape: None, position: None, picture: None };
        let step = Duration::from_secs(1) / plan.frames_per_second.max(1);
        let thread = thread::Builder::new()
            .name("recorder".into())
            .spawn(move || {
                let start = Instant::now();
                let mut recording = recording;
                let mut due = Duration::ZERO;
                let result = loop {
                    let shown = watched.look().map_err(RecordError::Encoder);
                    let recorded = shown.and_then(|picture| match picture {
                        Some(picture) => recording.picture(&picture, start.elapsed()),
                        None => Ok(()),
                    });
                    if let Err(why) = recorded {
                        break Err(why);
                    }
                    // A slow computer leaves pictures out rather than fall behind.
                    due = (due + step).max(start.elapsed());
                    match stopped.recv_timeout(due.saturating_sub(start.elapsed())) {
                        Err(RecvTimeoutError::Timeout) => {}
                        _ => break Ok(()),
                    }
                };
                let parts = recording.finish(start.elapsed());
                result.and(parts)
            })
            .map_err(|error: io::Error| RecordError::File(path, error))?;
        Ok(Self { stop, thread })
    }

    /// Whether it has ended by itself, which only trouble makes it do.
    pub fn has_failed(&self) -> bool {
        self.thread.is_finished()
    }

    /// Ends the recording; gives its files, which lie on the disk.
    ///
    /// # Errors
    /// Why it ended before, or could not be ended well.
    pub fn finish(self) -> Result<Vec<Part>, RecordError> {
        // It may have ended already.
        let _ = self.stop.send(());
        self.thread.join().unwrap_or_else(|_| Ok(Vec::new()))
    }
}

/// The screen as it was last seen.
struct Watched {
    capture: Box<dyn Capture + Send>,
    cursor: Option<Box<dyn CursorSource + Send>>,
    shape: Option<CursorShape>,
    position: Option<CursorPosition>,
    picture: Option<Picture>,
}

impl Watched {
    /// The primary display with the pointer; `None` when there is no display.
    fn look(&mut self) -> Result<Option<Picture>, Error> {
        while !self.capture.poll()?.is_none() {}
        let displays = self.capture.displays().to_vec();
        let Some(primary) = displays.iter().find(|display| display.primary).or_else(|| displays.first())
        else {
            return Ok(None);
        };
        if self.picture.is_none() || self.capture.is_damaged(primary.id) {
            self.picture = Some(self.capture.grab(primary.id)?.picture.clone());
        }
        if let Some(cursor) = &mut self.cursor {
            cursor.set_displays(&displays);
            while let Some(shape) = cursor.poll_shape()? {
                self.shape = Some(shape);
            }
            while let Some(position) = cursor.poll_position()? {
                self.position = Some(position);
            }
        }
        let mut picture = self.picture.clone();
        if let (Some(picture), Some(shape), Some(position)) = (&mut picture, &self.shape, self.position)
            && position.display == primary.id
            && position.visible
        {
            pointer::draw(picture, shape, position.at);
        }
        Ok(picture)
    }
}
