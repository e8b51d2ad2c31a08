//! Runs whole sessions through every pair of gateways, and says where they end.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use deskwire_sim::sessions::{Outcome, Scenario, is_direct_expected, nth_seed, run};
use deskwire_sim::{Access, Line};

const HELP: &str = "\
Runs whole sessions in a simulated network: two devices, a rendezvous server, a relay.

Usage: deskwire-sim [options]

  --sessions N     sessions in all; they take turns through the pairs (36)
  --seed S         where everything random comes from (1)
  --pair A:B       only viewers at A and hosts at B; kinds: open, cone, restricted, port, symmetric, blocked
  --loss P         loss on the lines of both devices, in percent (0)
  --latency MS     one-way delay of these lines, in milliseconds (10)
  --no-punch       look for no direct path: then sessions end where they should not, and this fails
  --exact          the seed is that of one session, as a failure printed it
  --trace          print what happened to every packet
";

struct Options {
    sessions: u64,
    seed: u64,
    pair: Option<(Access, Access)>,
    line: Line,
    punch: bool,
    exact: bool,
    trace: bool,
}

fn options(mut args: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        sessions: 36,
        seed: 1,
        pair: None,
        line: Line::default(),
        punch: true,
        exact: false,
        trace: false,
    };
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
        let number = |text: String| text.parse::<f64>().map_err(|_| format!("{text:?} is no number"));
        match arg.as_str() {
            "--sessions" => {
                options.sessions = value()?.parse().map_err(|_| "how many sessions?".to_owned())?
            }
            "--seed" => options.seed = value()?.parse().map_err(|_| "which seed?".to_owned())?,
            "--pair" => {
                let text = value()?;
                let (a, b) = text.split_once(':').ok_or("a pair is written A:B")?;
                options.pair = Some((a.parse()?, b.parse()?));
            }
            "--loss" => options.line.loss = number(value()?)? / 100.0,
            "--latency" => {
                options.line.latency = Duration::from_secs_f64(number(value()?)?.max(0.0) / 1000.0)
            }
            "--no-punch" => options.punch = false,
            "--exact" => options.exact = true,
            "--trace" => options.trace = true,
            "--help" | "-h" => return Err(HELP.to_owned()),
            other => return Err(format!("what is {other}?\n\n{HELP}")),
        }
    }
    Ok(options)
}

/// Sessions of one pair.
#[derive(Default)]
struct Cell {
    direct: u32,
    relay: u32,
    failed: u32,
}

fn main() -> ExitCode {
    let options = match options(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(why) => {
            eprintln!("{why}");
            return ExitCode::from(2);
        }
    };
    let pairs: Vec<(Access, Access)> = match options.pair {
        Some(pair) => vec![pair],
        None => Access::ALL.into_iter().flat_map(|a| Access::ALL.map(|b| (a, b))).collect(),
    };
    let mut cells: Vec<Cell> = pairs.iter().map(|_| Cell::default()).collect();
    let begun = Instant::now();
    let (mut virtual_time, mut wrong, mut packets) = (Duration::ZERO, 0_u64, 0);
    for n in 0..options.sessions {
        let at = usize::try_from(n).unwrap_or(0) % pairs.len();
        let (Some((viewer, host)), Some(cell)) = (pairs.get(at).copied(), cells.get_mut(at)) else {
            continue;
        };
        let seed = if options.exact { options.seed } else { nth_seed(options.seed, n) };
        let scenario =
            Scenario { punch: options.punch, line: options.line, ..Scenario::new(seed, viewer, host) };
        let outcome = run(&scenario, options.trace);
        outcome.trace.iter().for_each(|line| println!("{line}"));
        virtual_time += outcome.virtual_time;
        packets += outcome.stats.delivered;
        match &outcome.path {
            Ok(path) if path.is_direct() => cell.direct += 1,
            Ok(_) => cell.relay += 1,
            Err(_) => cell.failed += 1,
        }
        if options.pair.is_some() {
            println!("{}", describe(&outcome));
        }
        let direct = outcome.path.as_ref().map(|path| path.is_direct());
        if direct != Ok(is_direct_expected(viewer, host)) {
            wrong += 1;
            complain(&scenario, &outcome);
        }
    }
    print_matrix(&pairs, &cells);
    println!(
        "{} sessions, {packets} packets, {:.0} s of virtual time, {:.1} s of real time; {wrong} ended where they should not",
        options.sessions,
        virtual_time.as_secs_f64(),
        begun.elapsed().as_secs_f64()
    );
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn complain(scenario: &Scenario, outcome: &Outcome) {
    let Scenario { seed, viewer, host, punch, line, .. } = scenario;
    let expected = if is_direct_expected(*viewer, *host) { "a direct path" } else { "the relay" };
    eprintln!("{viewer} to {host}: expected {expected}; {}", describe(outcome));
    let mut replay = format!("deskwire-sim --sessions 1 --exact --seed {seed} --pair {viewer}:{host}");
    if line.loss > 0.0 {
        replay.push_str(&format!(" --loss {}", line.loss * 100.0));
    }
    if line.latency != Line::default().latency {
        replay.push_str(&format!(" --latency {}", line.latency.as_secs_f64() * 1000.0));
    }
    if !punch {
        replay.push_str(" --no-punch");
    }
    eprintln!("  again: {replay} --trace");
}

fn describe(outcome: &Outcome) -> String {
    let ms =
        |time: Option<Duration>| time.map_or_else(|| "-".to_owned(), |t| format!("{} ms", t.as_millis()));
    let end = match &outcome.path {
        Ok(path) => path.to_string(),
        Err(why) => format!("failed: {why}"),
    };
    let mut text = format!(
        "{end}; channel after {}, login after {}, frame after {}, direct after {}, {} frames, longest gap {} ms",
        ms(outcome.established),
        ms(outcome.logged_in),
        ms(outcome.first_frame),
        ms(outcome.direct),
        outcome.frames,
        outcome.longest_gap.as_millis(),
    );
    if let Some(why) = &outcome.punch_failed {
        text.push_str(&format!("; no direct path: {why}"));
    }
    if !outcome.problems.is_empty() {
        text.push_str(&format!("; problems: {}", outcome.problems.join(", ")));
    }
    text
}

fn print_matrix(pairs: &[(Access, Access)], cells: &[Cell]) {
    println!("\nviewer \\ host {}", Access::ALL.map(|host| format!("{host:>10}")).join(" "));
    for viewer in Access::ALL {
        let row = Access::ALL.map(|host| {
            let cell = pairs.iter().position(|pair| *pair == (viewer, host)).and_then(|at| cells.get(at));
            let text = match cell {
                None => String::new(),
                Some(Cell { direct, relay, failed: 0 }) => format!("{direct}d {relay}r"),
                Some(Cell { direct, relay, failed }) => format!("{direct}d {relay}r {failed}!"),
            };
            format!("{text:>10}")
        });
        println!("{viewer:<13} {}", row.join(" "));
    }
    println!("d: direct, r: relay, !: failed\n");
}
