//! The key handshake HS1.
