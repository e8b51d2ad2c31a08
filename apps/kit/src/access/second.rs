//! The second factor: six digits that an app shows (TOTP, RFC 6238), or one of ten recovery codes, each of them once.

use std::fmt;

use deskwire_core::identity::{PublicKey, ServerKey, hash};
use deskwire_core::machine::Seed;
use totp_rs::{Builder, Secret, Totp};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::kept::{Access, Kept};
use crate::state::{State, StateError, from_hex, to_hex};

/// Bytes of the shared secret (RFC 4226 recommends 20).
const SECRET: usize = 20;
/// Recovery codes that are made at a time.
const RECOVERY: usize = 10;
/// Characters of one: 50 bits.
const RECOVERY_LENGTH: usize = 10;
/// Of these; none looks like another (Crockford's base32 in small letters).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Most viewers that are remembered; the first ones are asked again.
const MOST_TRUSTED: usize = 64;

/// A second factor that was just made; shown once.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct NewFactor {
    secret: String,
    url: String,
    recovery: Vec<String>,
}

impl fmt::Debug for NewFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewFactor(..)")
    }
}

impl NewFactor {
    /// The secret in base32, to be typed into an app.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// The same as an `otpauth` link, to be shown as a QR code.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The recovery codes.
    pub fn recovery(&self) -> &[String] {
        &self.recovery
    }
}

/// What became of a second factor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FactorCheck {
    /// Right, and used up.
    Right,
    /// Wrong, or used before.
    Wrong,
}

impl Kept {
    fn totp(&self) -> Option<Totp> {
        totp(from_hex(&self.secret)?)
    }

    /// Whether `code` is right at `now`, Unix seconds; it never is again.
    fn check(&mut self, code: &str, now: u64) -> bool {
        let mut plain = Zeroizing::new(String::with_capacity(code.len()));
        plain
            .extend(code.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_lowercase()));
        let code = plain.as_str();
        if let Some(index) = self.recovery.iter().position(|kept| *kept == hash_of(&self.secret, code)) {
            self.recovery.remove(index);
            return true;
        }
        // The library tells which step it is of, so that one that was seen on its way is of no use.
        match self.totp().and_then(|totp| totp.check(code, now)) {
            Some(step) if step > self.used => {
                self.used = step;
                true
            }
            _ => false,
        }
    }
}

fn totp(secret: Vec<u8>) -> Option<Totp> {
    Builder::new()
        .with_secret(Secret::from(secret))
        .with_issuer(Some("Deskwire"))
        .with_account_name("host")
        .build()
        .ok()
}

/// Recovery codes have enough bits to need no slow hash.
fn hash_of(salt: &str, code: &str) -> String {
    to_hex(&hash(&[b"deskwire recovery code", salt.as_bytes(), code.as_bytes()])[..16])
}

impl Access {
    /// Whether there is a second factor; then how many recovery codes are left, and how many viewers are trusted.
    pub fn second(&self) -> Option<(usize, usize)> {
        self.second.as_ref().map(|kept| (kept.recovery.len(), kept.trusted.len()))
    }

    /// Makes a new second factor, instead of an older one; viewers that were trusted are asked again.
    pub fn begin_second(&mut self) -> NewFactor {
        let mut rng = Seed::new(crate::random_bytes()).secret();
        let secret: Zeroizing<[u8; SECRET]> = Zeroizing::new(rng.bytes());
        let code = |rng: &mut deskwire_core::machine::Rng| -> String {
            let letter = |n: u64| {
                usize::try_from(n).ok().and_then(|n| ALPHABET.get(n)).map_or('0', |c| char::from(*c))
            };
            (0..RECOVERY_LENGTH).map(|_| letter(rng.below(32))).collect()
        };
        let recovery: Vec<String> = (0..RECOVERY).map(|_| code(&mut rng)).collect();
        let kept = to_hex(secret.as_slice());
        let hashes = recovery.iter().map(|code| hash_of(&kept, code)).collect();
        self.second = Some(Kept { secret: kept, used: 0, recovery: hashes, trusted: Vec::new() });
        let totp = totp(secret.to_vec());
        NewFactor {
            secret: Secret::from(*secret).to_base32(),
            url: totp.and_then(|totp| totp.to_url().ok()).unwrap_or_default(),
            recovery,
        }
    }

    /// Wants no second factor any more; whether one was wanted.
    pub fn end_second(&mut self) -> bool {
        self.second.take().is_some()
    }

    /// Checks a viewer's second factor at `now`, Unix seconds, and uses it up; durable when it returns. `trust` remembers
    /// the viewer if it is right.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn check_second(
        state: &State,
        viewer: &PublicKey,
        code: &str,
        trust: bool,
        now: u64,
    ) -> Result<FactorCheck, StateError> {
        Self::change(state, |access| {
            // It was switched off meanwhile: then nothing is right until the viewer connects again.
            let Some(kept) = &mut access.second else { return FactorCheck::Wrong };
            if !kept.check(code, now) {
                return FactorCheck::Wrong;
            }
            if trust {
                let key = ServerKey(*viewer).to_string();
                kept.forget(&key);
                kept.trusted.push(key);
                let over = kept.trusted.len().saturating_sub(MOST_TRUSTED);
                kept.trusted.drain(..over);
            }
            FactorCheck::Right
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keystore::Keystore;
    use deskwire_core::identity::IdentityKey;
    use deskwire_core::wire::session::Scopes;

    const NOW: u64 = 1_800_000_000;

    fn check(state: &State, code: &str, trust: bool, now: u64) -> FactorCheck {
        let viewer = IdentityKey::from_bytes(&[1; 32]).public();
        Access::check_second(state, &viewer, code, trust, now).unwrap()
    }

    // spec: LG-19
    #[test]
    fn digits_are_right_for_their_time_and_once() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path(), Keystore::File).unwrap();
        Access::change(&state, Access::begin_second).unwrap();
        let totp = Access::load(&state).unwrap().second.unwrap().totp().unwrap();
        let digits = totp.generate(NOW).to_string();
        assert_eq!(digits.len(), 6);
        assert_eq!(check(&state, &digits, false, NOW + 120), FactorCheck::Wrong, "too late");
        assert_eq!(check(&state, &digits, false, NOW), FactorCheck::Right);
        assert_eq!(check(&state, &digits, false, NOW), FactorCheck::Wrong, "seen before");
        let earlier = totp.generate(NOW - 30).to_string();
        assert_eq!(check(&state, &earlier, false, NOW), FactorCheck::Wrong, "older than one that was used");
        let later = totp.generate(NOW + 60).to_string();
        assert_eq!(check(&state, &later, false, NOW + 60), FactorCheck::Right);
    }

    // spec: LG-19
    #[test]
    fn a_recovery_code_is_good_once_however_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path(), Keystore::File).unwrap();
        let new = Access::change(&state, Access::begin_second).unwrap();
        assert_eq!(new.recovery().len(), RECOVERY);
        assert!(new.url().starts_with("otpauth://totp/"), "{}", new.url());
        let code = new.recovery()[3].to_uppercase();
        let written = format!("{}-{}", &code[..5], &code[5..]);
        assert_eq!(check(&state, &written, false, NOW), FactorCheck::Right);
        assert_eq!(check(&state, &written, false, NOW), FactorCheck::Wrong);
        assert_eq!(Access::load(&state).unwrap().second(), Some((RECOVERY - 1, 0)));
    }

    #[test]
    fn a_trusted_viewer_is_not_asked_until_the_factor_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(folder.path(), Keystore::File).unwrap();
        let viewer = IdentityKey::from_bytes(&[1; 32]).public();
        let asked = || {
            let terms = Access::load(&state).unwrap().terms(&state, None, Scopes::ALL).unwrap();
            terms.for_viewer(&viewer).second_factor
        };
        assert!(!asked(), "there is none");
        let new = Access::change(&state, Access::begin_second).unwrap();
        assert!(asked());
        assert_eq!(check(&state, "nonsense", true, NOW), FactorCheck::Wrong);
        assert!(asked());
        assert_eq!(check(&state, &new.recovery()[0], true, NOW), FactorCheck::Right);
        assert!(!asked());
        Access::change(&state, Access::begin_second).unwrap();
        assert!(asked());
        assert!(Access::change(&state, Access::end_second).unwrap());
        assert!(!asked());
    }

    /// RFC 6238, appendix B, SHA-1, cut to six digits.
    #[test]
    fn it_is_rfc_6238() {
        let totp = totp(b"12345678901234567890".to_vec()).unwrap();
        for (time, digits) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(totp.generate(time).to_string(), digits);
        }
    }
}
