//! Why a handshake ended.

use core::fmt;

use crate::handshake::Level;
use crate::message::{MAX_TRANSPORT_PARAMETERS, Message};

/// Why a handshake ended. After the first of these the machine is dead and silent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum HandshakeError {
    /// The configuration makes no sense; nothing was sent.
    Misuse(Misuse),
    /// Bytes came at another encryption level than the next message belongs to.
    WrongLevel {
        /// The message waited for.
        expected: Message,
        /// Where bytes came.
        got: Level,
    },
    /// Another message came than the one whose turn it is.
    UnexpectedMessage {
        /// The message waited for.
        expected: Message,
        /// The type byte that came.
        got: u8,
    },
    /// A message announced a length that it cannot have.
    BadLength {
        /// Which.
        message: Message,
        /// The announced length in bytes.
        announced: usize,
    },
    /// Bytes came after a message where none may be.
    TrailingBytes {
        /// After which.
        after: Message,
    },
    /// Handshake bytes came although the handshake is done.
    AfterEnd,
    /// The peer speaks another version of HS1.
    Version(u8),
    /// The viewer asked for a mode that does not exist, or says that it does not know the host's key although a server
    /// introduced it.
    Mode(u8),
    /// The peer's X25519 key gives a secret that everybody knows.
    WeakExchange,
    /// The host's ML-KEM key is none.
    BadKemKey,
    /// The sealed part of a message does not open.
    NotOpened(Message),
    /// An identity key in a message is no usable key.
    BadIdentityKey(Message),
    /// The host's id in its message is none.
    BadId,
    /// The host proved another key than the one that is pinned or certified.
    PinMismatch,
    /// The host has another id than the one that was dialled.
    IdMismatch,
    /// The identity signature in a message is wrong.
    BadSignature(Message),
    /// A key confirmation is wrong.
    BadConfirmation(Message),
}

/// A configuration that makes no sense.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Misuse {
    /// Of server fingerprint, introduction, its secret and the host's id some are given and some not.
    PartialIntroduction,
    /// An introduction comes with a certificate, so the host's key must be given.
    IntroducedWithoutKey,
    /// More than [`MAX_TRANSPORT_PARAMETERS`] bytes of transport parameters.
    TransportParametersTooLong,
}

impl fmt::Display for HandshakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Misuse(misuse) => misuse.fmt(f),
            Self::WrongLevel { expected, got } => write!(
                f,
                "handshake bytes came at the {got:?} level while {expected} was due; the peer is broken or hostile"
            ),
            Self::UnexpectedMessage { expected, got } => {
                write!(f, "handshake message {got} came while {expected} was due; the peer is broken or hostile")
            }
            Self::BadLength { message, announced } => {
                write!(f, "{message} announced {announced} bytes, which it cannot have; the peer is broken or hostile")
            }
            Self::TrailingBytes { after } => {
                write!(f, "handshake bytes came right after {after}, where none may be; the peer is broken or hostile")
            }
            Self::AfterEnd => {
                f.write_str("handshake bytes came after the end of the handshake; the peer is broken or hostile")
            }
            Self::Version(version) => {
                write!(f, "the peer speaks version {version} of the key handshake; update the older of the two")
            }
            Self::Mode(mode) => write!(f, "the viewer asked for handshake mode {mode}, which is not allowed here"),
            Self::WeakExchange => {
                f.write_str("the peer's exchange key would make a secret that everybody knows; it is hostile")
            }
            Self::BadKemKey => f.write_str("the host's ML-KEM key is malformed; the host is broken or hostile"),
            Self::NotOpened(message) => write!(
                f,
                "the sealed part of {message} does not open: it was changed on its way, or the two sides do not mean the same device, key and introduction; dial again"
            ),
            Self::BadIdentityKey(message) => {
                write!(f, "the identity key in {message} is no usable key; the peer is broken or hostile")
            }
            Self::BadId => f.write_str("the host's id is malformed; the host is broken or hostile"),
            Self::PinMismatch => f.write_str(
                "the host proved another key than the one known for it; verify the host anew before you go on",
            ),
            Self::IdMismatch => {
                f.write_str("the host has another id than the one dialled; the server mixed them up or is hostile")
            }
            Self::BadSignature(message) => {
                write!(f, "the identity signature in {message} is wrong; the peer is not who it says it is")
            }
            Self::BadConfirmation(message) => {
                write!(f, "{message} does not confirm the key, so somebody changed the handshake; dial again")
            }
        }
    }
}

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PartialIntroduction => f.write_str(
                "server fingerprint, introduction, its secret and the host's id belong together; give all or none",
            ),
            Self::IntroducedWithoutKey => f.write_str(
                "a server's introduction comes with the host's certificate; give the key that it names",
            ),
            Self::TransportParametersTooLong => {
                write!(f, "transport parameters have at most {MAX_TRANSPORT_PARAMETERS} bytes; send fewer")
            }
        }
    }
}

impl core::error::Error for HandshakeError {}
impl core::error::Error for Misuse {}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;
    use alloc::string::{String, ToString};

    #[test]
    fn every_error_says_something_of_its_own() {
        let (message, after) = (Message::M2, Message::M2);
        let errors = [
            HandshakeError::Misuse(Misuse::PartialIntroduction),
            HandshakeError::Misuse(Misuse::IntroducedWithoutKey),
            HandshakeError::Misuse(Misuse::TransportParametersTooLong),
            HandshakeError::WrongLevel { expected: message, got: Level::Handshake },
            HandshakeError::UnexpectedMessage { expected: message, got: 9 },
            HandshakeError::BadLength { message, announced: 9 },
            HandshakeError::TrailingBytes { after },
            HandshakeError::AfterEnd,
            HandshakeError::Version(9),
            HandshakeError::Mode(9),
            HandshakeError::WeakExchange,
            HandshakeError::BadKemKey,
            HandshakeError::NotOpened(message),
            HandshakeError::BadIdentityKey(message),
            HandshakeError::BadId,
            HandshakeError::PinMismatch,
            HandshakeError::IdMismatch,
            HandshakeError::BadSignature(message),
            HandshakeError::BadConfirmation(message),
        ];
        let texts: BTreeSet<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(texts.len(), errors.len(), "{texts:?}");
        assert!(texts.iter().all(|text| text.contains(' ') && !text.ends_with('.')), "{texts:?}");
    }
}
