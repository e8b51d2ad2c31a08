//! How rendezvous messages look as Cap'n Proto.
