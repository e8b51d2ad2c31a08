//! What the threads of a client share.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use deskwire_core::identity::SafetyNumber;
use deskwire_core::machine;
use deskwire_core::punch::Report;
use deskwire_core::wire::ids::{DisplayId, Epoch};
use deskwire_core::wire::screen::{CursorPosition, CursorShape, Display};
use deskwire_core::wire::session::{LoginMethod, Scopes};
use deskwire_core::{ConnectionId, ConnectionStats, Path};
use deskwire_platform::{Damage, Picture};

use super::login::{LoginWith, Offer};
use super::{Cursor, EndKind, OnFrame, Stage, Stats, Timeline, View};
use crate::canvas::Canvas;
use crate::clipboard::SharingSender;
use crate::state::StateError;

/// How often the node is asked for figures.
const STATS_INTERVAL: Duration = Duration::from_millis(250);
/// Over how long rates are taken.
const WINDOW: Duration = Duration::from_secs(1);

/// A display's picture.
pub(super) struct Screen {
    pub(super) canvas: Canvas,
    /// Painted since the owner last looked.
    pub(super) changed: Damage,
    /// A run that went wrong: its frames are not painted any more.
    pub(super) broken: Option<Epoch>,
}

/// What the threads of a client share.
pub(super) struct Shared {
    inner: Mutex<Inner>,
    changed: Condvar,
    screens: Mutex<BTreeMap<DisplayId, Screen>>,
    on_frame: Mutex<Option<OnFrame>>,
    wake: Box<dyn Fn() + Send + Sync>,
}

struct Inner {
    connection: Option<ConnectionId>,
    dialled: machine::Instant,
    wanted_display: Option<usize>,
    view: View,
    clipboard: Option<SharingSender>,
    /// Whether this side keeps what it is shown, which each new session is told.
    records: bool,
    clipboard_text: Option<String>,
    /// What the user logs in with, to do it again when the session is lost.
    login: Option<LoginWith>,
    /// What the host offered on this connection.
    offer: Option<Offer>,
    /// How it was tried last to log in.
    tried: Option<LoginMethod>,
    /// Whether a method may be used that proves nothing of the host.
    may_trust: bool,
    /// The host does not know yet which display is watched.
    watches_nothing: bool,
    /// The user wants the end.
    is_left: bool,
    /// When frames were painted, and their bytes, within the last second.
    recent: VecDeque<(Instant, usize)>,
    stats_at: Option<Instant>,
}

impl Shared {
    pub(super) fn new(wanted_display: Option<usize>, wake: Box<dyn Fn() + Send + Sync>) -> Self {
        let view = View {
            stage: Stage::Connecting("Looking for the host".into()),
            end: None,
            displays: Vec::new(),
            watched: None,
            cursor: Cursor::default(),
            granted: Scopes::NONE,
            safety_number: None,
            no_direct_path: None,
            first_path: None,
            stats: Stats::default(),
            timeline: Timeline::default(),
            sound: super::SoundView::default(),
        };
        let inner = Inner {
            connection: None,
            dialled: machine::Instant::ZERO,
            wanted_display,
            view,
            clipboard: None,
            records: false,
            clipboard_text: None,
            login: None,
            offer: None,
            tried: None,
            may_trust: false,
            watches_nothing: true,
            is_left: false,
            recent: VecDeque::new(),
            stats_at: None,
        };
        Self {
            inner: Mutex::new(inner),
            changed: Condvar::new(),
            screens: Mutex::default(),
            on_frame: Mutex::new(None),
            wake,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes something and tells whoever waits.
    fn change<T>(&self, change: impl FnOnce(&mut Inner) -> T) -> T {
        let result = change(&mut self.lock());
        self.changed.notify_all();
        (self.wake)();
        result
    }

    pub(super) fn with_screens<T>(&self, act: impl FnOnce(&mut BTreeMap<DisplayId, Screen>) -> T) -> T {
        act(&mut self.screens.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn dialled(&self, now: machine::Instant, connection: ConnectionId) {
        let mut inner = self.lock();
        inner.connection = Some(connection);
        inner.dialled = now;
    }

    /// The lost session is made anew on this connection.
    pub(super) fn dialled_again(&self, connection: ConnectionId) {
        self.change(|inner| {
            inner.connection = Some(connection);
            inner.view.granted = Scopes::NONE;
            inner.view.no_direct_path = None;
        });
    }

    /// The same host's displays come once more, and pictures from the beginning.
    pub(super) fn start_over(&self) {
        self.lock().watches_nothing = true;
        self.with_screens(BTreeMap::clear);
    }

    pub(super) fn keep_login(&self, login: Option<LoginWith>) {
        self.lock().login = login;
    }

    pub(super) fn kept_login(&self) -> Option<LoginWith> {
        self.lock().login.clone()
    }

    pub(super) fn set_offer(&self, offer: Option<Offer>) {
        self.lock().offer = offer;
    }

    pub(super) fn offer(&self) -> Option<Offer> {
        self.lock().offer.clone()
    }

    /// A try begins.
    pub(super) fn note_try(&self, method: LoginMethod) {
        self.lock().tried = Some(method);
    }

    /// How it was tried last to log in.
    pub(super) fn tried(&self) -> Option<LoginMethod> {
        self.lock().tried
    }

    /// The host's key is known to be right, or the user accepts that it is not.
    pub(super) fn set_may_trust(&self, may_trust: bool) {
        self.lock().may_trust = may_trust;
    }

    pub(super) fn may_trust(&self) -> bool {
        self.lock().may_trust
    }

    /// The user wants the end.
    pub(super) fn leave(&self) {
        self.lock().is_left = true;
    }

    pub(super) fn is_left(&self) -> bool {
        self.lock().is_left
    }

    pub(super) fn connection(&self) -> Option<ConnectionId> {
        self.lock().connection
    }

    /// Whether the server has introduced the host.
    pub(super) fn is_introduced(&self) -> bool {
        self.lock().view.timeline.introduced.is_some()
    }

    pub(super) fn set_stage(&self, stage: Stage) {
        self.change(|inner| {
            // Nothing comes after the end.
            if inner.view.end.is_none() {
                inner.view.stage = stage;
            }
        });
    }

    /// The user is to log in.
    pub(super) fn ask(&self, hint: Option<String>) {
        let methods = self.offer().map(|offer| offer.methods).unwrap_or_default();
        self.set_stage(Stage::NeedsLogin { hint, methods });
    }

    pub(super) fn end(&self, kind: EndKind, why: String) {
        self.change(|inner| {
            if inner.view.end.is_none() {
                inner.view.end = Some(kind);
                inner.view.stage = Stage::Ended(why);
            }
        });
    }

    pub(super) fn note_state_error(&self, error: &StateError) {
        // What was not written down is asked again next time; this session goes on.
        tracing::warn!("{error}");
    }

    /// Notes that something happened now.
    pub(super) fn stamp(
        &self,
        now: machine::Instant,
        which: impl FnOnce(&mut Timeline) -> &mut Option<Duration>,
    ) {
        self.change(|inner| {
            let since = now - inner.dialled;
            which(&mut inner.view.timeline).get_or_insert(since);
        });
    }

    pub(super) fn set_safety_number(&self, number: SafetyNumber) {
        self.change(|inner| inner.view.safety_number = Some(number));
    }

    pub(super) fn set_granted(&self, granted: Scopes) {
        self.change(|inner| inner.view.granted = granted);
    }

    pub(super) fn set_records(&self, records: bool) {
        self.lock().records = records;
    }

    pub(super) fn records(&self) -> bool {
        self.lock().records
    }

    pub(super) fn set_path(&self, path: Path, rtt: Duration) {
        self.change(|inner| {
            inner.view.first_path.get_or_insert(path);
            inner.view.stats.route = Some(path);
            inner.view.stats.path = path.to_string();
            inner.view.stats.rtt = rtt;
        });
    }

    pub(super) fn set_no_direct_path(&self, report: Report) {
        self.change(|inner| inner.view.no_direct_path = Some(Arc::new(report)));
    }

    pub(super) fn set_cursor_shape(&self, shape: Arc<CursorShape>) {
        self.change(|inner| inner.view.cursor.shape = Some(shape));
    }

    pub(super) fn set_cursor_position(&self, position: CursorPosition) {
        self.change(|inner| inner.view.cursor.position = Some(position));
    }

    pub(super) fn set_clipboard(&self, clipboard: Option<SharingSender>) {
        self.lock().clipboard = clipboard;
    }

    pub(super) fn shares_clipboard(&self) -> bool {
        self.lock().clipboard.is_some()
    }

    pub(super) fn take_clipboard(&self, text: String) {
        self.change(|inner| {
            if let Some(clipboard) = &inner.clipboard {
                clipboard.set(text.clone());
            }
            inner.clipboard_text = Some(text);
        });
    }

    pub(super) fn clipboard_text(&self) -> Option<String> {
        self.lock().clipboard_text.clone()
    }

    /// The host's displays; gives the one to watch if that is not the one that is watched.
    pub(super) fn set_displays(&self, displays: Vec<Display>) -> Option<DisplayId> {
        let choice = self.change(|inner| {
            let known = |id: &DisplayId| displays.iter().any(|display| display.id == *id);
            let watched = inner.view.watched.filter(known);
            let choice = if watched.is_some() {
                watched.filter(|_| inner.watches_nothing)
            } else {
                let chosen = inner.wanted_display.and_then(|number| displays.get(number));
                let primary = displays.iter().find(|display| display.primary);
                chosen.or(primary).or_else(|| displays.first()).map(|display| display.id)
            };
            inner.view.displays = displays;
            inner.watches_nothing = false;
            inner.view.watched = choice.or(inner.view.watched);
            choice
        });
        if let Some(choice) = choice {
            self.with_screens(|screens| screens.retain(|display, _| *display == choice));
        }
        choice
    }

    /// Another display is watched from now on.
    pub(super) fn watch(&self, display: DisplayId) {
        self.change(|inner| inner.view.watched = Some(display));
        self.with_screens(|screens| screens.retain(|id, _| *id == display));
    }

    /// A frame was painted.
    pub(super) fn painted(&self, now: machine::Instant, bytes: usize, moving: bool) {
        self.change(|inner| {
            inner.view.stats.moving_frames += u64::from(moving);
            let since = now - inner.dialled;
            inner.view.timeline.first_frame.get_or_insert(since);
            inner.view.stats.frames += 1;
            inner.view.stats.video_bytes += bytes as u64;
            inner.recent.push_back((Instant::now(), bytes));
            forget_old(&mut inner.recent);
        });
    }

    pub(super) fn note_broken_frame(&self) {
        self.change(|inner| inner.view.stats.broken_frames += 1);
    }

    pub(super) fn set_latency(&self, latency_us: u32) {
        self.lock().view.stats.latency = Duration::from_micros(latency_us.into());
    }

    /// Whether the node is to be asked for figures; true once in a while.
    pub(super) fn is_stats_due(&self) -> bool {
        let mut inner = self.lock();
        let due = inner.stats_at.is_none_or(|at| at.elapsed() >= STATS_INTERVAL);
        if due {
            inner.stats_at = Some(Instant::now());
        }
        due
    }

    pub(super) fn set_transport_stats(&self, stats: &ConnectionStats) {
        let mut inner = self.lock();
        if let Some(path) = stats.path {
            inner.view.stats.route = Some(path);
            inner.view.stats.path = path.to_string();
        }
        if let Some(transport) = &stats.transport {
            inner.view.stats.rtt = transport.rtt;
            inner.view.stats.wire_bytes = transport.sent_bytes + transport.received_bytes;
        }
    }

    pub(super) fn view(&self) -> View {
        self.lock().view()
    }

    /// Waits until the view is as wanted, or the time is up; gives the view as it is then.
    pub(super) fn wait(&self, until: Instant, is_wanted: impl Fn(&View) -> bool) -> View {
        let mut inner = self.lock();
        loop {
            let view = inner.view();
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || is_wanted(&view) {
                return view;
            }
            inner = self.changed.wait_timeout(inner, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    pub(super) fn set_on_frame(&self, act: OnFrame) {
        *self.on_frame.lock().unwrap_or_else(PoisonError::into_inner) = Some(act);
    }

    /// Shows a frame to whoever asked for it.
    pub(super) fn tell_frame(&self, picture: &Picture) {
        if let Some(act) = &mut *self.on_frame.lock().unwrap_or_else(PoisonError::into_inner) {
            act(picture);
        }
    }
}

impl Inner {
    fn view(&mut self) -> View {
        forget_old(&mut self.recent);
        let bytes: usize = self.recent.iter().map(|(_, bytes)| bytes).sum();
        self.view.stats.frames_per_second = self.recent.len() as f64 / WINDOW.as_secs_f64();
        self.view.stats.bits_per_second = bytes as f64 * 8.0 / WINDOW.as_secs_f64();
        self.view.clone()
    }
}

fn forget_old(recent: &mut VecDeque<(Instant, usize)>) {
    while recent.pop_front_if(|(at, _)| at.elapsed() > WINDOW).is_some() {}
}
