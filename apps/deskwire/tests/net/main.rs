//! The real programs on a real kernel: sites, routers, address translation, delays and losses, each scenario on an
//! internet of its own made of network namespaces.
//!
//! Needs root. Where something is missing, it says so and passes, unless `--required` is given. `cargo xtask test --net`
//! runs it with optimised programs; words on the command line choose scenarios by name.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail like tests")]

mod disturbances;
mod lab;
mod line;
mod pairs;
mod programs;
mod report;
mod screen;
mod sites;
mod stage;
mod weather;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use report::Row;

/// A name and what is done.
type Scenario = (&'static str, fn(&mut Row));

/// How many run side by side: more would disturb each other's timing on small machines.
const SIDE_BY_SIDE: usize = 2;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&String> = args.iter().filter(|arg| !arg.starts_with("--")).collect();
    let all = [pairs::SCENARIOS, weather::SCENARIOS, disturbances::SCENARIOS].concat();
    let chosen: Vec<Scenario> = all
        .into_iter()
        .filter(|(name, _)| words.is_empty() || words.iter().any(|word| name.contains(word.as_str())))
        .collect();
    if args.iter().any(|arg| arg == "--list") {
        chosen.iter().for_each(|(name, _)| println!("{name}: test"));
        return ExitCode::SUCCESS;
    }
    lab::remove_stale();
    if let Some(why) = lab::missing() {
        println!("skipped {} scenarios on real networks: {why}", chosen.len());
        println!("test result: ok. 0 passed; 0 failed; {} ignored", chosen.len());
        let required = args.iter().any(|arg| arg == "--required");
        return if required { ExitCode::FAILURE } else { ExitCode::SUCCESS };
    }
    let start = Instant::now();
    let rows = run(&chosen);
    println!("\n{}", report::table(&rows));
    let failed = rows.iter().filter(|row| !row.good).count();
    println!(
        "test result: {}. {} passed; {failed} failed; 0 ignored; finished in {:.2?}",
        if failed == 0 { "ok" } else { "FAILED" },
        rows.len() - failed,
        start.elapsed()
    );
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs them, some side by side; gives their rows in their order.
fn run(scenarios: &[Scenario]) -> Vec<Row> {
    let next = AtomicUsize::new(0);
    let rows = Mutex::new(vec![Row::default(); scenarios.len()]);
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some((name, act)) = scenarios.get(number) else { return };
                    let start = Instant::now();
                    let mut row = Row { name, ..Row::default() };
                    row.good = catch_unwind(AssertUnwindSafe(|| act(&mut row))).is_ok();
                    row.took_s = start.elapsed().as_secs_f64();
                    println!("test {name} ... {}", if row.good { "ok" } else { "FAILED" });
                    rows.lock().unwrap()[number] = row;
                }
            });
        }
    });
    rows.into_inner().unwrap()
}
