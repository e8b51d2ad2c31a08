//! Scenarios on the command line.

use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use deskwire_sim::scenarios::{MOST_MEMORY, Scenario, Verdict, run_many};

use crate::meter::most_held;
use crate::options::Options;

/// Runs a scenario, and says if it took too much memory.
fn run(scenario: &Scenario, trace: bool) -> (Verdict, usize) {
    let (mut verdict, held) = most_held(|| scenario.run(trace));
    if held > MOST_MEMORY && !trace {
        verdict.wrong.push(format!("{held} bytes of memory, and {MOST_MEMORY} are enough"));
    }
    (verdict, held)
}

/// Runs one.
pub(crate) fn one(bytes: &[u8], options: &Options) -> ExitCode {
    let scenario = Scenario::decode(bytes);
    println!("{scenario:#?}");
    let (verdict, held) = run(&scenario, options.trace);
    verdict.trace.iter().for_each(|line| println!("{line}"));
    println!("{verdict}\nat most {} KiB of memory", held / 1024);
    if verdict.wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs as many as were asked for.
pub(crate) fn many(options: &Options) -> ExitCode {
    let seed = options.seed;
    let adversary = options.adversary.is_some();
    let count = options.adversary.or(options.random).unwrap_or(0);
    let bytes_of = |n: u64| {
        if adversary { Scenario::random_with_adversary(seed, n) } else { Scenario::random(seed, n) }
    };
    let most = AtomicUsize::new(0);
    let begun = Instant::now();
    let summary = run_many(count, options.threads, |n| {
        let (verdict, held) = run(&Scenario::decode(&bytes_of(n)), false);
        most.fetch_max(held, Ordering::Relaxed);
        verdict
    });
    let took = begun.elapsed().as_secs_f64();
    for (n, verdict) in &summary.kept {
        let hex: String = bytes_of(*n).iter().map(|byte| format!("{byte:02x}")).collect();
        eprintln!(
            "scenario {n} of seed {seed}: {verdict}\n  again: cargo run -p deskwire-sim -- --scenario {hex}"
        );
    }
    if let Some(folder) = &options.save {
        for n in summary.kept.keys().chain(summary.examples.values()) {
            let file = folder.join(format!("seed-{seed}-{n}"));
            if let Err(why) = std::fs::write(&file, bytes_of(*n)) {
                eprintln!("cannot write {}: {why}", file.display());
            }
        }
    }
    println!("{summary}");
    println!(
        "{took:.1} s of real time on {} threads, {:.0} scenarios a second; none took more than {} KiB of memory",
        options.threads,
        summary.scenarios as f64 / took.max(1e-9),
        most.into_inner() / 1024,
    );
    if summary.wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
