//! Placeholder of the session messages.
