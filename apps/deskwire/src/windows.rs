//! Finding a window of ours on a desktop by its title: a window manager may have put it anywhere.

use deskwire_core::wire::picture::Point;
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _, MapState, Window};
use x11rb::rust_connection::{ReplyError, RustConnection};

use crate::output::{Failure, Kind};

/// The most windows looked at.
const MANY: usize = 10_000;

/// Where on the desktop the point `inside` of the window with this title lies now; `None` while there is no such window.
pub(crate) fn find(display: &str, title: &str, inside: (i16, i16)) -> Result<Option<Point>, Failure> {
    let lost = |error: &dyn std::fmt::Display| {
        Failure::new(
            Kind::NoDesktop,
            format!("the display {display} cannot be asked for its windows: {error}"),
        )
    };
    let (connection, screen) = RustConnection::connect(Some(display)).map_err(|e| lost(&e))?;
    let root =
        connection.setup().roots.get(screen).map(|s| s.root).ok_or_else(|| lost(&"it has no screen"))?;
    search(&connection, root, title, inside).map_err(|e| lost(&e))
}

fn search(
    connection: &RustConnection,
    root: Window,
    title: &str,
    inside: (i16, i16),
) -> Result<Option<Point>, ReplyError> {
    let mut windows = vec![root];
    let mut next = 0;
    while let Some(&window) = windows.get(next).filter(|_| next < MANY) {
        next += 1;
        // A window may go between two questions; then it is none of ours.
        let Ok(tree) = connection.query_tree(window)?.reply() else { continue };
        windows.extend(tree.children);
        let name = connection.get_property(false, window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 64)?.reply();
        if name.is_ok_and(|name| name.value == title.as_bytes())
            && connection
                .get_window_attributes(window)?
                .reply()
                .is_ok_and(|a| a.map_state == MapState::VIEWABLE)
        {
            let at = connection.translate_coordinates(window, root, inside.0, inside.1)?.reply()?;
            return Ok(Some(Point { x: at.dst_x.into(), y: at.dst_y.into() }));
        }
    }
    Ok(None)
}
