//! Runs whole sessions through every pair of gateways, and says where they end.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use deskwire_sim::sessions::{Cells, Matrix, Scenario, nth_seed, round_trips, run, run_all, threads};
use deskwire_sim::{Access, Line};

const HELP: &str = "\
Runs whole sessions in a simulated network: two devices, a rendezvous server, a relay.

Usage: deskwire-sim [options]

  --sessions N     sessions in all; they take turns through the pairs (490)
  --seed S         where everything random comes from (1)
  --threads N      how many run side by side; it changes nothing but the time (one for each core)
  --pair A:B       only viewers at A and hosts at B; kinds: open, cone, restricted, port, sequential, random,
                   blocked
  --loss P         all lines of devices lose so much, in percent; without this option lines follow from the seed
  --latency MS     all lines of devices have this one-way delay, in milliseconds
  --no-punch       look for no direct path: then sessions end where they should not, and this fails
  --guesses N      ports that may be guessed where one gateway gives them at random (2048)
  --cells N        N sessions for each of the 49 pairs, over lines that lose nothing: how often they end on a direct
                   path, against how often they should
  --exact          the seed is that of one session, as a failure printed it
  --trace          with --exact: print what happened to every packet
  --round-trips    one session on a perfect network: what it takes until the first frame
";

struct Options {
    sessions: u64,
    seed: u64,
    threads: usize,
    pair: Option<(Access, Access)>,
    loss: Option<f64>,
    latency: Option<f64>,
    punch: bool,
    guesses: u32,
    cells: Option<u64>,
    exact: bool,
    trace: bool,
    round_trips: bool,
}

fn options(mut args: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        sessions: 490,
        seed: 1,
        threads: threads(),
        pair: None,
        loss: None,
        latency: None,
        punch: true,
        guesses: 2_048,
        cells: None,
        exact: false,
        trace: false,
        round_trips: false,
    };
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--sessions" => options.sessions = number(&value()?)?,
            "--seed" => options.seed = number(&value()?)?,
            "--threads" => options.threads = number(&value()?)?,
            "--pair" => {
                let text = value()?;
                let (a, b) = text.split_once(':').ok_or("a pair is written A:B")?;
                options.pair = Some((a.parse()?, b.parse()?));
            }
            "--loss" => options.loss = Some(number(&value()?)?),
            "--latency" => options.latency = Some(number(&value()?)?),
            "--no-punch" => options.punch = false,
            "--guesses" => options.guesses = number(&value()?)?,
            "--cells" => options.cells = Some(number(&value()?)?),
            "--exact" => options.exact = true,
            "--trace" => options.trace = true,
            "--round-trips" => options.round_trips = true,
            "--help" | "-h" => return Err(HELP.to_owned()),
            other => return Err(format!("what is {other}?\n\n{HELP}")),
        }
    }
    if options.exact && options.pair.is_none() {
        return Err("--exact also needs the --pair that was printed with the seed".to_owned());
    }
    Ok(options)
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{text:?} is no number that fits here"))
}

impl Options {
    /// The `n`th session.
    fn scenario(&self, n: u64) -> Scenario {
        let (viewer, host) = self.pair.unwrap_or_else(|| {
            let all = Access::ALL;
            let at = |n: u64| usize::try_from(n).ok().and_then(|n| all.get(n % all.len())).copied();
            let count = all.len() as u64;
            (at(n / count).unwrap_or(Access::Open), at(n).unwrap_or(Access::Open))
        });
        let seed = if self.exact { self.seed } else { nth_seed(self.seed, n) };
        let (punch, guesses) = (self.punch, self.guesses);
        let scenario = Scenario { punch, guesses, ..Scenario::varied(seed, viewer, host) };
        if self.loss.is_none() && self.latency.is_none() {
            return scenario;
        }
        let latency = self.latency.map(|ms| Duration::from_secs_f64(ms.clamp(0.0, 60_000.0) / 1_000.0));
        let plain = Line::default();
        let loss = self.loss.unwrap_or(0.0) / 100.0;
        scenario.over(Line { loss, latency: latency.unwrap_or(plain.latency), ..plain })
    }

    /// The command that runs a session again.
    fn replay(&self, scenario: &Scenario) -> String {
        let mut replay = scenario.replay();
        for (name, value) in [("--loss", self.loss), ("--latency", self.latency)] {
            replay.extend(value.map(|value| format!(" {name} {value}")));
        }
        replay
    }
}

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
    let begun = Instant::now();
    let outcomes = run_all(options.sessions, options.threads, |n| options.scenario(n));
    let took = begun.elapsed();
    let mut matrix = Matrix::default();
    let mut wrong = 0_u64;
    for (scenario, outcome) in &outcomes {
        matrix.add(scenario, outcome);
        if !outcome.is_as_expected(scenario) {
            wrong += 1;
            eprintln!("{}\n  again: {} --trace", scenario.complaint(outcome), options.replay(scenario));
        }
    }
    println!("{matrix}");
    println!(
        "{} sessions, {} packets, {:.0} s of virtual time, {:.1} s of real time on {} threads, {:.0} sessions a \
         second; {wrong} did not end as they should",
        outcomes.len(),
        matrix.packets(),
        matrix.virtual_time().as_secs_f64(),
        took.as_secs_f64(),
        options.threads,
        outcomes.len() as f64 / took.as_secs_f64().max(1e-9),
    );
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn cells(options: &Options, each: u64) -> ExitCode {
    let mut cells = Cells::new(options.guesses);
    let begun = Instant::now();
    let scenario = |n| Scenario { punch: options.punch, ..cells.scenario(options.seed, n) };
    let outcomes = run_all(each * Cells::PAIRS, options.threads, scenario);
    for (scenario, outcome) in &outcomes {
        cells.add(scenario, outcome);
        if !outcome.is_as_expected(scenario) {
            eprintln!("seed {}: {}", scenario.seed, scenario.complaint(outcome));
        }
    }
    println!("{cells}{} sessions in {:.1} s", outcomes.len(), begun.elapsed().as_secs_f64());
    let wrong = cells.wrong();
    wrong.iter().for_each(|wrong| println!("wrong: {wrong}"));
    if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn one(options: &Options) -> ExitCode {
    let scenario = options.scenario(0);
    let outcome = run(&scenario, options.trace);
    outcome.trace.iter().for_each(|line| println!("{line}"));
    println!("viewer's line: {:?}\nhost's line: {:?}", scenario.viewer_line, scenario.host_line);
    println!("{outcome}");
    if outcome.is_as_expected(&scenario) {
        return ExitCode::SUCCESS;
    }
    println!("{}", scenario.complaint(&outcome));
    ExitCode::FAILURE
}
