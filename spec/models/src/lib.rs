#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod registration;
pub mod recovery;
