#![doc = include_str!("../README.md")]

mod aom;
mod colour;
mod rav1d;

pub use aom::AomEncoder;
pub use rav1d::Rav1dDecoder;
