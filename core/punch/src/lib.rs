#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod candidate;
mod config;
pub mod filter;
mod nat;
mod pace;
pub mod probe;
mod puncher;

pub use candidate::Candidate;
pub use config::{PunchConfig, PunchEvent, PunchLimits, PunchStats, PunchTiming, Report, Tried};
pub use filter::{Forbidden, Situation};
pub use nat::{Observation, Reflexive, classify};
pub use puncher::{PunchState, Puncher};

pub use deskwire_wire::punch::{CandidateKind, Mapping};
