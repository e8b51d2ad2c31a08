#![doc = include_str!("../README.md")]
//!
//! # Example
//!
//! Two machines with public addresses:
//!
//! ```
//! use std::time::Duration;
//!
//! use deskwire_identity::Secret64;
//! use deskwire_machine::{IfAddr, Input, Instant, LinkIds, Machine, Seed};
//! use deskwire_punch::{PunchConfig, PunchEvent, Puncher};
//! use deskwire_wire::ids::Role;
//!
//! let mut now = Instant::ZERO;
//! let socket = LinkIds::new().allocate();
//! let at = ["203.0.113.1:4000", "203.0.113.2:4000"].map(|text| text.parse::<std::net::SocketAddr>().unwrap());
//! let mut sides = [Role::Viewer, Role::Host].map(|role| {
//!     let local = at[role as usize];
//!     // Both sides know the exporter secret of their session.
//!     let config = PunchConfig::new(role, Secret64::new([7; 64]), None, Seed::new([role as u8; 32]));
//!     let mut puncher = Puncher::new(now, config);
//!     puncher.handle_input(now, Input::Opened { link: socket, local, max_datagram: 1472 });
//!     let addrs = [IfAddr { addr: local.ip(), prefix: 24, metered: false }];
//!     puncher.handle_input(now, Input::NetworkChanged { addrs: &addrs });
//!     puncher.start(now, Duration::from_millis(10));
//!     puncher
//! });
//! let mut found = 0;
//! while found < 2 {
//!     for i in [0, 1] {
//!         while let Some(event) = sides[i].poll_event() {
//!             match event {
//!                 // Travels inside the session.
//!                 PunchEvent::Send(bytes) => sides[1 - i].handle_message(now, &bytes),
//!                 PunchEvent::PathFound { remote, .. } => {
//!                     assert_eq!(remote, at[1 - i]);
//!                     found += 1;
//!                 }
//!                 other => panic!("{other:?}"),
//!             }
//!         }
//!         let mut bytes = Vec::new();
//!         while sides[i].poll_output(now, &mut bytes).is_some() {
//!             assert!(sides[1 - i].owns(&bytes));
//!             let (from, ecn) = (at[i], Default::default());
//!             let datagram = Input::Datagram { link: socket, from, ecn, data: &mut bytes };
//!             sides[1 - i].handle_input(now, datagram);
//!             bytes.clear();
//!         }
//!     }
//!     now += Duration::from_millis(5);
//!     sides.iter_mut().for_each(|side| side.handle_timeout(now));
//! }
//! ```
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod candidate;
mod config;
pub mod filter;
mod nat;
pub mod odds;
mod pace;
mod ports;
pub mod probe;
mod puncher;
mod report;
pub mod words;

pub use candidate::Candidate;
pub use config::{PunchConfig, PunchEvent, PunchLimits, PunchStats, PunchTiming};
pub use filter::{Forbidden, Situation};
pub use nat::{Observation, Reflexive, classify};
pub use puncher::{PunchState, Puncher};
pub use report::{Pair, Report, Side, TcpPair, TcpReport, Verdict};

pub use deskwire_wire::punch::{CandidateKind, Filtering, Forecast, Mapping, PunchCandidate, Strategy};

use deskwire_machine::StateTable;

/// The states of this crate's machines and the moves between them.
pub const STATES: &[StateTable] = &[puncher::STATES[0], puncher::STATES[1], puncher::STATES[2]];
