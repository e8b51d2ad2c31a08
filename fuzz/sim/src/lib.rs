//! A network simulator for Deskwire machines.
