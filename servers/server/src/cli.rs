//! The command line.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
#[cfg(unix)]
use deskwire_wire::ids::DeviceId;
use serde::Deserialize;

#[cfg(unix)]
use crate::ask;
use crate::config::Settings;
use crate::error::ServerError;
use crate::{log, run};

/// Shown below `--help`.
const EXIT_CODES: &str = "\
Exit codes:
  0  done; a server that was asked to stop has stopped
  1  something failed; the message says what
  2  the command line or a setting is wrong";

/// The Deskwire server: rendezvous and relay.
#[derive(Parser, Debug)]
#[command(name = "deskwire-server", version, about, after_help = EXIT_CODES)]
struct Cli {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Run the server (what happens without a command, too)
    #[command(after_help = EXIT_CODES)]
    Run,
    /// Look at settings
    #[command(subcommand, after_help = EXIT_CODES)]
    Config(ConfigCommand),
    /// Print the server key and the link that users need; makes the key if there is none
    #[command(after_help = EXIT_CODES)]
    Key,
    /// Ask or tell a server that runs on this computer; only its own user can
    #[cfg(unix)]
    #[command(subcommand, after_help = EXIT_CODES)]
    Relay(RelayCommand),
}

/// What concerns relays.
#[cfg(unix)]
#[derive(Clone, Copy, Subcommand, Debug)]
pub(crate) enum RelayCommand {
    /// Why sessions between two devices use which relays
    #[command(after_help = EXIT_CODES)]
    Explain {
        /// The device that dials
        viewer: DeviceId,
        /// The device that is dialled
        host: DeviceId,
    },
    /// The server's relays: whether they take sessions, and how full they are
    #[command(after_help = EXIT_CODES)]
    List,
    /// Let the relay of this server take no more sessions, tell those that are there to go elsewhere, and end the server
    #[command(after_help = EXIT_CODES)]
    Drain,
}

#[derive(Subcommand, Debug)]
enum ConfigCommand {
    /// Check the settings, and that the data directory can be used; exit code 2 if a setting is wrong
    #[command(after_help = EXIT_CODES)]
    Check,
}

/// What a server does.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    /// Knows who is where, and introduces
    Rendezvous,
    /// Carries sessions that find no direct way
    Relay,
}

/// Settings as flags. What is not given comes from the file or is a default.
#[derive(Args, Clone, Default, Debug)]
pub(crate) struct Flags {
    /// Settings file [default: server.toml in the configuration directory, if it is there]
    #[arg(long, global = true, env = "DESKWIRE_SERVER_CONFIG", value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Directory of the server key and the registry
    #[arg(long, global = true, env = "DESKWIRE_SERVER_DATA", value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// What this server does [default: both]
    #[arg(long = "role", global = true, value_delimiter = ',', value_name = "ROLE")]
    pub(crate) roles: Vec<Role>,
    /// Address to listen on; may be repeated [default: all]
    #[arg(long, global = true, value_delimiter = ',', value_name = "IP")]
    pub(crate) bind: Vec<IpAddr>,
    /// Rendezvous port, UDP and TCP [default: 21116]
    #[arg(long, global = true)]
    pub(crate) port: Option<u16>,
    /// Second reflector port, UDP and TCP [default: 21115]
    #[arg(long, global = true, value_name = "PORT")]
    pub(crate) reflector_port: Option<u16>,
    /// A second IP address of this computer, from which clients learn whether their NAT looks at addresses: IP, IP:PORT, or
    /// PUBLIC=LOCAL where a router translates; UDP, one per IP version [default: none; port: 21112]
    #[arg(
        long = "alternate-address",
        global = true,
        env = "DESKWIRE_SERVER_ALTERNATE_ADDRESS",
        value_delimiter = ',',
        value_name = "ADDRESS"
    )]
    pub(crate) alternate_addresses: Vec<String>,
    /// Relay port, UDP and TCP [default: 21117]
    #[arg(long, global = true, value_name = "PORT")]
    pub(crate) relay_port: Option<u16>,
    /// Rendezvous port for WebSockets [default: 21118]
    #[arg(long, global = true, value_name = "PORT")]
    pub(crate) websocket_port: Option<u16>,
    /// Relay port for WebSockets [default: 21119]
    #[arg(long, global = true, value_name = "PORT")]
    pub(crate) relay_websocket_port: Option<u16>,
    /// Where clients reach this server's own relay by WebSocket, such as wss://relay.example/ [default: its addresses]
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) relay_url: Option<String>,
    /// Host name or address in the link for users [default: an address of this computer]
    #[arg(long, global = true, value_name = "HOST")]
    pub(crate) public_address: Option<String>,
    /// Where clients reach this server's own relay, IP or IP:PORT; may be repeated [default: this computer's addresses]
    #[arg(long = "relay-address", global = true, value_delimiter = ',', value_name = "ADDRESS")]
    pub(crate) relay_addresses: Vec<String>,
    /// This relay's number, as the rendezvous server knows it [default: 1]
    #[arg(long, global = true, value_name = "NUMBER")]
    pub(crate) relay_id: Option<u32>,
    /// Bytes a second that one side of a session may send through the relay [default: 33554432]
    #[arg(long, global = true, value_name = "BYTES", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) relay_rate: Option<u64>,
    /// Bytes that one side of a session may send through the relay in all [default: 1099511627776]
    #[arg(long, global = true, value_name = "BYTES", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) relay_bytes: Option<u64>,
    /// Sessions that the relay takes at a time [default: 20000]
    #[arg(long, global = true, value_name = "NUMBER")]
    pub(crate) relay_places: Option<usize>,
    /// Seconds that sessions have to leave the relay after SIGTERM; 0 ends it at once [default: 30]
    #[arg(long, global = true, value_name = "SECONDS")]
    pub(crate) drain: Option<u64>,
    /// Where a relay apart tells how full it is: its rendezvous server, IP:PORT; may be repeated
    #[arg(long = "report-to", global = true, value_delimiter = ',', value_name = "IP:PORT")]
    pub(crate) report_to: Vec<SocketAddr>,
    /// The key of a relay apart, as NUMBER=KEY, so that its reports are believed; may be repeated
    #[arg(long = "relay-key", global = true, value_name = "NUMBER=KEY")]
    pub(crate) relay_keys: Vec<String>,
    /// Where the commands of this program reach a server that runs, or "off" [default: control.sock in the data directory]
    #[arg(long, global = true, value_name = "PATH")]
    pub(crate) control: Option<PathBuf>,
    /// A relay apart, as NUMBER=IP:PORT; may be repeated
    #[arg(long = "relay", global = true, value_name = "NUMBER=ADDRESS")]
    pub(crate) relays: Vec<String>,
    /// The rendezvous server's key, for a relay apart
    #[arg(long, global = true, value_name = "KEY")]
    pub(crate) server_key: Option<String>,
    /// Where /livez and /metrics are served, or "off" [default: 127.0.0.1:21113]
    #[arg(long, global = true, value_name = "IP:PORT")]
    pub(crate) admin: Option<String>,
    /// Everything on free ports of 127.0.0.1: for trying things out and for tests
    #[arg(long, global = true)]
    pub(crate) loopback: bool,
    /// One line of JSON on standard output when everything listens
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Log level or filter [default: info]
    #[arg(long, global = true, env = "DESKWIRE_SERVER_LOG", value_name = "LEVEL")]
    pub(crate) log: Option<String>,
}

/// The program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match act(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "what a program says when it ends")]
            {
                eprintln!("deskwire-server: {error}");
            }
            ExitCode::from(error.exit_code())
        }
    }
}

fn act(cli: &Cli) -> Result<(), ServerError> {
    let settings = Settings::read(&cli.flags)?;
    match &cli.command {
        None | Some(Command::Run) => {
            log::start(&settings.log)?;
            run::run(settings, cli.flags.json)
        }
        Some(Command::Config(ConfigCommand::Check)) => run::check(&settings),
        Some(Command::Key) => run::print_key(&settings, cli.flags.json),
        #[cfg(unix)]
        Some(Command::Relay(command)) => ask::relay(&settings, *command, cli.flags.json),
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

    #[test]
    fn every_help_lists_the_exit_codes() {
        use clap::CommandFactory;
        fn check(command: &clap::Command) {
            let help = command.get_after_help().map(ToString::to_string);
            assert_eq!(help.as_deref(), Some(EXIT_CODES), "{}", command.get_name());
            command.get_subcommands().for_each(check);
        }
        check(&Cli::command());
    }

    #[test]
    fn flags_stand_before_and_behind_a_command() {
        for line in [["deskwire-server", "--port", "0", "run"], ["deskwire-server", "run", "--port", "0"]] {
            assert_eq!(Cli::try_parse_from(line).unwrap().flags.port, Some(0));
        }
    }
}
