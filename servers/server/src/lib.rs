#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod addresses;
mod admin;
mod cli;
mod config;
mod error;
mod log;
mod metrics;
mod nodes;
mod ports;
mod run;
mod websocket;

pub use cli::main;
