//! Two sides, and what came out of them.

use deskwire_handshake::{
    Established, Handshake, HandshakeError, HostConfig, Level, Message, Secret, Secrets, Step, ViewerConfig,
};
use deskwire_identity::IdentityKey;
use deskwire_machine::Seed;
use deskwire_wire::ids::{DeviceId, IntroductionId};

pub(crate) const MESSAGES: [Message; 5] = [Message::M1, Message::M2, Message::M3, Message::M4, Message::M5];

pub(crate) fn viewer_key() -> IdentityKey {
    IdentityKey::from_bytes(&[0xa1; 32])
}

pub(crate) fn host_key() -> IdentityKey {
    IdentityKey::from_bytes(&[0xb1; 32])
}

pub(crate) fn host_id() -> DeviceId {
    DeviceId::from_number(12_345_678_901)
}

/// The viewer of an introduced session; runs differ in their randomness only.
pub(crate) fn viewer_config(run: u64) -> ViewerConfig {
    ViewerConfig {
        target: Some(host_id()),
        expected_host_key: Some(host_key().public()),
        server_fingerprint: Some([0x51; 32]),
        introduction: Some(IntroductionId([0x52; 32])),
        introduction_secret: Some(Secret::new([0x53; 32])),
        identity: viewer_key(),
        transport_parameters: b"transport parameters of the viewer".to_vec(),
        seed: Seed::new([1; 32]).derive_indexed("viewer", run),
    }
}

/// The host of an introduced session.
pub(crate) fn host_config(run: u64) -> HostConfig {
    HostConfig {
        id: Some(host_id()),
        server_fingerprint: Some([0x51; 32]),
        introduction: Some(IntroductionId([0x52; 32])),
        introduction_secret: Some(Secret::new([0x53; 32])),
        identity: host_key(),
        transport_parameters: b"transport parameters of the host".to_vec(),
        seed: Seed::new([1; 32]).derive_indexed("host", run),
    }
}

/// A machine with all that it ever said.
pub(crate) struct Side {
    pub(crate) machine: Handshake,
    pub(crate) sent: Vec<(Level, Vec<u8>)>,
    pub(crate) keys: Vec<(Level, Secrets)>,
    pub(crate) established: Option<Established>,
}

impl Side {
    pub(crate) fn viewer(config: ViewerConfig) -> Self {
        Self::new(Handshake::viewer(config))
    }

    pub(crate) fn host(config: HostConfig) -> Self {
        Self::new(Handshake::host(config))
    }

    fn new(machine: Handshake) -> Self {
        let mut side = Self { machine, sent: vec![], keys: vec![], established: None };
        side.drain();
        side
    }

    /// Takes all steps and holds them to their order.
    fn drain(&mut self) {
        while let Some(step) = self.machine.poll() {
            assert!(self.established.is_none(), "nothing comes after the end");
            match step {
                Step::Send { level, bytes } => {
                    assert!(self.keys.iter().all(|(l, _)| *l != Level::Application));
                    self.sent.push((level, bytes));
                }
                Step::Keys { level, secrets } => {
                    assert!(self.keys.iter().all(|(l, _)| *l < level), "levels only go up");
                    assert_eq!(level == Level::Application, self.machine.is_established());
                    self.keys.push((level, secrets));
                }
                Step::Established(established) => {
                    assert!(self.machine.is_established());
                    assert_eq!(self.keys.last().map(|(l, _)| *l), Some(Level::Application));
                    self.established = Some(established);
                }
            }
        }
        assert_eq!(self.established.is_some(), self.keys.iter().any(|(l, _)| *l == Level::Application));
    }

    pub(crate) fn read(&mut self, level: Level, bytes: &[u8]) -> Result<(), HandshakeError> {
        let result = self.machine.read(level, bytes);
        if let Err(error) = result {
            assert!(self.machine.poll().is_none(), "a dead machine is silent");
            assert!(!self.machine.is_established());
            assert_eq!(self.machine.error(), Some(error));
            assert_eq!(self.machine.read(Level::Initial, b"again"), Err(error));
            assert_eq!(self.machine.peer_transport_parameters(), None);
        }
        self.drain();
        result
    }

    /// Reads a message at the level it belongs to.
    pub(crate) fn take(&mut self, message: Message, bytes: &[u8]) -> Result<(), HandshakeError> {
        self.read(message.level(), bytes)
    }

    pub(crate) fn last(&self) -> Vec<u8> {
        self.sent.last().map(|(_, bytes)| bytes.clone()).unwrap_or_default()
    }
}

/// Passes messages back and forth until nobody says anything new; `change` may alter each of them on its way.
pub(crate) fn converse(
    viewer: &mut Side,
    host: &mut Side,
    mut change: impl FnMut(Message, &mut Vec<u8>),
) -> Result<(), HandshakeError> {
    let (mut from_viewer, mut from_host) = (0, 0);
    loop {
        let turn = if let Some((level, bytes)) = viewer.sent.get(from_viewer).cloned() {
            from_viewer += 1;
            Some((level, bytes, true))
        } else if let Some((level, bytes)) = host.sent.get(from_host).cloned() {
            from_host += 1;
            Some((level, bytes, false))
        } else {
            None
        };
        let Some((level, mut bytes, to_host)) = turn else { return Ok(()) };
        let message = MESSAGES[usize::from(bytes[0]) - 1];
        change(message, &mut bytes);
        if to_host { host.read(level, &bytes)? } else { viewer.read(level, &bytes)? }
    }
}

/// An honest run: both sides and the five messages.
pub(crate) fn honest(run: u64) -> (Side, Side, [Vec<u8>; 5]) {
    let (mut viewer, mut host) = (Side::viewer(viewer_config(run)), Side::host(host_config(run)));
    let mut messages: [Vec<u8>; 5] = Default::default();
    converse(&mut viewer, &mut host, |message, bytes| messages[message as usize - 1] = bytes.clone())
        .expect("an honest run over a network that changes nothing");
    assert!(viewer.established.is_some() && host.established.is_some());
    (viewer, host, messages)
}

/// The side that reads `message` in a run, brought to where that message is due.
pub(crate) fn before(message: Message, run: u64, messages: &[Vec<u8>; 5]) -> Side {
    let (mut side, history) = match message {
        Message::M1 => (Side::host(host_config(run)), &[][..]),
        Message::M2 => (Side::viewer(viewer_config(run)), &[][..]),
        Message::M3 => (Side::host(host_config(run)), &[Message::M1][..]),
        Message::M4 => (Side::viewer(viewer_config(run)), &[Message::M2][..]),
        Message::M5 => (Side::host(host_config(run)), &[Message::M1, Message::M3][..]),
    };
    for earlier in history {
        side.take(*earlier, &messages[*earlier as usize - 1]).expect("messages of an honest run");
    }
    side
}
