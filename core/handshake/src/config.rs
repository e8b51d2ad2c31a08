//! What each side knows before the first message.

use alloc::vec::Vec;

use deskwire_identity::{IdentityKey, PublicKey, Secret};
use deskwire_machine::Seed;
use deskwire_wire::ids::{DeviceId, IntroductionId};

use crate::message::MAX_TRANSPORT_PARAMETERS;
use crate::{HandshakeError, Misuse};

/// What the side that dials knows.
///
/// Either a server introduced the two (`server_fingerprint`, `introduction`, `introduction_secret`, `target` and
/// `expected_host_key` are all there), or an address was dialled (the first three are absent, the others are what the
/// user knows).
#[derive(Clone, Debug)]
pub struct ViewerConfig {
    /// The id that was dialled. The host must prove that it is meant by it.
    pub target: Option<DeviceId>,
    /// The host's key, from a pin or a certificate. Without it the handshake runs in mode 1 (key unknown), which hosts
    /// accept on their direct listener only, and which is refused here when a server introduced the two.
    pub expected_host_key: Option<PublicKey>,
    /// Fingerprint of the server's key.
    pub server_fingerprint: Option<[u8; 32]>,
    /// The introduction.
    pub introduction: Option<IntroductionId>,
    /// Its secret, known to both sides and the server. It keeps strangers silent and protects nothing else.
    pub introduction_secret: Option<Secret<32>>,
    /// This device's identity.
    pub identity: IdentityKey,
    /// This side's QUIC transport parameters, at most [`MAX_TRANSPORT_PARAMETERS`] bytes.
    pub transport_parameters: Vec<u8>,
    /// Fresh randomness: never the same one for two handshakes.
    pub seed: Seed,
}

/// What the side that is dialled knows. Without an introduction this is the direct listener, where viewers may not know
/// the host's key yet.
#[derive(Clone, Debug)]
pub struct HostConfig {
    /// This device's id, if it has one.
    pub id: Option<DeviceId>,
    /// Fingerprint of the server's key.
    pub server_fingerprint: Option<[u8; 32]>,
    /// The introduction.
    pub introduction: Option<IntroductionId>,
    /// Its secret.
    pub introduction_secret: Option<Secret<32>>,
    /// This device's identity.
    pub identity: IdentityKey,
    /// This side's QUIC transport parameters, at most [`MAX_TRANSPORT_PARAMETERS`] bytes.
    pub transport_parameters: Vec<u8>,
    /// Fresh randomness: never the same one for two handshakes.
    pub seed: Seed,
}

/// What a server's introduction puts into the transcript.
pub(crate) struct Introduction {
    pub(crate) host: DeviceId,
    pub(crate) server_fingerprint: [u8; 32],
    pub(crate) id: IntroductionId,
    pub(crate) secret: Secret<32>,
}

impl Introduction {
    /// All of it or nothing of it.
    fn new(
        host: Option<DeviceId>,
        server_fingerprint: Option<[u8; 32]>,
        id: Option<IntroductionId>,
        secret: Option<Secret<32>>,
    ) -> Result<Option<Self>, HandshakeError> {
        match (host, server_fingerprint, id, secret) {
            (_, None, None, None) => Ok(None),
            (Some(host), Some(server_fingerprint), Some(id), Some(secret)) => {
                Ok(Some(Self { host, server_fingerprint, id, secret }))
            }
            _ => Err(HandshakeError::Misuse(Misuse::PartialIntroduction)),
        }
    }
}

fn check_parameters(parameters: &[u8]) -> Result<(), HandshakeError> {
    if parameters.len() > MAX_TRANSPORT_PARAMETERS {
        return Err(HandshakeError::Misuse(Misuse::TransportParametersTooLong));
    }
    Ok(())
}

impl ViewerConfig {
    pub(crate) fn introduction(&self) -> Result<Option<Introduction>, HandshakeError> {
        check_parameters(&self.transport_parameters)?;
        let secret = self.introduction_secret.clone();
        let introduction =
            Introduction::new(self.target, self.server_fingerprint, self.introduction, secret)?;
        if introduction.is_some() && self.expected_host_key.is_none() {
            return Err(HandshakeError::Misuse(Misuse::IntroducedWithoutKey));
        }
        Ok(introduction)
    }
}

impl HostConfig {
    pub(crate) fn introduction(&self) -> Result<Option<Introduction>, HandshakeError> {
        check_parameters(&self.transport_parameters)?;
        let secret = self.introduction_secret.clone();
        Introduction::new(self.id, self.server_fingerprint, self.introduction, secret)
    }
}
