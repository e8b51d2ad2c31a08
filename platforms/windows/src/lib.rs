#![doc = include_str!("../README.md")]
#![cfg(windows)]

mod capture;
mod clipboard;
mod cursor;
mod displays;
mod input;
mod keys;
pub mod service;
mod sys;

pub use capture::WindowsCapture;
pub use clipboard::WindowsClipboard;
pub use cursor::WindowsCursor;
pub use displays::displays;
pub use input::WindowsInput;
