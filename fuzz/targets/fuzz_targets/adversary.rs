//! A session with somebody on a line, and nothing else that goes wrong, as the bytes say.
#![no_main]

use deskwire_sim::scenarios::{ADVERSARY_ONLY, check};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check(&[&[ADVERSARY_ONLY], bytes].concat()));
