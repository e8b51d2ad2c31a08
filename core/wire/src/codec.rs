//! What a codec does, and the limits of each class of message.

use alloc::vec::Vec;
use core::fmt;

/// Bounds of one class of message. Cap'n Proto's traversal limit also bounds the message's size, so the two are one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClassLimits {
    /// Longest frame in bytes, as it travels.
    pub frame: usize,
    /// Words (8 bytes) that a decoder may visit; also the largest unpacked message.
    pub words: usize,
    /// How deep pointers may nest.
    pub nesting: i32,
}

/// Messages of rendezvous, relay and punching.
pub const CONTROL: ClassLimits = ClassLimits { frame: 4_096, words: 512, nesting: 8 };
/// Session messages.
pub const SESSION: ClassLimits = ClassLimits { frame: 1 << 20, words: 1 << 17, nesting: 16 };
/// Frame updates of a video channel.
pub const MEDIA: ClassLimits = ClassLimits { frame: 64 << 20, words: 8 << 20, nesting: 8 };

/// Words that any packed message may unpack to; a longer one at most to [`MOST_UNPACKED`] times its packed length. A few
/// bytes that stand for many zeros would else cost a receiver a thousand times what they cost the sender.
pub const LEAST_UNPACKED: usize = 1_024;
/// See [`LEAST_UNPACKED`]. Packing without runs of zeros never gains more, so every message can be sent.
pub const MOST_UNPACKED: usize = 4;

impl ClassLimits {
    /// Words that a packed message of `len` bytes may unpack to.
    pub(crate) fn unpacked(self, len: usize) -> usize {
        (len * MOST_UNPACKED / 8).max(LEAST_UNPACKED).min(self.words)
    }
}

/// Why bytes are not a message.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum DecodeError {
    /// They are not well-formed Cap'n Proto, or over a limit of their class.
    Malformed,
    /// A field holds what it must not; the name of the field.
    Field(&'static str),
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => f.write_str("the message is malformed or too large"),
            Self::Field(name) => write!(f, "the message's field {name} is not valid"),
        }
    }
}

impl core::error::Error for DecodeError {}

/// A message that its class does not allow: too long once encoded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EncodeError;

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the message is larger than its class allows")
    }
}

impl core::error::Error for EncodeError {}

/// Turns messages `M` into bytes and back.
pub trait Codec<M> {
    /// Appends `message` to `out`; on an error `out` is as before.
    fn encode(message: &M, out: &mut Vec<u8>) -> Result<(), EncodeError>;

    /// Reads a message that takes up all of `bytes`.
    fn decode(bytes: &[u8]) -> Result<M, DecodeError>;
}
