//! `deskwire service`: a host that runs without anybody starting it.

use std::path::PathBuf;

use deskwire_kit::access::Access;
use deskwire_kit::config::Options;
use deskwire_kit::state::State;

use crate::Outcome;
use crate::output::{Failure, Kind, Output};

#[cfg(not(windows))]
#[path = "service/systemd.rs"]
mod system;
#[cfg(windows)]
#[path = "service/windows.rs"]
mod system;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Start the host now and whenever this user's session starts (on Windows: whenever the computer starts)
    Install {
        /// Arguments for `deskwire host`, after `--`, for example `-- --virtual 1920x1080`
        #[arg(last = true, value_name = "ARGUMENTS")]
        arguments: Vec<String>,
    },
    /// Say whether it is installed and whether it runs
    Status,
    /// Stop it and forget it
    Remove,
    /// What Windows starts
    #[cfg(windows)]
    #[command(hide = true)]
    Run {
        /// Arguments for `deskwire host`
        #[arg(last = true)]
        arguments: Vec<String>,
    },
}

pub(crate) fn run(options: &Options, command: &Command, output: Output) -> Outcome {
    match command {
        Command::Install { arguments } => system::install(options, arguments, output),
        Command::Status => system::status(output),
        Command::Remove => system::remove(output),
        #[cfg(windows)]
        Command::Run { arguments } => system::serve(arguments),
    }
}

fn this_program() -> Result<PathBuf, Failure> {
    std::env::current_exe()
        .map_err(|error| Failure::other(format!("cannot find this program's own path: {error}")))
}

/// Says so if nobody could log in at the service.
fn warn_without_login(options: &Options, output: Output) -> Outcome {
    let settings = options.settings().map_err(|error| Failure::new(Kind::Settings, error))?;
    let state = State::open(&settings.state, settings.keystore)
        .map_err(|error| Failure::new(Kind::Settings, error))?;
    let access = Access::load(&state).map_err(|error| Failure::new(Kind::Settings, error))?;
    if !access.has_password() && access.allowed().next().is_none() {
        output.note(
            "Nobody can log in at a service by its code, which changes with each start: set a password (`deskwire access \
             password`) or allow a viewer's key (`deskwire access allow`).",
        );
    }
    Ok(())
}

/// The options of this command line, server and key for example, without the words of `command`: the service gets them too.
fn options_given(command: &str, all: impl Iterator<Item = String>) -> Vec<String> {
    let mut commands = ["service", command].into_iter().peekable();
    all.take_while(|word| word != "--")
        .filter(|word| {
            // Commands may be shortened.
            let is_command =
                commands.peek().is_some_and(|name| word.len() >= 3 && name.starts_with(word.as_str()));
            if is_command {
                commands.next();
            }
            !is_command
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::options_given;

    #[test]
    fn the_service_gets_the_options_of_the_command_line() {
        let all = ["--server", "a.example", "service", "inst", "--verbose", "--", "--virtual", "800x600"];
        let given = options_given("install", all.iter().map(|word| (*word).to_owned()));
        assert_eq!(given, ["--server", "a.example", "--verbose"]);
    }
}
