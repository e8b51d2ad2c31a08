//! What the Deskwire programs share: configuration, host and viewer loops.
