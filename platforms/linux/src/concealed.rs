//! Marks by which password managers keep a text to themselves.

use std::time::{Duration, Instant};

use deskwire_platform::{Error, ErrorKind};
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _, CreateWindowAux, WindowClass};

use crate::connection::{OrLost, Server};

/// A format that is offered beside a text which nobody is to keep or hand on (KDE, KeePassXC, and others after them).
const MARK: &[u8] = b"x-kde-passwordManagerHint";
/// Most formats that are looked at.
const FORMATS: u32 = 1_024;

/// Whether what is on the clipboard is marked so. On a connection of its own, because it waits for the owner.
///
/// # Errors
/// `TimedOut` when the owner does not say what formats it has within `patience`: then the text is not asked for.
pub(crate) fn is_concealed(patience: Duration) -> Result<bool, Error> {
    let mut server = Server::open(None)?;
    let conn = &server.conn;
    let window = conn.generate_id().map_err(|error| crate::connection::lost(&error))?;
    let (class, aux) = (WindowClass::INPUT_ONLY, CreateWindowAux::new());
    conn.create_window(0, window, server.root, 0, 0, 1, 1, 0, class, 0, &aux).or_lost()?;
    let atom = |name: &[u8]| Ok::<_, Error>(conn.intern_atom(false, name).or_lost()?.reply().or_lost()?.atom);
    let (clipboard, targets, mark) = (atom(b"CLIPBOARD")?, atom(b"TARGETS")?, atom(MARK)?);
    conn.convert_selection(window, clipboard, targets, targets, x11rb::CURRENT_TIME).or_lost()?;
    let until = Instant::now() + patience;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Error::new(
                ErrorKind::TimedOut,
                "the program that owns the clipboard did not say in what formats it has its text",
                "copy the text again",
            ));
        }
        server.wait(left)?;
        while let Some(event) = server.next_event()? {
            let Event::SelectionNotify(notify) = event else { continue };
            if notify.property == x11rb::NONE {
                return Ok(false);
            }
            let conn = &server.conn;
            let formats = conn.get_property(true, window, targets, AtomEnum::ANY, 0, FORMATS).or_lost()?;
            let formats = formats.reply().or_lost()?;
            return Ok(formats.value32().is_some_and(|mut formats| formats.any(|format| format == mark)));
        }
    }
}
