#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod addresses;
mod connection;
mod diagram;
mod framing;
mod hs1;
mod hs1_refused;
mod input;
mod login;
mod messages;
mod objects;
mod probes;
mod quic;
mod recorded;
mod refused;
mod relaying;
mod rendezvous;
mod sealed;
pub mod states;
mod transcript;

use std::fmt;
use std::path::Path;

use serde_json::{Value, json};

use crate::input::Input;

type Record = fn(Input<'_>) -> Result<Vec<Value>, String>;

/// One file of vectors.
#[derive(Clone, Copy, Debug)]
pub struct VectorFile {
    /// Its name in `spec/vectors`.
    pub name: &'static str,
    about: &'static str,
    /// Names and inputs of its cases.
    cases: fn() -> Vec<(&'static str, Value)>,
    /// What machines say to each other in a case, to become the field `recorded` of its input. They may say it otherwise
    /// one day and still keep to the protocol, so a stored recording is read, but need not be what is made now.
    record: Option<Record>,
    /// The output that belongs to an input, or what is wrong.
    complete: fn(Input<'_>) -> Result<Value, String>,
}

/// All files of vectors.
pub const FILES: &[VectorFile] = &[
    addresses::DEVICE_ID,
    addresses::SERVER_KEY,
    addresses::SERVER_LINK,
    objects::ID_CERTIFICATE,
    objects::EPHEMERAL_CERTIFICATE,
    objects::RELAY_TOKEN,
    objects::RELAY_REPORT,
    objects::ROTATION,
    refused::REFUSED,
    objects::SAFETY_NUMBER,
    hs1::HS1,
    hs1_refused::HS1_REFUSED,
    hs1::INITIAL,
    connection::CONNECTION,
    login::LOGIN,
    rendezvous::RENDEZVOUS,
    relaying::RELAYING,
    probes::PROBES,
    framing::FRAMING,
    messages::SESSION,
    messages::RENDEZVOUS,
    messages::RELAY,
    messages::PUNCH,
    messages::VIDEO,
];

/// Why a file of vectors does not hold.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Failure {
    /// The file cannot be read.
    Unreadable(String),
    /// It is not JSON, or not of the form of a vector file.
    Malformed(String),
    /// Its cases are other ones than those of the crates.
    Outdated,
    /// A case cannot be computed.
    Case {
        /// Its name.
        name: String,
        /// What is wrong.
        problem: String,
    },
    /// A case has another output.
    Difference {
        /// Its name.
        name: String,
        /// The fields that differ.
        fields: Vec<String>,
    },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(problem) => write!(f, "cannot be read: {problem}"),
            Self::Malformed(problem) => write!(f, "is no file of vectors: {problem}"),
            Self::Outdated => f.write_str("has other cases than the crates; write it anew"),
            Self::Case { name, problem } => write!(f, "case \"{name}\" cannot be computed: {problem}"),
            Self::Difference { name, fields } => {
                write!(f, "case \"{name}\" differs from the crates in {}", fields.join(", "))
            }
        }
    }
}

impl std::error::Error for Failure {}

/// The text of a file as the crates make it now.
///
/// # Errors
/// [`Failure::Case`] when the crates contradict themselves.
pub fn render(file: &VectorFile) -> Result<String, Failure> {
    let mut cases = Vec::new();
    for (name, mut input) in (file.cases)() {
        if let Some(record) = file.record {
            let recorded = record(Input(&input));
            input["recorded"] = recorded
                .map(Value::Array)
                .map_err(|problem| Failure::Case { name: name.to_owned(), problem })?;
        }
        let output = complete(file, name, &input)?;
        cases.push(json!({ "name": name, "input": input, "output": output }));
    }
    let text = serde_json::to_string_pretty(&json!({ "about": file.about, "cases": cases }));
    text.map(|text| text + "\n").map_err(|error| Failure::Malformed(error.to_string()))
}

/// Replays one file, and makes it anew; gives the number of its cases.
///
/// # Errors
/// [`Failure`] says which case does not hold.
pub fn check_file(file: &VectorFile, folder: &Path) -> Result<usize, Failure> {
    let text = std::fs::read_to_string(folder.join(file.name))
        .map_err(|error| Failure::Unreadable(error.to_string()))?;
    let cases = check_text(file, &text)?;
    if is_current(file, &text, &render(file)?) { Ok(cases) } else { Err(Failure::Outdated) }
}

/// Whether a stored file is what is made now, recordings and what is in them aside.
pub fn is_current(file: &VectorFile, stored: &str, made: &str) -> bool {
    if file.record.is_none() {
        return stored == made;
    }
    let start = |text: &str| -> Option<Value> {
        let mut root: Value = serde_json::from_str(text).ok()?;
        for case in root.get_mut("cases")?.as_array_mut()? {
            case.as_object_mut()?.remove("output");
            case.get_mut("input")?.as_object_mut()?.remove("recorded");
        }
        Some(root)
    };
    start(stored).is_some_and(|stored| Some(stored) == start(made))
}

/// Replays the text of one file; gives the number of its cases.
///
/// # Errors
/// [`Failure`] says which case does not hold.
pub fn check_text(file: &VectorFile, text: &str) -> Result<usize, Failure> {
    let root: Value = serde_json::from_str(text).map_err(|error| Failure::Malformed(error.to_string()))?;
    let cases = root.get("cases").and_then(Value::as_array).filter(|cases| !cases.is_empty());
    let cases = cases.ok_or_else(|| Failure::Malformed("it has no cases".to_owned()))?;
    for case in cases {
        let part = |name| case.get(name).ok_or_else(|| Failure::Malformed(format!("a case has no {name}")));
        let name = part("name")?.as_str().unwrap_or_default();
        let expected = part("output")?;
        let computed = complete(file, name, part("input")?)?;
        if computed != *expected {
            return Err(Failure::Difference {
                name: name.to_owned(),
                fields: differing(&computed, expected),
            });
        }
    }
    Ok(cases.len())
}

fn complete(file: &VectorFile, name: &str, input: &Value) -> Result<Value, Failure> {
    (file.complete)(Input(input)).map_err(|problem| Failure::Case { name: name.to_owned(), problem })
}

/// Names of the fields in which two outputs differ.
fn differing(a: &Value, b: &Value) -> Vec<String> {
    let (Some(a), Some(b)) = (a.as_object(), b.as_object()) else { return vec!["its form".to_owned()] };
    let mut fields: Vec<String> =
        a.keys().chain(b.keys()).filter(|key| a.get(*key) != b.get(*key)).cloned().collect();
    fields.sort();
    fields.dedup();
    fields
}
