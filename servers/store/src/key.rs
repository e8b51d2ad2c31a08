//! The server key's file.

use std::io::ErrorKind;
use std::path::Path;

use deskwire_identity::IdentityKey;
use deskwire_machine::Seed;

use crate::StoreError;
use crate::files::{is_exposed, make_dir, write_whole};
use crate::key_text;

const NAME: &str = "server.key";

/// A seed from the system's generator.
///
/// # Errors
/// [`StoreError::Random`].
pub fn fresh_seed() -> Result<Seed, StoreError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::Random(error.to_string()))?;
    Ok(Seed::new(bytes))
}

/// The server key in `dir`, or `None` if there is none yet.
///
/// # Errors
/// [`StoreError::File`], [`StoreError::KeyExposed`], [`StoreError::KeyDamaged`].
pub fn open_key(dir: &Path) -> Result<Option<IdentityKey>, StoreError> {
    let path = dir.join(NAME);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StoreError::file(&path, error)),
    };
    if is_exposed(&path).map_err(|error| StoreError::file(&path, error))? {
        return Err(StoreError::KeyExposed(path));
    }
    let bytes = key_text::read(&text);
    bytes.map_or_else(|| Err(StoreError::KeyDamaged(path)), |bytes| Ok(Some(IdentityKey::from_bytes(&bytes))))
}

/// The server key in `dir`; the first call makes the directory and a key.
///
/// # Errors
/// As [`open_key`], and [`StoreError::Random`].
pub fn open_or_create_key(dir: &Path) -> Result<IdentityKey, StoreError> {
    make_dir(dir)?;
    if let Some(key) = open_key(dir)? {
        return Ok(key);
    }
    let key = IdentityKey::generate(&mut fresh_seed()?.derive("server key").secret());
    let path = dir.join(NAME);
    let text = key_text::write(&key.to_bytes());
    write_whole(&path, text.as_bytes()).map_err(|error| StoreError::file(&path, error))?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t50_the_key_is_made_once_and_kept_private() {
        let dir = tempfile::tempdir().unwrap();
        assert!(open_key(dir.path()).unwrap().is_none());
        let made = open_or_create_key(dir.path()).unwrap();
        assert_eq!(open_or_create_key(dir.path()).unwrap().public(), made.public());
        assert!(!is_exposed(&dir.path().join(NAME)).unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn t50_a_key_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        open_or_create_key(dir.path()).unwrap();
        let path = dir.path().join(NAME);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let error = open_key(dir.path()).unwrap_err();
        assert!(error.to_string().contains("chmod 600"), "{error}");
    }

    #[test]
    fn a_damaged_key_is_not_replaced() {
        for text in ["", "deskwire server key 1\nabc\n", "something else\n"] {
            let dir = tempfile::tempdir().unwrap();
            write_whole(&dir.path().join(NAME), text.as_bytes()).unwrap();
            assert!(matches!(open_or_create_key(dir.path()), Err(StoreError::KeyDamaged(_))));
        }
    }
}
