//! Input through SendInput.

use deskwire_platform::{Error, ErrorKind, InputSink};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::Point;
use deskwire_wire::screen::{Button, Display, InputEvent, Keysym};
use enigo::{Axis, Direction, Enigo, InputError, Key, Keyboard, Mouse, Settings};

use crate::{displays, keys, sys};

/// Most notches of one scroll event: more is no scrolling.
const MAX_NOTCHES: i16 = 100;

/// Injects input into this session.
pub struct WindowsInput {
    enigo: Enigo,
    displays: Vec<Display>,
    /// Where the desktop begins, in Windows' places.
    origin: (i32, i32),
    keys: Vec<(Keysym, Key)>,
    buttons: Vec<Button>,
}

impl WindowsInput {
    /// Opens it.
    ///
    /// # Errors
    /// `Unavailable` when this session has no display.
    pub fn open() -> Result<Self, Error> {
        let settings = Settings { release_keys_when_dropped: false, ..Settings::default() };
        let enigo = Enigo::new(&settings).map_err(|error| {
            Error::new(
                ErrorKind::Unavailable,
                format!("Windows takes no input from this program ({error})"),
                "run this in the session of a user who is logged in",
            )
        })?;
        let displays = displays::displays()?;
        let origin = displays::origin(&sys::monitors());
        Ok(Self { enigo, displays, origin, keys: Vec::new(), buttons: Vec::new() })
    }

    /// A point of a display as Windows counts, brought to the display's edge.
    fn on_desktop(&self, id: DisplayId, at: Point) -> Result<(i32, i32), Error> {
        let Some(area) = self.displays.iter().find(|display| display.id == id).map(|display| display.area)
        else {
            return Err(Error::new(
                ErrorKind::UnknownDisplay,
                format!("there is no display {}", id.0),
                "read the list of displays again",
            ));
        };
        let place = |n: i32, start: u32, side: u32, origin: i32| {
            let within = u32::try_from(n).unwrap_or(0).min(side.saturating_sub(1));
            i32::try_from(start.saturating_add(within)).unwrap_or(i32::MAX).saturating_add(origin)
        };
        Ok((place(at.x, area.x, area.width, self.origin.0), place(at.y, area.y, area.height, self.origin.1)))
    }

    fn button(&mut self, button: Button, pressed: bool) -> Result<(), Error> {
        let name = match button {
            Button::Left => enigo::Button::Left,
            Button::Middle => enigo::Button::Middle,
            Button::Right => enigo::Button::Right,
            Button::Back => enigo::Button::Back,
            Button::Forward => enigo::Button::Forward,
        };
        self.buttons.retain(|have| *have != button);
        if pressed {
            self.buttons.push(button);
        }
        self.enigo.button(name, direction(pressed)).map_err(failed)
    }

    fn key(&mut self, keysym: Keysym, pressed: bool) -> Result<(), Error> {
        let held = self.keys.iter().position(|(have, _)| *have == keysym).map(|at| self.keys.remove(at));
        let key = held.map(|(_, key)| key).or_else(|| keys::key(keysym)).ok_or_else(|| {
            Error::new(
                ErrorKind::Unsupported,
                format!("Windows has no key for the keysym {:#x}", keysym.0),
                "paste the text instead of typing it",
            )
        })?;
        if pressed {
            self.keys.push((keysym, key));
        }
        self.enigo.key(key, direction(pressed)).map_err(failed)
    }

    fn text(&mut self, text: &str) -> Result<(), Error> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        // Line ends and tabs are keys; other control characters are no text.
        for piece in text.split_inclusive(['\n', '\t']) {
            let plain: String = piece.chars().filter(|character| !character.is_control()).collect();
            if !plain.is_empty() {
                self.enigo.text(&plain).map_err(failed)?;
            }
            let end = match piece.chars().next_back() {
                Some('\n') => Some(Key::Return),
                Some('\t') => Some(Key::Tab),
                _ => None,
            };
            if let Some(end) = end {
                self.enigo.key(end, Direction::Click).map_err(failed)?;
            }
        }
        Ok(())
    }
}

impl InputSink for WindowsInput {
    fn set_displays(&mut self, displays: &[Display]) {
        self.displays = displays.to_vec();
        self.origin = displays::origin(&sys::monitors());
    }

    fn inject(&mut self, event: &InputEvent) -> Result<(), Error> {
        match event {
            InputEvent::PointerMove { display, at } => {
                let (x, y) = self.on_desktop(*display, *at)?;
                // Not by enigo, which counts in parts of the primary display.
                sys::set_pointer(x, y).map_err(|error| refused(&error))
            }
            InputEvent::Button { button, pressed } => self.button(*button, *pressed),
            InputEvent::Scroll { x, y } => {
                for (steps, axis) in [(*x, Axis::Horizontal), (*y, Axis::Vertical)] {
                    if steps != 0 {
                        let steps = steps.clamp(-MAX_NOTCHES, MAX_NOTCHES);
                        self.enigo.scroll(steps.into(), axis).map_err(failed)?;
                    }
                }
                Ok(())
            }
            InputEvent::Key { key, pressed } => self.key(*key, *pressed),
            InputEvent::Text(text) => self.text(text),
            other => Err(Error::new(
                ErrorKind::Unsupported,
                format!("Windows cannot do the input {other:?}"),
                "update this program",
            )),
        }
    }

    fn release_all(&mut self) -> Result<(), Error> {
        let mut result = Ok(());
        while let Some(&(keysym, _)) = self.keys.last() {
            result = self.key(keysym, false).and(result);
        }
        while let Some(button) = self.buttons.pop() {
            result = self.button(button, false).and(result);
        }
        result
    }
}

impl Drop for WindowsInput {
    fn drop(&mut self) {
        // If the session has gone there is nothing held either.
        let _ = self.release_all();
    }
}

const fn direction(pressed: bool) -> Direction {
    if pressed { Direction::Press } else { Direction::Release }
}

fn failed(error: InputError) -> Error {
    match error {
        InputError::Simulate(_) => refused(&error),
        _ => Error::new(
            ErrorKind::Unsupported,
            format!("Windows cannot do the input ({error})"),
            "paste the text instead of typing it",
        ),
    }
}

/// Windows keeps input from windows of higher rights and from its own questions.
fn refused(error: &dyn std::fmt::Display) -> Error {
    Error::new(
        ErrorKind::Denied,
        format!("Windows did not take the input ({error})"),
        "run the host as administrator to reach windows of administrators",
    )
}
