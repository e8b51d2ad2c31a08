//! The machine: whose turn it is, and what has come of it.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::fmt;

use deskwire_identity::{PublicKey, Secret64};
use deskwire_machine::{State as _, StateTable, change, change_with};
use deskwire_wire::ids::DeviceId;

use crate::config::{HostConfig, ViewerConfig};
use crate::message::{Assembler, Message, Received};
use crate::{HandshakeError, host, viewer};

/// An encryption level of QUIC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// Before any exchange (M1 to M3).
    Initial,
    /// After M3 (M4 and M5).
    Handshake,
    /// After M5: everything else.
    Application,
}

/// A secret per direction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Secrets {
    /// Viewer to host.
    pub a2b: Secret64,
    /// Host to viewer.
    pub b2a: Secret64,
}

/// What the owner does next, in this order.
#[derive(Clone, PartialEq, Eq, Debug)]
#[must_use]
pub enum Step {
    /// Send these handshake bytes at this level.
    Send {
        /// The level.
        level: Level,
        /// A whole message.
        bytes: Vec<u8>,
    },
    /// Install these keys. Those of [`Level::Application`] come only after the peer has confirmed the whole handshake.
    Keys {
        /// The level.
        level: Level,
        /// Its secrets.
        secrets: Secrets,
    },
    /// The handshake is done.
    Established(Established),
}

/// What a finished handshake proved and gave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Established {
    /// The peer's identity key: the peer has shown that it has the secret half.
    pub peer_key: PublicKey,
    /// The id that the host says it has (always `None` on the host's side). It is the dialled one if one was dialled;
    /// otherwise only a server's certificate proves it.
    pub peer_id: Option<DeviceId>,
    /// The peer's QUIC transport parameters.
    pub peer_transport_parameters: Vec<u8>,
    /// Both sides have the same one and nobody else: login, punch keys and session ids come from it.
    pub exporter: Secret64,
    /// For a later session between the same two.
    pub resumption: Secret64,
}

/// One side of one handshake.
///
/// Viewer: sends M1; after M2 sends M3 and gives handshake keys; after M4 sends M5, gives application keys and is
/// established. Host: after M1 sends M2; after M3 gives handshake keys and sends M4; after M5 gives application keys and
/// is established.
pub struct Handshake {
    state: State,
    assembler: Assembler,
    steps: VecDeque<Step>,
}

/// For [`crate::STATES`].
pub(crate) const STATES: StateTable = State::TABLE;

deskwire_machine::states! {
    "key handshake";
    pub(crate) enum State {
        /// Viewer: M2 is due.
        ViewerSentM1(Box<viewer::SentM1>) => [ViewerSentM3, Failed],
        /// Viewer: M4 is due.
        ViewerSentM3(Box<viewer::SentM3>) => [Established, Failed],
        /// Host: M1 is due.
        HostWaiting(Box<host::Waiting>) => [HostSentM2, Failed],
        /// Host: M3 is due.
        HostSentM2(Box<host::SentM2>) => [HostSentM4, Failed],
        /// Host: M5 is due.
        HostSentM4(Box<host::SentM4>) => [Established, Failed],
        /// Both sides have the keys; with the peer's transport parameters.
        Established(Vec<u8>) => [Failed],
        /// A message was wrong, and why.
        Failed(HandshakeError) => [],
    }
}

impl Handshake {
    /// The dialling side; M1 is there to be polled. A configuration that makes no sense gives a machine that is dead
    /// from the start (see [`Handshake::error`]).
    pub fn viewer(config: ViewerConfig) -> Self {
        match viewer::SentM1::start(config) {
            Ok((state, m1)) => Self::new(State::ViewerSentM1(Box::new(state)), Some(m1)),
            Err(error) => Self::new(State::Failed(error), None),
        }
    }

    /// The dialled side. A configuration that makes no sense gives a machine that is dead from the start.
    pub fn host(config: HostConfig) -> Self {
        match host::Waiting::start(config) {
            Ok(state) => Self::new(State::HostWaiting(Box::new(state)), None),
            Err(error) => Self::new(State::Failed(error), None),
        }
    }

    fn new(state: State, step: Option<Step>) -> Self {
        Self { state, assembler: Assembler::default(), steps: step.into_iter().collect() }
    }

    /// Takes handshake bytes that came at `level`, in order, in fragments of any size.
    ///
    /// # Errors
    /// [`HandshakeError`] says why the handshake is over. Steps that were not polled yet are gone, and every later call
    /// gives the same error.
    pub fn read(&mut self, level: Level, fragment: &[u8]) -> Result<(), HandshakeError> {
        let result = self.take(level, fragment).and_then(|message| match message {
            Some(message) => self.advance(&message),
            None => Ok(()),
        });
        if let Err(error) = result {
            if self.error().is_none() {
                change(&mut self.state, State::Failed(error));
            }
            self.steps.clear();
            self.assembler = Assembler::default();
        }
        result
    }

    /// The message that is due, once it is whole.
    fn take(&mut self, level: Level, fragment: &[u8]) -> Result<Option<Received>, HandshakeError> {
        let due = match &self.state {
            State::Failed(error) => return Err(*error),
            _ if fragment.is_empty() => return Ok(None),
            State::Established(_) => return Err(HandshakeError::AfterEnd),
            State::HostWaiting(_) => Message::M1,
            State::ViewerSentM1(_) => Message::M2,
            State::HostSentM2(_) => Message::M3,
            State::ViewerSentM3(_) => Message::M4,
            State::HostSentM4(_) => Message::M5,
        };
        if level != due.level() {
            return Err(HandshakeError::WrongLevel { expected: due, got: level });
        }
        self.assembler.push(due, fragment)
    }

    /// Takes the message that is due.
    fn advance(&mut self, message: &Received) -> Result<(), HandshakeError> {
        let Self { state, steps, .. } = self;
        change_with(state, State::Failed(HandshakeError::AfterEnd), |state| {
            state.read(message, steps).unwrap_or_else(State::Failed)
        });
        self.error().map_or(Ok(()), Err)
    }

    /// The next thing to do, to be called until `None` after creation and after every [`Handshake::read`].
    pub fn poll(&mut self) -> Option<Step> {
        self.steps.pop_front()
    }

    /// Whether the peer has confirmed the whole handshake.
    pub const fn is_established(&self) -> bool {
        matches!(self.state, State::Established(_))
    }

    /// Why the handshake is over, if it failed.
    pub const fn error(&self) -> Option<HandshakeError> {
        match self.state {
            State::Failed(error) => Some(error),
            _ => None,
        }
    }

    /// The peer's QUIC transport parameters, as soon as a signature over them was checked: after M2 at the viewer, after
    /// M3 at the host.
    pub fn peer_transport_parameters(&self) -> Option<&[u8]> {
        match &self.state {
            State::ViewerSentM3(state) => Some(state.transport_parameters()),
            State::HostSentM4(state) => Some(state.transport_parameters()),
            State::Established(parameters) => Some(parameters),
            State::ViewerSentM1(_) | State::HostWaiting(_) | State::HostSentM2(_) | State::Failed(_) => None,
        }
    }
}

impl State {
    /// The state after the message that is due, and what is to be done.
    fn read(self, message: &Received, steps: &mut VecDeque<Step>) -> Result<Self, HandshakeError> {
        let send = |level, bytes| Step::Send { level, bytes };
        let keys = |secrets| Step::Keys { level: Level::Handshake, secrets };
        Ok(match self {
            Self::HostWaiting(state) => {
                let (state, m2) = state.read_m1(message)?;
                steps.push_back(send(Level::Initial, m2));
                Self::HostSentM2(Box::new(state))
            }
            Self::ViewerSentM1(state) => {
                let (state, m3, secrets) = state.read_m2(message)?;
                steps.extend([send(Level::Initial, m3), keys(secrets)]);
                Self::ViewerSentM3(Box::new(state))
            }
            Self::HostSentM2(state) => {
                let (state, secrets, m4) = state.read_m3(message)?;
                steps.extend([keys(secrets), send(Level::Handshake, m4)]);
                Self::HostSentM4(Box::new(state))
            }
            Self::ViewerSentM3(state) => {
                let (m5, secrets, established) = state.read_m4(message)?;
                steps.push_back(send(Level::Handshake, m5));
                Self::establish(secrets, established, steps)
            }
            Self::HostSentM4(state) => {
                let (secrets, established) = state.read_m5(message)?;
                Self::establish(secrets, established, steps)
            }
            over @ (Self::Established(_) | Self::Failed(_)) => over,
        })
    }

    fn establish(secrets: Secrets, established: Established, steps: &mut VecDeque<Step>) -> Self {
        let parameters = established.peer_transport_parameters.clone();
        steps.extend([Step::Keys { level: Level::Application, secrets }, Step::Established(established)]);
        Self::Established(parameters)
    }
}

impl fmt::Debug for Handshake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::ViewerSentM1(_) => "viewer sent M1",
            State::ViewerSentM3(_) => "viewer sent M3",
            State::HostWaiting(_) => "host waits for M1",
            State::HostSentM2(_) => "host sent M2",
            State::HostSentM4(_) => "host sent M4",
            State::Established(_) => "established",
            State::Failed(error) => return write!(f, "Handshake(failed: {error})"),
        };
        write!(f, "Handshake({state})")
    }
}
