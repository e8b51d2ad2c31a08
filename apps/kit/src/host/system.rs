//! The desktop of this computer: which one it is, and opening it.

use std::fmt;

use deskwire_platform::{Capture, Clipboard, CursorSource, Error, InputSink};
use serde::{Deserialize, Serialize};

use crate::state::{State, StateError};

/// What is shared. Each part runs on a thread of its own.
pub struct Desktop {
    /// The screen.
    pub capture: Box<dyn Capture + Send>,
    /// The pointer, unless it cannot be had.
    pub cursor: Option<Box<dyn CursorSource + Send>>,
    /// What injects input.
    pub input: Option<Box<dyn InputSink + Send>>,
    /// The clipboard.
    pub clipboard: Option<Box<dyn Clipboard + Send>>,
    /// For the next time ([`Wishes::restore_token`]), from systems that ask whoever sits there.
    pub restore_token: Option<String>,
}

/// What is wanted of a desktop.
#[derive(Clone, Copy)]
pub struct Wishes<'a> {
    /// Keyboard and pointer as well.
    pub input: bool,
    /// What [`Desktop::restore_token`] was the last time; with it the system may agree without asking anybody.
    pub restore_token: Option<&'a str>,
    /// Asked now and then while somebody thinks about an answer: whether to go on waiting.
    pub go_on: &'a dyn Fn() -> bool,
}

impl fmt::Debug for Wishes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wishes").field("input", &self.input).finish_non_exhaustive()
    }
}

/// Which desktop would be shared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum System {
    /// An X display.
    X11,
    /// A Wayland session, through its portal.
    Wayland,
    /// That of another system, or none.
    Own,
}

impl System {
    /// What there is here. On Linux `WAYLAND_DISPLAY` decides: where it is set an X display, too, shows no more than
    /// the X programs among the windows.
    pub fn here() -> Self {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        match () {
            () if !cfg!(target_os = "linux") => Self::Own,
            () if is_set("WAYLAND_DISPLAY") => Self::Wayland,
            () => Self::X11,
        }
    }

    /// What is shared and why, as a sentence without its end.
    pub const fn why(self) -> &'static str {
        match self {
            Self::X11 => "The X11 desktop is shared, because WAYLAND_DISPLAY is not set",
            Self::Wayland => {
                "The Wayland desktop is shared through its portal, because WAYLAND_DISPLAY is set (unset it to share \
                 an X display)"
            }
            Self::Own => "This system's desktop is shared",
        }
    }

    /// Whether opening it asks whoever sits there.
    pub const fn asks(self) -> bool {
        matches!(self, Self::Wayland)
    }
}

impl Desktop {
    /// The desktop of this session: the one that [`System::here`] says.
    ///
    /// # Errors
    /// When it cannot be opened, lacks something or is refused; the error says what.
    #[cfg(target_os = "linux")]
    pub fn open(wishes: &Wishes<'_>) -> Result<Self, Error> {
        match System::here() {
            System::Wayland => Self::open_wayland(wishes),
            System::X11 | System::Own => Ok(Self {
                capture: Box::new(deskwire_linux::X11Capture::open(None)?),
                cursor: Some(Box::new(deskwire_linux::X11Cursor::open(None)?)),
                input: Some(Box::new(deskwire_linux::X11Input::open(None)?)),
                clipboard: Some(Box::new(deskwire_linux::X11Clipboard::open()?)),
                restore_token: None,
            }),
        }
    }

    #[cfg(all(target_os = "linux", feature = "wayland"))]
    fn open_wayland(wishes: &Wishes<'_>) -> Result<Self, Error> {
        let ask = deskwire_linux::Ask {
            input: wishes.input,
            restore_token: wishes.restore_token.map(str::to_owned),
        };
        let desktop = deskwire_linux::WaylandDesktop::open(&ask, wishes.go_on)?;
        Ok(Self {
            capture: Box::new(desktop.capture),
            cursor: desktop.cursor.map(|cursor| Box::new(cursor) as Box<dyn CursorSource + Send>),
            input: desktop.input.map(|input| Box::new(input) as Box<dyn InputSink + Send>),
            clipboard: None,
            restore_token: desktop.restore_token,
        })
    }

    #[cfg(all(target_os = "linux", not(feature = "wayland")))]
    fn open_wayland(_wishes: &Wishes<'_>) -> Result<Self, Error> {
        Err(Error::new(
            deskwire_platform::ErrorKind::Unsupported,
            "this program was built without Wayland",
            "build it with the feature `wayland`, or log in to an X11 session",
        ))
    }

    /// The desktop of this session of Windows.
    ///
    /// # Errors
    /// When there is none, or Windows does not hand it over; the error says why.
    #[cfg(windows)]
    pub fn open(_wishes: &Wishes<'_>) -> Result<Self, Error> {
        Ok(Self {
            capture: Box::new(deskwire_windows::WindowsCapture::open()?),
            cursor: Some(Box::new(deskwire_windows::WindowsCursor::open()?)),
            input: Some(Box::new(deskwire_windows::WindowsInput::open()?)),
            clipboard: Some(Box::new(deskwire_windows::WindowsClipboard::open()?)),
            restore_token: None,
        })
    }

    /// The desktop of this session of macOS.
    ///
    /// # Errors
    /// When there is none, or its user does not permit it; the error says what.
    #[cfg(target_os = "macos")]
    pub fn open(_wishes: &Wishes<'_>) -> Result<Self, Error> {
        Ok(Self {
            capture: Box::new(deskwire_macos::MacCapture::open()?),
            cursor: Some(Box::new(deskwire_macos::MacCursor::open()?)),
            input: Some(Box::new(deskwire_macos::MacInput::open()?)),
            clipboard: Some(Box::new(deskwire_macos::MacClipboard::open()?)),
            restore_token: None,
        })
    }

    /// Not on this system yet.
    ///
    /// # Errors
    /// Always.
    #[cfg(not(any(target_os = "linux", windows, target_os = "macos")))]
    pub fn open(_wishes: &Wishes<'_>) -> Result<Self, Error> {
        Err(Error::new(
            deskwire_platform::ErrorKind::Unsupported,
            "this system's desktop cannot be shared yet",
            "share a Linux desktop",
        ))
    }
}

/// The file of what a desktop gave for the next time. It is good for this user's session only.
const KEPT: &str = "desktop.json";

#[derive(Default, Serialize, Deserialize)]
struct Kept {
    restore_token: Option<String>,
}

impl State {
    /// What [`Desktop::restore_token`] was when a desktop was opened last.
    pub fn restore_token(&self) -> Result<Option<String>, StateError> {
        self.read_json::<Kept>(KEPT).map(|kept| kept.restore_token)
    }

    /// Keeps it.
    pub fn set_restore_token(&self, token: Option<&str>) -> Result<(), StateError> {
        self.write_json(KEPT, &Kept { restore_token: token.map(str::to_owned) })
    }
}

impl fmt::Debug for Desktop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desktop").finish_non_exhaustive()
    }
}
