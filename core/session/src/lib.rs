#![doc = include_str!("../README.md")]
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
mod pake;
pub mod table;
mod timing;
mod viewer;

pub use budget::{ChargeResult, LoginBudget, MAX_WRONG, WINDOW_S};
pub use code::{CodeError, OneTimeCode};
pub use ended::{Ended, Rejected};
pub use host::{HostConfig, HostEvent, HostSession, HostStats, Ticket};
pub use limits::{Limits, priority};
pub use viewer::{ViewerConfig, ViewerEvent, ViewerSession, ViewerStats};
