//! Messages in Cap'n Proto: bytes, and what they say by the names of their schema.

mod punch;
mod relay;
mod rendezvous;
mod session;
mod video;

use std::net::{IpAddr, SocketAddr};

pub(crate) use relay::fields as relay_fields;
pub(crate) use rendezvous::fields as rendezvous_fields;

use deskwire_wire::{CapnProto, Codec};
use serde_json::{Value, json};

use crate::VectorFile;
use crate::input::{Input, hex};

/// Name and input of a case.
type Sample = (&'static str, Value);

const ABOUT: &str = "Messages in Cap'n Proto. The input has the struct of the schema and the bytes, the output its fields by the names of the schema: data in hex, enums by name, of a union the one member that is set, null for a pointer that is null. Messages are packed, frames of video channels (FrameUpdate) are not.";

pub(crate) const SESSION: VectorFile = VectorFile {
    name: "messages_session.json",
    about: ABOUT,
    cases: session::samples,
    record: None,
    complete,
};
pub(crate) const RENDEZVOUS: VectorFile = VectorFile {
    name: "messages_rendezvous.json",
    about: ABOUT,
    cases: rendezvous::samples,
    record: None,
    complete,
};
pub(crate) const RELAY: VectorFile =
    VectorFile { name: "messages_relay.json", about: ABOUT, cases: relay::samples, record: None, complete };
pub(crate) const PUNCH: VectorFile =
    VectorFile { name: "messages_punch.json", about: ABOUT, cases: punch::samples, record: None, complete };
pub(crate) const VIDEO: VectorFile =
    VectorFile { name: "messages_video.json", about: ABOUT, cases: video::samples, record: None, complete };

fn sample<M>(name: &'static str, kind: &str, message: &M) -> Sample
where
    CapnProto: Codec<M>,
{
    let mut bytes = Vec::new();
    // A message that cannot be written gives no bytes, which then are no message.
    let _ = CapnProto::encode(message, &mut bytes);
    sample_of(name, kind, &bytes)
}

fn sample_of(name: &'static str, kind: &str, bytes: &[u8]) -> Sample {
    (name, json!({ "struct": kind, "bytes": hex(bytes) }))
}

fn complete(input: Input<'_>) -> Result<Value, String> {
    let bytes = input.bytes("bytes")?;
    match input.text("struct")? {
        "SessionMessage" => read(&bytes, session::fields),
        "RendezvousMessage" => read(&bytes, rendezvous::fields),
        "RegisterStatement" => read(&bytes, |statement| Ok(rendezvous::register(statement))),
        "ConnectStatement" => read(&bytes, |statement| Ok(rendezvous::connect(statement))),
        "RelayMessage" => read(&bytes, relay::fields),
        "PunchMessage" => read(&bytes, punch::fields),
        "FrameUpdate" => {
            let frame = CapnProto::decode_frame(&bytes).map_err(|error| error.to_string())?;
            let mut again = Vec::new();
            CapnProto::encode_frame(&frame, &mut again).map_err(|error| error.to_string())?;
            if again != bytes {
                return Err("the frame is written in other bytes".to_owned());
            }
            video::fields(&frame)
        }
        other => Err(format!("there is no struct {other}")),
    }
}

/// Reads a message, writes it again (the same bytes must come out), and says what it holds.
fn read<M>(bytes: &[u8], fields: impl FnOnce(&M) -> Result<Value, String>) -> Result<Value, String>
where
    CapnProto: Codec<M>,
{
    let message = CapnProto::decode(bytes).map_err(|error| error.to_string())?;
    let mut again = Vec::new();
    CapnProto::encode(&message, &mut again).map_err(|error| error.to_string())?;
    if again != bytes {
        return Err("the message is written in other bytes".to_owned());
    }
    fields(&message)
}

/// An address in a sample; all of them are well formed.
fn at(text: &str) -> SocketAddr {
    text.parse().unwrap_or_else(|_| SocketAddr::from(([0; 4], 0)))
}

/// An address as it travels: IP address and port.
fn address(address: SocketAddr) -> Value {
    let ip = match address.ip() {
        IpAddr::V4(ip) => ip.octets().to_vec(),
        IpAddr::V6(ip) => ip.octets().to_vec(),
    };
    Value::String(hex(&[&ip[..], &address.port().to_be_bytes()].concat()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Names of the members of the first union in a schema.
    fn members(schema: &str) -> BTreeSet<String> {
        let union = schema.split_once("  union {\n").unwrap().1;
        let union = union.split_once("\n  }\n").unwrap().0;
        let member = |line: &str| {
            let (name, rest) = line.trim().split_once(" @")?;
            (rest.contains(':') && !line.trim().starts_with('#')).then(|| name.to_owned())
        };
        union.lines().filter_map(member).collect()
    }

    #[test]
    fn every_message_of_the_schemas_has_a_vector() {
        for (file, schema) in [
            (SESSION, include_str!("../../../schema/session.capnp")),
            (RENDEZVOUS, include_str!("../../../schema/rendezvous.capnp")),
            (RELAY, include_str!("../../../schema/relay.capnp")),
            (PUNCH, include_str!("../../../schema/punch.capnp")),
        ] {
            let shown = (file.cases)()
                .iter()
                .filter(|(_, input)| !input["struct"].as_str().unwrap().ends_with("Statement"))
                .map(|(_, input)| {
                    let output = complete(Input(input)).unwrap();
                    output.as_object().unwrap().keys().next().unwrap().clone()
                })
                .collect::<BTreeSet<_>>();
            let members = members(schema);
            assert!(members.len() > 5, "{}", file.name);
            assert_eq!(shown, members, "{}", file.name);
        }
    }
}
