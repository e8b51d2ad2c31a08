//! The controlled side.

use alloc::collections::VecDeque;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::time::Duration;

use deskwire_identity::PublicKey;
use deskwire_machine::{Clock, Instant, LinkId, State as _, StateTable, change};
use deskwire_wire::ids::DisplayId;
use deskwire_wire::picture::FrameUpdate;
use deskwire_wire::screen::{CursorPosition, CursorShape, Display};
use deskwire_wire::session::{
    ChannelKind, LoginMethod, MAX_CLIPBOARD, MAX_DISPLAY_NAME, MAX_DISPLAYS, MAX_PATH_MESSAGE, Scope, Scopes,
    SessionMsg, Statistics,
};
use deskwire_wire::sound::SoundKind;

use crate::channel::Channels;
use crate::clipboard::Clipboard;
use crate::cursor::CursorSender;
use crate::ended::{Ended, Rejected, cut_reason};
use crate::held::HeldInput;
use crate::sound::{Sounds, scope_of};
use crate::timing::Timing;
use crate::{ChargeResult, Limits, LoginOffer};

mod api;
mod login;
mod receive;
mod sound;
mod turn;
mod video;

pub use api::{FramePace, HostConfig, HostEvent, HostStats, SecondFactorResult, Ticket};
use login::HostLogin;
use video::Videos;

/// For [`crate::STATES`].
pub(crate) const STATES: StateTable = State::TABLE;

deskwire_machine::states! {
    "session, host";
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    enum State {
        /// Until the viewer opened the control channel.
        Waiting => [Login, Closed],
        /// Until the login succeeded.
        Login => [Active, Closed],
        /// Frames, input and everything else.
        Active => [Closed],
        /// It is over.
        Closed => [],
    }
}

/// The controlled side of a session. Its states: `spec/src/states.md`.
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
    sounds: Sounds,
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
            granted: Scopes::NONE,
            displays: Vec::new(),
            videos: Videos::new(&limits),
            cursor: CursorSender::default(),
            clipboard: Clipboard::default(),
            held: HeldInput::new(now, limits.input_rate, limits.input_burst, limits.held),
            sounds: Sounds::default(),
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

    /// Somebody at the host answered [`HostEvent::ApprovalWanted`].
    pub fn approve(&mut self, now: Instant, ticket: Ticket, allowed: bool) {
        let now = self.clock.tell(now);
        self.finish_approval(now, ticket, allowed);
        self.pump(now);
    }

    /// The owner has looked at the second factor that [`HostEvent::SecondFactor`] named, durably.
    pub fn second_factor_checked(&mut self, now: Instant, ticket: Ticket, result: SecondFactorResult) {
        let now = self.clock.tell(now);
        self.finish_factor(now, ticket, result);
        self.pump(now);
    }

    /// What logins succeed from now on, and what they give: another code, another password. The viewer was told before
    /// which methods there are, so a method more helps it at its next connection only. A viewer that is in keeps what it
    /// may do, unless what its way of logging in gives has changed.
    pub fn set_login(&mut self, now: Instant, offer: LoginOffer) {
        let now = self.clock.tell(now);
        let before = core::mem::replace(&mut self.login.offer, offer);
        if let Some(method) = self.login.method {
            let granted = self.login.offer.grants.of(method);
            if granted != before.grants.of(method) {
                self.set_permissions(now, granted);
            }
        }
    }

    /// The viewer's identity key.
    pub const fn viewer_key(&self) -> &PublicKey {
        &self.login.viewer_key
    }

    /// How the viewer logged in; `None` before it did.
    pub const fn method(&self) -> Option<LoginMethod> {
        self.login.method
    }

    /// What a viewer that is logged in may do from now on; takes effect before the next message is looked at.
    pub fn set_permissions(&mut self, now: Instant, granted: Scopes) {
        let now = self.clock.tell(now);
        if self.state != State::Active {
            return;
        }
        let before = core::mem::replace(&mut self.granted, granted);
        if before == granted {
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
        for kind in SoundKind::ALL {
            if lost(scope_of(kind)) {
                self.take_wish(kind, None);
            }
        }
        self.send_control(&SessionMsg::Permissions(granted));
        if granted.has(Scope::Voice) && !before.has(Scope::Voice) {
            self.send_voice_wish();
        }
        if granted.has(Scope::View) && !before.has(Scope::View) {
            self.send_displays();
        }
        self.pump(now);
    }

    /// What the viewer may do; nothing before it is logged in.
    pub const fn permissions(&self) -> Scopes {
        self.granted
    }

    /// Whether a viewer is logged in.
    pub fn is_active(&self) -> bool {
        self.state == State::Active
    }

    /// The displays there are (the first 16 count; names are cut at 64 bytes). A display whose place or size changed starts its video over.
    pub fn set_displays(&mut self, now: Instant, mut displays: Vec<Display>) {
        let now = self.clock.tell(now);
        displays.truncate(MAX_DISPLAYS);
        for display in &mut displays {
            display.name.truncate(display.name.floor_char_boundary(MAX_DISPLAY_NAME));
        }
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
            self.send_displays();
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
    pub fn stats(&self) -> HostStats {
        HostStats {
            resyncs: self.videos.resyncs,
            rtt_us: self.timing.rtt_us(),
            queued_bytes: self.channels.queued_bytes(),
            channels: self.channels.count(),
            dropped: self.channels.dropped(),
            ..self.stats
        }
    }

    fn send_control(&mut self, message: &SessionMsg) {
        if self.state == State::Closed {
            return;
        }
        let sent = self.control.map(|link| self.channels.send(link, message));
        if sent.is_some_and(|sent| sent.is_err()) {
            self.end(Ended::NotReading);
        }
    }

    fn send_displays(&mut self) {
        self.send_control(&SessionMsg::Displays(self.displays.clone()));
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
        change(&mut self.state, State::Closed);
        self.release_input();
        self.videos.stop(&mut self.channels);
        self.channels.close_all();
        self.control = None;
        self.events.push_back(HostEvent::Closed { reason });
    }
}
