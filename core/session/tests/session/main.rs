//! Both machines against each other over reliable streams in virtual time.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod close;
mod harness;
mod login;
mod model;
mod painter;
mod permissions;
mod rubbish;
mod sharing;
mod sound;
mod video;
mod ways;

#[global_allocator]
static ALLOCATOR: deskwire_conformance::CountingAllocator = deskwire_conformance::CountingAllocator;
