//! The part of a display that goes to one viewer as video.

use deskwire_core::machine::Instant;
use deskwire_core::sessions::{FramePace, Motion, Plan};
use deskwire_core::wire::picture::{Rect, Size};
use deskwire_core::wire::session::VideoCodecs;
use deskwire_picture::{OwnedOp, RegionEncoder};
use deskwire_platform::{EncoderConfig, Error, Picture, VideoEncoder};

use crate::codec;

/// The one decoder of a display that we use.
const STREAM: u8 = 0;
/// What the encoder reckons with; it gets as many pictures as the viewer can take.
const FRAMES_PER_SECOND: u32 = 30;
/// The encoder is told of another rate when it differs by more than one part of this.
const RATE_STEP: u32 = 10;

/// What of a display moves, and the encoder for it.
pub(super) struct Film {
    motion: Motion,
    encoder: Box<dyn VideoEncoder + Send>,
    /// What was encoded last, and where it lies.
    last: Option<(Picture, Rect)>,
    bits: u32,
    /// The encoder failed: all goes without it.
    has_failed: bool,
}

impl Film {
    /// For a display of this size and a viewer that shows `codecs`; `None` if there is no encoder for it.
    pub(super) fn new(size: Size, codecs: VideoCodecs) -> Option<Self> {
        let encoder = codec::encoder(codecs)?;
        Some(Self { motion: Motion::new(size), encoder, last: None, bits: 0, has_failed: false })
    }

    /// When a frame is to be made although nothing changes.
    pub(super) fn due_at(&self) -> Option<Instant> {
        self.motion.due_at()
    }

    /// A frame did not go.
    pub(super) fn lost(&mut self) {
        self.motion.video_lost();
    }

    /// Makes the operations for `damage`, with video for what moves and `tiles` for everything else.
    pub(super) fn encode(
        &mut self,
        now: Instant,
        picture: &Picture,
        damage: Vec<Rect>,
        pace: &FramePace,
        tiles: &mut RegionEncoder,
    ) -> Result<Vec<OwnedOp>, Error> {
        let damage = self.really_changed(picture, damage);
        let mut plan = self.motion.plan(now, &damage, pace.bandwidth);
        let mut ops = Vec::new();
        if let Some(rect) = plan.video {
            match self.video(picture, rect, &plan, pace) {
                Ok(op) => {
                    if plan.video_is_new {
                        // The viewer has it only alike from now on.
                        tiles.forget(rect);
                    }
                    ops.push(op);
                }
                Err(error) => {
                    tracing::warn!("{error}; everything goes without a codec from now on");
                    self.motion.no_video();
                    self.has_failed = true;
                    tiles.forget(rect);
                    plan.tiles.push(rect);
                }
            }
        } else if self.motion.video().is_none() {
            self.last = None;
        }
        plan.tiles.append(&mut plan.exact);
        if !plan.tiles.is_empty() {
            let encoded = tiles.encode(picture, &plan.tiles)?;
            for op in &encoded.ops {
                if let (OwnedOp::Zstd { rect, data }, false) = (op, self.has_failed) {
                    self.motion.encoded(now, *rect, data.len());
                }
            }
            ops.extend(encoded.ops);
        }
        Ok(ops)
    }

    /// Damage without what is in the film and looks as it did: programs paint again what they have painted.
    fn really_changed(&self, picture: &Picture, damage: Vec<Rect>) -> Vec<Rect> {
        let Some((last, at)) = &self.last else { return damage };
        let is_same = |rect: &Rect| {
            rect.intersection(*at) == Some(*rect)
                && (rect.y..rect.bottom()).all(|y| {
                    let there = Rect::new(rect.x - at.x, 0, rect.width, last.size().height);
                    picture.row(*rect, y) == last.row(there, y - at.y)
                })
        };
        damage.into_iter().filter(|rect| !is_same(rect)).collect()
    }

    fn video(
        &mut self,
        picture: &Picture,
        rect: Rect,
        plan: &Plan,
        pace: &FramePace,
    ) -> Result<OwnedOp, Error> {
        if plan.video_is_new {
            self.bits = pace.bits;
            let (size, rate) = (rect.size(), pace.bits);
            self.encoder.configure(&EncoderConfig { size, rate, frames_per_second: FRAMES_PER_SECOND })?;
            self.last = Some((Picture::new(size)?, rect));
        } else if self.bits.abs_diff(pace.bits) > self.bits / RATE_STEP {
            self.bits = pace.bits;
            self.encoder.set_rate(pace.bits)?;
        }
        let mut last = match self.last.take() {
            Some((last, at)) if at == rect => last,
            _ => Picture::new(rect.size())?,
        };
        let rows = Rect::of_size(rect.size());
        for y in 0..rect.height {
            last.row_mut(rows, y).copy_from_slice(picture.row(rect, rect.y + y));
        }
        let packet = self.encoder.encode(&last, &[rows]);
        self.last = Some((last, rect));
        let packet = packet?;
        let codec = self.encoder.caps().codec;
        Ok(OwnedOp::Video { stream: STREAM, rect, codec, key: packet.key, data: packet.data })
    }
}

#[cfg(all(test, feature = "video"))]
#[expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]
mod tests {
    use super::*;
    use core::time::Duration;
    use deskwire_core::wire::ids::{DisplayId, Epoch};
    use deskwire_core::wire::picture::FrameUpdate;
    use deskwire_picture::borrowed;

    use crate::canvas::Canvas;

    const SIZE: Size = Size { width: 640, height: 480 };
    const FILM: Rect = Rect::new(64, 64, 320, 256);
    const PACE: FramePace = FramePace { codecs: VideoCodecs::AV1, bits: 4_000_000, bandwidth: 4_000_000 };

    /// A host's screen and the viewer's.
    struct Pair {
        now: Instant,
        screen: Picture,
        film: Film,
        tiles: RegionEncoder,
        canvas: Canvas,
        sequence: u32,
        noise: u64,
    }

    impl Pair {
        fn new() -> Self {
            let screen = Picture::new(SIZE).unwrap();
            let mut pair = Self {
                now: Instant::ZERO,
                film: Film::new(SIZE, VideoCodecs::AV1).unwrap(),
                tiles: RegionEncoder::new().unwrap(),
                canvas: Canvas::new().unwrap(),
                sequence: 0,
                noise: 1,
                screen,
            };
            let ops = pair.tiles.refresh(&pair.screen).unwrap().ops;
            pair.show(&ops);
            pair
        }

        fn show(&mut self, ops: &[OwnedOp]) {
            if ops.is_empty() {
                return;
            }
            let update = FrameUpdate {
                display: DisplayId(0),
                epoch: Epoch(0),
                sequence: self.sequence,
                size: SIZE,
                captured_at_us: 0,
                ops: borrowed(ops),
            };
            self.canvas.paint(&update).unwrap();
            self.sequence += 1;
        }

        /// A picture of the film: soft shapes with some grain, another each time.
        fn play(&mut self, frame: u32) {
            for y in FILM.y..FILM.bottom() {
                for (x, pixel) in (0u32..).zip(self.screen.row_mut(FILM, y).chunks_exact_mut(4)) {
                    self.noise = self.noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    let grain = u32::try_from(self.noise >> 61).unwrap();
                    let shade = |n: u32| u8::try_from((n + grain) % 256).unwrap();
                    pixel[..3].copy_from_slice(&[
                        shade(x / 2 + frame * 3),
                        shade(y / 2),
                        shade((x + y) / 4 + frame),
                    ]);
                }
            }
        }

        fn frame(&mut self, damage: Vec<Rect>) -> Vec<OwnedOp> {
            self.now += Duration::from_millis(33);
            let ops = self.film.encode(self.now, &self.screen, damage, &PACE, &mut self.tiles).unwrap();
            self.show(&ops);
            ops
        }
    }

    fn is_video(op: &OwnedOp) -> bool {
        matches!(op, OwnedOp::Video { .. })
    }

    #[test]
    fn a_film_goes_as_video_and_is_exact_when_it_stops() {
        let mut pair = Pair::new();
        let mut videos = 0;
        for n in 0..40 {
            pair.play(n);
            let ops = pair.frame(vec![FILM]);
            videos += u32::from(ops.iter().any(is_video));
        }
        assert!(videos > 25, "{videos} of 40");
        assert_ne!(pair.canvas.picture(), Some(&pair.screen), "lossy, as it must be");
        let stopped = pair.now;
        while let Some(due) = pair.film.due_at() {
            pair.now = pair.now.max(due);
            pair.frame(Vec::new());
        }
        assert_eq!(pair.canvas.picture(), Some(&pair.screen));
        assert!(pair.now - stopped < Duration::from_millis(500), "{:?}", pair.now - stopped);
    }

    #[test]
    fn what_is_painted_again_without_a_change_rests() {
        let mut pair = Pair::new();
        for n in 0..20 {
            pair.play(n);
            pair.frame(vec![FILM]);
        }
        assert!(pair.film.motion.video().is_some());
        for _ in 0..30 {
            pair.frame(vec![FILM]);
        }
        assert_eq!(pair.canvas.picture(), Some(&pair.screen));
    }

    #[test]
    fn a_lost_frame_is_made_good_by_a_key_frame() {
        let mut pair = Pair::new();
        for n in 0..20 {
            pair.play(n);
            pair.frame(vec![FILM]);
        }
        pair.play(21);
        pair.film.encode(pair.now, &pair.screen, vec![FILM], &PACE, &mut pair.tiles).unwrap();
        pair.film.lost();
        let ops = pair.frame(Vec::new());
        assert!(matches!(ops[..], [OwnedOp::Video { key: true, .. }]));
    }
}
