//! A connection to the X server, and its errors in words.

use std::collections::VecDeque;
use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;

use deskwire_platform::{Error, ErrorKind};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use x11rb::connection::{Connection as _, RequestConnection as _};
use x11rb::errors::{ConnectError, ConnectionError, ReplyError, ReplyOrIdError};
use x11rb::protocol::Event;
use x11rb::protocol::xproto::Window;
use x11rb::reexports::x11rb_protocol::parse_display::parse_display;
use x11rb::rust_connection::RustConnection;

/// One connection.
pub(crate) struct Server {
    pub(crate) conn: RustConnection,
    pub(crate) root: Window,
    pub(crate) screen: usize,
    waiting: VecDeque<Event>,
}

impl Server {
    /// Connects to `display`, or to `$DISPLAY`.
    pub(crate) fn open(display: Option<&str>) -> Result<Self, Error> {
        let named = display.map(str::to_owned).or_else(|| std::env::var("DISPLAY").ok());
        let Some(named) = named.filter(|name| !name.is_empty()) else {
            return Err(Error::new(
                ErrorKind::Unavailable,
                "there is no X display to share ($DISPLAY is not set)",
                "run this inside a graphical session, or set DISPLAY, for example DISPLAY=:0",
            ));
        };
        if !is_name(&named) {
            return Err(not_a_name(&named));
        }
        let (conn, screen) =
            RustConnection::connect(Some(&named)).map_err(|error| cannot_open(&named, &error))?;
        let root = conn.setup().roots.get(screen).map(|screen| screen.root).ok_or_else(|| {
            Error::new(
                ErrorKind::Unavailable,
                format!("the X display {named} has no screen {screen}"),
                "leave the screen number out of DISPLAY",
            )
        })?;
        Ok(Self { conn, root, screen, waiting: VecDeque::new() })
    }

    /// Fails unless the server has the extension.
    pub(crate) fn require(&self, extension: &'static str, what_for: &str) -> Result<(), Error> {
        let found = self.conn.extension_information(extension).map_err(|error| lost(&error))?;
        found.map(|_| ()).ok_or_else(|| {
            Error::new(
                ErrorKind::Unsupported,
                format!("the X server lacks the extension {extension}, which is needed {what_for}"),
                "enable the extension in the X server, or use another X server",
            )
        })
    }

    /// The next event that has arrived, without waiting.
    pub(crate) fn next_event(&mut self) -> Result<Option<Event>, Error> {
        if let Some(event) = self.waiting.pop_front() {
            return Ok(Some(event));
        }
        self.conn.poll_for_event().map_err(|error| lost(&error))
    }

    /// Waits until an event has arrived, or `longest` has passed.
    pub(crate) fn wait(&mut self, longest: Duration) -> Result<(), Error> {
        self.conn.flush().map_err(|error| lost(&error))?;
        // An event may have been read already, together with a reply.
        if !self.waiting.is_empty() {
            return Ok(());
        }
        if let Some(event) = self.conn.poll_for_event().map_err(|error| lost(&error))? {
            self.waiting.push_back(event);
            return Ok(());
        }
        let mut fds = [PollFd::new(self.conn.stream(), PollFlags::IN)];
        let longest = Timespec::try_from(longest).ok();
        match poll(&mut fds, longest.as_ref()) {
            Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
            Err(error) => Err(lost(&error)),
        }
    }

    /// What becomes readable when events arrive.
    pub(crate) fn fd(&self) -> BorrowedFd<'_> {
        self.conn.stream().as_fd()
    }
}

fn cannot_open(named: &str, error: &ConnectError) -> Error {
    match error {
        ConnectError::SetupFailed(_) | ConnectError::SetupAuthenticate(_) => Error::new(
            ErrorKind::Denied,
            format!("the X display {named} refuses us ({error})"),
            "run this as the user of the session, or set XAUTHORITY to the session's file",
        ),
        ConnectError::DisplayParsingError(_) => not_a_name(named),
        _ => Error::new(
            ErrorKind::Unavailable,
            format!("the X display {named} cannot be opened ({error})"),
            "check that the X server runs and that DISPLAY names it",
        ),
    }
}

/// Whether x11rb can take the name: it counts TCP ports from 6000 without looking whether they exist.
fn is_name(named: &str) -> bool {
    parse_display(Some(named)).is_ok_and(|display| display.display <= u16::MAX - 6000)
}

fn not_a_name(named: &str) -> Error {
    Error::new(
        ErrorKind::Unavailable,
        format!("{named} is not the name of an X display"),
        "give a name such as :0",
    )
}

/// The connection broke.
pub(crate) fn lost(error: &dyn std::fmt::Display) -> Error {
    Error::new(
        ErrorKind::Lost,
        format!("the connection to the X server broke ({error})"),
        "open the display again when the session is back",
    )
}

/// Turns what x11rb can fail with into an error in words.
pub(crate) trait OrLost<T> {
    fn or_lost(self) -> Result<T, Error>;
}

impl<T> OrLost<T> for Result<T, ConnectionError> {
    fn or_lost(self) -> Result<T, Error> {
        self.map_err(|error| lost(&error))
    }
}

impl<T> OrLost<T> for Result<T, ReplyError> {
    fn or_lost(self) -> Result<T, Error> {
        self.map_err(|error| match error {
            ReplyError::ConnectionError(error) => lost(&error),
            ReplyError::X11Error(error) => refused(&error),
        })
    }
}

impl<T> OrLost<T> for Result<T, ReplyOrIdError> {
    fn or_lost(self) -> Result<T, Error> {
        self.map_err(|error| match error {
            ReplyOrIdError::X11Error(error) => refused(&error),
            error => lost(&error),
        })
    }
}

fn refused(error: &x11rb::x11_utils::X11Error) -> Error {
    Error::new(
        ErrorKind::Unsupported,
        format!(
            "the X server refused the request {} ({:?})",
            error.request_name.unwrap_or("of an unknown kind"),
            error.error_kind
        ),
        "try again, and report it when it stays",
    )
}
