//! Domain types, messages and their codec.
//!
//! Machines speak plain Rust enums; how they look on the wire is known only in here (Cap'n Proto, schemas in
//! `spec/schema`). Control messages decode into owned, bounded values; media payloads are borrowed from the frame.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod capnp_codec;
pub mod codec;
pub mod frame;
#[rustfmt::skip]
mod generated;
pub mod ids;
mod over;
pub mod picture;
pub mod punch;
pub mod relay;
pub mod rendezvous;
pub mod screen;
pub mod session;
pub mod sound;
pub mod video;

pub use capnp_codec::CapnProto;
pub use codec::{Codec, DecodeError, EncodeError};
pub use over::Over;
