//! The shared state of one synthetic desktop.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use deskwire_platform::clipboard::MAX_TEXT;
use deskwire_platform::{Damage, Error, ErrorKind, Picture, Waker};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::{Point, Rect, Size};
use deskwire_wire::screen::{CursorPosition, CursorShape, Display, InputEvent};

use crate::{SyntheticCapture, SyntheticClipboard, SyntheticCursor, SyntheticInput};

/// A desktop in memory. Clones are the same desktop.
#[derive(Clone)]
pub struct Screen {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
pub(crate) struct State {
    pub(crate) displays: BTreeMap<DisplayId, DisplayState>,
    /// Counts changes of the list of displays.
    pub(crate) layout: u64,
    pub(crate) cursor_shape: Option<CursorShape>,
    pub(crate) cursor: Option<CursorPosition>,
    pub(crate) injected: Vec<InputEvent>,
    pub(crate) clipboard: Option<String>,
    /// Counts copies by other programs.
    pub(crate) copies: u64,
    /// Counts everything; whoever waits, waits for it to move on.
    pub(crate) changes: u64,
    wakers: BTreeMap<u64, Waker>,
    next_source: u64,
}

pub(crate) struct DisplayState {
    pub(crate) display: Display,
    pub(crate) picture: Picture,
    /// Painted since the last grab, per capture.
    pub(crate) damage: BTreeMap<u64, Damage>,
}

impl Screen {
    /// A desktop with displays of these sizes, side by side, all black.
    ///
    /// # Errors
    /// `Invalid` for a size that is not allowed.
    pub fn new(sizes: &[Size]) -> Result<Self, Error> {
        let mut state = State { clipboard: None, ..State::default() };
        let mut left = 0;
        for (number, &size) in (0u32..).zip(sizes) {
            let id = DisplayId(number);
            let area = Rect::new(left, 0, size.width, size.height);
            let display = Display {
                id,
                name: format!("SYNTHETIC-{number}"),
                area,
                scale_percent: 100,
                primary: number == 0,
            };
            let picture = Picture::new(size)?;
            state.displays.insert(id, DisplayState { display, picture, damage: BTreeMap::new() });
            left += size.width;
        }
        state.cursor_shape = Some(arrow());
        state.cursor = state.displays.keys().next().map(|&display| CursorPosition {
            display,
            at: Point { x: 0, y: 0 },
            visible: true,
        });
        Ok(Self { shared: Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new() }) })
    }

    /// A capture of this desktop. Several may exist; each has its own damage.
    pub fn capture(&self) -> SyntheticCapture {
        SyntheticCapture::new(self.clone())
    }

    /// Its pointer.
    pub fn cursor(&self) -> SyntheticCursor {
        SyntheticCursor::new(self.clone())
    }

    /// A sink that records what is injected; it also moves the pointer.
    pub fn input(&self) -> SyntheticInput {
        SyntheticInput::new(self.clone())
    }

    /// Its clipboard.
    pub fn clipboard(&self) -> SyntheticClipboard {
        SyntheticClipboard::new(self.clone())
    }

    /// The displays.
    pub fn displays(&self) -> Vec<Display> {
        self.lock().displays.values().map(|d| d.display.clone()).collect()
    }

    /// Changes the picture of a display with `paint`, which returns what it changed.
    ///
    /// # Errors
    /// `UnknownDisplay`.
    pub fn paint(
        &self,
        display: DisplayId,
        paint: impl FnOnce(&mut Picture) -> Vec<Rect>,
    ) -> Result<(), Error> {
        self.change(|state| {
            let target = state.displays.get_mut(&display).ok_or_else(|| unknown_display(display))?;
            let painted = paint(&mut target.picture);
            for damage in target.damage.values_mut() {
                damage.extend(painted.iter().copied());
                damage.clip(target.picture.size());
            }
            Ok(())
        })
    }

    /// A copy of what a display shows.
    ///
    /// # Errors
    /// `UnknownDisplay`.
    pub fn picture(&self, display: DisplayId) -> Result<Picture, Error> {
        let state = self.lock();
        state.displays.get(&display).map(|d| d.picture.clone()).ok_or_else(|| unknown_display(display))
    }

    /// Gives a display another size. Its picture becomes black.
    ///
    /// # Errors
    /// `UnknownDisplay`, or `Invalid` for a size that is not allowed.
    pub fn resize(&self, display: DisplayId, size: Size) -> Result<(), Error> {
        let picture = Picture::new(size)?;
        self.change(|state| {
            let target = state.displays.get_mut(&display).ok_or_else(|| unknown_display(display))?;
            target.picture = picture;
            target.display.area.width = size.width;
            target.display.area.height = size.height;
            for damage in target.damage.values_mut() {
                damage.set(Rect::of_size(size));
            }
            state.layout += 1;
            Ok(())
        })
    }

    /// Gives the pointer another shape.
    pub fn set_cursor_shape(&self, shape: CursorShape) {
        self.change(|state| state.cursor_shape = Some(shape));
    }

    /// Moves the pointer, as the host's own user.
    pub fn move_cursor(&self, position: CursorPosition) {
        self.change(|state| state.cursor = Some(position));
    }

    /// What was injected since the last call.
    pub fn take_injected(&self) -> Vec<InputEvent> {
        std::mem::take(&mut self.lock().injected)
    }

    /// Copies text as another program of this desktop. Text over the limit is cut away whole.
    pub fn copy(&self, text: &str) {
        self.change(|state| {
            state.clipboard = (text.len() <= MAX_TEXT).then(|| text.to_owned());
            state.copies += 1;
        });
    }

    /// Pastes as another program of this desktop.
    pub fn paste(&self) -> Option<String> {
        self.lock().clipboard.clone()
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        // A test that panicked while it held the lock has failed already; the state itself is always whole.
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state and wakes everyone who waits for it.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.lock();
        let result = change(&mut state);
        state.changes += 1;
        let wakers: Vec<Waker> = state.wakers.values().cloned().collect();
        drop(state);
        self.shared.changed.notify_all();
        wakers.iter().for_each(|waker| waker());
        result
    }

    pub(crate) fn new_source(&self) -> u64 {
        let mut state = self.lock();
        state.next_source += 1;
        state.next_source
    }

    pub(crate) fn set_waker(&self, source: u64, waker: Option<Waker>) {
        let mut state = self.lock();
        match waker {
            Some(waker) => state.wakers.insert(source, waker),
            None => state.wakers.remove(&source),
        };
    }

    /// Waits until there are more changes than `seen`, or `longest` has passed; returns their number.
    pub(crate) fn wait(&self, seen: u64, longest: Duration) -> u64 {
        let state = self.lock();
        let waited = self.shared.changed.wait_timeout_while(state, longest, |state| state.changes <= seen);
        waited.unwrap_or_else(PoisonError::into_inner).0.changes
    }
}

pub(crate) fn unknown_display(display: DisplayId) -> Error {
    Error::new(
        ErrorKind::UnknownDisplay,
        format!("there is no display {}", display.0),
        "read the list of displays again",
    )
}

/// A plain arrow of 8 by 8 pixels with its point at the top left.
fn arrow() -> CursorShape {
    let rgba = (0..64u8).flat_map(|i| if i % 8 <= i / 8 { [255; 4] } else { [0; 4] }).collect();
    CursorShape { width: 8, height: 8, hot_spot: (0, 0), rgba }
}

/// Makes `$name` an event source by callback on its screen.
macro_rules! impl_event_source {
    ($name:ty) => {
        impl deskwire_platform::EventSource for $name {
            fn wake(&self) -> deskwire_platform::Wake<'_> {
                deskwire_platform::Wake::Callback
            }

            fn set_waker(&mut self, waker: Option<deskwire_platform::Waker>) {
                self.screen.set_waker(self.source, waker);
            }

            fn wait(&mut self, longest: std::time::Duration) -> Result<(), deskwire_platform::Error> {
                self.waited = self.screen.wait(self.waited, longest);
                Ok(())
            }
        }

        impl Drop for $name {
            fn drop(&mut self) {
                self.screen.set_waker(self.source, None);
                self.screen.forget(self.source);
            }
        }
    };
}
pub(crate) use impl_event_source;

impl Screen {
    /// Drops what was kept for one source.
    pub(crate) fn forget(&self, source: u64) {
        for display in self.lock().displays.values_mut() {
            display.damage.remove(&source);
        }
    }
}
