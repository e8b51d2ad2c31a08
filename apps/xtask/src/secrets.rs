//! Secrets are held by types that wipe themselves, and all of these are in one list, whose tests look at each.

use std::fs;
use std::path::{Path, PathBuf};

/// The list.
const LIST: &str = "apps/kit/src/secrets.rs";

/// Where programs have their sources; tests in files of their own aside.
const FOLDERS: &[&str] = &["core", "io", "platforms", "servers", "apps"];

/// What fields with secrets are called.
const NAMES: &[&str] = &[
    "password",
    "passphrase",
    "secret",
    "code",
    "seed",
    "recovery",
    "proxy",
    "token",
    "proof",
    "second_factor",
];

/// Types that leave what they hold in memory.
const NAKED: &[&str] = &["String", "Option<String>", "Vec<String>", "Vec<u8>", "Option<Vec<u8>>", "Box<str>"];

/// Fields that only sound like it, or are wiped in another way: the type, the field, and why it may be so.
const MAY: &[(&str, &str, &str)] = &[
    ("File", "proxy", "taken out at once, into a type that wipes itself"),
    ("Side", "token", "of a place at a relay: used up when it is kept"),
    ("Wish", "proof", "of one message, and no proof of another"),
    ("RendezvousMsg", "proof", "of one message, and no proof of another"),
    ("HostProcess", "code", "of the programs that the demo and the tests start"),
];

/// What is wrong.
pub(crate) fn breaches(root: &Path) -> Vec<String> {
    let list = fs::read_to_string(root.join(LIST)).unwrap_or_default();
    let mut files = Vec::new();
    for folder in FOLDERS {
        collect(&root.join(folder), &mut files);
    }
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap_or_default();
        let shown = file.strip_prefix(root).unwrap_or(&file).display().to_string();
        found.extend(look(&text, &list).into_iter().map(|what| format!("{shown}: {what}")));
    }
    found
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if path.is_dir() {
            if !["generated", "target", "tests", "examples", "benches", "xtask"].contains(&&*name) {
                collect(&path, files);
            }
        } else if name.ends_with(".rs") {
            files.push(path);
        }
    }
}

/// What is wrong in one file.
fn look(text: &str, list: &str) -> Vec<String> {
    let mut found = Vec::new();
    let in_list =
        |name: &str| list.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name);
    // The type that is being read, and whether it wipes itself.
    let (mut inside, mut derives) = (None::<String>, false);
    let mut is_wiped = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if let Some(name) = implemented(trimmed)
            && !in_list(name)
        {
            found.push(format!("{name} wipes itself, but {LIST} does not look at it"));
        }
        if trimmed.starts_with("#[derive(") {
            derives |= trimmed.contains("ZeroizeOnDrop");
            continue;
        }
        if let Some(name) = declared(trimmed) {
            if derives && !in_list(&name) {
                found.push(format!("{name} wipes itself, but {LIST} does not look at it"));
            }
            is_wiped = derives;
            derives = false;
            inside = trimmed.ends_with('{').then_some(name);
            continue;
        }
        if line == "}" {
            inside = None;
        }
        let Some(name) = inside.as_deref().filter(|_| !is_wiped) else { continue };
        let field = trimmed.trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ");
        let field = field.trim_start_matches("pub ");
        let Some((field, kind)) = field.split_once(": ") else { continue };
        let kind = kind.trim_end_matches(',');
        let is_naked = NAKED.contains(&kind) || kind.starts_with("[u8;") || kind.starts_with("Option<[u8;");
        let may = MAY.iter().any(|(of, which, _)| *of == name && *which == field);
        if NAMES.contains(&field) && is_naked && !may {
            found.push(format!("{name}.{field} is a {kind}, which stays in memory; use Private or Secret"));
        }
    }
    found
}

/// The type of which this line says that it wipes itself.
fn implemented(line: &str) -> Option<&str> {
    let (head, name) = line.split_once("ZeroizeOnDrop for ")?;
    head.starts_with("impl").then(|| name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(name))
}

/// The type that this line begins.
fn declared(line: &str) -> Option<String> {
    let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    let first = words.find(|word| !["pub", "crate", "super"].contains(word))?;
    (["struct", "enum"].contains(&first)).then(|| words.next().map(str::to_owned))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn naked_secrets_and_forgotten_types_are_found() {
        let text = "
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Listed {
    secret: String,
}
#[derive(Zeroize, ZeroizeOnDrop)]
pub(crate) struct Forgotten(String);
impl ZeroizeOnDrop for ByHand {}
#[derive(Debug)]
pub struct Naked {
    /// The password.
    pub password: Option<String>,
    pub(crate) token: [u8; 32],
    code: u16,
    secret: Private<String>,
    name: String,
}
fn f() { let password: String = g(); }
";
        let found = look(text, "wiped::<Listed>();");
        assert_eq!(found.len(), 4, "{found:#?}");
        for (line, word) in found.iter().zip(["Forgotten", "ByHand", "Naked.password", "Naked.token"]) {
            assert!(line.contains(word), "{found:#?}");
        }
    }
}
