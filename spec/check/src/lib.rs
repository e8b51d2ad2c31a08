//! Replays the protocol's test vectors against the crates.
