//! Frames of video channels.

use deskwire_wire::CapnProto;
use deskwire_wire::ids::{DisplayId, Epoch};
use deskwire_wire::picture::{FrameUpdate, Rect, RegionOp, Size, VideoCodec};
use serde_json::{Value, json};

use super::{Sample, sample_of};
use crate::input::hex;

/// A frame with every operation, and one without any.
pub(super) fn samples() -> Vec<Sample> {
    let frame = |ops| FrameUpdate {
        display: DisplayId(1),
        epoch: Epoch(2),
        sequence: 3,
        size: Size { width: 1_920, height: 1_080 },
        captured_at_us: 4_000_000_000_000,
        ops,
    };
    let all = vec![
        RegionOp::Copy { from: (10, 20), to: Rect::new(30, 40, 50, 60) },
        RegionOp::Solid { rect: Rect::new(0, 0, 1_920, 1), bgrx: [1, 2, 3, 255] },
        RegionOp::Zstd { rect: Rect::new(7, 8, 9, 10), data: &[0x28, 0xb5, 0x2f, 0xfd, 0x24] },
        RegionOp::Video {
            stream: 1,
            rect: Rect::new(0, 0, 1_920, 1_080),
            codec: VideoCodec::Av1,
            key: true,
            data: &[0x12, 0x00],
        },
    ];
    [("a frame with every operation", frame(all)), ("a frame without operations", frame(Vec::new()))]
        .into_iter()
        .map(|(name, frame)| {
            let mut bytes = Vec::new();
            // A frame that cannot be written gives no bytes, which then are no frame.
            let _ = CapnProto::encode_frame(&frame, &mut bytes);
            sample_of(name, "FrameUpdate", &bytes)
        })
        .collect()
}

/// A frame by the names of its schema.
pub(super) fn fields(frame: &FrameUpdate<'_>) -> Result<Value, String> {
    let ops: Vec<Value> = frame.ops.iter().map(op).collect::<Result<_, _>>()?;
    Ok(json!({
        "display": frame.display.0, "epoch": frame.epoch.0, "sequence": frame.sequence,
        "width": frame.size.width, "height": frame.size.height,
        "capturedAtMicros": frame.captured_at_us, "ops": ops,
    }))
}

fn op(op: &RegionOp<'_>) -> Result<Value, String> {
    let (name, what) = match op {
        RegionOp::Copy { from, .. } => ("copy", json!({ "fromX": from.0, "fromY": from.1 })),
        RegionOp::Solid { bgrx, .. } => ("solid", json!(u32::from_le_bytes(*bgrx))),
        RegionOp::Zstd { data, .. } => ("zstd", json!(hex(data))),
        RegionOp::Video { stream, codec, key, data, .. } => {
            let codec = match codec {
                VideoCodec::Av1 => "av1",
                _ => return Err("there is a new codec; say here what it is called".to_owned()),
            };
            ("video", json!({ "stream": stream, "codec": codec, "key": key, "data": hex(data) }))
        }
        _ => return Err("there is a new operation; say here which fields it has".to_owned()),
    };
    let rect = op.rect();
    let mut fields = json!({ "x": rect.x, "y": rect.y, "width": rect.width, "height": rect.height });
    fields[name] = what;
    Ok(fields)
}
