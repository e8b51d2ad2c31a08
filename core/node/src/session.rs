//! A session of either role behind one name.

use alloc::boxed::Box;

use deskwire_machine::{Deadline, Input, Instant, LinkId, Machine, Output};
use deskwire_session::{HostEvent, HostSession, ViewerEvent, ViewerSession};

/// The session of a connection.
#[derive(Debug)]
pub(crate) enum Session {
    /// This device is controlled.
    Host(Box<HostSession>),
    /// This device controls.
    Viewer(Box<ViewerSession>),
}

/// What a session of either role tells.
pub(crate) enum SessionEvent {
    Host(HostEvent),
    Viewer(ViewerEvent),
}

impl Session {
    /// Hands over a message about paths; before the login is done it goes nowhere.
    pub(crate) fn send_path_message(&mut self, now: Instant, message: alloc::vec::Vec<u8>) {
        // A peer that cannot be told our candidates stays on the relay: nothing else is lost.
        let _ = match self {
            Self::Host(session) => session.send_path_message(now, message),
            Self::Viewer(session) => session.send_path_message(now, message),
        };
    }

    /// Ends it in order.
    pub(crate) fn close(&mut self, now: Instant, reason: &str) {
        match self {
            Self::Host(session) => session.close(now, reason),
            Self::Viewer(session) => session.close(now, reason),
        }
    }
}

impl Machine for Session {
    type Event = SessionEvent;

    fn handle_input(&mut self, now: Instant, input: Input<'_>) {
        match self {
            Self::Host(session) => session.handle_input(now, input),
            Self::Viewer(session) => session.handle_input(now, input),
        }
    }

    fn handle_timeout(&mut self, now: Instant) {
        match self {
            Self::Host(session) => session.handle_timeout(now),
            Self::Viewer(session) => session.handle_timeout(now),
        }
    }

    fn poll_output(&mut self, now: Instant, buf: &mut alloc::vec::Vec<u8>) -> Option<Output> {
        match self {
            Self::Host(session) => session.poll_output(now, buf),
            Self::Viewer(session) => session.poll_output(now, buf),
        }
    }

    fn poll_event(&mut self) -> Option<SessionEvent> {
        match self {
            Self::Host(session) => session.poll_event().map(SessionEvent::Host),
            Self::Viewer(session) => session.poll_event().map(SessionEvent::Viewer),
        }
    }

    fn poll_timeout(&self) -> Option<Deadline> {
        match self {
            Self::Host(session) => session.poll_timeout(),
            Self::Viewer(session) => session.poll_timeout(),
        }
    }

    fn wants_input(&self, link: LinkId) -> bool {
        match self {
            Self::Host(session) => session.wants_input(link),
            Self::Viewer(session) => session.wants_input(link),
        }
    }
}
