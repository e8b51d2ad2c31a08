//! Commands to a server that runs: over its control socket.

use deskwire_control::{AskError, Question, ask, table};
use serde_json::Value;

use crate::cli::RelayCommand;
use crate::config::Settings;
use crate::error::ServerError;

/// Has a relay command done, and prints what came of it.
pub(crate) fn relay(settings: &Settings, command: RelayCommand, json: bool) -> Result<(), ServerError> {
    let Some(socket) = &settings.control else {
        return Err(ServerError::Setting(
            "the control socket is off; start the server with --control PATH".into(),
        ));
    };
    let question = match command {
        RelayCommand::Explain { viewer, host } => Question::Explain { viewer, host },
        RelayCommand::List => Question::List,
        RelayCommand::Drain => Question::Drain,
    };
    let answer = ask(socket, question).map_err(|error| {
        let hint = if matches!(error, AskError::Silent(..)) { " --data or --control say where" } else { "" };
        ServerError::Setting(format!("{error}{hint}"))
    })?;
    if json {
        return say(&answer);
    }
    match command {
        RelayCommand::Drain => say(
            "the relay takes no more sessions; the server ends when the last one has left, or at its deadline",
        ),
        RelayCommand::List | RelayCommand::Explain { .. } => {
            let value: Value = serde_json::from_str(&answer).map_err(|error| {
                ServerError::Setting(format!("the server's answer cannot be read ({error})"))
            })?;
            say(table(&value).trim_end())
        }
    }
}

/// Prints the answer, which is the command's last act.
#[expect(clippy::unnecessary_wraps, reason = "what a command ends with")]
fn say(text: &str) -> Result<(), ServerError> {
    crate::run::say(text);
    Ok(())
}
