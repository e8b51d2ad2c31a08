#![doc = include_str!("../README.md")]
//!
//! # Example
//!
//! Two transports in one process, joined by a loss-free wire without delay.
//!
//! ```
//! use deskwire_handshake::{HostConfig, ViewerConfig};
//! use deskwire_identity::IdentityKey;
//! use deskwire_machine::{ChannelSpec, Ecn, Input, Instant, LinkIds, Machine, Seed, StreamBuf};
//! use deskwire_transport::{AnswerConfig, Config, DialConfig, Event, TimeBase, Transport};
//!
//! # fn config(seed: u8) -> Config {
//! #     // The one look at a clock: which instant it is makes no difference.
//! #     Config::new(Seed::new([seed; 32]), LinkIds::new(), TimeBase::new(std::time::Instant::now()))
//! # }
//! let now = Instant::from_micros(0);
//! let (viewer_config, host_config) = (config(1), config(2));
//! let links = [viewer_config.ids.allocate(), host_config.ids.allocate()];
//! let host_key = IdentityKey::from_bytes(&[3; 32]);
//! let viewer = Transport::dial(now, DialConfig {
//!     handshake: ViewerConfig {
//!         target: None,
//!         expected_host_key: Some(host_key.public()),
//!         server_fingerprint: None,
//!         introduction: None,
//!         introduction_secret: None,
//!         identity: IdentityKey::from_bytes(&[4; 32]),
//!         transport_parameters: vec![],
//!         seed: Seed::new([5; 32]),
//!     },
//!     config: viewer_config,
//! });
//! let host = Transport::answer(now, AnswerConfig {
//!     handshake: HostConfig {
//!         id: None,
//!         server_fingerprint: None,
//!         introduction: None,
//!         introduction_secret: None,
//!         identity: host_key,
//!         transport_parameters: vec![],
//!         seed: Seed::new([6; 32]),
//!     },
//!     retry: true,
//!     config: host_config,
//! });
//!
//! let mut ends = [viewer, host];
//! let address = "[::1]:1".parse().unwrap();
//! for (end, link) in ends.iter_mut().zip(links) {
//!     end.handle_input(now, Input::Opened { link, local: address, max_datagram: 1_452 });
//! }
//! // Carries packets both ways until nobody has more to say, and notes what was said.
//! let mut run = |ends: &mut [Transport; 2]| -> Vec<(usize, Event)> {
//!     let (mut said, mut buf, mut idle) = (vec![], vec![], 0);
//!     for side in [0, 1].into_iter().cycle() {
//!         idle += 1;
//!         while ends[side].poll_output(now, &mut buf).is_some() {
//!             let link = links[1 - side];
//!             ends[1 - side].handle_input(now, Input::Datagram { link, from: address, ecn: Ecn::NotEct, data: &mut buf });
//!             buf.clear();
//!             idle = 0;
//!         }
//!         said.extend(std::iter::from_fn(|| ends[side].poll_event()).map(|event| (side, event)));
//!         if idle == 2 {
//!             break;
//!         }
//!     }
//!     said
//! };
//! let said = run(&mut ends);
//! assert_eq!(said.iter().filter(|(_, event)| matches!(event, Event::Established(_))).count(), 2);
//!
//! let channel = ends[0].open_channel(ChannelSpec { bidirectional: true, priority: 0 }).unwrap();
//! assert_eq!(ends[0].write_channel(channel, b"hello"), 5);
//! let readable = run(&mut ends).into_iter().find_map(|(side, event)| match event {
//!     Event::ChannelReadable { channel } => Some((side, channel)),
//!     _ => None,
//! });
//! let (side, channel) = readable.unwrap();
//! let mut buf = StreamBuf::new();
//! ends[side].read_channel(channel, &mut buf, 1_000);
//! assert_eq!(buf.readable(), b"hello");
//! ```
#![forbid(unsafe_code)]

mod aead;
mod channels;
mod config;
mod crypto;
mod engine;
mod entropy;
mod event;
mod filters;
mod greeting;
mod judge;
mod keys;
mod meter;
mod narrow;
mod packets;
mod paths;
mod quality;
mod recent;
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
pub use stats::{Pace, PathStats, Stats};
pub use time::TimeBase;
pub use transport::Transport;

use deskwire_machine::{State as _, StateTable};

/// The states of this crate's machines and the moves between them.
pub const STATES: &[StateTable] = &[transport::Phase::TABLE, paths::Phase::TABLE];
