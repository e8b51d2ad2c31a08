//! Capture: Windows.Graphics.Capture hands over frames, with the regions that changed, on threads of its own.

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
use windows_capture::capture::{CaptureControl, Context, GraphicsCaptureApiHandler};
use windows_capture::frame::Frame as SystemFrame;
use windows_capture::graphics_capture_api::{GraphicsCaptureApi, InternalCaptureControl};
use windows_capture::monitor::Monitor as SystemMonitor;
use windows_capture::settings::{
    ColorFormat, CursorCaptureSettings, DirtyRegionSettings, DrawBorderSettings,
    MinimumUpdateIntervalSettings, SecondaryWindowSettings, Settings,
};

use crate::displays::{self, Naming};
use crate::sys::{Listener, Monitor, Subject};

/// Bytes of a pixel.
const PIXEL: usize = 4;
/// For so long the first frame of a display is waited for.
const PATIENCE: Duration = Duration::from_secs(5);
/// More regions than this are read as one.
const MAX_REGIONS: usize = 16;
/// Rows that are compared at once where Windows does not say what changed.
const BAND: usize = 32;

type Control = CaptureControl<Handler, String>;

/// Reads the displays of this session.
pub struct WindowsCapture {
    bell: Arc<Bell>,
    news: Arc<News>,
    naming: Naming,
    displays: Vec<Display>,
    screens: BTreeMap<DisplayId, Screen>,
    layout_bell: Arc<Bell>,
    _listener: Listener,
}

/// What came since the last look.
#[derive(Default)]
struct News {
    frames: AtomicBool,
    closed: AtomicBool,
}

/// One display.
struct Screen {
    monitor: Monitor,
    shared: Arc<Shared>,
    control: Option<Control>,
    picture: Picture,
    /// What the last grab reported.
    changed: Vec<Rect>,
}

/// What the thread of Windows writes, and grabs read.
struct Shared {
    state: Mutex<State>,
    arrived: Condvar,
    bell: Arc<Bell>,
    news: Arc<News>,
}

struct State {
    /// What the display shows; of no use before the first frame.
    picture: Picture,
    has_frame: bool,
    damage: Damage,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl WindowsCapture {
    /// Begins to listen to all displays.
    ///
    /// # Errors
    /// `Unsupported` when this Windows has no Windows.Graphics.Capture, `Unavailable` when this session has no display.
    pub fn open() -> Result<Self, Error> {
        if !GraphicsCaptureApi::is_supported().unwrap_or(false) {
            return Err(Error::new(
                ErrorKind::Unsupported,
                "this Windows cannot hand over its screen (Windows.Graphics.Capture is missing)",
                "use Windows 10 of 2019 (1903) or a newer one",
            ));
        }
        let layout_bell = Bell::new();
        let mut capture = Self {
            bell: Bell::new(),
            news: Arc::default(),
            naming: Naming::default(),
            displays: Vec::new(),
            screens: BTreeMap::new(),
            _listener: Listener::start(Subject::Displays, Arc::clone(&layout_bell))?,
            layout_bell,
        };
        // A change of displays wakes the owner as a frame does.
        let bell = Arc::clone(&capture.bell);
        capture.layout_bell.set_waker(Some(Arc::new(move || bell.ring())));
        capture.reload()?;
        Ok(capture)
    }

    /// Reads the list of displays again, and listens to those that are new or other; whether it changed.
    fn reload(&mut self) -> Result<bool, Error> {
        let found = displays::list(&mut self.naming)?;
        let displays: Vec<Display> = found.iter().map(|(display, _)| display.clone()).collect();
        let closed = self.news.closed.swap(false, Ordering::Relaxed);
        self.screens.retain(|id, screen| {
            let same = |(display, monitor): &(Display, Monitor)| {
                display.id == *id
                    && monitor.handle == screen.monitor.handle
                    && display.area.size() == screen.picture.size()
            };
            found.iter().any(same) && !(closed && screen.has_ended())
        });
        for (display, monitor) in found {
            if !self.screens.contains_key(&display.id) {
                let screen = Screen::start(monitor, display.area.size(), &self.bell, &self.news)?;
                self.screens.insert(display.id, screen);
            }
        }
        let changed = displays != self.displays;
        self.displays = displays;
        Ok(changed)
    }
}

impl Screen {
    fn start(monitor: Monitor, size: Size, bell: &Arc<Bell>, news: &Arc<News>) -> Result<Self, Error> {
        let state = State { picture: Picture::new(size)?, has_frame: false, damage: Damage::new() };
        let (bell, news) = (Arc::clone(bell), Arc::clone(news));
        let shared = Arc::new(Shared { state: Mutex::new(state), arrived: Condvar::new(), bell, news });
        let supported = |asked: Result<bool, _>| asked.is_ok_and(|supported| supported);
        let cursor = supported(GraphicsCaptureApi::is_cursor_settings_supported());
        let border = supported(GraphicsCaptureApi::is_border_settings_supported());
        let regions = supported(GraphicsCaptureApi::is_dirty_region_supported());
        let handle = std::ptr::with_exposed_provenance_mut(monitor.handle);
        let settings = Settings::new(
            SystemMonitor::from_raw_hmonitor(handle),
            if cursor { CursorCaptureSettings::WithoutCursor } else { CursorCaptureSettings::Default },
            if border { DrawBorderSettings::WithoutBorder } else { DrawBorderSettings::Default },
            SecondaryWindowSettings::Default,
            MinimumUpdateIntervalSettings::Default,
            if regions { DirtyRegionSettings::ReportOnly } else { DirtyRegionSettings::Default },
            ColorFormat::Bgra8,
            (Arc::clone(&shared), regions),
        );
        let control = Handler::start_free_threaded(settings).map_err(|error| {
            Error::new(
                ErrorKind::Denied,
                format!("Windows does not hand over the display {} ({error})", monitor.name),
                "allow screen capture in the settings for privacy, and unlock the screen",
            )
        })?;
        Ok(Self {
            monitor,
            shared,
            control: Some(control),
            picture: Picture::new(size)?,
            changed: Vec::new(),
        })
    }

    fn has_ended(&self) -> bool {
        self.control.as_ref().is_none_or(Control::is_finished)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if let Some(control) = self.control.take() {
            // A capture that has failed already says so here; nothing is left of it either way.
            let _ = control.stop();
        }
    }
}

/// Takes the frames of one display.
struct Handler {
    shared: Arc<Shared>,
    /// Whether Windows says what changed.
    has_regions: bool,
}

impl GraphicsCaptureApiHandler for Handler {
    type Flags = (Arc<Shared>, bool);
    type Error = String;

    fn new(context: Context<Self::Flags>) -> Result<Self, String> {
        let (shared, has_regions) = context.flags;
        Ok(Self { shared, has_regions })
    }

    fn on_frame_arrived(
        &mut self,
        frame: &mut SystemFrame<'_>,
        _: InternalCaptureControl,
    ) -> Result<(), String> {
        let size = Size { width: frame.width(), height: frame.height() };
        let mut state = self.shared.lock();
        // Of another size: the list of displays will tell of it, and this capture makes room for another.
        if size != state.picture.size() {
            return Ok(());
        }
        let regions = if state.has_frame && self.has_regions { regions(frame, size) } else { None };
        match regions {
            Some(regions) => {
                for region in regions {
                    copy(frame, region, &mut state.picture)?;
                    state.damage.add(region);
                }
            }
            None if state.has_frame => {
                let before = state.picture.clone();
                copy(frame, Rect::of_size(size), &mut state.picture)?;
                let changed = differences(&before, &state.picture);
                state.damage.extend(changed);
            }
            None => {
                copy(frame, Rect::of_size(size), &mut state.picture)?;
                state.damage.set(Rect::of_size(size));
                state.has_frame = true;
            }
        }
        drop(state);
        self.shared.news.frames.store(true, Ordering::Relaxed);
        self.shared.arrived.notify_all();
        self.shared.bell.ring();
        Ok(())
    }

    fn on_closed(&mut self) -> Result<(), String> {
        self.shared.news.closed.store(true, Ordering::Relaxed);
        self.shared.bell.ring();
        Ok(())
    }
}

/// What Windows says has changed, within the picture; `None` when it does not say.
fn regions(frame: &SystemFrame<'_>, size: Size) -> Option<Vec<Rect>> {
    let side = |from: i32, length: i32| {
        let (start, end) = (from.max(0), from.saturating_add(length).max(0));
        Some((u32::try_from(start).ok()?, u32::try_from(end.saturating_sub(start)).unwrap_or(0)))
    };
    let regions = frame.dirty_regions().ok()?;
    let rects: Vec<Rect> = regions
        .iter()
        .filter_map(|region| {
            let ((x, width), (y, height)) = (side(region.x, region.width)?, side(region.y, region.height)?);
            Rect::new(x, y, width, height).intersection(Rect::of_size(size))
        })
        .collect();
    if rects.len() <= MAX_REGIONS {
        return Some(rects);
    }
    Some(vec![rects.iter().fold(Rect::default(), |sum, &rect| sum.union(rect))])
}

/// Reads a part of a frame into the picture.
fn copy(frame: &mut SystemFrame<'_>, rect: Rect, picture: &mut Picture) -> Result<(), String> {
    let failed = |error: windows_capture::frame::Error| error.to_string();
    let mut buffer = frame.buffer_crop(rect.x, rect.y, rect.right(), rect.bottom()).map_err(failed)?;
    let pitch = usize::try_from(buffer.row_pitch()).map_err(|error| error.to_string())?;
    for (y, from) in (rect.y..rect.bottom()).zip(buffer.as_raw_buffer().chunks(pitch.max(1))) {
        let row = picture.row_mut(rect, y);
        let Some(from) = from.get(..row.len()) else { return Err("a row of the frame is too short".into()) };
        row.copy_from_slice(from);
        // What Windows takes for alpha is 255 in our pictures.
        row.as_chunks_mut::<PIXEL>().0.iter_mut().for_each(|pixel| pixel[3] = 255);
    }
    Ok(())
}

/// Where two pictures of one size differ: bands of some rows, each from the first to the last column that does.
fn differences(before: &Picture, after: &Picture) -> Vec<Rect> {
    let size = after.size();
    let stride = after.stride();
    let bands = before.pixels().chunks(stride * BAND).zip(after.pixels().chunks(stride * BAND));
    let mut found = Vec::new();
    for (top, (old, new)) in (0..size.height).step_by(BAND).zip(bands) {
        if old == new {
            continue;
        }
        let (mut left, mut right) = (usize::MAX, 0);
        for (old, new) in old.chunks(stride).zip(new.chunks(stride)) {
            let differs = |(old, new): (&[u8], &[u8])| old != new;
            let pixels = || old.chunks(PIXEL).zip(new.chunks(PIXEL));
            if let Some(first) = pixels().position(differs) {
                let last = pixels().rposition(differs).unwrap_or(first);
                (left, right) = (left.min(first), right.max(last + 1));
            }
        }
        let columns = u32::try_from(left).ok().zip(u32::try_from(right.saturating_sub(left)).ok());
        if let Some((left, width)) = columns {
            let height = u32::try_from(BAND).unwrap_or(size.height).min(size.height - top);
            found.push(Rect::new(left, top, width, height));
        }
    }
    found
}

impl EventSource for WindowsCapture {
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

impl Capture for WindowsCapture {
    fn displays(&self) -> &[Display] {
        &self.displays
    }

    fn poll(&mut self) -> Result<Changes, Error> {
        self.bell.take();
        let closed = self.news.closed.load(Ordering::Relaxed);
        let displays = (self.layout_bell.take() || closed) && self.reload()?;
        let damage = self.news.frames.swap(false, Ordering::Relaxed);
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
        // The first frame comes by itself, whether anything changes or not.
        let waited = screen.shared.arrived.wait_timeout_while(state, PATIENCE, |state| !state.has_frame);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if !state.has_frame {
            return Err(Error::new(
                ErrorKind::TimedOut,
                format!("Windows has not handed over a first picture of the display {}", screen.monitor.name),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_found_and_nothing_far_from_it() {
        let before = Picture::new(Size { width: 200, height: 100 }).unwrap();
        assert_eq!(differences(&before, &before), []);
        let mut after = before.clone();
        after.fill(Rect::new(10, 5, 3, 2), [1, 2, 3, 255]);
        after.fill(Rect::new(199, 99, 1, 1), [9; 4]);
        assert_eq!(differences(&before, &after), [Rect::new(10, 0, 3, 32), Rect::new(199, 96, 1, 4)]);
    }
}
