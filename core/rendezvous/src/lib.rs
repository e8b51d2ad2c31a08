#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod client;
mod exchange;
pub mod server;
mod timers;

pub use client::{Client, ClientConfig, ClientEvent};
pub use server::{Server, ServerConfig, ServerEvent};
