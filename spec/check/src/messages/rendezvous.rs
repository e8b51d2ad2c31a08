//! Messages between clients and the rendezvous server.

use deskwire_machine::WsUrl;
use deskwire_wire::ids::{DeviceId, IntroductionId, Private, RelayId, Role};
use deskwire_wire::rendezvous::{
    AnswerFrom, AttemptId, ConnectStatement, Introduced, RefuseReason, RegisterStatement, Relay, RelayRtt,
    RendezvousMsg,
};
use serde_json::{Value, json};

use super::{Sample, address, at, sample};
use crate::input::hex;

/// One message of each kind, and both statements.
pub(super) fn samples() -> Vec<Sample> {
    let rtts =
        || vec![RelayRtt { relay: RelayId(7), millis: 21 }, RelayRtt { relay: RelayId(8), millis: 65_535 }];
    let relay = |id, token: &[u8], url: Option<&str>| Relay {
        id: RelayId(id),
        addresses: vec![at("198.51.100.7:21117"), at("[2001:db8::7]:21117")],
        token: Private(token.to_vec()),
        url: url.map(|url| WsUrl(url.to_owned())),
    };
    let relays = || vec![relay(7, &[0x33; 143], None), relay(8, &[0x34; 143], Some("wss://relay.example/"))];
    let introduction = IntroductionId([0x52; 32]);
    let candidates = || vec![at("192.168.1.2:4000"), at("[2001:db8::1]:4000")];
    let introduced = Introduced {
        introduction,
        secret: Private([0x53; 32]),
        issued: 1_800_000_000,
        certificate: vec![0x41; 130],
        viewer_random: [0x42; 32],
        host_random: [0x43; 32],
        server_random: [0x44; 32],
        relays: relays(),
        candidates: candidates(),
    };
    let attempt = AttemptId([0x45; 16]);
    let mut out: Vec<Sample> = [
        ("register", RendezvousMsg::Register { statement: vec![0x46; 40], signature: [0x47; 64] }),
        (
            "registered",
            RendezvousMsg::Registered {
                certificate: vec![0x41; 130],
                beat_interval_s: 20,
                server_time: 1_800_000_000,
                epoch: 6,
            },
        ),
        (
            "registerRefused",
            RendezvousMsg::RegisterRefused { reason: RefuseReason::Epoch, epoch: 5, last_epoch: 6 },
        ),
        ("beat", RendezvousMsg::Beat { sequence: 9, rtts: rtts() }),
        ("beat without round trips", RendezvousMsg::Beat { sequence: 10, rtts: Vec::new() }),
        ("beatAck", RendezvousMsg::BeatAck { sequence: 9, observed: at("203.0.113.9:61000") }),
        ("reflect", RendezvousMsg::Reflect { nonce: 11, from: AnswerFrom::OtherAddress }),
        (
            "reflected",
            RendezvousMsg::Reflected {
                nonce: 11,
                observed: at("[2001:db8::9]:61000"),
                alternate: Some(at("198.51.100.2:21116")),
            },
        ),
        (
            "reflected by a server with one address",
            RendezvousMsg::Reflected { nonce: 11, observed: at("203.0.113.9:61000"), alternate: None },
        ),
        ("connect", RendezvousMsg::Connect { statement: vec![0x48; 40], signature: Some([0x49; 64]) }),
        (
            "connect, not to be recognised",
            RendezvousMsg::Connect { statement: vec![0x48; 40], signature: None },
        ),
        ("connectRefused", RendezvousMsg::ConnectRefused { random: [0x42; 32] }),
        ("introduced", RendezvousMsg::Introduced(Box::new(introduced))),
        ("incoming", RendezvousMsg::Incoming { attempt, viewer: Some([0x4a; 32]), direct: true }),
        ("incoming from a stranger", RendezvousMsg::Incoming { attempt, viewer: None, direct: false }),
        (
            "answer",
            RendezvousMsg::Answer { attempt, accept: true, random: [0x43; 32], candidates: candidates() },
        ),
        (
            "tokensWanted",
            RendezvousMsg::TokensWanted {
                introduction,
                issued: 1_800_000_000,
                role: Role::Host,
                proof: [0x4b; 32],
                avoid: vec![RelayId(7)],
                rtts: rtts(),
                offer: vec![0x4c; 12],
            },
        ),
        ("tokens", RendezvousMsg::Tokens { introduction, relays: relays(), offer: Vec::new() }),
        ("relaysWanted", RendezvousMsg::RelaysWanted),
        ("relays", RendezvousMsg::Relays { relays: vec![relay(7, &[], None)] }),
        ("bye", RendezvousMsg::Bye),
    ]
    .into_iter()
    .map(|(name, message)| sample(name, "RendezvousMessage", &message))
    .collect();
    let register = RegisterStatement {
        id: Some(DeviceId::from_number(12_345_678_901)),
        identity: [0x4d; 32],
        certificate: Some(vec![0x41; 130]),
        epoch: 6,
        capabilities: 1,
        rtts: rtts(),
        rotation: Some(vec![0x4e; 238]),
    };
    let first =
        RegisterStatement { id: None, certificate: None, rotation: None, epoch: 1, ..register.clone() };
    let connect = ConnectStatement {
        target: DeviceId::from_number(12_345_678_901),
        random: [0x42; 32],
        viewer: Some([0x4a; 32]),
        rtts: rtts(),
        direct: true,
        candidates: candidates(),
    };
    let stranger =
        ConnectStatement { viewer: None, direct: false, candidates: Vec::new(), ..connect.clone() };
    out.push(sample("statement of a register", "RegisterStatement", &register));
    out.push(sample("statement of a first register", "RegisterStatement", &first));
    out.push(sample("statement of a connect", "ConnectStatement", &connect));
    out.push(sample("statement of a stranger's connect", "ConnectStatement", &stranger));
    out
}

/// A message by the names of its schema.
pub(crate) fn fields(message: &RendezvousMsg) -> Result<Value, String> {
    Ok(match message {
        RendezvousMsg::Register { statement, signature } => {
            json!({ "register": { "statement": hex(statement), "signature": hex(signature) } })
        }
        RendezvousMsg::Registered { certificate, beat_interval_s, server_time, epoch } => {
            json!({ "registered": {
                "certificate": hex(certificate), "beatIntervalS": beat_interval_s,
                "serverTime": server_time, "epoch": epoch,
            } })
        }
        RendezvousMsg::RegisterRefused { reason, epoch, last_epoch } => {
            let reason = match reason {
                RefuseReason::Busy => 0,
                RefuseReason::Epoch => 1,
                RefuseReason::NotOwner => 2,
                RefuseReason::Revoked => 3,
                RefuseReason::Signature => 4,
                RefuseReason::Store => 5,
                _ => return Err("there is a new reason; say here which number it has".to_owned()),
            };
            json!({ "registerRefused": { "reason": reason, "epoch": epoch, "lastEpoch": last_epoch } })
        }
        RendezvousMsg::Beat { sequence, rtts: list } => {
            json!({ "beat": { "sequence": sequence, "rtts": rtts(list) } })
        }
        RendezvousMsg::BeatAck { sequence, observed } => {
            json!({ "beatAck": { "sequence": sequence, "observed": address(*observed) } })
        }
        RendezvousMsg::Reflect { nonce, from } => {
            let from = match from {
                AnswerFrom::Here => 0,
                AnswerFrom::OtherPort => 1,
                AnswerFrom::OtherAddress => 2,
                _ => return Err("there is a new place; say here which number it has".to_owned()),
            };
            json!({ "reflect": { "nonce": nonce, "padding": hex(&[0x5a; 64]), "from": from } })
        }
        RendezvousMsg::Reflected { nonce, observed, alternate } => json!({ "reflected": {
            "nonce": nonce, "observed": address(*observed),
            "alternate": alternate.map_or_else(|| Value::from(""), address),
        } }),
        RendezvousMsg::Connect { statement, signature } => {
            let signature = signature.map_or_else(String::new, |signature| hex(&signature));
            json!({ "connect": { "statement": hex(statement), "signature": signature } })
        }
        RendezvousMsg::ConnectRefused { random } => json!({ "connectRefused": hex(random) }),
        RendezvousMsg::Introduced(told) => json!({ "introduced": {
            "introduction": hex(&told.introduction.0), "secret": hex(&told.secret.0), "issued": told.issued,
            "certificate": hex(&told.certificate), "viewerRandom": hex(&told.viewer_random),
            "hostRandom": hex(&told.host_random), "serverRandom": hex(&told.server_random),
            "relays": relays(&told.relays), "candidates": addresses(&told.candidates),
        } }),
        RendezvousMsg::Incoming { attempt, viewer, direct } => json!({ "incoming": {
            "attempt": hex(&attempt.0), "viewer": key(viewer), "direct": direct,
        } }),
        RendezvousMsg::Answer { attempt, accept, random, candidates } => json!({ "answer": {
            "attempt": hex(&attempt.0), "accept": accept, "random": hex(random),
            "candidates": addresses(candidates),
        } }),
        RendezvousMsg::TokensWanted { introduction, issued, role, proof, avoid, rtts: list, offer } => {
            json!({ "tokensWanted": {
                "introduction": hex(&introduction.0), "issued": issued, "host": *role == Role::Host,
                "proof": hex(proof), "avoid": avoid.iter().map(|relay| relay.0).collect::<Vec<_>>(),
                "rtts": rtts(list), "offer": hex(offer),
            } })
        }
        RendezvousMsg::Tokens { introduction, relays: list, offer } => json!({ "tokens": {
            "introduction": hex(&introduction.0), "relays": relays(list), "offer": hex(offer),
        } }),
        RendezvousMsg::RelaysWanted => json!({ "relaysWanted": null }),
        RendezvousMsg::Relays { relays: list } => json!({ "relays": relays(list) }),
        RendezvousMsg::Bye => json!({ "bye": null }),
        _ => return Err("this message is not known here; say which fields it has".to_owned()),
    })
}

pub(super) fn register(statement: &RegisterStatement) -> Value {
    let data = |data: &Option<Vec<u8>>| data.as_ref().map_or_else(String::new, |data| hex(data));
    json!({
        "id": statement.id.map_or(0, DeviceId::as_digits), "identity": hex(&statement.identity),
        "certificate": data(&statement.certificate), "epoch": statement.epoch,
        "capabilities": statement.capabilities, "rtts": rtts(&statement.rtts),
        "rotation": data(&statement.rotation),
    })
}

pub(super) fn connect(statement: &ConnectStatement) -> Value {
    json!({
        "target": statement.target.as_digits(), "random": hex(&statement.random),
        "viewer": key(&statement.viewer), "rtts": rtts(&statement.rtts), "direct": statement.direct,
        "candidates": addresses(&statement.candidates),
    })
}

fn key(key: &Option<[u8; 32]>) -> String {
    key.as_ref().map_or_else(String::new, |key| hex(key))
}

fn rtts(list: &[RelayRtt]) -> Vec<Value> {
    list.iter().map(|rtt| json!({ "relay": rtt.relay.0, "millis": rtt.millis })).collect()
}

fn addresses(list: &[std::net::SocketAddr]) -> Vec<Value> {
    list.iter().copied().map(address).collect()
}

fn relays(list: &[Relay]) -> Vec<Value> {
    list.iter()
        .map(|relay| {
            let url = relay.url.as_ref().map_or_else(String::new, ToString::to_string);
            json!({
                "id": relay.id.0, "addresses": addresses(&relay.addresses), "token": hex(&relay.token.0),
                "url": url,
            })
        })
        .collect()
}
