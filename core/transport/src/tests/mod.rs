//! Whole transports against each other.

mod channels;
mod gaps;
mod handshake;
mod hostile;
mod lines;
mod paths;
mod promotion;
