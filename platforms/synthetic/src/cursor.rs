//! The synthetic pointer.

use deskwire_platform::{CursorSource, Error};
use deskwire_wire::screen::{CursorPosition, CursorShape, Display};

use crate::Screen;
use crate::screen::impl_event_source;

/// The pointer of a [`Screen`].
pub struct SyntheticCursor {
    pub(crate) screen: Screen,
    pub(crate) source: u64,
    pub(crate) waited: u64,
    shape: Option<CursorShape>,
    position: Option<CursorPosition>,
}

impl_event_source!(SyntheticCursor);

impl SyntheticCursor {
    pub(crate) fn new(screen: Screen) -> Self {
        let source = screen.new_source();
        Self { screen, source, waited: 0, shape: None, position: None }
    }
}

impl CursorSource for SyntheticCursor {
    fn set_displays(&mut self, _displays: &[Display]) {
        // The screen says itself on which display its pointer is.
    }

    fn poll_shape(&mut self) -> Result<Option<CursorShape>, Error> {
        let state = self.screen.lock();
        if state.cursor_shape == self.shape {
            return Ok(None);
        }
        self.shape.clone_from(&state.cursor_shape);
        Ok(self.shape.clone())
    }

    fn poll_position(&mut self) -> Result<Option<CursorPosition>, Error> {
        let now = self.screen.lock().cursor;
        if now == self.position {
            return Ok(None);
        }
        self.position = now;
        Ok(now)
    }
}
