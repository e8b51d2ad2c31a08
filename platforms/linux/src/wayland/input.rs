//! Input into a Wayland desktop, through its portal.

use std::sync::Arc;

use ashpd::desktop::remote_desktop::Axis;
use deskwire_platform::{Error, ErrorKind, InputSink};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::Point;
use deskwire_wire::screen::{Button, Display, InputEvent, Keysym};

use super::portal::{Order, Portal};
use super::screens::Screens;
use crate::keysyms::{RETURN, SHIFT, TAB, keysym_of};

/// Most notches of one scroll event: more is no scrolling.
const MAX_NOTCHES: i16 = 100;

/// Injects input into the monitors that a Wayland desktop shares.
#[derive(Debug)]
pub struct WaylandInput {
    screens: Arc<Screens>,
    portal: Arc<Portal>,
    /// Keys and buttons that are down.
    keys: Vec<Keysym>,
    buttons: Vec<Button>,
}

impl WaylandInput {
    pub(super) fn new(screens: &Arc<Screens>, portal: &Arc<Portal>) -> Self {
        let mut input = Self {
            screens: Arc::clone(screens),
            portal: Arc::clone(portal),
            keys: Vec::new(),
            buttons: Vec::new(),
        };
        // The compositor makes its virtual keyboard with the first key, and programs may miss that one: let it be a
        // key that does nothing.
        for pressed in [true, false] {
            input.key(SHIFT, pressed);
        }
        input
    }

    fn motion(&self, display: DisplayId, at: Point) -> Result<Order, Error> {
        let inner = self.screens.lock();
        let screen = inner.screens.get(&display).ok_or_else(|| {
            Error::new(
                ErrorKind::UnknownDisplay,
                format!("the pointer cannot go to display {}, which is not there", display.0),
                "read the list of displays again",
            )
        })?;
        // A little into the pixel: the same pixel whether the desktop rounds or cuts off.
        let place = |n: i32, pixels: u32, units: u32| {
            let last = i32::try_from(pixels).unwrap_or(i32::MAX).saturating_sub(1).max(0);
            (f64::from(n.clamp(0, last)) + 0.25) * f64::from(units) / f64::from(pixels.max(1))
        };
        let (pixels, units) = (screen.display.area.size(), screen.logical);
        let x = place(at.x, pixels.width, units.width);
        let y = place(at.y, pixels.height, units.height);
        Ok(Order::Move { node: screen.node, x, y })
    }

    fn key(&mut self, key: Keysym, pressed: bool) {
        self.keys.retain(|have| *have != key);
        if pressed {
            self.keys.push(key);
        }
        self.portal.order(Order::Key { keysym: i32::try_from(key.0).unwrap_or(0), pressed });
    }

    fn button(&mut self, button: Button, pressed: bool) {
        // From input-event-codes.h: BTN_LEFT and those that follow it.
        let code = match button {
            Button::Left => 0x110,
            Button::Right => 0x111,
            Button::Middle => 0x112,
            Button::Back => 0x113,
            Button::Forward => 0x114,
        };
        self.buttons.retain(|have| *have != button);
        if pressed {
            self.buttons.push(button);
        }
        self.portal.order(Order::Button { code, pressed });
    }
}

impl InputSink for WaylandInput {
    /// The same displays as the capture has: they come from the same place.
    fn set_displays(&mut self, _displays: &[Display]) {}

    fn inject(&mut self, event: &InputEvent) -> Result<(), Error> {
        self.screens.lock().check()?;
        match event {
            InputEvent::PointerMove { display, at } => {
                let order = self.motion(*display, *at)?;
                self.portal.order(order);
            }
            InputEvent::Button { button, pressed } => self.button(*button, *pressed),
            InputEvent::Scroll { x, y } => {
                for (notches, axis) in [(*x, Axis::Horizontal), (*y, Axis::Vertical)] {
                    if notches != 0 {
                        let notches = notches.clamp(-MAX_NOTCHES, MAX_NOTCHES).into();
                        self.portal.order(Order::Scroll { axis, notches });
                    }
                }
            }
            InputEvent::Key { key, pressed } => self.key(*key, *pressed),
            InputEvent::Text(text) => {
                for character in text.chars() {
                    let key = match character {
                        '\n' | '\r' => RETURN,
                        '\t' => TAB,
                        // Other control characters are no text.
                        other if other.is_control() => continue,
                        other => keysym_of(other),
                    };
                    self.key(key, true);
                    self.key(key, false);
                }
            }
            other => {
                return Err(Error::new(
                    ErrorKind::Unsupported,
                    format!("the portal cannot do the input {other:?}"),
                    "update this program",
                ));
            }
        }
        // What is told was refused earlier: this event has gone all the same, for it may be the end of a key.
        self.screens.lock().check_input()
    }

    fn release_all(&mut self) -> Result<(), Error> {
        while let Some(&key) = self.keys.last() {
            self.key(key, false);
        }
        while let Some(&button) = self.buttons.last() {
            self.button(button, false);
        }
        Ok(())
    }
}

impl Drop for WaylandInput {
    fn drop(&mut self) {
        // If the desktop has gone there is nothing held either.
        let _ = self.release_all();
    }
}
