//! Domain types, messages and their codec.
//!
//! Machines speak plain Rust enums; how they look on the wire is known only in here (Cap'n Proto, schemas in
//! `spec/schema`). Control messages decode into owned, bounded values; media payloads are borrowed from the frame.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod codec;
pub mod frame;
pub mod ids;
pub mod picture;
pub mod screen;

pub use codec::{Codec, DecodeError, EncodeError};
