//! Between the screen's BGRX and the planes of a codec: BT.709, full range, one pair of colour samples for four pixels.
//! Both ends of our streams use the same numbers, so nothing in the bitstream has to be interpreted.

use deskwire_platform::{Error, ErrorKind, Picture};
use deskwire_wire::picture::Size;
use yuv::{
    BufferStoreMut, YuvConversionMode, YuvPlanarImage, YuvPlanarImageMut, YuvRange, YuvStandardMatrix,
};

const RANGE: YuvRange = YuvRange::Full;
const MATRIX: YuvStandardMatrix = YuvStandardMatrix::Bt709;

/// Three planes of 8-bit samples, the two of colour at half width and height (rounded up), rows without gaps.
#[derive(Debug, Default)]
pub(crate) struct Planes {
    size: Size,
    samples: Vec<u8>,
}

impl Planes {
    /// Planes for pictures of `size`.
    pub(crate) fn new(size: Size) -> Self {
        let luma = size.width as usize * size.height as usize;
        let (width, height) = chroma(size);
        Self { size, samples: vec![0; luma + 2 * width as usize * height as usize] }
    }

    /// The samples: luma, then the two planes of colour.
    pub(crate) fn split(&mut self) -> [&mut [u8]; 3] {
        let luma = self.size.width as usize * self.size.height as usize;
        let (y, colour) = self.samples.split_at_mut(luma);
        let (u, v) = colour.split_at_mut(colour.len() / 2);
        [y, u, v]
    }

    /// Samples in a row of each plane.
    pub(crate) const fn strides(&self) -> [u32; 3] {
        let (width, _) = chroma(self.size);
        [self.size.width, width, width]
    }

    /// Takes a picture of the same size over.
    pub(crate) fn fill(&mut self, picture: &Picture) -> Result<(), Error> {
        let (size, [y_stride, u_stride, v_stride]) = (self.size, self.strides());
        let [y, u, v] = self.split();
        let mut planes = YuvPlanarImageMut {
            y_plane: BufferStoreMut::Borrowed(y),
            y_stride,
            u_plane: BufferStoreMut::Borrowed(u),
            u_stride,
            v_plane: BufferStoreMut::Borrowed(v),
            v_stride,
            width: size.width,
            height: size.height,
        };
        let bgrx_stride = size.width * 4;
        let mode = YuvConversionMode::Balanced;
        yuv::bgra_to_yuv420(&mut planes, picture.pixels(), bgrx_stride, RANGE, MATRIX, mode)
            .map_err(|error| unusable(&error))
    }
}

/// Width and height of a plane of colour.
pub(crate) const fn chroma(size: Size) -> (u32, u32) {
    (size.width.div_ceil(2), size.height.div_ceil(2))
}

/// Paints planes with these rows into a picture of the same size.
pub(crate) fn paint(picture: &mut Picture, planes: [&[u8]; 3], strides: [u32; 3]) -> Result<(), Error> {
    let size = picture.size();
    let [y_plane, u_plane, v_plane] = planes;
    let [y_stride, u_stride, v_stride] = strides;
    let planes = YuvPlanarImage {
        y_plane,
        y_stride,
        u_plane,
        u_stride,
        v_plane,
        v_stride,
        width: size.width,
        height: size.height,
    };
    yuv::yuv420_to_bgra(&planes, picture.pixels_mut(), size.width * 4, RANGE, MATRIX)
        .map_err(|error| unusable(&error))
}

fn unusable(error: &dyn std::fmt::Display) -> Error {
    let happened = format!("the colours of a picture could not be converted ({error})");
    Error::new(ErrorKind::Invalid, happened, "use another codec")
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskwire_wire::picture::Rect;

    #[test]
    fn colours_come_back_as_they_were_whatever_the_size() {
        let colours = [[0, 0, 0], [255, 255, 255], [255, 0, 0], [0, 255, 0], [0, 0, 255], [40, 90, 200]];
        for (width, height) in [(16, 16), (17, 31), (2, 2), (33, 2)] {
            for [b, g, r] in colours {
                let size = Size { width, height };
                let (mut before, mut after) = (Picture::new(size).unwrap(), Picture::new(size).unwrap());
                before.fill(Rect::of_size(size), [b, g, r, 255]);
                let mut planes = Planes::new(size);
                planes.fill(&before).unwrap();
                let strides = planes.strides();
                paint(&mut after, planes.split().map(|plane| &*plane), strides).unwrap();
                for (a, b) in before.pixels().iter().zip(after.pixels()) {
                    assert!(a.abs_diff(*b) <= 3, "{a} became {b} at {size:?}");
                }
                assert!(after.pixels().chunks_exact(4).all(|pixel| pixel[3] == 255));
            }
        }
    }
}
