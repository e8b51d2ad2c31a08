//! Who may log in at this device when it is a host, besides whoever knows the one-time code: `access.json`.

use std::fs;
use std::time::SystemTime;

use clap::ValueEnum;
use clap::builder::PossibleValue;
use deskwire_core::machine::Seed;
use deskwire_core::sessions::{LoginTerms, OneTimeCode, StretchedPassword};
use deskwire_core::wire::session::Scopes;

use crate::state::{State, StateError, hex};

mod kept;
mod second;

pub use kept::{Access, Method};
#[cfg(test)]
pub(crate) use kept::{Kept, KeptPassword};
pub use second::{FactorCheck, NewFactor};

const FILE: &str = "access.json";

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
        self.read(code, most).map_err(|what| state.corrupt(FILE, what))
    }
}

impl ValueEnum for Method {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Code, Self::Password, Self::Key, Self::Approval]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Code => PossibleValue::new("code").help("The one-time code"),
            Self::Password => PossibleValue::new("password").help("The permanent password"),
            Self::Key => PossibleValue::new("key").help("A viewer's key in the allow-list"),
            Self::Approval => PossibleValue::new("approval").help("Somebody at the host says yes"),
        })
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
    use deskwire_core::identity::{IdentityKey, PublicKey};
    use deskwire_core::wire::session::{PasswordParams, Scope};

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
