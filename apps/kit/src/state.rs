//! What a device keeps between runs: its identity, its id at each server, pins, and the count of wrong codes.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use deskwire_core::identity::PublicKey;
use deskwire_core::wire::ids::DeviceId;
use deskwire_core::wire::rendezvous::RelayRtt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use crate::files;
use crate::keystore::Keystore;
use crate::why::LastSession;
use kept::{MeasuredRelays, PinRecords, decode, encode, pin_name, pins_of};

pub(crate) mod hex;
mod identity;
mod kept;

pub use hex::{from_hex, to_hex};
pub use identity::KeyPlace;
pub use kept::{PinRecord, Registration};

/// The folder that holds it.
#[derive(Clone, Debug)]
pub struct State {
    folder: PathBuf,
    keystore: Keystore,
}

/// Why the state cannot be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum StateError {
    /// The folder or a file in it cannot be read or written.
    Io(PathBuf, io::Error),
    /// A file does not hold what it should.
    Corrupt(PathBuf, String),
    /// Another program uses the folder.
    InUse(PathBuf),
    /// The file says that the key lies in the keystore of the system, which does not give it.
    Keystore(PathBuf, String),
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(path, error) => write!(
                f,
                "cannot use {}: {error}; choose another folder with --state or make this one writable",
                path.display()
            ),
            Self::Corrupt(path, what) => write!(
                f,
                "{} is damaged ({what}); restore it from a backup, or remove it to start anew",
                path.display()
            ),
            Self::InUse(path) => write!(
                f,
                "another deskwire host already uses {}; stop it, or give this one its own folder with --state",
                path.display()
            ),
            Self::Keystore(path, why) => write!(
                f,
                "this device's key lies in the operating system's keystore, as {} says, but that {why}; unlock or start \
                 the keystore and try again, or remove the file to go on as a new device",
                path.display()
            ),
        }
    }
}

impl std::error::Error for StateError {}

/// Held by a host as long as it runs, so that two never count codes in one folder.
#[derive(Debug)]
pub struct HostLock {
    _file: File,
}

impl State {
    /// Opens the folder, making it if need be. `keystore` says where the identity key is to lie.
    pub fn open(folder: &Path, keystore: Keystore) -> Result<Self, StateError> {
        files::create_private_folder(folder).map_err(|e| StateError::Io(folder.into(), e))?;
        Ok(Self { folder: folder.into(), keystore })
    }

    /// Takes the folder for a host.
    pub fn lock_for_host(&self) -> Result<HostLock, StateError> {
        let path = self.folder.join("host.lock");
        let file = File::create(&path).map_err(|e| StateError::Io(path.clone(), e))?;
        match file.try_lock() {
            Ok(()) => Ok(HostLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StateError::InUse(self.folder.clone())),
            Err(TryLockError::Error(error)) => Err(StateError::Io(path, error)),
        }
    }

    /// What the server with this key knows us by.
    pub fn registration(&self, server: &PublicKey) -> Result<Registration, StateError> {
        Ok(self.registrations()?.remove(&to_hex(&server.fingerprint())).unwrap_or_default())
    }

    /// Keeps what a server knows us by; durable when it returns.
    pub fn set_registration(&self, server: &PublicKey, registration: Registration) -> Result<(), StateError> {
        let mut all = self.registrations()?;
        all.insert(to_hex(&server.fingerprint()), registration);
        self.write_json("registrations.json", &all)
    }

    fn registrations(&self) -> Result<BTreeMap<String, Registration>, StateError> {
        self.read_json("registrations.json")
    }

    /// The pin of a host, if it was met before.
    pub fn pin(&self, server: &PublicKey, id: DeviceId) -> Result<Option<PinRecord>, StateError> {
        let all: PinRecords = self.read_json("pins.json")?;
        Ok(all.get(&pin_name(server, id)).cloned())
    }

    /// Keeps the pin of a host.
    pub fn set_pin(&self, server: &PublicKey, id: DeviceId, pin: PinRecord) -> Result<(), StateError> {
        let mut all: PinRecords = self.read_json("pins.json")?;
        all.insert(pin_name(server, id), pin);
        self.write_json("pins.json", &all)
    }

    /// All hosts that were met at a server.
    pub fn pins(&self, server: &PublicKey) -> Result<Vec<(DeviceId, PinRecord)>, StateError> {
        let all: PinRecords = self.read_json("pins.json")?;
        Ok(pins_of(all, server))
    }

    /// Forgets a host; whether it was known.
    pub fn remove_pin(&self, server: &PublicKey, id: DeviceId) -> Result<bool, StateError> {
        let mut all: PinRecords = self.read_json("pins.json")?;
        let was_known = all.remove(&pin_name(server, id)).is_some();
        if was_known {
            self.write_json("pins.json", &all)?;
        }
        Ok(was_known)
    }

    /// How far a server's relays were, if that was measured within the last day.
    pub fn relay_rtts(&self, server: &PublicKey, now: u64) -> Result<Vec<RelayRtt>, StateError> {
        let mut all: BTreeMap<String, MeasuredRelays> = self.read_json("relays.json")?;
        let measured = all.remove(&to_hex(&server.fingerprint())).unwrap_or_default();
        Ok(measured.fresh(now))
    }

    /// Keeps how far they are.
    pub fn set_relay_rtts(&self, server: &PublicKey, rtts: &[RelayRtt], now: u64) -> Result<(), StateError> {
        let mut all: BTreeMap<String, MeasuredRelays> = self.read_json("relays.json")?;
        let millis = rtts.iter().map(|rtt| (rtt.relay.0, rtt.millis)).collect();
        all.insert(to_hex(&server.fingerprint()), MeasuredRelays { at: now, millis });
        self.write_json("relays.json", &all)
    }

    /// How the last session as a viewer went.
    pub fn last_session(&self) -> Result<Option<LastSession>, StateError> {
        self.read_json("last-session.json")
    }

    /// Keeps how the last session went.
    pub fn set_last_session(&self, session: &LastSession) -> Result<(), StateError> {
        self.write_json("last-session.json", &Some(session))
    }

    /// The server key that was pinned at first contact with `server` (as host:port).
    pub fn pinned_server(&self, server: &str) -> Result<Option<String>, StateError> {
        let all: BTreeMap<String, String> = self.read_json("servers.json")?;
        Ok(all.get(server).cloned())
    }

    /// Pins a server's key.
    pub fn pin_server(&self, server: &str, key: &str) -> Result<(), StateError> {
        let mut all: BTreeMap<String, String> = self.read_json("servers.json")?;
        all.insert(server.into(), key.into());
        self.write_json("servers.json", &all)
    }

    /// Reads a JSON file of the folder; what is not there is the default.
    pub fn read_json<T: DeserializeOwned + Default>(&self, name: &str) -> Result<T, StateError> {
        let path = self.folder.join(name);
        match fs::read(&path) {
            // Some of these files hold secrets.
            Ok(bytes) => decode(&Zeroizing::new(bytes)).map_err(|what| StateError::Corrupt(path, what)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(T::default()),
            Err(error) => Err(StateError::Io(path, error)),
        }
    }

    /// Replaces a JSON file of the folder; durable when it returns.
    pub fn write_json<T: Serialize>(&self, name: &str, value: &T) -> Result<(), StateError> {
        let path = self.folder.join(name);
        let bytes = encode(value).map_err(|what| StateError::Corrupt(path.clone(), what))?;
        self.write(&path, &bytes)
    }

    /// Where a file of the folder is.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Waits until nobody else holds this file of the folder, and holds it.
    pub(crate) fn lock_file(&self, name: &str) -> Result<File, StateError> {
        let path = self.folder.join(name);
        let file = File::create(&path).map_err(|e| StateError::Io(path.clone(), e))?;
        file.lock().map_err(|e| StateError::Io(path, e))?;
        Ok(file)
    }

    /// The error for a file of the folder that does not hold what it should.
    pub fn corrupt(&self, name: &str, what: String) -> StateError {
        StateError::Corrupt(self.folder.join(name), what)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), StateError> {
        files::write_durably(path, bytes).map_err(|e| StateError::Io(path.into(), e))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskwire_core::wire::ids::RelayId;
    use kept::RTTS_LIFE_S;

    #[test]
    fn relays_that_were_measured_count_for_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path(), Keystore::File).unwrap();
        let server = state.identity().unwrap().public();
        let rtts = [RelayRtt { relay: RelayId(7), millis: 30 }, RelayRtt { relay: RelayId(2), millis: 9 }];
        state.set_relay_rtts(&server, &rtts, 1_000).unwrap();
        assert_eq!(state.relay_rtts(&server, 1_000 + RTTS_LIFE_S - 1).unwrap(), rtts);
        assert_eq!(state.relay_rtts(&server, 1_000 + RTTS_LIFE_S).unwrap(), []);
    }

    #[test]
    fn registrations_and_pins_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path(), Keystore::File).unwrap();
        let server = state.identity().unwrap().public();
        assert_eq!(state.registration(&server).unwrap(), Registration::default());
        let registration = Registration { id: Some(1), certificate: None, epoch: 7 };
        state.set_registration(&server, registration.clone()).unwrap();
        assert_eq!(state.registration(&server).unwrap(), registration);
        let id = DeviceId::from_number(5);
        assert_eq!(state.pin(&server, id).unwrap(), None);
        let pin = PinRecord { key: to_hex(&[1; 32]), generation: 1, verified: true };
        state.set_pin(&server, id, pin.clone()).unwrap();
        assert_eq!(state.pin(&server, id).unwrap(), Some(pin.clone()));
        assert_eq!(state.pins(&server).unwrap(), [(id, pin)]);
        assert!(state.remove_pin(&server, id).unwrap());
        assert!(!state.remove_pin(&server, id).unwrap());
        assert_eq!(state.pins(&server).unwrap(), []);
    }

    #[test]
    fn only_one_host_has_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path(), Keystore::File).unwrap();
        let lock = state.lock_for_host().unwrap();
        assert!(matches!(state.lock_for_host(), Err(StateError::InUse(_))));
        drop(lock);
        assert!(state.lock_for_host().is_ok());
    }
}
