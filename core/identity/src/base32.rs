//! Base32 in lower case without padding (alphabet of RFC 4648): no digit looks like a letter of it.

use alloc::string::String;
use alloc::vec::Vec;

const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The text of `bytes`; 5 bytes give 8 characters.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let (mut bits, mut count) = (0u32, 0u32);
    let mut push = |value: u32| {
        let letter = usize::try_from(value & 31).ok().and_then(|i| ALPHABET.get(i));
        out.push(char::from(*letter.expect("five bits are within an alphabet of 32")));
    };
    for byte in bytes {
        bits = (bits << 8) | u32::from(*byte);
        count += 8;
        while count >= 5 {
            count -= 5;
            push(bits >> count);
        }
        bits &= (1 << count) - 1;
    }
    if count > 0 {
        push(bits << (5 - count));
    }
    out
}

/// The bytes of a text in either case, or `None` if a character or the padding bits do not belong.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 5 / 8);
    let (mut bits, mut count) = (0u32, 0u32);
    for c in text.bytes() {
        let value = match c.to_ascii_lowercase() {
            c @ b'a'..=b'z' => c - b'a',
            c @ b'2'..=b'7' => c - b'2' + 26,
            _ => return None,
        };
        bits = (bits << 5) | u32::from(value);
        count += 5;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from((bits >> count) & 0xff).ok()?);
            bits &= (1 << count) - 1;
        }
    }
    // What is left must be padding: less than a character's worth, and zero.
    (count < 5 && bits == 0).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_of_rfc_4648() {
        for (plain, text) in [("", ""), ("f", "my"), ("foob", "mzxw6yq"), ("foobar", "mzxw6ytboi")] {
            assert_eq!(encode(plain.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(plain.as_bytes()));
            assert_eq!(decode(&text.to_uppercase()).as_deref(), Some(plain.as_bytes()));
        }
    }

    #[test]
    fn strangers_and_loose_bits_are_refused() {
        for text in ["m0", "m1", "mz", "a", "my=", "é"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
