//! Recordings, read back with a reader of the container and our own decoder.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use deskwire_av1::Rav1dDecoder;
use deskwire_core::wire::picture::{Rect, Size};
use deskwire_platform::{Picture, VideoDecoder};
use webm_iterable::WebmIterator;
use webm_iterable::matroska_spec::{MatroskaSpec as Tag, SimpleBlock};

use super::{Plan, RecordError, Recording};

const SIZE: Size = Size { width: 161, height: 96 };
const PLAN: Plan = Plan { frames_per_second: 10, sound: true };

/// A box that moves a little each time.
fn picture(count: u32, size: Size) -> Picture {
    let mut picture = Picture::new(size).unwrap();
    picture.fill(Rect::of_size(size), [90, 60, 30, 255]);
    picture.fill(Rect::new(count % 60, 20, 40, 40), [20, 200, 250, 255]);
    picture
}

fn time(count: u32) -> Duration {
    Duration::from_millis(u64::from(count) * 100)
}

/// Track, time in milliseconds, and data.
type Block = (u64, i64, Vec<u8>);

/// Blocks of a file in their order, and its duration.
fn blocks(path: &Path) -> (Vec<Block>, Option<f64>) {
    let (mut blocks, mut cluster, mut duration) = (Vec::new(), 0, None);
    for tag in WebmIterator::new(&mut File::open(path).unwrap(), &[]) {
        match tag.unwrap() {
            Tag::Timestamp(begin) => cluster = i64::try_from(begin).unwrap(),
            Tag::Duration(ticks) => duration = Some(ticks),
            Tag::SimpleBlock(bytes) => {
                let block = SimpleBlock::try_from(bytes.as_slice()).unwrap();
                let frames = block.read_frame_data().unwrap();
                let data = frames.into_iter().flat_map(|frame| frame.data.to_vec()).collect();
                blocks.push((block.track, cluster + i64::from(block.timestamp), data));
            }
            _ => {}
        }
    }
    (blocks, duration)
}

#[test]
fn what_was_recorded_comes_back_in_order_and_in_step() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.webm");
    let mut recording = Recording::begin(path.clone(), PLAN).unwrap();
    for count in 0..40 {
        recording.picture(&picture(count, SIZE), time(count)).unwrap();
        for packet in 0..5_u8 {
            recording.sound(&[packet, 1, 2, 3], time(count) + Duration::from_millis(20) * u32::from(packet));
        }
    }
    let parts = recording.finish(time(40)).unwrap();
    assert_eq!(parts.len(), 1);
    assert_eq!((parts[0].pictures, parts[0].duration), (40, time(40)));

    let (blocks, duration) = blocks(&path);
    assert_eq!(duration, Some(4_000.0));
    assert!(blocks.is_sorted_by_key(|(_, at, _)| *at), "blocks are not in the order of time");
    let sound: Vec<i64> = blocks.iter().filter(|(track, ..)| *track == 2).map(|(_, at, _)| *at).collect();
    assert_eq!(sound, (0..200).map(|n| n * 20).collect::<Vec<_>>());
    let video: Vec<_> = blocks.iter().filter(|(track, ..)| *track == 1).collect();
    assert_eq!(
        video.iter().map(|(_, at, _)| *at).collect::<Vec<_>>(),
        (0..40).map(|n| n * 100).collect::<Vec<_>>()
    );
    // Each packet shows the picture of its time; the odd column was made even.
    let even = Size { width: 162, height: 96 };
    let mut decoder = Rav1dDecoder::new(2, even).unwrap();
    for (count, (_, _, packet)) in (0..).zip(&video) {
        let shown = decoder.decode(packet).unwrap();
        assert_eq!(shown.size(), even);
        // Edges of colours are blurred: their samples are for four pixels.
        let (before, after, whole) = (picture(count, SIZE), shown, Rect::of_size(SIZE));
        let rows = (0..SIZE.height).flat_map(|y| before.row(whole, y).iter().zip(after.row(whole, y)));
        let unlike = rows.filter(|(a, b)| a.abs_diff(**b) > 30).count();
        assert!(unlike * 20 < before.pixels().len(), "picture {count}: {unlike} samples are not alike");
    }
}

#[test]
fn another_size_begins_another_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.webm");
    let mut recording = Recording::begin(path.clone(), Plan { sound: false, ..PLAN }).unwrap();
    let other = Size { width: 200, height: 120 };
    for count in 0..6 {
        let size = if count < 3 { SIZE } else { other };
        recording.picture(&picture(count, size), time(count)).unwrap();
    }
    let parts = recording.finish(time(6)).unwrap();
    let names: Vec<_> = parts.iter().map(|part| part.path.file_name().unwrap().to_owned()).collect();
    assert_eq!(names, ["a.webm", "a-2.webm"]);
    for part in &parts {
        let (blocks, duration) = blocks(&part.path);
        assert_eq!((blocks.len(), duration), (3, Some(300.0)));
        assert_eq!(blocks[0].1, 0, "each file begins at nothing");
    }
}

#[test]
fn what_a_killed_program_leaves_plays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.webm");
    let mut recording = Recording::begin(path.clone(), PLAN).unwrap();
    for count in 0..150 {
        recording.picture(&picture(count, SIZE), time(count)).unwrap();
    }
    std::mem::forget(recording);
    let (blocks, _) = blocks(&path);
    // The encoder keeps some pictures back, and a cluster spans a second.
    assert!(blocks.len() >= 80, "only {} of 150 pictures", blocks.len());
}

#[test]
fn no_file_is_written_over_and_none_is_left_when_nothing_was_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.webm");
    std::fs::write(&path, "mine").unwrap();
    let error = Recording::begin(path.clone(), PLAN).err().unwrap();
    assert!(
        matches!(error, RecordError::File(..)) && error.to_string().contains("is there already"),
        "{error}"
    );
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");

    let other = folder.path().join("b.webm");
    assert_eq!(Recording::begin(other.clone(), PLAN).unwrap().finish(Duration::ZERO).unwrap(), []);
    assert!(!other.exists());
    let error = Recording::begin(folder.path().join("none/c.webm"), PLAN).err().unwrap();
    assert!(error.to_string().contains("cannot write the recording"), "{error}");
}
