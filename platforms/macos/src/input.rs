//! Input through events of Core Graphics.

use deskwire_platform::{Error, ErrorKind, InputSink};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::Point;
use deskwire_wire::screen::{Button, Display, InputEvent, Keysym};
use enigo::{Axis, Coordinate, Direction, Enigo, InputError, Key, Keyboard, Mouse, Settings};

use crate::displays::{self, Screen};
use crate::keys;

/// Most notches of one scroll event: more is no scrolling.
const MAX_NOTCHES: i16 = 100;

/// Injects input into this session.
pub struct MacInput {
    enigo: Enigo,
    displays: Vec<Display>,
    screens: Vec<(DisplayId, Screen)>,
    keys: Vec<(Keysym, Key)>,
    buttons: Vec<Button>,
}

impl MacInput {
    /// Opens it; the system asks its user for the permission if there is none.
    ///
    /// # Errors
    /// `Denied` when the user does not permit this program to control the computer.
    pub fn open() -> Result<Self, Error> {
        let settings = Settings { release_keys_when_dropped: false, ..Settings::default() };
        let enigo = Enigo::new(&settings).map_err(|error| {
            Error::new(
                ErrorKind::Denied,
                format!("macOS takes no input from this program ({error})"),
                "permit it under System Settings, Privacy & Security, Accessibility",
            )
        })?;
        let (displays, screens) = (Vec::new(), Vec::new());
        let mut input = Self { enigo, displays, screens, keys: Vec::new(), buttons: Vec::new() };
        input.set_displays(&displays::displays()?);
        Ok(input)
    }

    /// A point of a display in points of the desktop, brought to the display's edge.
    fn on_desktop(&self, id: DisplayId, at: Point) -> Result<(i32, i32), Error> {
        let display = self.displays.iter().find(|display| display.id == id);
        let screen = self.screens.iter().find(|(have, _)| *have == id);
        let (Some(display), Some((_, screen))) = (display, screen) else {
            return Err(Error::new(
                ErrorKind::UnknownDisplay,
                format!("there is no display {}", id.0),
                "read the list of displays again",
            ));
        };
        let place = |n: i32, side: u32, start: f64| {
            let within = u32::try_from(n).unwrap_or(0).min(side.saturating_sub(1));
            // A cast of a float stays within the bounds of the whole number.
            (start + f64::from(within) / screen.scale) as i32
        };
        Ok((place(at.x, display.area.width, screen.left), place(at.y, display.area.height, screen.top)))
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
                format!("macOS has no key for the keysym {:#x}", keysym.0),
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

impl InputSink for MacInput {
    fn set_displays(&mut self, displays: &[Display]) {
        self.displays = displays.to_vec();
        // Without displays no point is on one.
        let list = displays::list().unwrap_or_default();
        self.screens = list.into_iter().map(|(display, screen)| (display.id, screen)).collect();
    }

    fn inject(&mut self, event: &InputEvent) -> Result<(), Error> {
        match event {
            InputEvent::PointerMove { display, at } => {
                let (x, y) = self.on_desktop(*display, *at)?;
                self.enigo.move_mouse(x, y, Coordinate::Abs).map_err(failed)
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
                format!("macOS cannot do the input {other:?}"),
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

impl Drop for MacInput {
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
            format!("macOS cannot do the input ({error})"),
            "paste the text instead of typing it",
        ),
    }
}

fn refused(error: &dyn std::fmt::Display) -> Error {
    Error::new(
        ErrorKind::Denied,
        format!("macOS did not take the input ({error})"),
        "permit it under System Settings, Privacy & Security, Accessibility",
    )
}
