//! The pointer of a Wayland desktop, which comes beside the pictures.

use std::sync::Arc;
use std::time::Duration;

use deskwire_platform::{CursorSource, Error, EventSource, Wake, Waker};
use deskwire_wire::screen::{CursorPosition, CursorShape, Display};

use super::screens::Screens;
use super::stream::Streams;

/// Where the pointer is and what it looks like.
#[derive(Debug)]
pub struct WaylandCursor {
    screens: Arc<Screens>,
    _streams: Arc<Streams>,
}

impl WaylandCursor {
    pub(super) fn new(screens: &Arc<Screens>, streams: &Arc<Streams>) -> Self {
        Self { screens: Arc::clone(screens), _streams: Arc::clone(streams) }
    }
}

impl EventSource for WaylandCursor {
    fn wake(&self) -> Wake<'_> {
        Wake::Callback
    }

    fn set_waker(&mut self, waker: Option<Waker>) {
        self.screens.lock().cursor_waker = waker;
    }

    fn wait(&mut self, longest: Duration) -> Result<(), Error> {
        self.screens.wait_until(longest, |inner| inner.shape_changed || inner.moved || inner.is_over());
        Ok(())
    }
}

impl CursorSource for WaylandCursor {
    /// The same displays as the capture has: they come from the same place.
    fn set_displays(&mut self, _displays: &[Display]) {
        self.screens.lock().moved = true;
    }

    fn poll_shape(&mut self) -> Result<Option<CursorShape>, Error> {
        let mut inner = self.screens.lock();
        inner.check()?;
        let changed = std::mem::take(&mut inner.shape_changed);
        Ok(inner.shape.clone().filter(|_| changed))
    }

    fn poll_position(&mut self) -> Result<Option<CursorPosition>, Error> {
        let mut inner = self.screens.lock();
        inner.check()?;
        let moved = std::mem::take(&mut inner.moved);
        Ok(inner.position.filter(|_| moved))
    }
}
