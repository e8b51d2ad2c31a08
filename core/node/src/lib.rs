//! Node and Connection: what a custom Deskwire client depends on.
