#![doc = include_str!("../README.md")]
//!
//! A login, with both machines in one place. Their channels would be a transport's; here bytes are handed across:
//!
//! ```
//! use deskwire_identity::{IdentityKey, Secret};
//! use deskwire_machine::{Input, Instant, LinkId, LinkIds, Machine, Output, Seed, StreamBuf};
//! use deskwire_session::{
//!     Credential, HostConfig, HostEvent, HostSession, Limits, LoginBudget, LoginOffer, ViewerConfig, ViewerSession,
//! };
//!
//! let now = Instant::ZERO;
//! let mut rng = Seed::new([1; 32]).secret();
//! let viewer_key = IdentityKey::generate(&mut rng).public();
//! let host_key = IdentityKey::generate(&mut rng).public();
//! let mut host = HostSession::new(now, HostConfig {
//!     seed: Seed::new([2; 32]), ids: LinkIds::new(), limits: Limits::default(), exporter: Secret::new([7; 64]),
//!     viewer_key, host_key, login: LoginOffer { code: Some("482 913".parse()?), ..LoginOffer::default() },
//! });
//! let mut viewer = ViewerSession::new(now, ViewerConfig {
//!     seed: Seed::new([3; 32]), ids: LinkIds::new(), limits: Limits::default(), exporter: Secret::new([7; 64]),
//!     viewer_key, host_key,
//! });
//! viewer.log_in(now, Credential::Code("482913".parse()?))?;
//!
//! let mut budget = LoginBudget::default(); // kept on disk by a real host
//! let ids = LinkIds::new();
//! let (mut buf, mut control) = (Vec::new(), None);
//! while !viewer.is_active() {
//!     while let Some(output) = viewer.poll_output(now, &mut buf) {
//!         match output {
//!             Output::Open { link, .. } => {
//!                 let there = ids.allocate();
//!                 control.get_or_insert((link, there));
//!                 let remote = "0.0.0.0:0".parse()?;
//!                 let listener = LinkId::TRANSPORT;
//!                 host.handle_input(now, Input::Accepted { listener, link: there, remote });
//!             }
//!             Output::Stream { link } if control.is_some_and(|(own, _)| own == link) => {
//!                 let link = control.unwrap().1;
//!                 host.handle_input(now, Input::Stream { link, data: &mut StreamBuf::from(&buf[..]) });
//!             }
//!             _ => {}
//!         }
//!         buf.clear();
//!     }
//!     while let Some(event) = host.poll_event() {
//!         match event {
//!             HostEvent::ChargeAttempt { ticket, method } => {
//!                 host.attempt_charged(now, ticket, budget.charge(method, 1_800_000_000));
//!             }
//!             HostEvent::RefundAttempt { method, .. } => budget.refund(method),
//!             _ => {}
//!         }
//!     }
//!     while host.poll_output(now, &mut buf).is_some() {
//!         let link = control.unwrap().0;
//!         viewer.handle_input(now, Input::Stream { link, data: &mut StreamBuf::from(&buf[..]) });
//!         buf.clear();
//!     }
//! }
//! assert!(host.is_active() && budget == LoginBudget::default());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod budget;
mod channel;
mod clipboard;
mod code;
mod cursor;
mod ended;
mod flow;
mod held;
mod host;
mod limits;
mod motion;
mod offer;
mod pake;
mod password;
mod quality;
mod sound;
pub mod table;
mod timing;
mod viewer;

pub use budget::{Attempts, ChargeResult, LoginBudget, MAX_WAIT_S, MAX_WRONG, QUESTION_WAIT_S, WINDOW_S};
pub use code::{CodeError, OneTimeCode};
pub use ended::{Ended, Rejected};
pub use host::{FramePace, HostConfig, HostEvent, HostSession, HostStats, SecondFactorResult, Ticket};
pub use limits::{Limits, priority};
pub use motion::{Motion, Plan};
pub use offer::{Grants, LoginOffer, LoginTerms};
pub use password::{BadParams, PasswordKey, StretchedPassword, stretch};
pub use sound::{LipSync, Play, SoundArrival, SoundBuffer, SoundStats};
pub use viewer::{Credential, ViewerConfig, ViewerEvent, ViewerSession, ViewerStats};

use deskwire_machine::StateTable;

/// The states of this crate's machines and the moves between them.
pub const STATES: &[StateTable] = &[host::STATES, viewer::STATES];
