//! What a target begins with beside its committed corpus: the test vectors of the protocol, in the form that the target takes,
//! and for machines scripts of random bytes, which say more than short ones.

mod texts;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use texts::TEXTS;

use super::made;
use crate::run;

/// Random scripts for each machine.
const SCRIPTS: u64 = 24;

/// Which strings of which vectors are seeds of a target; and how they are written.
const VECTORS: &[(&str, &str, Form)] = &[
    ("wire-punch", "messages_punch.json", Form::Bytes(&[0])),
    ("wire-punch", "messages_punch.json", Form::Words),
    ("wire-relay", "messages_relay.json", Form::Bytes(&[0])),
    ("wire-relay", "messages_relay.json", Form::Words),
    ("wire-rendezvous", "messages_rendezvous.json", Form::Bytes(&[0])),
    ("wire-rendezvous", "messages_rendezvous.json", Form::Words),
    ("wire-register_statement", "messages_rendezvous.json", Form::Bytes(&[0])),
    ("wire-register_statement", "messages_rendezvous.json", Form::Words),
    ("wire-connect_statement", "messages_rendezvous.json", Form::Bytes(&[0])),
    ("wire-connect_statement", "messages_rendezvous.json", Form::Words),
    ("wire-session", "messages_session.json", Form::Bytes(&[0])),
    ("wire-session", "messages_session.json", Form::Words),
    ("wire-video", "messages_video.json", Form::Bytes(&[])),
    ("shell-picture", "messages_video.json", Form::Bytes(&[])),
    ("wire-rendezvous_frame", "rendezvous.json", Form::Frames),
    ("wire-short_frames", "framing.json", Form::Bytes(&[4, 0, 3])),
    ("wire-short_frames", "relay.json", Form::Bytes(&[4, 0, 200])),
    ("wire-long_frames", "framing.json", Form::Bytes(&[4, 0, 3])),
    ("wire-headers", "framing.json", Form::Bytes(&[])),
    ("wire-probe", "probes.json", Form::Bytes(&[0])),
    ("wire-probe", "probes.json", Form::Bytes(&[7])),
    ("identity-id_certificate", "id_certificate.json", Form::Bytes(&[0])),
    ("identity-id_certificate", "id_certificate.json", Form::Signed),
    ("identity-exchange_key", "ephemeral_certificate.json", Form::Bytes(&[0])),
    ("identity-exchange_key", "ephemeral_certificate.json", Form::Signed),
    ("identity-relay_token", "relay_token.json", Form::Bytes(&[0])),
    ("identity-relay_token", "relay_token.json", Form::Signed),
    ("identity-relay_report", "relay_report.json", Form::Bytes(&[0])),
    ("identity-relay_report", "relay_report.json", Form::Signed),
    ("identity-rotation", "rotation.json", Form::Bytes(&[0])),
    ("identity-rotation", "rotation.json", Form::Signed),
    ("texts-device_id", "device_id.json", Form::Texts),
    ("texts-words", "device_id.json", Form::Texts),
    ("texts-words", "safety_number.json", Form::Texts),
    ("texts-server_key", "server_key.json", Form::Texts),
    ("texts-server_link", "server_link.json", Form::Texts),
    ("handshake-stranger", "hs1.json", Form::Bytes(&[0, 1, 2, 3, 0, 0, 255])),
];

#[derive(Clone, Copy)]
enum Form {
    /// Strings of hexadecimal digits, as bytes behind these.
    Bytes(&'static [u8]),
    /// The same: packed messages, unpacked.
    Words,
    /// The same: datagrams that begin with the kind of the rendezvous, without it.
    Frames,
    /// Signed objects without kind, version and signatures, to be signed anew.
    Signed,
    /// All strings, as they are.
    Texts,
}

/// Writes the seeds of a target into `folder`; gives it if there are any.
pub(super) fn of(target: &str, folder: &Path) -> Result<Option<PathBuf>, String> {
    let mut seeds: Vec<Vec<u8>> = Vec::new();
    for (_, file, form) in VECTORS.iter().filter(|(of, ..)| *of == target) {
        let path = run::root().join("spec/vectors").join(file);
        let text = fs::read_to_string(&path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
        let vectors: Value = serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
        strings(&vectors["cases"], &mut |text| seeds.extend(form.seed(text)));
    }
    for (_, texts) in TEXTS.iter().filter(|(of, _)| *of == target) {
        seeds.extend(texts.iter().map(|text| text.to_vec()));
    }
    if seeds.is_empty() {
        seeds.extend((0..SCRIPTS).map(script));
    }
    made(folder)?;
    for (number, seed) in seeds.iter().enumerate() {
        let path = folder.join(format!("{number:03}"));
        fs::write(&path, seed).map_err(|e| format!("cannot write {}: {e}", path.display()))?;
    }
    Ok(Some(folder.to_owned()))
}

impl Form {
    fn seed(self, text: &str) -> Option<Vec<u8>> {
        let bytes = || hex(text).filter(|bytes| bytes.len() > 2);
        match self {
            Self::Bytes(front) => Some([front, &bytes()?].concat()),
            Self::Words => Some([&[1], unpack(&bytes()?)?.as_slice()].concat()),
            Self::Frames => bytes()?.strip_prefix(&[7]).map(<[u8]>::to_vec),
            Self::Signed => {
                let bytes = bytes().filter(|bytes| bytes.len() > 64 + 2)?;
                Some([&[1], bytes.get(2..bytes.len() - 64)?].concat())
            }
            Self::Texts => Some(text.as_bytes().to_vec()),
        }
    }
}

/// Undoes the packing of Cap'n Proto.
fn unpack(mut packed: &[u8]) -> Option<Vec<u8>> {
    let mut words = Vec::new();
    while let Some((tag, rest)) = packed.split_first() {
        packed = rest;
        for bit in 0..8 {
            let byte = if tag >> bit & 1 == 1 { packed.split_off_first().copied()? } else { 0 };
            words.push(byte);
        }
        match tag {
            0 => words.resize(words.len() + usize::from(*packed.split_off_first()?) * 8, 0),
            0xff => {
                let count = usize::from(*packed.split_off_first()?) * 8;
                words.extend(packed.split_off(..count)?);
            }
            _ => {}
        }
    }
    Some(words)
}

/// Calls `each` for every string in a value.
fn strings(value: &Value, each: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => each(text),
        Value::Array(items) => items.iter().for_each(|item| strings(item, each)),
        Value::Object(items) => items.values().for_each(|item| strings(item, each)),
        _ => {}
    }
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    text.as_bytes().chunks(2).map(|two| Some(digit(two.first()?)? << 4 | digit(two.get(1)?)?)).collect()
}

/// Bytes that look random, some short and some long.
fn script(number: u64) -> Vec<u8> {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let len = [150, 600, 1_200, 2_400][number as usize % 4];
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    std::iter::repeat_with(next).take(len).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_become_seeds() {
        assert_eq!(Form::Bytes(&[9]).seed("0102ff"), Some(vec![9, 1, 2, 255]));
        assert_eq!(Form::Bytes(&[9]).seed("no hex"), None);
        let words =
            [&[1, 1, 0, 0, 0, 0, 0, 0, 0][..], &[0; 16], &[1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9, 9, 9, 9, 9]]
                .concat();
        assert_eq!(Form::Words.seed("01010001ff0102030405060708010909090909090909"), Some(words));
        assert_eq!(Form::Frames.seed("070102"), Some(vec![1, 2]));
        assert_eq!(Form::Texts.seed("a text"), Some(b"a text".to_vec()));
        let object = [[1, 1].as_slice(), &[7; 70]].concat();
        let text = object.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(Form::Signed.seed(&text), Some([[1].as_slice(), &[7; 6]].concat()));
    }

    /// A vector that is renamed would silently leave a target without its seeds.
    #[test]
    fn every_file_of_vectors_is_there_and_has_seeds() {
        let folder = tempfile::tempdir().unwrap();
        for (target, file, _) in VECTORS {
            let seeds = of(target, &folder.path().join(target)).unwrap().unwrap();
            assert!(fs::read_dir(seeds).unwrap().count() > 1, "{target} has no seeds in {file}");
        }
    }

    #[test]
    fn scripts_differ() {
        assert_ne!(script(0), script(4));
        assert_eq!(script(1).len(), 600);
    }
}
