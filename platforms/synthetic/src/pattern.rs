//! Deterministic pictures with a frame counter in their pixels.

use deskwire_platform::{Error, Picture};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::{Point, Rect, Size};

use crate::Screen;

/// Side of one square of the marker, in pixels.
const CELL: u32 = 8;
/// Bits of the marker: the counter and a check of 8 bits.
const BITS: u32 = 40;
/// Where the frame counter is drawn: the top left corner, 40 squares in two rows of 20.
pub const MARKER: Rect = Rect::new(0, 0, CELL * BITS / 2, CELL * 2);

const PAPER: [u8; 4] = [250, 250, 250, 255];
const LINE: u32 = 16;
const GLYPH: u32 = 8;

/// What moves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Motion {
    /// One letter after the other: small damage.
    Typing,
    /// A page of text moves up by a line: large damage that is a copy.
    Scrolling,
    /// Every pixel changes: what a video codec is for.
    Film,
}

/// Paints one display of a [`Screen`], step by step. The displays should have at least 160 by 48 pixels.
#[derive(Clone, Debug)]
pub struct Pattern {
    display: DisplayId,
    motion: Motion,
    count: u32,
}

impl Pattern {
    /// A pattern that has not painted yet.
    pub const fn new(display: DisplayId, motion: Motion) -> Self {
        Self { display, motion, count: 0 }
    }

    /// The number that the last step stamped on the picture.
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// Changes what moves from the next step on.
    pub const fn set_motion(&mut self, motion: Motion) {
        self.motion = motion;
    }

    /// Paints the next picture, with the next number stamped on it, and damages exactly what it painted.
    ///
    /// # Errors
    /// `UnknownDisplay`.
    pub fn step(&mut self, screen: &Screen) -> Result<(), Error> {
        self.count = self.count.wrapping_add(1);
        screen.paint(self.display, |picture| {
            let mut painted = match self.motion {
                Motion::Typing => type_letter(picture, self.count),
                Motion::Scrolling => scroll(picture, self.count),
                Motion::Film => film(picture, self.count),
            };
            stamp(picture, self.count);
            painted.push(MARKER);
            painted
        })
    }
}

/// The number that was stamped on a picture; `None` when there is none or it cannot be read.
pub fn read_counter(picture: &Picture) -> Option<u32> {
    let bits = (0..BITS).map(|bit| {
        let (x, y) = cell(bit);
        let at = |n: u32| i32::try_from(n + CELL / 2).ok();
        let pixel = picture.pixel(Point { x: at(x)?, y: at(y)? })?;
        let sum: u32 = pixel.iter().take(3).map(|&n| u32::from(n)).sum();
        Some(sum > 3 * 128)
    });
    let value = bits.into_iter().try_fold(0u64, |value, bit| Some(value << 1 | u64::from(bit?)))?;
    let count = u32::try_from(value >> 8).ok()?;
    (check(count) == u8::try_from(value & 0xff).ok()?).then_some(count)
}

fn stamp(picture: &mut Picture, count: u32) {
    let value = u64::from(count) << 8 | u64::from(check(count));
    for bit in 0..BITS {
        let (x, y) = cell(bit);
        let shade = if value >> (BITS - 1 - bit) & 1 == 1 { 255 } else { 0 };
        picture.fill(Rect::new(x, y, CELL, CELL), [shade, shade, shade, 255]);
    }
}

const fn cell(bit: u32) -> (u32, u32) {
    (bit % (BITS / 2) * CELL, bit / (BITS / 2) * CELL)
}

/// Never the check of an all-black or all-white marker.
fn check(count: u32) -> u8 {
    count.to_be_bytes().iter().fold(0x5a, |sum, &byte| sum.rotate_left(3) ^ byte)
}

fn type_letter(picture: &mut Picture, count: u32) -> Vec<Rect> {
    let size = picture.size();
    let (columns, lines) = grid(size);
    let at = count % (columns * lines);
    let rect = Rect::new(at % columns * GLYPH, MARKER.height + at / columns * LINE, GLYPH, LINE);
    letter(picture, rect, count);
    vec![rect]
}

fn scroll(picture: &mut Picture, count: u32) -> Vec<Rect> {
    let size = picture.size();
    let page = Rect::new(0, MARKER.height, size.width, size.height.saturating_sub(MARKER.height));
    let kept = page.height.saturating_sub(LINE);
    picture.move_within((0, page.y + page.height - kept), Rect { height: kept, ..page });
    let last = Rect::new(0, page.y + kept, page.width, page.height - kept);
    picture.fill(last, PAPER);
    let letters = noise(count) % (size.width / GLYPH).max(1);
    for column in 0..letters {
        letter(picture, Rect::new(column * GLYPH, last.y, GLYPH, LINE), noise(count * 1000 + column));
    }
    vec![page]
}

fn film(picture: &mut Picture, count: u32) -> Vec<Rect> {
    let all = picture.rect();
    for y in 0..all.height {
        for (x, pixel) in (0u32..).zip(picture.row_mut(all, y).chunks_exact_mut(4)) {
            let grain = noise(x ^ y << 12 ^ count) & 7;
            let shade = [x + count * 4, y + count * 2, (x ^ y) + count].map(|n| low_byte((n & 0xff) + grain));
            pixel[..3].copy_from_slice(&shade);
        }
    }
    vec![all]
}

fn grid(size: Size) -> (u32, u32) {
    ((size.width / GLYPH).max(1), (size.height.saturating_sub(MARKER.height) / LINE).max(1))
}

/// Something like a letter: 6 by 10 dots, dark on paper.
fn letter(picture: &mut Picture, rect: Rect, seed: u32) {
    picture.fill(rect, PAPER);
    let dots = u64::from(noise(seed % 60)) << 32 | u64::from(noise(seed % 60 + 1000));
    for dot in 0..60u32 {
        if dots >> dot & 1 == 1 {
            picture.fill(Rect::new(rect.x + 1 + dot % 6, rect.y + 3 + dot / 6, 1, 1), [40, 30, 20, 255]);
        }
    }
}

/// A well mixed number from `n` (the finalizer of MurmurHash3).
const fn noise(n: u32) -> u32 {
    let n = (n ^ n >> 16).wrapping_mul(0x85eb_ca6b);
    let n = (n ^ n >> 13).wrapping_mul(0xc2b2_ae35);
    n ^ n >> 16
}

fn low_byte(n: u32) -> u8 {
    u8::try_from(n & 0xff).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_read_back_and_blank_pictures_have_none() {
        let mut picture = Picture::new(Size { width: 320, height: 64 }).expect("allowed");
        assert_eq!(read_counter(&picture), None);
        picture.fill(picture.rect(), [255; 4]);
        assert_eq!(read_counter(&picture), None);
        for count in [0, 1, 255, 256, 0xdead_beef, u32::MAX] {
            stamp(&mut picture, count);
            assert_eq!(read_counter(&picture), Some(count));
        }
    }

    #[test]
    fn the_same_steps_give_the_same_pixels_and_only_the_damage_changes() {
        for motion in [Motion::Typing, Motion::Scrolling, Motion::Film] {
            let size = Size { width: 320, height: 200 };
            let screens = [(); 2].map(|()| Screen::new(&[size]).expect("allowed"));
            let mut patterns = [(); 2].map(|()| Pattern::new(DisplayId(0), motion));
            for _ in 0..5 {
                for (pattern, screen) in patterns.iter_mut().zip(&screens) {
                    pattern.step(screen).expect("there is a display 0");
                }
            }
            let pictures = screens.map(|s| s.picture(DisplayId(0)).expect("there is a display 0"));
            assert_eq!(pictures[0], pictures[1]);
            assert_eq!(read_counter(&pictures[0]), Some(5));
        }
    }
}
