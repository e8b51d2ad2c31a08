//! Which part of a display goes through a video codec, and when what went lossy is sent exactly.
//!
//! Everything begins without a codec: copies, plain areas and compressed tiles are exact, cheap, and all that text needs. A
//! part that changes again and again and costs more than the path should carry becomes motion: a rectangle that goes as
//! video from then on. When it stands still, or less of it moves, it is over, and what the viewer has there is made exact,
//! piece by piece, so that nothing that happens meanwhile waits behind it.

use alloc::vec::Vec;
use core::time::Duration;

use deskwire_machine::Instant;
use deskwire_wire::picture::{Rect, Size};

mod cells;

use cells::Cells;

/// Motion that costs less than this without a codec goes without, in bytes a second.
const CHEAP: u64 = 2_000_000;
/// It may take one in so many of the bytes that the path carries before a codec is better.
const SHARE: u64 = 3;
/// Smaller motion (a cursor, a spinner) goes without a codec, in pixels.
const SMALL: u64 = 160 * 120;
/// Motion must last this long.
const LASTS: Duration = Duration::from_millis(200);
/// After so long without a change motion is over, and what was lossy is made exact.
const RESTS: Duration = Duration::from_millis(200);
/// A rectangle stays for so long at least: each new one costs a key frame.
const STAYS: Duration = Duration::from_secs(1);
/// What is made exact at once should take the path this long.
const PIECE: Duration = Duration::from_millis(30);
/// Bytes that a cell takes without a codec, as a guess: noise takes all of its 16 KiB, text a twentieth of it.
const CELL_BYTES: u64 = 8 * 1024;
/// Cells that are made exact at once: at least, and at most (the whole of a small screen).
const PIECE_CELLS: (u64, u64) = (8, 256);

/// What to do with the damage of one frame.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Plan {
    /// Encode this part as video.
    pub video: Option<Rect>,
    /// Whether that part is another than before (or the first): the codec starts over.
    pub video_is_new: bool,
    /// Damage that goes without a codec.
    pub tiles: Vec<Rect>,
    /// What is to be made exact although it did not change: it goes without a codec, too.
    pub exact: Vec<Rect>,
}

#[derive(Clone, Copy, Debug)]
struct Active {
    rect: Rect,
    since: Instant,
    changed_at: Instant,
    /// Since when most of it has moved no more, if so.
    smaller_since: Option<Instant>,
    is_new: bool,
}

/// The choice for one display of one viewer.
///
/// For every frame: [`Motion::plan`] with the damage, then [`Motion::encoded`] for each piece that was compressed.
///
/// ```
/// use core::time::Duration;
/// use deskwire_machine::Instant;
/// use deskwire_session::Motion;
/// use deskwire_wire::picture::{Rect, Size};
///
/// let mut motion = Motion::new(Size { width: 1280, height: 720 });
/// let film = Rect::new(256, 128, 640, 384);
/// let mut now = Instant::ZERO;
/// for _ in 0..20 {
///     let plan = motion.plan(now, &[film], 0);
///     for rect in plan.tiles {
///         motion.encoded(now, rect, 300_000); // 9 MB a second, were it to go on
///     }
///     now += Duration::from_millis(33);
/// }
/// assert_eq!(motion.plan(now, &[film], 0).video, Some(film));
/// ```
#[derive(Debug)]
pub struct Motion {
    cells: Cells,
    /// Since when there is something to be made motion.
    wanted_since: Option<Instant>,
    active: Option<Active>,
}

impl Motion {
    /// Of a display of this size, all of which the viewer is about to get exactly.
    pub fn new(size: Size) -> Self {
        Self { cells: Cells::new(size), wanted_since: None, active: None }
    }

    /// The part that goes as video.
    pub fn video(&self) -> Option<Rect> {
        self.active.map(|active| active.rect)
    }

    /// Decides what becomes of the damage of a frame that is made now. `bandwidth` is what the path carries in bytes a
    /// second, 0 if that is not known.
    pub fn plan(&mut self, now: Instant, damage: &[Rect], bandwidth: u64) -> Plan {
        self.follow(now, damage);
        self.choose(now, bandwidth);
        let mut plan = Plan::default();
        if let Some(active) = &mut self.active {
            let touched = damage.iter().any(|rect| rect.intersection(active.rect).is_some());
            if touched || active.is_new {
                plan.video = Some(active.rect);
                plan.video_is_new = core::mem::take(&mut active.is_new);
                self.cells.mark_lossy(active.rect);
            }
        }
        let video = self.video();
        for rect in damage {
            match video {
                Some(video) => subtract(*rect, video, &mut plan.tiles),
                None => plan.tiles.push(*rect),
            }
        }
        let still = Instant::from_micros(now.as_micros().saturating_sub(micros(RESTS)));
        plan.exact = self.cells.take_still(still, video, piece(bandwidth));
        plan
    }

    /// A part of the plan's tiles was compressed (not copied, not one colour) to so many bytes.
    pub fn encoded(&mut self, now: Instant, rect: Rect, bytes: usize) {
        self.cells.change(now, rect, bytes);
    }

    /// A video packet did not reach the viewer, or cannot be shown: the codec starts over.
    pub fn video_lost(&mut self) {
        if let Some(active) = &mut self.active {
            active.is_new = true;
        }
    }

    /// No codec is to be had: everything goes without, and what was lossy is made exact.
    pub fn no_video(&mut self) {
        self.active = None;
        self.wanted_since = None;
    }

    /// When a frame is to be made although nothing changes.
    pub fn due_at(&self) -> Option<Instant> {
        let over = self.active.map(|active| active.changed_at + RESTS);
        let rest = self.cells.next_rest(self.video()).map(|at| at + RESTS);
        [over, rest].into_iter().flatten().min()
    }

    fn follow(&mut self, now: Instant, damage: &[Rect]) {
        let Some(active) = &mut self.active else { return };
        for rect in damage.iter().filter_map(|rect| rect.intersection(active.rect)) {
            self.cells.change(now, rect, 0);
            active.changed_at = now;
        }
        let moving = self.cells.hot_within(now, active.rect).map_or(0, Rect::area);
        if moving * 2 > active.rect.area() {
            active.smaller_since = None;
        } else {
            active.smaller_since.get_or_insert(now);
        }
        let rests = now - active.changed_at >= RESTS;
        let shrank = active.smaller_since.is_some_and(|since| now - since >= STAYS);
        if rests || shrank {
            self.active = None;
        }
    }

    fn choose(&mut self, now: Instant, bandwidth: u64) {
        let allowed = if bandwidth == 0 { CHEAP } else { CHEAP.min(bandwidth / SHARE) };
        let spot = self.cells.hottest(now).filter(|spot| spot.rate > allowed && spot.rect.area() >= SMALL);
        let Some(spot) = spot else {
            self.wanted_since = None;
            return;
        };
        let since = *self.wanted_since.get_or_insert(now);
        let rect = match self.active {
            None if now - since < LASTS => return,
            None => spot.rect,
            // What moves has grown, or something else moves beside it.
            Some(active) if now - active.since < STAYS => return,
            Some(active) => active.rect.union(spot.rect),
        };
        let rect = even(rect, self.cells.size());
        if self.active.is_none_or(|active| active.rect != rect) {
            self.active =
                Some(Active { rect, since: now, changed_at: now, smaller_since: None, is_new: true });
        }
    }
}

/// The largest rectangle in `rect` whose sides are even: codecs keep one pair of colour samples for two by two pixels.
fn even(rect: Rect, size: Size) -> Rect {
    let right = rect.right().min(size.width) & !1;
    let bottom = rect.bottom().min(size.height) & !1;
    Rect::new(rect.x, rect.y, right.saturating_sub(rect.x), bottom.saturating_sub(rect.y))
}

/// Cells to be made exact at once.
fn piece(bandwidth: u64) -> usize {
    let (least, most) = PIECE_CELLS;
    let cells = match bandwidth {
        0 => most,
        bandwidth => bandwidth.saturating_mul(micros(PIECE)) / 1_000_000 / CELL_BYTES,
    };
    usize::try_from(cells.clamp(least, most)).unwrap_or(usize::MAX)
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// Adds what of `rect` lies outside `hole`: at most four rectangles.
fn subtract(rect: Rect, hole: Rect, rest: &mut Vec<Rect>) {
    let Some(common) = rect.intersection(hole) else {
        rest.push(rect);
        return;
    };
    let parts = [
        Rect::new(rect.x, rect.y, rect.width, common.y - rect.y),
        Rect::new(rect.x, common.bottom(), rect.width, rect.bottom() - common.bottom()),
        Rect::new(rect.x, common.y, common.x - rect.x, common.height),
        Rect::new(common.right(), common.y, rect.right() - common.right(), common.height),
    ];
    rest.extend(parts.into_iter().filter(|part| !part.is_empty()));
}

#[cfg(test)]
mod tests;
