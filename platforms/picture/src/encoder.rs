//! From pictures to operations.

use deskwire_platform::{Error, ErrorKind, Picture};
use deskwire_wire::picture::Rect;

use crate::cells::{self, Part};
use crate::ops::OwnedOp;
use crate::{MAX_OVERPAINT, scroll};

/// The zstd level: the fastest that still finds repeated glyphs.
const LEVEL: i32 = 1;

/// One update's operations, with what a policy wants to know about them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Encoded {
    /// To be done in this order. Empty when nothing changed.
    pub ops: Vec<OwnedOp>,
    /// Whether they paint the whole picture, so that nothing earlier is needed.
    pub full: bool,
    /// What was done.
    pub work: Work,
}

/// How an update came about, in pixels and bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Work {
    /// Pixels in the damaged rectangles.
    pub damaged: u64,
    /// Pixels that are copied (scrolling).
    pub copied: u64,
    /// Pixels that are filled with one colour.
    pub plain: u64,
    /// Pixels that are compressed.
    pub compressed: u64,
    /// Compressed bytes.
    pub bytes: u64,
}

/// Makes lossless updates for one display of one viewer.
pub struct RegionEncoder {
    /// What the viewer shows after the last update. X is 0 where that is not known exactly.
    shown: Option<Picture>,
    compressor: zstd::bulk::Compressor<'static>,
    scratch: Vec<u8>,
}

impl RegionEncoder {
    /// An encoder whose first update is a full refresh.
    ///
    /// # Errors
    /// When zstd has no memory.
    pub fn new() -> Result<Self, Error> {
        let compressor = zstd::bulk::Compressor::new(LEVEL).map_err(|error| no_memory(&error))?;
        Ok(Self { shown: None, compressor, scratch: Vec::new() })
    }

    /// The operations that turn what the viewer shows into `picture`, which differs from it only in `damage` (there may
    /// be more damage than difference). A full refresh the first time, after [`RegionEncoder::restart`], and when the
    /// size changed.
    ///
    /// # Errors
    /// When zstd has no memory. The next update is then a full refresh.
    pub fn encode(&mut self, picture: &Picture, damage: &[Rect]) -> Result<Encoded, Error> {
        let Some(mut shown) = self.shown.take().filter(|shown| shown.size() == picture.size()) else {
            return self.refresh(picture);
        };
        let mut encoded = Encoded::default();
        let mut parts = Vec::new();
        let mut exact = Vec::new();
        // All copies first: the viewer does them before anything else is painted.
        let damage = damage.iter().filter_map(|rect| rect.intersection(picture.rect()));
        for rect in damage.clone() {
            encoded.work.damaged += rect.area();
            let Some(rect) = changed_rows(&shown, picture, rect) else { continue };
            for found in scroll::find_moves(&shown, picture, rect) {
                shown.move_within(found.from, found.to);
                exact.push(found.to);
                encoded.work.copied += found.to.area();
                encoded.ops.push(OwnedOp::Copy { from: found.from, to: found.to });
            }
        }
        for rect in damage {
            cells::collect(&mut shown, picture, rect, &exact, &mut parts);
        }
        self.paint(picture, cells::merge(parts), &mut encoded)?;
        if painted(&encoded) > picture.rect().area() * MAX_OVERPAINT {
            return self.refresh(picture);
        }
        self.shown = Some(shown);
        Ok(encoded)
    }

    /// The operations that paint all of `picture`, whatever the viewer shows.
    ///
    /// # Errors
    /// When zstd has no memory.
    pub fn refresh(&mut self, picture: &Picture) -> Result<Encoded, Error> {
        let mut encoded = Encoded { full: true, ..Encoded::default() };
        encoded.work.damaged = picture.rect().area();
        let before = self.shown.take().filter(|shown| shown.size() == picture.size());
        self.paint(picture, cells::merge(cells::all(picture)), &mut encoded)?;
        // Memory that is there already is twice as fast as new memory.
        let shown = before.map(|mut shown| {
            shown.pixels_mut().copy_from_slice(picture.pixels());
            shown
        });
        self.shown = shown.or_else(|| Some(picture.clone()));
        Ok(encoded)
    }

    /// Forgets everything the viewer shows: the next update is a full refresh.
    pub fn restart(&mut self) {
        self.shown = None;
    }

    /// Forgets what the viewer shows in `rect`, because something else painted there (a video codec): the next update
    /// whose damage covers it sends all of it.
    pub fn forget(&mut self, rect: Rect) {
        if let Some(shown) = &mut self.shown {
            // Pictures have X = 255, so these pixels equal none of theirs.
            shown.fill(rect, [0, 0, 0, 0]);
        }
    }

    fn paint(&mut self, picture: &Picture, parts: Vec<Part>, encoded: &mut Encoded) -> Result<(), Error> {
        for Part { rect, plain, .. } in parts {
            if let Some(bgrx) = plain.or_else(|| cells::plain_colour(picture, rect)) {
                encoded.work.plain += rect.area();
                encoded.ops.push(OwnedOp::Solid { rect, bgrx });
                continue;
            }
            self.scratch.clear();
            for y in rect.y..rect.bottom() {
                self.scratch.extend_from_slice(picture.row(rect, y));
            }
            let data = self.compressor.compress(&self.scratch).map_err(|error| no_memory(&error))?;
            encoded.work.compressed += rect.area();
            encoded.work.bytes += data.len() as u64;
            encoded.ops.push(OwnedOp::Zstd { rect, data });
        }
        Ok(())
    }
}

/// `rect` without the rows at its top and bottom that are the same in both.
fn changed_rows(shown: &Picture, picture: &Picture, rect: Rect) -> Option<Rect> {
    let differs = |&y: &u32| shown.row(rect, y) != picture.row(rect, y);
    let top = (rect.y..rect.bottom()).find(differs)?;
    let last = (top..rect.bottom()).rfind(differs)?;
    Some(Rect { y: top, height: last + 1 - top, ..rect })
}

fn painted(encoded: &Encoded) -> u64 {
    encoded.ops.iter().map(|op| op.rect().area()).sum()
}

fn no_memory(error: &dyn std::fmt::Display) -> Error {
    Error::new(
        ErrorKind::Unavailable,
        format!("the screen could not be compressed ({error})"),
        "free some memory and connect again",
    )
}
