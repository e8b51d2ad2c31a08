//! A short list of rectangles that covers everything that changed.

use deskwire_wire::picture::{Rect, Size};

/// Collects rectangles. The list stays short: when it is full, the two that lose least by it become one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Damage {
    rects: Vec<Rect>,
}

impl Damage {
    /// Most rectangles in the list.
    pub const MAX_RECTS: usize = 32;

    /// No damage.
    pub const fn new() -> Self {
        Self { rects: Vec::new() }
    }

    /// Adds `rect`. What is already covered is not listed twice, but rectangles may overlap.
    pub fn add(&mut self, rect: Rect) {
        if rect.is_empty() || self.rects.iter().any(|&have| covers(have, rect)) {
            return;
        }
        self.rects.retain(|&have| !covers(rect, have));
        // Rectangles that make up one without loss become one: systems report text line by line.
        let joined = self.rects.iter().position(|&have| waste(have, rect) == 0);
        if let Some(at) = joined {
            let have = self.rects.swap_remove(at);
            self.add(have.union(rect));
            return;
        }
        self.rects.push(rect);
        if self.rects.len() > Self::MAX_RECTS {
            self.join_cheapest();
        }
    }

    /// Adds all of `rects`.
    pub fn extend(&mut self, rects: impl IntoIterator<Item = Rect>) {
        for rect in rects {
            self.add(rect);
        }
    }

    /// Makes `rect` the only one: everything in it changed.
    pub fn set(&mut self, rect: Rect) {
        self.rects.clear();
        self.add(rect);
    }

    /// Cuts all to a picture of `size`.
    pub fn clip(&mut self, size: Size) {
        let all = Rect::of_size(size);
        self.rects = self.rects.iter().filter_map(|r| r.intersection(all)).collect();
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.rects.is_empty()
    }

    /// The rectangles.
    pub fn rects(&self) -> &[Rect] {
        &self.rects
    }

    /// Empties it.
    pub fn clear(&mut self) {
        self.rects.clear();
    }

    /// The rectangles, leaving none behind.
    pub fn take(&mut self) -> Vec<Rect> {
        std::mem::take(&mut self.rects)
    }

    fn join_cheapest(&mut self) {
        let mut best: Option<(i128, usize, usize)> = None;
        for (i, &a) in self.rects.iter().enumerate() {
            for (j, &b) in self.rects.iter().enumerate().skip(i + 1) {
                let cost = waste(a, b);
                if best.is_none_or(|(least, ..)| cost < least) {
                    best = Some((cost, i, j));
                }
            }
        }
        if let Some((_, i, j)) = best {
            let b = self.rects.swap_remove(j);
            let a = self.rects.swap_remove(i);
            self.add(a.union(b));
        }
    }
}

fn covers(outer: Rect, inner: Rect) -> bool {
    outer.union(inner) == outer
}

/// Pixels that the union covers beyond the two; less than zero when they overlap.
fn waste(a: Rect, b: Rect) -> i128 {
    i128::from(a.union(b).area()) - i128::from(a.area()) - i128::from(b.area())
        + i128::from(a.intersection(b).map_or(0, Rect::area))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_one_box_become_one_rectangle() {
        let mut damage = Damage::new();
        damage.extend((0..10).map(|y| Rect::new(5, y * 16, 100, 16)));
        assert_eq!(damage.rects(), [Rect::new(5, 0, 100, 160)]);
    }

    #[test]
    fn the_list_stays_short_and_covers_everything() {
        let mut damage = Damage::new();
        let all: Vec<_> = (0..200).map(|i| Rect::new(i * 37 % 1000, i * 91 % 700, 5, 5)).collect();
        damage.extend(all.iter().copied());
        assert!(damage.rects().len() <= Damage::MAX_RECTS);
        for rect in all {
            assert!(damage.rects().iter().any(|&r| covers(r, rect)), "{rect:?} is not covered");
        }
    }

    #[test]
    fn clipping_drops_what_is_outside() {
        let mut damage = Damage::new();
        damage.extend([Rect::new(90, 0, 20, 10), Rect::new(200, 0, 5, 5), Rect::new(0, 0, 0, 9)]);
        damage.clip(Size { width: 100, height: 100 });
        assert_eq!(damage.take(), [Rect::new(90, 0, 10, 10)]);
        assert!(damage.is_empty());
    }
}
