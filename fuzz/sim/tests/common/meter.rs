//! Counts the heap of each thread, so that a test can say how much a whole world took at most.
//!
//! A world is made, run and dropped on one thread, so what its thread holds is what it holds.

use std::alloc::{GlobalAlloc, Layout};
use std::cell::Cell;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static MOST: Cell<isize> = const { Cell::new(0) };
}

/// An allocator, with counts.
pub(crate) struct Meter<A>(pub(crate) A);

fn count(bytes: isize) {
    // A thread that ends may have no counters any more, and nobody who asks for them.
    let _ = HELD.try_with(|held| {
        held.set(held.get() + bytes);
        let _ = MOST.try_with(|most| most.set(most.get().max(held.get())));
    });
}

const fn signed(size: usize) -> isize {
    size.cast_signed()
}

// SAFETY: every call goes on to the other allocator as it came; counting allocates nothing.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Meter<A> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(signed(layout.size()));
        // SAFETY: the caller keeps the promises that the other allocator asks for.
        unsafe { self.0.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        count(-signed(layout.size()));
        // SAFETY: as above.
        unsafe { self.0.dealloc(ptr, layout) }
    }

    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        count(signed(new_size) - signed(layout.size()));
        // SAFETY: as above.
        unsafe { self.0.realloc(ptr, layout, new_size) }
    }
}

/// Runs `act` and gives how many bytes this thread held at most meanwhile, beyond what it held before.
pub(crate) fn most_held<R>(act: impl FnOnce() -> R) -> (R, usize) {
    let before = HELD.get();
    MOST.set(before);
    let result = act();
    (result, usize::try_from(MOST.get() - before).unwrap_or(0))
}
