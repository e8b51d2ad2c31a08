#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod access;
mod bell;
mod canvas;
pub mod child;
mod clipboard;
pub mod code;
mod codec;
pub mod config;
pub mod desktop;
pub mod doctor;
pub mod exit;
pub mod files;
pub mod host;
pub mod keystore;
pub mod links;
pub mod log;
pub mod mapping;
pub mod names;
pub mod net;
pub mod picture;
#[cfg(feature = "recording")]
mod pointer;
pub mod qr;
#[cfg(feature = "recording")]
pub mod record;
pub mod relays;
pub mod search;
#[cfg(test)]
mod secrets;
pub mod sound;
pub mod stack;
pub mod state;
pub mod text;
pub mod viewer;
pub mod why;

/// Bytes from the system's generator.
///
/// # Panics
/// When the system has no randomness to give: nothing safe can be done without it.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system's random generator works");
    bytes
}
