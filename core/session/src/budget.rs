//! How many wrong secrets a host bears.

use alloc::vec::Vec;

use deskwire_wire::session::LoginMethod;

/// Most wrong codes within [`WINDOW_S`]; the next one locks the code login.
pub const MAX_WRONG: usize = 10;
/// How long a wrong secret counts, in seconds: a day.
pub const WINDOW_S: u64 = 24 * 3_600;
/// The longest wait after a wrong secret, in seconds.
pub const MAX_WAIT_S: u64 = 3_600;
/// The wait after the first question to whoever sits at the host that was not answered with yes, in seconds.
pub const QUESTION_WAIT_S: u64 = 60;

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

/// Wrong secrets of one kind, or questions that were not answered with yes. The next one waits twice as long as the last
/// did, at most 3,600 s.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Attempts {
    /// When the attempts that count were charged, in seconds since 1970, oldest first.
    pub charged_at: Vec<u64>,
}

impl Attempts {
    fn charge(&mut self, now: u64, first_wait_s: u64) -> ChargeResult {
        self.charged_at.retain(|at| now.saturating_sub(*at) < WINDOW_S);
        if let Some(last) = self.charged_at.last() {
            let doublings = u32::try_from(self.charged_at.len().saturating_sub(1)).unwrap_or(u32::MAX);
            let factor = 1u64.checked_shl(doublings).unwrap_or(MAX_WAIT_S);
            let wait = first_wait_s.saturating_mul(factor).min(MAX_WAIT_S);
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
}

/// The attempts of one host, whoever made them: no address and no key gives a stranger more of them. It is plain data, to
/// be written to disk after every change and before the attempt is answered: a crash must not refund one.
///
/// After each wrong secret the next waits 1, 2, 4 … 3,600 s, for each method by itself. At most ten wrong codes a day: with
/// six digits a stranger's chance is 1 in 100,000 a day, and after the tenth the code login waits for
/// [`LoginBudget::unlock`]. Whoever sits at the host is asked in the same way, with a minute after the first question that
/// was not answered with yes: six in the first hour, and no more than one an hour in the end. Viewers in the allow-list need no secret and are never charged.
///
/// ```
/// use deskwire_session::{ChargeResult, LoginBudget};
/// use deskwire_wire::session::LoginMethod::OneTimeCode;
///
/// let mut budget = LoginBudget::default();
/// assert_eq!(budget.charge(OneTimeCode, 1_000), ChargeResult::Allowed);
/// assert_eq!(budget.charge(OneTimeCode, 1_000), ChargeResult::Refused { retry_after_s: Some(1) });
/// budget.refund(OneTimeCode); // the code was right
/// assert_eq!(budget.charge(OneTimeCode, 1_000), ChargeResult::Allowed);
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LoginBudget {
    /// Wrong one-time codes.
    pub codes: Attempts,
    /// Wrong passwords.
    pub passwords: Attempts,
    /// Wrong second factors.
    pub second_factors: Attempts,
    /// Questions to whoever sits at the host that were not answered with yes.
    pub questions: Attempts,
    /// Whether the code login waits for an act at the host.
    pub locked: bool,
}

impl LoginBudget {
    /// Charges an attempt at `now` seconds since 1970. Viewers in the allow-list cost nothing.
    pub fn charge(&mut self, method: LoginMethod, now: u64) -> ChargeResult {
        match method {
            LoginMethod::OneTimeCode => {
                let wrong = self.codes.charged_at.iter().filter(|at| now.saturating_sub(**at) < WINDOW_S);
                if self.locked || wrong.count() >= MAX_WRONG {
                    self.locked = true;
                    return ChargeResult::Refused { retry_after_s: None };
                }
                self.codes.charge(now, 1)
            }
            LoginMethod::Password => self.passwords.charge(now, 1),
            LoginMethod::Approval => self.questions.charge(now, QUESTION_WAIT_S),
            _ => ChargeResult::Allowed,
        }
    }

    /// Takes the latest charge of this method back: that secret was right.
    pub fn refund(&mut self, method: LoginMethod) {
        match method {
            LoginMethod::OneTimeCode => self.codes.charged_at.pop(),
            LoginMethod::Password => self.passwords.charged_at.pop(),
            LoginMethod::Approval => self.questions.charged_at.pop(),
            _ => None,
        };
    }

    /// Charges a second factor at `now` seconds since 1970.
    pub fn charge_second_factor(&mut self, now: u64) -> ChargeResult {
        self.second_factors.charge(now, 1)
    }

    /// Takes the latest charge of a second factor back: it was right.
    pub fn refund_second_factor(&mut self) {
        self.second_factors.charged_at.pop();
    }

    /// Somebody at the host acted, for example by asking for a new code: all counting starts over.
    pub fn unlock(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use LoginMethod::{OneTimeCode, Password};
    use proptest::prelude::*;

    // spec: LG-6
    #[test]
    fn t25_ten_wrong_codes_lock_until_somebody_acts() {
        assert_eq!((MAX_WRONG, WINDOW_S, MAX_WAIT_S), (10, 86_400, 3_600));
        let mut budget = LoginBudget::default();
        let mut now = 1_000_000;
        for n in 0..MAX_WRONG {
            assert_eq!(budget.charge(OneTimeCode, now), ChargeResult::Allowed, "attempt {n}");
            now += 600;
        }
        assert_eq!(budget.charge(OneTimeCode, now), ChargeResult::Refused { retry_after_s: None });
        assert_eq!(
            budget.charge(OneTimeCode, now + 10 * WINDOW_S),
            ChargeResult::Refused { retry_after_s: None }
        );
        budget.unlock();
        assert_eq!(budget.charge(OneTimeCode, now), ChargeResult::Allowed);
    }

    // spec: LG-7
    #[test]
    fn t25_the_wait_doubles() {
        let mut budget = LoginBudget::default();
        let mut now = 5;
        for wait in [1u64, 2, 4, 8] {
            assert_eq!(budget.charge(OneTimeCode, now), ChargeResult::Allowed);
            let left = Some(u32::try_from(wait).unwrap());
            assert_eq!(budget.charge(OneTimeCode, now), ChargeResult::Refused { retry_after_s: left });
            now += wait;
        }
    }

    #[test]
    fn t25_passwords_wait_for_an_hour_at_most_and_are_never_locked() {
        let mut budget = LoginBudget::default();
        let (mut now, mut allowed) = (1_000_000, 0);
        let end = now + WINDOW_S;
        while now < end {
            match budget.charge(Password, now) {
                ChargeResult::Allowed => allowed += 1,
                ChargeResult::Refused { retry_after_s } => {
                    let wait = u64::from(retry_after_s.unwrap());
                    assert!(wait <= MAX_WAIT_S);
                    now += wait;
                }
            }
        }
        assert!(allowed <= 36, "{allowed} guesses in a day");
        assert_eq!(budget.charge(OneTimeCode, now), ChargeResult::Allowed, "each method has its own count");
    }

    // spec: LG-20, LG-21
    #[test]
    fn whoever_sits_at_the_host_is_asked_a_few_times_an_hour_whoever_asks() {
        let mut budget = LoginBudget::default();
        let mut asked = Vec::new();
        for now in 1_000_000..1_000_000 + WINDOW_S {
            if budget.charge(LoginMethod::Approval, now) == ChargeResult::Allowed {
                asked.push(now - 1_000_000);
            }
        }
        assert_eq!(asked[..7], [0, 60, 180, 420, 900, 1_860, 3_780]);
        assert!(asked.windows(2).skip(6).all(|pair| pair[1] - pair[0] == MAX_WAIT_S), "{asked:?}");
        budget = LoginBudget::default();
        assert_eq!(budget.charge(LoginMethod::Approval, 7), ChargeResult::Allowed);
        assert_eq!(
            budget.charge(LoginMethod::Approval, 8),
            ChargeResult::Refused { retry_after_s: Some(59) }
        );
        assert_eq!(budget.charge(OneTimeCode, 8), ChargeResult::Allowed, "each method has its own count");
        budget.refund(OneTimeCode);
        budget.refund(LoginMethod::Approval);
        assert_eq!(budget, LoginBudget::default());
    }

    // spec: LG-6
    #[test]
    fn t25_a_wrong_secret_counts_for_a_day_to_the_second() {
        let mut budget = LoginBudget::default();
        for n in 0..10 {
            assert_eq!(budget.charge(OneTimeCode, 5 + n * MAX_WAIT_S), ChargeResult::Allowed);
        }
        let (mut early, mut late) = (budget.clone(), budget);
        let refused = ChargeResult::Refused { retry_after_s: None };
        assert_eq!(early.charge(OneTimeCode, 5 + WINDOW_S - 1), refused);
        assert_eq!(late.charge(OneTimeCode, 5 + WINDOW_S), ChargeResult::Allowed);
        assert_eq!(late.codes.charged_at.first(), Some(&(5 + MAX_WAIT_S)), "the first one is forgotten");

        let mut budget = LoginBudget::default();
        assert_eq!(budget.charge(Password, 5), ChargeResult::Allowed);
        let (mut early, mut late) = (budget.clone(), budget);
        assert_eq!(early.charge(Password, 5 + WINDOW_S - 1), ChargeResult::Allowed);
        assert_eq!(late.charge(Password, 5 + WINDOW_S), ChargeResult::Allowed);
        assert_eq!((early.passwords.charged_at.len(), late.passwords.charged_at.len()), (2, 1));
    }

    #[test]
    fn a_refund_takes_back_one_charge_of_its_method() {
        let mut budget = LoginBudget::default();
        for method in [OneTimeCode, Password, LoginMethod::Identity] {
            assert_eq!(budget.charge(method, 5), ChargeResult::Allowed);
        }
        let charged = budget.clone();
        budget.refund(LoginMethod::Identity);
        assert_eq!(budget, charged, "a method without a secret is not charged");
        budget.refund(Password);
        assert_eq!((budget.codes.charged_at.len(), budget.passwords.charged_at.len()), (1, 0));
        budget.refund(OneTimeCode);
        assert_eq!(budget, LoginBudget::default());
    }

    #[test]
    fn second_factors_wait_too() {
        let mut budget = LoginBudget::default();
        assert_eq!(budget.charge_second_factor(7), ChargeResult::Allowed);
        assert_eq!(budget.charge_second_factor(7), ChargeResult::Refused { retry_after_s: Some(1) });
        budget.refund_second_factor();
        assert_eq!(budget, LoginBudget::default());
    }

    proptest! {
        /// Whatever the times, no day sees more than ten attempts that were not refunded.
        // spec: LG-6
        #[test]
        fn t25_no_day_sees_more_than_ten(steps in proptest::collection::vec(0..20_000u64, 1..200)) {
            let mut budget = LoginBudget::default();
            let mut now = 0;
            let mut allowed = Vec::new();
            for step in steps {
                now += step;
                if budget.charge(OneTimeCode, now) == ChargeResult::Allowed {
                    allowed.push(now);
                }
                prop_assert!(budget.codes.charged_at.len() <= MAX_WRONG);
            }
            for window in allowed.windows(MAX_WRONG + 1) {
                prop_assert!(window[MAX_WRONG] - window[0] >= WINDOW_S);
            }
        }
    }
}
