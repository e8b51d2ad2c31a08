//! What is left to send, as few boxes of pixels as is sensible.

use deskwire_platform::Picture;
use deskwire_wire::picture::Rect;

/// Side of the cells that pictures are compared in, in pixels.
pub(crate) const CELL: u32 = 64;
/// Most pixels of one compressed region: bounds what a decoder takes at once.
pub(crate) const MAX_REGION: u64 = 1024 * 1024;
/// A plain area below this many pixels goes with its neighbours instead of being an operation of its own.
const MIN_SOLID: u64 = 16 * 1024;
/// Pixels that may be sent needlessly to save an operation.
const SLACK: u64 = 1024;

/// A box that has to be painted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Part {
    pub(crate) rect: Rect,
    /// Its colour, if it has only one.
    pub(crate) plain: Option<[u8; 4]>,
    /// Pixels of the boxes that were joined in it.
    needed: u64,
}

impl Part {
    fn new(picture: &Picture, rect: Rect) -> Self {
        Self { rect, plain: plain_colour(picture, rect), needed: rect.area() }
    }
}

/// Finds what differs between `shown` and `picture` in `rect`, cell by cell, and makes `shown` the same there. Both are
/// the same in `exact` already.
pub(crate) fn collect(
    shown: &mut Picture,
    picture: &Picture,
    rect: Rect,
    exact: &[Rect],
    parts: &mut Vec<Part>,
) {
    let mut y = rect.y;
    while y < rect.bottom() {
        let below = (y / CELL + 1) * CELL;
        let mut x = rect.x;
        while x < rect.right() {
            let right = (x / CELL + 1) * CELL;
            let cell = Rect::new(x, y, right.min(rect.right()) - x, below.min(rect.bottom()) - y);
            let known = exact.iter().any(|exact| exact.intersection(cell) == Some(cell));
            if !known && let Some(changed) = difference(shown, picture, cell) {
                shown.copy_from(picture, changed);
                parts.push(Part::new(picture, changed));
            }
            x = right;
        }
        y = below;
    }
}

/// All cells of `picture`, for a full refresh.
pub(crate) fn all(picture: &Picture) -> Vec<Part> {
    let whole = picture.rect();
    let starts = |len: u32| (0..len).step_by(CELL as usize);
    let cell = |x: u32, y: u32| Rect::new(x, y, CELL, CELL).intersection(whole);
    starts(whole.height)
        .flat_map(|y| starts(whole.width).filter_map(move |x| cell(x, y)))
        .map(|rect| Part::new(picture, rect))
        .collect()
}

/// The smallest box around the pixels that differ.
fn difference(a: &Picture, b: &Picture, rect: Rect) -> Option<Rect> {
    let differs = |&y: &u32| a.row(rect, y) != b.row(rect, y);
    let top = (rect.y..rect.bottom()).find(differs)?;
    let bottom = (top..rect.bottom()).rfind(differs)? + 1;
    let (mut left, mut right) = (rect.width as usize, 0);
    for y in top..bottom {
        let (a, b) = (a.row(rect, y).as_chunks::<4>().0, b.row(rect, y).as_chunks::<4>().0);
        // Only what lies outside the box so far can widen it.
        let pixels = || a.iter().zip(b);
        if let Some(at) = pixels().take(left).position(|(a, b)| a != b) {
            left = at;
        }
        if let Some(at) = pixels().skip(right).rposition(|(a, b)| a != b) {
            right += at + 1;
        }
    }
    let (left, width) = (u32::try_from(left).ok()?, u32::try_from(right.checked_sub(left)?).ok()?);
    Some(Rect::new(rect.x + left, top, width, bottom - top))
}

/// The colour of `rect`, if it has only one.
pub(crate) fn plain_colour(picture: &Picture, rect: Rect) -> Option<[u8; 4]> {
    let first = picture.row(rect, rect.y);
    let colour = *first.first_chunk::<4>()?;
    // A row that equals itself one pixel on has one colour.
    let plain = first.get(4..)? == first.get(..first.len() - 4)?;
    (plain && (rect.y + 1..rect.bottom()).all(|y| picture.row(rect, y) == first)).then_some(colour)
}

/// Joins neighbours: plain ones exactly, others where little is sent needlessly.
pub(crate) fn merge(parts: Vec<Part>) -> Vec<Part> {
    let (plain, mut others): (Vec<Part>, Vec<Part>) =
        parts.into_iter().partition(|part| part.plain.is_some());
    let (mut merged, small): (Vec<Part>, Vec<Part>) =
        join(plain, joined_plain).into_iter().partition(|part| part.rect.area() >= MIN_SOLID);
    if others.is_empty() {
        merged.extend(small);
        return merged;
    }
    others.extend(small);
    others.sort_by_key(|part| (part.rect.y / CELL, part.rect.x));
    merged.extend(join(others, joined_any));
    merged
}

/// Two passes: each with the one before it (cells come row by row, so that is the left neighbour), then strips with
/// those above them.
fn join(parts: Vec<Part>, joined: fn(Part, Part) -> Option<Part>) -> Vec<Part> {
    let mut strips: Vec<Part> = Vec::new();
    for part in parts {
        match strips.last_mut().and_then(|last| joined(*last, part).map(|both| (last, both))) {
            Some((last, both)) => *last = both,
            None => strips.push(part),
        }
    }
    let mut merged: Vec<Part> = Vec::new();
    for part in strips {
        let near = merged.len().saturating_sub(64);
        let found =
            merged.iter_mut().skip(near).rev().find_map(|have| joined(*have, part).map(|both| (have, both)));
        match found {
            Some((have, both)) => *have = both,
            None => merged.push(part),
        }
    }
    merged
}

fn joined_plain(a: Part, b: Part) -> Option<Part> {
    let rect = a.rect.union(b.rect);
    let exact = a.plain == b.plain && rect.area() == a.rect.area() + b.rect.area();
    exact.then_some(Part { rect, plain: a.plain, needed: rect.area() })
}

fn joined_any(a: Part, b: Part) -> Option<Part> {
    let rect = a.rect.union(b.rect);
    // Against what is needed, not against what was joined before: waste must not grow with each step.
    let needed = a.needed + b.needed;
    let sensible = rect.area() <= needed + needed / 4 + SLACK && rect.area() <= MAX_REGION;
    sensible.then_some(Part { rect, plain: None, needed })
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskwire_wire::picture::Size;

    #[test]
    fn the_difference_is_as_small_as_it_can_be() {
        let before = Picture::new(Size { width: 200, height: 200 }).expect("allowed");
        let mut after = before.clone();
        after.fill(Rect::new(70, 80, 1, 1), [1, 1, 1, 255]);
        after.fill(Rect::new(75, 90, 3, 1), [1, 1, 1, 255]);
        let cell = Rect::new(64, 64, 64, 64);
        assert_eq!(difference(&before, &after, cell), Some(Rect::new(70, 80, 8, 11)));
        assert_eq!(difference(&before, &after, Rect::new(0, 0, 64, 64)), None);
    }

    #[test]
    fn a_plain_picture_is_one_part() {
        let picture = Picture::new(Size { width: 1000, height: 700 }).expect("allowed");
        let merged = merge(all(&picture));
        assert_eq!(
            merged.iter().map(|p| (p.rect, p.plain)).collect::<Vec<_>>(),
            [(picture.rect(), Some([0, 0, 0, 255]))]
        );
    }

    #[test]
    fn a_line_and_a_cursor_below_it_are_not_two_lines() {
        let mut shown = Picture::new(Size { width: 800, height: 200 }).expect("allowed");
        let mut picture = shown.clone();
        for x in 0..600 {
            picture.fill(Rect::new(x, 70, 1, 13), [u8::try_from(x % 200).expect("small"), 1, 1, 255]);
        }
        picture.fill(Rect::new(0, 83, 6, 13), [200, 200, 200, 255]);
        let mut parts = Vec::new();
        collect(&mut shown, &picture, Rect::new(0, 70, 800, 26), &[], &mut parts);
        let sent: u64 = merge(parts).iter().map(|part| part.rect.area()).sum();
        assert!(sent < 600 * 13 * 5 / 4 + 2 * SLACK, "{sent} pixels");
    }

    #[test]
    fn parts_cover_every_changed_pixel() {
        let mut shown = Picture::new(Size { width: 300, height: 300 }).expect("allowed");
        let mut picture = shown.clone();
        for i in 0..60 {
            picture.fill(Rect::new(i * 37 % 290, i * 53 % 290, 3, 3), [9, 8, 7, 255]);
        }
        let before = shown.clone();
        let mut parts = Vec::new();
        collect(&mut shown, &picture, picture.rect(), &[], &mut parts);
        assert_eq!(shown, picture);
        let mut painted = before;
        for part in merge(parts) {
            painted.copy_from(&picture, part.rect);
        }
        assert_eq!(painted, picture);
    }
}
