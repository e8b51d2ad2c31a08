//! The clipboard: `arboard` reads and sets its text, Windows tells when it changed.

use std::sync::Arc;
use std::time::Duration;

use deskwire_platform::clipboard::MAX_TEXT;
use deskwire_platform::{Bell, Clipboard, Error, ErrorKind, EventSource, Wake, Waker};

use crate::sys::{self, Listener, Subject};

/// The clipboard of this session.
pub struct WindowsClipboard {
    bell: Arc<Bell>,
    clipboard: arboard::Clipboard,
    /// Windows' count of changes when we last looked.
    seen: u32,
    changed: bool,
    _listener: Listener,
}

impl WindowsClipboard {
    /// Opens it.
    ///
    /// # Errors
    /// `Unavailable` when this session has none.
    pub fn open() -> Result<Self, Error> {
        let bell = Bell::new();
        let listener = Listener::start(Subject::Clipboard, Arc::clone(&bell))?;
        let clipboard = arboard::Clipboard::new().map_err(|error| failed(&error))?;
        Ok(Self { bell, clipboard, seen: sys::clipboard_changes(), changed: false, _listener: listener })
    }

    fn look(&mut self) {
        self.bell.take();
        let count = sys::clipboard_changes();
        self.changed |= std::mem::replace(&mut self.seen, count) != count;
    }
}

impl EventSource for WindowsClipboard {
    fn wake(&self) -> Wake<'_> {
        Wake::Callback
    }

    fn set_waker(&mut self, waker: Option<Waker>) {
        self.bell.set_waker(waker);
    }

    fn wait(&mut self, longest: Duration) -> Result<(), Error> {
        if !self.changed && self.seen == sys::clipboard_changes() {
            self.bell.wait(longest);
        }
        Ok(())
    }
}

impl Clipboard for WindowsClipboard {
    fn poll_changed(&mut self) -> Result<bool, Error> {
        self.look();
        Ok(std::mem::take(&mut self.changed))
    }

    fn text(&mut self) -> Result<Option<String>, Error> {
        if sys::is_concealed() {
            return Ok(None);
        }
        match self.clipboard.get_text() {
            // Lines end with two characters on Windows, and with one everywhere else.
            Ok(text) => Ok(Some(text.replace("\r\n", "\n")).filter(|text| text.len() <= MAX_TEXT)),
            Err(arboard::Error::ContentNotAvailable | arboard::Error::ConversionFailure) => Ok(None),
            Err(error) => Err(failed(&error)),
        }
    }

    fn set_text(&mut self, text: &str) -> Result<(), Error> {
        if text.len() > MAX_TEXT {
            return Err(Error::new(
                ErrorKind::Invalid,
                format!("a text of {} bytes is too long for the clipboard", text.len()),
                format!("copy at most {MAX_TEXT} bytes"),
            ));
        }
        self.look();
        let text = text.replace("\r\n", "\n").replace('\n', "\r\n");
        self.clipboard.set_text(text).map_err(|error| failed(&error))?;
        // What another program copied in this very moment is overwritten, or will be told.
        self.seen = sys::clipboard_changes();
        Ok(())
    }
}

fn failed(error: &arboard::Error) -> Error {
    Error::new(
        ErrorKind::Denied,
        format!("the clipboard cannot be used ({error})"),
        "close the program that holds it open, and copy the text again",
    )
}
