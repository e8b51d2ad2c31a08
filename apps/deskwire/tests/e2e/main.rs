//! The whole product with its real programs: servers, hosts and viewers as processes on loopback, desktops under Xvfb.
//!
//! Each test has a folder, a desktop and a server of its own, so all of them run side by side. They wait for what is to
//! happen, each with a deadline that only a failure reaches.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail like tests")]

mod abuse;
mod asking;
mod claims;
mod codes;
mod connect;
mod demo;
mod displays;
mod endings;
mod example;
mod fallbacks;
mod headless;
mod input;
mod keystore;
mod names;
mod picture;
mod recording;
mod relays;
mod rubbish;
mod service;
mod sound;
mod support;
mod wayland;
mod ways;
mod wine;
mod words;
