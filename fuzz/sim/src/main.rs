//! Runs whole sessions through every pair of gateways, and says where they end; or scenarios with all that can go wrong.

#[path = "../tests/common/meter.rs"]
mod meter;
mod options;
#[path = "bin_scenarios.rs"]
mod scenarios;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use deskwire_sim::scenarios::Scenario;
use deskwire_sim::sessions::{Cells, Matrix, Meeting, round_trips, run, run_all};
use options::{Options, options};

/// Sessions that are held in memory until they are counted.
const CHUNK: u64 = 5_000;

#[cfg(not(target_family = "wasm"))]
#[global_allocator]
static METER: meter::Meter<mimalloc::MiMalloc> = meter::Meter(mimalloc::MiMalloc);
#[cfg(target_family = "wasm")]
#[global_allocator]
static METER: meter::Meter<std::alloc::System> = meter::Meter(std::alloc::System);

fn main() -> ExitCode {
    let options = match options(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(why) => {
            eprintln!("{why}");
            return ExitCode::from(2);
        }
    };
    if options.round_trips {
        let trips = round_trips(options.seed);
        print!("{trips}");
        return if trips.outcome.path.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    if options.exact {
        return one(&options);
    }
    if let Some(each) = options.cells {
        return cells(&options, each);
    }
    if let Some(count) = options.hashes {
        return hashes(&options, count);
    }
    if let Some(bytes) = &options.scenario {
        return scenarios::one(bytes, &options);
    }
    if options.random.is_some() || options.adversary.is_some() {
        return scenarios::many(&options);
    }
    let begun = Instant::now();
    let mut matrix = Matrix::default();
    let (mut wrong, mut done) = (0_u64, 0);
    let limit = options.at_most.map(Duration::from_secs);
    while done < options.sessions && limit.is_none_or(|limit| begun.elapsed() < limit) {
        let count = CHUNK.min(options.sessions - done);
        let outcomes = run_all(count, options.threads, |n| options.meeting(done + n));
        for (meeting, outcome) in &outcomes {
            matrix.add(meeting, outcome);
            if !outcome.is_as_expected(meeting) {
                wrong += 1;
                eprintln!("{}\n  again: {} --trace", meeting.complaint(outcome), options.replay(meeting));
            }
        }
        done += count;
    }
    let took = begun.elapsed();
    println!("{matrix}");
    println!(
        "{} sessions of {}, {} packets, {:.0} s of virtual time, {:.1} s of real time on {} threads, {:.0} sessions a \
         second; {wrong} did not end as they should",
        done,
        options.sessions,
        matrix.packets(),
        matrix.virtual_time().as_secs_f64(),
        took.as_secs_f64(),
        options.threads,
        done as f64 / took.as_secs_f64().max(1e-9),
    );
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn cells(options: &Options, each: u64) -> ExitCode {
    let cells = Cells::new(options.guesses);
    let mut cells = if options.chance { cells.of_chance() } else { cells };
    let begun = Instant::now();
    let meeting = |n| Meeting { punch: options.punch, ..cells.meeting(options.seed, n) };
    let outcomes = run_all(each * cells.pairs(), options.threads, meeting);
    for (meeting, outcome) in &outcomes {
        cells.add(meeting, outcome);
        if !outcome.is_as_expected(meeting) {
            eprintln!("{}\n  again: {} --trace", meeting.complaint(outcome), options.replay(meeting));
        }
    }
    println!("{cells}{} sessions in {:.1} s", outcomes.len(), begun.elapsed().as_secs_f64());
    let wrong = cells.wrong();
    wrong.iter().for_each(|wrong| println!("wrong: {wrong}"));
    if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What to compare between machines: everything follows from the seed, on each of them.
fn hashes(options: &Options, count: u64) -> ExitCode {
    for n in 0..count {
        let outcome = run(&options.meeting(n), false);
        let verdict = Scenario::decode(&Scenario::random(options.seed, n)).run(false);
        println!("{n} {:016x} {:016x}", outcome.hash, verdict.hash);
    }
    ExitCode::SUCCESS
}

fn one(options: &Options) -> ExitCode {
    let meeting = options.meeting(0);
    let outcome = run(&meeting, options.trace);
    outcome.trace.iter().for_each(|line| println!("{line}"));
    println!("viewer's line: {:?}\nhost's line: {:?}", meeting.viewer_line, meeting.host_line);
    println!("{outcome}");
    if outcome.is_as_expected(&meeting) {
        return ExitCode::SUCCESS;
    }
    println!("{}", meeting.complaint(&outcome));
    ExitCode::FAILURE
}
