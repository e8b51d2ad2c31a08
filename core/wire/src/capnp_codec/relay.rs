//! How relay messages look as Cap'n Proto.

use alloc::vec::Vec;

use super::{CapnProto, bounded, decode_packed, encode_packed, malformed};
use crate::codec::{CONTROL, Codec, DecodeError, EncodeError};
use crate::generated::relay_capnp::relay_message as schema;
use crate::relay::RelayMsg;

impl Codec<RelayMsg> for CapnProto {
    fn encode(message: &RelayMsg, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        encode_packed(CONTROL, out, |builder| {
            let mut root = builder.init_root::<schema::Builder<'_>>();
            match message {
                RelayMsg::Open { token } => root.init_open().set_token(token),
                RelayMsg::Unknown(_) => root.set_unused(()),
            }
        })
    }

    fn decode(bytes: &[u8]) -> Result<RelayMsg, DecodeError> {
        decode_packed(CONTROL, bytes, |reader| {
            let root = reader.get_root::<schema::Reader<'_>>().map_err(malformed)?;
            Ok(match root.which() {
                Ok(schema::Open(open)) => {
                    let open = open.map_err(malformed)?;
                    RelayMsg::Open { token: bounded(open.get_token().map_err(malformed)?, 512, "token")? }
                }
                Ok(schema::Unused(())) => RelayMsg::Unknown(1),
                Err(capnp::NotInSchema(tag)) => RelayMsg::Unknown(tag),
            })
        })
    }
}
