//! Recorded input.

use deskwire_platform::{Error, InputSink};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::Point;
use deskwire_wire::screen::{Button, CursorPosition, Display, InputEvent, Keysym};

use crate::Screen;
use crate::screen::unknown_display;

/// Records what is injected; [`Screen::take_injected`] reads it. Points are recorded as they took effect, at the edge
/// when they were outside.
pub struct SyntheticInput {
    screen: Screen,
    displays: Vec<Display>,
    keys: Vec<Keysym>,
    buttons: Vec<Button>,
}

impl SyntheticInput {
    pub(crate) fn new(screen: Screen) -> Self {
        let displays = screen.displays();
        Self { screen, displays, keys: Vec::new(), buttons: Vec::new() }
    }

    fn clamped(&self, display: DisplayId, at: Point) -> Result<Point, Error> {
        let area =
            self.displays.iter().find(|d| d.id == display).ok_or_else(|| unknown_display(display))?.area;
        let within = |n: i32, len: u32| n.clamp(0, i32::try_from(len).unwrap_or(i32::MAX) - 1);
        Ok(Point { x: within(at.x, area.width), y: within(at.y, area.height) })
    }
}

impl InputSink for SyntheticInput {
    fn set_displays(&mut self, displays: &[Display]) {
        self.displays = displays.to_vec();
    }

    fn inject(&mut self, event: &InputEvent) -> Result<(), Error> {
        let mut event = event.clone();
        match &mut event {
            InputEvent::PointerMove { display, at } => *at = self.clamped(*display, *at)?,
            InputEvent::Button { button, pressed } => note(&mut self.buttons, *button, *pressed),
            InputEvent::Key { key, pressed } => note(&mut self.keys, *key, *pressed),
            _ => {}
        }
        self.screen.change(|state| {
            if let InputEvent::PointerMove { display, at } = event {
                state.cursor = Some(CursorPosition { display, at, visible: true });
            }
            state.injected.push(event);
        });
        Ok(())
    }

    fn release_all(&mut self) -> Result<(), Error> {
        for key in std::mem::take(&mut self.keys).into_iter().rev() {
            self.inject(&InputEvent::Key { key, pressed: false })?;
        }
        for button in std::mem::take(&mut self.buttons).into_iter().rev() {
            self.inject(&InputEvent::Button { button, pressed: false })?;
        }
        Ok(())
    }
}

impl Drop for SyntheticInput {
    fn drop(&mut self) {
        // Recording cannot fail.
        let _ = self.release_all();
    }
}

fn note<T: PartialEq + Copy>(held: &mut Vec<T>, one: T, pressed: bool) {
    held.retain(|&have| have != one);
    if pressed {
        held.push(one);
    }
}
