//! Whole transports against each other.

mod channels;
mod datagrams;
mod gaps;
mod handshake;
mod hostile;
mod lines;
mod packets;
mod paths;
mod promotion;
mod roles;
