//! What a host does about recordings: makes its own while somebody is logged in, and shows a mark while anybody records.

use std::collections::BTreeSet;
use std::path::PathBuf;

use deskwire_core::ConnectionId;
use deskwire_kit::desktop::RecordingMark;
use deskwire_kit::host::Event;

use crate::output::{Failure, Output};

#[cfg(feature = "recording")]
pub(crate) mod own;

#[cfg(feature = "recording")]
use own::Own;

/// Recordings of a host.
pub(crate) struct Tape {
    output: Output,
    viewers: BTreeSet<ConnectionId>,
    /// Viewers that record.
    recording: BTreeSet<ConnectionId>,
    own: Own,
    mark: Option<RecordingMark>,
    /// No mark could be shown; said once.
    unmarked: bool,
}

impl Tape {
    /// With a folder for the host's own recordings, if it is to make any.
    pub(crate) fn new(folder: Option<PathBuf>, output: Output) -> Result<Self, Failure> {
        let (viewers, recording) = (BTreeSet::new(), BTreeSet::new());
        Ok(Self { output, viewers, recording, own: Own::new(folder, output)?, mark: None, unmarked: false })
    }

    /// Takes note of what happened.
    pub(crate) fn note(&mut self, event: &Event) -> Result<(), Failure> {
        match event {
            Event::LoggedIn { viewer, .. } => {
                self.viewers.insert(*viewer);
            }
            Event::Recording { viewer, on: true } => {
                self.recording.insert(*viewer);
            }
            Event::Recording { viewer, on: false } => {
                self.recording.remove(viewer);
            }
            Event::Left { viewer, .. } => {
                self.viewers.remove(viewer);
                self.recording.remove(viewer);
            }
            _ => return Ok(()),
        }
        self.own.follow(!self.viewers.is_empty())?;
        self.show_mark();
        Ok(())
    }

    /// To be called now and then: keeps the mark on top, and notices when the recording has failed.
    pub(crate) fn look(&mut self) -> Result<(), Failure> {
        if let Some(mark) = &self.mark {
            mark.raise();
        }
        self.own.look()
    }

    fn show_mark(&mut self) {
        if !self.own.is_on() && self.recording.is_empty() {
            self.mark = None;
        } else if self.mark.is_none() && !self.unmarked {
            match RecordingMark::show("Deskwire: this screen is recorded") {
                Ok(mark) => self.mark = Some(mark),
                Err(error) => {
                    self.unmarked = true;
                    self.output
                        .note(&format!("Somebody records this screen; no mark can be shown on it: {error}"));
                }
            }
        }
    }

    /// Ends what is still recorded.
    pub(crate) fn stop(mut self) -> Result<(), Failure> {
        self.mark = None;
        self.own.end()
    }
}

/// This build cannot record.
#[cfg(not(feature = "recording"))]
struct Own;

#[cfg(not(feature = "recording"))]
impl Own {
    fn new(_folder: Option<PathBuf>, _output: Output) -> Result<Self, Failure> {
        Ok(Self)
    }

    const fn is_on(&self) -> bool {
        false
    }

    fn follow(&mut self, _somebody: bool) -> Result<(), Failure> {
        Ok(())
    }

    fn look(&mut self) -> Result<(), Failure> {
        Ok(())
    }

    fn end(&mut self) -> Result<(), Failure> {
        Ok(())
    }
}
