//! What the window's user did, as the host is told it.

use deskwire_core::wire::ids::DisplayId;
use deskwire_core::wire::picture::{Point, Size};
use deskwire_core::wire::screen::{InputEvent, Keysym};
use eframe::egui::{Event, Key, Modifiers, MouseWheelUnit, Pos2, Rect, Vec2};

use crate::keys;

/// Points of wheel movement that make one notch.
const POINTS_PER_NOTCH: f32 = 50.0;

/// Where the host's picture lies in the window.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placement {
    /// Which display it is.
    pub(crate) display: DisplayId,
    /// The rectangle of the window that shows it.
    pub(crate) shown: Rect,
    /// The picture's size in the host's pixels.
    pub(crate) size: Size,
}

impl Placement {
    /// The host's pixel below a point of the window; the nearest one if the point is outside.
    fn pixel(&self, at: Pos2) -> Point {
        let part = (at - self.shown.min) / self.shown.size().max(Vec2::splat(1.0));
        let along = |part: f32, pixels: u32| {
            let last = pixels.saturating_sub(1) as f32;
            (part * pixels as f32).floor().clamp(0.0, last) as i32
        };
        Point { x: along(part.x, self.size.width), y: along(part.y, self.size.height) }
    }
}

/// Turns window events into input for the host. Remembers which modifiers it has pressed there.
#[derive(Debug, Default)]
pub(crate) struct Translator {
    held: Modifiers,
    wheel: Vec2,
}

impl Translator {
    /// What the host is to be told about `events`. `over` says whether the pointer is on the picture.
    pub(crate) fn translate(
        &mut self,
        events: &[Event],
        placement: &Placement,
        over: bool,
    ) -> Vec<InputEvent> {
        let mut out = Vec::new();
        for event in events {
            match event {
                Event::PointerMoved(at) if over => {
                    out.push(InputEvent::PointerMove {
                        display: placement.display,
                        at: placement.pixel(*at),
                    });
                }
                // Releases count outside too, or a button would stay down on the host.
                Event::PointerButton { pos, button, pressed, modifiers } if over || !pressed => {
                    self.hold(modifiers, &mut out);
                    out.push(InputEvent::PointerMove {
                        display: placement.display,
                        at: placement.pixel(*pos),
                    });
                    out.push(InputEvent::Button { button: keys::button(*button), pressed: *pressed });
                }
                Event::MouseWheel { unit, delta, modifiers, .. } if over => {
                    self.hold(modifiers, &mut out);
                    self.scroll(*unit, *delta, &mut out);
                }
                Event::Text(text) => {
                    // The text is already what the modifiers made of it.
                    self.hold(&Modifiers::NONE, &mut out);
                    out.push(InputEvent::Text(text.clone()));
                }
                Event::Key { key, pressed, modifiers, .. } => {
                    if let Some(keysym) = keys::keysym(*key, modifiers) {
                        self.hold(modifiers, &mut out);
                        out.push(InputEvent::Key { key: keysym, pressed: *pressed });
                    }
                }
                // The window system keeps these keys to itself and tells only what they mean.
                Event::Copy => self.shortcut(Key::C, &mut out),
                Event::Cut => self.shortcut(Key::X, &mut out),
                Event::Paste(_) => self.shortcut(Key::V, &mut out),
                Event::ModifiersChanged(modifiers) if modifiers.is_none() => self.hold(modifiers, &mut out),
                Event::WindowFocused(false) => self.hold(&Modifiers::NONE, &mut out),
                _ => {}
            }
        }
        out
    }

    fn shortcut(&mut self, key: Key, out: &mut Vec<InputEvent>) {
        if let Some(keysym) = keys::keysym(key, &Modifiers::CTRL) {
            self.hold(&Modifiers::CTRL, out);
            press(keysym, out);
            self.hold(&Modifiers::NONE, out);
        }
    }

    fn hold(&mut self, wanted: &Modifiers, out: &mut Vec<InputEvent>) {
        out.extend(
            keys::modifier_changes(&self.held, wanted)
                .into_iter()
                .map(|(key, pressed)| InputEvent::Key { key, pressed }),
        );
        self.held = *wanted;
    }

    fn scroll(&mut self, unit: MouseWheelUnit, delta: Vec2, out: &mut Vec<InputEvent>) {
        self.wheel += match unit {
            MouseWheelUnit::Point => delta / POINTS_PER_NOTCH,
            MouseWheelUnit::Line => delta,
            MouseWheelUnit::Page => delta * 10.0,
        };
        // Whole notches go; what is left waits for the next movement. The host counts down and right as positive.
        let notches = Vec2::new(self.wheel.x.trunc(), self.wheel.y.trunc());
        self.wheel -= notches;
        if notches != Vec2::ZERO {
            out.push(InputEvent::Scroll { x: -notches.x as i16, y: -notches.y as i16 });
        }
    }
}

fn press(key: Keysym, out: &mut Vec<InputEvent>) {
    out.push(InputEvent::Key { key, pressed: true });
    out.push(InputEvent::Key { key, pressed: false });
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::pos2;

    fn placement() -> Placement {
        Placement {
            display: DisplayId(1),
            shown: Rect::from_min_max(pos2(100.0, 50.0), pos2(740.0, 410.0)),
            size: Size { width: 1280, height: 720 },
        }
    }

    #[test]
    fn points_of_the_window_become_pixels_of_the_host() {
        let placement = placement();
        assert_eq!(placement.pixel(pos2(100.0, 50.0)), Point { x: 0, y: 0 });
        assert_eq!(placement.pixel(pos2(420.0, 230.0)), Point { x: 640, y: 360 });
        assert_eq!(placement.pixel(pos2(9999.0, -5.0)), Point { x: 1279, y: 0 });
    }

    #[test]
    fn text_is_sent_without_the_shift_that_made_it() {
        let mut translator = Translator { held: Modifiers::SHIFT, ..Translator::default() };
        let out = translator.translate(&[Event::Text("A".into())], &placement(), true);
        assert_eq!(
            out,
            [InputEvent::Key { key: Keysym(0xffe1), pressed: false }, InputEvent::Text("A".into())]
        );
    }

    #[test]
    fn a_slow_wheel_adds_up_to_notches() {
        let mut translator = Translator::default();
        let turn = Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: Vec2::new(0.0, -30.0),
            phase: eframe::egui::TouchPhase::Move,
            source: eframe::egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        };
        let events = [turn.clone(), turn];
        assert_eq!(translator.translate(&events, &placement(), true), [InputEvent::Scroll { x: 0, y: 1 }]);
    }
}
