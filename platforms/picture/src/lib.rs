//! Lossless region updates: scroll detection, solid areas, zstd tiles.
