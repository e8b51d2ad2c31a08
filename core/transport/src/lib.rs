#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod aead;
mod channels;
mod config;
mod crypto;
mod engine;
mod entropy;
mod event;
mod keys;
mod meter;
mod packets;
mod paths;
mod stats;
mod time;
mod transport;
mod watch;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use aead::{AeadKind, NotAuthentic, PacketAead, TAG};
pub use config::{AnswerConfig, Config, DialConfig, Limits, Timing};
pub use event::{Closed, Established, Event};
pub use paths::PathKind;
pub use stats::{PathStats, Stats};
pub use time::TimeBase;
pub use transport::Transport;
