//! The pointer's shape as pixels.

use std::mem::size_of;
use std::ptr::with_exposed_provenance_mut;

use windows::Win32::Graphics::Gdi::{
    BI_RGB, BITMAP, BITMAPINFO, BITMAPINFOHEADER, DIB_RGB_COLORS, DeleteObject, GetDC, GetDIBits, GetObjectW,
    HBITMAP, ReleaseDC,
};
use windows::Win32::UI::WindowsAndMessaging::{GetIconInfo, HICON, ICONINFO};

use deskwire_wire::screen::CursorShape;

/// Largest side of a shape, in pixels.
const MAX_SIDE: usize = 256;
const PIXEL: usize = 4;

/// Bitmaps of a shape; given back when dropped.
struct Bitmaps(ICONINFO);

impl Drop for Bitmaps {
    fn drop(&mut self) {
        // SAFETY: `GetIconInfo` made copies for us, which nobody else has; a missing one is refused.
        unsafe {
            let _ = DeleteObject(self.0.hbmMask.into());
            let _ = DeleteObject(self.0.hbmColor.into());
        }
    }
}

/// The shape that Windows has under this number; `None` when it has gone.
pub(crate) fn image(shape: usize) -> Option<CursorShape> {
    let mut info = ICONINFO::default();
    // SAFETY: a number that is no shape any more is refused; the structure is ours.
    unsafe { GetIconInfo(HICON(with_exposed_provenance_mut(shape)), &raw mut info) }.ok()?;
    let bitmaps = Bitmaps(info);
    let mask = pixels(bitmaps.0.hbmMask)?;
    let colour = if bitmaps.0.hbmColor.is_invalid() { None } else { pixels(bitmaps.0.hbmColor) };
    let (width, height, full) = match &colour {
        Some((width, height, colours)) => (*width, *height, coloured(colours, &mask.2)),
        // The mask is twice as high: what stays of the screen, and below it what is inverted.
        None => (mask.0, mask.1 / 2, plain(&mask.2)),
    };
    let (shown_width, shown_height) = (width.clamp(1, MAX_SIDE), height.clamp(1, MAX_SIDE));
    let rows = full.chunks(width.max(1) * PIXEL).take(shown_height);
    let mut rgba: Vec<u8> = rows.flat_map(|row| row.iter().take(shown_width * PIXEL).copied()).collect();
    rgba.resize(shown_width * shown_height * PIXEL, 0);
    let (width, height) = (u16::try_from(shown_width).ok()?, u16::try_from(shown_height).ok()?);
    let within = |at: u32, side: u16| u16::try_from(at).unwrap_or(0).min(side - 1);
    let hot_spot = (within(bitmaps.0.xHotspot, width), within(bitmaps.0.yHotspot, height));
    Some(CursorShape { width, height, hot_spot, rgba })
}

/// A coloured shape as premultiplied RGBA. Old ones have no alpha: what their mask keeps of the screen is transparent.
fn coloured(bgra: &[u8], mask: &[u8]) -> Vec<u8> {
    let has_alpha = bgra.chunks_exact(PIXEL).any(|pixel| pixel[3] != 0);
    let pixels = bgra.chunks_exact(PIXEL).zip(mask.chunks_exact(PIXEL));
    pixels
        .flat_map(|(pixel, mask)| {
            let alpha = if has_alpha { pixel[3] } else { 255 - mask[0] };
            let times =
                |channel: u8| u8::try_from(u16::from(channel) * u16::from(alpha) / 255).unwrap_or(255);
            [times(pixel[2]), times(pixel[1]), times(pixel[0]), alpha]
        })
        .collect()
}

/// A shape of black and white. What would invert the screen becomes black, for a viewer cannot invert.
fn plain(mask: &[u8]) -> Vec<u8> {
    let (keeps, inverts) = mask.split_at(mask.len() / 2);
    let pixels = keeps.chunks_exact(PIXEL).zip(inverts.chunks_exact(PIXEL));
    pixels
        .flat_map(|(keep, invert)| match (keep[0], invert[0]) {
            (0, shade) => [shade, shade, shade, 255],
            (_, 0) => [0; PIXEL],
            _ => [0, 0, 0, 255],
        })
        .collect()
}

/// Width, height and pixels (BGRA, from the top) of a bitmap.
fn pixels(bitmap: HBITMAP) -> Option<(usize, usize, Vec<u8>)> {
    let mut about = BITMAP::default();
    let length = i32::try_from(size_of::<BITMAP>()).ok()?;
    // SAFETY: the structure is ours and as long as said; a handle that is none is refused.
    if unsafe { GetObjectW(bitmap.into(), length, Some((&raw mut about).cast())) } == 0 {
        return None;
    }
    let (width, height) = (usize::try_from(about.bmWidth).ok()?, usize::try_from(about.bmHeight).ok()?);
    if width == 0 || height == 0 || width > 4 * MAX_SIDE || height > 8 * MAX_SIDE {
        return None;
    }
    let header = BITMAPINFOHEADER {
        biSize: u32::try_from(size_of::<BITMAPINFOHEADER>()).ok()?,
        biWidth: about.bmWidth,
        // Negative: from the top.
        biHeight: -about.bmHeight,
        biPlanes: 1,
        biBitCount: 32,
        biCompression: BI_RGB.0,
        ..BITMAPINFOHEADER::default()
    };
    let mut form = BITMAPINFO { bmiHeader: header, ..BITMAPINFO::default() };
    let mut bytes = vec![0; width * height * PIXEL];
    let lines = u32::try_from(height).ok()?;
    // SAFETY: rows of 32-bit pixels have no gaps, so the buffer is as long as what is written into it; the context is given
    // back, and no bitmap was selected into it.
    let copied = unsafe {
        let screen = GetDC(None);
        let into = Some(bytes.as_mut_ptr().cast());
        let copied = GetDIBits(screen, bitmap, 0, lines, into, &raw mut form, DIB_RGB_COLORS);
        ReleaseDC(None, screen);
        copied
    };
    (copied == about.bmHeight).then_some((width, height, bytes))
}
