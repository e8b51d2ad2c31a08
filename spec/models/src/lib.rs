#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod dial;
pub mod recovery;
pub mod registration;
