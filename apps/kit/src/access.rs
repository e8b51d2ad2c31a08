//! Who may log in at this device when it is a host, besides whoever knows the one-time code: `access.json`.

use std::collections::BTreeMap;
use std::fs;
use std::time::SystemTime;

use deskwire_core::identity::{PublicKey, Secret, ServerKey};
use deskwire_core::machine::Seed;
use deskwire_core::sessions::{Grants, LoginTerms, OneTimeCode, StretchedPassword};
use deskwire_core::wire::session::{LoginMethod, PasswordParams, Scope, Scopes};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::state::{State, StateError, from_hex, to_hex};

mod second;

#[cfg(test)]
pub(crate) use second::Kept;
pub use second::{FactorCheck, NewFactor};

const FILE: &str = "access.json";

/// What a host's owner has set up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// The permanent password.
    password: Option<KeptPassword>,
    /// Viewers that log in by their key: its text form, and what their owner calls them.
    #[serde(default)]
    allowed: BTreeMap<String, String>,
    /// Whether whoever sits at the host can be asked.
    #[serde(default)]
    approval: bool,
    /// The second factor.
    second: Option<second::Kept>,
    /// What each method gives, where it is not the usual.
    #[serde(default)]
    grants: BTreeMap<Method, Vec<String>>,
}

/// A password as it is written down.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(crate) struct KeptPassword {
    salt: String,
    memory_kib: u32,
    passes: u32,
    key: String,
}

impl std::fmt::Debug for KeptPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeptPassword(..)")
    }
}

/// A way to log in, as users name it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, clap::ValueEnum)]
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

/// When the file was written last, to notice that it was written again.
pub(crate) type Stamp = Option<(SystemTime, u64)>;

impl Access {
    /// What is set up.
    ///
    /// # Errors
    /// When the file is there and cannot be read, or does not hold what it should.
    pub fn load(state: &State) -> Result<Self, StateError> {
        state.read_json(FILE)
    }

    /// Changes it, and writes it down; durable when it returns. Nobody else changes it meanwhile.
    ///
    /// # Errors
    /// When the file cannot be read or written, or does not hold what it should.
    pub fn change<T>(state: &State, change: impl FnOnce(&mut Self) -> T) -> Result<T, StateError> {
        let _lock = state.lock_file("access.lock")?;
        let mut access = Self::load(state)?;
        let result = change(&mut access);
        state.write_json(FILE, &access)?;
        Ok(result)
    }

    /// When it was changed last.
    pub(crate) fn stamp(state: &State) -> Stamp {
        let data = fs::metadata(state.path(FILE)).ok()?;
        Some((data.modified().ok()?, data.len()))
    }

    /// The terms of a host that shows `code`; `most` bounds what anybody gets.
    ///
    /// # Errors
    /// When the file does not hold what it should.
    pub fn terms(
        &self,
        state: &State,
        code: Option<OneTimeCode>,
        most: Scopes,
    ) -> Result<LoginTerms, StateError> {
        let damaged = |what: &str| state.corrupt(FILE, what.to_owned());
        let key = |text: &String| {
            text.parse::<ServerKey>().map(|key| key.0).map_err(|e| damaged(&format!("a viewer's key: {e}")))
        };
        let password = self.password.as_ref().map(|kept| kept.read().ok_or_else(|| damaged("the password")));
        let trusted = self.second.iter().flat_map(second::Kept::trusted);
        Ok(LoginTerms {
            code,
            password: password.transpose()?,
            allowed: self.allowed.keys().map(key).collect::<Result<_, _>>()?,
            approval: self.approval,
            second_factor: self.second.is_some(),
            trusted: trusted.map(key).collect::<Result<_, _>>()?,
            grants: self.grants(most).map_err(|word| damaged(&format!("the permission \"{word}\"")))?,
        })
    }

    /// What each method gives, at most `most`; the word that is no permission otherwise.
    fn grants(&self, most: Scopes) -> Result<Grants, String> {
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
        self.grants(Scopes::ALL).map_or(Scopes::NONE, |grants| grants.of(method.into()))
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

/// Fewest characters of a permanent password: guesses of strangers are few, and it stays for long.
pub const SHORTEST_PASSWORD: usize = 8;

/// Makes what is kept of a password. It takes a moment.
///
/// # Errors
/// When the password is too short; the text says so.
pub fn stretch_new(password: &str) -> Result<StretchedPassword, String> {
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(format!("a password has at least {SHORTEST_PASSWORD} characters; choose a longer one"));
    }
    let mut rng = Seed::new(crate::random_bytes()).secret();
    StretchedPassword::new(password, &mut rng).map_err(|e| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keystore::Keystore;
    use deskwire_core::identity::IdentityKey;

    fn viewer(n: u8) -> PublicKey {
        IdentityKey::from_bytes(&[n; 32]).public()
    }

    #[test]
    fn what_is_set_up_comes_back_and_is_bounded() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path(), Keystore::File).unwrap();
        assert_eq!(Access::load(&state).unwrap(), Access::default());
        let params = PasswordParams { salt: [1; 16], memory_kib: 8, passes: 1 };
        let password = StretchedPassword::with_params("correct horse", params).unwrap();
        Access::change(&state, |access| {
            access.set_password(Some(&password));
            access.allow(&viewer(1), "laptop");
            access.set_asks(true);
            access.grant(Method::Code, Some(&[Scope::View, Scope::Terminal]));
        })
        .unwrap();
        let access = Access::load(&state).unwrap();
        let most = Scopes::NONE.with(Scope::View).with(Scope::Input);
        let terms = access.terms(&state, None, most).unwrap();
        assert_eq!(terms.password, Some(password));
        assert_eq!(terms.allowed, [viewer(1)].into());
        assert!(terms.approval && !terms.second_factor);
        assert_eq!(terms.grants.code, Scopes::NONE.with(Scope::View));
        assert_eq!(terms.grants.password, most);
        assert!(Access::change(&state, |access| access.forbid(&viewer(1))).unwrap());
        assert!(!Access::change(&state, |access| access.forbid(&viewer(1))).unwrap());
    }

    #[test]
    fn a_damaged_file_lets_nobody_in() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path(), Keystore::File).unwrap();
        for text in [
            r#"{"allowed":{"nobody":"x"}}"#,
            r#"{"grants":{"code":["everything"]}}"#,
            r#"{"password":{"salt":"00","memory_kib":8,"passes":1,"key":""}}"#,
        ] {
            fs::write(folder.path().join(FILE), text).unwrap();
            let access = Access::load(&state).unwrap();
            assert!(
                matches!(access.terms(&state, None, Scopes::ALL), Err(StateError::Corrupt(..))),
                "{text}"
            );
        }
        fs::write(folder.path().join(FILE), "{").unwrap();
        assert!(Access::load(&state).is_err());
    }
}
