//! The pointer: Windows says when it moved or changed, and is asked what it is then.

use std::sync::Arc;
use std::time::Duration;

use deskwire_platform::{Bell, CursorSource, Error, ErrorKind, EventSource, Wake, Waker};
use deskwire_wire::picture::Point;
use deskwire_wire::screen::{CursorPosition, CursorShape, Display};

use crate::displays;
use crate::sys::{self, Listener, Pointer, Subject};

/// The pointer of this session.
pub struct WindowsCursor {
    bell: Arc<Bell>,
    displays: Vec<Display>,
    /// Where the desktop begins, in Windows' places.
    origin: (i32, i32),
    /// Something happened that the shape, or the place, was not asked for yet.
    shape_asked: bool,
    place_asked: bool,
    shape: Option<usize>,
    position: Option<CursorPosition>,
    _listener: Listener,
}

impl WindowsCursor {
    /// Begins to listen.
    ///
    /// # Errors
    /// `Unavailable` when Windows tells nothing, as in the session of a service.
    pub fn open() -> Result<Self, Error> {
        let bell = Bell::new();
        Ok(Self {
            _listener: Listener::start(Subject::Pointer, Arc::clone(&bell))?,
            bell,
            displays: displays::displays()?,
            origin: displays::origin(&sys::monitors()),
            shape_asked: true,
            place_asked: true,
            shape: None,
            position: None,
        })
    }

    fn take_news(&mut self) {
        if self.bell.take() {
            (self.shape_asked, self.place_asked) = (true, true);
        }
    }
}

impl EventSource for WindowsCursor {
    fn wake(&self) -> Wake<'_> {
        Wake::Callback
    }

    fn set_waker(&mut self, waker: Option<Waker>) {
        self.bell.set_waker(waker);
    }

    fn wait(&mut self, longest: Duration) -> Result<(), Error> {
        if !self.shape_asked && !self.place_asked {
            self.bell.wait(longest);
        }
        Ok(())
    }
}

impl CursorSource for WindowsCursor {
    fn set_displays(&mut self, displays: &[Display]) {
        self.displays = displays.to_vec();
        self.origin = displays::origin(&sys::monitors());
        self.place_asked = true;
    }

    fn poll_shape(&mut self) -> Result<Option<CursorShape>, Error> {
        self.take_news();
        if !std::mem::take(&mut self.shape_asked) {
            return Ok(None);
        }
        let shape = pointer()?.shape;
        if self.shape.replace(shape) == Some(shape) {
            return Ok(None);
        }
        // No pointer at all, or one that has just gone, is one transparent pixel.
        let none = CursorShape { width: 1, height: 1, hot_spot: (0, 0), rgba: vec![0; 4] };
        Ok(Some(sys::image(shape).unwrap_or(none)))
    }

    fn poll_position(&mut self) -> Result<Option<CursorPosition>, Error> {
        self.take_news();
        if !std::mem::take(&mut self.place_asked) {
            return Ok(None);
        }
        let Pointer { x, y, visible, .. } = pointer()?;
        let (x, y) = (x.saturating_sub(self.origin.0), y.saturating_sub(self.origin.1));
        let on = |display: &&Display| {
            let area = display.area;
            let within =
                |n: i32, start: u32, end: u32| u32::try_from(n).is_ok_and(|n| (start..end).contains(&n));
            within(x, area.x, area.right()) && within(y, area.y, area.bottom())
        };
        let Some(display) = self.displays.iter().find(on).or_else(|| self.displays.first()) else {
            return Ok(None);
        };
        let from = |n: i32, start: u32| n - i32::try_from(start).unwrap_or(0);
        let at = Point { x: from(x, display.area.x), y: from(y, display.area.y) };
        let position = CursorPosition { display: display.id, at, visible };
        Ok((self.position.replace(position) != Some(position)).then_some(position))
    }
}

fn pointer() -> Result<Pointer, Error> {
    sys::pointer().map_err(|error| {
        Error::new(
            ErrorKind::Denied,
            format!("Windows does not say where the pointer is ({error})"),
            "unlock the screen, or wait until the question of Windows is answered",
        )
    })
}
