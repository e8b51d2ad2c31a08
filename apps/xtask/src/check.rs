//! `cargo xtask check`: the house rules that no compiler knows.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::anchors::Book;
use crate::{gates, purity, run, runtimes, secrets, setup, t_rules};

/// What may stand at the top level, besides what must.
const MAY_STAND: &[&str] = &[
    ".git",
    ".gitignore",
    ".gitattributes",
    ".github",
    ".cargo",
    ".ci",
    ".config",
    "clippy.toml",
    "deny.toml",
    "rustfmt.toml",
    "target",
];

/// What must stand at the top level.
const MUST_STAND: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "README.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "core",
    "io",
    "platforms",
    "servers",
    "apps",
    "fuzz",
    "spec",
];

/// Which folders the crates of a folder may depend on (arrows of the house); development dependencies may also use
/// `fuzz` and whatever is beside them.
const FOLDER_ARROWS: &[(&str, &[&str])] = &[
    ("core", &["core"]),
    ("io", &["core", "io"]),
    ("platforms", &["core", "platforms"]),
    ("servers", &["core", "io", "servers"]),
    ("apps", &["core", "io", "platforms", "servers", "apps"]),
    ("fuzz", &["core", "io", "platforms", "fuzz"]),
    ("spec", &["core", "spec"]),
];

/// Arrows inside core: who may depend on whom.
const CORE_ARROWS: &[(&str, &[&str])] = &[
    ("machine", &[]),
    ("wire", &["machine"]),
    ("identity", &["machine", "wire"]),
    ("handshake", &["machine", "wire", "identity"]),
    ("rendezvous", &["machine", "wire", "identity"]),
    ("relay", &["machine", "wire", "identity"]),
    ("punch", &["machine", "wire", "identity"]),
    ("session", &["machine", "wire", "identity"]),
    ("transport", &["machine", "wire", "identity", "handshake"]),
    (
        "node",
        &["machine", "wire", "identity", "handshake", "rendezvous", "relay", "punch", "session", "transport"],
    ),
];

/// Platform crates are told of core only by its model types.
const PLATFORM_CORE: &[&str] = &["machine", "wire"];

/// Longest source file, in lines; generated code aside.
const MAX_LINES: usize = 800;

/// Crates that are no members of the workspace: nothing else needs libFuzzer.
const OUTSIDE: &[&str] = &["deskwire-libfuzzer"];

/// The text that names every crate.
const ARCHITECTURE: &str = "spec/src/architecture.md";

/// Checks all rules and tells every breach.
pub(crate) fn run() -> Result<(), String> {
    let text = run::cargo_output(&["metadata", "--format-version", "1", "--no-deps"])?;
    let metadata: Value = serde_json::from_str(&text).map_err(|e| format!("cargo metadata: {e}"))?;
    let crates = crates(&metadata)?;
    let mut breaches = Vec::new();
    breaches.extend(top_level(&run::root()));
    breaches.extend(crates.iter().flat_map(|c| arrows(c, &crates)));
    breaches.extend(purity::breaches(&run::root(), &metadata));
    breaches.extend(texts(&run::root(), &crates));
    breaches.extend(file_sizes(&run::root()));
    breaches.extend(runtimes::breaches(&run::root(), &metadata));
    let mut book = Book::read(&run::root());
    breaches.append(&mut book.breaches);
    breaches.extend(t_rules::breaches(&run::root()));
    breaches.extend(gates::breaches(&run::root()));
    breaches.extend(secrets::breaches(&run::root()));
    let text = run::cargo_output(&["metadata", "--format-version", "1", "--locked"])?;
    let everything: Value = serde_json::from_str(&text).map_err(|e| format!("cargo metadata: {e}"))?;
    breaches.extend(rust_version(&metadata, &everything));
    if setup::run(setup::Need::Codegen).is_err()
        || run::cargo(&["run", "-q", "-p", "deskwire-spec-codegen", "--", "--check"]).is_err()
    {
        breaches.push("the generated code could not be shown to be current".into());
    }
    if breaches.is_empty() {
        eprintln!("check: {} crates keep the house rules", crates.len());
        eprintln!("check: {}", book.summary());
        return Ok(());
    }
    for breach in &breaches {
        eprintln!("check: {breach}");
    }
    Err(format!("{} breaches of the house rules", breaches.len()))
}

/// A workspace crate.
#[derive(Debug, Clone)]
struct Crate {
    name: String,
    folder: String,
    path: String,
    /// Names of workspace crates it depends on, development dependencies apart.
    needs: BTreeSet<String>,
}

fn crates(metadata: &Value) -> Result<Vec<Crate>, String> {
    let root = metadata["workspace_root"].as_str().ok_or("cargo metadata names no workspace root")?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    let names: BTreeSet<&str> = packages.iter().filter_map(|p| p["name"].as_str()).collect();
    packages
        .iter()
        .map(|package| {
            let manifest = package["manifest_path"].as_str().ok_or("a package without manifest")?;
            let path = Path::new(manifest)
                .parent()
                .and_then(|p| p.strip_prefix(root).ok())
                .ok_or("a package outside")?;
            let path = path.to_string_lossy().into_owned();
            let dependencies = package["dependencies"].as_array().ok_or("a package without dependencies")?;
            let needs = dependencies
                .iter()
                .filter(|d| d["kind"].as_str() != Some("dev"))
                .filter_map(|d| d["name"].as_str())
                .filter(|name| names.contains(name))
                .map(Into::into)
                .collect();
            let name = package["name"].as_str().unwrap_or_default().to_owned();
            Ok(Crate { name, folder: path.split('/').next().unwrap_or_default().into(), path, needs })
        })
        .collect()
}

fn arrows(from: &Crate, crates: &[Crate]) -> Vec<String> {
    let by_name: BTreeMap<&str, &Crate> = crates.iter().map(|c| (c.name.as_str(), c)).collect();
    let allowed = |table: &[(&str, &'static [&'static str])], key: &str| {
        table.iter().find(|(k, _)| *k == key).map(|(_, to)| *to)
    };
    let mut breaches = Vec::new();
    let inner = |c: &Crate| c.path.split('/').nth(1).unwrap_or_default().to_owned();
    if from.folder == "core" && allowed(CORE_ARROWS, &inner(from)).is_none() {
        breaches.push(format!("{} has no arrows of its own: name them", from.name));
    }
    let Some(folders) = allowed(FOLDER_ARROWS, &from.folder) else {
        return vec![format!("{} lies in {}, where no crate belongs", from.name, from.path)];
    };
    for to in from.needs.iter().filter_map(|name| by_name.get(name.as_str())) {
        let wrong_folder = !folders.contains(&to.folder.as_str());
        let wrong_core = from.folder == "core"
            && to.folder == "core"
            && !allowed(CORE_ARROWS, &inner(from))
                .is_some_and(|to_allowed| to_allowed.contains(&inner(to).as_str()));
        let wrong_platform =
            from.folder == "platforms" && to.folder == "core" && !PLATFORM_CORE.contains(&inner(to).as_str());
        if wrong_folder || wrong_core || wrong_platform {
            breaches.push(format!("{} must not depend on {}", from.name, to.name));
        }
    }
    breaches
}

fn top_level(root: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(root) else { return vec!["the workspace cannot be listed".into()] };
    let present: BTreeSet<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let may = |name: &str| MUST_STAND.contains(&name) || MAY_STAND.contains(&name);
    let extra = present.iter().filter(|name| !may(name));
    let missing = MUST_STAND.iter().filter(|name| !present.contains(**name));
    extra
        .map(|name| format!("{name} does not belong at the top level"))
        .chain(missing.map(|name| format!("{name} is missing at the top level")))
        .collect()
}

fn texts(root: &Path, crates: &[Crate]) -> Vec<String> {
    let architecture = fs::read_to_string(root.join(ARCHITECTURE)).unwrap_or_default();
    let mut breaches = Vec::new();
    for name in crates.iter().map(|member| member.name.as_str()).chain(OUTSIDE.iter().copied()) {
        if !architecture.contains(&format!("`{name}`")) {
            breaches.push(format!("{ARCHITECTURE} does not name `{name}`"));
        }
    }
    for member in crates {
        if !root.join(&member.path).join("README.md").is_file() {
            breaches.push(format!("{} has no README.md", member.path));
        }
    }
    breaches
}

fn file_sizes(root: &Path) -> Vec<String> {
    let mut breaches = Vec::new();
    let mut folders: Vec<_> = FOLDER_ARROWS.iter().map(|(name, _)| root.join(name)).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["generated", "target", "corpus"].contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if name.ends_with(".rs") {
                let lines = fs::read_to_string(&path).map_or(0, |text| text.lines().count());
                if lines > MAX_LINES {
                    let shown = path.strip_prefix(root).unwrap_or(&path).display();
                    breaches.push(format!("{shown} has {lines} lines, over {MAX_LINES}"));
                }
            }
        }
    }
    breaches.sort();
    breaches
}

/// Every crate states the same minimum Rust version, and no dependency in `everything` wants a newer one. (That our own
/// code keeps to it is clippy's `incompatible_msrv`, which is on where a version is stated.)
fn rust_version(ours: &Value, everything: &Value) -> Vec<String> {
    let packages = |of: &Value| of["packages"].as_array().cloned().unwrap_or_default();
    let stated: BTreeSet<String> =
        packages(ours).iter().map(|p| p["rust_version"].as_str().unwrap_or("none").to_owned()).collect();
    let stated: Vec<&str> = stated.iter().map(String::as_str).collect();
    let &[minimum] = stated.as_slice() else {
        return vec![format!("crates state different minimum Rust versions: {stated:?}")];
    };
    let Some(bound) = version(minimum) else {
        return vec![format!("`{minimum}` is not a minimum Rust version")];
    };
    packages(everything)
        .iter()
        .filter_map(|package| {
            let wants = package["rust_version"].as_str()?;
            let newer = version(wants)? > bound;
            newer.then(|| format!("{} needs Rust {wants}, we state {minimum}", package["name"]))
        })
        .collect()
}

/// `1.95` or `1.95.0` as numbers.
fn version(text: &str) -> Option<Vec<u32>> {
    let mut numbers: Vec<u32> = text.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    numbers.resize(3, 0);
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(path: &str, needs: &[&str]) -> Crate {
        Crate {
            name: format!("deskwire-{}", path.split('/').next_back().unwrap()),
            folder: path.split('/').next().unwrap().into(),
            path: path.into(),
            needs: needs.iter().map(|n| format!("deskwire-{n}")).collect(),
        }
    }

    #[test]
    fn a_dependency_that_needs_a_newer_rust_is_found() {
        let ours = serde_json::json!({"packages": [{"name": "a", "rust_version": "1.95"}]});
        let with = |wants: &str| serde_json::json!({"packages": [{"name": "b", "rust_version": wants}]});
        assert!(rust_version(&ours, &with("1.95.0")).is_empty());
        assert!(rust_version(&ours, &with("1.9")).is_empty());
        assert_eq!(rust_version(&ours, &with("1.96")).len(), 1);
    }

    #[test]
    fn wrong_arrows_are_found_and_right_ones_are_not() {
        let machine = member("core/machine", &[]);
        let punch = member("core/punch", &["relay"]);
        let relay = member("core/relay", &["machine"]);
        let driver = member("io/driver", &["machine"]);
        let wrong_core = member("core/session", &["driver"]);
        let all = [machine, punch, relay, driver, wrong_core];
        let found: Vec<String> = all.iter().flat_map(|c| arrows(c, &all)).collect();
        assert_eq!(
            found,
            [
                "deskwire-punch must not depend on deskwire-relay",
                "deskwire-session must not depend on deskwire-driver"
            ]
        );
    }
}
