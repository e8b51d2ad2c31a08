//! The machine: input, time, output.

use alloc::vec::Vec;

use deskwire_machine::{Deadline, Input, Instant, LinkId, Machine, Output, earliest};
use deskwire_wire::session::{ChannelHeader, ChannelKind, SessionMsg, Statistics};

use super::{State, ViewerEvent, ViewerSession};
use crate::ended::Ended;

impl ViewerSession {
    /// Does all that can be done now; called after everything that may have changed something.
    pub(super) fn pump(&mut self) {
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

    pub(super) fn send_ping(&mut self, now: Instant) {
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
            Input::Datagram { link: LinkId::TRANSPORT, data, .. } => self.take_datagram(now, data),
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
