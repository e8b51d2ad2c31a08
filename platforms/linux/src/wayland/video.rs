//! What is agreed with PipeWire about a stream, and what is read from its buffers.

use std::io::Cursor;

use deskwire_platform::{Damage, Error, ErrorKind, Picture};
use deskwire_wire::picture::{Rect, Size};
use deskwire_wire::screen::CursorShape;
use pipewire::buffer::Buffer;
use pipewire::spa::buffer::DataType;
use pipewire::spa::buffer::meta::{MetaCursor, MetaHeader, MetaHeaderFlags, MetaVideoDamage};
use pipewire::spa::param::ParamType;
use pipewire::spa::param::format::{FormatProperties, MediaSubtype, MediaType};
use pipewire::spa::param::video::VideoFormat;
use pipewire::spa::pod::serialize::PodSerializer;
use pipewire::spa::pod::{ChoiceValue, Object, Property, Value, object, property};
use pipewire::spa::sys;
use pipewire::spa::utils::{Choice, ChoiceEnum, ChoiceFlags, Fraction, Id, Rectangle, SpaTypes};

/// Largest side of a pointer's shape, in pixels.
const MAX_CURSOR: i32 = 256;
/// The largest that buffers may have room for: mutter insists on 384, others have less.
const CURSOR_ROOM: i32 = 1024;
/// Rectangles of damage that a buffer has room for.
const MAX_DAMAGE: i32 = 16;
/// Bytes of a pixel.
const PIXEL: usize = 4;
/// The side of the squares in which pictures are compared when nothing says what changed.
const SQUARE: u32 = 64;

/// What a buffer says of the pointer.
#[derive(Default)]
pub(super) struct Pointer {
    /// Where it is; `None` when it is not on this stream.
    pub(super) at: Option<(i32, i32)>,
    /// Its shape if that is new.
    pub(super) shape: Option<CursorShape>,
}

/// The formats that are read, the preferred one first.
pub(super) fn formats() -> Object {
    object!(
        SpaTypes::ObjectParamFormat,
        ParamType::EnumFormat,
        property!(FormatProperties::MediaType, Id, MediaType::Video),
        property!(FormatProperties::MediaSubtype, Id, MediaSubtype::Raw),
        property!(
            FormatProperties::VideoFormat,
            Choice,
            Enum,
            Id,
            VideoFormat::BGRx,
            VideoFormat::BGRx,
            VideoFormat::BGRA,
            VideoFormat::RGBx,
            VideoFormat::RGBA
        ),
        property!(
            FormatProperties::VideoSize,
            Choice,
            Range,
            Rectangle,
            Rectangle { width: 1920, height: 1080 },
            Rectangle { width: 1, height: 1 },
            Rectangle { width: 16384, height: 16384 }
        ),
        property!(
            FormatProperties::VideoFramerate,
            Choice,
            Range,
            Fraction,
            Fraction { num: 60, denom: 1 },
            Fraction { num: 0, denom: 1 },
            Fraction { num: 240, denom: 1 }
        ),
    )
}

/// What comes with each buffer: pixels in memory, what changed, and the pointer.
pub(super) fn extras() -> Vec<Object> {
    let meta = |kind: u32, size: Value| Object {
        type_: SpaTypes::ObjectParamMeta.as_raw(),
        id: ParamType::Meta.as_raw(),
        properties: vec![
            Property::new(sys::SPA_PARAM_META_type, Value::Id(Id(kind))),
            Property::new(sys::SPA_PARAM_META_size, size),
        ],
    };
    let bytes = |size: usize| i32::try_from(size).unwrap_or(i32::MAX);
    let region = bytes(size_of::<sys::spa_meta_region>());
    let cursor = |side: i32| {
        bytes(size_of::<sys::spa_meta_cursor>() + size_of::<sys::spa_meta_bitmap>()) + side * side * 4
    };
    let kinds = (1 << DataType::MemFd.as_raw()) | (1 << DataType::MemPtr.as_raw());
    let memory = Object {
        type_: SpaTypes::ObjectParamBuffers.as_raw(),
        id: ParamType::Buffers.as_raw(),
        properties: vec![Property::new(
            sys::SPA_PARAM_BUFFERS_dataType,
            Value::Choice(ChoiceValue::Int(Choice(
                ChoiceFlags::empty(),
                ChoiceEnum::Flags { default: kinds, flags: vec![kinds] },
            ))),
        )],
    };
    vec![
        memory,
        meta(sys::SPA_META_Header, Value::Int(bytes(size_of::<sys::spa_meta_header>()))),
        meta(sys::SPA_META_VideoDamage, range(region * MAX_DAMAGE, region, region * MAX_DAMAGE)),
        meta(sys::SPA_META_Cursor, range(cursor(MAX_CURSOR), cursor(1), cursor(CURSOR_ROOM))),
    ]
}

fn range(default: i32, min: i32, max: i32) -> Value {
    Value::Choice(ChoiceValue::Int(Choice(ChoiceFlags::empty(), ChoiceEnum::Range { default, min, max })))
}

/// As PipeWire takes it.
pub(super) fn serialized(object: Object) -> Vec<u8> {
    PodSerializer::serialize(Cursor::new(Vec::new()), &Value::Object(object))
        .map(|(written, _)| written.into_inner())
        .unwrap_or_default()
}

/// Whether a buffer has pixels, and not only a pointer.
pub(super) fn has_pixels(buffer: &mut Buffer<'_>) -> bool {
    let broken = |header: &MetaHeader| header.flags().contains(MetaHeaderFlags::CORRUPTED);
    if buffer.find_meta::<MetaHeader>().is_some_and(broken) {
        return false;
    }
    buffer.datas_mut().first().is_some_and(|data| data.chunk().size() > 0)
}

/// What differs from the buffer before, as the desktop says; `None` when it does not say.
pub(super) fn damage(buffer: &Buffer<'_>) -> Option<Vec<Rect>> {
    let corner = |n: i32| u32::try_from(n).unwrap_or(0);
    let rects: Vec<Rect> = buffer
        .find_meta::<MetaVideoDamage>()?
        .iter()
        .map(|region| (region.position(), region.size()))
        .map(|(at, size)| Rect::new(corner(at.x), corner(at.y), size.width, size.height))
        .collect();
    Some(rects).filter(|rects| !rects.is_empty())
}

/// The pointer of a buffer, if it says anything of it.
pub(super) fn cursor(buffer: &Buffer<'_>) -> Option<Pointer> {
    let cursor = buffer.find_meta::<MetaCursor>()?;
    if cursor.id() == 0 {
        return Some(Pointer::default());
    }
    let at = cursor.position();
    let shape = cursor.bitmap().and_then(|bitmap| {
        let (size, pixels) = (bitmap.size(), bitmap.bitmap_data().unwrap_or(&[]));
        let side = |n: u32| u16::try_from(n).ok().filter(|n| i32::from(*n) <= MAX_CURSOR);
        let (width, height) = (side(size.width)?, side(size.height)?);
        let stride = usize::try_from(bitmap.stride()).ok()?;
        let mut rgba = Vec::with_capacity(usize::from(width) * usize::from(height) * PIXEL);
        for y in 0..usize::from(height) {
            rgba.extend_from_slice(pixels.get(y * stride..)?.get(..usize::from(width) * PIXEL)?);
        }
        match bitmap.format() {
            VideoFormat::RGBA => {}
            VideoFormat::BGRA => rgba.as_chunks_mut::<PIXEL>().0.iter_mut().for_each(|p| p.swap(0, 2)),
            _ => return None,
        }
        let hot = |n: i32, side: u16| u16::try_from(n).unwrap_or(0).min(side.saturating_sub(1));
        let hot_spot = (hot(cursor.hotspot().x, width), hot(cursor.hotspot().y, height));
        Some(CursorShape { width, height, hot_spot, rgba })
    });
    Some(Pointer { at: Some((at.x, at.y)), shape })
}

/// The pixels of a buffer.
pub(super) struct Pixels<'a> {
    bytes: &'a [u8],
    stride: usize,
    size: Size,
    /// Red comes first.
    red_first: bool,
}

impl<'a> Pixels<'a> {
    /// # Errors
    /// `Unsupported` when they are not in memory, or fewer than a picture of this size has.
    pub(super) fn of(buffer: &'a mut Buffer<'_>, size: Size, format: VideoFormat) -> Result<Self, Error> {
        let odd = || {
            Error::new(
                ErrorKind::Unsupported,
                "the Wayland desktop sends pictures in a form that cannot be read",
                "report the compositor and its version",
            )
        };
        let data = buffer.datas_mut().first_mut().ok_or_else(odd)?;
        let (offset, stride) = (data.chunk().offset(), data.chunk().stride());
        let (offset, stride) =
            (usize::try_from(offset).map_err(|_| odd())?, usize::try_from(stride).map_err(|_| odd())?);
        let bytes: &[u8] = data.data().ok_or_else(odd)?;
        let bytes = bytes.get(offset..).ok_or_else(odd)?;
        let row = size.width as usize * PIXEL;
        let needed = stride * (size.height as usize).saturating_sub(1) + row;
        if stride < row || bytes.len() < needed {
            return Err(odd());
        }
        let red_first = matches!(format, VideoFormat::RGBx | VideoFormat::RGBA);
        Ok(Self { bytes, stride, size, red_first })
    }

    fn row(&self, rect: Rect, y: u32) -> &[u8] {
        let start = y as usize * self.stride + rect.x as usize * PIXEL;
        self.bytes.get(start..start + rect.width as usize * PIXEL).unwrap_or(&[])
    }

    fn convert(&self, row: &[u8], out: &mut [u8]) {
        for (to, from) in out.as_chunks_mut::<PIXEL>().0.iter_mut().zip(row.as_chunks::<PIXEL>().0) {
            *to = match (self.red_first, *from) {
                (false, [b, g, r, _]) | (true, [r, g, b, _]) => [b, g, r, 255],
            };
        }
    }

    /// Copies `rects` into the picture.
    pub(super) fn copy(&self, rects: &[Rect], picture: &mut Picture) {
        for rect in rects.iter().filter_map(|rect| rect.intersection(Rect::of_size(self.size))) {
            for y in rect.y..rect.bottom() {
                self.convert(self.row(rect, y), picture.row_mut(rect, y));
            }
        }
    }

    /// What differs from the picture.
    pub(super) fn compare(&self, picture: &Picture) -> Damage {
        let mut damage = Damage::new();
        let mut scratch = vec![0; SQUARE as usize * PIXEL];
        for y in (0..self.size.height).step_by(SQUARE as usize) {
            for x in (0..self.size.width).step_by(SQUARE as usize) {
                let square = Rect::new(x, y, SQUARE, SQUARE).intersection(Rect::of_size(self.size));
                let Some(square) = square else { continue };
                let differs = (square.y..square.bottom()).any(|y| {
                    let scratch = &mut scratch[..square.width as usize * PIXEL];
                    self.convert(self.row(square, y), scratch);
                    *scratch != *picture.row(square, y)
                });
                if differs {
                    damage.add(square);
                }
            }
        }
        damage
    }
}
