#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod bell;
pub mod capture;
pub mod clipboard;
pub mod contract;
pub mod cursor;
pub mod damage;
pub mod error;
pub mod input;
pub mod picture;
pub mod sound;
pub mod video;
pub mod wake;

pub use bell::Bell;
pub use capture::{Capture, Changes, Frame};
pub use clipboard::Clipboard;
pub use cursor::CursorSource;
pub use damage::Damage;
pub use error::{Error, ErrorKind};
pub use input::InputSink;
pub use picture::Picture;
pub use sound::{SoundSink, SoundSource};
pub use video::{EncoderCaps, EncoderConfig, Packet, VideoDecoder, VideoEncoder};
pub use wake::{EventSource, Wake, Waker};
