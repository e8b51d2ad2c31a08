//! What a relay tells its rendezvous server about itself.

use alloc::vec::Vec;

use deskwire_wire::ids::RelayId;
use deskwire_wire::relay::RelayState;

use crate::layout::Layout;
use crate::{CertificateError, IdentityKey, PublicKey};

const LAYOUT: Layout = Layout { kind: 5, label: "relay report", fields: 4 + 8 + 2 + 1 + 4 };

/// A relay's signed word about its load. The receiver believes only reports that are newer than the last.
///
/// Bytes (85): kind 5, version 1, relay (4), sent (8), state (2), load (1), sessions (4), signature (64); big-endian.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RelayReport {
    /// Which relay.
    pub relay: RelayId,
    /// When it was made, Unix time in milliseconds; goes up from report to report.
    pub sent_ms: u64,
    /// Whether it takes sessions.
    pub state: RelayState,
    /// How many of its places are taken, in percent.
    pub load_percent: u8,
    /// Sessions that have a place.
    pub sessions: u32,
}

impl RelayReport {
    /// Its length in bytes.
    pub const SIZE: usize = LAYOUT.size();
    /// How far clocks of relays and servers may differ, in milliseconds.
    pub const CLOCK_ALLOWANCE_MS: u64 = 90_000;

    /// The signed bytes.
    pub fn sign(&self, relay: &IdentityKey) -> Vec<u8> {
        let mut out = LAYOUT.start();
        out.extend_from_slice(&self.relay.0.to_be_bytes());
        out.extend_from_slice(&self.sent_ms.to_be_bytes());
        out.extend_from_slice(&self.state.code().to_be_bytes());
        out.push(self.load_percent);
        out.extend_from_slice(&self.sessions.to_be_bytes());
        LAYOUT.finish(out, relay)
    }

    /// The relay that received bytes name, to find the key to verify them with. Nothing is proved by it.
    ///
    /// # Errors
    /// [`CertificateError`] when these are not the bytes of a report.
    pub fn claimed_relay(bytes: &[u8]) -> Result<RelayId, CertificateError> {
        LAYOUT.fields(bytes)?.u32().map(RelayId)
    }

    /// Checks and reads received bytes.
    ///
    /// # Errors
    /// [`CertificateError`] when it is not a report signed by `relay`.
    pub fn verify(bytes: &[u8], relay: &PublicKey) -> Result<Self, CertificateError> {
        let mut fields = LAYOUT.open(bytes, relay)?;
        Ok(Self {
            relay: RelayId(fields.u32()?),
            sent_ms: fields.u64()?,
            state: RelayState::from_code(u16::from_be_bytes(fields.bytes()?)),
            load_percent: fields.u8()?,
            sessions: fields.u32()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // spec: ID-4
    #[test]
    fn a_report_is_read_back_and_any_changed_bit_is_noticed() {
        let key = IdentityKey::from_bytes(&[3; 32]);
        let report = RelayReport {
            relay: RelayId(7),
            sent_ms: 1_800_000_000_123,
            state: RelayState::Draining,
            load_percent: 81,
            sessions: 900,
        };
        let bytes = report.sign(&key);
        assert_eq!(bytes.len(), RelayReport::SIZE);
        assert_eq!(RelayReport::claimed_relay(&bytes), Ok(RelayId(7)));
        assert_eq!(RelayReport::verify(&bytes, &key.public()), Ok(report));
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(RelayReport::verify(&changed, &key.public()).is_err(), "bit {bit}");
        }
    }
}
