//! The text form of a server key.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use crate::hash::hash;
use crate::{PublicKey, base32};

/// A server's public key as operators hand it to users: `dwk1` and 56 characters of base32, which hold the key and a
/// 24-bit checksum. Case, blanks and dashes do not matter when it is read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ServerKey(pub PublicKey);

/// Why a text is not a server key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ServerKeyError {
    /// It does not start with `dwk1`.
    Prefix,
    /// It is too short or too long.
    Length,
    /// A character does not belong there.
    Character,
    /// The checksum is wrong: something was mistyped.
    Checksum,
    /// The checksum is right, but it is no key.
    Key,
}

impl fmt::Display for ServerKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Prefix => "a server key starts with dwk1; copy the whole key from the server's operator",
            Self::Length => "a server key has 60 characters; a part of it is missing or too much",
            Self::Character => "a server key has only letters and the digits 1 to 7; copy it again",
            Self::Checksum => "the server key's checksum is wrong, so a character was mistyped",
            Self::Key => "the server key is well formed but no usable key; ask the server's operator",
        })
    }
}

impl core::error::Error for ServerKeyError {}

const PREFIX: &str = "dwk1";
const CHECKSUM: usize = 3;

fn checksum(key: &[u8]) -> [u8; CHECKSUM] {
    let [a, b, c, ..] = hash(&[b"deskwire server key text", key]);
    [a, b, c]
}

impl fmt::Display for ServerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = [0; 32 + CHECKSUM];
        let (key, check) = bytes.split_at_mut(32);
        key.copy_from_slice(self.0.as_bytes());
        check.copy_from_slice(&checksum(self.0.as_bytes()));
        write!(f, "{PREFIX}{}", base32::encode(&bytes))
    }
}

impl FromStr for ServerKey {
    type Err = ServerKeyError;

    fn from_str(text: &str) -> Result<Self, ServerKeyError> {
        // The first bytes are enough to say no to a text of any length.
        let compact: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .take(PREFIX.len() + 57)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let rest = compact.strip_prefix(PREFIX).ok_or(ServerKeyError::Prefix)?;
        if rest.chars().count() != 56 {
            return Err(ServerKeyError::Length);
        }
        let bytes = base32::decode(rest).ok_or(ServerKeyError::Character)?;
        let (key, check) = bytes.split_first_chunk::<32>().ok_or(ServerKeyError::Length)?;
        if checksum(key) != check {
            return Err(ServerKeyError::Checksum);
        }
        PublicKey::from_bytes(*key).map(Self).map_err(|_| ServerKeyError::Key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::IdentityKey;
    use alloc::string::ToString;

    #[test]
    fn a_key_comes_back_from_its_text() {
        let key = ServerKey(IdentityKey::from_bytes(&[9; 32]).public());
        let text = key.to_string();
        assert_eq!(text.len(), 60);
        assert_eq!(text.parse(), Ok(key));
        assert_eq!(alloc::format!(" {}-{}\n", &text[..20], text[20..].to_uppercase()).parse(), Ok(key));
    }

    // spec: ID-2
    #[test]
    fn every_mistyped_character_is_found() {
        let text = ServerKey(IdentityKey::from_bytes(&[9; 32]).public()).to_string();
        for place in 4..text.len() {
            for other in b"abcdefghijklmnopqrstuvwxyz234567" {
                let mut bytes = text.clone().into_bytes();
                if bytes[place] != *other {
                    bytes[place] = *other;
                    let text = String::from_utf8(bytes).unwrap();
                    assert_eq!(text.parse::<ServerKey>(), Err(ServerKeyError::Checksum));
                }
            }
        }
        assert_eq!(text[1..].parse::<ServerKey>(), Err(ServerKeyError::Prefix));
        assert_eq!(text[..59].parse::<ServerKey>(), Err(ServerKeyError::Length));
        assert_eq!(alloc::format!("{text}a").parse::<ServerKey>(), Err(ServerKeyError::Length));
        assert_eq!(text.replace(&text[9..10], "0").parse::<ServerKey>(), Err(ServerKeyError::Character));
    }
}
