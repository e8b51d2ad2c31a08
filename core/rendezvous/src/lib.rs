//! Rendezvous client and server machines.
