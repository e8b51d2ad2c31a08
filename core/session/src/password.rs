//! The permanent password, which nobody stores: Argon2id makes a key of it, and CPace proves that both sides have it.

use core::fmt;

use deskwire_identity::Secret;
use deskwire_machine::Rng;
use deskwire_wire::session::PasswordParams;
use orion::hazardous::kdf::argon2::{Argon2, CostParams, ID, Sequential};
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// Memory for a new password in KiB: 64 MiB, as RFC 9106 recommends where memory is short (section 4, second choice).
const MEMORY_KIB: u32 = 64 << 10;
/// Passes for a new password (ibid.).
const PASSES: u32 = 3;

/// What Argon2id made of a password. For logging in at the host it was made for, it is as good as the password.
pub type PasswordKey = Secret<32>;

/// A password as a host keeps it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StretchedPassword {
    /// How the key was made.
    pub params: PasswordParams,
    /// The key.
    pub key: PasswordKey,
}

/// The other side asks for more work than is done for a stranger, or for none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BadParams;

impl fmt::Display for BadParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the host wants the password stretched with more memory or passes than allowed (256 MiB, 4 passes); log \
             in by another method",
        )
    }
}

impl core::error::Error for BadParams {}

/// Makes the key of a password (Argon2id, RFC 9106; one lane, 32 bytes). It takes tens to hundreds of milliseconds and
/// as much memory as the parameters say, so not where anything waits.
pub fn stretch(password: &str, params: &PasswordParams) -> Result<PasswordKey, BadParams> {
    if !params.is_allowed() {
        return Err(BadParams);
    }
    let cost = CostParams::new(params.passes, params.memory_kib, 1).map_err(|_| BadParams)?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::<ID, Sequential>::derive_key(
        password.as_bytes(),
        &params.salt,
        &cost,
        None,
        None,
        key.as_mut_slice(),
    )
    .map_err(|_| BadParams)?;
    Ok(Secret::new(*key))
}

/// Its key wipes itself; the rest is told to every viewer.
impl ZeroizeOnDrop for StretchedPassword {}

impl StretchedPassword {
    /// Stretches a new password, with a salt from a stream for secrets.
    pub fn new(password: &str, rng: &mut Rng) -> Result<Self, BadParams> {
        let mut salt = [0; 16];
        rng.fill(&mut salt);
        Self::with_params(password, PasswordParams { salt, memory_kib: MEMORY_KIB, passes: PASSES })
    }

    /// The same with parameters of one's own.
    pub fn with_params(password: &str, params: PasswordParams) -> Result<Self, BadParams> {
        Ok(Self { params, key: stretch(password, &params)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // spec: LG-15
    #[test]
    fn what_is_too_much_is_refused_before_any_work() {
        let params = PasswordParams { salt: [0; 16], memory_kib: 8, passes: 1 };
        assert!(stretch("x", &params).is_ok());
        for bad in [
            PasswordParams { memory_kib: PasswordParams::MAX_MEMORY_KIB + 1, ..params },
            PasswordParams { memory_kib: u32::MAX, ..params },
            PasswordParams { passes: PasswordParams::MAX_PASSES + 1, ..params },
            PasswordParams { passes: 0, ..params },
            PasswordParams { memory_kib: 7, ..params },
        ] {
            assert_eq!(stretch("x", &bad), Err(BadParams));
        }
        assert!(alloc::format!("{BadParams}").contains("256 MiB, 4 passes"));
        assert_eq!((MEMORY_KIB, PASSES), (65_536, 3), "what a new password costs (RFC 9106)");
    }

    /// What OpenSSL's Argon2id makes of the same.
    #[test]
    fn it_is_argon2id() {
        const EXPECTED: [u8; 32] = [
            0x1a, 0x98, 0xfb, 0xa8, 0xe6, 0x39, 0x44, 0x25, 0xc9, 0xbd, 0xc3, 0x33, 0xa9, 0xc7, 0x50, 0xaa,
            0xf8, 0x11, 0xdf, 0x07, 0x0f, 0x5f, 0xb4, 0xa5, 0x78, 0x8e, 0x1c, 0xf4, 0xdb, 0x57, 0x93, 0xa1,
        ];
        let params = PasswordParams { salt: *b"somesaltsomesalt", memory_kib: 64, passes: 2 };
        assert_eq!(stretch("password", &params).unwrap().as_bytes(), &EXPECTED);
    }
}
