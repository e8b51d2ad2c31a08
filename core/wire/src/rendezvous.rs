//! Placeholder of the rendezvous messages.
