//! HS1 under honest, broken and hostile peers.

mod flips;
mod fragments;
mod hostile;
mod network;
mod run;
mod support;
