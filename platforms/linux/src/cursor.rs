//! The pointer: XFixes for its shape, XInput 2 for its motion.

use std::time::Duration;

use deskwire_platform::{CursorSource, Error, EventSource, Wake, Waker};
use deskwire_wire::picture::Point;
use deskwire_wire::screen::{CursorPosition, CursorShape, Display};
use x11rb::protocol::Event;
use x11rb::protocol::xfixes::{self, ConnectionExt as _, CursorNotifyMask, GetCursorImageReply};
use x11rb::protocol::xinput::{self, ConnectionExt as _, XIEventMask};
use x11rb::protocol::xproto::ConnectionExt as _;

use crate::connection::{OrLost, Server};
use crate::monitors::{self, Naming};

/// Largest side of a shape, in pixels.
const MAX_SIDE: u16 = 256;

/// The pointer of an X display.
pub struct X11Cursor {
    server: Server,
    displays: Vec<Display>,
    shape_changed: bool,
    moved: bool,
    /// Whether the server tells of motion; if not, every call asks.
    hears_motion: bool,
    visible: bool,
    shape: Option<CursorShape>,
    position: Option<CursorPosition>,
}

impl X11Cursor {
    /// Opens `display` (for example `:0`), or `$DISPLAY`.
    ///
    /// # Errors
    /// `Unavailable` or `Denied` when it cannot be opened, `Unsupported` when it lacks the extension XFIXES.
    pub fn open(display: Option<&str>) -> Result<Self, Error> {
        let server = Server::open(display)?;
        server.require(xfixes::X11_EXTENSION_NAME, "to show the pointer's shape")?;
        server.require("RANDR", "to list the monitors")?;
        server.conn.xfixes_query_version(5, 0).or_lost()?.reply().or_lost()?;
        let mask = CursorNotifyMask::DISPLAY_CURSOR;
        server.conn.xfixes_select_cursor_input(server.root, mask).or_lost()?.check().or_lost()?;
        let hears_motion = select_motion(&server);
        let displays = monitors::list(&server, &mut Naming::default(), true)?;
        Ok(Self {
            server,
            displays,
            shape_changed: true,
            moved: true,
            hears_motion,
            visible: true,
            shape: None,
            position: None,
        })
    }

    fn take_events(&mut self) -> Result<(), Error> {
        while let Some(event) = self.server.next_event()? {
            match event {
                Event::XfixesCursorNotify(_) => self.shape_changed = true,
                Event::XinputRawMotion(_) => self.moved = true,
                _ => {}
            }
        }
        Ok(())
    }
}

/// Asks for raw motion: it is told whichever window the pointer is in.
fn select_motion(server: &Server) -> bool {
    let select = || {
        server.conn.xinput_xi_query_version(2, 2).ok()?.reply().ok()?;
        let mask = xinput::EventMask {
            deviceid: xinput::Device::ALL_MASTER.into(),
            mask: vec![XIEventMask::RAW_MOTION],
        };
        server.conn.xinput_xi_select_events(server.root, &[mask]).ok()?.check().ok()
    };
    select().is_some()
}

impl EventSource for X11Cursor {
    fn wake(&self) -> Wake<'_> {
        Wake::Fd(self.server.fd())
    }

    fn set_waker(&mut self, _waker: Option<Waker>) {}

    fn wait(&mut self, longest: Duration) -> Result<(), Error> {
        self.server.wait(longest)
    }
}

impl CursorSource for X11Cursor {
    fn set_displays(&mut self, displays: &[Display]) {
        self.displays = displays.to_vec();
        self.moved = true;
    }

    fn poll_shape(&mut self) -> Result<Option<CursorShape>, Error> {
        self.take_events()?;
        if !std::mem::take(&mut self.shape_changed) {
            return Ok(None);
        }
        let image = self.server.conn.xfixes_get_cursor_image().or_lost()?.reply().or_lost()?;
        let shape = shape_of(&image);
        self.visible = shape.rgba.chunks_exact(4).any(|pixel| pixel[3] != 0);
        self.moved = true;
        if self.shape.as_ref() == Some(&shape) {
            return Ok(None);
        }
        self.shape = Some(shape);
        Ok(self.shape.clone())
    }

    fn poll_position(&mut self) -> Result<Option<CursorPosition>, Error> {
        self.take_events()?;
        if !std::mem::take(&mut self.moved) && self.hears_motion {
            return Ok(None);
        }
        let pointer = self.server.conn.query_pointer(self.server.root).or_lost()?.reply().or_lost()?;
        let (x, y) = (i32::from(pointer.root_x), i32::from(pointer.root_y));
        let on = |display: &&Display| {
            let area = display.area;
            let within =
                |n: i32, start: u32, end: u32| u32::try_from(n).is_ok_and(|n| (start..end).contains(&n));
            within(x, area.x, area.right()) && within(y, area.y, area.bottom())
        };
        let Some(display) = self.displays.iter().find(on).or_else(|| self.displays.first()) else {
            return Ok(None);
        };
        let from = |n: i32, start: u32| n - i32::try_from(start).unwrap_or(0);
        let at = Point { x: from(x, display.area.x), y: from(y, display.area.y) };
        let position = CursorPosition { display: display.id, at, visible: self.visible };
        if self.position == Some(position) {
            return Ok(None);
        }
        self.position = Some(position);
        Ok(self.position)
    }
}

/// The shape, cut to the largest size, as RGBA. The server's pixels are premultiplied ARGB already.
fn shape_of(image: &GetCursorImageReply) -> CursorShape {
    let (width, height) = (image.width.clamp(1, MAX_SIDE), image.height.clamp(1, MAX_SIDE));
    let mut rgba = Vec::with_capacity(usize::from(width) * usize::from(height) * 4);
    for row in image.cursor_image.chunks(usize::from(image.width.max(1))).take(usize::from(height)) {
        for &pixel in row.iter().take(usize::from(width)) {
            let [alpha, red, green, blue] = pixel.to_be_bytes();
            rgba.extend([red, green, blue, alpha]);
        }
    }
    // An empty image (no pointer at all) is one transparent pixel.
    rgba.resize(usize::from(width) * usize::from(height) * 4, 0);
    let hot_spot = (image.xhot.min(width - 1), image.yhot.min(height - 1));
    CursorShape { width, height, hot_spot, rgba }
}
