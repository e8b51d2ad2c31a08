//! `cargo xtask mutants`: changes the code that guards, one change at a time, and tells which changes no test notices.
//!
//! `.cargo/mutants.toml` says which files are changed, how tests are run, and which changes are right to go unnoticed.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::{run, setup};

/// A package's folder is so many words of a path.
const FOLDER_WORDS: usize = 2;

/// What became of the mutants of one package.
#[derive(Default, Debug, PartialEq, Eq)]
struct Figures {
    caught: u32,
    missed: u32,
    timeouts: u32,
    unviable: u32,
}

/// Tests mutants and prints the figures of every package. Words choose packages; what begins with `-` is for cargo-mutants,
/// and so is all that follows it.
pub(crate) fn run(rest: &[String]) -> Result<(), String> {
    setup::run(setup::Need::Mutants)?;
    let folder = run::target_dir()?.join("mutation");
    fs::create_dir_all(&folder).map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
    let shown = folder.to_string_lossy();
    let mut args = vec!["mutants", "--no-shuffle", "--output", &shown];
    let packages = rest.iter().take_while(|word| !word.starts_with('-')).count();
    let (packages, options) = rest.split_at(packages);
    args.extend(packages.iter().flat_map(|package| ["--package", package]));
    args.extend(options.iter().map(String::as_str));
    // Copies of the workspace that share a target folder would take each other's mutants for their own code.
    let ended = run::cargo_with_own_target(&args);
    let file = folder.join("mutants.out/outcomes.json");
    let text = fs::read_to_string(&file).map_err(|e| {
        let why = ended.as_ref().err().cloned().unwrap_or_default();
        format!("cargo-mutants left no results ({e}) {why}")
    })?;
    let (figures, noticed_by_none) = summary(&text)?;
    eprintln!(
        "{:<20} {:>7} {:>6} {:>6} {:>8} {:>8}",
        "", "mutants", "caught", "missed", "timeouts", "unviable"
    );
    for (name, f) in &figures {
        let all = f.caught + f.missed + f.timeouts + f.unviable;
        eprintln!("{name:<20} {all:>7} {:>6} {:>6} {:>8} {:>8}", f.caught, f.missed, f.timeouts, f.unviable);
    }
    if !noticed_by_none.is_empty() {
        return Err(format!(
            "no test notices these changes; write one, or say in .cargo/mutants.toml why none can:\n{}",
            noticed_by_none.join("\n")
        ));
    }
    ended
}

/// The figures of every package, by its folder; and the mutants that were missed.
fn summary(text: &str) -> Result<(BTreeMap<String, Figures>, Vec<String>), String> {
    let results: Value =
        serde_json::from_str(text).map_err(|e| format!("cannot understand cargo-mutants' results: {e}"))?;
    let outcomes = results["outcomes"].as_array().ok_or("cargo-mutants' results have no outcomes")?;
    let (mut figures, mut missed) = (BTreeMap::<String, Figures>::new(), Vec::new());
    for outcome in outcomes {
        // The first one is the run without a change.
        let mutant = &outcome["scenario"]["Mutant"];
        let Some(file) = mutant["file"].as_str() else { continue };
        let folder = file.split('/').take(FOLDER_WORDS).collect::<Vec<_>>().join("/");
        let of = figures.entry(folder).or_default();
        match outcome["summary"].as_str() {
            Some("CaughtMutant") => of.caught += 1,
            Some("MissedMutant") => {
                of.missed += 1;
                missed.push(mutant["name"].as_str().unwrap_or(file).to_owned());
            }
            Some("Timeout") => of.timeouts += 1,
            Some("Unviable") => of.unviable += 1,
            other => return Err(format!("cargo-mutants gave a result that is not known here: {other:?}")),
        }
    }
    Ok((figures, missed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_counted_by_folder() {
        let outcome = |file: &str, summary: &str| {
            format!(
                r#"{{"scenario":{{"Mutant":{{"file":"{file}","name":"{file}: gone"}}}},"summary":"{summary}"}}"#
            )
        };
        let text = format!(
            r#"{{"outcomes":[{{"scenario":"Baseline","summary":"Success"}},{},{},{},{}]}}"#,
            outcome("core/wire/src/a.rs", "CaughtMutant"),
            outcome("core/wire/src/b.rs", "MissedMutant"),
            outcome("core/relay/src/a.rs", "Unviable"),
            outcome("core/relay/src/a.rs", "Timeout"),
        );
        let (figures, missed) = summary(&text).unwrap();
        assert_eq!(figures["core/wire"], Figures { caught: 1, missed: 1, ..Figures::default() });
        assert_eq!(figures["core/relay"], Figures { unviable: 1, timeouts: 1, ..Figures::default() });
        assert_eq!(missed, ["core/wire/src/b.rs: gone"]);
        assert!(summary(r#"{"outcomes":[{"scenario":{"Mutant":{"file":"a"}},"summary":"New"}]}"#).is_err());
    }
}
