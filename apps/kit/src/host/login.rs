//! The count of wrong codes, on disk before any of them is answered.

use deskwire_core::sessions::{ChargeResult, LoginBudget};
use serde::{Deserialize, Serialize};

use crate::state::{State, StateError};

const FILE: &str = "logins.json";

/// The budget as it is kept.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// Seconds since 1970.
    charged_at: Vec<u64>,
    locked: bool,
}

/// A host's login attempts.
#[derive(Debug)]
pub(crate) struct Logins(LoginBudget);

impl Logins {
    pub(crate) fn load(state: &State) -> Result<Self, StateError> {
        let Kept { charged_at, locked } = state.read_json(FILE)?;
        Ok(Self(LoginBudget { charged_at, locked }))
    }

    /// Charges an attempt; what comes back is durable. An attempt that cannot be written down is refused, for it could
    /// be made again and again.
    pub(crate) fn charge(&mut self, state: &State, now: u64) -> (ChargeResult, Result<(), StateError>) {
        let result = self.0.charge(now);
        match self.save(state) {
            Ok(()) => (result, Ok(())),
            Err(error) => (ChargeResult::Refused { retry_after_s: None }, Err(error)),
        }
    }

    /// The code was right.
    pub(crate) fn refund(&mut self, state: &State) -> Result<(), StateError> {
        self.0.refund();
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
        state.write_json(FILE, &Kept { charged_at: self.0.charged_at.clone(), locked: self.0.locked })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t26_what_was_charged_counts_after_a_crash() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path()).unwrap();
        let mut now = 1_000_000;
        for _ in 0..10 {
            // Loaded anew each time, as after a kill.
            let (result, kept) = Logins::load(&state).unwrap().charge(&state, now);
            kept.unwrap();
            assert_eq!(result, ChargeResult::Allowed);
            now += 600;
        }
        let mut logins = Logins::load(&state).unwrap();
        assert_eq!(logins.charge(&state, now).0, ChargeResult::Refused { retry_after_s: None });
        assert!(Logins::load(&state).unwrap().is_locked());
        logins.unlock(&state).unwrap();
        assert_eq!(Logins::load(&state).unwrap().charge(&state, now).0, ChargeResult::Allowed);
    }

    #[test]
    fn a_right_code_is_not_counted() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path()).unwrap();
        let mut logins = Logins::load(&state).unwrap();
        for _ in 0..20 {
            assert_eq!(logins.charge(&state, 5).0, ChargeResult::Allowed);
            logins.refund(&state).unwrap();
        }
    }

    #[test]
    fn t26_what_cannot_be_written_down_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(&folder.path().join("state")).unwrap();
        let mut logins = Logins::load(&state).unwrap();
        std::fs::remove_dir_all(folder.path().join("state")).unwrap();
        let (result, kept) = logins.charge(&state, 5);
        assert!(kept.is_err());
        assert_eq!(result, ChargeResult::Refused { retry_after_s: None });
    }
}
