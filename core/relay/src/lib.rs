#![doc = include_str!("../README.md")]
//!
//! # Example
//!
//! A client takes a place:
//!
//! ```
//! use deskwire_identity::{IdentityKey, RelayToken};
//! use deskwire_machine::{Ecn, Input, Instant, LinkIds, Machine, Output, Seed};
//! use deskwire_relay::{ClientConfig, ClientEvent, RelayClient, Server, ServerConfig, ServerLimits};
//! use deskwire_wire::ids::{IntroductionId, RelayId, Role};
//!
//! let now = Instant::ZERO;
//! let rendezvous = IdentityKey::from_bytes(&[1; 32]);
//! let relay_at = "198.51.100.1:21117".parse().unwrap();
//! let mut server = Server::new(now, ServerConfig {
//!     udp: vec!["0.0.0.0:21117".parse().unwrap()],
//!     tcp: vec![],
//!     websocket: vec![],
//!     relay: RelayId(1),
//!     server_key: rendezvous.public(),
//!     unix_s: 1_800_000_000,
//!     report: None,
//!     limits: ServerLimits::default(),
//!     seed: Seed::new([2; 32]),
//!     ids: LinkIds::new(),
//! });
//! let Some(Output::Open { link: listener, .. }) = server.poll_output(now, &mut Vec::new()) else { panic!() };
//! server.handle_input(now, Input::Opened { link: listener, local: relay_at, max_datagram: 1472 });
//!
//! let token = RelayToken {
//!     relay: RelayId(1),
//!     introduction: IntroductionId([9; 32]),
//!     role: Role::Viewer,
//!     not_before: 1_800_000_000,
//!     expires: 1_800_000_060,
//!     longest_s: 3600,
//!     rate_bytes_per_s: 0,
//!     byte_cap: 0,
//!     key_id: 1,
//! };
//! let ids = LinkIds::new();
//! let socket = ids.allocate();
//! let client_at = "203.0.113.7:5000".parse().unwrap();
//! let config = ClientConfig::new(vec![relay_at], token.sign(&rendezvous), Seed::new([3; 32]), ids);
//! let mut client = RelayClient::new(now, config);
//! client.handle_input(now, Input::Opened { link: socket, local: client_at, max_datagram: 1472 });
//!
//! let (mut bytes, mut answer) = (Vec::new(), Vec::new());
//! while client.poll_output(now, &mut bytes).is_some() {
//!     let ecn = Ecn::NotEct;
//!     server.handle_input(now, Input::Datagram { link: listener, from: client_at, ecn, data: &mut bytes });
//!     while server.poll_output(now, &mut answer).is_some() {
//!         assert!(client.owns(socket, relay_at, &answer));
//!         client.handle_input(now, Input::Datagram { link: socket, from: relay_at, ecn, data: &mut answer });
//!         answer.clear();
//!     }
//!     bytes.clear();
//! }
//! assert!(matches!(client.poll_event(), Some(ClientEvent::Ready { max_datagram: 1452, .. })));
//! ```
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod client;
pub mod probe;
pub mod server;

pub use client::{ClientClosed, ClientConfig, ClientEvent, ClientState, RelayClient};
pub use deskwire_wire::Over;
pub use probe::{Measured, ProbeConfig, RelayProbe};
pub use server::{Server, ServerConfig, ServerEvent, ServerLimits};

use deskwire_machine::StateTable;

/// The states of this crate's machines and the moves between them.
pub const STATES: &[StateTable] = &[client::STATES, server::STATES[0], server::STATES[1]];
