#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod client;
pub mod server;

pub use client::{ClientClosed, ClientConfig, ClientEvent, ClientState, RelayClient};
pub use server::{Server, ServerConfig, ServerEvent, ServerLimits};

/// What carries packets between a client and a relay.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Over {
    /// Datagrams.
    Udp,
    /// A TCP connection.
    Tcp,
}
