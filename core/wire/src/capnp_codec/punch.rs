//! How punch messages look as Cap'n Proto.
