//! What is laid out by hand: kinds, frames of datagrams and streams, headers, probes.

use deskwire_conformance::FuzzTarget;
use deskwire_identity::Secret64;
use deskwire_machine::StreamBuf;
use deskwire_punch::probe::{Body, Keys, Probe, SIZE};
use deskwire_wire::frame::{Kind, LongHeader, peek_short, put_short};
use deskwire_wire::ids::Role;
use deskwire_wire::relay::{CHANNEL_HEADER, channel_header, channel_of};
use deskwire_wire::rendezvous::{Frame, MAX_FRAME};
use deskwire_wire::session::ChannelHeader;

use crate::frugal::{frugal, told};

pub(crate) const TARGETS: &[FuzzTarget] = &[
    ("rendezvous_frame", rendezvous_frame),
    ("short_frames", short_frames),
    ("long_frames", long_frames),
    ("headers", headers),
    ("probe", probe),
];

fn rendezvous_frame(bytes: &[u8]) {
    let Some(frame) = frugal(bytes.len(), || Frame::parse(bytes)) else { return };
    let mut out = Vec::new();
    frame.put(&mut out);
    assert!(out.len() <= MAX_FRAME && bytes.len() <= MAX_FRAME);
    assert_eq!(Frame::parse(&out).as_ref(), Some(&frame), "what was written reads as something else");
    match frame {
        // Only zeros may follow a hello; an address has two forms and is written in one.
        Frame::Hello(_) => assert!(bytes.starts_with(&out)),
        Frame::Welcome(_) => assert_eq!(out.len(), bytes.len()),
        Frame::Opening(_) | Frame::Sealed(_) | Frame::Stale(_) => assert_eq!(out, bytes),
    }
}

/// A stream of frames with 2 bytes of length, in pieces: the first bytes are the limit and the length of pieces.
fn short_frames(bytes: &[u8]) {
    let Some((&[a, b, piece], stream)) = bytes.split_first_chunk() else { return };
    let limit = usize::from(u16::from_be_bytes([a, b]));
    let next = |buf: &mut StreamBuf| -> Result<Option<Vec<u8>>, ()> {
        let Some(len) = told(peek_short(buf, limit)).ok_or(())? else { return Ok(None) };
        assert!(len <= limit);
        let frame = buf.readable().get(2..2 + len).expect("a whole frame is there").to_vec();
        buf.consume(2 + len);
        Ok(Some(frame))
    };
    let (frames, used) = in_pieces(stream, piece, next);
    let mut again = Vec::new();
    frames.iter().for_each(|frame| assert!(put_short(&mut again, frame)));
    assert_eq!(again, stream.get(..used).unwrap_or_default(), "frames are not what the stream had");
}

/// The same with 4 bytes of length.
fn long_frames(bytes: &[u8]) {
    let Some((&[a, b, piece], stream)) = bytes.split_first_chunk() else { return };
    let limit = usize::from(u16::from_be_bytes([a, b]));
    let next = |buf: &mut StreamBuf| -> Result<Option<Vec<u8>>, ()> {
        let start = told(LongHeader::peek_start(buf, limit)).ok_or(())?;
        let Some(header) = LongHeader::peek(buf, limit).map_err(|_| ())? else { return Ok(None) };
        assert_eq!(start, Some(header));
        assert!(header.len <= limit);
        let whole = LongHeader::SIZE + header.len;
        let frame = buf.readable().get(LongHeader::SIZE..whole).expect("a whole frame is there");
        let frame = [&header.to_bytes(), frame].concat();
        buf.consume(whole);
        Ok(Some(frame))
    };
    let (frames, used) = in_pieces(stream, piece, next);
    assert_eq!(frames.concat(), stream.get(..used).unwrap_or_default(), "frames are not what the stream had");
}

/// Reads a stream piece by piece; gives its frames and the bytes they took. It must not matter how it is cut.
fn in_pieces(
    stream: &[u8],
    piece: u8,
    next: impl Fn(&mut StreamBuf) -> Result<Option<Vec<u8>>, ()>,
) -> (Vec<Vec<u8>>, usize) {
    let read = |pieces: &mut dyn Iterator<Item = &[u8]>| {
        let (mut buf, mut frames, mut used, mut broken) = (StreamBuf::new(), Vec::new(), 0, false);
        for piece in pieces {
            buf.push(piece);
            while !broken {
                let before = buf.len();
                match next(&mut buf) {
                    Ok(Some(frame)) => frames.push(frame),
                    Ok(None) => break,
                    Err(()) => broken = true,
                }
                used += before - buf.len();
            }
        }
        (frames, used, broken)
    };
    let whole = read(&mut core::iter::once(stream));
    let cut = read(&mut stream.chunks(usize::from(piece).max(1)));
    assert_eq!(whole, cut, "it matters how a stream is cut");
    (whole.0, whole.1)
}

/// Channel headers of sessions and of relays, and the first byte.
fn headers(bytes: &[u8]) {
    if let Some(Some((header, len))) = told(ChannelHeader::peek(bytes)) {
        let written = header.to_bytes();
        assert_eq!((bytes.get(..len), written.len()), (Some(written.as_slice()), len));
        assert!((0..len).all(|cut| ChannelHeader::peek(bytes.get(..cut).unwrap_or_default()) == Ok(None)));
    }
    if let Some(channel) = channel_of(bytes) {
        assert_eq!(bytes.get(..CHANNEL_HEADER), Some(&channel_header(channel)[..]));
    }
    let kind = bytes.first().and_then(|first| Kind::of(*first));
    assert!(kind.is_none_or(|kind| bytes.first() == Some(&(kind as u8)) && !Kind::is_quic(kind as u8)));
}

/// A probe: the first byte says whether the bytes are one, or what is said in one.
fn probe(bytes: &[u8]) {
    let exporter = Secret64::new([5; 64]);
    let (own, peer) = (Keys::new(Role::Host, &exporter), Keys::new(Role::Viewer, &exporter));
    let Some((how, rest)) = bytes.split_first() else { return };
    if how & 1 == 0 {
        // Nobody makes a right one without the keys.
        assert_eq!(frugal(rest.len(), || own.open(rest)), None);
        let mut tagged = own_tag(&peer, rest);
        assert!(own.is_tagged(&tagged));
        assert_eq!(own.open(&tagged), None);
        tagged.push(0);
        assert!(!own.is_tagged(&tagged));
        return;
    }
    let Some((&transaction, rest)) = rest.split_first_chunk::<8>() else { return };
    let body = match rest.split_first_chunk::<6>() {
        Some((&[a, b, c, d, high, low], _)) if how & 2 != 0 => {
            Body::Response { observed: ([a, b, c, d], u16::from_be_bytes([high, low])).into() }
        }
        _ => Body::Request,
    };
    let said = Probe { body, nominated: how & 4 != 0, transaction: u64::from_be_bytes(transaction) };
    let mut datagram = peer.seal(&said).to_vec();
    assert_eq!((datagram.len(), own.open(&datagram)), (SIZE, Some(said)));
    assert_eq!(peer.open(&datagram), None, "a reflected probe is taken");
    // One bit of it is wrong.
    let at = usize::from(how >> 3) + usize::from(rest.last().copied().unwrap_or_default() & 0x20);
    if let Some(byte) = datagram.get_mut(at % SIZE) {
        *byte ^= 1;
    }
    assert_eq!(own.open(&datagram), None);
}

/// A probe that has the tag of the other side, and `rest` for the rest.
fn own_tag(peer: &Keys, rest: &[u8]) -> Vec<u8> {
    let mut datagram = peer.seal(&Probe { body: Body::Request, nominated: false, transaction: 0 }).to_vec();
    for (to, from) in datagram.iter_mut().skip(12).zip(rest.iter().chain(&[0xff; SIZE])) {
        *to = *from;
    }
    datagram
}
