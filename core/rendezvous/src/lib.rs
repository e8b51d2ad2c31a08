#![doc = include_str!("../README.md")]
//!
//! A client says hello once it has something to do and a socket to say it on:
//!
//! ```
//! use deskwire_identity::IdentityKey;
//! use deskwire_machine::{Input, Instant, Machine, Output, Seed};
//! use deskwire_rendezvous::client::{ServerAddress, Trust};
//! use deskwire_rendezvous::{Client, ClientConfig};
//!
//! let server = ServerAddress { main: "192.0.2.1:21116".parse()?, reflector: None };
//! let (me, its_key) = (IdentityKey::from_bytes(&[1; 32]), IdentityKey::from_bytes(&[2; 32]).public());
//! let config = ClientConfig::new(Seed::new([3; 32]), me, server, Trust::Key(its_key), 1_800_000_000);
//! let link = config.ids.allocate();
//! let now = Instant::from_micros(0);
//! let mut client = Client::new(now, config);
//! client.handle_input(now, Input::Opened { link, local: "10.0.0.2:5000".parse()?, max_datagram: 1_400 });
//! client.register(now);
//!
//! let mut bytes = Vec::new();
//! let output = client.poll_output(now, &mut bytes);
//! assert!(matches!(output, Some(Output::Datagram { to, .. }) if to == server.main));
//! assert_eq!(bytes.len(), 1_200); // No answer of the server is longer.
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod choice;
pub mod client;
mod exchange;
pub mod server;
mod timers;

pub use client::{Client, ClientConfig, ClientEvent};
pub use server::{Server, ServerConfig, ServerEvent};

use deskwire_machine::StateTable;

/// The states of this crate's machines and the moves between them.
pub const STATES: &[StateTable] = &[client::STATES[0], client::STATES[1], client::STATES[2], server::STATES];
