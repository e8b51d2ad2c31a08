//! The machine: input, time, output.

use alloc::vec::Vec;

use deskwire_machine::{Deadline, Input, Instant, LinkId, Machine, Output, earliest};
use deskwire_wire::session::{ChannelHeader, ChannelKind, SessionMsg, Statistics};

use super::{HostEvent, HostSession, State};
use crate::ended::Ended;

impl HostSession {
    /// Does all that can be done now; called after everything that may have changed something.
    pub(super) fn pump(&mut self, now: Instant) {
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

    pub(super) fn send_ping(&mut self, now: Instant) {
        let Some(sent_us) = self.timing.ping(now) else { return };
        self.send_control(&SessionMsg::Ping { sent_us });
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
            self.send_control(&SessionMsg::Statistics(figures));
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
            Input::Datagram { link: LinkId::TRANSPORT, data, .. } => self.take_datagram(now, data),
            Input::Closed { link, reason } => {
                let header = self.channels.header(link);
                if self.channels.note(&input, link) && self.state != State::Closed {
                    match header {
                        Some(ChannelHeader::Control) => self.end(Ended::Lost(reason)),
                        Some(ChannelHeader::Input) => self.release_input(),
                        Some(ChannelHeader::Video { .. }) => self.videos.lost(now, &mut self.channels, link),
                        Some(ChannelHeader::Clipboard)
                            if self.channels.find(ChannelKind::Clipboard).is_none() =>
                        {
                            self.clipboard.clear();
                        }
                        Some(ChannelHeader::Clipboard | ChannelHeader::Cursor) | None => {}
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
                if self.login.deadline() <= now && !self.nobody_answered(now) {
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
