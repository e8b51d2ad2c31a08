//! The registry of a Deskwire server in SQLite.
