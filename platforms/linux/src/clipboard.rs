//! The clipboard: `arboard` reads and sets its text, XFixes tells when another program has changed it.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use deskwire_platform::clipboard::MAX_TEXT;
use deskwire_platform::{Clipboard, Error, ErrorKind, EventSource, Wake, Waker};
use x11rb::protocol::Event;
use x11rb::protocol::xfixes::{self, ConnectionExt as _, SelectionEventMask};
use x11rb::protocol::xproto::{Atom, ConnectionExt as _, Window};

use crate::concealed::is_concealed;
use crate::connection::{OrLost, Server, lost};

/// How long a program may take to give the text that it has copied. (`arboard` waits 4 seconds for each of 6 formats.)
const PATIENCE: Duration = Duration::from_secs(5);
/// After a pause of so long between two pieces of a long text `arboard` takes the text for missing.
const PAUSE: Duration = Duration::from_millis(10);
/// How often a text that may have been given up for such a pause is asked for. Busy machines make pauses.
const TRIES: usize = 5;

/// The CLIPBOARD selection of the X display that `$DISPLAY` names.
pub struct X11Clipboard {
    /// Told of new owners.
    watcher: Server,
    selection: Atom,
    clipboard: arboard::Clipboard,
    /// The window by which `arboard` owns selections, once it is known.
    ours: Option<Window>,
    changed: bool,
}

impl X11Clipboard {
    /// Opens the clipboard of `$DISPLAY`.
    ///
    /// # Errors
    /// `Unavailable` or `Denied` when it cannot be opened, `Unsupported` when it lacks the extension XFIXES.
    pub fn open() -> Result<Self, Error> {
        let watcher = Server::open(None)?;
        watcher.require(xfixes::X11_EXTENSION_NAME, "to learn of changes of the clipboard")?;
        let conn = &watcher.conn;
        conn.xfixes_query_version(5, 0).or_lost()?.reply().or_lost()?;
        let selection = conn.intern_atom(false, b"CLIPBOARD").or_lost()?.reply().or_lost()?.atom;
        let mask = SelectionEventMask::SET_SELECTION_OWNER
            | SelectionEventMask::SELECTION_WINDOW_DESTROY
            | SelectionEventMask::SELECTION_CLIENT_CLOSE;
        conn.xfixes_select_selection_input(watcher.root, selection, mask).or_lost()?.check().or_lost()?;
        let clipboard = arboard::Clipboard::new().map_err(|error| failed(&watcher, &error))?;
        Ok(Self { watcher, selection, clipboard, ours: None, changed: false })
    }

    /// Takes the news that have arrived: who became the owner, in order.
    fn new_owners(&mut self) -> Result<Vec<Window>, Error> {
        let mut owners = Vec::new();
        while let Some(event) = self.watcher.next_event()? {
            if let Event::XfixesSelectionNotify(notify) = event {
                owners.push(notify.owner);
            }
        }
        Ok(owners)
    }

    fn note(&mut self, owners: &[Window]) {
        self.changed |= owners.iter().any(|owner| Some(*owner) != self.ours);
    }

    /// Finds out by which window `arboard` owns the clipboard, which it does not tell: `text` was just set, and
    /// everything from before was noted.
    fn learn_window(&mut self, text: &str) -> Result<(), Error> {
        // Whoever asks for the text waits for an answer on the connection on which it was set: the server has got it.
        let read = self.ask();
        self.owner()?;
        let owners = self.new_owners()?;
        if let ([owner], true) = (&owners[..], read.is_ok_and(|read| read.as_deref() == Some(text))) {
            self.ours = Some(*owner);
        } else {
            // Others copied at the same time. Our own text may be reported as a change this once, which is harmless:
            // the other side has it already, and does not report it back.
            self.note(&owners);
        }
        Ok(())
    }

    /// The text of whoever owns the clipboard.
    fn ask(&self) -> Result<Option<String>, Error> {
        // On a thread of its own, because only `arboard` knows when it gives up. At most as many run at a time as
        // patiences fit into that.
        let (answer, read) = mpsc::sync_channel(1);
        let reader = move || {
            let read = match is_concealed(PATIENCE) {
                Ok(true) => Ok(None),
                Ok(false) => Ok(Some(read_text())),
                Err(error) => Err(error),
            };
            // Nobody waits any more if this fails.
            let _ = answer.send(read);
        };
        thread::Builder::new().name("clipboard-read".into()).spawn(reader).map_err(|error| lost(&error))?;
        match read.recv_timeout(PATIENCE) {
            // Its owner wants nobody to hand it on.
            Ok(Ok(None)) => Ok(None),
            Ok(Ok(Some(Ok(text)))) => Ok(Some(text).filter(|text| text.len() <= MAX_TEXT)),
            // It is not text, or not in the encoding that it is said to be in.
            Ok(Ok(Some(Err(arboard::Error::ContentNotAvailable | arboard::Error::ConversionFailure)))) => {
                Ok(None)
            }
            Ok(Ok(Some(Err(error)))) => Err(failed(&self.watcher, &error)),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(Error::new(
                ErrorKind::TimedOut,
                "the program that owns the clipboard did not give its text",
                "copy the text again",
            )),
        }
    }

    /// The owner; everything that has happened before is among the events when this returns.
    fn owner(&self) -> Result<Window, Error> {
        Ok(self.watcher.conn.get_selection_owner(self.selection).or_lost()?.reply().or_lost()?.owner)
    }
}

impl EventSource for X11Clipboard {
    fn wake(&self) -> Wake<'_> {
        Wake::Fd(self.watcher.fd())
    }

    fn set_waker(&mut self, _: Option<Waker>) {}

    fn wait(&mut self, longest: Duration) -> Result<(), Error> {
        if self.changed { Ok(()) } else { self.watcher.wait(longest) }
    }
}

impl Clipboard for X11Clipboard {
    fn poll_changed(&mut self) -> Result<bool, Error> {
        // A change while the text is read is among the next events: it is reported then, and read again.
        let owners = self.new_owners()?;
        self.note(&owners);
        Ok(std::mem::take(&mut self.changed))
    }

    fn text(&mut self) -> Result<Option<String>, Error> {
        if self.owner()? == x11rb::NONE {
            return Ok(None);
        }
        self.ask()
    }

    fn set_text(&mut self, text: &str) -> Result<(), Error> {
        if text.len() > MAX_TEXT {
            return Err(Error::new(
                ErrorKind::Invalid,
                format!("a text of {} bytes is too long for the clipboard", text.len()),
                format!("copy at most {MAX_TEXT} bytes"),
            ));
        }
        let owners = self.new_owners()?;
        self.note(&owners);
        self.clipboard.set_text(text).map_err(|error| failed(&self.watcher, &error))?;
        if self.ours.is_none() { self.learn_window(text) } else { Ok(()) }
    }
}

/// Asks the owner for its text.
fn read_text() -> Result<String, arboard::Error> {
    // All of a process share one connection for what they own.
    let mut clipboard = arboard::Clipboard::new()?;
    let until = Instant::now() + PATIENCE;
    for _ in 1..TRIES {
        let start = Instant::now();
        match clipboard.get_text() {
            Err(arboard::Error::ContentNotAvailable)
                if start.elapsed() >= PAUSE && Instant::now() < until => {}
            result => return result,
        }
    }
    clipboard.get_text()
}

/// What `arboard` could not do, in words; `Lost` when the server has gone.
fn failed(watcher: &Server, error: &arboard::Error) -> Error {
    match watcher.conn.get_input_focus().or_lost().and_then(|cookie| cookie.reply().or_lost()) {
        Err(lost) => lost,
        Ok(_) => Error::new(
            ErrorKind::Denied,
            format!("the clipboard cannot be used ({error})"),
            "copy the text again",
        ),
    }
}
