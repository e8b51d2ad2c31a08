//! What `access.json` holds, and the terms it comes to. Nothing here opens a file.

use std::collections::BTreeMap;
use std::fmt;

use deskwire_core::identity::{PublicKey, Secret, ServerKey};
use deskwire_core::sessions::{Grants, LoginTerms, OneTimeCode, StretchedPassword};
use deskwire_core::wire::session::{LoginMethod, PasswordParams, Scope, Scopes};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::hex::{from_hex, to_hex};

/// What a host's owner has set up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// The permanent password.
    pub(super) password: Option<KeptPassword>,
    /// Viewers that log in by their key: its text form, and what their owner calls them.
    #[serde(default)]
    pub(super) allowed: BTreeMap<String, String>,
    /// Whether whoever sits at the host can be asked.
    #[serde(default)]
    pub(super) approval: bool,
    /// The second factor.
    pub(super) second: Option<Kept>,
    /// What each method gives, where it is not the usual.
    #[serde(default)]
    pub(super) grants: BTreeMap<Method, Vec<String>>,
}

/// A password as it is written down.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(crate) struct KeptPassword {
    salt: String,
    memory_kib: u32,
    passes: u32,
    key: String,
}

impl fmt::Debug for KeptPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeptPassword(..)")
    }
}

/// A way to log in, as users name it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// The one-time code
    Code,
    /// The permanent password
    Password,
    /// A viewer's key in the allow-list
    Key,
    /// Somebody at the host says yes
    Approval,
}

impl From<Method> for LoginMethod {
    fn from(method: Method) -> Self {
        match method {
            Method::Code => Self::OneTimeCode,
            Method::Password => Self::Password,
            Method::Key => Self::Identity,
            Method::Approval => Self::Approval,
        }
    }
}

/// What is kept of a second factor.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Kept {
    /// In hexadecimal.
    pub(super) secret: String,
    /// The latest step whose digits were used: none counts twice.
    pub(super) used: u64,
    /// Hashes of the recovery codes that are left.
    pub(super) recovery: Vec<String>,
    /// Keys of viewers that are not asked, in text form.
    pub(super) trusted: Vec<String>,
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept")
            .field("recovery", &self.recovery.len())
            .field("trusted", &self.trusted)
            .finish_non_exhaustive()
    }
}

impl Kept {
    pub(super) fn forget(&mut self, key: &str) {
        self.trusted.retain(|trusted| trusted != key);
    }
}

impl Access {
    /// The terms of a host that shows `code`; `most` bounds what anybody gets. Else what is wrong with the file.
    pub(super) fn read(&self, code: Option<OneTimeCode>, most: Scopes) -> Result<LoginTerms, String> {
        let key = |text: &String| {
            text.parse::<ServerKey>().map(|key| key.0).map_err(|e| format!("a viewer's key: {e}"))
        };
        let password =
            self.password.as_ref().map(|kept| kept.read().ok_or_else(|| "the password".to_owned()));
        let trusted = self.second.iter().flat_map(|kept| kept.trusted.iter());
        Ok(LoginTerms {
            code,
            password: password.transpose()?,
            allowed: self.allowed.keys().map(key).collect::<Result<_, _>>()?,
            approval: self.approval,
            second_factor: self.second.is_some(),
            trusted: trusted.map(key).collect::<Result<_, _>>()?,
            grants: self.granted_by_all(most).map_err(|word| format!("the permission \"{word}\""))?,
        })
    }

    /// What each method gives, at most `most`; the word that is no permission otherwise.
    fn granted_by_all(&self, most: Scopes) -> Result<Grants, String> {
        let usual = Grants::default();
        let of = |method: Method, usual: Scopes| -> Result<Scopes, String> {
            let scopes = match self.grants.get(&method) {
                None => usual,
                Some(words) => words
                    .iter()
                    .map(|word| word.parse::<Scope>().map_err(|_| word.clone()))
                    .collect::<Result<_, _>>()?,
            };
            Ok(scopes.iter().filter(|scope| most.has(*scope)).collect())
        };
        Ok(Grants {
            code: of(Method::Code, usual.code)?,
            password: of(Method::Password, usual.password)?,
            identity: of(Method::Key, usual.identity)?,
            approval: of(Method::Approval, usual.approval)?,
        })
    }

    /// What a login of this kind gives.
    pub fn granted(&self, method: Method) -> Scopes {
        self.granted_by_all(Scopes::ALL).map_or(Scopes::NONE, |grants| grants.of(method.into()))
    }

    /// Sets what a login of this kind gives; the usual without `scopes`.
    pub fn grant(&mut self, method: Method, scopes: Option<&[Scope]>) {
        match scopes {
            Some(scopes) => {
                let words = scopes.iter().map(|scope| scope.name().to_owned()).collect();
                self.grants.insert(method, words);
            }
            None => drop(self.grants.remove(&method)),
        }
    }

    /// Whether there is a password.
    pub const fn has_password(&self) -> bool {
        self.password.is_some()
    }

    /// Sets or removes the password.
    pub fn set_password(&mut self, password: Option<&StretchedPassword>) {
        self.password = password.map(KeptPassword::new);
    }

    /// Viewers that log in by their key, and what they are called.
    pub fn allowed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.allowed.iter().map(|(key, name)| (key.as_str(), name.as_str()))
    }

    /// Lets a viewer log in by its key.
    pub fn allow(&mut self, viewer: &PublicKey, name: &str) {
        self.allowed.insert(ServerKey(*viewer).to_string(), name.to_owned());
    }

    /// Takes that back; whether it was so.
    pub fn forbid(&mut self, viewer: &PublicKey) -> bool {
        let key = ServerKey(*viewer).to_string();
        if let Some(second) = &mut self.second {
            second.forget(&key);
        }
        self.allowed.remove(&key).is_some()
    }

    /// Whether whoever sits at the host can be asked.
    pub const fn asks(&self) -> bool {
        self.approval
    }

    /// Sets that.
    pub const fn set_asks(&mut self, asks: bool) {
        self.approval = asks;
    }
}

impl KeptPassword {
    fn new(password: &StretchedPassword) -> Self {
        Self {
            salt: to_hex(&password.params.salt),
            memory_kib: password.params.memory_kib,
            passes: password.params.passes,
            key: to_hex(password.key.as_bytes()),
        }
    }

    fn read(&self) -> Option<StretchedPassword> {
        let params = PasswordParams {
            salt: from_hex(&self.salt)?.try_into().ok()?,
            memory_kib: self.memory_kib,
            passes: self.passes,
        };
        let key = Zeroizing::new(from_hex(&self.key)?);
        let key = Secret::new(key.as_slice().try_into().ok()?);
        params.is_allowed().then_some(StretchedPassword { params, key })
    }
}
