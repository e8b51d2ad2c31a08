//! Whatever happens on the screen, the viewer shows it exactly.
#![expect(clippy::unwrap_used, reason = "whoever cannot set the stage has failed")]
use deskwire_picture::{MAX_OVERPAINT, OwnedOp, PaintError, Painter, RegionEncoder, borrowed};
use deskwire_platform::Picture;
use deskwire_wire::ids::{DisplayId, Epoch};
use deskwire_wire::picture::{FrameUpdate, Rect, RegionOp, Size, VideoCodec};
use proptest::collection::vec;
use proptest::prelude::*;

const SIZE: Size = Size { width: 300, height: 200 };

/// Something that happens on a screen.
#[derive(Clone, Debug)]
enum Change {
    Fill(Rect, [u8; 3]),
    /// Pseudo-random pixels.
    Noise(Rect, u32),
    /// The content of a rectangle moves.
    Move(Rect, (u32, u32)),
    /// It is said to be damaged, but is not.
    Nothing(Rect),
}

fn rect() -> impl Strategy<Value = Rect> {
    (0..SIZE.width, 0..SIZE.height).prop_flat_map(|(x, y)| {
        (1..=SIZE.width - x, 1..=SIZE.height - y).prop_map(move |(w, h)| Rect::new(x, y, w, h))
    })
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (rect(), any::<[u8; 3]>()).prop_map(|(rect, colour)| Change::Fill(rect, colour)),
        (rect(), any::<u32>()).prop_map(|(rect, seed)| Change::Noise(rect, seed)),
        (rect(), rect()).prop_map(|(to, from)| {
            let size = (to.width.min(from.width), to.height.min(from.height));
            Change::Move(Rect::new(to.x, to.y, size.0, size.1), (from.x, from.y))
        }),
        // Pure scrolling, up and down.
        (rect(), -40i32..40).prop_map(|(rect, by)| {
            let height = rect.height.saturating_sub(by.unsigned_abs()).max(1);
            let (from, to) = if by >= 0 { (rect.height - height, 0) } else { (0, rect.height - height) };
            Change::Move(Rect { y: rect.y + to, height, ..rect }, (rect.x, rect.y + from))
        }),
        rect().prop_map(Change::Nothing),
    ]
}

fn apply(picture: &mut Picture, change: &Change) -> Rect {
    match *change {
        Change::Fill(rect, [b, g, r]) => {
            picture.fill(rect, [b, g, r, 255]);
            rect
        }
        Change::Noise(rect, seed) => {
            noise(picture, rect, seed);
            rect
        }
        Change::Move(to, from) => {
            assert!(picture.move_within(from, to));
            to
        }
        Change::Nothing(rect) => rect,
    }
}

fn noise(picture: &mut Picture, rect: Rect, seed: u32) {
    let mut state = seed | 1;
    for y in rect.y..rect.bottom() {
        for pixel in picture.row_mut(rect, y).chunks_exact_mut(4) {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            pixel[..3].copy_from_slice(&state.to_be_bytes()[..3]);
        }
    }
}

fn update<'a>(sequence: u32, size: Size, ops: Vec<RegionOp<'a>>) -> FrameUpdate<'a> {
    FrameUpdate { display: DisplayId(0), epoch: Epoch(0), sequence, size, captured_at_us: 0, ops }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_viewer_shows_what_the_screen_shows(frames in vec(vec(change(), 1..6), 1..6), excess in vec(rect(), 0..3)) {
        let (mut encoder, mut painter) = (RegionEncoder::new().unwrap(), Painter::new().unwrap());
        let mut screen = Picture::new(SIZE).unwrap();
        noise(&mut screen, Rect::new(0, 0, 200, 150), 7);
        for (sequence, changes) in (0u32..).zip(&frames) {
            let mut damage: Vec<Rect> = changes.iter().map(|change| apply(&mut screen, change)).collect();
            damage.extend(&excess);
            let encoded = encoder.encode(&screen, &damage).unwrap();
            prop_assert_eq!(encoded.full, sequence == 0);
            let painted: u64 = encoded.ops.iter().map(|op| op.rect().area()).sum();
            prop_assert!(painted <= SIZE.area() * MAX_OVERPAINT);
            painter.apply(&update(sequence, SIZE, borrowed(&encoded.ops))).unwrap();
            prop_assert!(painter.picture() == Some(&screen), "frame {} differs", sequence);
        }
    }

    #[test]
    fn what_was_forgotten_is_sent_again(changes in vec(change(), 0..4), lossy in rect()) {
        let (mut encoder, mut painter) = (RegionEncoder::new().unwrap(), Painter::new().unwrap());
        let mut screen = Picture::new(SIZE).unwrap();
        noise(&mut screen, Rect::new(0, 0, 200, 150), 7);
        let first = encoder.encode(&screen, &[]).unwrap();
        painter.apply(&update(0, SIZE, borrowed(&first.ops))).unwrap();
        // Something lossy is painted.
        let video = [RegionOp::Video { stream: 0, rect: lossy, codec: VideoCodec::Av1, key: true, data: &[] }];
        painter.apply_with(&update(1, SIZE, video.to_vec()), |part, picture| {
            noise(picture, part.rect, 99);
            Ok(())
        }).unwrap();
        encoder.forget(lossy);
        let mut damage = vec![lossy];
        damage.extend(changes.iter().map(|change| apply(&mut screen, change)));
        let encoded = encoder.encode(&screen, &damage).unwrap();
        painter.apply(&update(2, SIZE, borrowed(&encoded.ops))).unwrap();
        prop_assert!(painter.picture() == Some(&screen));
    }

    #[test]
    fn t17_rubbish_is_refused_or_painted_but_never_harms(
        ops in vec((0u8..4, any::<[u16; 6]>(), vec(any::<u8>(), 0..200), any::<bool>()), 0..12),
        size in any::<[u16; 2]>(),
        sequence in 0u32..2,
    ) {
        let mut painter = Painter::new().unwrap();
        let black = [RegionOp::Solid { rect: Rect::of_size(SIZE), bgrx: [0; 4] }];
        painter.apply(&update(0, SIZE, black.to_vec())).unwrap();
        let good = zstd::bulk::compress(&[1; 4 * 16], 1).unwrap();
        let ops = ops.iter().map(|(kind, [x, y, width, height, fx, fy], bytes, near)| {
            let within = |n: u16, bound: u32| if *near { u32::from(n) % bound } else { u32::from(n) << 8 };
            let rect = Rect::new(within(*x, 200), within(*y, 100), within(*width, 100), within(*height, 100));
            match kind {
                0 => RegionOp::Copy { from: (within(*fx, 200), within(*fy, 100)), to: rect },
                1 => RegionOp::Solid { rect, bgrx: [9; 4] },
                2 => RegionOp::Zstd { rect, data: bytes },
                _ => RegionOp::Zstd { rect, data: &good },
            }
        });
        let size = Size { width: size[0].into(), height: size[1].into() };
        let size = if sequence == 0 && size.area() < 1 << 22 { size } else { SIZE };
        let _ = painter.apply(&update(sequence, size, ops.collect()));
        if let Some(picture) = painter.picture() {
            prop_assert!(picture.pixels().chunks_exact(4).all(|pixel| pixel[3] == 255));
        }
    }
}

fn painted() -> Painter {
    let mut painter = Painter::new().unwrap();
    let black = [RegionOp::Solid { rect: Rect::of_size(SIZE), bgrx: [0; 4] }];
    painter.apply(&update(0, SIZE, black.to_vec())).unwrap();
    painter
}

fn refused(size: Size, sequence: u32, ops: Vec<RegionOp<'_>>) -> PaintError {
    painted().apply(&update(sequence, size, ops)).expect_err("this must be refused")
}

// spec: SE-22
#[test]
fn t42_a_bomb_is_refused_before_it_is_opened() {
    let bomb = zstd::bulk::compress(&vec![0; 64 << 20], 1).unwrap();
    let rect = Rect::new(0, 0, 8, 8);
    assert!(matches!(refused(SIZE, 1, vec![RegionOp::Zstd { rect, data: &bomb }]), PaintError::Data(0)));
    let mut two = zstd::bulk::compress(&[0; 256], 1).unwrap();
    two.extend_from_slice(&two.clone());
    assert!(matches!(refused(SIZE, 1, vec![RegionOp::Zstd { rect, data: &two }]), PaintError::Data(0)));
}

// spec: SE-22
#[test]
fn t18_each_rule_refuses_what_it_is_for() {
    let whole = Rect::of_size(SIZE);
    let solid = |rect| RegionOp::Solid { rect, bgrx: [0; 4] };
    let beyond = Rect::new(299, 0, 2, 1);
    assert!(matches!(refused(Size { width: 0, height: 9 }, 0, vec![]), PaintError::Size(_)));
    assert!(matches!(refused(Size { width: 8, height: 9 }, 1, vec![]), PaintError::NotFull));
    assert!(matches!(refused(SIZE, 1, vec![solid(whole), solid(beyond)]), PaintError::Outside(1)));
    assert!(matches!(refused(SIZE, 1, vec![solid(Rect::new(1, 1, 0, 5))]), PaintError::Outside(0)));
    assert!(matches!(refused(SIZE, 1, vec![solid(whole); 5]), PaintError::TooMuch));
    let copy = RegionOp::Copy { from: (u32::MAX, 0), to: Rect::new(0, 0, 4, 4) };
    assert!(matches!(refused(SIZE, 1, vec![copy]), PaintError::Outside(0)));
    let video = RegionOp::Video { stream: 0, rect: whole, codec: VideoCodec::Av1, key: true, data: &[] };
    assert!(matches!(refused(SIZE, 1, vec![video]), PaintError::Unknown(0)));
    assert!(matches!(Painter::new().unwrap().apply(&update(1, SIZE, vec![])), Err(PaintError::NotFull)));
}

#[test]
fn scrolling_is_a_copy_and_a_few_rows() {
    let mut screen = Picture::new(SIZE).unwrap();
    noise(&mut screen, Rect::of_size(SIZE), 3);
    let mut encoder = RegionEncoder::new().unwrap();
    encoder.encode(&screen, &[]).unwrap();
    assert!(screen.move_within((0, 16), Rect::new(0, 0, 300, 184)));
    noise(&mut screen, Rect::new(0, 184, 300, 16), 4);
    let encoded = encoder.encode(&screen, &[Rect::of_size(SIZE)]).unwrap();
    assert!(matches!(
        encoded.ops[0],
        OwnedOp::Copy { from: (0, 16), to: Rect { x: 0, y: 0, width: 300, height: 184 } }
    ));
    assert_eq!((encoded.work.copied, encoded.work.compressed), (300 * 184, 300 * 16));
}

#[test]
fn nothing_changed_is_no_operation() {
    let mut screen = Picture::new(SIZE).unwrap();
    noise(&mut screen, Rect::of_size(SIZE), 3);
    let mut encoder = RegionEncoder::new().unwrap();
    assert!(encoder.encode(&screen, &[]).unwrap().full);
    assert!(encoder.encode(&screen, &[Rect::of_size(SIZE)]).unwrap().ops.is_empty());
    encoder.restart();
    assert!(encoder.encode(&screen, &[]).unwrap().full);
    let smaller = Picture::new(Size { width: 100, height: 100 }).unwrap();
    assert!(encoder.encode(&smaller, &[]).unwrap().full);
}
