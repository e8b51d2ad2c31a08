//! Showing another desktop: a node that dials, a thread that paints, and a view of both for whoever shows it.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use deskwire_core::identity::SafetyNumber;
use deskwire_core::punch::Report;
use deskwire_core::sessions::ViewerSession;
use deskwire_core::wire::ids::{DeviceId, DisplayId, Private};
use deskwire_core::wire::picture::Rect;
use deskwire_core::wire::screen::{CursorPosition, CursorShape, Display, InputEvent};
use deskwire_core::wire::session::{LoginMethod, Scopes};
use deskwire_core::{ConnectionEnd, Dial, Node, Path, Phase};
use deskwire_driver::Handle;
use deskwire_platform::{Clipboard, Picture};

use crate::clipboard::Sharing;
use crate::config::Settings;
use crate::net::{Net, NetError, NetPlan};
use crate::state::State;

mod again;
mod front;
mod login;
mod painter;
mod pin;
mod shared;
mod sound;

pub use again::RECONNECT;
pub use login::LoginWith;
pub use sound::{SoundView, ViewerSound};

use again::Again;
use front::Front;
use login::Door;
use painter::PainterThread;
use shared::Shared;
use sound::Sounds;

/// Called on the painter's thread with the whole picture after each frame.
type OnFrame = Box<dyn FnMut(&Picture) + Send>;

/// The longest step of a wait.
const STEP: Duration = Duration::from_millis(250);

/// Whom to dial, and how.
pub struct Plan {
    /// Server and folder.
    pub settings: Settings,
    /// The host.
    pub id: DeviceId,
    /// What to log in with at once. Without it this device's key is tried if the host allows it; else the client asks
    /// ([`Stage::NeedsLogin`]).
    pub login: Option<LoginWith>,
    /// The second factor, if it is known before it is asked for ([`Stage::NeedsSecondFactor`]); and whether the host is
    /// not to ask this device again.
    pub second_factor: Option<(Private<String>, bool)>,
    /// Whether a login may be used that does not prove the host's key, though nothing else has proven it.
    pub accept_unverified: bool,
    /// Which display to watch, counted from 0 in the host's order; the primary one by default.
    pub display: Option<usize>,
    /// Whether to look for a direct path.
    pub punch: bool,
    /// Whether the host may show another key than the remembered one. The code proves the new key, and it is remembered.
    pub accept_new_key: bool,
    /// Whether a session that was lost is made anew, for [`RECONNECT`]: nobody is asked for the code again.
    pub reconnect: bool,
    /// The clipboard to share with the host.
    pub clipboard: Option<Box<dyn Clipboard + Send>>,
    /// Where the host is heard, and the microphone; neither by default.
    pub sound: ViewerSound,
}

impl Plan {
    /// The usual way to dial `id`.
    pub const fn new(settings: Settings, id: DeviceId) -> Self {
        Self {
            settings,
            id,
            login: None,
            second_factor: None,
            accept_unverified: false,
            display: None,
            punch: true,
            accept_new_key: false,
            reconnect: false,
            clipboard: None,
            sound: ViewerSound { speaker: None, microphone: None },
        }
    }
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan").field("id", &self.id).finish_non_exhaustive()
    }
}

/// How far it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stage {
    /// On the way; the text says where.
    Connecting(String),
    /// The user has to log in.
    NeedsLogin {
        /// What was wrong with the last try.
        hint: Option<String>,
        /// How the host lets viewers in.
        methods: Vec<LoginMethod>,
    },
    /// The user has to give the second factor.
    NeedsSecondFactor {
        /// What was wrong with the last one.
        hint: Option<String>,
    },
    /// Logged in.
    Active,
    /// Over; the text says why.
    Ended(String),
}

/// What kind of end it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum EndKind {
    /// This side closed it.
    Asked,
    /// The server or the relay cannot be reached, or shows another key.
    Server,
    /// The host is not there.
    NotThere,
    /// The host's key is not the remembered one, or is not proven.
    HostKey,
    /// The login was refused.
    Login,
    /// An established session was lost or ended by the host.
    Lost,
}

/// Figures of a session.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Stats {
    /// Over what its data goes, in words; empty before the transport stands.
    pub path: String,
    /// The same, for programs.
    pub route: Option<Path>,
    /// The round trip.
    pub rtt: Duration,
    /// Frames painted in the last second.
    pub frames_per_second: f64,
    /// Video received in the last second.
    pub bits_per_second: f64,
    /// From reading the pixels at the host to painting them here, of the last frame.
    pub latency: Duration,
    /// Frames painted.
    pub frames: u64,
    /// Bytes of video received.
    pub video_bytes: u64,
    /// Bytes that the transport has sent and received, as last asked for.
    pub wire_bytes: u64,
    /// Frames of which a part came as video, because it moved.
    pub moving_frames: u64,
    /// Frames that could not be painted, so that the host started over.
    pub broken_frames: u64,
}

impl Stats {
    /// Whether data goes straight to the host.
    pub fn is_direct(&self) -> bool {
        self.route.is_some_and(Path::is_direct)
    }
}

/// When things happened, since the dial.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Timeline {
    /// The server has introduced the host.
    pub introduced: Option<Duration>,
    /// The encrypted channel stands.
    pub established: Option<Duration>,
    /// The host has let us in.
    pub logged_in: Option<Duration>,
    /// The first whole picture was painted.
    pub first_frame: Option<Duration>,
    /// Data went over a direct path for the first time.
    pub direct: Option<Duration>,
}

/// The host's pointer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cursor {
    /// What it looks like.
    pub shape: Option<Arc<CursorShape>>,
    /// Where it is.
    pub position: Option<CursorPosition>,
}

/// Everything there is to show besides pixels.
#[derive(Clone, Debug)]
pub struct View {
    /// How far it is.
    pub stage: Stage,
    /// What kind of end it was, once it is over.
    pub end: Option<EndKind>,
    /// The host's displays.
    pub displays: Vec<Display>,
    /// The one that is watched.
    pub watched: Option<DisplayId>,
    /// The host's pointer.
    pub cursor: Cursor,
    /// What this viewer may do.
    pub granted: Scopes,
    /// Both sides can compare it.
    pub safety_number: Option<SafetyNumber>,
    /// Why there is no direct path, if one was looked for in vain.
    pub no_direct_path: Option<Arc<Report>>,
    /// Over what its data went first.
    pub first_path: Option<Path>,
    /// Figures.
    pub stats: Stats,
    /// When things happened.
    pub timeline: Timeline,
    /// How sound stands.
    pub sound: SoundView,
}

impl View {
    /// Whether a whole picture was painted.
    pub const fn has_picture(&self) -> bool {
        self.timeline.first_frame.is_some()
    }

    /// Whether it is over.
    pub const fn has_ended(&self) -> bool {
        self.end.is_some()
    }
}

/// A session as its user sees it. Ends in order when dropped.
pub struct Client {
    shared: Arc<Shared>,
    sounds: Arc<Sounds>,
    net: Option<Net>,
    painter: Option<PainterThread>,
    _clipboard: Option<Sharing>,
}

impl Client {
    /// Dials. `wake` is called, from any thread, whenever [`Client::view`] or the picture changed; it must not call the
    /// client.
    ///
    /// # Errors
    /// When the server's name has no address, or the state folder cannot be used.
    pub fn start(plan: Plan, wake: impl Fn() + Send + Sync + 'static) -> Result<Self, NetError> {
        let shared = Arc::new(Shared::new(plan.display, Box::new(wake)));
        let state = State::open(&plan.settings.state, plan.settings.keystore)?;
        let server = crate::net::server_key(&plan.settings, &state)?;
        let pinned = match server.filter(|_| !plan.accept_new_key) {
            Some(server) => pin::find(&state, &server, plan.id)?,
            None => None,
        };
        let (painter, to_painter) = PainterThread::prepare();
        let net_plan = NetPlan { settings: plan.settings, host: None, punch: plan.punch };
        let failed = Arc::clone(&shared);
        shared.keep_login(plan.login);
        let (mut made, sound) = (None, plan.sound);
        let net = Net::start(net_plan, Arc::new(move |error| failed.note_state_error(error)), |way| {
            let sounds = Arc::new(Sounds::start(way, &shared, sound));
            made = Some(Arc::clone(&sounds));
            let mut front = Front {
                way: way.clone(),
                sounds,
                shared: Arc::clone(&shared),
                id: plan.id,
                accept_new_key: plan.accept_new_key,
                painter: to_painter,
                peer: None,
                again: Again::new(plan.reconnect, plan.id),
                accept_unverified: plan.accept_unverified,
                second_factor: plan.second_factor,
                has_tried_second: false,
            };
            move |node: &mut Node, now, event| front.handle(node, now, event)
        })?;
        let sounds = made.expect("the handler of events was made");
        let painter = painter
            .start((Arc::clone(&shared), Arc::clone(&sounds)), net.handle().clone(), net.clock().clone())
            .map_err(NetError::Thread)?;
        let clipboard = plan.clipboard.map(|clipboard| {
            let (shared, handle) = (Arc::clone(&shared), net.handle().clone());
            Sharing::start(clipboard, move |text| send_clipboard(&shared, &handle, text))
        });
        let clipboard = clipboard.transpose().map_err(NetError::Thread)?;
        shared.set_clipboard(clipboard.as_ref().map(Sharing::sender));
        let dial = Dial { target: plan.id, pinned };
        let dialled = Arc::clone(&shared);
        // The node has just started, so it takes commands, and it has no connection yet, so it takes a dial.
        let _ = net.handle().send(move |node, now| {
            if let Ok(connection) = node.dial(now, dial) {
                dialled.dialled(now, connection);
            }
        });
        Ok(Self { shared, sounds, net: Some(net), painter: Some(painter), _clipboard: clipboard })
    }

    /// Everything there is to show besides pixels.
    pub fn view(&self) -> View {
        self.refresh_stats();
        View { sound: self.sounds.view(), ..self.shared.view() }
    }

    /// Calls `act` with the picture and each part of it that changed since the last call; not at all if none did.
    pub fn with_changes(&self, display: DisplayId, mut act: impl FnMut(&Picture, Rect)) {
        self.shared.with_screens(|screens| {
            let Some(screen) = screens.get_mut(&display) else { return };
            let changed = screen.changed.take();
            if let Some(picture) = screen.canvas.picture() {
                changed.into_iter().for_each(|rect| act(picture, rect));
            }
        });
    }

    /// A copy of a display's picture, once there is one.
    pub fn picture(&self, display: DisplayId) -> Option<Picture> {
        self.shared.with_screens(|screens| screens.get(&display).and_then(|s| s.canvas.picture()).cloned())
    }

    /// A copy of a display's picture with the host's pointer on it, once there is one.
    #[cfg(feature = "recording")]
    pub fn picture_with_cursor(&self, display: DisplayId) -> Option<Picture> {
        let mut picture = self.picture(display)?;
        let cursor = self.shared.view().cursor;
        if let (Some(shape), Some(position)) = (cursor.shape, cursor.position)
            && position.display == display
            && position.visible
        {
            crate::pointer::draw(&mut picture, &shape, position.at);
        }
        Some(picture)
    }

    /// Tells the host that this viewer records what it is shown, or does no more; also when the session is made anew.
    /// Nothing is told while the host does not permit recordings.
    pub fn announce_recording(&self, on: bool) {
        self.shared.set_records(on);
        self.session(move |now, session| session.announce_recording(now, on));
    }

    /// Watches this display, and no other.
    pub fn watch(&self, display: DisplayId) {
        self.shared.watch(display);
        self.session(move |now, session| session.watch(now, &[display]));
    }

    /// Sends what the user did. It is dropped while the host does not permit input.
    pub fn input(&self, events: Vec<InputEvent>) {
        self.session(move |now, session| {
            if let Err(refused) = session.send_input(now, &events) {
                tracing::debug!("input was not sent: {refused}");
            }
        });
    }

    /// Gives the host text for its clipboard.
    pub fn send_clipboard(&self, text: String) {
        if let Some(net) = &self.net {
            send_clipboard(&self.shared, net.handle(), text);
        }
    }

    /// The last text that came from the host's clipboard.
    pub fn clipboard_text(&self) -> Option<String> {
        self.shared.clipboard_text()
    }

    /// Logs in. `unverified` says that the user accepts a host whose key nothing has proven.
    pub fn login(&self, with: LoginWith, unverified: bool) {
        self.shared.keep_login(Some(with.clone()));
        if unverified {
            self.shared.set_may_trust(true);
        }
        self.shared.set_stage(Stage::Connecting("Logging in".into()));
        let (Some(net), Some(connection)) = (&self.net, self.shared.connection()) else { return };
        let door = Door { handle: net.handle().clone(), shared: Arc::clone(&self.shared), connection };
        // An error says that the node has stopped.
        let _ = net.handle().send(move |node, now| door.enter(node, now, with));
    }

    /// Gives the second factor; `trust` asks the host not to want it from this device again.
    pub fn second_factor(&self, code: &str, trust: bool) {
        self.shared.set_stage(Stage::Connecting("Logging in".into()));
        let code = Private(code.to_owned());
        self.session(move |now, session| {
            // It is asked for again if this was not the time for it.
            let _ = session.second_factor(now, &code.0, trust);
        });
    }

    /// Hears the host, or does not any more: then it sends nothing. On at first, if there is something to play it on.
    pub fn set_sound(&self, on: bool) {
        self.sounds.set_sound(on);
        self.tell_sound();
    }

    /// Lets the host hear this side while it listens, or not any more. Off at first.
    pub fn set_microphone(&self, on: bool) {
        self.sounds.set_microphone(on);
        self.tell_sound();
    }

    fn tell_sound(&self) {
        let sounds = Arc::clone(&self.sounds);
        self.session(move |now, session| sounds.tell(now, session));
    }

    /// Ends the session.
    pub fn disconnect(&self) {
        self.shared.leave();
        if let (Some(net), Some(connection)) = (&self.net, self.shared.connection()) {
            // An error says that the node has stopped.
            let _ =
                net.handle().send(move |node, now| node.close(now, connection, "the viewer disconnected"));
        }
    }

    /// Has `act` called with the picture after each frame that is painted, on the painter's thread, until another is
    /// given. It must not call the client.
    pub fn on_frame(&self, act: impl FnMut(&Picture) + Send + 'static) {
        self.shared.set_on_frame(Box::new(act));
    }

    /// Waits until the view is as wanted, or the session is over, at most `longest`; gives the view as it is then.
    pub fn wait_for(&self, longest: Duration, is_wanted: impl Fn(&View) -> bool) -> View {
        let until = Instant::now() + longest;
        loop {
            // In short steps, because the node is asked for figures only when somebody looks.
            self.refresh_stats();
            let step = until.min(Instant::now() + STEP);
            let view = self.shared.wait(step, |view| is_wanted(view) || view.has_ended());
            let view = View { sound: self.sounds.view(), ..view };
            if is_wanted(&view) || view.has_ended() || Instant::now() >= until {
                return view;
            }
        }
    }

    /// Waits until no frame has come for `still`, or the session is over, at most `longest`; gives whether it became
    /// still.
    pub fn wait_still(&self, still: Duration, longest: Duration) -> bool {
        let end = Instant::now() + longest;
        loop {
            let frames = self.shared.view().stats.frames;
            let until = (Instant::now() + still).min(end);
            let view = self.shared.wait(until, |view| view.stats.frames != frames || view.has_ended());
            if view.has_ended() || Instant::now() >= end {
                return false;
            }
            if view.stats.frames == frames {
                return true;
            }
        }
    }

    /// The round trip and the path are known to the node only; asks for them now and then.
    fn refresh_stats(&self) {
        if let (Some(net), Some(connection)) = (&self.net, self.shared.connection())
            && self.shared.is_stats_due()
        {
            let shared = Arc::clone(&self.shared);
            // An error says that the node has stopped.
            let _ = net.handle().send(move |node, _| {
                if let Some(stats) = node.stats(connection) {
                    shared.set_transport_stats(&stats);
                }
            });
        }
    }

    fn session(
        &self,
        act: impl FnOnce(deskwire_core::machine::Instant, &mut ViewerSession) + Send + 'static,
    ) {
        if let (Some(net), Some(connection)) = (&self.net, self.shared.connection()) {
            // An error says that the node has stopped.
            let _ = net.handle().send(move |node, now| {
                node.with_viewer(now, connection, act);
            });
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if let Some(net) = self.net.take() {
            net.stop("the viewer disconnected");
        }
        // The node's thread had the only way to it, so it ends.
        self.painter.take();
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

fn send_clipboard(shared: &Shared, handle: &Handle<Node>, text: String) {
    let Some(connection) = shared.connection() else { return };
    // An error says that the node has stopped.
    let _ = handle.send(move |node, now| {
        node.with_viewer(now, connection, |now, session| {
            let sent = session.enable_clipboard(now, true).and_then(|()| session.send_clipboard(now, text));
            if let Err(refused) = sent {
                tracing::debug!("the clipboard was not sent: {refused}");
            }
        });
    });
}

/// This desktop's clipboard, if it has one that can be shared.
pub fn system_clipboard() -> Option<Box<dyn Clipboard + Send>> {
    match open_clipboard() {
        Ok(clipboard) => Some(clipboard),
        Err(error) => {
            tracing::info!("the clipboard is not shared: {error}");
            None
        }
    }
}

#[cfg(target_os = "linux")]
fn open_clipboard() -> Result<Box<dyn Clipboard + Send>, deskwire_platform::Error> {
    Ok(Box::new(deskwire_linux::X11Clipboard::open()?))
}

#[cfg(windows)]
fn open_clipboard() -> Result<Box<dyn Clipboard + Send>, deskwire_platform::Error> {
    Ok(Box::new(deskwire_windows::WindowsClipboard::open()?))
}

#[cfg(target_os = "macos")]
fn open_clipboard() -> Result<Box<dyn Clipboard + Send>, deskwire_platform::Error> {
    Ok(Box::new(deskwire_macos::MacClipboard::open()?))
}

#[cfg(not(any(target_os = "linux", windows, target_os = "macos")))]
fn open_clipboard() -> Result<Box<dyn Clipboard + Send>, deskwire_platform::Error> {
    Err(deskwire_platform::Error::new(
        deskwire_platform::ErrorKind::Unsupported,
        "this system has no clipboard that this program knows",
        "copy by hand",
    ))
}

/// What kind of end it is.
pub(crate) const fn kind_of(end: &ConnectionEnd) -> EndKind {
    use deskwire_core::sessions::Ended;
    match end {
        ConnectionEnd::NotThere | ConnectionEnd::TimedOut(Phase::Connecting) => EndKind::NotThere,
        ConnectionEnd::ServerUnreachable
        | ConnectionEnd::ServerRefused(_)
        | ConnectionEnd::NoRelay(_)
        | ConnectionEnd::TimedOut(Phase::Introducing) => EndKind::Server,
        ConnectionEnd::HostKey(_) => EndKind::HostKey,
        ConnectionEnd::Session(Ended::Asked { .. }) => EndKind::Asked,
        ConnectionEnd::Session(Ended::LoginTimedOut | Ended::TooManyTries | Ended::NotProven) => {
            EndKind::Login
        }
        _ => EndKind::Lost,
    }
}
