//! Frame updates: round trips, borrowed payloads, refusals and rubbish.

mod common;

use deskwire_wire::CapnProto;
use deskwire_wire::codec::EncodeError;
use deskwire_wire::ids::{DisplayId, Epoch};
use deskwire_wire::picture::{FrameUpdate, Rect, RegionOp, Size, VideoCodec};
use deskwire_wire::video::{FrameBytes, MAX_OPS};
use proptest::collection::vec;
use proptest::prelude::*;

use common::{damage, damaged, frugal, message as whole, to_list, to_struct};

#[derive(Clone, Debug)]
enum Op {
    Copy((u32, u32)),
    Solid([u8; 4]),
    Zstd(Vec<u8>),
    Video(u8, bool, Vec<u8>),
}

fn rect(size: Size) -> impl Strategy<Value = Rect> {
    (0..size.width, 0..size.height).prop_flat_map(move |(x, y)| {
        (1..=size.width - x, 1..=size.height - y).prop_map(move |(w, h)| Rect::new(x, y, w, h))
    })
}

fn op(size: Size) -> impl Strategy<Value = (Rect, Op)> {
    rect(size).prop_flat_map(move |rect| {
        let copy = (0..=size.width - rect.width, 0..=size.height - rect.height).prop_map(Op::Copy);
        let zstd = vec(any::<u8>(), 0..2_000).prop_map(Op::Zstd);
        let video = (any::<u8>(), any::<bool>(), vec(any::<u8>(), 0..2_000))
            .prop_map(|(stream, key, data)| Op::Video(stream, key, data));
        (Just(rect), prop_oneof![copy, any::<[u8; 4]>().prop_map(Op::Solid), zstd, video])
    })
}

fn frame() -> impl Strategy<Value = (Size, Vec<(Rect, Op)>)> {
    (1..2_000u32, 1..1_000u32).prop_flat_map(|(width, height)| {
        let size = Size { width, height };
        (Just(size), vec(op(size), 0..12))
    })
}

fn borrowed(op: &(Rect, Op)) -> RegionOp<'_> {
    let rect = op.0;
    match &op.1 {
        Op::Copy(from) => RegionOp::Copy { from: *from, to: rect },
        Op::Solid(bgrx) => RegionOp::Solid { rect, bgrx: *bgrx },
        Op::Zstd(data) => RegionOp::Zstd { rect, data },
        Op::Video(stream, key, data) => {
            RegionOp::Video { stream: *stream, rect, codec: VideoCodec::Av1, key: *key, data }
        }
    }
}

fn update(size: Size, ops: Vec<RegionOp<'_>>) -> FrameUpdate<'_> {
    FrameUpdate { display: DisplayId(3), epoch: Epoch(4), sequence: 5, size, captured_at_us: 6, ops }
}

fn encode(frame: &FrameUpdate<'_>) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::new();
    CapnProto::encode_frame(frame, &mut bytes).map(|()| bytes)
}

proptest! {
    #[test]
    fn round_trip_at_any_alignment((size, ops) in frame(), offset in 0..8usize) {
        let frame = update(size, ops.iter().map(borrowed).collect());
        let mut bytes = vec![0; offset];
        CapnProto::encode_frame(&frame, &mut bytes).unwrap();
        prop_assert_eq!(CapnProto::decode_frame(&bytes[offset..]), Ok(frame.clone()));
        let owned = FrameBytes::new(bytes.split_off(offset)).unwrap();
        prop_assert_eq!(owned.update(), Ok(frame));
    }

    #[test]
    fn payloads_are_parts_of_the_frame((size, ops) in frame()) {
        let bytes = encode(&update(size, ops.iter().map(borrowed).collect())).unwrap();
        let range = bytes.as_ptr_range();
        for op in CapnProto::decode_frame(&bytes).unwrap().ops {
            if let RegionOp::Zstd { data, .. } | RegionOp::Video { data, .. } = op && !data.is_empty() {
                let part = data.as_ptr_range();
                prop_assert!(range.start <= part.start && part.end <= range.end);
            }
        }
    }

    #[test]
    fn rubbish_never_panics(bytes in vec(any::<u8>(), 0..600)) {
        let _ = FrameBytes::new(bytes);
    }

    #[test]
    fn t45_a_frame_makes_no_more_room_than_its_length_allows(
        (size, ops) in frame(), noise in vec(any::<u8>(), 0..600), damage in damage(),
    ) {
        let good = encode(&update(size, ops.iter().map(borrowed).collect())).unwrap();
        prop_assert!(frugal(good.len(), || CapnProto::decode_frame(&good).is_ok()));
        for bytes in [noise, damaged(good, damage)] {
            frugal(bytes.len(), || CapnProto::decode_frame(&bytes).is_ok());
        }
    }

    /// What still decodes after damage is sound, so it can be encoded.
    #[test]
    fn damage_is_refused_or_sound((size, ops) in frame(), at in any::<prop::sample::Index>(), flip in 1..=255u8) {
        let mut bytes = encode(&update(size, ops.iter().map(borrowed).collect())).unwrap();
        // The fixed part comes first and holds all that can be wrong.
        let fixed = bytes.len().min(80 + ops.len() * 48);
        bytes[at.index(fixed)] ^= flip;
        if let Ok(frame) = CapnProto::decode_frame(&bytes) {
            prop_assert!(encode(&frame).is_ok());
        }
    }
}

// spec: SE-19, SE-20, SE-21
#[test]
fn t45_bombs_make_no_room() {
    for count in [16, 4_096, 65_536, 1 << 20, (1 << 29) - 1] {
        for list in [to_list(0, 0, count), to_list(0, 2, count), to_list(0, 7, 0)] {
            let tag = (count << 2) & 0xffff_fffc;
            let words = whole(&[to_struct(0, 4, 1), 0, 1_024 << 32, 1_024, 0, list, tag]);
            let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
            assert!(frugal(bytes.len(), || CapnProto::decode_frame(&bytes).is_err()));
        }
    }
}

#[test]
fn t18_frames_that_do_not_fit_are_refused_by_both_ends() {
    let size = Size { width: 4_000, height: 1_000 };
    let solid = |rect| RegionOp::Solid { rect, bgrx: [0; 4] };
    let refused = |frame: &FrameUpdate<'_>| encode(frame) == Err(EncodeError);
    assert!(refused(&update(size, vec![solid(Rect::new(3_999, 0, 2, 1))])));
    assert!(refused(&update(size, vec![solid(Rect::new(0, u32::MAX, 1, 2))])));
    assert!(refused(&update(size, vec![solid(Rect::new(0, 0, 0, 1))])));
    assert!(refused(&update(size, vec![RegionOp::Copy { from: (1, 0), to: Rect::new(0, 0, 4_000, 1) }])));
    assert!(refused(&update(size, vec![RegionOp::Zstd { rect: Rect::of_size(size), data: &[] }])));
    assert!(refused(&update(Size { width: 16_385, height: 1 }, vec![])));
    assert!(refused(&update(size, vec![solid(Rect::new(0, 0, 1, 1)); MAX_OPS + 1])));
    assert!(encode(&update(size, vec![solid(Rect::new(0, 0, 1, 1)); MAX_OPS])).is_ok());
}
