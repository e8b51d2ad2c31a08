#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod addrs;
mod backend;
mod clock;
mod command;
mod config;
mod error;
mod hub;
mod link;
mod perform;
mod reason;
mod serve;
mod signal;
mod socket;
mod stream;
#[cfg(feature = "testing")]
pub mod testing;
mod udp;

pub use addrs::interface_addresses;
pub use backend::{Backend, Interest};
pub use clock::Clock;
pub use command::Handle;
pub use config::{HubConfig, HubStats};
pub use error::{CommandError, DriverError};
pub use hub::{Hub, Turn};
pub use signal::Signal;

#[doc(no_inline)]
pub use socket2::Socket;
