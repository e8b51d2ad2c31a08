//! The login: CPace from its draft, written apart from the library that the sessions use, against both sessions.

use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use deskwire_identity::{PublicKey, Secret, Secret64, bmac, expand, extract};
use deskwire_machine::{Input, Instant, LinkId, LinkIds, Machine as _, Output, Seed, StreamBuf};
use deskwire_session::{
    ChargeResult, Credential, Grants, HostConfig, HostEvent, HostSession, Limits, LoginOffer, OneTimeCode,
    StretchedPassword, ViewerConfig, ViewerSession,
};
use deskwire_wire::frame::LongHeader;
use deskwire_wire::session::{PasswordParams, Scopes, SessionMsg};
use deskwire_wire::{CapnProto, Codec as _};
use orion::hazardous::hash::sha2::sha512::Sha512;
use orion::hazardous::kdf::argon2::{Argon2, CostParams, ID, Sequential};
use serde_json::json;

use crate::VectorFile;
use crate::input::{Input as Given, hex};
use crate::objects::public;
use crate::transcript::Values;

const DSI: &[u8] = b"CPaceRistretto255";
/// SHA-512's block.
const BLOCK: usize = 128;

pub(crate) const LOGIN: VectorFile = VectorFile {
    name: "login.json",
    about: "Logins: CPace (draft-irtf-cfrg-cpace) over ristretto255 with SHA-512, the viewer as initiator, and the proofs after it. secret is what CPace takes as password: the digits of a code, or the 32 bytes that Argon2id (RFC 9106, version 1.3) makes of a permanent password. The scalars come from the sides' seeds; other implementations may take them as their input.",
    cases: || {
        let code = |code: &str| {
            json!({
                "method": "one-time code", "code": code, "exporter": hex(&[0x61; 64]),
                "viewer_key": public(0xa1), "host_key": public(0xb1),
                "viewer_seed": hex(&[0xa2; 32]), "host_seed": hex(&[0xb2; 32]),
            })
        };
        let password = |password: &str, memory_kib: u32, passes: u32| {
            let mut input = code("");
            if let Some(fields) = input.as_object_mut() {
                fields.remove("code");
                fields.insert("method".to_owned(), json!("password"));
                fields.insert("password".to_owned(), json!(password));
                fields.insert("argon2id_salt".to_owned(), json!(hex(&[0x73; 16])));
                fields.insert("argon2id_memory_kib".to_owned(), json!(memory_kib));
                fields.insert("argon2id_passes".to_owned(), json!(passes));
                fields.insert("argon2id_lanes".to_owned(), json!(1));
            }
            input
        };
        vec![
            ("the shortest code", code("482913")),
            ("the longest code", code("01234567890123456789012345678901")),
            ("a permanent password", password("correct horse battery staple", 19_456, 2)),
            ("a permanent password outside ASCII", password("Gr\u{fc}\u{df}e \u{1f511}", 1_024, 1)),
        ]
    },
    record: None,
    complete: |input| {
        let login = Login::read(input)?;
        let (values, generated) = login.formulas()?;
        login.compare(&generated)?;
        Ok(values.into_json())
    },
};

/// What a case starts from.
struct Login {
    credential: Credential,
    offer: LoginOffer,
    secret: Vec<u8>,
    channel: &'static [u8],
    exporter: [u8; 64],
    viewer: PublicKey,
    host: PublicKey,
    viewer_seed: [u8; 32],
    host_seed: [u8; 32],
}

/// What travels: both shares and both proofs.
struct Generated {
    shares: [[u8; 32]; 2],
    proofs: [Secret<32>; 2],
}

fn stretched(input: Given<'_>) -> Result<Vec<u8>, String> {
    let costs = CostParams::new(
        input.u32("argon2id_passes")?,
        input.u32("argon2id_memory_kib")?,
        input.u32("argon2id_lanes")?,
    );
    let costs = costs.map_err(|_| "these are no costs of Argon2id")?;
    let (password, salt) = (input.text("password")?.as_bytes(), input.bytes("argon2id_salt")?);
    let mut out = vec![0; 32];
    Argon2::<ID, Sequential>::derive_key(password, &salt, &costs, None, None, &mut out)
        .map_err(|_| "Argon2id refused the password or the salt")?;
    Ok(out)
}

/// prepend_len of the draft: the length as LEB128, then the bytes.
fn with_length(out: &mut Vec<u8>, part: &[u8]) {
    let mut length = part.len();
    loop {
        let low = u8::try_from(length & 0x7f).unwrap_or(0x7f);
        length >>= 7;
        out.push(if length == 0 { low } else { low | 0x80 });
        if length == 0 {
            break;
        }
    }
    out.extend_from_slice(part);
}

/// lv_cat of the draft.
fn lv_cat(parts: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::new();
    parts.iter().for_each(|part| with_length(&mut out, part));
    out
}

fn sha512(bytes: &[u8]) -> Result<[u8; 64], String> {
    let digest = Sha512::digest(bytes).map_err(|_| "SHA-512 refused to hash")?;
    digest.as_ref().try_into().map_err(|_| "SHA-512 gave another length".to_owned())
}

fn scalar(seed: [u8; 32]) -> Scalar {
    Scalar::from_bytes_mod_order_wide(&Seed::new(seed).derive("login").secret().bytes())
}

impl Login {
    fn read(input: Given<'_>) -> Result<Self, String> {
        let usual = LoginOffer { grants: Grants::all(Scopes::NONE), ..LoginOffer::default() };
        let (credential, offer, secret, channel): (_, _, _, &[u8]) = match input.text("method")? {
            "one-time code" => {
                let digits = input.text("code")?;
                let code: OneTimeCode = digits.parse().map_err(|_| "this is no code")?;
                let offer = LoginOffer { code: Some(code.clone()), ..usual };
                let secret = digits.as_bytes().to_vec();
                (Credential::Code(code), offer, secret, b"deskwire login one-time code")
            }
            "password" => {
                let params = PasswordParams {
                    salt: input.array("argon2id_salt")?,
                    memory_kib: input.u32("argon2id_memory_kib")?,
                    passes: input.u32("argon2id_passes")?,
                };
                let kept = StretchedPassword::with_params(input.text("password")?, params);
                let kept = kept.map_err(|e| e.to_string())?;
                let key = Credential::Password(kept.key.clone());
                let offer = LoginOffer { password: Some(kept), ..usual };
                (key, offer, stretched(input)?, b"deskwire login password")
            }
            other => return Err(format!("there is no method {other}")),
        };
        Ok(Self {
            credential,
            offer,
            secret,
            channel,
            exporter: input.array("exporter")?,
            viewer: input.key("viewer_key")?,
            host: input.key("host_key")?,
            viewer_seed: input.array("viewer_seed")?,
            host_seed: input.array("host_seed")?,
        })
    }

    fn formulas(&self) -> Result<(Values, Generated), String> {
        let mut v = Values::default();
        v.put("secret", &self.secret);
        v.put("channel_identifier", self.channel);
        let used = 1 + lv_cat(&[&self.secret]).len() + lv_cat(&[DSI]).len();
        let pad = vec![0; BLOCK.saturating_sub(used)];
        let string = lv_cat(&[DSI, &self.secret, &pad, self.channel, &self.exporter]);
        let digest = sha512(&string)?;
        let generator = RistrettoPoint::from_uniform_bytes(&digest);
        v.put("generator_string", &string);
        v.put("generator_hash", &digest);
        v.put("generator", generator.compress().as_bytes());

        let [a, b] = [scalar(self.viewer_seed), scalar(self.host_seed)];
        let [share_a, share_b] = [generator * a, generator * b];
        let shared = share_b * a;
        if shared != share_a * b {
            return Err("the two sides have another point".to_owned());
        }
        let [share_a, share_b] = [share_a, share_b].map(|share| share.compress().to_bytes());
        let shared = shared.compress().to_bytes();
        for (name, value) in [
            ("viewer_scalar", a.as_bytes()),
            ("host_scalar", b.as_bytes()),
            ("viewer_share", &share_a),
            ("host_share", &share_b),
            ("shared_point", &shared),
        ] {
            v.put(name, value);
        }

        let mut transcript = lv_cat(&[&share_a, self.viewer.as_bytes()]);
        transcript.extend(lv_cat(&[&share_b, self.host.as_bytes()]));
        let mut string = lv_cat(&[b"CPaceRistretto255_ISK", &self.exporter, &shared]);
        string.extend_from_slice(&transcript);
        let isk = sha512(&string)?;
        let sid_output = sha512(&[b"CPaceSidOutput".as_slice(), &transcript].concat())?;
        v.put("transcript", &transcript);
        v.put("isk", &isk);
        v.put("sid_output", &sid_output);

        let chain: Secret64 = extract(&self.exporter, &isk);
        v.put("chain", chain.as_bytes());
        let mut proof = |side: &str| {
            let key: Secret<32> = expand(&chain, &format!("login {side}"), &sid_output);
            let proof = bmac(&key, &sid_output);
            v.put(&format!("{side}_confirmation_key"), key.as_bytes());
            v.put(&format!("{side}_proof"), proof.as_bytes());
            proof
        };
        let proofs = [proof("viewer"), proof("host")];
        Ok((v, Generated { shares: [share_a, share_b], proofs }))
    }

    /// Runs both sessions up to the login and holds what they say against the formulas.
    fn compare(&self, made: &Generated) -> Result<(), String> {
        let now = Instant::ZERO;
        let mut host = HostSession::new(
            now,
            HostConfig {
                seed: Seed::new(self.host_seed),
                ids: LinkIds::new(),
                limits: Limits::default(),
                exporter: Secret::new(self.exporter),
                viewer_key: self.viewer,
                host_key: self.host,
                login: self.offer.clone(),
            },
        );
        let mut viewer = ViewerSession::new(
            now,
            ViewerConfig {
                seed: Seed::new(self.viewer_seed),
                ids: LinkIds::new(),
                limits: Limits::default(),
                exporter: Secret::new(self.exporter),
                viewer_key: self.viewer,
                host_key: self.host,
            },
        );
        viewer.log_in(now, self.credential.clone()).map_err(|_| "the viewer takes no such login")?;
        let said = converse(now, &mut viewer, &mut host)?;
        let expected = [
            SessionMsg::LoginShare { share: made.shares[1] },
            SessionMsg::LoginConfirm { tag: *made.proofs[0].as_bytes() },
            SessionMsg::LoginAccepted { tag: Some(*made.proofs[1].as_bytes()), granted: Scopes::NONE },
        ];
        let start = said.iter().any(
            |said| matches!(said, SessionMsg::LoginStart { share, .. } if *share == Some(made.shares[0])),
        );
        if !start || !expected.iter().all(|message| said.contains(message)) {
            return Err("the sessions say something else than the formulas".to_owned());
        }
        if !viewer.is_active() || !host.is_active() {
            return Err("the login did not succeed".to_owned());
        }
        Ok(())
    }
}

/// Lets both sessions talk over their control channel until they have nothing more to say; gives all messages.
fn converse(
    now: Instant,
    viewer: &mut ViewerSession,
    host: &mut HostSession,
) -> Result<Vec<SessionMsg>, String> {
    let ids = LinkIds::new();
    let (mut buf, mut said, mut control): (Vec<u8>, Vec<SessionMsg>, Option<(LinkId, LinkId)>) =
        Default::default();
    for _ in 0..8 {
        while let Some(output) = viewer.poll_output(now, &mut buf) {
            match output {
                Output::Open { link, .. } => {
                    let there = ids.allocate();
                    control.get_or_insert((link, there));
                    let remote = ([0, 0, 0, 0], 0).into();
                    let listener = LinkId::TRANSPORT;
                    host.handle_input(now, Input::Accepted { listener, link: there, remote });
                }
                Output::Stream { link } => {
                    if let Some((_, there)) = control.filter(|(own, _)| *own == link) {
                        // The channel's header is one byte; a frame is longer.
                        if buf.len() > 1 {
                            said.extend(messages(&buf)?);
                        }
                        let data = &mut StreamBuf::from(&buf[..]);
                        host.handle_input(now, Input::Stream { link: there, data });
                    }
                }
                _ => {}
            }
            buf.clear();
        }
        while let Some(event) = host.poll_event() {
            if let HostEvent::ChargeAttempt { ticket, .. } = event {
                host.attempt_charged(now, ticket, ChargeResult::Allowed);
            }
        }
        while let Some(output) = host.poll_output(now, &mut buf) {
            if let (Output::Stream { .. }, Some((own, _))) = (output, control) {
                said.extend(messages(&buf)?);
                viewer.handle_input(now, Input::Stream { link: own, data: &mut StreamBuf::from(&buf[..]) });
            }
            buf.clear();
        }
    }
    Ok(said)
}

/// The messages in whole frames.
fn messages(bytes: &[u8]) -> Result<Vec<SessionMsg>, String> {
    let mut buf = StreamBuf::from(bytes);
    let mut out = Vec::new();
    while let Some(header) =
        LongHeader::peek(&buf, 4_096).map_err(|_| "a session sent a frame that is too long")?
    {
        let frame = buf.readable().get(LongHeader::SIZE..LongHeader::SIZE + header.len);
        let frame = frame.ok_or("a session sent a broken frame")?;
        out.push(CapnProto::decode(frame).map_err(|_| "a session sent what is no message")?);
        buf.consume(LongHeader::SIZE + header.len);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn field<'a>(output: &'a Value, name: &str) -> &'a str {
        output[name].as_str().unwrap_or_default()
    }

    #[test]
    fn a_code_and_a_password_of_the_same_bytes_have_nothing_in_common() {
        let cases = (LOGIN.cases)();
        let (_, code) = &cases[0];
        let login = Login::read(Given(code)).unwrap();
        let password = Login { channel: b"deskwire login password", ..Login::read(Given(code)).unwrap() };
        let [one, other] = [login, password].map(|login| login.formulas().unwrap().0.into_json());
        assert_eq!(field(&one, "secret"), field(&other, "secret"));
        for name in ["generator", "viewer_share", "isk", "viewer_proof", "host_proof"] {
            assert_ne!(field(&one, name), field(&other, name), "{name}");
        }
    }
}
