//! What comes in: headers, messages and, for a viewer, frames.

use alloc::vec::Vec;

use deskwire_machine::{Instant, LinkId, StreamBuf, change};
use deskwire_wire::ids::{DisplayId, Role};
use deskwire_wire::screen::InputEvent;
use deskwire_wire::session::{ChannelHeader, ChannelKind, SessionMsg};
use deskwire_wire::sound::SoundKind;

use super::{HostEvent, HostSession, State};
use crate::channel::{Fault, Incoming};
use crate::ended::Ended;
use crate::table::{Verdict, judge};

impl HostSession {
    pub(super) fn read(&mut self, now: Instant, link: LinkId, data: &mut StreamBuf) {
        loop {
            if self.state == State::Closed {
                data.consume(data.len());
                return;
            }
            let handled = match self.channels.read(link, data, self.state == State::Active) {
                Ok(None) => return,
                Ok(Some(Incoming::Header(header))) => self.handle_header(link, header),
                Ok(Some(Incoming::Message(kind, message))) => self.handle_message(now, kind, message),
                Ok(Some(Incoming::Frame(..))) => Err("a viewer sent video"),
                Err(fault) => Err(fault),
            };
            if let Err(fault) = handled {
                self.end(Ended::Misbehaved(fault));
            }
        }
    }

    fn handle_header(&mut self, link: LinkId, header: ChannelHeader) -> Result<(), Fault> {
        // Only the clipboard can be closed and opened again, and the end of the old channel may come after the new one.
        let again = header.kind() != ChannelKind::Clipboard;
        if again && self.channels.find_except(link, header.kind()).is_some() {
            return Err("it opened a channel twice");
        }
        match (self.state, header.kind()) {
            (State::Waiting, ChannelKind::Control) => {
                self.control = Some(link);
                change(&mut self.state, State::Login);
                let methods = self.login.message();
                self.send_control(&methods);
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
            SessionMsg::LoginSecondFactor { code, trust } => self.take_factor(code, trust)?,
            SessionMsg::Watch(watched) => {
                let known = |id: &DisplayId| self.displays.iter().any(|display| display.id == *id);
                let watched: Vec<_> = watched.into_iter().filter(known).collect();
                self.videos.watch(&mut self.channels, &watched);
                match self.channels.find(ChannelKind::Cursor) {
                    None if !watched.is_empty() => {
                        if self.channels.open(ChannelHeader::Cursor).is_err() {
                            self.end(Ended::NotReading);
                        }
                        self.cursor.restart();
                    }
                    Some(link) if watched.is_empty() => self.channels.abandon(link),
                    _ => {}
                }
            }
            SessionMsg::VideoCodecs(codecs) => self.videos.codecs = codecs,
            SessionMsg::Recording(on) => self.events.push_back(HostEvent::Recording { on }),
            SessionMsg::Sound(wish) => self.take_wish(SoundKind::Sound, wish),
            SessionMsg::Voice(wish) => self.take_wish(SoundKind::Voice, wish),
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
                self.send_control(&pong);
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
            SessionMsg::LoginMethods { .. }
            | SessionMsg::LoginShare { .. }
            | SessionMsg::LoginSecondFactorWanted { .. }
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
}
