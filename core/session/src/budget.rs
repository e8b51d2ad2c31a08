//! How many wrong one-time codes a host bears.

use alloc::vec::Vec;

/// Most wrong codes within [`WINDOW_S`]; the next one locks the code login.
pub const MAX_WRONG: usize = 10;
/// How long a wrong code counts, in seconds: a day.
pub const WINDOW_S: u64 = 24 * 3_600;

/// What became of an attempt to charge a login.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChargeResult {
    /// It counts as wrong from now on, until it is refunded.
    Allowed,
    /// It is not answered.
    Refused {
        /// When another try makes sense, in seconds; `None` when somebody at the host has to act.
        retry_after_s: Option<u32>,
    },
}

/// The attempts of one host, whoever made them. It is plain data, to be written to disk after every change and before
/// the attempt is answered: a crash must not refund one.
///
/// At most ten wrong codes a day; after the n-th, the next waits 2^(n-1) seconds. With six digits a stranger's chance is
/// 1 in 100,000 a day, and after the tenth the code login waits for [`LoginBudget::unlock`].
///
/// ```
/// use deskwire_session::{ChargeResult, LoginBudget};
///
/// let mut budget = LoginBudget::default();
/// assert_eq!(budget.charge(1_000), ChargeResult::Allowed);
/// assert_eq!(budget.charge(1_000), ChargeResult::Refused { retry_after_s: Some(1) });
/// budget.refund(); // the code was right
/// assert_eq!(budget.charge(1_000), ChargeResult::Allowed);
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LoginBudget {
    /// When the attempts that count were charged, in seconds since 1970, oldest first.
    pub charged_at: Vec<u64>,
    /// Whether the code login waits for an act at the host.
    pub locked: bool,
}

impl LoginBudget {
    /// Charges an attempt at `now` seconds since 1970.
    pub fn charge(&mut self, now: u64) -> ChargeResult {
        self.charged_at.retain(|at| now.saturating_sub(*at) < WINDOW_S);
        if self.locked || self.charged_at.len() >= MAX_WRONG {
            self.locked = true;
            return ChargeResult::Refused { retry_after_s: None };
        }
        if let Some(last) = self.charged_at.last() {
            let wait = 1u64 << self.charged_at.len().saturating_sub(1);
            // A clock that was set back must not lengthen the wait, so time since `last` counts from zero then.
            let left = wait.saturating_sub(now.saturating_sub(*last));
            if left > 0 {
                return ChargeResult::Refused {
                    retry_after_s: Some(u32::try_from(left).unwrap_or(u32::MAX)),
                };
            }
        }
        self.charged_at.push(now);
        ChargeResult::Allowed
    }

    /// Takes the latest charge back: that code was right.
    pub fn refund(&mut self) {
        self.charged_at.pop();
    }

    /// Somebody at the host acted, for example by asking for a new code: all counting starts over.
    pub fn unlock(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn t25_ten_wrong_codes_lock_until_somebody_acts() {
        let mut budget = LoginBudget::default();
        let mut now = 1_000_000;
        for n in 0..MAX_WRONG {
            assert_eq!(budget.charge(now), ChargeResult::Allowed, "attempt {n}");
            now += 600;
        }
        assert_eq!(budget.charge(now), ChargeResult::Refused { retry_after_s: None });
        assert_eq!(budget.charge(now + 10 * WINDOW_S), ChargeResult::Refused { retry_after_s: None });
        budget.unlock();
        assert_eq!(budget.charge(now), ChargeResult::Allowed);
    }

    #[test]
    fn t25_the_wait_doubles() {
        let mut budget = LoginBudget::default();
        let mut now = 5;
        for wait in [1u64, 2, 4, 8] {
            assert_eq!(budget.charge(now), ChargeResult::Allowed);
            let left = Some(u32::try_from(wait).unwrap());
            assert_eq!(budget.charge(now), ChargeResult::Refused { retry_after_s: left });
            now += wait;
        }
    }

    proptest! {
        /// Whatever the times, no day sees more than ten attempts that were not refunded.
        #[test]
        fn t25_no_day_sees_more_than_ten(steps in proptest::collection::vec(0..20_000u64, 1..200)) {
            let mut budget = LoginBudget::default();
            let mut now = 0;
            let mut allowed = Vec::new();
            for step in steps {
                now += step;
                if budget.charge(now) == ChargeResult::Allowed {
                    allowed.push(now);
                }
                prop_assert!(budget.charged_at.len() <= MAX_WRONG);
            }
            for window in allowed.windows(MAX_WRONG + 1) {
                prop_assert!(window[MAX_WRONG] - window[0] >= WINDOW_S);
            }
        }
    }
}
