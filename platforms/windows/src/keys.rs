//! Keysyms as the keys of Windows.

use deskwire_wire::screen::Keysym;
use enigo::Key;

/// Keysyms that are no characters, and the virtual keys of Windows (`VK_…`).
const KEYS: &[(u32, u32)] = &[
    (0xff08, 0x08),      // BackSpace
    (0xff09, 0x09),      // Tab
    (0xfe20, 0x09),      // ISO_Left_Tab, which is Tab with Shift held
    (0xff0b, 0x0c),      // Clear
    (0xff0d, 0x0d),      // Return
    (0xff13, 0x13),      // Pause
    (0xff14, 0x91),      // Scroll_Lock
    (0xff1b, 0x1b),      // Escape
    (0xff50, 0x24),      // Home
    (0xff51, 0x25),      // Left
    (0xff52, 0x26),      // Up
    (0xff53, 0x27),      // Right
    (0xff54, 0x28),      // Down
    (0xff55, 0x21),      // Page_Up
    (0xff56, 0x22),      // Page_Down
    (0xff57, 0x23),      // End
    (0xff61, 0x2c),      // Print
    (0xff63, 0x2d),      // Insert
    (0xff67, 0x5d),      // Menu
    (0xff6a, 0x2f),      // Help
    (0xff7f, 0x90),      // Num_Lock
    (0xff8d, 0x0d),      // KP_Enter
    (0xff95, 0x24),      // KP_Home
    (0xff96, 0x25),      // KP_Left
    (0xff97, 0x26),      // KP_Up
    (0xff98, 0x27),      // KP_Right
    (0xff99, 0x28),      // KP_Down
    (0xff9a, 0x21),      // KP_Page_Up
    (0xff9b, 0x22),      // KP_Page_Down
    (0xff9c, 0x23),      // KP_End
    (0xff9d, 0x0c),      // KP_Begin
    (0xff9e, 0x2d),      // KP_Insert
    (0xff9f, 0x2e),      // KP_Delete
    (0xffaa, 0x6a),      // KP_Multiply
    (0xffab, 0x6b),      // KP_Add
    (0xffac, 0x6c),      // KP_Separator
    (0xffad, 0x6d),      // KP_Subtract
    (0xffae, 0x6e),      // KP_Decimal
    (0xffaf, 0x6f),      // KP_Divide
    (0xffe1, 0xa0),      // Shift_L
    (0xffe2, 0xa1),      // Shift_R
    (0xffe3, 0xa2),      // Control_L
    (0xffe4, 0xa3),      // Control_R
    (0xffe5, 0x14),      // Caps_Lock
    (0xffe7, 0x5b),      // Meta_L
    (0xffe8, 0x5c),      // Meta_R
    (0xffe9, 0xa4),      // Alt_L
    (0xffea, 0xa5),      // Alt_R
    (0xffeb, 0x5b),      // Super_L
    (0xffec, 0x5c),      // Super_R
    (0xfe03, 0xa5),      // ISO_Level3_Shift, the right Alt of many layouts
    (0xffff, 0x2e),      // Delete
    (0x1008_ff11, 0xae), // XF86AudioLowerVolume
    (0x1008_ff12, 0xad), // XF86AudioMute
    (0x1008_ff13, 0xaf), // XF86AudioRaiseVolume
    (0x1008_ff14, 0xb3), // XF86AudioPlay
    (0x1008_ff15, 0xb2), // XF86AudioStop
    (0x1008_ff16, 0xb1), // XF86AudioPrev
    (0x1008_ff17, 0xb0), // XF86AudioNext
];

/// The key of a keysym, if Windows has one.
pub(crate) fn key(keysym: Keysym) -> Option<Key> {
    match keysym.0 {
        code @ (0x20..=0x7e | 0xa0..=0xff) => char::from_u32(code).map(Key::Unicode),
        code @ 0x0100_0000..=0x0110_ffff => char::from_u32(code - 0x0100_0000).map(Key::Unicode),
        // KP_0 to KP_9, F1 to F24.
        code @ 0xffb0..=0xffb9 => Some(Key::Other(code - 0xffb0 + 0x60)),
        code @ 0xffbe..=0xffd5 => Some(Key::Other(code - 0xffbe + 0x70)),
        code => KEYS.iter().find(|(keysym, _)| *keysym == code).map(|(_, key)| Key::Other(*key)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keysyms_have_the_keys_of_windows() {
        assert_eq!(key(Keysym(0x61)), Some(Key::Unicode('a')));
        assert_eq!(key(Keysym(0x0100_20ac)), Some(Key::Unicode('€')));
        assert_eq!(key(Keysym(0xff0d)), Some(Key::Other(0x0d)));
        assert_eq!(key(Keysym(0xffc2)), Some(Key::Other(0x74)), "F5");
        assert_eq!(key(Keysym(0xffb7)), Some(Key::Other(0x67)), "KP_7");
        assert_eq!(key(Keysym(0xfe50)), None, "a dead key");
        let mut keysyms: Vec<u32> = KEYS.iter().map(|(keysym, _)| *keysym).collect();
        keysyms.sort_unstable();
        keysyms.dedup();
        assert_eq!(keysyms.len(), KEYS.len(), "one of them is there twice");
    }
}
