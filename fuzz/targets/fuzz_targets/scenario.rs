//! A session with all that can go wrong, as the bytes say.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| deskwire_sim::scenarios::check(bytes));
