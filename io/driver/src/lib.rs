#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod addrs;
mod backend;
mod clock;
mod command;
mod config;
mod error;
mod greet;
mod hub;
mod link;
#[cfg(test)]
mod memory_tests;
mod network;
mod perform;
mod proxy;
mod reason;
mod resolve;
mod serve;
mod signal;
mod socket;
mod stream;
#[cfg(feature = "testing")]
pub mod testing;
mod tls;
mod trouble;
mod tunnel;
mod udp;
mod websocket;

pub use addrs::interface_addresses;
pub use backend::{Backend, Interest};
pub use clock::Clock;
pub use command::Handle;
pub use config::{HubConfig, HubStats};
pub use error::{CommandError, DriverError};
pub use hub::{Hub, Turn};
pub use proxy::{Proxy, ProxyError};
pub use signal::Signal;
pub use tls::{TlsError, TlsIdentity, TlsTrust};
pub use trouble::{OnTrouble, Trouble};
pub use websocket::WebSocketPolicy;

#[doc(no_inline)]
pub use socket2::Socket;
