//! The recordings that a host makes itself, while somebody is logged in.

use std::path::PathBuf;

use deskwire_kit::host::{Desktop, System, Wishes};
use deskwire_kit::record::{Part, Plan, RecordError, ScreenRecorder, name_for_now};
use serde_json::json;

use crate::output::{Failure, Kind, Output};

/// Pictures in a second.
const FRAMES_PER_SECOND: u32 = 10;

/// One recording after another, if there is a folder for them.
pub(super) struct Own {
    folder: Option<PathBuf>,
    output: Output,
    recorder: Option<ScreenRecorder>,
}

impl Own {
    /// The folder is made if it is not there.
    pub(super) fn new(folder: Option<PathBuf>, output: Output) -> Result<Self, Failure> {
        if folder.is_some() && System::here().asks() {
            // The recording reads the screen by itself, and that would be a second question in the middle of a session.
            return Err(Failure::new(
                Kind::NoDesktop,
                "a host cannot record a Wayland desktop yet; record at the viewer (deskwire record), or share an X display",
            ));
        }
        if let Some(folder) = &folder {
            std::fs::create_dir_all(folder).map_err(|error| {
                Failure::other(format!("cannot make the folder {} for recordings: {error}", folder.display()))
            })?;
        }
        Ok(Self { folder, output, recorder: None })
    }

    pub(super) const fn is_on(&self) -> bool {
        self.recorder.is_some()
    }

    /// Somebody is logged in, or nobody any more.
    pub(super) fn follow(&mut self, somebody: bool) -> Result<(), Failure> {
        let Some(folder) = &self.folder else { return Ok(()) };
        if !somebody {
            return self.end();
        }
        if self.recorder.is_none() {
            let wishes = Wishes { input: false, restore_token: None, go_on: &|| true };
            let desktop = Desktop::open(&wishes).map_err(Failure::other)?;
            let plan = Plan { frames_per_second: FRAMES_PER_SECOND, sound: false };
            let screen = (desktop.capture, desktop.cursor);
            let recorder = ScreenRecorder::start(screen, folder.join(name_for_now()), plan);
            self.recorder = Some(recorder.map_err(failure)?);
        }
        Ok(())
    }

    /// Fails when the recording has: whoever wants recordings wants no session without.
    pub(super) fn look(&mut self) -> Result<(), Failure> {
        if self.recorder.as_ref().is_some_and(ScreenRecorder::has_failed) { self.end() } else { Ok(()) }
    }

    pub(super) fn end(&mut self) -> Result<(), Failure> {
        let Some(recorder) = self.recorder.take() else { return Ok(()) };
        say(&recorder.finish().map_err(failure)?, self.output);
        Ok(())
    }
}

pub(crate) fn failure(why: RecordError) -> Failure {
    Failure::other(why)
}

/// Says what was recorded.
pub(crate) fn say(parts: &[Part], output: Output) {
    for part in parts {
        let (seconds, size) = (part.duration.as_secs_f64(), part.size);
        let text = format!(
            "Recorded {seconds:.1} s ({} pictures of {}x{}) to {}.",
            part.pictures,
            size.width,
            size.height,
            part.path.display()
        );
        let value = json!({ "event": "recorded", "file": part.path, "seconds": seconds, "pictures": part.pictures,
                            "width": size.width, "height": size.height });
        if output.is_json() {
            output.say("", &value);
        } else {
            output.note(&text);
        }
    }
}
