#![doc = include_str!("../README.md")]
#![cfg(target_os = "linux")]

mod capture;
mod clipboard;
mod concealed;
mod connection;
mod cursor;
mod input;
mod keysyms;
mod mark;
mod monitors;
mod sys;
#[cfg(feature = "wayland")]
mod wayland;

pub use capture::X11Capture;
pub use clipboard::X11Clipboard;
pub use cursor::X11Cursor;
pub use input::X11Input;
pub use mark::X11Mark;
#[cfg(feature = "wayland")]
pub use wayland::{Ask, WaylandCapture, WaylandCursor, WaylandDesktop, WaylandInput};
