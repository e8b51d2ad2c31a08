//! The clipboard: a text, and a thread that gives it to programs that paste.

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use deskwire_platform::clipboard::MAX_TEXT;
use deskwire_platform::{Clipboard, Error, ErrorKind, EventSource, Wake, Waker};
use x11rb::connection::Connection as _;
use x11rb::protocol::xfixes::{self, ConnectionExt as _, SelectionEventMask};
use x11rb::protocol::xproto::{
    ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, WindowClass,
};

use crate::connection::{OrLost, Server, lost};
use crate::selection::{Atoms, Selection};

/// The CLIPBOARD selection of an X display.
pub struct X11Clipboard {
    selection: Arc<Selection>,
    server: Option<JoinHandle<()>>,
    /// Changes that were told of.
    seen: u64,
}

impl X11Clipboard {
    /// Opens `display` (for example `:0`), or `$DISPLAY`.
    ///
    /// # Errors
    /// `Unavailable` or `Denied` when it cannot be opened, `Unsupported` when it lacks the extension XFIXES.
    pub fn open(display: Option<&str>) -> Result<Self, Error> {
        let server = Server::open(display)?;
        server.require(xfixes::X11_EXTENSION_NAME, "to learn of changes of the clipboard")?;
        let conn = &server.conn;
        conn.xfixes_query_version(5, 0).or_lost()?.reply().or_lost()?;
        let atoms = Atoms::new(conn).or_lost()?.reply().or_lost()?;
        let window = conn.generate_id().or_lost()?;
        let events = CreateWindowAux::new().event_mask(EventMask::PROPERTY_CHANGE);
        let (depth, class) = (x11rb::COPY_DEPTH_FROM_PARENT, WindowClass::INPUT_OUTPUT);
        conn.create_window(depth, window, server.root, -1, -1, 1, 1, 0, class, 0, &events)
            .or_lost()?
            .check()
            .or_lost()?;
        let mask = SelectionEventMask::SET_SELECTION_OWNER
            | SelectionEventMask::SELECTION_WINDOW_DESTROY
            | SelectionEventMask::SELECTION_CLIENT_CLOSE;
        conn.xfixes_select_selection_input(window, atoms.CLIPBOARD, mask).or_lost()?.check().or_lost()?;

        let selection = Arc::new(Selection::new(server, window, atoms));
        let served = Arc::clone(&selection);
        let server = thread::Builder::new().name("clipboard".into()).spawn(move || served.serve());
        Ok(Self { selection, server: Some(server.map_err(|error| lost(&error))?), seen: 0 })
    }
}

impl EventSource for X11Clipboard {
    fn wake(&self) -> Wake<'_> {
        Wake::Callback
    }

    fn set_waker(&mut self, waker: Option<Waker>) {
        self.selection.set_waker(waker);
    }

    fn wait(&mut self, longest: Duration) -> Result<(), Error> {
        self.selection.wait(self.seen, longest)
    }
}

impl Clipboard for X11Clipboard {
    fn poll_changed(&mut self) -> Result<bool, Error> {
        let changes = self.selection.changes()?;
        Ok(std::mem::replace(&mut self.seen, changes) != changes)
    }

    fn text(&mut self) -> Result<Option<String>, Error> {
        self.selection.read()
    }

    fn set_text(&mut self, text: &str) -> Result<(), Error> {
        if text.len() > MAX_TEXT {
            return Err(Error::new(
                ErrorKind::Invalid,
                format!("a text of {} bytes is too long for the clipboard", text.len()),
                format!("copy at most {MAX_TEXT} bytes"),
            ));
        }
        self.selection.own(text.to_owned())
    }
}

impl Drop for X11Clipboard {
    fn drop(&mut self) {
        let conn = &self.selection.server.conn;
        let (window, kind) = (self.selection.window, self.selection.atoms.DESKWIRE_END);
        let end = ClientMessageEvent::new(32, window, kind, [0u32; 5]);
        let sent = conn.send_event(false, window, EventMask::NO_EVENT, end).is_ok() && conn.flush().is_ok();
        // When the connection broke, the thread has ended or ends by itself.
        if let Some(server) = self.server.take().filter(|_| sent) {
            let _ = server.join();
        }
    }
}
