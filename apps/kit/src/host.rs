//! Sharing a desktop: a node, a thread that reads the screen, one that injects input, one for the clipboard.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use deskwire_core::identity::{PublicKey, SafetyNumber};
use deskwire_core::machine::{Instant, Seed};
use deskwire_core::punch::Report;
use deskwire_core::sessions::{HostSession, OneTimeCode, Ticket};
use deskwire_core::wire::ids::DeviceId;
use deskwire_core::wire::screen::{CursorPosition, CursorShape, Display};
use deskwire_core::wire::session::{LoginMethod, LoginRefusal, Scope, Scopes};
use deskwire_core::{ConnectionId, Node, Path, ServerProblem};
use deskwire_platform::{Capture, Clipboard, CursorSource, InputSink};

use crate::access::Access;
use crate::clipboard::Sharing;
use crate::config::Settings;
use crate::net::{HostTerms, Net, NetError, NetPlan};
use crate::state::{HostLock, State, StateError};

mod feed;
mod film;
mod front;
mod input;
mod login;
mod screen;
mod sound;
mod watch;

use front::Front;
use input::InputThread;
use login::Logins;
use screen::ScreenThread;
pub use sound::HostSound;
use watch::AccessWatch;

/// Digits of a one-time code.
const CODE_DIGITS: usize = 6;

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
}

impl Desktop {
    /// The X display that `DISPLAY` names.
    ///
    /// # Errors
    /// When it cannot be opened or lacks something; the error says what.
    #[cfg(target_os = "linux")]
    pub fn open() -> Result<Self, deskwire_platform::Error> {
        Ok(Self {
            capture: Box::new(deskwire_linux::X11Capture::open(None)?),
            cursor: Some(Box::new(deskwire_linux::X11Cursor::open(None)?)),
            input: Some(Box::new(deskwire_linux::X11Input::open(None)?)),
            clipboard: Some(Box::new(deskwire_linux::X11Clipboard::open()?)),
        })
    }

    /// The desktop of this session of Windows.
    ///
    /// # Errors
    /// When there is none, or Windows does not hand it over; the error says why.
    #[cfg(windows)]
    pub fn open() -> Result<Self, deskwire_platform::Error> {
        Ok(Self {
            capture: Box::new(deskwire_windows::WindowsCapture::open()?),
            cursor: Some(Box::new(deskwire_windows::WindowsCursor::open()?)),
            input: Some(Box::new(deskwire_windows::WindowsInput::open()?)),
            clipboard: Some(Box::new(deskwire_windows::WindowsClipboard::open()?)),
        })
    }

    /// The desktop of this session of macOS.
    ///
    /// # Errors
    /// When there is none, or its user does not permit it; the error says what.
    #[cfg(target_os = "macos")]
    pub fn open() -> Result<Self, deskwire_platform::Error> {
        Ok(Self {
            capture: Box::new(deskwire_macos::MacCapture::open()?),
            cursor: Some(Box::new(deskwire_macos::MacCursor::open()?)),
            input: Some(Box::new(deskwire_macos::MacInput::open()?)),
            clipboard: Some(Box::new(deskwire_macos::MacClipboard::open()?)),
        })
    }

    /// Not on this system yet.
    ///
    /// # Errors
    /// Always.
    #[cfg(not(any(target_os = "linux", windows, target_os = "macos")))]
    pub fn open() -> Result<Self, deskwire_platform::Error> {
        Err(deskwire_platform::Error::new(
            deskwire_platform::ErrorKind::Unsupported,
            "this system's desktop cannot be shared yet",
            "share a Linux desktop under X11",
        ))
    }
}

impl fmt::Debug for Desktop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desktop").finish_non_exhaustive()
    }
}

/// How to share.
#[derive(Debug)]
pub struct HostPlan {
    /// Server and folder.
    pub settings: Settings,
    /// What is shared.
    pub desktop: Desktop,
    /// Whether viewers may only look.
    pub view_only: bool,
    /// Whether code logins are allowed again if too many wrong codes had stopped them.
    pub unlock: bool,
    /// Whether to look for direct paths.
    pub punch: bool,
    /// Most viewers at a time.
    pub max_viewers: usize,
    /// What can be heard, and talking; nothing by default.
    pub sound: HostSound,
}

impl HostPlan {
    /// The usual way to share `desktop`.
    pub const fn new(settings: Settings, desktop: Desktop) -> Self {
        let sound = HostSound { played: None, microphone: None, speaker: None };
        Self { settings, desktop, view_only: false, unlock: false, punch: true, max_viewers: 8, sound }
    }
}

/// What a host tells.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event {
    /// It can be dialled by this id.
    Registered(DeviceId),
    /// Something is wrong with the server; the host goes on trying.
    ServerProblem(ServerProblem),
    /// The server's name has no address, which is said in words; the host goes on looking it up.
    NameTrouble(String),
    /// The server showed this key, which was accepted and pinned.
    ServerKeySeen(PublicKey),
    /// A viewer has connected and not logged in yet.
    Connected {
        /// Names it.
        viewer: ConnectionId,
        /// Its identity key.
        key: PublicKey,
        /// Both sides can compare it.
        safety_number: SafetyNumber,
    },
    /// A viewer records the session, or does no more: show it to whoever sits here.
    Recording {
        /// Which.
        viewer: ConnectionId,
        /// Whether it does.
        on: bool,
    },
    /// A viewer asks to be let in: ask whoever sits here, and call [`Host::approve`].
    ApprovalWanted {
        /// Which.
        viewer: ConnectionId,
        /// Which try of it.
        ticket: Ticket,
    },
    /// Nobody answered in time: stop asking.
    ApprovalOver {
        /// Which.
        viewer: ConnectionId,
        /// Which try of it.
        ticket: Ticket,
    },
    /// A viewer is in.
    LoggedIn {
        /// Which.
        viewer: ConnectionId,
        /// How it logged in.
        method: LoginMethod,
        /// What it may do.
        granted: Scopes,
    },
    /// A viewer was not let in.
    LoginRefused {
        /// Which.
        viewer: ConnectionId,
        /// Why.
        why: LoginRefusal,
    },
    /// A viewer's data goes over another path.
    PathChanged {
        /// Which.
        viewer: ConnectionId,
        /// The path.
        path: Path,
        /// Its round trip.
        rtt: Duration,
    },
    /// No direct path to a viewer was found.
    PunchFailed {
        /// Which.
        viewer: ConnectionId,
        /// What was tried.
        report: Box<Report>,
    },
    /// A viewer has gone.
    Left {
        /// Which.
        viewer: ConnectionId,
        /// Why, for people.
        reason: String,
    },
    /// The desktop cannot be shared any more; the host is of no use.
    DesktopLost(deskwire_platform::Error),
    /// Something could not be written down.
    StateFailed(String),
}

/// A desktop that is being shared.
#[derive(Debug)]
pub struct Host {
    net: Option<Net>,
    screen: Option<ScreenThread>,
    input: Option<InputThread>,
    clipboard: Option<Sharing>,
    watch: Option<AccessWatch>,
    logins: Arc<Mutex<Logins>>,
    events: Receiver<Event>,
    code: OneTimeCode,
    _lock: HostLock,
}

/// Why nothing is shared.
#[derive(Debug)]
#[non_exhaustive]
pub enum HostError {
    /// No network.
    Net(NetError),
    /// The state folder cannot be used.
    State(StateError),
    /// The system gives no thread or pipe.
    System(std::io::Error),
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Net(error) => error.fmt(f),
            Self::State(error) => error.fmt(f),
            Self::System(error) => write!(f, "no thread can be started ({error}); close some programs"),
        }
    }
}

impl std::error::Error for HostError {}

impl From<NetError> for HostError {
    fn from(error: NetError) -> Self {
        match error {
            NetError::State(error) => Self::State(error),
            error => Self::Net(error),
        }
    }
}

impl From<StateError> for HostError {
    fn from(error: StateError) -> Self {
        Self::State(error)
    }
}

impl From<std::io::Error> for HostError {
    fn from(error: std::io::Error) -> Self {
        Self::System(error)
    }
}

impl Host {
    /// Starts sharing with a new one-time code.
    ///
    /// # Errors
    /// When the folder is in use or the system has no resources. A server that cannot be found yet is no error.
    pub fn start(plan: HostPlan) -> Result<Self, HostError> {
        let state = State::open(&plan.settings.state, plan.settings.keystore)?;
        let lock = state.lock_for_host()?;
        let mut logins = Logins::load(&state)?;
        if plan.unlock {
            logins.unlock(&state)?;
        }
        let logins = Arc::new(Mutex::new(logins));
        let code = new_code();
        let mut most = if plan.view_only { Scopes::NONE.with(Scope::View) } else { Scopes::ALL };
        if plan.sound.played.is_none() {
            most = most.without(Scope::Audio);
        }
        // Nobody is let talk to a room unless somebody in it wants that.
        if !plan.sound.talks() {
            most = most.without(Scope::Voice);
        }
        let stamp = Access::stamp(&state);
        let login = Access::load(&state)?.terms(&state, Some(code.clone()), most)?;
        let (events, told) = mpsc::channel();
        let shown = Arc::new(Mutex::new(Shown::default()));
        let Desktop { capture, cursor, input, clipboard } = plan.desktop;
        let input = input.map(InputThread::start).transpose()?;
        let (screen, to_screen) = ScreenThread::prepare()?;
        let state_failed = {
            let events = events.clone();
            // Nobody listens any more if this fails.
            Arc::new(move |error: &StateError| drop(events.send(Event::StateFailed(error.to_string()))))
        };
        let watched = (state.clone(), code.clone(), events.clone());
        let terms = HostTerms { login, max_viewers: plan.max_viewers };
        let net_plan = NetPlan { settings: plan.settings, host: Some(terms), punch: plan.punch };
        let to_clipboard = Arc::new(Mutex::new(None));
        let sound = plan.sound;
        let net = Net::start(net_plan, state_failed, |way| {
            let mut front = Front {
                sounds: sound::Sounds::start(way, sound),
                way: way.clone(),
                viewers: BTreeSet::new(),
                shown: Arc::clone(&shown),
                screen: to_screen.clone(),
                input: input.as_ref().map(InputThread::sender),
                clipboard: Arc::clone(&to_clipboard),
                logins: Arc::clone(&logins),
                events: events.clone(),
                asking: None,
            };
            move |node: &mut Node, now, event| front.handle(node, now, event)
        })?;
        let (state, shown_code, told_events) = watched;
        let watch = AccessWatch::start(net.handle().clone(), told_events, state, (shown_code, most), stamp)?;
        let way = net.handle().clone();
        let clipboard = clipboard.filter(|_| !plan.view_only).map(|clipboard| {
            Sharing::start(clipboard, move |text: String| {
                // An error says that the node has stopped.
                let _ = way.send(move |node, now| {
                    each_viewer(node, now, |now, session| {
                        // Viewers that have not enabled it, or may not have it, are left out.
                        let _ = session.send_clipboard(now, text.clone());
                    });
                });
            })
        });
        let clipboard = clipboard.transpose()?;
        *lock_mutex(&to_clipboard) = clipboard.as_ref().map(Sharing::sender);
        let input_displays = input.as_ref().map(InputThread::sender);
        let screen = screen.start(screen::Parts {
            capture,
            cursor,
            handle: net.handle().clone(),
            clock: net.clock().clone(),
            shown,
            input: input_displays,
            events,
        })?;
        Ok(Self {
            net: Some(net),
            screen: Some(screen),
            input,
            clipboard,
            watch: Some(watch),
            logins,
            events: told,
            code,
            _lock: lock,
        })
    }

    /// The one-time code, six digits.
    pub fn code(&self) -> &str {
        self.code.digits()
    }

    /// This host's identity key.
    pub fn identity(&self) -> Option<PublicKey> {
        self.net.as_ref().map(Net::identity)
    }

    /// The server's key, once it is known.
    pub fn server_key(&self) -> Option<PublicKey> {
        self.net.as_ref().and_then(Net::server_key)
    }

    /// Whether too many wrong codes have stopped code logins.
    pub fn is_locked(&self) -> bool {
        lock_mutex(&self.logins).is_locked()
    }

    /// Lets a viewer in, or does not: the answer to [`Event::ApprovalWanted`].
    pub fn approve(&self, viewer: ConnectionId, ticket: Ticket, allowed: bool) {
        if let Some(net) = &self.net {
            // An error says that the node has stopped.
            let _ = net.handle().send(move |node, now| {
                node.with_host(now, viewer, |now, session| session.approve(now, ticket, allowed));
            });
        }
    }

    /// What happened next; `None` when nothing did for `longest`.
    pub fn next_event(&self, longest: Duration) -> Option<Event> {
        self.events.recv_timeout(longest).ok()
    }

    /// Tells the viewers `reason`, and ends everything.
    pub fn stop(mut self, reason: &str) {
        self.end(reason);
    }

    fn end(&mut self, reason: &str) {
        if let Some(net) = self.net.take() {
            // First of all: what its viewers hold down is let go of while the threads still run.
            net.stop(reason);
        }
        self.watch.take();
        self.screen.take();
        self.clipboard.take();
        self.input.take();
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.end("the host stops");
    }
}

/// A code from the system's generator.
fn new_code() -> OneTimeCode {
    OneTimeCode::generate(&mut Seed::new(crate::random_bytes()).secret(), CODE_DIGITS)
}

/// What every viewer is shown besides pixels; a new one is told at once.
#[derive(Default)]
pub(crate) struct Shown {
    displays: Vec<Display>,
    shape: Option<CursorShape>,
    position: Option<CursorPosition>,
}

impl Shown {
    fn tell(&self, now: Instant, session: &mut HostSession) {
        session.set_displays(now, self.displays.clone());
        if let Some(shape) = &self.shape {
            // Sources keep to the size that is allowed; a pointer that does not is not shown.
            let _ = session.set_cursor_shape(now, shape.clone());
        }
        if let Some(position) = self.position {
            session.set_cursor_position(now, position);
        }
    }
}

/// Does something with every viewer's session.
pub(crate) fn each_viewer(node: &mut Node, now: Instant, mut act: impl FnMut(Instant, &mut HostSession)) {
    let connections: Vec<ConnectionId> = node.connections().collect();
    for connection in connections {
        node.with_host(now, connection, &mut act);
    }
}

/// A lock whose holder panicked protects plain data all the same.
pub(crate) fn lock_mutex<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
