//! An X server of our own, and programs on it that play the other side of the contracts.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use deskwire_platform::Picture;
use deskwire_platform::contract::{CaptureStage, ClipboardStage, InputStage, Seen};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::{Point, Rect, Size};
use deskwire_wire::screen::{Button, Keysym};
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::randr::{self, ConnectionExt as _};
use x11rb::protocol::xproto::{
    AtomEnum, ChangeGCAux, ChangeWindowAttributesAux, ConnectionExt as _, CreateGCAux, CreateWindowAux,
    EventMask, Gcontext, ImageFormat, InputFocus, KeyPressEvent, Rectangle, SubwindowMode, Window,
    WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

/// The size of the screen.
pub(crate) const SIZE: Size = Size { width: 1280, height: 720 };

/// An X server without a screen one can see.
pub(crate) struct Xvfb {
    process: Child,
    pub(crate) display: String,
}

impl Xvfb {
    /// Starts it on a free display.
    pub(crate) fn start() -> Self {
        Self::start_with(&[])
    }

    pub(crate) fn start_with(arguments: &[&str]) -> Self {
        let screen = format!("{}x{}x24", SIZE.width, SIZE.height);
        let mut process = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp", "-noreset"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb cannot be started: install it (apt install xvfb)");
        // It writes its number when it is ready for clients.
        let mut number = String::new();
        let stdout = process.stdout.take().expect("it is piped");
        BufReader::new(stdout).read_line(&mut number).expect("Xvfb ended before it told its display");
        assert!(!number.trim().is_empty(), "Xvfb ended before it told its display");
        Self { process, display: format!(":{}", number.trim()) }
    }

    /// Its process.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Xvfb {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A client of the server.
pub(crate) struct Client {
    pub(crate) conn: RustConnection,
    pub(crate) root: Window,
    gc: Gcontext,
    window: Window,
    display: String,
    /// Where the displays lie, for painting in their pixels.
    pub(crate) areas: Vec<(DisplayId, Rect)>,
    events: VecDeque<Event>,
}

impl Client {
    pub(crate) fn connect(server: &Xvfb) -> Self {
        Self::connect_to(&server.display)
    }

    pub(crate) fn connect_to(display: &str) -> Self {
        let (conn, screen) = RustConnection::connect(Some(display)).expect("the server runs");
        let root = conn.setup().roots[screen].root;
        let gc = conn.generate_id().unwrap();
        let aux = CreateGCAux::new().subwindow_mode(SubwindowMode::INCLUDE_INFERIORS).graphics_exposures(0);
        conn.create_gc(gc, root, &aux).unwrap().check().unwrap();
        let areas = vec![(DisplayId(0), Rect::of_size(SIZE))];
        let display = display.to_owned();
        Self { conn, root, gc, window: 0, display, areas, events: VecDeque::new() }
    }

    fn area(&self, display: DisplayId) -> Rect {
        self.areas.iter().find(|(id, _)| *id == display).expect("a known display").1
    }

    /// Opens a window over the whole screen that gets all input.
    pub(crate) fn open_window(&mut self) {
        self.window = self.conn.generate_id().unwrap();
        let mask = EventMask::KEY_PRESS
            | EventMask::KEY_RELEASE
            | EventMask::BUTTON_PRESS
            | EventMask::BUTTON_RELEASE
            | EventMask::POINTER_MOTION
            | EventMask::EXPOSURE;
        let aux = CreateWindowAux::new().override_redirect(1).background_pixel(0x33_66_99).event_mask(mask);
        let (width, height) = (SIZE.width as u16, SIZE.height as u16);
        let class = WindowClass::INPUT_OUTPUT;
        self.conn
            .create_window(0, self.window, self.root, 0, 0, width, height, 0, class, 0, &aux)
            .unwrap()
            .check()
            .unwrap();
        self.conn.map_window(self.window).unwrap().check().unwrap();
        while !matches!(self.conn.wait_for_event().unwrap(), Event::Expose(_)) {}
        self.conn
            .set_input_focus(InputFocus::PARENT, self.window, x11rb::CURRENT_TIME)
            .unwrap()
            .check()
            .unwrap();
    }

    /// Splits the screen into a monitor on the left and one on the right.
    pub(crate) fn split_monitors(&self) {
        let output = self.conn.randr_get_screen_resources(self.root).unwrap().reply().unwrap().outputs[0];
        for (name, x, width, outputs) in [("LEFT", 0, 800, vec![output]), ("RIGHT", 800, 480, vec![])] {
            let name = self.conn.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom;
            let monitor = randr::MonitorInfo {
                name,
                primary: false,
                automatic: false,
                x,
                y: 0,
                width,
                height: SIZE.height as u16,
                width_in_millimeters: 200,
                height_in_millimeters: 150,
                outputs,
            };
            self.conn.randr_set_monitor(self.root, monitor).unwrap().check().unwrap();
        }
    }

    /// Moves the content of `rect` up by `rows`, as a program that scrolls does.
    pub(crate) fn scroll_up(&self, rect: Rect, rows: u32) {
        let (x, from, to) = (rect.x as i16, (rect.y + rows) as i16, rect.y as i16);
        let (width, height) = (rect.width as u16, (rect.height - rows) as u16);
        self.conn.copy_area(self.root, self.root, self.gc, x, from, x, to, width, height).unwrap();
        self.conn.sync().unwrap();
    }

    /// What all keys say.
    pub(crate) fn key_map(&self) -> Vec<u32> {
        let setup = self.conn.setup();
        let count = setup.max_keycode - setup.min_keycode + 1;
        self.conn.get_keyboard_mapping(setup.min_keycode, count).unwrap().reply().unwrap().keysyms
    }

    /// Gives the root window's pointer another shape, from the glyphs of the cursor font.
    pub(crate) fn set_root_cursor(&self, glyph: u16) {
        let font = self.conn.generate_id().unwrap();
        self.conn.open_font(font, b"cursor").unwrap().check().unwrap();
        let cursor = self.conn.generate_id().unwrap();
        let (black, white) = (0, 0xffff);
        self.conn
            .create_glyph_cursor(
                cursor,
                font,
                font,
                glyph,
                glyph + 1,
                black,
                black,
                black,
                white,
                white,
                white,
            )
            .unwrap()
            .check()
            .unwrap();
        let aux = ChangeWindowAttributesAux::new().cursor(cursor);
        self.conn.change_window_attributes(self.root, &aux).unwrap().check().unwrap();
        self.conn.sync().unwrap();
    }

    pub(crate) fn set_resources(&self, text: &str) {
        let (atom, kind) = (AtomEnum::RESOURCE_MANAGER, AtomEnum::STRING);
        let mode = x11rb::protocol::xproto::PropMode::REPLACE;
        self.conn.change_property8(mode, self.root, atom, kind, text.as_bytes()).unwrap().check().unwrap();
    }

    /// Everything that has arrived, after a round trip.
    fn arrived(&mut self) -> Vec<Event> {
        self.conn.sync().unwrap();
        while let Some(event) = self.conn.poll_for_event().unwrap() {
            self.events.push_back(event);
        }
        self.events.drain(..).collect()
    }

    /// What the key says without modifiers.
    fn keysym(&self, key: &KeyPressEvent) -> u32 {
        self.conn.get_keyboard_mapping(key.detail, 1).unwrap().reply().unwrap().keysyms[0]
    }

    /// What the key says with Shift or without.
    fn shifted_keysym(&self, key: &KeyPressEvent) -> u32 {
        let map = self.conn.get_keyboard_mapping(key.detail, 1).unwrap().reply().unwrap();
        map.keysyms[usize::from(u16::from(key.state) & 1)]
    }

    fn xclip(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("xclip");
        command
            .args(["-selection", "clipboard"])
            .args(arguments)
            .env("DISPLAY", &self.display)
            .stderr(Stdio::null());
        command
    }
}

impl CaptureStage for Client {
    fn paint(&mut self, display: DisplayId, rect: Rect, bgrx: [u8; 4]) {
        let area = self.area(display);
        let [blue, green, red, _] = bgrx.map(u32::from);
        let colour = ChangeGCAux::new().foreground(red << 16 | green << 8 | blue);
        self.conn.change_gc(self.gc, &colour).unwrap();
        let (x, y) = ((area.x + rect.x) as i16, (area.y + rect.y) as i16);
        let rect = Rectangle { x, y, width: rect.width as u16, height: rect.height as u16 };
        self.conn.poly_fill_rectangle(self.root, self.gc, &[rect]).unwrap();
        self.conn.sync().unwrap();
    }

    fn truth(&mut self, display: DisplayId) -> Picture {
        let area = self.area(display);
        let (x, y, width, height) = (area.x as i16, area.y as i16, area.width as u16, area.height as u16);
        let cookie = self.conn.get_image(ImageFormat::Z_PIXMAP, self.root, x, y, width, height, !0).unwrap();
        let pixels = cookie.reply().unwrap().data;
        let mut picture = Picture::new(area.size()).unwrap();
        picture.pixels_mut().copy_from_slice(&pixels);
        picture.pixels_mut().chunks_exact_mut(4).for_each(|pixel| pixel[3] = 255);
        picture
    }

    fn resize(&mut self, display: DisplayId, size: Size) -> bool {
        let (width, height) = (size.width as u16, size.height as u16);
        let resources = self.conn.randr_get_screen_resources(self.root).unwrap().reply().unwrap();
        let (crtc, output, time) = (resources.crtcs[0], resources.outputs[0], resources.config_timestamp);
        let name = format!("{width}x{height}");
        let mode = randr::ModeInfo {
            width,
            height,
            dot_clock: 60_000_000,
            htotal: width + 1,
            vtotal: height + 1,
            name_len: name.len() as u16,
            ..Default::default()
        };
        let mode =
            self.conn.randr_create_mode(self.root, mode, name.as_bytes()).unwrap().reply().unwrap().mode;
        self.conn.randr_add_output_mode(output, mode).unwrap().check().unwrap();
        let rotation = randr::Rotation::ROTATE0;
        let now = x11rb::CURRENT_TIME;
        self.conn
            .randr_set_crtc_config(crtc, now, time, 0, 0, x11rb::NONE, rotation, &[])
            .unwrap()
            .reply()
            .unwrap();
        self.conn.randr_set_screen_size(self.root, width, height, 300, 200).unwrap().check().unwrap();
        self.conn
            .randr_set_crtc_config(crtc, now, time, 0, 0, mode, rotation, &[output])
            .unwrap()
            .reply()
            .unwrap();
        self.areas = vec![(display, Rect::of_size(size))];
        true
    }
}

impl InputStage for Client {
    fn take(&mut self) -> Vec<Seen> {
        let button = |detail| match detail {
            1 => Some(Button::Left),
            2 => Some(Button::Middle),
            3 => Some(Button::Right),
            8 => Some(Button::Back),
            9 => Some(Button::Forward),
            _ => None,
        };
        let mut seen = Vec::new();
        for event in self.arrived() {
            match event {
                Event::MotionNotify(m) => {
                    seen.push(Seen::Pointer(Point { x: m.root_x.into(), y: m.root_y.into() }));
                }
                Event::ButtonPress(b) => match b.detail {
                    4 => seen.push(Seen::Scroll(0, -1)),
                    5 => seen.push(Seen::Scroll(0, 1)),
                    6 => seen.push(Seen::Scroll(-1, 0)),
                    7 => seen.push(Seen::Scroll(1, 0)),
                    detail => seen.extend(button(detail).map(|b| Seen::Button(b, true))),
                },
                Event::ButtonRelease(b) => seen.extend(button(b.detail).map(|b| Seen::Button(b, false))),
                Event::KeyPress(k) => seen.push(Seen::Key(Keysym(self.keysym(&k)), true)),
                Event::KeyRelease(k) => seen.push(Seen::Key(Keysym(self.keysym(&k)), false)),
                _ => {}
            }
        }
        seen
    }

    fn take_text(&mut self) -> String {
        let pressed = |event| if let Event::KeyPress(key) = event { Some(key) } else { None };
        let keys: Vec<KeyPressEvent> = self.arrived().into_iter().filter_map(pressed).collect();
        let character = |sym: u32| match sym {
            0x20..=0xff => char::from_u32(sym),
            0x0100_0000.. => char::from_u32(sym - 0x0100_0000),
            _ => None,
        };
        keys.iter().filter_map(|key| character(self.shifted_keysym(key))).collect()
    }
}

impl ClipboardStage for Client {
    fn put(&mut self, text: &str) {
        // It goes to the background once it owns the selection.
        let mut xclip = self.xclip(&["-i"]);
        let mut xclip = xclip
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("xclip cannot be started: install it (apt install xclip)");
        xclip.stdin.take().expect("it is piped").write_all(text.as_bytes()).expect("xclip reads");
        assert!(xclip.wait().expect("xclip ends").success());
    }

    fn paste(&mut self) -> Option<String> {
        let output = self.xclip(&["-o", "-target", "UTF8_STRING"]).output();
        let output = output.expect("xclip cannot be started: install it (apt install xclip)");
        output.status.success().then(|| String::from_utf8(output.stdout).expect("it is UTF-8"))
    }
}
