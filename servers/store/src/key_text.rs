//! The server key as its file has it.

const HEAD: &str = "deskwire server key 1";

/// Reads the file; `None` if it holds no key.
pub(super) fn read(text: &str) -> Option<[u8; 32]> {
    let mut lines = text.lines();
    (lines.next() == Some(HEAD)).then(|| lines.next().and_then(from_hex)).flatten()
}

/// The file.
pub(super) fn write(key: &[u8; 32]) -> String {
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{HEAD}\n{hex}\n")
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    // A number may begin with a plus; a digit is no plus.
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = [0; 32];
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != bytes.len() || !rest.is_empty() {
        return None;
    }
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(bytes)
}
