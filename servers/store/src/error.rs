//! What can be wrong with a store, in words an operator can act on.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a store could not be opened or changed.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// The directory or a file in it cannot be made, read or written.
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another server has the directory.
    InUse(PathBuf),
    /// The disk is full.
    Full(PathBuf),
    /// A newer version of the server wrote the database.
    Newer {
        /// The database.
        path: PathBuf,
        /// Its version.
        found: i64,
    },
    /// The file is no database of ours, or is damaged.
    Damaged {
        /// Which.
        path: PathBuf,
        /// What SQLite said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The key file can be read by others.
    KeyExposed(PathBuf),
    /// The key file holds no key.
    KeyDamaged(PathBuf),
    /// The system's random generator failed.
    Random(String),
}

impl StoreError {
    pub(crate) fn file(path: &Path, source: io::Error) -> Self {
        if source.kind() == io::ErrorKind::StorageFull {
            return Self::Full(path.to_owned());
        }
        Self::File { path: path.to_owned(), source }
    }

    pub(crate) fn database(path: &Path, source: sqlx::Error) -> Self {
        if is_full(&source) {
            return Self::Full(path.to_owned());
        }
        Self::Damaged { path: path.to_owned(), source: Box::new(source) }
    }
}

/// Whether SQLite found no room (`SQLITE_FULL`).
fn is_full(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(|e| e.code()).is_some_and(|code| code == "13")
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, source } => write!(
                f,
                "cannot use {} ({source}); make it a place this user can write, or choose another with --data",
                path.display()
            ),
            Self::InUse(path) => write!(
                f,
                "another server uses {}; stop that one, or choose another directory with --data",
                path.display()
            ),
            Self::Full(path) => {
                write!(f, "no room left on the disk of {}; free some space and start again", path.display())
            }
            Self::Newer { path, found } => write!(
                f,
                "{} was written by a newer server (schema {found}); run that version, or restore a backup made \
                 before the upgrade",
                path.display()
            ),
            Self::Damaged { path, source } => write!(
                f,
                "{} is not a readable registry ({source}); restore it from a backup, or move it away to start empty",
                path.display()
            ),
            Self::KeyExposed(path) => {
                write!(f, "others can read the server key in {0}; run `chmod 600 {0}`", path.display())
            }
            Self::KeyDamaged(path) => write!(
                f,
                "{} holds no server key; restore it from a backup (a new key would lock out every client)",
                path.display()
            ),
            Self::Random(why) => write!(f, "the system gives no randomness ({why}); see its log"),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { source, .. } => Some(source),
            Self::Damaged { source, .. } => Some(&**source),
            _ => None,
        }
    }
}
