//! The world's behaviour, seen by small machines.

#![allow(clippy::unwrap_used, reason = "tests and their helpers")]

mod faults;
mod nat;
mod probe;
mod tcp;
