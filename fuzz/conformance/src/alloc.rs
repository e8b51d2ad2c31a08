//! Counts what a thread has allocated, so that "bounded" can be checked and not only promised.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    // `const` and without a destructor: reading them never allocates, which an allocator must not do.
    static LIVE: Cell<i64> = const { Cell::new(0) };
    static PEAK: Cell<i64> = const { Cell::new(0) };
    static TAKEN: Cell<u64> = const { Cell::new(0) };
}

/// The system's allocator with a count per thread. Install it with `#[global_allocator]` (the macro
/// [`suite!`](crate::suite) does).
#[derive(Clone, Copy, Debug, Default)]
pub struct CountingAllocator;

/// Bytes this thread has allocated and not freed. Always 0 when [`CountingAllocator`] is not installed.
pub fn live_bytes() -> i64 {
    LIVE.with(Cell::get)
}

/// The most [`live_bytes`] since [`reset_peak`].
pub fn peak_bytes() -> i64 {
    PEAK.with(Cell::get)
}

/// Bytes this thread has allocated so far, freed or not. Growing counts as a new allocation of the whole.
pub fn allocated_bytes() -> u64 {
    TAKEN.with(Cell::get)
}

/// Starts [`peak_bytes`] again from what is allocated now.
pub fn reset_peak() {
    PEAK.with(|peak| peak.set(live_bytes()));
}

fn count(change: i64) {
    // A thread that is being torn down has no counters any more; nobody asks for them either.
    let _ = LIVE.try_with(|live| {
        live.set(live.get().saturating_add(change));
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(live.get())));
    });
}

/// Room of this many bytes was made.
fn taken(size: usize) {
    let size = u64::try_from(size).unwrap_or(u64::MAX);
    let _ = TAKEN.try_with(|taken| taken.set(taken.get().saturating_add(size)));
}

fn signed(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

#[expect(
    unsafe_code,
    reason = "GlobalAlloc is an unsafe trait; every call is handed on to the system's allocator"
)]
// SAFETY: every method hands its arguments unchanged to `System` and gives back what it gave; counting touches only
// plain thread-local cells and never allocates.
unsafe impl GlobalAlloc for CountingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(signed(layout.size()));
        taken(layout.size());
        // SAFETY: the caller keeps `GlobalAlloc::alloc`'s contract, which is `System`'s.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-signed(layout.size()));
        // SAFETY: `pointer` came from `System` through this allocator, with this layout.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(signed(layout.size()));
        taken(layout.size());
        // SAFETY: the caller keeps `GlobalAlloc::alloc_zeroed`'s contract, which is `System`'s.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        count(signed(new_size) - signed(layout.size()));
        taken(new_size);
        // SAFETY: `pointer` came from `System` through this allocator, with this layout.
        unsafe { System.realloc(pointer, layout, new_size) }
    }
}
