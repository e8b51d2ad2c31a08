//! What stands in front of messages and packets on datagrams and streams.

use deskwire_machine::StreamBuf;
use deskwire_wire::frame::{Kind, LongHeader, peek_short, put_short};
use deskwire_wire::ids::{DisplayId, Epoch};
use deskwire_wire::relay::{Channel, channel_header, channel_of};
use deskwire_wire::rendezvous::{Frame, Handle};
use deskwire_wire::session::ChannelHeader;
use serde_json::json;

use crate::VectorFile;
use crate::input::{Input, hex};

pub(crate) const FRAMING: VectorFile = VectorFile {
    name: "framing.json",
    about: "Framing. relay datagram: 0x17, the channel (3 bytes), the packet. relay control: 0x0f, the message. relay report: 0x27, the report. relay stream: 0x0f once (from the client), then frames of a length (2 bytes) and either a packet or 0x0f and a message. rendezvous stream: 0x07 once (from the client), then frames of a length (2 bytes) and a frame as after the 0x07 of a datagram. punched stream: 0x1f once from each side, then frames of a length (2 bytes) and a probe, once the viewer has chosen a packet. stale: 0x07, 5, the handle. session frame: a length (4 bytes, the top bit says packed) and the message. channel header: the kind (1 byte: control 1, input 2, video 3, cursor 4, clipboard 5), for video the display and the epoch (4 bytes each). All numbers are big-endian.",
    cases: || {
        let packet = hex(&[0x40, 1, 2, 3]);
        vec![
            ("relayed data", json!({ "what": "relay datagram", "channel": 0x00ab_cdef, "payload": packet })),
            (
                "relayed data, smallest channel",
                json!({ "what": "relay datagram", "channel": 1, "payload": packet }),
            ),
            ("control of a relay", json!({ "what": "relay control", "payload": hex(b"message") })),
            (
                "stream to a relay",
                json!({ "what": "relay stream", "frames": [
                    { "message": hex(b"message") }, { "packet": packet }, { "packet": hex(&[0x41; 300]) },
                ] }),
            ),
            ("report of a relay", json!({ "what": "relay report", "payload": hex(&[5; 85]) })),
            (
                "stream between the two sides",
                json!({ "what": "punched stream", "frames": [
                    { "frame": hex(&[0x1f; 54]) }, { "packet": packet },
                ] }),
            ),
            (
                "a session that the server does not know",
                json!({ "what": "stale", "handle": hex(&[0x46; 8]) }),
            ),
            (
                "stream to the rendezvous server",
                json!({ "what": "rendezvous stream", "frames": [{ "frame": hex(b"frame") }, { "frame": "" }] }),
            ),
            (
                "session frame, packed",
                json!({ "what": "session frame", "packed": true, "payload": hex(b"hello") }),
            ),
            (
                "session frame, flat",
                json!({ "what": "session frame", "packed": false, "payload": hex(&[7; 256]) }),
            ),
            ("control channel", json!({ "what": "channel header", "kind": "control" })),
            ("input channel", json!({ "what": "channel header", "kind": "input" })),
            (
                "video channel",
                json!({ "what": "channel header", "kind": "video", "display": 7, "epoch": 0x0102_0304 }),
            ),
            ("cursor channel", json!({ "what": "channel header", "kind": "cursor" })),
            ("clipboard channel", json!({ "what": "channel header", "kind": "clipboard" })),
        ]
    },
    record: None,
    complete: |input| {
        let bytes = match input.text("what")? {
            "relay datagram" => relay_datagram(input)?,
            "relay report" => [&[Kind::RelayReport as u8][..], &input.bytes("payload")?].concat(),
            "punched stream" => stream(input, Kind::Probe)?,
            "stale" => stale(input)?,
            "relay control" => [&[Kind::RelayControl as u8][..], &input.bytes("payload")?].concat(),
            "relay stream" => stream(input, Kind::RelayControl)?,
            "rendezvous stream" => stream(input, Kind::Rendezvous)?,
            "session frame" => session_frame(input)?,
            "channel header" => header(input)?,
            other => return Err(format!("there is no framing {other}")),
        };
        Ok(json!({ "bytes": hex(&bytes) }))
    },
};

fn relay_datagram(input: Input<'_>) -> Result<Vec<u8>, String> {
    let channel = Channel::new(input.u32("channel")?).ok_or("the channel has over 24 bits")?;
    let bytes = [&channel_header(channel)[..], &input.bytes("payload")?].concat();
    if channel_of(&bytes) != Some(channel) {
        return Err("the channel does not come back".to_owned());
    }
    Ok(bytes)
}

fn stream(input: Input<'_>, kind: Kind) -> Result<Vec<u8>, String> {
    let mut bytes = vec![kind as u8];
    let mut payloads = Vec::new();
    for frame in input.list("frames")? {
        let frame = Input(frame);
        let payload = if frame.has("message") {
            [&[Kind::RelayControl as u8][..], &frame.bytes("message")?].concat()
        } else if frame.has("packet") {
            let packet = frame.bytes("packet")?;
            if !packet.first().is_some_and(|first| Kind::is_quic(*first)) {
                return Err("this is no packet".to_owned());
            }
            packet
        } else {
            frame.bytes("frame")?
        };
        if !put_short(&mut bytes, &payload) {
            return Err("a frame is too long".to_owned());
        }
        payloads.push(payload);
    }
    let mut buf = StreamBuf::from(bytes.get(1..).unwrap_or_default());
    for payload in payloads {
        let length =
            peek_short(&buf, 65_535).map_err(|error| error.to_string())?.ok_or("a frame is missing")?;
        if buf.readable().get(2..2 + length) != Some(&payload[..]) {
            return Err("a frame does not come back".to_owned());
        }
        buf.consume(2 + length);
    }
    Ok(bytes)
}

fn stale(input: Input<'_>) -> Result<Vec<u8>, String> {
    let frame = Frame::Stale(Handle(input.array("handle")?));
    let mut bytes = vec![Kind::Rendezvous as u8];
    frame.put(&mut bytes);
    if bytes.get(1..).and_then(Frame::parse) != Some(frame) {
        return Err("the frame does not come back".to_owned());
    }
    Ok(bytes)
}

fn session_frame(input: Input<'_>) -> Result<Vec<u8>, String> {
    let payload = input.bytes("payload")?;
    let header = LongHeader { len: payload.len(), packed: input.flag("packed")? };
    let bytes = [&header.to_bytes()[..], &payload].concat();
    if LongHeader::peek(&StreamBuf::from(&bytes[..]), payload.len()) != Ok(Some(header)) {
        return Err("the header does not come back".to_owned());
    }
    Ok(bytes)
}

fn header(input: Input<'_>) -> Result<Vec<u8>, String> {
    let header = match input.text("kind")? {
        "control" => ChannelHeader::Control,
        "input" => ChannelHeader::Input,
        "video" => ChannelHeader::Video {
            display: DisplayId(input.u32("display")?),
            epoch: Epoch(input.u32("epoch")?),
        },
        "cursor" => ChannelHeader::Cursor,
        "clipboard" => ChannelHeader::Clipboard,
        other => return Err(format!("there is no channel {other}")),
    };
    let bytes = header.to_bytes();
    if ChannelHeader::peek(&bytes) != Ok(Some((header, bytes.len()))) {
        return Err("the header does not come back".to_owned());
    }
    Ok(bytes)
}
