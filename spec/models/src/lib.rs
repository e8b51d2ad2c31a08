#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod recovery;
pub mod registration;
