//! The Cap'n Proto codec. Generated types stay in here.

mod punch;
mod relay;
mod rendezvous;
mod session;
mod video;

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use capnp::message::{Builder, HeapAllocator, Reader, ReaderOptions, ReaderSegments as _};
use capnp::serialize::{self, BufferSegments};
use capnp::serialize_packed;

use crate::codec::{ClassLimits, DecodeError, EncodeError};

/// The codec of all native messages.
#[derive(Clone, Copy, Debug)]
pub struct CapnProto;

const fn options(limits: ClassLimits) -> ReaderOptions {
    ReaderOptions { traversal_limit_in_words: Some(limits.words), nesting_limit: limits.nesting }
}

fn malformed(_: capnp::Error) -> DecodeError {
    DecodeError::Malformed
}

impl From<capnp::NotInSchema> for DecodeError {
    fn from(_: capnp::NotInSchema) -> Self {
        Self::Malformed
    }
}

/// Builds a message with `fill` and appends it packed (small control messages shrink to a third).
fn encode_packed(
    limits: ClassLimits,
    out: &mut Vec<u8>,
    fill: impl FnOnce(&mut Builder<HeapAllocator>),
) -> Result<(), EncodeError> {
    let mut message = Builder::new_default();
    fill(&mut message);
    let start = out.len();
    // A builder may have grown a second segment; readers take only one, so copy such a message into one.
    if message.get_segments_for_output().len() > 1 {
        message = single_segment(&message).ok_or(EncodeError)?;
    }
    let words: usize = message.get_segments_for_output().iter().map(|s| s.len() / 8).sum();
    let packed = serialize_packed::write_message(&mut *out, &message);
    if words > limits.unpacked(out.len() - start) {
        out.truncate(start);
        pack_loosely(&serialize::write_message_to_words(&message), out);
    }
    let len = out.len() - start;
    if packed.is_err() || len > limits.frame || words > limits.unpacked(len) {
        out.truncate(start);
        return Err(EncodeError);
    }
    Ok(())
}

/// Packs without runs: each word of zeros takes two bytes, so that nothing shrinks to less than a quarter.
fn pack_loosely(flat: &[u8], out: &mut Vec<u8>) {
    for word in flat.chunks_exact(8) {
        let tag = (0..8).zip(word).fold(0, |tag, (at, byte)| if *byte == 0 { tag } else { tag | 1 << at });
        out.push(tag);
        out.extend(word.iter().filter(|byte| **byte != 0));
        // After these tags comes how many words more are zeros, or are not packed.
        if tag == 0 || tag == u8::MAX {
            out.push(0);
        }
    }
}

fn single_segment(message: &Builder<HeapAllocator>) -> Option<Builder<HeapAllocator>> {
    let words: usize = message.get_segments_for_output().iter().map(|s| s.len() / 8).sum();
    let allocator = HeapAllocator::new().first_segment_words(u32::try_from(words + 8).ok()?);
    let mut flat = Builder::new(allocator);
    let root = message.get_root_as_reader::<capnp::any_pointer::Reader<'_>>().ok()?;
    flat.set_root(root).ok()?;
    (flat.get_segments_for_output().len() == 1).then_some(flat)
}

/// Unpacks and reads a whole message with `read`; what it gives is owned.
fn decode_packed<T>(
    limits: ClassLimits,
    bytes: &[u8],
    read: impl FnOnce(&Reader<serialize::OwnedSegments>) -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    // The low half of the first word is the number of segments less one. More are refused before room is made for them.
    let one_segment = bytes.first().is_some_and(|tag| tag & 0x0f == 0);
    if bytes.len() > limits.frame || !one_segment {
        return Err(DecodeError::Malformed);
    }
    // Too large a size is refused here, before room is made for it. The same bound holds for what is read: a part that
    // several pointers name counts each time, and would be copied each time.
    let room = ClassLimits { words: limits.unpacked(bytes.len()), ..limits };
    let mut rest = bytes;
    let message = serialize_packed::read_message(&mut rest, options(room)).map_err(malformed)?;
    if !rest.is_empty() || message.get_segments().len() > 1 {
        return Err(DecodeError::Malformed);
    }
    read(&message)
}

/// Builds a message and appends it flat, so that a reader can borrow its data.
fn encode_flat(
    limits: ClassLimits,
    out: &mut Vec<u8>,
    first_segment_bytes: usize,
    fill: impl FnOnce(&mut Builder<HeapAllocator>),
) -> Result<(), EncodeError> {
    let words = u32::try_from(first_segment_bytes / 8 + 1).map_err(|_| EncodeError)?;
    let mut message = Builder::new(HeapAllocator::new().first_segment_words(words));
    fill(&mut message);
    if message.get_segments_for_output().len() > 1 {
        message = single_segment(&message).ok_or(EncodeError)?;
    }
    if serialize::compute_serialized_size_in_words(&message) * 8 > limits.frame {
        return Err(EncodeError);
    }
    let start = out.len();
    serialize::write_message(&mut *out, &message).map_err(|_| {
        out.truncate(start);
        EncodeError
    })
}

/// A reader over a flat message in `bytes`.
fn read_flat(limits: ClassLimits, bytes: &[u8]) -> Result<Reader<BufferSegments<&[u8]>>, DecodeError> {
    if bytes.len() > limits.frame {
        return Err(DecodeError::Malformed);
    }
    let segments = BufferSegments::new(bytes, options(limits)).map_err(malformed)?;
    let reader = Reader::new(segments, options(limits));
    if reader.get_segments().len() > 1 { Err(DecodeError::Malformed) } else { Ok(reader) }
}

/// Exactly `N` bytes.
fn array<const N: usize>(data: &[u8], field: &'static str) -> Result<[u8; N], DecodeError> {
    data.try_into().map_err(|_| DecodeError::Field(field))
}

/// At most `max` bytes.
fn bounded(data: &[u8], max: usize, field: &'static str) -> Result<Vec<u8>, DecodeError> {
    if data.len() > max { Err(DecodeError::Field(field)) } else { Ok(data.to_vec()) }
}

/// UTF-8 text of at most `max` bytes.
fn text(reader: capnp::text::Reader<'_>, max: usize, field: &'static str) -> Result<String, DecodeError> {
    if reader.len() > max {
        return Err(DecodeError::Field(field));
    }
    reader.to_str().map(ToOwned::to_owned).map_err(|_| DecodeError::Field(field))
}
