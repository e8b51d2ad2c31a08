//! Pictures as files.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

use deskwire_core::wire::picture::Rect;
pub use deskwire_platform::Picture;

/// Saves a picture as PNG.
pub fn save(path: &Path, picture: &Picture) -> io::Result<()> {
    let size = picture.size();
    let whole = Rect::of_size(size);
    let rgb: Vec<u8> = (0..size.height)
        .flat_map(|y| picture.row(whole, y).chunks_exact(4).flat_map(|p| [p[2], p[1], p[0]]))
        .collect();
    save_rgb(path, (size.width, size.height), &rgb)
}

/// Saves `size.0 * size.1` pixels of red, green and blue as PNG. What could not be written whole is removed.
pub fn save_rgb(path: &Path, size: (u32, u32), rgb: &[u8]) -> io::Result<()> {
    let written = (|| {
        let file = BufWriter::new(File::create(path)?);
        let mut encoder = png::Encoder::new(file, size.0, size.1);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        let mut writer = encoder.write_header().map_err(io::Error::other)?;
        writer.write_image_data(rgb).map_err(io::Error::other)?;
        writer.finish().map_err(io::Error::other)
    })();
    if written.is_err() {
        let _ = std::fs::remove_file(path);
    }
    written
}
