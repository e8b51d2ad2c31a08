//! The controlled side.

use alloc::collections::VecDeque;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::time::Duration;

use deskwire_identity::{PublicKey, Secret64};
use deskwire_machine::{Clock, Deadline, Input, Instant, LinkId, LinkIds, Machine, Output, Seed, earliest};
use deskwire_wire::ids::{DisplayId, Epoch, Role};
use deskwire_wire::picture::FrameUpdate;
use deskwire_wire::screen::{CursorPosition, CursorShape, Display, InputEvent};
use deskwire_wire::session::{
    ChannelHeader, ChannelKind, LoginMethod, LoginRefusal, MAX_CLIPBOARD, MAX_DISPLAYS, MAX_PATH_MESSAGE,
    Scope, Scopes, SessionMsg, Statistics,
};

use crate::channel::{Channels, Fault, Incoming};
use crate::clipboard::Clipboard;
use crate::cursor::CursorSender;
use crate::ended::{Ended, Rejected, cut_reason};
use crate::held::HeldInput;
use crate::table::{Verdict, judge};
use crate::timing::Timing;
use crate::{ChargeResult, Limits, OneTimeCode};

mod login;
mod video;

use login::HostLogin;
use video::Videos;

/// What a host session starts with.
#[derive(Clone, Debug)]
pub struct HostConfig {
    /// Its randomness.
    pub seed: Seed,
    /// Where channels get their ids from; the transport's.
    pub ids: LinkIds,
    /// Its bounds.
    pub limits: Limits,
    /// What the transport exported: both ends of one connection have the same, nobody else has it.
    pub exporter: Secret64,
    /// The viewer's identity, as the transport proved it.
    pub viewer_key: PublicKey,
    /// This host's identity.
    pub host_key: PublicKey,
    /// The one-time code; `None` while code logins are not offered.
    pub code: Option<OneTimeCode>,
    /// What a viewer may do once it is logged in.
    pub granted: Scopes,
}

/// Names one attempt to log in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Ticket(pub u64);

/// What a host session tells its owner.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum HostEvent {
    /// Charge an attempt, durably, and then call [`HostSession::attempt_charged`].
    ChargeAttempt {
        /// Which.
        ticket: Ticket,
        /// How the viewer wants to log in.
        method: LoginMethod,
    },
    /// The attempt succeeded: take its charge back.
    RefundAttempt {
        /// Which.
        ticket: Ticket,
    },
    /// An attempt failed; the viewer was told so.
    LoginRefused {
        /// Why.
        why: LoginRefusal,
    },
    /// The viewer is in.
    LoggedIn {
        /// What it may do.
        granted: Scopes,
    },
    /// A display can take a frame: capture when something changed (at once if `full`), then
    /// [`HostSession::send_frame`]. Told once for each frame that can go.
    FrameWanted {
        /// Which display.
        display: DisplayId,
        /// Goes into the frame.
        epoch: Epoch,
        /// Goes into the frame.
        sequence: u32,
        /// Whether it has to be the whole picture; so for the first frame of each epoch.
        full: bool,
    },
    /// The viewer shows this frame and all before it.
    FrameShown {
        /// Which display.
        display: DisplayId,
        /// Which run.
        epoch: Epoch,
        /// Which frame.
        sequence: u32,
        /// From reading the pixels to showing them, in microseconds; 0 if not known.
        latency_us: u32,
    },
    /// Play these events, in order.
    Input(Vec<InputEvent>),
    /// Put this text on the clipboard.
    Clipboard(String),
    /// A message about paths.
    PathMessage(Vec<u8>),
    /// The viewer's figures.
    Statistics(Statistics),
    /// The session is over; nothing follows. Held keys and buttons were released before.
    Closed {
        /// Why.
        reason: Ended,
    },
}

/// Figures of a host session.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct HostStats {
    /// Frames sent.
    pub frames: u64,
    /// Bytes of video sent.
    pub video_bytes: u64,
    /// Times a display's video started over.
    pub resyncs: u32,
    /// Shortest recent round trip, in microseconds; 0 before the first.
    pub rtt_us: u32,
    /// Messages dropped for want of a permission.
    pub not_permitted: u64,
    /// Input events not acted upon: over the rate, for displays that are not there, or releases of what is up.
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
    /// Until the viewer opened the control channel.
    Waiting,
    /// Until the login succeeded.
    Login,
    Active,
    Closed,
}

/// The controlled side of a session.
///
/// ```text
/// Waiting --control channel--> Login --right code--> Active --> Closed
///    \___________________________\_______________________________^
/// ```
#[derive(Debug)]
pub struct HostSession {
    clock: Clock,
    limits: Limits,
    state: State,
    channels: Channels,
    control: Option<LinkId>,
    login: HostLogin,
    granted: Scopes,
    displays: Vec<Display>,
    videos: Videos,
    cursor: CursorSender,
    clipboard: Clipboard,
    held: HeldInput,
    timing: Timing,
    last_heard: Instant,
    told: Statistics,
    stats: HostStats,
    events: VecDeque<HostEvent>,
}

impl HostSession {
    /// A session on a transport that was just established. The viewer opens the first channel.
    pub fn new(now: Instant, config: HostConfig) -> Self {
        let limits = config.limits.clone();
        Self {
            clock: Clock::new(now),
            state: State::Waiting,
            channels: Channels::new(config.ids.clone(), &limits),
            control: None,
            granted: config.granted,
            displays: Vec::new(),
            videos: Videos::new(&limits),
            cursor: CursorSender::default(),
            clipboard: Clipboard::default(),
            held: HeldInput::new(now, limits.input_rate, limits.input_burst, limits.held),
            timing: Timing::new(limits.ping_interval),
            last_heard: now,
            told: Statistics::default(),
            stats: HostStats::default(),
            events: VecDeque::new(),
            login: HostLogin::new(now, config),
            limits,
        }
    }

    /// The owner has (or has not) charged the attempt that [`HostEvent::ChargeAttempt`] named, durably.
    pub fn attempt_charged(&mut self, now: Instant, ticket: Ticket, result: ChargeResult) {
        let now = self.clock.tell(now);
        self.finish_charge(now, ticket, result);
        self.pump(now);
    }

    /// Shows another one-time code, or none.
    pub fn set_code(&mut self, now: Instant, code: Option<OneTimeCode>) {
        self.clock.tell(now);
        self.login.set_code(code);
    }

    /// What the viewer may do from now on; takes effect before the next message is looked at.
    pub fn set_permissions(&mut self, now: Instant, granted: Scopes) {
        let now = self.clock.tell(now);
        let before = core::mem::replace(&mut self.granted, granted);
        if self.state != State::Active || before == granted {
            return;
        }
        let lost = |scope| before.has(scope) && !granted.has(scope);
        if lost(Scope::Input) {
            self.release_input();
        }
        if lost(Scope::View) {
            self.stop_watching();
        }
        if lost(Scope::ClipboardOut) {
            self.clipboard.clear();
        }
        self.send_control(now, &SessionMsg::Permissions(granted));
        if granted.has(Scope::View) && !before.has(Scope::View) {
            self.send_displays(now);
        }
        self.pump(now);
    }

    /// What the viewer may do.
    pub const fn permissions(&self) -> Scopes {
        self.granted
    }

    /// Whether a viewer is logged in.
    pub fn is_active(&self) -> bool {
        self.state == State::Active
    }

    /// The displays there are (the first 16 count). A display whose place or size changed starts its video over.
    pub fn set_displays(&mut self, now: Instant, mut displays: Vec<Display>) {
        let now = self.clock.tell(now);
        displays.truncate(MAX_DISPLAYS);
        displays.retain(|display| display.area.size().is_allowed());
        if displays == self.displays {
            return;
        }
        for old in &self.displays {
            match displays.iter().find(|new| new.id == old.id) {
                None => self.videos.remove(&mut self.channels, old.id),
                Some(new) if new.area.size() != old.area.size() => {
                    self.videos.restart(now, &mut self.channels, old.id);
                }
                Some(_) => {}
            }
        }
        self.displays = displays;
        if self.state == State::Active && self.granted.has(Scope::View) {
            self.send_displays(now);
        }
        self.pump(now);
    }

    /// Whether a frame of `display` may be sent now.
    pub fn wants_frame(&self, display: DisplayId) -> bool {
        let now = self.clock.now();
        self.state == State::Active && self.videos.is_ready(now, &self.channels, display)
    }

    /// Sends a frame that was wanted. Its epoch and sequence are those of the last [`HostEvent::FrameWanted`].
    pub fn send_frame(&mut self, now: Instant, frame: &FrameUpdate<'_>) -> Result<(), Rejected> {
        let now = self.clock.tell(now);
        if self.state != State::Active {
            return Err(Rejected::NotActive);
        }
        let bytes = self.videos.send(now, &mut self.channels, frame)?;
        self.stats.frames += 1;
        self.stats.video_bytes = self.stats.video_bytes.saturating_add(u64::try_from(bytes).unwrap_or(0));
        self.pump(now);
        Ok(())
    }

    /// What the transport can take now without queueing (bytes), its round trip, and its bandwidth in bytes a second
    /// (0 = not known). Without this call frames are paced by acknowledgements alone.
    pub fn set_send_budget(&mut self, now: Instant, bytes: usize, rtt: Duration, bandwidth: u64) {
        let now = self.clock.tell(now);
        self.videos.pace.set(bytes, rtt, bandwidth);
        self.pump(now);
    }

    /// The pointer's picture changed. A picture that is larger than 256 pixels or malformed is refused.
    pub fn set_cursor_shape(&mut self, now: Instant, shape: CursorShape) -> Result<(), Rejected> {
        let now = self.clock.tell(now);
        if !shape.is_allowed() {
            return Err(Rejected::Invalid);
        }
        self.cursor.set_shape(shape);
        self.pump(now);
        Ok(())
    }

    /// The pointer moved. Only the latest position is ever sent.
    pub fn set_cursor_position(&mut self, now: Instant, position: CursorPosition) {
        let now = self.clock.tell(now);
        self.cursor.set_position(position);
        self.pump(now);
    }

    /// The host's clipboard changed. What just came from the viewer does not go back.
    pub fn send_clipboard(&mut self, now: Instant, text: String) -> Result<(), Rejected> {
        let now = self.clock.tell(now);
        if self.state != State::Active {
            return Err(Rejected::NotActive);
        }
        if !self.granted.has(Scope::ClipboardOut) {
            return Err(Rejected::NotPermitted);
        }
        if self.channels.find(ChannelKind::Clipboard).is_none() {
            return Err(Rejected::NotEnabled);
        }
        if text.len() > MAX_CLIPBOARD {
            return Err(Rejected::Invalid);
        }
        self.clipboard.changed(text);
        self.pump(now);
        Ok(())
    }

    /// Carries a message about paths to the viewer.
    pub fn send_path_message(&mut self, now: Instant, message: Vec<u8>) -> Result<(), Rejected> {
        let now = self.clock.tell(now);
        if self.state != State::Active {
            return Err(Rejected::NotActive);
        }
        if message.len() > MAX_PATH_MESSAGE {
            return Err(Rejected::Invalid);
        }
        self.send_control(now, &SessionMsg::Path(message));
        Ok(())
    }

    /// Ends the session in order; `reason` (cut at 256 bytes) is for people. Does nothing once it is over.
    pub fn close(&mut self, now: Instant, reason: &str) {
        self.clock.tell(now);
        self.end(Ended::Asked { reason: cut_reason(reason).to_string() });
    }

    /// Figures.
    pub fn stats(&self) -> HostStats {
        HostStats {
            resyncs: self.videos.resyncs,
            rtt_us: self.timing.rtt_us(),
            queued_bytes: self.channels.queued_bytes(),
            channels: self.channels.count(),
            ..self.stats
        }
    }

    fn set_state(&mut self, state: State) {
        self.state = state;
    }

    fn send_control(&mut self, now: Instant, message: &SessionMsg) {
        let _ = now;
        if self.state == State::Closed {
            return;
        }
        let sent = self.control.map(|link| self.channels.send(link, message));
        if sent.is_some_and(|sent| sent.is_err()) {
            self.end(Ended::NotReading);
        }
    }

    fn send_displays(&mut self, now: Instant) {
        self.send_control(now, &SessionMsg::Displays(self.displays.clone()));
    }

    fn release_input(&mut self) {
        let releases = self.held.release_all();
        if !releases.is_empty() {
            self.events.push_back(HostEvent::Input(releases));
        }
    }

    fn stop_watching(&mut self) {
        self.videos.stop(&mut self.channels);
        if let Some(link) = self.channels.find(ChannelKind::Cursor) {
            self.channels.abandon(link);
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
        if let (Some(reason), Some(link)) = (said, self.control) {
            let reason = cut_reason(&reason).to_string();
            let _ = self.channels.send(link, &SessionMsg::Goodbye { reason });
        }
        self.set_state(State::Closed);
        self.release_input();
        self.videos.stop(&mut self.channels);
        self.channels.close_all();
        self.control = None;
        self.events.push_back(HostEvent::Closed { reason });
    }

    fn read(&mut self, now: Instant, link: LinkId, data: &mut deskwire_machine::StreamBuf) {
        loop {
            if self.state == State::Closed {
                data.consume(data.len());
                return;
            }
            let handled = match self.channels.read(link, data, self.state == State::Active) {
                Ok(None) => return,
                Ok(Some(Incoming::Header(header))) => self.handle_header(now, link, header),
                Ok(Some(Incoming::Message(kind, message))) => self.handle_message(now, kind, message),
                Ok(Some(Incoming::Frame(..))) => Err("a viewer sent video"),
                Err(fault) => Err(fault),
            };
            if let Err(fault) = handled {
                self.end(Ended::Misbehaved(fault));
            }
        }
    }

    fn handle_header(&mut self, now: Instant, link: LinkId, header: ChannelHeader) -> Result<(), Fault> {
        // The header of this channel is known by now, so a second one of its kind shows as another link.
        if self.channels.find_except(link, header.kind()).is_some() {
            return Err("it opened a channel twice");
        }
        match (self.state, header.kind()) {
            (State::Waiting, ChannelKind::Control) => {
                self.control = Some(link);
                self.set_state(State::Login);
                let methods = self.login.methods();
                self.send_control(now, &SessionMsg::LoginMethods(methods));
                Ok(())
            }
            (State::Active, ChannelKind::Input) => Ok(()),
            (State::Active, ChannelKind::Clipboard) => {
                self.clipboard.clear();
                Ok(())
            }
            _ => Err("it opened a channel that is not its to open here and now"),
        }
    }

    fn handle_message(&mut self, now: Instant, kind: ChannelKind, message: SessionMsg) -> Result<(), Fault> {
        self.last_heard = now;
        let active = self.state == State::Active;
        if !active {
            self.login.count_message()?;
        }
        match judge(&message, Role::Viewer, kind, active, self.granted) {
            Verdict::Act => self.act(now, message),
            Verdict::Drop => {
                self.stats.not_permitted = self.stats.not_permitted.saturating_add(1);
                Ok(())
            }
            Verdict::Misplaced => Err("it sent a message that is not its to send here and now"),
        }
    }

    /// Acts upon a message that the table allows.
    fn act(&mut self, now: Instant, message: SessionMsg) -> Result<(), Fault> {
        match message {
            SessionMsg::LoginStart { method, share } => self.start_login(now, method, share)?,
            SessionMsg::LoginConfirm { tag } => self.confirm_login(now, &tag)?,
            SessionMsg::Watch(watched) => {
                let known = |id: &DisplayId| self.displays.iter().any(|display| display.id == *id);
                let watched: Vec<_> = watched.into_iter().filter(known).collect();
                self.videos.watch(&mut self.channels, &watched);
                match self.channels.find(ChannelKind::Cursor) {
                    None if !watched.is_empty() => {
                        self.channels.open(ChannelHeader::Cursor);
                        self.cursor.restart();
                    }
                    Some(link) if watched.is_empty() => self.channels.abandon(link),
                    _ => {}
                }
            }
            SessionMsg::Resync { display, epoch } => {
                self.videos.resync(now, &mut self.channels, display, epoch);
            }
            SessionMsg::FrameDone { display, epoch, sequence, latency_us } => {
                if self.videos.acknowledged(now, display, epoch, sequence) {
                    self.events.push_back(HostEvent::FrameShown { display, epoch, sequence, latency_us });
                }
            }
            SessionMsg::Ping { sent_us } => {
                let pong = SessionMsg::Pong { sent_us, clock_us: now.as_micros() };
                self.send_control(now, &pong);
            }
            SessionMsg::Pong { sent_us, clock_us } => self.timing.pong(now, sent_us, clock_us),
            SessionMsg::Statistics(statistics) => self.events.push_back(HostEvent::Statistics(statistics)),
            SessionMsg::Path(bytes) => self.events.push_back(HostEvent::PathMessage(bytes)),
            SessionMsg::Goodbye { reason } => self.end(Ended::ByPeer { reason }),
            SessionMsg::Input(events) => self.take_input(now, events),
            SessionMsg::Clipboard(text) => {
                if self.clipboard.received(&text) {
                    self.events.push_back(HostEvent::Clipboard(text));
                }
            }
            SessionMsg::Unknown(_) => self.stats.unknown = self.stats.unknown.saturating_add(1),
            SessionMsg::LoginMethods(_)
            | SessionMsg::LoginShare { .. }
            | SessionMsg::LoginAccepted { .. }
            | SessionMsg::LoginRefused { .. }
            | SessionMsg::Permissions(_)
            | SessionMsg::Displays(_)
            | SessionMsg::CursorShape { .. }
            | SessionMsg::CursorCached { .. }
            | SessionMsg::CursorPosition(_) => return Err("it sent a host's message"),
        }
        Ok(())
    }

    fn take_input(&mut self, now: Instant, mut events: Vec<InputEvent>) {
        let before = events.len();
        let displays = &self.displays;
        // A point outside its display is pulled to the edge; a display that is gone takes none.
        events.retain_mut(|event| match event {
            InputEvent::PointerMove { display, at } => {
                let found = displays.iter().find(|known| known.id == *display);
                found.is_some_and(|known| {
                    let edge = |len: u32| i32::try_from(len).unwrap_or(i32::MAX).saturating_sub(1);
                    at.x = at.x.clamp(0, edge(known.area.width));
                    at.y = at.y.clamp(0, edge(known.area.height));
                    true
                })
            }
            _ => true,
        });
        let gone = before - events.len();
        self.stats.input_dropped =
            self.stats.input_dropped.saturating_add(u64::try_from(gone).unwrap_or(u64::MAX));
        let refused = self.held.dropped();
        events.retain(|event| self.held.admit(now, event));
        self.stats.input_dropped =
            self.stats.input_dropped.saturating_add(self.held.dropped().saturating_sub(refused));
        if !events.is_empty() {
            self.events.push_back(HostEvent::Input(events));
        }
    }

    /// Does all that can be done now; called after everything that may have changed something.
    fn pump(&mut self, now: Instant) {
        if self.state != State::Active {
            return;
        }
        if let Some(link) = self.channels.find(ChannelKind::Cursor) {
            while self.channels.is_idle(link)
                && let Some(message) = self.cursor.next()
            {
                if self.channels.send(link, &message).is_err() {
                    return self.end(Ended::NotReading);
                }
            }
        }
        if let Some(link) = self.channels.find(ChannelKind::Clipboard)
            && self.channels.is_idle(link)
            && let Some(message) = self.clipboard.next()
            && self.channels.send(link, &message).is_err()
        {
            return self.end(Ended::NotReading);
        }
        self.videos.offer(now, &self.channels, &mut self.events);
    }

    fn send_ping(&mut self, now: Instant) {
        let Some(sent_us) = self.timing.ping(now) else { return };
        self.send_control(now, &SessionMsg::Ping { sent_us });
        let figures = Statistics {
            frames: self.stats.frames,
            video_bytes: self.stats.video_bytes,
            rtt_us: self.timing.rtt_us(),
            resyncs: self.videos.resyncs,
            ..Statistics::default()
        };
        // An idle screen says nothing.
        if (figures.frames, figures.resyncs) != (self.told.frames, self.told.resyncs) {
            self.told = figures;
            self.send_control(now, &SessionMsg::Statistics(figures));
        }
    }
}

impl Machine for HostSession {
    type Event = HostEvent;

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
                        Some(ChannelHeader::Input) => self.release_input(),
                        Some(ChannelHeader::Video { .. }) => self.videos.lost(now, &mut self.channels, link),
                        Some(ChannelHeader::Clipboard) => self.clipboard.clear(),
                        Some(ChannelHeader::Cursor) | None => {}
                    }
                }
            }
            _ => {}
        }
        self.pump(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        let now = self.clock.tell(now);
        match self.state {
            State::Waiting | State::Login => {
                if self.login.deadline() <= now {
                    self.end(Ended::LoginTimedOut);
                }
            }
            State::Active => {
                if self.last_heard + self.limits.silence <= now {
                    self.end(Ended::Silent);
                } else {
                    self.send_ping(now);
                    self.videos.handle_timeout(now, &mut self.channels);
                }
            }
            State::Closed => {}
        }
        self.pump(now);
    }

    fn poll_output(&mut self, now: Instant, buf: &mut Vec<u8>) -> Option<Output> {
        let now = self.clock.tell(now);
        let had_video = self.channels.video_bytes() > 0;
        let output = self.channels.poll(buf);
        // A frame that was just taken makes room for the next.
        if output.is_none() || had_video {
            self.pump(now);
            if output.is_none() {
                return self.channels.poll(buf);
            }
        }
        output
    }

    fn poll_event(&mut self) -> Option<HostEvent> {
        self.events.pop_front()
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        match self.state {
            State::Waiting | State::Login => Some(Deadline::new(self.login.deadline(), "login")),
            State::Active => earliest([
                Some(Deadline::new(self.last_heard + self.limits.silence, "silence")),
                self.timing.next_ping().map(|at| Deadline::new(at, "ping")),
                self.videos.deadline(self.clock.now()),
            ]),
            State::Closed => None,
        }
    }
}
