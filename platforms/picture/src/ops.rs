//! Operations that own their bytes.

use deskwire_wire::picture::{Rect, RegionOp, VideoCodec};

/// A [`RegionOp`] that owns its bytes: what encoders give and what waits to be sent.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum OwnedOp {
    /// See [`RegionOp::Copy`].
    Copy {
        /// Top left corner of the source.
        from: (u32, u32),
        /// Where the pixels go.
        to: Rect,
    },
    /// See [`RegionOp::Solid`].
    Solid {
        /// Where.
        rect: Rect,
        /// Blue, green, red, X.
        bgrx: [u8; 4],
    },
    /// See [`RegionOp::Zstd`].
    Zstd {
        /// Where.
        rect: Rect,
        /// One zstd frame.
        data: Vec<u8>,
    },
    /// See [`RegionOp::Video`].
    Video {
        /// Which decoder of the display.
        stream: u8,
        /// Where.
        rect: Rect,
        /// How it is coded.
        codec: VideoCodec,
        /// Whether it can be decoded without an earlier one.
        key: bool,
        /// One temporal unit.
        data: Vec<u8>,
    },
}

impl OwnedOp {
    /// The operation as it travels.
    pub fn borrow(&self) -> RegionOp<'_> {
        match *self {
            Self::Copy { from, to } => RegionOp::Copy { from, to },
            Self::Solid { rect, bgrx } => RegionOp::Solid { rect, bgrx },
            Self::Zstd { rect, ref data } => RegionOp::Zstd { rect, data },
            Self::Video { stream, rect, codec, key, ref data } => {
                RegionOp::Video { stream, rect, codec, key, data }
            }
        }
    }

    /// Where it paints.
    pub const fn rect(&self) -> Rect {
        match self {
            Self::Copy { to: rect, .. }
            | Self::Solid { rect, .. }
            | Self::Zstd { rect, .. }
            | Self::Video { rect, .. } => *rect,
        }
    }

    /// Compressed bytes that it carries.
    pub const fn payload_len(&self) -> usize {
        match self {
            Self::Copy { .. } | Self::Solid { .. } => 0,
            Self::Zstd { data, .. } | Self::Video { data, .. } => data.len(),
        }
    }
}

/// All of `ops` as they travel, for a `FrameUpdate`.
pub fn borrowed(ops: &[OwnedOp]) -> Vec<RegionOp<'_>> {
    ops.iter().map(OwnedOp::borrow).collect()
}
