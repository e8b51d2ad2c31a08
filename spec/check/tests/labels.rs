//! Labels of hashes, keys and signatures: the book has each once, and the crates use those of the book.
#![allow(clippy::unwrap_used, reason = "a test may")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Functions of the book, and in which place of theirs the label stands.
const FUNCTIONS: [(&str, usize); 5] = [("H", 0), ("Ext", 0), ("Exp", 1), ("BMAC", 1), ("Sign", 1)];

/// What a side computes for itself alone is no matter of the book: most of it a server's, and how a seed gives others.
const OWN: [&str; 9] = [
    "cookie",
    "attempt",
    "statement",
    "relay",
    "introductions",
    "introduction secret",
    "child\\0",
    "public\\0",
    "secret\\0",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Texts of all files of a folder with this ending.
fn texts(folder: &Path, ending: &str) -> Vec<(PathBuf, String)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(texts(&path, ending));
        } else if path.extension().is_some_and(|known| known == ending) {
            let text = fs::read_to_string(&path).unwrap();
            all.push((path, text));
        }
    }
    all.sort();
    all
}

/// The arguments of a call, whose text begins behind the bracket.
fn arguments(text: &str) -> Vec<String> {
    let (mut depth, mut quoted, mut all) = (0, false, vec![String::new()]);
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '(' | '{' | '[' if !quoted => depth += 1,
            ')' if depth == 0 && !quoted => break,
            ')' | '}' | ']' if !quoted => depth -= 1,
            ',' if depth == 0 && !quoted => {
                all.push(String::new());
                continue;
            }
            _ => {}
        }
        all.last_mut().unwrap().push(c);
    }
    all
}

/// What stands in quotes in an argument outside of its brackets: `"a" | "b"` are two.
fn literals(argument: &str) -> Vec<String> {
    let outside = argument.split('(').next().unwrap_or_default();
    outside.split('"').skip(1).step_by(2).filter(|label| !label.is_empty()).map(Into::into).collect()
}

/// Labels of the book by function, each with how often it stands there.
fn labels_of_the_book() -> BTreeMap<(&'static str, String), usize> {
    let mut found = BTreeMap::new();
    for (path, text) in texts(&root().join("spec/src"), "md") {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for (function, place) in FUNCTIONS {
            let call = format!("{function}(");
            for (at, _) in text.match_indices(&call) {
                let is_word = text[..at].chars().last().is_some_and(char::is_alphanumeric);
                let arguments = arguments(&text[at + call.len()..]);
                for label in arguments.get(place).filter(|_| !is_word).into_iter().flat_map(|a| literals(a)) {
                    *found.entry((function, label)).or_default() += 1;
                }
            }
        }
        // Signed objects have theirs in a table, and one in words.
        if path.ends_with("identity.md") {
            for part in text.split(" | `").skip(1).chain(text.split("label `").skip(1)) {
                let label = part.split('`').next().unwrap_or_default().to_owned();
                *found.entry(("Sign", label)).or_default() += 1;
            }
        }
    }
    found
}

/// The crates of the core without their tests.
fn core() -> String {
    let mut all = String::new();
    for entry in fs::read_dir(root().join("core")).unwrap() {
        let sources = entry.unwrap().path().join("src");
        for (path, text) in if sources.is_dir() { texts(&sources, "rs") } else { Vec::new() } {
            if !path.to_string_lossy().contains("tests") {
                all.push_str(text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default());
            }
        }
    }
    all
}

// spec: VX-3
#[test]
fn labels_differ_from_each_other() {
    let labels = labels_of_the_book();
    assert!(labels.len() > 40, "only {} labels: {labels:?}", labels.len());
    let again: Vec<_> = labels.iter().filter(|(_, times)| **times > 1).collect();
    assert!(again.is_empty(), "more than once in the book: {again:?}");
    let source = core();
    for (function, label) in labels.keys() {
        assert!(source.contains(&format!("\"{label}\"")), "no crate uses {label:?} of {function}");
    }
}

// spec: VX-3
#[test]
fn crates_use_no_label_that_the_book_has_not() {
    let known: BTreeSet<String> = labels_of_the_book().into_keys().map(|(_, label)| label).collect();
    let source = core();
    let mut used = BTreeSet::new();
    for (call, place) in [("hash(", 0), ("extract(", 0), (".sign(", 0), (".verify(", 0), ("bmac(", 1)] {
        for (at, _) in source.match_indices(call) {
            let arguments = arguments(&source[at + call.len()..]);
            used.extend(arguments.get(place).into_iter().flat_map(|argument| {
                let first = argument.split(',').next().unwrap_or_default();
                literals(first)
            }));
        }
    }
    for (at, call) in source.match_indices("expand") {
        // With or without the number of bytes: `expand::<32>(`.
        let rest = &source[at + call.len()..];
        let Some((number, rest)) = rest.split_once('(').filter(|(number, _)| number.len() < 8) else {
            continue;
        };
        assert!(number.is_empty() || number.starts_with("::<"), "{number}");
        used.extend(arguments(rest).get(1).into_iter().flat_map(|argument| literals(argument)));
    }
    assert!(used.len() > 25, "{used:?}");
    let strange: Vec<_> =
        used.iter().filter(|label| !known.contains(*label) && !OWN.contains(&label.as_str())).collect();
    assert!(strange.is_empty(), "not in the book: {strange:?}");
}
