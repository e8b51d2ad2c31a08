//! How frame updates look as Cap'n Proto: flat, so that pixels stay where they arrived.

use alloc::vec::Vec;

use super::{CapnProto, encode_flat, malformed, read_flat};
use crate::codec::{DecodeError, EncodeError, MEDIA};
use crate::generated::video_capnp as schema;
use crate::ids::{DisplayId, Epoch};
use crate::picture::{FrameUpdate, Rect, RegionOp, Size, VideoCodec};
use crate::video::{MAX_OPS, check_op};

/// Words of one operation in the schema, its pointer included, rounded up.
const OP_BYTES: usize = 56;

impl CapnProto {
    /// Appends `frame` to `out` flat; on an error `out` is as before. It is an error to write what
    /// [`CapnProto::decode_frame`] would refuse.
    pub fn encode_frame(frame: &FrameUpdate<'_>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let count = u32::try_from(frame.ops.len()).map_err(|_| EncodeError)?;
        let fits = frame.size.is_allowed()
            && frame.ops.len() <= MAX_OPS
            && frame.ops.iter().all(|op| check_op(op, frame.size).is_ok());
        if !fits {
            return Err(EncodeError);
        }
        let payload: usize = frame.ops.iter().map(|op| data_of(op).len() + OP_BYTES + 8).sum();
        encode_flat(MEDIA, out, payload.saturating_add(128), |builder| {
            let mut root = builder.init_root::<schema::frame_update::Builder<'_>>();
            root.set_display(frame.display.0);
            root.set_epoch(frame.epoch.0);
            root.set_sequence(frame.sequence);
            root.set_width(frame.size.width);
            root.set_height(frame.size.height);
            root.set_captured_at_micros(frame.captured_at_us);
            let mut ops = root.init_ops(count);
            for (i, op) in (0..).zip(&frame.ops) {
                write(op, ops.reborrow().get(i));
            }
        })
    }

    /// Reads a frame that takes up all of `bytes` and borrows its payloads from there. What it gives is sound: sizes
    /// are allowed, every rectangle lies in the picture and has pixels, and there are at most
    /// [`MAX_OPS`] operations.
    pub fn decode_frame(bytes: &[u8]) -> Result<FrameUpdate<'_>, DecodeError> {
        let reader = read_flat(MEDIA, bytes)?;
        let root = reader.get_root::<schema::frame_update::Reader<'_>>().map_err(malformed)?;
        let size = Size { width: root.get_width(), height: root.get_height() };
        if !size.is_allowed() {
            return Err(DecodeError::Field("size"));
        }
        let list = root.get_ops().map_err(malformed)?;
        if usize::try_from(list.len()).is_ok_and(|n| n > MAX_OPS) {
            return Err(DecodeError::Field("ops"));
        }
        let mut ops = Vec::new();
        for op in list {
            let op = read(op, bytes)?;
            check_op(&op, size)?;
            ops.push(op);
        }
        Ok(FrameUpdate {
            display: DisplayId(root.get_display()),
            epoch: Epoch(root.get_epoch()),
            sequence: root.get_sequence(),
            size,
            captured_at_us: root.get_captured_at_micros(),
            ops,
        })
    }
}

const fn data_of<'a>(op: &RegionOp<'a>) -> &'a [u8] {
    match op {
        RegionOp::Zstd { data, .. } | RegionOp::Video { data, .. } => data,
        RegionOp::Copy { .. } | RegionOp::Solid { .. } => &[],
    }
}

fn write(op: &RegionOp<'_>, mut to: schema::region_op::Builder<'_>) {
    let rect = op.rect();
    to.set_x(rect.x);
    to.set_y(rect.y);
    to.set_width(rect.width);
    to.set_height(rect.height);
    match op {
        RegionOp::Copy { from, .. } => {
            let mut copy = to.init_copy();
            copy.set_from_x(from.0);
            copy.set_from_y(from.1);
        }
        RegionOp::Solid { bgrx, .. } => to.set_solid(u32::from_le_bytes(*bgrx)),
        RegionOp::Zstd { data, .. } => to.set_zstd(data),
        RegionOp::Video { stream, codec, key, data, .. } => {
            let mut video = to.init_video();
            video.set_stream(*stream);
            video.set_codec(match codec {
                VideoCodec::Av1 => schema::VideoCodec::Av1,
            });
            video.set_key(*key);
            video.set_data(data);
        }
    }
}

fn read<'a>(from: schema::region_op::Reader<'_>, bytes: &'a [u8]) -> Result<RegionOp<'a>, DecodeError> {
    let rect = Rect::new(from.get_x(), from.get_y(), from.get_width(), from.get_height());
    Ok(match from.which()? {
        schema::region_op::Copy(copy) => {
            RegionOp::Copy { from: (copy.get_from_x(), copy.get_from_y()), to: rect }
        }
        schema::region_op::Solid(colour) => RegionOp::Solid { rect, bgrx: colour.to_le_bytes() },
        schema::region_op::Zstd(data) => {
            RegionOp::Zstd { rect, data: borrow(data.map_err(malformed)?, bytes)? }
        }
        schema::region_op::Video(video) => RegionOp::Video {
            stream: video.get_stream(),
            rect,
            codec: match video.get_codec()? {
                schema::VideoCodec::Av1 => VideoCodec::Av1,
            },
            key: video.get_key(),
            data: borrow(video.get_data().map_err(malformed)?, bytes)?,
        },
    })
}

/// The part of `bytes` that `data` is. A reader ties its slices to itself; the frame they lie in lives longer.
fn borrow<'a>(data: &[u8], bytes: &'a [u8]) -> Result<&'a [u8], DecodeError> {
    if data.is_empty() {
        return Ok(&[]);
    }
    let start = data.as_ptr().addr().checked_sub(bytes.as_ptr().addr());
    start.and_then(|start| bytes.get(start..start.checked_add(data.len())?)).ok_or(DecodeError::Malformed)
}
