//! Placeholder of the punch messages.
