//! From operations to pictures.

use std::fmt;

use deskwire_platform::{Damage, Error, Picture};
use deskwire_wire::picture::{FrameUpdate, Rect, RegionOp, Size, VideoCodec};
use zstd::zstd_safe;

use crate::MAX_OVERPAINT;

/// Why an update cannot be painted. The picture may then be painted in part: ask for a full refresh.
#[derive(Debug)]
#[non_exhaustive]
pub enum PaintError {
    /// The size of the picture is not allowed.
    Size(Size),
    /// The first update, or one with a new size, is not a full refresh.
    NotFull,
    /// The operation with this number lies outside the picture or is empty.
    Outside(usize),
    /// All operations together paint more than [`MAX_OVERPAINT`] pictures.
    TooMuch,
    /// The bytes of the operation with this number are not one zstd frame of the right length.
    Data(usize),
    /// The operation with this number is of a kind that is not known here, or video without a decoder.
    Unknown(usize),
    /// The decoder refused the operation with this number.
    Video(usize, Error),
    /// zstd has no memory.
    Memory,
}

impl fmt::Display for PaintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size(size) => write!(
                f,
                "the peer sent a picture of {}x{} pixels, which is not allowed",
                size.width, size.height
            ),
            Self::NotFull => f.write_str(
                "the peer sent an update without the picture it belongs to, so ask for a full refresh",
            ),
            Self::Outside(op) => write!(f, "operation {op} of the peer's update is outside the picture"),
            Self::TooMuch => f.write_str("the peer's update paints the picture too many times"),
            Self::Data(op) => write!(f, "operation {op} of the peer's update has broken data"),
            Self::Unknown(op) => write!(f, "operation {op} of the peer's update cannot be painted here"),
            Self::Video(op, error) => {
                write!(f, "operation {op} of the peer's update was not decoded: {error}")
            }
            Self::Memory => f.write_str("there is no memory to decompress the picture, so close something"),
        }
    }
}

impl std::error::Error for PaintError {}

/// A video operation, for the caller's decoder.
#[derive(Clone, Copy, Debug)]
pub struct VideoPart<'a> {
    /// Which decoder of the display.
    pub stream: u8,
    /// Where the decoded picture goes; in the picture, and not empty.
    pub rect: Rect,
    /// How it is coded.
    pub codec: VideoCodec,
    /// Whether it can be decoded without an earlier one.
    pub key: bool,
    /// One temporal unit.
    pub data: &'a [u8],
}

/// Paints updates of one display, as they come from the peer.
pub struct Painter {
    picture: Option<Picture>,
    decompressor: zstd::bulk::Decompressor<'static>,
    scratch: Vec<u8>,
}

impl Painter {
    /// A painter without a picture; its first update must be a full refresh.
    ///
    /// # Errors
    /// When zstd has no memory.
    pub fn new() -> Result<Self, PaintError> {
        let decompressor = zstd::bulk::Decompressor::new().map_err(|_| PaintError::Memory)?;
        Ok(Self { picture: None, decompressor, scratch: Vec::new() })
    }

    /// What was painted so far.
    pub const fn picture(&self) -> Option<&Picture> {
        self.picture.as_ref()
    }

    /// Paints an update without video; returns where.
    ///
    /// # Errors
    /// See [`PaintError`].
    pub fn apply(&mut self, update: &FrameUpdate<'_>) -> Result<Damage, PaintError> {
        self.paint(update, None)
    }

    /// Paints an update; `video` decodes its video operations and paints them into the picture, within their rectangle.
    ///
    /// # Errors
    /// See [`PaintError`].
    pub fn apply_with(
        &mut self,
        update: &FrameUpdate<'_>,
        mut video: impl FnMut(VideoPart<'_>, &mut Picture) -> Result<(), Error>,
    ) -> Result<Damage, PaintError> {
        self.paint(update, Some(&mut video))
    }

    fn paint(
        &mut self,
        update: &FrameUpdate<'_>,
        mut video: Option<PaintVideo<'_>>,
    ) -> Result<Damage, PaintError> {
        check(update, video.is_some())?;
        let mut painted = Damage::new();
        if update.sequence == 0 {
            self.picture = None; // before the new one is made, so that there are never two
            self.picture = Some(Picture::new(update.size).map_err(|_| PaintError::Size(update.size))?);
            painted.add(Rect::of_size(update.size));
        }
        let picture = self.picture.as_mut().filter(|p| p.size() == update.size).ok_or(PaintError::NotFull)?;
        for (number, op) in update.ops.iter().enumerate() {
            match *op {
                RegionOp::Copy { from, to } => {
                    painted.add(to);
                    if !picture.move_within(from, to) {
                        return Err(PaintError::Outside(number));
                    }
                }
                RegionOp::Solid { rect, bgrx: [blue, green, red, _] } => {
                    painted.add(rect);
                    picture.fill(rect, [blue, green, red, 255]);
                }
                RegionOp::Zstd { rect, data } => {
                    let length = byte_len(rect).ok_or(PaintError::Outside(number))?;
                    self.scratch.resize(length, 0);
                    let done = self.decompressor.decompress_to_buffer(data, self.scratch.as_mut_slice());
                    if done.ok() != Some(length) {
                        return Err(PaintError::Data(number));
                    }
                    painted.add(rect);
                    paint_rows(picture, rect, &self.scratch);
                }
                RegionOp::Video { stream, rect, codec, key, data } => {
                    let video = video.as_mut().ok_or(PaintError::Unknown(number))?;
                    painted.add(rect);
                    let part = VideoPart { stream, rect, codec, key, data };
                    video(part, picture).map_err(|error| PaintError::Video(number, error))?;
                }
                _ => return Err(PaintError::Unknown(number)),
            }
        }
        Ok(painted)
    }
}

type PaintVideo<'a> = &'a mut dyn FnMut(VideoPart<'_>, &mut Picture) -> Result<(), Error>;

/// Everything that can be checked before anything is painted or any memory is taken.
fn check(update: &FrameUpdate<'_>, has_video: bool) -> Result<(), PaintError> {
    if !update.size.is_allowed() {
        return Err(PaintError::Size(update.size));
    }
    let mut left = update.size.area() * MAX_OVERPAINT;
    for (number, op) in update.ops.iter().enumerate() {
        let rect = match *op {
            RegionOp::Copy { from, to } => {
                if !Rect::new(from.0, from.1, to.width, to.height).fits(update.size) {
                    return Err(PaintError::Outside(number));
                }
                to
            }
            RegionOp::Solid { rect, .. } => rect,
            RegionOp::Zstd { rect, data } => {
                let announced = zstd_safe::get_frame_content_size(data).ok().flatten();
                let one_frame = zstd_safe::find_frame_compressed_size(data).ok() == Some(data.len());
                if !one_frame || announced != rect.area().checked_mul(4) {
                    return Err(PaintError::Data(number));
                }
                rect
            }
            RegionOp::Video { rect, .. } if has_video => rect,
            _ => return Err(PaintError::Unknown(number)),
        };
        if rect.is_empty() || !rect.fits(update.size) {
            return Err(PaintError::Outside(number));
        }
        left = left.checked_sub(rect.area()).ok_or(PaintError::TooMuch)?;
    }
    Ok(())
}

fn byte_len(rect: Rect) -> Option<usize> {
    usize::try_from(rect.area().checked_mul(4)?).ok()
}

/// Copies pixels in, with X set: the peer's X may be anything.
fn paint_rows(picture: &mut Picture, rect: Rect, pixels: &[u8]) {
    let stride = rect.width as usize * 4;
    for (y, row) in (rect.y..rect.bottom()).zip(pixels.chunks_exact(stride)) {
        let target = picture.row_mut(rect, y);
        target.copy_from_slice(row);
        target.as_chunks_mut::<4>().0.iter_mut().for_each(|pixel| pixel[3] = 255);
    }
}
