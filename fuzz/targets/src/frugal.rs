//! What a decoder may cost.

use deskwire_conformance::allocated_bytes;

/// A decoder may allocate this many bytes for each byte that it is given (as the tests of `deskwire-wire` say).
const FACTOR: u64 = 8;
/// A frame counts as no shorter than this: even a short one may unpack to 8 KiB, with as much made from it.
const SHORTEST: usize = 4_096;

/// Runs `decode` on `len` bytes and checks what it allocated, all in all and not at a time. Without the counting allocator
/// in the program it sees nothing.
pub(crate) fn frugal<T>(len: usize, decode: impl FnOnce() -> T) -> T {
    let before = allocated_bytes();
    let decoded = decode();
    let taken = allocated_bytes() - before;
    let most = FACTOR * len.max(SHORTEST) as u64;
    assert!(taken <= most, "{taken} bytes were allocated for {len}, over {most}");
    decoded
}

/// Errors are for people: each says something.
pub(crate) fn told<T, E: core::fmt::Display>(result: Result<T, E>) -> Option<T> {
    result.inspect_err(|error| assert!(!error.to_string().is_empty())).ok()
}
