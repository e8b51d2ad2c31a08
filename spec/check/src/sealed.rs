//! Talk with a rendezvous server, from its formulas and apart from the machines (with another AEAD implementation).

use std::collections::BTreeSet;
use std::net::SocketAddr;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use deskwire_identity::{EphemeralCertificate, PublicKey, Secret, bmac, expand, extract, hash};
use deskwire_wire::rendezvous::{Frame, Handle, Hello, RendezvousMsg, Welcome};
use deskwire_wire::{CapnProto, Codec as _};
use serde_json::{Value, json};
use x25519_dalek::StaticSecret;

use crate::input::hex;
use crate::messages;
use crate::transcript::Values;

/// Messages that a whole exchange must show.
const NEEDED: [&str; 11] = [
    "register",
    "registered",
    "beat",
    "beatAck",
    "connect",
    "incoming",
    "answer",
    "introduced",
    "tokensWanted",
    "tokens",
    "bye",
];

/// A client, and what is known of its session.
pub(crate) struct Party {
    /// What it drew; one of these is its X25519 key.
    drawn: Vec<[u8; 32]>,
    secret: [u8; 32],
    identity: PublicKey,
    address: SocketAddr,
    hello: Option<Hello>,
    session: Option<Session>,
    values: Values,
}

struct Session {
    handle: Handle,
    cookie: [u8; 24],
    observed: Vec<u8>,
    c2s: Secret<32>,
    s2c: Secret<32>,
}

/// The server, and what was said to everybody.
pub(crate) struct Exchange {
    server: PublicKey,
    secret: [u8; 32],
    introduction_secret: Option<[u8; 32]>,
    seen: BTreeSet<String>,
}

fn address(address: SocketAddr) -> Vec<u8> {
    let ip = match address.ip() {
        std::net::IpAddr::V4(ip) => ip.to_ipv6_mapped(),
        std::net::IpAddr::V6(ip) => ip,
    };
    [&ip.octets()[..], &address.port().to_be_bytes()].concat()
}

impl Party {
    pub(crate) fn new(drawn: Vec<[u8; 32]>, identity: PublicKey, address: SocketAddr) -> Self {
        Self {
            drawn,
            secret: [0; 32],
            identity,
            address,
            hello: None,
            session: None,
            values: Values::default(),
        }
    }

    /// The values of its session.
    pub(crate) fn into_json(self) -> Value {
        self.values.into_json()
    }

    fn welcome(&mut self, server: &Exchange, welcome: &Welcome) -> Result<(), String> {
        let hello = self.hello.ok_or("a welcome came before a hello")?;
        if welcome.random != hello.random || welcome.observed != self.address {
            return Err("a welcome is for somebody else".to_owned());
        }
        let certificate = EphemeralCertificate::verify(&welcome.certificate, &server.server)
            .map_err(|error| format!("the certificate in a welcome: {error}"))?;
        let own = StaticSecret::from(self.secret);
        let shared = own.diffie_hellman(&certificate.x25519.into());
        let of_server = StaticSecret::from(server.secret);
        if shared.as_bytes() != of_server.diffie_hellman(&hello.e_client.into()).as_bytes() {
            return Err("the two sides of X25519 disagree".to_owned());
        }
        let observed = address(welcome.observed);
        let th = hash(&[
            b"rendezvous 1",
            &hello.e_client,
            &hello.random,
            &welcome.handle.0,
            &welcome.cookie.0,
            &observed,
            &welcome.server_time.to_be_bytes(),
            server.server.as_bytes(),
            &welcome.certificate,
        ]);
        let ck = extract(&th, shared.as_bytes());
        let session = Session {
            handle: welcome.handle,
            cookie: welcome.cookie.0,
            observed,
            c2s: expand(&ck, "rendezvous c2s", &th),
            s2c: expand(&ck, "rendezvous s2c", &th),
        };
        for (name, value) in [
            ("client_x25519_secret", &self.secret[..]),
            ("client_x25519_public", &hello.e_client),
            ("client_random", &hello.random),
            ("handle", &session.handle.0),
            ("cookie", &session.cookie),
            ("observed", &session.observed),
            ("certificate", &welcome.certificate),
            ("x25519_shared", shared.as_bytes()),
            ("th", &th),
            ("ck", ck.as_bytes()),
            ("c2s", session.c2s.as_bytes()),
            ("s2c", session.s2c.as_bytes()),
        ] {
            self.values.put(name, value);
        }
        self.session = Some(session);
        Ok(())
    }
}

impl Exchange {
    pub(crate) fn new(server: PublicKey, secret: [u8; 32]) -> Self {
        Self { server, secret, introduction_secret: None, seen: BTreeSet::new() }
    }

    /// Whether everything was said that should be shown.
    pub(crate) fn is_complete(&self) -> Result<(), String> {
        match NEEDED.iter().find(|name| !self.seen.contains(**name)) {
            None => Ok(()),
            Some(name) => Err(format!("nobody said {name}")),
        }
    }

    /// What a datagram says.
    pub(crate) fn read(
        &mut self,
        party: &mut Party,
        to_server: bool,
        datagram: &[u8],
    ) -> Result<Value, String> {
        let frame = datagram.strip_prefix(&[7]).and_then(Frame::parse).ok_or("a datagram is no frame")?;
        match frame {
            Frame::Hello(hello) => {
                let public = |secret: &[u8; 32]| x25519_dalek::PublicKey::from(&StaticSecret::from(*secret));
                let own = party.drawn.iter().find(|secret| public(secret).to_bytes() == hello.e_client);
                party.secret = *own.ok_or("a hello has another key than was drawn")?;
                party.hello = Some(hello);
                Ok(json!({ "frame": "hello" }))
            }
            Frame::Welcome(welcome) => {
                party.welcome(self, &welcome)?;
                Ok(json!({ "frame": "welcome", "server_time": welcome.server_time }))
            }
            Frame::Opening(opening) => {
                let hello = party.hello.ok_or("an opening came before a hello")?;
                let session = party.session.as_ref().ok_or("an opening came before a welcome")?;
                if (opening.cookie.0, opening.e_client, opening.random)
                    != (session.cookie, hello.e_client, hello.random)
                {
                    return Err("an opening repeats something else than was said".to_owned());
                }
                self.open(party, to_server, "opening", opening.handle, opening.counter, opening.sealed)
            }
            Frame::Sealed(sealed) => {
                self.open(party, to_server, "sealed", sealed.handle, sealed.counter, sealed.sealed)
            }
            Frame::Stale(_) => Err("the server forgot a session".to_owned()),
        }
    }

    fn open(
        &mut self,
        party: &Party,
        to_server: bool,
        frame: &str,
        handle: Handle,
        counter: u64,
        sealed: &[u8],
    ) -> Result<Value, String> {
        let session = party.session.as_ref().ok_or("a sealed frame came before a welcome")?;
        if handle != session.handle {
            return Err("a sealed frame is of another session".to_owned());
        }
        let key = if to_server { &session.c2s } else { &session.s2c };
        let nonce = [&[0; 4][..], &counter.to_be_bytes()].concat();
        let ad = [&handle.0[..], &counter.to_be_bytes()].concat();
        let cipher = ChaCha20Poly1305::new(key.as_bytes().into());
        let nonce_array: [u8; 12] = nonce[..].try_into().map_err(|_| "a nonce has another length")?;
        let nonce_array = Nonce::from(nonce_array);
        let plain = cipher
            .decrypt(&nonce_array, Payload { msg: sealed, aad: &ad })
            .map_err(|_| "a sealed frame does not open")?;
        let again = cipher.encrypt(&nonce_array, Payload { msg: &plain, aad: &ad });
        if again.ok().as_deref() != Some(sealed) {
            return Err("a message seals to other bytes".to_owned());
        }
        let message: RendezvousMsg = CapnProto::decode(&plain).map_err(|error| error.to_string())?;
        let fields = messages::rendezvous_fields(&message)?;
        self.seen.extend(fields.as_object().into_iter().flatten().map(|(name, _)| name.clone()));
        let mut out = json!({
            "frame": frame, "counter": counter, "nonce": hex(&nonce), "ad": hex(&ad), "plaintext": hex(&plain),
            "message": fields,
        });
        if let Some(signed) = self.check(party, session, &message)? {
            out["signed"] = Value::String(hex(&signed));
        }
        Ok(out)
    }

    /// Checks what is signed or hashed in a message; gives what a signature in it is over.
    fn check(
        &mut self,
        party: &Party,
        session: &Session,
        message: &RendezvousMsg,
    ) -> Result<Option<Vec<u8>>, String> {
        let fingerprint = self.server.fingerprint();
        let (label, parts, signature): (_, Vec<&[u8]>, _) = match message {
            RendezvousMsg::Register { statement, signature } => (
                "rendezvous register",
                vec![&fingerprint, &session.cookie, &session.observed, statement],
                signature,
            ),
            RendezvousMsg::Connect { statement, signature: Some(signature) } => {
                ("rendezvous connect", vec![&fingerprint, &session.cookie, statement], signature)
            }
            RendezvousMsg::Introduced(told) => {
                let name =
                    hash(&[b"introduction", &told.viewer_random, &told.host_random, &told.server_random]);
                if name.get(..32) != Some(&told.introduction.0[..]) {
                    return Err("an introduction is not called by the hash of its randoms".to_owned());
                }
                self.introduction_secret = Some(told.secret.0);
                return Ok(None);
            }
            RendezvousMsg::TokensWanted { introduction, proof, .. } => {
                let secret = self.introduction_secret.ok_or("nobody was introduced yet")?;
                let expected = bmac(&Secret::new(secret), &hash(&[b"tokens", &introduction.0, b"viewer"]));
                if expected.as_bytes() != proof {
                    return Err("the proof in a request for relays is another".to_owned());
                }
                return Ok(None);
            }
            _ => return Ok(None),
        };
        party.identity.verify(label, &parts, signature).map_err(|_| format!("the signature of a {label}"))?;
        Ok(Some([b"deskwire ", label.as_bytes(), &[0], &hash(&parts)].concat()))
    }
}
