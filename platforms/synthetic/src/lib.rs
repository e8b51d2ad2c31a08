#![doc = include_str!("../README.md")]
//!
//! ```
//! use deskwire_platform::Capture;
//! use deskwire_synthetic::{Motion, Pattern, Screen, read_counter};
//! use deskwire_wire::picture::Size;
//!
//! # fn main() -> Result<(), deskwire_platform::Error> {
//! let screen = Screen::new(&[Size { width: 640, height: 360 }])?;
//! let mut capture = screen.capture();
//! let display = capture.displays()[0].id;
//! let mut pattern = Pattern::new(display, Motion::Typing);
//! pattern.step(&screen)?;
//! assert_eq!(read_counter(capture.grab(display)?.picture), Some(1));
//! # Ok(()) }
//! ```
#![forbid(unsafe_code)]

mod capture;
mod clipboard;
mod cursor;
mod input;
pub mod mosaic;
mod pattern;
mod screen;

pub use capture::SyntheticCapture;
pub use clipboard::SyntheticClipboard;
pub use cursor::SyntheticCursor;
pub use input::SyntheticInput;
pub use pattern::{MARKER, Motion, Pattern, read_counter};
pub use screen::Screen;
