//! Keysyms as the keys of a Mac.

use deskwire_wire::screen::Keysym;
use enigo::Key;

/// Keysyms that are no characters, and the virtual keys of macOS (`kVK_…` of Carbon's Events.h).
const KEYS: &[(u32, u32)] = &[
    (0xff08, 0x33), // BackSpace
    (0xff09, 0x30), // Tab
    (0xfe20, 0x30), // ISO_Left_Tab, which is Tab with Shift held
    (0xff0b, 0x47), // Clear
    (0xff0d, 0x24), // Return
    (0xff1b, 0x35), // Escape
    (0xff50, 0x73), // Home
    (0xff51, 0x7b), // Left
    (0xff52, 0x7e), // Up
    (0xff53, 0x7c), // Right
    (0xff54, 0x7d), // Down
    (0xff55, 0x74), // Page_Up
    (0xff56, 0x79), // Page_Down
    (0xff57, 0x77), // End
    (0xff63, 0x72), // Insert, where a Mac has Help
    (0xff6a, 0x72), // Help
    (0xff8d, 0x4c), // KP_Enter
    (0xffaa, 0x43), // KP_Multiply
    (0xffab, 0x45), // KP_Add
    (0xffad, 0x4e), // KP_Subtract
    (0xffae, 0x41), // KP_Decimal
    (0xffaf, 0x4b), // KP_Divide
    (0xffbd, 0x51), // KP_Equal
    (0xffe1, 0x38), // Shift_L
    (0xffe2, 0x3c), // Shift_R
    (0xffe3, 0x3b), // Control_L
    (0xffe4, 0x3e), // Control_R
    (0xffe5, 0x39), // Caps_Lock
    (0xffe7, 0x37), // Meta_L, which is Command
    (0xffe8, 0x36), // Meta_R
    (0xffe9, 0x3a), // Alt_L, which is Option
    (0xffea, 0x3d), // Alt_R
    (0xffeb, 0x37), // Super_L
    (0xffec, 0x36), // Super_R
    (0xfe03, 0x3d), // ISO_Level3_Shift
    (0xffff, 0x75), // Delete, forward
];

/// `F1` to `F20`.
const FUNCTIONS: [u32; 20] = [
    0x7a, 0x78, 0x63, 0x76, 0x60, 0x61, 0x62, 0x64, 0x65, 0x6d, 0x67, 0x6f, 0x69, 0x6b, 0x71, 0x6a, 0x40,
    0x4f, 0x50, 0x5a,
];
/// `KP_0` to `KP_9`.
const KEYPAD: [u32; 10] = [0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5b, 0x5c];

/// The key of a keysym, if a Mac has one.
pub(crate) fn key(keysym: Keysym) -> Option<Key> {
    let of = |keys: &[u32], code: u32, first: u32| {
        let at = usize::try_from(code.checked_sub(first)?).ok()?;
        keys.get(at).map(|key| Key::Other(*key))
    };
    match keysym.0 {
        code @ (0x20..=0x7e | 0xa0..=0xff) => char::from_u32(code).map(Key::Unicode),
        code @ 0x0100_0000..=0x0110_ffff => char::from_u32(code - 0x0100_0000).map(Key::Unicode),
        code @ 0xffb0..=0xffb9 => of(&KEYPAD, code, 0xffb0),
        code @ 0xffbe..=0xffd1 => of(&FUNCTIONS, code, 0xffbe),
        code => KEYS.iter().find(|(keysym, _)| *keysym == code).map(|(_, key)| Key::Other(*key)),
    }
}
