//! The contract of video encoders and decoders.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use deskwire_wire::picture::{Rect, Size};

use super::{PATIENCE, Violation, require, succeed};
use crate::{EncoderConfig, ErrorKind, Packet, Picture, VideoDecoder, VideoEncoder};

const WORKS: &str = "pictures of the configured size are encoded without an error";
const BLOCKS: &str = "no call blocks, least of all after an error";
const ONE: &str = "every picture gives one packet that is not empty";
const FIRST_KEY: &str = "the first packet after configure is a key frame";
const KEY: &str = "a requested key frame is the next packet, and only that one";
const RATE: &str = "a lower rate makes smaller packets";
const CONFIGURED: &str = "a picture of another size, or before configure, is an Invalid error";
const GOES_ON: &str = "after an error the encoder goes on";
const RESIZE: &str = "configure changes the size";
const CLOSE: &str = "each packet decodes to one picture of the right size that looks like what went in";
const NEEDS_KEY: &str =
    "after reset a packet that is no key frame is an Invalid error, and a key frame decodes";
const RUBBISH: &str = "rubbish is an Invalid error, and the next key frame decodes";

const SIZE: Size = Size { width: 192, height: 128 };
const CONFIG: EncoderConfig = EncoderConfig { size: SIZE, rate: 4_000_000, frames_per_second: 30 };

/// Checks that the encoders that `make` makes keep the contract of [`VideoEncoder`]. Runs on a thread of its own, which
/// is left behind when it blocks.
///
/// # Errors
/// The first clause that is broken.
pub fn check_encoder<E: VideoEncoder>(make: impl Fn() -> E + Send + 'static) -> Result<(), Violation> {
    check_encoder_within(PATIENCE, make)
}

/// As [`check_encoder`], for encoders that need another time than [`PATIENCE`] for all of it.
///
/// # Errors
/// The first clause that is broken.
pub fn check_encoder_within<E: VideoEncoder>(
    patience: Duration,
    make: impl Fn() -> E + Send + 'static,
) -> Result<(), Violation> {
    guarded(patience, move || {
        let mut encoder = make();
        let before = encoder.encode(&test_picture(SIZE, 0)?, &[]).map(|_| ()).map_err(|error| error.kind());
        require(before == Err(ErrorKind::Invalid), CONFIGURED, || format!("{before:?} before configure"))?;
        succeed(encoder.configure(&CONFIG), WORKS)?;
        check_keys(&mut encoder)?;
        check_rate(&mut encoder)?;
        check_errors(&mut encoder)
    })
}

/// Checks that decoders keep the contract of [`VideoDecoder`], with packets of an encoder that keeps its own.
///
/// # Errors
/// The first clause that is broken.
pub fn check_decoder<E: VideoEncoder, D: VideoDecoder>(
    make: impl Fn() -> (E, D) + Send + 'static,
) -> Result<(), Violation> {
    check_decoder_within(PATIENCE, make)
}

/// As [`check_decoder`], for codecs that need another time than [`PATIENCE`] for all of it.
///
/// # Errors
/// The first clause that is broken.
pub fn check_decoder_within<E: VideoEncoder, D: VideoDecoder>(
    patience: Duration,
    make: impl Fn() -> (E, D) + Send + 'static,
) -> Result<(), Violation> {
    guarded(patience, move || {
        let (mut encoder, mut decoder) = make();
        succeed(encoder.configure(&CONFIG), WORKS)?;
        for count in 0..6 {
            decode_next(&mut encoder, &mut decoder, SIZE, count)?;
        }
        decoder.reset();
        let packet = encode(&mut encoder, SIZE, 6)?;
        let result = decoder.decode(&packet.data).map(|_| ()).map_err(|error| error.kind());
        require(packet.key || result == Err(ErrorKind::Invalid), NEEDS_KEY, || format!("{result:?}"))?;
        encoder.request_key();
        decode_next(&mut encoder, &mut decoder, SIZE, 7).map_err(|v| Violation { clause: NEEDS_KEY, ..v })?;
        for rubbish in [&[][..], &[0; 40], &[0xff; 400]] {
            let result = decoder.decode(rubbish).map(|_| ()).map_err(|error| error.kind());
            require(result == Err(ErrorKind::Invalid), RUBBISH, || format!("{result:?}"))?;
        }
        encoder.request_key();
        decode_next(&mut encoder, &mut decoder, SIZE, 8).map_err(|v| Violation { clause: RUBBISH, ..v })?;
        let size = Size { width: 128, height: 96 };
        succeed(encoder.configure(&EncoderConfig { size, ..CONFIG }), RESIZE)?;
        decode_next(&mut encoder, &mut decoder, size, 9)
    })
}

fn check_keys(encoder: &mut dyn VideoEncoder) -> Result<(), Violation> {
    for count in 0..12 {
        if count == 7 {
            encoder.request_key();
        }
        let packet = encode(encoder, SIZE, count)?;
        let clause = if count == 0 { FIRST_KEY } else { KEY };
        require(packet.key == matches!(count, 0 | 7), clause, || {
            format!("key {} at packet {count}", packet.key)
        })?;
    }
    Ok(())
}

fn check_rate(encoder: &mut dyn VideoEncoder) -> Result<(), Violation> {
    let bytes = |encoder: &mut dyn VideoEncoder, rate: u32| -> Result<usize, Violation> {
        succeed(encoder.set_rate(rate), RATE)?;
        if encoder.caps().rate_needs_key {
            encoder.request_key();
        }
        // The controller may need some pictures to follow; those are not counted.
        let sizes = (0..16).map(|count| encode(encoder, SIZE, count + 20).map(|packet| packet.data.len()));
        Ok(sizes.collect::<Result<Vec<_>, _>>()?.iter().skip(8).sum())
    };
    let (high, low) = (bytes(encoder, 8_000_000)?, bytes(encoder, 400_000)?);
    require(low * 10 < high * 7, RATE, || format!("{low} bytes at 0.4 Mbit/s, {high} at 8"))
}

fn check_errors(encoder: &mut dyn VideoEncoder) -> Result<(), Violation> {
    let other = Size { width: 96, height: 96 };
    let wrong = encoder.encode(&test_picture(other, 1)?, &[]).map(|_| ()).map_err(|error| error.kind());
    require(wrong == Err(ErrorKind::Invalid), CONFIGURED, || format!("{wrong:?} for another size"))?;
    encode(encoder, SIZE, 2).map_err(|v| Violation { clause: GOES_ON, ..v })?;
    let none = EncoderConfig { size: Size { width: 0, height: 5 }, ..CONFIG };
    let wrong = encoder.configure(&none).map_err(|error| error.kind());
    require(wrong == Err(ErrorKind::Invalid), CONFIGURED, || format!("{wrong:?} for an empty size"))?;
    succeed(encoder.configure(&EncoderConfig { size: other, ..CONFIG }), RESIZE)?;
    let packet = encode(encoder, other, 3).map_err(|v| Violation { clause: RESIZE, ..v })?;
    require(packet.key, FIRST_KEY, || "no key frame after a change of size".into())
}

fn encode(encoder: &mut dyn VideoEncoder, size: Size, count: u32) -> Result<Packet, Violation> {
    let packet = succeed(encoder.encode(&test_picture(size, count)?, &[Rect::of_size(size)]), WORKS)?;
    require(!packet.data.is_empty(), ONE, || format!("an empty packet for picture {count}"))?;
    Ok(packet)
}

fn decode_next(
    encoder: &mut dyn VideoEncoder,
    decoder: &mut dyn VideoDecoder,
    size: Size,
    count: u32,
) -> Result<(), Violation> {
    let packet = encode(encoder, size, count)?;
    let picture = succeed(decoder.decode(&packet.data), CLOSE)?;
    require(picture.size() == size, CLOSE, || format!("{picture:?}"))?;
    let difference = mean_difference(picture, &test_picture(size, count)?);
    require(difference < 24, CLOSE, || format!("pixels differ by {difference} of 255 on average"))
}

fn mean_difference(a: &Picture, b: &Picture) -> u64 {
    let sum: u64 = a.pixels().iter().zip(b.pixels()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum / (a.size().area() * 3).max(1)
}

/// A ramp with a box that moves and some fixed texture: enough detail that the rate matters.
fn test_picture(size: Size, count: u32) -> Result<Picture, Violation> {
    let mut picture = succeed(Picture::new(size), WORKS)?;
    for y in 0..size.height {
        for (x, pixel) in (0u32..).zip(picture.row_mut(Rect::of_size(size), y).chunks_exact_mut(4)) {
            let texture = (x.wrapping_mul(2_654_435_761) ^ (y + count).wrapping_mul(2_246_822_519)) >> 28;
            let shade = [x + count * 3, y, x + y].map(|n| u8::try_from((n + texture * 2) % 256).unwrap_or(0));
            pixel[..3].copy_from_slice(&shade);
        }
    }
    picture.fill(Rect::new(count * 7 % 64, 20, 32, 32), [255, 255, 255, 255]);
    Ok(picture)
}

/// Runs `check` on a thread, and gives up on it when it does not come back.
fn guarded(
    patience: Duration,
    check: impl FnOnce() -> Result<(), Violation> + Send + 'static,
) -> Result<(), Violation> {
    let (tell, told) = mpsc::channel();
    let worker = thread::spawn(move || {
        // The receiver is gone when patience was over; there is nobody left to tell.
        let _ = tell.send(check());
    });
    match told.recv_timeout(patience) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => {
            Err(Violation { clause: BLOCKS, seen: format!("a call that took more than {patience:?}") })
        }
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            let seen = worker.join().err().map_or("it ended", |_| "a panic");
            Err(Violation { clause: BLOCKS, seen: seen.into() })
        }
    }
}
