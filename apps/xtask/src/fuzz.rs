//! `cargo xtask fuzz`: libFuzzer on every target, from its committed corpus.
//!
//! The programs are built with the stable compiler: the passes that count edges are part of it. Without a sanitizer the
//! core, which has no unsafe code, loses nothing and runs several times as fast; the targets themselves look for leaks and
//! for too much memory.

mod coverage;
mod minimise;
mod seeds;

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;

use crate::run;

/// What makes a compiled program tell libFuzzer which edges it takes and what it compares.
const FLAGS: &[&str] = &[
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// Seconds for each target, where nobody says otherwise.
const SECONDS: u64 = 60;
/// A program with its counters and its corpus takes some 60 MiB, and no input may take much beside; a machine's own bound
/// is a few MiB.
const MEMORY_MIB: u32 = 256;
/// Seconds that one input may take. Whole sessions take a second or two where other programs want the processor too.
const TIMEOUT: u32 = 30;

/// What was asked for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wanted {
    seconds: u64,
    jobs: usize,
    minimise: bool,
    coverage: bool,
    words: Vec<String>,
}

impl Wanted {
    fn read(args: &[String]) -> Result<Self, String> {
        let mut wanted = Self { seconds: SECONDS, jobs: 1, ..Self::default() };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let mut number = |what: &str| {
                let value = args.next().and_then(|value| value.parse().ok()).filter(|value| *value > 0);
                value.ok_or_else(|| format!("`{arg}` wants a number of {what} behind it"))
            };
            match arg.as_str() {
                // What happens anyway; the word is for those who read a script.
                "--smoke" => {}
                "--seconds" => wanted.seconds = number("seconds")?,
                "--jobs" => {
                    wanted.jobs = usize::try_from(number("targets at once")?).unwrap_or(1);
                }
                "--minimise" => wanted.minimise = true,
                "--coverage" => wanted.coverage = true,
                flag if flag.starts_with('-') => {
                    return Err(format!("`cargo xtask fuzz` knows no {flag}; see fuzz/README.md"));
                }
                word => wanted.words.push(word.into()),
            }
        }
        Ok(wanted)
    }

    /// Whether words, if there are any, choose this target.
    fn chooses(&self, target: &str) -> bool {
        self.words.is_empty() || self.words.iter().any(|word| target.contains(word.as_str()))
    }
}

/// What came of one target.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    target: String,
    executions: u64,
    a_second: u64,
    edges: u64,
    corpus: u64,
    failed: Option<String>,
}

/// Where things are.
struct Places {
    program: PathBuf,
    /// What was found and is not committed: `corpus` and `crashes`, by target.
    found: PathBuf,
    corpus: PathBuf,
    dictionary: PathBuf,
}

pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let wanted = Wanted::read(args)?;
    if wanted.coverage {
        return coverage::run();
    }
    let places = build()?;
    let targets: Vec<String> = list(&places)?.into_iter().filter(|target| wanted.chooses(target)).collect();
    if targets.is_empty() {
        return Err(format!("no target has {} in its name", wanted.words.join(" or ")));
    }
    if wanted.minimise {
        return minimise::run(&places, &targets);
    }
    let queue = Mutex::new(targets.into_iter().collect::<VecDeque<_>>());
    let outcomes = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..wanted.jobs {
            scope.spawn(|| {
                while let Some(target) = queue.lock().ok().and_then(|mut queue| queue.pop_front()) {
                    let outcome = fuzz(&places, &target, wanted.seconds);
                    eprintln!("{}", row(&outcome));
                    if let Ok(mut outcomes) = outcomes.lock() {
                        outcomes.push(outcome);
                    }
                }
            });
        }
    });
    let mut outcomes = outcomes.into_inner().unwrap_or_default();
    outcomes.sort_by(|a, b| a.target.cmp(&b.target));
    tell(&outcomes)
}

/// Builds the program of all targets.
fn build() -> Result<Places, String> {
    let (root, target) = (run::root(), run::target_dir()?);
    let (flags, host) = (FLAGS.join(" "), host()?);
    let folder = target.join("fuzz");
    let manifest = root.join("fuzz/libfuzzer/Cargo.toml");
    let shown = [&manifest, &folder].map(|path| path.to_string_lossy().into_owned());
    // With `--target` the flags are for our program and not for what runs while it is built.
    let args = ["build", "--release", "--locked", "--manifest-path", &shown[0], "--target-dir", &shown[1]];
    run::cargo_with(&[&args[..], &["--target", &host]].concat(), &[("RUSTFLAGS", &flags)])?;
    Ok(Places {
        program: folder.join(host).join("release/target"),
        found: folder.join("found"),
        corpus: root.join("fuzz/corpus"),
        dictionary: root.join("fuzz/deskwire.dict"),
    })
}

/// The name of this machine's kind.
fn host() -> Result<String, String> {
    let text = run::cargo_output(&["-vV"])?;
    let line = text.lines().find_map(|line| line.strip_prefix("host: "));
    line.map(str::to_owned).ok_or_else(|| "`cargo -vV` does not tell the host".into())
}

/// The names of all targets, as the program tells them.
fn list(places: &Places) -> Result<Vec<String>, String> {
    let output = Command::new(&places.program).env("DESKWIRE_TARGET", "list").output();
    let output = output.map_err(|e| format!("cannot start {}: {e}", places.program.display()))?;
    Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
}

/// The program for one target, with what all runs have.
fn program(places: &Places, target: &str) -> Result<Command, String> {
    let crashes = made(&places.found.join("crashes").join(target))?;
    let mut command = Command::new(&places.program);
    command.env("DESKWIRE_TARGET", target);
    command.args([
        format!("-rss_limit_mb={MEMORY_MIB}"),
        format!("-timeout={TIMEOUT}"),
        format!("-dict={}", places.dictionary.display()),
        format!("-artifact_prefix={}/", crashes.display()),
    ]);
    command.stdout(Stdio::null());
    Ok(command)
}

/// Makes a folder.
fn made(folder: &Path) -> Result<PathBuf, String> {
    fs::create_dir_all(folder).map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
    Ok(folder.to_owned())
}

/// Runs one target. What it finds grows under `target`, and the next run goes on from there.
fn fuzz(places: &Places, target: &str, seconds: u64) -> Outcome {
    let outcome = Outcome { target: target.to_owned(), ..Outcome::default() };
    let run = || -> Result<(bool, String), String> {
        let folders = folders(places, target)?;
        let mut command = program(places, target)?;
        command.args([format!("-max_total_time={seconds}"), "-print_final_stats=1".into()]);
        let output = command.args(folders).output().map_err(|e| format!("cannot start the fuzzer: {e}"))?;
        Ok((output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned()))
    };
    match run() {
        Err(error) => Outcome { failed: Some(error), ..outcome },
        Ok((good, said)) => read_stats(outcome, good, &said),
    }
}

/// The folders of a target's corpus: new inputs go into the first.
fn folders(places: &Places, target: &str) -> Result<Vec<PathBuf>, String> {
    let grown = made(&places.found.join("corpus").join(target))?;
    let seeds = seeds::of(target, &places.found.join("seeds").join(target))?;
    let committed = places.corpus.join(target);
    Ok([Some(grown), committed.is_dir().then_some(committed), seeds].into_iter().flatten().collect())
}

/// Reads what libFuzzer says at its end.
fn read_stats(outcome: Outcome, good: bool, said: &str) -> Outcome {
    let after = |line: &str, word: &str| -> Option<u64> {
        let mut words = line.split_whitespace().skip_while(|w| *w != word).skip(1);
        words.next()?.split('/').next()?.parse().ok()
    };
    let stat = |word: &str| said.lines().rev().find_map(|line| after(line, word)).unwrap_or(0);
    // The last of several: the line that says why, and the message of the panic before it.
    let why = |line: &&str| {
        line.contains("panicked at")
            || line.starts_with("SUMMARY:")
            || line.starts_with("==")
            || line.contains("ERROR:")
    };
    let failed = (!good).then(|| {
        let mut lines = said.lines().skip_while(|line| !why(line));
        let shown: Vec<&str> = lines.by_ref().take(3).collect();
        let file = said
            .lines()
            .find_map(|line| line.split_once("Test unit written to "))
            .map_or("", |(_, file)| file);
        format!("{} {file}", shown.join(" "))
    });
    Outcome {
        executions: stat("stat::number_of_executed_units:"),
        a_second: stat("stat::average_exec_per_sec:"),
        edges: stat("cov:"),
        corpus: stat("corp:"),
        failed,
        ..outcome
    }
}

fn row(outcome: &Outcome) -> String {
    let Outcome { target, executions, a_second, edges, corpus, failed } = outcome;
    let failed = failed.as_ref().map(|why| format!("  FAILED: {why}")).unwrap_or_default();
    format!("{target:<58}{executions:>11}{a_second:>9}{edges:>8}{corpus:>7}{failed}")
}

fn tell(outcomes: &[Outcome]) -> Result<(), String> {
    let head = format!("{:<58}{:>11}{:>9}{:>8}{:>7}", "target", "executions", "a second", "edges", "corpus");
    let rows: Vec<String> = outcomes.iter().map(row).collect();
    let all: u64 = outcomes.iter().map(|outcome| outcome.executions).sum();
    crate::print(&format!("{head}\n{}\n{:<58}{all:>11}\n", rows.join("\n"), "all"));
    let failed = outcomes.iter().filter(|outcome| outcome.failed.is_some()).count();
    if failed == 0 { Ok(()) } else { Err(format!("{failed} targets failed; fuzz/README.md says what to do")) }
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("cannot read {}: {e}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn arguments_are_read() {
        let wanted = Wanted::read(&words("--smoke wire relay --seconds 5 --jobs 2")).unwrap();
        assert_eq!((wanted.seconds, wanted.jobs), (5, 2));
        assert!(wanted.chooses("wire-relay") && wanted.chooses("relay-server") && !wanted.chooses("node-x"));
        assert_eq!(Wanted::read(&[]).unwrap().seconds, SECONDS);
        for wrong in ["--seconds", "--seconds x", "--jobs 0", "--fast"] {
            assert!(Wanted::read(&words(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_last_words_of_a_run_are_read() {
        let said = "#8\tpulse  cov: 7 ft: 9 corp: 3/9b\n#90\tDONE   cov: 812 ft: 900 corp: 45/1234b lim: 4096 exec/s: 45\n\
                    stat::number_of_executed_units: 90\nstat::average_exec_per_sec:     45\n";
        let outcome = read_stats(Outcome::default(), true, said);
        let wanted = Outcome { executions: 90, a_second: 45, edges: 812, corpus: 45, ..Outcome::default() };
        assert_eq!(outcome, wanted);
        let said = "thread panicked at a.rs:1:\nit is wrong\nnote\nTest unit written to crash-1\nSUMMARY: libFuzzer: deadly signal\n";
        let failed = read_stats(Outcome::default(), false, said).failed.unwrap();
        assert!(failed.contains("it is wrong") && failed.ends_with("crash-1"), "{failed}");
    }
}
