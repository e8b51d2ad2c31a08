//! A small window that flips its colour on command: what glass-to-glass latency is measured with.

use std::time::Instant;

use deskwire_core::wire::picture::{Point, Rect};
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    ChangeGCAux, ConfigureWindowAux, ConnectionExt as _, CreateGCAux, CreateWindowAux, Rectangle, StackMode,
    WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use crate::output::Failure;

/// The two colours, blue green red X.
const COLOURS: [[u8; 4]; 2] = [[0x20, 0xe0, 0x20, 0xff], [0xe0, 0x20, 0xe0, 0xff]];

/// The window.
pub(crate) struct Marker {
    connection: RustConnection,
    window: u32,
    gc: u32,
    area: Rect,
    phase: usize,
}

impl Marker {
    /// Opens it on `display` at `area` of the desktop, above everything.
    pub(crate) fn open(display: &str, area: Rect) -> Result<Self, Failure> {
        let (connection, screen) = RustConnection::connect(Some(display)).map_err(failed)?;
        let root = connection.setup().roots.get(screen).map(|s| s.root).ok_or_else(|| failed("no screen"))?;
        let window = connection.generate_id().map_err(failed)?;
        let (x, y) = (i16::try_from(area.x).map_err(failed)?, i16::try_from(area.y).map_err(failed)?);
        let (width, height) =
            (u16::try_from(area.width).map_err(failed)?, u16::try_from(area.height).map_err(failed)?);
        let look = CreateWindowAux::new().override_redirect(1).background_pixel(pixel(COLOURS[0]));
        connection
            .create_window(0, window, root, x, y, width, height, 0, WindowClass::INPUT_OUTPUT, 0, &look)
            .map_err(failed)?;
        connection.map_window(window).map_err(failed)?;
        connection
            .configure_window(window, &ConfigureWindowAux::new().stack_mode(StackMode::ABOVE))
            .map_err(failed)?;
        let gc = connection.generate_id().map_err(failed)?;
        connection.create_gc(gc, window, &CreateGCAux::new()).map_err(failed)?;
        connection.sync().map_err(failed)?;
        Ok(Self { connection, window, gc, area, phase: 0 })
    }

    /// Shows the other colour; gives the moment at which the server was told, and the colour that will be seen.
    pub(crate) fn flip(&mut self) -> Result<(Instant, [u8; 4]), Failure> {
        self.phase ^= 1;
        let colour = COLOURS[self.phase];
        let whole = Rectangle {
            x: 0,
            y: 0,
            width: u16::try_from(self.area.width).map_err(failed)?,
            height: u16::try_from(self.area.height).map_err(failed)?,
        };
        self.connection.change_gc(self.gc, &ChangeGCAux::new().foreground(pixel(colour))).map_err(failed)?;
        self.connection.poly_fill_rectangle(self.window, self.gc, &[whole]).map_err(failed)?;
        let at = Instant::now();
        self.connection.flush().map_err(failed)?;
        Ok((at, colour))
    }

    /// The point to look at.
    pub(crate) fn centre(&self) -> Point {
        let middle = |start: u32, length: u32| i32::try_from(start + length / 2).unwrap_or(0);
        Point { x: middle(self.area.x, self.area.width), y: middle(self.area.y, self.area.height) }
    }
}

fn pixel([b, g, r, _]: [u8; 4]) -> u32 {
    u32::from_be_bytes([0, r, g, b])
}

fn failed(error: impl std::fmt::Display) -> Failure {
    Failure::other(format!("the marker window failed: {error}"))
}
