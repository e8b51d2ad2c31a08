//! The host's pointer on its picture, where both are kept as one.

use deskwire_core::wire::picture::Point;
use deskwire_core::wire::screen::CursorShape;
use deskwire_platform::Picture;

/// Lays the pointer over the picture, its hot spot at `at`; what hangs over the edge is left out.
pub(crate) fn draw(picture: &mut Picture, shape: &CursorShape, at: Point) {
    let size = picture.size();
    let (width, height) = (usize::from(shape.width), usize::from(shape.height));
    if shape.rgba.len() < width * height * 4 {
        return;
    }
    let stride = size.width as usize * 4;
    for row in 0..height {
        let y = i64::from(at.y) - i64::from(shape.hot_spot.1) + row as i64;
        let Some(y) = usize::try_from(y).ok().filter(|y| *y < size.height as usize) else { continue };
        for column in 0..width {
            let x = i64::from(at.x) - i64::from(shape.hot_spot.0) + column as i64;
            let Some(x) = usize::try_from(x).ok().filter(|x| *x < size.width as usize) else { continue };
            let from = &shape.rgba[(row * width + column) * 4..][..4];
            let to = &mut picture.pixels_mut()[y * stride + x * 4..][..3];
            // Premultiplied: what is behind shines through by what the pointer does not cover.
            let behind = 255 - u16::from(from[3]);
            for (to, from) in to.iter_mut().zip([from[2], from[1], from[0]]) {
                let mixed = u16::from(from) + (u16::from(*to) * behind + 127) / 255;
                *to = u8::try_from(mixed).unwrap_or(u8::MAX);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskwire_core::wire::picture::{Rect, Size};

    #[test]
    fn the_hot_spot_lies_where_the_pointer_is_and_edges_cut_it() {
        let size = Size { width: 8, height: 4 };
        let shape = CursorShape { width: 2, height: 2, hot_spot: (1, 1), rgba: [10, 20, 30, 255].repeat(4) };
        let mut picture = Picture::new(size).unwrap();
        picture.fill(Rect::of_size(size), [9, 9, 9, 255]);
        draw(&mut picture, &shape, Point { x: 0, y: 3 });
        for (x, y) in (0..8).flat_map(|x| (0..4).map(move |y| (x, y))) {
            let covered = x == 0 && y >= 2;
            let expected = if covered { [30, 20, 10, 255] } else { [9, 9, 9, 255] };
            assert_eq!(picture.pixel(Point { x, y }), Some(expected), "{x}, {y}");
        }
    }

    #[test]
    fn what_is_half_covered_shines_through() {
        let shape = CursorShape { width: 1, height: 1, hot_spot: (0, 0), rgba: vec![100, 0, 0, 128] };
        let mut picture = Picture::new(Size { width: 1, height: 1 }).unwrap();
        picture.fill(Rect::new(0, 0, 1, 1), [200, 200, 200, 255]);
        draw(&mut picture, &shape, Point { x: 0, y: 0 });
        assert_eq!(picture.pixel(Point { x: 0, y: 0 }), Some([100, 100, 200, 255]));
    }
}
