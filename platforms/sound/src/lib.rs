#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

#[cfg(feature = "devices")]
mod devices;
mod opus;
mod shorten;
mod wav;

#[cfg(feature = "devices")]
pub use devices::{Microphone, Played, Speaker};
pub use opus::{SoundDecoder, SoundEncoder};
pub use shorten::Shorten;
pub use wav::{WavFile, read_wav};
