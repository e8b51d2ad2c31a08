//! Relay client and server machines.
