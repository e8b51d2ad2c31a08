//! HS1 once more, straight from its formulas and apart from the machine in `deskwire-handshake`: every value by name.
//!
//! Hash, HKDF and signatures are those of `deskwire-identity`; X25519 and ML-KEM come from the same crates that the
//! machine uses; the AEAD is another implementation.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use deskwire_identity::{IdentityKey, Secret, Secret64, bmac, expand, extract, hash};
use deskwire_machine::Seed;
use orion::KP;
use orion::hazardous::kem::mlkem768;
use serde_json::{Map, Value};

use crate::input::{Input, hex, unhex};

const PROTO: &[u8] = b"deskwire HS1 X25519 ML-KEM-768 XChaCha20-Poly1305 Ed25519 BLAKE2b HKDF-SHA512";
const VERSION: u8 = 1;
/// Bytes of an ML-KEM-768 key.
pub(crate) const EK_SIZE: usize = 1_184;

/// What a case of the handshake starts from.
#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) knows_key: bool,
    /// Server fingerprint, introduction id and introduction secret.
    pub(crate) introduction: Option<[[u8; 32]; 3]>,
    /// Twelve digits.
    pub(crate) host_id: Option<String>,
    pub(crate) viewer: IdentityKey,
    pub(crate) host: IdentityKey,
    pub(crate) viewer_parameters: Vec<u8>,
    pub(crate) host_parameters: Vec<u8>,
    pub(crate) viewer_seed: [u8; 32],
    pub(crate) host_seed: [u8; 32],
}

impl Session {
    pub(crate) fn read(input: Input<'_>) -> Result<Self, String> {
        let parameters = |side: &str| input.bytes(&format!("{side}_transport_parameters"));
        Self::read_with(input, parameters("viewer")?, parameters("host")?)
    }

    /// With transport parameters that are not part of the input.
    pub(crate) fn read_with(
        input: Input<'_>,
        viewer_parameters: Vec<u8>,
        host_parameters: Vec<u8>,
    ) -> Result<Self, String> {
        let introduction = match (
            input.optional("server_fingerprint")?,
            input.optional("introduction")?,
            input.optional("introduction_secret")?,
        ) {
            (Some(server), Some(id), Some(secret)) => Some([server, id, secret]),
            (None, None, None) => None,
            _ => return Err("an introduction is only there in part".to_owned()),
        };
        Ok(Self {
            knows_key: match input.u64("mode")? {
                0 => true,
                1 => false,
                other => return Err(format!("there is no mode {other}")),
            },
            introduction,
            host_id: input.has("host_id").then(|| input.text("host_id").map(str::to_owned)).transpose()?,
            viewer: input.secret_key("viewer_secret")?,
            host: input.secret_key("host_secret")?,
            viewer_parameters,
            host_parameters,
            viewer_seed: input.array("viewer_seed")?,
            host_seed: input.array("host_seed")?,
        })
    }
}

/// Named values in hex.
#[derive(Default)]
pub(crate) struct Values(Map<String, Value>);

impl Values {
    pub(crate) fn put(&mut self, name: &str, bytes: &[u8]) {
        self.0.insert(name.to_owned(), Value::String(hex(bytes)));
    }

    pub(crate) fn is(&self, name: &str, bytes: &[u8]) -> Result<(), String> {
        if self.0.get(name).and_then(Value::as_str) == Some(hex(bytes).as_str()) {
            return Ok(());
        }
        Err(format!("the machine has another {name} than the formulas"))
    }

    pub(crate) fn bytes(&self, name: &str) -> Result<Vec<u8>, String> {
        let text = self.0.get(name).and_then(Value::as_str).ok_or_else(|| format!("there is no {name}"))?;
        unhex(text).ok_or_else(|| format!("{name} is no hex"))
    }

    pub(crate) fn into_json(self) -> Value {
        Value::Object(self.0)
    }
}

pub(crate) fn draw<const N: usize>(seed: [u8; 32], label: &str) -> [u8; N] {
    Seed::new(seed).derive(label).secret().bytes()
}

pub(crate) fn aead(key: &Secret<32>, ad: &[u8], plaintext: &[u8]) -> Result<Vec<u8>, String> {
    XChaCha20Poly1305::new(key.as_bytes().into())
        .encrypt(&XNonce::from([0; 24]), Payload { msg: plaintext, aad: ad })
        .map_err(|_| "the AEAD refused to seal".to_owned())
}

fn header(kind: u8, len: usize) -> Result<Vec<u8>, String> {
    let len = u16::try_from(len).map_err(|_| "a message is too long".to_owned())?;
    let [high, low] = len.to_be_bytes();
    Ok(vec![kind, high, low])
}

/// The host's transport parameters, read from its M2; the viewer's are those of `s`.
pub(crate) fn host_parameters(s: &Session, m2: &[u8]) -> Result<Vec<u8>, String> {
    // Nothing that is used here depends on the host's parameters.
    let values = run(s)?;
    let (start, c2) = m2.split_at_checked(3 + 1 + 32 + EK_SIZE).ok_or("M2 is too short")?;
    let th2_unsealed = hash(&[&values.bytes("th1")?, start]);
    let ck1 = values.bytes("ck1")?.try_into().map_err(|_| "ck1 has another length")?;
    let k2: Secret<32> = expand(&Secret64::new(ck1), "hs2", &th2_unsealed);
    let plain = XChaCha20Poly1305::new(k2.as_bytes().into())
        .decrypt(&XNonce::from([0; 24]), Payload { msg: c2, aad: &th2_unsealed })
        .map_err(|_| "c2 does not open")?;
    let parameters = plain.get(12 + 32..plain.len().saturating_sub(64));
    parameters.map(<[u8]>::to_vec).ok_or_else(|| "c2 is too short".to_owned())
}

/// All values of a run, from th0 to the packet keys.
pub(crate) fn run(s: &Session) -> Result<Values, String> {
    let mut v = Values::default();
    let mode = u8::from(!s.knows_key);
    let id = s.host_id.as_ref().map_or_else(|| vec![0; 12], |id| id.clone().into_bytes());
    let pk_b = *s.host.public().as_bytes();
    let [server, introduction, secret] = s.introduction.unwrap_or_default();

    // What each side draws.
    let e_a = x25519_dalek::StaticSecret::from(draw::<32>(s.viewer_seed, "x25519"));
    let e_b = x25519_dalek::StaticSecret::from(draw::<32>(s.host_seed, "x25519"));
    let kem_seed: [u8; 64] = draw(s.host_seed, "ml-kem key");
    let kem_message: [u8; 32] = draw(s.viewer_seed, "ml-kem message");
    let k_a: [u8; 32] = draw(s.viewer_seed, "sealed key");
    v.put("viewer_x25519_secret", e_a.as_bytes());
    v.put("host_x25519_secret", e_b.as_bytes());
    v.put("host_ml_kem_seed", &kem_seed);
    v.put("viewer_ml_kem_message", &kem_message);
    v.put("viewer_sealed_key", &k_a);
    let public_a = x25519_dalek::PublicKey::from(&e_a);
    let public_b = x25519_dalek::PublicKey::from(&e_b);

    let dialled_id = if s.introduction.is_some() { id.clone() } else { vec![0; 12] };
    let dialled_key = if s.knows_key { pk_b } else { [0; 32] };
    let th0 = hash(&[PROTO, &[VERSION, mode], &dialled_id, &dialled_key, &server, &introduction]);
    let ck0 = extract(&secret, &th0);
    v.put("th0", &th0);
    v.put("ck0", ck0.as_bytes());

    let mut m1 = header(1, 34 + s.viewer_parameters.len())?;
    m1.extend([VERSION, mode]);
    m1.extend(public_a.as_bytes());
    m1.extend(&s.viewer_parameters);
    let th1 = hash(&[&th0, &m1]);
    v.put("viewer_x25519_public", public_a.as_bytes());
    v.put("m1", &m1);
    v.put("th1", &th1);

    let kem = mlkem768::KeyPair::new(mlkem768::Seed::from(kem_seed)).map_err(|_| "ML-KEM key")?;
    let ek: &[u8] = kem.public().as_ref();
    let plain_2 = 12 + 32 + s.host_parameters.len() + 64;
    let mut m2 = header(2, 1 + 32 + ek.len() + plain_2 + 16)?;
    m2.push(VERSION);
    m2.extend(public_b.as_bytes());
    m2.extend(ek);
    let th2_unsealed = hash(&[&th1, &m2]);
    let dh = e_b.diffie_hellman(&public_a);
    if dh.as_bytes() != e_a.diffie_hellman(&public_b).as_bytes() {
        return Err("the two sides of X25519 disagree".to_owned());
    }
    let ck1 = extract(ck0.as_bytes(), dh.as_bytes());
    let k2: Secret<32> = expand(&ck1, "hs2", &th2_unsealed);
    let mut plain = [&id[..], &pk_b, &s.host_parameters].concat();
    let signature = s.host.sign("HS1 host", &[&th2_unsealed, &plain]);
    plain.extend(signature);
    let c2 = aead(&k2, &th2_unsealed, &plain)?;
    m2.extend(&c2);
    let th2 = hash(&[&th2_unsealed, &c2]);
    v.put("host_x25519_public", public_b.as_bytes());
    v.put("host_ml_kem_key", ek);
    v.put("x25519_shared", dh.as_bytes());
    v.put("th2_unsealed", &th2_unsealed);
    v.put("ck1", ck1.as_bytes());
    v.put("k2", k2.as_bytes());
    v.put("host_signature", &signature);
    v.put("c2_plaintext", &plain);
    v.put("c2", &c2);
    v.put("m2", &m2);
    v.put("th2", &th2);

    let random = mlkem768::ExplicitRandom::from(kem_message);
    let (ss, ct) = kem.public().encap_deterministic(&random).map_err(|_| "ML-KEM encapsulation")?;
    if kem.decap(&ct).map_err(|_| "ML-KEM decapsulation")? != ss {
        return Err("the two sides of ML-KEM disagree".to_owned());
    }
    let mut m3 = header(3, ct.as_ref().len() + 128 + 16)?;
    m3.extend(ct.as_ref());
    let th3_unsealed = hash(&[&th2, &m3]);
    let ck2 = extract(ck1.as_bytes(), ss.unprotected_as_ref());
    let k3: Secret<32> = expand(&ck2, "hs3", &th3_unsealed);
    let mut plain = [&k_a[..], s.viewer.public().as_bytes()].concat();
    let signature = s.viewer.sign("HS1 viewer", &[&th3_unsealed, &plain]);
    plain.extend(signature);
    let c3 = aead(&k3, &th3_unsealed, &plain)?;
    m3.extend(&c3);
    let th3 = hash(&[&th3_unsealed, &c3]);
    let ck3 = extract(ck2.as_bytes(), &k_a);
    v.put("ml_kem_ciphertext", ct.as_ref());
    v.put("ml_kem_shared", ss.unprotected_as_ref());
    v.put("th3_unsealed", &th3_unsealed);
    v.put("ck2", ck2.as_bytes());
    v.put("k3", k3.as_bytes());
    v.put("viewer_signature", &signature);
    v.put("c3_plaintext", &plain);
    v.put("c3", &c3);
    v.put("m3", &m3);
    v.put("th3", &th3);
    v.put("ck3", ck3.as_bytes());

    for label in ["handshake a2b", "handshake b2a"] {
        put_level(&mut v, &label.replace(' ', "_"), &expand(&ck3, label, &th3));
    }
    let confirm_host: Secret<32> = expand(&ck3, "confirm host", &th3);
    let mut m4 = header(4, 32)?;
    m4.extend(bmac(&confirm_host, &th3).as_bytes());
    let th4 = hash(&[&th3, &m4]);
    let confirm_viewer: Secret<32> = expand(&ck3, "confirm viewer", &th4);
    let mut m5 = header(5, 32)?;
    m5.extend(bmac(&confirm_viewer, &th4).as_bytes());
    v.put("confirm_host_key", confirm_host.as_bytes());
    v.put("confirm_viewer_key", confirm_viewer.as_bytes());
    v.put("m4", &m4);
    v.put("th4", &th4);
    v.put("m5", &m5);
    for label in ["traffic a2b", "traffic b2a"] {
        put_level(&mut v, &label.replace(' ', "_"), &expand(&ck3, label, &th4));
    }
    for label in ["exporter", "resumption"] {
        v.put(label, expand::<64>(&ck3, label, &th4).as_bytes());
    }
    Ok(v)
}

/// A traffic secret, the packet keys it gives, the nonce of packet 2 on path 1, and the secret after a key update.
pub(crate) fn put_level(v: &mut Values, name: &str, secret: &Secret64) {
    v.put(name, secret.as_bytes());
    let iv: Secret<12> = expand(secret, "iv", &[]);
    let count = (1u128 << 64 | 2).to_be_bytes();
    let nonce: Vec<u8> = iv.as_bytes().iter().zip(&count[4..]).map(|(a, b)| a ^ b).collect();
    v.put(&format!("{name}_nonce_1_2"), &nonce);
    v.put(&format!("{name}_key"), expand::<32>(secret, "key", &[]).as_bytes());
    v.put(&format!("{name}_iv"), expand::<12>(secret, "iv", &[]).as_bytes());
    v.put(&format!("{name}_hp"), expand::<32>(secret, "hp", &[]).as_bytes());
    v.put(&format!("{name}_next"), expand::<64>(secret, "upd", &[]).as_bytes());
}
