//! One display as one viewer gets it.

use deskwire_core::machine::Instant;
use deskwire_core::sessions::FramePace;
use deskwire_core::wire::ids::Epoch;
use deskwire_core::wire::picture::{Rect, Size};
use deskwire_picture::{OwnedOp, RegionEncoder};
use deskwire_platform::{Damage, Error, Picture};

use super::film::Film;

/// A frame that the session can take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Wanted {
    pub(super) epoch: Epoch,
    pub(super) sequence: u32,
    pub(super) full: bool,
    pub(super) pace: FramePace,
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
    /// What changes all the time goes through a codec; made with the first frame.
    film: Option<Film>,
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
            film: None,
            wanted: None,
            damage: Damage::new(),
            epoch: None,
            size: Size { width: 0, height: 0 },
        })
    }

    pub(super) const fn want(&mut self, wanted: Wanted) {
        self.wanted = Some(wanted);
    }

    /// Whether a frame can be made now if the screen is (or was) `damaged`.
    pub(super) fn is_due(&self, now: Instant, damaged: bool) -> bool {
        let due = self.due_at().is_some_and(|at| at <= now);
        self.wanted.is_some_and(|wanted| wanted.full || damaged || due || !self.damage.is_empty())
    }

    /// When a frame is to be made although nothing changes.
    pub(super) fn due_at(&self) -> Option<Instant> {
        self.wanted?;
        self.film.as_ref()?.due_at()
    }

    /// Notes what a grab found changed.
    pub(super) fn note(&mut self, changed: &[Rect]) {
        self.damage.extend(changed.iter().copied());
    }

    /// Makes the wanted frame of `picture`, which has all that was noted. `None` when nothing differs, or the picture is
    /// not one of this run: a new run is about to be wanted then.
    pub(super) fn make(&mut self, now: Instant, picture: &Picture) -> Result<Option<Made>, Error> {
        let Some(wanted) = self.wanted else { return Ok(None) };
        let size = picture.size();
        let ops = if wanted.full {
            self.damage.clear();
            self.film = Film::new(size, wanted.pace.codecs);
            self.encoder.refresh(picture)?.ops
        } else if size != self.size || self.epoch != Some(wanted.epoch) {
            return Ok(None);
        } else {
            self.damage.clip(size);
            let damage = self.damage.take();
            match &mut self.film {
                Some(film) => film.encode(now, picture, damage, &wanted.pace, &mut self.encoder)?,
                None => self.encoder.encode(picture, &damage)?.ops,
            }
        };
        if ops.is_empty() {
            return Ok(None);
        }
        self.wanted = None;
        (self.epoch, self.size) = (Some(wanted.epoch), size);
        Ok(Some(Made { wanted, size, ops }))
    }

    /// A frame did not go: what it would have painted is missing still.
    pub(super) fn take_back(&mut self, epoch: Epoch, rects: &[Rect]) {
        // A later run has begun with a whole picture, in which nothing is missing.
        if self.epoch != Some(epoch) {
            return;
        }
        if let Some(film) = &mut self.film {
            film.lost();
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

    const NOW: Instant = Instant::ZERO;
    const SIZE: Size = Size { width: 320, height: 200 };

    fn wanted(sequence: u32) -> Wanted {
        Wanted { epoch: Epoch(3), sequence, full: sequence == 0, pace: FramePace::default() }
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
        assert!(!feed.is_due(NOW, true));
        feed.want(wanted(0));
        assert!(feed.is_due(NOW, false));
        assert!(feed.make(NOW, &picture).unwrap().is_some());
        feed.want(wanted(1));
        assert!(!feed.is_due(NOW, false));
        let changed = Rect::new(3, 4, 5, 6);
        picture.fill(changed, [1, 2, 3, 255]);
        feed.note(&[changed]);
        assert!(feed.is_due(NOW, false));
        assert!(feed.make(NOW, &picture).unwrap().is_some());
        assert!(!feed.is_due(NOW, true));
    }

    #[test]
    fn damage_without_difference_keeps_the_wish() {
        let mut feed = Feed::new().unwrap();
        let picture = Picture::new(SIZE).unwrap();
        feed.want(wanted(0));
        feed.make(NOW, &picture).unwrap();
        feed.want(wanted(1));
        feed.note(&[Rect::new(0, 0, 10, 10)]);
        assert!(feed.make(NOW, &picture).unwrap().is_none());
        assert!(feed.is_due(NOW, true));
    }

    #[test]
    fn a_frame_that_came_back_is_not_lost() {
        let (mut feed, mut painter) = (Feed::new().unwrap(), Painter::new().unwrap());
        let mut picture = Picture::new(SIZE).unwrap();
        feed.want(wanted(0));
        paint(&mut painter, &feed.make(NOW, &picture).unwrap().unwrap());
        let changed = Rect::new(30, 40, 50, 60);
        picture.fill(changed, [9, 9, 9, 255]);
        feed.note(&[changed]);
        feed.want(wanted(1));
        let lost = feed.make(NOW, &picture).unwrap().unwrap();
        let rects: Vec<Rect> = lost.ops.iter().map(OwnedOp::rect).collect();
        feed.take_back(Epoch(3), &rects);
        feed.want(wanted(1));
        assert!(feed.is_due(NOW, false));
        paint(&mut painter, &feed.make(NOW, &picture).unwrap().unwrap());
        assert_eq!(painter.picture(), Some(&picture));
    }

    #[test]
    fn a_picture_of_another_size_waits_for_its_own_run() {
        let mut feed = Feed::new().unwrap();
        feed.want(wanted(0));
        feed.make(NOW, &Picture::new(SIZE).unwrap()).unwrap();
        feed.want(wanted(1));
        let other = Picture::new(Size { width: 100, height: 100 }).unwrap();
        feed.note(&[other.rect()]);
        assert!(feed.make(NOW, &other).unwrap().is_none());
        feed.want(Wanted { epoch: Epoch(4), ..wanted(0) });
        assert!(feed.make(NOW, &other).unwrap().is_some());
    }
}
