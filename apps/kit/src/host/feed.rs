//! One display as one viewer gets it.

use deskwire_core::wire::ids::Epoch;
use deskwire_core::wire::picture::{Rect, Size};
use deskwire_picture::{OwnedOp, RegionEncoder};
use deskwire_platform::{Damage, Error, Picture};

/// A frame that the session can take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Wanted {
    pub(super) epoch: Epoch,
    pub(super) sequence: u32,
    pub(super) full: bool,
}

/// A frame made for a [`Wanted`].
#[derive(Debug)]
pub(super) struct Made {
    pub(super) wanted: Wanted,
    pub(super) size: Size,
    pub(super) ops: Vec<OwnedOp>,
}

/// What a viewer has of a display, and what it lacks. A frame is made only when one is wanted and something changed, so
/// that nothing old ever queues.
pub(super) struct Feed {
    encoder: RegionEncoder,
    wanted: Option<Wanted>,
    /// Changed since the last frame that was made.
    damage: Damage,
    epoch: Option<Epoch>,
    size: Size,
}

impl Feed {
    pub(super) fn new() -> Result<Self, Error> {
        Ok(Self {
            encoder: RegionEncoder::new()?,
            wanted: None,
            damage: Damage::new(),
            epoch: None,
            size: Size { width: 0, height: 0 },
        })
    }

    pub(super) const fn want(&mut self, wanted: Wanted) {
        self.wanted = Some(wanted);
    }

    /// Whether a frame can be made as soon as the screen is (or was) `damaged`.
    pub(super) fn is_due(&self, damaged: bool) -> bool {
        self.wanted.is_some_and(|wanted| wanted.full || damaged || !self.damage.is_empty())
    }

    /// Notes what a grab found changed.
    pub(super) fn note(&mut self, changed: &[Rect]) {
        self.damage.extend(changed.iter().copied());
    }

    /// Makes the wanted frame of `picture`, which has all that was noted. `None` when nothing differs, or the picture is
    /// not one of this run: a new run is about to be wanted then.
    pub(super) fn make(&mut self, picture: &Picture) -> Result<Option<Made>, Error> {
        let Some(wanted) = self.wanted else { return Ok(None) };
        let size = picture.size();
        let encoded = if wanted.full {
            self.damage.clear();
            self.encoder.refresh(picture)?
        } else if size != self.size || self.epoch != Some(wanted.epoch) {
            return Ok(None);
        } else {
            self.damage.clip(size);
            let damage = self.damage.take();
            self.encoder.encode(picture, &damage)?
        };
        if encoded.ops.is_empty() {
            return Ok(None);
        }
        self.wanted = None;
        (self.epoch, self.size) = (Some(wanted.epoch), size);
        Ok(Some(Made { wanted, size, ops: encoded.ops }))
    }

    /// A frame did not go: what it would have painted is missing still.
    pub(super) fn take_back(&mut self, epoch: Epoch, rects: &[Rect]) {
        // A later run has begun with a whole picture, in which nothing is missing.
        if self.epoch != Some(epoch) {
            return;
        }
        for rect in rects {
            self.encoder.forget(*rect);
            self.damage.add(*rect);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskwire_core::wire::ids::DisplayId;
    use deskwire_core::wire::picture::FrameUpdate;
    use deskwire_picture::{Painter, borrowed};

    const SIZE: Size = Size { width: 320, height: 200 };

    fn wanted(sequence: u32) -> Wanted {
        Wanted { epoch: Epoch(3), sequence, full: sequence == 0 }
    }

    fn paint(painter: &mut Painter, made: &Made) {
        let update = FrameUpdate {
            display: DisplayId(0),
            epoch: made.wanted.epoch,
            sequence: made.wanted.sequence,
            size: made.size,
            captured_at_us: 0,
            ops: borrowed(&made.ops),
        };
        painter.apply(&update).unwrap();
    }

    #[test]
    fn a_frame_waits_for_damage_and_a_full_one_does_not() {
        let mut feed = Feed::new().unwrap();
        let mut picture = Picture::new(SIZE).unwrap();
        assert!(!feed.is_due(true));
        feed.want(wanted(0));
        assert!(feed.is_due(false));
        assert!(feed.make(&picture).unwrap().is_some());
        feed.want(wanted(1));
        assert!(!feed.is_due(false));
        let changed = Rect::new(3, 4, 5, 6);
        picture.fill(changed, [1, 2, 3, 255]);
        feed.note(&[changed]);
        assert!(feed.is_due(false));
        assert!(feed.make(&picture).unwrap().is_some());
        assert!(!feed.is_due(true));
    }

    #[test]
    fn damage_without_difference_keeps_the_wish() {
        let mut feed = Feed::new().unwrap();
        let picture = Picture::new(SIZE).unwrap();
        feed.want(wanted(0));
        feed.make(&picture).unwrap();
        feed.want(wanted(1));
        feed.note(&[Rect::new(0, 0, 10, 10)]);
        assert!(feed.make(&picture).unwrap().is_none());
        assert!(feed.is_due(true));
    }

    #[test]
    fn a_frame_that_came_back_is_not_lost() {
        let (mut feed, mut painter) = (Feed::new().unwrap(), Painter::new().unwrap());
        let mut picture = Picture::new(SIZE).unwrap();
        feed.want(wanted(0));
        paint(&mut painter, &feed.make(&picture).unwrap().unwrap());
        let changed = Rect::new(30, 40, 50, 60);
        picture.fill(changed, [9, 9, 9, 255]);
        feed.note(&[changed]);
        feed.want(wanted(1));
        let lost = feed.make(&picture).unwrap().unwrap();
        let rects: Vec<Rect> = lost.ops.iter().map(OwnedOp::rect).collect();
        feed.take_back(Epoch(3), &rects);
        feed.want(wanted(1));
        assert!(feed.is_due(false));
        paint(&mut painter, &feed.make(&picture).unwrap().unwrap());
        assert_eq!(painter.picture(), Some(&picture));
    }

    #[test]
    fn a_picture_of_another_size_waits_for_its_own_run() {
        let mut feed = Feed::new().unwrap();
        feed.want(wanted(0));
        feed.make(&Picture::new(SIZE).unwrap()).unwrap();
        feed.want(wanted(1));
        let other = Picture::new(Size { width: 100, height: 100 }).unwrap();
        feed.note(&[other.rect()]);
        assert!(feed.make(&other).unwrap().is_none());
        feed.want(Wanted { epoch: Epoch(4), sequence: 0, full: true });
        assert!(feed.make(&other).unwrap().is_some());
    }
}
