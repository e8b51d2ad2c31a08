//! Messages on the wire: header, lengths, reassembly.

use alloc::vec::Vec;
use core::fmt;
use core::ops::RangeInclusive;

use crate::HandshakeError;
use crate::exchange::{CIPHERTEXT, KEM_KEY, TAG};
use crate::handshake::Level;

/// Most bytes of QUIC transport parameters a side may send.
pub const MAX_TRANSPORT_PARAMETERS: usize = 1024;
/// The version of HS1 that is spoken here.
pub(crate) const VERSION: u8 = 1;
/// Type and length.
pub(crate) const HEADER: usize = 3;
/// The host's id as twelve decimal digits, or twelve zero bytes.
pub(crate) const ID: usize = 12;

/// M1 before the transport parameters: version, mode, E_A.
const M1_HEAD: usize = 1 + 1 + 32;
/// M2 before c2: version, E_B, ML-KEM key.
pub(crate) const M2_HEAD: usize = 1 + 32 + KEM_KEY;
/// The plaintext of c2 but for the transport parameters: id, key, signature.
const C2_FIXED: usize = ID + 32 + 64;
/// The plaintext of c3: symmetric key, key, signature.
pub(crate) const C3_PLAIN: usize = 32 + 32 + 64;

/// The five messages of the handshake.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Message {
    /// Viewer to host: hello.
    M1 = 1,
    /// Host to viewer: exchange keys and proof of identity.
    M2 = 2,
    /// Viewer to host: ML-KEM ciphertext and proof of identity.
    M3 = 3,
    /// Host to viewer: key confirmation.
    M4 = 4,
    /// Viewer to host: key confirmation.
    M5 = 5,
}

impl Message {
    /// The level it travels at.
    pub const fn level(self) -> Level {
        match self {
            Self::M1 | Self::M2 | Self::M3 => Level::Initial,
            Self::M4 | Self::M5 => Level::Handshake,
        }
    }

    /// How many bytes may follow the header.
    pub(crate) const fn lengths(self) -> RangeInclusive<usize> {
        const M2_LEAST: usize = M2_HEAD + C2_FIXED + TAG;
        match self {
            Self::M1 => M1_HEAD..=M1_HEAD + MAX_TRANSPORT_PARAMETERS,
            Self::M2 => M2_LEAST..=M2_LEAST + MAX_TRANSPORT_PARAMETERS,
            Self::M3 => CIPHERTEXT + C3_PLAIN + TAG..=CIPHERTEXT + C3_PLAIN + TAG,
            Self::M4 | Self::M5 => 32..=32,
        }
    }

    /// Its header for a body of `len` bytes, as the start of the message.
    pub(crate) fn start(self, len: usize) -> Vec<u8> {
        let length = u16::try_from(len).expect("every message is far below 64 KiB");
        let mut out = Vec::with_capacity(HEADER + len);
        out.push(self as u8);
        out.extend_from_slice(&length.to_be_bytes());
        out
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "handshake message {}", *self as u8)
    }
}

/// A received message, header and all: what the transcript takes in is these bytes.
pub(crate) struct Received {
    message: Message,
    bytes: Vec<u8>,
}

impl Received {
    /// All bytes.
    pub(crate) fn whole(&self) -> &[u8] {
        &self.bytes
    }

    /// All bytes but the last `tail`, and the last `tail`.
    pub(crate) fn split_tail(&self, tail: usize) -> Result<(&[u8], &[u8]), HandshakeError> {
        self.bytes.split_at_checked(self.bytes.len().saturating_sub(tail)).ok_or_else(|| self.too_short())
    }

    /// A reader over what follows the header.
    pub(crate) fn fields(&self) -> Fields<'_> {
        Fields { rest: self.bytes.get(HEADER..).unwrap_or_default(), message: self.message }
    }

    fn too_short(&self) -> HandshakeError {
        HandshakeError::BadLength {
            message: self.message,
            announced: self.bytes.len().saturating_sub(HEADER),
        }
    }
}

/// Reads fields one after the other.
pub(crate) struct Fields<'a> {
    rest: &'a [u8],
    message: Message,
}

impl<'a> Fields<'a> {
    /// A reader over opened bytes of `message`.
    pub(crate) const fn of(message: Message, bytes: &'a [u8]) -> Self {
        Self { rest: bytes, message }
    }

    /// The next `N` bytes.
    pub(crate) fn take<const N: usize>(&mut self) -> Result<&'a [u8; N], HandshakeError> {
        let error = HandshakeError::BadLength { message: self.message, announced: self.rest.len() };
        let (field, rest) = self.rest.split_first_chunk().ok_or(error)?;
        self.rest = rest;
        Ok(field)
    }

    /// The next byte.
    pub(crate) fn byte(&mut self) -> Result<u8, HandshakeError> {
        self.take::<1>().map(|[byte]| *byte)
    }

    /// All that is left.
    pub(crate) const fn rest(self) -> &'a [u8] {
        self.rest
    }
}

/// Puts one message together from fragments. Never holds more than the longest form of it.
#[derive(Default)]
pub(crate) struct Assembler(Vec<u8>);

impl Assembler {
    /// Takes the next fragment of `message`; gives the message when it is whole. As soon as the bytes at hand cannot
    /// become `message`, it is an error: nothing is waited for in vain.
    pub(crate) fn push(
        &mut self,
        message: Message,
        fragment: &[u8],
    ) -> Result<Option<Received>, HandshakeError> {
        let room = (HEADER + message.lengths().end()).saturating_sub(self.0.len());
        let (taken, left) = fragment.split_at_checked(room).unwrap_or((fragment, &[]));
        self.0.extend_from_slice(taken);
        let Some(&kind) = self.0.first() else { return Ok(None) };
        if kind != message as u8 {
            return Err(HandshakeError::UnexpectedMessage { expected: message, got: kind });
        }
        let Some(&[_, high, low]) = self.0.first_chunk() else { return Ok(None) };
        let announced = usize::from(u16::from_be_bytes([high, low]));
        if !message.lengths().contains(&announced) {
            return Err(HandshakeError::BadLength { message, announced });
        }
        let whole = HEADER + announced;
        if self.0.len() < whole {
            return Ok(None);
        }
        if self.0.len() > whole || !left.is_empty() {
            return Err(HandshakeError::TrailingBytes { after: message });
        }
        Ok(Some(Received { message, bytes: core::mem::take(&mut self.0) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn no_more_is_kept_than_the_longest_form_of_a_message() {
        let mut assembler = Assembler::default();
        let result = assembler.push(Message::M4, &[&[4, 0, 32][..], &[7; 5_000]].concat());
        assert!(matches!(result, Err(HandshakeError::TrailingBytes { after: Message::M4 })));
        assert_eq!(assembler.0.len(), 3 + 32);
    }

    #[test]
    fn messages_are_called_by_their_numbers() {
        assert_eq!(Message::M3.to_string(), "handshake message 3");
    }
}
