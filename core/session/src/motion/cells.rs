//! A display in squares: how often each changes, what that costs, and whether the viewer has it exactly.

use alloc::vec::Vec;
use core::time::Duration;

use deskwire_machine::Instant;
use deskwire_wire::picture::{Rect, Size};

/// The side of a cell, in pixels; no smaller than the cells of lossless updates, so that these fall into few.
pub(super) const SIDE: u32 = 64;
/// Heat and bytes halve in this time.
const HALF_LIFE_MS: u64 = 256;
/// What one change adds to a cell's heat.
const CHANGE: u32 = 256;
/// A cell that changes seven times a second or more stays above this.
const HOT: u32 = 3 * CHANGE;
/// Decayed bytes are what came in the last 370 ms (the half-life by the logarithm of 2), or so.
const MEMORY_MS: u64 = 370;

#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    heat: u32,
    bytes: u32,
    /// When the two were brought up to date, which is when it changed last.
    changed_at: Instant,
    lossy: bool,
}

impl Cell {
    fn decay(&mut self, now: Instant) {
        self.heat = decayed(self.heat, now - self.changed_at);
        self.bytes = decayed(self.bytes, now - self.changed_at);
        self.changed_at = now;
    }

    fn is_hot(&self, now: Instant) -> bool {
        decayed(self.heat, now - self.changed_at) >= HOT
    }
}

/// Half of `value` for each half-life in `time`, and between two of them on a straight line.
fn decayed(value: u32, time: Duration) -> u32 {
    let ms = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    let halved = value.checked_shr(u32::try_from(ms / HALF_LIFE_MS).unwrap_or(u32::MAX)).unwrap_or(0);
    let rest = ms % HALF_LIFE_MS;
    u32::try_from(u64::from(halved) * (2 * HALF_LIFE_MS - rest) / (2 * HALF_LIFE_MS)).unwrap_or(halved)
}

/// What hangs together and changes all the time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct HotSpot {
    /// The smallest rectangle around it.
    pub(super) rect: Rect,
    /// What it costs without a codec, in bytes a second.
    pub(super) rate: u64,
}

#[derive(Debug, Default)]
pub(super) struct Cells {
    size: Size,
    columns: u32,
    cells: Vec<Cell>,
}

impl Cells {
    pub(super) fn new(size: Size) -> Self {
        let columns = size.width.div_ceil(SIDE);
        let count = columns as usize * size.height.div_ceil(SIDE) as usize;
        Self { size, columns, cells: alloc::vec![Cell::default(); count] }
    }

    pub(super) const fn size(&self) -> Size {
        self.size
    }

    fn rect(&self, index: usize) -> Rect {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        let (x, y) = (index % self.columns.max(1) * SIDE, index / self.columns.max(1) * SIDE);
        Rect::new(x, y, SIDE.min(self.size.width - x), SIDE.min(self.size.height - y))
    }

    /// The cells that `rect` touches, as numbers.
    fn touched(&self, rect: Rect) -> impl Iterator<Item = usize> + use<> {
        let within = rect.intersection(Rect::of_size(self.size)).unwrap_or_default();
        let (columns, empty) = (self.columns, within.is_empty());
        let rows = (within.y / SIDE)..within.bottom().div_ceil(SIDE);
        let across = (within.x / SIDE)..within.right().div_ceil(SIDE);
        rows.filter(move |_| !empty)
            .flat_map(move |row| across.clone().map(move |column| (row * columns + column) as usize))
    }

    /// `rect` changed, which took so many bytes.
    pub(super) fn change(&mut self, now: Instant, rect: Rect, bytes: usize) {
        for index in self.touched(rect) {
            let part = self.rect(index).intersection(rect).map_or(0, Rect::area);
            let share = (bytes as u64).saturating_mul(part) / rect.area().max(1);
            if let Some(cell) = self.cells.get_mut(index) {
                cell.decay(now);
                cell.heat = cell.heat.saturating_add(CHANGE);
                cell.bytes = cell.bytes.saturating_add(u32::try_from(share).unwrap_or(u32::MAX));
            }
        }
    }

    /// The viewer has something that is only like what is in `rect`.
    pub(super) fn mark_lossy(&mut self, rect: Rect) {
        for index in self.touched(rect) {
            if let Some(cell) = self.cells.get_mut(index) {
                cell.lossy = true;
            }
        }
    }

    /// Whether anything outside `apart` is only like the picture.
    pub(super) fn next_rest(&self, apart: Option<Rect>) -> Option<Instant> {
        self.lossy(apart).filter_map(|index| self.cells.get(index)).map(|cell| cell.changed_at).min()
    }

    fn lossy(&self, apart: Option<Rect>) -> impl Iterator<Item = usize> + '_ {
        let outside =
            move |index: usize| apart.is_none_or(|rect| rect.intersection(self.rect(index)).is_none());
        self.cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| cell.lossy)
            .map(|(index, _)| index)
            .filter(move |i| outside(*i))
    }

    /// Takes up to `most` lossy cells outside `apart` that have not changed since `still`: they are to be sent exactly.
    pub(super) fn take_still(&mut self, still: Instant, apart: Option<Rect>, most: usize) -> Vec<Rect> {
        let at_rest = |index: &usize| self.cells.get(*index).is_some_and(|cell| cell.changed_at <= still);
        let taken: Vec<usize> = self.lossy(apart).filter(at_rest).take(most).collect();
        let mut rects: Vec<Rect> = Vec::new();
        for index in taken {
            if let Some(cell) = self.cells.get_mut(index) {
                cell.lossy = false;
            }
            let rect = self.rect(index);
            match rects.last_mut() {
                Some(last) if last.y == rect.y && last.right() == rect.x => last.width += rect.width,
                _ => rects.push(rect),
            }
        }
        rects
    }

    /// The part within `rect` that changes all the time.
    pub(super) fn hot_within(&self, now: Instant, rect: Rect) -> Option<Rect> {
        let hot =
            self.touched(rect).filter(|index| self.cells.get(*index).is_some_and(|cell| cell.is_hot(now)));
        hot.map(|index| self.rect(index)).reduce(Rect::union)
    }

    /// The hot spot that costs most.
    pub(super) fn hottest(&self, now: Instant) -> Option<HotSpot> {
        let mut seen = alloc::vec![false; self.cells.len()];
        let mut best: Option<HotSpot> = None;
        for start in 0..self.cells.len() {
            let Some(spot) = self.spot(now, start, &mut seen) else { continue };
            if best.is_none_or(|best| spot.rate > best.rate) {
                best = Some(spot);
            }
        }
        best
    }

    /// The hot cells that hang together with `start`, if that is one and was not seen yet.
    fn spot(&self, now: Instant, start: usize, seen: &mut [bool]) -> Option<HotSpot> {
        let mut waiting = alloc::vec![start];
        let mut spot: Option<HotSpot> = None;
        while let Some(index) = waiting.pop() {
            let (Some(cell), Some(seen)) = (self.cells.get(index), seen.get_mut(index)) else { continue };
            if core::mem::replace(seen, true) || !cell.is_hot(now) {
                continue;
            }
            let rect = self.rect(index);
            let bytes = u64::from(decayed(cell.bytes, now - cell.changed_at));
            let rate = bytes * 1000 / MEMORY_MS;
            spot = Some(spot.map_or(HotSpot { rect, rate }, |spot| HotSpot {
                rect: spot.rect.union(rect),
                rate: spot.rate + rate,
            }));
            // Those beside it, also over a corner.
            let (x, y) = (rect.x.saturating_sub(1), rect.y.saturating_sub(1));
            waiting.extend(self.touched(Rect::new(x, y, rect.right() + 1 - x, rect.bottom() + 1 - y)));
        }
        spot
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size { width: 300, height: 200 };

    fn at(ms: u64) -> Instant {
        Instant::from_micros(ms * 1_000)
    }

    #[test]
    fn what_changes_often_is_hot_and_cools_down() {
        let mut cells = Cells::new(SIZE);
        let rect = Rect::new(70, 70, 20, 20);
        for n in 0..10 {
            cells.change(at(n * 250), rect, 100);
        }
        assert_eq!(cells.hottest(at(2_250)), None, "four changes a second are no motion");
        for n in 0..30 {
            cells.change(at(3_000 + n * 33), rect, 1_000);
        }
        let spot = cells.hottest(at(3_957)).unwrap();
        assert_eq!(spot.rect, Rect::new(64, 64, 64, 64));
        assert!((20_000..45_000).contains(&spot.rate), "30,000 bytes a second, told as {}", spot.rate);
        assert_eq!(cells.hottest(at(4_957)), None);
    }

    #[test]
    fn spots_apart_are_apart_and_the_dearest_is_told() {
        let mut cells = Cells::new(SIZE);
        for n in 0..30 {
            cells.change(at(n * 33), Rect::new(0, 0, 10, 10), 10);
            cells.change(at(n * 33), Rect::new(130, 60, 100, 100), 9_000);
        }
        assert_eq!(cells.hottest(at(957)).unwrap().rect, Rect::new(128, 0, 128, 192));
        let whole = Rect::of_size(SIZE);
        assert_eq!(cells.hot_within(at(957), whole), Some(Rect::new(0, 0, 256, 192)));
    }

    #[test]
    fn lossy_cells_are_taken_once_when_they_rest() {
        let mut cells = Cells::new(SIZE);
        cells.mark_lossy(Rect::new(0, 0, 130, 10));
        cells.change(at(100), Rect::new(0, 0, 10, 10), 0);
        assert_eq!(cells.take_still(at(50), None, 10), [Rect::new(64, 0, 128, 64)]);
        assert_eq!(cells.take_still(at(50), None, 10), []);
        assert_eq!(cells.next_rest(None), Some(at(100)));
        assert_eq!(cells.take_still(at(100), Some(Rect::new(0, 0, 5, 5)), 10), []);
        assert_eq!(cells.take_still(at(100), None, 10), [Rect::new(0, 0, 64, 64)]);
        assert_eq!(cells.next_rest(None), None);
    }

    #[test]
    fn edges_that_are_no_whole_cell_count() {
        let mut cells = Cells::new(SIZE);
        let corner = Rect::new(299, 199, 1, 1);
        for n in 0..30 {
            cells.change(at(n * 33), corner, 10);
        }
        assert_eq!(cells.hottest(at(957)).unwrap().rect, Rect::new(256, 192, 44, 8));
        cells.change(at(957), Rect::new(500, 500, 10, 10), 10);
        cells.mark_lossy(Rect::default());
        assert_eq!(cells.next_rest(None), None);
    }
}
