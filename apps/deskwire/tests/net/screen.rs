//! A desktop on which something moves all the time, so that a viewer notices every pause.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use deskwire_kit::desktop::VirtualDesktop;
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    ChangeGCAux, ConnectionExt as _, CreateGCAux, ImageFormat, Rectangle, SubwindowMode,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

/// The time between two pictures.
pub(crate) const BEAT: Duration = Duration::from_millis(33);
/// What moves.
const AREA: Rectangle = Rectangle { x: 96, y: 64, width: 160, height: 96 };

/// A square of noise beside it, which no codec makes smaller.
const NOISE: (i16, i16, u16) = (320, 64, 192);

/// An X server with something that moves.
pub(crate) struct Screen {
    stop: Arc<AtomicBool>,
    noisy: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
    desktop: VirtualDesktop,
}

impl Screen {
    pub(crate) fn start() -> Self {
        let desktop = VirtualDesktop::start(640, 400).unwrap();
        let (connection, screen) = RustConnection::connect(Some(desktop.display())).unwrap();
        let stop = Arc::new(AtomicBool::new(false));
        let noisy = Arc::new(AtomicBool::new(false));
        let (stopped, with_noise) = (Arc::clone(&stop), Arc::clone(&noisy));
        let thread = thread::spawn(move || move_until(&connection, screen, &stopped, &with_noise));
        Self { stop, noisy, thread: Some(thread), desktop }
    }

    /// Puts something on it that is not made smaller on its way: 147,456 bytes.
    pub(crate) fn add_noise(&self) {
        let (connection, screen) = RustConnection::connect(Some(self.display())).unwrap();
        let screen = &connection.setup().roots[screen];
        let gc = connection.generate_id().unwrap();
        connection.create_gc(gc, screen.root, &CreateGCAux::new()).unwrap();
        let (x, y, side) = NOISE;
        // A request holds 256 KiB at most.
        for row in 0..side {
            let (y, line) = (y + row.cast_signed(), noise(row.into(), side));
            let (kind, depth) = (ImageFormat::Z_PIXMAP, screen.root_depth);
            connection.put_image(kind, screen.root, gc, side, 1, x, y, 0, depth, &line).unwrap();
        }
        connection.sync().unwrap();
    }

    /// From now on each picture has new noise: 9 KiB, 2.2 Mbit/s.
    pub(crate) fn be_noisy(&self) {
        self.noisy.store(true, Ordering::Relaxed);
    }

    pub(crate) fn display(&self) -> &str {
        self.desktop.display()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            let _ = thread.join();
        }
    }
}

/// Whether a colour (red, green, blue) is one of those that are shown in [`AREA`].
pub(crate) fn is_shown(colour: [u8; 3]) -> bool {
    colour[0] == 0x80 && colour[2] == 0x20
}

/// A point that is always in such a colour.
pub(crate) const INSIDE: (u32, u32) = (100, 70);

/// So many pixels of four random bytes.
fn noise(seed: u32, pixels: u16) -> Vec<u8> {
    let mut state = seed.wrapping_mul(747_796_405).wrapping_add(1);
    let bytes = (0..4 * usize::from(pixels)).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    });
    bytes.collect()
}

fn move_until(connection: &RustConnection, screen: usize, stopped: &AtomicBool, noisy: &AtomicBool) {
    /// The side of the square of new noise.
    const SIDE: u16 = 48;
    let screen = &connection.setup().roots[screen];
    let (root, depth) = (screen.root, screen.root_depth);
    let mut count = 0;
    let gc = connection.generate_id().unwrap();
    let look = CreateGCAux::new().subwindow_mode(SubwindowMode::INCLUDE_INFERIORS);
    connection.create_gc(gc, root, &look).unwrap();
    let mut next = Instant::now();
    for green in (0..=u8::MAX).cycle() {
        if stopped.load(Ordering::Relaxed) {
            return;
        }
        let colour = u32::from_be_bytes([0, 0x80, green, 0x20]);
        connection.change_gc(gc, &ChangeGCAux::new().foreground(colour)).unwrap();
        connection.poly_fill_rectangle(root, gc, &[AREA]).unwrap();
        if noisy.load(Ordering::Relaxed) {
            count += 1;
            let (kind, bytes) = (ImageFormat::Z_PIXMAP, noise(count, SIDE * SIDE));
            connection.put_image(kind, root, gc, SIDE, SIDE, 400, 300, 0, depth, &bytes).unwrap();
        }
        // The X server ends first if something goes wrong.
        if connection.sync().is_err() {
            return;
        }
        next += BEAT;
        thread::park_timeout(next.saturating_duration_since(Instant::now()));
    }
}
