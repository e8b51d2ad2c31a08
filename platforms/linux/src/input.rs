//! Input through XTEST.

use std::collections::BTreeMap;

use deskwire_platform::{Error, ErrorKind, InputSink};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::Point;
use deskwire_wire::screen::{Button, Display, InputEvent, Keysym};
use enigo::{Axis, Coordinate, Direction, Enigo, InputError, Key, Keyboard, Mouse, Settings};
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::ConnectionExt as _;
use x11rb::protocol::xtest;

use crate::connection::{OrLost, Server};
use crate::keysyms::{SHIFT, SHIFT_RIGHT, keysym_of};
use crate::monitors::{self, Naming};

/// Most notches of one scroll event: more is no scrolling.
const MAX_NOTCHES: i16 = 100;

/// Injects input into an X display.
pub struct X11Input {
    enigo: Enigo,
    displays: Vec<Display>,
    /// Keys that are down, with their keycode where we chose it.
    keys: Vec<(Keysym, Option<u16>)>,
    buttons: Vec<Button>,
    /// Keycodes that give a keysym when Shift is down.
    shifted: BTreeMap<Keysym, u16>,
}

impl X11Input {
    /// Opens `display` (for example `:0`), or `$DISPLAY`.
    ///
    /// # Errors
    /// `Unavailable` or `Denied` when it cannot be opened, `Unsupported` when it lacks XTEST or has no spare keycode.
    pub fn open(display: Option<&str>) -> Result<Self, Error> {
        // Opened by ourselves first, because our errors say what is missing.
        let server = Server::open(display)?;
        server.require(xtest::X11_EXTENSION_NAME, "to inject input")?;
        server.require("RANDR", "to list the monitors")?;
        let displays = monitors::list(&server, &mut Naming::default(), true)?;
        let shifted = shifted_keys(&server)?;
        let settings = Settings {
            x11_display: display.map(str::to_owned),
            // Held keys are ours to let go of, so that enigo's drop has nothing to do.
            release_keys_when_dropped: false,
            ..Settings::default()
        };
        let enigo = Enigo::new(&settings).map_err(|error| {
            Error::new(
                ErrorKind::Unsupported,
                format!("input cannot be injected into the X display ({error})"),
                "check that the keyboard map has spare keycodes (xmodmap -pke)",
            )
        })?;
        Ok(Self { enigo, displays, keys: Vec::new(), buttons: Vec::new(), shifted })
    }

    fn on_desktop(&self, display: DisplayId, at: Point) -> Result<(i32, i32), Error> {
        let area = self.displays.iter().find(|d| d.id == display).map(|d| d.area).ok_or_else(|| {
            Error::new(
                ErrorKind::UnknownDisplay,
                format!("the pointer cannot go to display {}, which is not there", display.0),
                "read the list of displays again",
            )
        })?;
        let place = |n: i32, start: u32, len: u32| {
            let last = i64::from(len).saturating_sub(1).max(0);
            i32::try_from(i64::from(start) + i64::from(n).clamp(0, last)).unwrap_or(i32::MAX)
        };
        Ok((place(at.x, area.x, area.width), place(at.y, area.y, area.height)))
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

    fn key(&mut self, key: Keysym, pressed: bool) -> Result<(), Error> {
        let held = self.keys.iter().position(|(have, _)| *have == key).map(|at| self.keys.remove(at));
        let code = match held {
            Some((_, code)) => code,
            // With Shift down the key that has the keysym on its second level is the right one; enigo looks at the
            // first only and would put the keysym on a spare key.
            None if self.is_shifted() => self.shifted.get(&key).copied(),
            None => None,
        };
        if pressed {
            self.keys.push((key, code));
        }
        match code {
            Some(code) => self.enigo.raw(code, direction(pressed)).map_err(failed),
            None => self.enigo.key(Key::Other(key.0), direction(pressed)).map_err(failed),
        }
    }

    fn is_shifted(&self) -> bool {
        self.keys.iter().any(|(key, _)| matches!(*key, SHIFT | SHIFT_RIGHT))
    }

    fn text(&mut self, text: &str) -> Result<(), Error> {
        for character in text.chars() {
            let code = self.shifted.get(&keysym_of(character)).copied().filter(|_| !self.is_shifted());
            match code {
                Some(code) => {
                    self.enigo.key(Key::Other(SHIFT.0), Direction::Press).map_err(failed)?;
                    let typed = self.enigo.raw(code, Direction::Click).map_err(failed);
                    self.enigo.key(Key::Other(SHIFT.0), Direction::Release).map_err(failed)?;
                    typed?;
                }
                None if matches!(character, '\n' | '\r') => {
                    self.enigo.key(Key::Return, Direction::Click).map_err(failed)?;
                }
                None if character == '\t' => self.enigo.key(Key::Tab, Direction::Click).map_err(failed)?,
                // Other control characters are no text.
                None if character.is_control() => {}
                None => self.enigo.key(Key::Unicode(character), Direction::Click).map_err(failed)?,
            }
        }
        Ok(())
    }
}

impl InputSink for X11Input {
    fn set_displays(&mut self, displays: &[Display]) {
        self.displays = displays.to_vec();
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
                format!("X cannot do the input {other:?}"),
                "update this program",
            )),
        }
    }

    fn release_all(&mut self) -> Result<(), Error> {
        let mut result = Ok(());
        while let Some(&(key, _)) = self.keys.last() {
            result = self.key(key, false).and(result);
        }
        while let Some(button) = self.buttons.pop() {
            result = self.button(button, false).and(result);
        }
        result
    }
}

impl Drop for X11Input {
    fn drop(&mut self) {
        // If the server has gone there is nothing held either.
        let _ = self.release_all();
    }
}

const fn direction(pressed: bool) -> Direction {
    if pressed { Direction::Press } else { Direction::Release }
}

/// What the keys give with Shift, where that differs from what they give without.
fn shifted_keys(server: &Server) -> Result<BTreeMap<Keysym, u16>, Error> {
    let setup = server.conn.setup();
    let (first, count) = (setup.min_keycode, setup.max_keycode - setup.min_keycode + 1);
    let map = server.conn.get_keyboard_mapping(first, count).or_lost()?.reply().or_lost()?;
    let columns = usize::from(map.keysyms_per_keycode.max(1));
    let mut shifted = BTreeMap::new();
    for (code, keysyms) in (u16::from(first)..).zip(map.keysyms.chunks(columns)) {
        if let &[plain, with_shift, ..] = keysyms
            && with_shift != x11rb::NONE
            && with_shift != plain
        {
            shifted.entry(Keysym(with_shift)).or_insert(code);
        }
    }
    // What a key gives without Shift is pressed without.
    for plain in map.keysyms.chunks(columns).filter_map(|keysyms| keysyms.first()) {
        shifted.remove(&Keysym(*plain));
    }
    Ok(shifted)
}

fn failed(error: InputError) -> Error {
    match error {
        InputError::Simulate(_) => Error::new(
            ErrorKind::Lost,
            format!("the X server did not take the input ({error})"),
            "open the display again when the session is back",
        ),
        _ => Error::new(
            ErrorKind::Unsupported,
            format!("the X server cannot do the input ({error})"),
            "paste the text instead of typing it",
        ),
    }
}
