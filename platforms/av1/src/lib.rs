#![doc = include_str!("../README.md")]

mod aom;
mod colour;
mod rav1d;
#[cfg(feature = "svt")]
pub mod svt;

pub use aom::AomEncoder;
pub use rav1d::Rav1dDecoder;
#[cfg(feature = "svt")]
pub use svt::{RecordingConfig, SvtEncoder, SvtRecorder, TimedPacket};
