#![doc = include_str!("../README.md")]
#![cfg(target_os = "macos")]

mod capture;
mod clipboard;
mod cursor;
mod displays;
mod input;
mod keys;
pub mod permissions;
mod sys;

pub use capture::MacCapture;
pub use clipboard::MacClipboard;
pub use cursor::MacCursor;
pub use displays::displays;
pub use input::MacInput;
