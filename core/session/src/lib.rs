//! Host and viewer session machines.
