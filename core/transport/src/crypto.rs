//! The key handshake as the QUIC engine's cryptographic session.
//!
//! The engine asks for handshake bytes until there are none. It sends them at the level that it held before, and takes the
//! keys that come with them into use for what follows. So the viewer hands over M3 together with the handshake keys and it
//! still travels at the initial level, and M5 together with the traffic keys and it still travels at the handshake level.
//! The host hands over its handshake keys alone, then M4, and its traffic keys only when M5 has come: otherwise the engine
//! could send application data to somebody who has not proved anything.

use core::any::Any;
use std::sync::{Arc, Mutex, PoisonError};

use deskwire_handshake::{
    Handshake, HandshakeError, HostConfig, Level, Secrets, Step, ViewerConfig, initial_secrets, next_secret,
};
use deskwire_identity::Secret;
use noq_proto::ConnectionClose;
use noq_proto::crypto::{
    ClientConfig, ExportKeyingMaterialError, KeyPair, Keys, PacketKey, ServerConfig, Session,
    UnsupportedVersion,
};
use noq_proto::transport_parameters::TransportParameters;
use noq_proto::{ConnectError, ConnectionId, Side, TransportError, TransportErrorCode};

use crate::entropy::RetryTag;
use crate::event::Established;
use crate::keys::KeyMaker;

/// QUIC version field of this protocol: "DW", version 1. It is not TLS, so it does not say that it is QUIC version 1.
pub(crate) const VERSION: u32 = 0x4457_0001;

/// The alert that a failed handshake is reported with (TLS's handshake_failure); more is not said to the peer.
const HANDSHAKE_FAILURE: u8 = 40;

/// Whether the peer closed because its handshake failed (RFC 9001, section 4.8).
pub(crate) fn is_refusal(close: &ConnectionClose) -> bool {
    close.error_code == TransportErrorCode::crypto(HANDSHAKE_FAILURE)
}

/// What the session of either side needs besides its handshake.
#[derive(Clone)]
pub(crate) struct Common {
    pub(crate) keys: KeyMaker,
    pub(crate) introduction_secret: Option<Secret<32>>,
    pub(crate) retry: RetryTag,
}

impl Common {
    fn initial_keys(&self, dst_cid: &ConnectionId, side: Side) -> Keys {
        self.keys.keys(&initial_secrets(self.introduction_secret.as_ref(), dst_cid), side, false)
    }
}

/// A configuration that starts one session.
pub(crate) struct Start<C> {
    common: Common,
    handshake: Mutex<Option<C>>,
    failure: Mutex<Option<HandshakeError>>,
}

impl<C> Start<C> {
    pub(crate) fn new(common: Common, handshake: C) -> Self {
        Self { common, handshake: Mutex::new(Some(handshake)), failure: Mutex::new(None) }
    }

    /// Whether the session was started.
    pub(crate) fn is_used(&self) -> bool {
        self.handshake.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }

    /// Why a session could not be started.
    pub(crate) fn failure(&self) -> Option<HandshakeError> {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<C> {
        self.handshake.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

fn encode(params: &TransportParameters) -> Vec<u8> {
    let mut bytes = Vec::new();
    params.write(&mut bytes);
    #[cfg(test)]
    crate::testing::PARAMETERS.with_borrow_mut(|all| all.push(bytes.clone()));
    bytes
}

impl ClientConfig for Start<ViewerConfig> {
    fn start_session(
        &self,
        _version: u32,
        _server_name: &str,
        params: &TransportParameters,
    ) -> Result<Box<dyn Session>, ConnectError> {
        let mut config = self.take().ok_or(ConnectError::EndpointStopping)?;
        config.transport_parameters = encode(params);
        let handshake = Handshake::viewer(config);
        if let Some(error) = handshake.error() {
            *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            return Err(ConnectError::EndpointStopping);
        }
        Ok(Box::new(HandshakeSession {
            handshake: Some(handshake),
            ..HandshakeSession::empty(self.common.clone(), Side::Client)
        }))
    }
}

impl ServerConfig for Start<HostConfig> {
    fn initial_keys(&self, version: u32, dst_cid: ConnectionId) -> Result<Keys, UnsupportedVersion> {
        if version != VERSION {
            return Err(UnsupportedVersion);
        }
        Ok(self.common.initial_keys(&dst_cid, Side::Server))
    }

    fn retry_tag(&self, _version: u32, orig_dst_cid: ConnectionId, packet: &[u8]) -> [u8; 16] {
        self.common.retry.tag(&orig_dst_cid, packet)
    }

    fn start_session(&self, _version: u32, params: &TransportParameters) -> Box<dyn Session> {
        let handshake = self.take().map(|mut config| {
            config.transport_parameters = encode(params);
            Handshake::host(config)
        });
        Box::new(HandshakeSession { handshake, ..HandshakeSession::empty(self.common.clone(), Side::Server) })
    }
}

/// One handshake, seen by the engine.
struct HandshakeSession {
    common: Common,
    side: Side,
    /// `None` only for a second session of one configuration, which fails at its first message.
    handshake: Option<Handshake>,
    /// The level at which the peer's next message comes.
    level: Level,
    secrets: Option<Secrets>,
    established: Option<Established>,
}

impl HandshakeSession {
    fn empty(common: Common, side: Side) -> Self {
        Self { common, side, handshake: None, level: Level::Initial, secrets: None, established: None }
    }
}

/// The engine carries our error to where the connection ends.
fn failed(error: HandshakeError) -> TransportError {
    let mut out = TransportError::new(TransportErrorCode::crypto(HANDSHAKE_FAILURE), String::new());
    out.crypto = Some(Arc::new(error));
    out
}

impl Session for HandshakeSession {
    fn initial_keys(&self, dst_cid: ConnectionId, side: Side) -> Keys {
        self.common.initial_keys(&dst_cid, side)
    }

    fn handshake_data(&self) -> Option<Box<dyn Any>> {
        None
    }

    fn peer_identity(&self) -> Option<Box<dyn Any>> {
        self.established.clone().map(|established| Box::new(established) as Box<dyn Any>)
    }

    fn early_crypto(&self) -> Option<(Box<dyn noq_proto::crypto::HeaderKey>, Box<dyn PacketKey>)> {
        None
    }

    fn early_data_accepted(&self) -> Option<bool> {
        None
    }

    fn is_handshaking(&self) -> bool {
        self.handshake.as_ref().is_none_or(|handshake| !handshake.is_established())
    }

    fn read_handshake(&mut self, buf: &[u8]) -> Result<bool, TransportError> {
        let refused = || TransportError::new(TransportErrorCode::crypto(HANDSHAKE_FAILURE), String::new());
        let handshake = self.handshake.as_mut().ok_or_else(refused)?;
        handshake.read(self.level, buf).map_err(failed)?;
        Ok(false)
    }

    fn transport_parameters(&self) -> Result<Option<TransportParameters>, TransportError> {
        let Some(mut bytes) = self.handshake.as_ref().and_then(Handshake::peer_transport_parameters) else {
            return Ok(None);
        };
        TransportParameters::read(self.side, &mut bytes).map(Some).map_err(TransportError::from)
    }

    fn write_handshake(&mut self, buf: &mut Vec<u8>) -> Option<Keys> {
        let handshake = self.handshake.as_mut()?;
        while let Some(step) = handshake.poll() {
            match step {
                Step::Send { bytes, .. } => {
                    #[cfg(test)]
                    let bytes = crate::testing::tampered(bytes);
                    buf.extend_from_slice(&bytes);
                }
                Step::Keys { level, secrets } => {
                    self.level = level;
                    let traffic = matches!(level, Level::Application);
                    let keys = self.common.keys.keys(&secrets, self.side, traffic);
                    if traffic {
                        self.secrets = Some(secrets);
                    }
                    return Some(keys);
                }
                Step::Established(established) => {
                    self.established = Some(Established {
                        peer_key: established.peer_key,
                        peer_id: established.peer_id,
                        exporter: established.exporter,
                        resumption: established.resumption,
                    });
                }
            }
        }
        None
    }

    fn next_1rtt_keys(&mut self) -> Option<KeyPair<Box<dyn PacketKey>>> {
        let secrets = self.secrets.as_mut()?;
        *secrets = Secrets { a2b: next_secret(&secrets.a2b), b2a: next_secret(&secrets.b2a) };
        self.common.keys.seals.note_new_keys();
        Some(self.common.keys.packet_pair(secrets, self.side))
    }

    fn is_valid_retry(&self, orig_dst_cid: ConnectionId, header: &[u8], payload: &[u8]) -> bool {
        self.common.retry.is_valid(&orig_dst_cid, header, payload)
    }

    fn export_keying_material(
        &self,
        _output: &mut [u8],
        _label: &[u8],
        _context: &[u8],
    ) -> Result<(), ExportKeyingMaterialError> {
        // The exporter secret is in the event; nobody asks the engine.
        Err(ExportKeyingMaterialError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aead::AeadKind;
    use crate::testing::{answer_config, dial_config};

    fn common() -> Common {
        let secret = Secret::new([5; 32]);
        Common {
            keys: KeyMaker { aead: AeadKind::Fast, seals: Arc::default(), limit: 9 },
            retry: RetryTag::new(Some(&secret)),
            introduction_secret: Some(secret),
        }
    }

    fn parameters() -> TransportParameters {
        TransportParameters::read(Side::Server, &mut &[][..]).expect("all of them have defaults")
    }

    fn viewer() -> Box<dyn Session> {
        let start = Arc::new(Start::new(common(), dial_config(1).handshake));
        start.start_session(VERSION, "", &parameters()).expect("a first session")
    }

    #[test]
    fn the_engine_gets_nothing_before_the_handshake_is_done() {
        let mut session = viewer();
        assert!(session.is_handshaking());
        assert!(session.handshake_data().is_none() && session.peer_identity().is_none());
        assert!(session.early_crypto().is_none() && session.early_data_accepted().is_none());
        assert!(session.transport_parameters().is_ok_and(|parameters| parameters.is_none()));
        assert!(session.next_1rtt_keys().is_none());
        assert!(session.export_keying_material(&mut [0; 8], b"label", b"context").is_err());
    }

    #[test]
    fn only_who_holds_the_secret_makes_a_retry_that_is_valid() {
        let (cid, session) = (ConnectionId::new(&[1; 8]), viewer());
        let retry = |tag: RetryTag| [&b"token"[..], &tag.tag(&cid, b"headertoken")].concat();
        let payload = retry(common().retry);
        assert!(session.is_valid_retry(cid, b"header", &payload));
        assert!(!session.is_valid_retry(ConnectionId::new(&[2; 8]), b"header", &payload));
        assert!(!session.is_valid_retry(cid, b"Header", &payload));
        assert!(!session.is_valid_retry(cid, b"header", &payload[..15]));
        assert!(!session.is_valid_retry(cid, b"header", &retry(RetryTag::new(None))));
        for at in 0..payload.len() {
            let mut changed = payload.clone();
            changed[at] ^= 1;
            assert!(!session.is_valid_retry(cid, b"header", &changed), "byte {at}");
        }
    }

    #[test]
    fn a_configuration_starts_one_session_of_one_version() {
        let parameters = parameters();
        let dial = Arc::new(Start::new(common(), dial_config(1).handshake));
        assert!(!dial.is_used());
        assert!(Arc::clone(&dial).start_session(VERSION, "", &parameters).is_ok());
        assert!(dial.is_used() && dial.failure().is_none());
        assert!(Arc::clone(&dial).start_session(VERSION, "", &parameters).is_err());

        let answer = Arc::new(Start::new(common(), answer_config(1).handshake));
        let cid = ConnectionId::new(&[1; 8]);
        assert!(answer.initial_keys(VERSION, cid).is_ok() && answer.initial_keys(VERSION + 1, cid).is_err());
        let mut m1 = Vec::new();
        assert!(viewer().write_handshake(&mut m1).is_none());
        let mut first = Arc::clone(&answer).start_session(VERSION, &parameters);
        assert!(first.read_handshake(&m1).is_ok_and(|ready| !ready));
        assert!(first.is_handshaking());
        let mut second = Arc::clone(&answer).start_session(VERSION, &parameters);
        assert!(second.is_handshaking() && second.read_handshake(&m1).is_err());
    }

    #[test]
    fn a_dial_that_makes_no_sense_says_why() {
        let mut config = dial_config(1).handshake;
        config.introduction_secret = None;
        let dial = Arc::new(Start::new(common(), config));
        assert!(Arc::clone(&dial).start_session(VERSION, "", &parameters()).is_err());
        assert!(matches!(dial.failure(), Some(HandshakeError::Misuse(_))));
    }

    #[test]
    fn a_refusal_is_a_close_with_the_alert_of_a_failed_handshake() {
        let close = |code| ConnectionClose {
            error_code: code,
            frame_type: noq_proto::MaybeFrame::None,
            reason: bytes::Bytes::new(),
        };
        assert!(is_refusal(&close(TransportErrorCode::crypto(40))));
        assert!(!is_refusal(&close(TransportErrorCode::crypto(41))));
        assert!(!is_refusal(&close(TransportErrorCode::NO_ERROR)));
    }
}
