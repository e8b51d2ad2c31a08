//! Decoders outside the core: pictures, proxies, WebSockets.

use deskwire_conformance::{Dice, FuzzTarget};
use deskwire_driver::testing::{a_proxy_says, a_websocket_says};
use deskwire_picture::{OwnedOp, PaintError, Painter, RegionEncoder, borrowed};
use deskwire_platform::{Damage, Picture};
use deskwire_wire::CapnProto;
use deskwire_wire::ids::{DisplayId, Epoch};
use deskwire_wire::picture::{FrameUpdate, Rect, Size};

pub(crate) const TARGETS: &[FuzzTarget] =
    &[("picture", picture), ("updates", updates), ("proxy", a_proxy_says), ("websocket", a_websocket_says)];

/// The largest picture in here: larger ones only take time.
const LARGEST: u64 = 1 << 20;

/// A frame as it travels, painted on a new picture and then on that one.
fn picture(bytes: &[u8]) {
    let Ok(update) = CapnProto::decode_frame(bytes) else { return };
    if update.size.area() > LARGEST {
        return;
    }
    let Ok(mut painter) = Painter::new() else { return };
    let _ = paint(&mut painter, &update);
    let _ = paint(&mut painter, &FrameUpdate { sequence: 1, ..update });
}

fn paint(painter: &mut Painter, update: &FrameUpdate<'_>) -> Result<(), PaintError> {
    let painted = painter.apply_with(update, |part, picture| {
        assert!(part.rect.fits(picture.size()) && !part.rect.is_empty());
        picture.fill(part.rect, [1, 2, 3, 255]);
        Ok(())
    });
    let damage = painted.inspect_err(|error| assert!(!error.to_string().is_empty()))?;
    let picture = painter.picture().expect("what was painted is there");
    assert_eq!(picture.size(), update.size);
    assert!(damage.rects().iter().all(|rect| rect.fits(update.size)));
    assert!(picture.pixels().as_chunks::<4>().0.iter().all(|pixel| pixel[3] == 255), "X is not 255");
    Ok(())
}

/// A host that draws by the script, and a viewer that shows the same after every update, until an update is damaged.
fn updates(script: &[u8]) {
    let mut dice = Dice::new(script);
    let (Ok(mut encoder), Ok(mut painter)) = (RegionEncoder::new(), Painter::new()) else { return };
    let size = Size { width: 1 + dice.below(200) as u32, height: 1 + dice.below(120) as u32 };
    let Ok(mut screen) = Picture::new(size) else { return };
    let mut sequence = 0;
    while !dice.is_used_up() {
        let mut damage = Damage::new();
        for _ in 0..dice.below(6) {
            let to = rect(&mut dice, size);
            if to.is_empty() {
                continue;
            }
            match dice.below(4) {
                0 => screen.fill(to, [dice.byte(), dice.byte(), 7, 255]),
                1 => {
                    let mut noise = dice.number() | 1;
                    for y in to.y..to.bottom() {
                        for pixel in screen.row_mut(to, y).as_chunks_mut::<4>().0 {
                            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                            *pixel = [(noise >> 24) as u8, (noise >> 16) as u8, 0, 255];
                        }
                    }
                }
                _ => {
                    let from =
                        (dice.below(size.width as usize) as u32, dice.below(size.height as usize) as u32);
                    screen.move_within(from, to);
                }
            }
            damage.add(to);
        }
        if dice.chance(10) {
            encoder.restart();
        }
        let Ok(encoded) = encoder.encode(&screen, &damage.take()) else { return };
        sequence = if encoded.full { 0 } else { sequence + 1 };
        let mut ops = encoded.ops;
        let spoiled = dice.chance(20) && spoil(&mut dice, &mut ops);
        let (display, epoch) = (DisplayId(0), Epoch(0));
        let ops = borrowed(&ops);
        let update = FrameUpdate { display, epoch, sequence, size, captured_at_us: 0, ops };
        let painted = paint(&mut painter, &update);
        if spoiled {
            return;
        }
        painted.expect("what the encoder made is painted");
        assert_eq!(painter.picture(), Some(&screen), "the viewer shows something else");
    }
}

fn rect(dice: &mut Dice<'_>, within: Size) -> Rect {
    let (x, y) = (dice.below(within.width as usize) as u32, dice.below(within.height as usize) as u32);
    let (width, height) = (dice.byte().into(), dice.byte().into());
    Rect::new(x, y, width, height).intersection(Rect::of_size(within)).unwrap_or_default()
}

/// Damages one operation.
fn spoil(dice: &mut Dice<'_>, ops: &mut [OwnedOp]) -> bool {
    let at = dice.below(ops.len());
    match ops.get_mut(at) {
        Some(OwnedOp::Zstd { data, .. }) => dice.damage(data),
        Some(OwnedOp::Copy { from, .. }) => from.0 = dice.number(),
        Some(OwnedOp::Solid { rect, .. }) => rect.width = dice.number(),
        _ => return false,
    }
    true
}
