//! Whole transports against each other.

mod channels;
mod handshake;
mod hostile;
mod paths;
