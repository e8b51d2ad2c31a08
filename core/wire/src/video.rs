//! What a video channel carries: frame updates in the bytes they arrived in.

use alloc::vec::Vec;

use crate::CapnProto;
use crate::codec::DecodeError;
use crate::picture::{FrameUpdate, Rect, RegionOp, Size};

/// Most operations in one frame.
pub const MAX_OPS: usize = 16_384;
/// Most pixels in one zstd operation, so that no single field decompresses to more than 8 MiB. Larger areas are split.
pub const MAX_ZSTD_AREA: u64 = 2 * 1024 * 1024;

/// A received frame: its bytes, checked once, to be read without copying the payloads.
#[derive(Clone, PartialEq, Eq)]
pub struct FrameBytes(Vec<u8>);

impl FrameBytes {
    /// Takes the bytes of a frame if they are one.
    pub fn new(bytes: Vec<u8>) -> Result<Self, DecodeError> {
        CapnProto::decode_frame(&bytes)?;
        Ok(Self(bytes))
    }

    /// The frame. [`FrameBytes::new`] has checked it, so an error does not happen.
    pub fn update(&self) -> Result<FrameUpdate<'_>, DecodeError> {
        CapnProto::decode_frame(&self.0)
    }

    /// Its size on the wire, in bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has no bytes; never so for a frame.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl core::fmt::Debug for FrameBytes {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "FrameBytes({} bytes)", self.0.len())
    }
}

impl RegionOp<'_> {
    /// The rectangle that it changes.
    pub const fn rect(&self) -> Rect {
        match self {
            Self::Copy { to: rect, .. }
            | Self::Solid { rect, .. }
            | Self::Zstd { rect, .. }
            | Self::Video { rect, .. } => *rect,
        }
    }
}

/// Whether `op` touches only pixels of a picture of `size`.
pub(crate) fn check_op(op: &RegionOp<'_>, size: Size) -> Result<(), DecodeError> {
    let rect = op.rect();
    if rect.is_empty() || !rect.fits(size) {
        return Err(DecodeError::Field("rect"));
    }
    match op {
        RegionOp::Copy { from, .. } if !Rect::new(from.0, from.1, rect.width, rect.height).fits(size) => {
            Err(DecodeError::Field("copy"))
        }
        RegionOp::Zstd { .. } if rect.area() > MAX_ZSTD_AREA => Err(DecodeError::Field("zstd")),
        _ => Ok(()),
    }
}
