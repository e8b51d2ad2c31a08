//! `cargo xtask advisories`: what RustSec has published about our dependencies.
//!
//! Their database is a git repository elsewhere, which a check must not depend on. So `.cargo/advisories.toml` keeps what it
//! says of the packages in our lock files; here that becomes a database as cargo-deny reads it. `--update FOLDER` makes the
//! file anew from a clone of <https://github.com/rustsec/advisory-db>.

mod snapshot;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use crate::run;
use snapshot::{Advisory, Snapshot};

/// The snapshot.
const FILE: &str = ".cargo/advisories.toml";
/// The workspaces, by their folders.
const WORKSPACES: [&str; 2] = ["", "fuzz/libfuzzer"];
/// A snapshot older than this wants to be made anew.
const OLD: Duration = Duration::from_secs(60 * 24 * 3600);
/// How cargo-deny calls the folder of the database that it takes where none is configured: its name and a hash of its address.
const DATABASE: &str = "advisory-db-3157b0e258782691";

/// Checks the lock files, or makes the snapshot anew.
pub(crate) fn run(rest: &[String]) -> Result<(), String> {
    match rest {
        [] => check(),
        [flag, clone] if flag == "--update" => update(Path::new(clone)),
        _ => Err("`advisories` takes nothing, or --update and the folder of a clone of the database".into()),
    }
}

fn check() -> Result<(), String> {
    let snapshot = Snapshot::read(&run::root().join(FILE))?;
    let age = snapshot.age(SystemTime::now())?;
    if age > OLD {
        eprintln!(
            "advisories: WARNING: {FILE} is of {}, {} days ago; clone {} and run \
             `cargo xtask advisories --update` with the clone's folder",
            snapshot.as_of,
            age.as_secs() / 86_400,
            snapshot::SOURCE,
        );
    }
    let unknown: Vec<String> = locked()?.difference(&snapshot.packages).cloned().collect();
    if !unknown.is_empty() {
        eprintln!(
            "advisories: WARNING: {FILE} says nothing of {} packages in the lock files, {} among them; only a clone of the \
             database does",
            unknown.len(),
            unknown.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", "),
        );
    }
    let scratch = run::target_dir()?.join("advisories");
    let config = database(&snapshot, &scratch)?;
    for workspace in WORKSPACES {
        let manifest = run::root().join(workspace).join("Cargo.toml");
        let manifest_shown = manifest.to_string_lossy();
        // The check itself is off line, or it would fetch the database.
        run::cargo(&["fetch", "--quiet", "--locked", "--manifest-path", &manifest_shown]).map_err(|e| {
            format!(
                "{e}; if its lock file is old, `cargo update --workspace --manifest-path {manifest_shown}`"
            )
        })?;
        run::finish(deny(&manifest, &config).status(), "cargo deny check advisories")
            .map_err(|e| format!("{e}; update what it names, or say in deny.toml why it stays"))?;
    }
    notices_old_versions(&snapshot, &scratch, &config)
}

/// cargo-deny on what a manifest locks.
fn deny(manifest: &Path, config: &Path) -> Command {
    let mut command = run::cargo_command();
    command
        .args(["deny", "--all-features", "--offline", "--manifest-path"])
        .arg(manifest)
        .arg("--config")
        .arg(config);
    // One configuration serves all workspaces, so not all that it leaves out is in each.
    command.args(["check", "-A", "advisory-not-detected"]);
    command.arg("advisories");
    command
}

/// Makes the database of a snapshot in a folder; gives the configuration for it, which is ours and where the database is.
fn database(snapshot: &Snapshot, scratch: &Path) -> Result<PathBuf, String> {
    let place = scratch.join(DATABASE);
    let _ = fs::remove_dir_all(&place);
    for advisory in &snapshot.advisories {
        let folder = place.join("crates").join(&advisory.about.package);
        write(&folder.join(format!("{}.md", advisory.about.id)), &advisory.document()?)?;
    }
    // Its time is when the database was fetched. How old ours is we have said.
    write(&place.join(".git/FETCH_HEAD"), "")?;
    let ours = read(&run::root().join("deny.toml"))?;
    let mut config: toml::Table = ours.parse().map_err(|e| format!("deny.toml: {e}"))?;
    let advisories = config.entry("advisories").or_insert_with(|| toml::Table::new().into());
    let advisories = advisories.as_table_mut().ok_or("deny.toml: `advisories` is no table")?;
    advisories.insert("db-path".into(), scratch.to_string_lossy().as_ref().into());
    let file = scratch.join("deny.toml");
    write(&file, &config.to_string())?;
    Ok(file)
}

/// Tries a program that depends on an affected version of a package, which must be noticed: a check that sees nothing would
/// look like this one.
fn notices_old_versions(snapshot: &Snapshot, scratch: &Path, config: &Path) -> Result<(), String> {
    let known = |advisory: &&Advisory| advisory.about.id == "RUSTSEC-2023-0065";
    let advisory = snapshot.advisories.iter().find(known).ok_or("the snapshot lacks RUSTSEC-2023-0065")?;
    let (package, version) = (&advisory.about.package, "0.20.0");
    let folder = scratch.join("old");
    let manifest = |name: &str, version: &str, rest: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"{version}\"\nedition = \"2021\"\n{rest}")
    };
    // No registry is asked: the old version is a package without code in a folder that stands for the registry.
    let crates = folder.join("crates");
    write(
        &folder.join("Cargo.toml"),
        &manifest("old", "0.0.0", &format!("[workspace]\n[dependencies]\n{package} = \"={version}\"\n")),
    )?;
    write(&folder.join("src/lib.rs"), "")?;
    write(&crates.join("one/Cargo.toml"), &manifest(package, version, ""))?;
    write(&crates.join("one/src/lib.rs"), "")?;
    write(&crates.join("one/.cargo-checksum.json"), "{\"files\":{}}")?;
    write(
        &folder.join(".cargo/config.toml"),
        &format!(
            "[source.crates-io]\nreplace-with = \"folder\"\n[source.folder]\ndirectory = {:?}\n",
            crates.to_string_lossy()
        ),
    )?;
    let output = deny(&folder.join("Cargo.toml"), config)
        .current_dir(&folder)
        .output()
        .map_err(|e| format!("cannot start cargo deny: {e}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.success() || !said.contains(&advisory.about.id) {
        return Err(format!("the check does not notice {package} {version} ({}): {said}", advisory.about.id));
    }
    eprintln!("advisories: {} of them; {package} {version} would be noticed", snapshot.advisories.len());
    Ok(())
}

/// Makes the snapshot anew from a clone of the database.
fn update(clone: &Path) -> Result<(), String> {
    let file = run::root().join(FILE);
    let old = Snapshot::read(&file)?;
    let new = Snapshot::of_clone(clone, locked()?, old.neighbours)?;
    write(&file, &new.text()?)?;
    eprintln!(
        "advisories: {FILE} is of {} now and has {} advisories (it had {})",
        new.as_of,
        new.advisories.len(),
        old.advisories.len()
    );
    check()
}

/// The packages from registries in our lock files.
fn locked() -> Result<BTreeSet<String>, String> {
    let mut names = BTreeSet::new();
    for workspace in WORKSPACES {
        let file = run::root().join(workspace).join("Cargo.lock");
        let lock: toml::Table = read(&file)?.parse().map_err(|e| format!("{}: {e}", file.display()))?;
        let packages = lock.get("package").and_then(toml::Value::as_array).into_iter().flatten();
        let foreign = packages.filter(|package| package.get("source").is_some());
        names.extend(foreign.filter_map(|package| Some(package.get("name")?.as_str()?.to_owned())));
    }
    Ok(names)
}

fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|e| format!("cannot read {}: {e}", file.display()))
}

/// Writes a file and makes the folders that it is in.
fn write(file: &Path, text: &str) -> Result<(), String> {
    let folder = file.parent().unwrap_or(file);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(file, text));
    written.map_err(|e| format!("cannot write {}: {e}", file.display()))
}
