//! `cargo xtask check`: that the core stays pure.
//!
//! Clippy does the finding, with `disallowed_types` and `disallowed_methods` denied for the workspace; here it is checked
//! that clippy is told what to find, that no crate escapes, and that exceptions are those known.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// What `core/clippy.toml` must disallow: clocks, sockets, threads, storage, and what has an order or a value that no
/// seed decides.
const BANNED: &[&str] = &[
    "std::time::Instant",
    "std::time::SystemTime",
    "std::net::UdpSocket",
    "std::net::TcpStream",
    "std::net::TcpListener",
    "std::collections::HashMap",
    "std::collections::HashSet",
    "std::collections::hash_map::RandomState",
    "std::time::Instant::now",
    "std::time::SystemTime::now",
    "std::thread::spawn",
    "std::thread::sleep",
    "std::env::var",
    "std::fs::read",
    "std::fs::write",
    "getrandom::fill",
    "rand::random",
];

/// Crates with clocks, sockets or randomness of their own.
const IMPURE: &[&str] =
    &["getrandom", "rand", "smol", "tokio", "async-std", "async-io", "mio", "socket2", "fastrand", "tracing"];

/// Files that may speak of the engine's clock, because the QUIC engine wants its type, none of which asks it; and the
/// place of what is made from the schemas, whose style is not ours.
const EXCEPTIONS: &[&str] = &[
    "core/transport/src/meter.rs",
    "core/transport/src/testing.rs",
    "core/transport/src/time.rs",
    "core/wire/src/generated/mod.rs",
];

/// What switches the finding off: the lints' names, and those of the groups that they are in.
const EXCUSES: &[&str] =
    &["clippy::disallowed_types", "clippy::disallowed_methods", "clippy::style", "clippy::all"];

/// Breaches of the rules.
pub(crate) fn breaches(root: &Path, metadata: &Value) -> Vec<String> {
    let mut breaches = told(root);
    for package in metadata["packages"].as_array().into_iter().flatten() {
        breaches.extend(member(root, package));
    }
    let sources = core_sources(root);
    if sources.is_empty() {
        breaches.push("the core has no sources".to_owned());
    }
    for (file, text) in sources {
        let excepted = EXCUSES.iter().any(|excuse| text.contains(excuse));
        if excepted && !EXCEPTIONS.contains(&file.as_str()) {
            breaches.push(format!("{file} makes an exception to the core's purity that is not on the list"));
        }
    }
    breaches
}

/// That clippy is told.
fn told(root: &Path) -> Vec<String> {
    let clippy = fs::read_to_string(root.join("core/clippy.toml")).unwrap_or_default();
    let untold = BANNED.iter().filter(|name| !clippy.contains(&format!("path = \"{name}\"")));
    let mut breaches: Vec<String> =
        untold.map(|name| format!("core/clippy.toml does not disallow {name}")).collect();
    let workspace = fs::read_to_string(root.join("Cargo.toml")).unwrap_or_default();
    for lint in ["disallowed_types = \"deny\"", "disallowed_methods = \"deny\""] {
        if !workspace.contains(lint) {
            breaches.push(format!("the workspace lints lack `{lint}`"));
        }
    }
    breaches
}

/// That a crate keeps the workspace's lints; and, in the core, that it has no unsafe code and no impure dependency.
fn member(root: &Path, package: &Value) -> Vec<String> {
    let name = package["name"].as_str().unwrap_or_default();
    let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap_or_default());
    let mut breaches = Vec::new();
    if !fs::read_to_string(&manifest).unwrap_or_default().contains("[lints]\nworkspace = true") {
        breaches.push(format!("{name} does not take the workspace's lints"));
    }
    let Some(folder) = manifest.parent().filter(|folder| folder.starts_with(root.join("core"))) else {
        return breaches;
    };
    let lib = fs::read_to_string(folder.join("src/lib.rs")).unwrap_or_default();
    if !lib.contains("#![forbid(unsafe_code)]") {
        breaches.push(format!("{name} does not forbid unsafe code"));
    }
    let needs = package["dependencies"].as_array().into_iter().flatten();
    let needs =
        needs.filter(|need| need["kind"].as_str() != Some("dev")).filter_map(|need| need["name"].as_str());
    breaches
        .extend(needs.filter(|need| IMPURE.contains(need)).map(|need| format!("{name} depends on {need}")));
    breaches
}

/// The core's own sources, with their paths below the root.
fn core_sources(root: &Path) -> Vec<(String, String)> {
    let mut sources = Vec::new();
    let mut folders = vec![root.join("core")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            let below = path.strip_prefix(root).unwrap_or(&path);
            let test =
                below.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "examples");
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") && !test {
                let shown = below.to_string_lossy().replace('\\', "/");
                sources.push((shown, fs::read_to_string(&path).unwrap_or_default()));
            }
        }
    }
    sources.sort();
    sources
}
