//! Packets of the transport (RFC 9000, 9001, draft-ietf-quic-multipath) taken apart and put together again, apart from
//! the engine that makes them and with another implementation of the cipher.

use std::collections::BTreeMap;

use deskwire_handshake::Secret64;
use deskwire_identity::{Secret, bmac, expand, extract};
use orion::hazardous::aead::chacha20poly1305::{ChaCha20Poly1305, Nonce, SecretKey};
use orion::hazardous::stream::chacha20;
use serde_json::{Value, json};

use crate::input::hex;

/// QUIC version field of the protocol.
const VERSION: [u8; 4] = [0x44, 0x57, 0, 1];
/// Length of the connection ids that both sides hand out.
const CID: usize = 8;
const TAG: usize = 16;
/// Paths that are looked for: which one a short packet is on follows from its connection id, which is not kept here.
const PATHS: u32 = 2;

/// Secrets of one level: viewer to host, host to viewer.
pub(crate) type Pair = [Secret64; 2];

/// Secrets of the Initial level.
pub(crate) fn initial_pair(introduction_secret: Option<&[u8; 32]>, connection_id: &[u8]) -> Pair {
    let salt = introduction_secret.unwrap_or(b"deskwire HS1 public initial salt");
    let chain = extract(salt, connection_id);
    ["initial a2b", "initial b2a"].map(|label| expand(&chain, label, &[]))
}

/// Opens everything that both sides send, in order.
pub(crate) struct Reader {
    introduction_secret: Option<[u8; 32]>,
    /// Which connection ids the Initial keys came from: the first, and the one after a Retry.
    pub(crate) connection_ids: Vec<Vec<u8>>,
    pub(crate) handshake: Option<Pair>,
    /// By generation: each key update adds one.
    pub(crate) traffic: Vec<Pair>,
    largest: BTreeMap<(usize, &'static str, u32), u64>,
    /// What CRYPTO frames carried: by side and level, by offset.
    crypto: BTreeMap<(usize, &'static str), BTreeMap<u64, Vec<u8>>>,
}

/// A packet without its protection.
pub(crate) struct Packet {
    pub(crate) level: &'static str,
    pub(crate) generation: usize,
    pub(crate) path: u32,
    number: u64,
    header: Vec<u8>,
    sample: [u8; 16],
    mask: [u8; 5],
    nonce: [u8; 12],
    pub(crate) plaintext: Vec<u8>,
}

impl Packet {
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "level": self.level, "generation": self.generation, "path": self.path, "number": self.number,
            "header": hex(&self.header), "sample": hex(&self.sample), "mask": hex(&self.mask),
            "nonce": hex(&self.nonce), "plaintext": hex(&self.plaintext),
        })
    }
}

/// Cuts the front off bytes.
struct Cut<'a>(&'a [u8]);

impl<'a> Cut<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], String> {
        let (head, tail) = self.0.split_at_checked(length).ok_or("a packet is too short")?;
        self.0 = tail;
        Ok(head)
    }

    fn byte(&mut self) -> Result<u8, String> {
        self.take(1).map(|byte| byte.first().copied().unwrap_or(0))
    }

    /// A variable-length integer (RFC 9000, 16).
    fn number(&mut self) -> Result<u64, String> {
        let first = self.byte()?;
        let rest = self.take((1 << (first >> 6)) - 1)?;
        Ok(rest.iter().fold(u64::from(first & 0x3f), |number, byte| number << 8 | u64::from(*byte)))
    }

    fn length(&mut self) -> Result<usize, String> {
        usize::try_from(self.number()?).map_err(|_| "a length is too large".to_owned())
    }
}

fn mask(hp: &[u8; 32], sample: &[u8; 16]) -> Result<[u8; 5], String> {
    let [a, b, c, d, nonce @ ..] = *sample;
    let mut out = [0; 5];
    let key = chacha20::SecretKey::try_from(&hp[..]).map_err(|_| "a header key is no key")?;
    let mut cipher = chacha20::ChaCha20::new(&key, &chacha20::Nonce::from(nonce));
    cipher.set_position(u32::from_le_bytes([a, b, c, d]));
    cipher.xor_keystream_into(&mut out).map_err(|_| "the header cipher refused")?;
    Ok(out)
}

/// The number that is meant (RFC 9000, A.3).
fn whole_number(largest: Option<u64>, cut: u64, bytes: usize) -> u64 {
    let expected = largest.map_or(0, |largest| largest + 1);
    let window = 1u64 << (8 * bytes);
    let candidate = (expected & !(window - 1)) | cut;
    if candidate + window / 2 <= expected {
        candidate + window
    } else if candidate > expected + window / 2 && candidate >= window {
        candidate - window
    } else {
        candidate
    }
}

fn nonce_of(secret: &Secret64, path: u32, number: u64) -> [u8; 12] {
    let mut nonce = *expand::<12>(secret, "iv", &[]).as_bytes();
    let count = path.to_be_bytes().into_iter().chain(number.to_be_bytes());
    nonce.iter_mut().zip(count).for_each(|(to, from)| *to ^= from);
    nonce
}

impl Reader {
    pub(crate) fn new(introduction_secret: Option<[u8; 32]>) -> Self {
        Self {
            introduction_secret,
            connection_ids: Vec::new(),
            handshake: None,
            traffic: Vec::new(),
            largest: BTreeMap::new(),
            crypto: BTreeMap::new(),
        }
    }

    /// What a side said in CRYPTO frames of a level, from its start without a gap.
    pub(crate) fn said(&self, side: usize, level: &'static str) -> Vec<u8> {
        let mut out = Vec::new();
        for (offset, bytes) in self.crypto.get(&(side, level)).into_iter().flatten() {
            let Some(overlap) = usize::try_from(*offset).ok().and_then(|at| out.len().checked_sub(at)) else {
                break;
            };
            out.extend(bytes.iter().skip(overlap));
        }
        out
    }

    /// The packets of a datagram from a side, each as JSON; and which of them are new in what key and path they use.
    pub(crate) fn read(
        &mut self,
        side: usize,
        datagram: &[u8],
    ) -> Result<Vec<Result<Packet, Value>>, String> {
        let mut out = Vec::new();
        let mut rest = datagram;
        while let Some(first) = rest.first() {
            if first & 0x80 == 0 {
                out.push(Ok(self.read_short(side, rest)?));
                break;
            }
            let (length, packet) = self.read_long(side, rest)?;
            out.push(packet);
            rest = rest.get(length..).unwrap_or_default();
        }
        Ok(out)
    }

    fn read_long(&mut self, side: usize, bytes: &[u8]) -> Result<(usize, Result<Packet, Value>), String> {
        let mut cut = Cut(bytes);
        let first = cut.byte()?;
        if cut.take(4)? != VERSION {
            return Err("a packet has another version".to_owned());
        }
        let length = usize::from(cut.byte()?);
        let to = cut.take(length)?.to_vec();
        let length = usize::from(cut.byte()?);
        let from = cut.take(length)?.to_vec();
        let level = match first >> 4 & 3 {
            0 => "initial",
            2 => "handshake",
            3 => return Ok((bytes.len(), Err(self.read_retry(bytes, cut.0, from)?))),
            _ => return Err("a packet is of no kind that is used".to_owned()),
        };
        if level == "initial" {
            if self.connection_ids.is_empty() {
                self.connection_ids.push(to);
            }
            let token = cut.length()?;
            cut.take(token)?;
        }
        let length = cut.length()?;
        let at = bytes.len() - cut.0.len();
        cut.take(length)?;
        let secrets = match level {
            "initial" => {
                let id = self.connection_ids.last().ok_or("there are no keys yet")?;
                initial_pair(self.introduction_secret.as_ref(), id)
            }
            _ => self.handshake.clone().ok_or("a handshake packet came before its keys")?,
        };
        let secret = secrets.get(side).ok_or("there is no such side")?;
        let bytes = bytes.get(..at + length).ok_or("a packet is too short")?;
        let packet = self.unprotect(side, level, (secret, secret), 0, 0, bytes, at)?;
        self.note(side, &packet)?;
        Ok((at + length, Ok(packet)))
    }

    /// Which path and generation it is follows from which keys open it: a nonce of another path does not.
    fn read_short(&mut self, side: usize, bytes: &[u8]) -> Result<Packet, String> {
        let first = self.traffic.first().and_then(|pair| pair.get(side)).cloned();
        let first = first.ok_or("a short packet came before its keys")?;
        for (generation, pair) in self.traffic.clone().iter().enumerate() {
            let secret = pair.get(side).ok_or("there is no such side")?;
            for path in 0..PATHS {
                let keys = (secret, &first);
                if let Ok(packet) = self.unprotect(side, "traffic", keys, generation, path, bytes, 1 + CID) {
                    self.note(side, &packet)?;
                    return Ok(packet);
                }
            }
        }
        Err("a short packet opens with no key".to_owned())
    }

    /// `secrets`: of the packet, and of the header, which stays that of the first generation.
    #[expect(clippy::too_many_arguments, reason = "all that a packet depends on")]
    fn unprotect(
        &self,
        side: usize,
        level: &'static str,
        (secret, header_secret): (&Secret64, &Secret64),
        generation: usize,
        path: u32,
        bytes: &[u8],
        at: usize,
    ) -> Result<Packet, String> {
        let sample = bytes.get(at + 4..at + 20).and_then(|sample| sample.try_into().ok());
        let sample: [u8; 16] = sample.ok_or("a packet is too short for a sample")?;
        let mask = mask(expand::<32>(header_secret, "hp", &[]).as_bytes(), &sample)?;
        let protected = *bytes.first().ok_or("a packet is empty")?;
        let hidden = if protected & 0x80 == 0 { 0x1f } else { 0x0f };
        let clear = protected ^ (mask[0] & hidden);
        let length = usize::from(clear & 3) + 1;
        let (header, sealed) = bytes.split_at_checked(at + length).ok_or("a packet is too short")?;
        let mut header = header.to_vec();
        header.first_mut().into_iter().for_each(|first| *first = clear);
        header.iter_mut().skip(at).zip(&mask[1..]).for_each(|(byte, mask)| *byte ^= mask);
        let cut = header.iter().skip(at).fold(0, |number, byte| number << 8 | u64::from(*byte));
        let number = whole_number(self.largest.get(&(side, level, path)).copied(), cut, length);
        let nonce = nonce_of(secret, path, number);
        let key = SecretKey::try_from(&expand::<32>(secret, "key", &[]).as_bytes()[..]);
        let key = key.map_err(|_| "a packet key is no key")?;
        let mut plaintext = vec![0; sealed.len().checked_sub(TAG).ok_or("a packet is too short for a tag")?];
        ChaCha20Poly1305::open(&key, &Nonce::from(nonce), sealed, Some(&header), &mut plaintext)
            .map_err(|_| "a packet does not open")?;
        // And back: the same bytes must come out.
        let mut again = vec![0; sealed.len()];
        ChaCha20Poly1305::seal(&key, &Nonce::from(nonce), &plaintext, Some(&header), &mut again)
            .map_err(|_| "a packet cannot be sealed")?;
        if again != sealed {
            return Err("a packet seals to other bytes".to_owned());
        }
        Ok(Packet { level, generation, path, number, header, sample, mask, nonce, plaintext })
    }

    fn note(&mut self, side: usize, packet: &Packet) -> Result<(), String> {
        let largest = self.largest.entry((side, packet.level, packet.path)).or_default();
        *largest = packet.number.max(*largest);
        if packet.level == "traffic" {
            return Ok(());
        }
        let mut cut = Cut(&packet.plaintext);
        while !cut.0.is_empty() {
            match cut.number()? {
                0 | 1 => {}
                2 => {
                    cut.number()?;
                    cut.number()?;
                    let ranges = cut.number()?;
                    for _ in 0..=2 * ranges {
                        cut.number()?;
                    }
                }
                6 => {
                    let offset = cut.number()?;
                    let length = cut.length()?;
                    let bytes = cut.take(length)?.to_vec();
                    self.crypto.entry((side, packet.level)).or_default().insert(offset, bytes);
                }
                other => return Err(format!("a packet of the handshake has a frame of type {other}")),
            }
        }
        Ok(())
    }

    /// Checks the tag of a Retry packet; from now on keys come from the connection id in it.
    fn read_retry(&mut self, bytes: &[u8], rest: &[u8], from: Vec<u8>) -> Result<Value, String> {
        let original = self.connection_ids.last().ok_or("a Retry came before anything else")?.clone();
        let key: Secret<32> =
            bmac(&Secret::new(self.introduction_secret.unwrap_or_default()), b"deskwire retry");
        let (packet, tag) = bytes.split_last_chunk::<TAG>().ok_or("a Retry is too short")?;
        let length = u8::try_from(original.len()).map_err(|_| "a connection id is too long")?;
        let signed = [&[length], &original[..], packet].concat();
        let expected = bmac(&key, &signed);
        if expected.as_bytes().get(..TAG) != Some(&tag[..]) {
            return Err("the tag of a Retry is wrong".to_owned());
        }
        self.connection_ids.push(from.clone());
        let token = rest.get(..rest.len().saturating_sub(TAG)).unwrap_or_default();
        Ok(json!({
            "level": "retry", "key": hex(key.as_bytes()), "original_connection_id": hex(&original),
            "next_connection_id": hex(&from), "token": hex(token), "tag": hex(tag),
        }))
    }
}
