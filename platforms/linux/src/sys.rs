//! Memory shared with the X server: the only unsafe code of this crate.

use std::ffi::c_void;
use std::io;
use std::num::NonZeroUsize;
use std::os::fd::OwnedFd;
use std::ptr::NonNull;

use rustix::fs::{MemfdFlags, SealFlags, fcntl_add_seals, ftruncate, memfd_create};
use rustix::mm::{MapFlags, ProtFlags, mmap, munmap};

/// A piece of memory that the X server writes pictures into.
///
/// No reference into it is ever made, because another process may write at any time; it is only copied out of.
pub(crate) struct SharedMemory {
    start: NonNull<u8>,
    len: NonZeroUsize,
}

// SAFETY: the mapping belongs to this value alone and is valid in every thread; access is by `&self` copies out of it
// and unmapping is by drop, so moving it to another thread is sound.
unsafe impl Send for SharedMemory {}

impl SharedMemory {
    /// Maps `len` bytes; the descriptor is to be handed to the server.
    pub(crate) fn new(len: NonZeroUsize) -> io::Result<(Self, OwnedFd)> {
        let fd = memfd_create("deskwire-capture", MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING)?;
        ftruncate(&fd, len.get() as u64)?;
        // Nobody can make it shorter, so reading the mapping cannot fault.
        fcntl_add_seals(&fd, SealFlags::SHRINK | SealFlags::GROW | SealFlags::SEAL)?;
        let (prot, flags) = (ProtFlags::READ | ProtFlags::WRITE, MapFlags::SHARED);
        // SAFETY: no address is asked for, so the kernel picks one where nothing is mapped; the length is not zero and
        // the result is kept private to this value.
        let start = unsafe { mmap(std::ptr::null_mut(), len.get(), prot, flags, &fd, 0) }?;
        let start = NonNull::new(start.cast::<u8>()).ok_or(io::ErrorKind::InvalidData)?;
        Ok((Self { start, len }, fd))
    }

    /// Bytes.
    pub(crate) fn len(&self) -> usize {
        self.len.get()
    }

    /// Copies bytes from `offset` into `target`; false, and nothing copied, when that is not all inside.
    pub(crate) fn copy_to(&self, offset: usize, target: &mut [u8]) -> bool {
        let inside = offset.checked_add(target.len()).is_some_and(|end| end <= self.len());
        if inside {
            // SAFETY: source range is inside the mapping (checked above) and the mapping lives as long as `self`; the
            // target is an exclusive slice of our own memory, so the two cannot overlap. The source is only read
            // through a raw pointer: what another process writes meanwhile can garble pixels, not break rules on
            // references. Every byte value is a valid `u8`.
            unsafe {
                self.start.as_ptr().add(offset).copy_to_nonoverlapping(target.as_mut_ptr(), target.len());
            }
        }
        inside
    }
}

impl Drop for SharedMemory {
    fn drop(&mut self) {
        // SAFETY: start and length are those of the mapping made in `new`, which nothing else refers to. A failure
        // would mean the arguments are wrong; there is nothing to do about it here.
        let _ = unsafe { munmap(self.start.as_ptr().cast::<c_void>(), self.len()) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn what_another_writes_is_read_and_nothing_beyond_the_end() {
        let (memory, fd) = SharedMemory::new(NonZeroUsize::new(5000).expect("not zero")).expect("memory");
        let mut file = std::fs::File::from(fd);
        file.write_all(&[7; 5000]).expect("writing to memory");
        assert!(file.set_len(10).is_err(), "the server could make it shorter");
        let mut bytes = [0; 16];
        assert!(memory.copy_to(4984, &mut bytes));
        assert_eq!(bytes, [7; 16]);
        assert!(!memory.copy_to(4985, &mut bytes));
        assert!(!memory.copy_to(usize::MAX, &mut bytes));
    }
}
