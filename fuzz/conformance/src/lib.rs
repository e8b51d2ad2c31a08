//! The conformance suite every Deskwire machine passes.
