#![doc = include_str!("../README.md")]

mod abuse;
mod error;
mod process;
mod registrations;
mod relay;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum as _};
use serde_json::{Value, json};

use abuse::attack::{Kind, Sources};
use error::Failure;
use relay::Over;

/// Puts load on a deskwire-server process and says what the server takes for it
#[derive(Parser, Debug)]
#[command(name = "deskwire-load", version, about)]
struct Cli {
    #[command(subcommand)]
    what: What,
    /// The server program [default: deskwire-server beside this program]
    #[arg(long, global = true, value_name = "FILE")]
    server: Option<PathBuf>,
    /// How long every measurement lasts, in seconds
    #[arg(long, global = true, default_value_t = 4, value_parser = clap::value_parser!(u64).range(1..=3_600))]
    seconds: u64,
    /// How many devices register at the same time
    #[arg(long, global = true, default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=1_000))]
    in_flight: u16,
    /// JSON on standard output instead of a table
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand, Clone, PartialEq, Debug)]
enum What {
    /// What one pair gets through a relay
    Relay,
    /// How many devices register in a second
    Registrations,
    /// Both
    All,
    /// What slow and flooding clients cost honest ones
    Abuse(Abuse),
    /// The bad clients of `abuse`, which starts this itself
    #[command(hide = true)]
    Attack { kind: Kind },
}

#[derive(Args, Clone, PartialEq, Debug)]
struct Abuse {
    /// How many bad clients
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=60_000))]
    bad: u32,
    /// What each of them does in a second: datagrams, connections, bytes on a slow connection
    #[arg(long, default_value_t = 1.0)]
    rate: f64,
    /// Which kinds [default: all, one after another, and then mixed]
    #[arg(long, value_enum, value_delimiter = ',')]
    kinds: Vec<Kind>,
    /// Where they are [default: both, one after another]
    #[arg(long, value_enum, value_delimiter = ',')]
    sources: Vec<Sources>,
    /// How many honest hosts, and honest devices that dial them
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=200))]
    pairs: u32,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let ran = match &cli.what {
        What::Abuse(wanted) => abuse(&cli, wanted),
        What::Attack { kind } => abuse::attack::run(*kind),
        _ => measure(&cli).map(|figures| show(&cli, &figures)),
    };
    match ran {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            #[expect(clippy::print_stderr, reason = "what a program says when it ends")]
            {
                eprintln!("deskwire-load: {failure}");
            }
            ExitCode::FAILURE
        }
    }
}

/// A line of the table, and the same as JSON.
struct Figure {
    name: &'static str,
    line: String,
    value: Value,
}

fn measure(cli: &Cli) -> Result<Vec<Figure>, Failure> {
    let program = process::find(cli.server.as_deref())?;
    let time = Duration::from_secs(cli.seconds);
    let mut figures = Vec::new();
    if cli.what != What::Registrations {
        for (name, over) in [("relay, UDP pair", Over::Udp), ("relay, TCP pair", Over::Tcp)] {
            figures.push(relay_figure(name, &relay::measure(&program, over, time)?));
        }
    }
    if cli.what != What::Relay {
        let rates = registrations::measure(&program, usize::from(cli.in_flight), time)?;
        for (name, rate) in [("registrations, new", rates.new), ("registrations, again", rates.again)] {
            figures.push(registration_figure(name, &rate));
        }
    }
    Ok(figures)
}

fn relay_figure(name: &'static str, carried: &relay::Carried) -> Figure {
    let gigabytes = carried.bytes as f64 / 1e9;
    let seconds = carried.took.as_secs_f64().max(1e-9);
    let cpu = carried.cpu.as_secs_f64() / gigabytes.max(1e-9);
    let loss = 100.0 * carried.lost as f64 / carried.sent.max(1) as f64;
    Figure {
        name,
        line: format!(
            "{:5.3} GB/s   {cpu:5.2} CPU s per GB   {:7.0} packets/s   {loss:.2} % lost",
            gigabytes / seconds,
            (carried.sent - carried.lost) as f64 / seconds
        ),
        value: json!({
            "gigabytes_per_s": gigabytes / seconds,
            "cpu_s_per_gigabyte": cpu,
            "packets_sent": carried.sent,
            "packets_lost": carried.lost,
            "seconds": seconds,
        }),
    }
}

fn registration_figure(name: &'static str, rate: &registrations::Rate) -> Figure {
    let seconds = rate.took.as_secs_f64().max(1e-9);
    let each = rate.cpu.as_secs_f64() * 1e3 / f64::from(rate.registered.max(1));
    let millis = |at: f64| rate.quantile(at).as_secs_f64() * 1e3;
    Figure {
        name,
        line: format!(
            "{:7.0} per s   p50 {:.1} ms   p99 {:.1} ms   {each:.2} CPU ms each",
            f64::from(rate.registered) / seconds,
            millis(0.5),
            millis(0.99)
        ),
        value: json!({
            "per_s": f64::from(rate.registered) / seconds,
            "registered": rate.registered,
            "seconds": seconds,
            "p50_ms": millis(0.5),
            "p99_ms": millis(0.99),
            "cpu_ms_each": each,
        }),
    }
}

/// Measures what bad clients do; each kind is told as soon as it was measured.
fn abuse(cli: &Cli, wanted: &Abuse) -> Result<(), Failure> {
    let or =
        |chosen: &[Kind]| if chosen.is_empty() { Kind::value_variants().to_vec() } else { chosen.to_vec() };
    let sources = &wanted.sources;
    let plan = abuse::Plan {
        bad: wanted.bad as usize,
        rate: wanted.rate.max(0.01),
        kinds: or(&wanted.kinds),
        sources: if sources.is_empty() { Sources::value_variants().to_vec() } else { sources.clone() },
        pairs: wanted.pairs,
        time: Duration::from_secs(cli.seconds),
    };
    let program = process::find(cli.server.as_deref())?;
    if !cli.json {
        say(&abuse::Row::head());
    }
    let rows = abuse::measure(&program, &plan, |row| {
        if !cli.json {
            say(&row.line());
        }
    })?;
    if cli.json {
        say(&Value::Array(rows.iter().map(abuse::Row::value).collect()).to_string());
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "what the program was asked to print")]
fn say(line: &str) {
    println!("{line}");
}

#[expect(clippy::print_stdout, reason = "what the program was asked to print")]
fn show(cli: &Cli, figures: &[Figure]) {
    if cli.json {
        let all: serde_json::Map<String, Value> =
            figures.iter().map(|figure| (figure.name.to_owned(), figure.value.clone())).collect();
        println!("{}", Value::Object(all));
        return;
    }
    for figure in figures {
        println!("{:<22} {}", figure.name, figure.line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }
}
