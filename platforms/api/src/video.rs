//! Video codecs: one packet out per frame in.

use deskwire_wire::picture::{Rect, Size, VideoCodec};

use crate::{Error, Picture};

/// What an encoder can do and what it costs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EncoderCaps {
    /// A short name, for logs and choice.
    pub name: &'static str,
    /// What it makes.
    pub codec: VideoCodec,
    /// The smallest picture it takes.
    pub smallest: Size,
    /// The largest picture it takes.
    pub largest: Size,
    /// Whether it keeps colours at full resolution (4:4:4).
    pub full_colour: bool,
    /// Whether a new rate takes effect only with a key frame.
    pub rate_needs_key: bool,
}

/// How to encode.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EncoderConfig {
    /// Size of the pictures to come.
    pub size: Size,
    /// Bits per second to aim at.
    pub rate: u32,
    /// Pictures per second that are expected; with `rate` it gives the bits for one.
    pub frames_per_second: u32,
}

/// One encoded picture.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Packet {
    /// One temporal unit.
    pub data: Vec<u8>,
    /// Whether it can be decoded without an earlier one.
    pub key: bool,
}

/// Turns pictures into packets. The order of calls is free after `configure`; an error leaves the encoder usable.
pub trait VideoEncoder {
    /// What it can do.
    fn caps(&self) -> &EncoderCaps;

    /// Starts over with `config`; the next packet is a key frame. Also the way to change the size.
    fn configure(&mut self, config: &EncoderConfig) -> Result<(), Error>;

    /// Aims at `rate` bits per second from the next picture on.
    fn set_rate(&mut self, rate: u32) -> Result<(), Error>;

    /// Makes the next packet a key frame.
    fn request_key(&mut self);

    /// Encodes one picture to exactly one packet. `damage` says what differs from the last one; an encoder may use it
    /// to save work.
    ///
    /// # Errors
    /// `Invalid` when the size is not the configured one or nothing was configured; no packet comes out and nothing
    /// waits.
    fn encode(&mut self, picture: &Picture, damage: &[Rect]) -> Result<Packet, Error>;
}

/// Turns packets back into pictures. Packets come from the peer: whatever is in them, a decoder neither panics nor
/// takes memory beyond the allowed picture size.
pub trait VideoDecoder {
    /// Decodes one packet to exactly one picture, borrowed until the next call.
    ///
    /// # Errors
    /// `Invalid` for a broken packet or one whose references are missing; the decoder can go on with the next key
    /// frame.
    fn decode(&mut self, packet: &[u8]) -> Result<&Picture, Error>;

    /// Forgets all references; the next packet must be a key frame.
    fn reset(&mut self);
}
