//! Whole transports against each other.

mod handshake;
