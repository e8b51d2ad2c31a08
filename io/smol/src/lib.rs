//! Deskwire driver adapter for smol.
