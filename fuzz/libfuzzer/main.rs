//! The target that DESKWIRE_TARGET names, under libFuzzer.
#![no_main]

use std::sync::OnceLock;

use deskwire_conformance::{CountingAllocator, live_bytes};
use deskwire_fuzz::{Target, target, targets};

#[global_allocator]
static COUNTING_ALLOCATOR: CountingAllocator = CountingAllocator;

static TARGET: OnceLock<Target> = OnceLock::new();

libfuzzer_sys::fuzz_target!(
    init: {
        let name = std::env::var("DESKWIRE_TARGET").unwrap_or_default();
        if name == "list" {
            targets().for_each(|target| println!("{target}"));
            std::process::exit(0);
        }
        let target = target(&name).expect("DESKWIRE_TARGET names a target; `list` lists them");
        TARGET.get_or_init(|| target);
    },
    |bytes: &[u8]| run(bytes)
);

/// Runs the target. What is made once for good may stay in memory; what stays every time leaks.
fn run(bytes: &[u8]) {
    let Some(target) = TARGET.get() else { return };
    let kept = || {
        let before = live_bytes();
        (target.run)(bytes);
        live_bytes() - before
    };
    // `find` stops at the first time that nothing stays.
    let leaks = (0..4).all(|_| kept() > 0);
    assert!(!leaks, "memory leaks each time that this runs");
}
