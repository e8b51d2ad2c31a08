//! Reading the screen.

use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::Rect;
use deskwire_wire::screen::Display;

use crate::{Error, EventSource, Picture};

/// What happened since the last [`Capture::poll`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Changes {
    /// Displays came, went, moved or changed size: read [`Capture::displays`] again.
    pub displays: bool,
    /// At least one display has damage: see [`Capture::is_damaged`].
    pub damage: bool,
}

impl Changes {
    /// Nothing happened.
    pub const NONE: Self = Self { displays: false, damage: false };

    /// Both flags.
    pub const fn new(displays: bool, damage: bool) -> Self {
        Self { displays, damage }
    }

    /// Whether nothing happened.
    pub const fn is_none(self) -> bool {
        !self.displays && !self.damage
    }
}

/// A display as it looks now.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// All its pixels. The buffer lives in the capture and is brought up to date by each grab.
    pub picture: &'a Picture,
    /// What differs from the last grab of this display, in its pixels; may name a little more than what changed, never
    /// less. The whole picture at the first grab and after a change of size; empty when nothing changed.
    pub changed: &'a [Rect],
}

/// A screen that can be read.
///
/// ```
/// # use deskwire_platform::{Capture, Error};
/// # use std::time::Duration;
/// fn run(capture: &mut dyn Capture, mut send: impl FnMut(&deskwire_platform::Frame<'_>)) -> Result<(), Error> {
///     loop {
///         while !capture.poll()?.is_none() {}
///         for id in capture.displays().iter().map(|d| d.id).collect::<Vec<_>>() {
///             if capture.is_damaged(id) {
///                 send(&capture.grab(id)?);
///             }
///         }
///         capture.wait(Duration::from_secs(60))?;
///     }
/// }
/// ```
pub trait Capture: EventSource {
    /// The displays as last known. Ids stay with a display as long as it exists.
    fn displays(&self) -> &[Display];

    /// Takes in what the system has reported, without waiting.
    fn poll(&mut self) -> Result<Changes, Error>;

    /// Whether the display changed since it was last grabbed. True before the first grab, false for unknown ids.
    fn is_damaged(&self, display: DisplayId) -> bool;

    /// Brings the display's picture up to date, reading only what was damaged, and takes the damage away.
    ///
    /// # Errors
    /// `UnknownDisplay` when it has gone; `Lost` when the system has.
    fn grab(&mut self, display: DisplayId) -> Result<Frame<'_>, Error>;

    /// Forgets what was read: the next grab of this display reads and reports everything.
    fn invalidate(&mut self, display: DisplayId);
}
