//! A Wayland desktop, shared through the portal of its session (org.freedesktop.portal.RemoteDesktop and ScreenCast):
//! whoever sits there agrees in a dialog, pictures come through PipeWire, and input goes back through the portal.

mod capture;
mod cursor;
mod input;
mod portal;
mod screens;
mod stream;
mod video;

pub use capture::WaylandCapture;
pub use cursor::WaylandCursor;
pub use input::WaylandInput;

use std::sync::Arc;
use std::time::Duration;

use deskwire_platform::{Error, ErrorKind};

use portal::Portal;
use screens::Screens;

/// How long the first pictures may take once the desktop has agreed.
const FIRST_PICTURE: Duration = Duration::from_secs(20);

/// What the desktop is asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ask {
    /// Keyboard and pointer as well; otherwise the screen alone.
    pub input: bool,
    /// What an earlier [`WaylandDesktop::restore_token`] was: with it the desktop may agree without asking anybody.
    pub restore_token: Option<String>,
}

/// A Wayland desktop that somebody has agreed to share. Sharing ends when all its parts are dropped.
#[derive(Debug)]
pub struct WaylandDesktop {
    /// Its pictures.
    pub capture: WaylandCapture,
    /// Its pointer; `None` where the desktop draws it into the pictures.
    pub cursor: Option<WaylandCursor>,
    /// Keyboard and pointer, if they were asked for and granted.
    pub input: Option<WaylandInput>,
    /// Good for one more session without a question: keep it secret, and use the newest.
    pub restore_token: Option<String>,
}

impl WaylandDesktop {
    /// Asks the session of this user, and waits for the answer for as long as somebody thinks about
    /// it and `go_on` says so.
    ///
    /// # Errors
    /// `Unavailable` when there is no portal or it sends no picture, `Unsupported` when it cannot share screens,
    /// `Denied` when whoever sits there said no.
    pub fn open(ask: &Ask, go_on: &dyn Fn() -> bool) -> Result<Self, Error> {
        let screens = Arc::new(Screens::default());
        let (portal, granted) = Portal::open(ask, &screens, go_on)?;
        let portal = Arc::new(portal);
        let streams = stream::start(granted.remote, &granted.streams, granted.cursor_apart, &screens)?;
        if !screens.wait_for_pictures(granted.streams.len(), FIRST_PICTURE) {
            let why = screens.lost().unwrap_or_else(|| "no picture came".to_owned());
            return Err(Error::new(
                ErrorKind::Unavailable,
                format!("the Wayland desktop agreed to be shared, but {why}"),
                "check that PipeWire runs in this session (systemctl --user status pipewire wireplumber)",
            ));
        }
        let streams = Arc::new(streams);
        Ok(Self {
            cursor: granted.cursor_apart.then(|| WaylandCursor::new(&screens, &streams)),
            input: granted.input.then(|| WaylandInput::new(&screens, &portal)),
            capture: WaylandCapture::new(screens, streams, portal)?,
            restore_token: granted.restore_token,
        })
    }
}
