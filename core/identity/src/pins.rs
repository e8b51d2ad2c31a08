//! What a viewer remembers about the hosts it has met.

use alloc::collections::BTreeMap;
use core::fmt;

use deskwire_wire::ids::DeviceId;

use crate::{PublicKey, RotationRecord};

/// A remembered key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pin {
    /// The host's key.
    pub key: PublicKey,
    /// The highest generation seen with it.
    pub generation: u32,
    /// Whether the user has proof that it is the right one (password login or compared safety number).
    pub verified: bool,
}

/// What the pins say about a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use]
pub enum PinVerdict {
    /// Never met. The session shows as unverified until the user has proof.
    Unknown,
    /// The remembered key.
    Match {
        /// Whether it was verified.
        verified: bool,
    },
    /// Another key than the remembered one: a hard stop, with no way through but re-verification or a rotation record.
    Changed {
        /// What is remembered.
        pinned: Pin,
    },
    /// A generation below the remembered one: an old certificate, or a server that went back in time. A hard stop.
    OlderGeneration {
        /// What is remembered.
        pinned: Pin,
    },
}

/// Why a pin was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum PinError {
    /// There are [`Pins::LIMIT`] already.
    Full,
    /// Another key is pinned there.
    Changed,
    /// A higher generation is pinned there.
    OlderGeneration,
    /// The record is about a host that was never met.
    Unknown,
}

impl fmt::Display for PinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full => "no more hosts can be remembered; forget some first",
            Self::Changed => "another key is remembered for this host; verify the host anew to replace it",
            Self::OlderGeneration => {
                "a newer key of this host is remembered; ask the host for its present one"
            }
            Self::Unknown => "nothing is remembered about this host, so there is no key to rotate",
        })
    }
}

impl core::error::Error for PinError {}

/// A pure map from (server key, id) to the key that belongs there. Ids of different servers are unrelated.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pins(BTreeMap<([u8; 32], DeviceId), Pin>);

impl Pins {
    /// How many there may be.
    pub const LIMIT: usize = 65_536;

    /// No pins.
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// What is remembered about `id` at the server with this key fingerprint.
    pub fn find(&self, server: [u8; 32], id: DeviceId) -> Option<Pin> {
        self.0.get(&(server, id)).copied()
    }

    /// What the pins say about `key` in `generation`.
    pub fn check(&self, server: [u8; 32], id: DeviceId, key: &PublicKey, generation: u32) -> PinVerdict {
        match self.find(server, id) {
            None => PinVerdict::Unknown,
            Some(pinned) if pinned.key != *key => PinVerdict::Changed { pinned },
            Some(pinned) if generation < pinned.generation => PinVerdict::OlderGeneration { pinned },
            Some(pinned) => PinVerdict::Match { verified: pinned.verified },
        }
    }

    /// Remembers a host that was met for the first time, or again with the same key: generation and verification only
    /// go up.
    ///
    /// # Errors
    /// [`PinError`] when another key or a higher generation is pinned, or there is no room.
    pub fn remember(&mut self, server: [u8; 32], id: DeviceId, pin: Pin) -> Result<(), PinError> {
        match self.check(server, id, &pin.key, pin.generation) {
            PinVerdict::Changed { .. } => Err(PinError::Changed),
            PinVerdict::OlderGeneration { .. } => Err(PinError::OlderGeneration),
            PinVerdict::Unknown if self.0.len() >= Self::LIMIT => Err(PinError::Full),
            PinVerdict::Unknown => {
                self.0.insert((server, id), pin);
                Ok(())
            }
            PinVerdict::Match { verified } => {
                self.0.insert((server, id), Pin { verified: verified || pin.verified, ..pin });
                Ok(())
            }
        }
    }

    /// Puts a key there that the user has just verified, whatever was pinned before.
    ///
    /// # Errors
    /// [`PinError::Full`] when there is no room for a new host.
    pub fn replace_verified(
        &mut self,
        server: [u8; 32],
        id: DeviceId,
        key: PublicKey,
        generation: u32,
    ) -> Result<(), PinError> {
        if self.find(server, id).is_none() && self.0.len() >= Self::LIMIT {
            return Err(PinError::Full);
        }
        self.0.insert((server, id), Pin { key, generation, verified: true });
        Ok(())
    }

    /// Follows a rotation that the old key signed (see [`RotationRecord::verify`]); trust stays what it was.
    ///
    /// # Errors
    /// [`PinError`] when the old key is not the pinned one or the generation does not go up.
    pub fn rotate(&mut self, record: &RotationRecord) -> Result<(), PinError> {
        let pin = self.0.get_mut(&(record.server, record.id)).ok_or(PinError::Unknown)?;
        if pin.key != record.old_key {
            return Err(PinError::Changed);
        }
        if record.generation <= pin.generation {
            return Err(PinError::OlderGeneration);
        }
        *pin = Pin { key: record.new_key, generation: record.generation, verified: pin.verified };
        Ok(())
    }

    /// Forgets a host; gives what was remembered.
    pub fn forget(&mut self, server: [u8; 32], id: DeviceId) -> Option<Pin> {
        self.0.remove(&(server, id))
    }

    /// All of them in a stable order: server fingerprint, id, pin.
    pub fn iter(&self) -> impl Iterator<Item = ([u8; 32], DeviceId, Pin)> + '_ {
        self.0.iter().map(|((server, id), pin)| (*server, *id, *pin))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
