//! Keys by the names that X11 gave them (keysymdef.h), which Wayland uses as well.

use deskwire_wire::screen::Keysym;

/// `Shift_L`.
pub(crate) const SHIFT: Keysym = Keysym(0xffe1);
/// `Shift_R`.
pub(crate) const SHIFT_RIGHT: Keysym = Keysym(0xffe2);
/// `Return`.
#[cfg(feature = "wayland")]
pub(crate) const RETURN: Keysym = Keysym(0xff0d);
/// `Tab`.
#[cfg(feature = "wayland")]
pub(crate) const TAB: Keysym = Keysym(0xff09);

/// The keysym of a character: Latin-1 is its own number.
pub(crate) fn keysym_of(character: char) -> Keysym {
    let number = u32::from(character);
    Keysym(if number < 0x100 { number } else { 0x0100_0000 + number })
}
