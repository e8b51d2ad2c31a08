//! `cargo xtask reproducible`: builds the programs that ship twice, in folders of different names, and compares them.
//!
//! What could make them differ is the folder of the sources, cargo's own folder, the folder for what is built, and the
//! time. The first three have other names as the compilers see them, and the time is that of the commit. Whoever wants to
//! know whether a program that somebody hands out is made from these sources runs this at its commit, with the compiler
//! that made it, and compares the hash.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{run, sbom};

/// The folders, in the folder for what is built: of names that differ, also in length.
const FOLDERS: [&str; 2] = ["first", "the-second-one"];

/// Builds and compares; words of `rest` name programs of the workspace, otherwise it is those that ship.
pub(crate) fn run(rest: &[String]) -> Result<(), String> {
    let all = sbom::PROGRAMS.map(str::to_owned);
    let programs = if rest.is_empty() { &all[..] } else { rest };
    let commit = git(&run::root(), &["rev-parse", "HEAD"])?;
    if !git(&run::root(), &["status", "--porcelain"])?.is_empty() {
        eprintln!("reproducible: WARNING: there are changes that are not committed; only {commit} is built");
    }
    let base = run::target_dir()?.join("reproducible");
    // What an earlier run left could be taken for what this one builds.
    let _ = fs::remove_dir_all(&base);
    let mut built = Vec::new();
    for folder in FOLDERS {
        let place = base.join(folder);
        fs::create_dir_all(&place).map_err(|e| format!("cannot make {}: {e}", place.display()))?;
        built.push(build(&place, &commit, programs)?);
    }
    let (mut different, mut lines) = (Vec::new(), String::new());
    for program in programs {
        let [first, second] = [&built[0], &built[1]].map(|folder| folder.join(program));
        match difference(&read(&first)?, &read(&second)?) {
            None => lines += &format!("{}  {program}\n", sha256(&first)?),
            Some(place) => {
                different.push(format!("{program}: {place} ({} and {})", first.display(), second.display()))
            }
        }
    }
    eprint!("{lines}");
    if different.is_empty() {
        eprintln!("reproducible: the same twice, at commit {commit}");
        return Ok(());
    }
    Err(format!("two builds of one commit differ:\n{}", different.join("\n")))
}

/// Builds the programs of a commit from a clone in `place`; gives the folder that they are in.
fn build(place: &Path, commit: &str, programs: &[String]) -> Result<PathBuf, String> {
    let (sources, target) = (place.join("sources"), place.join("built"));
    git(&run::root(), &["clone", "--quiet", "--shared", "--no-checkout", ".", &sources.to_string_lossy()])?;
    git(&sources, &["checkout", "--quiet", "--detach", commit])?;
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo"));
    let cargo_home = cargo_home.or_else(home).ok_or("neither CARGO_HOME nor HOME is set")?;
    // The last that fits counts, and the folder for what is built may be in none of the others.
    let names = [(&cargo_home, "/cargo"), (&target, "/built"), (&sources, "/deskwire")];
    let flags = |option: &str, separator: &str| {
        let one = |(folder, name): &(&PathBuf, &str)| format!("{option}{}={name}", folder.display());
        names.iter().map(one).collect::<Vec<_>>().join(separator)
    };
    let mut command = run::cargo_command();
    command.current_dir(&sources).args(["build", "--release", "--locked", "--quiet"]);
    command.args(programs.iter().flat_map(|program| ["-p", program.as_str(), "--bin", program.as_str()]));
    command
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_ENCODED_RUSTFLAGS", flags("--remap-path-prefix=", "\u{1f}"))
        .env("CFLAGS", flags("-ffile-prefix-map=", " "))
        .env("SOURCE_DATE_EPOCH", git(&sources, &["log", "-1", "--format=%ct"])?);
    let start = std::time::Instant::now();
    run::finish(command.status(), "cargo build")?;
    eprintln!("reproducible: {} in {:.0?}", place.display(), start.elapsed());
    Ok(target.join("release"))
}

/// Where two programs differ first: the place in the file, and what is there.
fn difference(first: &[u8], second: &[u8]) -> Option<String> {
    let place = first.iter().zip(second).position(|(a, b)| a != b);
    let place = place.or_else(|| (first.len() != second.len()).then(|| first.len().min(second.len())))?;
    let around = |bytes: &[u8]| {
        let part = bytes.get(place.saturating_sub(32)..bytes.len().min(place + 32)).unwrap_or_default();
        part.escape_ascii().to_string()
    };
    Some(format!("from byte {place} on: `{}` and `{}`", around(first), around(second)))
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    fs::read(file).map_err(|e| format!("cannot read {}: {e}", file.display()))
}

fn sha256(file: &Path) -> Result<String, String> {
    let output = Command::new("sha256sum").arg(file).output();
    let output = output.map_err(|e| format!("cannot start sha256sum: {e}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.split(' ').next().filter(|hash| hash.len() == 64).map(str::to_owned).ok_or_else(|| "no hash".into())
}

fn git(folder: &Path, args: &[&str]) -> Result<String, String> {
    let output = Command::new("git").arg("-C").arg(folder).args(args).output();
    let output = output.map_err(|e| format!("cannot start git: {e}"))?;
    if !output.status.success() {
        return Err(format!("`git {}`: {}", args.join(" "), String::from_utf8_lossy(&output.stderr).trim()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn a_difference_is_told_with_its_place() {
        assert_eq!(difference(b"same", b"same"), None);
        let told = difference(b"built in /a/b", b"built in /a/c").unwrap();
        assert!(
            told.starts_with("from byte 12 on") && told.contains("/a/b") && told.contains("/a/c"),
            "{told}"
        );
        assert!(difference(b"longer", b"long").unwrap().starts_with("from byte 4 on"));
    }
}
