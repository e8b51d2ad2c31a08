//! The Deskwire server: rendezvous and relay.
