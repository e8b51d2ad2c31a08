//! The count of wrong secrets, on disk before any of them is answered.

use deskwire_core::sessions::{Attempts, ChargeResult, LoginBudget};
use deskwire_core::wire::session::LoginMethod;
use serde::{Deserialize, Serialize};

use crate::state::{State, StateError};

const FILE: &str = "logins.json";

/// The budget as it is kept: seconds since 1970.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// Wrong codes.
    #[serde(default, alias = "charged_at")]
    codes: Vec<u64>,
    #[serde(default)]
    passwords: Vec<u64>,
    #[serde(default)]
    second_factors: Vec<u64>,
    #[serde(default)]
    questions: Vec<u64>,
    locked: bool,
}

/// A host's login attempts.
#[derive(Debug)]
pub(crate) struct Logins(LoginBudget);

impl Logins {
    pub(crate) fn load(state: &State) -> Result<Self, StateError> {
        let Kept { codes, passwords, second_factors, questions, locked } = state.read_json(FILE)?;
        let [codes, passwords, second_factors, questions] =
            [codes, passwords, second_factors, questions].map(|charged_at| Attempts { charged_at });
        Ok(Self(LoginBudget { codes, passwords, second_factors, questions, locked }))
    }

    /// Charges an attempt; what comes back is durable. An attempt that cannot be written down is refused, for it could
    /// be made again and again.
    pub(crate) fn charge(
        &mut self,
        state: &State,
        method: LoginMethod,
        now: u64,
    ) -> (ChargeResult, Result<(), StateError>) {
        let result = self.0.charge(method, now);
        self.kept(state, result)
    }

    /// Charges a second factor in the same way.
    pub(crate) fn charge_second_factor(
        &mut self,
        state: &State,
        now: u64,
    ) -> (ChargeResult, Result<(), StateError>) {
        let result = self.0.charge_second_factor(now);
        self.kept(state, result)
    }

    fn kept(&self, state: &State, result: ChargeResult) -> (ChargeResult, Result<(), StateError>) {
        match self.save(state) {
            Ok(()) => (result, Ok(())),
            Err(error) => (ChargeResult::Refused { retry_after_s: None }, Err(error)),
        }
    }

    /// The secret was right.
    pub(crate) fn refund(&mut self, state: &State, method: LoginMethod) -> Result<(), StateError> {
        self.0.refund(method);
        self.save(state)
    }

    /// The second factor was right.
    pub(crate) fn refund_second_factor(&mut self, state: &State) -> Result<(), StateError> {
        self.0.refund_second_factor();
        self.save(state)
    }

    /// Somebody at the host acted.
    pub(crate) fn unlock(&mut self, state: &State) -> Result<(), StateError> {
        self.0.unlock();
        self.save(state)
    }

    pub(crate) const fn is_locked(&self) -> bool {
        self.0.locked
    }

    fn save(&self, state: &State) -> Result<(), StateError> {
        let budget = &self.0;
        let kept = Kept {
            codes: budget.codes.charged_at.clone(),
            passwords: budget.passwords.charged_at.clone(),
            second_factors: budget.second_factors.charged_at.clone(),
            questions: budget.questions.charged_at.clone(),
            locked: budget.locked,
        };
        state.write_json(FILE, &kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keystore::Keystore;
    use LoginMethod::OneTimeCode;

    #[test]
    fn t26_what_was_charged_counts_after_a_crash() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path(), Keystore::File).unwrap();
        let mut now = 1_000_000;
        for _ in 0..10 {
            // Loaded anew each time, as after a kill.
            let (result, kept) = Logins::load(&state).unwrap().charge(&state, OneTimeCode, now);
            kept.unwrap();
            assert_eq!(result, ChargeResult::Allowed);
            now += 600;
        }
        let mut logins = Logins::load(&state).unwrap();
        assert_eq!(logins.charge(&state, OneTimeCode, now).0, ChargeResult::Refused { retry_after_s: None });
        assert!(Logins::load(&state).unwrap().is_locked());
        logins.unlock(&state).unwrap();
        assert_eq!(Logins::load(&state).unwrap().charge(&state, OneTimeCode, now).0, ChargeResult::Allowed);
    }

    // spec: LG-20
    #[test]
    fn questions_count_after_a_crash() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path(), Keystore::File).unwrap();
        let ask = |now| Logins::load(&state).unwrap().charge(&state, LoginMethod::Approval, now).0;
        assert_eq!(ask(1_000), ChargeResult::Allowed);
        assert_eq!(ask(1_001), ChargeResult::Refused { retry_after_s: Some(59) });
        assert_eq!(ask(1_060), ChargeResult::Allowed);
        assert_eq!(ask(1_179), ChargeResult::Refused { retry_after_s: Some(1) });
    }

    #[test]
    fn a_right_code_is_not_counted() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path(), Keystore::File).unwrap();
        let mut logins = Logins::load(&state).unwrap();
        for _ in 0..20 {
            assert_eq!(logins.charge(&state, OneTimeCode, 5).0, ChargeResult::Allowed);
            logins.refund(&state, OneTimeCode).unwrap();
        }
    }

    #[test]
    fn t26_what_cannot_be_written_down_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(&folder.path().join("state"), Keystore::File).unwrap();
        let mut logins = Logins::load(&state).unwrap();
        std::fs::remove_dir_all(folder.path().join("state")).unwrap();
        let (result, kept) = logins.charge(&state, OneTimeCode, 5);
        assert!(kept.is_err());
        assert_eq!(result, ChargeResult::Refused { retry_after_s: None });
    }
}
