//! What `cargo xtask codegen` made from `spec/schema`; not edited by hand.
#![allow(
    missing_docs,
    unreachable_pub,
    elided_lifetimes_in_paths,
    unused,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::use_self,
    clippy::panic,
    clippy::unwrap_used,
    clippy::or_fun_call,
    reason = "generated code"
)]

pub(crate) mod punch_capnp;
pub(crate) mod relay_capnp;
pub(crate) mod rendezvous_capnp;
pub(crate) mod session_capnp;
pub(crate) mod video_capnp;
