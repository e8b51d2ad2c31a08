#![doc = include_str!("../README.md")]
//!
//! ```
//! use deskwire_handshake::{Handshake, HostConfig, Step, ViewerConfig};
//! use deskwire_identity::IdentityKey;
//! use deskwire_machine::Seed;
//!
//! let host_key = IdentityKey::from_bytes(&[1; 32]);
//! let mut viewer = Handshake::viewer(ViewerConfig {
//!     target: None,
//!     expected_host_key: Some(host_key.public()),
//!     server_fingerprint: None,
//!     introduction: None,
//!     introduction_secret: None,
//!     identity: IdentityKey::from_bytes(&[2; 32]),
//!     transport_parameters: vec![],
//!     seed: Seed::new([3; 32]),
//! });
//! let mut host = Handshake::host(HostConfig {
//!     id: None,
//!     server_fingerprint: None,
//!     introduction: None,
//!     introduction_secret: None,
//!     identity: host_key,
//!     transport_parameters: vec![],
//!     seed: Seed::new([4; 32]),
//! });
//! // What the transport does: carry messages, install keys in the order in which they come.
//! let pass_on = |from: &mut Handshake, to: &mut Handshake| {
//!     while let Some(step) = from.poll() {
//!         match step {
//!             Step::Send { level, bytes } => to.read(level, &bytes)?,
//!             Step::Keys { .. } | Step::Established(_) => {}
//!         }
//!     }
//!     Ok::<(), deskwire_handshake::HandshakeError>(())
//! };
//! while !(viewer.is_established() && host.is_established()) {
//!     pass_on(&mut viewer, &mut host)?;
//!     pass_on(&mut host, &mut viewer)?;
//! }
//! # Ok::<(), deskwire_handshake::HandshakeError>(())
//! ```
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

#[cfg(test)]
mod attacker_tests;
mod config;
mod error;
mod exchange;
mod handshake;
mod host;
mod message;
mod schedule;
mod viewer;

pub use config::{HostConfig, ViewerConfig};
pub use deskwire_identity::{Secret, Secret64};
pub use error::{HandshakeError, Misuse};
pub use handshake::{Established, Handshake, Level, Secrets, Step};
pub use message::{MAX_TRANSPORT_PARAMETERS, Message};
pub use schedule::{PacketKeys, initial_secrets, next_secret, packet_keys, packet_nonce};

use deskwire_machine::StateTable;

/// The states of this crate's machines and the moves between them.
pub const STATES: &[StateTable] = &[handshake::STATES];
