//! The picture: rectangles and region updates. An update is a list of operations on what the viewer already has, so
//! it is never dropped from the middle; a new epoch starts with a full refresh.

use alloc::vec::Vec;

use crate::ids::{DisplayId, Epoch};

/// The longest side of a picture, in pixels.
pub const MAX_SIDE: u32 = 16_384;
/// The largest area of a picture, in pixels.
pub const MAX_AREA: u32 = 64 * 1024 * 1024;

/// A point, in pixels from the top left corner.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Point {
    /// To the right.
    pub x: i32,
    /// Down.
    pub y: i32,
}

/// Width and height in pixels.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Size {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl Size {
    /// Whether sides and area are within [`MAX_SIDE`] and [`MAX_AREA`] and not zero.
    pub fn is_allowed(self) -> bool {
        let side = |n: u32| (1..=MAX_SIDE).contains(&n);
        side(self.width)
            && side(self.height)
            && self.width.checked_mul(self.height).is_some_and(|area| area <= MAX_AREA)
    }

    /// Pixels.
    pub const fn area(self) -> u64 {
        self.width as u64 * self.height as u64
    }
}

/// A rectangle, in pixels.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Rect {
    /// Left edge.
    pub x: u32,
    /// Top edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl Rect {
    /// A rectangle from its left and top edge, width and height.
    pub const fn new(x: u32, y: u32, width: u32, height: u32) -> Self {
        Self { x, y, width, height }
    }

    /// The rectangle at the origin with `size`.
    pub const fn of_size(size: Size) -> Self {
        Self::new(0, 0, size.width, size.height)
    }

    /// Its size.
    pub const fn size(self) -> Size {
        Size { width: self.width, height: self.height }
    }

    /// Whether it has no pixels.
    pub const fn is_empty(self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// Pixels.
    pub const fn area(self) -> u64 {
        self.size().area()
    }

    /// The column right of it (saturating).
    pub const fn right(self) -> u32 {
        self.x.saturating_add(self.width)
    }

    /// The row below it (saturating).
    pub const fn bottom(self) -> u32 {
        self.y.saturating_add(self.height)
    }

    /// Whether it lies wholly in a picture of `size`, checked on each axis without overflow.
    pub fn fits(self, size: Size) -> bool {
        let within =
            |start: u32, len: u32, bound: u32| start.checked_add(len).is_some_and(|end| end <= bound);
        within(self.x, self.width, size.width) && within(self.y, self.height, size.height)
    }

    /// The part that both have, if any.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let (right, bottom) = (self.right().min(other.right()), self.bottom().min(other.bottom()));
        (x < right && y < bottom).then(|| Self::new(x, y, right - x, bottom - y))
    }

    /// The smallest rectangle around both.
    pub fn union(self, other: Self) -> Self {
        if self.is_empty() {
            return other;
        }
        if other.is_empty() {
            return self;
        }
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self::new(x, y, self.right().max(other.right()) - x, self.bottom().max(other.bottom()) - y)
    }
}

/// A video codec.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum VideoCodec {
    /// AV1.
    Av1,
}

/// One operation on the viewer's picture. Pixels are BGRX, 4 bytes each, blue first; X is 255.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum RegionOp<'a> {
    /// Copy pixels of the picture to `to` from the rectangle of the same size at `from` (scrolling).
    Copy {
        /// Top left corner of the source, in pixels.
        from: (u32, u32),
        /// Where they go. Source and destination may overlap.
        to: Rect,
    },
    /// Fill with one colour.
    Solid {
        /// Where.
        rect: Rect,
        /// Blue, green, red, X.
        bgrx: [u8; 4],
    },
    /// Pixels compressed with zstd: `rect.area() * 4` bytes when decompressed, row by row.
    Zstd {
        /// Where.
        rect: Rect,
        /// One zstd frame.
        data: &'a [u8],
    },
    /// A frame of a video codec, shown at `rect`.
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
        data: &'a [u8],
    },
}

/// What changed on one display between two moments: the unit that travels on a video channel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FrameUpdate<'a> {
    /// Which display.
    pub display: DisplayId,
    /// Which run of the stream.
    pub epoch: Epoch,
    /// Counts updates within the epoch, from 0; 0 is a full refresh.
    pub sequence: u32,
    /// Size of the whole picture.
    pub size: Size,
    /// When the pixels were read, in microseconds of the host's session clock.
    pub captured_at_us: u64,
    /// What to do, in order.
    pub ops: Vec<RegionOp<'a>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    // spec: SE-19, SE-20
    #[test]
    fn bounds_are_checked_on_each_axis() {
        let size = Size { width: 100, height: 50 };
        assert!(Rect::new(0, 0, 100, 50).fits(size));
        assert!(!Rect::new(99, 0, 2, 1).fits(size));
        assert!(!Rect::new(0, u32::MAX, 1, 2).fits(size));
        assert!(Size { width: 16_384, height: 4_096 }.is_allowed());
        assert!(!Size { width: 16_384, height: 4_097 }.is_allowed());
        assert!(!Size { width: 0, height: 1 }.is_allowed());
    }

    #[test]
    fn union_and_intersection() {
        let (a, b) = (Rect::new(0, 0, 10, 10), Rect::new(5, 5, 10, 10));
        assert_eq!(a.intersection(b), Some(Rect::new(5, 5, 5, 5)));
        assert_eq!(a.union(b), Rect::new(0, 0, 15, 15));
        assert_eq!(a.intersection(Rect::new(10, 0, 1, 1)), None);
        assert_eq!(a.union(Rect::default()), a);
    }
}
