#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod access;
#[cfg(target_os = "linux")]
mod bench;
mod connect;
#[cfg(target_os = "linux")]
mod demo;
mod doctor;
#[cfg(target_os = "linux")]
mod figures;
mod gate;
#[cfg(target_os = "linux")]
mod headless;
mod host;
mod id;
mod interrupt;
#[cfg(target_os = "linux")]
mod latency;
#[cfg(target_os = "linux")]
mod marker;
mod output;
#[cfg(feature = "recording")]
mod record;
mod relay;
mod service;
mod session;
mod shot;
#[cfg(target_os = "linux")]
mod stage;
mod tape;
mod trust;
mod typing;
mod watch;
#[cfg(target_os = "linux")]
mod windows;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use deskwire_kit::config::Options;
use deskwire_kit::exit;

use crate::output::Failure;

/// See and control a computer from another one.
#[derive(Debug, Parser)]
#[command(
    name = "deskwire",
    version,
    after_help = exit::LIST,
    infer_subcommands = true,
    arg_required_else_help = true
)]
struct Cli {
    #[command(flatten)]
    options: Options,
    /// Print JSON lines for scripts
    #[arg(long, global = true)]
    json: bool,
    /// Say more about what happens (twice: much more)
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    verbose: u8,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Share this desktop: prints the id and a one-time code
    #[command(after_help = exit::LIST)]
    Host(host::Args),
    /// Open a window on another desktop
    #[command(after_help = exit::LIST)]
    Connect(connect::Args),
    /// Save one picture of another desktop as a PNG file
    #[command(after_help = exit::LIST)]
    Shot(shot::Args),
    /// Look at another desktop without a window and print path, pauses and rates
    #[command(after_help = exit::LIST)]
    Watch(watch::Args),
    /// Type on another desktop
    #[command(after_help = exit::LIST)]
    Type(typing::Args),
    /// Record another desktop as a video file (AV1 in WebM)
    #[cfg(feature = "recording")]
    #[command(after_help = exit::LIST)]
    Record(record::Args),
    /// Print this device's id
    #[command(after_help = exit::LIST)]
    Id(id::Args),
    /// Say who may log in at this device: password, keys, second factor, permissions
    #[command(subcommand, after_help = exit::LIST)]
    Access(access::Command),
    /// List, verify and forget the hosts that this device knows
    #[command(subcommand, after_help = exit::LIST)]
    Trust(trust::Command),
    /// Run the host as a service: of this user (systemd), or of Windows
    #[command(subcommand, after_help = exit::LIST)]
    Service(service::Command),
    /// Check servers and network, and say what is wrong
    #[command(after_help = exit::LIST)]
    Doctor(doctor::Args),
    /// Ask which relays sessions use, and why
    #[command(subcommand, after_help = exit::LIST)]
    Relay(relay::Command),
    /// Share a desktop through servers of its own and show what the viewer sees
    #[cfg(target_os = "linux")]
    #[command(after_help = exit::LIST)]
    Demo(demo::Args),
    /// Measure latency, idle cost and throughput
    #[cfg(target_os = "linux")]
    #[command(after_help = exit::LIST)]
    Bench(bench::Args),
}

fn main() -> ExitCode {
    // Before there is a second thread.
    #[cfg(feature = "recording")]
    deskwire_kit::record::quiet();
    let cli = Cli::parse();
    deskwire_kit::log::init(cli.verbose);
    let output = output::Output::new(cli.json);
    let result = match cli.command {
        Command::Host(args) => host::run(&cli.options, &args, output),
        Command::Connect(args) => connect::run(&cli.options, &args, output, cli.verbose),
        Command::Shot(args) => shot::run(&cli.options, &args, output),
        Command::Watch(args) => watch::run(&cli.options, &args, output),
        Command::Type(args) => typing::run(&cli.options, &args, output),
        #[cfg(feature = "recording")]
        Command::Record(args) => record::run(&cli.options, &args, output),
        Command::Id(args) => id::run(&cli.options, &args, output),
        Command::Access(command) => access::run(&cli.options, &command, output),
        Command::Trust(command) => trust::run(&cli.options, &command, output),
        Command::Service(command) => service::run(&cli.options, &command, output),
        Command::Doctor(args) => doctor::run(&cli.options, &args, output),
        Command::Relay(command) => relay::run(&cli.options, &command, output),
        #[cfg(target_os = "linux")]
        Command::Demo(args) => demo::run(&args, output),
        #[cfg(target_os = "linux")]
        Command::Bench(args) => bench::run(&args, output),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output.failure(&failure);
            failure.kind.code()
        }
    }
}

/// What commands give back.
type Outcome = Result<(), Failure>;
