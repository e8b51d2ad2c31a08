//! The clipboard: `arboard` reads and sets its text. macOS tells nobody of changes, so its count of them is looked at.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use deskwire_platform::clipboard::MAX_TEXT;
use deskwire_platform::{Bell, Clipboard, Error, ErrorKind, EventSource, Wake, Waker};
use objc2_app_kit::NSPasteboard;

/// How often the count is looked at.
const LOOK: Duration = Duration::from_millis(500);

/// The general pasteboard.
pub struct MacClipboard {
    bell: Arc<Bell>,
    clipboard: arboard::Clipboard,
    /// The count of changes when we last looked.
    seen: isize,
    changed: bool,
    _watch: Watch,
}

/// Looks for others' changes, until it is dropped.
struct Watch {
    end: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

fn changes() -> isize {
    NSPasteboard::generalPasteboard().changeCount()
}

impl MacClipboard {
    /// Opens it.
    ///
    /// # Errors
    /// `Denied` when the system refuses.
    pub fn open() -> Result<Self, Error> {
        let bell = Bell::new();
        let clipboard = arboard::Clipboard::new().map_err(|error| failed(&error))?;
        let watch = Watch::start(Arc::clone(&bell)).map_err(|error| failed(&error))?;
        Ok(Self { bell, clipboard, seen: changes(), changed: false, _watch: watch })
    }

    fn look(&mut self) {
        self.bell.take();
        let count = changes();
        self.changed |= std::mem::replace(&mut self.seen, count) != count;
    }
}

impl Watch {
    fn start(bell: Arc<Bell>) -> std::io::Result<Self> {
        let end = Arc::new(AtomicBool::new(false));
        let is_over = Arc::clone(&end);
        let run = move || {
            let mut seen = changes();
            while !is_over.load(Ordering::Relaxed) {
                thread::park_timeout(LOOK);
                let count = changes();
                if std::mem::replace(&mut seen, count) != count {
                    bell.ring();
                }
            }
        };
        let thread = thread::Builder::new().name("mac-clipboard".into()).spawn(run)?;
        Ok(Self { end, thread: Some(thread) })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.end.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            let _ = thread.join();
        }
    }
}

impl EventSource for MacClipboard {
    fn wake(&self) -> Wake<'_> {
        Wake::Callback
    }

    fn set_waker(&mut self, waker: Option<Waker>) {
        self.bell.set_waker(waker);
    }

    fn wait(&mut self, longest: Duration) -> Result<(), Error> {
        if !self.changed && self.seen == changes() {
            self.bell.wait(longest);
        }
        Ok(())
    }
}

impl Clipboard for MacClipboard {
    fn poll_changed(&mut self) -> Result<bool, Error> {
        self.look();
        Ok(std::mem::take(&mut self.changed))
    }

    fn text(&mut self) -> Result<Option<String>, Error> {
        match self.clipboard.get_text() {
            Ok(text) => Ok(Some(text).filter(|text| text.len() <= MAX_TEXT)),
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
        self.clipboard.set_text(text).map_err(|error| failed(&error))?;
        // What another program copied in this very moment is overwritten, or will be told.
        self.seen = changes();
        Ok(())
    }
}

fn failed(error: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Denied, format!("the clipboard cannot be used ({error})"), "copy the text again")
}
