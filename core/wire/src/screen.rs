//! What is shared besides pixels: displays, cursor, input, clipboard.

use alloc::string::String;
use alloc::vec::Vec;

use crate::ids::DisplayId;
use crate::picture::{Point, Rect};

/// A display of the host.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Display {
    /// Its name for this session.
    pub id: DisplayId,
    /// What the system calls it, for example `HDMI-1`.
    pub name: String,
    /// Where it lies on the host's desktop, in pixels.
    pub area: Rect,
    /// Pixels per logical pixel, in percent.
    pub scale_percent: u16,
    /// Whether it is the one with the panel or task bar.
    pub primary: bool,
}

/// A mouse button.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Button {
    /// The first.
    Left,
    /// The wheel.
    Middle,
    /// The second.
    Right,
    /// The fourth: back.
    Back,
    /// The fifth: forward.
    Forward,
}

/// A key, named by an X11 keysym (`keysymdef.h`; Unicode characters are `0x0100_0000 + code point` or Latin-1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Keysym(pub u32);

/// Something the viewer's user did.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum InputEvent {
    /// The pointer moved to a point of a display, in its pixels.
    PointerMove {
        /// Which display.
        display: DisplayId,
        /// Where on it.
        at: Point,
    },
    /// A button went down or up.
    Button {
        /// Which.
        button: Button,
        /// Down, or up.
        pressed: bool,
    },
    /// The wheel turned, in steps of a notch; positive is right and down.
    Scroll {
        /// Steps to the right.
        x: i16,
        /// Steps down.
        y: i16,
    },
    /// A key went down or up.
    Key {
        /// Which.
        key: Keysym,
        /// Down, or up.
        pressed: bool,
    },
    /// Text to be typed as a whole (input methods, paste as typing).
    Text(String),
}

/// The picture of the host's pointer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CursorShape {
    /// Width and height in pixels, at most 256.
    pub width: u16,
    /// See `width`.
    pub height: u16,
    /// The point of the picture that lies at the pointer's position.
    pub hot_spot: (u16, u16),
    /// `width * height` pixels, premultiplied RGBA, row by row.
    pub rgba: Vec<u8>,
}

/// Where the host's pointer is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CursorPosition {
    /// On which display.
    pub display: DisplayId,
    /// Where on it.
    pub at: Point,
    /// Whether it is shown at all.
    pub visible: bool,
}
