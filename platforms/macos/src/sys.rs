//! The display stream: calls of macOS for which no other crate has a safe form, and the only unsafe code of this crate.

use std::ffi::c_void;
use std::ptr::NonNull;

use block2::RcBlock;
use deskwire_wire::picture::{Rect, Size};
use dispatch2::{DispatchQueue, DispatchQueueAttr, DispatchRetained};
use objc2_core_foundation::{CFBoolean, CFDictionary, CFRetained, CFString, CGRect};
use objc2_core_graphics::{
    CGDisplayStream, CGDisplayStreamFrameStatus, CGDisplayStreamUpdate, CGDisplayStreamUpdateRectType,
    CGError,
};
use objc2_io_surface::{IOSurfaceLockOptions, IOSurfaceRef};

/// `BGRA`, four bytes of a pixel in this order.
const PIXEL_FORMAT: i32 = 0x4247_5241;

/// What a stream tells.
pub(crate) enum Told<'a> {
    /// A picture, and what changed in it.
    Frame { rows: &'a Rows<'a>, changed: Vec<Rect> },
    /// There is nothing more to come.
    Stopped,
}

/// The rows of a picture, while it is locked.
pub(crate) struct Rows<'a> {
    bytes: &'a [u8],
    stride: usize,
    pub(crate) size: Size,
}

impl Rows<'_> {
    /// The first bytes of a row.
    pub(crate) fn row(&self, y: u32, from: usize, length: usize) -> Option<&[u8]> {
        let start = usize::try_from(y).ok()?.checked_mul(self.stride)?.checked_add(from)?;
        self.bytes.get(start..start.checked_add(length)?)
    }
}

type Handler = dyn Fn(CGDisplayStreamFrameStatus, u64, *mut IOSurfaceRef, *const CGDisplayStreamUpdate);

/// Pictures of a display, until it is dropped.
pub(crate) struct Stream {
    stream: CFRetained<CGDisplayStream>,
    /// Both must live as long as the stream may call.
    _queue: DispatchRetained<DispatchQueue>,
    _handler: RcBlock<Handler>,
}

// SAFETY: the stream is only stopped and released from another thread, which Core Graphics permits from any; queues are made
// for several threads; the block is only held, and what it captures may be sent and shared (see `Stream::start`).
unsafe impl Send for Stream {}

impl Stream {
    /// Has `tell` called for each new picture of the display, in this size, on a thread of the system's. `None` when the
    /// system refuses.
    #[expect(deprecated, reason = "ScreenCaptureKit, its successor, is not there before macOS 12.3")]
    pub(crate) fn start(
        display: u32,
        size: Size,
        tell: impl Fn(Told<'_>) + Send + Sync + 'static,
    ) -> Option<Self> {
        let handler = RcBlock::new(
            move |status, _: u64, surface: *mut IOSurfaceRef, update: *const CGDisplayStreamUpdate| {
                if status == CGDisplayStreamFrameStatus::Stopped {
                    tell(Told::Stopped);
                } else if status == CGDisplayStreamFrameStatus::FrameComplete {
                    // SAFETY: for a whole frame the system hands over a surface and an update, good during the call.
                    if let (Some(surface), update) = unsafe { (surface.as_ref(), update.as_ref()) } {
                        look(surface, |rows| tell(Told::Frame { rows, changed: changed(update, rows.size) }));
                    }
                }
            },
        );
        let handler: RcBlock<Handler> = handler;
        let queue = DispatchQueue::new("deskwire.capture", DispatchQueueAttr::SERIAL);
        // SAFETY: it is a constant string of the system's.
        let key: &CFString = unsafe { objc2_core_graphics::kCGDisplayStreamShowCursor };
        let properties = CFDictionary::<CFString, CFBoolean>::from_slices(&[key], &[CFBoolean::new(false)]);
        // SAFETY: the properties are of the types that their names want, the handler has the form of the system's, and it and
        // the queue live as long as the stream.
        let stream = unsafe {
            CGDisplayStream::with_dispatch_queue(
                display,
                usize::try_from(size.width).ok()?,
                usize::try_from(size.height).ok()?,
                PIXEL_FORMAT,
                Some(properties.as_opaque()),
                &queue,
                RcBlock::as_ptr(&handler),
            )
        }?;
        let started = CGDisplayStream::start(Some(&stream)) == CGError::Success;
        started.then_some(Self { stream, _queue: queue, _handler: handler })
    }
}

impl Drop for Stream {
    #[expect(deprecated, reason = "as in `start`")]
    fn drop(&mut self) {
        // It tells the end once more; what the handler has lives as long as the system holds the block.
        CGDisplayStream::stop(Some(&self.stream));
    }
}

/// Shows the pixels of a surface, locked for reading.
fn look(surface: &IOSurfaceRef, show: impl FnOnce(&Rows<'_>)) {
    // SAFETY: the surface is alive; no seed is asked for.
    if unsafe { surface.lock(IOSurfaceLockOptions::ReadOnly, std::ptr::null_mut()) } != 0 {
        return;
    }
    let sides = u32::try_from(surface.width()).ok().zip(u32::try_from(surface.height()).ok());
    let (stride, start): (usize, NonNull<c_void>) = (surface.bytes_per_row(), surface.base_address());
    if let Some((width, height)) = sides
        && let Some(length) =
            stride.checked_mul(surface.height()).filter(|length| *length <= surface.alloc_size())
    {
        // SAFETY: the surface is locked, so that the memory stays and nobody writes it; the length is within what was
        // allocated for it; the slice is used only until it is unlocked below.
        let bytes = unsafe { std::slice::from_raw_parts(start.as_ptr().cast::<u8>(), length) };
        show(&Rows { bytes, stride, size: Size { width, height } });
    }
    // SAFETY: it was locked above with the same option.
    unsafe { surface.unlock(IOSurfaceLockOptions::ReadOnly, std::ptr::null_mut()) };
}

/// What an update says has changed, within the picture; all of it when it does not say.
#[expect(deprecated, reason = "as in `start`")]
fn changed(update: Option<&CGDisplayStreamUpdate>, size: Size) -> Vec<Rect> {
    let mut count = 0_usize;
    // SAFETY: the count is ours. What comes back belongs to the update.
    let rects = unsafe {
        CGDisplayStreamUpdate::rects(
            update,
            CGDisplayStreamUpdateRectType::ReducedDirtyRects,
            NonNull::from(&mut count),
        )
    };
    if update.is_none() || rects.is_null() {
        return vec![Rect::of_size(size)];
    }
    // SAFETY: it points to as many rectangles as was counted, good as long as the update.
    let rects: &[CGRect] = unsafe { std::slice::from_raw_parts(rects, count) };
    rects
        .iter()
        .filter_map(|rect| {
            // A cast of a float stays within the bounds of the whole number.
            let (left, top) = (rect.origin.x.floor() as u32, rect.origin.y.floor() as u32);
            let right = (rect.origin.x + rect.size.width).ceil() as u32;
            let bottom = (rect.origin.y + rect.size.height).ceil() as u32;
            Rect::new(left, top, right.saturating_sub(left), bottom.saturating_sub(top))
                .intersection(Rect::of_size(size))
        })
        .collect()
}
