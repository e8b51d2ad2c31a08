//! The world's behaviour, seen by small machines.

mod faults;
mod nat;
mod probe;
mod tcp;
