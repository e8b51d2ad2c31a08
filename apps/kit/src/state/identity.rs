//! This device's identity key: in the operating system's keystore where one answers, else in a file.
//!
//! `identity.key` says which. It holds the key in hexadecimal, or the word `keystore` and the public key, by whose
//! fingerprint the entry is named. A key that moves is in its new place, and was read back from there, before the file is
//! replaced, which is one step: whatever happens in between, the file names a place where the key is.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use deskwire_core::identity::{IdentityKey, PublicKey, Secret};
use zeroize::Zeroizing;

use super::kept::Said;
use super::{State, StateError, to_hex};
use crate::files;
use crate::keystore::{Keystore, System, Trouble, Vault};

const FILE: &str = "identity.key";

/// Where a device's identity key lies.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum KeyPlace {
    /// In the keystore of the operating system.
    Keystore,
    /// In a file, as the settings say.
    File,
    /// In a file, for the keystore cannot be used; why, for people.
    FileFor(String),
}

impl std::fmt::Display for KeyPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Keystore => f.write_str("this device's key lies in the operating system's keystore"),
            Self::File => f.write_str("this device's key lies in a file that only its owner may read"),
            Self::FileFor(why) => write!(
                f,
                "this device's key lies in a file that only its owner may read, because the operating system's \
                 keystore {why}"
            ),
        }
    }
}

impl State {
    /// This device's identity; made at the first call, and brought to where the settings want it.
    pub fn identity(&self) -> Result<IdentityKey, StateError> {
        self.find_identity(&System).map(|(key, _)| key)
    }

    /// Where the identity lies; it is made and moved as by [`State::identity`].
    pub fn key_place(&self) -> Result<KeyPlace, StateError> {
        self.find_identity(&System).map(|(_, place)| place)
    }

    /// The public half of the identity; a keystore that holds it is not asked for that.
    pub fn public_key(&self) -> Result<PublicKey, StateError> {
        match read(&self.path(FILE))? {
            Some(Said::Elsewhere(public)) => Ok(public),
            Some(Said::Key(seed)) => Ok(IdentityKey::from_bytes(seed.as_bytes()).public()),
            None => self.identity().map(|key| key.public()),
        }
    }

    fn find_identity(&self, vault: &impl Vault) -> Result<(IdentityKey, KeyPlace), StateError> {
        // Two that come first at the same time would make two.
        let _lock = self.lock_file("identity.lock")?;
        let path = self.path(FILE);
        let (seed, is_new) = match read(&path)? {
            Some(Said::Elsewhere(public)) => return self.fetch(vault, &path, &public),
            Some(Said::Key(seed)) => (seed, false),
            None => (Secret::new(crate::random_bytes()), true),
        };
        let key = IdentityKey::from_bytes(seed.as_bytes());
        let public = key.public();
        let place = match self.keystore {
            Keystore::File => KeyPlace::File,
            Keystore::System => match deposit(vault, &seed, &public) {
                Ok(()) => {
                    let line = Said::Elsewhere(public).write();
                    replace(&path, line.as_bytes()).map_err(|e| StateError::Io(path, e))?;
                    return Ok((key, KeyPlace::Keystore));
                }
                Err(trouble) => KeyPlace::FileFor(trouble.to_string()),
            },
        };
        if is_new {
            write_seed(&path, seed)?;
        }
        Ok((key, place))
    }

    /// Gets the key from the keystore, and moves it into the file if the settings want it there.
    fn fetch(
        &self,
        vault: &impl Vault,
        path: &Path,
        public: &PublicKey,
    ) -> Result<(IdentityKey, KeyPlace), StateError> {
        let name = entry(public);
        let failed = |why: String| StateError::Keystore(path.into(), why);
        let seed = vault.get(&name).map_err(|trouble| failed(trouble.to_string()))?;
        let seed = seed.ok_or_else(|| failed(format!("has no entry \"{name}\"")))?;
        let key = IdentityKey::from_bytes(seed.as_bytes());
        if key.public() != *public {
            return Err(failed(format!("holds another key in its entry \"{name}\"")));
        }
        if self.keystore == Keystore::System {
            return Ok((key, KeyPlace::Keystore));
        }
        write_seed(path, seed)?;
        if let Err(trouble) = vault.remove(&name) {
            tracing::warn!(
                "\"{name}\" is not needed any more, but the operating system's keystore {trouble}"
            );
        }
        Ok((key, KeyPlace::File))
    }
}

fn write_seed(path: &Path, seed: Secret<32>) -> Result<(), StateError> {
    let line = Said::Key(seed).write();
    files::write_durably(path, line.as_bytes()).map_err(|e| StateError::Io(path.into(), e))
}

/// The name of a key's entry in the keystore.
fn entry(public: &PublicKey) -> String {
    format!("identity {}", to_hex(&public.fingerprint()))
}

/// Puts a key into the keystore, and believes that it is there when it has come back.
fn deposit(vault: &impl Vault, seed: &Secret<32>, public: &PublicKey) -> Result<(), Trouble> {
    let name = entry(public);
    vault.put(&name, seed)?;
    match vault.get(&name)? {
        Some(back) if back == *seed => Ok(()),
        _ => Err(Trouble::Failed("it did not give back what was put into it".into())),
    }
}

/// What the file says; `None` if there is none.
fn read(path: &Path) -> Result<Option<Said>, StateError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => Zeroizing::new(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StateError::Io(path.into(), error)),
    };
    let said = Said::read(&text).ok_or_else(|| StateError::Corrupt(path.into(), "it is not a key".into()))?;
    Ok(Some(said))
}

/// Replaces a file, and then writes over what was in it, so that the key is not left on the disk as far as that depends on us.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let old = OpenOptions::new().write(true).open(path).ok();
    files::write_durably(path, bytes)?;
    if let Some(mut old) = old {
        let length = old.metadata().map_or(0, |data| data.len());
        let zeros = vec![0; usize::try_from(length).unwrap_or(0).min(256)];
        // The key is in the keystore, whether this works or not.
        let _ = old.write_all(&zeros).and_then(|()| old.sync_all());
    }
    Ok(())
}

#[cfg(test)]
#[path = "identity_tests.rs"]
mod tests;
