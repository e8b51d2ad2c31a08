//! The runtime-free driver of Deskwire machines.
