//! What the files of the state's folder hold, as bytes and text. Nothing here opens a file: whatever a crash, a full disk
//! or an editor left in one can be tried without a disk.

use std::collections::BTreeMap;

use deskwire_core::identity::{PublicKey, Secret};
use deskwire_core::wire::ids::{DeviceId, RelayId};
use deskwire_core::wire::rendezvous::RelayRtt;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use zeroize::{Zeroize as _, Zeroizing};

use super::hex::{from_hex, to_hex};

/// More than the files with secrets have.
const ROOM: usize = 16 << 10;

/// For how long a measurement of relays counts in a later run.
pub(super) const RTTS_LIFE_S: u64 = 24 * 3_600;

/// Begins the file of the identity when the key is elsewhere.
const ELSEWHERE: &str = "keystore ";

/// What a server knows this device by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// The id, twelve digits.
    pub id: Option<u64>,
    /// The id certificate as the server signed it, in hexadecimal.
    pub certificate: Option<String>,
    /// The last registration epoch that was used.
    pub epoch: u64,
}

impl Registration {
    /// The id, if there is one.
    pub fn device_id(&self) -> Option<DeviceId> {
        self.id.and_then(DeviceId::from_digits)
    }
}

/// How far the relays of a server were.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct MeasuredRelays {
    /// When, Unix seconds.
    pub(super) at: u64,
    /// Numbers of relays, and milliseconds.
    pub(super) millis: Vec<(u32, u16)>,
}

impl MeasuredRelays {
    /// What was measured, if that was within the last day. A time that has not come yet was told by a clock that was wrong.
    pub(super) fn fresh(self, now: u64) -> Vec<RelayRtt> {
        let is_fresh = now.checked_sub(self.at).is_some_and(|age| age < RTTS_LIFE_S);
        let rtt = |(relay, millis)| RelayRtt { relay: RelayId(relay), millis };
        self.millis.into_iter().filter(|_| is_fresh).map(rtt).collect()
    }
}

/// A host's key as this device has come to know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinRecord {
    /// The host's identity key, in hexadecimal.
    pub key: String,
    /// The certificate's generation when it was last seen.
    pub generation: u32,
    /// Whether a person or a code has verified it.
    pub verified: bool,
}

/// The pins of all servers by their names.
pub(super) type PinRecords = BTreeMap<String, PinRecord>;

/// The name of a host's pin.
pub(super) fn pin_name(server: &PublicKey, id: DeviceId) -> String {
    format!("{}/{:012}", to_hex(&server.fingerprint()), id.as_digits())
}

/// The pins of one server. A name that is not written as [`pin_name`] does it is nobody's: it would be found by no id.
pub(super) fn pins_of(all: PinRecords, server: &PublicKey) -> Vec<(DeviceId, PinRecord)> {
    let prefix = to_hex(&server.fingerprint()) + "/";
    let id = |name: &str| {
        let id = DeviceId::from_digits(name.strip_prefix(&prefix)?.parse().ok()?)?;
        (pin_name(server, id) == name).then_some(id)
    };
    all.into_iter().filter_map(|(name, pin)| Some((id(&name)?, pin))).collect()
}

/// What the file of the identity says.
pub(super) enum Said {
    Key(Secret<32>),
    Elsewhere(PublicKey),
}

impl Said {
    /// Reads the file; `None` if it holds neither.
    pub(super) fn read(text: &str) -> Option<Self> {
        let array = |text: &str| {
            let mut bytes = from_hex(text)?;
            let array = <[u8; 32]>::try_from(bytes.as_slice()).ok();
            bytes.zeroize();
            array
        };
        let text = text.trim();
        match text.strip_prefix(ELSEWHERE) {
            Some(public) => PublicKey::from_bytes(array(public)?).ok().map(Self::Elsewhere),
            None => array(text).map(|bytes| Self::Key(Secret::new(bytes))),
        }
    }

    /// The file.
    pub(super) fn write(&self) -> Zeroizing<String> {
        let mut line = Zeroizing::new(match self {
            Self::Key(seed) => to_hex(seed.as_bytes()),
            Self::Elsewhere(public) => format!("{ELSEWHERE}{}", to_hex(public.as_bytes())),
        });
        line.push('\n');
        line
    }
}

/// Reads a JSON file; else what is wrong with it, without anything that is in it: some of these files hold secrets.
pub(super) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    serde_json::from_slice(bytes).map_err(|error| match error.classify() {
        // Its own words show what stands there.
        Category::Data => {
            format!(
                "something else than what belongs there at line {} column {}",
                error.line(),
                error.column()
            )
        }
        _ => error.to_string(),
    })
}

/// Writes a JSON file; else why it has no such form.
pub(super) fn encode<T: Serialize>(value: &T) -> Result<Zeroizing<Vec<u8>>, String> {
    // Room first: a growing buffer would leave secrets behind in freed memory.
    let mut bytes = Zeroizing::new(Vec::with_capacity(ROOM));
    serde_json::to_writer_pretty(&mut *bytes, value).map_err(|error| error.to_string())?;
    bytes.push(b'\n');
    Ok(bytes)
}
