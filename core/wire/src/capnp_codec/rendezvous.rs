//! How rendezvous messages look as Cap'n Proto.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use capnp::data_list;
use capnp::struct_list;
use deskwire_machine::WsUrl;

use super::{CapnProto, array, bounded, decode_packed, encode_packed, malformed};
use crate::codec::{CONTROL, Codec, DecodeError, EncodeError};
use crate::generated::rendezvous_capnp as schema;
use crate::ids::{DeviceId, IntroductionId, Private, RelayId, Role};
use crate::rendezvous::{
    AnswerFrom, AttemptId, ConnectStatement, Introduced, MAX_CANDIDATES, MAX_MAP, MAX_OBJECT, MAX_OFFER,
    MAX_RELAY_ADDRESSES, MAX_RELAYS, MAX_RTTS, MAX_STATEMENT, RefuseReason, RegisterStatement, Relay,
    RelayRtt, RendezvousMsg,
};
use schema::rendezvous_message as union;

fn put_address(address: SocketAddr) -> Vec<u8> {
    let mut out = match address.ip().to_canonical() {
        IpAddr::V4(ip) => ip.octets().to_vec(),
        IpAddr::V6(ip) => ip.octets().to_vec(),
    };
    out.extend_from_slice(&address.port().to_be_bytes());
    out
}

fn address(data: &[u8], field: &'static str) -> Result<SocketAddr, DecodeError> {
    let (ip, port) = data.split_last_chunk::<2>().ok_or(DecodeError::Field(field))?;
    let ip = if let Ok(v4) = <[u8; 4]>::try_from(ip) {
        IpAddr::V4(Ipv4Addr::from(v4))
    } else {
        Ipv6Addr::from(array::<16>(ip, field)?).to_canonical()
    };
    Ok(SocketAddr::new(ip, u16::from_be_bytes(*port)))
}

fn optional<const N: usize>(data: &[u8], field: &'static str) -> Result<Option<[u8; N]>, DecodeError> {
    if data.is_empty() { Ok(None) } else { array(data, field).map(Some) }
}

fn device(digits: u64, field: &'static str) -> Result<DeviceId, DecodeError> {
    DeviceId::from_digits(digits).ok_or(DecodeError::Field(field))
}

/// List lengths as Cap'n Proto counts them; our lists are bounded far below.
fn len<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}

fn count(len: u32, max: usize, field: &'static str) -> Result<(), DecodeError> {
    if usize::try_from(len).is_ok_and(|n| n <= max) { Ok(()) } else { Err(DecodeError::Field(field)) }
}

fn put_addresses(mut list: data_list::Builder<'_>, addresses: &[SocketAddr]) {
    for (i, a) in (0..).zip(addresses) {
        list.set(i, &put_address(*a));
    }
}

fn addresses(
    list: data_list::Reader<'_>,
    max: usize,
    field: &'static str,
) -> Result<Vec<SocketAddr>, DecodeError> {
    count(list.len(), max, field)?;
    list.iter().map(|data| address(data.map_err(malformed)?, field)).collect()
}

fn put_rtts(mut list: struct_list::Builder<'_, schema::relay_rtt::Owned>, rtts: &[RelayRtt]) {
    for (i, rtt) in (0..).zip(rtts) {
        let mut entry = list.reborrow().get(i);
        entry.set_relay(rtt.relay.0);
        entry.set_millis(rtt.millis);
    }
}

fn rtts(list: struct_list::Reader<'_, schema::relay_rtt::Owned>) -> Result<Vec<RelayRtt>, DecodeError> {
    count(list.len(), MAX_RTTS, "rtts")?;
    Ok(list.iter().map(|r| RelayRtt { relay: RelayId(r.get_relay()), millis: r.get_millis() }).collect())
}

fn put_relays(mut list: struct_list::Builder<'_, schema::relay::Owned>, relays: &[Relay]) {
    for (i, relay) in (0..).zip(relays) {
        let mut entry = list.reborrow().get(i);
        entry.set_id(relay.id.0);
        put_addresses(entry.reborrow().init_addresses(len(&relay.addresses)), &relay.addresses);
        entry.set_token(&relay.token.0);
        if let Some(url) = &relay.url {
            entry.set_url(url.0.as_str());
        }
    }
}

fn url(text: capnp::text::Reader<'_>) -> Result<Option<WsUrl>, DecodeError> {
    if text.is_empty() {
        return Ok(None);
    }
    let url = text.to_str().ok().map(|text| WsUrl(text.into())).filter(|url| url.parts().is_some());
    url.map(Some).ok_or(DecodeError::Field("url"))
}

fn relays(
    list: struct_list::Reader<'_, schema::relay::Owned>,
    max: usize,
) -> Result<Vec<Relay>, DecodeError> {
    count(list.len(), max, "relays")?;
    list.iter()
        .map(|relay| {
            Ok(Relay {
                id: RelayId(relay.get_id()),
                addresses: addresses(
                    relay.get_addresses().map_err(malformed)?,
                    MAX_RELAY_ADDRESSES,
                    "addresses",
                )?,
                token: Private(bounded(relay.get_token().map_err(malformed)?, MAX_OBJECT, "token")?),
                url: url(relay.get_url().map_err(malformed)?)?,
            })
        })
        .collect()
}

impl Codec<RegisterStatement> for CapnProto {
    fn encode(statement: &RegisterStatement, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        encode_packed(CONTROL, out, |builder| {
            let mut root = builder.init_root::<schema::register_statement::Builder<'_>>();
            root.set_id(statement.id.map_or(0, DeviceId::as_digits));
            root.set_identity(&statement.identity);
            root.set_certificate(statement.certificate.as_deref().unwrap_or_default());
            root.set_epoch(statement.epoch);
            root.set_capabilities(statement.capabilities);
            put_rtts(root.reborrow().init_rtts(len(&statement.rtts)), &statement.rtts);
            root.set_rotation(statement.rotation.as_deref().unwrap_or_default());
        })
    }

    fn decode(bytes: &[u8]) -> Result<RegisterStatement, DecodeError> {
        decode_packed(CONTROL, bytes, |reader| {
            let root = reader.get_root::<schema::register_statement::Reader<'_>>().map_err(malformed)?;
            let certificate = bounded(root.get_certificate().map_err(malformed)?, MAX_OBJECT, "certificate")?;
            let rotation = bounded(root.get_rotation().map_err(malformed)?, MAX_OBJECT, "rotation")?;
            Ok(RegisterStatement {
                id: match root.get_id() {
                    0 => None,
                    digits => Some(device(digits, "id")?),
                },
                identity: array(root.get_identity().map_err(malformed)?, "identity")?,
                certificate: (!certificate.is_empty()).then_some(certificate),
                epoch: root.get_epoch(),
                capabilities: root.get_capabilities(),
                rtts: rtts(root.get_rtts().map_err(malformed)?)?,
                rotation: (!rotation.is_empty()).then_some(rotation),
            })
        })
    }
}

impl Codec<ConnectStatement> for CapnProto {
    fn encode(statement: &ConnectStatement, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        encode_packed(CONTROL, out, |builder| {
            let mut root = builder.init_root::<schema::connect_statement::Builder<'_>>();
            root.set_target(statement.target.as_digits());
            root.set_random(&statement.random);
            root.set_viewer(statement.viewer.as_ref().map_or(&[][..], |key| &key[..]));
            put_rtts(root.reborrow().init_rtts(len(&statement.rtts)), &statement.rtts);
            root.set_direct(statement.direct);
            put_addresses(root.init_candidates(len(&statement.candidates)), &statement.candidates);
        })
    }

    fn decode(bytes: &[u8]) -> Result<ConnectStatement, DecodeError> {
        decode_packed(CONTROL, bytes, |reader| {
            let root = reader.get_root::<schema::connect_statement::Reader<'_>>().map_err(malformed)?;
            Ok(ConnectStatement {
                target: device(root.get_target(), "target")?,
                random: array(root.get_random().map_err(malformed)?, "random")?,
                viewer: optional(root.get_viewer().map_err(malformed)?, "viewer")?,
                rtts: rtts(root.get_rtts().map_err(malformed)?)?,
                direct: root.get_direct(),
                candidates: addresses(
                    root.get_candidates().map_err(malformed)?,
                    MAX_CANDIDATES,
                    "candidates",
                )?,
            })
        })
    }
}

impl Codec<RendezvousMsg> for CapnProto {
    fn encode(message: &RendezvousMsg, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        // A number without a meaning cannot be sent on.
        if let RendezvousMsg::Unknown(_) = message {
            return Err(EncodeError);
        }
        encode_packed(CONTROL, out, |builder| fill(message, builder.init_root()))
    }

    fn decode(bytes: &[u8]) -> Result<RendezvousMsg, DecodeError> {
        decode_packed(CONTROL, bytes, |reader| {
            let root = reader.get_root::<union::Reader<'_>>().map_err(malformed)?;
            match root.which() {
                Ok(which) => read(which),
                Err(capnp::NotInSchema(tag)) => Ok(RendezvousMsg::Unknown(tag)),
            }
        })
    }
}

fn fill(message: &RendezvousMsg, mut root: union::Builder<'_>) {
    match message {
        RendezvousMsg::Register { statement, signature } => {
            let mut signed = root.init_register();
            signed.set_statement(statement);
            signed.set_signature(signature);
        }
        RendezvousMsg::Registered { certificate, beat_interval_s, server_time, epoch } => {
            let mut registered = root.init_registered();
            registered.set_certificate(certificate);
            registered.set_beat_interval_s(*beat_interval_s);
            registered.set_server_time(*server_time);
            registered.set_epoch(*epoch);
        }
        RendezvousMsg::RegisterRefused { reason, epoch, last_epoch } => {
            let mut refused = root.init_register_refused();
            refused.set_reason(reason.code());
            refused.set_epoch(*epoch);
            refused.set_last_epoch(*last_epoch);
        }
        RendezvousMsg::Beat { sequence, rtts } => {
            let mut beat = root.init_beat();
            beat.set_sequence(*sequence);
            // An absent list is shorter than an empty one.
            if !rtts.is_empty() {
                put_rtts(beat.init_rtts(len(rtts)), rtts);
            }
        }
        RendezvousMsg::BeatAck { sequence, observed } => {
            let mut ack = root.init_beat_ack();
            ack.set_sequence(*sequence);
            ack.set_observed(&put_address(*observed));
        }
        RendezvousMsg::Reflect { nonce, from } => {
            let mut reflect = root.init_reflect();
            reflect.set_nonce(*nonce);
            reflect.set_from(from.code());
            // The answer carries two addresses more. Not zeros: those would be packed away.
            reflect.set_padding(&[0x5a; 64]);
        }
        RendezvousMsg::Reflected { nonce, observed, alternate } => {
            let mut reflected = root.init_reflected();
            reflected.set_nonce(*nonce);
            reflected.set_observed(&put_address(*observed));
            if let Some(alternate) = alternate {
                reflected.set_alternate(&put_address(*alternate));
            }
        }
        RendezvousMsg::Connect { statement, signature } => {
            let mut signed = root.init_connect();
            signed.set_statement(statement);
            signed.set_signature(signature.as_ref().map_or(&[][..], |s| &s[..]));
        }
        RendezvousMsg::ConnectRefused { random } => root.set_connect_refused(random),
        RendezvousMsg::Introduced(i) => {
            let mut out = root.init_introduced();
            out.set_introduction(&i.introduction.0);
            out.set_secret(&i.secret.0);
            out.set_issued(i.issued);
            out.set_certificate(&i.certificate);
            out.set_viewer_random(&i.viewer_random);
            out.set_host_random(&i.host_random);
            out.set_server_random(&i.server_random);
            put_relays(out.reborrow().init_relays(len(&i.relays)), &i.relays);
            put_addresses(out.init_candidates(len(&i.candidates)), &i.candidates);
        }
        RendezvousMsg::Incoming { attempt, viewer, direct } => {
            let mut incoming = root.init_incoming();
            incoming.set_attempt(&attempt.0);
            incoming.set_viewer(viewer.as_ref().map_or(&[][..], |key| &key[..]));
            incoming.set_direct(*direct);
        }
        RendezvousMsg::Answer { attempt, accept, random, candidates } => {
            let mut answer = root.init_answer();
            answer.set_attempt(&attempt.0);
            answer.set_accept(*accept);
            answer.set_random(random);
            put_addresses(answer.init_candidates(len(candidates)), candidates);
        }
        RendezvousMsg::TokensWanted { introduction, issued, role, proof, avoid, rtts, offer } => {
            let mut wanted = root.init_tokens_wanted();
            wanted.set_introduction(&introduction.0);
            wanted.set_issued(*issued);
            wanted.set_host(*role == Role::Host);
            wanted.set_proof(proof);
            let mut list = wanted.reborrow().init_avoid(len(avoid));
            for (i, relay) in (0..).zip(avoid) {
                list.set(i, relay.0);
            }
            wanted.set_offer(offer);
            put_rtts(wanted.init_rtts(len(rtts)), rtts);
        }
        RendezvousMsg::Tokens { introduction, relays, offer } => {
            let mut tokens = root.init_tokens();
            tokens.set_introduction(&introduction.0);
            tokens.set_offer(offer);
            put_relays(tokens.init_relays(len(relays)), relays);
        }
        RendezvousMsg::RelaysWanted => root.set_relays_wanted(()),
        RendezvousMsg::Relays { relays } => put_relays(root.init_relays(len(relays)), relays),
        RendezvousMsg::Bye | RendezvousMsg::Unknown(_) => root.set_bye(()),
    }
}

fn read(which: union::WhichReader<'_>) -> Result<RendezvousMsg, DecodeError> {
    Ok(match which {
        union::Register(signed) => {
            let signed = signed.map_err(malformed)?;
            RendezvousMsg::Register {
                statement: bounded(signed.get_statement().map_err(malformed)?, MAX_STATEMENT, "statement")?,
                signature: array(signed.get_signature().map_err(malformed)?, "signature")?,
            }
        }
        union::Registered(registered) => {
            let registered = registered.map_err(malformed)?;
            RendezvousMsg::Registered {
                certificate: bounded(
                    registered.get_certificate().map_err(malformed)?,
                    MAX_OBJECT,
                    "certificate",
                )?,
                beat_interval_s: registered.get_beat_interval_s(),
                server_time: registered.get_server_time(),
                epoch: registered.get_epoch(),
            }
        }
        union::RegisterRefused(refused) => {
            let refused = refused.map_err(malformed)?;
            RendezvousMsg::RegisterRefused {
                reason: RefuseReason::from_code(refused.get_reason()),
                epoch: refused.get_epoch(),
                last_epoch: refused.get_last_epoch(),
            }
        }
        union::Beat(beat) => {
            let beat = beat.map_err(malformed)?;
            RendezvousMsg::Beat {
                sequence: beat.get_sequence(),
                rtts: rtts(beat.get_rtts().map_err(malformed)?)?,
            }
        }
        union::BeatAck(ack) => {
            let ack = ack.map_err(malformed)?;
            RendezvousMsg::BeatAck {
                sequence: ack.get_sequence(),
                observed: address(ack.get_observed().map_err(malformed)?, "observed")?,
            }
        }
        union::Reflect(reflect) => {
            let reflect = reflect.map_err(malformed)?;
            RendezvousMsg::Reflect {
                nonce: reflect.get_nonce(),
                from: AnswerFrom::from_code(reflect.get_from()),
            }
        }
        union::Reflected(reflected) => {
            let reflected = reflected.map_err(malformed)?;
            RendezvousMsg::Reflected {
                nonce: reflected.get_nonce(),
                observed: address(reflected.get_observed().map_err(malformed)?, "observed")?,
                alternate: match reflected.get_alternate().map_err(malformed)? {
                    [] => None,
                    data => Some(address(data, "alternate")?),
                },
            }
        }
        union::Connect(signed) => {
            let signed = signed.map_err(malformed)?;
            RendezvousMsg::Connect {
                statement: bounded(signed.get_statement().map_err(malformed)?, MAX_STATEMENT, "statement")?,
                signature: optional(signed.get_signature().map_err(malformed)?, "signature")?,
            }
        }
        union::ConnectRefused(random) => {
            RendezvousMsg::ConnectRefused { random: array(random.map_err(malformed)?, "random")? }
        }
        union::Introduced(i) => RendezvousMsg::Introduced(Box::new(introduced(i.map_err(malformed)?)?)),
        union::Incoming(incoming) => {
            let incoming = incoming.map_err(malformed)?;
            RendezvousMsg::Incoming {
                attempt: AttemptId(array(incoming.get_attempt().map_err(malformed)?, "attempt")?),
                viewer: optional(incoming.get_viewer().map_err(malformed)?, "viewer")?,
                direct: incoming.get_direct(),
            }
        }
        union::Answer(answer) => {
            let answer = answer.map_err(malformed)?;
            RendezvousMsg::Answer {
                attempt: AttemptId(array(answer.get_attempt().map_err(malformed)?, "attempt")?),
                accept: answer.get_accept(),
                random: array(answer.get_random().map_err(malformed)?, "random")?,
                candidates: addresses(
                    answer.get_candidates().map_err(malformed)?,
                    MAX_CANDIDATES,
                    "candidates",
                )?,
            }
        }
        union::TokensWanted(wanted) => {
            let wanted = wanted.map_err(malformed)?;
            let avoid = wanted.get_avoid().map_err(malformed)?;
            count(avoid.len(), MAX_MAP, "avoid")?;
            RendezvousMsg::TokensWanted {
                introduction: introduction(wanted.get_introduction().map_err(malformed)?)?,
                issued: wanted.get_issued(),
                role: if wanted.get_host() { Role::Host } else { Role::Viewer },
                proof: array(wanted.get_proof().map_err(malformed)?, "proof")?,
                avoid: avoid.iter().map(RelayId).collect(),
                rtts: rtts(wanted.get_rtts().map_err(malformed)?)?,
                offer: bounded(wanted.get_offer().map_err(malformed)?, MAX_OFFER, "offer")?,
            }
        }
        union::Tokens(tokens) => {
            let tokens = tokens.map_err(malformed)?;
            RendezvousMsg::Tokens {
                introduction: introduction(tokens.get_introduction().map_err(malformed)?)?,
                relays: relays(tokens.get_relays().map_err(malformed)?, MAX_RELAYS)?,
                offer: bounded(tokens.get_offer().map_err(malformed)?, MAX_OFFER, "offer")?,
            }
        }
        union::RelaysWanted(()) => RendezvousMsg::RelaysWanted,
        union::Relays(list) => RendezvousMsg::Relays { relays: relays(list.map_err(malformed)?, MAX_MAP)? },
        union::Bye(()) => RendezvousMsg::Bye,
    })
}

fn introduction(data: &[u8]) -> Result<IntroductionId, DecodeError> {
    array(data, "introduction").map(IntroductionId)
}

fn introduced(i: schema::introduced::Reader<'_>) -> Result<Introduced, DecodeError> {
    Ok(Introduced {
        introduction: introduction(i.get_introduction().map_err(malformed)?)?,
        secret: Private(array(i.get_secret().map_err(malformed)?, "secret")?),
        issued: i.get_issued(),
        certificate: bounded(i.get_certificate().map_err(malformed)?, MAX_OBJECT, "certificate")?,
        viewer_random: array(i.get_viewer_random().map_err(malformed)?, "viewer_random")?,
        host_random: array(i.get_host_random().map_err(malformed)?, "host_random")?,
        server_random: array(i.get_server_random().map_err(malformed)?, "server_random")?,
        relays: relays(i.get_relays().map_err(malformed)?, MAX_RELAYS)?,
        candidates: addresses(i.get_candidates().map_err(malformed)?, MAX_CANDIDATES, "candidates")?,
    })
}
