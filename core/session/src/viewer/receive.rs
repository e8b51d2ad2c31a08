//! What comes in: headers, messages and, for a viewer, frames.

use alloc::vec::Vec;

use deskwire_machine::{Instant, LinkId, StreamBuf};
use deskwire_wire::ids::{DisplayId, Role};
use deskwire_wire::session::{ChannelHeader, ChannelKind, Scope, Scopes, SessionMsg};
use deskwire_wire::video::FrameBytes;

use super::{State, ViewerEvent, ViewerSession};
use crate::channel::{Fault, Incoming};
use crate::ended::Ended;
use crate::table::{Verdict, judge};

impl ViewerSession {
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
            SessionMsg::LoginMethods { methods, password } => self.take_methods(now, methods, password)?,
            SessionMsg::LoginShare { share } => self.take_share(&share)?,
            SessionMsg::LoginSecondFactorWanted { tag } => self.take_factor_wish(tag.as_ref())?,
            SessionMsg::LoginAccepted { tag, granted } => {
                self.take_acceptance(now, tag.as_ref(), granted)?;
            }
            SessionMsg::LoginRefused { why, retry_after_s } => self.take_refusal(why, retry_after_s)?,
            SessionMsg::Permissions(granted) => {
                let before = core::mem::replace(&mut self.granted, granted);
                self.send_wishes(before);
                self.events.push_back(ViewerEvent::Permissions(granted));
                if !granted.has(Scope::Input) {
                    self.input.clear();
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
                    // The host forgets a display that goes, and all of them with the permission to see them (after
                    // which it tells the displays again); saying again what is watched does no harm.
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
            SessionMsg::Voice(wish) => self.take_wish(wish),
            SessionMsg::Clipboard(text) => {
                if self.clipboard.received(&text) {
                    self.events.push_back(ViewerEvent::Clipboard(text));
                }
            }
            SessionMsg::Unknown(_) => self.stats.unknown = self.stats.unknown.saturating_add(1),
            SessionMsg::LoginStart { .. }
            | SessionMsg::LoginConfirm { .. }
            | SessionMsg::LoginSecondFactor { .. }
            | SessionMsg::Watch(_)
            | SessionMsg::VideoCodecs(_)
            | SessionMsg::Recording(_)
            | SessionMsg::Sound(_)
            | SessionMsg::Resync { .. }
            | SessionMsg::FrameDone { .. }
            | SessionMsg::Input(_) => return Err("it sent a viewer's message"),
        }
        Ok(())
    }
}
