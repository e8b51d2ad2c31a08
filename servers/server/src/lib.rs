#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod addresses;
mod admin;
mod alternate;
#[cfg(unix)]
mod ask;
mod cli;
mod config;
#[cfg(unix)]
mod control;
#[cfg(not(unix))]
#[path = "control_absent.rs"]
mod control;
mod drain;
mod error;
mod files;
mod log;
mod metrics;
mod nodes;
mod ports;
mod run;
mod websocket;

pub use cli::main;
