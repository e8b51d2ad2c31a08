//! The controlling side.

use alloc::collections::VecDeque;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use deskwire_machine::{Clock, Instant, LinkId, State as _, StateTable, change};
use deskwire_wire::ids::{DisplayId, Epoch};
use deskwire_wire::screen::InputEvent;
use deskwire_wire::session::{
    ChannelHeader, ChannelKind, MAX_CLIPBOARD, MAX_DISPLAYS, MAX_PATH_MESSAGE, Scope, Scopes, SessionMsg,
    VideoCodecs,
};

use crate::Limits;
use crate::channel::Channels;
use crate::clipboard::Clipboard;
use crate::cursor::CursorCache;
use crate::ended::{Ended, Rejected, cut_reason};
use crate::sound::Sounds;
use crate::timing::Timing;

mod api;
mod input;
mod login;
mod receive;
mod sound;
mod turn;
mod video;

pub use api::{ViewerConfig, ViewerEvent, ViewerStats};
use input::InputQueue;
pub use login::Credential;
use login::ViewerLogin;
use video::Screens;

/// For [`crate::STATES`].
pub(crate) const STATES: StateTable = State::TABLE;

deskwire_machine::states! {
    "session, viewer";
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    enum State {
        /// Until both sides proved that they know the code.
        Login => [Active, Closed],
        /// Frames, input and everything else.
        Active => [Closed],
        /// It is over.
        Closed => [],
    }
}

/// The controlling side of a session. Its states: `spec/src/states.md`.
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
    codecs: VideoCodecs,
    screens: Screens,
    cursors: CursorCache,
    input: InputQueue,
    clipboard: Clipboard,
    sounds: Sounds,
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
        let control = channels.open(ChannelHeader::Control).expect("an empty queue has room for a header");
        Self {
            clock: Clock::new(now),
            state: State::Login,
            channels,
            control,
            granted: Scopes::NONE,
            watched: Vec::new(),
            codecs: VideoCodecs::NONE,
            screens: Screens::default(),
            cursors: CursorCache::default(),
            input: InputQueue::new(limits.input_queue),
            clipboard: Clipboard::default(),
            sounds: Sounds::default(),
            timing: Timing::new(limits.ping_interval),
            last_heard: now,
            told_frames: 0,
            stats: ViewerStats::default(),
            events: VecDeque::new(),
            login: ViewerLogin::new(now, config),
            limits,
        }
    }

    /// Tries to log in. A credential given before the host said what it offers waits for that, and is used if its method
    /// is offered. [`Rejected::NotNow`] while another try is under way, [`Rejected::NotActive`] once logged in or over.
    pub fn log_in(&mut self, now: Instant, credential: Credential) -> Result<(), Rejected> {
        let now = self.clock.tell(now);
        self.start_login(now, credential)
    }

    /// Answers [`ViewerEvent::SecondFactorWanted`]: six digits (RFC 6238), or a recovery code; `trust` asks the host not to
    /// want it from this viewer again.
    pub fn second_factor(&mut self, now: Instant, code: &str, trust: bool) -> Result<(), Rejected> {
        let now = self.clock.tell(now);
        self.send_factor(now, code, trust)
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

    /// Says which video codecs can be shown: none unless told. Kept while viewing is not permitted.
    pub fn set_video_codecs(&mut self, now: Instant, codecs: VideoCodecs) {
        self.clock.tell(now);
        self.codecs = codecs;
        if !self.watched.is_empty() {
            self.send_watch();
        }
    }

    /// Tells the host that this side records what it is shown, or does no more. Nothing is told while that is not
    /// permitted.
    pub fn announce_recording(&mut self, now: Instant, on: bool) {
        self.clock.tell(now);
        if self.state == State::Active && self.granted.has(Scope::Recording) {
            self.send_control(&SessionMsg::Recording(on));
        }
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
                if self.channels.open(ChannelHeader::Clipboard).is_err() {
                    self.end(Ended::NotReading);
                }
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
            dropped: self.channels.dropped(),
            ..self.stats
        }
    }

    fn send_control(&mut self, message: &SessionMsg) {
        if self.state != State::Closed && self.channels.send(self.control, message).is_err() {
            self.end(Ended::NotReading);
        }
    }

    fn send_watch(&mut self) {
        if self.state == State::Active && self.granted.has(Scope::View) {
            if self.codecs != VideoCodecs::NONE {
                // Before what is watched, so that it holds for the first frame.
                self.send_control(&SessionMsg::VideoCodecs(self.codecs));
            }
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
        change(&mut self.state, State::Closed);
        self.channels.close_all();
        self.screens = Screens::default();
        self.cursors.clear();
        self.events.push_back(ViewerEvent::Closed { reason });
    }
}
