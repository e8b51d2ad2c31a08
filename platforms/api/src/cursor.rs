//! The pointer's shape and place.

use deskwire_wire::screen::{CursorPosition, CursorShape, Display};

use crate::{Error, EventSource};

/// Where the pointer is and what it looks like. Captured pictures do not contain it.
pub trait CursorSource: EventSource {
    /// Where the displays lie now; positions are on one of them. Call it at the start and after each change.
    fn set_displays(&mut self, displays: &[Display]);

    /// The shape, when it changed since the last call; the first call always gives it. At most 256 by 256 pixels.
    fn poll_shape(&mut self) -> Result<Option<CursorShape>, Error>;

    /// The place, when it changed since the last call; the first call always gives it.
    fn poll_position(&mut self) -> Result<Option<CursorPosition>, Error>;
}
