//! How much room decoders make, and messages made by hand to make them take much.
#![allow(dead_code, clippy::unwrap_used, reason = "each test binary uses its part, and may fail")]

use deskwire_conformance::CountingAllocator;
use deskwire_wire::{CapnProto, Codec, DecodeError};
use proptest::prelude::*;
use proptest::sample::Index;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// A decoder may allocate this many bytes for each byte that it is given.
const FACTOR: u64 = 8;
/// A frame counts as no shorter than this: even a short one may unpack to 8 KiB, with as much made from it.
const SHORTEST: usize = 4_096;

/// Runs `decode` on a frame of `len` bytes and checks what it allocated, all in all and not at a time.
pub(crate) fn frugal<T>(len: usize, decode: impl FnOnce() -> T) -> T {
    let before = deskwire_conformance::allocated_bytes();
    let decoded = decode();
    let taken = deskwire_conformance::allocated_bytes() - before;
    let most = FACTOR * u64::try_from(len.max(SHORTEST)).unwrap();
    assert!(taken <= most, "{taken} bytes were allocated for a frame of {len}, over {most}");
    decoded
}

/// Decodes a message with [`frugal`].
pub(crate) fn decode<M>(bytes: &[u8]) -> Result<M, DecodeError>
where
    CapnProto: Codec<M>,
{
    frugal(bytes.len(), || CapnProto::decode(bytes))
}

/// What may happen to a good frame: bytes changed, a part repeated, the end cut off.
pub(crate) type Damage = (Vec<(Index, u8)>, Option<(Index, u8)>, Option<Index>);

pub(crate) fn damage() -> impl Strategy<Value = Damage> {
    let change = || (any::<Index>(), any::<u8>());
    (prop::collection::vec(change(), 0..6), prop::option::of(change()), prop::option::of(any::<Index>()))
}

pub(crate) fn damaged(mut bytes: Vec<u8>, (changes, repeated, cut): Damage) -> Vec<u8> {
    for (at, with) in changes {
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
            bytes[at] = with;
        }
    }
    if let Some((at, times)) = repeated {
        let part = bytes[at.index(bytes.len() + 1)..].to_vec();
        bytes.extend(part.repeat(usize::from(times % 8)));
    }
    if let Some(at) = cut {
        bytes.truncate(at.index(bytes.len() + 1));
    }
    bytes
}

/// Packs words as Cap'n Proto does, runs and all.
pub(crate) fn packed(words: &[u64]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let bytes = word.to_le_bytes();
        let tag = out.len();
        out.push((0..8).filter(|at| bytes[*at] != 0).map(|at| 1 << at).sum());
        out.extend(bytes.into_iter().filter(|byte| *byte != 0));
        if out[tag] == 0 {
            let run = std::iter::from_fn(|| words.next_if(|word| **word == 0)).take(255).count();
            out.push(u8::try_from(run).unwrap());
        } else if out[tag] == 255 {
            out.push(0);
        }
    }
    out
}

/// A whole message of one segment.
pub(crate) fn message(words: &[u64]) -> Vec<u64> {
    let mut all = vec![u64::try_from(words.len()).unwrap() << 32];
    all.extend(words);
    all
}

/// A pointer to a struct that begins so many words behind it.
pub(crate) const fn to_struct(offset: u64, data: u64, pointers: u64) -> u64 {
    (offset << 2) | (data << 32) | (pointers << 48)
}

/// A pointer to a list that begins so many words behind it: element sizes are 0 for Void, 2 for bytes, 7 for structs.
pub(crate) const fn to_list(offset: u64, size: u64, count: u64) -> u64 {
    1 | (offset << 2) | (size << 32) | (count << 35)
}

/// Frames that say more than they have, or have much in few bytes; `union` is the member of the root's union, whose
/// discriminant is in the first `data` words at `at` bits, and which is a list.
pub(crate) fn bombs(data: u64, pointers: u64, at: u64, union: u64) -> Vec<Vec<u8>> {
    let root = to_struct(0, data, pointers);
    let most = (1 << 29) - 1;
    let mut frames: Vec<Vec<u8>> = Vec::new();
    // A segment that is said to be larger than anything, and one of nothing but zeros.
    for words in [1 << 13, (1 << 17) - 2, 1 << 17, 1 << 20, u64::from(u32::MAX)] {
        frames.push(packed(&[words << 32, root]));
        let zeros = usize::try_from(words.min(1 << 17)).unwrap();
        frames.push(packed(&message(&[&[root][..], &vec![0; zeros]].concat())));
    }
    // Many segments.
    for segments in [1, 2, 510, 1 << 20] {
        frames.push(packed(&[segments, 0, 0, 0]));
        frames.push(packed(&[&[segments | 1 << 32][..], &[0x1_0000_0001; 300]].concat()));
    }
    let body = |list: &[u64]| {
        let mut words = vec![root];
        words.extend((0..data).map(|word| if word == at / 64 { union << (at % 64) } else { 0 }));
        words.extend(list);
        packed(&message(&words))
    };
    // Lists of nothing: of Void, and of structs that have neither data nor pointers.
    frames.push(body(
        &[&[to_list(pointers - 1, 0, most)][..], &vec![0; usize::try_from(pointers).unwrap()]].concat(),
    ));
    for count in [16, 32, 256, 4_096, 1 << 20, most] {
        let tag = (count << 2) & 0xffff_fffc;
        let rest = vec![0; usize::try_from(pointers - 1).unwrap()];
        frames.push(body(&[&[to_list(pointers - 1, 7, 0)][..], &rest, &[tag]].concat()));
        // A list longer than the message.
        frames.push(body(&[&[to_list(pointers - 1, 2, count)][..], &rest, &[0]].concat()));
    }
    frames
}
