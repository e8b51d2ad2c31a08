//! The controlling side.

use alloc::collections::VecDeque;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use deskwire_identity::{PublicKey, Secret64};
use deskwire_machine::{
    Clock, Deadline, Input, Instant, LinkId, LinkIds, Machine, Output, Seed, StreamBuf, earliest,
};
use deskwire_wire::ids::{DisplayId, Epoch, Role};
use deskwire_wire::screen::{CursorPosition, CursorShape, Display, InputEvent};
use deskwire_wire::session::{
    ChannelHeader, ChannelKind, LoginMethod, LoginRefusal, MAX_CLIPBOARD, MAX_DISPLAYS, MAX_PATH_MESSAGE,
    Scope, Scopes, SessionMsg, Statistics,
};
use deskwire_wire::video::FrameBytes;

use crate::channel::{Channels, Fault, Incoming};
use crate::clipboard::Clipboard;
use crate::cursor::CursorCache;
use crate::ended::{Ended, Rejected, cut_reason};
use crate::table::{Verdict, judge};
use crate::timing::Timing;
use crate::{Limits, OneTimeCode};

mod input;
mod login;
mod video;

use input::InputQueue;
use login::ViewerLogin;
use video::Screens;

/// What a viewer session starts with.
#[derive(Clone, Debug)]
pub struct ViewerConfig {
    /// Its randomness.
    pub seed: Seed,
    /// Where channels get their ids from; the transport's.
    pub ids: LinkIds,
    /// Its bounds.
    pub limits: Limits,
    /// What the transport exported: both ends of one connection have the same, nobody else has it.
    pub exporter: Secret64,
    /// This viewer's identity.
    pub viewer_key: PublicKey,
    /// The host's identity, as the transport proved it.
    pub host_key: PublicKey,
}

/// What a viewer session tells its owner.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ViewerEvent {
    /// The host wants a login: ask the user and call [`ViewerSession::login_with_code`].
    LoginWanted {
        /// What it offers; methods of newer versions are left out.
        methods: Vec<LoginMethod>,
    },
    /// The host refused the try. Another one is possible until the session is closed.
    LoginFailed {
        /// Why.
        why: LoginRefusal,
        /// When another try makes sense, in seconds; `None` if waiting does not help.
        retry_after_s: Option<u32>,
    },
    /// This viewer is in, and the host proved that it knows the code.
    LoggedIn {
        /// What it may do.
        granted: Scopes,
    },
    /// What the viewer may do from now on.
    Permissions(Scopes),
    /// The host's displays; [`ViewerSession::watch`] those to be seen.
    Displays(Vec<Display>),
    /// A frame to be shown, checked; then [`ViewerSession::frame_done`]. Frame 0 of an epoch is a full refresh.
    Frame(FrameBytes),
    /// The pointer looks like this now.
    CursorShape(Arc<CursorShape>),
    /// The pointer is here now.
    CursorPosition(CursorPosition),
    /// Put this text on the clipboard.
    Clipboard(String),
    /// A message about paths.
    PathMessage(Vec<u8>),
    /// The host's figures.
    Statistics(Statistics),
    /// The session is over; nothing follows.
    Closed {
        /// Why.
        reason: Ended,
    },
}

/// Figures of a viewer session.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct ViewerStats {
    /// Frames received.
    pub frames_received: u64,
    /// Frames shown.
    pub frames_shown: u64,
    /// Bytes of video received.
    pub video_bytes: u64,
    /// Bytes of frames that are received and not shown.
    pub unshown_bytes: usize,
    /// Shortest recent round trip, in microseconds; 0 before the first.
    pub rtt_us: u32,
    /// From reading the pixels to showing them, of the last frame, in microseconds.
    pub latency_us: u32,
    /// The worst since the figures were last told to the host.
    pub worst_latency_us: u32,
    /// Video channels of runs or displays that are not wanted any more.
    pub stale_channels: u64,
    /// Input events dropped because the channel was blocked for too long.
    pub input_dropped: u64,
    /// Messages of a newer version, left alone.
    pub unknown: u64,
    /// Bytes that wait to be taken by the transport.
    pub queued_bytes: usize,
    /// Open channels.
    pub channels: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Login,
    Active,
    Closed,
}

/// The controlling side of a session.
///
/// ```text
/// Login --both proved that they know the code--> Active --> Closed
///    \_________________________________________________________^
/// ```
#[derive(Debug)]
pub struct ViewerSession {
    clock: Clock,
    limits: Limits,
    state: State,
    channels: Channels,
    control: LinkId,
    login: ViewerLogin,
    granted: Scopes,
    watched: Vec<DisplayId>,
    screens: Screens,
    cursors: CursorCache,
    input: InputQueue,
    clipboard: Clipboard,
    timing: Timing,
    last_heard: Instant,
    told_frames: u64,
    stats: ViewerStats,
    events: VecDeque<ViewerEvent>,
}

impl ViewerSession {
    /// A session on a transport that was just established; opens the control channel.
    pub fn new(now: Instant, config: ViewerConfig) -> Self {
        let limits = config.limits.clone();
        let mut channels = Channels::new(config.ids.clone(), &limits);
        let control = channels.open(ChannelHeader::Control);
        Self {
            clock: Clock::new(now),
            state: State::Login,
            channels,
            control,
            granted: Scopes::NONE,
            watched: Vec::new(),
            screens: Screens::default(),
            cursors: CursorCache::default(),
            input: InputQueue::new(limits.input_queue),
            clipboard: Clipboard::default(),
            timing: Timing::new(limits.ping_interval),
            last_heard: now,
            told_frames: 0,
            stats: ViewerStats::default(),
            events: VecDeque::new(),
            login: ViewerLogin::new(now, config),
            limits,
        }
    }

    /// Tries to log in with the code that the host shows. A code given before the host said what it offers waits for
    /// that. [`Rejected::NotNow`] while another try is under way, [`Rejected::NotActive`] once logged in or over.
    pub fn login_with_code(&mut self, now: Instant, code: OneTimeCode) -> Result<(), Rejected> {
        let now = self.clock.tell(now);
        self.start_login(now, code)
    }

    /// Whether this viewer is logged in.
    pub fn is_active(&self) -> bool {
        self.state == State::Active
    }

    /// What this viewer may do, as far as it knows.
    pub const fn permissions(&self) -> Scopes {
        self.granted
    }

    /// Watches exactly these displays (the first 16 count). Kept while viewing is not permitted.
    pub fn watch(&mut self, now: Instant, displays: &[DisplayId]) {
        self.clock.tell(now);
        self.watched.clear();
        for display in displays.iter().take(MAX_DISPLAYS) {
            if !self.watched.contains(display) {
                self.watched.push(*display);
            }
        }
        for link in self.screens.keep(&self.watched) {
            self.channels.close(link);
        }
        self.send_watch();
    }

    /// Gives up on what was received of a display: the host starts its video over.
    pub fn request_resync(&mut self, now: Instant, display: DisplayId) {
        self.clock.tell(now);
        if let Some((epoch, link)) = self.screens.give_up(display) {
            if let Some(link) = link {
                self.channels.close(link);
            }
            self.send_control(&SessionMsg::Resync { display, epoch });
        }
    }

    /// A frame (and all before it in its epoch) is shown. Gives how long ago its pixels were read, in microseconds, if
    /// that is known.
    pub fn frame_done(
        &mut self,
        now: Instant,
        display: DisplayId,
        epoch: Epoch,
        sequence: u32,
    ) -> Option<u32> {
        let now = self.clock.tell(now);
        let (shown, captured_at) = self.screens.done(display, epoch, sequence)?;
        self.stats.frames_shown += shown;
        let latency = self.timing.since(now, captured_at);
        if let Some(latency) = latency {
            self.stats.latency_us = latency;
            self.stats.worst_latency_us = self.stats.worst_latency_us.max(latency);
        }
        self.screens.acknowledge(display, epoch, sequence, latency.unwrap_or(0));
        latency
    }

    /// What the user did. Events wait for each other until the channel takes them; positions that were overtaken are
    /// left out.
    pub fn send_input(&mut self, now: Instant, events: &[InputEvent]) -> Result<(), Rejected> {
        self.clock.tell(now);
        if self.state != State::Active {
            return Err(Rejected::NotActive);
        }
        if !self.granted.has(Scope::Input) {
            return Err(Rejected::NotPermitted);
        }
        if !events.iter().all(input::is_allowed) {
            return Err(Rejected::Invalid);
        }
        events.iter().for_each(|event| self.input.push(event.clone()));
        self.stats.input_dropped = self.input.dropped();
        Ok(())
    }

    /// Shares the clipboard, or stops doing so. Nothing travels either way before this.
    pub fn enable_clipboard(&mut self, now: Instant, enabled: bool) -> Result<(), Rejected> {
        self.clock.tell(now);
        if self.state != State::Active {
            return Err(Rejected::NotActive);
        }
        match (enabled, self.channels.find(ChannelKind::Clipboard)) {
            (true, None) => {
                self.clipboard.clear();
                self.channels.open(ChannelHeader::Clipboard);
            }
            (false, Some(link)) => self.channels.abandon(link),
            _ => {}
        }
        Ok(())
    }

    /// This side's clipboard changed. What just came from the host does not go back.
    pub fn send_clipboard(&mut self, now: Instant, text: String) -> Result<(), Rejected> {
        self.clock.tell(now);
        if self.state != State::Active {
            return Err(Rejected::NotActive);
        }
        if self.channels.find(ChannelKind::Clipboard).is_none() {
            return Err(Rejected::NotEnabled);
        }
        if !self.granted.has(Scope::ClipboardIn) {
            return Err(Rejected::NotPermitted);
        }
        if text.len() > MAX_CLIPBOARD {
            return Err(Rejected::Invalid);
        }
        self.clipboard.changed(text);
        self.pump();
        Ok(())
    }

    /// Carries a message about paths to the host.
    pub fn send_path_message(&mut self, now: Instant, message: Vec<u8>) -> Result<(), Rejected> {
        self.clock.tell(now);
        if self.state != State::Active {
            return Err(Rejected::NotActive);
        }
        if message.len() > MAX_PATH_MESSAGE {
            return Err(Rejected::Invalid);
        }
        self.send_control(&SessionMsg::Path(message));
        Ok(())
    }

    /// Ends the session in order; `reason` (cut at 256 bytes) is for people. Does nothing once it is over.
    pub fn close(&mut self, now: Instant, reason: &str) {
        self.clock.tell(now);
        self.end(Ended::Asked { reason: cut_reason(reason).to_string() });
    }

    /// Figures.
    pub fn stats(&self) -> ViewerStats {
        ViewerStats {
            rtt_us: self.timing.rtt_us(),
            unshown_bytes: self.screens.unshown_bytes(),
            queued_bytes: self.channels.queued_bytes(),
            channels: self.channels.count(),
            ..self.stats
        }
    }

    fn set_state(&mut self, state: State) {
        self.state = state;
    }

    fn send_control(&mut self, message: &SessionMsg) {
        if self.state != State::Closed && self.channels.send(self.control, message).is_err() {
            self.end(Ended::NotReading);
        }
    }

    fn send_watch(&mut self) {
        if self.state == State::Active && self.granted.has(Scope::View) {
            let watched = self.watched.clone();
            self.send_control(&SessionMsg::Watch(watched));
        }
    }

    fn end(&mut self, reason: Ended) {
        if self.state == State::Closed {
            return;
        }
        let said = match &reason {
            Ended::Asked { reason } => Some(reason.clone()),
            Ended::ByPeer { .. } | Ended::Lost(_) | Ended::NotReading => None,
            other => Some(other.to_string()),
        };
        if let Some(reason) = said {
            let reason = cut_reason(&reason).to_string();
            let _ = self.channels.send(self.control, &SessionMsg::Goodbye { reason });
        }
        self.set_state(State::Closed);
        self.channels.close_all();
        self.screens = Screens::default();
        self.cursors.clear();
        self.events.push_back(ViewerEvent::Closed { reason });
    }

    fn read(&mut self, now: Instant, link: LinkId, data: &mut StreamBuf) {
        loop {
            if self.state == State::Closed {
                data.consume(data.len());
                return;
            }
            let handled = match self.channels.read(link, data, self.state == State::Active) {
                Ok(None) => return,
                Ok(Some(Incoming::Header(header))) => self.handle_header(link, header),
                Ok(Some(Incoming::Message(kind, message))) => self.handle_message(now, kind, message),
                Ok(Some(Incoming::Frame(header, frame))) => self.handle_frame(now, link, header, frame),
                Err(fault) => Err(fault),
            };
            if let Err(fault) = handled {
                self.end(Ended::Misbehaved(fault));
            }
        }
    }

    fn handle_header(&mut self, link: LinkId, header: ChannelHeader) -> Result<(), Fault> {
        match (self.state, header) {
            (State::Active, ChannelHeader::Video { display, epoch }) => {
                let wanted = self.watched.contains(&display) && self.screens.begin(display, epoch, link);
                let over = if wanted { self.screens.take_replaced() } else { Some(link) };
                if !wanted {
                    self.stats.stale_channels = self.stats.stale_channels.saturating_add(1);
                }
                if let Some(over) = over {
                    self.channels.close(over);
                }
                Ok(())
            }
            (State::Active, ChannelHeader::Cursor) => {
                // The host opens a new one when viewing is permitted again; the end of the old may come later.
                while let Some(old) = self.channels.find_except(link, ChannelKind::Cursor) {
                    self.channels.close(old);
                }
                self.cursors.clear();
                Ok(())
            }
            _ => Err("it opened a channel that is not its to open here and now"),
        }
    }

    fn handle_frame(
        &mut self,
        now: Instant,
        link: LinkId,
        header: ChannelHeader,
        frame: FrameBytes,
    ) -> Result<(), Fault> {
        self.last_heard = now;
        let ChannelHeader::Video { display, epoch } = header else { return Err("it sent a stray frame") };
        let update = frame.update().map_err(|_| "it sent a malformed frame")?;
        if (update.display, update.epoch) != (display, epoch) {
            return Err("it sent a frame on another display's channel");
        }
        self.screens.received(display, link, &update, frame.len())?;
        self.stats.frames_received += 1;
        let bytes = u64::try_from(frame.len()).unwrap_or(0);
        self.stats.video_bytes = self.stats.video_bytes.saturating_add(bytes);
        self.events.push_back(ViewerEvent::Frame(frame));
        Ok(())
    }

    fn handle_message(&mut self, now: Instant, kind: ChannelKind, message: SessionMsg) -> Result<(), Fault> {
        self.last_heard = now;
        let active = self.state == State::Active;
        if !active {
            self.login.count_message()?;
        }
        match judge(&message, Role::Host, kind, active, Scopes::ALL) {
            Verdict::Act => self.act(now, message),
            Verdict::Drop | Verdict::Misplaced => {
                Err("it sent a message that is not its to send here and now")
            }
        }
    }

    /// Acts upon a message that the table allows.
    fn act(&mut self, now: Instant, message: SessionMsg) -> Result<(), Fault> {
        match message {
            SessionMsg::LoginMethods(methods) => self.take_methods(now, methods)?,
            SessionMsg::LoginShare { share } => self.take_share(&share)?,
            SessionMsg::LoginAccepted { tag, granted } => self.take_acceptance(now, &tag, granted)?,
            SessionMsg::LoginRefused { why, retry_after_s } => self.take_refusal(why, retry_after_s)?,
            SessionMsg::Permissions(granted) => {
                let before = core::mem::replace(&mut self.granted, granted);
                self.events.push_back(ViewerEvent::Permissions(granted));
                if !granted.has(Scope::Input) {
                    self.input.clear();
                }
                if granted.has(Scope::View) && !before.has(Scope::View) {
                    // The host forgot what was watched when it took the permission away.
                    self.send_watch();
                }
            }
            SessionMsg::Displays(displays) => {
                let there = |id: &DisplayId| displays.iter().any(|display| display.id == *id);
                let kept: Vec<_> = self.watched.iter().copied().filter(there).collect();
                for link in self.screens.keep(&kept) {
                    self.channels.close(link);
                }
                self.events.push_back(ViewerEvent::Displays(displays));
                if !kept.is_empty() {
                    // The host forgets a display that goes; saying again what is watched does no harm.
                    self.send_watch();
                }
            }
            SessionMsg::Ping { sent_us } => {
                self.send_control(&SessionMsg::Pong { sent_us, clock_us: now.as_micros() });
            }
            SessionMsg::Pong { sent_us, clock_us } => self.timing.pong(now, sent_us, clock_us),
            SessionMsg::Statistics(statistics) => self.events.push_back(ViewerEvent::Statistics(statistics)),
            SessionMsg::Path(bytes) => self.events.push_back(ViewerEvent::PathMessage(bytes)),
            SessionMsg::Goodbye { reason } => self.end(Ended::ByPeer { reason }),
            SessionMsg::CursorShape { id, shape } => {
                let shape = self.cursors.put(id, shape);
                self.events.push_back(ViewerEvent::CursorShape(shape));
            }
            SessionMsg::CursorCached { id } => {
                let shape = self.cursors.find(id).ok_or("it named a pointer it never sent")?;
                self.events.push_back(ViewerEvent::CursorShape(shape));
            }
            SessionMsg::CursorPosition(position) => {
                self.events.push_back(ViewerEvent::CursorPosition(position));
            }
            SessionMsg::Clipboard(text) => {
                if self.clipboard.received(&text) {
                    self.events.push_back(ViewerEvent::Clipboard(text));
                }
            }
            SessionMsg::Unknown(_) => self.stats.unknown = self.stats.unknown.saturating_add(1),
            SessionMsg::LoginStart { .. }
            | SessionMsg::LoginConfirm { .. }
            | SessionMsg::Watch(_)
            | SessionMsg::Resync { .. }
            | SessionMsg::FrameDone { .. }
            | SessionMsg::Input(_) => return Err("it sent a viewer's message"),
        }
        Ok(())
    }

    /// Does all that can be done now; called after everything that may have changed something.
    fn pump(&mut self) {
        if self.state != State::Active {
            return;
        }
        // While the channel is blocked only the latest acknowledgement of each display waits.
        if self.channels.is_idle(self.control) {
            while let Some(message) = self.screens.next_acknowledgement() {
                self.send_control(&message);
            }
        }
        let input = self.channels.find(ChannelKind::Input);
        if let Some(link) = input
            && self.channels.is_idle(link)
            && let Some(message) = self.input.next()
            && self.channels.send(link, &message).is_err()
        {
            return self.end(Ended::NotReading);
        }
        if let Some(link) = self.channels.find(ChannelKind::Clipboard)
            && self.channels.is_idle(link)
            && let Some(message) = self.clipboard.next()
            && self.channels.send(link, &message).is_err()
        {
            self.end(Ended::NotReading);
        }
    }

    fn send_ping(&mut self, now: Instant) {
        let Some(sent_us) = self.timing.ping(now) else { return };
        self.send_control(&SessionMsg::Ping { sent_us });
        if self.stats.frames_shown != self.told_frames {
            self.told_frames = self.stats.frames_shown;
            let figures = Statistics {
                frames: self.stats.frames_shown,
                video_bytes: self.stats.video_bytes,
                rtt_us: self.timing.rtt_us(),
                latency_us: self.stats.latency_us,
                worst_latency_us: core::mem::take(&mut self.stats.worst_latency_us),
                resyncs: 0,
            };
            self.send_control(&SessionMsg::Statistics(figures));
        }
    }
}

impl Machine for ViewerSession {
    type Event = ViewerEvent;

    fn handle_input(&mut self, now: Instant, input: Input<'_>) {
        let now = self.clock.tell(now);
        match input {
            Input::Accepted { listener: LinkId::TRANSPORT, link, .. } if self.state != State::Closed => {
                self.channels.accept(&input, link);
            }
            Input::Opened { link, .. } | Input::Blocked { link } | Input::Writable { link } => {
                self.channels.note(&input, link);
            }
            Input::Stream { link, data } => self.read(now, link, data),
            Input::Closed { link, reason } => {
                let header = self.channels.header(link);
                if self.channels.note(&input, link) && self.state != State::Closed {
                    match header {
                        Some(ChannelHeader::Control) => self.end(Ended::Lost(reason)),
                        Some(ChannelHeader::Video { display, .. }) => self.screens.ended(display, link),
                        Some(ChannelHeader::Input) => self.input.clear(),
                        Some(ChannelHeader::Clipboard | ChannelHeader::Cursor) | None => {}
                    }
                }
            }
            _ => {}
        }
        self.pump();
    }

    fn handle_timeout(&mut self, now: Instant) {
        let now = self.clock.tell(now);
        match self.state {
            State::Login => {
                if self.login.deadline().is_some_and(|at| at <= now) {
                    self.end(Ended::LoginTimedOut);
                }
            }
            State::Active => {
                if self.last_heard + self.limits.silence <= now {
                    self.end(Ended::Silent);
                } else {
                    self.send_ping(now);
                }
            }
            State::Closed => {}
        }
        self.pump();
    }

    fn poll_output(&mut self, now: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        self.clock.tell(now);
        self.channels.poll(buf).or_else(|| {
            // What was said since the last drain goes together: events of input, acknowledgements.
            self.pump();
            self.channels.poll(buf)
        })
    }

    fn poll_event(&mut self) -> Option<ViewerEvent> {
        self.events.pop_front()
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        match self.state {
            State::Login => self.login.deadline().map(|at| Deadline::new(at, "login")),
            State::Active => earliest([
                Some(Deadline::new(self.last_heard + self.limits.silence, "silence")),
                self.timing.next_ping().map(|at| Deadline::new(at, "ping")),
            ]),
            State::Closed => None,
        }
    }

    fn wants_input(&self, link: LinkId) -> bool {
        let video = matches!(self.channels.header(link), Some(ChannelHeader::Video { .. }));
        !video || self.screens.unshown_bytes() <= self.limits.unshown_bytes
    }
}
