//! The keystore of the operating system: the Secret Service of a Linux desktop, the credential manager of Windows, the
//! keychain of macOS.

use std::fmt;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use deskwire_core::identity::Secret;
use keyring::{Entry, Error};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Where this device's identity key is to lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Keystore {
    /// In the operating system's keystore where one answers, else in a file
    #[default]
    System,
    /// In a file that only its owner may read
    File,
}

/// What our entries are filed under.
const SERVICE: &str = "deskwire";

/// How long the keystore may take: a person may have to type the password that opens it.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why a keystore did not do what it was asked to; the words follow "the operating system's keystore".
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Trouble {
    /// There is none, or it cannot be reached.
    Absent(String),
    /// It is locked, and was not unlocked.
    Locked(String),
    /// It did not answer.
    Silent,
    /// It failed, or gave something else than was put in.
    Failed(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent(why) => write!(f, "cannot be reached ({why})"),
            Self::Locked(why) => write!(f, "is locked ({why})"),
            Self::Silent => {
                write!(
                    f,
                    "gave no answer within {} s; it may be waiting for its password",
                    PATIENCE.as_secs()
                )
            }
            Self::Failed(why) => write!(f, "does not work ({why})"),
        }
    }
}

/// A place for keys by name.
pub(crate) trait Vault {
    /// The key of this name; `None` if there is none.
    fn get(&self, name: &str) -> Result<Option<Secret<32>>, Trouble>;
    /// Keeps a key under this name.
    fn put(&self, name: &str, key: &Secret<32>) -> Result<(), Trouble>;
    /// Forgets the key of this name, if there is one.
    fn remove(&self, name: &str) -> Result<(), Trouble>;
}

/// The keystore of the system.
#[derive(Clone, Copy, Debug)]
pub(crate) struct System;

impl Vault for System {
    fn get(&self, name: &str) -> Result<Option<Secret<32>>, Trouble> {
        patiently(name, |entry| match entry.get_secret() {
            Ok(bytes) => {
                let bytes = Zeroizing::new(bytes);
                let key = bytes.as_slice().try_into().map(Secret::new);
                key.map(Some).map_err(|_| Trouble::Failed("what it holds is not a key".into()))
            }
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error.into()),
        })
    }

    fn put(&self, name: &str, key: &Secret<32>) -> Result<(), Trouble> {
        let key = key.clone();
        patiently(name, move |entry| Ok(entry.set_secret(key.as_bytes())?))
    }

    fn remove(&self, name: &str) -> Result<(), Trouble> {
        patiently(name, |entry| match entry.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(error.into()),
        })
    }
}

/// Does something with an entry on a thread of its own, for a keystore may wait for its user for ever.
fn patiently<T: Send + 'static>(
    name: &str,
    act: impl FnOnce(&Entry) -> Result<T, Trouble> + Send + 'static,
) -> Result<T, Trouble> {
    let name = name.to_owned();
    let (tell, told) = mpsc::channel();
    let run = move || {
        let done = open(&name).and_then(|entry| act(&entry));
        // Nobody waits any more if this fails.
        let _ = tell.send(done);
    };
    let started = thread::Builder::new().name("keystore".into()).spawn(run);
    started.map_err(|error| Trouble::Failed(format!("no thread can be started: {error}")))?;
    told.recv_timeout(PATIENCE).unwrap_or(Err(Trouble::Silent))
}

fn open(name: &str) -> Result<Entry, Trouble> {
    match Entry::store_status() {
        Ok(()) => {}
        Err(Error::PlatformFailure(why)) => return Err(Trouble::Absent(why.to_string())),
        Err(error) => return Err(Trouble::Absent(error.to_string())),
    }
    Ok(Entry::new(SERVICE, name)?)
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error {
            Error::NoStorageAccess(why) => Self::Locked(why.to_string()),
            Error::PlatformFailure(why) => Self::Failed(why.to_string()),
            Error::NoDefaultStore => Self::Absent("this system has none".into()),
            // Says nothing of what the entry holds, unlike the error's own debug form.
            error => Self::Failed(error.to_string()),
        }
    }
}
