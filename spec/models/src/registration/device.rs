//! A device: `client/registration.rs`.

use super::{Action, Certificate, Handle, Id, Key, Message, Reason, State};

/// How far the registration of a device is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Phase {
    /// Refused for good.
    Off,
    /// To be stated.
    Needed,
    /// Stated; the answer is awaited.
    Sent,
    /// Confirmed.
    Done,
}

/// A device.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Device {
    /// Whether it takes part yet.
    pub exists: bool,
    /// How far it is.
    pub phase: Phase,
    /// Its id.
    pub id: Option<Id>,
    /// Its certificate.
    pub certificate: Option<Certificate>,
    /// The epoch of its last statement; on disk before it is used.
    pub epoch: u8,
    /// Its session with the server.
    pub session: Option<u8>,
    /// How many it had.
    pub sessions: u8,
    /// Whether it has a rotation record of the old key.
    pub rotation: bool,
}

impl Device {
    /// A device without an id.
    pub const fn new() -> Self {
        Self {
            exists: true,
            phase: Phase::Needed,
            id: None,
            certificate: None,
            epoch: 0,
            session: None,
            sessions: 0,
            rotation: false,
        }
    }

    pub(super) fn actions(&self, key: Key, state: &State, actions: &mut Vec<Action>) {
        let Some(session) = self.session else {
            if self.phase != Phase::Off {
                actions.push(Action::Greet(key));
            }
            return;
        };
        let known = state.server.sessions.get(&Handle(key, session));
        match self.phase {
            Phase::Needed => actions.push(Action::State(key)),
            // Needless repeats are what messages that arrive twice stand for.
            Phase::Sent if !state.is_under_way(Handle(key, session)) => actions.push(Action::Repeat(key)),
            // Unknown sessions are answered with `Stale`, and beats of sessions without a device not at all.
            Phase::Done if known.is_none_or(|s| s.device.is_none()) => {
                actions.push(Action::BeatIntoNothing(key));
            }
            Phase::Sent | Phase::Done | Phase::Off => {}
        }
        if state.faults.moves > 0 && self.phase != Phase::Off {
            actions.push(Action::Move(key));
        }
    }

    const fn statement(&self, key: Key, session: u8) -> Message {
        Message::Register {
            session: Handle(key, session),
            id: self.id,
            certificate: self.certificate,
            epoch: self.epoch,
            rotation: self.rotation,
        }
    }

    pub(super) fn restart_session(&mut self) {
        self.session = None;
        if self.phase != Phase::Off {
            self.phase = Phase::Needed;
        }
    }

    /// Takes an answer; gives whether it was awaited.
    pub(super) fn handle_registered(&mut self, session: Handle, epoch: u8, certificate: Certificate) -> bool {
        let awaited = self.awaits(session, epoch);
        if awaited {
            self.phase = Phase::Done;
            self.id = Some(certificate.id);
            self.certificate = Some(certificate);
            self.rotation = false;
        }
        awaited
    }

    pub(super) fn handle_refused(&mut self, session: Handle, epoch: u8, reason: Reason) {
        if !self.awaits(session, epoch) {
            return;
        }
        match reason {
            Reason::Epoch(last) => {
                self.epoch = self.epoch.max(last);
                self.phase = Phase::Needed;
            }
            Reason::NotOwner | Reason::Revoked => {
                self.phase = Phase::Off;
                self.session = None;
            }
            Reason::Store => self.phase = Phase::Needed,
        }
    }

    fn awaits(&self, session: Handle, epoch: u8) -> bool {
        self.phase == Phase::Sent && self.session == Some(session.1) && self.epoch == epoch
    }
}

impl Default for Device {
    fn default() -> Self {
        Self::new()
    }
}

impl State {
    /// Whether a session has a statement or an answer under way, or at the store.
    fn is_under_way(&self, session: Handle) -> bool {
        self.network.iter().any(|message| message.session() == session)
            || self.server.sessions.get(&session).is_some_and(|session| session.pending.is_some())
    }

    pub(super) fn greet(&mut self, key: Key) {
        let device = &mut self.devices[usize::from(key)];
        device.sessions += 1;
        device.session = Some(device.sessions);
        self.server.sessions.insert(Handle(key, device.sessions), super::Session::default());
    }

    pub(super) fn state_registration(&mut self, key: Key) {
        let device = &mut self.devices[usize::from(key)];
        device.epoch += 1;
        device.phase = Phase::Sent;
        self.repeat(key);
    }

    pub(super) fn repeat(&mut self, key: Key) {
        let device = self.devices[usize::from(key)];
        if let Some(session) = device.session {
            self.send(device.statement(key, session));
        }
    }
}
