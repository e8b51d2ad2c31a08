#![doc = include_str!("../README.md")]
//!
//! ```
//! use deskwire_picture::{Painter, RegionEncoder, borrowed};
//! use deskwire_platform::Picture;
//! use deskwire_wire::ids::{DisplayId, Epoch};
//! use deskwire_wire::picture::{FrameUpdate, Rect, Size};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut screen = Picture::new(Size { width: 640, height: 360 })?;
//! let (mut encoder, mut painter) = (RegionEncoder::new()?, Painter::new()?);
//! for sequence in 0..3 {
//!     let changed = Rect::new(sequence * 9, 100, 8, 16);
//!     screen.fill(changed, [0, 0, 0, 255]);
//!     let encoded = encoder.encode(&screen, &[changed])?; // the first is a full refresh
//!     painter.apply(&FrameUpdate {
//!         display: DisplayId(0),
//!         epoch: Epoch(0),
//!         sequence,
//!         size: screen.size(),
//!         captured_at_us: 0,
//!         ops: borrowed(&encoded.ops),
//!     })?;
//!     assert_eq!(painter.picture(), Some(&screen));
//! }
//! # Ok(()) }
//! ```
#![forbid(unsafe_code)]

mod cells;
mod encoder;
mod ops;
mod painter;
mod scroll;

pub use encoder::{Encoded, RegionEncoder, Work};
pub use ops::{OwnedOp, borrowed};
pub use painter::{PaintError, Painter, VideoPart};

/// An update may paint at most this many times the area of the picture: a bound on the painter's work that the
/// encoder keeps.
pub const MAX_OVERPAINT: u64 = 4;
