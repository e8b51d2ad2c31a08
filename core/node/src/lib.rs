#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

extern crate alloc;

mod channels;
mod config;
mod connection;
mod event;
mod nearby;
mod node;
mod punching;
mod session;
mod socket;

pub use config::{Config, Host, Limits, OfferToAll, Offers, Server};
pub use event::{ConnectionEnd, ConnectionEvent, ConnectionId, NodeEvent, Path, Phase, ServerProblem};
pub use node::{ConnectionStats, Dial, DialError, Node};

pub use deskwire_identity as identity;
pub use deskwire_machine as machine;
pub use deskwire_punch as punch;
pub use deskwire_session as sessions;
pub use deskwire_transport as transport;
pub use deskwire_wire as wire;

use deskwire_machine::{State as _, StateTable};

/// The states of this crate's machines and the moves between them.
pub const STATES: &[StateTable] = &[event::Phase::TABLE];
