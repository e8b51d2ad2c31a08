//! `cargo xtask test`: everything that must hold, in the order of what fails fastest.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::{advisories, book, check, cross, models, reference, run, setup, wasm};

/// Names the folder of the programs that the tests on real networks take.
const PROGRAMS_VARIABLE: &str = "DESKWIRE_TEST_PROGRAMS";

/// Sessions that are simulated, and the seed. On a machine that is far too slow no more begin after so many seconds.
const SIMULATED: [&str; 6] = ["--sessions", "200000", "--at-most", "1800", "--seed", "2026"];

/// Runs all checks and tests. `--only-tests` leaves out what does not run tests; `--net` runs the tests on real networks
/// and nothing else, with words that choose some of them.
pub(crate) fn run(rest: &[String]) -> Result<(), String> {
    setup::run(setup::Need::Everything)?;
    if rest.iter().any(|arg| arg == "--net") {
        return timed("tests on real networks", || net(rest));
    }
    if !rest.iter().any(|arg| arg == "--only-tests") {
        timed("format", || run::cargo(&["fmt", "--all", "--check"]))?;
        timed("house rules", check::run)?;
        timed("book", book::build)?;
        timed("lints", || {
            run::cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])
        })?;
        timed("documentation", || {
            let args = ["doc", "--workspace", "--no-deps", "--document-private-items", "--locked"];
            run::cargo_with(&args, &[("RUSTDOCFLAGS", "-D warnings")])
        })?;
        timed("dependencies", || {
            run::cargo(&["deny", "--all-features", "check", "bans", "licenses", "sources"])
        })?;
        timed("advisories", || advisories::run(&[]))?;
    }
    timed("independent implementation", reference::run)?;
    timed("programs under test", || run::cargo(&["build", "--workspace", "--bins", "--locked"]))?;
    let mut programs = String::new();
    timed("release programs", || {
        programs = release_programs()?;
        Ok(())
    })?;
    let mut counts = Counts::default();
    let tested = timed("tests", || tests(&programs, &mut counts));
    // What failed is better known together with what else fails.
    let mut simulator = PathBuf::new();
    timed("simulator", || {
        simulator = build_simulator()?;
        Ok(())
    })?;
    let simulated = timed("simulated sessions", || simulated(&simulator));
    let modelled = timed("models", || models::run(&[]));
    let same = timed("the same on wasm32", || wasm::same_hashes(&simulator));
    let crossed = timed("other systems", cross::if_possible);
    println_lossy(&format!("{} passed, {} failed, {} skipped", counts.passed, counts.failed, counts.ignored));
    tested.and(simulated).and(modelled).and(same).and(crossed)
}

/// Builds the simulator for this machine's own processor, and across crates, which makes it half as fast again; gives the
/// program. It has a target folder of its own because flags for one package would build all others anew.
fn build_simulator() -> Result<PathBuf, String> {
    let folder = run::target_dir()?.join("sim");
    let flags = format!("{} -C target-cpu=native", std::env::var("RUSTFLAGS").unwrap_or_default());
    let shown = folder.to_string_lossy();
    let args = ["build", "--profile", "simulation", "--locked", "-p", "deskwire-sim", "--target-dir", &shown];
    run::cargo_with(&args, &[("RUSTFLAGS", flags.trim())])?;
    Ok(folder.join("simulation/deskwire-sim"))
}

/// Simulates sessions, and some scenarios with all that can go wrong; prints how many a second.
fn simulated(program: &Path) -> Result<(), String> {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    run::program(program, "--random", &owned(&["5000", "--seed", "2026"]))?;
    run::program(program, "--adversary", &owned(&["5000", "--seed", "2026"]))?;
    run::program(program, SIMULATED[0], &owned(&SIMULATED[1..]))
}

/// Runs the tests on real networks with release programs. That they cannot run here is a failure then.
fn net(rest: &[String]) -> Result<(), String> {
    let programs = release_programs()?;
    let mut args = vec!["test", "--locked", "-p", "deskwire", "--test", "net", "--", "--required"];
    args.extend(rest.iter().map(String::as_str).filter(|arg| *arg != "--net"));
    run::cargo_with(&args, &[(PROGRAMS_VARIABLE, &programs)])
}

/// Builds the release programs; gives their folder.
fn release_programs() -> Result<String, String> {
    run::cargo(&["build", "--release", "--locked", "-p", "deskwire", "-p", "deskwire-server"])?;
    Ok(run::target_dir()?.join("release").to_string_lossy().into_owned())
}

fn timed(what: &str, step: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    let start = Instant::now();
    let result = step();
    eprintln!("xtask: {what}: {} in {:.0?}", if result.is_ok() { "good" } else { "FAILED" }, start.elapsed());
    result
}

/// Runs the tests, shows what they print, and counts them.
fn tests(programs: &str, counts: &mut Counts) -> Result<(), String> {
    let mut child = run::cargo_piped(&["test", "--workspace", "--locked", "--no-fail-fast"])
        .env(PROGRAMS_VARIABLE, programs)
        // No test but those with a keystore of their own touches one, whatever it starts.
        .env("DESKWIRE_KEYSTORE", "file")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .spawn()
        .map_err(|e| format!("cannot start cargo test: {e}"))?;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            let line = line.map_err(|e| format!("cannot read what cargo test prints: {e}"))?;
            counts.add(&line);
            println_lossy(&line);
        }
    }
    let status = child.wait().map_err(|e| format!("cargo test did not end: {e}"))?;
    if status.success() && counts.failed == 0 && counts.passed > 0 {
        Ok(())
    } else {
        Err(format!("tests failed ({status})"))
    }
}

fn println_lossy(line: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Sums of the `test result:` lines.
#[derive(Default, Debug, PartialEq, Eq)]
struct Counts {
    passed: u64,
    failed: u64,
    ignored: u64,
}

impl Counts {
    fn add(&mut self, line: &str) {
        let Some(rest) = line.strip_prefix("test result: ") else { return };
        let before = |word: &str| -> u64 {
            let words: Vec<&str> = rest.split([' ', ';']).filter(|w| !w.is_empty()).collect();
            words.windows(2).find(|w| w[1] == word).and_then(|w| w[0].parse().ok()).unwrap_or(0)
        };
        self.passed += before("passed");
        self.failed += before("failed");
        self.ignored += before("ignored");
    }
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn result_lines_are_summed() {
        let mut counts = Counts::default();
        counts.add(
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        );
        counts.add("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out");
        counts.add("test something ... ok");
        assert_eq!(counts, Counts { passed: 15, failed: 2, ignored: 1 });
    }
}
