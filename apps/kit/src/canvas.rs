//! What a viewer paints on: a display's picture, and the decoders of what comes as video.

use std::collections::BTreeMap;

use deskwire_core::wire::picture::{FrameUpdate, Rect, Size};
use deskwire_picture::{PaintError, Painter, VideoPart};
use deskwire_platform::{Damage, Error, ErrorKind, Picture, VideoDecoder};

use crate::codec;

/// Decoders of one display: each has threads and pictures of its own, and a host needs one.
const MOST_STREAMS: usize = 4;

type Decoders = BTreeMap<u8, Box<dyn VideoDecoder + Send>>;

/// The picture of one display.
pub(crate) struct Canvas {
    painter: Painter,
    decoders: Decoders,
}

impl Canvas {
    /// Without a picture; the first update must be a whole one.
    ///
    /// # Errors
    /// When there is no memory.
    pub(crate) fn new() -> Result<Self, PaintError> {
        Ok(Self { painter: Painter::new()?, decoders: BTreeMap::new() })
    }

    /// What was painted so far.
    pub(crate) const fn picture(&self) -> Option<&Picture> {
        self.painter.picture()
    }

    /// Paints an update; gives where.
    ///
    /// # Errors
    /// When it cannot be painted; the picture may be painted in part then.
    pub(crate) fn paint(&mut self, update: &FrameUpdate<'_>) -> Result<Damage, PaintError> {
        if update.sequence == 0 {
            // All are new with each run.
            self.decoders.clear();
        }
        let (decoders, largest) = (&mut self.decoders, update.size);
        self.painter.apply_with(update, |part, picture| decode(decoders, largest, part, picture))
    }
}

fn decode(
    decoders: &mut Decoders,
    largest: Size,
    part: VideoPart<'_>,
    picture: &mut Picture,
) -> Result<(), Error> {
    let streams = decoders.len();
    let decoder = match decoders.entry(part.stream) {
        std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
        std::collections::btree_map::Entry::Vacant(_) if streams >= MOST_STREAMS => {
            return Err(refused("it uses too many streams at once"));
        }
        std::collections::btree_map::Entry::Vacant(entry) => entry.insert(codec::decoder(largest)?),
    };
    let decoded = decoder.decode(part.data)?;
    if decoded.size() != part.rect.size() {
        return Err(refused("its picture has not the size of its place"));
    }
    let rows = Rect::of_size(decoded.size());
    for y in 0..rows.height {
        picture.row_mut(part.rect, part.rect.y + y).copy_from_slice(decoded.row(rows, y));
    }
    Ok(())
}

fn refused(what: &str) -> Error {
    Error::new(ErrorKind::Invalid, format!("the host's video was refused: {what}"), "ask for a full refresh")
}

#[cfg(all(test, feature = "video"))]
#[expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]
mod tests {
    use super::*;
    use deskwire_core::wire::ids::{DisplayId, Epoch};
    use deskwire_core::wire::picture::{RegionOp, VideoCodec};
    use deskwire_core::wire::session::VideoCodecs;
    use deskwire_platform::EncoderConfig;

    const SIZE: Size = Size { width: 128, height: 96 };

    fn packet(size: Size) -> Vec<u8> {
        let mut encoder = codec::encoder(VideoCodecs::AV1).unwrap();
        encoder.configure(&EncoderConfig { size, rate: 1_000_000, frames_per_second: 30 }).unwrap();
        encoder.encode(&Picture::new(size).unwrap(), &[]).unwrap().data
    }

    fn update(sequence: u32, ops: Vec<RegionOp<'_>>) -> FrameUpdate<'_> {
        let (display, epoch) = (DisplayId(0), Epoch(0));
        FrameUpdate { display, epoch, sequence, size: SIZE, captured_at_us: 0, ops }
    }

    fn video(stream: u8, rect: Rect, data: &[u8]) -> RegionOp<'_> {
        RegionOp::Video { stream, rect, codec: VideoCodec::Av1, key: true, data }
    }

    // spec: SE-36
    #[test]
    fn a_picture_that_does_not_fit_its_place_and_a_fifth_stream_are_refused() {
        let whole = RegionOp::Solid { rect: Rect::of_size(SIZE), bgrx: [200, 200, 200, 255] };
        let mut canvas = Canvas::new().unwrap();
        let (place, size) = (Rect::new(32, 32, 64, 48), Size { width: 64, height: 48 });
        let data = packet(size);
        canvas.paint(&update(0, vec![whole.clone(), video(0, place, &data)])).unwrap();
        let pixel = |canvas: &Canvas, x, y| canvas.picture().unwrap().row(Rect::new(x, y, 1, 1), y).to_vec();
        assert_eq!(pixel(&canvas, 31, 32), [200, 200, 200, 255]);
        assert!(pixel(&canvas, 32, 32)[0] < 10);
        let wrong = Rect::new(0, 0, 48, 64);
        let error = canvas.paint(&update(1, vec![video(0, wrong, &data)])).unwrap_err();
        assert!(error.to_string().contains("the size of its place"), "{error}");
        canvas.paint(&update(0, vec![whole])).unwrap();
        for stream in 0..4 {
            canvas.paint(&update(1, vec![video(stream, place, &data)])).unwrap();
        }
        let error = canvas.paint(&update(1, vec![video(4, place, &data)])).unwrap_err();
        assert!(error.to_string().contains("too many streams"), "{error}");
    }

    // spec: SE-35
    #[test]
    fn a_stream_begins_with_a_key_frame_in_each_run() {
        let mut encoder = codec::encoder(VideoCodecs::AV1).unwrap();
        encoder.configure(&EncoderConfig { size: SIZE, rate: 1_000_000, frames_per_second: 30 }).unwrap();
        let picture = Picture::new(SIZE).unwrap();
        let packets: Vec<Vec<u8>> = (0..3).map(|_| encoder.encode(&picture, &[]).unwrap().data).collect();
        let place = Rect::of_size(SIZE);
        let whole = RegionOp::Solid { rect: place, bgrx: [0, 0, 0, 255] };
        let mut canvas = Canvas::new().unwrap();
        canvas.paint(&update(0, vec![whole.clone(), video(0, place, &packets[0])])).unwrap();
        canvas.paint(&update(1, vec![video(0, place, &packets[1])])).unwrap();
        canvas.paint(&update(0, vec![whole])).unwrap();
        assert!(canvas.paint(&update(1, vec![video(0, place, &packets[2])])).is_err());
    }
}
