//! From egui's keys to X11 keysyms.

use deskwire_core::wire::screen::{Button, Keysym};
use eframe::egui::{Key, Modifiers, PointerButton};

/// Whether a modifier is held.
type IsHeld = fn(&Modifiers) -> bool;

/// The keysyms of the modifier keys, in the order in which they are pressed.
const MODIFIERS: [(IsHeld, Keysym); 4] = [
    (|m| m.ctrl, Keysym(0xffe3)),
    (|m| m.alt, Keysym(0xffe9)),
    (|m| m.shift, Keysym(0xffe1)),
    (|m| m.mac_cmd, Keysym(0xffeb)),
];

/// Presses and releases that lead from the modifiers `held` to `wanted`.
pub(crate) fn modifier_changes(held: &Modifiers, wanted: &Modifiers) -> Vec<(Keysym, bool)> {
    MODIFIERS
        .iter()
        .filter(|(is, _)| is(held) != is(wanted))
        .map(|(is, keysym)| (*keysym, is(wanted)))
        .collect()
}

/// The keysym of a key that makes no text of its own, or that is pressed together with Ctrl, Alt or Command.
pub(crate) fn keysym(key: Key, modifiers: &Modifiers) -> Option<Keysym> {
    let fixed = match key {
        Key::ArrowDown => 0xff54,
        Key::ArrowLeft => 0xff51,
        Key::ArrowRight => 0xff53,
        Key::ArrowUp => 0xff52,
        Key::Escape => 0xff1b,
        Key::Tab => 0xff09,
        Key::Backspace => 0xff08,
        Key::Enter => 0xff0d,
        Key::Insert => 0xff63,
        Key::Delete => 0xffff,
        Key::Home => 0xff50,
        Key::End => 0xff57,
        Key::PageUp => 0xff55,
        Key::PageDown => 0xff56,
        Key::F1 => 0xffbe,
        Key::F2 => 0xffbf,
        Key::F3 => 0xffc0,
        Key::F4 => 0xffc1,
        Key::F5 => 0xffc2,
        Key::F6 => 0xffc3,
        Key::F7 => 0xffc4,
        Key::F8 => 0xffc5,
        Key::F9 => 0xffc6,
        Key::F10 => 0xffc7,
        Key::F11 => 0xffc8,
        Key::F12 => 0xffc9,
        _ => 0,
    };
    if fixed != 0 {
        return Some(Keysym(fixed));
    }
    // Text comes as text; only shortcuts need the key itself.
    if !(modifiers.ctrl || modifiers.alt || modifiers.mac_cmd) {
        return None;
    }
    let mut letters = key.symbol_or_name().chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => Some(Keysym(unicode(letter.to_ascii_lowercase()))),
        _ if key == Key::Space => Some(Keysym(0x20)),
        _ => None,
    }
}

fn unicode(letter: char) -> u32 {
    let code = u32::from(letter);
    if code < 0x100 { code } else { 0x0100_0000 + code }
}

/// Our name of a mouse button.
pub(crate) const fn button(button: PointerButton) -> Button {
    match button {
        PointerButton::Primary => Button::Left,
        PointerButton::Secondary => Button::Right,
        PointerButton::Middle => Button::Middle,
        PointerButton::Extra1 => Button::Back,
        PointerButton::Extra2 => Button::Forward,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_keys_only_in_shortcuts() {
        assert_eq!(keysym(Key::C, &Modifiers::NONE), None);
        assert_eq!(keysym(Key::C, &Modifiers::CTRL), Some(Keysym(u32::from('c'))));
        assert_eq!(keysym(Key::Enter, &Modifiers::NONE), Some(Keysym(0xff0d)));
    }

    #[test]
    fn modifiers_are_pressed_and_released_once() {
        let both = Modifiers { ctrl: true, shift: true, ..Modifiers::NONE };
        assert_eq!(
            modifier_changes(&Modifiers::NONE, &both),
            [(Keysym(0xffe3), true), (Keysym(0xffe1), true)]
        );
        assert_eq!(modifier_changes(&both, &both), []);
        assert_eq!(modifier_changes(&both, &Modifiers::CTRL), [(Keysym(0xffe1), false)]);
    }
}
