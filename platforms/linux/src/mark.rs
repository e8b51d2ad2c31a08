//! A mark on the screen that says that somebody records it.

use deskwire_platform::Error;
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    Arc, ChangeGCAux, ConfigureWindowAux, ConnectionExt as _, CreateGCAux, CreateWindowAux, Rectangle,
    StackMode, Window, WindowClass,
};
use x11rb::wrapper::ConnectionExt as _;

use crate::connection::{Server, lost};

/// Fonts that X servers have without files of fonts, the nicer one first.
const FONTS: [&str; 3] = ["-*-*-medium-r-normal--18-*-iso10646-1", "9x15", "fixed"];
const DOT: u16 = 12;
const GAP: u16 = 8;
const RED: u32 = 0x00d0_2020;
const WHITE: u32 = 0x00ff_ffff;
const DARK: u32 = 0x0020_2020;

/// A window at the upper edge of the screen, over everything, as long as it lives.
pub struct X11Mark {
    server: Server,
    window: Window,
}

impl X11Mark {
    /// Shows `text`, of which anything but ASCII is left out, beside a red dot.
    ///
    /// # Errors
    /// When the display cannot be opened, or has no font.
    pub fn show(display: Option<&str>, text: &str) -> Result<Self, Error> {
        let server = Server::open(display)?;
        let text: Vec<u8> = text.bytes().filter(|byte| (b' '..=b'~').contains(byte)).take(200).collect();
        let window = draw(&server, &text)?;
        Ok(Self { server, window })
    }

    /// Puts it over windows that were opened since.
    pub fn raise(&self) {
        let top = ConfigureWindowAux::new().stack_mode(StackMode::ABOVE);
        // Without a server there is no screen that could be recorded.
        let _ = self.server.conn.configure_window(self.window, &top);
        let _ = self.server.conn.flush();
    }
}

fn draw(server: &Server, text: &[u8]) -> Result<Window, Error> {
    let conn = &server.conn;
    let font = conn.generate_id().map_err(|error| lost(&error))?;
    // The last one that can be opened is used; without any the text is left out, not the dot.
    let found = FONTS
        .iter()
        .any(|name| conn.open_font(font, name.as_bytes()).is_ok_and(|cookie| cookie.check().is_ok()));
    let (width_of_text, ascent, height_of_text) = match found {
        true => extents(server, font, text)?,
        false => (0, 0, DOT),
    };
    let (width, height) = (DOT + 3 * GAP + width_of_text, height_of_text.max(DOT) + GAP);
    let screen = &conn.setup().roots[server.screen];
    let [pixels, gc, window] = [(); 3].map(|()| conn.generate_id());
    let (pixels, gc, window) =
        (pixels.map_err(|e| lost(&e))?, gc.map_err(|e| lost(&e))?, window.map_err(|e| lost(&e))?);
    let painted = || -> Result<(), x11rb::errors::ReplyError> {
        conn.create_pixmap(screen.root_depth, pixels, server.root, width, height)?;
        let mut aux = CreateGCAux::new().foreground(DARK).background(DARK).graphics_exposures(0);
        if found {
            aux = aux.font(font);
        }
        conn.create_gc(gc, pixels, &aux)?;
        conn.poly_fill_rectangle(pixels, gc, &[Rectangle { x: 0, y: 0, width, height }])?;
        conn.change_gc(gc, &ChangeGCAux::new().foreground(RED))?;
        let top = i16::try_from((height - DOT) / 2).unwrap_or(0);
        let dot = Arc { x: GAP as i16, y: top, width: DOT, height: DOT, angle1: 0, angle2: 360 * 64 };
        conn.poly_fill_arc(pixels, gc, &[dot])?;
        if found {
            conn.change_gc(gc, &ChangeGCAux::new().foreground(WHITE))?;
            let base = i16::try_from((height - height_of_text) / 2 + ascent).unwrap_or(0);
            conn.image_text8(pixels, gc, (DOT + 2 * GAP) as i16, base, text)?;
        }
        let x = (i32::from(screen.width_in_pixels) - i32::from(width)) / 2;
        // The server itself repaints a background, so nobody has to listen to its events. No window manager is asked.
        let aux = CreateWindowAux::new().override_redirect(1).background_pixmap(pixels);
        let x = i16::try_from(x.max(0)).unwrap_or(0);
        conn.create_window(
            screen.root_depth,
            window,
            server.root,
            x,
            0,
            width,
            height,
            0,
            WindowClass::INPUT_OUTPUT,
            screen.root_visual,
            &aux,
        )?;
        conn.map_window(window)?;
        conn.free_gc(gc)?;
        conn.free_pixmap(pixels)?;
        if found {
            conn.close_font(font)?;
        }
        conn.sync()
    };
    painted().map_err(|error| lost(&error))?;
    Ok(window)
}

/// Width of the text, and of its font how far it goes up and how high it is.
fn extents(server: &Server, font: u32, text: &[u8]) -> Result<(u16, u16, u16), Error> {
    let chars: Vec<_> =
        text.iter().map(|byte| x11rb::protocol::xproto::Char2b { byte1: 0, byte2: *byte }).collect();
    let reply = server
        .conn
        .query_text_extents(font, &chars)
        .map_err(|error| lost(&error))?
        .reply()
        .map_err(|error| lost(&error))?;
    let positive = |n: i32| u16::try_from(n.max(0)).unwrap_or(0);
    let (up, down) = (i32::from(reply.font_ascent), i32::from(reply.font_descent));
    Ok((positive(reply.overall_width), positive(up), positive(up + down)))
}
