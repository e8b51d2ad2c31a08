#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod adversary;
mod faults;
mod hash;
mod heap;
mod host;
mod nat;
mod net;
mod pipe;
mod predicate;
mod process;
pub mod scenarios;
pub mod sessions;
mod sockets;
mod tcp;
mod traffic;
mod world;

pub use adversary::Powers;
pub use host::ClockSkew;
pub use nat::{Dependence, Nat, NatConfig, PortChoice, Protocol};
pub use net::{HostId, NetId};
pub use pipe::{Burst, Line};
pub use predicate::{Access, Expected, direct_possible, expected, wilson};
pub use process::{Application, Boot, Recorded};
pub use world::{World, WorldStats};
