//! How frame updates look as Cap'n Proto.
