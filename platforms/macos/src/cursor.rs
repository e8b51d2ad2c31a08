//! The pointer: a tap of the system's events says when it moved.

use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use core_foundation::runloop::{CFRunLoop, kCFRunLoopCommonModes};
use core_graphics::event::{
    CGEvent, CGEventTap, CGEventTapLocation, CGEventTapOptions, CGEventTapPlacement, CGEventType,
    CallbackResult,
};
use core_graphics::event_source::{CGEventSource, CGEventSourceStateID};
use deskwire_platform::{Bell, CursorSource, Error, ErrorKind, EventSource, Wake, Waker};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::Point;
use deskwire_wire::screen::{CursorPosition, CursorShape, Display};

use crate::displays::{self, Screen};

/// An arrow: black, with a white edge. Rows of `#` black, `.` white.
const ARROW: [&str; 16] = [
    ".          ",
    "..         ",
    ".#.        ",
    ".##.       ",
    ".###.      ",
    ".####.     ",
    ".#####.    ",
    ".######.   ",
    ".#######.  ",
    ".########. ",
    ".#####.....",
    ".##.##.    ",
    ".#. .##.   ",
    "..  .##.   ",
    "     .##.  ",
    "      ..   ",
];

/// The pointer of this session. Its shape is an arrow, whatever it is on the Mac.
pub struct MacCursor {
    bell: Arc<Bell>,
    displays: Vec<Display>,
    screens: Vec<(DisplayId, Screen)>,
    shape_told: bool,
    place_asked: bool,
    position: Option<CursorPosition>,
    tap: Option<(CFRunLoop, JoinHandle<()>)>,
}

impl MacCursor {
    /// Begins to listen.
    ///
    /// # Errors
    /// `Denied` when the user does not permit this program to see input.
    pub fn open() -> Result<Self, Error> {
        let bell = Bell::new();
        let tap = Some(listen(Arc::clone(&bell))?);
        let mut cursor = Self {
            bell,
            displays: Vec::new(),
            screens: Vec::new(),
            shape_told: false,
            place_asked: true,
            position: None,
            tap,
        };
        cursor.set_displays(&displays::displays()?);
        Ok(cursor)
    }
}

impl Drop for MacCursor {
    fn drop(&mut self) {
        if let Some((run_loop, thread)) = self.tap.take() {
            run_loop.stop();
            // It has nothing to say.
            let _ = thread.join();
        }
    }
}

/// Rings when the pointer moves.
fn listen(bell: Arc<Bell>) -> Result<(CFRunLoop, JoinHandle<()>), Error> {
    let (tell, told) = mpsc::channel();
    let run = move || {
        let events = vec![
            CGEventType::MouseMoved,
            CGEventType::LeftMouseDragged,
            CGEventType::RightMouseDragged,
            CGEventType::OtherMouseDragged,
        ];
        let tap = CGEventTap::new(
            CGEventTapLocation::Session,
            CGEventTapPlacement::TailAppendEventTap,
            CGEventTapOptions::ListenOnly,
            events,
            move |_, _, _: &CGEvent| {
                bell.ring();
                CallbackResult::Keep
            },
        );
        let source = tap.as_ref().ok().and_then(|tap| tap.mach_port().create_runloop_source(0).ok());
        if let (Ok(tap), Some(source)) = (tap, source) {
            let run_loop = CFRunLoop::get_current();
            // SAFETY: it is a constant of the system's.
            run_loop.add_source(&source, unsafe { kCFRunLoopCommonModes });
            tap.enable();
            let _ = tell.send(run_loop);
            CFRunLoop::run_current();
        }
    };
    let thread = thread::Builder::new().name("mac-pointer".into()).spawn(run);
    let failed = |why: String| {
        Error::new(
            ErrorKind::Denied,
            format!("macOS does not tell this program when the pointer moves ({why})"),
            "permit it under System Settings, Privacy & Security, Input Monitoring",
        )
    };
    let thread = thread.map_err(|error| failed(error.to_string()))?;
    let run_loop = told.recv().map_err(|_| failed("no tap could be made".into()))?;
    Ok((run_loop, thread))
}

impl EventSource for MacCursor {
    fn wake(&self) -> Wake<'_> {
        Wake::Callback
    }

    fn set_waker(&mut self, waker: Option<Waker>) {
        self.bell.set_waker(waker);
    }

    fn wait(&mut self, longest: Duration) -> Result<(), Error> {
        if self.shape_told && !self.place_asked {
            self.bell.wait(longest);
        }
        Ok(())
    }
}

impl CursorSource for MacCursor {
    fn set_displays(&mut self, displays: &[Display]) {
        self.displays = displays.to_vec();
        // Without displays there is no place either.
        let list = displays::list().unwrap_or_default();
        self.screens = list.into_iter().map(|(display, screen)| (display.id, screen)).collect();
        self.place_asked = true;
    }

    fn poll_shape(&mut self) -> Result<Option<CursorShape>, Error> {
        Ok((!std::mem::replace(&mut self.shape_told, true)).then(arrow))
    }

    fn poll_position(&mut self) -> Result<Option<CursorPosition>, Error> {
        if !self.bell.take() && !std::mem::take(&mut self.place_asked) {
            return Ok(None);
        }
        self.place_asked = false;
        let source = CGEventSource::new(CGEventSourceStateID::CombinedSessionState);
        let at = source.and_then(CGEvent::new).map(|event| event.location()).map_err(|()| {
            Error::new(
                ErrorKind::Lost,
                "macOS does not say where the pointer is",
                "log in again, and share anew",
            )
        })?;
        let on = self.screens.iter().find_map(|(id, screen)| {
            let display = self.displays.iter().find(|display| display.id == *id)?;
            // A cast of a float stays within the bounds of the whole number.
            let (x, y) =
                (((at.x - screen.left) * screen.scale) as i32, ((at.y - screen.top) * screen.scale) as i32);
            let within = |n: i32, side: u32| u32::try_from(n).is_ok_and(|n| n < side);
            let inside = at.x >= screen.left && at.y >= screen.top;
            (inside && within(x, display.area.width) && within(y, display.area.height))
                .then_some(CursorPosition { display: *id, at: Point { x, y }, visible: true })
        });
        Ok(on.filter(|position| self.position.replace(*position) != Some(*position)))
    }
}

fn arrow() -> CursorShape {
    let rgba = ARROW.iter().flat_map(|row| row.bytes()).flat_map(|pixel| match pixel {
        b'#' => [0, 0, 0, 255],
        b'.' => [255; 4],
        _ => [0; 4],
    });
    CursorShape { width: 11, height: 16, hot_spot: (0, 0), rgba: rgba.collect() }
}
