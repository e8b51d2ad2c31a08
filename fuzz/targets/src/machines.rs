//! The machines: bytes are a script of what happens to one, and the rules of `deskwire-machine` are checked all the way.
//! They come with what stands around them from the conformance tests of their crates.
#![allow(clippy::unwrap_used, clippy::panic, reason = "what breaks a rule panics")]

use deskwire_conformance::FuzzTarget;
use deskwire_sim::scenarios::{ADVERSARY_ONLY, check};

#[path = "../../../core/node/tests/conformance.rs"]
pub(crate) mod node;
#[path = "../../../core/punch/tests/conformance.rs"]
pub(crate) mod punch;
#[path = "../../../core/relay/tests/conformance.rs"]
pub(crate) mod relay;
#[path = "../../../core/rendezvous/tests/conformance.rs"]
pub(crate) mod rendezvous;
#[path = "../../../core/session/tests/conformance.rs"]
pub(crate) mod session;
#[path = "../../../core/transport/tests/conformance.rs"]
pub(crate) mod transport;

/// Whole sessions in the simulated network.
pub(crate) const SCENARIOS: &[FuzzTarget] = &[
    // All that can go wrong.
    ("scenarios", check),
    // Somebody on a line, and nothing else.
    ("adversaries", |bytes| check(&[&[ADVERSARY_ONLY], bytes].concat())),
];
