//! The dialled side.

use alloc::vec::Vec;

use deskwire_identity::PublicKey;

use crate::HandshakeError;
use crate::config::{HostConfig, Introduction};
use crate::exchange::{CIPHERTEXT, Exchange, KemKey};
use crate::handshake::{Established, Secrets};
use crate::message::{Fields, ID, M2_HEAD, Message, Received, VERSION};
use crate::schedule::{Chain, HostConfirmed, KEY_KNOWN, KEY_UNKNOWN, id_bytes};
use crate::{Secret, exchange};

/// Nothing is sent, M1 is due.
pub(crate) struct Waiting {
    config: HostConfig,
    introduction: Option<Introduction>,
}

/// M2 is sent, M3 is due.
pub(crate) struct SentM2 {
    chain: Chain,
    kem: KemKey,
    transport_parameters: Vec<u8>,
}

/// M4 is sent, M5 is due.
pub(crate) struct SentM4 {
    chain: HostConfirmed,
    viewer: PublicKey,
    transport_parameters: Vec<u8>,
}

impl Waiting {
    pub(crate) fn start(config: HostConfig) -> Result<Self, HandshakeError> {
        let introduction = config.introduction()?;
        Ok(Self { config, introduction })
    }

    /// Checks M1 and makes M2. All that costs time happens after the checks that cost none.
    pub(crate) fn read_m1(self, m1: &Received) -> Result<(SentM2, Vec<u8>), HandshakeError> {
        let Self { config, introduction } = self;
        let mut fields = m1.fields();
        let version = fields.byte()?;
        if version != VERSION {
            return Err(HandshakeError::Version(version));
        }
        let own_key = config.identity.public();
        let dialled_key = match fields.byte()? {
            KEY_KNOWN => Some(&own_key),
            // Whoever was introduced got the certificate, so not to know the key is a lie.
            KEY_UNKNOWN if introduction.is_none() => None,
            mode => return Err(HandshakeError::Mode(mode)),
        };
        let viewer_exchange: &[u8; 32] = fields.take()?;
        let transport_parameters = fields.rest().to_vec();

        let mut chain = Chain::start(dialled_key, introduction.as_ref());
        chain.mix_bytes(m1.whole());
        let exchange = Exchange::new(&config.seed);
        let own_exchange = exchange.public();
        let shared = exchange.agree(viewer_exchange)?;
        let kem = KemKey::new(&config.seed);

        let plain_len = ID + 32 + config.transport_parameters.len() + 64;
        let mut m2 = Message::M2.start(M2_HEAD + plain_len + exchange::TAG);
        m2.push(VERSION);
        m2.extend_from_slice(&own_exchange);
        m2.extend_from_slice(kem.public());
        chain.mix_bytes(&m2);
        chain.mix_secret(&shared);
        let mut plain = Vec::with_capacity(plain_len);
        plain.extend_from_slice(&id_bytes(config.id));
        plain.extend_from_slice(own_key.as_bytes());
        plain.extend_from_slice(&config.transport_parameters);
        let signature = config.identity.sign("HS1 host", &[chain.th(), &plain]);
        plain.extend_from_slice(&signature);
        m2.extend_from_slice(&chain.seal("hs2", &plain));
        Ok((SentM2 { chain, kem, transport_parameters }, m2))
    }
}

impl SentM2 {
    /// Checks M3 and makes M4. The secrets are for the Handshake level, which M4 already travels at.
    pub(crate) fn read_m3(mut self, m3: &Received) -> Result<(SentM4, Secrets, Vec<u8>), HandshakeError> {
        let mut fields = m3.fields();
        let ciphertext: &[u8; CIPHERTEXT] = fields.take()?;
        let sealed_len = fields.rest().len();
        let (head, c3) = m3.split_tail(sealed_len)?;
        self.chain.mix_bytes(head);
        self.chain.mix_secret(&self.kem.open(ciphertext));
        let plain = self.chain.open("hs3", c3).ok_or(HandshakeError::NotOpened(Message::M3))?;
        let (sealed_key, viewer) = read_viewer(&plain, self.chain.th())?;
        self.chain.mix_bytes(c3);
        self.chain.mix_secret(&sealed_key);

        let secrets = self.chain.handshake_secrets();
        let (m4, chain) = self.chain.confirm_as_host();
        let state = SentM4 { chain, viewer, transport_parameters: self.transport_parameters };
        Ok((state, secrets, m4))
    }
}

/// Checks who dialled: any key, and a signature over the transcript with it.
fn read_viewer(plain: &[u8], th: &[u8; 64]) -> Result<(Secret<32>, PublicKey), HandshakeError> {
    let length = HandshakeError::BadLength { message: Message::M3, announced: plain.len() };
    let (signed, signature) = plain.split_last_chunk::<64>().ok_or(length)?;
    let mut fields = Fields::of(Message::M3, signed);
    let sealed_key = Secret::new(*fields.take()?);
    let key =
        PublicKey::from_bytes(*fields.take()?).map_err(|_| HandshakeError::BadIdentityKey(Message::M3))?;
    key.verify("HS1 viewer", &[th, signed], signature)
        .map_err(|_| HandshakeError::BadSignature(Message::M3))?;
    Ok((sealed_key, key))
}

impl SentM4 {
    /// The viewer's transport parameters, which its signature in M3 covers.
    pub(crate) fn transport_parameters(&self) -> &[u8] {
        &self.transport_parameters
    }

    /// Checks M5.
    pub(crate) fn read_m5(self, m5: &Received) -> Result<(Secrets, Established), HandshakeError> {
        let confirmed = self.chain.check_viewer(m5)?;
        let established = Established {
            peer_key: self.viewer,
            peer_id: None,
            peer_transport_parameters: self.transport_parameters,
            exporter: confirmed.export("exporter"),
            resumption: confirmed.export("resumption"),
        };
        Ok((confirmed.traffic_secrets(), established))
    }
}
