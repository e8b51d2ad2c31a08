//! A picture in memory.

use deskwire_wire::picture::{Point, Rect, Size};

use crate::{Error, ErrorKind};

/// Bytes of one pixel.
pub const PIXEL: usize = 4;

/// Pixels in memory: blue, green, red and X (255), row by row without gaps.
///
/// ```
/// use deskwire_platform::Picture;
/// use deskwire_wire::picture::{Point, Rect, Size};
/// # fn main() -> Result<(), deskwire_platform::Error> {
/// let mut picture = Picture::new(Size { width: 20, height: 10 })?;
/// picture.fill(Rect::new(2, 2, 4, 4), [0, 0, 255, 255]);
/// assert_eq!(picture.pixel(Point { x: 2, y: 2 }), Some([0, 0, 255, 255]));
/// # Ok(()) }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    size: Size,
    pixels: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}x{})", self.size.width, self.size.height)
    }
}

impl Picture {
    /// A black picture.
    ///
    /// # Errors
    /// `Invalid` when the size is not allowed ([`Size::is_allowed`]).
    pub fn new(size: Size) -> Result<Self, Error> {
        if !size.is_allowed() {
            return Err(Error::new(
                ErrorKind::Invalid,
                format!("a picture of {} by {} pixels is not allowed", size.width, size.height),
                "use sides from 1 to 16384 pixels and at most 64 Mpixel",
            ));
        }
        let pixels = [0, 0, 0, 255].repeat(size.width as usize * size.height as usize);
        Ok(Self { size, pixels })
    }

    /// Width and height.
    pub const fn size(&self) -> Size {
        self.size
    }

    /// The rectangle of the whole picture.
    pub const fn rect(&self) -> Rect {
        Rect::of_size(self.size)
    }

    /// Bytes from one row to the next.
    pub const fn stride(&self) -> usize {
        self.size.width as usize * PIXEL
    }

    /// All bytes.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// All bytes, to be changed.
    pub fn pixels_mut(&mut self) -> &mut [u8] {
        &mut self.pixels
    }

    /// The bytes of `rect` in row `y` of the picture (not of the rectangle). Empty when outside.
    pub fn row(&self, rect: Rect, y: u32) -> &[u8] {
        self.span(rect, y).and_then(|span| self.pixels.get(span)).unwrap_or_default()
    }

    /// As [`Picture::row`], to be changed.
    pub fn row_mut(&mut self, rect: Rect, y: u32) -> &mut [u8] {
        self.span(rect, y).and_then(|span| self.pixels.get_mut(span)).unwrap_or_default()
    }

    /// The pixel at a point, if it is in the picture.
    pub fn pixel(&self, at: Point) -> Option<[u8; 4]> {
        let (x, y) = (u32::try_from(at.x).ok()?, u32::try_from(at.y).ok()?);
        self.row(Rect::new(x, y, 1, 1), y).try_into().ok()
    }

    /// Fills the part of `rect` that lies in the picture.
    pub fn fill(&mut self, rect: Rect, bgrx: [u8; 4]) {
        let Some(rect) = rect.intersection(self.rect()) else { return };
        for y in rect.y..rect.bottom() {
            for pixel in self.row_mut(rect, y).chunks_exact_mut(PIXEL) {
                pixel.copy_from_slice(&bgrx);
            }
        }
    }

    /// Copies `rect` from a picture of the same size; parts outside either are left alone.
    pub fn copy_from(&mut self, from: &Self, rect: Rect) {
        let Some(rect) = rect.intersection(self.rect()).and_then(|r| r.intersection(from.rect())) else {
            return;
        };
        for y in rect.y..rect.bottom() {
            self.row_mut(rect, y).copy_from_slice(from.row(rect, y));
        }
    }

    /// Moves pixels within the picture, as if the source were read whole before anything is written.
    ///
    /// Returns false, and does nothing, when either rectangle is not wholly in the picture.
    pub fn move_within(&mut self, from: (u32, u32), to: Rect) -> bool {
        let source = Rect::new(from.0, from.1, to.width, to.height);
        if !source.fits(self.size) || !to.fits(self.size) {
            return false;
        }
        let move_row = |picture: &mut Self, i: u32| {
            let (Some(src), Some(dst)) = (picture.span(source, source.y + i), picture.span(to, to.y + i))
            else {
                return;
            };
            picture.pixels.copy_within(src, dst.start);
        };
        // Downwards the last row goes first, so that no row is overwritten before it was read.
        if to.y > source.y {
            (0..to.height).rev().for_each(|i| move_row(self, i));
        } else {
            (0..to.height).for_each(|i| move_row(self, i));
        }
        true
    }

    /// Whether both have the same pixels in `rect` (which must be in both).
    pub fn is_same_in(&self, other: &Self, rect: Rect) -> bool {
        (rect.y..rect.bottom()).all(|y| self.row(rect, y) == other.row(rect, y))
    }

    fn span(&self, rect: Rect, y: u32) -> Option<std::ops::Range<usize>> {
        let row = Rect::new(rect.x, y, rect.width, 1);
        row.fits(self.size).then(|| {
            let start = y as usize * self.stride() + rect.x as usize * PIXEL;
            start..start + rect.width as usize * PIXEL
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(width: u32, height: u32) -> Picture {
        let mut picture = Picture::new(Size { width, height }).expect("allowed");
        for (i, pixel) in picture.pixels_mut().chunks_exact_mut(4).enumerate() {
            pixel[0] = u8::try_from(i % 251).expect("small");
        }
        picture
    }

    #[test]
    fn moves_overlap_in_every_direction() {
        for (from, to) in
            [((0, 0), (0, 1)), ((0, 1), (0, 0)), ((0, 0), (1, 0)), ((1, 0), (0, 0)), ((1, 2), (0, 0))]
        {
            let before = numbered(8, 8);
            let mut after = before.clone();
            let to = Rect::new(to.0, to.1, 6, 6);
            assert!(after.move_within(from, to));
            for y in 0..6 {
                let source = Rect::new(from.0, 0, 6, 1);
                assert_eq!(after.row(to, to.y + y), before.row(source, from.1 + y));
            }
        }
    }

    #[test]
    fn nothing_outside_is_touched_or_read() {
        let mut picture = numbered(8, 8);
        let before = picture.clone();
        assert!(!picture.move_within((3, 0), Rect::new(0, 0, 6, 6)));
        picture.fill(Rect::new(8, 0, 5, 5), [1; 4]);
        assert_eq!(picture, before);
        assert!(picture.row(Rect::new(4, 0, 5, 1), 0).is_empty());
        assert!(picture.row(Rect::new(0, 0, 8, 8), 8).is_empty());
        assert_eq!(picture.pixel(Point { x: -1, y: 0 }), None);
    }

    #[test]
    fn t18_sizes_are_checked_before_memory_is_taken() {
        let error = Picture::new(Size { width: 16_384, height: 16_384 }).expect_err("too large");
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert!(error.to_string().starts_with("a picture of 16384 by 16384 pixels is not allowed; use"));
    }
}
