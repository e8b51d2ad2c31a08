#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod addresses;
mod admin;
mod ask;
mod cli;
mod config;
mod control;
mod drain;
mod error;
mod log;
mod metrics;
mod nodes;
mod ports;
mod run;
mod websocket;

pub use cli::main;
