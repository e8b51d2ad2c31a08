//! The dialling side.

use alloc::vec::Vec;

use deskwire_identity::{IdentityKey, PublicKey};
use deskwire_machine::Seed;
use deskwire_wire::ids::DeviceId;
use zeroize::Zeroizing;

use crate::config::ViewerConfig;
use crate::exchange::{Exchange, KEM_KEY, draw, encapsulate};
use crate::handshake::{Established, Level, Secrets, Step};
use crate::message::{C3_PLAIN, Fields, HEADER, ID, M2_HEAD, Message, Received, VERSION};
use crate::schedule::{Chain, KEY_KNOWN, KEY_UNKNOWN};
use crate::{HandshakeError, Secret};

/// M1 is sent, M2 is due.
pub(crate) struct SentM1 {
    chain: Chain,
    exchange: Exchange,
    target: Option<DeviceId>,
    expected_host_key: Option<PublicKey>,
    identity: IdentityKey,
    seed: Seed,
}

/// M3 is sent, M4 is due.
pub(crate) struct SentM3 {
    chain: Chain,
    host: Host,
}

/// What M2 proved about the host.
pub(crate) struct Host {
    key: PublicKey,
    id: Option<DeviceId>,
    pub(crate) transport_parameters: Vec<u8>,
}

impl SentM1 {
    /// Makes M1.
    pub(crate) fn start(config: ViewerConfig) -> Result<(Self, Step), HandshakeError> {
        let introduction = config.introduction()?;
        let mut chain = Chain::start(config.expected_host_key.as_ref(), introduction.as_ref());
        let exchange = Exchange::new(&config.seed);
        let mode = if config.expected_host_key.is_some() { KEY_KNOWN } else { KEY_UNKNOWN };
        let mut m1 = Message::M1.start(34 + config.transport_parameters.len());
        m1.extend_from_slice(&[VERSION, mode]);
        m1.extend_from_slice(&exchange.public());
        m1.extend_from_slice(&config.transport_parameters);
        chain.mix_bytes(&m1);
        let ViewerConfig { target, expected_host_key, identity, seed, .. } = config;
        let state = Self { chain, exchange, target, expected_host_key, identity, seed };
        Ok((state, Step::Send { level: Level::Initial, bytes: m1 }))
    }

    /// Checks M2 and makes M3.
    pub(crate) fn read_m2(mut self, m2: &Received) -> Result<(SentM3, Vec<u8>, Secrets), HandshakeError> {
        let mut fields = m2.fields();
        let version = fields.byte()?;
        if version != VERSION {
            return Err(HandshakeError::Version(version));
        }
        let host_exchange: &[u8; 32] = fields.take()?;
        let kem_key: &[u8; KEM_KEY] = fields.take()?;
        let sealed_len = fields.rest().len();
        let (head, c2) = m2.split_tail(sealed_len)?;
        debug_assert_eq!(head.len(), HEADER + M2_HEAD, "c2 is all that follows the ML-KEM key");

        self.chain.mix_bytes(head);
        self.chain.mix_secret(&self.exchange.agree(host_exchange)?);
        let plain = self.chain.open("hs2", c2).ok_or(HandshakeError::NotOpened(Message::M2))?;
        let host = read_host(&plain, self.chain.th(), self.target, self.expected_host_key.as_ref())?;
        self.chain.mix_bytes(c2);

        let (shared, ciphertext) = encapsulate(kem_key, &self.seed)?;
        let sealed_key: Secret<32> = draw(&self.seed, "sealed key");
        let mut m3 = Message::M3.start(*Message::M3.lengths().end());
        m3.extend_from_slice(&ciphertext);
        self.chain.mix_bytes(&m3);
        self.chain.mix_secret(&shared);
        let mut plain = Zeroizing::new(Vec::with_capacity(C3_PLAIN));
        plain.extend_from_slice(sealed_key.as_bytes());
        plain.extend_from_slice(self.identity.public().as_bytes());
        let signature = self.identity.sign("HS1 viewer", &[self.chain.th(), &plain]);
        plain.extend_from_slice(&signature);
        m3.extend_from_slice(&self.chain.seal("hs3", &plain));
        self.chain.mix_secret(&sealed_key);

        let secrets = self.chain.handshake_secrets();
        Ok((SentM3 { chain: self.chain, host }, m3, secrets))
    }
}

/// Checks who answered: key and id as dialled, and a signature over the transcript.
fn read_host(
    plain: &[u8],
    th: &[u8; 64],
    target: Option<DeviceId>,
    expected_key: Option<&PublicKey>,
) -> Result<Host, HandshakeError> {
    let length = HandshakeError::BadLength { message: Message::M2, announced: plain.len() };
    let (signed, signature) = plain.split_last_chunk::<64>().ok_or(length)?;
    let mut fields = Fields::of(Message::M2, signed);
    let id = read_id(fields.take()?)?;
    let key =
        PublicKey::from_bytes(*fields.take()?).map_err(|_| HandshakeError::BadIdentityKey(Message::M2))?;
    if expected_key.is_some_and(|expected| *expected != key) {
        return Err(HandshakeError::PinMismatch);
    }
    if target.is_some() && target != id {
        return Err(HandshakeError::IdMismatch);
    }
    key.verify("HS1 host", &[th, signed], signature)
        .map_err(|_| HandshakeError::BadSignature(Message::M2))?;
    Ok(Host { key, id, transport_parameters: fields.rest().to_vec() })
}

fn read_id(bytes: &[u8; ID]) -> Result<Option<DeviceId>, HandshakeError> {
    if *bytes == [0; ID] {
        return Ok(None);
    }
    let digits = bytes
        .iter()
        .try_fold(0u64, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u64::from(byte - b'0')));
    digits.and_then(DeviceId::from_digits).map(Some).ok_or(HandshakeError::BadId)
}

impl SentM3 {
    /// The host's transport parameters.
    pub(crate) fn transport_parameters(&self) -> &[u8] {
        &self.host.transport_parameters
    }

    /// Checks M4 and makes M5.
    pub(crate) fn read_m4(self, m4: &Received) -> Result<(Vec<u8>, Secrets, Established), HandshakeError> {
        let confirmed = self.chain.check_host(m4)?;
        let established = Established {
            peer_key: self.host.key,
            peer_id: self.host.id,
            peer_transport_parameters: self.host.transport_parameters,
            exporter: confirmed.export("exporter"),
            resumption: confirmed.export("resumption"),
        };
        Ok((confirmed.viewer_message(), confirmed.traffic_secrets(), established))
    }
}
