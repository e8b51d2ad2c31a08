//! Messages of the key handshake that must be refused. Where something behind a seal is at fault, the seal is good: whoever
//! made it knows all that the server knows.

use deskwire_handshake::{Handshake, HostConfig, Level, ViewerConfig};
use deskwire_identity::{IdentityKey, Secret, Secret64, expand, hash};
use deskwire_machine::Seed;
use deskwire_wire::ids::{DeviceId, IntroductionId};
use serde_json::{Value, json};

use crate::VectorFile;
use crate::input::{Input, hex};
use crate::refused::second_form;
use crate::transcript::{self, EK_SIZE, Session, Values, aead, draw};

/// What a side draws at random, by the names of `hs1.json`, and the labels by which our machines draw it.
const VIEWER_DRAWS: [(&str, &str); 3] = [
    ("viewer_x25519_secret", "x25519"),
    ("viewer_ml_kem_message", "ml-kem message"),
    ("viewer_sealed_key", "sealed key"),
];
const HOST_DRAWS: [(&str, &str); 2] = [("host_x25519_secret", "x25519"), ("host_ml_kem_seed", "ml-kem key")];

/// A point of order eight of X25519 (RFC 7748, section 7), little-endian.
const ORDER_EIGHT: [u8; 32] = [
    0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a, 0xda,
    0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0,
];

pub(crate) const HS1_REFUSED: VectorFile = VectorFile {
    name: "hs1_refused.json",
    about: "Messages of HS1 that must be refused, and three runs that are taken. side reads what it received, one message after the other, each at its level; the last is the one at fault. The input has that side's own secrets, and what it drew at random, with the names of hs1.json; host_key is the one that a viewer knows.",
    cases: || {
        let mut all = at_the_host();
        all.extend(at_the_viewer());
        all.extend(confirmations());
        all
    },
    record: None,
    complete: |input| {
        let mut machine = match input.text("side")? {
            "viewer" => viewer(input)?,
            "host" => host(input)?,
            other => return Err(format!("there is no side {other}")),
        };
        let (last, before) = input.list("received")?.split_last().ok_or("nothing was received")?;
        let mut read = |received: &Value| -> Result<_, String> {
            while machine.poll().is_some() {}
            let received = Input(received);
            let level = match received.text("level")? {
                "initial" => Level::Initial,
                "handshake" => Level::Handshake,
                other => return Err(format!("there is no level {other}")),
            };
            Ok(machine.read(level, &received.bytes("bytes")?))
        };
        for received in before {
            read(received)?.map_err(|error| format!("a message before the last: {error}"))?;
        }
        let Err(error) = read(last)? else { return Ok(json!({ "taken": true })) };
        if machine.poll().is_some() {
            return Err("a side that refuses does something".to_owned());
        }
        Ok(json!({ "error": format!("{error:?}") }))
    },
};

/// Server fingerprint, introduction and its secret: all of them, or none.
type Introduced = (Option<[u8; 32]>, Option<IntroductionId>, Option<Secret<32>>);

fn introduction(input: Input<'_>) -> Result<Introduced, String> {
    let id = input.optional("introduction")?.map(IntroductionId);
    let secret = input.optional("introduction_secret")?.map(Secret::new);
    Ok((input.optional("server_fingerprint")?, id, secret))
}

/// What was drawn from a seed is what the input says.
fn check_drawn(input: Input<'_>, seed: [u8; 32], names: &[(&str, &str)]) -> Result<(), String> {
    for (name, label) in names {
        let (given, drawn) = (input.bytes(name)?, draw::<64>(seed, label));
        // A draw of fewer bytes is the beginning of a longer one.
        if drawn.get(..given.len()) != Some(&given[..]) {
            return Err(format!("{name} is not what the seed gives"));
        }
    }
    Ok(())
}

fn viewer(input: Input<'_>) -> Result<Handshake, String> {
    let (server_fingerprint, introduction, introduction_secret) = introduction(input)?;
    let seed = input.array("viewer_seed")?;
    check_drawn(input, seed, &VIEWER_DRAWS)?;
    Ok(Handshake::viewer(ViewerConfig {
        target: Some(input.id("host_id")?),
        expected_host_key: Some(input.key("host_key")?),
        server_fingerprint,
        introduction,
        introduction_secret,
        identity: input.secret_key("viewer_secret")?,
        transport_parameters: input.bytes("viewer_transport_parameters")?,
        seed: Seed::new(seed),
    }))
}

fn host(input: Input<'_>) -> Result<Handshake, String> {
    let (server_fingerprint, introduction, introduction_secret) = introduction(input)?;
    let seed = input.array("host_seed")?;
    check_drawn(input, seed, &HOST_DRAWS)?;
    Ok(Handshake::host(HostConfig {
        id: Some(input.id("host_id")?),
        server_fingerprint,
        introduction,
        introduction_secret,
        identity: input.secret_key("host_secret")?,
        transport_parameters: input.bytes("host_transport_parameters")?,
        seed: Seed::new(seed),
    }))
}

type Cases = Vec<(&'static str, Value)>;

/// A run, from which messages are taken and changed.
struct Run {
    input: Value,
    values: Values,
}

/// What stands in M2 or M3, before it is signed and sealed.
struct Forgery {
    /// Header and all before the sealed part.
    head: Vec<u8>,
    /// What the signature is over, but for the transcript.
    plain: Vec<u8>,
    signer: IdentityKey,
    label: &'static str,
    /// Another transcript than that of the message.
    over: Option<Vec<u8>>,
    /// Whether the signature is written in its second form.
    second: bool,
}

impl Run {
    fn new(changes: &Value) -> Self {
        let mut input = json!({
            "mode": 0, "host_id": "123456789018",
            "viewer_secret": hex(&[0xa1; 32]), "host_secret": hex(&[0xb1; 32]),
            "viewer_transport_parameters": hex(b"viewer"), "host_transport_parameters": hex(b"host"),
            "viewer_seed": hex(&[0xa2; 32]), "host_seed": hex(&[0xb2; 32]),
        });
        if let (Some(input), Some(changes)) = (input.as_object_mut(), changes.as_object()) {
            input.extend(changes.clone());
        }
        let values = Session::read(Input(&input)).and_then(|session| transcript::run(&session));
        let values = values.expect("the inputs here are of a good run");
        Self { input, values }
    }

    fn introduced_with(changes: &Value) -> Self {
        let mut all = json!({
            "server_fingerprint": hex(&[0x51; 32]), "introduction": hex(&[0x52; 32]),
            "introduction_secret": hex(&[0x53; 32]),
        });
        if let (Some(all), Some(changes)) = (all.as_object_mut(), changes.as_object()) {
            all.extend(changes.clone());
        }
        Self::new(&all)
    }

    fn introduced() -> Self {
        Self::introduced_with(&json!({}))
    }

    fn get(&self, name: &str) -> Vec<u8> {
        self.values.bytes(name).expect("every run has it")
    }

    /// A case: what a side of this run received, each message at the level that is due.
    fn case(&self, side: &str, received: &[Vec<u8>]) -> Value {
        let own = self.input.as_object().into_iter().flatten();
        let is_other = |name: &str| name.starts_with(if side == "host" { "viewer" } else { "host" });
        // The id and the key of the host are what the viewer dials.
        let own = own.filter(|(name, _)| *name != "mode" && (*name == "host_id" || !is_other(name)));
        let mut input = Value::Object(own.map(|(name, value)| (name.clone(), value.clone())).collect());
        let draws = if side == "host" { &HOST_DRAWS[..] } else { &VIEWER_DRAWS };
        for (name, _) in draws {
            input[*name] = hex(&self.get(name)).into();
        }
        if side == "viewer" {
            let secret = Input(&self.input).secret_key("host_secret").expect("every run has it");
            input["host_key"] = hex(secret.public().as_bytes()).into();
        }
        let initial = if side == "host" { 2 } else { 1 };
        let level = |n: usize| if n < initial { "initial" } else { "handshake" };
        let received = received.iter().enumerate();
        input["side"] = side.into();
        input["received"] =
            received.map(|(n, bytes)| json!({ "level": level(n), "bytes": hex(bytes) })).collect();
        input
    }

    /// A message of the run with other bytes from `at` on.
    fn with(&self, message: &str, at: usize, bytes: &[u8]) -> Vec<u8> {
        let mut out = self.get(message);
        out[at..at + bytes.len()].copy_from_slice(bytes);
        out
    }

    /// A message of the run with one bit changed, counted from its end.
    fn flipped(&self, message: &str, from_end: usize) -> Vec<u8> {
        let mut out = self.get(message);
        let at = out.len() - from_end;
        out[at] ^= 1;
        out
    }

    /// M2 or M3 made anew by somebody who knows the chain, with a change.
    fn forged(&self, message: u8, change: impl FnOnce(&mut Forgery)) -> Vec<u8> {
        let (head, before, chain, key, signer, label) = match message {
            2 => (3 + 1 + 32 + EK_SIZE, "th1", "ck1", "hs2", 0xb1, "HS1 host"),
            _ => (3 + 1_088, "th2", "ck2", "hs3", 0xa1, "HS1 viewer"),
        };
        let plain = self.get(if message == 2 { "c2_plaintext" } else { "c3_plaintext" });
        let mut forgery = Forgery {
            head: self.get(if message == 2 { "m2" } else { "m3" })[..head].to_vec(),
            plain: plain[..plain.len() - 64].to_vec(),
            signer: IdentityKey::from_bytes(&[signer; 32]),
            label,
            over: None,
            second: false,
        };
        change(&mut forgery);
        let Forgery { head, mut plain, signer, label, over, second } = forgery;
        let th = hash(&[&self.get(before), &head]);
        let signature = signer.sign(label, &[over.as_deref().unwrap_or(&th), &plain]);
        plain.extend(if second { second_form(&signature) } else { signature.to_vec() });
        let chain = Secret64::new(self.get(chain).try_into().expect("64 bytes"));
        let key: Secret<32> = expand(&chain, key, &th);
        [head, aead(&key, &th, &plain).expect("it is short")].concat()
    }
}

fn stranger() -> IdentityKey {
    IdentityKey::from_bytes(&[9; 32])
}

/// M1 and M3, at the host.
fn at_the_host() -> Cases {
    let (run, direct) = (Run::introduced(), Run::new(&json!({ "mode": 1 })));
    let other = Run::introduced_with(&json!({ "viewer_seed": hex(&[0xa3; 32]) }));
    let m1 = |bytes: Vec<u8>| run.case("host", &[bytes]);
    let m3 = |bytes: Vec<u8>| run.case("host", &[run.get("m1"), bytes]);
    let forged = |change: fn(&mut Forgery)| m3(run.forged(3, change));
    let mut early = m3(run.get("m3"));
    early["received"][1]["level"] = "handshake".into();
    let mut longer = run.get("m1");
    longer.push(0);
    let mut too_long = vec![1, 0x04, 0x23];
    too_long.resize(3 + 1_059, 0);
    let mut shorter = run.get("m3");
    (shorter[1], shorter[2]) = (0x04, 0xcf);
    shorter.pop();
    vec![
        ("all of M1 to M5 at the host, to compare", {
            run.case("host", &[run.get("m1"), run.get("m3"), run.get("m5")])
        }),
        ("M1 with version 0", m1(run.with("m1", 3, &[0]))),
        ("M1 with version 2", m1(run.with("m1", 3, &[2]))),
        ("M1 with a mode that is none", m1(run.with("m1", 4, &[2]))),
        ("M1 that does not know the key, after an introduction", m1(run.with("m1", 4, &[1]))),
        ("M1 with the point zero of X25519", direct.case("host", &[direct.with("m1", 5, &[0; 32])])),
        ("M1 with a point of order eight of X25519", m1(run.with("m1", 5, &ORDER_EIGHT))),
        ("M1 of another type", m1(run.with("m1", 0, &[3]))),
        ("M1 without its exchange key", m1(vec![1, 0, 2, 1, 0])),
        ("M1 longer than any", m1(too_long)),
        ("M1 with a byte behind it", m1(longer)),
        ("M1 once more in the place of M3", m3(run.get("m1"))),
        ("M3 with a changed ML-KEM ciphertext", m3(run.with("m3", 3, &[run.get("m3")[3] ^ 1]))),
        ("M3 with a changed seal", m3(run.flipped("m3", 1))),
        ("M3 of another run", m3(other.get("m3"))),
        ("M3 one byte shorter", m3(shorter)),
        ("M3 at the next level", early),
        (
            "M3 with a key of small order",
            forged(|m3| m3.plain[32..].copy_from_slice(&[&[1][..], &[0; 31]].concat())),
        ),
        ("M3 signed by another key", forged(|m3| m3.signer = stranger())),
        ("M3 signed as the host", forged(|m3| m3.label = "HS1 host")),
        ("M3 signed over no transcript", forged(|m3| m3.over = Some(vec![0; 64]))),
        ("M3 with the second form of a signature", forged(|m3| m3.second = true)),
    ]
}

/// M2, at the viewer.
fn at_the_viewer() -> Cases {
    let run = Run::introduced();
    let m2 = |bytes: Vec<u8>| run.case("viewer", &[bytes]);
    let of = |changes: Value| m2(Run::introduced_with(&changes).get("m2"));
    let forged = |change: fn(&mut Forgery)| m2(run.forged(2, change));
    // The host answered another viewer, and its signature stands in a message for this one.
    let other = Run::introduced_with(&json!({ "viewer_seed": hex(&[0xa3; 32]) }));
    let elsewhere = run.forged(2, |m2| m2.over = Some(other.get("th2_unsealed")));
    let mut without_seal = run.get("m2");
    without_seal.truncate(3 + 1 + 32 + EK_SIZE);
    let (high, low) = (0x04, 0xc1);
    (without_seal[1], without_seal[2]) = (high, low);
    vec![
        ("M2 made by hand, to compare", m2(run.forged(2, |_| {}))),
        ("M2 with version 2", m2(run.with("m2", 3, &[2]))),
        ("M2 with the point zero of X25519", m2(run.with("m2", 4, &[0; 32]))),
        ("M2 with a point of order eight of X25519", m2(run.with("m2", 4, &ORDER_EIGHT))),
        ("M2 with another exchange key", m2(run.with("m2", 4, &[9; 32]))),
        ("M2 with a changed ML-KEM key", m2(run.with("m2", 36, &[run.get("m2")[36] ^ 1]))),
        ("M2 with a changed seal", m2(run.flipped("m2", 1))),
        ("M2 without what is sealed", m2(without_seal)),
        ("M2 that answers another M1", m2(other.get("m2"))),
        ("M2 with another introduction secret", of(json!({ "introduction_secret": hex(&[0x54; 32]) }))),
        ("M2 for another introduction", of(json!({ "introduction": hex(&[0x54; 32]) }))),
        ("M2 through another server", of(json!({ "server_fingerprint": hex(&[0x54; 32]) }))),
        ("M2 of a host with another key", of(json!({ "host_secret": hex(&[9; 32]) }))),
        ("M2 with an id that is none", forged(|m2| m2.plain[..12].copy_from_slice(b"123456789019"))),
        ("M2 with letters for an id", forged(|m2| m2.plain[..12].copy_from_slice(b"12345678901x"))),
        ("M2 with another id", {
            forged(|m2| {
                let id = format!("{:012}", DeviceId::from_number(5).as_digits());
                m2.plain[..12].copy_from_slice(id.as_bytes());
            })
        }),
        ("M2 without an id", forged(|m2| m2.plain[..12].copy_from_slice(&[0; 12]))),
        (
            "M2 with a key of small order",
            forged(|m2| m2.plain[12..44].copy_from_slice(&[&[1][..], &[0; 31]].concat())),
        ),
        (
            "M2 with another key, and its good signature",
            forged(|m2| {
                m2.signer = stranger();
                m2.plain[12..44].copy_from_slice(stranger().public().as_bytes());
            }),
        ),
        ("M2 signed by another key", forged(|m2| m2.signer = stranger())),
        ("M2 signed as the viewer", forged(|m2| m2.label = "HS1 viewer")),
        ("M2 signed over another transcript", m2(elsewhere)),
        ("M2 with the second form of a signature", forged(|m2| m2.second = true)),
        ("M2 with an ML-KEM key that is none", forged(|m2| m2.head[36..].fill(0xff))),
    ]
}

/// M4 and M5.
fn confirmations() -> Cases {
    let run = Run::introduced();
    let other = Run::introduced_with(&json!({ "viewer_seed": hex(&[0xa3; 32]) }));
    let m4 = |bytes: Vec<u8>| run.case("viewer", &[run.get("m2"), bytes]);
    let m5 = |bytes: Vec<u8>| run.case("host", &[run.get("m1"), run.get("m3"), bytes]);
    let mut early = m4(run.get("m4"));
    early["received"][1]["level"] = "initial".into();
    vec![
        ("M2 and M4 at the viewer, to compare", m4(run.get("m4"))),
        ("M4 with a changed bit", m4(run.flipped("m4", 1))),
        ("M4 of another run", m4(other.get("m4"))),
        ("the viewer's confirmation in the place of M4", m4(run.with("m4", 3, &run.get("m5")[3..]))),
        ("M4 without a confirmation", m4(vec![4, 0, 0])),
        ("M4 at the level before", early),
        ("M5 with a changed bit", m5(run.flipped("m5", 32))),
        ("M5 of another run", m5(other.get("m5"))),
        ("the host's confirmation in the place of M5", m5(run.with("m5", 3, &run.get("m4")[3..]))),
        ("M5 twice", run.case("host", &[run.get("m1"), run.get("m3"), run.get("m5"), run.get("m5")])),
    ]
}
