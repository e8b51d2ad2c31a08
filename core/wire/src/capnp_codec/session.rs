//! How session messages look as Cap'n Proto.
