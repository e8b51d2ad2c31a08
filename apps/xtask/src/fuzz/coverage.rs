//! `cargo xtask fuzz --coverage`: how much of the core the committed corpora reach.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::files;
use crate::run;

/// Which tests replay the corpora.
const REPLAYS: &[&[&str]] = &[
    &["-p", "deskwire-fuzz", "--test", "replay"],
    &["-p", "deskwire-sim", "--test", "scenarios", "the_corpus_is_right"],
];

/// Regions that there are, and those that were reached; lines too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Share {
    regions: (u64, u64),
    lines: (u64, u64),
}

impl Share {
    fn add(&mut self, other: Self) {
        for (sum, more) in [(&mut self.regions, other.regions), (&mut self.lines, other.lines)] {
            *sum = (sum.0 + more.0, sum.1 + more.1);
        }
    }
}

fn percent((all, reached): (u64, u64)) -> String {
    format!("{}.{} %", reached * 100 / all.max(1), reached * 1_000 / all.max(1) % 10)
}

pub(super) fn run() -> Result<(), String> {
    let folder = run::target_dir()?.join("fuzz-coverage");
    let profiles = folder.join("profiles");
    let _ = fs::remove_dir_all(&profiles);
    let shown = folder.to_string_lossy();
    let profile = profiles.join("%p-%m.profraw");
    let mut programs = Vec::new();
    for replay in REPLAYS {
        let (package, filter) = replay.split_at(4);
        let args = [&["test", "--locked", "--target-dir", &shown], package].concat();
        let env = [("RUSTFLAGS", "-Cinstrument-coverage"), ("LLVM_PROFILE_FILE", &profile.to_string_lossy())];
        programs.push(built(&args, &env)?);
        run::cargo_with(&[&args[..], &["--"], filter].concat(), &env)?;
    }
    let data = folder.join("all.profdata");
    let merge = Command::new(llvm("llvm-profdata")?)
        .args(["merge", "-sparse", "-o"])
        .arg(&data)
        .args(files(&profiles)?)
        .status();
    run::finish(merge, "llvm-profdata")?;
    let mut export = Command::new(llvm("llvm-cov")?);
    export.args(["export", "-summary-only", "-instr-profile"]).arg(&data);
    for program in &programs {
        export.arg("-object").arg(program);
    }
    let output =
        export.stderr(Stdio::inherit()).output().map_err(|e| format!("cannot start llvm-cov: {e}"))?;
    run::finish(Ok(output.status), "llvm-cov")?;
    let report: Value = serde_json::from_slice(&output.stdout).map_err(|e| format!("llvm-cov: {e}"))?;
    tell(&report)
}

/// Builds a test and gives its program.
fn built(args: &[&str], env: &[(&str, &str)]) -> Result<PathBuf, String> {
    let args = [args, &["--no-run", "--message-format", "json"]].concat();
    let output = run::cargo_piped(&args)
        .envs(env.iter().copied())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| format!("cannot start cargo: {e}"))?;
    run::finish(Ok(output.status), "cargo test --no-run")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let messages = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut programs = messages.filter_map(|m| m["executable"].as_str().map(PathBuf::from));
    programs.next_back().ok_or_else(|| "cargo tells no program".into())
}

/// A tool that belongs to the compiler: another version of LLVM does not read what this one writes.
fn llvm(name: &str) -> Result<PathBuf, String> {
    let output = Command::new("rustc").args(["--print", "target-libdir"]).output();
    let output = output.map_err(|e| format!("cannot start rustc: {e}"))?;
    let libraries = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    let tool = libraries.parent().unwrap_or(&libraries).join("bin").join(name);
    if !tool.is_file() {
        let added = Command::new("rustup").args(["component", "add", "llvm-tools"]).status();
        run::finish(added, "rustup component add llvm-tools")?;
    }
    Ok(tool)
}

/// Prints the share of each crate of the core, the files that lack most, and the sum.
fn tell(report: &Value) -> Result<(), String> {
    let (mut crates, mut rest) = (BTreeMap::<String, Share>::new(), Vec::new());
    let core = run::root().join("core");
    for file in report["data"][0]["files"].as_array().into_iter().flatten() {
        let Some(name) = file["filename"].as_str().and_then(|name| in_core(&core, name)) else { continue };
        let share =
            Share { regions: counts(&file["summary"]["regions"]), lines: counts(&file["summary"]["lines"]) };
        let krate = name.split('/').next().unwrap_or_default().to_owned();
        crates.entry(krate).or_default().add(share);
        rest.push((share.regions.0 - share.regions.1, name));
    }
    if crates.is_empty() {
        return Err("the replay reached no file of the core; is the report for this folder?".into());
    }
    rest.sort_by(|a, b| b.cmp(a));
    let mut all = Share::default();
    crate::print(&format!("{:<16}{:>9}{:>10}{:>10}\n", "core", "regions", "reached", "lines"));
    for (name, share) in &crates {
        all.add(*share);
        crate::print(&line(name, *share));
    }
    crate::print(&line("all", all));
    let missing =
        rest.iter().take(20).map(|(count, name)| format!("{count:>6} {name}\n")).collect::<String>();
    crate::print(&format!("\nregions not reached, by file:\n{missing}"));
    Ok(())
}

fn line(name: &str, share: Share) -> String {
    format!("{name:<16}{:>9}{:>10}{:>10}\n", share.regions.0, percent(share.regions), percent(share.lines))
}

fn counts(summary: &Value) -> (u64, u64) {
    let number = |name: &str| summary[name].as_u64().unwrap_or(0);
    (number("count"), number("covered"))
}

/// The path of a source file below `core`, if it is one that runs for users: neither tests nor generated code.
fn in_core(core: &Path, file: &str) -> Option<String> {
    let path = Path::new(file).strip_prefix(core).ok()?.to_string_lossy().into_owned();
    let left_out = ["/generated/", "/tests/", "/tests.rs", "_tests.rs", "/testing.rs"];
    (path.contains("/src/") && !left_out.iter().any(|part| path.contains(part))).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_runs_for_users_counts() {
        let core = Path::new("/w/core");
        assert_eq!(in_core(core, "/w/core/wire/src/relay.rs").as_deref(), Some("wire/src/relay.rs"));
        for other in [
            "/w/core/wire/src/generated/a.rs",
            "/w/core/wire/tests/relay.rs",
            "/w/core/transport/src/tests/hostile.rs",
            "/w/io/driver/src/lib.rs",
        ] {
            assert_eq!(in_core(core, other), None, "{other}");
        }
    }

    #[test]
    fn shares_are_added_and_shown() {
        let mut share = Share { regions: (10, 9), lines: (3, 2) };
        share.add(Share { regions: (10, 10), lines: (0, 0) });
        assert_eq!((percent(share.regions), percent(share.lines)), ("95.0 %".into(), "66.6 %".into()));
        assert_eq!(percent((0, 0)), "0.0 %");
    }
}
