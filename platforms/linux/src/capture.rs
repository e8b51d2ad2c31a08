//! Capture: XDamage says where, MIT-SHM brings the pixels.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::time::Duration;

use deskwire_platform::{
    Capture, Changes, Damage, Error, ErrorKind, EventSource, Frame, Picture, Wake, Waker,
};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::{Rect, Size};
use deskwire_wire::screen::Display;
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::damage::{self, ConnectionExt as _};
use x11rb::protocol::randr::{self, ConnectionExt as _};
use x11rb::protocol::shm::{self, ConnectionExt as _};
use x11rb::protocol::xfixes::{self, ConnectionExt as _};
use x11rb::protocol::xproto::{
    ChangeWindowAttributesAux, ConnectionExt as _, EventMask, ImageFormat, ImageOrder,
};

use crate::connection::{OrLost, Server};
use crate::monitors::{self, Naming};
use crate::sys::SharedMemory;

/// Bytes of a pixel.
const PIXEL: usize = 4;

/// Reads the monitors of an X display.
pub struct X11Capture {
    server: Server,
    damage: damage::Damage,
    region: xfixes::Region,
    /// Where the server puts pixels; `None` when memory cannot be shared with it.
    shared: Option<Shared>,
    may_share: bool,
    has_monitors: bool,
    naming: Naming,
    displays: Vec<Display>,
    surfaces: BTreeMap<DisplayId, Surface>,
}

struct Shared {
    memory: SharedMemory,
    segment: shm::Seg,
}

/// What was read of one display.
struct Surface {
    picture: Picture,
    /// Changed since the last grab, in the display's pixels.
    damage: Damage,
    /// What the last grab reported.
    changed: Vec<Rect>,
}

impl X11Capture {
    /// Opens `display` (for example `:0`), or `$DISPLAY`.
    ///
    /// # Errors
    /// `Unavailable` or `Denied` when it cannot be opened, `Unsupported` when it lacks an extension or has pixels of an
    /// unknown form.
    pub fn open(display: Option<&str>) -> Result<Self, Error> {
        Self::open_with(display, true)
    }

    /// As [`X11Capture::open`], but pixels always come through the socket. For servers on another machine this is chosen
    /// by itself.
    ///
    /// # Errors
    /// As [`X11Capture::open`].
    pub fn open_without_sharing(display: Option<&str>) -> Result<Self, Error> {
        Self::open_with(display, false)
    }

    fn open_with(display: Option<&str>, may_share: bool) -> Result<Self, Error> {
        let server = Server::open(display)?;
        check_pixels(&server)?;
        server.require(xfixes::X11_EXTENSION_NAME, "to learn what changed on the screen")?;
        server.require(damage::X11_EXTENSION_NAME, "to learn what changed on the screen")?;
        server.require(randr::X11_EXTENSION_NAME, "to list the monitors")?;
        let conn = &server.conn;
        conn.xfixes_query_version(5, 0).or_lost()?.reply().or_lost()?;
        conn.damage_query_version(1, 1).or_lost()?.reply().or_lost()?;
        let randr = conn.randr_query_version(1, 5).or_lost()?.reply().or_lost()?;
        let has_monitors = (randr.major_version, randr.minor_version) >= (1, 5);

        // Events first, so that no change falls between them and the first look.
        let notify = randr::NotifyMask::SCREEN_CHANGE
            | randr::NotifyMask::CRTC_CHANGE
            | randr::NotifyMask::OUTPUT_CHANGE
            | randr::NotifyMask::RESOURCE_CHANGE;
        conn.randr_select_input(server.root, notify).or_lost()?.check().or_lost()?;
        let structure = ChangeWindowAttributesAux::new().event_mask(EventMask::STRUCTURE_NOTIFY);
        conn.change_window_attributes(server.root, &structure).or_lost()?.check().or_lost()?;
        let region = conn.generate_id().or_lost()?;
        conn.xfixes_create_region(region, &[]).or_lost()?.check().or_lost()?;
        let damage = conn.generate_id().or_lost()?;
        conn.damage_create(damage, server.root, damage::ReportLevel::NON_EMPTY)
            .or_lost()?
            .check()
            .or_lost()?;

        let mut naming = Naming::default();
        let displays = monitors::list(&server, &mut naming, has_monitors)?;
        let mut capture = Self {
            server,
            damage,
            region,
            shared: None,
            may_share,
            has_monitors,
            naming,
            displays,
            surfaces: BTreeMap::new(),
        };
        capture.make_surfaces()?;
        Ok(capture)
    }

    /// Whether pixels come through shared memory.
    pub const fn is_sharing(&self) -> bool {
        self.shared.is_some()
    }

    /// Makes surfaces and shared memory fit the displays.
    fn make_surfaces(&mut self) -> Result<(), Error> {
        self.surfaces.retain(|id, _| self.displays.iter().any(|display| display.id == *id));
        for display in &self.displays {
            let size = display.area.size();
            if self.surfaces.get(&display.id).is_none_or(|surface| surface.picture.size() != size) {
                let surface =
                    Surface { picture: Picture::new(size)?, damage: Damage::new(), changed: Vec::new() };
                self.surfaces.insert(display.id, surface);
            }
            // Also when it only moved: other pixels lie under it now.
            if let Some(surface) = self.surfaces.get_mut(&display.id) {
                surface.damage.set(Rect::of_size(size));
            }
        }
        let largest = self.displays.iter().map(|display| byte_len(display.area.size())).max().unwrap_or(0);
        if self.may_share && self.shared.as_ref().is_none_or(|shared| shared.memory.len() < largest) {
            if let Some(old) = self.shared.take() {
                self.server.conn.shm_detach(old.segment).or_lost()?;
            }
            self.shared = share(&self.server, largest);
            self.may_share = self.shared.is_some();
        }
        Ok(())
    }

    /// Reads the list of monitors again; whether it changed.
    fn reload(&mut self) -> Result<bool, Error> {
        let displays = monitors::list(&self.server, &mut self.naming, self.has_monitors)?;
        let changed = displays != self.displays;
        if changed {
            self.displays = displays;
            self.make_surfaces()?;
        }
        Ok(changed)
    }

    /// Moves the server's damage to the surfaces; whether there was any.
    fn take_damage(&mut self) -> Result<bool, Error> {
        let conn = &self.server.conn;
        conn.damage_subtract(self.damage, x11rb::NONE, self.region).or_lost()?;
        let rects = conn.xfixes_fetch_region(self.region).or_lost()?.reply().or_lost()?.rectangles;
        let mut any = false;
        for rect in rects {
            let corner = |n: i16| u32::try_from(n).unwrap_or(0);
            let rect = Rect::new(corner(rect.x), corner(rect.y), rect.width.into(), rect.height.into());
            for display in &self.displays {
                let Some(part) = rect.intersection(display.area) else { continue };
                if let Some(surface) = self.surfaces.get_mut(&display.id) {
                    let part = Rect { x: part.x - display.area.x, y: part.y - display.area.y, ..part };
                    surface.damage.add(part);
                    any = true;
                }
            }
        }
        Ok(any)
    }

    /// Reads `rects` of the display into its picture.
    fn read(&mut self, area: Rect, display: DisplayId, rects: &[Rect]) -> Result<(), Error> {
        let Some(surface) = self.surfaces.get_mut(&display) else { return Err(unknown_display(display)) };
        match &self.shared {
            Some(shared) => read_shared(&self.server, shared, area, rects, &mut surface.picture),
            None => read_socket(&self.server, area, rects, &mut surface.picture),
        }
    }
}

impl EventSource for X11Capture {
    fn wake(&self) -> Wake<'_> {
        Wake::Fd(self.server.fd())
    }

    fn set_waker(&mut self, _waker: Option<Waker>) {}

    fn wait(&mut self, longest: Duration) -> Result<(), Error> {
        self.server.wait(longest)
    }
}

impl Capture for X11Capture {
    fn displays(&self) -> &[Display] {
        &self.displays
    }

    fn poll(&mut self) -> Result<Changes, Error> {
        let (mut damaged, mut layout) = (false, false);
        while let Some(event) = self.server.next_event()? {
            match event {
                Event::DamageNotify(_) => damaged = true,
                Event::RandrScreenChangeNotify(_) | Event::RandrNotify(_) | Event::ConfigureNotify(_) => {
                    layout = true
                }
                _ => {}
            }
        }
        let displays = layout && self.reload()?;
        let damage = damaged && self.take_damage()?;
        Ok(Changes::new(displays, damage || displays))
    }

    fn is_damaged(&self, display: DisplayId) -> bool {
        self.surfaces.get(&display).is_some_and(|surface| !surface.damage.is_empty())
    }

    fn grab(&mut self, display: DisplayId) -> Result<Frame<'_>, Error> {
        let area =
            self.displays.iter().find(|d| d.id == display).ok_or_else(|| unknown_display(display))?.area;
        let surface = self.surfaces.get_mut(&display).ok_or_else(|| unknown_display(display))?;
        surface.damage.clip(area.size());
        let rects = surface.damage.take();
        if let Err(error) = self.read(area, display, &rects) {
            // What was taken is still to be read. The usual cause is a size that has changed meanwhile.
            if let Some(surface) = self.surfaces.get_mut(&display) {
                surface.damage.extend(rects.iter().copied());
            }
            let desktop = Rect::of_size(monitors::desktop(&self.server)?);
            let moved = area.intersection(desktop) != Some(area);
            return Err(if moved { unknown_display(display) } else { error });
        }
        let surface = self.surfaces.get_mut(&display).ok_or_else(|| unknown_display(display))?;
        surface.changed = rects;
        Ok(Frame { picture: &surface.picture, changed: &surface.changed })
    }

    fn invalidate(&mut self, display: DisplayId) {
        if let Some(surface) = self.surfaces.get_mut(&display) {
            let all = surface.picture.rect();
            surface.damage.set(all);
        }
    }
}

/// The screen must have 32-bit pixels with red at bit 16, green at 8 and blue at 0, lowest byte first.
fn check_pixels(server: &Server) -> Result<(), Error> {
    let setup = server.conn.setup();
    let Some(screen) = setup.roots.get(server.screen) else { return Ok(()) };
    let wide = setup.pixmap_formats.iter().any(|f| f.depth == screen.root_depth && f.bits_per_pixel == 32);
    let visuals = screen.allowed_depths.iter().flat_map(|depth| &depth.visuals);
    let visual = visuals.into_iter().find(|visual| visual.visual_id == screen.root_visual);
    let masks = visual.map(|visual| (visual.red_mask, visual.green_mask, visual.blue_mask));
    if wide && setup.image_byte_order == ImageOrder::LSB_FIRST && masks == Some((0xff_0000, 0xff00, 0xff)) {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Unsupported,
        format!("the X screen has pixels of {} bits in a form that cannot be read", screen.root_depth),
        "run the X server with a depth of 24 bits",
    ))
}

/// Memory of `len` bytes that the server can write to; `None` when it cannot (another machine, an old server).
fn share(server: &Server, len: usize) -> Option<Shared> {
    let version = server.conn.shm_query_version().ok()?.reply().ok()?;
    if (version.major_version, version.minor_version) < (1, 2) {
        return None; // before 1.2 it takes no descriptors
    }
    let (memory, fd) = SharedMemory::new(NonZeroUsize::new(len)?).ok()?;
    let segment = server.conn.generate_id().ok()?;
    server.conn.shm_attach_fd(segment, fd, false).ok()?.check().ok()?;
    Some(Shared { memory, segment })
}

fn read_shared(
    server: &Server,
    shared: &Shared,
    area: Rect,
    rects: &[Rect],
    picture: &mut Picture,
) -> Result<(), Error> {
    let total: usize = rects.iter().map(|rect| byte_len(rect.size())).sum();
    // Rectangles that overlap can need more room than the picture; what is around them all never does.
    let around = [rects.iter().fold(Rect::default(), |sum, &rect| sum.union(rect))];
    let rects = if total <= shared.memory.len() { rects } else { &around };
    let mut offset = 0;
    let mut pending = Vec::with_capacity(rects.len());
    for &rect in rects {
        let (x, y, width, height) = on_desktop(area, rect)?;
        let place = u32::try_from(offset).map_err(|_| too_large())?;
        let format = ImageFormat::Z_PIXMAP.into();
        let cookie =
            server.conn.shm_get_image(server.root, x, y, width, height, !0, format, shared.segment, place);
        pending.push((cookie.or_lost()?, rect, offset));
        offset += byte_len(rect.size());
    }
    for (cookie, rect, mut offset) in pending {
        cookie.reply().or_lost()?;
        for y in rect.y..rect.bottom() {
            let row = picture.row_mut(rect, y);
            if !shared.memory.copy_to(offset, row) {
                return Err(too_large());
            }
            set_x(row);
            offset += row.len();
        }
    }
    Ok(())
}

fn read_socket(server: &Server, area: Rect, rects: &[Rect], picture: &mut Picture) -> Result<(), Error> {
    for &rect in rects {
        let (x, y, width, height) = on_desktop(area, rect)?;
        let cookie = server.conn.get_image(ImageFormat::Z_PIXMAP, server.root, x, y, width, height, !0);
        let pixels = cookie.or_lost()?.reply().or_lost()?.data;
        for (y, from) in (rect.y..rect.bottom()).zip(pixels.chunks_exact(rect.width as usize * PIXEL)) {
            let row = picture.row_mut(rect, y);
            row.copy_from_slice(from);
            set_x(row);
        }
    }
    Ok(())
}

/// `rect` of a display as the protocol wants it.
fn on_desktop(area: Rect, rect: Rect) -> Result<(i16, i16, u16, u16), Error> {
    let numbers = || {
        let (x, y) = (i16::try_from(area.x + rect.x).ok()?, i16::try_from(area.y + rect.y).ok()?);
        Some((x, y, u16::try_from(rect.width).ok()?, u16::try_from(rect.height).ok()?))
    };
    numbers().ok_or_else(too_large)
}

/// The server leaves the fourth byte open; in our pictures it is 255.
fn set_x(row: &mut [u8]) {
    row.as_chunks_mut::<PIXEL>().0.iter_mut().for_each(|pixel| pixel[3] = 255);
}

const fn byte_len(size: Size) -> usize {
    size.width as usize * size.height as usize * PIXEL
}

fn too_large() -> Error {
    Error::new(ErrorKind::Invalid, "the display is larger than X can describe", "use a smaller display")
}

fn unknown_display(display: DisplayId) -> Error {
    Error::new(
        ErrorKind::UnknownDisplay,
        format!("there is no display {}", display.0),
        "read the list of displays again",
    )
}
