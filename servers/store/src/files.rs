//! Files that are whole or not there, and private.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::Path;

use crate::StoreError;

/// The file that says that a server has the directory.
const LOCK: &str = "lock";
/// The file that is made to see whether one can be made.
const TRIAL: &str = ".try";

/// Makes `dir`, for its owner only, if it is not there.
pub(crate) fn make_dir(dir: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(dir).map_err(|error| StoreError::file(dir, error))
}

/// Whether a store could be in `dir`: that it is there, or can be made, and can be written. Leaves nothing behind.
///
/// # Errors
/// What the system said.
pub fn try_dir(dir: &Path) -> Result<(), StoreError> {
    let missing: Vec<&Path> =
        dir.ancestors().take_while(|part| !part.as_os_str().is_empty() && !part.exists()).collect();
    let tried = make_dir(dir).and_then(|()| open_in(dir, TRIAL)).map(drop);
    let _ = fs::remove_file(dir.join(TRIAL));
    for part in missing {
        let _ = fs::remove_dir(part);
    }
    tried
}

/// Takes `dir` for this process. The system gives it back when the file is closed, however the process ends.
pub(crate) fn lock(dir: &Path) -> Result<File, StoreError> {
    let file = open_in(dir, LOCK)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(dir.to_owned())),
        Err(TryLockError::Error(error)) => Err(StoreError::file(&dir.join(LOCK), error)),
    }
}

/// Opens the first file in `dir`, and makes it if it is not there. Where that fails, the directory is to blame.
fn open_in(dir: &Path, name: &str) -> Result<File, StoreError> {
    let opened = options().create(true).truncate(false).open(dir.join(name));
    opened.map_err(|error| StoreError::file(dir, error))
}

/// Makes a file, for its owner only, if it is not there.
pub(crate) fn touch(path: &Path) -> Result<(), StoreError> {
    options().create(true).truncate(false).open(path).map(drop).map_err(|error| StoreError::file(path, error))
}

/// Writes a file under a passing name, flushes it, and renames it: after a crash there is all of it or nothing.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let passing = path.with_extension("new");
    let mut file = options().create(true).truncate(true).open(&passing)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&passing, path)?;
    #[cfg(unix)]
    if let Some(dir) = path.parent() {
        File::open(dir)?.sync_all()?;
    }
    Ok(())
}

/// Options that make files for their owner only.
fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

/// Whether others than the owner can read `path`. Where files have no such mode: no.
pub(crate) fn is_exposed(path: &Path) -> io::Result<bool> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        Ok(fs::metadata(path)?.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        fs::metadata(path).map(|_| false)
    }
}
