//! Finding content that only moved up or down.
//!
//! The damaged rectangle is cut into columns. In each, rows of the old and the new picture are hashed; places that occur
//! once vote for the distance to their new place. The winner is verified row by row, so a wrong guess costs time, never
//! correctness.

use deskwire_platform::Picture;
use deskwire_wire::picture::Rect;

/// Most columns a rectangle is cut into.
const MAX_COLUMNS: u32 = 8;
/// Least width of a column, in pixels.
const MIN_WIDTH: u32 = 64;
/// Most pixels of a column that vote; all of them are verified.
const SAMPLE: u32 = 96;
/// Rows that are hashed together to recognise a place.
const CONTEXT: usize = 4;
/// Mixes hashes: 2^64 divided by the golden ratio.
const K: u64 = 0x9e37_79b9_7f4a_7c15;
/// Least rows of a rectangle to search in.
const MIN_ROWS: u32 = 24;
/// Least rows of a copy: below that its bytes cost as much as the pixels.
const MIN_RUN: u32 = 8;

/// A copy within the picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Move {
    pub(crate) from: (u32, u32),
    pub(crate) to: Rect,
}

/// A run of rows of one column that moved by `offset` (the source is that far below).
#[derive(Clone, Copy, Debug)]
struct Run {
    offset: i64,
    to: Rect,
}

/// Copies that bring `shown` nearer to `picture` within `rect`, to be done in this order.
pub(crate) fn find_moves(shown: &Picture, picture: &Picture, rect: Rect) -> Vec<Move> {
    if rect.height < MIN_ROWS || rect.width < MIN_WIDTH {
        return Vec::new();
    }
    let columns = columns_of(rect);
    let offsets: Vec<Vote> = columns.iter().map(|&column| vote(shown, picture, column)).collect();
    let mut runs: Vec<Run> = Vec::new();
    for (i, &column) in columns.iter().enumerate() {
        let offset = match offsets[i] {
            Vote::Moved(offset) => Some(offset),
            // Too little in it to tell, so it is probably the edge of what its neighbours show.
            Vote::Unsure => neighbour(&offsets, i),
        };
        let Some(offset) = offset else { continue };
        for run in verified_runs(shown, picture, column, offset) {
            join(&mut runs, run);
        }
    }
    // Sources must be read before they are overwritten: what moves up goes first from the top, and the reverse.
    runs.sort_by_key(|run| if run.offset > 0 { i64::from(run.to.y) } else { -i64::from(run.to.y) });
    runs.iter()
        .map(|run| {
            let y = i64::from(run.to.y) + run.offset;
            Move { from: (run.to.x, u32::try_from(y).unwrap_or(0)), to: run.to }
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Vote {
    /// No distance won.
    Unsure,
    /// New row `y` was old row `y + offset`.
    Moved(i64),
}

fn columns_of(rect: Rect) -> Vec<Rect> {
    let count = (rect.width / MIN_WIDTH).clamp(1, MAX_COLUMNS);
    let edge =
        |i: u32| rect.x + u32::try_from(u64::from(rect.width) * u64::from(i) / u64::from(count)).unwrap_or(0);
    (0..count).map(|i| Rect { x: edge(i), width: edge(i + 1) - edge(i), ..rect }).collect()
}

fn vote(shown: &Picture, picture: &Picture, column: Rect) -> Vote {
    let sample = Rect { width: column.width.min(SAMPLE), ..column };
    let hashes =
        |p: &Picture| (column.y..column.bottom()).map(|y| hash(p.row(sample, y))).collect::<Vec<u64>>();
    let (old, new) = (hashes(shown), hashes(picture));
    let changed = old.iter().zip(&new).filter(|(a, b)| a != b).count();
    if changed == 0 {
        return Vote::Unsure;
    }
    let (old, new) = (in_context(&old), in_context(&new));
    let mut places: Vec<(u64, usize)> = old.iter().copied().zip(0..).collect();
    places.sort_unstable();
    let once = |hash: u64| {
        let first = places.partition_point(|&(h, _)| h < hash);
        match (places.get(first), places.get(first + 1)) {
            (Some(&(h, row)), next) if h == hash && next.is_none_or(|&(h, _)| h != hash) => Some(row),
            _ => None,
        }
    };
    let mut votes = vec![0u32; old.len() * 2];
    for (y, (&now, &before)) in new.iter().zip(&old).enumerate() {
        if now != before
            && let Some(row) = once(now)
            && let Some(votes) = votes.get_mut(row + old.len() - y)
        {
            *votes += 1;
        }
    }
    let best = votes.iter().copied().zip(0usize..).max_by_key(|&(votes, _)| votes);
    match best {
        Some((count, at)) if count >= 4 && count as usize * 16 >= changed => {
            Vote::Moved(at as i64 - old.len() as i64)
        }
        _ => Vote::Unsure,
    }
}

/// Hashes of each row with those below it: in boxes and letters many rows are alike, but few places are.
fn in_context(rows: &[u64]) -> Vec<u64> {
    let with_below =
        |window: &[u64]| window.iter().fold(0, |sum: u64, row| (sum ^ row).wrapping_mul(K).rotate_left(31));
    (0..rows.len())
        .map(|y| with_below(rows.get(y..rows.len().min(y + CONTEXT)).unwrap_or_default()))
        .collect()
}

fn neighbour(offsets: &[Vote], at: usize) -> Option<i64> {
    let moved = |vote: &Vote| if let Vote::Moved(offset) = vote { Some(*offset) } else { None };
    let left = offsets.get(..at)?.iter().rev().find_map(moved);
    left.or_else(|| offsets.get(at..)?.iter().find_map(moved))
}

/// Longest runs of rows whose new pixels are exactly the old ones `offset` below, with enough change to be worth it.
fn verified_runs(shown: &Picture, picture: &Picture, column: Rect, offset: i64) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut start = None;
    for y in column.y..=column.bottom() {
        let source =
            u32::try_from(i64::from(y) + offset).ok().filter(|s| (column.y..column.bottom()).contains(s));
        let same = y < column.bottom()
            && source.is_some_and(|source| picture.row(column, y) == shown.row(column, source));
        match (same, start) {
            (true, None) => start = Some(y),
            (false, Some(first)) => {
                start = None;
                let to = Rect { y: first, height: y - first, ..column };
                let changed = (first..y)
                    .filter(|&y| picture.row(column, y) != shown.row(column, y))
                    .take(MIN_RUN as usize);
                if changed.count() == MIN_RUN as usize {
                    runs.push(Run { offset, to });
                }
            }
            _ => {}
        }
    }
    runs
}

/// Adds `run`, as a wider copy where the column to the left has nearly the same rows.
fn join(runs: &mut Vec<Run>, run: Run) {
    for have in runs.iter_mut().rev() {
        if have.offset != run.offset || have.to.right() != run.to.x {
            continue;
        }
        let (top, bottom) = (have.to.y.max(run.to.y), have.to.bottom().min(run.to.bottom()));
        let longest = have.to.height.max(run.to.height);
        if bottom > top && (bottom - top) * 10 >= longest * 9 {
            have.to = Rect::new(have.to.x, top, have.to.width + run.to.width, bottom - top);
            return;
        }
    }
    runs.push(run);
}

/// A quick hash of a row. Equal rows must have equal hashes; all else is verified.
fn hash(row: &[u8]) -> u64 {
    let mut lanes = [1u64, 2, 3, 4];
    let mut chunks = row.chunks_exact(32);
    for chunk in &mut chunks {
        for (lane, word) in lanes.iter_mut().zip(chunk.chunks_exact(8)) {
            let word = u64::from_le_bytes(word.try_into().unwrap_or_default());
            *lane = (*lane ^ word).wrapping_mul(K).rotate_left(29);
        }
    }
    let mut sum = lanes.iter().fold(0, |sum: u64, lane| (sum ^ lane).wrapping_mul(K).rotate_left(31));
    for &byte in chunks.remainder() {
        sum = (sum ^ u64::from(byte)).wrapping_mul(K).rotate_left(13);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskwire_wire::picture::Size;

    /// Rows that all differ, with a plain margin on the right.
    fn page(shift: u32) -> Picture {
        let mut picture = Picture::new(Size { width: 300, height: 200 }).expect("allowed");
        for y in 0..200 {
            for x in 0..220 {
                let shade = u8::try_from(((y + shift) * 7 + x * (y + shift + 3)) % 251).expect("small");
                picture.fill(Rect::new(x, y, 1, 1), [shade, 1, 2, 255]);
            }
        }
        picture
    }

    #[test]
    fn a_page_that_moved_up_is_one_copy() {
        let moves = find_moves(&page(0), &page(16), Rect::new(0, 0, 300, 200));
        assert_eq!(moves.len(), 1, "{moves:?}");
        assert_eq!(moves[0].from, (0, 16));
        assert_eq!((moves[0].to.y, moves[0].to.height), (0, 184));
    }

    #[test]
    fn a_page_that_moved_down_is_found_too() {
        let moves = find_moves(&page(40), &page(10), Rect::new(0, 0, 300, 200));
        assert_eq!(moves.first().map(|m| (m.from.1, m.to.y)), Some((0, 30)));
    }

    #[test]
    fn nothing_is_found_where_nothing_moved() {
        assert!(find_moves(&page(0), &page(0), Rect::new(0, 0, 300, 200)).is_empty());
        let mut other = page(5);
        other.pixels_mut().as_chunks_mut::<4>().0.iter_mut().for_each(|pixel| pixel[1] = 9);
        assert!(find_moves(&page(0), &other, Rect::new(0, 0, 300, 200)).is_empty());
    }
}
