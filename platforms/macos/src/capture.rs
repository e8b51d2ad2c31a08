//! Capture: a display stream hands over pictures, with the regions that changed, on a thread of the system's.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use deskwire_platform::{
    Bell, Capture, Changes, Damage, Error, ErrorKind, EventSource, Frame, Picture, Wake, Waker,
};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::{Rect, Size};
use deskwire_wire::screen::Display;

use crate::sys::{Rows, Stream, Told};
use crate::{displays, permissions};

/// Bytes of a pixel.
const PIXEL: usize = 4;
/// For so long the first picture of a display is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// Reads the displays of this session.
pub struct MacCapture {
    bell: Arc<Bell>,
    displays: Vec<Display>,
    screens: BTreeMap<DisplayId, Screen>,
}

/// One display.
struct Screen {
    shared: Arc<Shared>,
    /// Stopped when dropped.
    _stream: Stream,
    picture: Picture,
    /// What the last grab reported.
    changed: Vec<Rect>,
}

/// What the system's thread writes, and grabs read.
struct Shared {
    state: Mutex<State>,
    arrived: Condvar,
    fresh: AtomicBool,
    stopped: AtomicBool,
    bell: Arc<Bell>,
}

struct State {
    picture: Picture,
    has_frame: bool,
    damage: Damage,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, told: &Told<'_>) {
        match told {
            Told::Stopped => self.stopped.store(true, Ordering::Relaxed),
            Told::Frame { rows, changed } => {
                let mut state = self.lock();
                // Of another size: the list of displays will tell of it, and this stream makes room for another.
                if rows.size != state.picture.size() {
                    return;
                }
                let all = [Rect::of_size(rows.size)];
                let rects = if state.has_frame { changed.as_slice() } else { &all };
                for &rect in rects {
                    copy(rows, rect, &mut state.picture);
                    state.damage.add(rect);
                }
                state.has_frame = true;
                drop(state);
                self.fresh.store(true, Ordering::Relaxed);
                self.arrived.notify_all();
            }
        }
        self.bell.ring();
    }
}

fn copy(rows: &Rows<'_>, rect: Rect, picture: &mut Picture) {
    for y in rect.y..rect.bottom() {
        let row = picture.row_mut(rect, y);
        if let Some(from) = rows.row(y, rect.x as usize * PIXEL, row.len()) {
            row.copy_from_slice(from);
            // What the system takes for alpha is 255 in our pictures.
            row.as_chunks_mut::<PIXEL>().0.iter_mut().for_each(|pixel| pixel[3] = 255);
        }
    }
}

impl MacCapture {
    /// Begins to listen to all displays.
    ///
    /// # Errors
    /// `Denied` when the user does not permit it, `Unavailable` when there is no display.
    pub fn open() -> Result<Self, Error> {
        permissions::ask_to_capture()?;
        let mut capture = Self { bell: Bell::new(), displays: Vec::new(), screens: BTreeMap::new() };
        capture.reload()?;
        Ok(capture)
    }

    /// Reads the list of displays again, and listens to those that are new or other; whether it changed.
    fn reload(&mut self) -> Result<bool, Error> {
        let displays = displays::displays()?;
        self.screens.retain(|id, screen| {
            let same = |display: &Display| display.id == *id && display.area.size() == screen.picture.size();
            displays.iter().any(same) && !screen.shared.stopped.load(Ordering::Relaxed)
        });
        for display in &displays {
            if !self.screens.contains_key(&display.id) {
                let screen = Screen::start(display.id, display.area.size(), &self.bell)?;
                self.screens.insert(display.id, screen);
            }
        }
        let changed = displays != self.displays;
        self.displays = displays;
        Ok(changed)
    }
}

impl Screen {
    fn start(id: DisplayId, size: Size, bell: &Arc<Bell>) -> Result<Self, Error> {
        let state = State { picture: Picture::new(size)?, has_frame: false, damage: Damage::new() };
        let (fresh, stopped) = (AtomicBool::new(false), AtomicBool::new(false));
        let (state, arrived, bell) = (Mutex::new(state), Condvar::new(), Arc::clone(bell));
        let shared = Arc::new(Shared { state, arrived, fresh, stopped, bell });
        let told = Arc::clone(&shared);
        let stream = Stream::start(id.0, size, move |news| told.take(&news)).ok_or_else(|| {
            Error::new(
                ErrorKind::Denied,
                format!("macOS does not hand over the display {}", id.0),
                "permit this program to record the screen, in the settings for privacy",
            )
        })?;
        Ok(Self { shared, _stream: stream, picture: Picture::new(size)?, changed: Vec::new() })
    }
}

impl EventSource for MacCapture {
    fn wake(&self) -> Wake<'_> {
        Wake::Callback
    }

    fn set_waker(&mut self, waker: Option<Waker>) {
        self.bell.set_waker(waker);
    }

    fn wait(&mut self, longest: Duration) -> Result<(), Error> {
        self.bell.wait(longest);
        Ok(())
    }
}

impl Capture for MacCapture {
    fn displays(&self) -> &[Display] {
        &self.displays
    }

    fn poll(&mut self) -> Result<Changes, Error> {
        // Whoever changes displays also repaints, so that looking when there is news is enough.
        if !self.bell.take() {
            return Ok(Changes::NONE);
        }
        let displays = self.reload()?;
        let fresh = |screen: &Screen| screen.shared.fresh.swap(false, Ordering::Relaxed);
        let damage = self.screens.values().filter(|screen| fresh(screen)).count() > 0;
        Ok(Changes::new(displays, damage || displays))
    }

    fn is_damaged(&self, display: DisplayId) -> bool {
        self.screens.get(&display).is_some_and(|screen| {
            let state = screen.shared.lock();
            !state.has_frame || !state.damage.is_empty()
        })
    }

    fn grab(&mut self, display: DisplayId) -> Result<Frame<'_>, Error> {
        let screen = self.screens.get_mut(&display).ok_or_else(|| unknown_display(display))?;
        let state = screen.shared.lock();
        // The first picture comes by itself, whether anything changes or not.
        let waited = screen.shared.arrived.wait_timeout_while(state, PATIENCE, |state| !state.has_frame);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if !state.has_frame {
            return Err(Error::new(
                ErrorKind::TimedOut,
                format!("macOS has not handed over a first picture of the display {}", display.0),
                "unlock the screen, and wake the display",
            ));
        }
        screen.changed = state.damage.take();
        for &rect in &screen.changed {
            screen.picture.copy_from(&state.picture, rect);
        }
        drop(state);
        Ok(Frame { picture: &screen.picture, changed: &screen.changed })
    }

    fn invalidate(&mut self, display: DisplayId) {
        if let Some(screen) = self.screens.get(&display) {
            let all = screen.picture.rect();
            screen.shared.lock().damage.set(all);
        }
    }
}

fn unknown_display(display: DisplayId) -> Error {
    Error::new(
        ErrorKind::UnknownDisplay,
        format!("there is no display {}", display.0),
        "read the list of displays again",
    )
}
