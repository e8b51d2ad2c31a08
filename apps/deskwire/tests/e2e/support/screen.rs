//! A desktop from outside: what is on it, and paint.

use std::time::{Duration, Instant};

use deskwire_core::wire::picture::{Point, Size};
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    AtomEnum, ChangeGCAux, ConnectionExt as _, CreateGCAux, Gcontext, ImageFormat, MapState, Rectangle,
    SubwindowMode, Window,
};
use x11rb::rust_connection::RustConnection;

use super::{PATIENCE, eventually};

/// Where [`Screen::paint`] paints.
const BLOCK: Rectangle = Rectangle { x: 1_100, y: 600, width: 60, height: 40 };

/// A client of a desktop's X server.
pub(crate) struct Screen {
    conn: RustConnection,
    root: Window,
    gc: Gcontext,
    size: Size,
    painted: u32,
}

/// A top-level window.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Top {
    pub(crate) window: Window,
    pub(crate) x: i32,
    pub(crate) y: i32,
}

impl Screen {
    pub(crate) fn connect(display: &str) -> Self {
        let (conn, number) = RustConnection::connect(Some(display)).unwrap();
        let screen = &conn.setup().roots[number];
        let size = Size { width: screen.width_in_pixels.into(), height: screen.height_in_pixels.into() };
        let root = screen.root;
        let gc = conn.generate_id().unwrap();
        let aux = CreateGCAux::new().subwindow_mode(SubwindowMode::INCLUDE_INFERIORS);
        conn.create_gc(gc, root, &aux).unwrap().check().unwrap();
        Self { conn, root, gc, size, painted: 0 }
    }

    /// All pixels, as red, green and blue.
    pub(crate) fn grab(&self) -> Vec<u8> {
        let Size { width, height } = self.size;
        let image = self.conn.get_image(
            ImageFormat::Z_PIXMAP,
            self.root,
            0,
            0,
            width.try_into().unwrap(),
            height.try_into().unwrap(),
            !0,
        );
        let pixels = image.unwrap().reply().unwrap().data;
        pixels.chunks_exact(4).flat_map(|p| [p[2], p[1], p[0]]).collect()
    }

    /// Waits until the pixels have been the same for a while; gives them.
    pub(crate) fn still(&self) -> Vec<u8> {
        let mut last = (self.grab(), Instant::now());
        eventually("a still screen", PATIENCE, || {
            let now = self.grab();
            if now != last.0 {
                last = (now, Instant::now());
            }
            (last.1.elapsed() >= Duration::from_millis(700)).then(|| std::mem::take(&mut last.0))
        })
    }

    /// Paints a block in a colour that was not there before; gives a point in it and its blue, green and red.
    pub(crate) fn paint(&mut self) -> (Point, [u8; 3]) {
        self.painted += 1;
        // Neighbours differ in all channels, and none is black, the ground.
        let n = self.painted;
        let bgr = [(n * 37) as u8 | 1, (n * 91) as u8 | 1, (n >> 3) as u8 | 0x40];
        let pixel = u32::from_be_bytes([0, bgr[2], bgr[1], bgr[0]]);
        self.conn.change_gc(self.gc, &ChangeGCAux::new().foreground(pixel)).unwrap();
        self.conn.poly_fill_rectangle(self.root, self.gc, &[BLOCK]).unwrap().check().unwrap();
        (Point { x: i32::from(BLOCK.x) + 30, y: i32::from(BLOCK.y) + 20 }, bgr)
    }

    /// Its size.
    pub(crate) const fn size(&self) -> Size {
        self.size
    }

    /// Fills a rectangle with a colour (blue, green, red).
    pub(crate) fn fill(&self, x: i16, y: i16, (width, height): (u16, u16), [blue, green, red]: [u8; 3]) {
        let pixel = u32::from_be_bytes([0, red, green, blue]);
        self.conn.change_gc(self.gc, &ChangeGCAux::new().foreground(pixel)).unwrap();
        let rectangle = Rectangle { x, y, width, height };
        self.conn.poly_fill_rectangle(self.root, self.gc, &[rectangle]).unwrap().check().unwrap();
    }

    /// Paints the next picture of a film: soft shades with grain, another one each time.
    pub(crate) fn play(&mut self) {
        self.painted += 1;
        let (width, height) = (320_u16, 192_u16);
        let mut noise = u64::from(self.painted);
        let mut pixels = Vec::with_capacity(usize::from(width) * usize::from(height) * 4);
        for y in 0..u32::from(height) {
            for x in 0..u32::from(width) {
                noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let grain = (noise >> 61) as u32;
                let shade = |n: u32| (n + grain) as u8;
                pixels.extend([
                    shade(x / 2 + self.painted * 3),
                    shade(y / 2),
                    shade((x + y) / 4 + self.painted),
                    0,
                ]);
            }
        }
        let depth = self.conn.setup().roots[0].root_depth;
        self.conn
            .put_image(ImageFormat::Z_PIXMAP, self.root, self.gc, width, height, 128, 128, 0, depth, &pixels)
            .unwrap()
            .check()
            .unwrap();
    }

    /// The middle of a block of this colour (blue, green, red) in a grabbed picture; `None` without such a block.
    pub(crate) fn find(&self, picture: &[u8], [blue, green, red]: [u8; 3]) -> Option<(f64, f64)> {
        let width = self.size.width as usize;
        let hits = picture.chunks_exact(3).enumerate().filter(|(_, p)| *p == [red, green, blue]);
        let places: Vec<(usize, usize)> = hits.map(|(n, _)| (n % width, n / width)).collect();
        let (left, right) = (places.iter().map(|p| p.0).min()?, places.iter().map(|p| p.0).max()?);
        let (top, bottom) = (places.iter().map(|p| p.1).min()?, places.iter().map(|p| p.1).max()?);
        let middle = |from: usize, to: usize| (from + to + 1) as f64 / 2.0;
        // A few pixels are chance, or a picture that is half there.
        (places.len() >= 500).then(|| (middle(left, right), middle(top, bottom)))
    }

    /// How many pixels of a grabbed picture have this colour (blue, green, red).
    pub(crate) fn count(picture: &[u8], [blue, green, red]: [u8; 3]) -> usize {
        picture.chunks_exact(3).filter(|p| *p == [red, green, blue]).count()
    }

    /// Waits until a window manager runs here.
    pub(crate) fn wait_manager(&self) {
        eventually("the start of the window manager", PATIENCE, || {
            self.window_of_root("_NET_SUPPORTING_WM_CHECK").map(|_| ())
        });
    }

    /// Waits until the window manager has given some window the keyboard.
    pub(crate) fn wait_focus(&self) {
        eventually("a window that has the keyboard", PATIENCE, || {
            self.window_of_root("_NET_ACTIVE_WINDOW").map(|_| ())
        });
    }

    /// The window that this property of the root names.
    fn window_of_root(&self, name: &str) -> Option<Window> {
        let name = self.conn.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom;
        let value = self.conn.get_property(false, self.root, name, AtomEnum::WINDOW, 0, 1).unwrap();
        let value = value.reply().unwrap();
        value.value32()?.next().filter(|window| *window != x11rb::NONE)
    }

    /// The window by which somebody owns the clipboard.
    pub(crate) fn clipboard_owner(&self) -> Window {
        let clipboard = self.conn.intern_atom(false, b"CLIPBOARD").unwrap().reply().unwrap().atom;
        self.conn.get_selection_owner(clipboard).unwrap().reply().unwrap().owner
    }

    /// The windows that are shown.
    pub(crate) fn tops(&self) -> Vec<Top> {
        self.children(self.root)
            .into_iter()
            .filter(|window| {
                // A window may go away while it is looked at.
                let shown = self.conn.get_window_attributes(*window).unwrap().reply();
                shown.is_ok_and(|shown| shown.map_state == MapState::VIEWABLE)
            })
            .filter_map(|window| {
                let at = self.conn.get_geometry(window).unwrap().reply().ok()?;
                Some(Top { window, x: at.x.into(), y: at.y.into() })
            })
            .collect()
    }

    /// Waits until so many windows are shown; gives them.
    pub(crate) fn wait_windows(&self, count: usize) -> Vec<Top> {
        let what = format!("the appearance of {count} windows");
        eventually(&what, PATIENCE, || Some(self.tops()).filter(|tops| tops.len() >= count))
    }

    /// The middle of the lowest innermost window of `top`: where a message window has its button.
    pub(crate) fn lowest_leaf(&self, top: Window) -> Point {
        let mut leaves = Vec::new();
        let mut rest = vec![top];
        while let Some(window) = rest.pop() {
            let children = self.children(window);
            if children.is_empty() {
                let size = self.conn.get_geometry(window).unwrap().reply().unwrap();
                let (x, y) = ((size.width / 2) as i16, (size.height / 2) as i16);
                let at = self.conn.translate_coordinates(window, self.root, x, y).unwrap().reply().unwrap();
                leaves.push(Point { x: at.dst_x.into(), y: at.dst_y.into() });
            }
            rest.extend(children);
        }
        leaves.into_iter().max_by_key(|at| at.y).unwrap()
    }

    /// Where the pointer is.
    pub(crate) fn pointer(&self) -> Point {
        let at = self.conn.query_pointer(self.root).unwrap().reply().unwrap();
        Point { x: at.root_x.into(), y: at.root_y.into() }
    }

    fn children(&self, window: Window) -> Vec<Window> {
        self.conn.query_tree(window).unwrap().reply().map(|tree| tree.children).unwrap_or_default()
    }
}
